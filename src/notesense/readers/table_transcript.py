"""A transcript that stands in a table: in each row when it was said, by whom, and the words, in any order."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import permutations

from notesense.core.vocabulary import Origin
from notesense.readers import speaker_names
from notesense.readers.layout import Spoken
from notesense.readers.stamps import WHOLE_STAMP, seconds

_TIME = re.compile(rf"[\[(]?(?P<time>{WHOLE_STAMP})(?:\s?[-–—]\s?{WHOLE_STAMP})?[\])]?")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]」』]*$")
_LONG = 6
"""Words of a row from which on it is speech without full stops, as some programs write it, and no topic."""
_FIRST = 180
"""Seconds within which somebody speaks in a transcript; later ones are rather hours of a day, as in an agenda."""


def pieces_of(rows: Sequence[Sequence[str]]) -> list[Spoken]:
    """Return what a table says: its heading, if it has one, then each row; nothing where it is no transcript.

    It is one where the times run on from the beginning, a name returns, and the words are sentences: an agenda has
    hours and topics.
    """
    columns = [column for column in zip(*_evened(rows), strict=True) if any(column)]
    if len(columns) != 3:
        return []
    heads = 0 if any(_TIME.fullmatch(column[0]) for column in columns) else 1
    for times, names, words in permutations(column[heads:] for column in columns):
        if _are_times(times) and _are_names(names) and _are_said(words):
            said = [
                Spoken(told, speaker_names.known(name), time=_second(time))
                for time, name, told in zip(times, names, words, strict=True)
            ]
            return [*(Spoken("\t".join(row), origin=Origin.REP_NOTE) for row in rows[:heads]), *said]
    return []


def _evened(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the rows with as many cells each, without spaces around their words."""
    width = max(map(len, rows), default=0)
    return [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows]


def _second(time: str) -> float:
    found = _TIME.fullmatch(time)
    return seconds(found["time"]) if found else -1.0


def _are_times(cells: Sequence[str]) -> bool:
    told = [_second(cell) for cell in cells]
    return len(told) > 1 and 0 <= told[0] <= _FIRST and told == sorted(told)


def _are_names(cells: Sequence[str]) -> bool:
    returns = Counter(cell.casefold() for cell in cells if cell)
    return all(map(speaker_names.looks_named, filter(None, cells))) and max(returns.values(), default=0) > 1


def _are_said(cells: Sequence[str]) -> bool:
    sentences = sum(bool(_ENDS.search(cell)) for cell in cells)
    return all(cells) and (sentences * 2 > len(cells) or sum(len(cell.split()) for cell in cells) >= _LONG * len(cells))
