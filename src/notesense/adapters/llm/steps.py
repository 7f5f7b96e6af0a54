"""The ways to ask for an answer of a given form, surest first, and what each puts on the wire.

A form is sent unchanged. It goes as `strict` where it keeps OpenAI's rules for that: every object closed, every
property required. The lower two steps spell the form out in the first message, where a provider can keep it ready.
"""

import json
from enum import StrEnum
from typing import Any

from notesense.core.requests import Message, Request

_SPELLED_OUT = """

Answer with one JSON object and nothing else: no introduction, no explanation, no code fence.
The object must fit this JSON schema:
{form}"""
_NOT_STRICT = frozenset(
    "allOf oneOf not if then else dependentRequired dependentSchemas patternProperties propertyNames contains "
    "minContains maxContains uniqueItems minProperties maxProperties minLength maxLength default "
    "unevaluatedItems unevaluatedProperties".split()
)


class Step(StrEnum):
    """A way to ask for a form. The value is what is remembered of a server."""

    SCHEMA = "json_schema"
    TOOL = "tool_call"
    JSON = "json_mode"
    TEXT = "text"

    @property
    def below(self) -> "Step | None":
        """The next step down, None at the last."""
        steps = list(Step)
        return steps[steps.index(self) + 1] if self is not Step.TEXT else None

    @property
    def told(self) -> str:
        """What it is called for people."""
        return _TOLD[self]


_TOLD = {
    Step.SCHEMA: "by JSON schema",
    Step.TOOL: "by tool call",
    Step.JSON: "by JSON mode",
    Step.TEXT: "as JSON in text",
}


def known(name: str | None) -> Step | None:
    """Return the step of this name; None for none, or one that this version does not know."""
    return Step(name) if name in set(Step) else None


def messages(step: Step, request: Request) -> tuple[Message, ...]:
    """Return the messages as this step sends them."""
    if step in (Step.SCHEMA, Step.TOOL):
        return request.messages
    first, *rest = request.messages
    form = json.dumps(request.form, ensure_ascii=False)
    return first.model_copy(update={"text": first.text + _SPELLED_OUT.format(form=form)}), *rest


def parameters(step: Step, request: Request) -> dict[str, Any]:
    """Return what a chat request of the OpenAI protocol holds besides its messages."""
    strict = strict_form(request.form)
    match step:
        case Step.SCHEMA:
            schema = {"name": request.form_name, "schema": request.form, "strict": strict}
            return {"response_format": {"type": "json_schema", "json_schema": schema}}
        case Step.TOOL:
            function = {"name": request.form_name, "parameters": request.form} | ({"strict": True} if strict else {})
            choice = {"type": "function", "function": {"name": request.form_name}}
            return {"tools": [{"type": "function", "function": function}], "tool_choice": choice}
        case Step.JSON:
            return {"response_format": {"type": "json_object"}}
        case _:
            return {}


def strict_form(form: Any) -> bool:
    """Return whether a JSON schema keeps OpenAI's rules of strict schemas, in itself and in all it is made of."""
    if isinstance(form, list):
        return all(strict_form(part) for part in form)
    if not isinstance(form, dict):
        return True
    properties = form.get("properties", {})
    if form.get("type") == "object" or properties:
        closed = form.get("additionalProperties") is False and set(form.get("required", ())) == set(properties)
        if not closed:
            return False
    inner = [*properties.values(), *form.get("$defs", {}).values(), form.get("items"), *form.get("anyOf", ())]
    return not _NOT_STRICT & form.keys() and all(strict_form(part) for part in inner)
