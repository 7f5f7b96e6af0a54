"""What is asked of a language model, and what comes back: plain values, so that a request can be shown unsent.

A request never holds a key, and what it holds of a note is exactly what would leave the machine.
"""

import hashlib
import json
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, Protocol, runtime_checkable

from pydantic import Field

from notesense.core.note import Value
from notesense.core.signal import Usage


class Message(Value):
    """One message of a request.

    `filled` are the slices of `text` (start, end), in order, that were put into a prompt's places: words of others.
    None where nobody told; then all of it counts as such.
    """

    role: Literal["system", "user"]
    text: str
    filled: tuple[tuple[int, int], ...] | None = None


class Request(Value):
    """One question to a model. The static messages come first, so that a provider can keep them ready.

    `task` is the prompt's name and version ("extract.v2"). `form` is the JSON schema (an object) that the answer must
    have, `form_name` its name on the wire. `note_id` and `account` tell what it is about: they are for our own records
    and for deciding whether it may be sent, and are not themselves sent. `quotes` are the ids of further notes whose
    words it holds. `part` counts from 1.
    """

    task: str
    messages: tuple[Message, ...] = Field(min_length=1)
    form: dict[str, Any]
    form_name: str
    account: str = ""
    note_id: str = ""
    quotes: tuple[str, ...] = ()
    part: int = 1
    parts: int = 1

    @cached_property
    def key(self) -> str:
        """SHA-256, hexadecimal, of messages and form: the same question has the same key, whatever it is about."""
        asked = [[(message.role, message.text) for message in self.messages], self.form]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def characters(self) -> int:
        """Characters of all messages."""
        return sum(len(message.text) for message in self.messages)


class Failure(StrEnum):
    """Why a request has no answer. The value is what users read."""

    KEY = "the key was refused"
    FORBIDDEN = "the server does not allow it"
    NO_MODEL = "the server has no such model"
    BAD_REQUEST = "the server could not use the request"
    BUSY = "too many requests"
    SERVER = "the server failed"
    NO_CONNECTION = "no connection"
    TIMED_OUT = "no answer in time"
    CUT_OFF = "the answer was cut off"
    DECLINED = "the model declined to answer"
    FORMLESS = "the answer does not have the form asked for"
    TOO_LONG = "more than the model can read at once"
    BUDGET = "the limit you set is reached"
    RESTRICTED = "restricted: it does not leave this machine"
    NOT_SENT = "not sent"
    WAITING = "waiting for the batch"
    INTERRUPTED = "interrupted"


class Reply(Value):
    """What came back for one request: `data` (JSON of the asked form, unproven), or why there is none.

    `detail` says more of a failure, without key or note text. `usage` is that of all `tries` together. `model` is the
    name under which the answer was given.
    """

    data: dict[str, Any] | None = None
    failure: Failure | None = None
    detail: str = ""
    usage: Usage = Usage()
    tries: int = 1
    model: str = ""
    cached: bool = False
    """True where an earlier, identical request was answered: this time nothing was sent."""


@runtime_checkable
class Prompted(Protocol):
    """What an engine over a language model tells of itself besides."""

    @property
    def model(self) -> str:
        """Provider and model as the user chose them."""
        ...

    @property
    def prompt_sha256(self) -> str:
        """Hash of the prompts in use."""
        ...
