"""A note keeps its text, and knows its lines."""

import datetime

import pytest
from pydantic import ValidationError

from notesense.core.note import Note, content_hash, note_id

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
