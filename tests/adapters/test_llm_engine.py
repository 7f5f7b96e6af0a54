"""The engine over a language model: what is asked, and what becomes of whatever is answered."""

import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from fakes import FakeModel
from notesense.adapters.llm.engine import LlmEngine, tracker_lines
from notesense.core.grounding import ground
from notesense.core.note import Note
from notesense.core.parts import LONGEST
from notesense.core.passage import Passage
from notesense.core.passages import passages
from notesense.core.requests import Failure, Prompted, Reply, Request
from notesense.core.signal import Drafts, Extraction, Reason, Usage
from notesense.core.trackers import Tracker, Trackers

DAY = datetime.date(2025, 9, 10)
TEXT = """Ruth Ekholm (customer): The conveyor stops twice a week.
Ruth Ekholm (customer): We do not want to leave you.
Maya (us): I send you the report by Friday.
Ruth Ekholm (customer): The portal works well."""
LONG = "".join(
    f"{('Maya (us)', 'Ruth')[n % 2]}: Belt {n} stands still. {f'Word {n} of it. ' * 20}\n" for n in range(56)
)
GREEN = Tracker(
    name="green_proof",
    definition="Wants proof of where things come from.",
    examples=("one", "two", "three", "four"),
    not_examples=("five", "six", "seven"),
)


def note(text: str = TEXT, name: str = "n1") -> Note:
    return Note(id=name, account="Ekholm", date=DAY, text=text)


def claim(passage: int, quote: str, kind: str = "pain_point", **attributes: str) -> dict[str, Any]:
    named = [{"name": name, "value": value} for name, value in attributes.items()]
    stated = {"certainty": "stated", "confidence": "high"}
    return {"passage": passage, "quote": quote, "kind": kind, "attributes": named, **stated}


def answering(*claims: dict[str, Any], **more: Any) -> Callable[[Request], Reply]:
    return lambda request: Reply(data={"signals": list(claims)}, **more)


def proven(engine: LlmEngine, *notes: Note) -> list[Extraction]:
    found = zip(notes, engine.extract(notes), strict=True)
    return [ground(one, passages(one.text), drafts, engine.name) for one, drafts in found]


def told(answer: Callable[[Request], Any], text: str = TEXT, **more: Any) -> Extraction:
    (found,) = proven(LlmEngine(FakeModel(answer), **more), note(text))
    return found


def test_a_note_is_one_request_static_part_first_and_the_answer_becomes_signals() -> None:
    model = FakeModel(answering(claim(1, "The conveyor stops twice a week", area="product", colour="red")))
    (found,) = proven(LlmEngine(model), note())
    (request,) = model.asked
    assert [message.role for message in request.messages] == ["system", "user"]
    assert "Ekholm" not in request.messages[0].text
    assert "[3] Maya (us): I send you the report by Friday." in request.messages[1].text
    assert (request.task, request.form_name, request.account, request.note_id) == (
        "extract.v2",
        "signals",
        "Ekholm",
        "n1",
    )
    (signal,) = found.signals
    assert (signal.quote, signal.speaker, signal.side) == ("The conveyor stops twice a week", "Ruth Ekholm", "customer")
    assert (signal.attributes, signal.confidence, signal.match) == ({"area": "product"}, 0.9, "exact")
    assert (found.engine, found.error, found.rejected) == ("llm", None, ())


def test_the_same_note_gives_the_same_request() -> None:
    model = FakeModel(answering())
    list(LlmEngine(model).extract([note()]))
    list(LlmEngine(model).extract([note(name="other")]))
    assert model.asked[0].key == model.asked[1].key


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (claim(1, "The conveyor is dangerous"), Reason.NOT_IN_NOTE),
        (claim(2, "We want to leave you"), Reason.NEGATION),
        (claim(2, "want to leave you"), Reason.NEGATION),
        (claim(1, "The conveyor stops three times a week"), Reason.NUMBER),
        (claim(1, "The conveyor stops twice a week ... The portal works well"), Reason.STITCHED),
        (claim(1, "The portal works well", "praise"), Reason.OTHER_PASSAGE),
        (claim(1, "Das Förderband steht zweimal die Woche"), Reason.NOT_IN_NOTE),
        (claim(1, "The conveyor stops twice a week", "gossip"), Reason.UNKNOWN_KIND),
        (claim(9, "The conveyor stops twice a week"), Reason.UNKNOWN_PASSAGE),
        (claim(1, "..."), Reason.EMPTY),
        ({"passage": "one", "quote": 7}, Reason.FAULTY),
    ],
)
def test_what_the_note_does_not_bear_out_is_refused_and_the_rest_stays(wrong: dict[str, Any], reason: Reason) -> None:
    found = told(answering(wrong, claim(4, "The portal works well", "praise")))
    assert [one.reason for one in found.rejected] == [reason]
    assert [signal.quote for signal in found.signals] == ["The portal works well"]
    assert found.error is None


def test_a_thousandfold_repetition_is_one_signal_and_a_bounded_number_of_refusals() -> None:
    found = told(answering(*[claim(1, "The conveyor stops twice a week")] * 1000))
    assert len(found.signals) == 1
    assert {one.reason for one in found.rejected} == {Reason.REPEATED}
    assert (len(found.rejected), found.error) == (100, None)


def test_an_answer_that_runs_on_is_told() -> None:
    found = told(answering(*[claim(7, f"word {n}") for n in range(300)]))
    assert found.error == "the answer ran on; 200 claims were left out"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(failure=Failure.BUSY), "too many requests"),
        (
            Reply(failure=Failure.BAD_REQUEST, detail="no\nsuch field"),
            "the server could not use the request (no such field)",
        ),
        (Reply(failure=Failure.CUT_OFF), "the answer was cut off"),
        (Reply(data={"sorry": "no"}), "the answer does not have the form asked for"),
        (Reply(), "the answer does not have the form asked for"),
    ],
)
def test_a_request_without_a_usable_answer_is_told(reply: Reply, error: str) -> None:
    found = told(lambda request: reply)
    assert (found.error, found.signals, found.rejected) == (error, (), ())


def test_what_was_answered_before_it_was_cut_off_is_kept() -> None:
    whole = [claim(4, "The portal works well", "praise")]
    found = told(lambda request: Reply(data={"signals": whole}, failure=Failure.CUT_OFF))
    assert (len(found.signals), found.error) == (1, "the answer was cut off")


def by_part(request: Request) -> Reply:
    """Answer with the first belt of each part; refuse the second part."""
    if request.part == 2:
        return Reply(failure=Failure.BUSY, usage=Usage(input_tokens=1))
    lines = [line for line in request.messages[1].text.split("\n") if line.startswith("[") and "Belt" in line]
    number, _, words = lines[0].partition("] ")
    quote = words.partition(": ")[2].removesuffix(".")
    usage = Usage(input_tokens=10, output_tokens=2, cost_usd=0.5, seconds=1)
    return Reply(data={"signals": [claim(int(number[1:]), quote)]}, usage=usage)


def test_a_long_note_is_read_in_parts_and_a_part_that_failed_is_told_beside_what_the_others_hold() -> None:
    assert len(LONG) > 2 * LONGEST
    found = told(by_part, LONG)
    assert found.signals[0].quote == "Belt 0 stands still"
    assert len(found.signals) == 2
    assert found.error == "part 2 of 3: too many requests"
    assert found.usage == Usage(input_tokens=21, output_tokens=4, cost_usd=1.0, seconds=2)


def test_parts_that_fail_alike_are_told_together() -> None:
    assert told(lambda request: Reply(failure=Failure.SERVER), LONG).error == "all 3 parts: the server failed"
    two = told(lambda request: Reply(failure=Failure.SERVER) if request.part > 1 else {"signals": []}, LONG)
    assert two.error == "parts 2, 3 of 3: the server failed"
    odd = told(lambda request: Reply(failure=(Failure.SERVER, Failure.BUSY, Failure.BUSY)[request.part - 1]), LONG)
    assert odd.error == "part 1 of 3: the server failed; parts 2, 3 of 3: too many requests"


def test_a_passage_around_a_part_is_not_labelled_by_it() -> None:
    model = FakeModel(answering())
    list(LlmEngine(model).extract([note(LONG)]))
    second = model.asked[1].messages[1].text.split("\n")
    words = next(line for line in second if line.startswith("[-] ")).removeprefix("[-] ")
    answer = [claim(number, words.removesuffix(".")) for number in range(1, 300)]
    found = told(lambda request: {"signals": answer if request.part == 2 else []}, LONG)
    assert found.signals == ()


def test_notes_come_in_order_and_one_without_words_costs_no_request() -> None:
    model = FakeModel(answering())
    notes = [note("...", "a"), note(name="b"), note("-- ?", "c"), note(name="d"), note("!", "e")]
    found = list(LlmEngine(model).extract(notes))
    assert [drafts.note_id for drafts in found] == list("abcde")
    assert all(drafts.error is None for drafts in found)
    assert len(model.asked) == 2


def test_a_note_is_answered_as_soon_as_its_replies_are_there() -> None:
    model = FakeModel(answering())
    found = LlmEngine(model).extract([note(name=f"n{number}") for number in range(9)])
    next(found)
    assert len(model.asked) == 1


class Silent(FakeModel):
    def answer(self, requests: Any) -> Iterator[Reply]:
        yield from list(super().answer(requests))[:1]


def test_a_model_that_stops_answering_leaves_notes_that_say_so() -> None:
    first, second = LlmEngine(Silent(answering())).extract([note(name="a"), note(name="b")])
    assert (first.error, second.error) == (None, "not sent")


def test_a_model_whose_answers_are_no_generator_will_do() -> None:
    model = FakeModel(answering())
    answer = model.answer
    model.answer = lambda requests: iter(list(answer(requests)))  # type: ignore[method-assign]
    assert len(list(LlmEngine(model).extract([note(name="a"), note(name="b")]))) == 2


def test_the_version_changes_with_whatever_changes_the_answers() -> None:
    model, other = FakeModel(answering()), FakeModel(answering())
    other.name = "fake:other"
    trackers = Trackers(trackers=(GREEN,))
    engines = [
        LlmEngine(model),
        LlmEngine(other),
        LlmEngine(model, verify=True),
        LlmEngine(model, trackers=trackers),
        LlmEngine(model, chooser=Every()),
    ]
    assert len({engine.version for engine in engines}) == 5
    assert engines[0].version.startswith("fake:model+extract.v2-")
    assert engines[4].version.endswith("+every")
    assert [engine.name for engine in engines] == ["llm"] * 4 + ["hybrid"]
    assert isinstance(engines[0], Prompted)
    assert engines[0].model == "fake:model"
    assert len({engines[0].prompt_sha256, engines[2].prompt_sha256}) == 2
    assert {len(engine.prompt_sha256) for engine in engines} == {64}


def test_trackers_are_further_kinds() -> None:
    model = FakeModel(answering(claim(4, "The portal works well", "green_proof")))
    trackers = Trackers(trackers=(GREEN,))
    (drafts,) = LlmEngine(model, trackers=trackers).extract([note()])
    found = ground(note(), passages(TEXT), drafts, "llm", trackers=trackers.names)
    assert [signal.kind for signal in found.signals] == ["green_proof"]
    line = 'green_proof: Wants proof of where things come from. Such as: "one"; "two"; "three". Not: "five"; "six".'
    assert f"\n{line}\n" in model.asked[0].messages[0].text
    assert "green_proof" in json.dumps(model.asked[0].form)
    assert tracker_lines([GREEN.model_copy(update={"not_examples": ()})]).endswith('"three".\n')


class Every:
    """A chooser of every second passage."""

    version, batch = "every", 2

    def choose(self, notes: Sequence[tuple[Note, tuple[Passage, ...]]]) -> Iterator[set[int]]:
        for _, found in notes:
            yield {passage.ordinal for passage in found if passage.ordinal % 2}


def test_with_a_chooser_only_what_it_chose_is_sent_under_its_own_numbers() -> None:
    model = FakeModel(
        answering(claim(4, "The portal works well", "praise"), claim(1, "The conveyor stops twice a week"))
    )
    found = proven(LlmEngine(model, chooser=Every()), *(note(name=name) for name in "abc"))
    sent = model.asked[0].messages[1].text
    assert "stops twice" not in sent
    assert "[2] Ruth Ekholm (customer): We do not" in sent
    assert [[signal.quote for signal in one.signals] for one in found] == [["The portal works well"]] * 3
    assert [one.rejected[0].reason for one in found] == [Reason.UNKNOWN_PASSAGE] * 3


def looking(verdicts: Any, **more: Any) -> Callable[[Request], Any]:
    first = [claim(1, "The conveyor stops twice a week"), claim(1, "conveyor stops twice a week")]
    second = [claim(4, "The portal works well", "praise", topic="portal"), claim(4, "The portal is bad")]

    def answer(request: Request) -> Reply:
        if request.task == "extract.v2":
            return Reply(data={"signals": first + second}, usage=Usage(input_tokens=5))
        data = verdicts(request) if callable(verdicts) else verdicts
        return data if isinstance(data, Reply) else Reply(data=data, usage=Usage(input_tokens=3), **more)

    return answer


def verdict(number: int, holds: bool) -> dict[str, Any]:
    return {"number": number, "why": "settled since", "holds": holds}


def test_a_second_look_drops_what_it_refutes_and_says_so() -> None:
    model = FakeModel(looking({"verdicts": [verdict(1, False), verdict(2, True)]}))
    (found,) = proven(LlmEngine(model, verify=True), note())
    assert [signal.quote for signal in found.signals] == ["The portal works well"]
    assert [one.reason for one in found.rejected] == [Reason.REFUTED, Reason.REFUTED, Reason.NOT_IN_NOTE]
    assert (found.error, found.usage.input_tokens) == (None, 8)
    look = model.asked[1]
    assert (look.task, look.form_name, look.note_id) == ("verify.v1", "verdicts", "n1")
    assert '1. pain_point: "The conveyor stops twice a week"\n2. praise: "The portal works well"; topic portal' in (
        look.messages[1].text
    )


@pytest.mark.parametrize(
    ("verdicts", "error"),
    [
        (Reply(failure=Failure.TIMED_OUT), "second look: no answer in time"),
        ({"nothing": 1}, "second look: the answer does not have the form asked for"),
        ({"verdicts": [verdict(7, False), "no"]}, None),
    ],
)
def test_a_second_look_that_fails_takes_nothing_away(verdicts: Any, error: str | None) -> None:
    found = told(looking(verdicts), verify=True)
    assert len(found.signals) == 2
    assert found.error == error


def test_without_anything_found_there_is_no_second_look() -> None:
    model = FakeModel(answering(claim(1, "Nobody said this")))
    (found,) = proven(LlmEngine(model, verify=True), note())
    assert len(model.asked) == 1
    assert [one.reason for one in found.rejected] == [Reason.NOT_IN_NOTE]


def test_a_long_note_is_looked_at_in_parts_and_both_errors_are_told() -> None:
    def answer(request: Request) -> Any:
        if request.task == "extract.v2":
            return by_part(request)
        return Reply(failure=Failure.SERVER) if request.part == 3 else {"verdicts": [verdict(1, False)]}

    found = told(answer, LONG, verify=True)
    assert len(found.signals) == 1
    assert found.error == "part 2 of 3: too many requests; part 3 of 3: second look: the server failed"


def test_a_second_look_keeps_the_order_of_notes() -> None:
    model = FakeModel(looking({"verdicts": []}))
    notes = [note(name="a"), note("...", "b"), note(name="c")]
    found: list[Drafts] = list(LlmEngine(model, verify=True).extract(notes))
    assert [drafts.note_id for drafts in found] == ["a", "b", "c"]
