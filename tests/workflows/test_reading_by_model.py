"""Reading notes over real HTTP, whatever the server does: what is stored, and what the user is told."""

import datetime
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fakes import FakeRecords
from notesense.adapters.llm.chat import ChatModel
from notesense.adapters.llm.endpoint import endpoint
from notesense.adapters.llm.engine import LlmEngine
from notesense.adapters.llm.pace import Clock, Pace
from notesense.core.ports import SignalFilter
from notesense.core.signal import Reason
from serving import misbehaviour as does
from serving.server import MODEL, ModelServer, text_of
from workshop import Desk

TEXT = """Ruth (customer): The conveyor stops twice a week.
Ruth (customer): We do not want to leave you.
Ruth (customer): The portal works well."""
SOUND = {
    "passage": 3,
    "quote": "The portal works well",
    "kind": "praise",
    "attributes": [{"name": "topic", "value": "portal"}],
    "certainty": "stated",
    "confidence": "high",
}
Serve = Callable[[Any], Desk]


@pytest.fixture
def serve(model_server: ModelServer) -> Iterator[Serve]:
    """Give a desk whose engine asks the server, which answers as told."""
    environment = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-of-the-test"}
    clock = Clock(
        now=lambda: 0.0,
        date=lambda: datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC),
        sleep=lambda seconds: None,
        chance=lambda: 0.0,
    )
    where = endpoint(f"openai:{MODEL}", environment)
    model = ChatModel(where, FakeRecords(), Pace(concurrency=2, timeout=5), clock, environment)

    def desk(answer: Any) -> Desk:
        model_server.answer = answer if callable(answer) else lambda body: answer
        served = Desk()
        served.engine = LlmEngine(model)  # type: ignore[assignment]
        return served

    yield desk
    model.close()


def quotes(desk: Desk) -> list[str]:
    return [found.signal.quote for found in desk.store.signals(SignalFilter())]


def test_a_note_is_read_by_a_strict_server(serve: Serve, model_server: ModelServer) -> None:
    desk = serve({"signals": [SOUND]})
    (kept,) = desk.add(TEXT).kept
    assert ([signal.quote for signal in kept.signals], kept.error) == (["The portal works well"], None)
    assert kept.signals[0].attributes == {"topic": "portal"}
    (asked,) = model_server.chats
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert "[3] The portal works well." in text_of(asked)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"passage": 1, "quote": "The conveyor is dangerous"}, Reason.NOT_IN_NOTE),
        ({"passage": 2, "quote": "We want to leave you"}, Reason.NEGATION),
        ({"passage": 2, "quote": "want to leave you"}, Reason.NEGATION),
        ({"passage": 1, "quote": "The conveyor stops twice a week The portal works well"}, Reason.STITCHED),
        ({"passage": 2, "quote": "The conveyor stops twice a week"}, Reason.OTHER_PASSAGE),
        ({"passage": 1, "quote": "Das Förderband steht zweimal in der Woche"}, Reason.NOT_IN_NOTE),
        ({"passage": 1, "quote": "The conveyor stops twice a week", "kind": "gossip"}, Reason.UNKNOWN_KIND),
        ({"passage": 99}, Reason.UNKNOWN_PASSAGE),
        ({"passage": "third"}, Reason.FAULTY),
        ({"quote": 7}, Reason.FAULTY),
        ({"quote": {"text": "The portal works well"}}, Reason.FAULTY),
    ],
)
def test_a_faulty_claim_is_refused_stored_with_its_reason_and_costs_nothing_else(
    serve: Serve, wrong: dict[str, Any], reason: Reason
) -> None:
    desk = serve({"signals": [{**SOUND, **wrong}, SOUND]})
    (kept,) = desk.add(TEXT).kept
    assert quotes(desk) == ["The portal works well"]
    assert [one.reason for one in desk.store.rejected(kept.note.id)] == [reason]
    assert kept.error is None


def test_a_thousandfold_repetition_is_stored_once(serve: Serve) -> None:
    desk = serve({"signals": [SOUND] * 1000})
    (kept,) = desk.add(TEXT).kept
    assert quotes(desk) == ["The portal works well"]
    assert {one.reason for one in desk.store.rejected(kept.note.id)} == {Reason.REPEATED}
    assert len(desk.store.rejected(kept.note.id)) == 100


def test_prose_around_the_json_is_read_past(serve: Serve, model_server: ModelServer) -> None:
    model_server.supports = set()
    desk = serve(does.Said(f"Sure! Here it is:\n```json\n{json.dumps({'signals': [SOUND]})}\n```\nAnything else?"))
    (kept,) = desk.add(TEXT).kept
    assert (quotes(desk), kept.error) == (["The portal works well"], None)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (does.CutOff(), "the answer was cut off"),
        (does.Declined(), "the model declined to answer"),
        (does.Said("I would rather talk about the weather."), "the answer does not have the form asked for"),
        ({"signals": "none"}, "the answer does not have the form asked for"),
        ({"verdicts": []}, "the answer does not have the form asked for"),
        (does.refused_key(), "the key was refused"),
        (does.forbidden(), "the server does not allow it"),
        (does.no_such_model(), "the server has no such model"),
        (does.busy(), "too many requests"),
        (does.broken(502), "the server failed"),
        (does.Reset(), "no connection"),
        (does.HalfBody(), "no connection"),
    ],
)
def test_a_note_without_an_answer_is_saved_told_and_read_again_later(serve: Serve, answer: Any, error: str) -> None:
    desk = serve(answer)
    (kept,) = desk.add(TEXT).kept
    assert (kept.error or "").startswith(error)
    assert TEXT.splitlines()[0] not in (kept.error or "")
    assert quotes(desk) == []
    assert desk.store.unread() == (kept.note.id,)


def test_of_a_long_note_what_was_answered_is_kept_and_the_part_that_was_not_is_named(
    serve: Serve, model_server: ModelServer
) -> None:
    long = "".join(
        f"{('Maya (us)', 'Ruth')[n % 2]}: Belt {n} stands still. {f'Word {n} of it. ' * 20}\n" for n in range(56)
    )

    def answer(body: dict[str, Any]) -> Any:
        if re.search(r"^\[\d+\] [^\n]*Belt 30 ", text_of(body), re.MULTILINE):
            return does.CutOff()
        return {"signals": [{**SOUND, "passage": 1, "quote": "Belt 0 stands still", "kind": "pain_point"}]}

    desk = serve(answer)
    (kept,) = desk.add(long).kept
    assert quotes(desk) == ["Belt 0 stands still"]
    assert re.fullmatch(r"part 2 of 3: passages \d+ to \d+: the answer was cut off", kept.error or "")
    assert len(model_server.chats) == 3 + 2 + 2
    assert desk.store.unread() == (kept.note.id,)


def test_notes_are_asked_about_side_by_side_and_saved_in_order(serve: Serve, model_server: ModelServer) -> None:
    desk = serve({"signals": []})
    model_server.latency = 0.02
    texts = [f"Call number {number} was short." for number in range(12)]
    kept = desk.add(*texts).kept
    assert [each.note.text for each in kept] == texts
    assert model_server.peak == 2
    assert len(model_server.chats) == 12
