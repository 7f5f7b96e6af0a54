"""Where two wordings may differ, and what a quote may not leave out around it.

Two wordings may differ in articles and in the spelling of a word, in nothing else. The closed word lists here only
ever refuse a quote or ask for a look at it; they never decide what a passage means. Negations and hedges are English,
as the local engine, with a few negations of other languages.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from notesense.core.folding import Folded, fold, words
from notesense.core.signal import Reason

_NEGATIONS = frozenset(
    "no not never none nobody nothing nowhere neither nor without cannot hardly scarcely barely rarely seldom cant "
    "wont dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt wouldnt shouldnt couldnt aint unable refuse "
    "refuses refused refusing decline declines declined nicht nie kein keine keinen pas nunca".split()
)
_HEDGES = frozenset(
    "may might could would if unless whether perhaps maybe possibly probably likely unlikely supposedly allegedly "
    "apparently reportedly rumour rumor rumours rumors rumoured rumored hope hopes hoping guess guesses think thinks "
    "suppose supposes".split()
)
_ARTICLES = frozenset({"a", "an", "the"})
_ARTICLE = re.compile(r"(?:an?|the)\s", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"\b(?:an?|the)\s+$", re.IGNORECASE)
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half "
    "quarter third fifth sixth seventh eighth ninth tenth twice dozen".split()
)
_PREFIXES = ("un", "in", "im", "ir", "dis", "non", "mis")

FUZZY_SHARE = 0.6
"""Least share of words that a fuzzy match has unchanged from the quote."""

LOOK_BACK = 3
"""How many words just before a quote may hold no negation or hedge that the quote leaves out."""

_SENTENCE = 300
"""How many characters before and after a quote are read as its sentence at most."""

_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*[^\W\d_]*"
    r"|(?:[^\W\d_][\u0300-\u036f]*)(?:[^\W_][\u0300-\u036f]*)*(?:'(?:[^\W_][\u0300-\u036f]*)+)*"
    r"|-(?=[^\w\s]?\d)|(?<=\d)['\"]"
    r"|[^\w\s.,;:!?()\[\]{}\"'_*…-]|[^\W_]"
)
_WRAP = re.compile(r"(?<=[^\n]{55})[ \t\r]*\n(?:[ \t]*>)*[ \t]*(?=[a-zà-ÿ])")
_SENTENCE_END = re.compile(r"[.!?](?=[\s\"”’')]|$)|;|:(?!\d)|[\n\r|=\[\]—]|--|\s[-–]\s")
_CLAUSE_END = re.compile(r",(?!\d)|[()\"“”–]|\b(?:and|but|(?<!not )so)\b", re.IGNORECASE)
_MONTH = re.compile(r"(?<=[\w,] )May\b|\b[Mm]ay(?=\s+\d)")
_HARMLESS = re.compile(r"\b(?:no (?:doubt|question|wonder)|not (?:only|just|to mention))\b", re.IGNORECASE)
_FAILS = re.compile(r"\b(?:(?:fail(?:s|ed)?|forgot|neglected) to\b|(?:stopped|ceased|quit)(?=\s+\S$))", re.IGNORECASE)
_CONDITION = re.compile(r"(?<!even )(?<!as )\b(?:if|unless|provided|assuming|as long as)\b", re.IGNORECASE)
_NEGATED_AFTER = re.compile(r"\s*(?:not|never)\b|.*\b(?:no longer|not at all|not any ?more)\b", re.IGNORECASE)
_HEDGED_AFTER = re.compile(
    r"[\s,]*(?:(?:I|we) (?:guess|think|suppose|hope)|maybe|perhaps|probably|possibly|supposedly|apparently)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r".?[.!?][\"”’')]*[^\S\n]+(?:no|not|never|nope)\b(?:[ ,]+[\w'’]+){0,3}[^\S\n]*(?:[.!?\n\r]|$)",
    re.IGNORECASE | re.DOTALL,
)


class _Token(NamedTuple):
    """A word, number or sign, folded; `start` and `end` in the text itself."""

    text: str
    start: int
    end: int
    capital: bool

    @property
    def is_figure(self) -> bool:
        return self.text in _NUMBER_WORDS or not any(c.isalpha() for c in self.text) or any(map(str.isdigit, self.text))

    @property
    def is_closed(self) -> bool:
        """Tell whether no spelling variant of this word counts: it is a name, a number, a negation or a hedge."""
        return self.capital or not self.text.isalpha() or self.text in _NUMBER_WORDS | _NEGATIONS | _HEDGES


def _tokens(text: str) -> list[_Token]:
    folded = Folded(text)
    found = []
    for match in _TOKEN.finditer(folded.text):
        start, end = folded.source_slice(*match.span())
        is_label = text[start:end] == "A" and start > 0
        if match[0] not in _ARTICLES or is_label:
            found.append(_Token(match[0], start, end, any(c.isupper() for c in text[start:end])))
    return found


def similar_slice(quote: str, text: str) -> tuple[int, int] | Reason | None:
    """Return the slice of `text` that says the same in nearly the same words, in what it differs, or None if nothing.

    Articles may come and go, and a word may be spelt differently; every other word, number and sign must agree.
    """
    claimed, found = _tokens(quote), _tokens(text)
    matcher = SequenceMatcher(None, [t.text for t in claimed], [t.text for t in found], autojunk=False)
    run = matcher.find_longest_match()
    if run.size < 2:
        return None
    first = max(run.b - run.a, 0)
    window = found[first : run.b - run.a + len(claimed)]
    changed = _changed(claimed, window)
    if not changed:
        article = _ARTICLE_BEFORE.search(text, 0, window[0].start) if _ARTICLE.match(quote) else None
        return article.start() if article else window[0].start, window[-1].end
    lost = sum(token in changed for token in claimed)
    return _reason(changed, claimed, window) if len(claimed) - lost >= FUZZY_SHARE * len(claimed) else None


def _changed(claimed: Sequence[_Token], found: Sequence[_Token]) -> list[_Token]:
    """Return the words of both sides that have no partner on the other."""
    matcher = SequenceMatcher(None, [t.text for t in claimed], [t.text for t in found], autojunk=False)
    changed: list[_Token] = []
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        one, other = claimed[a:a_end], found[b:b_end]
        respelt = len(one) == len(other) and all(map(_is_variant, one, other))
        if tag != "equal" and not respelt:
            changed += [*one, *other]
    return changed


def _reason(changed: list[_Token], claimed: Sequence[_Token], found: Sequence[_Token]) -> Reason:
    """Say what kind of word differs; a capital tells a name anywhere but at the beginning."""
    if any(_is_negation(token.text) for token in changed):
        return Reason.NEGATION
    if any(token.is_figure for token in changed):
        return Reason.NUMBER
    if any(token.capital and token not in (claimed[0], found[0]) for token in changed):
        return Reason.NAME
    return Reason.MODAL if any(token.text in _HEDGES for token in changed) else Reason.NOT_IN_NOTE


def _is_variant(one: _Token, other: _Token) -> bool:
    """Tell whether the two are spellings of one word, as `leeking` and `leaking`; never `imitable` and `inimitable`."""
    short, long = sorted((one.text, other.text), key=len)
    if one.is_closed or other.is_closed or len(short) < 5 or short[0] != long[0]:
        return False
    if any(long == prefix + short for prefix in _PREFIXES):
        return False
    return _distance(short, long) <= (2 if len(short) >= 8 else 1)


def _distance(one: str, other: str) -> int:
    """Return how many letters must be put in, taken out or exchanged to make one word of the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b)))
    return row[-1]


def _is_negation(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


def _bearing(text: str, last: int | None = None) -> Reason | None:
    """Return what bears on whatever follows `text`, of all its words or only the last ones: a negation, a hedge."""
    tokens = words(text)[-last if last else None :]
    if any(map(_is_negation, tokens)):
        return Reason.NEGATION
    return Reason.MODAL if any(token in _HEDGES for token in tokens) else None


def _sentence_before(text: str, start: int) -> str:
    """Return the sentence up to `start`, its wrapped lines joined, without the month of May and `no doubt`."""
    # One character of the quote comes along, for the rules that look at what follows.
    before = _WRAP.sub(" ", text[max(0, start - _SENTENCE) : start + 1])
    plain = _FAILS.sub("not", _HARMLESS.sub(" ", _MONTH.sub(" ", before)))[:-1]
    return _SENTENCE_END.split(plain)[-1]


def left_out_before(text: str, start: int) -> Reason | None:
    """Return what a quote that begins at `start` leaves out just before it: a negation, a hedge, or None."""
    return _bearing(_CLAUSE_END.split(_sentence_before(text, start))[-1], LOOK_BACK)


def bears_on(text: str, start: int, end: int) -> bool:
    """Tell whether the rest of the quote's sentence, or a short denial after it, may change what the quote says."""
    if _bearing(_sentence_before(text, start)):
        return True
    after = text[end : end + _SENTENCE]
    if _DENIAL.match(text[end - 1 : end] + after):
        return True
    rest = _SENTENCE_END.split(_WRAP.sub(" ", text[start:end] + after)[end - start :])[0]
    return after[:1] == "?" or bool(_CONDITION.search(rest) or _NEGATED_AFTER.match(rest) or _HEDGED_AFTER.match(rest))


def is_stitched(quote: str, folded_text: str) -> bool:
    """Tell whether the quote consists of two or more runs of at least two words that each stand in the text."""
    parts = [part for part in re.split(r"\s*(?:\.\.\.|…|\[[^\]]*\])\s*", quote) if words(part)]
    if len(parts) > 1:
        return all(fold(part).strip() in folded_text for part in parts)
    tokens = fold(quote).split()
    return any(
        " ".join(tokens[:cut]) in folded_text and " ".join(tokens[cut:]) in folded_text
        for cut in range(2, len(tokens) - 1)
    )
