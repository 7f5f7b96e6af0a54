"""Finds what looks like the name of a person or company in texts, by capital letters and what stands around them.

Pure patterns and closed word lists (`naming_words`): they miss names that are written in lower case, names in scripts
without capitals, single names that open a sentence and stand nowhere else; and they take some words for names that are
none, fewer where they are told which are ordinary. In German, where all nouns have capitals, a capital alone counts for
nothing.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from notesense.core.naming_words import (
    ALSO_WORDS,
    COMPANY_ENDINGS,
    COMPANY_WORDS,
    GIVEN_NAMES,
    NO_NAMES,
    SAYING,
    TITLES,
)

MOST_TEXTS = 512
"""So many texts' words are kept at hand: the same notes are looked through for one name after another."""

Label: TypeAlias = Literal["PERSON", "COMPANY", "NAME"]
"""NAME is what may be either."""

_WORD = re.compile(r"[^\W\d_]+(?:['’‐-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_SAME_NAME = re.compile(
    r"\.? |\.? ?& ?| (?:van|von|vom|de|der|den|di|la|le|da|du|del|della|dos|das|bin|al|ten|ter|zu|af|av)"
    r"(?: (?:der|den|la|las|los))? "
)
_OPENING = re.compile(r"[.!?…:;|=•*\n\r\t—–/\]>\"“”„«»]|(?:^|\s)-\s")
_DOTTED = re.compile(r"^\.\s")
_LABEL_LINE = re.compile(
    r"^(?:\[\d+\] )?(?:\(unnamed\): )?(?:> ?)*(?P<name>[^\W\d_][\w.'’-]*(?:,? [^\W\d_][\w.'’-]*){0,3})"
    r"(?P<role> ?[(\[][^()\[\]\n]{1,40}[)\]])?:(?=\s|$)",
    re.MULTILINE,
)
_NAMED_FIELD = re.compile(
    r"(?:\bspeaker|^(?:> ?)*(?:From|To|Cc|Bcc|Von|An|De|À|Para|Attendees|Present|Participants))\s?: ?"
    r"(?P<names>[^\n<(\[;]{2,120})",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_GERMAN = frozenset(
    "der die das den dem des und ist nicht mit für ein eine einen auf sich auch von zu wird sind".split()
)
_ENGLISH = frozenset("the and is not with for a an on of to that was are it in at be has we they".split())


class Name(NamedTuple):
    """A name as a text writes it, without title and possessive."""

    text: str
    label: Label


@dataclass(frozen=True)
class _Token:
    """A word of a text. `opens` tells whether a sentence, line or quotation begins with it."""

    text: str
    start: int
    end: int
    opens: bool

    @cached_property
    def bare(self) -> str:
        return _POSSESSIVE.sub("", self.text) if len(self.text) > 2 else self.text

    @cached_property
    def folded(self) -> str:
        return plain(self.bare)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def common(self) -> bool:
        """Tell whether the word is no name, whatever its first letter."""
        return self.bare.casefold() in NO_NAMES or self.folded in NO_NAMES or (len(self.bare) < 2)

    @property
    def acronym(self) -> bool:
        return self.bare.isupper() and len(self.bare) <= 4

    @property
    def given(self) -> bool:
        return self.folded in GIVEN_NAMES or self.folded.split("-")[0] in GIVEN_NAMES


def plain(text: str) -> str:
    """Return the text in lower case without accents."""
    marked = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("ł", "l"))
    return "".join(char for char in marked if not unicodedata.combining(char))


def find_names(texts: Sequence[str], ordinary: Collection[str] = frozenset()) -> tuple[Name, ...]:
    """Return each name once, in the order in which it is first met; the texts bear each other out.

    `ordinary` are words, in lower case, that are no names where only the beginning of a sentence gives them a capital.
    """
    labels: dict[str, Label] = {}
    for name in _Finder(texts, ordinary).found():
        if labels.get(name.text, "NAME") == "NAME":
            labels[name.text] = name.label
    return tuple(Name(text, label) for text, label in labels.items())


class _Text:
    """The words of one text, and what it tells of them by itself."""

    def __init__(self, text: str) -> None:
        self.text = text
        tokens = tuple(_tokens(text))
        written = [token.text for token in tokens if not token.capital]
        self.lower = frozenset(written)
        self.german = sum(word in _GERMAN for word in written) - sum(word in _ENGLISH for word in written)
        """How many more of its words are typical of German than of English."""
        self.inside = frozenset(
            token.bare for token in tokens if token.capital and not token.opens and not token.common
        )
        self.addressed = frozenset(
            plain(part)
            for address in _ADDRESS.findall(text)
            for part in re.split(r"[._+'-]", address.split("@")[0])
            if len(part) > 2
        )
        self.runs = tuple(_runs(text, tokens))


@lru_cache(maxsize=MOST_TEXTS)
def _read(text: str) -> _Text:
    return _Text(text)


class _Finder:
    """The words of some texts, and what is known of each before names are looked for."""

    def __init__(self, texts: Sequence[str], ordinary: Collection[str]) -> None:
        self.texts = [_read(text) for text in texts]
        self.ordinary = ordinary
        self.lower = frozenset().union(*(text.lower for text in self.texts))
        self.nouns = sum(text.german for text in self.texts) > 0
        """Whether the texts are in a language that capitalises its nouns."""
        self.inside = frozenset().union(*(text.inside for text in self.texts))
        self.addressed = frozenset().union(*(text.addressed for text in self.texts))

    def found(self) -> Iterator[Name]:
        """Yield names, line labels and header lines first: they say most surely whose name it is."""
        for one in self.texts:
            yield from self._labels(one.text)
            yield from self._fields(one.text)
        for one in self.texts:
            for run, opens in one.runs:
                name = self._named(one.text, run, opens)
                if name:
                    yield name

    def _labels(self, text: str) -> Iterator[Name]:
        """Yield who speaks, where a line begins with that; a label that may be anything needs to be borne out."""
        counts: dict[str, int] = {}
        lines = list(_LABEL_LINE.finditer(text))
        for found in lines:
            counts[found["name"]] = counts.get(found["name"], 0) + 1
        for found in lines:
            tokens = [token for token in _tokens(found["name"]) if token.capital]
            if not tokens or any(token.common for token in tokens) or plain(found["name"]) in TITLES:
                continue
            sure = found["role"] or counts[found["name"]] > 1 or any(token.given for token in tokens)
            if sure or any(token.bare in self.inside for token in tokens):
                yield Name(_without_title(found["name"]), "PERSON")

    def _fields(self, text: str) -> Iterator[Name]:
        for found in _NAMED_FIELD.finditer(text):
            for piece in re.split(r",|;| and | und | et ", found["names"]):
                tokens = [token for token in _tokens(piece) if token.capital and not token.common]
                bare = _ADDRESS.sub("", piece).strip(" \"'")
                if tokens and bare and not any(token.folded in COMPANY_WORDS | COMPANY_ENDINGS for token in tokens):
                    yield Name(_without_title(bare), "PERSON" if tokens[0].given else "NAME")

    def _named(self, text: str, run: Sequence[_Token], opens: bool) -> Name | None:
        """Return the name that a run of capitalised words is, or None."""
        titled = run[0].folded in TITLES
        words = [token for token in run if token.folded not in TITLES]
        if not words:
            return None
        after = _WORD.match(text, words[-1].end + 1)
        saying = after is not None and after[0] in SAYING and text[words[-1].end] == " "
        if opens and not titled:
            words = self._without_opening(words, saying)
        opens = opens and words[0] is run[0]
        whole = text[words[0].start : words[-1].start] + words[-1].bare
        given = any(token.given and (len(words) > 1 or token.folded not in ALSO_WORDS or saying) for token in words)
        known = titled or given or any(token.folded in self.addressed for token in words)
        company = _is_company(words)
        if not (known or company) and not self._stands_out(words, opens, saying, text):
            return None
        if company and not titled:
            return Name(whole, "COMPANY")
        return Name(whole, "PERSON" if known else "NAME")

    def _without_opening(self, words: list[_Token], saying: bool) -> list[_Token]:
        """Leave out the word that opens a sentence where it is likely to be capitalised for that alone."""
        if len(words) < 2 or words[0].given or words[0].bare in self.inside:
            return words
        first = words[0]
        if saying and first.folded in ALSO_WORDS:
            return words
        ordinary = first.bare.casefold() in self.lower or first.folded in SAYING
        ordinary |= first.folded in self.ordinary and words[1].given and not _is_company(words)
        return words[1:] if ordinary or first.folded.endswith(("ed", "ing", "ly")) else words

    def _is_ordinary(self, word: _Token) -> bool:
        """Tell whether a word opens a sentence, is known as no name, and stands nowhere inside one with a capital."""
        known = any(form in self.ordinary for form in (word.text.casefold(), word.bare.casefold(), word.folded))
        return word.opens and known and word.bare not in self.inside

    def _stands_out(self, words: Sequence[_Token], opens: bool, saying: bool, text: str) -> bool:
        """Tell whether capitals alone make this a name."""
        if all(token.acronym for token in words) and not saying:
            return False
        if any(re.search(r"[^\W\d_][A-ZÄÖÜ]", token.bare) and not token.bare.isupper() for token in words):
            return True
        if len(words) == 1 and self._is_ordinary(words[0]):
            return saying and words[0].folded in ALSO_WORDS and words[0].bare.casefold() not in self.lower
        if saying:
            return len(words) > 1 or words[0].bare.casefold() not in self.lower
        if self.nouns:
            return False
        if not opens or len(words) > 1 or words[0].bare in self.inside:
            return True
        if words[0].bare.casefold() in self.lower or words[0].folded in ALSO_WORDS:
            return False
        return words[0].text != words[0].bare or text.startswith(" (", words[0].end)


def _tokens(text: str) -> Iterator[_Token]:
    end = 0
    before = ""
    for found in _WORD.finditer(text):
        gap = text[end : found.start()]
        dotted = _DOTTED.match(gap) and (len(before) == 1 or plain(before) in TITLES)
        opens = end == 0 or (not dotted and _OPENING.search(gap) is not None)
        yield _Token(found[0], found.start(), found.end(), opens)
        end, before = found.end(), found[0]


def _runs(text: str, tokens: Sequence[_Token]) -> Iterator[tuple[list[_Token], bool]]:
    """Yield neighbouring capitalised words that can be one name, and whether the first opens a sentence."""
    run: list[_Token] = []
    for token in tokens:
        if not token.capital:
            continue
        initial = len(token.text) == 1 and text.startswith(".", token.end)
        fits = initial or not token.common
        if run and fits and _goes_on(text, run[-1], token):
            run.append(token)
            continue
        if any(len(each.bare) > 1 for each in run):
            yield run, run[0].opens
        run = [token] if fits else []
    if any(len(each.bare) > 1 for each in run):
        yield run, run[0].opens


def _goes_on(text: str, before: _Token, token: _Token) -> bool:
    """Tell whether a name goes on with this word: after a blank, an initial's dot, `&`, or a `van`."""
    between = _SAME_NAME.fullmatch(text, before.end, token.start)
    return between is not None and not token.opens and _POSSESSIVE.search(before.text) is None


def _is_company(words: Sequence[_Token]) -> bool:
    if len(words) < 2:
        return False
    return words[-1].folded in COMPANY_ENDINGS or any(token.folded in COMPANY_WORDS for token in words)


def _without_title(name: str) -> str:
    words = name.split()
    while len(words) > 1 and plain(words[0].rstrip(".")) in TITLES:
        words.pop(0)
    return " ".join(words)
