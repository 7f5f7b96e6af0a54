"""Parts of a text that several hands wrote, each read for itself, and the note that they make together."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from notesense.core.note import Turn
from notesense.core.passages import passages, turns
from notesense.core.reading import Reading
from notesense.core.results import Refused
from notesense.core.vocabulary import Origin


class Part(NamedTuple):
    """A stretch of a note that was read: text, turns, and what its form tells of the meeting where it has one."""

    text: str
    turns: tuple[Turn, ...]
    reading: Reading | None = None
    refused: tuple[Refused, ...] = ()


def put_together(parts: Sequence[Part]) -> tuple[str, tuple[Turn, ...]]:
    """Return the text of all parts and its turns; where one does not end its line, the next begins another."""
    texts: list[str] = []
    found: list[Turn] = []
    at = 0
    for part in parts:
        if texts and not texts[-1].endswith(("\n", "\r")) and not part.text.startswith(("\n", "\r")):
            texts.append("\n")
            at += 1
        found += [turn.model_copy(update={"start": turn.start + at, "end": turn.end + at}) for turn in part.turns]
        texts += [part.text] if part.text else []
        at += len(part.text)
    return "".join(texts), tuple(found)


def nobodys(text: str, origin: Origin) -> Part:
    """Return a stretch that nobody said."""
    return Part(text, (Turn(start=0, end=len(text), origin=origin),) if text.strip() else ())


def told_turns(text: str) -> Iterator[Turn]:
    """Yield the turns that a text tells by itself, so that each begins where somebody's words do."""
    first: dict[int, int] = {}
    for passage in passages(text):
        first.setdefault(passage.turn, passage.start)
    for index, turn in enumerate(turns(text) if text.strip() else ()):
        begin = turn.start
        if turn.speaker and not text[begin : turn.end].lstrip().startswith(f"{turn.speaker}:"):
            begin = first.get(index, turn.start)
        if text[begin : turn.end].strip():
            yield turn.model_copy(update={"start": begin})
