import datetime

import pytest

from fakes import FakePersons, FakeStore
from notesense.core.note import Note
from notesense.core.person_ports import Joined
from notesense.core.signal import Extraction, Signal
from notesense.errors import InputError
from notesense.workflows.knowing import known_people, people, say

DAY = datetime.date(2026, 10, 20)
TEXT = "J. Okafor is the buyer since May. Jo Okafor called."


def said(name: str, other: str, verdict: str = "same") -> Joined:
    return Joined(name=name, other=other, verdict=verdict, made=datetime.datetime.now(datetime.UTC))  # type: ignore[arg-type]


def store() -> FakeStore:
    kept = FakeStore()
    note = Note(id="n1", account="Alder Mill", date=DAY, text=TEXT)
    quote = TEXT[:32]
    told = {"person": "J. Okafor", "role": "buyer", "change": "joined", "certainty": "effective"}
    signal = Signal(
        id="s1", note_id="n1", kind="leadership_change", quote=quote, start=0, end=32, line=1, attributes=told
    )
    kept.save(note, (), Extraction(note_id="n1", engine="test", signals=(signal,)))
    return kept


def test_people_as_of_a_day_with_what_the_rep_said() -> None:
    kept = store()
    persons = FakePersons(kept)
    persons.add_our_people(["Ben Adeyemi"])
    say("Alder Mill", said("J. Okafor", "Jo Okafor"), kept, persons)
    listed = people("Alder Mill", DAY, kept, persons)
    assert [(one.person, one.role, one.in_role) for one in listed.people] == [("Jo Okafor", "buyer", True)]
    assert (listed.ours, [one.other for one in listed.joined]) == (("Ben Adeyemi",), ["Jo Okafor"])
    assert known_people("Alder Mill", persons).ours == ("Ben Adeyemi",)
    assert people("Alder Mill", DAY - datetime.timedelta(days=1), kept, persons).people == ()


def test_a_name_that_no_note_has_is_refused() -> None:
    kept = store()
    with pytest.raises(InputError, match='No note of Alder Mill names "Zed"'):
        say("Alder Mill", said("J. Okafor", "Zed"), kept, FakePersons(kept))
