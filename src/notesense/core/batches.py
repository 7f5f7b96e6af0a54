"""Batches of requests that a server answers within a day: what is recorded of them, and the lines of their files.

One line of a batch's file is one request; its `custom_id` is the key of the request, so the same question is asked once
in a file whatever number of notes it is about. Texts of a server's errors never come through here: only codes do.
"""

import datetime
import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from notesense.core.note import Value
from notesense.core.requests import Failure
from notesense.core.signal import Usage
from notesense.core.tokens import count_of

ENDPOINT: Literal["/v1/chat/completions"] = "/v1/chat/completions"
MOST_REQUESTS = 50_000
MOST_BYTES = 200_000_000
"""What OpenAI takes in one file."""
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_BY_STATUS = {
    401: Failure.KEY,
    403: Failure.FORBIDDEN,
    404: Failure.NO_MODEL,
    408: Failure.TIMED_OUT,
    413: Failure.TOO_LONG,
    429: Failure.BUSY,
}
_UNFINISHED = {"length": Failure.CUT_OFF, "content_filter": Failure.DECLINED}
_BY_CODE = {
    "context_length_exceeded": Failure.TOO_LONG,
    "batch_expired": Failure.TIMED_OUT,
    "batch_cancelled": Failure.NOT_SENT,
    "model_not_found": Failure.NO_MODEL,
}


class Stage(StrEnum):
    """How far a batch has come here. The value is what users read."""

    PREPARED = "being submitted"
    """Recorded before anything was sent: whether the server has it is known only once it is SUBMITTED."""
    UNSENT = "not submitted"
    SUBMITTED = "submitted"
    FETCHED = "being read"
    """Its answers are known and paid; the notes are read again with them."""
    DONE = "collected"


OPEN = frozenset({Stage.PREPARED, Stage.SUBMITTED, Stage.FETCHED})
"""Stages of batches from which answers may still come."""


class State(StrEnum):
    """What became of one request of a batch for one note."""

    WAITING = "waiting"
    ANSWERED = "answered"
    READ = "read"
    """The note has been read with the answer."""
    FAILED = "failed"
    RETRIED = "retried"
    """It stands in a later batch, or need not be asked any more."""


class Terms(Value):
    """By which model, where, and how notes are read: what must be the same when the answers come back.

    `server` is the address of the server. `options` are those of the engine and of the layers above the model.
    """

    model: str
    server: str
    engine: str
    options: dict[str, str] = Field(default_factory=dict)


class Batch(Value):
    """A batch as it is recorded. `id` is ours, and stands at the server as metadata; `remote_id` is the server's.

    `status` is the server's own word as it last was, `asked` when that was, or when it was asked to begin. Counts are
    requests.
    """

    id: str
    terms: Terms
    made: datetime.datetime
    stage: Stage = Stage.PREPARED
    status: str = ""
    file_id: str | None = None
    remote_id: str | None = None
    asked: datetime.datetime | None = None
    total: int = 0
    done: int = 0
    failed: int = 0
    usage: Usage = Usage()
    task: str = "batch"
    """The task of most of its requests."""
    other_tasks: dict[str, str] = Field(default_factory=dict)
    """The tasks of the others, by key."""
    detail: str = ""
    """Why it failed, or what was odd about it."""

    @property
    def file_name(self) -> str:
        """The name of its file at the server."""
        return f"notesense-{self.id}.jsonl"


class Asked(Value):
    """One request of a batch on behalf of one note.

    `names` are those on which its redaction rested (`notesense.core.batch_names`), until it has been dealt with.
    """

    batch_id: str
    key: str
    note_id: str
    account: str = ""
    part: int = 1
    state: State = State.WAITING
    detail: str = ""
    names: str = ""


class Remote(Value):
    """A batch as its server tells of it. `faults` are codes, with the line of the file where there is one."""

    id: str
    status: str
    total: int = 0
    done: int = 0
    failed: int = 0
    output_file: str | None = None
    error_file: str | None = None
    usage: Usage | None = None
    faults: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Tell whether nothing more comes of it."""
        return self.status in ("completed", "failed", "expired", "cancelled")


class Outcome(Value):
    """What a batch made of one request: the body of a chat completion, or why there is none."""

    key: str
    body: dict[str, Any] | None = None
    failure: Failure | None = None
    detail: str = ""

    @property
    def unfinished(self) -> Failure | None:
        """Why the body holds no whole answer, as far as the server says so."""
        choices = (self.body or {}).get("choices")
        choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        return _UNFINISHED.get(str(choice.get("finish_reason")))

    @property
    def tokens(self) -> Usage:
        """Tokens that the server counted, without their cost."""
        told = (self.body or {}).get("usage")
        counted = told if isinstance(told, dict) else {}
        of_prompt = counted.get("prompt_tokens_details")
        return Usage(
            input_tokens=count_of(counted.get("prompt_tokens")),
            output_tokens=count_of(counted.get("completion_tokens")),
            cached_tokens=count_of(of_prompt.get("cached_tokens") if isinstance(of_prompt, dict) else None),
        )


class File:
    """A batch's file while it is put together: each key once, within the limits of a provider."""

    def __init__(self, requests: int = MOST_REQUESTS, size: int = MOST_BYTES) -> None:
        self._most = requests
        self._room = size
        self._lines: dict[str, bytes] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._lines

    def __len__(self) -> int:
        return len(self._lines)

    def takes(self, line: bytes) -> bool:
        """Tell whether one line more stays within the limits."""
        return len(self._lines) < self._most and len(line) <= self._room

    def add(self, key: str, line: bytes) -> None:
        """Put a line in, line break included."""
        self._lines[key] = line
        self._room -= len(line)

    @property
    def content(self) -> bytes:
        """What is uploaded."""
        return b"".join(self._lines.values())


def line_of(key: str, body: Mapping[str, Any]) -> bytes:
    """Return a request as a line of a batch's file; the body must be JSON."""
    asked = {"custom_id": key, "method": "POST", "url": ENDPOINT, "body": body}
    return json.dumps(asked, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def outcome_of(line: bytes) -> Outcome | None:
    """Return what a line of an output or error file says, or None where it is nothing of the sort."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not isinstance(told.get("custom_id"), str):
        return None
    key, response = told["custom_id"], told.get("response")
    if not isinstance(response, dict):
        return _failed(key, None, told.get("error"))
    body, status = response.get("body"), response.get("status_code")
    if isinstance(body, dict) and status == 200:
        return Outcome(key=key, body=body)
    return _failed(key, status, body.get("error") if isinstance(body, dict) else told.get("error"))


def _failed(key: str, status: object, error: object) -> Outcome:
    code = code_of(error.get("code") if isinstance(error, dict) else None)
    known = status if isinstance(status, int) else None
    by_status = _BY_STATUS.get(known or 0, Failure.SERVER if known is None or known >= 500 else Failure.BAD_REQUEST)
    detail = " ".join(part for part in (str(known) if known else "", code) if part)
    return Outcome(key=key, failure=_BY_CODE.get(code, by_status), detail=detail)


def code_of(value: object) -> str:
    """Return a server's error code where it is a plain one, else the empty string."""
    return value if isinstance(value, str) and _CODE.fullmatch(value) else ""
