"""Captions that Zoom saved with the time of day. Whole files are among the fixtures."""

import pytest

from notesense.core.reading import Reading
from notesense.core.vocabulary import Origin
from notesense.readers import families
from notesense.readers.family import Content


def read(text: str, where: str = "a.txt") -> Reading:
    (one,) = families.read(Content(text.encode(), where, where.rpartition("/")[2])).notes
    return one


@pytest.mark.parametrize(
    "text",
    [
        "17:32:36 We pay more.\n17:32:38 And get less.",
        "Harlow\n17:32:36 We pay more.\n17:32:38 And get less.",
        "[Marta] 17:32:36\nWe pay more.\n\n[Ben] 17:32:38\nHm.",
        "17:32:36 From here on: more.\n17:32:38 We pay.\n17:32:39 Hm.",
    ],
)
def test_known_by_the_times(text: str) -> None:
    assert families.family_of(Content(text.encode(), "x", "a.txt")).name == "zoom captions"


@pytest.mark.parametrize(
    "text",
    [
        "17:32:36 We pay more.",
        "17:32 We pay more.\n17:33 And get less.",
        "27:32:36 We pay more.\n27:32:38 And get less.",
        "17:32:36 she called.\n\nWe pay more.\n\nAnd get less.\n17:40:00 she left.",
    ],
)
def test_notes_with_times_are_none(text: str) -> None:
    assert families.family_of(Content(text.encode(), "x", "a.txt")).name == "text"


def test_times_are_counted_from_the_beginning_that_the_folder_tells() -> None:
    text = "00:00:10 It leaks.\n00:00:04 Badly.\nAll over."
    one = read(text, "2026-03-12 23.59.50 Harlow/caption.txt")
    assert [(turn.time, turn.words(one.text)) for turn in one.turns] == [
        (20.0, "It leaks."),
        (14.0, "Badly. All over."),
    ]
    assert [turn.time for turn in read(text).turns] == [0.0, -6.0]
    assert (one.title, one.meeting, str(one.date)) == ("Harlow", "", "2026-03-12")


def test_names_with_brackets_and_what_stands_below_the_captions() -> None:
    blocks = ("[Olga Berg [KEMI]] 10:02:36\nIt leaks.", "[Tim [Us] Vos] 10:02:41\nWhere?\nAll over?")
    one = read("\n\n".join([*blocks, "My view: she bluffs.", "We wait."]))
    assert [(turn.speaker, turn.origin, turn.words(one.text)) for turn in one.turns] == [
        ("Olga Berg [KEMI]", Origin.TRANSCRIPT, "It leaks."),
        ("Tim [Us] Vos", Origin.TRANSCRIPT, "Where?\nAll over?"),
        (None, Origin.REP_NOTE, "My view: she bluffs.\n\nWe wait."),
    ]


def test_captions_in_several_paragraphs_stay_whole() -> None:
    one = read("[Olga] 10:02:36\nIt leaks.\n\nBadly.\n\n[Tim] 10:02:41\nWhere?\n\nOh.")
    assert [turn.words(one.text) for turn in one.turns] == ["It leaks.\nBadly.", "Where?\nOh."]
