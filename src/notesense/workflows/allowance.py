"""How long later words are compared with earlier statements beside another verb: the rest is done when it is needed."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from notesense.workflows.linking import Linker

Link: TypeAlias = Callable[[Sequence[str]], int]
"""Links the notes of these accounts as far as that may be done now; answers how many still wait."""

SHARE = 0.4
"""Linking beside another verb takes this share of the time that the verb took itself, so that it stays under half."""
LEAST_SECONDS = 5.0
"""Or so many seconds, where these are more."""


class Allowance:
    """The time that is allowed beside a verb, which begins where this is made."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()

    def link(self, linker: "Linker", accounts: Sequence[str]) -> int:
        """Link these accounts as long as is allowed; return how many notes still wait. Raises as the linker does."""
        now = self._clock()
        ends = now + max(LEAST_SECONDS, SHARE * (now - self._began))
        return linker.link(accounts, lambda: self._clock() >= ends)


def no_link(accounts: Sequence[str]) -> int:
    """Link nothing, and let nothing wait."""
    return 0
