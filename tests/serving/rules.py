"""What the server refuses, and with which words: formats it lacks, schemas that break OpenAI's rules of `strict`."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from .misbehaviour import Status, no_such_model, unknown_format, unknown_temperature, unknown_tools

NOT_IN_STRICT = frozenset(
    "allOf oneOf not if then else dependentRequired dependentSchemas patternProperties propertyNames default "
    "unevaluatedItems unevaluatedProperties contains minContains maxContains uniqueItems minProperties maxProperties "
    "minLength maxLength".split()
)
"""Keywords that OpenAI's strict mode does not take."""


def refusal(body: Any, supports: Collection[str], models: Collection[str]) -> Status | None:
    """Return why this chat request is refused, or None."""
    if not isinstance(body, dict) or not isinstance(body.get("messages"), list) or not body["messages"]:
        return Status(400, "Missing required parameter: 'messages'.", code="missing_required_parameter")
    if body.get("model") not in models:
        return no_such_model(str(body.get("model")))
    if body.get("stream"):
        return Status(400, "The test server does not stream.", param="stream")
    if body.get("temperature") is not None and "temperature" not in supports:
        return unknown_temperature()
    return _refused_tools(body, supports) or _refused_format(body, supports)


def _refused_tools(body: dict[str, Any], supports: Collection[str]) -> Status | None:
    tools = body.get("tools") or []
    if tools and "tools" not in supports:
        return unknown_tools()
    names = {tool["function"]["name"] for tool in tools}
    choice = body.get("tool_choice")
    if isinstance(choice, dict) and choice["function"]["name"] not in names:
        return Status(400, f"Tool choice '{choice['function']['name']}' not found in 'tools'.", param="tool_choice")
    for tool in tools:
        if tool["function"].get("strict"):
            return _broken_rule(
                tool["function"]["name"], tool["function"]["parameters"], "tools[0].function.parameters"
            )
    return None


def _refused_format(body: dict[str, Any], supports: Collection[str]) -> Status | None:
    wanted = body.get("response_format") or {"type": "text"}
    if wanted["type"] == "text":
        return None
    if wanted["type"] not in supports:
        return unknown_format(wanted["type"])
    if wanted["type"] == "json_object" and "json" not in json.dumps(body["messages"]).lower():
        message = (
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
        )
        return Status(400, message, param="messages")
    if wanted["type"] == "json_schema" and wanted["json_schema"].get("strict"):
        return _broken_rule(wanted["json_schema"]["name"], wanted["json_schema"]["schema"], "response_format")
    return None


def _broken_rule(name: str, schema: Any, param: str) -> Status | None:
    for fault in _faults(schema, ()):
        return Status(400, f"Invalid schema for '{name}': {fault}", code="invalid_json_schema", param=param)
    return None


def _faults(schema: Any, place: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    context = f"In context={place}"
    if not place and schema.get("type") != "object":
        yield f"{context}, schema must be a JSON Schema of 'type: \"object\"'."
    for keyword in sorted(NOT_IN_STRICT & schema.keys()):
        yield f"{context}, '{keyword}' is not permitted."
    if schema.get("type") == "object" or "properties" in schema:
        properties = schema.get("properties", {})
        if schema.get("additionalProperties") is not False:
            yield f"{context}, 'additionalProperties' is required to be supplied and to be false."
        if set(schema.get("required", ())) != set(properties):
            yield f"{context}, 'required' is required to be an array including every key in properties."
    for name, inner in (*schema.get("properties", {}).items(), *schema.get("$defs", {}).items()):
        yield from _faults(inner, (*place, name))
    yield from _faults(schema.get("items"), (*place, "items"))
    for number, inner in enumerate(schema.get("anyOf", ())):
        yield from _faults(inner, (*place, str(number)))
