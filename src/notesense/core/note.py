"""A note: one interaction with one account, its text kept character for character, and who speaks in which part of it.

Offsets are 0-based and count Unicode code points, as Python's `str` does; `text[start:end]` is always the thing meant.
"""

import datetime
import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from notesense.core.domains import domain_of
from notesense.core.vocabulary import LIVE_CHANNELS, NO_TESTIMONY, Channel, Origin

_SPOKEN = re.compile(r"[^\r\n]")

Side: TypeAlias = Literal["us", "customer", "unknown"]


class Value(BaseModel):
    """Base of the immutable values of the core."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Turn(Value):
    """A stretch of a note that one speaker says or writes. `speaker` is None where the note does not tell.

    `time` is in seconds from the beginning, below 0 for what was said before a recording began; None where the note
    does not tell. Words that follow `speaker` and a colon at the beginning of the stretch are what is said.
    """

    start: int = Field(ge=0)
    end: int
    speaker: str | None = None
    side: Side = "unknown"
    origin: Origin = Origin.REP_NOTE
    time: float | None = Field(default=None, allow_inf_nan=False)

    def words(self, text: str) -> str:
        """Return what is said in this stretch of the note's text, without the speaker's name before it."""
        stretch = text[self.start : self.end].strip()
        return stretch.removeprefix(f"{self.speaker}:").lstrip() if self.speaker else stretch


_TURN = ("start", "end", "speaker", "side", "origin", "time")


def compact_turns(turns: Sequence[Turn]) -> str:
    """Return turns as compact JSON, a list for each; empty for none."""
    parts = [[turn.start, turn.end, turn.speaker, turn.side, turn.origin.value, turn.time] for turn in turns]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")) if parts else ""


def turns_from(text: str) -> tuple[Turn, ...]:
    """Return the turns that `compact_turns` wrote. Raises ValueError for what it cannot have written."""
    parts = json.loads(text) if text.strip() else []
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        raise ValueError("turns are a list of lists")
    return tuple(Turn(**dict(zip(_TURN, part, strict=True))) for part in parts)


def check_turns(turns: Sequence[Turn], text: str) -> None:
    """Raise ValueError where turns over a text are not as `Note` says."""
    ends = [*(turn.start for turn in turns), len(text)][1:]
    if any(not turn.start < turn.end <= after for turn, after in zip(turns, ends, strict=True)):
        raise ValueError("turns must hold something, be in order, inside the text, and not overlap")


class Attendee(Value):
    """Somebody who took part, wrote or was invited, as the source has it. `name` or `email` may be empty, not both."""

    name: str = ""
    email: str = ""
    side: Side = "unknown"

    @property
    def domain(self) -> str:
        """The e-mail domain, folded; empty where there is none, or where it tells of no company."""
        return domain_of(self.email)

    @property
    def shown(self) -> str:
        """The name, else the address."""
        return self.name or self.email


class NoteSource(Value):
    """What the source tells of itself: the form that it had, its own id of the meeting or message, when that began.

    Empty or None where it does not tell. `started` is local time where it has no zone. `attendees` have the sides that
    the source tells, or that were known when the note was taken in; a speaker of a known side is among them.
    """

    form: str = ""
    meeting: str = ""
    started: datetime.datetime | None = None
    attendees: tuple[Attendee, ...] = ()
    undated: bool = False
    """True where nothing told the note's day, so that it is dated on the day on which it came."""


By: TypeAlias = Literal["", "given", "named", "asked", "folder", "domain", "people", "title", "alias"]


class Ascribed(Value):
    """How it was known whose a note is: `by` what kind of telling, and `why` in words.

    It was given by the user, named by the source, asked for, told by the folder in which a file lies, by an e-mail
    domain, by known people, or by a name in the title. An alias is only ever proposed. Empty for notes of before.
    """

    by: By = ""
    why: str = ""

    @property
    def was_told(self) -> bool:
        """Whether neither the user nor the source named the account, so that it is to be told what did."""
        return self.by in ("domain", "people", "title", "folder")


class Note(Value):
    """One interaction with one account. `id` is unique over all accounts; `text` is exactly what was handed in.

    `turns` are what the source tells of who speaks where: in order, without overlap; what stands between two of them
    is nobody's words, such as a heading. None at all means that the text itself tells (`core.passages.turns_of`).
    """

    id: str
    account: str
    date: datetime.date
    channel: Channel = Channel.MEMO
    title: str = ""
    text: str
    turns: tuple[Turn, ...] = ()
    source: NoteSource = NoteSource()
    ascribed: Ascribed = Ascribed()

    @field_validator("text")
    @classmethod
    def _has_words(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("a note needs at least one word")
        return text

    @model_validator(mode="after")
    def _has_turns_in_order(self) -> Self:
        check_turns(self.turns, self.text)
        return self

    @property
    def is_live(self) -> bool:
        """Whether this is the note of a call or meeting whose day is known."""
        return self.channel in LIVE_CHANNELS and not self.source.undated

    @property
    def testimony(self) -> str:
        """The text with spaces for each character of what proves nothing: summaries, plans, signatures.

        Offsets in it are offsets in the text.
        """
        pieces, at = [], 0
        for turn in self.turns:
            if turn.origin in NO_TESTIMONY:
                pieces += [self.text[at : turn.start], _SPOKEN.sub(" ", self.text[turn.start : turn.end])]
                at = turn.end
        return "".join(pieces) + self.text[at:] if pieces else self.text

    def origin_at(self, offset: int) -> Origin:
        """Return whose words stand there, as far as the source tells."""
        place = bisect_right(self.turns, offset, key=lambda turn: turn.start) - 1
        return self.turns[place].origin if place >= 0 else Origin.REP_NOTE

    def line_of(self, offset: int) -> int:
        """Return the 1-based line on which this offset stands."""
        return self.text.count("\n", 0, offset) + 1


def layout_of(record: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return `turns` and `source` of a note that was written as JSON; what others mean by these keys is passed over.

    Raises ValueError where they are ours but cannot be read.
    """
    turns, source = record.get("turns"), record.get("source")
    found: dict[str, Any] = {}
    if isinstance(turns, list) and all(isinstance(each, dict) and each.keys() >= {"start", "end"} for each in turns):
        found["turns"] = tuple(Turn.model_validate(each) for each in turns)
        check_turns(found["turns"], text)
    if isinstance(source, dict) and source.keys() <= NoteSource.model_fields.keys():
        found["source"] = NoteSource.model_validate(source)
    return found


def content_hash(text: str) -> str:
    """Return the hash by which the same text is known again: SHA-256, hexadecimal, of the UTF-8 text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def note_id(account: str, date: datetime.date, text: str) -> str:
    """Return the id of a note that came without one: 12 hexadecimal digits that depend on account, day and text."""
    mark = f"{account.strip().casefold()}\n{date.isoformat()}\n{text}"
    return hashlib.sha256(mark.encode("utf-8")).hexdigest()[:12]
