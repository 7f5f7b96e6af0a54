"""Does work in several threads and hands out the results in order.

The threads never keep the program alive: whoever interrupts it does not wait for a server.
"""

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import TypeAlias, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_Jobs: TypeAlias = "queue.SimpleQueue[tuple[Future[Result], Item] | None]"

AHEAD = 2
"""So many items are taken for each thread before the first result is out."""


def in_order(work: Callable[[Item], Result], items: Iterable[Item], threads: int) -> Iterator[Result]:
    """Yield `work(item)` for each item, in their order; items are taken only a little ahead of the results.

    Leaving early, by an error or an interruption, cancels what has not begun.
    """
    jobs: _Jobs[Result, Item] = queue.SimpleQueue()
    waiting: deque[Future[Result]] = deque()
    started = 0
    try:
        for item in items:
            future: Future[Result] = Future()
            waiting.append(future)
            jobs.put((future, item))
            if started < threads:
                threading.Thread(target=_serve, args=(work, jobs), name="notesense-model", daemon=True).start()
                started += 1
            while waiting and (waiting[0].done() or len(waiting) >= AHEAD * threads):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
        for _ in range(started):
            jobs.put(None)


def _serve(work: Callable[[Item], Result], jobs: "_Jobs[Result, Item]") -> None:
    while (job := jobs.get()) is not None:
        future, item = job
        if not future.set_running_or_notify_cancel():
            continue
        try:
            future.set_result(work(item))
        except BaseException as error:
            future.set_exception(error)
