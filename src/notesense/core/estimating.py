"""How many tokens a request will take, told before it is sent.

A token counts as four characters until the server has said how many it took: from then on as what its own counts come
to. Answers are taken to be as long as earlier ones to the same prompt, else a quarter of the request.
"""

import json
from collections import defaultdict
from collections.abc import Mapping

from notesense.core.requests import Request
from notesense.core.signal import Usage

CHARACTERS_PER_TOKEN = 4.0
ANSWER_SHARE = 0.25
"""Tokens of an answer for each token asked, until answers to the same prompt are known."""


class Estimator:
    """Expects the usage of requests, and learns from the usage that came. `answers`: mean tokens of answers by task."""

    def __init__(self, answers: Mapping[str, float] | None = None) -> None:
        self._before = dict(answers or {})
        self._characters = 0
        self._tokens = 0
        self._answers: defaultdict[str, list[int]] = defaultdict(list)

    @property
    def characters_per_token(self) -> float:
        """How many characters make a token, as far as is known now."""
        return self._characters / self._tokens if self._tokens else CHARACTERS_PER_TOKEN

    def expected(self, request: Request) -> Usage:
        """Return the tokens that a request will probably take; what they cost is left open."""
        asked = round(characters(request) / self.characters_per_token)
        return Usage(input_tokens=asked, output_tokens=round(self._answer(request.task, asked)), cost_usd=None)

    def learn(self, request: Request, usage: Usage) -> None:
        """Take in what a request took; a server that counts nothing teaches nothing."""
        if usage.input_tokens:
            self._characters += characters(request)
            self._tokens += usage.input_tokens
            self._answers[request.task].append(usage.output_tokens)

    def _answer(self, task: str, asked: int) -> float:
        known = self._answers.get(task)
        return sum(known) / len(known) if known else self._before.get(task, asked * ANSWER_SHARE)


def characters(request: Request) -> int:
    """Return the characters of the messages and of the form, which is sent with them."""
    return request.characters + len(json.dumps(request.form))
