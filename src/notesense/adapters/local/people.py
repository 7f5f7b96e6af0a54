"""Reads names and roles out of a clause and gives a first name its surname where the note has exactly one.

Names are told by their capitals, so a writer who uses none gets none. Titles are left off. Where two names compete and
grammar does not settle which is meant, the answer is None.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
_ROLE_HEAD = (
    r"(?:director|manager|president|chair(?:man|woman)?|chief|officer|ceo|cfo|coo|cto|cio|md|vp|owner|partner|controller|"
    r"treasurer|head|principal|superintendent|dean|mayor|secretary|buyer)"
)
_ROLE = re.compile(
    rf"\b(?:(?:interim|acting|deputy|managing|executive|general|regional|vice|chief|senior|group|joint|finance|operations|purchasing|"
    rf"technical|medical|clinical|commercial|plant|site|sales|marketing|procurement|production|buying|contracts|industrial|"
    rf"quality|facilities|fleet|creative|people|supply chain|it|hr)\s)*{_ROLE_HEAD}"
    rf"(?:\s(?:(?:financial|operating|executive|people|technology|information|medical|pharmacist|commercial|marketing)\s?)+(?:officer)?)?"
    rf"(?:\s(?:of|for)\s(?:the\s)?[\w&-]+(?:\s(?:and|&)\s[\w-]+|\s[a-z]+(?=[\s.,]|$)(?<!\bfrom)(?<!\bon)(?<!\bin)(?<!\bat)(?<!\bsince))?)?",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|i|me|my|I['’](?:m|ll|ve|d)|i['’](?:m|ll|ve|d))\b")
_TAKES = re.compile(
    r"^\W*(?:\([^)]*\)|,[^,]{1,40},)?\s*(?:will\s|is\s|has\s|was\s|now\s|been\s|who\s)*"
    r"(?:tak(?:es|ing|en)|took|become|became|start|begin|joins?|joined|replac|succeed|follow|appointed|promoted|made|moves up|mov(?:es|ed)|"  # noqa: E501
    r"comes? in|came in|runs|decides|sits|signs|keeps|gets)",
    re.IGNORECASE,
)
_RECEIVES = re.compile(
    r"(?:\bto|\bby|\bis now|\bunder|\bwith|\bbrought in|\bfalls to|\bput)\s(?:(?:his|her|the|a|mr|mrs|ms|dr)\.?\s(?:\w+\s){0,3})?$",  # noqa: E501
    re.IGNORECASE,
)


_OUR = re.compile(r"\b(?:our|the|my|their|his|her)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:in|from|at|out of|near|of|(?:goes|go|went|moves?|moved|back|called back|transferred)\sto|the|a|an)\s$"
)


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
        self._speakers = frozenset(speakers)
        for speaker in self._speakers:
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

    def is_full(self, name: str) -> bool:
        """Tell whether this is the full name of a speaker."""
        return name in self._speakers

    def knows(self, name: str) -> bool:
        """Tell whether the note has a person who bears this name."""
        return any(part.casefold() in self._full for part in name.split())


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
    """Return the full name of who says this, or None."""
    if not passage.speaker or passage.speaker.casefold() in ("me", "i", "support"):
        return None
    first, _, rest = passage.speaker.partition(", ")
    words = _plain(first if _ROLE.search(rest) else passage.speaker)
    if "," in passage.speaker and words[0].rstrip(",").casefold() in ("support", "helpdesk"):
        words = words[1:]
    return people.resolve(" ".join(words)) if words else None


def promiser(clause: str, passage: Passage, people: People) -> str | None:
    """Return who will do what the clause promises: the speaker behind an "I", else the first person named in it."""
    found = names(clause)
    person = _FIRST_PERSON.search(clause)
    if found and (not person or found[0].start < person.start()) and _acts(clause, found[0], people):
        return people.resolve(found[0].text)
    return speaker_name(passage, people) if person else None


def _acts(clause: str, name: Name, people: People) -> bool:
    """Tell whether the name opens the clause as the one who acts, or is a person known to the note."""
    before = clause[: name.start]
    opens = name.start <= 4 or before.rstrip().endswith((",", "and", "that", "said")) or bool(_OUR.search(before))
    follows = clause[name.end : name.end + 3]
    return (opens and follows[:1] in " '’(,") or (people.knows(name.text) and name.start < 30)


def changed(clause: str, passage: Passage, people: People) -> str | None:
    """Return whom a change of leadership is about: who takes the chair, else who leaves it."""
    found = names(clause)
    role_words = {name for name in found if _ROLE.fullmatch(name.text)}
    candidates = [
        name
        for name in found
        if name not in role_words and (people.is_full(name.text) or not _PLACE.search(clause[: name.start]))
    ]
    if re.match(r"\W*[Ii](?:['’](?:m|ve|ll))?\s", clause) and not any(
        _TAKES.search(clause[n.end :]) for n in candidates
    ):
        return speaker_name(passage, people)
    for name in candidates:
        if _TAKES.search(clause[name.end :]):
            return people.resolve(name.text)
    for name in candidates:
        if _RECEIVES.search(clause[: name.start]):
            return people.resolve(name.text)
    return people.resolve(candidates[0].text) if candidates else None


def role(clause: str) -> str | None:
    """Return the office that the clause names, in its own words."""
    matches = [match[0].strip() for match in _ROLE.finditer(clause)]
    return max(matches, key=len) if matches else None


def rival(clause: str, people: People, ours: Sequence[str]) -> str | None:
    """Return the one name in the clause that is neither a person of the note nor one of `ours`, or None."""
    mine = {word.casefold() for name in ours for word in name.split()}
    strangers = [
        name
        for name in names(clause)
        if not people.knows(name.text.split()[0]) or " " in name.text
        if not any(word.casefold() in mine for word in name.text.split())
    ]
    distinct = {name.text for name in strangers}
    return strangers[0].text if distinct else None
