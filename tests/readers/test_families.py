"""The choice of a reader: by what a file holds, not by what it is called; what is no text is named."""

import datetime

import pytest

from notesense.core.note import NoteSource
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.readers import families
from notesense.readers.family import Content, Family, Fit

LINE = b'{"text": "It leaks."}'
TEXT = b"It leaks."


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (TEXT, "", "text"),
        (TEXT, "a.txt", "text"),
        (TEXT, "a", "text"),
        (TEXT, "a.unheard-of", "text"),
        (TEXT, "a.jsonl", "jsonl"),
        (LINE, "", "jsonl"),
        (LINE, "a.txt", "jsonl"),
        (b"\n\nno JSON\n" + LINE, "a.md", "jsonl"),
        (b'{"text": 3}', "a.txt", "text"),
        (b'{"text": "It le', "a.txt", "text"),
        (b"[" * 9_000, "a.txt", "text"),
        (b'{"a":' * 9_000, "a.txt", "text"),
        ("\ufeffIt leaks.".encode("utf-16-le"), "a.jsonl", "jsonl"),
        (b"\xff\xfeI\0D\x003\0", "a.txt", "text"),
    ],
)
def test_the_content_says_of_which_family_it_is_and_the_ending_breaks_ties(data: bytes, name: str, form: str) -> None:
    assert families.family_of(Content(data, "here", name)).name == form


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x05\x06" + bytes(18), "a ZIP archive or an Office document"),
        (b"PK\x03\x04\x14\0\0[Content_Types].xml\0xl/worksheets/sheet1.xml", "a spreadsheet (save its table as CSV)"),
        (
            b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "a spreadsheet (save its table as CSV)",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "an old Office document or Outlook message"),
        (b"{\\rtf1\\ansi", "a rich text document"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        (b"GIF89a\x01\0", "an image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "an image"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "an audio recording"),
        (b"ID3\x04\0\0", "an audio recording"),
        (b"\xff\xfb\x90\x64", "an audio recording"),
        (b"\0\0\0\x20ftypM4A \0", "an audio recording"),
        (b"\0\0\0\x18ftypmp42\0", "a recording"),
        (b"\x1aE\xdf\xa3\x9f", "a recording"),
        (b"\x1f\x8b\x08\0", "a packed file"),
        (b"SQLite format 3\0", "a database"),
    ],
)
@pytest.mark.parametrize("name", ["x.txt", "x.jsonl", ""])
def test_what_is_no_text_is_refused_with_what_it_looks_like(data: bytes, what: str, name: str) -> None:
    with pytest.raises(InputError) as raised:
        families.read(Content(data, "/notes/x", name))
    assert raised.value.message == f"/notes/x is binary, not text: {what}."
    assert raised.value.fix


def test_text_that_begins_as_words_do_is_no_binary() -> None:
    for text in ("ID3 is a car.", "PK called.", "GIF please.", "BM Ltd wrote.", "II. Prices", "RIFF"):
        assert families.read(Content(text.encode(), "x")).notes[0].text == text


def family(name: str, fit: Fit, *notes: Reading) -> Family:
    return Family(name, frozenset({f".{name}"}), lambda content: fit, lambda content: Readings(notes=notes))


def test_the_surest_is_taken_then_the_one_of_the_ending_then_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def chosen(name: str, *fits: tuple[str, Fit]) -> str:
        monkeypatch.setattr(families, "FAMILIES", tuple(family(*each) for each in fits))
        return families.family_of(Content(b"x", "x", name)).name

    assert chosen("x.a", ("a", Fit.LIKELY), ("b", Fit.SURE)) == "b"
    assert chosen("x.b", ("a", Fit.LIKELY), ("b", Fit.LIKELY)) == "b"
    assert chosen("x.c", ("a", Fit.LIKELY), ("b", Fit.LIKELY)) == "a"
    assert chosen("x.A", ("b", Fit.ENDING), ("a", Fit.ENDING)) == "a"


def test_a_reading_gets_its_form_and_the_day_on_which_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    began = datetime.datetime(2026, 3, 12, 23, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
    day = datetime.date(2026, 3, 1)
    given = (
        Reading(where="x", text="a", started=began, meeting="m"),
        Reading(where="x", text="b", started=began, date=day, form="own"),
    )
    monkeypatch.setattr(families, "FAMILIES", (family("gong", Fit.SURE, *given),))
    one, two = families.read(Content(b"x", "x")).notes
    assert (one.form, one.date) == ("gong", began.date())
    assert (two.form, two.date) == ("own", day)
    note = one.as_note("Harlow", began.date(), Channel.CALL)
    assert note.source == NoteSource(form="gong", meeting="m", started=began)


def test_a_reader_that_finds_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families, "FAMILIES", (family("gong", Fit.SURE),))
    with pytest.raises(InputError, match="was read as gong, but holds no words"):
        families.read(Content(b"x", "x"))


def test_what_a_document_wraps_is_read_as_the_form_that_it_is_in() -> None:
    html = "<title>Page</title><pre>---\naccount: Harlow\ntype: call\n---\nIt leaks.</pre>"
    (note,) = families.read(Content(html.encode(), "x", "2026-03-12 visit.html")).notes
    assert (note.form, note.text, note.account, note.channel) == ("markdown", "It leaks.", "Harlow", Channel.CALL)
    assert (note.date, note.title) == (datetime.date(2026, 3, 12), "visit")


def test_what_is_bad_in_a_wrapped_form_is_told() -> None:
    html = '<pre>{"text": "It leaks."}\n{"text": 3}</pre>'
    found = families.read(Content(html.encode(), "x", "x.html"))
    assert [(note.form, note.text) for note in found.notes] == [("jsonl", "It leaks.")]
    assert [one.where for one in found.refused] == ["x, line 2"]
    with pytest.raises(InputError, match="line 2: the head is no YAML"):
        families.read(Content(b"<p></p><pre>---\ntitle: a: b\n---\nIt leaks.</pre>", "x"))
