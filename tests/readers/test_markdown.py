"""Markdown with a head: what is no head of ours stays plain text, and a broken one is told with its line."""

import datetime

import pytest

from notesense.core.note import Attendee, Turn
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers.families import read
from notesense.readers.family import Content


def content(text: str, name: str = "a.md") -> Content:
    return Content(text.encode(), name, name)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("---\ntitle: a\n---\nIt leaks.", "markdown"),
        ("\n---\nDate: 2026-03-12\n...\nIt leaks.", "markdown"),
        ("---\nIt leaks.\n---\n", "text"),
        ("---\ntitle: a\nIt leaks.", "text"),
        ("---\nseverity: 3\n---\nIt leaks.", "text"),
        ("---\n- title: a\n---\nIt leaks.", "text"),
        ("It leaks.\n---\ntitle: a\n---\n", "text"),
        ("# Visit\n\nIt leaks.", "text"),
    ],
)
def test_a_head_is_known_by_its_keys(text: str, form: str) -> None:
    (note,) = read(content(text)).notes
    assert note.form == form
    assert note.text in (text, "It leaks.")


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("title: Call: Harlow", "a.md, line 2: the head is no YAML (mapping values are not allowed here)"),
        ("date: 2026-03-12\ntitle: [a", "a.md, line 4: the head is no YAML"),
        ("title: a\ndate: 2026-02-30", "a.md: a value in the head cannot be read (day is out of range"),
        ("title: " + "[" * 9000, "a.md: a value in the head cannot be read"),
        ("title: a\x03", "a.md, line 2: the head is no YAML (special characters are not allowed)"),
        ("title: !!bool x", "a.md: a value in the head cannot be read"),
        ("title: !!python/name:os.system x", "a.md, line 2: the head is no YAML (could not determine a constructor"),
        ("title: *a", "a.md, line 2: the head is no YAML (found undefined alias 'a')"),
        ("{title: a}\ntitle: b", "a.md, line 3: the head is no YAML"),
    ],
)
def test_a_broken_head_is_told_with_its_line(head: str, told: str) -> None:
    text = f"---\n{head}\n---\nIt leaks."
    with pytest.raises(InputError) as raised:
        read(content(text))
    assert raised.value.message.startswith(told)
    assert raised.value.fix


def test_a_head_without_a_note_is_told() -> None:
    with pytest.raises(InputError, match="nothing below its head"):
        read(content("---\ntitle: a\n---\n\n"))


def test_keys_count_without_case_and_the_file_name_fills_in() -> None:
    text = "---\nTitle: 2026\nCompany: Harlow\nChannel: E-Mail\nattendees: Ben, ben@us.example\n---\nIt leaks."
    (note,) = read(content(text, "2026-03-12.md")).notes
    assert (note.title, note.account, note.channel, note.date) == (
        "2026",
        "Harlow",
        Channel.EMAIL,
        datetime.date(2026, 3, 12),
    )
    assert note.attendees == (Attendee(name="Ben"), Attendee(email="ben@us.example"))


@pytest.mark.parametrize(
    ("written", "day", "started"),
    [
        ("2026-03-12", datetime.date(2026, 3, 12), None),
        ('"2026-03-12"', datetime.date(2026, 3, 12), None),
        ('"2026-03-12T00:00:00"', datetime.date(2026, 3, 12), None),
        ("2026-03-12 09:30:00", datetime.date(2026, 3, 12), datetime.datetime(2026, 3, 12, 9, 30)),
        ('"2026-03-12T09:30"', datetime.date(2026, 3, 12), datetime.datetime(2026, 3, 12, 9, 30)),
        ("soon", None, None),
        ("[1]", None, None),
    ],
)
def test_the_day_and_the_hour(written: str, day: datetime.date | None, started: datetime.datetime | None) -> None:
    (note,) = read(content(f"---\ndate: {written}\n---\nIt leaks.")).notes
    assert (note.date, note.started) == (day, started)


def test_values_that_are_no_words_are_passed_over() -> None:
    text = (
        "---\ntitle: &a [1, *a]\naccount: true\nchannel: .inf\ntype: 0x"
        + "f" * 9000
        + "\nspeaker_map: [1, {name: 2}]\n"
        'attendees: [3, [4], {name: [5]}, "\\ud800"]\n---\n## Transcript\n[A 0:01] Hi.\n'
    )
    (note,) = read(content(text)).notes
    assert (note.account, note.title, note.attendees) == (None, "a", (Attendee(name="3"), Attendee(name="?")))
    assert note.turns == (Turn(start=0, end=6, speaker="A", origin=Origin.TRANSCRIPT, time=1.0),)
