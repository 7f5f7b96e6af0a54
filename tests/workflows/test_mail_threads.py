"""On a thread of mails each complaint counts once, in the oldest note in which it stands, whatever the order."""

import datetime
import itertools

import pytest

from fakes import FakeEngine
from notesense.core.note import Note
from notesense.core.ports import SignalFilter
from notesense.core.reading import Reading
from notesense.core.signal import Draft, Reason
from notesense.core.vocabulary import Origin
from notesense.readers.sources import read_bytes
from notesense.workflows.upkeep import reindex
from workshop import Desk

COMPLAINT = "The weekly report is late again"


def claims(note: Note) -> list[Draft]:
    """Claims the complaint wherever it stands."""
    places = [at for at in range(len(note.text)) if note.text.startswith(COMPLAINT, at)]
    return [Draft(kind="pain_point", quote=COMPLAINT, start=at) for at in places]


def out_of_order(note: Note) -> list[Draft]:
    """Fails on every note."""
    raise RuntimeError("out of order")


def mail(number: int, words: str, quoted: str = "", hour: int = 9, day: int = 3) -> Reading:
    """A mail of the thread as a file has it."""
    head = (
        f"From: Marta Ruiz <marta@harlow.example>\nDate: {day} Mar 2026 {hour:02}:00:00 +0100\n"
        f"Message-ID: <m{number}@harlow.example>\n"
    )
    history = "\n\nOn 1 Mar 2026, Ben Cole <ben@us.example> wrote:\n" + quoted if quoted else ""
    (found,) = read_bytes(f"{head}\n{words}{history}\n".encode(), f"m{number}.eml").notes
    return found.model_copy(update={"id": f"m{number}"})


FIRST = mail(1, f"{COMPLAINT}.", hour=9)
SECOND = mail(2, "Any news?", f"> {COMPLAINT}.", hour=10)
THIRD = mail(3, "We wait.", f"> Any news?\n>\n>> The weekly report\n>> is late again.\n>> {COMPLAINT}.", day=4)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.engine = FakeEngine(claims)
    return made


def counted(desk: Desk) -> list[str]:
    return [one.signal.note_id for one in desk.store.signals(SignalFilter())]


def test_the_mails_of_these_tests_quote_each_other() -> None:
    assert [turn.origin for turn in SECOND.turns] == [Origin.EMAIL, Origin.QUOTED]
    assert {turn.origin for turn in THIRD.turns} == {Origin.EMAIL, Origin.QUOTED}


@pytest.mark.parametrize("order", list(itertools.permutations([FIRST, SECOND, THIRD])))
@pytest.mark.parametrize("together", [True, False])
def test_a_complaint_that_two_mails_quote_counts_once(desk: Desk, order: tuple[Reading, ...], together: bool) -> None:
    for readings in [order] if together else [[one] for one in order]:
        desk.import_all(*readings, account="Harlow")
    assert counted(desk) == ["m1"]
    assert [each.reason for each in desk.store.rejected("m2")] == [Reason.TOLD_BEFORE]
    assert {each.reason for each in desk.store.rejected("m3")} == {Reason.TOLD_BEFORE}


@pytest.mark.parametrize("order", [(SECOND, THIRD), (THIRD, SECOND)])
def test_what_no_note_tells_counts_once_where_it_is_quoted_first(desk: Desk, order: tuple[Reading, ...]) -> None:
    desk.import_all(*order, account="Harlow")
    assert counted(desk) == ["m2"]
    (found,) = desk.store.signals(SignalFilter())
    assert (found.signal.origin, found.signal.speaker) == (Origin.QUOTED, "Ben Cole")


def test_another_account_tells_nothing_of_this_one(desk: Desk) -> None:
    desk.add(FIRST.model_copy(update={"id": "other"}), account="Almond")
    desk.add(SECOND, account="Harlow")
    assert sorted(counted(desk)) == ["m2", "other"]


def test_a_note_that_tells_the_same_later_takes_nothing_away(desk: Desk) -> None:
    desk.add(SECOND)
    desk.add(mail(9, f"{COMPLAINT}.", day=5))
    assert counted(desk) == ["m2", "m9"]


def test_what_the_rep_or_a_label_says_holds(desk: Desk) -> None:
    labelled = SECOND.model_copy(update={"labels": (Draft(kind="pain_point", quote=COMPLAINT),)})
    desk.import_all(labelled, account="Harlow", labels=True)
    desk.add(FIRST)
    assert sorted(counted(desk)) == ["m1", "m2"]


def test_a_mail_that_is_read_again_counts_nothing_twice(desk: Desk) -> None:
    desk.engine = FakeEngine(out_of_order)
    desk.import_all(FIRST, SECOND, THIRD, account="Harlow")
    assert counted(desk) == []
    reindex(desk.store, FakeEngine(claims), desk.librarian)
    assert counted(desk) == ["m1"]


def test_mails_of_one_day_without_an_hour_count_in_the_order_of_their_coming(desk: Desk) -> None:
    plain = datetime.date(2026, 3, 3)
    for number in (5, 6):
        text = SECOND.text + " " * number
        desk.add(SECOND.model_copy(update={"id": f"m{number}", "started": None, "date": plain, "text": text}))
    assert counted(desk) == ["m5"]
