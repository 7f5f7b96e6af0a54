"""Notes of which nothing tells whose they are wait for what others teach, then are taken, asked about, or refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from notesense.core.import_results import Imported
from notesense.core.note import Attendee
from notesense.core.ourselves import Ourselves
from notesense.core.reading import Reading
from notesense.core.whose import Directory
from notesense.workflows import pieces
from notesense.workflows.importing import import_all
from notesense.workflows.intake import Given
from notesense.workflows.pieces import Terms, Underway
from notesense.workflows.planning import plan_import
from notesense.workflows.whose import Answer, Question, Whose
from workshop import TODAY, Desk, Shelf, reading


def mail(text: str, *people: str, **told: Any) -> Reading:
    attendees = (Attendee(name="Ben Cole", email="ben@ours.example"), *(Attendee(email=each) for each in people))
    return reading(text, attendees=attendees, **told)


class Rep:
    """Answers questions from a list, and remembers what was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.asked: list[Question] = []
        self._answers: Iterator[Answer] = iter(answers)

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question)
        return next(self._answers)


def given(rep: Rep | None = None) -> Given:
    return Given(today=TODAY, whose=Whose(Directory(ours=Ourselves(domains=("ours.example",))), rep))


def brought(shelf: Shelf, desk: Desk | None = None, rep: Rep | None = None, **more: Any) -> Imported:
    desk = desk or Desk()
    return import_all(shelf, given(rep), desk.shelves, desk.engine, Terms(), **more)


FIRST = mail("leak one", "marta@bolt.example", where="first.eml")
TEACHER = mail("fine", "marta@bolt.example", account="Bolt", where="teacher.eml")


def test_a_file_before_the_one_that_teaches_its_account_is_taken() -> None:
    desk = Desk()
    shelf = Shelf(first=[FIRST], teacher=[TEACHER])
    told: list[Underway] = []
    done = brought(shelf, desk, progress=told.append)
    assert (done.read, done.added, done.refused, done.accounts) == (2, 2, (), ("Bolt",))
    assert [(one.account, one.why) for one in done.told] == [("Bolt", "the domain bolt.example")]
    shares = [one.share for one in told]
    assert shares == [2 / 3, 1.0]
    assert shares[-1] == 1.0
    again = Shelf(first=[FIRST], teacher=[TEACHER])
    assert brought(again, desk).unchanged == 2
    assert again.read == []


def test_nobody_is_asked_before_all_is_read_and_then_once() -> None:
    rep = Rep("Arden")
    shelf = Shelf(
        first=[FIRST], a=[mail("leak a", "x@arden.example")], b=[mail("leak b", "y@arden.example")], t=[TEACHER]
    )
    done = brought(shelf, rep=rep)
    assert [one.strange for one in rep.asked] == [("arden.example",)]
    assert (done.added, done.accounts) == (4, ("Arden", "Bolt"))


def test_what_nothing_tells_is_refused_once_and_its_file_read_again() -> None:
    desk = Desk()
    stranger = mail("leak", "x@arden.example", where="stranger.eml")
    done = brought(Shelf(s=[stranger, TEACHER]), desk)
    assert [one.where for one in done.refused] == ["stranger.eml"]
    assert (done.read, done.added) == (2, 1)
    assert brought(Shelf(s=[stranger, TEACHER]), desk).unchanged == 0


def test_no_more_wait_than_memory_is_meant_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST_HELD", len(FIRST.text))
    late = mail("leak late", "marta@bolt.example", where="late.eml")
    done = brought(Shelf(first=[FIRST], late=[late], t=[TEACHER]))
    assert (done.added, [one.where for one in done.refused]) == (2, ["late.eml"])


def test_a_plan_waits_likewise() -> None:
    desk = Desk()
    shelf = Shelf(first=[FIRST], s=[mail("leak", "x@arden.example", where="stranger.eml")], t=[TEACHER])
    first, stranger, teacher = plan_import(shelf, given(), desk.shelves, Terms()).files
    assert [note.account for note in (*first.notes, *teacher.notes)] == ["Bolt", "Bolt"]
    assert [one.where for one in stranger.refused] == ["stranger.eml"]
    assert not stranger.notes


def named(account: str, text: str = "") -> Reading:
    return reading(f"leak, says {account}{text}", account=account, where=f"{account}.txt")


def test_a_named_account_that_comes_near_to_another_is_refused_with_the_way_out() -> None:
    done = brought(Shelf(a=[named("Weir & Sons")], b=[named("Weir & Sons Ltd"), named("weir  & sons", " again")]))
    assert (done.added, done.accounts) == (2, ("Weir & Sons",))
    (refused,) = done.refused
    assert refused.reason == (
        "no account is called “Weir & Sons Ltd”, but some come near: Weir & Sons. Begin it with --new-account; "
        'if it is the same: notesense accounts "Weir & Sons" --alias "Weir & Sons Ltd".'
    )


def test_a_named_account_that_comes_near_is_asked_about_once() -> None:
    rep = Rep("Weir & Sons", "Calder Ltd", "Dunn")
    near = [named("Weir & Sons Ltd"), named("Weir & Sons Ltd", " again"), named("Calder Ltd"), named("Dunn Inc")]
    first = [named("Weir & Sons"), named("Calder"), named("Dunn Group")]
    done = brought(Shelf(first=first, near=near), rep=rep)
    assert [one.candidates[0].account for one in rep.asked] == ["Weir & Sons", "Calder", "Dunn Group"]
    assert done.accounts == ("Calder", "Calder Ltd", "Dunn", "Dunn Group", "Weir & Sons")
    assert done.added == 7


def test_a_new_account_is_insisted_on() -> None:
    desk = Desk()
    insisted = Given(today=TODAY, whose=given().whose, new_account=True)
    shelf = Shelf(a=[named("Weir & Sons")], b=[named("Weir & Sons Ltd")])
    assert import_all(shelf, insisted, desk.shelves, desk.engine, Terms()).accounts == (
        "Weir & Sons",
        "Weir & Sons Ltd",
    )
