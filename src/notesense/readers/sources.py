"""Where notes come from: a text, a file, a folder, a JSONL file. One bad file or line never loses the others."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from notesense.core.reading import Reading, Readings
from notesense.core.results import Refused
from notesense.core.signal import Draft
from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.readers import hints
from notesense.readers.decoding import checked, decode, encodable

TEXT_ENDINGS = frozenset({".txt", ".text", ".md", ".markdown"})
JSONL_ENDINGS = frozenset({".jsonl", ".ndjson"})


def read_text(text: str, where: str = "The text") -> Readings:
    """Read a pasted note. Raises InputError where it is blank or binary."""
    checked(text, where)
    reading = Reading(
        where=where,
        text=text,
        date=hints.day_in_head(text),
        channel=hints.channel_of("", text),
        title=hints.title_of("", text),
    )
    return Readings(notes=(reading,))


def read_bytes(data: bytes, where: str) -> Readings:
    """Read a note from standard input. Raises InputError where it is blank, binary or in an unknown encoding."""
    return read_text(decode(data, where), where)


def read_path(path: Path, accounts_from_folders: bool = False) -> Readings:
    """Read a file or a folder with all below it.

    Raises InputError where the path itself cannot be read; a bad file within a folder is among the refused. With
    `accounts_from_folders`, the first folder below `path` names the account of the notes in it.
    """
    try:
        if path.is_dir():
            return _read_folder(path, accounts_from_folders)
        return _read_file(path)
    except OSError as error:
        raise InputError(
            f"Cannot read {path}: {error.strerror or error}.", "Check the path and its permissions."
        ) from None


def _read_folder(folder: Path, accounts_from_folders: bool) -> Readings:
    notes: list[Reading] = []
    refused: list[Refused] = []
    for path in _files_below(folder):
        try:
            found = _read_file(path)
        except InputError as error:
            refused.append(Refused(where=str(path), reason=error.message))
            continue
        except OSError as error:
            refused.append(Refused(where=str(path), reason=f"cannot be read: {error.strerror or error}"))
            continue
        below = path.relative_to(folder).parts
        named = below[0] if accounts_from_folders and len(below) > 1 else None
        notes += [n if n.account or not named else n.model_copy(update={"account": named}) for n in found.notes]
        refused += found.refused
    if not notes and not refused:
        raise InputError(f"No notes in {folder}.", "Notes are files ending in .txt, .md or .jsonl.")
    return Readings(notes=tuple(notes), refused=tuple(refused))


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in order of name, without hidden ones."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _read_file(path: Path) -> Readings:
    ending = path.suffix.lower()
    if ending in JSONL_ENDINGS:
        return read_jsonl(path.read_bytes(), str(path))
    if ending and ending not in TEXT_ENDINGS:
        raise InputError(
            f"{path} is no form of note that can be read yet ({ending}).",
            "Notes are files ending in .txt, .md or .jsonl; copy the text into one of these.",
        )
    text = decode(path.read_bytes(), str(path))
    name = path.stem.encode("utf-8", "replace").decode()
    reading = Reading(
        where=str(path),
        text=text,
        date=hints.day_in_name(name) or hints.day_in_head(text),
        channel=hints.channel_of(name, text),
        title=hints.title_of(name, text),
    )
    return Readings(notes=(reading,))


def read_jsonl(data: bytes, where: str) -> Readings:
    """Read labelled or bare notes, one JSON object a line; each bad line is among the refused, with its number."""
    notes: list[Reading] = []
    refused: list[Refused] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        place = f"{where}, line {number}"
        try:
            reading = _from_json(json.loads(line), place)
            if reading.id and reading.id in seen:
                raise InputError(f'the id "{reading.id}" stands on line {seen[reading.id]} already')
        except InputError as error:
            refused.append(Refused(where=place, reason=error.message))
        except (ValueError, RecursionError) as error:
            refused.append(Refused(where=place, reason=f"not a whole JSON object ({_brief(error)})"))
        else:
            seen.setdefault(reading.id or "", number)
            notes.append(reading)
    if not notes and not refused:
        raise InputError(f"{where} is empty.", "Each line should hold one note as a JSON object.")
    return Readings(notes=tuple(notes), refused=tuple(refused))


def _brief(error: Exception) -> str:
    return str(error).partition("\n")[0][:120]


def _from_json(record: Any, place: str) -> Reading:
    if not isinstance(record, dict):
        raise InputError("not a JSON object")
    encodable(json.dumps(record, ensure_ascii=False), "the line")
    fields = {name: _string(record, name) for name in ("id", "account", "date", "channel", "title")}
    text = _string(record, "text")
    if text is None:
        raise InputError('"text" is missing')
    return Reading(
        where=place,
        text=checked(text, '"text"'),
        id=fields["id"],
        account=fields["account"],
        date=None if fields["date"] is None else _day(fields["date"]),
        channel=None if fields["channel"] is None else _channel(fields["channel"]),
        title=fields["title"] or "",
        labels=None if record.get("signals") is None else tuple(_label(s, text) for s in _list(record, "signals")),
        partial=record.get("complete") is False,
    )


def _string(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f'"{name}" must be a string, not {json.dumps(value)[:40]}')
    return value if name == "text" or not value.strip() else checked(value, f'"{name}"').strip()


def _list(record: dict[str, Any], name: str) -> list[Any]:
    value = [] if record.get(name) is None else record[name]
    if not isinstance(value, list):
        raise InputError(f'"{name}" must be a list')
    return value


def _day(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise InputError(f'"date" must be a day as YYYY-MM-DD, not "{value[:40]}"') from None


def _channel(value: str) -> Channel:
    try:
        return Channel(value)
    except ValueError:
        raise InputError(f'"channel" must be one of {", ".join(Channel)}, not "{value[:40]}"') from None


def _label(record: Any, text: str) -> Draft:
    if (
        not isinstance(record, dict)
        or not isinstance(record.get("quote"), str)
        or not isinstance(record.get("kind"), str)
    ):
        raise InputError('each of "signals" needs "kind" and "quote"')
    attributes = {} if record.get("attributes") is None else record["attributes"]
    if not isinstance(attributes, dict):
        raise InputError('"attributes" must be an object')
    start = record.get("start")
    return Draft(
        kind=record["kind"],
        quote=record["quote"],
        start=start if isinstance(start, int) and text.startswith(record["quote"], start) else None,
        attributes={str(name): str(value) for name, value in attributes.items() if value is not None},
    )
