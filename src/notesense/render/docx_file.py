"""The briefing, or the agenda alone, as a Word document: the same words in the same order as the other forms.

The one module that knows python-docx. Strings from notes go through `safe`, which spells out all that XML refuses; they
become runs of text and nothing else: no fields, no links. The same briefing always gives the same document.
"""

import datetime
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from notesense.core.agenda import Agenda
from notesense.core.briefing import Briefing
from notesense.core.evidence import Evidence
from notesense.core.note import Value
from notesense.errors import InputError
from notesense.render import outline, timetable, trend, wording, words
from notesense.render.outline import Line, Section
from notesense.render.safe import inline

if TYPE_CHECKING:
    from docx.document import Document as Written

MOST_LINES = 8
MOST_QUOTES = 3
_SHADES = {"bad": 0x9C2A1E, "warn": 0x7A4C00, "good": 0x1F6139}
_LEVELS = ("List Bullet", "List Bullet 2", "List Bullet 3")


def to_docx(result: Value | Sequence[Value]) -> bytes:
    """Return a briefing or an agenda as a Word document. Raises InputError for any other result."""
    if not isinstance(result, Briefing | Agenda):
        raise InputError("DOCX is the form of briefings and agendas only.", "Use --format text or json.")
    paper = _Paper(result)
    if isinstance(result, Briefing):
        _briefing(paper, result)
    else:
        paper.heading(f"Agenda: {result.account}", 0)
        day = f"As of {words.day(result.as_of)}"
        paper.text(f"{day}, meeting on {words.day(result.meeting)}" if result.meeting else day)
        _agenda(paper, result, 1)
    return paper.written()


class _Paper:
    """A document that is being written. Everything that is put on it is made safe on the way."""

    def __init__(self, result: Briefing | Agenda) -> None:
        from docx import Document
        from docx.shared import Mm, Pt

        self._file: Written = Document()
        self._file.styles["Normal"].font.size = Pt(10)
        for section in self._file.sections:
            section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
        about = self._file.core_properties
        about.author, about.comments, about.last_modified_by = "NoteSense", "", ""
        about.title = inline(f"{type(result).__name__}: {result.account}")[:255]
        about.created = about.modified = datetime.datetime.combine(result.as_of, datetime.time())

    def heading(self, text: str, level: int) -> None:
        self._file.add_heading(inline(text), level)

    def text(self, *parts: str | tuple[str, str], style: str | None = None) -> None:
        """Put a paragraph down; a part may come with a style: `strong`, `quiet`, or a tone."""
        from docx.shared import Pt, RGBColor

        paragraph = self._file.add_paragraph(style=style)
        paragraph.paragraph_format.space_after = Pt(2)
        for part in parts:
            told, how = part if isinstance(part, tuple) else (part, "")
            if not told:
                continue
            run = paragraph.add_run(("" if paragraph.runs == [] else " ") + inline(told))
            run.bold = True if how in ("strong", *_SHADES) else None
            if how in _SHADES:
                run.font.color.rgb = RGBColor.from_string(f"{_SHADES[how]:06X}")
            if how == "quiet":
                run.font.size = Pt(8)

    def bullet(self, level: int, *parts: str | tuple[str, str]) -> None:
        self.text(*parts, style=_LEVELS[min(level, len(_LEVELS) - 1)])

    def rows(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        table = self._file.add_table(rows=0, cols=len(head), style="Light Grid Accent 1")
        for row in (head, *rows):
            for cell, told in zip(table.add_row().cells, row, strict=True):
                cell.text = inline(told)

    def written(self) -> bytes:
        file = io.BytesIO()
        self._file.save(file)
        return file.getvalue()


def _briefing(paper: _Paper, result: Briefing) -> None:
    label, tone, reasons = outline.standing(result)
    paper.heading(f"Briefing: {result.account}", 0)
    paper.text(", ".join(outline.head_facts(result)))
    paper.text("Standing:", (label, tone or "strong"))
    _lines(paper, reasons)
    every = outline.sections(result)
    for section in every:
        if section.code in outline.FRONT:
            _section(paper, section)
    _in_brief(paper, result)
    paper.heading("Agenda", 1)
    _agenda(paper, result.agenda, 2)
    _course(paper, result)
    for section in every:
        if section.code not in outline.FRONT:
            _section(paper, section)


def _in_brief(paper: _Paper, result: Briefing) -> None:
    told = wording.in_brief(result)
    if not told:
        return
    paper.heading("In brief", 1)
    for sentence in result.in_brief.sentences if result.in_brief else ():
        paper.bullet(0, sentence.text, *((_cited(one), "quiet") for one in sentence.evidence[:MOST_QUOTES]))
    for line in told:
        paper.text((line, "quiet"))


def _course(paper: _Paper, result: Briefing) -> None:
    facts = outline.contact_facts(result.contact)
    if facts:
        paper.heading("Contact", 1)
        for label, value in facts:
            paper.text((f"{label}:", "strong"), value)
        for pattern in result.contact.patterns:
            paper.bullet(0, outline.dated(pattern.text))
    quarters, pillars = trend.pillar_rows(result)
    if quarters:
        paper.heading("Three pillars", 1)
        bars = [[f"{one.good} good, {one.bad} bad" for one in pillar.bars] for pillar in pillars]
        rows = [[quarter, *(bar[at] for bar in bars)] for at, quarter in enumerate(quarters)]
        paper.rows(["Quarter", *(pillar.name for pillar in pillars)], rows)
        if unplaced := trend.unplaced_told(result.pillars):
            paper.text((unplaced, "quiet"))


def _section(paper: _Paper, section: Section) -> None:
    paper.heading(section.title, 1)
    if section.lead:
        paper.text(section.lead)
    _lines(paper, section.lines)


def _lines(paper: _Paper, lines: Sequence[Line], level: int = 0) -> None:
    for line in lines[:MOST_LINES]:
        mark = [(f"{words.capital(line.mark)}:", line.tone or "strong")] if line.mark else []
        proof = list(line.evidence)
        if line.text or not proof:
            paper.bullet(level, *mark, line.text)
        else:
            paper.bullet(level, *mark, *_quote(proof.pop(0)))
        _quotes(paper, proof, level + 1)
        if line.told:
            paper.bullet(level + 1, (line.told, "quiet"))
        if line.later:
            paper.bullet(level + 1, (f"{line.shows}:", "quiet"))
            _quotes(paper, line.later, level + 2)
        _lines(paper, line.under, level + 1)
    _more(paper, len(lines) - MOST_LINES, level)


def _quotes(paper: _Paper, evidence: Sequence[Evidence], level: int) -> None:
    for one in evidence[:MOST_QUOTES]:
        paper.bullet(level, *_quote(one))
    _more(paper, len(evidence) - MOST_QUOTES, level)


def _quote(one: Evidence) -> tuple[str, tuple[str, str]]:
    return f"“{inline(one.quote)}”", (f"({_cited(one)})", "quiet")


def _cited(one: Evidence) -> str:
    where = words.cited(one)
    return f"{where}, {inline(one.speaker)}" if one.speaker else where


def _more(paper: _Paper, number: int, level: int) -> None:
    if number > 0:
        paper.bullet(level, (f"and {number} more (the JSON form has all)", "quiet"))


def _agenda(paper: _Paper, result: Agenda, level: int) -> None:
    paper.text(f"{result.planned_minutes} of {result.minutes} minutes planned.")
    if result.thin:
        paper.text(("Note:", "strong"), result.thin)
    if tasks := timetable.homework(result):
        paper.heading("Before the meeting, find out in-house", level)
        for titles, question in tasks:
            paper.bullet(0, (f"{titles}:", "strong"), question)
    if result.opening:
        paper.heading(f"{timetable.opening(result).span} min: Open", level)
        for opening in result.opening:
            paper.bullet(0, opening.text)
            _quotes(paper, opening.evidence, 1)
    for slot in timetable.slots(result):
        paper.heading(f"{slot.span} min: {slot.title}{wording.mark(slot.written_by)}", level)
        told = (("Say", slot.say), ("Ask", slot.question), ("Why", slot.why), ("Also", words.listing(list(slot.also))))
        for label, text in told:
            if text:
                paper.text((f"{label}:", "strong"), text)
        _quotes(paper, slot.evidence, 0)
    _rest(paper, result, level)


def _rest(paper: _Paper, result: Agenda, level: int) -> None:
    if spares := timetable.spares(result):
        paper.heading("If time allows", level)
        for spare in spares[:MOST_LINES]:
            paper.bullet(0, (f"{spare.title}:", "strong"), f"{spare.question}{wording.mark(spare.written_by)}")
            _quotes(paper, spare.evidence, 1)
        _more(paper, len(spares) - MOST_LINES, 0)
    if result.avoid:
        paper.heading("Better not said", level)
        for avoid in result.avoid:
            paper.bullet(0, avoid.text)
            _quotes(paper, avoid.evidence, 1)
    for line in wording.legend(result):
        paper.text((line, "quiet"))
