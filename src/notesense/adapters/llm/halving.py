"""A part of a note whose answer was cut off, or that is more than the model can read, is asked about in halves."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from notesense.adapters.llm.jobs import answered
from notesense.core.note import Note
from notesense.core.parts import Part, halves, length
from notesense.core.ports import LanguageModel
from notesense.core.requests import Failure, Reply, Request

TIMES = 2
"""How often a part is halved: into four at most, which are six more requests."""
SMALLEST = 500
"""Characters of passages from which on a part is halved: an answer about less is not long because the part is."""
_SHORTER = frozenset({Failure.CUT_OFF, Failure.TOO_LONG})


class Piece(NamedTuple):
    """A part or what became of it, and the reply to it. `named` is how users read which one it is: empty for a part."""

    part: Part
    reply: Reply
    named: str = ""


class _Job(NamedTuple):
    requests: tuple[Request, ...]


class Halving:
    """Asks again what a shorter question may bring. `ask` makes the request about a part of a note."""

    def __init__(self, model: LanguageModel, ask: Callable[[Note, Part], Request]) -> None:
        self._model = model
        self._ask = ask

    def completed(self, note: Note, parts: Sequence[Part], replies: Sequence[Reply]) -> Iterator[Piece]:
        """Yield each part with its reply, or the pieces that it was cut into with theirs; no reply's usage is lost."""
        for part, reply in zip(parts, replies, strict=True):
            yield from self._settled(note, Piece(part, reply), TIMES)

    def _settled(self, note: Note, whole: Piece, times: int) -> Iterator[Piece]:
        long = length(whole.part.passages) >= SMALLEST and whole.reply.failure in _SHORTER
        cut = halves(whole.part) if long and times else ()
        ((_, replies),) = answered(self._model, [_Job(tuple(self._ask(note, half) for half in cut))])
        if all(reply.failure is Failure.NOT_SENT for reply in replies):
            yield whole
            return
        for half, reply, before in zip(cut, replies, (whole.reply.usage, None), strict=True):
            reply = reply.model_copy(update={"usage": before + reply.usage}) if before else reply
            yield from self._settled(note, Piece(half, reply, _named(half)), times - 1)


def _named(part: Part) -> str:
    first, last = part.passages[0].ordinal + 1, part.passages[-1].ordinal + 1
    return f"passage {first}: " if first == last else f"passages {first} to {last}: "
