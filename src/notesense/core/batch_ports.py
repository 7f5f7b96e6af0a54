"""The seams of batches: where they are kept, and the server that works on them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from notesense.core.batches import Asked, Batch, Remote
from notesense.core.records import Call
from notesense.core.requests import Reply, Request


class BatchRecords(Protocol):
    """What is kept of batches. Each method is one transaction. `forget` of a note takes its requests along."""

    def prepare(self, batch: Batch, asked: Sequence[Asked]) -> None:
        """Write down a new batch and what it asks, before anything is sent."""
        ...

    def update(self, batch: Batch, asked: Sequence[Asked] = (), calls: Sequence[Call] = ()) -> None:
        """Put what is known now of a batch, and of some of its requests, in the place of what was known.

        `calls` are what it cost, written down with it or not at all.
        """
        ...

    def attach(self, asked: Sequence[Asked]) -> None:
        """Let more notes wait for requests of batches that are underway; one that waits already is passed over."""
        ...

    def batches(self) -> tuple[Batch, ...]:
        """Return all batches, oldest first."""
        ...

    def asked(self, batch_id: str) -> tuple[Asked, ...]:
        """Return what a batch asks, by note, part and key, less what was forgotten since."""
        ...

    def close(self) -> None:
        """Release the database."""
        ...


class BatchServer(Protocol):
    """A server's Batch API.

    All methods raise ServerAway where it may work later, NotTaken where the server refused for good, and ModelError
    where it will not work but may have had an effect.
    """

    def line(self, request: Request) -> bytes:
        """Return a request as a line of a batch's file."""
        ...

    def upload(self, name: str, content: bytes) -> str:
        """Hand over a file; return its id."""
        ...

    def submit(self, file_id: str, batch_id: str) -> Remote:
        """Begin a batch over an uploaded file, marked with our own id. Never tried twice by itself."""
        ...

    def find(self, batch: Batch) -> Remote | None:
        """Return the batch that is marked with our id, where the server has one; more than one are cancelled."""
        ...

    def look(self, remote_id: str) -> Remote | None:
        """Return a batch as it is now, or None where the server has none of this id."""
        ...

    def cancel(self, remote_id: str) -> Remote:
        """Begin to cancel a batch; one that has ended stays as it is."""
        ...

    def lines(self, file_id: str) -> Iterator[bytes] | None:
        """Return the lines of a file, or None where the server has none of this id."""
        ...

    def delete(self, *file_ids: str) -> None:
        """Delete files; one that cannot be deleted is left to expire."""
        ...

    def reply(self, request: Request, body: Mapping[str, Any]) -> Reply:
        """Return what the body of a chat completion answers to this request."""
        ...
