"""Histories small enough to score by hand: notes as plain texts, facts and briefings with only what a test needs."""

import copy
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from notesense.evaluation.accounts.facts import Facts
from notesense.evaluation.accounts.marks import Case, Marks, Texts
from notesense.evaluation.accounts.scoring import score
from notesense.evaluation.accounts.told import told_by

NOTES = {
    "n1": "Call. The seals leak again. Ben sends new seals by 3 March. Ida wants a reply within a day.",
    "n2": "Mail. The seals you sent fit well. The seals leak no more.",
    "n3": "Meeting. They say Ida is leaving. We could renew early. I will see what I can do.",
}
CONTACT = {
    "last_contact": "2026-03-30",
    "days_since_last_contact": 2,
    "last_live_contact": "2026-03-30",
    "longest_gap_days": 20,
    "channel_mix": {"call": 1, "email": 1, "meeting": 1},
    "email_only_since": None,
}
PROMISE = "Ben sends new seals by 3 March"
KEPT = "The seals you sent fit well"
PAIN = "The seals leak again"
WISH = "Ida wants a reply within a day"
RUMOUR = "They say Ida is leaving"
HEDGE = "I will see what I can do"


def at(note_id: str, quote: str, **more: Any) -> dict[str, Any]:
    """Return words of a note as facts have them."""
    return {"note_id": note_id, "quote": quote, **more}


def line(note_id: str, quote: str, *later: Mapping[str, Any], kind: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a line of a briefing that rests on these words, and on later ones."""
    return {**at(note_id, quote), "evidence": [at(note_id, quote, kind=kind), *later], **more}


def facts(**parts: Any) -> dict[str, Any]:
    """Return the facts of a history with only these parts."""
    lists = "promises people since_last_meeting expectations pains recurring price support stalled".split()
    return {
        "account": "Harlow",
        "as_of": "2026-04-01",
        "meeting": "2026-04-08",
        "renewal": None,
        "minutes": 30,
        "with": [],
        "contact": copy.deepcopy(CONTACT),
        **{name: [] for name in (*lists, "must_ask", "must_not")},
        "standing": {"type": "steady", "reasons": []},
        **parts,
    }


def promise(status: str, *evidence: Mapping[str, Any], quote: str = PROMISE, **more: Any) -> dict[str, Any]:
    return at(
        "n1",
        quote,
        **{"owner": "us", "person": None, "due": "2026-03-03", "hung_on_leaver": False, **more},
        status=status,
        evidence=list(evidence),
    )


def person(name: str | None, change: str, certainty: str, in_role: bool, **more: Any) -> dict[str, Any]:
    row = {"role": None, "side": "customer", "effective": None, **more}
    return at("n3", RUMOUR, person=name, change=change, certainty=certainty, in_role=in_role, **row)


def case(gold: Mapping[str, Any], told: Mapping[str, Any]) -> Case:
    """Return a case to score: facts, and what a briefing tells beside nothing."""
    briefing = {"contact": CONTACT, "standing": {"type": "steady"}, "agenda": {}, **told}
    return Case(Facts.model_validate_json(json.dumps(facts(**gold))), told_by(briefing), Texts(NOTES))


def scored(gold: Mapping[str, Any], told: Mapping[str, Any]) -> Marks:
    """Return what the case comes to."""
    return score(case(gold, told))


def counts(marks: Marks, *names: str) -> list[tuple[int, int]]:
    """Return (right, total) of these figures; nothing counted is 0 of 0."""
    return [tuple(marks.counts.get(name, (0, 0))) for name in names]  # type: ignore[misc]


def labelled(note_id: str, date: str, channel: str, *labels: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Return a note of the small history with labels (kind, quote)."""
    signals = [{"kind": kind, "quote": quote, "attributes": {}} for kind, quote in labels]
    record = {"id": note_id, "account": "Harlow", "date": date, "channel": channel, "text": NOTES[note_id]}
    return {**record, "signals": signals, **more}


def records() -> list[dict[str, Any]]:
    """Return the small history's notes with all their labels."""
    return [
        labelled("n1", "2026-02-20", "call", ("commitment", PROMISE), ("pain_point", PAIN), ("expectation", WISH)),
        labelled("n2", "2026-03-10", "email", ("praise", KEPT)),
        labelled("n3", "2026-03-30", "meeting", ("leadership_change", RUMOUR)),
    ]


def known(**parts: Any) -> dict[str, Any]:
    """Return the small history's facts, sound with its notes."""
    return facts(
        promises=[promise("kept", at("n2", KEPT))],
        pains=[at("n1", PAIN, status="settled", fire=False, evidence=[at("n2", "The seals leak no more")])],
        expectations=[at("n1", WISH, status="current", evidence=[])],
        must_ask=[{"topic": "who follows Ida", "evidence": [at("n3", RUMOUR)]}],
        must_not=[at("n3", HEDGE, rule="hedge_as_promise", words=[])],
        **parts,
    )


def write_history(
    folder: Path, account: Mapping[str, Any] | str | None = None, notes: Sequence[Mapping[str, Any]] | None = None
) -> Path:
    """Write a history, by default the small one; facts may be given as a text."""
    folder.mkdir(parents=True)
    content = known() if account is None else account
    text = content if isinstance(content, str) else json.dumps(content, indent=1, ensure_ascii=False)
    (folder / "account.json").write_text(text, encoding="utf-8")
    lines = [json.dumps(note, ensure_ascii=False) for note in (records() if notes is None else notes)]
    (folder / "notes.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
