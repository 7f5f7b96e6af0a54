"""What every keeper of the rep's word on people promises, asked of the fake and of SQLite alike."""

import datetime

import pytest

from fakes import FakePersons, FakeStore
from notesense.adapters.sql.persons import SqlPersons
from notesense.adapters.sql.store import SqlStore
from notesense.core.person_ports import Joined, OneOfUs
from notesense.errors import InputError, UnknownAccount
from store_samples import keep, note

NOW = datetime.datetime(2026, 3, 4, 12, 0, tzinfo=datetime.UTC)
SAME = Joined(name="J. Okafor", other="Jo Okafor", verdict="same", made=NOW)
OTHER = Joined(name="Ann Bell", other="Anna Bell", verdict="other", made=NOW)


@pytest.fixture(params=["fake", "sql"])
def kept(request, tmp_path):
    path = tmp_path / "home" / "notes.db"
    store = FakeStore() if request.param == "fake" else SqlStore(path)
    persons = FakePersons(store) if request.param == "fake" else SqlPersons(path)
    keep(store, note("Words."))
    keep(store, note("Other words.", account="Bolt"))
    yield store, persons
    persons.close()
    store.close()


def test_what_was_said_comes_back_by_names_in_its_account_alone(kept):
    store, persons = kept
    persons.join("acme", SAME)
    persons.join("Acme", OTHER)
    store.add_alias("Acme", "The Smiths")
    assert persons.joined("Acme") == persons.joined("the smiths") == (OTHER, SAME)
    assert (persons.joined("Bolt"), persons.joined("Nobody")) == ((), ())


def test_the_last_word_counts_whatever_case_and_order(kept):
    _, persons = kept
    persons.join("Acme", SAME)
    apart = Joined(name="jo  okafor", other="J. OKAFOR", verdict="other", made=NOW)
    persons.join("Acme", apart)
    assert persons.joined("Acme") == (apart,)
    assert not persons.unjoin("Bolt", "Jo Okafor", "J. Okafor")
    assert persons.unjoin("Acme", "Jo Okafor", "J. Okafor")
    assert not persons.unjoin("Acme", "Jo Okafor", "J. Okafor")
    assert persons.joined("Acme") == ()


@pytest.mark.parametrize(("name", "other"), [("Jo", "JO "), ("", "Jo"), ("Jo", "  ")])
def test_two_spellings_are_two_names(kept, name, other):
    _, persons = kept
    with pytest.raises(InputError):
        persons.join("Acme", SAME.model_copy(update={"name": name, "other": other}))


def test_an_account_must_be_there(kept):
    _, persons = kept
    with pytest.raises(UnknownAccount):
        persons.join("Nobody", SAME)


def test_what_is_said_of_an_account_goes_with_it(kept):
    store, persons = kept
    persons.join("Acme", SAME)
    persons.add_our_people(["Ben Adeyemi"])
    store.forget("Acme")
    keep(store, note("New words."))
    assert persons.joined("Acme") == ()
    assert persons.our_people() == ("Ben Adeyemi",)


def test_our_people(kept):
    _, persons = kept
    assert persons.our_people() == ()
    persons.add_our_people([])
    persons.add_our_people(["Zoë  Hart", "ben adeyemi"])
    persons.add_our_people(["Ben Adeyemi"])
    assert persons.our_people() == ("Ben Adeyemi", "Zoë Hart")
    assert persons.remove_our_person("ZOË HART")
    assert not persons.remove_our_person("Zoë Hart")
    with pytest.raises(InputError):
        persons.add_our_people(["Ina", " "])
    assert persons.our_people() == ("Ben Adeyemi",)


def test_who_is_one_of_us_as_said_and_as_learned(kept):
    _, persons = kept
    ben, ours = OneOfUs(sort="person", value="Ben Cole"), OneOfUs(sort="domain", value="ours.example")
    mail = OneOfUs(sort="address", value="pat@mail.example")
    persons.add_ours([])
    persons.add_ours([mail, ours])
    assert persons.learn_ours([]) == ()
    (learned,) = persons.learn_ours([ben, ours, ben])
    assert learned == ben.model_copy(update={"learned": True})
    assert persons.ours() == (learned, ours, mail)
    assert persons.our_people() == ()
    persons.add_our_people(["ben cole"])
    assert persons.our_people() == ("ben cole",)
    assert persons.learn_ours([ben]) == ()


def test_who_was_denied_is_not_learned_again_but_can_be_said(kept):
    _, persons = kept
    ben = OneOfUs(sort="person", value="Ben Cole")
    persons.learn_ours([ben])
    assert persons.remove_ours("BEN COLE")
    assert not persons.remove_ours("Ben Cole")
    assert not persons.remove_ours("Nobody")
    assert persons.learn_ours([ben]) == ()
    assert persons.ours() == ()
    persons.add_ours([ben])
    assert persons.ours() == (ben,)
