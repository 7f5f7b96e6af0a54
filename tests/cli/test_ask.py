"""`ask`, and `brief` and `agenda` with a model's wording, as a user types them."""

import json
import re
from typing import Any

import pytest

from fakes import FakeModel
from notesense.core.requests import Failure, Reply, Request
from terminal import Terminal

NOTE = "Marta (customer): The dosing pumps on line four leak again.\nBen (us): I will send the seals by Friday."
HARLOW = ("--account", "Harlow")


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Any:
    def chosen(answer: Any) -> FakeModel:
        model = FakeModel(answer)
        monkeypatch.setattr("notesense.wiring.drafting.chosen_model", lambda notes: model)
        return model

    return chosen


@pytest.fixture
def harlow(notesense: Terminal) -> Terminal:
    assert notesense("add", NOTE, *HARLOW, "--date", "2026-03-04").code == 0
    return notesense


def leaks(request: Request) -> dict[str, Any]:
    text = request.messages[-1].text
    (number,) = re.findall(r"\[(\d+)\].*\n> The dosing pumps", text)
    proven = {"passage": number, "quote": "dosing pumps on line four leak"}
    invented = {"passage": number, "quote": "the pumps explode"}
    return {
        "verdict": "partly",
        "sentences": [
            {"text": "The pumps leak.", "citations": [proven]},
            {"text": "They explode.", "citations": [invented]},
        ],
        "missing": "Who mends them is not told.",
    }


@pytest.mark.parametrize("fmt", ["text", "md", "json"])
def test_an_answer_shows_its_quotes_and_what_was_dropped(harlow: Terminal, choose: Any, fmt: str) -> None:
    choose(leaks)
    answer = harlow("ask", "harl", "Which", "pumps leak?", "--as-of", "2026-03-09", "--format", fmt)
    assert answer.code == 0
    assert "dosing pumps on line four leak" in answer.out
    assert "explode" not in answer.out
    assert "fake:model" in answer.out
    if fmt == "json":
        told = json.loads(answer.out)
        assert (told["version"], told["outcome"], sum(told["dropped"].values())) == (1, "partly", 1)
    else:
        assert "1 line of the model" in answer.out
        assert "Who mends them is not told" in answer.out
        assert "(the customer" in answer.out


def test_a_quote_under_a_condition_is_only_a_part_and_says_why(notesense: Terminal, choose: Any) -> None:
    notesense("add", "Marta: The service would be great if it worked.", *HARLOW, "--date", "2026-03-04")
    cited = [{"passage": 1, "quote": "The service"}]
    choose(
        lambda request: {"verdict": "answered", "sentences": [{"text": "The service is great.", "citations": cited}]}
    )
    answer = notesense("ask", "harlow", "How is the service?")
    assert "please check the quote" in answer.out
    assert "words around a quote may change what it says" in " ".join(answer.out.split())
    assert "only a part" not in answer.out


@pytest.mark.parametrize("fmt", ["text", "md"])
def test_without_a_model_the_passages_come_with_their_sources(harlow: Terminal, fmt: str) -> None:
    answer = harlow("ask", "harlow", "Which pumps leak?", "--format", fmt)
    assert answer.code == 0
    assert "1." in answer.out
    assert "dosing pumps on line four leak again" in answer.out
    assert "No model is chosen" in answer.out


def test_not_in_the_notes_is_a_normal_answer(harlow: Terminal, choose: Any) -> None:
    choose(lambda request: {"verdict": "not_in_notes", "sentences": [], "missing": "No price is told."})
    answer = harlow("ask", "harlow", "What do the pumps cost?")
    assert answer.code == 0
    assert "That is not in the notes." in answer.out
    assert "Not told: No price is told." in answer.out
    assert harlow("ask", "harlow", "Which pumps leak?", "--since", "2026-03-05").code == 0


def test_a_model_that_fails_leaves_the_passages_and_code_3(harlow: Terminal, choose: Any) -> None:
    choose(lambda request: Reply(failure=Failure.RESTRICTED))
    answer = harlow("ask", "harlow", "Which pumps leak?")
    assert answer.code == 3
    assert "dosing pumps on line four leak again" in answer.out
    assert "restricted: it does not leave this machine" in answer.err


def test_what_cannot_be_asked_is_told(harlow: Terminal) -> None:
    assert harlow("ask", "harlow").code == 2
    assert harlow("ask", "harlow", " ").code == 1
    answer = harlow("ask", "harlow", "Which pumps leak?", "--since", "2026-03-09", "--as-of", "2026-03-05")
    assert (answer.code, "earlier --since" in answer.err) == (1, True)


def torn(request: Request) -> dict[str, Any]:
    if request.form_name == "in_brief":
        return {"sentences": [{"text": "The pumps leak again.", "evidence": ["e1"]}]}
    numbers = re.findall(r"^\[(\d+)\] \d+ minutes", request.messages[-1].text, re.MULTILINE)
    items = [
        {"number": n, "title": "", "say": "", "question": "", "why": "The pumps and seals promised matter."}
        for n in numbers
    ]
    return {"items": items, "further": [{"title": "", "question": "", "why": "", "evidence": []}]}


@pytest.mark.parametrize("fmt", ["text", "md", "html"])
def test_a_models_words_are_marked_and_the_legend_says_whose_they_are(harlow: Terminal, choose: Any, fmt: str) -> None:
    choose(torn)
    answer = harlow("brief", "harlow", "--as-of", "2026-03-09", "--wording", "model", "--format", fmt)
    assert answer.code == 0, answer.err
    told = " ".join(answer.out.split())
    assert "Worded by fake:model, the rest by the playbook" in told
    assert "The pumps and seals promised matter." in told
    assert "In brief" in told
    assert "1 line of the model" in told


def test_json_says_of_each_item_who_wrote_it(harlow: Terminal, choose: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = json.loads(harlow("agenda", "harlow", "--as-of", "2026-03-09", "-f", "json").out)
    assert {item["written_by"] for item in plain["items"]} == {"playbook"}
    assert plain["wording"] is None
    choose(torn)
    monkeypatch.setenv("NOTESENSE_WORDING", "model")
    told = json.loads(harlow("agenda", "harlow", "--as-of", "2026-03-09", "-f", "json").out)
    assert "fake:model" in {item["written_by"] for item in told["items"]}
    own = json.loads(harlow("agenda", "harlow", "--as-of", "2026-03-09", "-f", "json", "--wording", "playbook").out)
    assert own == plain


@pytest.mark.parametrize("command", ["brief", "agenda"])
@pytest.mark.parametrize("fmt", ["text", "md", "html"])
def test_a_model_that_fails_leaves_the_playbooks_words_and_code_3(
    harlow: Terminal, choose: Any, command: str, fmt: str
) -> None:
    choose(lambda request: Reply(failure=Failure.NO_CONNECTION))
    answer = harlow(command, "harlow", "--wording", "model", "--format", fmt)
    assert answer.code == 3
    assert "the playbook" in answer.out
    assert "no connection" in answer.out
    assert "no connection" in answer.err


def test_without_a_model_the_wording_says_so(harlow: Terminal) -> None:
    answer = harlow("agenda", "harlow", "--wording", "model")
    assert (answer.code, "no model is chosen" in answer.err) == (3, True)


def test_an_unknown_wording_is_told(harlow: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert harlow("agenda", "harlow", "--wording", "poet").code == 2
    monkeypatch.setenv("NOTESENSE_WORDING", "poet")
    answer = harlow("agenda", "harlow")
    assert answer.code == 1
    assert "NOTESENSE_WORDING" in answer.err


def test_a_model_that_gives_no_usable_words_has_not_failed(harlow: Terminal, choose: Any) -> None:
    choose(lambda request: {"items": [], "further": [], "sentences": []})
    answer = harlow("brief", "harlow", "--wording", "model")
    assert answer.code == 0
    told = " ".join(answer.out.split())
    assert "All words are the playbook's: fake:model gave no others" in told
    assert "There is no summary: fake:model gave no sentence" in told
