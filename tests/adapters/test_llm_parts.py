"""The small parts under the chat model: objects in text, strict forms, work in order."""

import threading
from pathlib import Path

import pytest

from notesense.adapters.llm.finding import object_in, whole_object
from notesense.adapters.llm.steps import Step, known, strict_form
from notesense.adapters.llm.workers import in_order
from notesense.core.requests import Failure


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1}', {"a": 1}),
        (' \n{"a": {"b": [1]}}\n', {"a": {"b": [1]}}),
        ('```json\n{"a": 1}\n```', {"a": 1}),
        ('Here: {"a": 1} and so on {', {"a": 1}),
        ('{"a": 1} but better {"a": 1, "b": 2}', {"a": 1, "b": 2}),
        ('<think>maybe {"a": 1, "b": 2}</think>{"a": 3}', {"a": 3}),
        ('{"a": "</think>"}', {"a": "</think>"}),
        ('{"a": "line\nbreak"}', {"a": "line\nbreak"}),
        ('{"a": "\\ud800"}', {"a": "?"}),
        ("{}", {}),
        ("", None),
        ("[1]", None),
        ('"{}"', {}),
        ("{a: 1}", None),
        ('{"a": NaN}', None),
        ('{"a": ' + "9" * 5000 + "}", None),
        ("{" * 100_000, None),
        ('{"a":' * 100_000, None),
        ("[" * 100_000, None),
        ("```{" * 50_000, None),
        ("<think>" * 50_000, None),
    ],
)
def test_the_object_in_a_text(text, found):
    assert object_in(text) == found


def test_a_whole_object_has_nothing_around_it():
    assert whole_object('{"a": 1}') == {"a": 1}
    assert whole_object('```json\n{"a": 1}\n```') is None


CLOSED = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


@pytest.mark.parametrize(
    ("form", "strict"),
    [
        (CLOSED, True),
        (CLOSED | {"properties": {"a": {"type": "array", "items": CLOSED}}}, True),
        (CLOSED | {"properties": {"a": {"anyOf": [CLOSED, {"type": "null"}]}}}, True),
        (CLOSED | {"$defs": {"b": CLOSED}}, True),
        (CLOSED | {"required": []}, False),
        (CLOSED | {"additionalProperties": True}, False),
        (CLOSED | {"properties": {"a": {"type": "string", "minLength": 1}}}, False),
        (CLOSED | {"properties": {"a": {"type": "array", "items": {"type": "object"}}}}, False),
        (CLOSED | {"properties": {"a": {"anyOf": [{"type": "object"}]}}}, False),
        (CLOSED | {"$defs": {"b": {"type": "object"}}}, False),
        ({}, True),
    ],
)
def test_which_forms_can_be_strict(form, strict):
    assert strict_form(form) is strict


def test_steps_are_known_by_what_is_remembered():
    assert [known(step.value) for step in Step] == list(Step)
    assert (known(None), known("of a later version")) == (None, None)
    assert len({step.told for step in Step}) == 4


def nobody(item, result):
    """Hear of a result."""


def test_results_come_in_order_whichever_is_done_first():
    second = threading.Event()

    def work(number):
        assert number or second.wait(5)
        if number == 1:
            second.set()
        return number

    assert list(in_order(work, range(5), 2, nobody)) == list(range(5))


def test_what_work_raises_is_raised_in_its_place():
    def work(number):
        if number == 1:
            raise ValueError("one")
        return number

    results = in_order(work, range(3), 2, nobody)
    assert next(results) == 0
    with pytest.raises(ValueError, match="one"):
        next(results)


def test_threads_are_left_behind_and_never_keep_the_program_alive():
    hold, seen = threading.Event(), []

    def work(number):
        seen.append(threading.current_thread())
        hold.wait(5)

    results = in_order(work, (number for number in range(3) if number < 2 or leave()), 2, nobody)
    with pytest.raises(KeyboardInterrupt):
        next(results)
    assert all(thread.daemon for thread in seen)
    hold.set()
    for thread in seen:
        thread.join(5)
        assert not thread.is_alive()


def leave():
    raise KeyboardInterrupt


def test_results_are_heard_before_their_turn_by_the_caller_and_none_twice():
    hold, heard = threading.Event(), []

    def work(number):
        assert number or hold.wait(5)
        return number * 10

    def arrived(number, result):
        heard.append((number, result, threading.current_thread()))
        if len(heard) == 3:
            hold.set()

    assert list(in_order(work, range(6), 2, arrived)) == [0, 10, 20, 30, 40, 50]
    assert [number for number, _, _ in heard[:3]] == [1, 2, 3]
    assert sorted(number for number, _, _ in heard) == list(range(6))
    assert {thread for _, _, thread in heard} == {threading.current_thread()}
    assert all(result == number * 10 for number, result, _ in heard)


def test_who_leaves_early_still_hears_what_is_there():
    heard, begun, hold = [], threading.Event(), threading.Event()

    def work(number):
        if number == 2:
            begun.set()
        assert number or hold.wait(5)
        return number

    def items():
        yield from range(3)
        assert begun.wait(5)
        raise KeyboardInterrupt

    results = in_order(work, items(), 2, lambda number, result: heard.append(number))
    with pytest.raises(KeyboardInterrupt):
        next(results)
    hold.set()
    assert heard in ([1], [1, 2])


def test_the_page_tells_each_failure_that_a_server_can_cause():
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    ours = {Failure.BUDGET, Failure.RESTRICTED, Failure.NOT_SENT, Failure.WAITING, Failure.INTERRUPTED}
    assert [failure for failure in Failure if failure not in ours and f"| {failure} |" not in page] == []
    assert [step for step in Step if f"| {step.told} |" not in page] == []
