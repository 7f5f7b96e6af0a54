"""What a whole text tells of the names that its lines mark: whether they are people, and whether they speak.

For a speaker speaks that the name is a person's, that it returns after others have spoken, and that what stands behind
it is said by somebody to somebody. Against it speak that it stands once and that it is a word of the text.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import groupby

from notesense.core.clauses import LONGEST
from notesense.core.lines import Line
from notesense.core.naming import find_names, plain
from notesense.core.naming_words import ALSO_WORDS, COMPANY_WORDS, GIVEN_NAMES, NO_NAMES, TITLES
from notesense.core.speaker_marks import Kind, Mark, is_numbered
from notesense.core.speaker_words import ADDRESSING, COMBINING, OURSELVES, PARTICLES

_LETTERS = rf"[^\W\d_]+(?:[{COMBINING}]+[^\W\d_]*)*"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")
_INITIAL = re.compile(r"\b[^\W\d_]\.")
_FULL_NAME = re.compile(r"\b([^\W\d_][\w'’\-]{0,30}) (?=[(]|([^\W\d_][\w'’\-]{0,30}))")
_SENTENCE = re.compile(r"[.!?…。！？؟।॥۔][\"'”’»)\]]*\s*$")
_QUESTION = re.compile(r"(?:[?？؟]|(?<=[\u0370-\u03ff\u1f00-\u1fff]);)(?:\s|$)")
_UNSIGNED = re.compile(r"[\u0e00-\u0eff]\s*$")
"""The end of words in scripts that have no sign for the end of a sentence."""
_POLITE = re.compile("ครับ|ค่ะ|คะ|ผม|ฉัน|คุณ|เรา")
"""How a speaker of Thai speaks of himself or to another; words have no spaces between them there."""
_REACH = 200 * LONGEST
_LOOKED_AT = 400
"""Characters of a turn in which it shows whether somebody is spoken to."""


class Evidence:
    """The marks of a text's lines, with what speaks for and against each name; all names are folded."""

    def __init__(self, text: str, lines: Sequence[Line], marks: Sequence[Mark | None]) -> None:
        self._text = text
        self._lines = lines
        self.marks = marks
        self.named = [number for number, mark in enumerate(marks) if mark and mark.kind is not Kind.LETTER]
        whole = self._whole()
        self.names = {number: whole.get(name := self._mark(number).folded, name) for number in self.named}
        """Whom each marked line names: the full name, where one alone has the name that it gives."""
        runs = Counter(name for name, _ in groupby(self.names[number] for number in self.named))
        self.returning = frozenset(name for name, times in runs.items() if times > 1)
        """Names that stand again after another."""

    def _mark(self, number: int) -> Mark:
        mark = self.marks[number]
        assert mark
        return mark

    def _whole(self) -> dict[str, str]:
        """Return the full names by their parts, where a part is that of one name alone."""
        found: dict[str, set[str]] = {}
        for name in {mark.folded for mark in map(self._mark, self.named) if mark.fits and " " in mark.folded}:
            for part in name.replace(",", " ").split():
                found.setdefault(part, set()).add(name)
        return {part: next(iter(names)) for part, names in found.items() if len(names) == 1}

    @cached_property
    def _lowered(self) -> frozenset[str]:
        """The words that the text writes without a capital."""
        return frozenset(word for word in _WORD.findall(self._text[:_REACH]) if word.islower())

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """The names, and their parts, that the text uses outside of marks: of people, and of what may be people."""
        text, at = [], 0
        for number in self.named:
            text.append(self._text[at : self._lines[number].body])
            at = max(at, self._mark(number).content)
        text.append(self._text[at:])
        outside = "\n".join(text)[:_REACH]
        found: set[str] = set()
        for match in _FULL_NAME.finditer(outside):
            first, second = match[1], match[2]
            if first[0].isupper() and (not second or second[0].isupper()):
                found.update((first, second, f"{first} {second}") if second else (first,))
        for name in find_names((outside,)):
            if name.label == "PERSON":
                found.update((name.text, *name.text.split()))
        return frozenset(name.casefold() for name in found)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The parts of the names that are people's."""
        whole = {mark.folded for mark in map(self._mark, self.named) if mark.fits and self._is_person(mark)}
        return frozenset(part for name in whole for part in name.replace(",", " ").split() if part not in PARTICLES)

    def is_person(self, mark: Mark) -> bool:
        """Tell whether a name is a person's by itself, or by the full names of the text."""
        if self._is_person(mark):
            return True
        words = mark.folded.replace(",", " ").split()
        return (
            mark.fits and not self.is_word(mark) and all(word in self.parts for word in words if word not in PARTICLES)
        )

    def is_turned(self, mark: Mark) -> bool:
        """Tell whether a name has the form "Ruiz, Marta", which may also be somebody spoken to: "Look, Marta"."""
        _, comma, given = mark.name.partition(", ")
        return bool(comma) and mark.fits and self._is_given(given.split()[0]) and not self.is_word(mark)

    def _is_person(self, mark: Mark) -> bool:
        words = mark.name.replace(",", " , ").split()
        if is_numbered(mark.name) or mark.folded in OURSELVES or (mark.told and len(words) > 1):
            return True
        if mark.role and mark.fits and self._is_given(mark.role.split()[0]):
            return True
        if (words[0] == "M." or plain(words[0].rstrip(".")) in TITLES) and len(words) > 1 and mark.fits:
            return True
        if words[0].casefold() in PARTICLES:
            return mark.fits and len(words) > 1
        if words[0].islower():
            return self._is_given(words[0]) and len(words) <= 2
        return mark.fits and self._is_given(words[0])

    def _is_given(self, word: str) -> bool:
        folded = plain(word)
        if folded not in GIVEN_NAMES and folded.split("-")[0] not in GIVEN_NAMES:
            return False
        return folded not in ALSO_WORDS or not (folded in NO_NAMES or folded in self._lowered or word.islower())

    def is_word(self, mark: Mark) -> bool:
        """Tell whether a name is made of words of the language rather than of names."""
        if is_numbered(mark.name):
            return False
        words = _WORD.findall(_INITIAL.sub(" ", mark.name))
        folded = [word.casefold() for word in words]
        return any(
            one in NO_NAMES or one in COMPANY_WORDS or (not word.islower() and one in self._lowered)
            for word, one in zip(words, folded, strict=True)
            if one not in PARTICLES and (mark.fits or len(one) > 1)
        )

    def words_at(self, number: int) -> str:
        """Return the beginning of what stands behind a mark, or below it."""
        line, mark = self._lines[number], self._mark(number)
        if mark.header:
            if number + 1 == len(self._lines) or self.marks[number + 1]:
                return ""
            below = self._lines[number + 1]
            return self._text[below.body : min(below.end, below.body + _LOOKED_AT)]
        return self._text[mark.content : min(line.end, mark.content + _LOOKED_AT)]

    def speaks(self, number: int) -> bool:
        """Tell whether what stands behind a mark is said by somebody to somebody."""
        said = self.words_at(number)
        words = [word.casefold().replace("’", "'") for word in _WORD.findall(said)]
        if _QUESTION.search(said) and words:
            return True
        if not said.isascii() and not any(char.islower() or char.isupper() for char in said):
            return bool(_SENTENCE.search(said) or _POLITE.search(said))
        return len(words) > 2 and not ADDRESSING.isdisjoint(words)

    def addresses(self, number: int) -> bool:
        """Tell whether what stands behind a mark has a word of the first or second person, however short it is."""
        words = (word.casefold().replace("’", "'") for word in _WORD.findall(self.words_at(number)))
        return not ADDRESSING.isdisjoint(words)

    def answers(self, number: int) -> bool:
        """Tell whether what stands behind a mark follows on a question of somebody else."""
        place = bisect_left(self.named, number)
        if not place or self.names[before := self.named[place - 1]] == self.names[number]:
            return False
        return bool(_QUESTION.search(self.words_at(before))) and bool(self.words_at(number))

    def tells(self, number: int) -> bool:
        """Tell whether what stands behind a mark is a sentence and no figure."""
        said = self.words_at(number)
        return self.speaks(number) or bool(_SENTENCE.search(said) and said[:1].isalpha() and " " in said)

    def ends(self, number: int) -> bool:
        """Tell whether what stands behind a mark ends as a sentence does."""
        said = self.words_at(number)
        return bool(_SENTENCE.search(said) or _UNSIGNED.search(said))

    def opens_block(self, number: int) -> bool:
        """Tell whether an empty line, or nothing, stands above a line."""
        return number == 0 or self._lines[number].number > self._lines[number - 1].number + 1
