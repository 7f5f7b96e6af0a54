"""What one note tells of one person's role, and what that means as of a day.

An announced change whose day has passed is in force; a rumour is one until a firmer word. Whoever is to leave holds the
role until then; whoever is to come does not hold it yet.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

from notesense.core.due import due_day
from notesense.core.picture import Person
from notesense.core.ports import Found

WHOLE_COMPANY = frozenset({"acquisition", "reorganisation", "power_struggle"})

PersonCertainty = Literal["rumored", "announced", "effective", "unknown"]

_FIRM: dict[PersonCertainty, int] = {"rumored": 0, "unknown": 1, "announced": 2, "effective": 3}


@dataclass(frozen=True)
class Word:
    """One telling of a change: of whom, what, and how sure. `before`: of who held the role until a succession."""

    found: Found
    person: str | None
    role: str | None
    change: str | None
    before: bool = False

    @property
    def certainty(self) -> PersonCertainty:
        """How sure the note is."""
        if self.found.signal.certainty != "stated":
            return "rumored"
        told = self.found.signal.attributes.get("certainty")
        return told if told in ("rumored", "announced", "effective") else "unknown"  # type: ignore[return-value]

    @property
    def effective(self) -> str | None:
        """From when on, as an ISO date or in the note's own words."""
        return self.found.signal.attributes.get("effective")

    @property
    def day(self) -> datetime.date | None:
        """The day on which it takes effect, where the words settle one."""
        return due_day(self.effective, self.found.date)

    @property
    def is_leaving(self) -> bool:
        """Whether the person goes."""
        return self.change == "left"

    @property
    def firmness(self) -> int:
        """How sure the note is, as a number: the greater, the surer."""
        return _FIRM[self.certainty]

    def certainty_on(self, as_of: datetime.date) -> PersonCertainty:
        """Return how sure it is on a day: what was announced for a day that has passed is in force."""
        return "effective" if self.has_come_due(as_of) else self.certainty

    def has_come_due(self, as_of: datetime.date) -> bool:
        """Tell whether this was announced for a day that has passed."""
        return self.certainty == "announced" and self.day is not None and self.day <= as_of

    def in_role_on(self, as_of: datetime.date) -> bool | None:
        """Tell whether the person holds the role on a day; None where the note does not say how certain it is."""
        if self.person is None or self.change is None:
            return None
        certainty = self.certainty_on(as_of)
        if certainty == "unknown":
            return None
        return self.is_leaving if certainty != "effective" else not self.is_leaving


def taken_on(person: Person) -> datetime.date | None:
    """Return the day on which somebody at the customer took a role, or None where nobody did so for sure.

    Where the words settle no day, it is the day on which it was told as in force.
    """
    comes = person.change in ("joined", "promoted", "role_change", "succession", "reorganisation")
    if not (comes and person.in_role and person.side == "customer"):
        return None
    day = due_day(person.effective, person.date)
    return (
        person.date
        if day is None or (person.certainty == "effective" and not person.unconfirmed and day > person.date)
        else day
    )
