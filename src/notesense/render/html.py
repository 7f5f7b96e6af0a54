"""Briefing and agenda as one self-contained HTML page: no script, no network, no fonts from afar.

The templates escape everything; strings from notes are made safe and isolated (`<bdi>`) besides, so a note can
neither write HTML nor turn the page's reading direction round.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from notesense.core.agenda import Agenda
from notesense.core.briefing import Briefing
from notesense.core.evidence import Evidence
from notesense.core.note import Note, Value
from notesense.errors import InputError
from notesense.render import context, drawing, outline, safe, timetable, words

MOST_LINES = 4
MOST_QUOTES = 2
_ALARMS = frozenset({"quiet", "long_gap"})
_BESIDE = frozenset({"gaps", "settled"})


def to_html(result: Value | Sequence[Value], notes: Mapping[str, Note]) -> str:
    """Return a briefing or an agenda as an HTML page. Raises InputError for any other result."""
    if isinstance(result, Briefing):
        page = _briefing(result, notes)
    elif isinstance(result, Agenda):
        page = _render("agenda.html.j2", result, notes, {"briefing": None})
    else:
        raise InputError("HTML is the form of briefings and agendas only.", "Use --format text or json.")
    return page.strip() + "\n"


def _briefing(result: Briefing, notes: Mapping[str, Note]) -> str:
    label, tone, reasons = outline.standing(result)
    every = outline.sections(result)
    quarters, pillars = drawing.pillar_rows(result)
    values = {
        "briefing": result,
        "facts": outline.head_facts(result),
        "standing": {"label": label, "tone": tone or "plain", "reasons": reasons},
        "contact": outline.contact_facts(result.contact),
        "alarm": any(pattern.code in _ALARMS for pattern in result.contact.patterns),
        "time_line": drawing.time_line(result),
        "sections": [section for section in every if section.code not in _BESIDE],
        "beside": [section for section in every if section.code in _BESIDE],
        "quarters": quarters,
        "pillars": pillars,
    }
    return _render("briefing.html.j2", result.agenda, notes, values)


def _render(template: str, agenda: Agenda, notes: Mapping[str, Note], values: Mapping[str, object]) -> str:
    def around(evidence: Evidence) -> context.Context | None:
        return context.around(evidence, notes.get(evidence.note_id))

    page = (
        _environment()
        .get_template(template)
        .render(
            agenda=agenda,
            opening=timetable.opening(agenda),
            slots=timetable.slots(agenda),
            spares=timetable.spares(agenda),
            homework=timetable.homework(agenda),
            is_said=timetable.is_said,
            around=around,
            most_lines=MOST_LINES,
            most_quotes=MOST_QUOTES,
            **values,
        )
    )
    return page


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("notesense.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        on_one_line=safe.inline,
        said=_said,
        as_it_stands=_as_it_stands,
        dated=outline.dated,
        cited=_cited,
        day=words.day,
        count=words.count,
    )
    return environment


def _said(text: str) -> Markup:
    """Return a string that may hold a note's words: on one line, safe, isolated."""
    return Markup("<bdi>{}</bdi>").format(safe.inline(text))


def _as_it_stands(text: str) -> Markup:
    """Return a stretch of a note with its line breaks, safe."""
    return Markup(escape(safe.block(text)))


def _cited(evidence: Evidence) -> Markup:
    """Return where the words stand."""
    where = _said(words.citation(evidence.date, evidence.channel, evidence.note_id, evidence.line))
    return where + Markup(", ") + _said(evidence.speaker) if evidence.speaker else where
