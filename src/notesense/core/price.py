"""Price complaints, joined to what may lie behind them: price is the symptom, lack of value the illness.

Causes come from the complaint itself, then from the same note, then from notes of up to `WINDOW_DAYS` before it; the
more and the nearer the evidence, the higher the rank. Where there is none, the cause is left unclear; a rival is
a cause only where one is named.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.people import rival_of
from notesense.core.picture import Cause, Price
from notesense.core.ports import Found
from notesense.core.vocabulary import Kind

WINDOW_DAYS = 180
MOST_CAUSES = 4
MOST_EVIDENCE = 4
MOST_PROOF = 3

IN_COMPLAINT, IN_NOTE, BEFORE = 100, 30, 10
_AREAS = {"product": "quality", "support": "communication"}
_SIDES = {IN_COMPLAINT: "given in the complaint itself", IN_NOTE: "told in the same note", BEFORE: "told before it"}


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


def price_of(history: History) -> tuple[Price, ...]:
    """Return the price complaints, newest first, each with its ranked causes and the proof of value on record."""
    praise = tuple(history.cite(found) for found in reversed(history.of(Kind.PRAISE)))[:MOST_PROOF]
    told = history.of(Kind.PAIN_POINT, Kind.STALLED_ADOPTION, Kind.COMPETITOR)
    bearing = tuple((found, cause) for found in reversed(told) if (cause := _cause_of(history, found)))
    complaints = reversed(history.of(Kind.PRICE_VALUE))
    return tuple(_price(history, found, _causes(history, found, bearing), praise) for found in complaints)


def _price(history: History, found: Found, causes: tuple[Cause, ...], praise: tuple[Evidence, ...]) -> Price:
    source = history.cite(found)
    if causes:
        told = f"A symptom. Likeliest cause: {_words(causes[0].cause)}, {causes[0].basis}."
    else:
        told = "A symptom. The notes do not show what lies behind it."
    return Price(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source,),
        amount=history.stated(found, "amount"),
        value_gap=found.signal.attributes.get("value_gap", "none_stated"),
        date=found.date,
        causes=causes,
        proof_of_value=praise,
        told=told,
    )


def _words(cause: str) -> str:
    return cause.replace("_", " ")


def _causes(history: History, complaint: Found, bearing: tuple[tuple[Found, str], ...]) -> tuple[Cause, ...]:
    cases: dict[str, _Case] = defaultdict(_Case)
    gap = complaint.signal.attributes.get("value_gap", "none_stated")
    rival = history.stated(complaint, "competitor") or any(cause == "competitor" for _, cause in bearing)
    if gap != "none_stated" and (rival or gap != "competitor"):
        cases[gap].add(history.cite(complaint), IN_COMPLAINT)
    for found, cause in bearing:
        nearness = _nearness(found, complaint)
        if nearness:
            cases[cause].add(history.cite(found), nearness, _severity(found))
    ranked = sorted(cases.items(), key=lambda item: (-item[1].weight, item[0]))
    return tuple(
        Cause(cause=name, basis=_SIDES[case.nearest], evidence=tuple(case.evidence))
        for name, case in ranked[:MOST_CAUSES]
    )


def _cause_of(history: History, found: Found) -> str | None:
    """Return what may lie behind a price complaint; a rival only where it has a name."""
    if found.signal.kind is Kind.STALLED_ADOPTION:
        return "unused"
    if found.signal.kind is Kind.COMPETITOR:
        return "competitor" if rival_of(history, found) else None
    if found.signal.attributes.get("about") != "us":
        return None
    area = found.signal.attributes.get("area", "other")
    return _AREAS.get(area, area)


def _nearness(found: Found, complaint: Found) -> int:
    if found.signal.note_id == complaint.signal.note_id:
        return IN_NOTE
    return BEFORE if 0 <= (complaint.date - found.date).days <= WINDOW_DAYS else 0


def _severity(found: Found) -> int:
    return {"high": 5, "low": -5}.get(found.signal.attributes.get("severity", ""), 0)
