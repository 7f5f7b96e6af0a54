"""Puts a language model together, layer around layer, as the settings and the wishes of a run say.

From the outside in: restrictions, redaction, answers remembered, limits, calls recorded and priced, saying what goes
where, the model itself; in a dry run a model that sends nothing stands in its place.
"""

import os
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from notesense.core.ports import LanguageModel, ModelRecords, Sender
from notesense.core.prices import FORM, Price
from notesense.errors import InputError, ModelError
from notesense.settings import (
    CONCURRENCY_VARIABLE,
    MODEL_VARIABLE,
    MOST_AT_ONCE,
    PRICE_VARIABLE,
    Settings,
)
from notesense.wiring.privacy import Privacy
from notesense.wiring.wishes import ModelWishes
from notesense.workflows.layers.spending import Spending

if TYPE_CHECKING:
    from notesense.adapters.llm.chat import ChatModel
    from notesense.adapters.llm.endpoint import Endpoint
    from notesense.core.estimating import Estimator
    from notesense.core.requests import Message, Request
    from notesense.workflows.layers.budget import Budget
    from notesense.workflows.layers.unsent import Unsent


class Modelling:
    """The language model of one run, made when it is first asked for, with what its work has come to."""

    def __init__(
        self, settings: Settings, wishes: ModelWishes, records: Callable[[], ModelRecords], privacy: Privacy
    ) -> None:
        self.privacy = privacy
        self.wishes = wishes
        self.spending = Spending()
        self._settings = settings
        self._records = records

    def close(self) -> None:
        """Close the connections to the server."""
        if "_chat" in self.__dict__:
            self._chat.close()

    @property
    def chosen(self) -> str | None:
        """The model that was named, None where none was."""
        return self.wishes.model or self._settings.model

    @cached_property
    def endpoint(self) -> "Endpoint":
        """The model and the server that were chosen; no key is looked for in a dry run. Raises ModelError for none."""
        from notesense.adapters.llm import endpoint, keys

        if self.chosen is None:
            raise ModelError(
                "No model is chosen.", f"Name one: --model openai:gpt-5-mini, or set {MODEL_VARIABLE} to it."
            )
        lookup = _no_key if self.wishes.dry_run else keys.from_keyring
        return endpoint.endpoint(self.chosen, os.environ, lookup)

    @cached_property
    def price(self) -> Price | None:
        """What the model's tokens cost, as far as the user has said it."""
        from notesense.adapters import prices

        return self._settings.price or prices.load(self._settings.prices).get(self.endpoint.name)

    @cached_property
    def model(self) -> LanguageModel:
        """The model under all its layers.

        Raises ModelError or InputError for what cannot work, before anything is sent.
        """
        return self.privacy.around(self._remembering)

    @property
    def known_as(self) -> str:
        """The name under which this model's answers are remembered."""
        return f"{self.endpoint.name} at {self.endpoint.server}"

    @property
    def _remembering(self) -> LanguageModel:
        """The model that is asked nothing twice."""
        from notesense.workflows.layers.remembering import Memory, Remembering

        if self.wishes.dry_run and self.wishes.fresh:
            return self.unsent
        if self.wishes.dry_run:
            return Remembering(self.unsent, self._records(), self.spending, self.known_as, "look")
        memory: Memory = "renew" if self.wishes.fresh else "use"
        return Remembering(self._paid, self._records(), self.spending, self.known_as, memory)

    @cached_property
    def unsent(self) -> "Unsent":
        """The innermost model of a dry run, with the requests that it kept."""
        from notesense.workflows.layers.unsent import Unsent

        return Unsent(self.endpoint.name)

    def as_sent(self, request: "Request") -> "tuple[Message, ...]":
        """Return the messages that would go out, spelling the form out where the server is known to need that."""
        from notesense.adapters.llm import steps

        known = steps.known(self._records().ability(self.endpoint.server, self.endpoint.model))
        return steps.messages(known or steps.Step.SCHEMA, request)

    @cached_property
    def estimator(self) -> "Estimator":
        """Expects what requests will take; answers are taken to be as long as this model's have been."""
        from notesense.core.estimating import Estimator

        lengths: dict[str, list[int]] = {}
        for spent in self._records().spent():
            if spent.model == self.endpoint.name and spent.calls > spent.failed:
                total = lengths.setdefault(spent.task, [0, 0])
                total[0] += spent.output_tokens
                total[1] += spent.calls - spent.failed
        return Estimator({task: tokens / answers for task, (tokens, answers) in lengths.items()})

    @property
    def _paid(self) -> Sender:
        """The model with its limits, its calls priced and recorded."""
        from notesense.workflows.layers.budgeting import Budgeted
        from notesense.workflows.layers.recording import Recorded

        budget = self._budget
        recorded = Recorded(
            self.privacy.announced(self._chat, self.endpoint.host), self._records(), self.price, self.spending
        )
        return Budgeted(recorded, budget, self.spending) if budget else recorded

    @cached_property
    def _budget(self) -> "Budget | None":
        """The limits of this run, where it has any."""
        from notesense.workflows.layers.budget import Budget, Limits

        limits = Limits(self.wishes.max_cost, self.wishes.max_tokens)
        if limits.cost is not None and self.price is None:
            raise InputError(
                f"--max-cost needs the price of {self.endpoint.name}, which is not known.",
                f"Set {PRICE_VARIABLE} ({FORM}), or write it into {self._settings.prices}.",
            )
        return None if limits == Limits() else Budget(limits, self.price, self.estimator)

    @cached_property
    def _chat(self) -> "ChatModel":
        from notesense.adapters.llm.chat import ChatModel, always
        from notesense.adapters.llm.pace import Pace

        concurrency = self.wishes.concurrency or self._settings.concurrency
        if not 1 <= concurrency <= MOST_AT_ONCE:
            raise InputError(
                f"{concurrency} requests cannot be under way at once.",
                f"Choose --concurrency (or {CONCURRENCY_VARIABLE}) from 1 to {MOST_AT_ONCE}.",
            )
        pace = Pace(concurrency=concurrency, requests_per_minute=self._settings.rate)
        further = self._budget.further if self._budget else always
        return ChatModel(self.endpoint, self._records(), pace, further=further)


def _no_key(variable: str) -> str:
    """Stand in for the keyring where nothing is going to be sent."""
    return "dry-run"
