"""What a model's own sentence may hold: no quotation, number, day, name or address that its sources do not have.

The checks are formal. They keep invented particulars out; whether a sentence draws the right conclusion from its
sources no rule here can tell, so the sources always stand beside it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from notesense.core.evidence import Evidence
from notesense.core.figures import figures, figures_of, provable
from notesense.core.hidden import visible
from notesense.core.words import STOP, all_words


class Breach(StrEnum):
    """Why something that a model wrote was dropped. The value is what users read."""

    FORM = "not in the form asked for"
    EMPTY = "no words"
    TOO_LONG = "too long"
    TOO_MANY = "more than was asked for"
    HIDDEN = "hidden characters"
    UNCITED = "nothing valid cited"
    UNTELLING = "a quotation that tells nothing"
    UNPROVEN = "a quotation that is not in what it cites"
    NUMBER = "a number or day that is not in what it cites"
    NAME = "a name that is not in the notes"
    ADDRESS = "an address that is not in what it cites"
    MANY_SENTENCES = "more than one sentence"
    QUESTION = "not one open question"
    UNSAID = "something that must not be said"
    RUMOUR = "a rumour told as a fact"
    ASTRAY = "not about what it cites"
    REPEATED = "asked already"
    UNKNOWN_ITEM = "no such item"


def _addresses(text: str) -> list[str]:
    """Return the addresses of the text without what most of them begin with, so that all ways to write one are one."""
    plain = unicodedata.normalize("NFKC", text).replace("。", ".")
    found = (match[0].strip(".,;:!?()[]<>\"'“”").casefold() for match in _ADDRESS.finditer(plain))
    return [_BEFORE_HOST.sub("", address).rstrip("/") for address in found]


def tally(breaches: Iterable[Breach]) -> dict[str, int]:
    """Return how often each reason was given, in the order in which the reasons first came."""
    return {breach.value: number for breach, number in Counter(breaches).items()}


_RUN = re.compile(
    r"[“„](?P<curly>[^“”„]*)[”“]|\"(?P<straight>[^\"]*)\"|«(?P<angle>[^«»]*)»|`(?P<tick>[^`]*)`"
    r"|(?<!\w)[‘’'](?P<single>[^\n]+?)[’'](?!\w)"
)
_STRAY = re.compile(
    r"[“”„‟\"«»`‘‚‛‹›´˝′″‴‵‶‷❛❜❝❞❟❠❮❯⟨⟩〈〉《》「」『』〝〞〟﹁﹂﹃﹄＂＇｀｢｣\u2e00-\u2e0d\u2e1c\u2e1d\u2e20\u2e21\U0001f676-\U0001f678]"
    r"|<<|>>|(?<!\w)[’'](?=[^\W\d_])|(?<![^\W\d_ʹ-ʽ])[ʹ-ʽ]|[ʹ-ʽ](?![^\W\d_ʹ-ʽ])"
)
"""Marks of a quotation that lack a partner, or of a kind that is not read; an apostrophe within a word is none."""
_ADDRESS = re.compile(r"\w+://\S+|\S+@\S+|//\S+|\b(?:[\w-]{1,63}\.)+[^\W\d_]{2,}(?:[:/?#]\S*)?")
_BEFORE_HOST = re.compile(r"^(?:https?:)?(?://)?(?:www\.)?")
_HOST = re.compile(r"[\w.-]+(?=[:/?#])")
_NAME = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_BEGINS = re.compile(r"(?:^|[.!?:;…–—][\"”’)]*\s|[(\"“‘])\s*$")
_INFLECTED = tuple(
    (re.compile(ending), put) for ending, put in (("ies$", "y"), ("(?:ed|ing|ly|es)$", ""), ("(?:ed|ing)$", "e"))
)
_END = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bNo)(?<!\b[A-Z])[.!?…][”\"’')\]]*\s+(?=[^\sa-z])"
)
_ENDINGS = frozenset({"s", "t", "ll", "d", "ve", "re", "m"})
PLAIN = STOP | frozenset(
    "i a an as at be by do go he if in is it me my no of on or so to up us we nobody everyone everybody several both "
    "either according overall currently recently meanwhile additionally furthermore besides although despite instead "
    "moreover looking once only thus hence thanks whereas even apart tell understand talk walk help imagine suppose "
    "given regarding concerning don doesn didn isn aren wasn weren won couldn wouldn shouldn hasn haven hadn".split()
)
"""Words that may begin a sentence: none of them is a name."""


def quoted_runs(text: str) -> list[tuple[int, int, str]] | None:
    """Return the quotations of a text as (start, end, words) without their marks; None where a mark has no partner."""
    found = []
    for match in _RUN.finditer(text):
        name = match.lastgroup
        assert name is not None
        found.append((*match.span(name), match[name]))
    return None if _STRAY.search(_RUN.sub(" ", text)) else found


def recut(text: str, proven: Callable[[str], str | None]) -> str | None:
    """Return the text with each quotation as its source has it; None where one of them has no source."""
    runs = quoted_runs(text)
    if runs is None:
        return None
    for start, end, words in reversed(runs):
        cut = proven(words)
        if cut is None:
            return None
        text = text[:start] + cut + text[end:]
    return text


def unquoted(text: str) -> str:
    """Return the text without its quotations."""
    return _RUN.sub(" ", text)


def is_one_sentence(text: str) -> bool:
    """Tell whether no further sentence begins within the text; what is quoted does not count."""
    return _END.search(unquoted(text).strip()) is None


def tidy(text: str) -> str:
    """Return a model's words on one line, runs of blanks as one."""
    return " ".join(text.split())


def is_hidden(text: str) -> bool:
    """Tell whether the text holds characters that steer or cannot be seen."""
    return visible(text) != text


def capitals(text: str) -> frozenset[str]:
    """Return the words of the text that have a capital, folded, without what an apostrophe adds."""
    found = (match[0] for match in _NAME.finditer(text))
    return frozenset(part for word in found if word != word.lower() for part in _parts(word))


def _parts(word: str) -> list[str]:
    parts = word.casefold().replace("’", "'").split("'")
    return [part for part in parts if part not in _ENDINGS] if len(parts) > 1 else parts


@dataclass(frozen=True)
class Known:
    """What may stand in a model's sentence: folded words that may have a capital, numbers and days, addresses."""

    words: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    """Folded words that are no names: a sentence may begin with them."""

    @classmethod
    def of(cls, *texts: str) -> "Known":
        """Return what these texts hold."""
        every = "\n".join(texts)
        addresses = _addresses(every)
        hosts = (_HOST.match(address) for address in addresses)
        return cls(
            words=all_words(every),
            figures=provable(figures(every)),
            addresses=frozenset([*addresses, *(host[0] for host in hosts if host)]),
        )

    def __or__(self, other: "Known") -> "Known":
        return Known(
            self.words | other.words,
            self.figures | other.figures,
            self.addresses | other.addresses,
            self.ordinary | other.ordinary,
        )

    def breach(self, text: str, title: bool = False) -> Breach | None:
        """Return what the text invents first: an address, a number or day, a name; None where it invents nothing.

        A capital tells a name anywhere but where a sentence begins; in a `title` any ordinary word may have one.
        """
        if any(address not in self.addresses for address in _addresses(text)):
            return Breach.ADDRESS
        if not figures(text) <= self.figures:
            return Breach.NUMBER
        for match in _NAME.finditer(text):
            begins = title or _BEGINS.search(text, 0, match.start()) is not None
            if match[0] != match[0].lower() and not all(self._may_stand(part, begins) for part in _parts(match[0])):
                return Breach.NAME
        return None

    def _may_stand(self, word: str, begins: bool) -> bool:
        forms = {word, word.removesuffix("s")}
        if not forms.isdisjoint(self.words) or word in PLAIN:
            return True
        return begins and not (forms | {form.sub(put, word) for form, put in _INFLECTED}).isdisjoint(self.ordinary)


def evidence_known(evidence: Iterable[Evidence]) -> Known:
    """Return what pieces of evidence hold: their words, their days, who said them."""
    every = tuple(evidence)
    told = Known.of(*(text for one in every for text in (one.quote, one.title, one.speaker or "")))
    days = frozenset(token for one in every for token in figures_of(one.date))
    return told | Known(words=days, figures=days)


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that these texts write without a capital: no names, wherever a sentence begins with them."""
    return frozenset(
        match[0].casefold() for text in texts for match in _NAME.finditer(text) if match[0] == match[0].lower()
    )
