"""What `doctor` tells of the language model: which, where, whose key, how it takes forms. Keys are not shown."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from notesense.core.ports import Abilities, ModelRecords
from notesense.core.prices import Price
from notesense.core.records import Call
from notesense.core.requests import Failure, Reply
from notesense.core.results import Check
from notesense.errors import ModelError
from notesense.settings import MODEL_VARIABLE

if TYPE_CHECKING:
    from notesense.adapters.llm.chat import ChatModel

NAME = "language model"
_FIXES = {
    Failure.KEY: "Check the key; one in the environment wins over one in the keyring.",
    Failure.FORBIDDEN: "Ask whoever runs the server, or check what your key may do.",
    Failure.NO_MODEL: f"Check the model's name in {MODEL_VARIABLE}, and the address in OPENAI_BASE_URL.",
    Failure.BUSY: "Wait a little, or check your credit with the provider.",
    Failure.NO_CONNECTION: "Check that the server runs, and its address in OPENAI_BASE_URL.",
    Failure.TIMED_OUT: "Check that the server is not overloaded; a large model on a small machine is slow.",
    Failure.FORMLESS: "This model does not keep to a form. Choose another.",
}


class Recorder(NamedTuple):
    """Where a trial is written down like any other call, and at which price."""

    records: Callable[[], ModelRecords]
    price: Callable[[], Price | None]


def recorded_trial(model: "ChatModel", recorder: Recorder) -> Reply:
    """Ask for one line and write down what it cost. Raises InputError, before it is asked, for a price that is none."""
    from notesense.adapters.llm.chat import TRIAL
    from notesense.workflows.layers.recording import priced, utc_now

    price = recorder.price()
    reply = model.trial()
    told = reply.model_copy(update={"usage": priced(reply, price)})
    recorder.records().record([Call.of(TRIAL, told, model.name, utc_now())])
    return told


def check_model(name: str | None, abilities: Abilities, recorder: Recorder | None = None) -> Check:
    """Return what can be told without a network; with a recorder the model is asked for one line.

    Raises ModelError where the choice of model cannot be used, or a trial is wished for and none is chosen.
    """
    if name is None:
        if recorder:
            raise ModelError("No model is chosen.", f"Set {MODEL_VARIABLE}, for example to openai:gpt-5-mini.")
        return Check(name=NAME, state="ok", detail="none is chosen, and none is needed")
    from notesense.adapters.llm.chat import ChatModel
    from notesense.adapters.llm.endpoint import endpoint

    model = ChatModel(endpoint(name, os.environ), abilities)
    try:
        return _tried(model, recorder) if recorder else _told(model)
    finally:
        model.close()


def check_network(name: str | None) -> Check:
    """Return what goes over the network, and to whom."""
    if name is None:
        return Check(name="network", state="ok", detail="not used: no model is chosen, telemetry is off")
    from notesense.adapters.llm.endpoint import endpoint

    try:
        host = endpoint(name, os.environ).host
    except ModelError:
        host = "nobody: the chosen model cannot be used"
    return Check(name="network", state="ok", detail=f"only when a model is asked, to {host}; telemetry is off")


def _told(model: "ChatModel", more: str = "") -> Check:
    where = model.endpoint
    form = f"answers in form: {model.step.told}" if model.step else "not known yet how it answers in form"
    detail = f"{where.name} at {where.host}; {where.key_told}; {form}{more}"
    if where.open_wire:
        fix = "Use an address that begins with https://."
        return Check(name=NAME, state="warning", detail=f"{detail}; NOT ENCRYPTED on its way", fix=fix)
    return Check(name=NAME, state="ok", detail=detail)


def _tried(model: "ChatModel", recorder: Recorder) -> Check:
    reply = recorded_trial(model, recorder)
    if reply.failure is None:
        tokens = reply.usage.input_tokens + reply.usage.output_tokens
        return _told(model, f"; answered in {reply.usage.seconds:.1f} s ({tokens} tokens)")
    why = f"{reply.failure} ({reply.detail})" if reply.detail else str(reply.failure)
    detail = f"{model.name} at {model.endpoint.host}; {model.endpoint.key_told}; no answer: {why}"
    return Check(name=NAME, state="fault", detail=detail, fix=_FIXES.get(reply.failure, ""))
