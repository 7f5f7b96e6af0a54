"""The words of a statement: its passages, without what a trained tag finds to lie outside.

Speaker's attributions ("she said that") and side remarks fall away; negations and hedges never do.
"""

import re
from collections.abc import Sequence

from notesense.adapters.local.features import Reading, Words
from notesense.adapters.local.heads import squash
from notesense.adapters.local.spans import Run
from notesense.core import wording
from notesense.core.folding import cuts_word

INSIDE = 0.2
"""A word at either end stays from this probability on: set on the dev notes."""
_LEAST_SHARE = 0.4
_LEAST_WORDS = 3
_STOP = re.compile(r"(?<=\w)(?:[,;:.!?)]+(?=\s)|\s+[-–—(]|—)")
_OPENING = "\"“„«‘' "
_CLOSING = "\"”“»’' .,;:–—-"


def quoted(reading: Reading, run: Run, words: Sequence[Words], tag: int) -> tuple[int, str]:
    """Return where the statement's words begin and what they are; `tag` is the column that tells inside from outside.

    `words` are the tokens of the run's passages. The end is cut at a punctuation mark alone, the beginning at any word.
    """
    text = reading.note.text
    start, end = reading.passages[run.first].start, reading.passages[run.last].end
    whole = _bared(text, start, end)
    near = _bared(text, *_cut(text, start, end, words, tag))
    fits = near[1] - near[0] >= _LEAST_SHARE * (whole[1] - whole[0]) and len(text[slice(*near)].split()) >= _LEAST_WORDS
    chosen = near if fits and not _loses(text, near) else whole
    return chosen[0], text[slice(*chosen)]


def _cut(text: str, start: int, end: int, words: Sequence[Words], tag: int) -> tuple[int, int]:
    """Return the stretch between the first and the last word inside, drawn out to where it may be cut."""
    inside = [
        (int(first), int(last))
        for mine in words
        for first, last, logit in zip(mine.starts, mine.ends, mine.tags[:, tag], strict=True)
        if squash(logit) >= INSIDE
    ]
    if not inside:
        return start, end
    first, last = max(inside[0][0], start), min(inside[-1][1], end)
    while first > start and cuts_word(text, first):
        first -= 1
    stop = _STOP.search(text, last, end)
    return first, stop.start() if stop else end


def _loses(text: str, span: tuple[int, int]) -> bool:
    """Tell whether words left out at either end bear on what is left."""
    return wording.left_out_before(text, span[0]) is not None or wording.bears_on(text, *span)


def _bared(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out quotation marks around and the full stop after."""
    while start < end and text[start] in _OPENING:
        start += 1
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return start, end
