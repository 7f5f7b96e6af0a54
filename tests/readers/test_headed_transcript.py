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
        "Kemi-20260504_100214UTC-Besprechungsaufzeichnung\nMarta Ruiz   9:09\nIt leaks.",
        "Ben Cole started transcription\n\nMarta Ruiz   0:09\nIt leaks.",
        "Marta  00:09\nIt leaks.\nBen  00:12\nWhere?",
        "Speaker 1  7:10\nIt leaks.\nBen  7:12\nWhere?\nSpeaker 1  7:20\nHere.",
        "Marta  7:10  \nIt leaks.\nBen  7:12  \nWhere?\nMarta  7:20  \nHere.",
        "Marta  0:09\nIt leaks.\nBen  0:40\nOh.\nMarta  0:02\nAgain.\nBen  0:10\nWhere?",
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
        "Intro\t0:00\nPrices\t0:20\nWrap-up\t0:40\n",
        "a new pump  0:10\nfor the lab\nthe price list  0:12\nby Friday",
        "Session 1  9:30\nPumps.\nSession 2  9:50\nPrices.",
        "Visit  9:30  \nWe saw the lab.\nDemo  9:50  \nThey liked it.",
        "We asked who transcribed it: otter.ai",
        f"{FOOT} {'is what it says. ' * 20}",
    ],
)
def test_hours_of_a_chat_and_words_of_a_note_make_no_transcript(text: str) -> None:
    assert families.family_of(content(text)).name == "text"


PLAYER = "{}\n00:02\nIt leaks.\n{}\n00:41\nOn Sunday\nand today.\n\n{}\n\n01:12\n\nWhere?\n"


def test_a_name_with_its_time_on_the_line_below_is_a_head() -> None:
    for above, below in (("", ""), ("She was angry.\n\n", "\nCall her back.\n")):
        text = above + PLAYER.format("Ida Kay", "Tim Vos", "Ida Kay") + below
        (one,) = families.read(content(text)).notes
        assert one.form == "transcript"
        said = [(turn.speaker, turn.time, turn.words(one.text)) for turn in one.turns if turn.speaker]
        assert said == [
            ("Ida Kay", 2.0, "It leaks."),
            ("Tim Vos", 41.0, "On Sunday\nand today."),
            ("Ida Kay", 72.0, "Where?"),
        ]
        own = [turn.words(one.text) for turn in one.turns if turn.origin is Origin.REP_NOTE]
        assert own == [part.strip() for part in (above, below) if part]


def test_a_long_one_is_known_wherever_its_beginning_is_cut() -> None:
    turns = "".join(
        f"{'Ida Kay' if at % 2 else 'Tim Vos'}\n{at // 3600}:{at // 60 % 60:02}:{at % 60:02}\n{'w' * 9}.\n"
        for at in range(2_500)
    )
    assert len(turns) > 65_536
    for more in range(0, 40, 7):
        assert families.family_of(content("x" * more + "\n" + turns)).name == "transcript"


@pytest.mark.parametrize(
    "text",
    [
        PLAYER.format("Welcome", "Prices", "Wrap-up"),
        PLAYER.format("Ida Kay", "Ida Kay", "Ida Kay"),
        PLAYER.format("It leaks a bit.", "Tim Vos", "Tim Vos"),
        PLAYER.format("Ida Kay", "Tim Vos", "Ida Kay").replace("00:41", "09:41"),
        "Ida Kay\n00:02\nTim Vos\n00:10\nIda Kay\n00:30\n",
        "Ida Kay\n9:30\nPumps.\nTim Vos\n10:00\nPrices.\nIda Kay\n10:30\nEnd.\n",
        "Ida Kay\n00:02\nPumps.\nTim Vos\n00:04\nPrices.\n",
    ],
)
def test_times_of_an_agenda_make_no_heads_of_the_lines_above(text: str) -> None:
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
        families.read(content(f"Marta Ruiz  0:09  \n\nMarta Ruiz  0:12  \n\n{FOOT}"))


@pytest.mark.parametrize(
    ("heading", "title", "started", "date"),
    [
        ("Harlow-20260312_100214-Meeting Recording", "Harlow", "2026-03-12T10:02:14", "2026-03-12"),
        ("Harlow-20260312_100214UTC-Meeting Transcript", "Harlow", "2026-03-12T10:02:14+00:00", "2026-03-12"),
        ("March 12, 2026, 12:02AM\n31m 2s", "a", "2026-03-12T00:02:00", "2026-03-12"),
        ("March 12, 2026, 1:02 PM", "a", "2026-03-12T13:02:00", "2026-03-12"),
        ("Mar 12, 2026", "a", None, "2026-03-12"),
        ("12. März 2026, 09:02", "a", "2026-03-12T09:02:00", "2026-03-12"),
        ("3 de junio de 2026", "a", None, "2026-06-03"),
        ("1er août 2026 à 14h05", "a", "2026-08-01T14:05:00", "2026-08-01"),
        ("Harlow-20260312_100214-Besprechungsaufzeichnung", "Harlow", "2026-03-12T10:02:14", "2026-03-12"),
    ],
)
def test_the_heading_tells_the_day(heading: str, title: str, started: str | None, date: str) -> None:
    text = f"{heading}\nBen started transcription\n\nBen   0:05\nHi.\n"
    (one,) = families.read(content(text)).notes
    assert one.text == "Ben: Hi."
    assert (one.title, one.started and one.started.isoformat(), str(one.date)) == (title, started, date)


@pytest.mark.parametrize("heading", ["Harlow-20261312_100214", "Foo 12, 2026", "March 32, 2026", "Mar 12, 2026 25:10"])
def test_a_heading_without_a_day_that_there_is_stays_as_words(heading: str) -> None:
    (one,) = families.read(content(f"{heading}\nBen started transcription\n\nBen   0:05\nHi.\n")).notes
    assert one.text == f"{heading}\nBen: Hi."
    assert one.date is None


def said(text: str) -> list[tuple[str, str | None, float | None, str]]:
    (one,) = families.read(content(text)).notes
    return [(turn.origin.value, turn.speaker, turn.time, turn.words(one.text)) for turn in one.turns]


TABLE = "Welcome\t9:00\nPumps, all 12\t9:20\nThe new CFO\t9:45"


@pytest.mark.parametrize("started", ["\n\nTim Vos started transcription", ""])
def test_a_table_above_the_transcript_is_the_reps(started: str) -> None:
    assert said(f"Agenda\n{TABLE}{started}\n\nTim Vos   0:05\nHi.\nOlga Berg   0:09\nIt leaks.") == [
        ("rep_note", None, None, f"Agenda\n{TABLE}"),
        ("transcript", "Tim Vos", 5.0, "Hi."),
        ("transcript", "Olga Berg", 9.0, "It leaks."),
    ]


@pytest.mark.parametrize("line", ["We pay for pumps  9:30", "Monday  8:30", "and agreed on this:  2:15", "Room  0:01"])
def test_words_that_look_like_a_head_stay_with_who_speaks(line: str) -> None:
    text = f"Olga  0:09  \nHm.\n\nTim  0:15  \nYes.\n{line}\nworks.\n\nOlga  0:40  \nOh.\n\nTim  0:50  \nBye."
    assert said(text)[1] == ("transcript", "Tim", 15.0, f"Yes.\n{line}\nworks.")


def test_a_head_without_words_whose_name_stands_once_is_words() -> None:
    assert said("Olga  0:09\nHm.\nJan  0:12\nTim  0:15\nYes.\nOlga  0:20\nTim  0:30\nOh.") == [
        ("transcript", "Olga", 9.0, "Hm.\nJan  0:12"),
        ("transcript", "Tim", 15.0, "Yes."),
        ("transcript", "Tim", 30.0, "Oh."),
    ]


@pytest.mark.parametrize(
    "end",
    [
        "Tim Vos stopped transcription",
        "Jan hat die Transkription beendet.",
        "Tim Vos a arrêté la transcription",
        "Tim Vos lopetti transkriptin",
    ],
)
def test_what_stands_below_the_end_is_the_reps(end: str) -> None:
    text = f"Tim Vos   0:05\nHi.\nOlga   0:09\nIt leaks.\n{end}\nShe bluffs.\nTim Vos   0:40\nBye.\n{end}\n\nMy view."
    assert said(text)[1:] == [
        ("transcript", "Olga", 9.0, "It leaks."),
        ("rep_note", None, None, "She bluffs."),
        ("transcript", "Tim Vos", 40.0, "Bye."),
        ("rep_note", None, None, "My view."),
    ]


def test_who_talks_about_the_transcription_speaks() -> None:
    words = "Tim Vos said that the transcription was bad, and he is right about it."
    assert said(f"Tim Vos   0:05\nHi.\nOlga   0:09\n{words}")[1] == ("transcript", "Olga", 9.0, words)


def test_a_second_paragraph_of_the_last_turn_alone_is_nobodys_speech() -> None:
    text = "Tim   0:05\nHi.\n\nOlga   0:09\nIt leaks.\n\nMy view: she bluffs."
    assert said(text)[1:] == [
        ("transcript", "Olga", 9.0, "It leaks."),
        ("rep_note", None, None, "My view: she bluffs."),
    ]
    assert said(text.replace("Hi.", "Hi.\n\nAll well?"))[1] == (
        *("transcript", "Olga", 9.0),
        "It leaks.\n\nMy view: she bluffs.",
    )
    assert said(f"{text}\n\n{FOOT}")[1][3] == "It leaks.\n\nMy view: she bluffs."


def test_a_turn_without_a_time_may_have_several_paragraphs() -> None:
    text = f"olga berg  \nIt leaks.\n\nIn May, too.\nAll over.\n\nTim Vos  \nHm.\n\n{FOOT}"
    expected = [("olga berg", "It leaks.\n\nIn May, too.\nAll over."), ("Tim Vos", "Hm.")]
    assert [(speaker, words) for _, speaker, _, words in said(text)] == expected
    stripped = text.replace("  \n", "\n").replace("olga berg", "Olga Berg")
    assert [speaker for _, speaker, _, _ in said(stripped)] == ["Olga Berg", "Tim Vos"]
