"""Batches from submission to the notes read again, over the real adapter and HTTP, with stops at every step."""

import json

import pytest

from notesense.core.batches import Stage, State
from notesense.core.corrections import Correction
from notesense.core.signal import Extraction
from notesense.errors import InputError
from notesense.workflows.batches.collecting import Patience, collect
from notesense.workflows.batches.office import cancel
from notesense.workflows.batches.submitting import Wishes, retry, submit
from notesense.workflows.batches.waiting import Bounds
from serving import misbehaviour as does
from serving.server import text_of
from workflows.backfill import Bureau


@pytest.fixture
def bureau(model_server):
    return Bureau(model_server)


def waited(bureau, **given):
    """Collect until everything is there, without losing time."""
    return collect(bureau.office(), Patience(lambda seconds: None), **given)


def states(bureau):
    return {
        (one.note_id, one.part): one.state
        for batch in bureau.batches.batches()
        for one in bureau.batches.asked(batch.id)
    }


def asked_lines(bureau):
    """Return the last line of every request in every file that was submitted at the server."""

    held = bureau.server.batches
    files = [
        held.files[batch["input_file_id"]][1] for batch in held.batches.values() if batch["input_file_id"] in held.files
    ]
    return [text_of(json.loads(line)["body"]).splitlines()[-1] for content in files for line in content.splitlines()]


def test_notes_are_submitted_collected_and_read_again(bureau):
    one, two = bureau.keep("It leaks.\nIt hums.", "It stops.")
    submitted = submit([one, two], bureau.terms, bureau.office())
    assert (submitted.notes, submitted.requests, len(submitted.batches), submitted.error) == (2, 3, 1, None)
    assert (submitted.usage.input_tokens, submitted.usage.cost_usd) == (30, 18.0)
    assert bureau.found(one) == []
    (batch,) = bureau.batches.batches()
    assert (batch.stage, batch.status, batch.total) == (Stage.SUBMITTED, "validating", 3)
    first = collect(bureau.office())
    assert [(each.stage, each.status) for each in first.batches] == [(Stage.SUBMITTED, "in_progress")]
    assert (first.read, first.failed, first.faults) == (0, (), ())
    done = waited(bureau)
    assert (done.read, done.signals, done.retry, done.failed) == (2, 3, 0, ())
    assert (bureau.found(one), bureau.found(two)) == (["It leaks.", "It hums."], ["It stops."])
    (batch,) = bureau.batches.batches()
    assert (batch.stage, batch.done, batch.detail) == (Stage.DONE, 3, "")
    (spent,) = bureau.records.spent()
    assert (spent.calls, spent.input_tokens) == (3, batch.usage.input_tokens)
    assert batch.usage.cost_usd == pytest.approx(spent.cost_usd)
    assert spent.cost_usd == pytest.approx((batch.usage.input_tokens + 4 * batch.usage.output_tokens) / 1e6)
    assert set(states(bureau).values()) == {State.READ}
    assert bureau.server.batches.files == {}
    assert collect(bureau.office()).batches == ()
    again = submit([one, two], bureau.terms, bureau.office())
    assert (again.ready, again.requests, again.batches) == (2, 0, ())


def test_what_waits_already_is_not_asked_again(bureau):
    (one,) = bureau.keep("It leaks.")
    submit([one], bureau.terms, bureau.office())
    (other,) = bureau.keep("It leaks.", account="Other")
    again = submit([one, other], bureau.terms, bureau.office())
    assert (again.underway, again.notes, again.requests, again.batches) == (2, 0, 0, ())
    assert asked_lines(bureau) == ["It leaks."]
    assert waited(bureau).read == 2
    assert (bureau.found(one), bureau.found(other)) == (["It leaks."], ["It leaks."])


def test_files_are_split_at_the_limits_and_the_same_question_stands_once(bureau):
    notes = bureau.keep("A leaks.\nB leaks.", "A leaks.", "C leaks.\nD leaks.", "D leaks.\nA leaks.")
    submitted = submit(notes, bureau.terms, bureau.office(), Wishes(most_requests=3))
    assert (len(submitted.batches), submitted.requests, submitted.notes) == (2, 4, 4)
    assert sorted(asked_lines(bureau)) == ["A leaks.", "B leaks.", "C leaks.", "D leaks."]
    assert waited(bureau).read == 4
    assert [bureau.found(note) for note in notes] == [note.text.splitlines() for note in notes]


def test_bytes_split_files_too_and_one_line_too_large_is_told(bureau):
    notes = bureau.keep("Short one.", "Long " * 400, "Short two.")
    submitted = submit(notes, bureau.terms, bureau.office(), Wishes(most_bytes=900))
    assert len(submitted.batches) == 2
    (refused,) = submitted.failed
    assert refused.where == "n2 (Harlow, 2026-03-02)"
    assert "larger" in refused.reason


def test_a_dry_run_sends_and_writes_nothing(bureau):
    notes = bureau.keep("It leaks.\nIt hums.", "It leaks.")
    told = submit(notes, bureau.terms, bureau.office(), Wishes(dry_run=True))
    assert (told.dry_run, told.notes, told.requests, told.usage.cost_usd) == (True, 1, 2, 12.0)
    assert told.underway == 1
    assert [one.messages[-1].text for one in told.planned] == ["It leaks.", "It hums."]
    assert bureau.server.requests == []
    assert bureau.batches.batches() == ()


def test_limits_stop_before_anything_is_sent_that_would_pass_them(bureau):
    notes = bureau.keep("A leaks.", "B leaks.", "C leaks.")
    told = submit(notes, bureau.terms, bureau.office(), Wishes(Bounds(cost=12.5)))
    assert (told.notes, told.usage.cost_usd) == (2, 12.0)
    assert [one.where.split()[0] for one in told.failed] == ["n3"]
    told = submit(notes, bureau.terms, bureau.office(), Wishes(Bounds(tokens=11)))
    assert (told.underway, told.notes, len(told.failed)) == (2, 0, 1)


def test_labelled_notes_are_left_alone(bureau):
    one, two = bureau.keep("It leaks.", "It stops.")
    bureau.store.replace_extraction(one.id, Extraction(note_id=one.id, engine="labels"))
    told = submit([one, two], bureau.terms, bureau.office())
    assert (told.labelled, told.notes) == (1, 1)
    bureau.store.replace_extraction(two.id, Extraction(note_id=two.id, engine="labels"))
    assert waited(bureau).read == 0
    assert bureau.found(two) == []
    assert set(states(bureau).values()) == {State.READ}


def test_notes_forgotten_in_between_are_gone_and_corrections_stay(bureau):
    one, two = bureau.keep("It leaks.", "It stops.")
    submit([one, two], bureau.terms, bureau.office())
    bureau.store.forget("Harlow", one.id)
    bureau.batches.forget([one.id])
    wrong = Correction(note_id=two.id, signal_id=None, verdict="complete", made=bureau.office().now())
    bureau.store.correct([wrong])
    done = waited(bureau)
    assert (done.read, done.failed) == (1, ())
    (batch,) = done.batches
    assert batch.detail == "answers about notes that you have forgotten since, thrown away: 1"
    assert bureau.store.corrections(two.id) == (wrong,)
    assert [request.messages[1].text for request, _ in bureau.records.answers.values()] == ["It stops."]


def test_what_fails_stays_with_its_local_reading_and_can_be_asked_again(bureau):
    one, two = bureau.keep("It leaks.\nToo long.", "It stops.")
    bureau.server.answer = lambda body: does.too_long() if "Too long." in text_of(body) else {"said": "It stops."}
    submit([one, two], bureau.terms, bureau.office())
    done = waited(bureau)
    assert (done.read, done.retry) == (1, 1)
    (failed,) = done.failed
    assert failed.where == "n1 (Harlow, 2026-03-01)"
    assert failed.reason == "more than the model can read at once (400 context_length_exceeded)"
    assert bureau.found(one) == []
    bureau.server.answer = lambda body: {"said": text_of(body).splitlines()[-1]}
    (again,) = retry(None, bureau.office())
    assert (again.notes, again.requests) == (1, 1)
    done = waited(bureau)
    assert (done.read, done.retry) == (1, 0)
    assert bureau.found(one) == ["Too long."]
    assert retry(None, bureau.office()) == ()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (does.CutOff(), "the answer was cut off"),
        (does.Declined(), "the model declined"),
        (does.Filtered(), "the model declined"),
        (does.Said("no braces at all"), "no JSON object"),
        (does.Said(None), "no JSON object"),
        (does.busy(), "too many requests (429 rate_limit_exceeded)"),
        (does.broken(503), "the server failed (503)"),
        (does.refused_key("sk-secret"), "the key was refused (401 invalid_api_key)"),
        (does.Reset(), "the server failed (server_error)"),
    ],
)
def test_each_way_to_fail_is_told_without_the_servers_words(bureau, said, why):
    (note,) = bureau.keep("It leaks.")
    bureau.server.answer = lambda body: said
    submit([note], bureau.terms, bureau.office())
    done = waited(bureau)
    (failed,) = done.failed
    assert why in failed.reason
    assert "sk-secret" not in str(done)
    assert does.SERVER_SAYS not in str(done)
    assert (done.read, done.retry, bureau.found(note)) == (0, 1, [])


def test_a_batch_that_expires_keeps_what_was_answered(bureau):
    notes = bureau.keep("A leaks.", "B leaks.", "C leaks.")
    bureau.server.batches.steps = ["validating", "expired"]
    bureau.server.batches.answered = 2
    submit(notes, bureau.terms, bureau.office())
    done = waited(bureau)
    assert (done.read, done.retry) == (2, 1)
    assert [one.reason for one in done.failed] == ["no answer in time (batch_expired)"]
    bureau.server.batches.steps = ["validating", "completed"]
    (again,) = retry(None, bureau.office())
    assert again.requests == 1
    assert waited(bureau).retry == 0
    assert [bureau.found(note) for note in notes] == [["A leaks."], ["B leaks."], ["C leaks."]]


def test_a_batch_that_the_server_refuses_is_told_by_code_and_line(bureau):
    (note,) = bureau.keep("It leaks.")
    bureau.server.batches.steps = ["validating", "failed"]
    submit([note], bureau.terms, bureau.office())
    done = waited(bureau)
    assert (done.read, done.retry) == (0, 1)
    assert [one.reason for one in done.failed] == ["the server refused the batch: server_error"]
    assert done.batches[0].detail == "server_error"
    assert done.batches[0].usage.cost_usd == 0


def test_a_batch_can_be_cancelled_and_asked_again(bureau):
    notes = bureau.keep("A leaks.", "B leaks.")
    submitted = submit(notes, bureau.terms, bureau.office())
    bureau.server.batches.answered = 1
    told = cancel(submitted.batches[0][:6], bureau.office())
    assert (told.batch.status, told.batch.stage) == ("cancelling", Stage.SUBMITTED)
    done = waited(bureau)
    assert (done.read, done.retry) == (1, 1)
    assert [one.reason for one in done.failed] == ["not sent (batch_cancelled)"]
    with pytest.raises(InputError, match="has ended: collected"):
        cancel(submitted.batches[0], bureau.office())
    with pytest.raises(InputError, match="no batch 'zz'"):
        cancel("zz", bureau.office())
    retry(submitted.batches[0], bureau.office())
    assert waited(bureau).retry == 0
    first, second = bureau.batches.batches()
    for name, batch in (("abc1", first), ("abc2", second)):
        bureau.batches.prepare(batch.model_copy(update={"id": name}), [])
    with pytest.raises(InputError, match="Several batches begin"):
        cancel("abc", bureau.office())


def test_what_a_batch_cost_is_counted_once_however_often_it_is_read(bureau):
    bureau.keep("It leaks.", "It stops.")
    bureau.server.answer = lambda body: does.CutOff("{") if "stops" in text_of(body) else {"said": "It leaks."}
    submit(bureau.store.notes(), bureau.terms, bureau.office())
    waited(bureau)
    (spent,) = bureau.records.spent()
    (batch,) = bureau.batches.batches()
    assert (spent.task, spent.calls, spent.failed) == ("test.v1", 2, 1)
    assert spent.cost_usd == pytest.approx(batch.usage.cost_usd)
    collect(bureau.office(), only=batch.id)
    (again,) = bureau.records.spent()
    assert again.model_copy(update={"cached": spent.cached}) == spent


def test_what_no_note_is_read_with_has_its_cost_all_the_same(bureau):
    (note,) = bureau.keep("It leaks.")
    submit([note], bureau.terms, bureau.office())
    restricting = type(bureau.office())(**(vars(bureau.office()) | {"stays": lambda note: True}))
    collect(restricting, Patience(lambda seconds: None))
    (spent,) = bureau.records.spent()
    assert (spent.calls, spent.cost_usd) == (1, pytest.approx(bureau.batches.batches()[0].usage.cost_usd))
    assert bureau.found(note) == []
