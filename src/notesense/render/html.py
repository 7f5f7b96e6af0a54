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
from notesense.render import context, html_evaluation, outline, page, paper, time_line, timetable, trend, wording

MOST_LINES = 4
_ALARMS = frozenset({"quiet", "long_gap"})


def to_html(result: Value | Sequence[Value], notes: Mapping[str, Note]) -> str:
    """Return a briefing, an agenda or an evaluation as an HTML page. Raises InputError for any other result."""
    if isinstance(result, Briefing):
        return _briefing(result, notes)
    if isinstance(result, Agenda):
        return _render("agenda.html.j2", result, notes, {}, paper.plan(result, (), ()))
    if isinstance(result, Evaluated | Compared):
        return html_evaluation.to_html(result)
    raise InputError("HTML is the form of briefings, agendas and evaluations only.", "Use --format text or json.")


def _briefing(result: Briefing, notes: Mapping[str, Note]) -> str:
    label, tone, reasons = outline.standing(result)
    every = outline.sections(result)
    front = [section for section in every if section.code in outline.FRONT]
    behind = [section for section in every if section.code not in outline.FRONT]
    quarters, pillars = trend.pillar_rows(result)
    line = time_line.time_line(result, notes.values())
    on_paper = paper.plan(result.agenda, front, behind, drawn=len(line.rows) if line else 0)
    values = {
        "briefing": result,
        "facts": outline.head_facts(result),
        "standing": {"label": label, "tone": tone or "plain", "reasons": reasons},
        "contact": outline.contact_facts(result.contact),
        "in_brief_foot": wording.in_brief(result),
        "alarm": any(pattern.code in _ALARMS for pattern in result.contact.patterns),
        "time_line": line,
        "front": front,
        "behind": behind,
        "not_printed": on_paper.left_out(behind),
        "quarters": quarters,
        "pillars": pillars,
        "unplaced": trend.unplaced_told(result.pillars),
    }
    return _render("briefing.html.j2", result.agenda, notes, values, on_paper)


def _render(
    template: str, agenda: Agenda, notes: Mapping[str, Note], values: Mapping[str, object], on_paper: paper.Paper
) -> str:
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
        paper=on_paper,
        most_lines=MOST_LINES,
        **values,
    )
