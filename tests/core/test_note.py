"""A note keeps its text, and knows its lines and whose words stand where."""

import datetime

import pytest
from pydantic import ValidationError

from notesense.core.note import Note, NoteSource, Turn, content_hash, layout_of, note_id
from notesense.core.vocabulary import Origin

DAY = datetime.date(2026, 3, 4)


def test_a_note_needs_a_word() -> None:
    with pytest.raises(ValidationError, match="at least one word"):
        Note(id="n", account="Harlow", date=DAY, text=" \r\n\t")


def test_lines_count_from_one() -> None:
    note = Note(id="n", account="Harlow", date=DAY, text="one\r\ntwo\n\nfour")
    assert [note.line_of(note.text.index(word)) for word in ("one", "two", "four")] == [1, 2, 4]


def test_an_id_depends_on_account_day_and_words() -> None:
    ids = {note_id(a, d, t) for a in ("A", "B") for d in (DAY, DAY.replace(day=5)) for t in ("x", "y")}
    assert len(ids) == 8
    assert note_id(" harlow", DAY, "x") == note_id("Harlow", DAY, "x")
    assert content_hash("x") == content_hash("x") != content_hash("x ")


SAID = "Overview:\r\nall fine.\nMarta: It leaks.\nBest, Ben"


def told(*turns: Turn) -> Note:
    return Note(id="n", account="Harlow", date=DAY, text=SAID, turns=turns)


SUMMARY = Turn(start=0, end=21, origin=Origin.VENDOR_SUMMARY)
SPEECH = Turn(start=21, end=38, speaker="Marta", origin=Origin.TRANSCRIPT, time=-2.5)
NAME = Turn(start=38, end=47, origin=Origin.SIGNATURE)


@pytest.mark.parametrize(
    "turns",
    [
        [Turn(start=3, end=3)],
        [Turn(start=5, end=2)],
        [Turn(start=0, end=len(SAID) + 1)],
        [Turn(start=0, end=9), Turn(start=8, end=12)],
        [Turn(start=9, end=12), Turn(start=0, end=9)],
    ],
)
def test_turns_are_in_order_inside_the_text_and_apart(turns: list[Turn]) -> None:
    with pytest.raises(ValidationError, match="in order"):
        told(*turns)


def test_a_turns_time_is_a_number() -> None:
    with pytest.raises(ValidationError, match="finite"):
        Turn(start=0, end=1, time=float("nan"))


def test_testimony_is_the_text_without_what_proves_nothing() -> None:
    note = told(SUMMARY, SPEECH, NAME)
    assert note.testimony == f"{' ' * 9}\r\n{' ' * 9}\nMarta: It leaks.\n{' ' * 9}"
    assert len(note.testimony) == len(note.text)
    assert told(SPEECH).testimony == told().testimony == SAID


def test_whose_words_stand_where() -> None:
    note = told(SPEECH, NAME)
    assert [note.origin_at(at) for at in (0, 21, 37, 38)] == [
        Origin.REP_NOTE,
        Origin.TRANSCRIPT,
        Origin.TRANSCRIPT,
        Origin.SIGNATURE,
    ]
    assert told().origin_at(3) is Origin.REP_NOTE


def test_what_a_turn_says_is_without_the_name() -> None:
    assert [turn.words(SAID) for turn in (SUMMARY, SPEECH)] == ["Overview:\r\nall fine.", "It leaks."]


def test_turns_and_source_come_back_from_json_and_those_of_others_are_passed_over() -> None:
    source = NoteSource(form="gong", meeting="7782", started=datetime.datetime(2026, 3, 4, 10, tzinfo=datetime.UTC))
    note = told(SUMMARY, SPEECH).model_copy(update={"source": source})
    written = note.model_dump(mode="json")
    assert layout_of(written, SAID) == {"turns": (SUMMARY, SPEECH), "source": source}
    for other in ({}, {"turns": 3, "source": "zoom"}, {"turns": [{"speaker": "Ann"}], "source": {"app": "zoom"}}):
        assert layout_of(other, SAID) == {}
    for bad in ({"turns": [{"start": 9, "end": 1}]}, {"turns": [{"start": "x", "end": 1}]}, {"source": {"form": 3}}):
        with pytest.raises(ValueError, match=r"turns|valid"):
            layout_of(bad, SAID)
