"""A quote in its place: the lines of the note around it, cut where they grow long.

The three pieces together are an exact slice of the note; what was cut is said by `cut_before` and `cut_after`.
"""

from dataclasses import dataclass

from notesense.core.evidence import Evidence
from notesense.core.note import Note

LINES = 2
CHARACTERS = 280


@dataclass(frozen=True)
class Context:
    """What stands before the quote, the quote, what stands after it. `line` is the first line shown."""

    before: str
    quote: str
    after: str
    line: int
    cut_before: bool
    cut_after: bool


def around(evidence: Evidence, note: Note | None) -> Context | None:
    """Return the quote with a few lines around it; None without the note, or where the note says something else."""
    if note is None or note.text[evidence.start : evidence.end] != evidence.quote:
        return None
    text = note.text
    begin, end = _back(text, evidence.start), _ahead(text, evidence.end)
    return Context(
        before=text[begin : evidence.start],
        quote=evidence.quote,
        after=text[evidence.end : end],
        line=note.line_of(begin),
        cut_before=bool(text[:begin].strip()),
        cut_after=bool(text[end:].strip()),
    )


def _back(text: str, start: int) -> int:
    """Return where the context begins: a few lines back, never in the middle of a word."""
    begin = start
    for _ in range(LINES + 1):
        begin = text.rfind("\n", 0, begin)
        if begin < 0:
            break
    begin = max(begin + 1, 0)
    if start - begin > CHARACTERS:
        space = text.find(" ", start - CHARACTERS, start)
        begin = space + 1 if space >= 0 else start - CHARACTERS
    return begin


def _ahead(text: str, end: int) -> int:
    """Return where the context ends: a few lines ahead, never in the middle of a word."""
    stop = end - 1
    for _ in range(LINES + 1):
        stop = text.find("\n", stop + 1)
        if stop < 0:
            stop = len(text)
            break
    if stop - end > CHARACTERS:
        space = text.rfind(" ", end, end + CHARACTERS)
        stop = space if space > end else end + CHARACTERS
    return max(stop, end)
