"""Notes that `notesense export` wrote as Markdown, read back as they were: character for character, with turns."""

import datetime
import json
from typing import Any

from notesense.core.note import NoteSource, Turn, check_turns, turns_from
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.readers import front_matter
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit

_KEY = "notesense"
_COMMENT = "\n\n<!-- notesense turns: "
_COMMENT_END = "-->"
_KEYS = frozenset({_KEY, "id", "account", "date", "channel"})


def _sniff(content: Content) -> Fit:
    if content.binary or not content.head.lstrip().startswith("---"):
        return Fit.NO
    return Fit.SURE if front_matter.keys_at(content.head) >= _KEYS else Fit.NO


def _read(content: Content) -> Readings:
    head = front_matter.head_of(content.text, content.where)
    facts = head.facts
    if facts[_KEY] != 1:
        raise InputError(
            f"{content.where} was exported by a newer NoteSense.",
            "Install the newest NoteSense: `pip install --upgrade notesense`.",
        )
    body = content.text[head.body :]
    body = body.removeprefix("\r\n" if body.startswith("\r\n") else "\n")
    try:
        text, turns = _parted(body, int(facts.get("turns") or 0))
        source = NoteSource(
            form=_text(facts, "form"), meeting=_text(facts, "meeting"), started=facts.get("started") or None
        )
        channel, day = Channel(facts["channel"]), _day(facts["date"])
    except (ValueError, TypeError) as error:
        why = " ".join(str(error).split())[:120]
        raise InputError(
            f"{content.where} is not as it was exported ({why}).", "Export it again, or take its head away."
        ) from None
    if not isinstance(day, datetime.date):
        raise InputError(f"{content.where} does not tell its day.", "Write it into the head: date: YYYY-MM-DD.")
    reading = Reading(
        where=content.where,
        text=checked(text, content.where),
        id=_text(facts, "id") or None,
        account=_text(facts, "account") or None,
        date=day,
        channel=channel,
        title=_text(facts, "title"),
        turns=turns,
        **source.model_dump(),
    )
    return Readings(notes=(reading,))


def _parted(body: str, promised: int) -> tuple[str, tuple[Turn, ...]]:
    """Return the text and its turns. Raises ValueError where there are not as many as the head says."""
    if not promised:
        return body, ()
    text, found, comment = body.rpartition(_COMMENT)
    told, end, after = comment.rpartition(_COMMENT_END)
    if not found or not end or after.strip():
        raise ValueError("who speaks where is missing at the end")
    turns = turns_from(json.dumps(json.loads(told)))
    if len(turns) != promised:
        raise ValueError(f"{len(turns)} turns where the head says {promised}")
    check_turns(turns, text)
    return text, turns


def _day(written: Any) -> datetime.date | None:
    try:
        return front_matter.moment(written).day
    except ValueError:
        return None


def _text(facts: dict[str, Any], name: str) -> str:
    value = facts.get(name)
    return value if isinstance(value, str) else front_matter.one_line(value)


FAMILY = Family("notesense markdown", frozenset({".md", ".markdown"}), _sniff, _read, restores=True)
