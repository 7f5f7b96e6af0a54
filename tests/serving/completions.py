"""The bodies of answers, in the form that OpenAI documents."""

import base64
import hashlib
import json
import struct
from collections.abc import Collection
from typing import Any

from .misbehaviour import CutOff, Declined, Filtered, Misbehaviour, Said

CHARACTERS_A_TOKEN = 4


def text_of(body: dict[str, Any]) -> str:
    """Return all that was asked in a chat request, as one string."""
    parts = []
    for message in body["messages"]:
        content = message.get("content") or ""
        parts.append(content if isinstance(content, str) else "".join(each.get("text", "") for each in content))
    return "\n".join(parts)


def tokens(text: str) -> int:
    """Return how many tokens the server counts for a text."""
    return -(-len(text) // CHARACTERS_A_TOKEN)


def completion(body: dict[str, Any], given: Any, ignores: Collection[str], cached_tokens: int = 0) -> dict[str, Any]:
    """Return the body of a chat completion that says `given`: a JSON value, or what a model may say instead."""
    message, reason = _message(body, given, ignores)
    said = (message["content"] or "") + json.dumps(message.get("tool_calls") or "")
    asked, answered = tokens(text_of(body)), tokens(said)
    return {
        "id": f"chatcmpl-{hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:12]}",
        "object": "chat.completion",
        "created": 1767225600,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": reason}],
        "usage": {
            "prompt_tokens": asked,
            "completion_tokens": answered,
            "total_tokens": asked + answered,
            "prompt_tokens_details": {"cached_tokens": min(cached_tokens, asked), "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0},
        },
        "system_fingerprint": "fp_test",
    }


def _message(body: dict[str, Any], given: Any, ignores: Collection[str]) -> tuple[dict[str, Any], str]:
    message: dict[str, Any] = {"role": "assistant", "content": None, "refusal": None}
    match given:
        case Declined(text):
            return message | {"refusal": text}, "stop"
        case Filtered():
            return message | {"content": ""}, "content_filter"
        case Said(text):
            return message | {"content": text}, "stop"
        case CutOff(text):
            text, reason = text, "length"
        case Misbehaviour():
            raise TypeError(f"{given} is nothing that a model says")
        case _:
            text, reason = json.dumps(given), "stop"
    if body.get("tools") and "tools" not in ignores:
        call = {"name": body["tools"][0]["function"]["name"], "arguments": text}
        calls = [{"id": "call_test", "type": "function", "function": call}]
        return message | {"tool_calls": calls}, "tool_calls" if reason == "stop" else reason
    wanted = (body.get("response_format") or {}).get("type")
    if wanted in ignores or (body.get("tools") and "tools" in ignores):
        text = f"Sure! Here is what I found:\n\n```json\n{text}\n```\nLet me know if you need more."
    return message | {"content": text}, reason


def embeddings(body: dict[str, Any], dimension: int = 8) -> dict[str, Any]:
    """Return a vector for each input, the same for the same input, as numbers or in base64 as asked."""
    given = body["input"]
    inputs = given if isinstance(given, list) and not all(isinstance(each, int) for each in given) else [given]
    rows = [hashlib.sha256(json.dumps(each).encode()).digest()[:dimension] for each in inputs]
    vectors: list[Any] = [[byte / 255 for byte in row] for row in rows]
    if body.get("encoding_format") == "base64":
        vectors = [base64.b64encode(struct.pack(f"<{dimension}f", *vector)).decode() for vector in vectors]
    count = sum(tokens(each) if isinstance(each, str) else len(each) for each in inputs)
    return {
        "object": "list",
        "model": body["model"],
        "data": [{"object": "embedding", "index": n, "embedding": vector} for n, vector in enumerate(vectors)],
        "usage": {"prompt_tokens": count, "total_tokens": count},
    }


def model_list(names: Collection[str]) -> dict[str, Any]:
    """Return the body of /v1/models."""
    rows = [{"id": name, "object": "model", "created": 1767225600, "owned_by": "test"} for name in names]
    return {"object": "list", "data": rows}
