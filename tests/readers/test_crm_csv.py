"""CSV of CRMs: columns by their names, days as they are written, bad rows told with their line."""

import datetime

import pytest

from notesense.core.note import Attendee
from notesense.core.reading import Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import csv_rows
from notesense.readers.crm_columns import channel_in, columns_of
from notesense.readers.crm_headers import folded, sort_of
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
        ("It leaks, again.\nThey said, no.\nSo it is.", "a.csv", "text"),
        ("It leaks, again.\n" + "x" * 1_000_001, "a.csv", "text"),
        ('Notes,Date\n"It leaks:\nagain, and again",2026-03-12\n', "a.txt", "csv"),
        ('Notes,Date\n\n"' + "It leaks.\n" * 9_000 + '",2026-03-12\n', "a.txt", "csv"),
        ('Notes, date\n"It leaks," she said.\nAgain.', "a.txt", "text"),
        ('Notes, date\n"It leaks."\nAgain.', "a.txt", "text"),
        (",Date,Notes,\n0,2026-03-12,It leaks.,\n", "a.txt", "csv"),
        (f"Date,Notes,{'What did they say of it? ' * 3}\n2026-03-12,It leaks.,No.\n", "a.txt", "csv"),
    ],
)
def test_a_table_is_known_by_its_columns(text: str, name: str, form: str) -> None:
    assert {note.form for note in read(Content(text.encode(), "here", name)).notes} == {form}


def test_a_table_without_the_words_of_a_note_lists_its_columns_and_what_is_needed() -> None:
    with pytest.raises(InputError) as raised:
        table("Stage,Amount\nwon,4\n")
    assert raised.value.message == "a.csv has no column with the words of a note; its columns are: Stage, Amount."
    assert raised.value.fix == (
        "Call that column Notes (or Comments, Description, the same in German, French, Spanish and others); "
        "Date, Account Name, Subject, Type, Contact Name, Owner and Record ID are used where they are there."
    )


def test_a_table_whose_cells_have_several_lines_is_a_table_without_the_words_of_a_note() -> None:
    with pytest.raises(InputError, match="its columns are: Bericht, Ort"):
        table('Bericht,Ort\n"Es leckt,\nwieder",Ulm\n"Es leckt.\n' + "Wieder.\n" * 9_000 + '",Ulm\n')


def test_a_first_row_that_is_too_long_is_told() -> None:
    found = table(f"{HEAD}1,2026-03-11,{'x' * 1_000_001}\n2,2026-03-12,After.\n")
    assert [note.text for note in found.notes] == ["After."]
    assert found.refused[0].reason.startswith("a value with more than 1,000,000 characters")


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


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Date/Time Opened", "date time opened"),
        ("CaseNumber", "case number"),
        ("Account.Name", "account name"),
        ("Call_Notes__c", "call notes"),
        ("AISummary", "ai summary"),
        ("hs_note_body", "hs note body"),
        ("ID", "id"),
    ],
)
def test_names_of_columns_are_compared_in_words(name: str, plain: str) -> None:
    assert folded(name) == plain


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("call notes", "note"),
        ("notes 2", "note"),
        ("notes from call", "note"),
        ("next steps ai", "further"),
        ("reason for objection", "further"),
        ("visit summary", "summary"),
        ("summary by gong", "summary"),
        ("key points", "points"),
        ("action items", "points"),
        ("call transcript", "transcript"),
        ("html body", "instead"),
        ("text preview", "instead"),
        ("points", ""),
        ("line items", ""),
        ("number of comments", ""),
        ("date of last note", ""),
        ("ai", ""),
        ("", ""),
    ],
)
def test_the_words_of_a_name_say_what_a_column_holds(name: str, sort: str) -> None:
    assert sort_of(name) == sort


@pytest.mark.parametrize(
    ("names", "generated"),
    [
        ("Notes|AI Notes|Recap (AI)|Generated objections", "AI Notes|Recap (AI)|Generated objections"),
        ("Notes|Fathom Summary|Avoma Notes|Gong Call Brief", "Fathom Summary|Avoma Notes|Gong Call Brief"),
        ("Notes|hs_call_summary|Zoom recap", "hs_call_summary|Zoom recap"),
        ("Notes|Summary|Visit recap|Next step", ""),
        ("Summary|Description", ""),
        ("Summary|Transcript", "Summary"),
        ("Summary|Notes|AI insights", "Summary|AI insights"),
        ("Summary|Notes|AI key insights", "Summary|AI key insights"),
        ("Notes|Key Points|Action Items|Takeaways", "Key Points|Action Items|Takeaways"),
        ("Key Points|Date", ""),
        ("Main points|Transcription", "Main points"),
        ("Aimed at|Email notes|Plan details", ""),
    ],
)
def test_what_a_program_wrote_is_told_by_marks_and_by_what_stands_beside(names: str, generated: str) -> None:
    listed = names.split("|")
    columns = columns_of(listed)
    assert columns
    assert {listed[at] for at in columns.generated} == set(filter(None, generated.split("|")))


def test_a_contact_is_none_of_us_whoever_entered_the_row() -> None:
    found = table(
        "Date,Contact Name,Created By,Owner,Notes\n"
        "2026-03-12,Ida Lund,Ida Lund,,It leaks.\n"
        "2026-03-12,,Ida Lund,,Again.\n"
        "2026-03-12,Ida Lund,Tom Beck,,Still.\n"
        "2026-03-12,Per Dahl,Tom Beck,Per Dahl,Both.\n"
        "2026-03-12,Jo Holm (jo@norden.example),,Ann Ek (ann@kestrel.example),Last.\n"
    )
    assert [[(one.name, one.email, one.side) for one in note.attendees] for note in found.notes] == [
        [("Ida Lund", "", "customer")],
        [("Ida Lund", "", "unknown")],
        [("Ida Lund", "", "customer"), ("Tom Beck", "", "us")],
        [("Per Dahl", "", "unknown")],
        [("Jo Holm", "jo@norden.example", "customer"), ("Ann Ek", "ann@kestrel.example", "us")],
    ]


def test_who_entered_a_case_may_be_anybody() -> None:
    (note,) = table("Case Number,Created By,Owner,Description\n7,Tom Beck,,It leaks.\n").notes
    assert note.attendees == (Attendee(name="Tom Beck"),)


@pytest.mark.parametrize(
    ("sent", "to", "owner", "writer", "people"),
    [
        ("tom@kestrel.example", "ida@norden.example", "Tom Beck", "Tom Beck", {"Tom Beck tom@kestrel.example us"}),
        ("Ida <ida@norden.example>", "tom@norden.example", "Tom Beck", "Ida Lund", {"Tom Beck  us"}),
        ("tom@kestrel.example", "beck@kestrel.example", "Tom Beck", "tom@kestrel.example", {"Tom Beck  us"}),
        ("ida@norden.example", "", "", "Ida Lund", {"Ida Lund ida@norden.example customer"}),
        ("", "", "Tom Beck", None, {"Tom Beck  us"}),
    ],
)
def test_a_mail_in_a_row_has_its_writer(sent: str, to: str, owner: str, writer: str | None, people: set[str]) -> None:
    (note,) = table(
        "Date,Type,Email body,From address,To address,Owner,Contact\n"
        f"2026-03-12,Email,It leaks.,{sent},{to},{owner},Ida Lund (ida@norden.example)\n"
    ).notes
    assert [turn.speaker for turn in note.turns] in ([writer], ["Ida"])
    assert people <= {f"{one.name} {one.email} {one.side}" for one in note.attendees}


def test_a_mail_without_a_kind_is_known_by_its_sender_and_named_as_that() -> None:
    (note,) = table("Date,From name,From address,Text body\n2026-03-12,Ida Lund,ida@norden.example,It leaks.\n").notes
    assert (note.channel, note.turns[0].speaker, note.turns[0].origin) == (Channel.EMAIL, "Ida Lund", Origin.EMAIL)
    (note,) = table("Date,Sender,Comments\n2026-03-12,Ida Lund,It leaks.\n").notes
    assert (note.channel, note.turns[0].speaker) == (None, None)


def test_a_dialogue_in_a_mail_names_its_speakers_and_a_memo_with_a_head_is_none() -> None:
    said = "Ida: It leaks.\nTom: Since when?\nIda: Since May."
    (note,) = table(f'Date,Email body\n2026-03-12,"{said}"\n').notes
    assert [(turn.speaker, turn.origin) for turn in note.turns] == [
        ("Ida", Origin.TRANSCRIPT),
        ("Tom", Origin.TRANSCRIPT),
        ("Ida", Origin.TRANSCRIPT),
    ]
    memo = "To: all\nSubject: lifts\nIda:\nit leaks"
    (note,) = table(f'Date,Type,Notes\n2026-03-12,Note,"{memo}"\n').notes
    assert "".join(note.text[turn.start : turn.end] for turn in note.turns) == memo


def test_what_a_note_of_salesforce_holds_as_base64_is_read() -> None:
    head = "Id,CreatedDate,TextPreview,Content\n"
    (note,) = table(f"{head}1,2026-03-12,It le,PHA+SXQgbGVha3MuPC9wPg==\n").notes
    assert note.text == "It leaks."
    (note,) = table(f"{head}1,2026-03-12,It leaks again.,\n").notes
    assert note.text == "It leaks again."
    for word in ("Donaudampfschifffahrt", "Donaudampfschiff1234", "c29tZXRoaW5nd2l0aG91dA=="):
        (note,) = table(f"{head}1,2026-03-12,,{word}\n").notes
        assert note.text == word


def test_columns_with_text_that_are_not_read_are_told_in_one_line() -> None:
    long = "She spoke for an hour of the prices that we ask and of Halden."
    found = table(f"Date,Notes,Bericht,,Ort\n2026-03-12,It leaks.,{long},{long},Ulm\n2026-03-13,Again.\n")
    assert [(one.where, one.why, one.reason) for one in found.skipped] == [
        ("a.csv", "columns", "text in the columns “Bericht”, “column 4” was not read")
    ]
    assert table(f"Date,Notes,Ort\n2026-03-12,{long},Ulm\n").skipped == ()


def test_a_transcript_in_a_form_that_cannot_be_read_is_kept_as_it_is() -> None:
    (note,) = table('Date,Transcript\n2026-03-12,"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"\n').notes
    assert note.text.startswith("WEBVTT")
    assert [turn.origin for turn in note.turns] == [Origin.TRANSCRIPT]
    assert columns_of(["Call ID", "Transcript"]).channel is Channel.CALL  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "speakers"),
    [
        ("Ida: We leave in May.\nTom: I see that.", ["Ida", "Tom"]),
        ("Ida: We leave in May.\n\nTom: I see that.\n", ["Ida", "Tom"]),
        ("Ida: We leave in May.\nTom: I see that.\nand more.", [None]),
        ("Ida: We leave in May.\nIda: In May.", ["Ida", "Ida"]),
        ("Price: 40 a seat\nTerm: two", [None]),
        ("We leave in May.", [None]),
    ],
)
def test_a_short_transcript_has_speakers_only_where_every_line_names_one(said: str, speakers: list[str | None]) -> None:
    (note,) = table(f'Date,Transcript\n2026-03-12,"{said}"\n').notes
    assert [turn.speaker for turn in note.turns] == speakers
    assert {turn.origin for turn in note.turns} == {Origin.TRANSCRIPT}
    assert note.text == said.strip()


def test_a_cell_may_hold_an_interfaces_answer_that_is_broken() -> None:
    (note,) = table('Date,Transcript\n2026-03-12,"{""callTranscripts"": [{""callId"": ""7""}]}"\n').notes
    assert note.text == '{"callTranscripts": [{"callId": "7"}]}'


def test_many_addresses_in_a_cell_take_no_time() -> None:
    many = ",".join(f"p{n}@norden.example" for n in range(30_000))
    (note,) = table(f'Date,To address,Notes\n2026-03-12,"{many}",It leaks.\n').notes
    assert 100 < len(note.attendees) < 300


def test_a_note_that_only_begins_as_the_head_of_a_mail_does_is_whole() -> None:
    said = "To: all\nCC: none\nSubject: lifts\nit leaks"
    (note,) = table(f'Date,Type,Notes\n2026-03-12,Note,"{said}"\n').notes
    assert "".join(note.text[turn.start : turn.end] for turn in note.turns) == said
    for heads in ("To: all\nCC: none\nSubject: lifts", "To: all\nCC: none\nSubject: lifts\nBody:"):
        (note,) = table(f'Date,Type,Notes\n2026-03-12,Note,"{heads}"\n').notes
        assert note.turns


def test_what_a_row_repeats_of_the_one_above_is_older_words() -> None:
    found = table(
        "Case Number,Subject,Description,Comments\n"
        "7,Leak,It leaks.,We came.\n7,Leak,It leaks.,Again.\n8,Leak,It leaks.,\n7,Leak,It leaks.,We came.\n"
    )
    told = [[turn.origin.value for turn in note.turns] for note in found.notes]
    assert told == [["ticket"] * 3, ["quoted", "quoted", "ticket"], ["ticket"] * 2, ["ticket"] * 3]
    long = "It leaks at night and nobody from your side comes."
    found = table(
        "Customer ID,Id,Date,Description,Comments\n"
        f"7,1,2026-03-12,{long},No answer.\n7,1,2026-03-13,{long},No answer.\n7,1,2026-03-14,{long},She rang.\n"
        f"7,1,2026-03-14,{long},No answer.\n7,1,2026-03-14,She rang.,No answer.\n"
    )
    told = [[turn.origin.value for turn in note.turns] for note in found.notes]
    assert told == [["crm"] * 2, ["quoted", "crm"], ["quoted", "crm"], ["quoted", "crm"], ["crm", "quoted"]]


@pytest.mark.parametrize(
    "header",
    [
        "Betreff,Fällig am,Accountname,Kommentare,Zugewiesen an",
        "Objet,Date d'échéance,Nom du compte,Commentaires,Attribué à",
        "Asunto,Fecha,Nombre de la cuenta,Comentarios,Asignado a",
        "Oggetto,Data di scadenza,Nome account,Commenti,Assegnato a",
        "Assunto,Data,Cliente,Observações,Proprietário",
        "Onderwerp,Vervaldatum,Klant,Opmerkingen,Eigenaar",
        "件名,期日,取引先名,コメント,所有者",
        "Title,Day,Client,Memo,Owner",
    ],
)
def test_columns_are_known_in_the_languages_of_the_programs(header: str) -> None:
    row = "Quarterly,2026-03-04,Arden Mills,The looms stop every night.,Ben Cole"
    (note,) = read(Content(f"{header}\n{row}\n".encode(), "x.csv")).notes
    assert (note.title, str(note.date), note.account) == ("Quarterly", "2026-03-04", "Arden Mills")
    assert note.text.endswith("The looms stop every night.")


def test_what_stands_below_the_footer_of_a_report_is_no_row() -> None:
    found = table(
        "Subject,Comments,Date,Company / Account\n"
        "Call,The looms stop.,2026-03-04,Arden Mills\n"
        "Grand Totals (1 record),,,\n"
        '"Generated By: Ben Cole",,,\n'
        "WexCloud\n"
    )
    assert ([note.account for note in found.notes], found.refused) == (["Arden Mills"], ())
    (refused,) = table("Subject,Comments,Date\nCall,It stops.,2026-03-04\nWexCloud\n").refused
    assert "1 value where the head has 3 columns" in refused.reason


def test_rows_after_a_total_between_them_are_read() -> None:
    found = table("Subject,Comments,Date\nCall,It stops.,2026-03-04\nSubtotal,,\nCall,It runs.,2026-03-05\n")
    assert [str(note.date) for note in found.notes] == ["2026-03-04", "2026-03-05"]


def test_a_companys_domain_is_no_part_of_its_name() -> None:
    found = table(
        "Note body,Associated Company,Meeting start time\nIt stops.,Arden Mills (arden.example),2026-03-04 09:15\n"
    )
    assert [(note.account, str(note.date)) for note in found.notes] == [("Arden Mills", "2026-03-04")]
    (kept,) = table("Note body,Company\nIt stops.,Arden (UK)\n").notes
    assert kept.account == "Arden (UK)"
