"""A note: one interaction with one account, its text kept character for character.

Offsets are 0-based and count Unicode code points, as Python's `str` does; `text[start:end]` is always the thing meant.
"""

import datetime
import hashlib
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, field_validator

from notesense.core.vocabulary import Channel

Side: TypeAlias = Literal["us", "customer", "unknown"]


class Value(BaseModel):
    """Base of the immutable values of the core."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Note(Value):
    """One interaction with one account. `id` is unique over all accounts; `text` is exactly what was handed in."""

    id: str
    account: str
    date: datetime.date
    channel: Channel = Channel.MEMO
    title: str = ""
    text: str

    @field_validator("text")
    @classmethod
    def _has_words(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("a note needs at least one word")
        return text

    def line_of(self, offset: int) -> int:
        """Return the 1-based line on which this offset stands."""
        return self.text.count("\n", 0, offset) + 1


def content_hash(text: str) -> str:
    """Return the hash by which the same text is known again: SHA-256, hexadecimal, of the UTF-8 text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def note_id(account: str, date: datetime.date, text: str) -> str:
    """Return the id of a note that came without one: 12 hexadecimal digits that depend on account, day and text."""
    mark = f"{account.strip().casefold()}\n{date.isoformat()}\n{text}"
    return hashlib.sha256(mark.encode("utf-8")).hexdigest()[:12]
