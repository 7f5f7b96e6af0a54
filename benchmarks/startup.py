"""How long whole processes take: `--help` against importing typer and rich, a cold `add` against importing chromadb.

Both sides of a pair run in turn, in fresh processes, and the ratio is the median of the pairs' ratios.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.outcome import Outcome

NOTE = """Call with Marta Ruiz, Harlow
- the dosing pumps on line four leak again, second time since March
- she wants the certificates for all units before 15 April
- Ben sends the seals by Friday
- coffee, tour of the new hall, no complaints about the portal
- their CFO leaves in May, so they say
- 12% more and the reports still come late: "what do we pay for?"
"""


def measure() -> list[Outcome]:
    """Return the two ratios."""
    program = [sys.executable, "-m", "notesense"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HOME": folder, "NOTESENSE_HOME": f"{folder}/warm"}
        add = [*program, "add", NOTE, "--account", "Harlow"]
        _run(add, environment)

        def fresh(turn: int) -> dict[str, str]:
            return {**environment, "NOTESENSE_HOME": str(Path(folder) / f"home{turn}")}

        return [
            _pair(
                "--help : import typer, rich",
                lambda _: _run([*program, "--help"], environment),
                lambda _: _run([sys.executable, "-c", "import typer, rich"], environment),
                pairs=15,
                at_most=1.8,
            ),
            _pair(
                "cold add of one note : import chromadb",
                lambda turn: _run(add, fresh(turn)),
                lambda _: _run([sys.executable, "-c", "import chromadb"], environment),
                pairs=9,
                at_most=2.0,
            ),
        ]


def _run(command: Sequence[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - began


def _pair(
    what: str, ours: Callable[[int], float], theirs: Callable[[int], float], *, pairs: int, at_most: float
) -> Outcome:
    ours(-1), theirs(-1)
    timed = [(ours(turn), theirs(turn)) for turn in range(pairs)]
    return Outcome(
        what,
        f"{statistics.median(t[0] for t in timed):.3f} s",
        f"{statistics.median(t[1] for t in timed):.3f} s",
        statistics.median(a / b for a, b in timed),
        at_most=at_most,
    )
