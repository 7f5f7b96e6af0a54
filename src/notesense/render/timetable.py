"""The agenda by the clock: what to raise from which minute to which, and what waits until time allows.

Brings items, timed unknowns and the closing into one form, so that every renderer keeps the same time.
"""

from dataclasses import dataclass

from notesense.core.agenda import PLAYBOOK, Agenda, AgendaItem, Unknown
from notesense.core.evidence import Evidence


@dataclass(frozen=True)
class Slot:
    """One timed part of the meeting. `start` and `end` are minutes from its beginning."""

    start: int
    end: int
    title: str
    question: str = ""
    say: str = ""
    why: str = ""
    ask_inside: str = ""
    also: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    unknown: bool = False
    written_by: str = PLAYBOOK

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.end - self.start

    @property
    def span(self) -> str:
        """From which minute to which: "10-25"."""
        return f"{self.start}\u2013{self.end}"


@dataclass(frozen=True)
class Spare:
    """Something to ask if time allows. `reason` says why it waits, or why it is asked."""

    title: str
    question: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    written_by: str = PLAYBOOK


def slots(agenda: Agenda) -> list[Slot]:
    """Return the timed parts in order, after the opening; the last one is the closing."""
    timed: list[Slot] = []
    parts: list[AgendaItem | Unknown] = [*agenda.items, *(one for one in agenda.unknowns if one.minutes)]
    for part in parts:
        start = timed[-1].end if timed else agenda.opening_minutes
        timed.append(_of_item(part, start) if isinstance(part, AgendaItem) else _of_unknown(part, start))
    if agenda.closing:
        start = timed[-1].end if timed else agenda.opening_minutes
        timed.append(Slot(start, start + agenda.closing_minutes, "Close", say=agenda.closing))
    return timed


def opening(agenda: Agenda) -> Slot:
    """Return when the meeting is opened; the agenda's opening lines are said then."""
    return Slot(0, agenda.opening_minutes, "Open")


def spares(agenda: Agenda) -> list[Spare]:
    """Return what to ask if time allows: parked matters first, then unknowns without minutes."""
    parked = [Spare(one.title, one.question, one.reason, one.evidence, one.written_by) for one in agenda.parked]
    unknown = [Spare(one.title, one.question, one.why, one.evidence) for one in agenda.unknowns if not one.minutes]
    return parked + unknown


def homework(agenda: Agenda) -> list[tuple[str, str]]:
    """Return what to find out in-house before the meeting: (titles of the items, what to ask), each question once."""
    titles: dict[str, list[str]] = {}
    for item in agenda.items:
        if item.ask_inside:
            titles.setdefault(item.ask_inside, []).append(item.title)
    return [("; ".join(named), question) for question, named in titles.items()]


def is_said(evidence: Evidence, *texts: str) -> bool:
    """Tell whether the words of the evidence stand in one of these texts already, in quotation marks."""
    return any(f"“{evidence.quote}”" in text for text in texts)


def for_whom(item: AgendaItem) -> str:
    """Return whom an item is for, or through whom to ask; empty where it is for nobody in particular."""
    if item.ask is None:
        return ""
    return (
        f"for {item.ask}" if item.through is None else f"needs {item.ask}, who is not there: ask through {item.through}"
    )


def _of_item(item: AgendaItem, start: int) -> Slot:
    return Slot(
        start,
        start + item.minutes,
        f"{item.title} ({whom})" if (whom := for_whom(item)) else item.title,
        question=item.question,
        say=item.say or "",
        why=item.why,
        ask_inside=item.ask_inside or "",
        also=item.also,
        evidence=item.evidence,
        written_by=item.written_by,
    )


def _of_unknown(unknown: Unknown, start: int) -> Slot:
    return Slot(start, start + unknown.minutes, unknown.title, unknown.question, why=unknown.why, unknown=True)
