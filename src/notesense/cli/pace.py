"""The progress line of an import: files and notes done, rate, time left; live on a terminal, else now and then."""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from notesense.cli.output import QUIET_SECONDS

if TYPE_CHECKING:
    from notesense.workflows.pieces import Underway

_WIDTH = 79
_AT_LEAST = 0.02
"""Share of the work from which on the time left can be told."""
_TICK = 0.1
"""Seconds between two lines on a terminal."""


class Pace:
    """Tells how an import goes. What `beside` returns stands at the end of the line, such as the cost so far."""

    def __init__(self, what: str, beside: Callable[[], str] = str, clock: Callable[[], float] = time.monotonic) -> None:
        self._what = what
        self._beside = beside
        self._clock = clock
        self._began = self._told = clock()
        self._live = sys.stderr.isatty()
        self._shown = False

    def __call__(self, underway: "Underway") -> None:
        """Tell how far the import is, where that was not told just now."""
        now = self._clock()
        if now - self._told < (_TICK if self._live else QUIET_SECONDS):
            return
        self._told = now
        line = self.line(underway, now - self._began)
        if self._live:
            self._shown = True
            sys.stderr.write(f"\r{line[:_WIDTH]:<{_WIDTH}}")
            sys.stderr.flush()
        else:
            print(line, file=sys.stderr)

    def line(self, underway: "Underway", seconds: float) -> str:
        """Return the line after so many seconds."""
        from notesense.render import words

        rate = underway.notes / max(seconds, 1e-6)
        left = seconds / underway.share - seconds if underway.share >= _AT_LEAST else None
        parts = [
            f"{underway.files:,} of {words.count(underway.of_files, 'file')}",
            words.count(underway.notes, "note"),
            f"{rate:.1f}/s" if rate < 9.95 else f"{rate:,.0f}/s",
            "" if left is None else _left(left),
            self._beside(),
        ]
        return f"{self._what}: {', '.join(filter(None, parts))}"

    def clear(self) -> None:
        """Take the line off the terminal."""
        if self._shown:
            sys.stderr.write("\r" + " " * _WIDTH + "\r")
            sys.stderr.flush()


def _left(seconds: float) -> str:
    return f"{seconds:.0f} s left" if seconds < 180 else f"{seconds / 60:,.0f} min left"
