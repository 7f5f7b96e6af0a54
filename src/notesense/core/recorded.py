"""Tells the turns that a text's form alone proves: a rising time of a recording, or brackets, at each name.

Whoever is named so speaks, whatever the name: a person, a role, a telephone. The form is proven by names that return
after others and are no words of the text; a note whose headings carry times has none.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from notesense.core.lines import Line
from notesense.core.speaker_evidence import Evidence
from notesense.core.speaker_marks import LATEST_START, Mark, is_nobody, seconds_of, side_of, timed_mark
from notesense.core.speaker_words import FORM_WORDS, LABELS, OURSELVES, WRITERS

_LEAST, _SURE = 3, 4
"""Lines that prove a form at least; those that do where less speaks for it."""
_OFTEN = 30
"""Seconds between two turns of a talk on average, and fewer than between two entries of a note."""


def with_timed(text: str, lines: Sequence[Line], marks: Sequence[Mark | None]) -> Sequence[Mark | None]:
    """Return the marks with those of lines that a time opens, where nearly all such lines have a name already."""
    opened = {number: mark for number, line in enumerate(lines) if (mark := timed_mark(text, line))}
    known = [number for number in opened if (mark := marks[number]) and not mark.header]
    missing = {number: mark for number, mark in opened.items() if not marks[number]}
    nameless = sum(not mark.name for mark in missing.values())
    if len(known) < _LEAST or nameless * 5 > len(opened) or len(missing) > len(known):
        return marks
    return [missing.get(number, mark) for number, mark in enumerate(marks)]


def is_field(mark: Mark) -> bool:
    """Tell whether a mark names nobody: a field of a ticket or form, or a speaker whom a program does not know."""
    if not mark.name or is_nobody(mark.name):
        return True
    return not mark.role and mark.folded.split()[0] in LABELS | FORM_WORDS


def recorded(evidence: Evidence) -> frozenset[int]:
    """Return the lines that are turns by their form; none where no form is proven."""
    forms: tuple[Callable[[Mark], bool], ...] = (
        lambda mark: bool(mark.stamp) and not mark.header,
        lambda mark: bool(mark.stamp) and mark.header,
    )
    for form in forms:
        at = [number for number in evidence.named if form(_of(evidence, number))]
        if _rises(evidence, at):
            return frozenset(at)
    at = [number for number in evidence.named if _of(evidence, number).boxed]
    return frozenset(at) if len(at) >= _SURE and len(_returning(evidence, at)) > 1 else frozenset()


def _of(evidence: Evidence, number: int) -> Mark:
    mark = evidence.marks[number]
    assert mark
    return mark


def _rises(evidence: Evidence, at: Sequence[int]) -> bool:
    """Tell whether these lines have the times of a recording, and names that return."""
    told = [seconds_of(_of(evidence, number).stamp) for number in at]
    times = [one for one in told if one is not None]
    if len(times) < max(_LEAST, len(told)) or any(one > two for one, two in pairwise(times)) or times[0] == times[-1]:
        return False
    again = _returning(evidence, at)
    if times[0] > LATEST_START and (len(again) < 2 or len(at) < _SURE):
        return False
    often = times[-1] - times[0] <= _OFTEN * (len(times) - 1)
    if not again or not (often or sum(map(evidence.ends, at)) * 2 >= len(at)):
        return False
    heads = frozenset(number for number in at if _of(evidence, number).header)
    return not any(number + 1 in heads for number in heads)


def _returning(evidence: Evidence, at: Sequence[int]) -> frozenset[str]:
    """Return the names that return among these lines and may be names; none where they are the lesser part."""
    names = [evidence.names[number] for number in at]
    runs = Counter(name for name, _ in groupby(names))
    words = {evidence.names[number] for number in at if _is_word(evidence, number)}
    again = frozenset(name for name, times in runs.items() if times > 1 and name not in words)
    return again if sum(name in again for name in names) * 2 >= len(names) else frozenset()


def _is_word(evidence: Evidence, number: int) -> bool:
    mark = _of(evidence, number)
    if mark.folded in OURSELVES | WRITERS or (side_of(mark.name) != "unknown" and evidence.tells(number)):
        return False
    return is_field(mark) or evidence.is_word(mark)
