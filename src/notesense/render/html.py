"""Briefing and agenda as one self-contained HTML page: no script, no network, no fonts from afar.

The templates escape everything; strings from notes are made safe and isolated (`<bdi>`) besides, so a note can
neither write HTML nor turn the page's reading direction round.
"""

from collections.abc import Mapping, Sequence

from notesense.core.agenda import Agenda
from notesense.core.briefing import Briefing
from notesense.core.evaluated import Compared, Evaluated
from notesense.core.evidence import Evidence
from notesense.core.note import Note, Value
from notesense.errors import InputError
from notesense.render import context, drawing, html_evaluation, outline, page, timetable, wording

MOST_LINES = 4
MOST_QUOTES = 2
_ALARMS = frozenset({"quiet", "long_gap"})
_BESIDE = frozenset({"gaps", "settled"})


def to_html(result: Value | Sequence[Value], notes: Mapping[str, Note]) -> str:
    """Return a briefing, an agenda or an evaluation as an HTML page. Raises InputError for any other result."""
    if isinstance(result, Briefing):
        return _briefing(result, notes)
    if isinstance(result, Agenda):
        return _render("agenda.html.j2", result, notes, {"briefing": None})
    if isinstance(result, Evaluated | Compared):
        return html_evaluation.to_html(result)
    raise InputError("HTML is the form of briefings, agendas and evaluations only.", "Use --format text or json.")


def _briefing(result: Briefing, notes: Mapping[str, Note]) -> str:
    label, tone, reasons = outline.standing(result)
    every = outline.sections(result)
    quarters, pillars = drawing.pillar_rows(result)
    values = {
        "briefing": result,
        "facts": outline.head_facts(result),
        "standing": {"label": label, "tone": tone or "plain", "reasons": reasons},
        "contact": outline.contact_facts(result.contact),
        "in_brief_foot": wording.in_brief(result),
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

    return page.fill(
        template,
        agenda=agenda,
        opening=timetable.opening(agenda),
        slots=timetable.slots(agenda),
        spares=timetable.spares(agenda),
        homework=timetable.homework(agenda),
        is_said=timetable.is_said,
        legend=wording.legend(agenda),
        around=around,
        most_lines=MOST_LINES,
        most_quotes=MOST_QUOTES,
        **values,
    )
