"""Whether work grows with the store: import rate early and late, briefing and search in a small and a large store.

Beside it, what an import loses by comparing its notes: the time until the last one is kept against all of its time.

Every account has the same number of notes in both stores, so a briefing has the same work to do in each.
"""

import datetime
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.outcome import Outcome
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel
from notesense.wiring.verbs import NoteSense
from notesense.workflows.pieces import Underway

NOTES_PER_ACCOUNT = 40
SMALL_STORE = 200
WINDOW = 500
"""Notes at the beginning and at the end of an import whose rates are compared."""

_WHO = ("Marta", "Deepak", "Ines", "Colm", "Yuki", "Femke", "Bartek", "Sinéad", "Priya", "Tomasz")
_WHAT = ("dosing pump", "filter cartridge", "gearbox", "control board", "drum spout", "flow meter", "seal kit")
_SAY = (
    "{who} says the {what} on line {n} stopped again on the {d}th",
    "the {what} order {n} came {d} days late and nobody called",
    "{who} expects the certificates for {n} units by the {d}th of next month",
    "we send {d} pieces of the {what} with job {n} on Friday",
    "walked through hall {n}, {who} showed the new racks, {d} of them still empty",
    "invoice {n} is paid, {d} days net as agreed",
    "{who} asked whether {n} a year for the {what} is worth it",
    "{d} of the {what} units from job {n} are still in their boxes, says {who}",
)


def measure(notes: int) -> list[Outcome]:
    """Return the ratios for a store of this many notes."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        with NoteSense(Path(folder) / "small") as small, NoteSense(Path(folder) / "large") as large:
            small.import_all(_notes(SMALL_STORE))
            large.import_all(_notes(1, "warm-up"))
            first, last, kept, seconds = _rates(large, _notes(notes))
            return [
                Outcome(
                    f"import of {notes} notes, compared : only kept",
                    f"{notes / seconds:.1f} /s",
                    f"{notes / kept:.1f} /s",
                    kept / seconds,
                    at_least=0.667,
                ),
                Outcome(
                    f"import, last {WINDOW} : first {WINDOW} of {notes} notes",
                    f"{last:.1f} /cpu s",
                    f"{first:.1f} /cpu s",
                    last / first,
                    at_least=0.8,
                ),
                _compare("brief", notes, small, large, lambda n: n.brief("Account 0001"), at_most=1.5),
                _compare(
                    "search in one account", notes, small, large, lambda n: n.search("late cartridges", "Account 0001")
                ),
            ]


def _notes(count: int, prefix: str = "Account") -> Readings:
    dice = random.Random(20260304)
    readings = []
    for number in range(count):
        said = [
            say.format(
                who=dice.choice(_WHO), what=dice.choice(_WHAT), n=dice.randrange(1000, 99999), d=dice.randrange(2, 28)
            )
            for say in dice.sample(_SAY, 5)
        ]
        readings.append(
            Reading(
                where=f"note {number}",
                text="\n".join(f"- {line}" for line in said),
                account=f"{prefix} {number // NOTES_PER_ACCOUNT:04d}",
                date=datetime.date(2024, 1, 1) + datetime.timedelta(days=7 * (number % NOTES_PER_ACCOUNT)),
                channel=dice.choice(list(Channel)),
            )
        )
    return Readings(notes=tuple(readings))


def _rates(large: NoteSense, readings: Readings) -> tuple[float, float, float, float]:
    """Return notes a second of processor time in the first and last window of an import, seconds to keep all, to end.

    The two windows lie minutes apart, so the clock on the wall would measure what else the machine does meanwhile.
    """
    marks: dict[int, float] = {0: time.process_time()}
    began = kept = time.perf_counter()

    def mark(underway: Underway) -> None:
        nonlocal kept
        marks[underway.notes] = time.process_time()
        kept = time.perf_counter()

    large.import_all(readings, progress=mark)
    total = len(readings.notes)
    rates = (WINDOW / (marks[at] - marks[at - WINDOW]) for at in (WINDOW, total))
    return *rates, kept - began, time.perf_counter() - began


def _compare(
    what: str,
    notes: int,
    small: NoteSense,
    large: NoteSense,
    work: Callable[[NoteSense], object],
    at_most: float | None = None,
) -> Outcome:
    times: list[tuple[float, float]] = []
    for turn in range(12):
        pair = tuple(_seconds(work, store) for store in (small, large))
        if turn >= 2:
            times.append((pair[0], pair[1]))
    return Outcome(
        f"{what}, at {notes} : at {SMALL_STORE} notes",
        f"{statistics.median(t[1] for t in times) * 1000:.1f} ms",
        f"{statistics.median(t[0] for t in times) * 1000:.1f} ms",
        statistics.median(large_time / small_time for small_time, large_time in times),
        at_most=at_most,
    )


def _seconds(work: Callable[[NoteSense], object], store: NoteSense) -> float:
    began = time.perf_counter()
    work(store)
    return time.perf_counter() - began
