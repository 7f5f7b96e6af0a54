"""The words of a table's rows, each row's laid out one below the other, and whose they are."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from notesense.core.note import Turn
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import crm_cells
from notesense.readers.crm_columns import Columns
from notesense.readers.csv_rows import Row

_MANY = 8
"""Words that nobody chooses twice in the same order."""
_ORIGINS = {Channel.SUPPORT: Origin.TICKET, Channel.EMAIL: Origin.EMAIL}


class Told(NamedTuple):
    """What a row tells of itself besides its words. `writer` wrote the mail that it holds."""

    id: str = ""
    day: str = ""
    subject: str = ""
    channel: Channel | None = None
    writer: str = ""


class _Piece(NamedTuple):
    words: str
    turns: tuple[Turn, ...]


class Words:
    """Lays out the words of one table's rows, in order.

    A report of cases with their comments repeats the case in each of its rows: what a row above of the same id said in
    the same column is older words that this one carries along. Few words may be said anew on another day.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._said: set[tuple[str, int, str, str]] = set()

    def of(self, row: Row, told: Told) -> tuple[str, tuple[Turn, ...]]:
        """Return the words of a row and whose they are; no turns where it has no words.

        A case's subject is part of it, any other only where it is all.
        """
        places = list(self._pieces(row, told))
        origin = _ORIGINS.get(told.channel or Channel.MEMO, Origin.CRM)
        if told.subject and (origin is Origin.TICKET or not places):
            whole = Turn(start=0, end=len(told.subject), origin=origin)
            places.insert(0, (-1, _Piece(told.subject, (whole,))))
        marks = {
            at: (told.id, at, piece.words, told.day if len(piece.words.split()) < _MANY else "")
            for at, piece in places
            if told.id
        }
        older = {at for at, mark in marks.items() if mark in self._said}
        self._said.update(marks.values())
        if len(older) == len(places):
            older = set()
        return _laid_out([_carried(piece) if at in older else piece for at, piece in places])

    def _pieces(self, row: Row, told: Told) -> Iterator[tuple[int, _Piece]]:
        """Yield the words of each column that has any; of what is there in a lesser form only where nothing else is."""
        noted = False
        for at in sorted(self._columns.words, key=lambda at: self._columns.is_of(at, "instead")):
            if noted and self._columns.is_of(at, "instead"):
                continue
            piece = self._piece(row.values[at], at, told)
            if piece.words:
                noted = noted or at not in self._columns.generated
                yield at, piece

    def _piece(self, value: str, at: int, told: Told) -> _Piece:
        if self._columns.is_of(at, "transcript"):
            return _Piece(*crm_cells.spoken(value, self._columns.names[at]))
        origin = _ORIGINS.get(told.channel or Channel.MEMO, Origin.CRM)
        words = crm_cells.words_of(value, origin is Origin.EMAIL)
        if not words:
            return _Piece("", ())
        if at in self._columns.generated:
            return _Piece(words, (Turn(start=0, end=len(words), origin=Origin.VENDOR_SUMMARY),))
        return _Piece(words, tuple(crm_cells.entered(words, origin, told.writer)))


def _carried(piece: _Piece) -> _Piece:
    """Return a piece as older words."""
    kept = (Origin.VENDOR_SUMMARY, Origin.SIGNATURE)
    older = (one if one.origin in kept else one.model_copy(update={"origin": Origin.QUOTED}) for one in piece.turns)
    return piece._replace(turns=tuple(older))


def _laid_out(pieces: Sequence[_Piece]) -> tuple[str, tuple[Turn, ...]]:
    """Return the pieces one below the other as one text, with their turns in it."""
    laid: list[Turn] = []
    at = 0
    for piece in pieces:
        laid += [one.model_copy(update={"start": one.start + at, "end": one.end + at}) for one in piece.turns]
        at += len(piece.words) + 1
    return "\n".join(piece.words for piece in pieces), tuple(laid)
