"""Gives a first name its surname where the note has exactly one, and tells who says "I".

Names are told by their capitals, so a writer who uses none gets none. Titles are left off.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from notesense.core.passage import Passage

_TITLES = frozenset(
    "mr mrs ms mme mlle dr prof professor fr frau herr sr sra señor señora sir engr dir madame monsieur "
    "doctor madam mister pan pani don doña".split()
)
_PARTICLES = frozenset("al bin da de del della den der di dos du el ibn la le ten ter van von".split())
_NOT_NAMES = frozenset(
    "a an and as at but by for from he her his how i i'd i'll i'm i've if in is it its let me my no not nobody of on or our "  # noqa: E501
    "she so some that the their them then there these they this those to until we we'd we'll we've what when where "
    "which while who why with you you'll your yes ok okay also after before since once only every each both all any "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march april "
    "may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec easter "
    "christmas new year ceo cfo coo cto cio vp md hr it svp evp gm ok told said asked says word apparently now first "
    "second one two three four five six seven eight nine ten regional director manager president head chief chair "
    "finance operations purchasing board english french german dutch spanish italian latin please thanks dear hi hello "
    "since from next last today tomorrow tonight good morning afternoon evening regards best promised sent "
    "still just well because though although maybe perhaps oh ah um".split()
)
_WORD = re.compile(r"[^\W\d_](?:[\w'’\-]*[\w])?\.?")
_FIRST_PERSON = re.compile(r"\b(?:I|i|me|my|I['’](?:m|ll|ve|d)|i['’](?:m|ll|ve|d))\b")


class Name(NamedTuple):
    """A name in a clause and where it stands there."""

    text: str
    start: int
    end: int


class People:
    """The persons of one note: its speakers and the full names in its text."""

    def __init__(self, text: str, speakers: Iterable[str]) -> None:
        self._full: dict[str, set[str]] = defaultdict(set)
        self._initials: dict[str, str] = {}
        for speaker in frozenset(speakers):
            self._add(" ".join(_plain(speaker.replace(",", " "))))
        for name in names(text[:200_000]):
            if " " in name.text:
                self._add(name.text)
        for found in re.finditer(r"\b([A-Z]{2,3}) = ([^\W\d_]\w+(?: [^\W\d_]\w+)+)", text[:20_000]):
            self._initials[found[1]] = found[2]

    def _add(self, full: str) -> None:
        for part in full.split():
            if part[0].isupper():
                self._full[part.casefold()].add(full)

    def resolve(self, name: str) -> str:
        """Return the full name where the note has exactly one person of this name, else the name itself."""
        if name in self._initials:
            return self._initials[name]
        if " " in name:
            return name
        full = {found for found in self._full.get(name.casefold(), ()) if " " in found}
        return next(iter(full)) if len(full) == 1 else name


def names(text: str) -> list[Name]:
    """Return the runs of capitalised words that may be names, without titles, in order."""
    found: list[Name] = []
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        joined = bool(run) and text[run[-1].end() : word.start()] == " " and not run[-1][0].endswith(".")
        plain = word[0].rstrip(".").casefold()
        plain = re.sub(r"['’](?:s|ll|d|ve|re|m)$", "", plain)
        if joined and plain in _PARTICLES:
            run.append(word)
            continue
        fits = word[0][0].isupper() and plain not in _NOT_NAMES and plain not in _TITLES
        if not joined or not fits:
            _close(text, run, found)
            run = []
        if fits:
            run.append(word)
    _close(text, run, found)
    return found


def _close(text: str, run: list[re.Match[str]], found: list[Name]) -> None:
    while run and run[-1][0].casefold() in _PARTICLES:
        run.pop()
    if run:
        start, end = run[0].start(), run[-1].end()
        words = re.sub(r"['’](?:s|ll|d|ve|re|m)$", "", text[start:end].rstrip("."))
        if len(words) > 1:
            found.append(Name(words, start, start + len(words)))


def _plain(name: str) -> list[str]:
    return [word for word in name.split() if word.rstrip(".").casefold() not in _TITLES]


def speaker_name(passage: Passage, people: People) -> str | None:
    """Return the full name of who says this, without an office behind a comma, or None."""
    if not passage.speaker or passage.speaker.casefold() in ("me", "i", "support"):
        return None
    first, _, rest = passage.speaker.partition(", ")
    surname_first = rest and " " not in first and " " not in rest
    words = _plain(passage.speaker if surname_first else first)
    return people.resolve(" ".join(words)) if words else None


def speaking(clause: str, passage: Passage, people: People) -> str | None:
    """Return who says "I" in the clause, or None where nobody does or the note does not tell who speaks."""
    return speaker_name(passage, people) if _FIRST_PERSON.search(clause) else None
