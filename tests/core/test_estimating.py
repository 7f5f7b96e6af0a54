import pytest

from notesense.core.estimating import Estimator, characters
from notesense.core.requests import Message, Request
from notesense.core.signal import Usage


def asked(length, task="extract.v1"):
    return Request(task=task, messages=(Message(role="user", text="x" * length),), form={}, form_name="f")


def test_four_characters_are_a_token_until_the_server_has_counted():
    estimator = Estimator()
    expected = estimator.expected(asked(398))
    assert characters(asked(398)) == 400
    assert (expected.input_tokens, expected.output_tokens, expected.cost_usd) == (100, 25, None)
    estimator.learn(asked(398), Usage())
    assert estimator.characters_per_token == 4
    estimator.learn(asked(398), Usage(input_tokens=80, output_tokens=7))
    estimator.learn(asked(598), Usage(input_tokens=120, output_tokens=9))
    assert estimator.characters_per_token == pytest.approx(5)
    expected = estimator.expected(asked(998))
    assert (expected.input_tokens, expected.output_tokens) == (200, 8)


def test_answers_are_expected_as_long_as_earlier_ones_to_the_same_prompt():
    estimator = Estimator({"extract.v1": 300.0})
    assert estimator.expected(asked(398)).output_tokens == 300
    assert estimator.expected(asked(398, "brief.v1")).output_tokens == 25
