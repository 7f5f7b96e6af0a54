"""Price complaints, joined to what may lie behind them: price is the symptom, lack of value the illness.

Causes come from the complaint itself, then from the same note, then from notes of up to `WINDOW_DAYS` before it; the
more and the nearer the evidence, the higher the rank. Where there is none, the cause is left unclear. What was settled
by then is none; a complaint about a thing that lies unused names its own cause. A rival is a cause only where one is
named; a new decider, where somebody took a role within that time and nobody else is known to complain. A budget is one
only where words of the complaint or of other statements in its note speak of it: no signal tells of a budget otherwise.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from notesense.core.evidence import Evidence, Stated
from notesense.core.history import History
from notesense.core.people import rival_of, writer_of
from notesense.core.picture import Cause, Pain, Person, Price
from notesense.core.ports import Found
from notesense.core.spellings import is_among
from notesense.core.tenure import taken_on
from notesense.core.vocabulary import Kind
from notesense.core.words import content_stems, stem

WINDOW_DAYS = 365
NEAR_DAYS = 180
MOST_CAUSES = 5
MOST_EVIDENCE = 4
MOST_PROOF = 5

IN_COMPLAINT, IN_NOTE, BEFORE, LONG_BEFORE = 100, 30, 10, 6
CAUSES = (
    "delivery",
    "communication",
    "execution",
    "quality",
    "unused",
    "unclear_return",
    "competitor",
    "budget",
    "new_decider",
)
"""What may lie behind a price complaint. No cause: the notes leave it unclear."""
_AREAS = {
    "delivery": "delivery",
    "communication": "communication",
    "execution": "execution",
    "quality": "quality",
    "product": "quality",
    "support": "communication",
    "process": "execution",
    "people": "execution",
}
_SIDES = {
    IN_COMPLAINT: "given in the complaint itself",
    IN_NOTE: "told in the same note",
    BEFORE: "told before it",
    LONG_BEFORE: "told before it",
}
_BUDGET = stem("budget")


@dataclass
class _Case:
    weight: int = 0
    nearest: int = 0
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, evidence: Evidence, nearness: int, extra: int = 0) -> None:
        full = len(self.evidence) == MOST_EVIDENCE
        if not full and any(evidence.overlaps(known) for known in self.evidence):
            return
        self.weight += nearness + extra
        self.nearest = max(self.nearest, nearness)
        if not full:
            self.evidence.append(evidence)


def price_of(
    history: History, people: Sequence[Person] = (), pains: Sequence[Pain] = (), used: Sequence[Stated] = ()
) -> tuple[Price, ...]:
    """Return the price complaints, newest first, each with its ranked causes and the proof of value on record.

    `pains` are those of the account, settled ones too; `used` is what lay unused once and was put to use.
    """
    settled = {line.source.signal_id: line.later[0] for line in (*pains, *used) if _is_settled(line)}
    found = _Found(history, people, settled)
    proof = found.proof()
    return tuple(_price(history, one, found.causes(one), proof) for one in reversed(history.of(Kind.PRICE_VALUE)))


def _is_settled(line: Stated) -> bool:
    return bool(line.later) and (line.settled if isinstance(line, Pain) else True)


def _price(history: History, found: Found, causes: tuple[Cause, ...], proof: tuple[Evidence, ...]) -> Price:
    source = history.cite(found)
    if causes:
        told = f"A symptom. Likeliest cause: {_words(causes[0].cause)}, {causes[0].basis}."
    else:
        told = "A symptom. The notes do not show what lies behind it; whether a budget was cut, no signal tells."
    return Price(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source,),
        amount=history.stated(found, "amount"),
        value_gap=found.signal.attributes.get("value_gap", "none_stated"),
        date=found.date,
        causes=causes,
        proof_of_value=proof,
        told=told,
    )


def _words(cause: str) -> str:
    return cause.replace("_", " ")


class _Found:
    """What the account's history offers as causes and as proof of value."""

    def __init__(self, history: History, people: Sequence[Person], settled: Mapping[str | None, Evidence]) -> None:
        told = history.of(Kind.PAIN_POINT, Kind.STALLED_ADOPTION, Kind.COMPETITOR, Kind.PRICE_VALUE)
        self.history, self.settled = history, settled
        self.bearing = tuple((found, cause) for found in reversed(told) if (cause := _cause_of(history, found)))
        """What may be a cause, newest first."""
        self.arrivals = tuple((one, day) for one in people if (day := taken_on(one)) is not None)

    def proof(self) -> tuple[Evidence, ...]:
        """Return the newest praise, then the words that settled a matter."""
        praise = [self.history.cite(found) for found in reversed(self.history.of(Kind.PRAISE))]
        settled = sorted(self.settled.values(), key=lambda one: one.date, reverse=True)
        own = [one for one in settled if not any(one.overlaps(other) for other in praise)]
        return tuple(dict.fromkeys((*praise, *own)))[:MOST_PROOF]

    def causes(self, complaint: Found) -> tuple[Cause, ...]:
        """Return the likely causes, likeliest first."""
        cases: dict[str, _Case] = defaultdict(_Case)
        gap = self._gap(complaint)
        if gap:
            cases[gap].add(self.history.cite(complaint), IN_COMPLAINT)
        for found, cause in self._before(complaint):
            nearness = _nearness(found, complaint)
            if gap == "unused" and cause != "unused":
                continue
            if found.signal.kind is Kind.PRICE_VALUE and nearness == LONG_BEFORE:
                continue
            if found is not complaint and not self._settled_by(found, complaint.date):
                cases[cause].add(self.history.cite(found), nearness, _severity(found))
        if gap != "unused":
            self._decider(complaint, cases)
            self._budget(complaint, cases)
        ranked = sorted(cases.items(), key=lambda item: (-item[1].weight, item[0]))
        return tuple(
            Cause(cause=name, basis=_SIDES[case.nearest], evidence=tuple(case.evidence))
            for name, case in ranked[:MOST_CAUSES]
            if case.evidence
        )

    def _gap(self, complaint: Found) -> str | None:
        """Return the cause that the complaint itself gives; a rival, where one is named there or was before."""
        gap = complaint.signal.attributes.get("value_gap", "none_stated")
        rival = self.history.stated(complaint, "competitor") or any(cause == "competitor" for _, cause in self.bearing)
        return gap if gap in CAUSES and (rival or gap != "competitor") else None

    @cached_property
    def _days(self) -> tuple[int, ...]:
        return tuple(-found.date.toordinal() for found, _ in self.bearing)

    def _before(self, complaint: Found) -> Sequence[tuple[Found, str]]:
        """Return what may be a cause and was told up to `WINDOW_DAYS` before a complaint, newest first."""
        day = -complaint.date.toordinal()
        return self.bearing[bisect_left(self._days, day) : bisect_right(self._days, day + WINDOW_DAYS)]

    def _settled_by(self, found: Found, day: datetime.date) -> bool:
        words = self.settled.get(found.signal.id)
        return words is not None and words.date <= day

    def _decider(self, complaint: Found, cases: dict[str, _Case]) -> None:
        teller = writer_of(self.history, complaint)
        for person, day in self.arrivals:
            names = [name for name in (person.person, *person.also_written) if name]
            new = 0 <= (complaint.date - day).days <= WINDOW_DAYS and person.source.date <= complaint.date
            if new and (teller is None or is_among(teller, names)):
                same = person.note_id == complaint.signal.note_id
                cases["new_decider"].add(person.source, IN_NOTE if same else BEFORE)

    def _budget(self, complaint: Found, cases: dict[str, _Case]) -> None:
        for found in self.history.in_note(complaint.signal.note_id):
            if _BUDGET in content_stems(found.signal.quote):
                own = found.signal.id == complaint.signal.id
                cases["budget"].add(self.history.cite(found), IN_COMPLAINT if own else IN_NOTE)


def _cause_of(history: History, found: Found) -> str | None:
    """Return what may lie behind a price complaint; a rival only where it has a name."""
    attributes = found.signal.attributes
    if found.signal.kind is Kind.STALLED_ADOPTION:
        return "unused"
    if found.signal.kind is Kind.COMPETITOR:
        return "competitor" if rival_of(history, found) else None
    if found.signal.kind is Kind.PRICE_VALUE:
        gap = attributes.get("value_gap")
        return gap if gap in CAUSES and gap != "competitor" else None
    return _AREAS.get(attributes.get("area", "")) if attributes.get("about") == "us" else None


def _nearness(found: Found, complaint: Found) -> int:
    if found.signal.note_id == complaint.signal.note_id:
        return IN_NOTE
    return BEFORE if (complaint.date - found.date).days <= NEAR_DAYS else LONG_BEFORE


def _severity(found: Found) -> int:
    return {"high": 5, "low": -5}.get(found.signal.attributes.get("severity", ""), 0)
