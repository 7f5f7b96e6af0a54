"""Where two wordings may not differ: negations, numbers and dates, names, hedges and modal words.

These closed word classes only ever refuse a quote; they never decide what a passage means. English, as the local
engine; in other languages numbers and names are still compared.
"""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from notesense.core.folding import fold, word_slices, words
from notesense.core.signal import Reason

_NEGATIONS = frozenset(
    "no not never none nobody nothing nowhere neither nor without cannot hardly scarcely barely cant wont dont doesnt "
    "didnt isnt arent wasnt werent havent hasnt hadnt wouldnt shouldnt couldnt aint unable".split()
)
_MODALS = frozenset(
    "may might could would should must shall will can cant wont if unless perhaps maybe possibly probably likely "
    "unlikely supposedly allegedly apparently reportedly rumour rumor rumoured rumored hope hopes guess think thinks "
    "suppose try tries trying".split()
)
_HEDGES_BEFORE = frozenset(
    "may might could would if unless perhaps maybe possibly probably supposedly allegedly apparently".split()
)
_CALENDAR = frozenset(
    "january february march april june july august september october november december jan feb mar apr jun jul aug sep "
    "sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun today "
    "tomorrow yesterday tonight".split()
)
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half "
    "quarter third double twice dozen first second percent per cent".split()
)
_LOOK_BACK = 3
"""How many words before a quote are looked at for a negation or hedge that the quote leaves out."""

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_CLAUSE_END = re.compile(r"[.,;:!?\n\r()\"“”–—]|\s-\s")


class Window(NamedTuple):
    """A stretch of a text with the share of its words that it has in common with a quote."""

    start: int
    end: int
    share: float


def _negations(tokens: Iterable[str]) -> int:
    return sum(token in _NEGATIONS or token.endswith("n't") for token in tokens)


def _numbers(text: str) -> Counter[str]:
    folded = fold(text)
    listed = (word for word in words(text) if word in _NUMBER_WORDS or word in _CALENDAR)
    return Counter(_NUMBER.findall(folded)) + Counter(listed)


def _names(text: str) -> set[str]:
    """Return the words that are written like names: capitals anywhere but at the very beginning, or inside a word."""
    names = set()
    for place, (start, end) in enumerate(word_slices(text)):
        word = text[start:end]
        if (place > 0 and word[0].isupper() and word != "I") or any(c.isupper() for c in word[1:]):
            names.add(fold(word))
    return names


def difference(quote: str, matched: str) -> Reason | None:
    """Return in what the two wordings differ that may not differ, or None."""
    claimed, found = words(quote), words(matched)
    if _negations(claimed) != _negations(found):
        return Reason.NEGATION
    if _numbers(quote) != _numbers(matched):
        return Reason.NUMBER
    if not _names(quote) <= set(found) or not _names(matched) <= set(claimed):
        return Reason.NAME
    if Counter(w for w in claimed if w in _MODALS) != Counter(w for w in found if w in _MODALS):
        return Reason.MODAL
    return None


def left_out_before(text: str, start: int) -> Reason | None:
    """Return what a quote that begins at `start` leaves out just before it: a negation, a hedge, or None."""
    before = text[max(0, start - 60) : start]
    clause = _CLAUSE_END.split(before)[-1]
    tokens = words(clause)[-_LOOK_BACK:]
    if _negations(tokens):
        return Reason.NEGATION
    return Reason.MODAL if any(token in _HEDGES_BEFORE for token in tokens) else None


def closest_window(quote: str, text: str) -> Window | None:
    """Return the stretch of `text` whose words come nearest to the quote's, or None where they share no run of two."""
    claimed = words(quote)
    slices = word_slices(text)
    found = [fold(text[start:end]) for start, end in slices]
    blocks = SequenceMatcher(None, claimed, found, autojunk=False).get_matching_blocks()
    runs = [block for block in blocks if block.size]
    if not any(block.size > 1 for block in runs):
        return None
    first, last = runs[0].b - runs[0].a, runs[-1].b + runs[-1].size - 1 + len(claimed) - runs[-1].a - runs[-1].size
    first, last = max(first, 0), min(last, len(found) - 1)
    common = sum(_alike(word, found[first : last + 1]) for word in claimed)
    share = common / max(len(claimed), last - first + 1)
    return Window(slices[first][0], slices[last][1], share)


def _alike(word: str, others: list[str]) -> bool:
    """Tell whether one of the others is the same word or, when long enough, a spelling of it."""
    if word in others:
        return True
    return len(word) > 4 and any(SequenceMatcher(None, word, other).ratio() >= 0.8 for other in others)


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
