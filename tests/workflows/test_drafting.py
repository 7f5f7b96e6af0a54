"""Agenda and briefing worded by a model: what it gives that holds is taken, and every failure leaves ours."""

import re
from typing import Any

import pytest

from core.small_accounts import ACCOUNT, AS_OF, Account, pain
from fakes import FakeModel
from notesense.adapters import prompts
from notesense.adapters.playbook import load
from notesense.core.briefing import Briefing, Occasion, brief
from notesense.core.requests import Failure, Reply, Request
from notesense.errors import ModelError
from notesense.workflows.drafting import sum_up, word_agenda
from notesense.workflows.modelled import Script

ONE = Account().note(20, pain("bags arrive torn", side="customer")).note(3)
NOTES = {note.id: note for note in ONE.notes}
DRAFT = Script(prompts.load("draft", 1), prompts.common_words())
PROSE = Script(prompts.load("brief", 1), prompts.common_words())


def made(one: Account = ONE) -> Briefing:
    return brief(ACCOUNT, one.notes, one.signals, load(), Occasion(as_of=AS_OF))


def torn(request: Request) -> dict[str, Any]:
    text = request.messages[-1].text
    if request.form_name == "in_brief":
        (mark,) = re.findall(r"\[(e\d+)\].*\n> bags arrive torn", text)
        return {"sentences": [{"text": "Their bags arrive torn.", "evidence": [mark]}]}
    (number,) = re.findall(r"\[(\d+)\] .*\n> title: Trouble with us", text)
    item = {"number": number, "title": "Torn bags", "say": "", "question": "", "why": ""}
    return {"items": [item], "further": []}


def test_agenda_and_summary_by_a_model() -> None:
    model = FakeModel(torn)
    got = sum_up(word_agenda(made(), NOTES, model, DRAFT), NOTES, model, PROSE)
    assert [item.title for item in got.agenda.items if item.written_by == "fake:model"] == ["Torn bags"]
    assert got.in_brief is not None
    assert [one.text for one in got.in_brief.sentences] == ["Their bags arrive torn."]
    assert [request.task for request in model.asked] == ["draft.v1", "brief.v1"]
    assert all(request.account == ACCOUNT and "n1" in request.quotes for request in model.asked)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Reply(failure=Failure.RESTRICTED), "restricted"),
        (Reply(failure=Failure.CUT_OFF, detail="2,000 tokens"), "cut off (2,000 tokens)"),
        ({"no": "form"}, "does not have the form"),
    ],
)
def test_a_failure_leaves_the_playbooks_words_and_is_told(given: Any, told: str) -> None:
    model = FakeModel(lambda request: given)
    got = sum_up(word_agenda(made(), NOTES, model, DRAFT), NOTES, model, PROSE)
    assert got.agenda.items == made().agenda.items
    assert got.agenda.wording is not None
    assert got.in_brief is not None
    assert told in str(got.agenda.wording.failure)
    assert told in str(got.in_brief.wording.failure)
    assert got.in_brief.sentences == ()


def test_a_model_that_cannot_be_asked_is_a_failure() -> None:
    class Keyless(FakeModel):
        def answer(self, requests: Any) -> Any:
            raise ModelError("No key.")

    wording = word_agenda(made(), NOTES, Keyless(dict), DRAFT).agenda.wording
    assert wording is not None
    assert wording.failure == "fake:model: No key"


def test_without_a_model_it_says_so() -> None:
    got = sum_up(word_agenda(made(), NOTES, None, DRAFT), NOTES, None, PROSE)
    assert got.agenda.wording is not None
    assert (got.agenda.wording.failure, got.in_brief) == ("no model is chosen", None)


def test_nothing_to_word_asks_nobody() -> None:
    model = FakeModel(torn)
    got = sum_up(word_agenda(made(Account()), {}, model, DRAFT), {}, model, PROSE)
    assert got.agenda.wording is not None
    assert (got.agenda.wording.failure, got.in_brief, model.asked) == (None, None, [])
