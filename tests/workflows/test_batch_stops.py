"""Batches survive a stop between any two steps: no note is lost, and no question is paid twice."""

import contextlib
import json
from collections import Counter

import pytest

from notesense.adapters.sql.batches import SqlBatches
from notesense.adapters.sql.records import SqlRecords
from notesense.adapters.sql.store import SqlStore
from notesense.core.batches import Stage
from notesense.errors import ServerAway
from notesense.workflows.batches.collecting import Patience, collect
from notesense.workflows.batches.office import SETTLED, cancel
from notesense.workflows.batches.submitting import Wishes, retry, submit
from serving import misbehaviour as does
from serving.server import text_of
from workflows.backfill import Bureau, said_again

TEXTS = ("A leaks.", "B leaks.\nC leaks.", "A leaks.\nD leaks.")
STEPS = frozenset("prepare update attach replace_extraction upload submit find look lines delete cancel".split())
MOST_STEPS = 120


class Killed(BaseException):
    """The program is gone; nothing in it may catch this."""


class Fuse:
    """Stops the program just before one of its steps, counted from 1: that is just after the one before."""

    def __init__(self, at: int) -> None:
        self.left = at
        self.blown = False

    def wrap(self, port):
        return _Fused(port, self)

    def step(self, do):
        self.left -= 1
        if self.left or self.blown:
            return do()
        self.blown = True
        raise Killed


class _Fused:
    def __init__(self, port, fuse):
        self._port, self._fuse = port, fuse

    def __getattr__(self, name):
        value = getattr(self._port, name)
        if name not in STEPS:
            return value
        return lambda *given: self._fuse.step(lambda: value(*given))


def run(bureau, wrapped=lambda port: port):
    """Do all that a user does: submit, and collect until nothing is left to come."""
    submit(bureau.store.notes(), bureau.terms, bureau.office(wrapped), Wishes(most_requests=2))
    return collect(bureau.office(wrapped), Patience(lambda seconds: None))


def all_read(bureau):
    return [bureau.found(note) for note in bureau.store.notes()] == [text.splitlines() for text in TEXTS]


def finished(bureau, paid):
    """Let the server finish all that it was ever given, and return what was paid."""
    batches = bureau.server.batches
    for batch_id in list(batches.batches):
        for _ in bureau.server.batches.steps:
            batches.retrieve(batch_id)
    return paid


@pytest.fixture(params=["fake", "sql"])
def made(request, model_server, tmp_path):
    """Return a maker of fresh bureaus; each counts how often the server answered what."""
    opened = []
    api = Bureau(model_server).api

    def make():
        model_server.batches.batches.clear()
        model_server.batches.files.clear()
        model_server.batches.steps = ["validating", "completed"]
        paid = Counter()
        if request.param == "fake":
            bureau = Bureau(model_server, api=api)
        else:
            path = tmp_path / str(len(opened)) / "notes.db"
            bureau = Bureau(model_server, SqlStore(path), SqlBatches(path), api, SqlRecords(path))
            opened.extend((bureau.store, bureau.batches, bureau.records))

        def answer(body):
            paid[text_of(body).splitlines()[-1]] += 1
            return said_again(body)

        model_server.answer = answer
        bureau.keep(*TEXTS)
        return bureau, paid

    yield make
    for each in opened:
        each.close()


def test_a_stop_before_any_step_loses_nothing_and_pays_nothing_twice(made, request):
    apart = 1 if request.node.callspec.params["made"] == "fake" else 6
    for at in range(1, MOST_STEPS, apart):
        bureau, paid = made()
        fuse = Fuse(at)
        with contextlib.suppress(Killed):
            run(bureau, fuse.wrap)
        bureau.ahead = SETTLED
        run(bureau)
        assert all_read(bureau), at
        assert set(finished(bureau, paid).values()) == {1}, (at, paid)
        assert [spent.calls for spent in bureau.records.spent()] == [len(paid)], at
        assert {batch.stage for batch in bureau.batches.batches()} <= {Stage.DONE, Stage.UNSENT}
        if not fuse.blown:
            assert at > 20
            return
    pytest.fail("it never ended")


def test_a_stop_while_what_failed_is_asked_again(made, request):
    for at in range(1, MOST_STEPS, 1 if request.node.callspec.params["made"] == "fake" else 6):
        bureau, paid = made()
        answer = bureau.server.answer
        bureau.server.answer = lambda body: does.too_long()
        run(bureau)
        bureau.server.answer = answer
        fuse = Fuse(at)
        try:
            retry(None, bureau.office(fuse.wrap), Wishes(most_requests=3))
        except Killed:
            bureau.ahead = SETTLED
            collect(bureau.office(), Patience(lambda seconds: None))
            retry(None, bureau.office())
        collect(bureau.office(), Patience(lambda seconds: None))
        assert all_read(bureau), at
        assert set(finished(bureau, paid).values()) == {1}, (at, paid)
        if not fuse.blown:
            return
    pytest.fail("it never ended")


def test_a_batch_submitted_without_our_knowing_is_found_by_its_mark(made):
    bureau, paid = made()
    fuse = Fuse(5)  # after prepare, upload, update, submit
    with pytest.raises(Killed):
        submit(bureau.store.notes(), bureau.terms, bureau.office(fuse.wrap))
    (batch,) = bureau.batches.batches()
    assert (batch.stage, batch.remote_id) == (Stage.PREPARED, None)
    assert len(bureau.server.batches.batches) == 1
    done = collect(bureau.office(), Patience(lambda seconds: None))
    assert done.read == 3
    assert set(finished(bureau, paid).values()) == {1}


def test_a_batch_of_unknown_fate_can_be_cancelled(made):
    bureau, paid = made()
    with pytest.raises(Killed):
        submit(bureau.store.notes(), bureau.terms, bureau.office(Fuse(5).wrap))
    (batch,) = bureau.batches.batches()
    assert cancel(batch.id, bureau.office()).batch.status == "cancelling"
    bureau, paid = made()
    with pytest.raises(Killed):
        submit(bureau.store.notes(), bureau.terms, bureau.office(Fuse(4).wrap))
    (batch,) = bureau.batches.batches()
    assert bureau.server.batches.files != {}
    with pytest.raises(ServerAway, match="not known yet"):
        cancel(batch.id, bureau.office())
    assert bureau.server.batches.files != {}
    bureau.ahead = SETTLED
    assert cancel(batch.id, bureau.office()).batch.stage is Stage.UNSENT
    assert bureau.server.batches.files == {}
    assert paid == {}


def test_a_batch_that_was_submitted_twice_is_cancelled_once(made):
    bureau, paid = made()
    submit(bureau.store.notes(), bureau.terms, bureau.office())
    (batch,) = bureau.batches.batches()
    bureau.batches.update(batch.model_copy(update={"stage": Stage.PREPARED, "remote_id": None}))
    bureau.api.submit(batch.file_id, batch.id)
    bureau.server.batches.answered = 0
    assert collect(bureau.office(), Patience(lambda seconds: None)).read == 3
    assert sorted(one["status"] for one in bureau.server.batches.batches.values()) == ["cancelling", "completed"]
    assert set(paid.values()) == {1}


def test_what_came_before_an_interruption_stays(made):
    bureau, _ = made()
    bureau.server.batches.steps = ["validating", "in_progress", "completed"]
    submit(bureau.store.notes(), bureau.terms, bureau.office())

    def stop(seconds):
        raise KeyboardInterrupt

    told = collect(bureau.office(), Patience(stop))
    assert (told.interrupted, told.read) == (True, 0)
    assert collect(bureau.office(), Patience(lambda seconds: None)).read == 3


def test_the_words_of_the_notes_stand_in_no_file_of_ours_but_the_notes(made, tmp_path):
    bureau, _ = made()
    submit(bureau.store.notes(), bureau.terms, bureau.office())
    rows = [one.model_dump(mode="json") for batch in bureau.batches.batches() for one in bureau.batches.asked(batch.id)]
    assert "leaks" not in json.dumps([rows, [batch.model_dump(mode="json") for batch in bureau.batches.batches()]])
