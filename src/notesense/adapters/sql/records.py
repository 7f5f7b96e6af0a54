"""Port `ModelRecords` on the SQLite file of the notes: calls, answers, abilities, restrictions.

Much of it is about notes that may not be stored, so `forget` follows note ids, accounts and the keys of requests: an
answer that was remembered for one note and used again for another belongs to both.
"""

import datetime
import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, case, delete, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from notesense.adapters.sql.file import SqlFile
from notesense.adapters.sql.schema import abilities, answers, batch_requests, calls, restricted
from notesense.core.accounts import key as folded
from notesense.core.note import Value
from notesense.core.records import Ability, Call, Restriction, Spent
from notesense.core.requests import Reply, Request
from notesense.core.signal import Usage

_TOGETHER = 500
"""Values in one question; SQLite bounds them."""


class SqlRecords(SqlFile):
    """Port `ModelRecords` on one SQLite file. Raises StoreError where the file cannot be used."""

    def remembered(self, key: str, model: str) -> Reply | None:
        """Return the answer that this model gave to the request with this key: cached, and at no cost."""
        with self._read() as connection:
            wanted = select(answers.c.reply).where(answers.c.key == key, answers.c.model == model)
            found = connection.execute(wanted).scalar()
            return Reply.model_validate(json.loads(found)) if found else None

    def remember(self, request: Request, model: str, reply: Reply) -> None:
        """Keep an answer; an earlier one of the same model to the same request goes. Failures are never kept."""
        if reply.data is None or reply.failure is not None:
            return
        row = {
            "key": request.key,
            "model": model,
            "note_id": request.note_id,
            "account": folded(request.account),
            "made": _utc(datetime.datetime.now(datetime.UTC)),
            "reply": _json(reply.model_copy(update={"cached": True, "usage": Usage()})),
        }
        with self._write() as connection:
            _replace(connection, answers, row)

    def record(self, made: Sequence[Call]) -> None:
        """Write down what was asked and what it cost."""
        if made:
            with self._write() as connection:
                write_calls(connection, made)

    def spent(self, since: datetime.date | None = None) -> tuple[Spent, ...]:
        """Return what was spent, by month, model and task, in this order."""
        wanted = _SPENT if since is None else _SPENT.where(calls.c.made >= since.isoformat())
        with self._read() as connection:
            return tuple(Spent(**row) for row in connection.execute(wanted).mappings())

    def ability(self, server: str, model: str) -> str | None:
        """Return how this model on this server is asked for a form, once that was found out."""
        with self._read() as connection:
            wanted = select(abilities.c.step).where(abilities.c.server == server, abilities.c.model == model)
            return connection.execute(wanted).scalar()

    def note_ability(self, ability: Ability) -> None:
        """Remember it in the place of what was known of this model on this server."""
        with self._write() as connection:
            _replace(connection, abilities, ability.model_dump())

    def abilities(self) -> tuple[Ability, ...]:
        """Return all that was found out, by server and model."""
        with self._read() as connection:
            wanted = select(abilities).order_by(abilities.c.server, abilities.c.model)
            return tuple(Ability(**row) for row in connection.execute(wanted).mappings())

    def restrict(self, restriction: Restriction) -> None:
        """Keep an account or a note from leaving this machine; twice is once."""
        with self._write() as connection:
            row = {"account": folded(restriction.account), "name": restriction.account, "note_id": restriction.note_id}
            _replace(connection, restricted, row)

    def lift(self, restriction: Restriction) -> bool:
        """Take back just this restriction; False where there was none."""
        with self._write() as connection:
            where = (restricted.c.account == folded(restriction.account), restricted.c.note_id == restriction.note_id)
            return bool(connection.execute(delete(restricted).where(*where)).rowcount)

    def restrictions(self) -> tuple[Restriction, ...]:
        """Return all restrictions, by account and note; account names as they were given."""
        with self._read() as connection:
            wanted = select(restricted.c.name, restricted.c.note_id).order_by(
                restricted.c.account, restricted.c.note_id
            )
            return tuple(Restriction(account=name, note_id=note_id) for name, note_id in connection.execute(wanted))

    def forget(self, accounts: Collection[str], note_ids: Collection[str], whole: bool) -> None:
        """Delete what belongs to these notes, and to the account with these names that no one note explains."""
        with self._write() as connection:
            forget(connection, accounts, note_ids, whole)


def write_calls(connection: Connection, made: Sequence[Call]) -> None:
    """Write down what was asked and what it cost; part of the caller's transaction."""
    if made:
        connection.execute(insert(calls), [_call_row(call) for call in made])


def forget(connection: Connection, accounts: Collection[str], note_ids: Collection[str], whole: bool) -> None:
    """Delete what belongs to these notes and to the account, as the port says; part of the caller's transaction."""
    names = sorted({folded(name) for name in accounts})
    ids = sorted(note_ids)
    for which in _belonging(calls, names, ids, whole):
        asked = select(calls.c.key).where(which)
        connection.execute(delete(answers).where(answers.c.key.in_(asked)))
        connection.execute(update(calls).where(which), {"note_id": "", "account": "", "key": ""})
    for table in (answers, batch_requests):
        for which in _belonging(table, names, ids, whole):
            connection.execute(delete(table).where(which))
    for which in _belonging(restricted, names if whole else [], ids, whole):
        connection.execute(delete(restricted).where(which))


def _belonging(table: Table, names: list[str], ids: list[str], whole: bool) -> Iterator[ColumnElement[bool]]:
    """Yield conditions for the rows about these notes, and about the account: all, or those about no one note."""
    for at in range(0, len(ids), _TOGETHER):
        yield table.c.note_id.in_(ids[at : at + _TOGETHER])
    if names:
        of_account = table.c.account.in_(names)
        yield of_account if whole else and_(of_account, table.c.note_id == "")


def _spent() -> Select[Any]:
    sent = calls.c.outcome != "cached"
    unpriced = func.sum(case((and_(sent, calls.c.cost.is_(None)), 1), else_=0))
    groups = (func.substr(calls.c.made, 1, 7).label("month"), calls.c.model, calls.c.task)
    return (
        select(
            *groups,
            func.sum(case((sent, 1), else_=0)).label("calls"),
            func.sum(case((calls.c.outcome == "failed", 1), else_=0)).label("failed"),
            func.sum(case((sent, 0), else_=1)).label("cached"),
            func.sum(calls.c.input_tokens).label("input_tokens"),
            func.sum(calls.c.output_tokens).label("output_tokens"),
            func.sum(calls.c.cached_tokens).label("cached_tokens"),
            func.coalesce(func.sum(case((sent, calls.c.cost))), case((unpriced == 0, 0.0))).label("cost_usd"),
            unpriced.label("unpriced"),
        )
        .group_by(*groups)
        .order_by(*groups)
    )


_SPENT = _spent()


def _replace(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Put a row in the place of the one with the same key."""
    connection.execute(insert(table).prefix_with("OR REPLACE"), row)


def _call_row(call: Call) -> dict[str, Any]:
    usage = call.usage
    row: dict[str, Any] = {name: getattr(call, name) for name in ("task", "model", "key", "note_id", "outcome")}
    return row | {
        "made": _utc(call.made),
        "account": folded(call.account),
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cached_tokens": usage.cached_tokens,
        "cost": usage.cost_usd,
        "seconds": usage.seconds,
        "failure": call.failure.name if call.failure else None,
    }


def _json(value: Value) -> str:
    """Return a value as ASCII JSON, whatever characters a model or a note brought."""
    return json.dumps(value.model_dump())


def _utc(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat()
