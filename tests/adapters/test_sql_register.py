"""The register of accounts: renewal days that go with their account, other names, two accounts put together."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from notesense.adapters.sql.persons import SqlPersons
from notesense.adapters.sql.records import SqlRecords
from notesense.adapters.sql.register import SqlRegister
from notesense.adapters.sql.store import SqlStore
from notesense.core.corrections import Correction
from notesense.core.note import Ascribed, Attendee, Note, NoteSource, Turn
from notesense.core.passages import passages_of
from notesense.core.person_ports import DomainOf, Joined
from notesense.core.ports import SignalFilter
from notesense.core.records import Restriction
from notesense.core.register_ports import Merged
from notesense.core.whose import Met
from notesense.errors import InputError, UnknownAccount
from store_samples import keep, note, signal

DAY = datetime.date(2026, 12, 31)
NOW = datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC)
GENERATION = "g"


class Kept:
    """A file with two accounts, Acme of two notes and Bolt of one; all are indexed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store, self.register = SqlStore(path), SqlRegister(path)
        self.notes = [keep(self.store, note("Late again.")), keep(self.store, note("In time.", on=1))]
        self.other = keep(self.store, note("Other words.", account="Bolt"))
        self.store.mark_indexed([one.id for one in (*self.notes, self.other)], GENERATION)

    def names(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(one.name, one.aliases) for one in self.store.account_names()]

    def same(self, note: Note) -> Note:
        return keep(self.store, note)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path / "home" / "notes.db")
    yield made
    made.register.close()
    made.store.close()


def test_a_renewal_day_is_kept_replaced_taken_back_and_goes_with_its_account(kept: Kept) -> None:
    kept.store.add_alias("Acme", "The Smiths")
    kept.register.set_renewal("the smiths", DAY)
    kept.register.set_renewal("Bolt", DAY)
    kept.register.set_renewal("BOLT", DAY.replace(day=1))
    assert kept.register.renewals() == {"Acme": DAY, "Bolt": DAY.replace(day=1)}
    kept.register.set_renewal("Bolt", None)
    kept.register.set_renewal("Bolt", None)
    kept.store.forget("Acme")
    assert kept.register.renewals() == {}


def test_an_account_takes_another_name_and_answers_to_the_old_one(kept: Kept) -> None:
    kept.store.add_alias("Acme", "A")
    kept.register.set_renewal("Acme", DAY)
    kept.register.rename("acme", " Acme Group ")
    assert kept.names() == [("Acme Group", ("A", "Acme")), ("Bolt", ())]
    assert [one.account for one in kept.store.notes("Acme")] == ["Acme Group"] * 2
    assert kept.register.renewals() == {"Acme Group": DAY}
    assert set(kept.store.unindexed(GENERATION)) == {one.id for one in kept.notes}


def test_an_alias_may_become_the_name_and_case_may_change(kept: Kept) -> None:
    kept.store.add_alias("Acme", "A")
    kept.register.rename("Acme", "A")
    assert kept.names() == [("A", ("Acme",)), ("Bolt", ())]
    kept.register.rename("bolt", "BOLT")
    assert kept.names()[1] == ("BOLT", ())


def test_two_accounts_become_one(kept: Kept) -> None:
    again = kept.same(note("Late again.", account="Bolt", on=3))
    kept.store.add_alias("Bolt", "B")
    persons = SqlPersons(kept.path)
    said = Joined(name="Jo", other="Johanna", verdict="same", made=NOW)
    for account, verdict in (("Bolt", "same"), ("Acme", "other")):
        persons.join(account, said.model_copy(update={"verdict": verdict}))
    persons.join("Bolt", said.model_copy(update={"name": "Al"}))
    kept.register.set_renewal("Bolt", DAY)
    merged = kept.register.merge("bolt", "acme")
    assert merged == Merged(account="Bolt", into="Acme", notes=2, twice=(again.id,))
    assert kept.names() == [("Acme", ("B", "Bolt"))]
    assert {one.id for one in kept.store.notes("Bolt")} == {kept.other.id, again.id, *(one.id for one in kept.notes)}
    assert kept.register.renewals() == {"Acme": DAY}
    assert [(one.name, one.verdict) for one in persons.joined("Acme")] == [("Al", "same"), ("Jo", "other")]
    assert set(kept.store.unindexed(GENERATION)) == {kept.other.id, again.id}
    persons.close()


def test_of_two_renewal_days_that_of_the_remaining_account_counts(kept: Kept) -> None:
    kept.register.set_renewal("Bolt", DAY)
    kept.register.set_renewal("Acme", DAY.replace(day=1))
    kept.register.merge("Bolt", "Acme")
    assert kept.register.renewals() == {"Acme": DAY.replace(day=1)}


def test_restrictions_move_along_and_hold_for_both(kept: Kept) -> None:
    records = SqlRecords(kept.path)
    records.restrict(Restriction(account="Bolt"))
    records.restrict(Restriction(account="Bolt", note_id=kept.other.id))
    kept.register.rename("Bolt", "Bolt & Sons")
    assert [one.account for one in records.restrictions()] == ["Bolt & Sons"] * 2
    kept.register.merge("Bolt & Sons", "Acme")
    assert [(one.account, one.note_id) for one in records.restrictions()] == [("Acme", ""), ("Acme", kept.other.id)]
    records.close()


def test_what_cannot_be_is_refused_and_changes_nothing(kept: Kept) -> None:
    with pytest.raises(InputError, match="'bolt' already stands for the account 'Bolt'") as taken:
        kept.register.rename("Acme", "bolt")
    assert '--into "Bolt"' in taken.value.fix
    with pytest.raises(InputError, match="no name of an account"):
        kept.register.rename("Acme", " ")
    with pytest.raises(InputError, match="are one account already"):
        kept.register.merge("Acme", "ACME")
    for change in (
        lambda: kept.register.set_renewal("Nobody", DAY),
        lambda: kept.register.rename("Nobody", "X"),
        lambda: kept.register.merge("Nobody", "Acme"),
        lambda: kept.register.merge("Acme", "Nobody"),
    ):
        with pytest.raises(UnknownAccount):
            change()
    assert kept.names() == [("Acme", ()), ("Bolt", ())]
    assert len(kept.store.notes("Acme")) == 2


def test_the_reps_word_on_domains_goes_with_its_account(kept: Kept) -> None:
    theirs = DomainOf(account="Acme", domain="acme.example")
    kept.register.set_domain(theirs)
    kept.register.set_domain(DomainOf(account="bolt", domain="bolt.example"))
    no = DomainOf(account="Bolt", domain="bolt.example", theirs=False)
    kept.register.set_domain(no)
    assert kept.register.domains() == (theirs, no)
    with pytest.raises(UnknownAccount):
        kept.register.set_domain(DomainOf(account="Nobody", domain="x.example"))
    kept.register.merge("Bolt", "Acme")
    assert kept.register.domains() == (theirs, no.model_copy(update={"account": "Acme"}))
    kept.store.forget("Acme")
    assert kept.register.domains() == ()


def test_who_was_met_is_told_note_by_note_and_goes_with_the_note(kept: Kept) -> None:
    marta = Attendee(name="Marta Ruiz", email="marta@acme.example", side="customer")
    ben, stranger = Attendee(name="Ben", side="us"), Attendee(email="x@other.example")
    facts = {"account": "Acme", "by": "given"}
    told = {"source": NoteSource(attendees=(marta, ben, stranger)), "ascribed": Ascribed(by="given", why="--account")}
    one = keep(kept.store, note("They wait.", on=3).model_copy(update=told))
    assert kept.store.note(one.id) == one
    assert [each for each in kept.store.notes("Acme") if each.source.attendees] == [one]
    assert kept.store.known("Acme", one.text) == (one,)
    assert kept.register.met() == tuple(Met(note_id=one.id, attendee=each, **facts) for each in (marta, ben))
    assert kept.register.strangers() == (("Acme", "x@other.example"),)
    kept.store.forget("Acme", one.id)
    assert (kept.register.met(), kept.register.strangers()) == ((), ())


def test_people_are_placed_anew_with_their_passages_and_signals(kept: Kept) -> None:
    one = note("They wait.\nWe promise.\nToo dear.\n", on=3)
    wait, promise, dear = (signal(one, start, start + 4) for start in (0, 11, 23))
    keep(kept.store, one, wait, promise.model_copy(update={"side": "customer"}), dear)
    own = wait.model_copy(update={"source": "corrected", "kind": "praise"})
    kept.store.correct(
        [Correction(note_id=one.id, signal_id=wait.id, verdict="corrected", made=NOW, signal=own, replaced=wait)]
    )
    kept.store.correct([Correction(note_id=one.id, signal_id=dear.id, verdict="rejected", made=NOW, replaced=dear)])
    turns = (Turn(start=0, end=11, speaker="Marta", side="customer"), Turn(start=11, end=len(one.text), side="us"))
    source = NoteSource(attendees=(Attendee(name="Marta", side="customer"),))
    placed = one.model_copy(update={"turns": turns, "source": source})
    kept.register.place(placed, passages_of(placed))
    there = kept.store.note(one.id)
    assert there is not None
    assert (there.turns, there.source) == (turns, source)
    assert [each.side for each in kept.store.passages(one.id)] == ["customer", "us", "us"]
    shown = {each.signal.start: each.signal for each in kept.store.signals(SignalFilter(note_id=one.id))}
    assert {start: each.side for start, each in shown.items()} == {0: "customer", 11: "customer"}
    assert shown[0].kind == "praise"
    first, second = kept.store.corrections(one.id)
    assert [each and each.side for each in (first.signal, first.replaced, second.replaced)] == [
        *("customer", "customer", "us"),
    ]
    kept.store.correct([Correction(note_id=one.id, signal_id=dear.id, verdict="undone", made=NOW)])
    assert [each.signal.side for each in kept.store.signals(SignalFilter(note_id=one.id))][-1] == "us"
    kept.store.forget("Acme", one.id)
    kept.register.place(placed, passages_of(placed))
    assert kept.store.note(one.id) is None


def test_who_speaks_for_the_customer(kept: Kept) -> None:
    one = note("They wait.", on=3)
    keep(kept.store, one, signal(one, speaker="Marta Ruiz", side="customer"), signal(one, 5, 9, speaker="B", side="us"))
    assert kept.register.customers() == (("Acme", "Marta Ruiz"),)
