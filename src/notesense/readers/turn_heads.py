"""Lines that stand above turns with a name and a time: which of the lines that look so are heads, and which are words.

"Friday  10:30" within a turn, the table of an agenda and "We met  9:30" look so, too. A head's name returns, or its
time goes on from the one before; words below it are said.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from notesense.readers import speaker_names
from notesense.readers.stamps import WHOLE_STAMP, seconds

_HEAD = re.compile(
    rf"\s*(?P<name>\S(?:.{{0,78}}?\S)?)(?:[ \xa0]{{2,}}|[ \xa0]*\t\s*)(?P<time>{WHOLE_STAMP})(?P<after>\s*)"
)
_TIME = re.compile(rf"\s*(?P<time>{WHOLE_STAMP})\s*")
_NUMBERED = re.compile(r"[^\W\d]{2,}[ _]?[0-9]{1,3}")
"""How programs call speakers whom they tell apart and do not know: "Speaker 2", in any language."""
_CLOCK = re.compile(r"0[1-9]:")
_FIRST = 180
"""Seconds within which somebody speaks in a transcript; later ones are rather hours of a day, as in a chat."""
_LONGEST_LINE = 120
_ENOUGH = 3
"""Times below names from which on these are heads."""


class Head(NamedTuple):
    """A line above a turn: its number, the name in it (None for a time alone), its time as written and in seconds."""

    line: int
    name: str | None
    written: str
    time: float
    after: str = ""


def on_one_line(lines: Sequence[str]) -> list[str]:
    """Return the lines with names and the times that stand alone below them joined, as players on the web part them.

    They are heads where each such time has a name above and, but for the last, words below, most names return, and no
    time goes back; other lines stay as they are.
    """
    filled = [number for number, line in enumerate(lines) if line.strip()]
    times = [
        at for at, number in enumerate(filled) if len(lines[number]) <= _LONGEST_LINE and _TIME.fullmatch(lines[number])
    ]
    if (
        len(times) < _ENOUGH
        or times[0] == 0
        or any(map(_HEAD.fullmatch, (lines[number][:_LONGEST_LINE] for number in filled)))
    ):
        return list(lines)
    names = [lines[filled[at - 1]].strip() for at in times]
    told = [seconds(lines[filled[at]].strip()) for at in times]
    ends = [*(at - 1 for at in times[1:]), len(filled)]
    if (
        not _are_names(names)
        or any(end <= at + 1 for at, end in zip(times[:-1], ends, strict=False))
        or any(one > two for one, two in pairwise(told))
    ):
        return list(lines)
    joined = list(lines)
    for at, name in zip(times, names, strict=True):
        joined[filled[at]] = f"{name}  {lines[filled[at]].strip()}"
    above = {number for at in times for number in range(filled[at - 1], filled[at])}
    return [line for number, line in enumerate(joined) if number not in above]


def _are_names(names: list[str]) -> bool:
    """Tell whether these are the names of several people of whom most speak more than once."""
    counts = Counter(names)
    returning = sum(times for times in counts.values() if times > 1)
    return (
        len(counts) > 1
        and returning * 2 >= len(names)
        and all(
            speaker_names.looks_named(name) or (times > 1 and speaker_names.may_be_named(name))
            for name, times in counts.items()
        )
    )


def heads_in(lines: Sequence[str]) -> list[Head]:
    """Return the heads among the lines: with names, else those that are a time alone."""
    found = [
        Head(number, head["name"], head["time"], seconds(head["time"]), head["after"])
        for number, line in enumerate(lines)
        if len(line) <= _LONGEST_LINE and (head := _HEAD.fullmatch(line))
    ]
    if not found:
        return [
            Head(number, None, head["time"], seconds(head["time"]))
            for number, line in enumerate(lines)
            if len(line) <= _LONGEST_LINE and (head := _TIME.fullmatch(line))
        ]
    counts = Counter(head.name for head in found)
    timely = _timely(found, counts)
    ends = [*(head.line for head in timely[1:]), len(lines)]
    return [
        head
        for head, end in zip(timely, ends, strict=True)
        if counts[head.name] > 1 or any(line.strip() for line in lines[head.line + 1 : end])
    ]


def _timely(found: list[Head], counts: Counter[str | None]) -> list[Head]:
    """Return the heads without those whose name stands once, and whose time stands out from those around it."""
    last: Head | None = None
    befores: list[Head | None] = []
    for head in found:
        befores.append(last)
        last = head if _is_sure(head, counts) else last
    kept: list[Head] = []
    for head, before in zip(reversed(found), reversed(befores), strict=True):
        after = kept[-1] if kept else None
        if (
            counts[head.name] > 1
            or _NUMBERED.fullmatch(head.name or "")
            or not _stands_out(head, before, after, counts)
        ):
            kept.append(head)
    return kept[::-1]


def _is_sure(head: Head, counts: Counter[str | None]) -> bool:
    return counts[head.name] > 1 or speaker_names.looks_named(head.name or "")


def _stands_out(head: Head, before: Head | None, after: Head | None, counts: Counter[str | None]) -> bool:
    """Tell whether the time of a head is not between its neighbours', which go on from one to the other without it."""
    if after and head.time > after.time:
        return not before or before.time <= after.time or not _is_sure(head, counts)
    return bool(before and head.time < before.time and (not after or before.time <= after.time))


def are_of_transcript(heads: Sequence[Head]) -> bool:
    """Tell whether the heads are those of a transcript rather than of a chat or a table, by themselves.

    Its first time is near the beginning and none goes back, unless another recording begins; no hour is padded. Where
    names return, and have numbers or Otter's blanks behind each time, later beginnings are no hours of a day.
    """
    if len(heads) < 2 or _CLOCK.match(heads[0].written):
        return False
    counts = Counter(head.name for head in heads)
    if sum(_is_sure(head, counts) or bool(_NUMBERED.fullmatch(head.name or "")) for head in heads) * 2 < len(heads):
        return False
    runs = [0]
    for one, two in pairwise(heads):
        if two.time < one.time:
            runs.append(0)
        runs[-1] += 1
    starts = [heads[0], *(two for one, two in pairwise(heads) if two.time < one.time)]
    again = [head.name or "" for head in heads if counts[head.name] > 1]
    by_a_program = any(map(_NUMBERED.fullmatch, again)) or (
        bool(again) and all(head.after.endswith("  ") for head in heads)
    )
    near = by_a_program or starts[0].time <= _FIRST
    return near and (len(starts) == 1 or (min(runs) > 0 and all(head.time <= _FIRST for head in starts[1:])))
