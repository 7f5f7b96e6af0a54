"""Notes as meetings of the open program `minutes`: Markdown with the head that its `Frontmatter` asks for.

What was said stands under `## Transcript` as `[NAME m:ss] words`, what the rep wrote under `## Notes`, what a program
wrote under `## Summary`. Commitments are its action items and intents. `account`, `channel` and `source: notesense`,
which it passes over or allows, let our own reader know the note again.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from notesense.core.carried import Recorded
from notesense.core.minutes_words import marked
from notesense.core.note import Note, Turn
from notesense.core.passages import turns as told_turns
from notesense.core.signal import Signal
from notesense.core.vocabulary import Channel, Kind, Origin
from notesense.render.file_names import Names
from notesense.render.yaml_words import listed, quoted

_SECTIONS = {
    Origin.REP_NOTE: "Notes",
    Origin.VENDOR_SUMMARY: "Summary",
    Origin.PLAN: "Plan",
    Origin.QUOTED: "Quoted",
    Origin.SIGNATURE: "Signature",
}
_SAID = "Transcript"


def pieces(notes: Iterable[tuple[Note, Recorded]]) -> Iterator[tuple[str, str]]:
    """Yield (file name, text) for each note."""
    names = Names()
    for note, recorded in notes:
        turns = [turn for turn in note.turns or told_turns(note.text) if turn.words(note.text)]
        body = "".join(_section(name, part, note.text) for name, part in _parts(turns))
        yield names.of_note(note, ".md"), _head(note, recorded.shown, turns) + body


def _head(note: Note, shown: Sequence[Signal], turns: Sequence[Turn]) -> str:
    began = note.source.started or datetime.datetime.combine(note.date, datetime.time())
    people = dict.fromkeys(turn.speaker for turn in turns if turn.speaker)
    promises = [signal for signal in shown if signal.kind == Kind.COMMITMENT]
    last = max((turn.time for turn in turns if turn.time is not None), default=0.0)
    lines = [
        f"title: {quoted(note.title or f'{note.account}, {note.date}')}",
        f"type: {'memo' if note.channel is Channel.MEMO else 'meeting'}",
        f"date: {(began if began.tzinfo else began.astimezone()).isoformat(timespec='seconds')}",
        f"duration: {_duration(last)}",
        "source: notesense",
        "status: complete",
        f"attendees: {listed(people)}",
        f"account: {quoted(note.account)}",
        f"channel: {note.channel.value}",
        *_listed("action_items", map(_action_item, promises)),
        "decisions: []",
        *_listed("intents", map(_intent, promises)),
    ]
    return "---\n" + "\n".join(lines) + "\n---\n"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60}h {minutes % 60}m" if minutes >= 60 else f"{minutes}m"


def _listed(key: str, items: Iterable[dict[str, str]]) -> Iterator[str]:
    written = [
        f"  {'-' if number == 0 else ' '} {name}: {value}"
        for item in items
        for number, (name, value) in enumerate(item.items())
    ]
    yield from (f"{key}:", *written) if written else (f"{key}: []",)


def _action_item(signal: Signal) -> dict[str, str]:
    due = signal.attributes.get("due")
    item = {"assignee": quoted(_who(signal)), "task": quoted(signal.quote)}
    return item | ({"due": quoted(due)} if due else {}) | {"status": "open"}


def _intent(signal: Signal) -> dict[str, str]:
    due = signal.attributes.get("due")
    intent = {"kind": "commitment", "what": quoted(signal.quote), "who": quoted(_who(signal)), "status": "open"}
    return intent | ({"by_date": quoted(due)} if due else {})


def _who(signal: Signal) -> str:
    """Return who promised: a person as far as one is told, else the side."""
    return signal.attributes.get("person") or signal.speaker or signal.attributes.get("owner") or "unknown"


def _parts(turns: Sequence[Turn]) -> Iterator[tuple[str, list[Turn]]]:
    """Yield the sections of a note in the order of its text, each with its turns."""
    for name, part in groupby(turns, key=lambda turn: _SECTIONS.get(turn.origin, _SAID)):
        yield name, list(part)


def _section(name: str, turns: Sequence[Turn], text: str) -> str:
    """Return one section. Only where every turn has its time do speakers stand with it, for none is made up."""
    if name != _SAID:
        blocks = [marked(text[turn.start : turn.end].strip()) for turn in turns]
    elif all(turn.time is not None for turn in turns):
        blocks = [f"[{_label(turn)}] {marked(turn.words(text))}" for turn in turns]
    else:
        blocks = [f"{_name(turn)}: {turn.words(text)}" if turn.speaker else turn.words(text) for turn in turns]
        blocks = [marked(block) for block in blocks]
    return f"\n## {name}\n\n" + "\n\n".join(blocks) + "\n"


def _label(turn: Turn) -> str:
    seconds = max(0, int(turn.time or 0))
    hours, minutes = divmod(seconds // 60, 60)
    clock = f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"
    return f"{_name(turn)} {clock}" if turn.speaker else clock


def _name(turn: Turn) -> str:
    """Return the speaker as the form can carry it: without brackets, on one line, not endlessly long."""
    return re.sub(r"\s+", " ", re.sub(r"[\[\]]", " ", turn.speaker or ""))[:80].strip() or "Unknown"
