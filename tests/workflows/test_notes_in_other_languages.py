"""Notes in a language that the engine was not trained for: said when they come, kept, read again by one that was."""

import datetime

import pytest

from fakes import FakeEngine
from notesense.core.briefing import Occasion
from notesense.core.results import ReadAs
from notesense.wiring.meetings import Meetings
from notesense.workflows import preparing
from notesense.workflows.languages import TrainedOnEnglish
from notesense.workflows.upkeep import reindex, to_be_read_again
from workshop import TODAY, Desk, leaks, reading

GERMAN = "Die Pumpen sind schon wieder undicht (leak), sagt Frau Müller."


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.engine = TrainedOnEnglish(made.engine, lambda text: ("de", 0.99) if "ü" in text else ("en", 0.99))  # type: ignore[assignment]
    return made


def test_adding_says_it_and_runs_the_engine_all_the_same(desk: Desk) -> None:
    german, english = desk.add(GERMAN, "The pumps leak, says Marta, and they have seen this before.").kept
    assert (german.language, english.language) == ("de", "")
    assert len(german.signals) == len(english.signals) == 1
    assert desk.store.languages() == ((german.note.id, "de"),)


def test_an_import_counts_languages_and_encodings(desk: Desk) -> None:
    read_as = ReadAs(encoding="Windows-1252", sure=False)
    found = desk.import_all(
        reading(GERMAN, account="Harlow", read_as=read_as), reading("The pumps leak.", account="Harlow")
    )
    assert (found.languages, found.read_as) == ({"de": 1}, {"Windows-1252": 1})


def test_a_briefing_says_what_was_not_understood(desk: Desk) -> None:
    desk.add(GERMAN)
    playbook = Meetings().playbook()
    made = preparing.brief("Harlow", Occasion(as_of=TODAY), desk.store, playbook)
    assert made.gaps[0].code == "other_language"
    assert made.gaps[0].text.startswith("1 note in German was read by an engine trained on English alone")
    before = preparing.brief("Harlow", Occasion(as_of=TODAY - datetime.timedelta(1)), desk.store, playbook)
    assert all(gap.code != "other_language" for gap in before.gaps)


def test_an_engine_that_knows_languages_reads_them_again(desk: Desk) -> None:
    kept = desk.add(GERMAN).kept[0]
    assert list(to_be_read_again(desk.store, knows_languages=False)) == []
    assert [note.id for note in to_be_read_again(desk.store, knows_languages=True)] == [kept.note.id]
    found = reindex(desk.store, FakeEngine(leaks), desk.librarian, knows_languages=True)
    assert found.reread == 1
    assert desk.store.languages() == ()
