"""The meetings of the coming days, each with its briefing, or with the reason why it has none."""

import datetime
from typing import Literal

from notesense.core.briefing import Briefing
from notesense.core.calendar import Meeting
from notesense.core.note import Value

DAYS = 7


class Prepared(Value):
    """A meeting with the one account that it names; `because` says by what."""

    meeting: Meeting
    account: str
    because: str
    briefing: Briefing


class PassedOver(Value):
    """A meeting without a briefing. `no_account` may well be private; with the other reasons something is amiss."""

    meeting: Meeting
    reason: Literal["no_account", "several_accounts", "failed"]
    accounts: tuple[str, ...] = ()
    told: str


class Week(Value):
    """The meetings from `as_of` to `until`, inclusive, by time."""

    as_of: datetime.date
    until: datetime.date
    prepared: tuple[Prepared, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    faults: tuple[str, ...] = ()
    """A line for each event of the calendar that could not be read, or only in part."""

    @property
    def is_whole(self) -> bool:
        """Whether every meeting with a known account has its briefing, and every event could be read."""
        return not self.faults and all(one.reason == "no_account" for one in self.passed_over)
