"""Which plain texts are pasted mails, whose words stand in them, and what only looks like one."""

import datetime
import json

import pytest

from notesense.core.vocabulary import Channel, Origin
from notesense.readers.families import family_of
from notesense.readers.family import Content
from notesense.readers.sources import read_bytes, read_text

HEAD = "From: Ida Berg <ida@larkin.example>\nSent: {day}\nTo: Tom Ode <tom@us.example>\nSubject: {subject}\n\n"
YOUNGER = HEAD.format(day="Tuesday, April 7, 2026 5:05 PM", subject="Re: Pump")
OLDER = HEAD.format(day="Monday, April 6, 2026 9:12 AM", subject="Pump").replace("Ida Berg <ida@lar", "Uwe <uwe@lar")


def form_of(text: str, name: str = "x.txt") -> str:
    return family_of(Content(text.encode(), name, name)).name


@pytest.mark.parametrize(
    "text",
    [
        "Call with Ida.\n\nFrom: Leeds\nTo: York\nDate: in May\n\nThey move.",
        "Ida wrote:\nwe are late.\n\nI call her.",
        'Ida wrote on 3 April 2026:\n"It is dear."\n\nI answer on Monday.',
        "On Monday Tom said:\n> we come\n\nThey came.",
        "Ida: it is late.\nTom: it comes.\nIda: when?\nTom: on Friday.",
        "From: Ida\nTo: Tom\nSubject: seals\n\nStill leaking.",
        "Send it to Ida Berg <ida@larkin.example>\non 7 April 2026 by 17:05, please.",
        "Ida Berg <ida@larkin.example>\n07.04.2026 17:05\nCalled her. She is angry.",
        "Ida Berg <ida@larkin.example>\n07.04.2026 17:05\nto be clear, she is angry.",
        "Subject: Training\nFrom: 9:00\nTo: 11:00\nDate: 14 April 2026",
        "De: 9:00\nA: 11:00\nFecha: 14 de abril de 2026\nAsunto: curso",
    ],
)
def test_notes_that_only_look_like_mails_are_read_as_text(text: str) -> None:
    assert form_of(text) == "text"


def test_a_mail_file_is_no_paste() -> None:
    assert form_of(f"{YOUNGER}It is late.", "x.eml") == "mail"
    assert form_of(f"{YOUNGER}It is late.") == "pasted mail"


def test_each_mail_is_its_senders_and_the_youngest_tells_the_day_in_either_order() -> None:
    for text in (f"{YOUNGER}It is late.\n\n{OLDER}It fails.", f"{OLDER}It fails.\n\n{YOUNGER}It is late."):
        (note,) = read_text(text).notes
        said = {note.text[turn.start : turn.end]: (turn.speaker, turn.origin) for turn in note.turns}
        assert said["It is late."] == ("Ida Berg", Origin.EMAIL)
        assert said["It fails."] == ("Uwe", Origin.EMAIL)
        assert said["Pump"][0] in ("Uwe", None)
        assert (note.date, note.channel) == (datetime.date(2026, 4, 7), Channel.EMAIL)
        assert note.text == text


def test_what_a_rep_wrote_above_a_mail_is_the_reps_and_tells_the_channel() -> None:
    (note,) = read_text(f"Call with Larkin: they are angry.\n\n{YOUNGER}It is late.").notes
    assert (note.turns[0].speaker, note.turns[0].origin) == (None, Origin.REP_NOTE)
    assert (note.channel, note.date, note.started) == (Channel.CALL, datetime.date(2026, 4, 7), None)


def test_answers_below_a_quotation_are_nobodys() -> None:
    text = "It is late.\n\nOn Tue, Apr 7, 2026 at 5:05 PM Tom Ode <tom@us.example> wrote:\n> It comes.\n\nIt did not."
    (note,) = read_text(text).notes
    assert [(turn.speaker, turn.origin) for turn in note.turns] == [
        (None, Origin.REP_NOTE),
        ("Tom Ode", Origin.QUOTED),
        (None, Origin.REP_NOTE),
    ]


def test_a_subject_of_two_lines_and_a_head_without_a_day() -> None:
    text = "From: Ida Berg <ida@larkin.example>\nTo: Tom\nSubject: Pump and\n seals\n\nIt is late."
    (note,) = read_text(text).notes
    assert [note.text[turn.start : turn.end] for turn in note.turns] == ["Pump and", "It is late."]
    assert note.title == "Pump and"
    assert note.date is None


def test_a_page_of_mail_names_its_recipients_below_the_moment() -> None:
    (note,) = read_text("Ida Berg <ida@larkin.example>\nApr 7, 2026, 5:05 PM\nto me, Åsa,\n\nIt is late.").notes
    assert [(turn.speaker, turn.words(note.text)) for turn in note.turns] == [("Ida Berg", "It is late.")]
    assert note.date == datetime.date(2026, 4, 7)


def test_windows_line_ends_are_read_as_others() -> None:
    text = f"{YOUNGER}It is late.\n\n{OLDER}It fails."
    one, other = (read_bytes(each.encode(), "x").notes[0] for each in (text, text.replace("\n", "\r\n")))
    assert [(turn.speaker, turn.words(one.text)) for turn in one.turns] == [
        (turn.speaker, turn.words(other.text)) for turn in other.turns
    ]


PAGE = "Tom Ode <tom@us.example>\nApr 6, 2026, 4:12 PM\nto Ida\n\nIt comes.\n\n"


@pytest.mark.parametrize(
    ("below", "speaker"),
    [
        ("Ida Berg\nApr 7, 2026, 9:15 AM\nto me", "Ida Berg"),
        ("Ida Berg\n9:15 AM (2 hours ago)\n\nto me", "Ida Berg"),
        ("Ida Berg\nApr 7, 2026, 9:15 AM\n", None),
    ],
)
def test_in_a_page_of_mail_a_head_without_an_address_ends_the_mail_above(below: str, speaker: str | None) -> None:
    (note,) = read_text(f"{PAGE}{below}\n\nIt is late.").notes
    said = {turn.words(note.text): turn.speaker for turn in note.turns}
    assert said["It comes."] == "Tom Ode"
    assert said["It is late."] == speaker


@pytest.mark.parametrize("words", ["I come on\nApr 7, 2026, 9:15 AM\nto York.", "Ida Berg\nPlant Manager\nto me"])
def test_other_words_in_a_page_of_mail_end_none(words: str) -> None:
    (note,) = read_text(f"{PAGE}{words}\n\nIt is late.").notes
    assert {turn.speaker for turn in note.turns} == {"Tom Ode"}


def test_names_above_moments_are_no_heads_where_none_has_an_address() -> None:
    assert form_of("Ida Berg\nApr 7, 2026, 9:15 AM\nto Leeds\n\nIt is late.") == "text"


def test_recipients_between_a_name_and_the_moment_are_of_the_head() -> None:
    text = "Ida Berg<ida@larkin.example>\nTo:\nTom Ode;\nCc: Åsa Lind\n4/7/2026 9:15 AM\n\nIt is late."
    (note,) = read_text(text).notes
    assert [(turn.speaker, turn.words(note.text)) for turn in note.turns] == [("Ida Berg", "It is late.")]
    assert note.started == datetime.datetime(2026, 4, 7, 9, 15)
    assert form_of("Ida Berg<ida@larkin.example>\nTo:\nTom, who asked twice.\n4/7/2026 9:15 AM\n\nLate.") == "text"
    assert form_of("Ida Berg<ida@larkin.example>\nTo:\nTom Ode\n\nIt is late.") == "text"


def test_introductions_tell_the_day_and_who_wrote() -> None:
    text = "It is late.\n\nOn Tue, Apr 7, 2026 at 5:05 PM Tom Ode <tom@us.example> wrote:\nIt comes."
    (note,) = read_text(text).notes
    assert note.date == datetime.date(2026, 4, 7)
    assert [(one.name, one.email) for one in note.attendees] == [("Tom Ode", "tom@us.example")]


def test_of_heads_without_a_year_an_older_one_does_not_tell_the_day() -> None:
    (note,) = read_text(f"{PAGE}Ida Berg <ida@larkin.example>\nApr 7, 5:05 PM\nto me\n\nIt is late.").notes
    assert note.date is None


def test_a_call_above_a_mail_keeps_its_own_day_and_title() -> None:
    call = "Call with Åsa, 9 April 2026\n\nTom: When?\nÅsa: In May.\nTom: Good.\nÅsa: Fine.\n\n"
    (note,) = read_bytes(f"{call}{YOUNGER}It is late.".encode(), "larkin.txt").notes
    assert (note.date, note.title, note.channel) == (datetime.date(2026, 4, 9), "", Channel.CALL)


def test_a_memo_with_lines_like_a_mails_is_none() -> None:
    assert form_of("MEMO\n\nDate: 7 April 2026\nFrom: Tom Ode\nTo: Sales\nSubject: Larkin\n\nThey leave.") == "text"
    outlook = "From: Berg, Ida\nSent: Tuesday, April 7, 2026 5:05 PM\nTo: Tom Ode\nSubject: Pump\n\nIt is late."
    assert form_of(outlook) == "pasted mail"


def test_a_line_of_jsonl_that_holds_mails_tells_whose_words_stand_in_it() -> None:
    text = f"{YOUNGER}It is late.\n\nOn Mon, Apr 6, 2026 at 9:12 AM Tom Ode <tom@us.example> wrote:\n> It comes."
    bare = {"account": "Larkin", "date": "2026-04-07", "channel": "email", "text": text}
    call, labelled = {**bare, "channel": "call"}, {**bare, "signals": []}
    lines = "\n".join(json.dumps(one) for one in (bare, call, labelled))
    mail, *others = read_bytes(lines.encode(), "notes.jsonl").notes
    assert [(turn.speaker, turn.origin, turn.words(text)) for turn in mail.turns] == [
        (None, Origin.QUOTED, "Pump"),
        ("Ida Berg", Origin.EMAIL, "It is late."),
        ("Tom Ode", Origin.QUOTED, "> It comes."),
    ]
    assert [one.name for one in mail.attendees] == ["Ida Berg", "Tom Ode"]
    assert mail.started == datetime.datetime(2026, 4, 7, 17, 5)
    assert [one.turns for one in others] == [(), ()]


def test_a_mail_below_a_head_in_yaml_is_its_senders() -> None:
    text = f"---\naccount: Larkin\ndate: 2026-04-08\n---\nThey are angry.\n\n{YOUNGER}It is late."
    (note,) = read_bytes(text.encode(), "larkin.md").notes
    assert [(turn.speaker, turn.origin, turn.words(note.text)) for turn in note.turns] == [
        (None, Origin.REP_NOTE, "They are angry."),
        (None, Origin.QUOTED, "Pump"),
        ("Ida Berg", Origin.EMAIL, "It is late."),
    ]
    assert (note.account, note.date) == ("Larkin", datetime.date(2026, 4, 8))
    assert [one.email for one in note.attendees] == ["ida@larkin.example", "tom@us.example"]


def test_a_mail_between_a_plan_and_what_a_program_wrote_is_its_senders() -> None:
    (note,) = read_text(f"# Call plan\n\n- ask Ida\n\n# Mail\n\n{YOUNGER}It is late.\n\n# AI summary\n\nLate.").notes
    said = {turn.words(note.text).strip(): (turn.speaker, turn.origin) for turn in note.turns}
    assert said["It is late."] == ("Ida Berg", Origin.EMAIL)
    assert said["# AI summary\n\nLate."] == (None, Origin.VENDOR_SUMMARY)
