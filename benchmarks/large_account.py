"""How long a briefing of a very large account takes beyond what one of a small account takes: whole processes.

The notes are labelled ones of many writers, put under one account; what later words say about earlier statements is
drawn by lot at the rate that the judge was measured to have there, for weighing 60,000 pairs would take minutes.
"""

import datetime
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.outcome import Outcome
from notesense.core.bearing import Effect, Likelihoods, Pair
from notesense.readers.jsonl import read_jsonl
from notesense.wiring.verbs import NoteSense

NOTES = 500
SMALL = 5
ROUNDS = 7
BORNE = 0.08
"""Share of the weighed pairs of which something is kept (4,852 of 59,880, decision 0015)."""
SURE = 0.3
"""Share of those of which the judge is sure."""
_TRAIN = Path(__file__).parents[1] / "evals" / "datasets" / "train"


class _Lots:
    """Port `Judge` whose verdicts are drawn by lot; it carries the version of the judge whose place it takes."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._dice = random.Random(5)

    def weigh(self, pairs: Sequence[Pair]) -> tuple[Likelihoods, ...]:
        return tuple(self._verdict() for _ in pairs)

    def _verdict(self) -> Likelihoods:
        if self._dice.random() >= BORNE:
            return Likelihoods(settles=0.01, fails=0.01, replaces=0.01, repeats=0.01)
        drawn = self._dice.choice(list(Effect))
        likely = 0.8 if self._dice.random() < SURE else 0.3
        return Likelihoods(**{effect.value: likely if effect is drawn else 0.05 for effect in Effect})


def measure() -> list[Outcome]:
    """Return the seconds that a briefing of the large account takes more than one of the small account."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with NoteSense(home) as notes:
            for account, count in (("Large", NOTES), ("Small", SMALL)):
                notes.import_all(read_jsonl(_notes(account, count), account), keep_signals=True)
            notes.judge = _Lots(notes.judge.version)
            notes.linker.link(["Large", "Small"])
        times = [(_seconds(home, "Large"), _seconds(home, "Small")) for _ in range(ROUNDS)]
    more = statistics.median(large - small for large, small in times)
    large, small = (statistics.median(column) for column in zip(*times, strict=True))
    return [
        Outcome(
            f"brief of {NOTES} notes, seconds more than of {SMALL}",
            f"{large:.2f} s",
            f"{small:.2f} s",
            more,
            at_most=1.0,
        )
    ]


def _notes(account: str, count: int) -> bytes:
    """Return labelled notes of many writers as one account's, spread over 1,700 days."""
    files = sorted(_TRAIN.glob("*.jsonl"))
    records = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    random.Random(5).shuffle(records)
    first = datetime.date(2022, 1, 3)
    for number, record in enumerate(records[:count]):
        day = first + datetime.timedelta(days=number * 1700 // count)
        record |= {"id": f"{account}-{number:04d}", "account": account, "date": day.isoformat()}
    return "\n".join(json.dumps(record) for record in records[:count]).encode()


def _seconds(home: Path, account: str) -> float:
    command = [sys.executable, "-m", "notesense", "brief", account, "--as-of", "2026-09-10", "--format", "json"]
    began = time.perf_counter()
    subprocess.run(command, env={**os.environ, "NOTESENSE_HOME": str(home)}, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began
