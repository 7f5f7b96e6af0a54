"""Tells which names of a text return as those of people who speak to each other do: the speakers that are certain."""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import pairwise

from notesense.core.lines import Line
from notesense.core.naming import plain
from notesense.core.naming_words import ALSO_WORDS, NO_NAMES
from notesense.core.speaker_evidence import Evidence
from notesense.core.speaker_marks import Kind, Mark, side_of
from notesense.core.speaker_words import FORM_WORDS

_HEADING = 60
"""Characters that a heading has at most."""
_NUMBER, _BOTH = 2, 2
_INITIALS = 3
"""Letters up to which what returns may be initials."""
_TALK, _MOST_SPEAKERS = 3, 8
"""Lines that a talk has at least, and people that take part in it at most, where nothing else tells who is one."""
_ANSWERED, _UNANSWERED = 6, 10
"""Lines from which on people talk who say sentences in turn, where one of them answers a question or none does."""
_CONVERSATION = 8
"""Lines from which on words that return are speakers although nobody answers a question."""


def _is_cased(name: str) -> bool:
    """Tell whether a name is written in a script with capitals."""
    return any(char.islower() or char.isupper() for char in name)


class Conversing:
    """The names that return and are speakers (`core`), folded, and by what lines they are known."""

    def __init__(self, text: str, lines: Sequence[Line], evidence: Evidence) -> None:
        self._text = text
        self._lines = lines
        self._told = evidence
        self._marks = evidence.marks
        self._again = self._names_again()
        self.core = self._with_others(self._core())

    def of(self, number: int) -> Mark:
        """Return the mark of a line that has one."""
        mark = self._marks[number]
        assert mark
        return mark

    def _core(self) -> frozenset[str]:
        """Return the names that return and are speakers."""
        told = self._told
        places = self.places
        people = {
            name
            for name, at in places.items()
            if len(at) >= _NUMBER
            and any(told.is_person(self.of(number)) or told.is_turned(self.of(number)) for number in at)
        }
        others = {name: at for name, at in places.items() if name in told.returning and name not in people}
        others = {name: at for name, at in others.items() if name not in FORM_WORDS and self._may_return(name, at)}
        if people:
            between = self.between(people)
            heard = {
                name
                for name, at in others.items()
                if self.speaks(at, 4) or self._are_heads(at) or not between.isdisjoint(at)
            }
            heard -= {
                name for name in heard if side_of(name) == "us" and not self._answers_people(name, people | heard)
            }
            return frozenset(people | heard)
        heads = {name for name, at in others.items() if self._are_heads(at)}
        if len(heads) >= _BOTH:
            return frozenset(heads)
        if talk := self._roles() or self._all_talk():
            return talk
        talking = {name: at for name, at in others.items() if self.speaks(at, len(at))}
        said = [number for at in talking.values() for number in at]
        if len(talking) < _BOTH or not self.speaks(said, 4) or self.is_form(said):
            return frozenset()
        handles = all(self._is_handle(self.of(at[0])) for at in talking.values())
        answered = any(map(self._told.answers, said)) and sum(map(self._told.ends, said)) * 2 >= len(said)
        return frozenset(talking) if handles or answered or len(said) >= _CONVERSATION else frozenset()

    def _with_others(self, core: frozenset[str]) -> frozenset[str]:
        """Return these names and those that return among them as turns do, where each line between has a name."""
        at = [number for number in self._told.named if self._told.names[number] in core]
        if not at or any(self._marks[number] is None for number in range(at[0], at[-1] + 1)):
            return core
        cased = sum(_is_cased(name) for name in core) * 2 > len(core)
        others = {name: at for name, at in self.places.items() if name in self._told.returning and name not in core}
        return core | {name for name, at in others.items() if (cased and not _is_cased(name)) or self._talks(name, at)}

    def _talks(self, name: str, at: Sequence[int]) -> bool:
        """Tell whether a name that returns within a dialogue says sentences there, some of them to somebody."""
        marks = [self.of(number) for number in at]
        if name in FORM_WORDS or side_of(name) != "unknown" or not all(self._may_talk(mark) for mark in marks):
            return False
        ended = sum(map(self._told.ends, at))
        said = sum(self._told.speaks(one) or self._told.addresses(one) or self._told.answers(one) for one in at)
        if plain(name) in ALSO_WORDS - NO_NAMES and ended == len(at):
            return True
        if not any(map(self._told.is_word, marks)):
            return said > 0 and ended * 2 >= len(at)
        return ended == len(at) and said * 2 >= len(at)

    def _may_talk(self, mark: Mark) -> bool:
        return mark.fits and mark.kind is not Kind.TIGHT

    def _is_handle(self, mark: Mark) -> bool:
        """Tell whether a name is no word with a capital: initials, or what somebody is called in a chat."""
        return (len(mark.name) <= _INITIALS and (mark.name.isupper() or len(mark.name) < _INITIALS)) or not mark.fits

    def _roles(self) -> frozenset[str]:
        """Return the roles of both sides where they converse: one returns, and they say sentences to each other."""
        roles = {name: at for name, at in self.places.items() if side_of(name) != "unknown"}
        said = [number for at in roles.values() for number in at]
        if {side_of(name) for name in roles} != {"us", "customer"} or self._told.returning.isdisjoint(roles):
            return frozenset()
        return frozenset(roles) if all(map(self._told.ends, said)) or self.speaks(said, 4) else frozenset()

    def _all_talk(self) -> frozenset[str]:
        """Return the names of a text, or of a block of it, that is nothing but talk, whoever they are."""
        for said in self._blocks():
            if self._is_talk(said):
                return frozenset(self._told.names[number] for number in said)
        return frozenset()

    def _blocks(self) -> list[list[int]]:
        """Return the stretches in which each line has a name: from the first name on, or between empty lines."""
        told, named = self._told, self._told.named
        whole = [named] if named and len(self._marks) - named[0] == len(named) else []
        blocks: list[list[int]] = []
        for number in range(len(self._lines)):
            if told.opens_block(number):
                blocks.append([])
            blocks[-1].append(number)
        return whole + [block for block in blocks if all(number in told.names for number in block)]

    def _is_talk(self, said: Sequence[int]) -> bool:
        """Tell whether people take turns in these lines, come back more often than not, and say sentences.

        Initials need not. None of the names is a word of forms. Where nobody is spoken to, they take turns for long.
        """
        told = self._told
        names = [told.names[number] for number in said]
        several = len(set(names))
        if len(said) < _TALK or any(one == two for one, two in pairwise(names)) or self.is_form(said):
            return False
        if not _BOTH <= several <= _MOST_SPEAKERS or len(said) * 2 < several * 3:
            return False
        marks = [self.of(number) for number in said]
        if any(told.is_word(mark) or mark.folded in FORM_WORDS or mark.kind is Kind.TIGHT for mark in marks):
            return False
        if not all(map(self._is_handle, marks)) and not all(map(told.ends, said)):
            return False
        if sum(told.speaks(number) or told.addresses(number) for number in said) * 4 >= len(said):
            return True
        least = _UNANSWERED if not any(map(told.answers, said)) else _ANSWERED
        return len(said) >= least and min(Counter(names).values()) > 1

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The lines of each name."""
        places: dict[str, list[int]] = {}
        for number in self._told.named:
            places.setdefault(self._told.names[number], []).append(number)
        return places

    def _answers_people(self, name: str, others: Collection[str]) -> bool:
        """Tell whether only others who are speakers stand next to a name, wherever it is marked."""
        named = self._told.named
        around = {
            self._told.names[named[place + step]]
            for place, number in enumerate(named)
            if self._told.names[number] == name
            for step in (-1, 1)
            if 0 <= place + step < len(named)
        }
        return around <= set(others) - {name}

    def _are_heads(self, at: Sequence[int]) -> bool:
        """Tell whether a name always stands beside a time above words, well apart from it."""
        return all(
            self.of(number).kind is Kind.STAMPED and self.of(number).wide and not self._told.is_word(self.of(number))
            for number in at
        )

    def _names_again(self) -> bool:
        """Tell whether a name is marked twice in a row, so that a name alone tells of no change of speakers."""
        return any(self._told.names[one] == self._told.names[two] for one, two in pairwise(self._told.named))

    def between(self, names: Collection[str]) -> set[int]:
        """Return the lines with a mark that alone stand between two of one of these names: somebody else has to speak.

        None where the text marks names twice in a row.
        """
        named = [number for number in self._told.named if not self._lines[number].bullet]
        if self._again:
            return set()
        return {
            number
            for one, number, two in zip(named, named[1:], named[2:], strict=False)
            if self._told.names[one] == self._told.names[two] in names and self._may_be(number)
        }

    def _may_be(self, number: int) -> bool:
        mark = self.of(number)
        if mark.kind is Kind.TIGHT or mark.folded in FORM_WORDS or self._told.is_word(mark):
            return False
        return mark.fits or len(mark.name.split()) == 1

    def _may_return(self, name: str, at: Sequence[int]) -> bool:
        """Tell whether what returns may be a name: not too long, a single word where it has no capital."""
        marks = [self.of(number) for number in at]
        if all(mark.kind is Kind.TIGHT for mark in marks) or len(name.split()) > 4:
            return False
        return any(mark.fits for mark in marks) or (
            " " not in name and (side_of(name) != "unknown" or name not in NO_NAMES)
        )

    def speaks(self, at: Sequence[int], one_in: int) -> bool:
        """Tell whether at least one in so many of these lines is said to somebody."""
        spoken = sum(self._told.speaks(number) or self._told.answers(number) for number in at)
        return spoken > 0 and spoken * one_in >= len(at)

    def is_form(self, said: Sequence[int]) -> bool:
        """Tell whether headings part these lines, as those of a form are which is filled in again for each topic."""
        return sum(number > 0 and self.is_heading(number - 1) for number in said) >= _NUMBER

    def is_heading(self, number: int) -> bool:
        """Tell whether a line is a heading: short, below an empty line, no sentence."""
        if self._marks[number] and self.of(number).fits:
            return False
        line = self._lines[number]
        words = self._text[line.start : line.end].strip()
        if words.startswith("#"):
            return True
        return (
            self._told.opens_block(number) and len(words) <= _HEADING and words[-1] not in ".!?…,;" and not line.bullet
        )
