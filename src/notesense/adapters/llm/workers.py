"""Does work in several threads and hands out the results in order.

The threads never keep the program alive: whoever interrupts it does not wait for a server.
"""

import queue
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future
from typing import Generic, TypeAlias, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_Jobs: TypeAlias = "queue.SimpleQueue[tuple[Future[Result], Item] | None]"
_Done: TypeAlias = "queue.SimpleQueue[tuple[Future[Result], Item]]"

AHEAD = 2
"""So many items are taken for each thread before the first result is out."""


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], threads: int, arrived: Callable[[Item, Result], None]
) -> Generator[Result, None, None]:
    """Yield `work(item)` for each item, in their order; items are taken only a little ahead of the results.

    `arrived` hears each result before its turn, as soon as it is there, in the thread of the caller. Leaving early, by
    an error or an interruption, cancels what has not begun; what is there by then is heard.
    """
    crew = _Crew(work, threads, arrived)
    try:
        for item in items:
            crew.begin(item)
            while crew.is_ready() or crew.is_busy():
                yield crew.first()
        while crew.waiting:
            yield crew.first()
    finally:
        crew.leave()


class _Crew(Generic[Item, Result]):
    """Threads at work, and what waits for its turn."""

    def __init__(self, work: Callable[[Item], Result], threads: int, arrived: Callable[[Item, Result], None]) -> None:
        self.waiting: deque[Future[Result]] = deque()
        self._work = work
        self._threads = threads
        self._arrived = arrived
        self._started = 0
        self._jobs: _Jobs[Result, Item] = queue.SimpleQueue()
        self._done: _Done[Result, Item] = queue.SimpleQueue()
        self._there: set[Future[Result]] = set()

    def begin(self, item: Item) -> None:
        """Put an item in line."""
        future: Future[Result] = Future()
        self.waiting.append(future)
        self._jobs.put((future, item))
        if self._started < self._threads:
            threading.Thread(target=self._serve, name="notesense-model", daemon=True).start()
            self._started += 1

    def is_ready(self) -> bool:
        """Hear what is there, and tell whether the first in line is."""
        self._hear_all()
        return bool(self.waiting) and self.waiting[0] in self._there

    def is_busy(self) -> bool:
        """Tell whether no more items are to be taken before the first in line is done."""
        return len(self.waiting) >= AHEAD * self._threads

    def first(self) -> Result:
        """Wait for the first in line, hearing what comes meanwhile; raises what its work raised."""
        while self.waiting[0] not in self._there:
            self._hear()
        future = self.waiting.popleft()
        self._there.remove(future)
        return future.result()

    def leave(self) -> None:
        """Cancel what has not begun, and hear the last of what is there."""
        for future in self.waiting:
            future.cancel()
        for _ in range(self._started):
            self._jobs.put(None)
        self._hear_all()

    def _hear_all(self) -> None:
        while not self._done.empty():
            self._hear()

    def _hear(self) -> None:
        future, item = self._done.get()
        self._there.add(future)
        if future.exception() is None:
            self._arrived(item, future.result())

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, item = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._work(item))
            except BaseException as error:
                future.set_exception(error)
            self._done.put(job)
