"""Questions about an account: answered by a model, or by the passages alone, and never by words of no note."""

import datetime
from typing import Any

import pytest

from fakes import FakeModel
from notesense.core.answer import Answered
from notesense.core.question import Asked
from notesense.core.requests import Failure, Message, Reply
from notesense.core.vocabulary import Origin
from notesense.errors import InputError, ModelError
from notesense.render.terminal import to_text
from notesense.workflows.answering import answer
from notesense.workflows.modelled import Script
from workshop import Desk, of_origins, reading

AS_OF = datetime.date(2026, 3, 5)


class Plain:
    task = "ask.v9"
    messages = (Message(role="system", text="answer the question in sentences, stop"),)

    def filled(self, values: Any) -> tuple[Message, ...]:
        return (Message(role="user", text=f"{values['question']}\n{values['passages']}"),)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.import_all(
        reading("pump AX-4410 leaks\nlunch with Marta", id="n1", account="Harlow", date=datetime.date(2026, 1, 1)),
        reading("we send the seals of the pump by Friday", id="n2", account="Harlow", date=datetime.date(2026, 2, 1)),
        reading("the pump of Bexley is fine", id="n3", account="Bexley", date=datetime.date(2026, 2, 2)),
    )
    return desk


def asking(desk: Desk, model: Any, question: str = "what of the pump?", **about: Any) -> Answered:
    asked = Asked(account="Harlow", question=question, as_of=about.pop("as_of", AS_OF), **about)
    return answer(asked, model, Script(Plain()), desk.store, desk.embedder, desk.librarian)


def says(*sentences: tuple[str, int, str], verdict: str = "answered") -> FakeModel:
    told = [{"text": text, "citations": [{"passage": number, "quote": quote}]} for text, number, quote in sentences]
    return FakeModel(lambda request: {"verdict": verdict, "sentences": told, "missing": ""})


def test_an_answer_cites_words_of_the_accounts_notes(desk: Desk) -> None:
    model = says(("The pump leaks.", 1, "PUMP ax-4410 leaks"))
    got = asking(desk, model)
    assert (got.outcome, got.written_by, got.failure) == ("answered", "fake:model", None)
    assert got.sentences[0].evidence[0].quote == "pump AX-4410 leaks"
    (request,) = model.asked
    assert "Bexley" not in request.messages[0].text
    assert "found: pain point" in request.messages[0].text
    assert set(request.quotes) == {"n1", "n2"}


def test_without_a_model_the_passages_are_the_answer(desk: Desk) -> None:
    got = asking(desk, None)
    assert (got.outcome, got.failure, got.written_by) == ("passages", None, None)
    assert {one.note_id for one in got.sources} == {"n1", "n2"}
    for one in got.sources:
        assert desk.store.note(one.note_id).text[one.start : one.end] == one.quote


def test_days_limit_what_is_looked_at(desk: Desk) -> None:
    assert {one.note_id for one in asking(desk, None, as_of=datetime.date(2026, 1, 9)).sources} == {"n1"}
    assert {one.note_id for one in asking(desk, None, since=datetime.date(2026, 1, 9)).sources} == {"n2"}


def test_where_no_note_bears_on_it_nobody_is_asked(desk: Desk) -> None:
    model = says()
    got = asking(desk, model, as_of=datetime.date(2020, 1, 1))
    assert (got.outcome, model.asked) == ("not_in_notes", [])


def test_not_in_the_notes_is_an_answer(desk: Desk) -> None:
    assert asking(desk, says(verdict="not_in_notes")).outcome == "not_in_notes"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Reply(failure=Failure.RESTRICTED), "fake:model: restricted"),
        (Reply(failure=Failure.TIMED_OUT, detail="after 60 s"), "fake:model: no answer in time (after 60 s)"),
        (Reply(), "does not have the form"),
        ({"something": "else"}, "does not have the form"),
        (
            {"verdict": "answered", "sentences": [{"text": "It leaks.", "citations": []}]},
            "nothing that it answered is proven",
        ),
    ],
)
def test_when_the_model_fails_the_passages_are_shown_and_it_says_so(desk: Desk, given: Any, told: str) -> None:
    got = asking(desk, FakeModel(lambda request: given))
    assert (got.outcome, got.written_by, got.sentences) == ("passages", None, ())
    assert told in str(got.failure)
    assert got.sources


def test_a_model_that_cannot_be_asked_at_all_is_a_failure_too(desk: Desk) -> None:
    class Keyless(FakeModel):
        def answer(self, requests: Any) -> Any:
            raise ModelError("No key.", "Set OPENAI_API_KEY.")

    assert asking(desk, Keyless(dict)).failure == "fake:model: No key. Set OPENAI_API_KEY"

    class Mute(FakeModel):
        def answer(self, requests: Any) -> Any:
            return iter(())

    assert "not sent" in str(asking(desk, Mute(dict)).failure)


def test_without_the_index_words_alone_find_passages_and_that_is_said(desk: Desk) -> None:
    desk.locked = True
    assert "The index is in use." in str(asking(desk, None).warning)


@pytest.mark.parametrize(
    ("question", "since"), [("  ", None), ("x" * 1001, None), ("pump?", datetime.date(2027, 1, 1))]
)
def test_no_question_and_no_days_are_refused(desk: Desk, question: str, since: datetime.date | None) -> None:
    with pytest.raises(InputError):
        asking(desk, None, question, since=since)


def test_what_proves_nothing_is_shown_with_its_origin_but_no_model_answers_from_it(desk: Desk) -> None:
    summary = ("The compressor was discussed.", Origin.VENDOR_SUMMARY)
    desk.import_all(of_origins(summary, ("It is a good pump.", Origin.TRANSCRIPT), id="n4", account="Harlow"))
    shown = asking(desk, None, "what of the compressor?")
    assert [one.origin for one in shown.sources if "compressor" in one.quote] == [Origin.VENDOR_SUMMARY]
    assert "vendor's summary" in to_text(shown, width=80)
    model = says(("It was discussed.", 1, "The compressor was discussed"))
    got = asking(desk, model, "what of the compressor?")
    assert got.outcome == "passages"
    assert "discussed" not in "".join(message.text for request in model.asked for message in request.messages)


def test_where_there_is_no_testimony_no_model_is_asked() -> None:
    desk = Desk()
    desk.import_all(of_origins(("The compressor was discussed.", Origin.VENDOR_SUMMARY), id="n4", account="Harlow"))
    model = says(("It was discussed.", 1, "The compressor was discussed"))
    assert asking(desk, model, "what of the compressor?").outcome == "passages"
    assert model.asked == []
