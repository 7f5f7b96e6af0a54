"""Meetings of a calendar, and which of them is meant. What a calendar says is data, like the text of a note."""

import datetime
from collections.abc import Callable, Collection, Sequence

from notesense.core.domains import domain_of
from notesense.core.note import Value
from notesense.errors import InputError

MOST_MINUTES = 480
MOST_LISTED = 10


class Attendee(Value):
    """Somebody who is asked to come and has not declined. `name` is empty where the calendar has the address alone."""

    name: str = ""
    email: str = ""

    @property
    def domain(self) -> str:
        """The e-mail domain, folded; empty where there is none, or where it tells of no company."""
        return domain_of(self.email)

    @property
    def shown(self) -> str:
        """The name, else what stands before the @ of the address, which often is one: ines.duarte."""
        return self.name or self.email.partition("@")[0].replace(".", " ").replace("_", " ").title()


class Meeting(Value):
    """One meeting. `day` and `time` are those of its own time zone; a whole day has no `time` and no `minutes`."""

    day: datetime.date
    time: datetime.time | None = None
    minutes: int | None = None
    title: str = ""
    location: str = ""
    attendees: tuple[Attendee, ...] = ()

    @property
    def told(self) -> str:
        """Day, time and title on one line."""
        at = f" {self.time:%H:%M}" if self.time else ""
        return f"{self.day}{at} {self.title or 'without a title'}"


class Schedule(Value):
    """The meetings of a calendar in order, and a line for each event that could not be read, or only in part."""

    meetings: tuple[Meeting, ...] = ()
    faults: tuple[str, ...] = ()


def in_order(meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Return the meetings by day and time; whole days, which are seldom meetings, last."""
    return tuple(sorted(meetings, key=lambda one: (one.day, one.time or datetime.time.max, one.title)))


def meant(
    meetings: Sequence[Meeting],
    where: str,
    number: int | None = None,
    account: str = "",
    named: Callable[[Meeting], Collection[str]] = lambda meeting: (),
) -> Meeting:
    """Return the one meeting that is meant: that of this number (from 1, by time), else the next with the account.

    `named` tells which accounts a meeting names. Where none names this one, all must be one and the same meeting, such
    as an invitation that is repeated, and name no other account. Without an account, the next of all is meant.

    Raises InputError where there is none, no such number, several at the same time, or none that is plainly with it.
    """
    listed = in_order(meetings)
    if not listed:
        raise InputError(f"{where} has no meeting on or after that day.", "Give a later file, or an earlier --as-of.")
    if number is not None:
        if not 1 <= number <= len(listed):
            raise InputError(f"{where} has no meeting {number}.", _choose(listed))
        return listed[number - 1]
    among = [one for one in listed if not account or account in named(one)]
    if not among and (len({one.title for one in listed}) > 1 or any(named(one) for one in listed)):
        raise InputError(f"No meeting of {where} names {account}.", _choose(listed))
    fitting = among or listed
    first = [one for one in fitting if (one.day, one.time) == (fitting[0].day, fitting[0].time)]
    if len(first) > 1:
        raise InputError(f"{where} has {len(first)} next meetings at the same time.", _choose(listed))
    return first[0]


def _choose(listed: Sequence[Meeting]) -> str:
    shown = "; ".join(f"{number} {one.told}" for number, one in enumerate(listed[:MOST_LISTED], 1))
    more = f"; and {len(listed) - MOST_LISTED} more" if len(listed) > MOST_LISTED else ""
    return f"Choose one with --event N: {shown}{more}."
