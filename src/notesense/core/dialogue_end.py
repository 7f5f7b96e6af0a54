"""Tells with which line a dialogue ends: above a section, a form's label, a paragraph that nobody of it says."""

import re
from collections.abc import Collection, Sequence

from notesense.core.lines import Line
from notesense.core.speaker_evidence import Evidence
from notesense.core.speaker_words import LABELS

_LABEL = re.compile(r"([^\W\d_][^:：.!?\n]{0,30}?)\s?(?::(?=\s|$)|：)")
_NOTES = re.compile(r"\s*(?:[-=]>|[→⇒(])")
_SUBJECT = re.compile(r"([A-ZÀ-Þ][\w'’-]+) [a-zß-ÿ]")
_SENTENCE = re.compile(r"[.!?…。！？]\s*$")


class Ending:
    """A dialogue of which the lines are known that name their speakers (`spoken`, in order, at least one)."""

    def __init__(self, text: str, lines: Sequence[Line], evidence: Evidence, spoken: Sequence[int]) -> None:
        self._text = text
        self._lines = lines
        self._told = evidence
        self._spoken = spoken
        marks = {number: mark for number in spoken if (mark := evidence.marks[number])}
        self._heads = frozenset(number for number, mark in marks.items() if mark.header)
        self._names = frozenset(word for mark in marks.values() for word in mark.name.split())

    def line(self, first: int, nobody: Collection[int], mostly: bool) -> int:
        """Return the line before which a dialogue ends that begins with the line `first`; `nobody` are not its words.

        One that is the lesser part of its text (not `mostly`) ends with the paragraph of its last words, or with their
        line. Others end with the first paragraph below, where no turn has several, or it opens as notes do.
        """
        told, spoken = self._told, frozenset(self._spoken)
        last = self._spoken[-1]
        dense = not any(told.opens_block(number) for number in self._spoken if number > first)
        several = any(
            told.opens_block(number) and number not in spoken and number - 1 not in self._heads
            for number in range(first + 1, last)
        )
        for number in range(last + 1, len(self._lines)):
            opens = told.opens_block(number)
            if number in nobody or self._text.startswith("#", self._lines[number].start):
                return number
            if number - 1 in self._heads:
                continue
            if opens and (not several or not mostly or self._is_notes(number)):
                return number
            if dense and (not mostly or (not opens and self._is_labelled(number))):
                return number
        return len(self._lines)

    def _is_labelled(self, number: int) -> bool:
        """Tell whether a line opens with a label of a form, or with few words before a colon and no sentence."""
        line = self._lines[number]
        label = _LABEL.match(self._text, line.body, line.end)
        if not label or line.bullet:
            return False
        return label[1].split()[0].casefold() in LABELS or not _SENTENCE.search(self._text, label.end(), line.end)

    def _is_notes(self, number: int) -> bool:
        """Tell whether a paragraph opens as notes do, stands below a rule, or tells of a speaker by name."""
        line = self._lines[number]
        if line.bullet or self._is_labelled(number) or _NOTES.match(self._text, line.start, line.end):
            return True
        if self._text[self._lines[number - 1].end : line.start].strip():
            return True
        told = _SUBJECT.match(self._text, line.body, line.end)
        return told is not None and told[1] in self._names
