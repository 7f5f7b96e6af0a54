"""What a mail carries along is known again by its words alone; which of two notes is the newer."""

import datetime

import pytest

from notesense.core.note import Note, NoteSource
from notesense.core.passages import passages
from notesense.core.retelling import is_newer, retold, words_of

DAY = datetime.date(2026, 3, 12)
NINE = datetime.datetime(2026, 3, 12, 9, 0)
UTC = datetime.UTC


@pytest.mark.parametrize(
    ("quoted", "older", "known"),
    [
        ("> The report is late.", "The report is late.", True),
        ("> the report\n> is late", "Well, the report\nis late again.", True),
        ("> “The report” – is late", 'He said: "the REPORT" is late!', True),
        ("> The ﬁlter leaks", "The filter leaks", True),
        ("> late", "She is related to him.", False),
        ("> The report is late.", "The report is early.", False),
        ("The report is late.", "The report is late.", False),
    ],
)
def test_quoted_words_are_known_again(quoted: str, older: str, known: bool) -> None:
    parts = passages(quoted)
    assert retold(parts, [words_of("nothing"), words_of(older)]) == (set(range(len(parts))) if known else set())


def test_each_stretch_is_looked_for_in_every_other_note() -> None:
    parts = passages("> It leaks.\n> It is late.\n> It is dear.")
    assert retold(parts, map(words_of, ["It is late.", "It leaks.", "never read"])) == {0, 1}
    assert retold(parts[:2], iter(map(words_of, ["It is late. It leaks."]))) == {0, 1}
    assert retold(passages("It leaks."), [words_of("It leaks.")]) == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [
        ((DAY, None), (DAY - datetime.timedelta(1), None), True),
        ((DAY - datetime.timedelta(1), NINE), (DAY, None), False),
        ((DAY, NINE.replace(hour=10)), (DAY, NINE), True),
        ((DAY, NINE), (DAY, NINE), False),
        ((DAY, None), (DAY, NINE), False),
        ((DAY, NINE.replace(hour=10)), (DAY, None), False),
        ((DAY, NINE.replace(hour=10, tzinfo=UTC)), (DAY, NINE), False),
        ((DAY, NINE.replace(hour=10, tzinfo=UTC)), (DAY, NINE.replace(tzinfo=UTC)), True),
    ],
)
def test_a_note_is_newer_by_day_and_hour_as_far_as_both_are_known(one: tuple, other: tuple, newer: bool) -> None:
    def made(date: datetime.date, started: datetime.datetime | None) -> Note:
        return Note(id="n", account="A", date=date, text="x", source=NoteSource(started=started))

    assert is_newer(made(*one), made(*other)) is newer
