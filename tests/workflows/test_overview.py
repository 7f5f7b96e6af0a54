import datetime

import pytest

from fakes import FakeLinks, FakePersons, FakeStore
from notesense.core.note import Note
from notesense.core.portfolio_order import SortedBy
from notesense.core.ports import AccountRow
from notesense.core.signal import Extraction
from notesense.errors import EngineError
from notesense.workflows.portfolio import Overview

DAY = datetime.date(2026, 10, 20)


class Waiting:
    """A linker that may only be asked how many notes wait; None where it cannot tell."""

    def __init__(self, waiting: int | None) -> None:
        self._waiting = waiting

    def waiting(self, account: str) -> int:
        if self._waiting is None:
            raise EngineError("no judge")
        return self._waiting


@pytest.mark.parametrize(("waiting", "compared"), [(0, True), (1, False), (2, False), (None, False)])
def test_nothing_is_compared_and_what_waits_is_marked(waiting: int | None, compared: bool) -> None:
    store = FakeStore()
    for name in ("n1", "n2"):
        note = Note(id=name, account="Alder Mill", date=DAY, text=f"{name}: hello")
        store.save(note, (), Extraction(note_id=name, engine="test"))
    steps: list[tuple[int, int]] = []
    overview = Overview(
        store,
        FakeLinks(store),
        Waiting(waiting),
        FakePersons(store),
        {"Alder Mill": datetime.date(2026, 10, 19)},
        lambda done, total: steps.append((done, total)),
    )
    rows = (AccountRow(name="Alder Mill", notes=2),)
    made = overview.portfolio(rows, DAY, SortedBy.NAME)
    assert [(row.name, row.compared) for row in made.accounts] == [("Alder Mill", compared)]
    assert [row.days_to_renewal for row in made.accounts] == [-1]
    assert (made.as_of, steps) == (DAY, [(1, 1)])
