"""What every keeper of batches promises, asked of the fake and of SQLite alike."""

import datetime

import pytest

from fake_batches import FakeBatches
from notesense.adapters.sql.batches import SqlBatches
from notesense.adapters.sql.records import SqlRecords
from notesense.core.batches import Asked, Batch, Stage, State, Terms
from notesense.core.signal import Usage

NOON = datetime.datetime(2026, 3, 31, 12, 0, tzinfo=datetime.UTC)
TERMS = Terms(model="openai:m", server="http://a/v1", engine="llm", options={"redact": "people"})


@pytest.fixture(params=["fake", "sql"])
def batches(request, tmp_path):
    made = FakeBatches() if request.param == "fake" else SqlBatches(tmp_path / "home" / "notes.db")
    yield made
    made.close()


def batch(name="b1", **told):
    return Batch(id=name, terms=TERMS, made=NOON, total=2, **told)


def asked(note_id="n1", key="k1", batch_id="b1", **told):
    return Asked(batch_id=batch_id, note_id=note_id, key=key, account="Acme", **told)


def told(rows):
    return [(row.note_id, row.part, row.key, row.state, row.detail) for row in rows]


def test_a_batch_and_what_it_asks_outlive_each_step(batches):
    batches.prepare(batch(), [asked("n2", "k2", part=2), asked("n1"), asked("n2", "k2", part=1)])
    assert batches.batches() == (batch(),)
    known = batch(
        stage=Stage.FETCHED,
        status="completed",
        file_id="file-1",
        remote_id="batch_1",
        asked=NOON,
        usage=Usage(input_tokens=3, cost_usd=None),
        detail="odd \ud800",
    )
    batches.update(known, [asked("n1", state=State.FAILED, detail="the server failed"), asked("gone")])
    assert batches.batches() == (known,)
    waits = State.WAITING
    assert told(batches.asked("b1")) == [
        ("n1", 1, "k1", State.FAILED, "the server failed"),
        ("n2", 1, "k2", waits, ""),
        ("n2", 2, "k2", waits, ""),
    ]
    assert batches.asked("b9") == ()


def test_batches_come_oldest_first(batches):
    later = batch("b0").model_copy(update={"made": NOON + datetime.timedelta(hours=1)})
    batches.prepare(later, [])
    batches.prepare(batch("b1"), [asked()])
    assert [one.id for one in batches.batches()] == ["b1", "b0"]
    batches.update(later)
    assert told(batches.asked("b1")) == [("n1", 1, "k1", State.WAITING, "")]


def test_a_further_note_waits_and_one_that_waits_already_is_left_alone(batches):
    batches.prepare(batch(), [asked()])
    batches.update(batch(), [asked(state=State.ANSWERED)])
    batches.attach([asked(), asked("n3")])
    batches.attach([])
    assert told(batches.asked("b1")) == [("n1", 1, "k1", State.ANSWERED, ""), ("n3", 1, "k1", State.WAITING, "")]


def test_forgetting_a_note_takes_its_requests_along(batches, tmp_path):
    batches.prepare(batch(), [asked("n1"), asked("n2")])
    if isinstance(batches, FakeBatches):
        batches.forget(["n1"])
    else:
        records = SqlRecords(tmp_path / "home" / "notes.db")
        records.forget(["Acme"], ["n1"], whole=False)
        records.close()
    assert [row.note_id for row in batches.asked("b1")] == ["n2"]
