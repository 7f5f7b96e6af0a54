"""Files and batches, in memory, as OpenAI's Batch API has them.

A batch begins in the first of `steps`; each `retrieve` goes one further, and the last one stays:
`["validating", "in_progress", "finalizing", "completed"]` unless set otherwise. `failed` and `expired` are other ends;
`answered` says how many requests were answered before a batch expired or was cancelled (None: all). Requests are
answered by the server's answer function; a `Status` of it becomes a line of the error file. A file that breaks the
rules (no JSON, a custom_id twice, another model) fails the batch when it is validated.
"""

import itertools
import json
from collections.abc import Callable
from typing import Any

from .misbehaviour import Misbehaviour, Status

ENDS = frozenset({"completed", "failed", "expired", "cancelled"})
Complete = Callable[[Any], "dict[str, Any] | Misbehaviour"]


class Batches:
    """What was uploaded and submitted. Not safe for several threads: the server calls it under a lock."""

    def __init__(self, complete: Complete) -> None:
        self.steps = ["validating", "in_progress", "finalizing", "completed"]
        self.answered: int | None = None
        self.files: dict[str, tuple[dict[str, Any], bytes]] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self._plans: dict[str, list[str]] = {}
        self._complete = complete
        self._numbers = itertools.count(1)

    def upload(self, name: str, purpose: str, content: bytes) -> dict[str, Any]:
        """Keep a file and return its description."""
        file_id = f"file-{next(self._numbers)}"
        described = {
            "id": file_id,
            "object": "file",
            "bytes": len(content),
            "created_at": 1767225600,
            "filename": name,
            "purpose": purpose,
            "status": "processed",
        }
        self.files[file_id] = (described, content)
        return described

    def create(self, body: dict[str, Any]) -> dict[str, Any] | Status:
        """Begin a batch over an uploaded file."""
        file_id = body.get("input_file_id")
        if file_id not in self.files or self.files[file_id][0]["purpose"] != "batch":
            return Status(400, f"No batch file with the id {file_id}.", param="input_file_id")
        if body.get("endpoint") != "/v1/chat/completions" or body.get("completion_window") != "24h":
            return Status(400, "Invalid endpoint or completion window.")
        batch_id = f"batch_{next(self._numbers)}"
        plan = list(self.steps)
        batch = {
            "id": batch_id,
            "object": "batch",
            "endpoint": body["endpoint"],
            "errors": None,
            "input_file_id": file_id,
            "completion_window": "24h",
            "status": plan.pop(0),
            "output_file_id": None,
            "error_file_id": None,
            "created_at": 1767225600,
            "expires_at": 1767225600 + 86400,
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
            "metadata": body.get("metadata"),
        }
        self.batches[batch_id], self._plans[batch_id] = batch, plan
        return batch

    def retrieve(self, batch_id: str) -> dict[str, Any] | Status:
        """Take a batch one step further and return it."""
        batch = self.batches.get(batch_id)
        if batch is None:
            return Status(404, f"No batch found with id '{batch_id}'.")
        plan = self._plans[batch_id]
        if plan and batch["status"] not in ENDS:
            if faults := self._faults(batch):
                batch |= {"status": "failed", "errors": {"object": "list", "data": faults}}
            else:
                batch["status"] = plan.pop(0)
                self._work(batch)
        return batch

    def cancel(self, batch_id: str) -> dict[str, Any] | Status:
        """Begin to cancel a batch; the next `retrieve` finds it cancelled."""
        batch = self.batches.get(batch_id)
        if batch is None:
            return Status(404, f"No batch found with id '{batch_id}'.")
        if batch["status"] in ENDS:
            return Status(409, f"Cannot cancel a batch with status '{batch['status']}'.")
        batch["status"] = "cancelling"
        self._plans[batch_id] = ["cancelled"]
        return batch

    def listed(self) -> dict[str, Any]:
        """Return all batches, newest first."""
        rows = list(reversed(self.batches.values()))
        first, last = (rows[0]["id"], rows[-1]["id"]) if rows else (None, None)
        return {"object": "list", "data": rows, "first_id": first, "last_id": last, "has_more": False}

    def _lines(self, batch: dict[str, Any]) -> list[bytes]:
        return [line for line in self.files[batch["input_file_id"]][1].splitlines() if line.strip()]

    def _faults(self, batch: dict[str, Any]) -> list[dict[str, Any]]:
        seen: set[str] = set()
        models: set[str] = set()
        faults = []
        for number, line in enumerate(self._lines(batch), 1):
            try:
                asked = json.loads(line)
                own, model = asked["custom_id"], asked["body"]["model"]
                code = "invalid_url" if asked["url"] != batch["endpoint"] or asked["method"] != "POST" else None
            except (ValueError, KeyError, TypeError):
                code, own, model = "invalid_json_line", "", None
            code = code or ("duplicate_custom_id" if own in seen else None)
            code = code or ("mismatched_model" if models and model not in models else None)
            seen.add(own)
            models.add(model)
            if code:
                faults.append({"code": code, "line": number, "message": f"Line {number}: {code}.", "param": None})
        return faults or ([] if seen else [{"code": "empty_file", "line": None, "message": "The file is empty."}])

    def _work(self, batch: dict[str, Any]) -> None:
        lines = self._lines(batch)
        batch["request_counts"]["total"] = len(lines)
        if batch["status"] not in ENDS:
            return
        if batch["status"] == "failed":
            fault = {"code": "server_error", "line": None, "message": "The batch failed.", "param": None}
            batch["errors"] = {"object": "list", "data": [fault]}
            return
        whole = batch["status"] == "completed" or self.answered is None
        done = len(lines) if whole else min(self.answered or 0, len(lines))
        rows = [self._row(json.loads(line), number < done, batch["status"]) for number, line in enumerate(lines)]
        good = [row for row in rows if row["response"] and row["response"]["status_code"] == 200]
        bad = [row for row in rows if row not in good]
        batch["request_counts"] |= {"completed": len(good), "failed": len(bad)}
        for kind, chosen in (("output_file_id", good), ("error_file_id", bad)):
            if chosen:
                content = "".join(json.dumps(row) + "\n" for row in reversed(chosen)).encode()
                batch[kind] = self.upload(f"{batch['id']}_{kind}.jsonl", "batch_output", content)["id"]

    def _row(self, asked: dict[str, Any], in_time: bool, status: str) -> dict[str, Any]:
        row = {
            "id": f"batch_req_{next(self._numbers)}",
            "custom_id": asked["custom_id"],
            "response": None,
            "error": None,
        }
        if not in_time:
            code = "batch_expired" if status == "expired" else "batch_cancelled"
            return row | {"error": {"code": code, "message": "This request could not be executed in time."}}
        given = self._complete(asked["body"])
        if isinstance(given, Status):
            response = {"status_code": given.status, "request_id": "req_test", "body": given.as_body()}
        elif isinstance(given, Misbehaviour):
            return row | {"error": {"code": "server_error", "message": "The request failed."}}
        else:
            response = {"status_code": 200, "request_id": "req_test", "body": given}
        return row | {"response": response}
