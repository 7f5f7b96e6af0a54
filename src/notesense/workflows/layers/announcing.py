"""Says once, before the first request of a run leaves, what goes where."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from notesense.core.ports import Arrived, Sender, unheard
from notesense.core.redaction import Redactable
from notesense.core.requests import Reply, Request


def sending(what: str, host: str, name: str, redacted: Collection[Redactable]) -> str:
    """Return the line that says what goes where, to which model, and what was replaced in it before."""
    named = [each.value for each in Redactable if each in redacted]
    told = f"Redacted: {', '.join(named)}." if named else "Nothing is redacted."
    return f"Sending {what} to {host} ({name}). {told}"


@dataclass
class Plan:
    """How many notes a run may send, and their characters; 0 where it asks about an account as a whole.

    `source` names where notes come from that are not counted before they are read.
    """

    notes: int = 0
    characters: int = 0
    source: str = ""


class Announcing:
    """A language model that tells, before it is first asked. It stands inside what remembers: that goes nowhere.

    `host` is where words go, for people; `redacted` is what was replaced before they came here.
    """

    def __init__(
        self,
        model: Sender,
        tell: Callable[[str], None],
        host: str,
        redacted: Collection[Redactable],
        plan: Plan,
    ) -> None:
        self._model = model
        self._tell = tell
        self._host = host
        self._redacted = redacted
        self._plan = plan
        self._told = False

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._model.name

    def answer(self, requests: Iterable[Request], arrived: Arrived = unheard) -> Iterator[Reply]:
        """Yield the model's replies."""
        return self._model.answer(self._announced(requests), arrived)

    def _announced(self, requests: Iterable[Request]) -> Iterator[Request]:
        for request in requests:
            if not self._told:
                self._told = True
                self._tell(self._sentence(request))
            yield request

    def _sentence(self, first: Request) -> str:
        plan = self._plan
        notes = "1 note" if plan.notes == 1 else f"up to {plan.notes:,} notes"
        what = f"{notes} ({plan.characters:,} characters)" if plan.notes else "passages of notes"
        if not plan.notes and first.account:
            what = f"passages of the notes of {first.account}"
        if plan.source:
            what = f"the notes in {plan.source} that are new"
        return sending(what, self._host, self.name, self._redacted)
