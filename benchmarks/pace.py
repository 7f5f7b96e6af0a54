"""How fast a model's work goes: a whole `extract` process over real HTTP; the server takes a second for each answer.

The time is told by the server, from the first request to the last answer: the start of the process is not in it. The
ideal is what its seconds come to with as many requests under way as were allowed; for a server met for the first time
one more, in which the first request alone finds out how it takes a form.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.serving.server import ModelServer

from benchmarks.outcome import Outcome
from notesense.evaluation.datasets import read_dataset

TEST = Path(__file__).parents[1] / "evals" / "datasets" / "test"
NOTES, AT_ONCE, LATENCY = 100, 10, 1.0
LONGEST = 6_000
"""Characters up to which a note must be one request."""


def measure() -> list[Outcome]:
    """Return time against the ideal, with and without finding out how the server takes a form, and the calls."""
    with tempfile.TemporaryDirectory() as folder, ModelServer() as server:
        server.answer = lambda body: {"ready": True} if _is_trial(body) else {"signals": []}
        server.latency = LATENCY
        notes = _notes(Path(folder))
        known, new = f"{folder}/known", f"{folder}/new"
        _run(["doctor", "--model"], server, known)
        seconds, calls = _timed(notes, server, known)
        _, repeated = _timed(notes, server, known)
        first, _ = _timed(notes, server, new)
    ideal = NOTES * LATENCY / AT_ONCE
    return [
        *(
            Outcome(what, f"{took:.2f} s", f"{best:.0f} s ideal", took / best, at_most=1.15)
            for what, took, best in (
                (f"{NOTES} notes, {AT_ONCE} requests at once", seconds, ideal),
                ("the same, a server met for the first time", first, ideal + LATENCY),
            )
        ),
        Outcome(f"requests for {NOTES} notes", str(calls), str(NOTES), calls / NOTES, at_most=1.0),
        Outcome("calls of a second run", str(repeated), str(calls), repeated / calls, at_most=0.0),
    ]


def _is_trial(body: dict[str, Any]) -> bool:
    """Tell whether this is the one line that `doctor --model` asks for."""
    return bool(body["response_format"]["json_schema"]["name"] == "trial")


def _timed(notes: Path, server: ModelServer, home: str) -> tuple[float, int]:
    """Return the seconds from the first request of a run to its last answer, and how many requests there were."""
    before = len(server.requests)
    _run(["extract", str(notes), "--engine", "llm", "--format", "jsonl"], server, home)
    asked = [request.at for request in server.requests[before:] if request.path.endswith("/chat/completions")]
    return (max(asked) - min(asked) + LATENCY if asked else 0.0), len(asked)


def _notes(folder: Path) -> Path:
    """Write the notes, all different: the test notes, and again with a line of their own."""
    texts = [one.note.text[:LONGEST] for one in read_dataset([TEST]).notes]
    path = folder / "notes.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(NOTES):
            text = texts[number % len(texts)]
            more = f"\nRead aloud, {number}." if number >= len(texts) else ""
            line = {"id": f"n{number}", "account": "Harlow", "date": "2026-03-04"}
            file.write(json.dumps(line | {"text": text[: LONGEST - len(more)] + more}) + "\n")
    return path


def _run(words: list[str], server: ModelServer, home: str) -> None:
    command = [sys.executable, "-m", "notesense", *words]
    environment = {
        **os.environ,
        "NOTESENSE_HOME": home,
        "NOTESENSE_MODEL": "openai:test-model",
        "NOTESENSE_CONCURRENCY": str(AT_ONCE),
        "OPENAI_BASE_URL": server.url,
    }
    subprocess.run(command, env=environment, check=True, capture_output=True, stdin=subprocess.DEVNULL)
