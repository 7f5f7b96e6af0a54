"""Who is in which role, against the facts: one row for each person, whatever way the name is spelled."""

import re

from notesense.core.naming import plain
from notesense.core.naming_words import TITLES
from notesense.evaluation.accounts.facts import PersonFact
from notesense.evaluation.accounts.marks import Case, Marks
from notesense.evaluation.accounts.told import Person
from notesense.evaluation.matching import most_pairs

_SPLIT = re.compile(r"[\s.,]+")


def people(case: Case, marks: Marks) -> None:
    """Score change, certainty and role of each person; a person is right where all of them are.

    Whether they are in their role counts where the briefing tells it.
    """
    gold, told = case.facts.people, case.told.people
    pairs = dict(most_pairs([_near(one, gold, case) for one in told]))
    by_fact = {j: told[i] for i, j in pairs.items()}
    for j, fact in enumerate(gold):
        _score(fact, by_fact.get(j), marks)
    marks.add("people.precision", len(pairs), len(told))
    for i, one in enumerate(told):
        if i not in pairs:
            marks.miss("people", None, _row(one), one.words)


def same_person(one: str, other: str) -> bool:
    """Tell whether two spellings can be one person: the shorter one's words are words of the longer, or begin them.

    At least one word of two letters or more must be the same; titles and accents do not count.
    """
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    left = list(longer)
    for word in sorted(shorter, key=len, reverse=True):
        near = next((each for each in left if word == each), None)
        near = near or next((each for each in left if word.startswith(each) or each.startswith(word)), None)
        if near is None:
            return False
        left.remove(near)
    return any(len(word) > 1 and word in longer for word in shorter)


def _words(name: str) -> list[str]:
    return [word for word in map(plain, _SPLIT.split(name)) if word and word not in TITLES]


def _near(one: Person, gold: tuple[PersonFact, ...], case: Case) -> list[int]:
    """Return the facts that may be about this person, those on the same words first."""
    near = [j for j, fact in enumerate(gold) if _same(one, fact, case)]
    return sorted(near, key=lambda j: -case.texts.shared(one.words, gold[j]))


def _same(one: Person, fact: PersonFact, case: Case) -> bool:
    if one.person and fact.person:
        return same_person(one.person, fact.person)
    return case.texts.same(one.words, fact)


def _score(fact: PersonFact, told: Person | None, marks: Marks) -> None:
    change = told is not None and told.change == fact.change
    certainty = told is not None and told.certainty == fact.certainty
    marks.add("people.change", int(change), 1)
    marks.add("people.certainty", int(certainty), 1)
    in_role = True
    if told is not None and told.in_role is not None:
        in_role = told.in_role == fact.in_role
        marks.add("people.in_role", int(in_role), 1)
    right = change and certainty and in_role
    marks.add("people", int(right), 1)
    if not right:
        marks.miss("people", _fact_row(fact), None if told is None else _row(told), fact)


def _fact_row(fact: PersonFact) -> str:
    return _told(fact.person, fact.change, fact.certainty, fact.in_role)


def _row(one: Person) -> str:
    return _told(one.person, one.change, one.certainty, one.in_role)


def _told(person: str | None, change: str | None, certainty: str | None, in_role: bool | None) -> str:
    role = {True: ", in role", False: ", not in role", None: ""}[in_role]
    return f"{person or 'nobody by name'}: {change or 'no change'}, {certainty or 'not known'}{role}"
