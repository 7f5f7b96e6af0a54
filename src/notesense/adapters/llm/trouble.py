"""What went wrong with a request, told without key and without the words of a note, and whether trying again may help.

Errors are known by their status and by what LangChain and the openai package call them, never by their text: that text
may hold anything. Of a server's message only what is none of our own words is told.
"""

import re
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from notesense.core.requests import Failure

LONGEST_MESSAGE = 200
_SHARED = 12
"""So many letters and digits in a row that also stand in the request make a server's message unfit to be told."""
_REDACTED = "[key]"


class Again(Enum):
    """Whether a request is tried again after this."""

    NEVER = 0
    ONCE = 1
    OFTEN = 2


@dataclass(frozen=True)
class Trouble:
    """Why there is no answer. `wait` is what the server asked for, in seconds.

    `unsupported`: the server does not take this way to ask for a form. `temperature`: it does not take ours.
    `hopeless`: every other request would fare the same.
    """

    failure: Failure
    detail: str = ""
    again: Again = Again.NEVER
    wait: float | None = None
    unsupported: bool = False
    temperature: bool = False
    hopeless: bool = False


class Unsupported(Exception):
    """LangChain's package for a provider knows no such way to ask for a form."""


class Unreadable(Exception):
    """The server's answer is not read; the text is ours and says why."""


_FORMAT_WORDS = re.compile(
    r"response.?format|json.?(schema|object|mode)|structured.?output|schema|grammar|guided|tool|function|strict", re.I
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`")
"""In a 404 this is the name of what there is not: it may be called after tools and functions."""
_MAY_MEAN_FORMAT = frozenset({400, 404, 415, 422, 501})
_TOO_LONG = re.compile(
    r"context.?(length|window|size)|maximum context|too long|too many tokens|exceed\w* .*tokens", re.I
)
_FILTERED = re.compile(r"content.?(filter|policy)|responsible.?ai|safety|moderation", re.I)
_BY_STATUS = {
    401: Trouble(Failure.KEY, hopeless=True),
    402: Trouble(Failure.BUSY, "no credit left", hopeless=True),
    403: Trouble(Failure.FORBIDDEN),
    404: Trouble(Failure.NO_MODEL, hopeless=True),
    408: Trouble(Failure.TIMED_OUT, again=Again.ONCE),
    409: Trouble(Failure.SERVER, again=Again.OFTEN),
    413: Trouble(Failure.TOO_LONG),
    429: Trouble(Failure.BUSY, again=Again.OFTEN),
}
_BY_NAME = (
    ("AuthenticationError", Trouble(Failure.KEY, hopeless=True)),
    ("PermissionDenied", Trouble(Failure.FORBIDDEN)),
    ("NotFoundError", Trouble(Failure.NO_MODEL, hopeless=True)),
    ("ContextOverflow", Trouble(Failure.TOO_LONG)),
    ("RateLimit", Trouble(Failure.BUSY, again=Again.OFTEN)),
    ("Timeout", Trouble(Failure.TIMED_OUT, again=Again.ONCE)),
    ("APIConnection", Trouble(Failure.NO_CONNECTION, again=Again.OFTEN)),
    ("ModelConnection", Trouble(Failure.NO_CONNECTION, again=Again.OFTEN)),
    ("ConnectError", Trouble(Failure.NO_CONNECTION, again=Again.OFTEN)),
    ("NetworkError", Trouble(Failure.NO_CONNECTION, again=Again.OFTEN)),
    ("RemoteProtocolError", Trouble(Failure.NO_CONNECTION, again=Again.OFTEN)),
    ("ModelAPIError", Trouble(Failure.SERVER, again=Again.OFTEN)),
    ("InvalidRequest", Trouble(Failure.BAD_REQUEST)),
)
_CONNECTION_WORDS = (
    (socket.gaierror, "the server's name is not known"),
    (ssl.SSLCertVerificationError, "the server's certificate is not trusted"),
    (ConnectionRefusedError, "nothing listens there"),
    (ConnectionResetError, "the server broke it off"),
)


def of(error: Exception, asked: str, hidden: Sequence[str], wait: float | None = None, model: str = "") -> Trouble:
    """Return what an exception means. `asked` is all that was sent to `model`, `hidden` what must never be told."""
    if isinstance(error, Unsupported):
        return Trouble(Failure.BAD_REQUEST, "LangChain's package has no such way", unsupported=True)
    if isinstance(error, Unreadable):
        return Trouble(Failure.SERVER, str(error))
    status = _status(error)
    if status is not None and status >= 300:
        known = _by_status(error, status, asked, hidden, model)
        detail = known.detail if wait is None else f"{known.detail} (asks to wait {wait:.0f} s)"
        return replace(known, detail=detail, wait=wait)
    names = [kind.__name__ for kind in type(error).__mro__]
    for part, trouble in _BY_NAME:
        if any(part in name for name in names):
            return replace(trouble, detail=_connection_detail(error))
    if isinstance(error, OSError):
        return Trouble(Failure.NO_CONNECTION, _connection_detail(error), again=Again.OFTEN)
    return Trouble(Failure.SERVER, "its answer is not of the protocol", again=Again.ONCE)


def _connection_detail(error: BaseException | None) -> str:
    """Return what the system said under all the wrapping, in our own words; empty where that tells nothing."""
    while error is not None:
        for kind, words in _CONNECTION_WORDS:
            if isinstance(error, kind):
                return words
        error = error.__cause__ or error.__context__
    return ""


def headers_of(error: Exception) -> Mapping[str, str]:
    """Return the headers of the answer that the error came from, names in small letters; empty without an answer."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    return {str(name).lower(): str(value) for name, value in headers.items()}


def _by_status(error: Exception, status: int, asked: str, hidden: Sequence[str], model: str) -> Trouble:
    names = [kind.__name__ for kind in type(error).__mro__]
    body = _error_body(error)
    code, param, message = (_text(body.get(name)) for name in ("code", "param", "message"))
    said = " ".join((code, param, message, "" if message else _text(getattr(error, "body", ""))))
    if status == 404:
        said = _QUOTED.sub(" ", said.replace(model, " ") if model else said)
    detail = told(status, _word(code), "" if status == 401 else message, asked, hidden)
    if any("ContextOverflow" in name for name in names) or (status in (400, 422) and _TOO_LONG.search(said)):
        return Trouble(Failure.TOO_LONG, detail)
    if status == 429 and "quota" in code + _text(body.get("type")):
        return Trouble(Failure.BUSY, detail, hopeless=True)
    if status in (400, 403) and _FILTERED.search(code):
        return Trouble(Failure.DECLINED, detail)
    warm = status in (400, 422) and "temperature" in said
    if warm or (status in _MAY_MEAN_FORMAT and "model_not_found" not in code and _FORMAT_WORDS.search(said)):
        known = _BY_STATUS.get(status, Trouble(Failure.BAD_REQUEST))
        unsupported = bool(_FORMAT_WORDS.search(said))
        return replace(known, detail=detail, unsupported=unsupported, temperature=warm)
    if status >= 500:
        return Trouble(Failure.SERVER, detail, again=Again.NEVER if status == 501 else Again.OFTEN)
    if 300 <= status < 400:
        return Trouble(Failure.SERVER, f"{detail}: it sends elsewhere, and nothing is sent elsewhere")
    known = _BY_STATUS.get(status, Trouble(Failure.BAD_REQUEST))
    return replace(known, detail=f"{known.detail}, {detail}" if known.detail else detail)


def told(status: int, code: str, message: str, asked: str, hidden: Sequence[str]) -> str:
    """Return the status, and of code and message what may be told."""
    for secret in hidden:
        message, code = message.replace(secret, _REDACTED), code.replace(secret, "")
    message = " ".join("".join(sign if sign.isprintable() else " " for sign in message).split())
    if _repeats(message, asked):
        message = ""
    if len(message) > LONGEST_MESSAGE:
        message = message[:LONGEST_MESSAGE].rstrip() + "..."
    return ", ".join(part for part in (f"status {status}", code) if part) + (f": {message}" if message else "")


def _repeats(message: str, asked: str) -> bool:
    said, sent = _letters(message), _letters(asked)
    return any(said[place : place + _SHARED] in sent for place in range(len(said) - _SHARED + 1))


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _status(error: Exception) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _error_body(error: Exception) -> Mapping[str, Any]:
    body = getattr(error, "body", None)
    if isinstance(body, Mapping) and isinstance(body.get("error"), Mapping):
        body = body["error"]
    return body if isinstance(body, Mapping) else {}


def _text(value: Any) -> str:
    return "" if value is None else str(value)[:2_000]


def _word(code: str) -> str:
    return code if re.fullmatch(r"[A-Za-z][\w.-]{0,60}", code) else ""
