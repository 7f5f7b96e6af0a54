"""JSON of any vendor: read as a whole, its fields taken by name, whichever of the usual types they have."""

import datetime
import json
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from notesense.errors import InputError
from notesense.readers.family import HEAD, Content

Record: TypeAlias = dict[str, Any]

_CLOCK = re.compile(r"(?P<sign>-?)(?:(?P<hours>\d{1,4}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{1,2}(?:[.,]\d{1,9})?)")
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,20})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 10_000_000
"""Seconds, four months: no meeting is longer, so a larger number is no time."""
_MILLISECONDS = 100_000_000_000
"""An epoch from here on is in milliseconds: in seconds it would be the year 5138."""
_YEARS = range(1980, 2101)
_LINES = 2
"""Lines from which on there is JSON line by line."""
NO_WORDS = re.compile(r"(?i)(?:id|uuid|url|link|time|timestamp|_at|type|template_name|status|language|source)$")
"""Endings of the names of fields in a summary whose values nobody wrote to be read."""
_AGAIN = "Export it again, whole."


def parsed(content: Content) -> Any:
    """Return what the JSON of a content holds; of JSON line by line, the list of what the lines hold.

    Raises InputError where it is broken, with line and column. A broken line among others is in the list as a string.
    """
    try:
        return content.json
    except json.JSONDecodeError as error:
        if found := lines(content):
            return found
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"{content.where} is not whole JSON: {error.msg} ({place}).", _AGAIN) from None
    except RecursionError:
        raise InputError(f"{content.where} is JSON nested too deeply to be read.", _AGAIN) from None
    except ValueError:
        raise InputError(f"{content.where} holds a number with too many digits to be read.", _AGAIN) from None


def lines(content: Content, most: int | None = None) -> list[Any]:
    """Return what each line of JSON line by line holds, of the first `most` lines; nothing where it is no such JSON.

    It is where the first line and at least half of all hold an object. A line that is broken is returned as it stands.
    """
    found = [line for line in content.text.splitlines() if line.strip()] if most is None else _first(content.head, most)
    if len(found) < _LINES or not isinstance(_object(found[0]), dict):
        return []
    told = [_object(line) for line in found]
    return told if 2 * sum(isinstance(each, dict) for each in told) >= len(told) else []


def _first(head: str, most: int) -> list[str]:
    """Return the first lines with words of a head, but for one that may go on after it."""
    found = head.splitlines()
    return [line for line in (found if len(head) < HEAD else found[:-1]) if line.strip()][:most]


def _object(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return line


def records(value: Any) -> list[Record]:
    """Return the objects of a list; an object alone is a list of one, anything else has none."""
    if isinstance(value, dict):
        return [value]
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def members(value: Any) -> list[Any]:
    """Return the members of a list, whatever they are; an object alone is a list of one, anything else has none."""
    return value if isinstance(value, list) else records(value)


def within(value: Any, *names: str) -> list[Record]:
    """Return the objects that stand below these names, one below the other, where lists count as their members."""
    found = records(value)
    for name in names:
        found = [inner for each in found for inner in records(each.get(name))]
    return found


def string(record: Any, *names: str) -> str:
    """Return the first of these fields that holds words or a whole number, as a string; empty where none does.

    What cannot be written down as UTF-8 is passed over.
    """
    for name in names:
        value = record.get(name) if isinstance(record, dict) else None
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value) if abs(value) < 10**40 else ""
        if isinstance(value, str) and value.strip() and _is_clean(value):
            return " ".join(value.split())
    return ""


def _is_clean(value: str) -> bool:
    try:
        return b"\0" not in value.encode("utf-8")
    except UnicodeEncodeError:
        return False


def strings(value: Any, passed_over: re.Pattern[str]) -> Iterator[str]:
    """Yield all strings in a value of any depth, in order, without those of fields whose names are passed over."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict):
            waiting += [inner for name, inner in reversed(each.items()) if not passed_over.search(name)]


def seconds(value: Any, unit: float = 1.0) -> float | None:
    """Return a time within a meeting in seconds: a number in `unit` seconds, or a clock such as 00:05:32.

    None where there is none. Raises ValueError for what is no such time.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _clock(value.strip(), unit)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("no time")
    return _bounded(value, unit)


def _clock(value: str, unit: float) -> float:
    if found := _CLOCK.fullmatch(value):
        whole = int(found["hours"] or 0) * 3600 + int(found["minutes"]) * 60
        told = whole + float(found["seconds"].replace(",", "."))
        return _bounded(-told if found["sign"] else told, 1.0)
    if not _NUMBER.fullmatch(value):
        raise ValueError("no time")
    return _bounded(float(value), unit)


def _bounded(value: float, unit: float) -> float:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("no time")
    if abs(value) > _LONGEST / unit:
        raise ValueError("no time")
    return round(value * unit, 6)


def moment(value: Any) -> datetime.datetime | datetime.date | None:
    """Return when something was: an epoch in seconds or milliseconds, an ISO time, or an ISO day alone.

    None where there is none. Raises ValueError for what is no such time.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        told = value.strip()
        if _DAY.fullmatch(told):
            return _in_our_days(datetime.date.fromisoformat(told))
        if not _NUMBER.fullmatch(told):
            return _in_our_days(datetime.datetime.fromisoformat(told))
        value = float(told)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _MILLISECONDS * 1000:
        raise ValueError("no time")
    epoch = value / 1000 if abs(value) >= _MILLISECONDS else value
    return _in_our_days(datetime.datetime.fromtimestamp(epoch, datetime.UTC))


def day_of(value: Any) -> str:
    """Return the day of a moment in universal time, such as 2026-03-12; empty where it tells none."""
    try:
        found = moment(value)
    except (ValueError, OverflowError, OSError):
        return ""
    if isinstance(found, datetime.datetime) and found.tzinfo:
        found = found.astimezone(datetime.UTC)
    return found.isoformat()[:10] if found else ""


def elapsed(values: Sequence[Any]) -> list[Any]:
    """Return times of day as seconds since the first of them; what is no time of a day stays as it is."""
    found = [instant(value) for value in values]
    first = next((each for each in found if each), None)
    return [
        (each - first).total_seconds() if each and first else value for each, value in zip(found, values, strict=True)
    ]


def instant(value: Any) -> datetime.datetime | None:
    """Return a time of a day in universal time, taken for that where it names no zone; None for any other value."""
    try:
        found = None if isinstance(value, str) and len(value) < len("YYYY-MM-DD") else moment(value)
    except (ValueError, OverflowError, OSError):
        return None
    if not isinstance(found, datetime.datetime):
        return None
    return found.astimezone(datetime.UTC) if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def _in_our_days(day: datetime.date) -> datetime.date:
    if day.year not in _YEARS:
        raise ValueError("no time")
    return day
