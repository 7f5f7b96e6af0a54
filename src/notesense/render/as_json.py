"""Results as JSON: `"version": 1` first, keys in a fixed order, ISO dates, attributes that are not stated left out.

Unicode is kept as it is, apart from characters that steer a terminal or hide: those are written as JSON escapes, which
read back as the same value.
"""

import json
from collections.abc import Sequence
from typing import Any

from notesense.core.note import Ascribed, Note, NoteSource, Value
from notesense.core.results import Added, Exported, Extracted, Kept, Listed, Refused
from notesense.core.signal import Rejected, Signal
from notesense.errors import InputError
from notesense.render import safe

VERSION = 1


def to_json(result: Value | Sequence[Value]) -> str:
    """Return one JSON document, indented."""
    return safe.json_text(json.dumps(document(result), ensure_ascii=False, indent=2)) + "\n"


def to_jsonl(result: Value | Sequence[Value]) -> str:
    """Return one line of JSON for each extracted or labelled note. Raises InputError for any other result."""
    if isinstance(result, Exported):
        from notesense.render.labelled import to_labelled_jsonl

        return to_labelled_jsonl(result)
    return "".join(json_line(one) for one in _extracted(result))


def json_line(one: Extracted) -> str:
    """Return one extracted note as one line of JSON, line break included."""
    return safe.json_text(json.dumps(_extraction(one), ensure_ascii=False)) + "\n"


def document(result: Value | Sequence[Value]) -> dict[str, Any]:
    """Return the result as plain data, version first."""
    body: dict[str, Any]
    if not isinstance(result, Value) or isinstance(result, Extracted):
        body = {"notes": [_extraction(one) for one in _extracted(result)]}
    elif isinstance(result, Added):
        body = {
            "kept": [_kept(one) for one in result.kept],
            "refused": [_refused(one) for one in result.refused],
            "index_error": result.index_error,
            "not_compared": result.not_compared,
        }
    elif isinstance(result, Listed):
        body = {
            "account": result.account,
            "signals": [
                {
                    "account": found.account,
                    "date": found.date.isoformat(),
                    "channel": found.channel,
                    "title": found.title,
                    "restricted": found.restricted,
                    **_signal(found.signal),
                }
                for found in result.found
            ],
            "corrections": [one.model_dump(mode="json") for one in result.corrections],
        }
    else:
        body = result.model_dump(mode="json")
    return {"version": VERSION, **body}


def _extracted(result: Value | Sequence[Value]) -> list[Extracted]:
    many = [result] if isinstance(result, Value) else list(result)
    extracted = [one for one in many if isinstance(one, Extracted)]
    if len(extracted) != len(many):
        raise InputError("JSONL is the form of extracted and labelled notes only.", "Use --format json.")
    return extracted


def _extraction(one: Extracted) -> dict[str, Any]:
    extraction = one.extraction
    found: dict[str, Any] = {
        "id": one.note.id,
        "signals": [
            {
                "kind": str(signal.kind),
                "quote": signal.quote,
                "start": signal.start,
                "end": signal.end,
                "speaker": signal.speaker,
                "certainty": signal.certainty,
                "confidence": signal.confidence,
                "attributes": _stated(signal.attributes),
            }
            for signal in extraction.signals
        ],
        "rejected": [_rejected(draft) for draft in extraction.rejected],
        "engine": extraction.engine,
        "usage": extraction.usage.model_dump(mode="json"),
    }
    if extraction.error is not None:
        found["error"] = extraction.error
    if extraction.language:
        found["language"] = extraction.language
    return found


def _kept(kept: Kept) -> dict[str, Any]:
    return {
        "status": kept.status,
        "note": _note(kept.note),
        "counts": {str(kind): number for kind, number in kept.counts().items()},
        "signals": [_signal(signal) for signal in kept.signals],
        "rejected": [_rejected(draft) for draft in kept.rejected],
        "news": [{"what": news.what, "signal_id": news.signal.id if news.signal else None} for news in kept.news],
        "undated": kept.undated,
        "unclear_day": kept.unclear_day,
        "error": kept.error,
        "restricted": kept.restricted,
        "read_as": kept.read_as and kept.read_as.model_dump(),
        "language": kept.language,
    }


def _note(note: Note) -> dict[str, Any]:
    untold = {"source"} if note.source == NoteSource() else set()
    untold |= {"ascribed"} if note.ascribed == Ascribed() else set()
    return note.model_dump(mode="json", exclude={"text", "turns", *untold})


def _signal(signal: Signal) -> dict[str, Any]:
    plain = signal.model_dump(mode="json")
    plain["attributes"] = _stated(signal.attributes)
    return plain


def _rejected(rejected: Rejected) -> dict[str, Any]:
    return {"kind": rejected.draft.kind, "quote": rejected.draft.quote, "reason": rejected.reason.value}


def _refused(refused: Refused) -> dict[str, Any]:
    return {"where": refused.where, "reason": refused.reason}


def _stated(attributes: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}
