"""One request finds out how a server takes a form while the others wait, so that each step down is tried once."""

import contextlib
import threading
from collections.abc import Callable, Iterator


class Discovery:
    """Gives the first requests their turns, one after the other, until it is known what they are to find out."""

    def __init__(self, is_known: Callable[[], bool]) -> None:
        self._is_known = is_known
        self._turn = threading.Lock()
        self._given_up = False

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Keep all others waiting meanwhile, unless it is known, or given up; it may be when the turn comes."""
        with contextlib.ExitStack() as held:
            if not self._is_over:
                held.enter_context(self._turn)
            if self._is_over:
                held.close()
            yield

    def give_up(self) -> None:
        """Let everybody go: nobody waits in line for a server that does not answer."""
        self._given_up = True

    @property
    def _is_over(self) -> bool:
        return self._given_up or self._is_known()
