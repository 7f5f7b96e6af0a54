"""Terminal text for the briefing and the agenda: what matters most first, each line with its quote and its citation.

Long lists are cut, and the cut is said; JSON has everything.
"""

from collections.abc import Sequence

from notesense.core.agenda import Agenda
from notesense.core.briefing import Briefing
from notesense.core.evidence import Evidence
from notesense.core.picture import Contact, Pillar, Pillars
from notesense.render import outline, timetable, trend, wording, words
from notesense.render.outline import Line, Section
from notesense.render.sheet import Part, Sheet, quoted

MOST_LINES = 5
MOST_QUOTES = 2
_ALL = "(--format json shows all)"
_COLUMN = 19


def briefing(sheet: Sheet, result: Briefing) -> None:
    """Write the whole briefing, the agenda at its end."""
    sheet.line((result.account, "strong"))
    sheet.line(" · ".join(outline.head_facts(result)))
    label, tone, reasons = outline.standing(result)
    sheet.gap()
    sheet.line(("Standing: ", "strong"), (label, tone or "strong"))
    _lines(sheet, reasons, quotes=1)
    _in_brief(sheet, result)
    _contact(sheet, result.contact)
    for section in outline.sections(result):
        if section.code == "gaps":
            _pillars(sheet, result.pillars)
        _section(sheet, section)
    sheet.gap()
    agenda(sheet, result.agenda, within=True)


def agenda(sheet: Sheet, result: Agenda, within: bool = False) -> None:
    """Write the agenda by the clock. `within` a briefing it does not repeat the account's name."""
    title = "Agenda" if within else f"Agenda for {result.account}"
    sheet.line((title, "strong"), f" · {result.planned_minutes} of {result.minutes} minutes planned")
    if not within:
        meeting = f" · meeting on {words.day(result.meeting)}" if result.meeting else ""
        sheet.line(f"As of {words.day(result.as_of)}{meeting}")
    if result.thin:
        sheet.line(("Note: ", "warn"), result.thin)
    _homework(sheet, result)
    _opening(sheet, result)
    for slot in timetable.slots(result):
        _slot(sheet, slot)
    _spares(sheet, result)
    if result.avoid:
        sheet.heading("Better not said")
        for avoid in result.avoid[:MOST_LINES]:
            sheet.line("- ", avoid.text, indent=2, hang=2)
            _evidence(sheet, avoid.evidence, 4, 1)
        _more(sheet, len(result.avoid) - MOST_LINES, 2)
    if told := wording.legend(result):
        sheet.gap()
        for line in told:
            sheet.line((line, "quiet"), hang=2)


def _in_brief(sheet: Sheet, result: Briefing) -> None:
    told = wording.in_brief(result)
    if not told:
        return
    sheet.heading("In brief")
    for sentence in result.in_brief.sentences if result.in_brief else ():
        sheet.line("- ", sentence.text, indent=2, hang=2)
        for one in sentence.evidence[:MOST_QUOTES]:
            _citation(sheet, one, 4)
        _more(sheet, len(sentence.evidence) - MOST_QUOTES, 4, "source")
    for line in told:
        sheet.line((line, "quiet"), indent=2)


def _opening(sheet: Sheet, result: Agenda) -> None:
    if not result.opening:
        return
    _slot(sheet, timetable.opening(result))
    for opening in result.opening:
        sheet.row("Say", opening.text, indent=10, column=15)
        _evidence(sheet, opening.evidence, 15, 1)


def _slot(sheet: Sheet, slot: timetable.Slot) -> None:
    sheet.gap()
    length: list[Part] = [(f" · {slot.minutes} min", "quiet")] if slot.minutes else []
    sheet.row(
        (f"  {slot.span}", "strong"),
        (slot.title, "strong"),
        (wording.mark(slot.written_by), "quiet"),
        *length,
        indent=0,
        column=10,
    )
    rest = list(slot.evidence)
    for label, text, style in (("Say", slot.say, ""), ("Ask", slot.question, "strong")):
        if text:
            sheet.row(label, (text, style), indent=10, column=15)
        for said in [one for one in rest if timetable.is_said(one, text)]:
            _citation(sheet, said, 15)
            rest.remove(said)
    if slot.why:
        sheet.row("Why", slot.why, indent=10, column=15)
    if slot.also:
        sheet.row("Also", words.listing(list(slot.also)), indent=10, column=15)
    _evidence(sheet, rest, 15)


def _homework(sheet: Sheet, result: Agenda) -> None:
    tasks = timetable.homework(result)
    if tasks:
        sheet.gap()
        sheet.line(("Before the meeting, find out in-house", "strong"), indent=2)
        for titles, question in tasks:
            sheet.line("- ", (f"{titles}: ", "quiet"), question, indent=2, hang=2)


def _spares(sheet: Sheet, result: Agenda) -> None:
    spares = timetable.spares(result)
    if not spares:
        return
    sheet.heading("If time allows")
    for spare in spares[:MOST_LINES]:
        mark = wording.mark(spare.written_by)
        sheet.line("- ", (spare.title, "strong"), f": {spare.question}{mark}", indent=2, hang=2)
        _evidence(sheet, spare.evidence, 4, 1)
    _more(sheet, len(spares) - MOST_LINES, 2)


def _section(sheet: Sheet, section: Section) -> None:
    sheet.heading(section.title)
    if section.lead:
        sheet.line(section.lead, indent=2)
    if section.quiet:
        sheet.line(f"{words.count(len(section.lines), 'matter')} {_ALL}", indent=2)
        return
    if section.lead and section.lines:
        sheet.gap()
    _lines(sheet, section.lines, airy=any(line.evidence for line in section.lines))


def _lines(sheet: Sheet, lines: Sequence[Line], airy: bool = True, quotes: int = MOST_QUOTES) -> None:
    for line in lines[:MOST_LINES]:
        _line(sheet, line, 2, quotes)
        if airy:
            sheet.gap()
    _more(sheet, len(lines) - MOST_LINES, 2)


def _line(sheet: Sheet, line: Line, indent: int, quotes: int) -> None:
    mark: list[Part] = [(f"{line.mark.capitalize()}: ", line.tone or "strong")] if line.mark else []
    if line.text or not line.evidence:
        sheet.line("- ", *mark, line.text, indent=indent, hang=2)
        _evidence(sheet, line.evidence, indent + 2, quotes)
    else:
        sheet.line("- ", *mark, quoted(line.evidence[0].quote), indent=indent, hang=2)
        _citation(sheet, line.evidence[0], indent + 2)
        _evidence(sheet, line.evidence[1:], indent + 2, quotes)
    if line.told:
        sheet.line(line.told, indent=indent + 2)
    if line.later:
        sheet.line(line.shows, indent=indent + 2)
        _evidence(sheet, line.later, indent + 4)
    for under in line.under[:MOST_LINES]:
        _line(sheet, under, indent + 2, 1)
    _more(sheet, len(line.under) - MOST_LINES, indent + 2)


def _citation(sheet: Sheet, one: Evidence, indent: int) -> None:
    speaker = f", {one.speaker}" if one.speaker else ""
    sheet.line((words.cited(one) + speaker, "quiet"), indent=indent)


def _evidence(sheet: Sheet, evidence: Sequence[Evidence], indent: int, most: int = MOST_QUOTES) -> None:
    for one in evidence[:most]:
        sheet.line(quoted(one.quote), indent=indent, hang=1)
        _citation(sheet, one, indent + 1)
    _more(sheet, len(evidence) - most, indent, "quote")


def _more(sheet: Sheet, number: int, indent: int, noun: str = "") -> None:
    if number > 0:
        named = f" {noun}{'s' if number > 1 else ''}" if noun else ""
        sheet.line((f"... and {number} more{named} {_ALL}", "quiet"), indent=indent)


def _contact(sheet: Sheet, contact: Contact) -> None:
    facts = outline.contact_facts(contact)
    if not facts:
        return
    sheet.heading("Contact")
    for label, value in facts:
        sheet.row(label, value, column=_COLUMN)
    for pattern in contact.patterns:
        sheet.line("- ", outline.dated(pattern.text), indent=2, hang=2)


def _pillars(sheet: Sheet, pillars: Pillars) -> None:
    rows: list[tuple[str, Pillar]] = [
        ("Innovation", pillars.innovation),
        ("Performance", pillars.performance),
        ("Service", pillars.service),
    ]
    sheet.heading("Three pillars")
    for name, pillar in rows:
        latest = pillar.quarters[-1] if pillar.quarters else None
        course = f"; {latest.quarter}: {latest.good} good, {latest.bad} bad" if latest else ""
        told = f"{pillar.good} good, {pillar.bad} bad{course}" if latest else "silent in the notes"
        sheet.row(name, told, column=_COLUMN)
    if unplaced := trend.unplaced_told(pillars):
        sheet.line((unplaced, "quiet"), indent=2)
