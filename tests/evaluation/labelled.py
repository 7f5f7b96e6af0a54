"""Labelled notes small enough to check by hand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from notesense.core.claims import Claim, Prediction
from notesense.core.evaluated import NoteRow
from notesense.core.signal import Usage
from notesense.evaluation.matching import pair

TEXT = "Marta: the pumps leak again. Ben sends seals by Friday. They want a visit. They want a visit."
PAIN = {"kind": "pain_point", "quote": "the pumps leak again", "attributes": {"area": "product"}}
PROMISE = {"kind": "commitment", "quote": "Ben sends seals by Friday", "attributes": {"owner": "us", "person": "Ben"}}


def note(**changes: Any) -> dict[str, Any]:
    """Return a sound labelled note; a change to None takes the field away."""
    record = {
        "id": "n1",
        "account": "Harlow",
        "date": "2026-03-04",
        "channel": "call",
        "title": "Call",
        "text": TEXT,
        "signals": [PAIN, PROMISE],
        **changes,
    }
    return {key: value for key, value in record.items() if value is not None}


def write(path: Path, *records: Any) -> Path:
    """Write records as JSONL; a string is a line as it stands."""
    lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def claim(start: int, end: int, kind: str = "praise", confidence: float = 1.0, **attributes: str) -> Prediction:
    quote = "x" * (end - start)
    return Prediction(kind=kind, quote=quote, start=start, end=end, attributes=attributes, confidence=confidence)


def label(start: int, end: int, kind: str = "praise", **attributes: str) -> Claim:
    return Claim(kind=kind, quote="x" * (end - start), start=start, end=end, attributes=attributes)


def row(name: str, predicted: Sequence[Prediction] = (), gold: Sequence[Claim] = (), **more: Any) -> NoteRow:
    return NoteRow(
        **{
            "id": name,
            "where": f"dev.jsonl:{name}",
            "account": "Harlow",
            "date": "2026-03-04",
            "channel": "call",
            "title": "",
            "text": "x" * 100,
            "gold": tuple(gold),
            "predicted": tuple(predicted),
            "pairs": pair(predicted, gold),
            "passages": 2,
            "usage": Usage(seconds=0.5),
            **more,
        }
    )
