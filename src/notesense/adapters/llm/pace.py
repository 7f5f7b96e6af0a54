"""How fast and how patiently a model is asked: the limits a user sets, the rate, the waits between tries."""

import datetime
import email.utils
import math
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import Field

from notesense.adapters.llm.trouble import Again, Trouble
from notesense.core.note import Value
from notesense.core.requests import Failure

FIRST_WAIT = 0.5
"""Seconds before the second try; twice as many before each further one, up to the longest wait."""


class Pace(Value):
    """The limits of one run. Times are in seconds. `attempts` counts the first one, too.

    `longest_wait` bounds a single wait: a server that asks for a longer one is not asked again.
    """

    concurrency: int = Field(default=8, ge=1, le=64)
    requests_per_minute: float | None = Field(default=None, gt=0)
    timeout: float = Field(default=120.0, gt=0)
    attempts: int = Field(default=5, ge=1)
    longest_wait: float = Field(default=60.0, ge=0)


@dataclass(frozen=True)
class Clock:
    """Time and chance, so that tests need neither."""

    now: Callable[[], float] = time.monotonic
    date: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC)
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


def retry_after(headers: Mapping[str, str], date: datetime.datetime) -> float | None:
    """Return the seconds to wait that a server asked for, in any of the ways in use; None where it did not."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        told = headers.get(name, "").strip()
        try:
            seconds = float(told) / unit
        except ValueError:
            continue
        if math.isfinite(seconds):
            return max(seconds, 0.0)
    try:
        until = email.utils.parsedate_to_datetime(headers.get("retry-after", ""))
    except (TypeError, ValueError):
        return None
    zoned = until if until.tzinfo else until.replace(tzinfo=datetime.UTC)
    return max((zoned - date).total_seconds(), 0.0)


class Pacer:
    """Keeps the rate over all threads, and a silence for which the server asked."""

    def __init__(self, pace: Pace, clock: Clock) -> None:
        self._interval = 60 / pace.requests_per_minute if pace.requests_per_minute else 0.0
        self._clock = clock
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Return when the next request may go."""
        with self._lock:
            now = self._clock.now()
            at = max(now, self._next)
            self._next = at + self._interval
        if at > now:
            self._clock.sleep(at - now)

    def hold(self, seconds: float) -> None:
        """Let no request go for so long."""
        with self._lock:
            self._next = max(self._next, self._clock.now() + seconds)


class Patience:
    """What is left of the tries for one request."""

    def __init__(self, pace: Pace, clock: Clock) -> None:
        self._pace = pace
        self._clock = clock
        self._tries = 0
        self._met: Counter[Failure] = Counter()

    def met(self, trouble: Trouble) -> None:
        """Count a try that failed."""
        self._tries += 1
        self._met[trouble.failure] += 1

    def wait(self, trouble: Trouble) -> float | None:
        """Return how long to wait before this request is tried again; None where it is not to be."""
        once_more = trouble.again is Again.OFTEN or (trouble.again is Again.ONCE and self._met[trouble.failure] == 1)
        if not once_more or self._tries >= self._pace.attempts or (trouble.wait or 0.0) > self._pace.longest_wait:
            return None
        if trouble.wait is not None:
            return trouble.wait + self._clock.chance() * FIRST_WAIT
        backoff = min(FIRST_WAIT * 2.0 ** (self._tries - 1), self._pace.longest_wait)
        return backoff * (1 + self._clock.chance()) / 2
