"""Lays out what a source tells piece by piece (cues, sentences, messages) as the text of a note with its turns.

One block a turn, `Name: words`, the words as the source has them. Every reader of a transcript builds its notes so.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import isfinite
from typing import NamedTuple

from notesense.core.note import Side, Turn
from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers.decoding import checked

BETWEEN = "\n"
"""What stands between two blocks."""


class Spoken(NamedTuple):
    """Words of one speaker as they are to stand in the note. `time` is in seconds from the beginning.

    `label` stands before the words where the source names a side or a voice and nobody: it is no part of the turn.
    """

    words: str
    speaker: str | None = None
    side: Side = "unknown"
    origin: Origin = Origin.TRANSCRIPT
    time: float | None = None
    label: str = ""


def joined(pieces: Iterable[Spoken]) -> list[Spoken]:
    """Return the pieces with neighbours of one speaker and origin made one, a space between; its time is the first."""
    whole: list[Spoken] = []
    for _, run in groupby(pieces, key=lambda piece: (piece.speaker, piece.label, piece.side, piece.origin)):
        same = [piece for piece in run if piece.words.strip()]
        if same:
            whole.append(same[0]._replace(words=" ".join(piece.words.strip() for piece in same)))
    return whole


def laid_out(pieces: Sequence[Spoken], where: str) -> tuple[str, tuple[Turn, ...]]:
    """Return the text of a note and its turns, which cover it but for labels.

    Pieces without words are left out, as are times without end.

    Raises InputError where no piece has words, or where they cannot be kept as text.
    """
    blocks: list[str] = []
    turns: list[Turn] = []
    at = 0
    for piece in pieces:
        words, speaker = piece.words.strip(), " ".join((piece.speaker or "").split())
        if not words:
            continue
        label = f"{piece.label}: " if piece.label else ""
        block = label + (f"{speaker}: {words}" if speaker else words)
        blocks.append(block)
        end = at + len(block) + len(BETWEEN)
        turns.append(
            Turn(
                start=at + len(label),
                end=end,
                speaker=speaker or None,
                side=piece.side,
                origin=piece.origin,
                time=piece.time if piece.time is not None and isfinite(piece.time) else None,
            )
        )
        at = end
    if not turns:
        raise InputError(f"{where} holds nothing that anyone says.", "Export it again, or paste its text.")
    turns[-1] = turns[-1].model_copy(update={"end": at - len(BETWEEN)})
    return checked(BETWEEN.join(blocks), where), tuple(turns)
