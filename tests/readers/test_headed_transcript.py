"""Transcripts with a line above each turn, told from chats and notes. Whole files are among the fixtures."""

import pytest

from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers import families
from notesense.readers.family import Content

FOOT = "Transcribed by https://otter.ai"


def content(text: str) -> Content:
    return Content(text.encode(), "here", "a.txt")


@pytest.mark.parametrize(
    "text",
    [
        f"Marta Ruiz  0:09  \nIt leaks.\n\n{FOOT}",
        f"It leaks.\n\n{FOOT}\n",
        "Marta Ruiz  0:09\nIt leaks.\nBen Cole  0:12\nWhere?",
        "Marta Ruiz\t0:09\nIt leaks.\nBen Cole \t 1:00:12\nWhere?",
        "Ben Cole started transcription\n\nMarta Ruiz   0:09\nIt leaks.",
        "Marta  00:09\nIt leaks.\nBen  00:12\nWhere?",
    ],
)
def test_known_by_the_lines_above_turns_or_the_foot(text: str) -> None:
    assert families.family_of(content(text)).name == "transcript"


@pytest.mark.parametrize(
    "text",
    [
        "Marta Ruiz  0:09\nIt leaks.",
        "Marta Ruiz 0:09\nIt leaks.\nBen Cole 0:12\nWhere?",
        "Marta  09:05\nIt leaks.\nBen  09:06\nWhere?",
        "Marta  14:05\nIt leaks.\nBen  14:06\nWhere?",
        "Marta  0:45\nIt leaks.\nBen  0:12\nWhere?",
        "We asked who transcribed it: otter.ai",
        f"{FOOT} {'is what it says. ' * 20}",
    ],
)
def test_hours_of_a_chat_and_words_of_a_note_make_no_transcript(text: str) -> None:
    assert families.family_of(content(text)).name == "text"


def test_what_stands_around_the_transcript_is_the_reps() -> None:
    text = f"Harlow\n\nShe was angry.\n\nMarta  0:09  \nIt leaks.\n\n{FOOT}\nCall her back."
    (one,) = families.read(content(text)).notes
    assert [(turn.origin, turn.words(one.text)) for turn in one.turns] == [
        (Origin.REP_NOTE, "Harlow\n\nShe was angry."),
        (Origin.TRANSCRIPT, "It leaks."),
        (Origin.REP_NOTE, "Call her back."),
    ]


def test_a_transcript_in_which_nobody_says_anything_is_an_error() -> None:
    with pytest.raises(InputError, match="here holds nothing that anyone says"):
        families.read(content(f"Marta Ruiz  0:09  \n\n{FOOT}"))


@pytest.mark.parametrize(
    ("heading", "title", "started", "date"),
    [
        ("Harlow-20260312_100214-Meeting Recording", "Harlow", "2026-03-12T10:02:14", "2026-03-12"),
        ("Harlow-20260312_100214UTC-Meeting Transcript", "Harlow", "2026-03-12T10:02:14+00:00", "2026-03-12"),
        ("March 12, 2026, 12:02AM\n31m 2s", "a", "2026-03-12T00:02:00", "2026-03-12"),
        ("March 12, 2026, 1:02 PM", "a", "2026-03-12T13:02:00", "2026-03-12"),
        ("Mar 12, 2026", "a", None, "2026-03-12"),
    ],
)
def test_the_heading_tells_the_day(heading: str, title: str, started: str | None, date: str) -> None:
    text = f"{heading}\nBen started transcription\n\nBen   0:05\nHi.\n"
    (one,) = families.read(content(text)).notes
    assert one.text == "Ben: Hi."
    assert (one.title, one.started and one.started.isoformat(), str(one.date)) == (title, started, date)


@pytest.mark.parametrize("heading", ["Harlow-20261312_100214", "Marz 12, 2026", "March 32, 2026", "Mar 12, 2026 25:10"])
def test_a_heading_without_a_day_that_there_is_stays_as_words(heading: str) -> None:
    (one,) = families.read(content(f"{heading}\nBen started transcription\n\nBen   0:05\nHi.\n")).notes
    assert one.text == f"{heading}\nBen: Hi."
    assert one.date is None
