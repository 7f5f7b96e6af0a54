"""JSONL: one note a line as a JSON object, bare or with labels. One bad line never loses the others."""

import datetime
import json
from typing import Any

from notesense.core.carried import Carried
from notesense.core.note import NoteSource, layout_of
from notesense.core.reading import Reading, Readings
from notesense.core.results import Refused
from notesense.core.signal import Draft
from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.readers import pasted_mail, store_export
from notesense.readers.decoding import checked, encodable
from notesense.readers.family import Content, Family, Fit
from notesense.readers.json_finding import holds_pieces, is_spoken_line

_TRIED = 5
"""Lines that are looked at for a note."""


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    lines = [line for line in content.head.splitlines() if line.strip()][:_TRIED]
    return max(map(_fit, lines), default=Fit.ENDING)


def _fit(line: str) -> Fit:
    if not line.lstrip().startswith("{"):
        return Fit.ENDING
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return Fit.ENDING
    if isinstance(record, dict) and store_export.is_ours(record):
        return Fit.SURE
    is_note = isinstance(record, dict) and isinstance(record.get("text"), str)
    return Fit.LIKELY if is_note and not is_spoken_line(record) and not holds_pieces(record) else Fit.ENDING


def read_jsonl(data: bytes, where: str) -> Readings:
    """Read labelled or bare notes, one JSON object a line; each bad line is among the refused, with its number."""
    notes: list[Reading] = []
    refused: list[Refused] = []
    seen: dict[str, int] = {}
    restoring = store_export.Restoring()
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        place = f"{where}, line {number}"
        try:
            record = json.loads(line)
            reading = restoring.take(record, place) if store_export.is_ours(record) else _from_json(record, place)
            if reading is None:
                continue
            if reading.id and reading.id in seen:
                raise InputError(f'the id "{reading.id}" stands on line {seen[reading.id]} already')
        except InputError as error:
            refused.append(Refused(where=place, reason=error.message))
        except (ValueError, RecursionError) as error:
            refused.append(Refused(where=place, reason=f"not a whole JSON object ({_brief(error)})"))
        else:
            seen.setdefault(reading.id or "", number)
            notes.append(reading)
    if restoring.missing:
        short = f"cut short: {restoring.missing} of {restoring.promised} exported notes are not in it"
        refused.append(Refused(where=where, reason=f"{short}. Export it again where you can."))
    if not notes and not refused and restoring.carried == Carried():
        raise InputError(f"{where} is empty.", "Each line should hold one note as a JSON object.")
    return Readings(notes=tuple(notes), refused=tuple(refused), carried=restoring.carried)


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
    reading = Reading(
        where=place,
        text=checked(text, '"text"'),
        id=fields["id"],
        account=fields["account"],
        date=None if fields["date"] is None else _day(fields["date"]),
        channel=None if fields["channel"] is None else _channel(fields["channel"]),
        title=fields["title"] or "",
        labels=None if record.get("signals") is None else tuple(_label(s, text) for s in _list(record, "signals")),
        partial=record.get("complete") is False,
        **_layout(record, text),
    )
    return reading if reading.turns or reading.labels is not None else _with_mails(reading)


def _with_mails(reading: Reading) -> Reading:
    """Return a bare note; where its text is mails that were pasted, with whose words stand in it and who wrote them."""
    content = Content(b"", reading.where, pasted=reading.text)
    if reading.channel not in (None, Channel.EMAIL) or pasted_mail.FAMILY.sniff(content) < Fit.LIKELY:
        return reading
    (found,) = pasted_mail.FAMILY.read(content).notes
    told = {
        "turns": found.turns,
        "attendees": reading.attendees or found.attendees,
        "channel": reading.channel or found.channel,
        "date": reading.date or found.date,
    }
    if reading.started is None and told["date"] == found.date:
        told["started"] = found.started
    return reading.model_copy(update=told)


def _layout(record: dict[str, Any], text: str) -> dict[str, Any]:
    """Return what a note that NoteSense wrote tells of its turns and source."""
    try:
        found = layout_of(record, text)
    except ValueError as error:
        raise InputError(f'"turns" or "source" cannot be read ({_brief(error)})') from None
    return {"turns": found.get("turns", ()), **found.get("source", NoteSource()).model_dump()}


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


def _read(content: Content) -> Readings:
    try:
        data = content.text.encode("utf-8", "surrogatepass")
    except InputError:
        data = content.data  # so that a line that is no text is refused alone
    return read_jsonl(data, content.where)


FAMILY = Family("jsonl", frozenset({".jsonl", ".ndjson"}), _sniff, _read)
