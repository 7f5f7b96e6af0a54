"""Parts of a note whose answer was cut off: asked about in halves, within bounds, and told where that does not help."""

import re
from collections.abc import Callable

import pytest
from test_llm_engine import LONG, answering, claim, note, proven

from fakes import FakeModel
from notesense.adapters.llm.engine import LlmEngine
from notesense.core.requests import Failure, Reply, Request
from notesense.core.signal import Usage


def numbers(request: Request) -> list[int]:
    """Return the numbers of the passages that a request asks about."""
    return [int(number) for number in re.findall(r"^\[(\d+)\]", request.messages[1].text, re.MULTILINE)]


def cutting(most: int, failure: Failure = Failure.CUT_OFF) -> Callable[[Request], Reply]:
    """Fail where more passages are asked about, else claim a belt."""

    def answer(request: Request) -> Reply:
        usage = Usage(input_tokens=10, seconds=1)
        if len(numbers(request)) > most:
            return Reply(failure=failure, usage=usage)
        belt = re.search(r"^\[(\d+)\] .*?(Belt \d+ stands still)", request.messages[1].text, re.MULTILINE)
        return Reply(data={"signals": [claim(int(belt[1]), belt[2])] if belt else []}, usage=usage)

    return answer


@pytest.mark.parametrize("failure", [Failure.CUT_OFF, Failure.TOO_LONG])
def test_a_part_whose_answer_is_cut_off_is_asked_about_in_halves(failure: Failure) -> None:
    whole = FakeModel(answering())
    list(LlmEngine(whole).extract([note(LONG)]))
    model = FakeModel(cutting(len(numbers(whole.asked[0])) // 2 + 21, failure))
    (found,) = proven(LlmEngine(model), note(LONG))
    assert found.error is None
    assert len(model.asked) == 3 + 6
    assert len(found.signals) == 6
    assert found.usage == Usage(input_tokens=90, seconds=9)
    halves = [numbers(request) for request in model.asked[3:]]
    assert sorted(number for half in halves for number in half) == sorted(
        number for request in model.asked[:3] for number in numbers(request)
    )
    assert [(request.part, request.parts) for request in model.asked[3:]] == [(n, 3) for n in (1, 1, 2, 2, 3, 3)]


def test_only_what_is_cut_off_however_it_is_halved_is_a_failed_row() -> None:
    def answer(request: Request) -> Reply:
        return cutting(0 if 1 in numbers(request) else 10_000)(request)

    model = FakeModel(answer)
    (found,) = proven(LlmEngine(model), note(LONG))
    last = max(numbers(model.asked[5]))
    assert len(model.asked) == 3 + 2 + 2
    assert found.error == f"part 1 of 3: passages 1 to {last}: the answer was cut off"
    assert len(found.signals) == 4
    every = FakeModel(cutting(0))
    (none,) = proven(LlmEngine(every), note(LONG))
    assert len(every.asked) == 3 * (1 + 2 + 4)
    assert (none.error or "").count("passages ") == 12


def test_a_half_that_fails_otherwise_is_told_with_its_reason() -> None:
    def answer(request: Request) -> Reply:
        if request.part != 1 or len(model.asked) <= 3:
            return cutting(10_000 if request.part != 1 else 0)(request)
        return Reply(failure=Failure.BUSY) if 1 in numbers(request) else Reply(data={"signals": []})

    model = FakeModel(answer)
    (found,) = proven(LlmEngine(model), note(LONG))
    assert re.fullmatch(r"part 1 of 3: passages 1 to \d+: too many requests", found.error or "")


def test_what_is_short_or_may_not_be_asked_again_keeps_its_reason() -> None:
    short = FakeModel(cutting(0))
    (found,) = proven(LlmEngine(short), note())
    assert (found.error, len(short.asked)) == ("the answer was cut off", 1)

    def answer(request: Request) -> Reply:
        return cutting(0)(request) if len(model.asked) <= 3 else Reply(failure=Failure.NOT_SENT, detail="no file")

    model = FakeModel(answer)
    (found,) = proven(LlmEngine(model), note(LONG))
    assert found.error == "all 3 parts: the answer was cut off"
