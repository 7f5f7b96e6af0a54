"""What is remembered of sources, asked of the fake and of SQLite alike."""

import datetime

import pytest

from fakes import FakeSources, FakeStore
from notesense.adapters.sql.sources import SqlSources
from notesense.adapters.sql.store import SqlStore
from notesense.core.note import NoteSource, Turn
from notesense.core.source_ports import OtherForm, ReadFile
from notesense.errors import InputError
from store_samples import keep, note


@pytest.fixture(params=["fake", "sql"])
def both(request, tmp_path):
    if request.param == "fake":
        store = FakeStore()
        yield store, FakeSources(store)
        return
    store = SqlStore(tmp_path / "notes.db")
    sources = SqlSources(tmp_path / "notes.db")
    yield store, sources
    sources.close()
    store.close()


def form_of(there, text="WEBVTT says this."):
    started = datetime.datetime(2026, 3, 12, 10, tzinfo=datetime.UTC)
    source = NoteSource(form="captions", meeting="7", started=started)
    turns = (Turn(start=0, end=6, speaker="Ann", time=1.5),)
    return OtherForm(note_id=there.id, where="a/call.vtt", title="Call", text=text, turns=turns, source=source)


def test_a_file_is_known_until_one_of_its_notes_is_forgotten(both):
    store, sources = both
    one, other = note("One."), note("Two.", on=1)
    keep(store, one)
    keep(store, other)
    assert sources.recall("m") is None
    sources.remember([])
    sources.remember([ReadFile(mark="m", note_ids=(one.id, other.id, one.id)), ReadFile(mark="nothing in it")])
    assert (sources.recall("m"), sources.recall("nothing in it")) == (2, 0)
    store.forget(other.account, other.id)
    assert sources.recall("m") is None
    sources.remember([ReadFile(mark="m", note_ids=(one.id,))])
    assert sources.recall("m") == 1


def test_what_came_of_a_place_is_known_whatever_lies_there_now(both):
    store, sources = both
    one, other, third = note("One."), note("Two.", on=1), note("Three.", on=2)
    for each in (one, other, third):
        keep(store, each)
    sources.remember(
        [
            ReadFile(mark="m", place="here", note_ids=(other.id, one.id)),
            ReadFile(mark="n", place="there", note_ids=(third.id,)),
            ReadFile(mark="o", note_ids=(third.id,)),
        ]
    )
    sources.remember([ReadFile(mark="changed", place="here", note_ids=(third.id,))])
    assert sources.came_of("here") == (one.id, other.id, third.id)
    store.forget(other.account, other.id)
    assert sources.came_of("here") == (one.id, third.id)
    assert sources.came_of("") == sources.came_of("elsewhere") == ()


def test_other_forms_come_back_whole_and_go_with_their_note(both):
    store, sources = both
    one, other = note("One."), note("Two.", account="Bolt")
    keep(store, one)
    keep(store, other)
    forms = (form_of(one), form_of(one, "And this here."))
    for form in (*forms, forms[0]):
        sources.add_form(form)
    assert sources.forms(one.id) == sources.forms_in(one.account.upper()) == forms
    assert sources.forms_in("Bolt") == sources.forms_in("nobody") == sources.forms(other.id) == ()
    store.forget(one.account)
    assert sources.forms(one.id) == ()


def test_a_form_needs_its_note(both):
    _, sources = both
    with pytest.raises(InputError, match="no note with the id"):
        sources.add_form(form_of(note("One.")))
