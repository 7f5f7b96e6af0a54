"""Tells which lines of one hand are no words of the writer's: signature, legal notice, footer or banner of a program.

What they look like tells them, and where they stand. A signature follows a parting, dashes or the writer's name and has
short lines of names, roles and ways to reach somebody; a notice speaks of the mail itself, with several such terms in
one paragraph, at the end. Against them speak the small words of sentences, bullets, prices, questions. In doubt a line
is the writer's. The time grows with the length alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from notesense.readers import machine_lines
from notesense.readers.signature_words import (
    ASIAN_SENTENCE,
    CONTACT,
    OPENING,
    PARTICLES,
    PARTING,
    SINGULAR,
    SMALL,
)

_AROUND = " \t\xa0*_"
_BULLET = re.compile(r"(?:[-*•·–+>]|\d{1,2}[.)]|[a-z]\))\s+\S")
_POSTSCRIPT = re.compile(r"(?:p\.?\s?s|n\.?\s?b|p\.?\s?d)\.?(?![\w.-])", re.IGNORECASE)
_PRICE = re.compile(r"[€$£¥%]|\b(?:EUR|USD|GBP|CHF|SEK|PLN)\b")
_DASHES = re.compile(r"(?:- )?[-—–]{1,3}|[_─═=*~-]{2,}")
_BRACKETED = re.compile(r"\([^()]{0,40}\)")
_PARTED = re.compile(r"\s+[|•·–—-]\s+")
_WORD = re.compile(r"[^\W\d_]+")
_CASELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LABELS = frozenset("tel fax fon phone mobile mobil mob cell direct office email mail web www tél".split())
_TITLES = frozenset("dr prof mr mrs ms mx sir herr frau dipl ing mag phd msc mba m mme mlle sr sra sig dhr".split())
_FOR_OTHERS = frozenset({"i", "p", "pp", "ppa", "gez"})
"""What German and English writers put before a name with which they sign for their company."""
_LONG = 90
"""Characters from which on a line is a sentence, unless it tells how to reach somebody."""
_LONGEST = 200
_LONGEST_PARTING = 60
_NEAR = 4
_STOPS = "\"“”„'’.,;:!?()*"
_NETWORK = re.compile(r"\b(?:LinkedIn|Twitter|Facebook|Instagram|YouTube|Xing|TikTok|Bluesky)\b", re.IGNORECASE)
_PAGE = re.compile(r"https?://|\bwww\.|\b[\w-]+\.[a-z]{2,8}(?:/\S*)?$")
_MOST_INVITING = 10
_MOST_UNDER_DASHES = 15
_MOST_PARAGRAPHS = 6
"""Paragraphs that a signature has at most."""


def signs_off(line: str, writer: str) -> bool:
    """Tell whether a line is a parting, or the writer's name."""
    line = line.strip(_AROUND)
    return _is_parting(line) or _Names(writer).is_in(line)


def may_sign(line: str, writer: str) -> bool:
    """Tell whether a line may stand in this writer's signature: a name, a role, a way to reach somebody."""
    line = line.strip(_AROUND)
    return _Names(writer).is_in(line) or CONTACT.search(line[:_LONGEST]) is not None or _is_namely(line)


class _Paragraph(NamedTuple):
    """Lines `start` to `end`, all with words."""

    start: int
    end: int


def signed(lines: Sequence[str], writer: str) -> list[bool]:
    """Tell for each line of one hand, without marks of quoting, whether it is none of the writer's words."""
    words = [line.strip(_AROUND) or line.strip() for line in lines]
    names = _Names(writer)
    machine = machine_lines.marked(words, lambda at: _is_parting(words[at]) or names.is_in(words[at]))
    found = _Signature(lines, words, names, machine).found()
    return _filled(words, [one or other for one, other in zip(machine, found, strict=True)])


def _filled(words: Sequence[str], found: list[bool]) -> list[bool]:
    """Return what was found, with the empty lines between two lines that are none of the writer's words."""
    before = False
    for at in range(len(found)):
        before = found[at] if words[at] else before
        found[at] = before
    for at in range(len(found) - 1, -1, -1):
        found[at] = found[at] and (bool(words[at]) or (at + 1 < len(found) and found[at + 1]))
    return found


class _Names:
    """How the writer may call himself: any word of the name, or of the address where there is no name; initials."""

    def __init__(self, writer: str) -> None:
        told = _WORD.findall(" ".join(reversed(writer.partition("@")[0].split(",", maxsplit=1))))
        self._words = frozenset(word.casefold() for word in told if len(word) > 1 or _CASELESS.match(word))
        self._initials = "".join(word[0] for word in told).upper()
        self._first = told[0].casefold() if len(told) > 1 else ""

    def is_in(self, line: str) -> bool:
        """Tell whether a line is the writer's name, perhaps with a title, a greeting or somebody else's beside it."""
        name, *rest = _PARTED.split(_BRACKETED.sub(" ", line), maxsplit=1)
        words = _WORD.findall(name) if len(name) <= _LONG else []
        known = [word.casefold() in self._words for word in words]
        initials = len(words) == 1 and len(words[0]) > 1 and words[0] == self._initials
        if not (initials or any(known)) or len(words) > 6 or any(char.isdigit() for char in name):
            return False
        if not all(one or _is_name(word) for one, word in zip(known, words, strict=True)) or is_own(line):
            return False
        if self._is_namesake(name.rpartition(",")[2]):
            return False
        return not rest or CONTACT.search(line[:_LONGEST]) is not None or _is_titled(rest[0])

    def _is_namesake(self, name: str) -> bool:
        """Tell whether somebody has the writer's family name behind a first name that is another one."""
        words = [word for word in _WORD.findall(name.casefold()) if word not in _TITLES]
        known = next((at for at, word in enumerate(words) if word in self._words), 0)
        if not self._first or self._first in words or not known or any(map(_CASELESS.match, words)):
            return False
        return words[0][0] != self._first[0] and words[0] not in _FOR_OTHERS


def is_own(line: str, shaped: bool = True) -> bool:
    """Tell whether a line, without blanks around it, has what no signature has, so that somebody says something.

    `shaped` is whether a full stop, and words that begin with a small letter, are signs of it.
    """
    if len(line) > _LONGEST or line.endswith((":", "：", "?", "？")):
        return True
    tokens = line.split()
    passed = PARTICLES if _is_titled(line) else frozenset()
    bare = (token.strip(_STOPS) for token in tokens)
    small = sum(token in SMALL and token not in passed for token in bare)
    small += bool(tokens) and tokens[0].strip(",.:!") in OPENING
    if small > 1 or _BULLET.match(line) or _POSTSCRIPT.match(line) or _PRICE.search(line):
        return True
    if CONTACT.search(line):
        return sum(_is_spoken(token) for token in tokens) > 2
    ended = shaped and line.endswith((".", "!", "?", "…")) and len(tokens) > 3 and "." not in tokens[-1][:-1]
    begun = shaped and line[:1].islower() and len(tokens) > 2 and sum(map(_is_spoken, tokens)) > 1
    asian = ASIAN_SENTENCE.search(line) is not None
    return bool(small) or ended or begun or asian or len(line) > _LONG


def _is_spoken(token: str) -> bool:
    """Tell whether a token is a word as sentences have it, and no part of a name, number or address."""
    return token.strip(",.;()").isalpha() and not _is_name(token) and token.strip(",.;()") not in _LABELS


def _is_name(word: str) -> bool:
    return not word[:1].islower() or word in PARTICLES


def _is_titled(line: str) -> bool:
    """Tell whether all words are written large, as in names, roles and addresses."""
    words = _WORD.findall(line)
    if any(map(_CASELESS.match, words)) and len(line) > 24:
        return False
    return 0 < len(words) <= 12 and all(map(_is_name, words))


def _is_namely(line: str) -> bool:
    """Tell whether a line may be the name of somebody whom nothing names."""
    return _is_titled(line) and len(line.split()) <= 5 and not any(char.isdigit() for char in line)


def _is_parting(line: str) -> bool:
    """Tell whether a line is nothing but a parting, or one in each of two languages."""
    return len(line) <= _LONGEST_PARTING and all(
        PARTING.fullmatch(part.strip()) for part in re.split(r"\s?[/|]\s?", line)
    )


def _invites(line: str, apart: bool) -> bool:
    """Tell whether a line says where to find a company, and the writer says nothing of his own in it.

    A line `apart` from what stands above names a network, for pages are sent below a signature, too.
    """
    words = line.split()
    named = _NETWORK.search(line) or (not apart and _PAGE.search(line))
    told = any(word.strip(_STOPS) in SINGULAR for word in words)
    asks = line.endswith(("?", "？", ":", "：")) or _PRICE.search(line) or any(char.isdigit() for char in line)
    return bool(named) and not told and not asks and len(words) <= _MOST_INVITING and not _BULLET.match(line)


class _Signature:
    """Looks for where a signature begins, and how far it goes."""

    def __init__(self, raw: Sequence[str], words: Sequence[str], names: _Names, machine: Sequence[bool]) -> None:
        self._raw = raw
        self._words = words
        self._names = names
        self._told = [at for at, line in enumerate(words) if line and not machine[at]]
        self._own = [bool(line) and is_own(line) for line in words]
        self._reached = [CONTACT.search(line[:_LONGEST]) is not None for line in words]
        self._named = [names.is_in(line) for line in words]
        self._last_named = max((at for at in self._told if self._named[at]), default=-1)
        self._paragraphs = list(_paragraphs(self._told))
        self._ends = [one.end for one in self._paragraphs]
        self._signed = [False] * len(words)
        self._dashed = False
        """Whether all below some dashes was looked at."""

    def found(self) -> list[bool]:
        """Return for each line whether it is of a signature; where nothing else is left, only if that is sure."""
        sure = False
        above = -1
        for at in self._told:
            if not self._signed[at]:
                if _DASHES.fullmatch(self._words[at]):
                    sure = self._from_dashes(at) or sure
                elif _is_parting(self._words[at]):
                    self._from_parting(at, first=above < 0)
                elif above >= 0 and not self._words[above].endswith((":", "：")):
                    self._from_name(at) if self._named[at] else self._from_contacts(at)
            above = at
        self._take_invitations()
        sure = sure or any(self._signed[at] and self._reached[at] for at in self._told)
        return self._signed if sure or not all(self._signed[at] for at in self._told) else [False] * len(self._words)

    def _from_dashes(self, at: int) -> bool:
        """Take what stands below dashes but for paragraphs in which somebody says something."""
        first = self._below(at + 1)
        if first is None:
            return False
        if self._raw[at].startswith("-- ") and self._is_signed(first):
            head = first.end
        elif self._is_weakly_dashed(at, first):
            head = self._end_of_details(first, first.start)
        else:
            return False
        if head == first.start or (head < first.end and not self._named[first.start]):
            return False
        self._take(at, head)
        if not self._dashed and head == first.end:
            for one in self._paragraphs[bisect_right(self._ends, first.start) + 1 :]:
                if not self._says(one):
                    self._take(one.start, one.end)
            self._dashed = True
        return any(self._named[one] for one in range(first.start, head))

    def _is_signed(self, paragraph: _Paragraph) -> bool:
        """Tell whether what stands below a signature's dashes is one, and not the second part of a list."""
        lines = range(paragraph.start, paragraph.end)
        if self._says(paragraph):
            return False
        shaped = all(_is_titled(self._words[one]) or len(self._words[one].split()) < 3 for one in lines)
        return shaped or any(self._reached[one] or self._named[one] for one in lines)

    def _says(self, paragraph: _Paragraph) -> bool:
        """Tell whether somebody says something in a paragraph; a motto is no such thing, whatever stop it ends with."""
        return any(is_own(line, shaped=False) for line in self._words[paragraph.start : paragraph.end])

    def _is_weakly_dashed(self, at: int, first: _Paragraph) -> bool:
        """Tell whether dashes that could divide anything stand above a signature: names or numbers must tell it."""
        below = len(self._told) - bisect_right(self._told, at)
        shown = range(first.start, first.end)
        return below <= _MOST_UNDER_DASHES and (self._named[first.start] or any(self._reached[one] for one in shown))

    def _from_parting(self, at: int, first: bool) -> None:
        """Take a parting and the name below it; one with only own words below thanks somebody for something."""
        below = self._below(at + 1)
        if below is None:
            self._signed[at] = not first
            return
        lead = below.start
        if self._named[lead] or self._reached[lead]:
            end = self._end_of_details(below, lead)
        elif not first and self._last_named < lead and _is_namely(self._words[lead]):
            end = self._end_of_details(below, lead)
            end = end if end == below.end else lead
        else:
            end = lead
        if end == lead:
            return
        last = self._more(below, end)
        reached = any(self._reached[one] for one in range(at, last))
        if self._named[lead] or reached or last > self._told[-1]:
            self._take(at, last)

    def _from_name(self, at: int) -> None:
        """Take the writer's name and what stands below it, where the mail ends with it."""
        paragraph = self._paragraphs[bisect_right(self._ends, at)]
        end = self._end_of_details(paragraph, at)
        if end != paragraph.end:
            return
        last = self._more(paragraph, end)
        if last > self._told[-1] or any(self._reached[one] for one in range(at, last)):
            self._take(at, last)

    def _from_contacts(self, at: int) -> None:
        """Take the last paragraph where it is a name with ways to reach it, though nothing says whose."""
        paragraph = self._paragraphs[bisect_right(self._ends, at)]
        if paragraph.start != at or paragraph.end <= self._told[-1] or any(self._own[at : paragraph.end]):
            return
        reached = sum(self._reached[at : paragraph.end])
        if reached > 1 and _is_titled(self._words[at]) and self._end_of_details(paragraph, at) == paragraph.end:
            self._take(at, paragraph.end)

    def _end_of_details(self, paragraph: _Paragraph, at: int) -> int:
        """Return where in a paragraph the lines end that may stand in a signature, from `at` on."""
        for number in range(at, paragraph.end):
            if self._own[number] and not self._is_role(number, paragraph.end):
                return number
            if not self._is_detail(number, paragraph.end):
                return number
        return paragraph.end

    def _is_role(self, at: int, end: int) -> bool:
        """Tell whether a line in small letters is a role: between the name and how to reach somebody."""
        amid = (self._named[at - 1] and at + 1 < end and self._reached[at + 1]) or self._is_amid(at, end)
        words = self._words[at].split()
        told = " ".join(word for word in words if word not in PARTICLES)
        return amid and len(words) <= 6 and not is_own(told, shaped=False)

    def _is_detail(self, at: int, end: int) -> bool:
        line = self._words[at]
        if self._reached[at] or self._named[at] or _is_titled(line) or not _WORD.search(line):
            return True
        words = len(line.split())
        below_name = at > 0 and self._named[at - 1]
        below_name = below_name and not any(char.isdigit() for char in line)
        reached = at + 1 < end and self._reached[at + 1]
        return (below_name and words <= 4) or (words <= 8 and (reached or self._is_amid(at, end)))

    def _is_amid(self, at: int, end: int) -> bool:
        """Tell whether a name stands a little above a line and, alone on its line, a way to reach it a little below."""
        above, below = range(max(0, at - _NEAR), at), range(at + 1, min(end, at + 1 + _NEAR))
        return any(self._named[one] and all(self._words[one:at]) for one in above) and any(
            self._reached[one] and not any(map(_is_spoken, self._words[one].split())) for one in below
        )

    def _more(self, paragraph: _Paragraph, end: int) -> int:
        """Return where a signature ends: with the last paragraph that tells a name or how to reach somebody."""
        if end != paragraph.end:
            return end
        number = bisect_right(self._ends, paragraph.start)
        for one in self._paragraphs[number + 1 : number + 1 + _MOST_PARAGRAPHS]:
            last = self._end_of_details(one, one.start)
            if any(self._reached[at] or self._named[at] for at in range(one.start, last)):
                end = last
            if last != one.end:
                break
        return end

    def _take_invitations(self) -> None:
        """Take the last lines of a mail where they invite to a page or a network, right below a signature."""
        for number in range(len(self._told) - 1, 0, -1):
            at, above = self._told[number], self._told[number - 1]
            if self._signed[at]:
                return
            if not _invites(self._words[at], apart=at > above + 1):
                return
            if self._signed[above] and (self._named[above] or self._reached[above] or _is_titled(self._words[above])):
                self._take(above, self._told[-1] + 1)
                return

    def _below(self, at: int) -> _Paragraph | None:
        """Return the paragraph from a line on, or the next one."""
        number = bisect_right(self._ends, at)
        if number == len(self._paragraphs):
            return None
        return _Paragraph(max(self._paragraphs[number].start, at), self._paragraphs[number].end)

    def _take(self, start: int, end: int) -> None:
        for at in range(start, end):
            self._signed[at] = bool(self._words[at])


def _paragraphs(told: Sequence[int]) -> Iterator[_Paragraph]:
    """Yield the runs of lines that stand together."""
    start = None
    for number, at in enumerate(told):
        start = at if start is None else start
        if number + 1 == len(told) or told[number + 1] != at + 1:
            yield _Paragraph(start, at + 1)
            start = None
