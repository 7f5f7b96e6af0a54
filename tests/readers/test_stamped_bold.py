"""Turns with a name in bold and a time on the line of their words; chapters and agendas in that form are none."""

import pytest

from notesense.readers.families import read
from notesense.readers.family import Content

STAMPED = (
    "**Lena Vogt** [00:00:05]: Shall we?\n\n**CFO** [00:00:12]: Price: ten more.\n\n**Lena Vogt** [0:01:20]: Do that.\n"
)
SAID = [("Lena Vogt", "Shall we?", 5.0), ("CFO", "Price: ten more.", 12.0), ("Lena Vogt", "Do that.", 80.0)]


def told(text: str) -> list[tuple[str | None, str, float | None]]:
    (note,) = read(Content(text.encode(), "a.md", "a.md")).notes
    return [(turn.speaker, turn.words(note.text), turn.time) for turn in note.turns]


@pytest.mark.parametrize(
    "text",
    [
        STAMPED,
        STAMPED.replace("[", "(").replace("]", ")"),
        STAMPED.replace("\n\n", "\n"),
        "[0:05] **Lena Vogt**: Shall we?\n\n[0:12] **CFO**: Price: ten more.\n\n[1:20] **Lena Vogt**: Do that.",
        "0:05 - **Lena Vogt:** Shall we?\n0:12 - **CFO:** Price: ten more.\n1:20 - **Lena Vogt:** Do that.",
        f"## Transcript\n\n{STAMPED}## My take\n\nI ring her boss.",
    ],
)
def test_times_that_go_on_and_names_that_return_make_turns(text: str) -> None:
    assert [one for one in told(text) if one[0]] == SAID


def test_what_stands_around_and_between_is_nobodys() -> None:
    text = f"She was late.\n\n{STAMPED}".replace("\n\n**CFO", "\n\n## Money\n\n**CFO") + "\nI ring her boss.\n"
    assert told(text) == [
        (None, "She was late.", None),
        SAID[0],
        (None, "## Money", None),
        *SAID[1:],
        (None, "I ring her boss.", None),
    ]


def test_where_turns_have_paragraphs_the_last_keeps_its_own_up_to_a_rule() -> None:
    text = STAMPED.replace("Shall we?", "Shall we?\n\nNow?") + "\nAnd soon.\n\n---\nI ring her boss."
    assert [words for _, words, _ in told(text)] == [
        "Shall we?\n\nNow?",
        "Price: ten more.",
        "Do that.\n\nAnd soon.",
        "---\nI ring her boss.",
    ]


def test_two_turns_below_the_heading_of_a_transcript_are_enough() -> None:
    said = "## Transcript\n\n**Lena Vogt** [0:05]: Shall we?\n**Tomasz Kral** [0:12]: Yes.\n"
    assert told(f"## Notes\nShe was late.\n\n{said}")[1:] == [
        ("Lena Vogt", "Shall we?", 5.0),
        ("Tomasz Kral", "Yes.", 12.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[0:05] **Prices**: Lena is late.\n[0:40] **Lists**: Ana asks.\n[1:20] **Visit**: in May.",
        STAMPED.replace("0:00:05", "0:02:05"),
        STAMPED.replace("00:0", "10:0").replace("0:01", "10:01"),
        STAMPED.replace("CFO", "Lena Vogt"),
    ],
)
def test_chapters_and_hours_of_a_day_make_no_turns(text: str) -> None:
    assert all(speaker is None for speaker, *_ in told(text))
