"""Tells which of the marked names of a text are speakers, and where it is a dialogue.

A dialogue is where people return, or where names that return say things to each other. Within it a name that stands
once is a speaker where it is a person's or where only so the speaker before could be named again; a heading goes on
with nobody's words, as does what may be either; other words before a colon are part of what is said.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from notesense.core.conversing import Conversing
from notesense.core.dialogue_end import Ending
from notesense.core.lines import Line
from notesense.core.naming import plain
from notesense.core.naming_words import GIVEN_NAMES, NO_NAMES
from notesense.core.recorded import is_field, recorded, with_timed
from notesense.core.speaker_evidence import Evidence
from notesense.core.speaker_marks import Kind, Mark, bare_mark, is_nobody, side_of
from notesense.core.speaker_words import DEPARTMENTS, OURSELVES, WRITERS

_TELEPHONE = re.compile(r"\+?\d[\d ()/-]{5,20}:\s")
_LEAST = 3
"""Lines with speakers that make a dialogue."""
_NUMBER, _BOTH = 2, 2


class Verdict(Enum):
    """What a line is."""

    SPEAKER = "what the marked name says"
    NOBODY = "said or written by somebody who is not known"
    NONE = "no new speaker"


class Cast(NamedTuple):
    """What each line is, with the marks that hold, and the lines (from, to) that are a dialogue, if any."""

    verdicts: Sequence[Verdict]
    marks: Sequence[Mark | None]
    dialogue: range


def cast(text: str, lines: Sequence[Line], marks: Sequence[Mark | None]) -> Cast:
    """Return which lines name their speaker; linear in the text's length."""
    timed = Evidence(text, lines, with_timed(text, lines, marks))
    if turns := recorded(timed):
        return _Casting(text, lines, timed, turns).cast()
    found = _Casting(text, lines, Evidence(text, lines, marks))
    if not found.core and (bare := _bare(text, lines, marks)):
        marks = bare
        found = _Casting(text, lines, Evidence(text, lines, bare))
    return found.cast()


def _bare(text: str, lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[Mark | None] | None:
    """Return the marks with the names that alone stand above the words, where all blocks begin with such; else None."""
    starts = [
        number
        for number, line in enumerate(lines)
        if (not number or line.number > lines[number - 1].number + 1) and not marks[number]
    ]
    bare = {
        number: mark
        for number in starts
        if number + 1 < len(lines)
        and lines[number + 1].number == lines[number].number + 1
        and (mark := bare_mark(text, lines[number]))
    }
    counts = Counter(mark.folded for mark in bare.values())
    often = [number for number, mark in bare.items() if counts[mark.folded] >= _NUMBER]
    if len({bare[number].folded for number in often}) < _BOTH or len(often) * 5 < len(starts) * 4:
        return None
    return [bare.get(number, mark) for number, mark in enumerate(marks)]


class _Casting:
    def __init__(
        self, text: str, lines: Sequence[Line], evidence: Evidence, recorded: frozenset[int] = frozenset()
    ) -> None:
        self._text = text
        self._lines = lines
        self._told = evidence
        self._marks = evidence.marks
        self._known = Conversing(text, lines, evidence)
        self._of = self._known.of
        self.core = self._known.core
        self._bulleted = self._apart = self._mostly = False
        self._heard = self._recorded = recorded

    def cast(self) -> Cast:
        """Return what each line is."""
        dialogue = self._dialogue()
        verdicts = [self._outside(number) for number in range(len(self._lines))]
        if dialogue:
            inside = self._inside(dialogue)
            spoken = [number for number in inside if inside[number] is Verdict.SPEAKER]
            nobody = frozenset(number for number in inside if inside[number] is Verdict.NOBODY)
            ending = Ending(self._text, self._lines, self._told, spoken)
            dialogue = range(dialogue.start, ending.line(dialogue.start, nobody, self._mostly))
            for number in dialogue:
                verdicts[number] = inside[number]
        return Cast(verdicts, self._marks, dialogue)

    def _dialogue(self) -> range:
        """Return the lines from the first to the last that a speaker who returns says; none where it is no dialogue."""
        told = self._told
        if self._recorded:
            self._mostly = self._is_mostly() or self._of(min(self._recorded)).header
            return range(min(self._recorded), max(self._recorded) + 1)
        core = [number for number in told.named if told.names[number] in self.core and self._is_prefix(number)]
        listed = sum(self._lines[number].bullet for number in core) * 2 > len(core)
        core = [number for number in core if self._lines[number].bullet == listed]
        if not core or self.core.isdisjoint(told.returning) or (listed and not self._converse(core)):
            return range(0)
        self._bulleted = listed
        self._apart = sum(map(told.opens_block, core[1:])) * 5 >= len(core[1:]) * 4
        found = self._with_neighbours(core[0], core[-1])
        between = self._known.between(self.core)
        sure = frozenset(core)
        heard = [n for n in told.named if n in found and (n in sure or n in between or self._is_guest(n))]
        everybody = {told.names[number] for number in heard}
        if len(heard) < _LEAST or (len(everybody) < _BOTH and not told.is_person(self._of(core[0]))):
            return range(0)
        if self._is_telegraphic(heard, found):
            return range(0)
        self._mostly = self._is_mostly()
        dense = len(heard) * 4 >= len(found) * 3
        if self._mostly or (not listed and (dense or self._is_in_blocks(heard, found))):
            self._heard = frozenset(heard)
            return found
        return range(0)

    def _is_label(self, mark: Mark) -> bool:
        return mark.fits and not mark.told and side_of(mark.name) == "unknown"

    def _is_mostly(self) -> bool:
        """Tell whether at least half of the text's lines have a name."""
        named = sum(mark is not None and mark.kind is not Kind.LETTER and mark.fits for mark in self._marks)
        return named * 2 >= len(self._lines)

    def _is_telegraphic(self, heard: Sequence[int], found: range) -> bool:
        """Tell whether most of these lines are fragments, among as many labels as a note has."""
        told = self._told
        end = next((number for number in range(found.stop, len(self._lines)) if told.opens_block(number)), None)
        block = range(found.start, end or len(self._lines))
        known = frozenset(heard)
        others = [number for number in told.named if number in block and number not in known]
        labels = sum(self._is_label(self._of(number)) for number in others)
        said = sum(told.ends(number) or told.speaks(number) or told.answers(number) for number in heard)
        return labels * 4 >= labels + len(heard) and said * 2 < len(heard)

    def _converse(self, core: Sequence[int]) -> bool:
        """Tell whether at least two of these return, and speak to each other."""
        return len(
            {self._told.names[number] for number in core} & self._told.returning
        ) >= _BOTH and self._known.speaks(core, 3)

    def _is_prefix(self, number: int) -> bool:
        return self._of(number).kind is not Kind.STAMPED

    def _is_guest(self, number: int) -> bool:
        """Tell whether a line is that of a person who is not known to return."""
        return (
            self._is_prefix(number)
            and self._lines[number].bullet == self._bulleted
            and self._told.is_person(self._of(number))
        )

    def _with_neighbours(self, first: int, last: int) -> range:
        """Return these lines and those of people right before and after them, where nothing parts them."""
        for number in range(last + 1, len(self._lines)):
            if self._told.opens_block(number) and not self._apart:
                break
            if self._marks[number] and not self._is_guest(number):
                break
            last = number if self._marks[number] else last
        for number in range(first - 1, -1, -1):
            if not self._marks[number] or not self._is_guest(number):
                break
            if self._told.opens_block(number + 1) and not self._apart:
                break
            first = number
        return range(first, last + 1)

    def _is_in_blocks(self, said: Sequence[int], found: range) -> bool:
        """Tell whether nearly each block of these lines begins with a speaker."""
        starts = [number for number in found if self._told.opens_block(number) or number == found.start]
        heard = set(said)
        return len(starts) >= _LEAST and sum(number in heard for number in starts) * 5 >= len(starts) * 4

    def _inside(self, found: range) -> dict[int, Verdict]:
        """Return what each line from the beginning of a dialogue to the end of the text is."""
        verdicts: dict[int, Verdict] = {}
        paragraphs = self._in_single_lines()
        for number in range(found.start, len(self._lines)):
            mark = self._marks[number]
            if number in self._heard or (mark and mark.kind is Kind.LETTER):
                field = number in self._recorded and mark and is_field(mark)
                verdicts[number] = Verdict.NOBODY if field else Verdict.SPEAKER
            elif self._recorded and mark:
                verdicts[number] = self._untimed(number, mark)
            elif mark and self._lines[number].bullet and not self._bulleted:
                verdicts[number] = Verdict.NONE
            elif mark:
                verdicts[number] = self._once(number, mark, found)
            elif number in found and (self._is_aside(number) or (paragraphs and self._told.opens_block(number))):
                verdicts[number] = Verdict.NOBODY
            else:
                verdicts[number] = Verdict.NONE
        return verdicts

    def _in_single_lines(self) -> bool:
        """Tell whether a recording's turns stand close together, so that what stands apart is none of their words."""
        if not self._recorded or self._of(min(self._recorded)).header:
            return False
        return sum(map(self._told.opens_block, self._recorded)) * 2 < len(self._recorded)

    def _untimed(self, number: int, mark: Mark) -> Verdict:
        """Return what a line is that names somebody in another form than that of the recording."""
        if self._told.names[number] in self._recorded_names:
            return Verdict.SPEAKER
        above = self._of(min(self._heard)).header
        return Verdict.NONE if above or not self._told.is_person(mark) else Verdict.SPEAKER

    @cached_property
    def _recorded_names(self) -> frozenset[str]:
        return frozenset(self._told.names[number] for number in self._recorded)

    def _is_aside(self, number: int) -> bool:
        """Tell whether a line within a dialogue is a heading, and nobody says it."""
        line = self._lines[number]
        if self._text.startswith("#", line.start) or _TELEPHONE.match(self._text, line.body, line.end):
            return True
        return self._known.is_heading(number) and number + 1 in self._heard and not self._told_apart(number)

    def _told_apart(self, number: int) -> bool:
        """Tell whether an empty line parts a line from that below it."""
        return number + 1 < len(self._lines) and self._told.opens_block(number + 1)

    def _once(self, number: int, mark: Mark, found: range) -> Verdict:
        """Return what a line of a dialogue is whose name does not return.

        What may be a guest or a heading is nobody's; words before a colon that are no name are part of what is said.
        """
        told = self._told
        if is_nobody(mark.name) or mark.folded in WRITERS:
            return Verdict.NOBODY
        if mark.told or told.is_person(mark) or (mark.fits and self._is_listed(mark)):
            return Verdict.SPEAKER
        if not mark.fits:
            return Verdict.NOBODY if self._may_be_handle(number, mark) else Verdict.NONE
        if side_of(mark.name) != "unknown" and told.tells(number):
            return Verdict.NOBODY
        if mark.kind is Kind.TIGHT or (told.is_word(mark) and not self._is_office(number, mark)):
            return Verdict.NONE if number in found else Verdict.NOBODY
        if self._apart and not told.opens_block(number):
            return Verdict.NONE
        fragment = self._full and " " not in mark.name and self._is_fragment(number)
        return Verdict.NONE if fragment and not told.opens_block(number) and number in found else Verdict.NOBODY

    def _is_fragment(self, number: int) -> bool:
        """Tell whether what stands behind a mark is no sentence, or begins small where speech begins large."""
        said = self._told.words_at(number)
        if not self._told.tells(number):
            return True
        return said[:1].islower() and not self._told.speaks(number) and self._begins_large

    @cached_property
    def _begins_large(self) -> bool:
        """Whether most of what is heard begins with a capital."""
        return sum(self._told.words_at(one)[:1].isupper() for one in self._heard) * 2 > len(self._heard)

    def _is_office(self, number: int, mark: Mark) -> bool:
        """Tell whether a word before a colon may be what somebody is called who says a sentence: "CFO", "Legal"."""
        words = mark.name.split()
        title = len(words) > 1 and all(word[0].isupper() for word in words)
        office = title or mark.folded in DEPARTMENTS or mark.name.isupper() or side_of(mark.name) != "unknown"
        return office and self._told.tells(number)

    def _may_be_handle(self, number: int, mark: Mark) -> bool:
        """Tell whether a word without a capital may be what somebody is called: it is one, or a sentence follows."""
        if plain(mark.name) in GIVEN_NAMES:
            return True
        single = " " not in mark.name and mark.name not in NO_NAMES
        return single and mark.kind is not Kind.TIGHT and self._told.tells(number)

    @cached_property
    def _full(self) -> bool:
        """Whether most who are heard have more than one name."""
        names = [self._of(one).name for one in self._heard]
        return sum(" " in name for name in names) * 2 > len(names)

    def _is_listed(self, mark: Mark) -> bool:
        """Tell whether the text names somebody so elsewhere."""
        return mark.folded in self._told.mentioned and not self._told.is_word(mark)

    def _outside(self, number: int) -> Verdict:
        """Return what a line of a note is."""
        mark = self._marks[number]
        if not mark:
            return Verdict.NONE
        if mark.kind is Kind.ABOVE and not mark.stamp:
            return Verdict.NONE
        if mark.kind in (Kind.STAMPED, Kind.ABOVE):
            if self._is_headed(number, mark):
                return Verdict.SPEAKER
            return Verdict.NOBODY if mark.wide and self._has_heads else Verdict.NONE
        return Verdict.SPEAKER if self._is_cited(number, mark) else Verdict.NONE

    def _is_cited(self, number: int, mark: Mark) -> bool:
        """Tell whether a name before a colon in a note is that of somebody whose words the line gives."""
        told = self._told
        if mark.kind is Kind.LETTER or mark.folded in OURSELVES or (mark.told and (mark.fits or " " not in mark.name)):
            return True
        if side_of(mark.name) != "unknown":
            return False
        if told.names[number] in self.core:
            return True
        if mark.kind is Kind.TIGHT or not mark.fits:
            return False
        several = " " in mark.name
        if told.is_person(mark) and (several or mark.stamp or mark.role):
            return True
        if told.is_word(mark):
            return False
        if (several and mark.stamp and mark.role) or told.names[number] in self._cited:
            return True
        return not told.mentioned.isdisjoint((mark.folded, mark.folded.split()[0]))

    @cached_property
    def _cited(self) -> frozenset[str]:
        """Names that stand often, mostly with what somebody says to somebody, and not as in a form."""
        known = self._known
        return frozenset(
            name
            for name, at in known.places.items()
            if len(at) >= _LEAST and known.speaks(at, 3) and not known.is_form(at)
        )

    def _is_headed(self, number: int, mark: Mark) -> bool:
        """Tell whether the name beside a time is a speaker's."""
        if mark.told or self._told.names[number] in self.core:
            return True
        if self._told.is_word(mark):
            return False
        person = self._told.is_person(mark)
        if person and (mark.wide or mark.stamp.count(":") > 1):
            return True
        if not mark.fits or not mark.wide:
            return False
        said = bool(self._told.words_at(number))
        return said and " " in mark.name and (mark.stamp.count(":") > 1 or self._has_heads)

    @cached_property
    def _has_heads(self) -> bool:
        """Whether somebody who is a speaker stands beside a time elsewhere."""
        return any(
            self._of(number).kind is Kind.STAMPED and self._told.is_person(self._of(number))
            for number in self._told.named
        )
