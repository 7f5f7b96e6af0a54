"""What may go wrong with a batch at the server: each told clearly, nothing lost."""

import json

import pytest

from notesense.core.batches import Stage
from notesense.core.ports import LanguageModel
from notesense.errors import ModelError, ServerAway
from notesense.workflows.batches.collecting import Patience, collect
from notesense.workflows.batches.office import SETTLED
from notesense.workflows.batches.submitting import retry, submit
from serving import misbehaviour as does
from workflows.backfill import Bureau, LineEngine


@pytest.fixture
def bureau(model_server):
    model_server.batches.steps = ["validating", "completed"]
    return Bureau(model_server)


def waited(bureau):
    return collect(bureau.office(), Patience(lambda seconds: None))


def submitted(bureau, *texts):
    notes = bureau.keep(*texts)
    submit(notes, bureau.terms, bureau.office())
    return notes


def ended(bureau):
    """Let the batches at the server end; return the last one."""
    batches = bureau.server.batches
    for batch_id in list(batches.batches):
        batches.retrieve(batch_id)
    return batches.batches[batch_id]


def rewrite(bureau, change, kind="output_file_id"):
    """Put other bytes in the place of a file of answers."""
    files, file_id = bureau.server.batches.files, ended(bureau)[kind]
    described, content = files[file_id]
    files[file_id] = (described, change(content))


def test_a_line_that_is_no_json_is_told_and_its_note_can_be_asked_again(bureau):
    notes = submitted(bureau, "A leaks.", "B leaks.")
    rewrite(bureau, lambda content: b'{"custom_id": "half' + b"\n[]\n" + content.splitlines(keepends=True)[0] + b"\n")
    done = waited(bureau)
    assert (done.read, done.retry) == (1, 1)
    assert done.batches[0].detail == "lines that are no answers: 2"
    assert [one.reason for one in done.failed] == ["no answer came back"]
    retry(None, bureau.office())
    assert waited(bureau).retry == 0
    assert [bureau.found(note) for note in notes] == [["A leaks."], ["B leaks."]]


def test_answers_that_nobody_asked_for_and_answers_that_come_twice(bureau):
    submitted(bureau, "A leaks.")

    def change(content):
        row = json.loads(content)
        strange = json.dumps(row | {"custom_id": "f" * 64}).encode()
        return content + content + strange + b"\n"

    rewrite(bureau, change)
    done = waited(bureau)
    assert (done.read, done.retry) == (1, 0)
    assert done.batches[0].detail == "answers that came twice: 1; answers to what was never asked, thrown away: 1"
    assert len(bureau.records.answers) == 1


def test_a_failure_and_an_answer_to_the_same_question_is_an_answer(bureau):
    submitted(bureau, "A leaks.")

    def change(content):
        row = json.loads(content)
        broken = json.dumps(row | {"response": None, "error": {"code": "server_error"}}).encode()
        return broken + b"\n" + content

    rewrite(bureau, change)
    assert waited(bureau).read == 1


def test_a_file_of_answers_that_is_gone(bureau):
    submitted(bureau, "A leaks.")
    file_id = ended(bureau)["output_file_id"]
    del bureau.server.batches.files[file_id]
    done = waited(bureau)
    assert (done.read, done.retry) == (0, 1)
    assert done.batches[0].detail == "a file of answers is gone from the server"


def test_a_batch_without_a_file_of_answers(bureau):
    submitted(bureau, "A leaks.")
    ended(bureau)["output_file_id"] = None
    done = waited(bureau)
    assert (done.read, done.retry) == (0, 1)
    assert done.batches[0].detail == "the server has no file of answers"


def test_a_batch_that_the_server_forgot(bureau):
    submitted(bureau, "A leaks.")
    bureau.server.batches.batches.clear()
    done = waited(bureau)
    assert (done.read, done.retry, done.batches[0].stage) == (0, 1, Stage.DONE)
    assert [one.reason for one in done.failed] == ["the server does not know this batch any more"]


@pytest.mark.parametrize("trouble", [does.busy(), does.broken(500), does.broken(503), does.Reset(), does.HalfBody()])
def test_a_server_that_is_away_while_polling_is_told_or_waited_for(bureau, trouble):
    (note,) = submitted(bureau, "A leaks.")
    bureau.server.instead = lambda method, path: trouble
    told = collect(bureau.office())
    (fault,) = told.faults
    assert "Nothing is lost: run the command again later." in fault.reason
    assert does.SERVER_SAYS not in fault.reason
    assert told.batches[0].stage is Stage.SUBMITTED
    waits = []

    def sleep(seconds):
        waits.append(seconds)
        if len(waits) == 3:
            bureau.server.instead = lambda method, path: None

    done = collect(bureau.office(), Patience(sleep))
    assert (done.read, done.faults) == (1, ())
    assert waits[:3] == [5.0, 7.5, 11.25]
    assert bureau.found(note) == ["A leaks."]


def test_waits_grow_up_to_a_bound(bureau):
    submitted(bureau, "A leaks.")
    bureau.server.instead = lambda method, path: does.broken()
    waits = []

    def sleep(seconds):
        waits.append(seconds)
        if len(waits) == 20:
            raise KeyboardInterrupt

    assert collect(bureau.office(), Patience(sleep)).interrupted
    assert waits[-1] == 300.0


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (does.refused_key("sk-wrong"), "the key was refused (status 401, invalid_api_key)"),
        (does.forbidden(), "the server does not allow it (status 403, unsupported_country)"),
        (does.Raw(b"<html>Hello</html>", "text/html"), "not OpenAI's Batch API"),
        (does.Raw(b"{}"), "not OpenAI's Batch API"),
        (does.Raw(b'{"id": "\xff'), "not OpenAI's Batch API"),
        (does.Raw(b'{"id": "b\\u001b[31m", "status": "completed"}'), "not OpenAI's Batch API"),
        (does.Status(400, "your note says: A leaks."), "did not take this (status 400)"),
    ],
)
def test_what_no_waiting_mends_is_told_at_once(bureau, trouble, said):
    submitted(bureau, "A leaks.")
    bureau.server.instead = lambda method, path: trouble
    told = collect(bureau.office(), Patience(lambda seconds: pytest.fail("waited")))
    (fault,) = told.faults
    assert said in fault.reason
    assert "sk-wrong" not in fault.reason
    assert "leaks" not in fault.reason
    bureau.server.instead = lambda method, path: None
    assert waited(bureau).read == 1


def down(bureau, *paths):
    def instead(method, path):
        return does.broken() if (method, path) in paths else None

    bureau.server.instead = instead


def test_an_upload_that_fails_leaves_nothing_to_pay(bureau):
    notes = bureau.keep("A leaks.")
    down(bureau, ("POST", "/v1/files"))
    told = submit(notes, bureau.terms, bureau.office())
    assert "too busy or failing" in told.error
    assert (told.notes, told.batches) == (0, ())
    (batch,) = bureau.batches.batches()
    assert (batch.stage, bureau.server.batches.batches) == (Stage.UNSENT, {})
    bureau.server.instead = lambda method, path: None
    (again,) = retry(None, bureau.office())
    assert (again.notes, again.error) == (1, None)
    assert waited(bureau).read == 1


def test_a_submission_that_the_server_refuses_takes_its_file_back(bureau):
    notes = bureau.keep("A leaks.")
    bureau.server.instead = lambda method, path: (
        does.Status(400, "no", code="billing_hard_limit_reached") if (method, path) == ("POST", "/v1/batches") else None
    )
    told = submit(notes, bureau.terms, bureau.office())
    assert "(status 400, billing_hard_limit_reached)" in told.error
    assert bureau.server.batches.files == {}
    assert bureau.batches.batches()[0].stage is Stage.UNSENT


def test_a_submission_whose_answer_is_lost_is_looked_up(bureau):
    notes = bureau.keep("A leaks.")
    create = bureau.server.batches.create

    def lost(body):
        create(body)
        return does.broken(504)

    bureau.server.batches.create = lost
    told = submit(notes, bureau.terms, bureau.office())
    assert (told.error, told.notes) == (None, 1)
    assert len(bureau.server.batches.batches) == 1
    assert waited(bureau).read == 1


@pytest.mark.parametrize(
    "said",
    [
        does.Raw(b"<html>ok</html>", "text/html"),
        does.Raw(b"{}"),
        does.Raw(b'{"id": "x", "object": "ba'),
        does.broken(504),
        does.Status(409),
    ],
)
def test_a_batch_that_began_without_a_word_and_is_listed_late_is_never_paid_twice(bureau, said):
    notes = bureau.keep("A leaks.")
    held = bureau.server.batches
    create, listed = held.create, held.listed

    def begun(body):
        create(body)
        return said

    held.create = begun
    held.listed = lambda: {"object": "list", "data": [], "has_more": False, "first_id": None, "last_id": None}
    told = submit(notes, bureau.terms, bureau.office())
    assert "not known yet" in told.error
    assert retry(None, bureau.office()) == ()
    assert bureau.batches.batches()[0].stage is Stage.PREPARED
    held.create, held.listed = create, listed
    assert (len(held.files), len(held.batches)) == (1, 1)
    assert waited(bureau).read == 1
    assert len(held.batches) == 1


def test_an_answer_that_says_nothing_is_looked_up_at_once(bureau):
    create = bureau.server.batches.create

    def mute(body):
        create(body)
        return does.Raw(b"{}")

    bureau.server.batches.create = mute
    told = submit(bureau.keep("A leaks."), bureau.terms, bureau.office())
    assert (told.error, told.notes) == (None, 1)


def test_a_submission_lost_together_with_the_server_is_settled_later(bureau):
    notes = bureau.keep("A leaks.")
    down(bureau, ("POST", "/v1/batches"), ("GET", "/v1/batches"))
    told = submit(notes, bureau.terms, bureau.office())
    assert "too busy" in told.error
    assert bureau.batches.batches()[0].stage is Stage.PREPARED
    again = submit(notes, bureau.terms, bureau.office())
    assert (again.underway, again.notes) == (1, 0)
    told = collect(bureau.office())
    assert [one.where for one in told.faults] == [f"batch {bureau.batches.batches()[0].id}"]
    bureau.server.instead = lambda method, path: None
    assert "not known yet" in collect(bureau.office()).faults[0].reason
    bureau.ahead = SETTLED
    told = collect(bureau.office())
    assert [one.reason for one in told.failed] == ["it was never submitted"]
    assert bureau.server.batches.files == {}
    retry(None, bureau.office())
    assert waited(bureau).read == 1


def test_a_server_without_a_batch_api_is_told_before_anything_is_kept_there(bureau):
    notes = bureau.keep("A leaks.")
    bureau.server.instead = lambda method, path: does.Status(404, "Invalid URL")
    told = submit(notes, bureau.terms, bureau.office())
    assert "has no Batch API (status 404)" in told.error
    assert "Leave out --batch" in told.error


def test_a_server_that_cannot_be_opened_is_told_before_anything_is_written(bureau):
    office = bureau.office(wrapped=lambda port: port)

    def refuse(terms):
        raise ModelError("No key.", "Set one.")

    broken = type(office)(**(vars(office) | {"server": refuse}))
    with pytest.raises(ModelError, match="No key"):
        submit(bureau.keep("A leaks."), bureau.terms, broken)
    assert bureau.batches.batches() == ()


class ChangedEngine(LineEngine):
    """As after another version came in between: it asks something else."""

    def extract(self, notes):
        changed = [note.model_copy(update={"text": note.text.replace("leaks", "drips")}) for note in notes]
        return super().extract(changed)


def test_answers_that_cannot_be_used_stay_at_the_server_and_can_be_read_later(bureau):
    (note,) = submitted(bureau, "A leaks.")
    done = collect(bureau.office(engine=ChangedEngine))
    assert (done.read, done.retry) == (0, 1)
    assert [one.reason for one in done.failed] == ["not sent (it was not in the batch)"]
    (batch,) = bureau.batches.batches()
    assert (batch.stage, len(bureau.server.batches.files)) == (Stage.DONE, 2)
    again = collect(bureau.office(), only=batch.id)
    assert (again.read, again.retry) == (1, 0)
    assert bureau.found(note) == ["A leaks."]
    assert bureau.server.batches.files == {}


def test_what_would_be_asked_otherwise_now_waits_all_the_same(bureau):
    (note,) = submitted(bureau, "A leaks.")
    again = submit([note], bureau.terms, bureau.office(engine=ChangedEngine))
    assert (again.underway, again.notes, again.requests) == (1, 0, 0)
    other = bureau.terms.model_copy(update={"options": {"verify": "yes"}})
    assert submit([note], other, bureau.office(engine=ChangedEngine)).requests == 1


def test_only_one_batch_is_looked_at_where_one_is_named(bureau):
    submitted(bureau, "A leaks.")
    submitted(bureau, "B leaks.")
    first, second = bureau.batches.batches()
    told = collect(bureau.office(), Patience(lambda seconds: None), only=second.id)
    assert [batch.id for batch in told.batches] == [second.id]
    assert (told.read, bureau.batches.batches()[0].stage) == (1, Stage.SUBMITTED)
    assert first.id != second.id


def test_progress_counts_requests(bureau):
    submitted(bureau, "A leaks.\nB leaks.")
    steps = []
    collect(bureau.office(), Patience(lambda seconds: None), lambda done, total: steps.append((done, total)))
    assert steps == []
    bureau.server.batches.steps = ["validating", "in_progress", "completed"]
    submitted(bureau, "C leaks.")
    collect(bureau.office(), Patience(lambda seconds: None), lambda done, total: steps.append((done, total)))
    assert steps == [(0, 1)]


class PartlyUsable(LineEngine):
    """Has something to complain of in every answer."""

    def extract(self, notes):
        for drafts in super().extract(notes):
            yield drafts.model_copy(update={"error": drafts.error or "1 claim was left out"})


def test_what_is_answered_but_usable_in_part_alone_is_taken_and_told(bureau):
    (note,) = submitted(bureau, "A leaks.")
    done = collect(bureau.office(engine=PartlyUsable))
    assert (done.read, done.retry) == (1, 0)
    assert [one.reason for one in done.failed] == ["1 claim was left out"]
    assert bureau.found(note) == ["A leaks."]


class TwoLooks(LineEngine):
    """Asks a second question about what the first answered."""

    def __init__(self, model: LanguageModel) -> None:
        super().__init__(model)
        self.second = LineEngine(model)

    def extract(self, notes):
        for note, drafts in zip(notes, super().extract(notes), strict=True):
            if drafts.error is None:
                (drafts,) = self.second.extract([note.model_copy(update={"text": f"Sure? {note.text}"})])
            yield drafts


def test_a_second_question_that_follows_from_the_first_is_asked_in_a_second_batch(bureau):
    (note,) = bureau.keep("A leaks.")
    office = bureau.office(engine=TwoLooks)
    submit([note], bureau.terms, office)
    done = collect(office, Patience(lambda seconds: None))
    assert (done.read, done.retry) == (0, 1)
    (again,) = retry(None, office)
    assert again.requests == 1
    done = collect(office, Patience(lambda seconds: None))
    assert (done.read, done.retry) == (1, 0)


def test_being_away_is_a_kind_of_model_error():
    assert issubclass(ServerAway, ModelError)
