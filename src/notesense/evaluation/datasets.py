"""Reads labelled notes: JSONL files in the annotation guide's form, or folders of them.

Everything that is wrong is told with file and line, the value, and what is right. Nothing is mended in silence.
"""

import datetime
import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from notesense.core.claims import Claim
from notesense.core.evaluated import Fault
from notesense.core.note import Note, layout_of
from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.evaluation.forms import Fields, guide_form
from notesense.evaluation.matching import locate

_REQUIRED = ("id", "account", "date", "channel", "text", "signals")
_NOTE_KEYS = (*_REQUIRED, "title")
_SIGNAL_KEYS = ("kind", "quote", "start", "attributes")
_SHOWN = 60
_PLACES = 5


class LabelledNote(NamedTuple):
    """A note with its labels, and the file and line where it stands."""

    note: Note
    labels: tuple[Claim, ...]
    where: str
    file: Path


class Dataset(NamedTuple):
    """The notes without a fault, and all faults, in the order of the files."""

    notes: tuple[LabelledNote, ...]
    faults: tuple[Fault, ...]

    @property
    def sha256(self) -> str:
        """The hash of notes and labels in the order of their ids, whatever files they stand in."""
        mark = hashlib.sha256()
        for one in sorted(self.notes, key=lambda labelled: labelled.note.id):
            labels = sorted(one.labels, key=lambda c: (c.start or 0, c.end or 0, c.kind))
            content = [one.note.model_dump(mode="json"), [label.model_dump(mode="json") for label in labels]]
            mark.update(json.dumps(content, sort_keys=True, ensure_ascii=False).encode() + b"\n")
        return mark.hexdigest()


def read_dataset(paths: Sequence[Path], form: Mapping[str, Fields] | None = None) -> Dataset:
    """Read all files and folders. `form` tells kinds and fields other than the guide's nine.

    Raises InputError where a path cannot be read at all, or holds no note; what is wrong inside a file is among the
    faults.
    """
    reader = _Reader(guide_form() if form is None else form)
    files = _files(paths)
    names = [file.name for file in files]
    for file in files:
        reader.read(file, file.name if names.count(file.name) == 1 else f"{file.absolute().parent.name}/{file.name}")
    if not reader.notes and not reader.faults:
        raise InputError(
            f"No labelled notes in {', '.join(map(str, paths))}.", "Each line should hold one note as a JSON object."
        )
    return Dataset(tuple(reader.notes), tuple(reader.faults))


def _files(paths: Iterable[Path]) -> list[Path]:
    """Return the JSONL files meant, each once."""
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise InputError(
                f"There is no data set {path}.", "Name a JSONL file of labelled notes, or a folder of them."
            )
        inside = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not inside:
            raise InputError(f"No .jsonl files in {path}.", "Name a JSONL file of labelled notes, or a folder of them.")
        for file in inside:
            found.setdefault(file.resolve(), file)
    return list(found.values())


class _Reader:
    """Collects notes and faults; remembers ids and texts over all files."""

    def __init__(self, form: Mapping[str, Fields]) -> None:
        self.form = form
        self.notes: list[LabelledNote] = []
        self.faults: list[Fault] = []
        self._ids: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def read(self, file: Path, name: str) -> None:
        """Read one file, which faults call by this name."""
        try:
            data = file.read_bytes()
        except OSError as error:
            raise InputError(f"Cannot read {file}: {error.strerror or error}.", "Check its permissions.") from None
        for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
            if line.strip():
                self._line(line, file, f"{name}:{number}")

    def _line(self, line: bytes, file: Path, where: str) -> None:
        try:
            record = json.loads(line)
            json.dumps(record, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            reason = str(error).partition("\n")[0][:120]
            self._tell(where, f"not a whole JSON object ({reason})", "One note is one line, in UTF-8.")
            return
        if not isinstance(record, dict):
            self._tell(where, f"not a JSON object but {shortened(record)}", "One note is one JSON object.")
            return
        before = len(self.faults)
        for what, fix in _note_faults(record):
            self._tell(where, what, fix)
        self._same(record, where)
        text, signals = record.get("text"), record.get("signals")
        labels = (
            tuple(self._labels(signals, text, where)) if isinstance(text, str) and isinstance(signals, list) else ()
        )
        if len(self.faults) == before:
            facts = {key: record[key] for key in _NOTE_KEYS if key in record and key != "signals"}
            note = Note(**facts, **layout_of(record, record["text"]))
            self.notes.append(LabelledNote(note, labels, where, file))

    def _same(self, record: dict[str, Any], where: str) -> None:
        """Tell an id or a text that an earlier line has."""
        name, text = record.get("id"), record.get("text")
        for what, key, known in (
            (f"the id {shortened(name)}", name, self._ids),
            ("the same text", _folded(text) if isinstance(text, str) else "", self._texts),
        ):
            if not isinstance(key, str) or not key.strip():
                continue
            if key in known:
                self._tell(where, f"{what} stands at {known[key]} already", "Each note needs its own, once.")
            else:
                known[key] = where

    def _labels(self, signals: list[Any], text: str, where: str) -> Iterator[Claim]:
        seen: set[tuple[str, int | None, int | None]] = set()
        for number, signal in enumerate(signals, 1):
            faults = list(_signal_faults(signal, text, self.form))
            for what, fix in faults:
                self._tell(where, f"signal {number}: {what}", fix)
            if faults:
                continue
            found = locate(text, signal["kind"], signal["quote"], signal.get("start"), signal.get("attributes"))
            place = (found.kind, found.start, found.end)
            if place in seen:
                self._tell(
                    where, f"signal {number}: {shortened(found.quote)} is labelled {found.kind} twice", "Keep one."
                )
            seen.add(place)
            yield found

    def _tell(self, where: str, what: str, fix: str) -> None:
        self.faults.append(Fault(where=where, what=what, fix=fix))


def _note_faults(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a note's own fields."""
    if "notesense" in record:
        yield "a line of `notesense export`, which holds what engines found", "Labels: write `notesense eval export`."
        return
    yield from _missing(record, _REQUIRED)
    yield from _misspelt(record, _NOTE_KEYS)
    for name in ("id", "account", "date", "channel", "title", "text"):
        value = record.get(name)
        if name in record and not isinstance(value, str):
            yield f'"{name}" is {shortened(value)}', "It must be a string."
        elif isinstance(value, str) and not value.strip() and name != "title":
            yield f'"{name}" is empty', "Fill it in."
    if not isinstance(record.get("signals", []), list):
        yield f'"signals" is {shortened(record["signals"])}', "It must be a list; [] for a note without signals."
    if record.get("complete") is False:
        yield (
            'not all of its signals are labelled ("complete" is false)',
            ("Mark the note as complete (notesense confirm --note ID) and export it again, or leave the line out."),
        )
    if isinstance(record.get("text"), str) and not _has_layout(record):
        yield '"turns" or "source" cannot be read', "Write them as `notesense eval export` does, or leave them out."
    date, channel = record.get("date"), record.get("channel")
    if isinstance(date, str) and date.strip() and not _is_day(date):
        yield f'"date" is {shortened(date)}', "It must be a day as YYYY-MM-DD."
    if isinstance(channel, str) and channel.strip() and channel not in set(Channel):
        yield f'"channel" is {shortened(channel)}', f"It must be one of {', '.join(Channel)}."


def _signal_faults(signal: Any, text: str, form: Mapping[str, Fields]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one label."""
    if not isinstance(signal, dict):
        yield f"not a JSON object but {shortened(signal)}", 'It needs "kind" and "quote".'
        return
    yield from _missing(signal, ("kind", "quote"))
    yield from _misspelt(signal, _SIGNAL_KEYS)
    if "quote" in signal:
        yield from _quote_faults(signal["quote"], signal.get("start"), text)
    kind = signal.get("kind")
    if "kind" in signal and (not isinstance(kind, str) or kind not in form):
        yield f'"kind" is {shortened(kind)}', f"It must be one of {', '.join(form)}."
    elif isinstance(kind, str):
        yield from _attribute_faults(signal.get("attributes", {}), kind, form[kind])


def _quote_faults(quote: Any, start: Any, text: str) -> Iterator[tuple[str, str]]:
    if not isinstance(quote, str) or not quote.strip():
        yield f'"quote" is {shortened(quote)}', "It must be the note's own words."
        return
    places = _places(text, quote)
    told = f"It stands at {', '.join(map(str, places[:_PLACES]))}{' ...' if len(places) > _PLACES else ''}."
    if not places:
        yield f"the quote is not in the text: {shortened(quote)}", _near(quote, text)
    elif start is None and len(places) > 1:
        yield f'the quote occurs {len(places)} times and "start" is missing: {shortened(quote)}', told
    elif start is not None and (isinstance(start, bool) or start not in places):
        yield f'"start" is {shortened(start)}, but the quote is not there: {shortened(quote)}', told


def _attribute_faults(attributes: Any, kind: str, fields: Fields) -> Iterator[tuple[str, str]]:
    if not isinstance(attributes, dict):
        yield f'"attributes" is {shortened(attributes)}', "It must be an object."
        return
    for name, value in attributes.items():
        if name not in fields:
            yield f'{kind} has no attribute "{_cut(name)}"', f"It may have {', '.join(fields) or 'none'}."
            continue
        allowed = fields[name]
        if not isinstance(value, str) or not value.strip():
            yield f'"{name}" is {shortened(value)}', "It must be a string; leave out what the note does not state."
        elif allowed is not None and value not in allowed:
            yield f'"{name}" is {shortened(value)}', f"It must be one of {', '.join(allowed)}."


def _has_layout(record: Mapping[str, Any]) -> bool:
    """Tell whether what the line says of turns and source can be read."""
    try:
        layout_of(record, record["text"])
    except ValueError:
        return False
    return True


def _missing(record: Mapping[str, Any], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name not in record:
            yield f'"{name}" is missing', "Add it."


def _misspelt(record: Mapping[str, Any], known: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield keys that nearly are known ones; other foreign keys do no harm."""
    for name in record:
        near = [] if name in known else difflib.get_close_matches(name, known, 1, 0.75)
        if near and near[0] not in record:
            yield f'unknown key "{_cut(name)}"', f'Did you mean "{near[0]}"?'


def _places(text: str, quote: str) -> list[int]:
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _near(quote: str, text: str) -> str:
    """Return how the text has it, where only case or spaces differ."""
    folded = _folded(text).find(_folded(quote))
    if folded >= 0:
        return "Only case or white space differ: copy it exactly."
    head = quote[: max(12, len(quote) // 2)]
    return (
        f"The text has {shortened(head)} but goes on otherwise." if head in text else "Copy it from the text exactly."
    )


def _is_day(value: str) -> bool:
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def shortened(value: Any) -> str:
    """Return a value as JSON, cut to what fits a message."""
    return _cut(json.dumps(value, ensure_ascii=False))


def _cut(value: str) -> str:
    return value if len(value) <= _SHOWN else f"{value[:_SHOWN]}..."
