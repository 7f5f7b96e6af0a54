"""Spellings: which names in an account's notes are one person's, joined with care; the rep's word counts before all.

Two names are joined where the surname is the same and the first names are, or one is the other's initial (J. Okafor,
Jo Okafor), or begins it (Jo, Johanna) where no note has both. A single name (Okafor, Jo) joins a longer one that has
it. Two other first names are never joined, and a short name that would fit two people is left alone: better one person
twice than two as one. What may be one person all the same is for the rep to say (`doubtful`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import cached_property, lru_cache
from itertools import combinations

from notesense.core.naming import find_names, plain
from notesense.core.naming_words import TITLES
from notesense.core.note import Note, Value
from notesense.core.person_ports import Joined

MOST_NOTES_READ = 40
"""A name's fuller spelling is looked for in so many of the notes that have it."""

MOST_PARTS = 4
_REACH = 60
"""Letters before and after a name in which further parts of it begin."""

MOST_NAMES = 20_000
MOST_TEXTS = 2_000
"""The parts of so many names and notes are kept at hand: the same people are looked for again and again."""

_AFTER_A_NAME = re.compile(r"(?:\s*[\[(][^\[\]()]*[\])])*(?:\s*\|[^|]*)*\s*$")
"""What calendars and meeting programs put behind names: a firm, a department, how somebody wishes to be called."""
_PART = re.compile(r"[^\W\d_]+(?:['’‐-][^\W\d_]+)*")


class KnownPeople(Value):
    """What is known about people: who is one of us, and which spellings are one person's or two's.

    `ours` is what the rep said, `learned` the full names that sources told.
    """

    ours: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    joined: tuple[Joined, ...] = ()


NOBODY_KNOWN = KnownPeople()


@lru_cache(maxsize=MOST_NAMES)
def parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name, folded: first names first, as in "Beck, Tom [HARLOW]", too.

    Titles are left out, and what stands behind a name in brackets or after a bar: "Tom Beck (he/him)".
    """
    own = _AFTER_A_NAME.sub("", name)
    own = own if _PART.search(own) else name
    last, comma, first = own.partition(",")
    alone = not any(part[0].isupper() for part in last.split()[:-1])
    return _parts(f"{first} {last}" if comma and alone and _PART.search(first) else own)


@lru_cache(maxsize=MOST_TEXTS)
def parts_in(text: str) -> frozenset[str]:
    """Return all words of a text as the parts of a name are compared: folded, without titles."""
    return frozenset(_parts(text))


def _parts(text: str) -> tuple[str, ...]:
    every = [plain(part) for part in _PART.findall(text)]
    return tuple(part for part in every if part not in TITLES) or tuple(every)


def can_be_one(one: str, other: str) -> bool:
    """Tell whether two spellings can be the same person's."""
    first, second = sorted((parts(one), parts(other)), key=len)
    if not first or (len(first) == 1 and len(first[0]) == 1):
        return False
    if len(first) == 1:
        return first[0] in second
    return first[-1] == second[-1] and _same_first(first[0], second[0])


def _same_first(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) == 1 and longer.startswith(shorter))


def is_short_for(one: str, other: str) -> bool:
    """Tell whether two names have one surname, and the first name of one begins that of the other."""
    first, second = parts(one), parts(other)
    shorter, longer = sorted((first[:1], second[:1]), key=lambda each: sum(map(len, each)))
    both_full = len(first) > 1 and len(second) > 1 and first[-1] == second[-1]
    return both_full and 1 < len(shorter[0]) < len(longer[0]) and longer[0].startswith(shorter[0])


def apart_in(notes: Sequence[Note], names: Sequence[str]) -> frozenset[frozenset[str]]:
    """Return the pairs of names of which one is short for the other, and that never stand in one note."""
    families: dict[str, list[str]] = defaultdict(list)
    for name in names:
        families[(parts(name) or ("",))[-1]].append(name)
    kin = (pair for family in families.values() for pair in combinations(family, 2))
    pairs = [(one, other) for one, other in kin if is_short_for(one, other)]
    return frozenset(
        frozenset((one, other))
        for one, other in pairs
        if not any(one in note.text and other in note.text for note in notes)
    )


def is_among(name: str, names: Iterable[str]) -> bool:
    """Tell whether a name can be that of one of these people."""
    return any(can_be_one(name, other) for other in names)


def is_full_name_of(name: str, other: str) -> bool:
    """Tell whether two names are one and full: first name and surname at least, in whichever order."""
    return len(parts(name)) > 1 and sorted(parts(name)) == sorted(parts(other))


def fuller(name: str, notes: Sequence[Note]) -> str | None:
    """Return the one longer spelling of a single name in the notes that have it, or None where there is none or two."""
    if len(parts(name)) != 1:
        return None
    texts = [note.text for note in notes[:MOST_NOTES_READ]]
    if not any(_has_neighbour(name, text) for text in texts):
        return None
    longer = [each.text for each in find_names(texts) if each.label != "COMPANY" and _is_longer(each.text, name)]
    return min(longer, default=None) if len({parts(one) for one in longer}) == 1 else None


def _has_neighbour(name: str, text: str) -> bool:
    """Tell whether a word with a capital stands near the name on its line, as it does wherever it is part of a name."""
    start = text.find(name)
    while start >= 0:
        line = text.rfind("\n", 0, start) + 1
        around = (text[max(line, start - _REACH) : start], text[start + len(name) :].partition("\n")[0][:_REACH])
        if any(char.isupper() for part in around for char in part):
            return True
        start = text.find(name, start + 1)
    return False


def _is_longer(one: str, name: str) -> bool:
    return 2 <= len(parts(one)) <= MOST_PARTS and parts(one)[0] != parts(one)[-1] and can_be_one(one, name)


class Spellings:
    """The people behind a collection of names: each with all of their spellings."""

    def __init__(
        self, names: Iterable[str], known: KnownPeople = NOBODY_KNOWN, short: Set[frozenset[str]] = frozenset()
    ) -> None:
        """Put names together; `short` are pairs of which one is a short form of the other (`apart_in`)."""
        self.names = tuple(dict.fromkeys(name for name in names if parts(name)))
        self._short = short
        self._same = _pairs(known, "same")
        self._other = _pairs(known, "other")

    def of(self, name: str) -> tuple[str, ...]:
        """Return all spellings of the person, the fullest first; the name alone where nothing is known of it."""
        return self._group_of.get(name, (name,))

    def person(self, name: str) -> str:
        """Return the fullest spelling of the person."""
        return self.of(name)[0]

    @cached_property
    def _group_of(self) -> dict[str, tuple[str, ...]]:
        return {name: group for group in self._groups for name in group}

    @cached_property
    def _groups(self) -> tuple[tuple[str, ...], ...]:
        groups: list[list[str]] = []
        having: dict[str, set[str]] = defaultdict(set)
        for name in sorted(self.names, key=_fullness):
            said = [group for group in groups if self._is_joined(name, group)] if self._same else []
            near = set().union(*(having[part] for part in parts(name)))
            fitting = said or [group for group in groups if not near.isdisjoint(group) and self._fits(name, group)]
            for part in parts(name):
                having[part].add(name)
            if len(fitting) == 1 or said:
                fitting[0].append(name)
                for group in fitting[1:]:
                    fitting[0].extend(group)
                    groups.remove(group)
            else:
                groups.append([name])
        return tuple(tuple(sorted(group, key=_fullness)) for group in groups)

    def _is_joined(self, name: str, group: list[str]) -> bool:
        return any(_key(name, other) in self._same for other in group)

    def _fits(self, name: str, group: list[str]) -> bool:
        if any(_key(name, other) in self._other for other in group):
            return False
        whole = [other for other in group if len(parts(other)) > 1 and len(parts(name)) > 1]
        return self._can_be_one(name, group[0]) and all(self._can_be_one(name, other) for other in whole)

    def _can_be_one(self, name: str, other: str) -> bool:
        return can_be_one(name, other) or frozenset((name, other)) in self._short

    def doubtful(self) -> tuple[tuple[str, str], ...]:
        """Return pairs of people, by their fullest spellings, who may be one; not those of whom the rep spoke.

        They share a surname and the first letter of their first names (Bia, Beatriz), or one is a single name with
        which the other's begins.
        """
        people = [group[0] for group in self._groups]
        return tuple(
            (one, other)
            for one, other in combinations(people, 2)
            if _may_be_one(one, other) and _key(one, other) not in self._other
        )


def _may_be_one(one: str, other: str) -> bool:
    first, second = sorted((parts(one), parts(other)), key=len)
    if len(first) == 1:
        return len(second) > 1 and len(first[0]) > 1 and second[0].startswith(first[0]) and first[0] != second[0]
    return first[-1] == second[-1] and first[0][0] == second[0][0] and min(len(first[0]), len(second[0])) > 1


def _fullness(name: str) -> tuple[int, int, str]:
    """Put the fullest spelling first: most full parts, then most letters."""
    return (-sum(len(part) > 1 for part in parts(name)), -sum(map(len, parts(name))), name)


def _key(one: str, other: str) -> frozenset[tuple[str, ...]]:
    return frozenset((parts(one), parts(other)))


def _pairs(known: KnownPeople, verdict: str) -> frozenset[frozenset[tuple[str, ...]]]:
    return frozenset(_key(one.name, one.other) for one in known.joined if one.verdict == verdict)
