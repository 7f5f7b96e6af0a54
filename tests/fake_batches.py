"""An in-memory stand-in for what is kept of batches, held to the same contract tests as SQLite."""

from fakes import FakeRecords
from notesense.core.accounts import key
from notesense.core.batches import Asked, Batch


class FakeBatches:
    """Port `BatchRecords` in dictionaries."""

    def __init__(self, records: FakeRecords | None = None) -> None:
        self.records = records or FakeRecords()
        self.known: dict[str, Batch] = {}
        self.rows: dict[tuple[str, str, int, str], Asked] = {}

    def prepare(self, batch, asked):
        self.known[batch.id] = batch
        self.attach(asked)

    def update(self, batch, asked=(), calls=()):
        self.known[batch.id] = batch
        self.records.record(calls)
        for one in asked:
            if _at(one) in self.rows:
                told = {"state": one.state, "detail": one.detail, "names": one.names}
                self.rows[_at(one)] = self.rows[_at(one)].model_copy(update=told)

    def attach(self, asked):
        for one in asked:
            self.rows.setdefault(_at(one), one.model_copy(update={"account": key(one.account)}))

    def batches(self):
        return tuple(sorted(self.known.values(), key=lambda batch: (batch.made, batch.id)))

    def asked(self, batch_id):
        return tuple(one for at, one in sorted(self.rows.items()) if at[0] == batch_id)

    def forget(self, note_ids):
        self.rows = {at: one for at, one in self.rows.items() if one.note_id not in note_ids}

    def close(self):
        pass


def _at(asked: Asked) -> tuple[str, str, int, str]:
    return asked.batch_id, asked.note_id, asked.part, asked.key
