"""What a server's answer must keep to before LangChain sees it: bounds of length and time, and counts that are counts.

LangChain throws a good answer away where the numbers of its tokens are none; here they become 0 before it looks.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from time import monotonic
from typing import Any

import httpx2

from notesense.adapters.llm.trouble import Unreadable
from notesense.core.tokens import count_of

LONGEST_ANSWER = 16 * 1024 * 1024
"""Bytes. Far above what any model says, far below what would hurt."""
UNPACKED = {"Accept-Encoding": "identity"}
"""Headers that ask for answers whose bytes can be counted as they come."""

_BEGUN = "notesense.begun"
_DETAILS = ("prompt_tokens_details", "completion_tokens_details", "input_tokens_details", "output_tokens_details")


def hooks(timeout: float) -> Mapping[str, list[Callable[..., Any]]]:
    """Return the event hooks of a client whose answers must be there within so many seconds."""

    def begin(request: httpx2.Request) -> None:
        request.extensions = {**request.extensions, _BEGUN: monotonic()}

    def bound(response: httpx2.Response) -> None:
        response.stream = _Bounded(response, timeout)

    return {"request": [begin], "response": [bound]}


class _Bounded(httpx2.SyncByteStream):
    """An answer that is given up when it grows too long, takes too long or comes packed."""

    def __init__(self, response: httpx2.Response, timeout: float) -> None:
        self._stream: Any = response.stream
        self._request = response.request
        self._packed = response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")
        self._until = self._request.extensions[_BEGUN] + timeout

    def __iter__(self) -> Iterator[bytes]:
        if self._packed:
            raise Unreadable("its answer is compressed, which was not asked for")
        answer = bytearray()
        for piece in self._stream:
            answer += piece
            if len(answer) > LONGEST_ANSWER:
                raise Unreadable("its answer is too long to be one")
            if monotonic() > self._until:
                raise httpx2.ReadTimeout("the answer takes too long", request=self._request)
        yield counted(bytes(answer))

    def close(self) -> None:
        self._stream.close()


def counted(answer: bytes) -> bytes:
    """Return an answer in JSON whose `usage` holds only counts; any other just as it is."""
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        return answer
    used = told.get("usage") if isinstance(told, dict) else None
    if used is None:
        return answer
    clean = _counts(used)
    return answer if clean == used else json.dumps(told | {"usage": clean}).encode()


def _counts(used: object) -> dict[str, Any] | None:
    """Return the counts of a usage and of its details; None for what is no usage."""
    if not isinstance(used, dict):
        return None
    counts: dict[str, Any] = {}
    for name, value in used.items():
        if name in _DETAILS:
            counts[name] = _counts(value)
        else:
            counts[name] = count_of(value) if name.endswith("_tokens") and value is not None else value
    return counts
