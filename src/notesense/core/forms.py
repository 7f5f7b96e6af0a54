"""The JSON schema of an answer that a language model is to give, in the form that the strictest servers ask for.

All keys required, nothing besides, no defaults, no references, no bounds: what OpenAI's strict mode accepts, and the
part of JSON Schema that servers with grammars of their own know.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

_KEPT = ("type", "enum", "const", "anyOf", "items", "description")


def schema_of(form: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a pydantic form that is not recursive."""
    plain = form.model_json_schema()
    strict = _strict(plain, plain.get("$defs", {}))
    assert isinstance(strict, dict)
    return strict


def fits(data: Mapping[str, Any], form: Mapping[str, Any]) -> bool:
    """Return whether an object has the outline of a form: its required lists, or where it asks for none its keys.

    What else is missing or of another type is judged by whoever reads the answer, entry by entry.
    """
    required = form.get("required", ())
    lists = [name for name in required if form.get("properties", {}).get(name, {}).get("type") == "array"]
    if not lists:
        return all(name in data for name in required)
    return all(isinstance(data.get(name), list) for name in lists)


def _strict(node: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return _strict(known[node["$ref"].rpartition("/")[2]], known)
    kept = {key: node[key] for key in _KEPT if key in node}
    if "items" in kept:
        kept["items"] = _strict(kept["items"], known)
    if "anyOf" in kept:
        kept["anyOf"] = [_strict(each, known) for each in kept["anyOf"]]
    if "properties" in node:
        kept["properties"] = {name: _strict(each, known) for name, each in node["properties"].items()}
        kept["required"] = list(node["properties"])
        kept["additionalProperties"] = False
        kept.pop("description", None)
    return kept
