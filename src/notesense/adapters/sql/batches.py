"""Port `BatchRecords` on the SQLite file of the notes. `records.forget` takes the requests of forgotten notes along."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from notesense.adapters.sql.file import SqlFile
from notesense.adapters.sql.records import write_calls
from notesense.adapters.sql.schema import batch_requests, batches
from notesense.core.accounts import key as folded
from notesense.core.batches import Asked, Batch
from notesense.core.records import Call


class SqlBatches(SqlFile):
    """Port `BatchRecords` on one SQLite file. Raises StoreError where the file cannot be used."""

    def prepare(self, batch: Batch, asked: Sequence[Asked]) -> None:
        """Write down a new batch and what it asks, before anything is sent."""
        with self._write() as connection:
            connection.execute(insert(batches), {"id": batch.id, "made": batch.made.isoformat(), **_told(batch)})
            _insert(connection, asked)

    def update(self, batch: Batch, asked: Sequence[Asked] = (), calls: Sequence[Call] = ()) -> None:
        """Put what is known now of a batch, of some of its requests, and of what it cost in the place of what was."""
        with self._write() as connection:
            connection.execute(update(batches).where(batches.c.id == batch.id), _told(batch))
            if asked:
                connection.execute(_ONE, [{f"the_{name}": value for name, value in _row(one).items()} for one in asked])
            write_calls(connection, calls)

    def attach(self, asked: Sequence[Asked]) -> None:
        """Let more notes wait for requests of batches that are underway; one that waits already is passed over."""
        with self._write() as connection:
            _insert(connection, asked)

    def batches(self) -> tuple[Batch, ...]:
        """Return all batches, oldest first."""
        with self._read() as connection:
            wanted = select(batches.c.batch).order_by(batches.c.made, batches.c.id)
            return tuple(Batch.model_validate(json.loads(batch)) for batch in connection.scalars(wanted))

    def asked(self, batch_id: str) -> tuple[Asked, ...]:
        """Return what a batch asks, by note, part and key, less what was forgotten since."""
        names = batch_requests.c
        wanted = select(batch_requests).where(names.batch_id == batch_id)
        with self._read() as connection:
            rows = connection.execute(wanted.order_by(names.note_id, names.part, names.key)).mappings()
            return tuple(Asked.model_validate(dict(row)) for row in rows)


_IDENTITY = ("batch_id", "note_id", "part", "key")
_ONE = (
    update(batch_requests)
    .where(and_(*(batch_requests.c[name] == bindparam(f"the_{name}") for name in _IDENTITY)))
    .values({name: bindparam(f"the_{name}") for name in ("state", "detail", "names")})
)


def _insert(connection: Connection, asked: Sequence[Asked]) -> None:
    if asked:
        connection.execute(insert(batch_requests).prefix_with("OR IGNORE"), [_row(one) for one in asked])


def _row(asked: Asked) -> dict[str, Any]:
    return asked.model_dump() | {"account": folded(asked.account), "state": asked.state.value}


def _told(batch: Batch) -> dict[str, str]:
    """Return what is known of a batch as ASCII JSON, whatever characters a server brought."""
    return {"batch": json.dumps(batch.model_dump(mode="json"))}
