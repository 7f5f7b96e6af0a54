"""CSV of CRMs: columns by their names, days as they are written, bad rows told with their line."""

import datetime

import pytest

from notesense.core.note import Attendee
from notesense.core.reading import Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import csv_rows
from notesense.readers.crm_columns import channel_in, columns_of
from notesense.readers.families import read
from notesense.readers.family import Content
from notesense.readers.written_days import order_of, when

HEAD = "Record ID,Date,Comments\n"


def table(text: str, name: str = "a.csv") -> Readings:
    return read(Content(text.encode(), name, name))


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        (HEAD + "1,,It leaks.", "a.txt", "csv"),
        ("sep=;\nDate;Notes\n2026-03-12;It leaks.", "", "csv"),
        ("Date|Notes\n2026-03-12|It leaks.", "a", "csv"),
        ("| Date | Notes |\n|---|---|\n| 12 | It leaks |", "a.md", "text"),
        ("Date, notes\nIt leaks.", "a.txt", "text"),
        ("Hello Ben, notes below\nThey leak, again.", "a.txt", "text"),
        ("It leaks.\nAgain.", "a.csv", "text"),
    ],
)
def test_a_table_is_known_by_its_columns(text: str, name: str, form: str) -> None:
    assert {note.form for note in read(Content(text.encode(), "here", name)).notes} == {form}


def test_a_table_without_the_words_of_a_note_lists_its_columns_and_what_is_needed() -> None:
    with pytest.raises(InputError) as raised:
        table("Stage,Amount\nwon,4\n")
    assert raised.value.message == "a.csv has no column with the words of a note; its columns are: Stage, Amount."
    assert raised.value.fix == (
        "Call that column Comments, Description, Notes or hs_note_body; Date, Account Name, Subject, Type, "
        "Contact Name, Owner and Record ID are used where they are there."
    )


def test_a_table_without_rows_is_told() -> None:
    with pytest.raises(InputError, match="has columns, but no rows"):
        table(HEAD)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("7,2026-03-12", "2 values where the head has 3 columns"),
        ("7,2026-03-12,a,b", "4 values where the head has 3 columns"),
        ("7", "1 value where the head has 3 columns"),
        ("7,2026-03-12,", "nothing stands in Comments"),
        ("7,soon,It leaks.", 'Date: "soon" is no day; write it as 2026-03-12'),
        ('7,2026-03-12,"It leaks', "a quote that is not closed"),
        ('7,2026-03-12,"It "leaks" here"', "a quote that is not closed, or stands within"),
        ('7,"2026-03-12\nand\n",on,more', "4 values where the head has 3 columns"),
        ("7,2026-03-12," + "x" * 1_000_001, "a value with more than 1,000,000 characters"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_rest_is_read(row: str, told: str) -> None:
    found = table(f"{HEAD}1,2026-03-11,Before.\n{row}\n2,2026-03-13,After.\n")
    assert [note.text for note in found.notes] == ["Before.", "After."]
    assert found.refused[0].where == "a.csv, line 3"
    assert found.refused[0].reason.startswith(told)


def test_values_past_the_columns_count_only_where_they_say_something() -> None:
    assert [note.text for note in table(f"{HEAD}1,2026-03-11,It leaks., ,\n").notes] == ["It leaks."]


def test_a_file_of_open_quotes_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "_RESTARTS", 3)
    found = table(HEAD + '1,2026-03-11,"a\n' * 9)
    assert found.refused[-1].reason.startswith("too many rows above")
    assert len(found.refused) == 5


def test_html_is_read_and_other_angles_stay() -> None:
    found = table(HEAD + "1,,<p>R&amp;D</p><p>3 &lt; 4</p>\n2,,3 < 4 & 5 > 2\n")
    assert [note.text for note in found.notes] == ["R&D\n\n3 < 4", "3 < 4 & 5 > 2"]


def test_a_row_tells_its_facts() -> None:
    (note,) = table(
        "Id,ActivityDate,Company / Account,Subject,Task Subtype,Comments,Contact Name,Contact Email,Assigned\n"
        "00T1,2026-03-12T00:00:00.000Z, Harlow  Ltd ,Renewal,Email,It leaks.,Marta Ruiz,marta@harlow.example,Ben\n"
    ).notes
    assert (note.account, note.date, note.started) == ("Harlow Ltd", datetime.date(2026, 3, 12), None)
    assert (note.title, note.channel, note.meeting, note.id) == ("Renewal", Channel.EMAIL, "Id 00T1", None)
    assert note.attendees == (
        Attendee(name="Marta Ruiz", email="marta@harlow.example", side="customer"),
        Attendee(name="Ben", side="us"),
    )
    assert [turn.origin for turn in note.turns] == [Origin.EMAIL]


def test_several_contacts_share_no_address_and_a_number_is_no_owner() -> None:
    (note,) = table("Contacts,Email,hubspot owner,Notes\nMarta; Jo,m@harlow.example,77,It leaks.\n").notes
    assert note.attendees == (Attendee(name="Marta", side="customer"), Attendee(name="Jo", side="customer"))
    (note,) = table("Contact,Email,Owner,Notes\n,m@harlow.example,77,It leaks.\n").notes
    assert note.attendees == (Attendee(email="m@harlow.example", side="customer"),)


def test_a_machines_summary_proves_nothing_and_is_not_enough() -> None:
    (note,) = table("Date,Call Notes,Call Summary\n2026-03-12,Marta: it leaks.,She is angry.\n").notes
    assert [turn.origin for turn in note.turns] == [Origin.CRM, Origin.VENDOR_SUMMARY]
    assert note.channel is Channel.CALL
    assert columns_of(["Date", "Call Summary"]) is None


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("Call", Channel.CALL),
        ("E-Mail: Re: price", Channel.EMAIL),
        ("[Meetings] QBR", Channel.MEETING),
        ("TASK", Channel.MEMO),
        ("Renewal", None),
        ("", None),
    ],
)
def test_the_channel_of_a_kind_or_subject(words: str, channel: Channel | None) -> None:
    assert channel_in(words) is channel


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["3/12/2026", "3/4/2026"], "month first"),
        (["12/03/2026", "13/03/2026"], "day first"),
        (["03/12/2026", "03/13/2026"], "month first"),
        (["03/12/2026"], "unclear"),
        (["13/03/2026", "03/13/2026"], "unclear"),
        (["2026-03-12", "31.03.2026", ""], "month first"),
    ],
)
def test_a_column_tells_the_order_of_day_and_month(column: list[str], order: str) -> None:
    assert order_of(column) == order


DAY = datetime.date(2026, 3, 12)
NINE = datetime.datetime(2026, 3, 12, 9, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("written", "day", "started"),
    [
        ("", None, None),
        ("2026-03-12", DAY, None),
        ("2026/03/12", DAY, None),
        ("3/12/2026", DAY, None),
        ("3/12/2026, 9:00 AM", DAY, None),
        ("13/3/2026", datetime.date(2026, 3, 13), None),
        ("12.03.2026", DAY, None),
        ("Mar 12, 2026", DAY, None),
        ("12-Mar-2026", DAY, None),
        ("2026-03-12T00:00:00.000+0000", DAY, None),
        ("2026-03-12T09:00:00.000+0000", DAY, NINE),
        ("2026-03-12 09:00", DAY, NINE.replace(tzinfo=None)),
        ("1773306000000", DAY, NINE),
        ("1773306000", DAY, NINE),
    ],
)
def test_days_as_they_are_written(written: str, day: datetime.date | None, started: datetime.datetime | None) -> None:
    assert when(written, "month first") == (day, started)


@pytest.mark.parametrize("written", ["soon", "32.03.2026", "99999999999999", "2026-02-30", "٣/٣/2026x"])
def test_what_is_no_day_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="is no day; write it as 2026-03-12"):
        when(written, "month first")


def test_a_day_that_may_be_two_is_told_not_guessed() -> None:
    with pytest.raises(ValueError, match='"03/12/2026" may be 3 December or 12 March; write it as'):
        when("03/12/2026", "unclear")
    assert when("03/03/2026", "unclear").day == datetime.date(2026, 3, 3)
    found = table("Date,Notes\n03/12/2026,It leaks.\n")
    assert [one.reason for one in found.refused] == [
        'Date: "03/12/2026" may be 3 December or 12 March; write it as 2026-03-12'
    ]


def test_a_very_long_value_is_kept() -> None:
    words = "The pump fails. " * 10_000
    table = f"account,date,text\nAcme,2026-01-01,{words}\nBeta,2026-01-02,Pump broke\n"
    found = read(Content(table.encode(), "x.csv", "x.csv"))
    assert [len(one.text) > 100_000 for one in found.notes] == [True, False]
