"""A store as JSONL: a line for the export itself, our own people, each account and note, and what was weighed of each.

Every line says what it holds (`notesense`) and its version, so lines can be left out or put together. `signals` are
those that are shown; those that the rep's word hides stand under `set_aside`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from notesense.core.carried import AccountFacts, Recorded, Weighed
from notesense.core.note import Note
from notesense.core.person_ports import OneOfUs
from notesense.core.signal import Signal
from notesense.render import safe

VERSION = 1


def head_line(notes: int) -> str:
    """Return the first line: how many notes follow."""
    return _line("export", {"notes": notes})


def us_line(ours: Sequence[OneOfUs]) -> str:
    """Return the line of our own people, addresses and domains."""
    return _line("us", {"ours": [one.model_dump(mode="json") for one in ours]})


def account_line(facts: AccountFacts) -> str:
    """Return the line of an account."""
    return _line("account", facts.model_dump(mode="json", exclude={"where"}, exclude_defaults=True))


def note_line(note: Note, recorded: Recorded) -> str:
    """Return the line of a note with all that is known of it."""
    found, shown = recorded.extraction, recorded.shown
    ids = {signal.id for signal in shown}
    return _line(
        "note",
        {
            **note.model_dump(mode="json"),
            "signals": [_signal(signal) for signal in shown],
            "set_aside": [_signal(signal) for signal in found.signals if not _is_among(signal, ids, shown)],
            "rejected": [each.model_dump(mode="json", exclude={"note_id"}) for each in found.rejected],
            "run": found.model_dump(mode="json", include={"engine", "error", "trackers", "usage", "language"}),
            "corrections": [
                {
                    **one.model_dump(mode="json", include={"signal_id", "verdict", "made"}),
                    "signal": one.signal and _signal(one.signal),
                    "replaced": one.replaced and _signal(one.replaced),
                }
                for one in recorded.corrections
            ],
            "forms": [one.model_dump(mode="json", exclude={"note_id"}) for one in recorded.forms],
        },
    )


def weighed_lines(weighed: Iterable[Weighed]) -> Iterator[str]:
    """Yield a line for each note of which later words were weighed; a bearing is a list of places and figures."""
    for one in weighed:
        bearings = [
            [
                *(each.statement.start, each.statement.end),
                *(each.words.note_id, each.words.start, each.words.end),
                *each.likelihoods.model_dump().values(),
                each.likeness,
            ]
            for each in one.bearings
        ]
        yield _line("weighed", {"note_id": one.note_id, "mark": one.mark, "bearings": bearings})


def _is_among(signal: Signal, ids: set[str], shown: Sequence[Signal]) -> bool:
    return signal.id in ids and signal in shown


def _signal(signal: Signal) -> dict[str, Any]:
    return signal.model_dump(mode="json", exclude={"note_id"})


def _line(holds: str, facts: dict[str, Any]) -> str:
    record = {"notesense": holds, "version": VERSION, **facts}
    return safe.json_text(json.dumps(record, ensure_ascii=False, separators=(",", ":"))) + "\n"
