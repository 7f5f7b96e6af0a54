"""How fast a model's work goes: a whole `extract` process over real HTTP; the server takes a second for each answer.

The time is told by the server, from the first request to the last answer: the start of the process is not in it. The
ideal is what its seconds come to with as many requests under way as were allowed.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.serving.server import ModelServer

from benchmarks.outcome import Outcome
from notesense.evaluation.datasets import read_dataset

TEST = Path(__file__).parents[1] / "evals" / "datasets" / "test"
NOTES, AT_ONCE, LATENCY = 100, 10, 1.0
LONGEST = 6_000
"""Characters up to which a note must be one request."""


def measure() -> list[Outcome]:
    """Return time against the ideal, requests a note, and the calls of a second run."""
    with tempfile.TemporaryDirectory() as folder, ModelServer() as server:
        server.answer = lambda body: {"signals": []}
        server.latency = LATENCY
        notes = _notes(Path(folder))
        _run(notes, server, folder)
        calls = len(server.chats)
        asked = [request.at for request in server.requests if request.path.endswith("/chat/completions")]
        seconds = max(asked) - min(asked) + LATENCY
        _run(notes, server, folder)
        repeated = len(server.chats) - calls
    ideal = NOTES * LATENCY / AT_ONCE
    return [
        Outcome(
            f"{NOTES} notes, {AT_ONCE} requests at once",
            f"{seconds:.2f} s",
            f"{ideal:.0f} s ideal",
            seconds / ideal,
            at_most=1.15,
        ),
        Outcome(f"requests for {NOTES} notes", str(calls), str(NOTES), calls / NOTES, at_most=1.0),
        Outcome("calls of a second run", str(repeated), str(calls), repeated / calls, at_most=0.0),
    ]


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


def _run(notes: Path, server: ModelServer, home: str) -> None:
    command = [sys.executable, "-m", "notesense", "extract", str(notes), "--engine", "llm", "--format", "jsonl"]
    environment = {
        **os.environ,
        "NOTESENSE_HOME": home,
        "NOTESENSE_MODEL": "openai:test-model",
        "NOTESENSE_CONCURRENCY": str(AT_ONCE),
        "OPENAI_BASE_URL": server.url,
    }
    subprocess.run(command, env=environment, check=True, capture_output=True, stdin=subprocess.DEVNULL)
