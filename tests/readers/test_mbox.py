"""What parts the mails of an mbox file, and what only begins with "From"."""

import datetime
from pathlib import Path

import pytest

from notesense.core.vocabulary import Channel
from notesense.readers.families import family_of
from notesense.readers.family import Content
from notesense.readers.mbox import mails
from notesense.readers.sources import read_path

HEAD = b"From: Ida Berg <ida@larkin.example>\nSubject: %s\nMessage-ID: <%s@larkin.example>\n\n"
MARK = b"From ida@larkin.example Tue Apr 07 08:15:00 2026\n"


@pytest.mark.parametrize(
    "note",
    [
        "From the visit on Tuesday\nBudget: frozen until June.\n\nThey still want the second line.\n",
        "From Ida:\nprice: fine\n\nwe meet in May",
        "From 9:00 on 7 April 2026 they close\nHall: B, not A.\n\nIda cannot come.",
        "From ida@larkin.example\nprice: fine\n\nwe meet in May",
    ],
)
def test_a_note_that_begins_with_from_is_a_note(note: str, tmp_path: Path) -> None:
    path = tmp_path / "2026-04-07 larkin.txt"
    path.write_text(note)
    (one,) = read_path(path).notes
    assert (one.text, one.form, one.date) == (note, "text", datetime.date(2026, 4, 7))
    assert one.channel is not Channel.EMAIL


@pytest.mark.parametrize(
    "mark",
    [
        MARK,
        b"From - Tue Apr  7 08:15:00 2026\r\n",
        b"From 1836459872345@xxx Tue Apr 07 08:15:00 +0000 2026\n",
        b"From ???@??? Tue Apr 07 08:15:00 2026\n",
        b"From ida@larkin.example 2026-04-07 08:15\n",
        b"From ida@larkin.example\n",
        b"From ida  Tue Apr  7 08:15 CEST 2026 remote from larkin\n",
    ],
)
def test_programs_write_the_line_between_mails_in_many_ways(mark: bytes) -> None:
    data = mark + HEAD % (b"One", b"a") + b"It is late.\n\n" + mark + HEAD % (b"Two", b"b") + b"It is dear.\n"
    assert family_of(Content(data, "x")).name == "mail"
    assert [one.partition(b"\n\n")[2].strip() for one in mails(data)] == [b"It is late.", b"It is dear."]


def test_a_paragraph_that_begins_with_from_parts_no_mail() -> None:
    words = b"Hello,\n\nFrom May 2026 on, at 8:15, we use the new portal.\nNote: nobody was told.\n\nFrom now\nX: no\n"
    assert len(list(mails(MARK + HEAD % (b"One", b"a") + words))) == 1


def test_a_dated_line_parts_mails_without_an_empty_line_before_it() -> None:
    data = MARK + HEAD % (b"One", b"a") + b"It is late.\n" + MARK + HEAD % (b"Two", b"b") + b"It is dear.\n"
    assert len(list(mails(data))) == 2


def test_a_mail_without_its_sender_is_no_note_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_bytes(b"To: us@us.example\nMIME-Version: 1.0\nContent-Type: text/plain\nSubject: Pump\n\nIt is late.\n")
    (one,) = read_path(path).notes
    assert (one.form, one.channel) == ("mail", Channel.EMAIL)
    assert {turn.speaker for turn in one.turns} == {None}
