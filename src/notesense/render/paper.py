"""What of a briefing goes on paper: two pages at most, however much there is to say.

Heights are estimated from lengths in the type and columns that the style sheet sets for print, for the shorter and the
narrower of the two common sheets. What does not fit stays on screen, and the page says how much that is.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, TypeAlias

from notesense.core.agenda import Agenda
from notesense.core.evidence import Evidence
from notesense.render import timetable, words
from notesense.render.outline import Line, Section
from notesense.render.timetable import Slot

Form: TypeAlias = Literal["whole", "quoted", "brief"]

_ROOM = 1390.0
"""Points of height on two sheets, less the head, two headings and what page breaks waste."""
_CLOCK = 120.0
"""Points of the contact clock beside the pillars."""
_SPARE = 30.0
"""Points for the line that names what is not printed."""
_BEHIND = 190.0
"""Points that the longest agenda leaves to what is behind it."""
_ROW = 9.5
"""Points of a row of small type in one of three columns."""
_COLUMN, _WIDE = 46, 106
"""Characters in a row of a column, and in one of the agenda."""
_FRONT_ROWS = 23
_MOST_UNDER = 3
_MOST_AVOIDED = 4
_MOST_SPARE = 3


@dataclass(frozen=True)
class Paper:
    """How many lines of each section, and of each list of the agenda, are printed.

    The parts of the agenda are printed `whole`, `quoted` (with their words, without our reasons), or `brief` (neither).
    """

    lines: Mapping[str, int]
    slots: int
    form: Form
    homework: int
    spares: int
    avoid: int

    def left_out(self, sections: Sequence[Section]) -> list[str]:
        """Return the sections of which nothing is printed, with their numbers of lines."""
        return [f"{one.title} ({len(one.lines)})" for one in sections if one.lines and not self.lines[one.code]]


def plan(agenda: Agenda, front: Sequence[Section], behind: Sequence[Section], drawn: int = 0) -> Paper:
    """Return what is printed. `drawn` is how many rows the time line has."""
    width = _COLUMN * 3 // max(len(front), 1)
    lines = {section.code: _fitting(section, _FRONT_ROWS, width) for section in front}
    tallest = max((_height(section, lines[section.code], width) for section in front), default=0.0)
    room = _ROOM - tallest * _ROW - bool(behind) * _CLOCK - bool(drawn) * (60 + 13.5 * drawn)
    slots = timetable.slots(agenda)
    tasks = timetable.homework(agenda)[: _homework_rows(room)]
    spares = timetable.spares(agenda)[:_MOST_SPARE]
    avoid = agenda.avoid[:_MOST_AVOIDED]
    room -= 24 + sum(9.5 * _rows(f"{title} {text}", 112) for title, text in tasks) + 30 * bool(agenda.opening)
    form = _form(slots, room)
    room -= 10 * max(
        _aside([f"{one.title} {one.question}" for one in spares], form), _aside([one.text for one in avoid], form)
    )
    printed = _slots_in(slots, room - bool(behind) * _BEHIND) if form == "brief" else len(slots)
    room -= sum(_slot(slot, form) for slot in slots[:printed])
    lines |= _shared(behind, max(room - _SPARE, 0.0) * 3 / _ROW * 0.9)
    return Paper(lines, printed, form, len(tasks), len(spares), len(avoid))


def _aside(texts: Sequence[str], form: Form) -> float:
    """Return the rows that a list beside another takes; quotes stand under its lines only in the richest form."""
    return 3 + sum(0.3 + _rows(text, 62) + (2 if form == "whole" else 0) for text in texts)


def _homework_rows(room: float) -> int:
    return 8 if room > 0 else 4


def _form(slots: Sequence[Slot], room: float) -> Form:
    """Return the richest form in which the agenda leaves room for what is behind it."""
    rich: tuple[tuple[Form, float], ...] = (("whole", 0.6), ("quoted", 0.75))
    return next((form for form, share in rich if sum(_slot(one, form) for one in slots) <= room * share), "brief")


def _slots_in(slots: Sequence[Slot], room: float) -> int:
    """Return how many slots fit in their brief form."""
    used = list(accumulate(_slot(slot, "brief") for slot in slots))
    return sum(height <= room for height in used)


def _slot(slot: Slot, form: Form) -> float:
    height = 16.0 + 11.5 * _rows(slot.question, _WIDE) + 10 * _rows(slot.say, _WIDE)
    if form != "brief":
        height += 11 * sum(_rows(_quote(one), _WIDE) for one in slot.evidence[:1]) + 10 * (len(slot.evidence) > 1)
    if form == "whole":
        height += 10 * (_rows(slot.why, 115) + _rows("; ".join(slot.also), 115))
    return height


def _fitting(section: Section, room: float, width: int) -> int:
    """Return how many of its lines fit, at least one."""
    number = 1
    while number < len(section.lines) and _height(section, number + 1, width) <= room:
        number += 1
    return min(number, len(section.lines))


def _height(section: Section, printed: int, width: int = _COLUMN) -> float:
    """Return the rows of a section with so many lines: heading, lead, lines, and what was left out."""
    left = 1 if len(section.lines) > printed else 0
    return 1.8 + _rows(section.lead, width) + sum(_line(line, width) for line in section.lines[:printed]) + left


def _shared(sections: Sequence[Section], room: float) -> dict[str, int]:
    """Return how many lines of each section are printed: one of each in turn, as long as there is room."""
    printed = {section.code: 0 for section in sections}
    open_ones = list(sections)
    while open_ones:
        for section in tuple(open_ones):
            number = printed[section.code]
            more = _height(section, number + 1) - (_height(section, number) if number else 0)
            if number == len(section.lines) or (section.quiet and number) or more > room:
                open_ones.remove(section)
            else:
                printed[section.code] += 1
                room -= more
    return printed


def _line(line: Line, width: int) -> float:
    rows = 0.5 + _rows(line.told, width)
    head = f"{line.mark} {line.text}".strip()
    quotes = [_quote(one) for one in line.evidence[:1]]
    told = [head, *quotes] if line.text or not quotes else [f"{head} {quotes[0]}"]
    rows += sum(_rows(text, width) for text in told)
    rows += sum(1 for some in (line.evidence, line.later) if len(some) > 1)
    if line.later:
        rows += 1 + _rows(_quote(line.later[0]), width)
    return rows + sum(_line(under, width - 4) for under in line.under[:_MOST_UNDER])


def _quote(one: Evidence) -> str:
    return f"“{one.quote}” {words.cited(one)} {one.speaker or ''}"


def _rows(text: str, width: int) -> int:
    return math.ceil(len(text) / width)
