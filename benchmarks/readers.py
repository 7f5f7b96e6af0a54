"""How long reading takes for its size: the slowest fixture, and the slowest real file where there are any."""

import contextlib
import time
from pathlib import Path

from tests.form_fixtures import REAL, fixtures

from benchmarks.outcome import Outcome
from notesense.errors import InputError
from notesense.readers import families
from notesense.readers.family import Content

LEAST_SECONDS = 0.05
"""A file is read again and again for so long, so that small ones can be timed."""
MOST_SECONDS_A_MB = 5.0
SMALL = 20_000
"""Bytes below which a file is measured as if it were so long: what reading costs at all is no matter of size."""


def measure() -> list[Outcome]:
    """Return the seconds for a megabyte of the slowest file of each kind."""
    real = sorted(path for path in REAL.rglob("*") if path.is_file()) if REAL.is_dir() else []
    return [_slowest(what, files) for what, files in (("fixture", fixtures()), ("real file", real)) if files]


def _slowest(what: str, files: list[Path]) -> Outcome:
    pace, name = max((_pace(path), path.name) for path in files)
    told = f"slowest {what}: {name}"[:44]
    return Outcome(told, f"{pace:.2f} s/MB", f"{MOST_SECONDS_A_MB:g} s/MB", pace, at_most=MOST_SECONDS_A_MB)


def _pace(path: Path) -> float:
    """Return the seconds that a megabyte of this file takes, refused or read."""
    content = path.read_bytes()
    began, times = time.perf_counter(), 0
    while time.perf_counter() - began < LEAST_SECONDS or not times:
        with contextlib.suppress(InputError):
            families.read(Content(content, str(path), path.name))
        times += 1
    return (time.perf_counter() - began) / times / (max(len(content), SMALL) / 1e6)
