"""What a briefing shows, in which order and in which words: the same for terminal, Markdown and HTML.

A section holds all its lines, the most important first; a renderer may cut them, and then says how many it left out.
Strings here are not yet safe to print.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, TypeAlias

from notesense.core.briefing import Briefing
from notesense.core.evidence import Evidence, Stated
from notesense.core.picture import (
    AccountPicture,
    Change,
    Contact,
    Expectation,
    Need,
    Pain,
    Person,
    Praise,
    Price,
    Promise,
    Rival,
    Stalled,
)
from notesense.render import words

Tone: TypeAlias = Literal["bad", "warn", "good", ""]

_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
STANDINGS: dict[str, tuple[str, Tone]] = {
    "a_list": ("A-list", "good"),
    "steady": ("Steady", "good"),
    "at_risk": ("At risk", "bad"),
    "deja_vu": ("Déjà vu", "warn"),
    "unknown": ("Not known yet", ""),
}
_PROMISES: dict[str, Tone] = {"overdue": "bad", "open": "warn", "kept": "good", "unclear": "", "dropped": ""}
_CHANGES: dict[str, Tone] = {"settled": "good", "still_open": "warn", "quiet": "warn"}
_SUPPORT: dict[str, Tone] = {"open": "warn", "resolved": "good"}
_EXPECTATIONS: dict[str, tuple[str, Tone]] = {
    "stale": ("not heard lately", "warn"),
    "met": ("met", "good"),
    "missed": ("missed", "bad"),
    "changed": ("changed", ""),
}
_SHOWN = frozenset({"kept", "dropped", "resolved", "settled", "met", "missed", "changed", "put to use"})
"""Statuses that are given only with the later words that show them."""
_PEOPLE: dict[str, tuple[str, Tone]] = {
    "rumored": ("rumour", "warn"),
    "announced": ("announced", ""),
    "effective": ("in force", ""),
    "unknown": ("not certain", "warn"),
}


LATER = "Later words on it"
SHOWN = "Words that show it"
MOST_QUARTERS = 4
"""So many of the latest quarters are told with their channels."""
FRONT = ("since", "overdue", "fires")
"""The sections that come before all others, the agenda included."""


def dated(text: str) -> str:
    """Return a sentence of ours with its ISO days as people write them."""
    return _ISO_DAY.sub(lambda match: words.deadline(match[0]), text)


@dataclass(frozen=True)
class Line:
    """One statement: a status word and a label, the words it rests on, then what we say to them, and what explains it.

    `text` stands before the quotes, `told` after them; either may be empty. `shows` heads the later words.
    """

    text: str = ""
    mark: str = ""
    tone: Tone = ""
    told: str = ""
    evidence: tuple[Evidence, ...] = ()
    later: tuple[Evidence, ...] = ()
    shows: str = LATER
    under: tuple["Line", ...] = ()


@dataclass(frozen=True)
class Section:
    """Lines under one heading. A `quiet` section may be shown folded, or as its count alone."""

    code: str
    title: str
    lines: tuple[Line, ...]
    lead: str = ""
    quiet: bool = False


NOT_COMPARED = "Later notes were not compared with earlier ones: what was kept, settled or told again is not known."
_TOLD_EMPTY = frozenset({"since", "promises", "recurring"})
"""Sections that say why they are empty."""
UNSURE = "Nothing above rests on these. Look at them before you believe that the notes do not tell a thing."


def head_facts(picture: Briefing) -> list[str]:
    """Return what the page is about, in short: day, meeting, renewal, how much it rests on."""
    facts = [f"As of {words.day(picture.as_of)}"]
    if picture.meeting:
        facts.append(f"meeting on {words.day(picture.meeting)}")
    if picture.renewal:
        passed = (picture.as_of - picture.renewal).days
        ago = f"renewal was on {words.day(picture.renewal)}, {words.count(passed, 'day')} ago"
        facts.append(ago if passed > 0 else f"renewal on {words.day(picture.renewal)}")
    facts.append(f"from {words.count(picture.notes, 'note')}")
    if picture.unsure:
        facts.append(f"{words.count(len(picture.unsure), 'unsure finding')} kept apart")
    return facts


def standing(picture: AccountPicture) -> tuple[str, Tone, tuple[Line, ...]]:
    """Return the standing in words, its tone, and its reasons or what is missing to tell it."""
    label, tone = STANDINGS[picture.standing.type]
    reasons = [Line(dated(reason.text), evidence=reason.evidence) for reason in picture.standing.reasons]
    missing = [Line(dated(gap.text)) for gap in picture.standing.missing]
    return label, tone, (*reasons, *missing)


def contact_facts(contact: Contact) -> list[tuple[str, str]]:
    """Return the contact clock as labels and values."""
    if contact.last_contact is None:
        return []
    facts = [("Last contact", _ago(words.day(contact.last_contact), contact.days_since_last_contact))]
    live = words.day(contact.last_live_contact) if contact.last_live_contact else "none in the notes"
    facts.append(("Last live talk", _ago(live, contact.days_since_last_live_contact)))
    if contact.usual_interval_days is not None:
        facts.append(("Usual interval", words.count(contact.usual_interval_days, "day")))
    if contact.longest_gap_days is not None:
        gap = words.count(contact.longest_gap_days, "day")
        span = contact.longest_gap
        facts.append(("Longest gap", f"{gap}, {words.day(span[0])} to {words.day(span[1])}" if span else gap))
    if contact.channel_mix:
        mix = sorted(contact.channel_mix.items(), key=lambda item: (-item[1], item[0]))
        facts.append(("Channels", _mix(dict(mix))))
    quarters = list(contact.channel_mix_by_quarter.items())
    if len(quarters) > 1:
        told = (f"{quarter} {_mix(mix) if mix else 'none'}" for quarter, mix in quarters[-MOST_QUARTERS:])
        facts.append(("By quarter", "; ".join(told)))
    return facts


def _mix(mix: Mapping[str, int]) -> str:
    return ", ".join(f"{words.channel(name)} {number}" for name, number in mix.items())


def _ago(text: str, days: int | None) -> str:
    if days is None:
        return text
    return f"{text} (today)" if days == 0 else f"{text} ({words.count(days, 'day')} ago)"


def sections(picture: Briefing) -> list[Section]:
    """Return the sections that have something to show, the most pressing first."""
    every = [
        Section("since", "Since last time", _changes(picture), lead=dated(picture.since.text)),
        Section("overdue", "What we promised, past its day", _promises(picture, "us", overdue=True)),
        Section("fires", "Put out first", tuple(_pain(pain) for pain in picture.pains if pain.fire and pain.newest)),
        _our_promises(picture),
        Section("support", "Open support issues", _support(picture)),
        Section("people", "Who decides", _people(picture, "customer")),
        Section("our_people", "Our own people", _people(picture, "us")),
        Section("price", "Price and the value behind it", _prices(picture.price)),
        Section("expectations", "What they expect", _expectations(picture)),
        Section(
            "recurring",
            "Told more than once",
            _recurring(picture),
            lead="" if picture.recurrence_checked else NOT_COMPARED,
        ),
        Section("stalled", "Lies unused", tuple(_stalled(one) for one in picture.stalled)),
        Section("competitors", "Competitors", tuple(_rival(rival) for rival in picture.competitors)),
        Section("their_promises", "What they promised", _promises(picture, "customer")),
        Section("unowned_promises", "Promises, whose is not clear", _promises(picture, "unknown")),
        Section("pains", "Other pains", tuple(_pain(pain) for pain in picture.pains if _is_other(pain))),
        Section("opportunities", "What they would like next", _topics(picture.opportunities)),
        Section("praise", "What they value", _topics(picture.praise)),
        Section("trackers", "Your own signals", _tracked(picture)),
        Section("settled", "Kept, settled or dropped", _settled(picture), quiet=True),
        Section("gaps", "Not found in the notes", tuple(Line(dated(gap.text)) for gap in picture.gaps)),
        Section("unsure", "Found, but not sure enough to build on", _unsure(picture), lead=UNSURE),
    ]
    return [section for section in every if section.lines or (section.lead and section.code in _TOLD_EMPTY)]


def _tracked(picture: Briefing) -> tuple[Line, ...]:
    """Return a line for each tracker, its words newest first."""
    found = {
        kind: tuple(one.source for one in group) for kind, group in groupby(picture.trackers, lambda one: one.kind)
    }
    return tuple(Line(f"{words.kinds(kind)} ({len(evidence)})", evidence=evidence) for kind, evidence in found.items())


def _unsure(picture: Briefing) -> tuple[Line, ...]:
    return tuple(_stated(one, mark=words.kind(one.kind)) for one in picture.unsure)


def _stated(stated: Stated, told: str = "", mark: str = "", tone: Tone = "", under: tuple[Line, ...] = ()) -> Line:
    shows = SHOWN if mark in _SHOWN else LATER
    return Line("", mark, tone, dated(told), (stated.source,), stated.later, shows, under)


def _named(stated: Stated, text: str | None) -> Line:
    return Line(text or "", evidence=(stated.source,), later=stated.later)


def _changes(picture: AccountPicture) -> tuple[Line, ...]:
    return tuple(_change(change) for change in picture.since_last_meeting)


def _change(change: Change) -> Line:
    if change.type == "new":
        return _stated(change, mark=f"new {words.kind(change.kind)}")
    before = (Line("Before", evidence=(change.before,)),) if change.before else ()
    told = change.label[:1].upper() + change.label[1:]
    return _stated(change, told, words.kind(change.kind), _CHANGES.get(change.type, ""), before)


def _our_promises(picture: AccountPicture) -> Section:
    lines = _promises(picture, "us")
    open_ones = any(one.owner == "us" and one.status not in ("kept", "dropped") for one in picture.promises)
    lead = "" if open_ones else "No open promise of ours was found in the notes."
    return Section("promises", "What we promised", lines, lead=lead)


def _promises(picture: AccountPicture, side: str, overdue: bool = False) -> tuple[Line, ...]:
    """Return the promises of a side that are neither kept nor dropped; of ours the overdue ones stand apart."""
    return tuple(
        _promise(promise)
        for promise in picture.promises
        if promise.owner == side
        and promise.status not in ("kept", "dropped")
        and (side != "us" or overdue == (promise.status == "overdue"))
    )


def _settled(picture: AccountPicture) -> tuple[Line, ...]:
    """Return what is done with: promises, expectations, pains, tickets and what is in use by now."""
    return (
        *(_promise(promise) for promise in picture.promises if promise.status in ("kept", "dropped")),
        *(_expectation(one) for one in picture.expectations if one.status in ("met", "changed")),
        *(_stated(pain, pain.told, "settled", "good") for pain in picture.pains if pain.settled),
        *(_stated(one, one.told, "resolved", "good") for one in picture.support if one.status == "resolved"),
        *(_stated(one, mark="put to use", tone="good") for one in picture.put_to_use),
    )


def _promise(promise: Promise) -> Line:
    hung = (Line(f"It hung on {promise.hung_on}, who has left"),) if promise.hung_on else ()
    return _stated(promise, promise.told, promise.status, _PROMISES[promise.status], hung)


def _pain(pain: Pain) -> Line:
    return _stated(pain, pain.told, under=_before(pain.told_before))


def _before(evidence: tuple[Evidence, ...]) -> tuple[Line, ...]:
    return (Line("Told before", evidence=evidence),) if evidence else ()


def _stalled(stalled: Stalled) -> Line:
    line = _named(stalled, stalled.what)
    return replace(line, under=_before(stalled.told_before))


def _is_other(pain: Pain) -> bool:
    return pain.newest and not pain.fire and not pain.settled


def _support(picture: AccountPicture) -> tuple[Line, ...]:
    fires = {(pain.note_id, pain.source.start) for pain in picture.pains if pain.fire}
    return tuple(
        _stated(issue, issue.told, issue.status, _SUPPORT.get(issue.status, ""))
        for issue in picture.support
        if issue.status != "resolved" and (issue.note_id, issue.source.start) not in fires
    )


def _people(picture: AccountPicture, side: str) -> tuple[Line, ...]:
    return tuple(_person(person) for person in picture.people if person.side == side)


def state_of(person: Person) -> str:
    """Return in a word or two how a person stands to the role."""
    if person.certainty == "rumored":
        return "rumoured"
    if person.in_role is None:
        return "in force" if person.certainty == "effective" else words.plain(person.certainty)
    if person.certainty == "announced":
        return "leaving" if person.in_role else "to come"
    return "in role" if person.in_role else "not in role"


def _who(person: Person) -> str:
    """Return who is told of, with the role; how they stand to it only where the certainty does not say it."""
    state = state_of(person) if person.in_role is not None and person.certainty != "rumored" else ""
    return ", ".join(filter(None, (person.person, person.role, state if person.person else "")))


def _person(person: Person) -> Line:
    mark, tone = _PEOPLE[person.certainty]
    told = person.told
    if person.also_written:
        told += f" Also written {words.listing(list(person.also_written))}."
    otherwise = [Line("Told otherwise", evidence=person.contradicted_by)] if person.contradicted_by else []
    earlier = _before(tuple(one for one in person.told_before if one not in person.contradicted_by))
    since = [Line("Named since", evidence=person.named_since)] if person.named_since else []
    orphaned = [Line("Hung on this person", evidence=(one,)) for one in person.orphaned]
    line = _stated(person, told, mark, tone, under=(*otherwise, *since, *earlier, *orphaned))
    return replace(line, text=_who(person))


def _prices(prices: Sequence[Price]) -> tuple[Line, ...]:
    """Return the complaints with their causes; words that stand further up in the section are not quoted again."""
    told: set[tuple[str, int]] = set()
    lines = []
    for price in prices:
        told.add(_place(price.source))
        causes = _causes(price, told)
        proof = tuple(one for one in price.proof_of_value if _place(one) not in told)
        told.update(_place(one) for one in proof)
        value = [Line("Evidence of value", evidence=proof)] if proof else []
        lines.append(_stated(price, price.told, under=(*causes, *value)))
    return tuple(lines)


def _causes(price: Price, told: set[tuple[str, int]]) -> list[Line]:
    lines, known = [], []
    for rank, cause in enumerate(price.causes, 1):
        new = tuple(one for one in cause.evidence if _place(one) not in told)
        told.update(_place(one) for one in new)
        if new:
            likely = f"Likely cause {rank} of {len(price.causes)}" if len(price.causes) > 1 else "Likely cause"
            lines.append(Line(f"{likely}: {words.plain(cause.cause)} ({dated(cause.basis)})", evidence=new))
        else:
            known.append(words.plain(cause.cause))
    if known:
        lines.append(Line(f"Likely {'causes' if len(known) > 1 else 'cause'}, quoted above: {words.listing(known)}"))
    return lines


def _place(evidence: Evidence) -> tuple[str, int]:
    return evidence.note_id, evidence.start


def _expectations(picture: AccountPicture) -> tuple[Line, ...]:
    waiting = (one for one in picture.expectations if one.status not in ("met", "changed"))
    return tuple(_expectation(one) for one in waiting if one.newest)


def _expectation(expectation: Expectation) -> Line:
    if expectation.deadline_passed and expectation.status not in _SHOWN:
        return _stated(expectation, expectation.told, "deadline passed", "bad")
    return _stated(expectation, expectation.told, *_EXPECTATIONS.get(expectation.status, ("", "")))


def _recurring(picture: AccountPicture) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{matter.what} ({words.kind(matter.kind)}, {words.count(len(matter.occurrences), 'time')})",
            evidence=tuple(occurrence.evidence[0] for occurrence in matter.occurrences),
        )
        for matter in picture.recurring
    )


def _rival(rival: Rival) -> Line:
    name = rival.name or "A rival without a name"
    since = f", first named {words.day(rival.first_told)}" if rival.first_told != rival.date else ""
    return _named(rival, f"{name}{since}")


def _topics(lines: Sequence[Need | Praise]) -> tuple[Line, ...]:
    return tuple(_named(one, one.topic) for one in lines)
