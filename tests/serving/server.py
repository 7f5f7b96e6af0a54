"""The server itself: a thread for each connection, everything recorded. How to use it stands in `serving`."""

import contextlib
import email
import email.policy
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from .batches import Batches
from .completions import completion, embeddings, model_list, text_of
from .misbehaviour import (
    CutOff,
    Declined,
    Drip,
    Filtered,
    HalfBody,
    Hang,
    Misbehaviour,
    Raw,
    Reset,
    Said,
    Status,
    refused_key,
)
from .rules import refusal

__all__ = ["MODEL", "ModelServer", "Recorded", "in_turn", "text_of"]

MODEL = "test-model"
EVERYTHING = frozenset({"json_schema", "tools", "json_object", "temperature"})
SPOKEN = (CutOff, Declined, Filtered, Said)
HANG_SECONDS = 30.0
Answer = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Recorded:
    """A request as it came. Header names are in small letters; `at` is a reading of the monotonic clock."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    at: float


def in_turn(*answers: Any) -> Answer:
    """Return an answer function that gives these, one after another, and then the last again."""
    lock, left = threading.Lock(), list(answers)

    def answer(body: dict[str, Any]) -> Any:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return answer


class ModelServer:
    """A server for tests; use it as a context manager."""

    def __init__(self, answer: Answer = lambda body: {}, *, latency: float = 0.0) -> None:
        self.answer = answer
        self.latency = latency
        self.supports: frozenset[str] | set[str] = EVERYTHING
        self.ignores: frozenset[str] | set[str] = frozenset()
        self.models: tuple[str, ...] = (MODEL,)
        self.key: str | None = None
        self.cached_tokens = 0
        self.instead: Callable[[str, str], Misbehaviour | None] = lambda method, path: None
        self.requests: list[Recorded] = []
        self.faults: list[BaseException] = []
        self.peak = 0
        self.batches = Batches(self.complete)
        self.lock = threading.RLock()
        self.closing = threading.Event()
        self._open = 0
        self._http = _Listening(("127.0.0.1", 0), _Handler)
        self._http.model_server = self
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        """What goes into OPENAI_BASE_URL."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    @property
    def chats(self) -> list[Any]:
        """The bodies of the chat requests so far, in the order in which they came."""
        with self.lock:
            return [each.body for each in self.requests if each.path == "/v1/chat/completions"]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.leave_all()
        self._http.server_close()
        self._thread.join()

    def complete(self, body: Any) -> dict[str, Any] | Misbehaviour:
        """Return the body of the answer to a chat request, or what happens instead of it."""
        if refused := refusal(body, self.supports, self.models):
            return refused
        try:
            given = self.answer(body)
            if isinstance(given, Misbehaviour) and not isinstance(given, SPOKEN):
                return given
            return completion(body, given, self.ignores, self.cached_tokens)
        except Exception as error:
            self.faults.append(error)
            return Status(500, f"The test's answer function raised {type(error).__name__}.", "server_error")

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        """Count a chat request while it is open."""
        with self.lock:
            self._open += 1
            self.peak = max(self.peak, self._open)
        try:
            yield
        finally:
            with self.lock:
                self._open -= 1


class _Listening(ThreadingHTTPServer):
    """Knows its connections, so that none is left open; closes them without a farewell, as a reset needs it."""

    daemon_threads = False
    request_queue_size = 128
    model_server: ModelServer

    def __init__(self, *given: Any) -> None:
        self._connections: set[socket.socket] = set()
        super().__init__(*given)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that left is no fault of the server."""

    def leave_all(self) -> None:
        for connection in tuple(self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listening

    def do_GET(self) -> None:
        self._take()

    def do_POST(self) -> None:
        self._take()

    def do_DELETE(self) -> None:
        self._take()

    def log_message(self, *_: object) -> None:
        """Tests read `requests` instead."""

    def _take(self) -> None:
        house = self.server.model_server
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        path = self.path.split("?")[0]
        body = self._parsed(content)
        with house.lock:
            house.requests.append(Recorded(self.command, path, headers, body, time.monotonic()))
        if house.key is not None and headers.get("authorization") != f"Bearer {house.key}":
            given = headers.get("authorization", "").removeprefix("Bearer ")
            self._send(refused_key(given))
        elif (self.command, path) == ("POST", "/v1/chat/completions"):
            with house.counted():
                house.closing.wait(house.latency)
                self._send(house.complete(body))
        else:
            with house.lock:
                misbehaviour = house.instead(self.command, path)
                self._send(misbehaviour or self._routed(house, path.removeprefix("/v1").strip("/").split("/"), body))

    def _routed(self, house: ModelServer, path: list[str], body: Any) -> Any:
        match (self.command, *path):
            case ("GET", "models"):
                return model_list(house.models)
            case ("POST", "embeddings"):
                return embeddings(body)
            case (_, "files", *rest):
                return self._file(house.batches, rest, body)
            case ("POST", "batches"):
                return house.batches.create(body)
            case ("GET", "batches"):
                return house.batches.listed()
            case ("GET", "batches", name):
                return house.batches.retrieve(name)
            case ("POST", "batches", name, "cancel"):
                return house.batches.cancel(name)
        return Status(404, f"Invalid URL ({self.command} {self.path})")

    def _file(self, batches: Batches, path: list[str], body: Any) -> Any:
        match (self.command, *path):
            case ("POST",):
                return batches.upload(body["file"][0], body["purpose"][1].decode(), body["file"][1])
            case ("GET", name) if name in batches.files:
                return batches.files[name][0]
            case ("GET", name, "content") if name in batches.files:
                return Raw(batches.files[name][1], "application/octet-stream")
            case ("DELETE", name) if name in batches.files:
                del batches.files[name]
                return {"id": name, "object": "file", "deleted": True}
        return Status(404, "No such File object.")

    def _parsed(self, content: bytes) -> Any:
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("multipart/form-data"):
            form = email.message_from_bytes(
                b"Content-Type: " + kind.encode() + b"\r\n\r\n" + content, policy=email.policy.HTTP
            )
            return {
                str(part.get_param("name", header="content-disposition")): (
                    part.get_filename(),
                    part.get_payload(decode=True),
                )
                for part in form.iter_parts()
            }
        try:
            return json.loads(content) if content else None
        except ValueError:
            return content

    def _send(self, given: Any) -> None:
        match given:
            case Reset():
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
            case Hang():
                self.server.model_server.closing.wait(HANG_SECONDS)
                self.close_connection = True
            case HalfBody():
                self._write(200, b'{"id": "x", "choices": [', "application/json", {}, missing=100)
                self.close_connection = True
            case Drip():
                self._write(200, b"", "application/json", {}, missing=10_000_000)
                while not self.server.model_server.closing.wait(0.005):
                    self.wfile.write(b" ")
                self.close_connection = True
            case Raw(body, kind, status, headers):
                self._write(status, body, kind, headers)
            case Status():
                self._write(given.status, _json(given.as_body()), "application/json", given.headers)
            case _:
                self._write(200, _json(given), "application/json", {})

    def _write(self, status: int, body: bytes, kind: str, headers: dict[str, str], missing: int = 0) -> None:
        self.send_response(status)
        told = {"Content-Type": kind, "Content-Length": str(len(body) + missing), "x-request-id": "req_test"}
        for name, value in (told | headers).items():
            self.send_header(name, value)
        self._headers_buffer.append(b"\r\n")
        self.wfile.write(b"".join(self._headers_buffer) + body)
        self._headers_buffer = []


def _json(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()
