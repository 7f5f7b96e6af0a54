"""When a mail was sent, in the words of many programs; what may be one of two days is none."""

import datetime
from pathlib import Path

import pytest

from notesense.readers.mail_dates import day_of, is_dated, moment_of
from notesense.readers.sources import read_path

AT = datetime.datetime(2026, 4, 7, 17, 5)


@pytest.mark.parametrize(
    "written",
    [
        *("Tue, 7 Apr 2026 17:05:00 -0000", "2026-04-07T17:05:00", "2026-04-07 17:05", "04/07/2026 05:05 PM"),
        *("Tuesday, April 7, 2026 5:05 PM", "Tue, Apr 7, 2026 at 5:05\u202fPM", "7 April 2026 at 17:05:09 CEST"),
        *("Dienstag, 7. April 2026 17:05", "Di, 7 Apr. 2026 17:05:00", "07.04.26 um 17:05", "07.04.2026 17:05"),
        *("mardi 7 avril 2026 17:05", "martes, 7 de abril de 2026 17:05", "martedì 7 aprile 2026 17:05"),
        *("terça-feira, 7 de abril de 2026 17:05", "dinsdag 7 april 2026 17:05", "den 7 april 2026 17.05"),
        *("wtorek, 7 kwietnia 2026 17:05", "úterý 7. dubna 2026 17:05", "7. huhtikuuta 2026 klo 17.05"),
        *("7 апреля 2026 г. 17:05", "7 Nisan 2026 Salı 17:05", "2026. ápr. 7., K, 17:05", "Τρί 7 Απρ 2026 στις 17:05"),
        *("2026年4月7日 17:05", "2026年4月7日 下午 05:05", "2026년 4월 7일 화요일 오후 5:05", "2026. 4. 7. 오후 5:05"),
    ],
)
def test_the_moment_is_read_in_many_languages(written: str) -> None:
    when = moment_of(written)
    assert when is not None
    assert when.replace(tzinfo=None, second=0) == AT
    assert is_dated(written)


@pytest.mark.parametrize("written", ["", "yesterday", "17:05", "04/07/2026 17:05", "31.02.2026 17:05", "7 April 1203"])
def test_what_is_not_plain_is_no_moment(written: str) -> None:
    assert moment_of(written) is None


@pytest.mark.parametrize(
    ("written", "day", "dated"),
    [
        ("7. April 2026", AT.date(), False),
        ("04/07/2026 17:05", None, True),
        ("on 30.02.2026 at 10:00", None, False),
        ("ratio 12:30 in 2026", None, False),
    ],
)
def test_a_day_without_an_hour_and_an_hour_without_a_plain_day(
    written: str, day: datetime.date | None, dated: bool
) -> None:
    assert (day_of(written), is_dated(written)) == (day, dated)


def test_the_name_of_a_file_tells_the_day_of_a_mail_that_tells_none(tmp_path: Path) -> None:
    head = b"From: Ida Berg <ida@larkin.example>\nSubject: Pump\nMessage-ID: <a>\n"
    for name, date in (("2026-04-09 a.eml", b""), ("2026-04-09 b.eml", b"Date: Di, 7 Apr 2026 17:05:00\n")):
        (tmp_path / name).write_bytes(head + date + b"\nIt is late.\n")
    assert [one.date and one.date.day for one in read_path(tmp_path).notes] == [9, 7]
