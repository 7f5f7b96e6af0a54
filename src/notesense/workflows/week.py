"""Prepare the meetings of a week: each that names one known account; the others are listed with the reason."""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from notesense.core.accounts import key
from notesense.core.briefing import Briefing
from notesense.core.calendar import Meeting, Schedule
from notesense.core.meeting_accounts import accounts_of, mail_domains
from notesense.core.ourselves import Ourselves
from notesense.core.ports import AccountNames, Progress, Store
from notesense.core.week import PassedOver, Prepared, Week
from notesense.errors import NoteSenseError

Holders: TypeAlias = Callable[[str], Collection[str]]


def nobody(domain: str) -> Collection[str]:
    """Know of no domain whose it is."""
    return ()


def prepare(
    days: tuple[datetime.date, datetime.date],
    schedule: Schedule,
    ours: Ourselves,
    store: Store,
    brief: Callable[[str, Meeting], Briefing],
    progress: Progress | None = None,
    holders: Holders = nobody,
) -> Week:
    """Return the week of these days, first and last. `brief` prepares a meeting with an account.

    `holders` tells the accounts of which an e-mail domain is known to be. A briefing that fails is told in its place;
    the others are prepared all the same.
    """
    meetings, named = schedule.meetings, naming(schedule.meetings, ours, store, holders)
    prepared: list[Prepared] = []
    passed: list[PassedOver] = []
    for number, meeting in enumerate(meetings, 1):
        there = ours.theirs(meeting.attendees)
        done = _prepared(meeting.model_copy(update={"attendees": there}), named(meeting), brief)
        if isinstance(done, Prepared):
            prepared.append(done)
        else:
            passed.append(done)
        if progress is not None:
            progress(number, len(meetings))
    return Week(
        as_of=days[0],
        until=days[1],
        prepared=tuple(prepared),
        passed_over=tuple(passed),
        faults=schedule.faults,
    )


def naming(
    meetings: Sequence[Meeting], ours: Ourselves, store: Store, holders: Holders = nobody
) -> Callable[[Meeting], dict[str, str]]:
    """Return what tells which accounts one of these meetings names, each with what names it."""
    names = store.account_names()
    domains = _domains(meetings, ours, names, store)
    there = {one.domain for meeting in meetings for one in ours.theirs(meeting.attendees) if one.domain}
    held = {each.name: frozenset(domain for domain in there if each.name in holders(domain)) for each in names}

    def named(meeting: Meeting) -> dict[str, str]:
        read = domains if ours.domains_among(meeting.attendees) else {}
        known = {name: those | read.get(name, frozenset()) for name, those in held.items()}
        return accounts_of(meeting, ours.theirs(meeting.attendees), names, known)

    return named


def _prepared(
    meeting: Meeting, found: Mapping[str, str], brief: Callable[[str, Meeting], Briefing]
) -> Prepared | PassedOver:
    if not found:
        told = "It names no known account (title, place, who comes)."
        return PassedOver(meeting=meeting, reason="no_account", told=told)
    named = tuple(sorted(found, key=key))
    if len(named) > 1:
        told = f"It names several accounts: {', '.join(f'{name} (by {found[name]})' for name in named)}."
        return PassedOver(meeting=meeting, reason="several_accounts", accounts=named, told=told)
    try:
        briefing = brief(named[0], meeting)
    except NoteSenseError as error:
        told = f"{error.message} {error.fix}".strip()
        return PassedOver(meeting=meeting, reason="failed", accounts=named, told=told)
    return Prepared(meeting=meeting, account=named[0], because=found[named[0]], briefing=briefing)


def _domains(
    meetings: Sequence[Meeting], ours: Ourselves, names: Sequence[AccountNames], store: Store
) -> dict[str, frozenset[str]]:
    """Return the domains of each account's mails; nothing is read where they could not tell anything.

    Where no domain of ours is known, ours and theirs cannot be told apart in the mails.
    """
    wanted = {
        one.domain
        for meeting in meetings
        if ours.domains_among(meeting.attendees)
        for one in ours.theirs(meeting.attendees)
        if one.domain
    }
    if not wanted:
        return {}
    return {each.name: mail_domains(note.text for note in store.notes(each.name)) & wanted for each in names}
