"""The Word document says what the other forms say, and a hostile note can do nothing in it."""

import io
import re
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

import render_samples as samples
from notesense.core.agenda import Agenda
from notesense.core.briefing import Briefing
from notesense.errors import InputError
from notesense.render import render_file

HOSTILE = "<w:p/> & ]]> \x00\x0b\x1b[2J \ud800 \ufffe \u202e =cmd|' /C calc'!A0 \r\n\tend"


def told(value: Briefing | Agenda) -> str:
    document = Document(io.BytesIO(render_file(value, "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_briefing_has_its_parts_in_order_with_quotes() -> None:
    text = told(samples.briefing())
    order = (
        "Briefing: Brightwater Freight",
        "Standing: At risk",
        "Since last time",
        "What we promised, past its day",
        "Overdue: “The last two lots came a week late” (12 Mar 2026, call, brightwater-01:3, Anna Berg)",
        "Put out first",
        "Agenda",
        "2–14 min: The late lots",
        "Ask: What did the late lots cost you?",
        "Contact",
        "Open support issues",
        "Kept, settled or dropped",
    )
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "1 good, 3 bad" in text


def test_an_agenda_and_worded_parts_have_a_document_too() -> None:
    text = told(samples.worded_briefing())
    assert "In brief" in text
    assert "The lots were late." in text
    alone = told(samples.agenda())
    assert alone.startswith("Agenda: Brightwater Freight")
    assert "As of 12 Mar 2026, meeting on 12 Mar 2026" in alone


@pytest.mark.parametrize(
    "value", [samples.briefing(HOSTILE), samples.agenda(HOSTILE), samples.worded_briefing(HOSTILE)]
)
def test_what_xml_refuses_is_spelt_out(value: Briefing | Agenda) -> None:
    text = told(value)
    assert "<w:p/> & ]]> \\x00 \\x1b[2J \\ud800 \\ufffe \\u202e =cmd" in text


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=40))
def test_any_note_makes_a_document(spice: str) -> None:
    assert "Agenda" in told(samples.agenda(spice))


def test_a_document_reaches_for_nothing_and_is_the_same_each_time() -> None:
    made = render_file(samples.briefing(HOSTILE), "docx")
    packed = zipfile.ZipFile(io.BytesIO(made))
    assert not [name for name in packed.namelist() if "vba" in name.lower() or "embeddings" in name]
    body = packed.read("word/document.xml").decode()
    assert not re.search("<w:(hyperlink|fldSimple|instrText)", body)
    assert b'TargetMode="External"' not in b"".join(packed.read(name) for name in packed.namelist())
    again = zipfile.ZipFile(io.BytesIO(render_file(samples.briefing(HOSTILE), "docx")))
    assert body == again.read("word/document.xml").decode()
    assert b"2026-03-12" in packed.read("docProps/core.xml")


def test_other_results_and_formats_have_no_file() -> None:
    with pytest.raises(InputError, match="briefings and agendas only"):
        render_file(samples.searched(), "docx")
    with pytest.raises(InputError, match="no file format 'pdf'"):
        render_file(samples.briefing(), "pdf")
