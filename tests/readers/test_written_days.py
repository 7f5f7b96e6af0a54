"""Days as people write them: what can be read in one way is taken, in any form; what cannot is told."""

import datetime

import pytest

from notesense.readers import hints
from notesense.readers.families import read
from notesense.readers.family import Content
from notesense.readers.written_days import UnclearDay, When, alone

DAY = datetime.date(2026, 4, 7)


def content(text: str, name: str = "") -> Content:
    return Content(text.encode(), name or "a.txt", name or "a.txt")


@pytest.mark.parametrize(
    "written",
    [
        "2026-04-07",
        "20260407",
        "2026/04/07",
        "2026.4.7.",
        "7.4.2026",
        "07.04.2026, 14:30",
        "April 7, 2026",
        "Apr 7th, 2026",
        "Tuesday, 7 April 2026",
        "7-Apr-2026",
        "Dienstag, 7. April 2026",
        "7 avril 2026",
        "7 de abril de 2026",
        "7 aprile 2026",
        "2026年4月7日",
    ],
)
def test_a_day_that_can_be_read_in_one_way_is_taken(written: str) -> None:
    assert alone(written).day == DAY
    (head,) = read(content(f'---\ntitle: Visit\ndate: "{written}"\n---\nIt leaks.', "a.md")).notes
    (plain,) = read(content(f"Date: {written}\n\nIt leaks.")).notes
    (first,) = read(content(f"{written}\nIt leaks." if not written.isdigit() else f"Datum: {written}\nIt leaks.")).notes
    bold = "**Call ID:** 4\n**Date:** {}\n\n**Ines:** Hi.\n\n**Olaf:** Hi.\n\n**Ines:** So?\n\n**Olaf:** Fine.\n"
    (marked,) = read(content(bold.format(written), "a.md")).notes
    assert [one.date for one in (head, plain, first, marked)] == [DAY] * 4
    assert marked.form == "marked"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("07/04/2026", '"07/04/2026" may be 7 April or 4 July'),
        ("4-7-2026", '"4-7-2026" may be 4 July or 7 April'),
        ("07.04.26", '"07.04.26" does not tell which of its figures is the year'),
    ],
)
def test_a_day_that_can_be_read_in_two_ways_is_told_and_not_taken(written: str, told: str) -> None:
    with pytest.raises(UnclearDay) as raised:
        alone(written)
    assert str(raised.value) == told
    for text, name in (
        (f"---\ntitle: a\ndate: {written}\n---\nIt leaks.", "a.md"),
        (f"Date: {written}\nIt leaks.", ""),
    ):
        (note,) = read(content(text, name)).notes
        assert (note.date, note.unclear_day) == (None, told)
    (note,) = read(content(f"---\ntitle: a\ndate: {written}\n---\nIt leaks.", "2026-04-07.md")).notes
    assert (note.date, note.unclear_day) == (DAY, "")


def test_the_larger_figure_tells_the_day() -> None:
    assert alone("13/04/2026").day == alone("04/13/2026").day == datetime.date(2026, 4, 13)
    assert alone("04/04/2026").day == datetime.date(2026, 4, 4)


@pytest.mark.parametrize("written", ["soon", "31.02.2026", "Apr 2026", "7 ju 2026", "Room 7, 2026"])
def test_what_is_no_day_is_told_in_a_head_and_passed_over_in_a_text(written: str) -> None:
    with pytest.raises(ValueError, match="is no day"):
        alone(written)
    (head,) = read(content(f"---\ntitle: a\ndate: {written}\n---\nIt leaks.", "a.md")).notes
    assert (head.date, head.unclear_day) == (None, f'"{written}" is no day')
    (plain,) = read(content(f"Date: {written}\nIt leaks.")).notes
    assert (plain.date, plain.unclear_day) == (None, "")


def test_a_day_in_the_midst_of_words_dates_nothing() -> None:
    (note,) = read(content("Visit to Harlow\nThe contract of 07.04.2026 ends.\n07.04.2026 they signed.\n")).notes
    assert note.date is None
    (note,) = read(content("One.\nTwo.\nThree.\n07.04.2026\n")).notes
    assert note.date is None
    (note,) = read(content("1775520000\nIt leaks.")).notes
    assert note.date is None


@pytest.mark.parametrize(
    "line",
    [
        "07.04.2026 Brandt, Tel. mit Ines",
        "7 April 2026: rang Ines",
        "2026-04-07 14:30 - visit",
        "# 2026-04-07 Brandt Papier",
        "Brandt 2026-04-07",
        "## Besuch bei Brandt, 7. April 2026",
        "Call with Ines on April 7, 2026",
        "Visit Brandt (07.04.2026)",
        "Brandt | Dienstag, 7. April 2026",
        "2026-04-07 Brandt 7.4.2026",
        "**Date:** 2026-04-07",
        "- **Datum**: 07.04.2026",
        "Brandt\n\n**Fecha:** 7 de abril de 2026",
        "Offer of 2026-01-02\nMeeting date: 2026-04-07",
        "**07.04.2026**",
    ],
)
def test_the_first_line_dates_a_note_where_it_begins_or_ends_with_a_day(line: str) -> None:
    (note,) = read(content(f"{line}\n\nIt leaks.")).notes
    assert (note.date, note.unclear_day) == (DAY, "")


@pytest.mark.parametrize(
    "line",
    [
        "We agreed on 07.04.2026 that they renew.",
        "They sign on 07.04.2026",
        "They signed, on Monday, 07.04.2026.",
        "The contract ends April 7, 2026",
        "Call with Ines, who pays until 2026-04-07",
        "Renewal: 07.04.2026",
        "Call with Ines: Brandt signs 07.04.2026",
        "01.04.2026 - 07.04.2026 fair",
        "7 April Brandt",
        "12 March 20 people came",
        "20260407 pumps",
        "07.04.26 Brandt",
        "Date: soon, not 07.04.2026, she says",
        "Brandt\n07.04.2026 Ines rang",
        "Brandt has waited for many months, and " * 4 + "2026-04-07",
    ],
)
def test_a_day_of_something_else_in_the_first_line_does_not_date_a_note(line: str) -> None:
    (note,) = read(content(f"{line}\nIt leaks.")).notes
    assert (note.date, note.unclear_day) == (None, "")


def test_a_day_to_come_in_the_first_line_does_not_date_a_note() -> None:
    assert hints.day_in_head("Contract until 31.12.2999\nThey pay in two parts.") == hints.Day()
    assert hints.day_in_head("Date: 31.12.2999\nThey pay in two parts.").day == datetime.date(2999, 12, 31)


def test_a_day_in_the_first_line_that_may_be_two_is_told() -> None:
    for line in ("07/04/2026 Brandt", "# Brandt, 07/04/2026"):
        (note,) = read(content(f"{line}\nIt leaks.")).notes
        assert (note.date, note.unclear_day) == (None, '"07/04/2026" may be 7 April or 4 July')


def test_the_hour_is_told_with_the_day() -> None:
    hour = datetime.datetime(2026, 4, 7, 14, 30)
    assert alone("Tue, Apr 7, 2026 2:30PM") == alone("Dienstag, 7. April 2026, 14:30 Uhr") == When(DAY, hour)
    assert alone("April 7, 2026 12:00 AM") == alone("April 7, 2026 77:00") == When(DAY)
