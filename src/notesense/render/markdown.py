"""Briefing, agenda and answers as Markdown that pastes well into a CRM or a document: headings and bullets, no tables.

Every string that comes from notes is escaped, so a note cannot make headings, links, images, HTML or tables.
"""

from collections.abc import Sequence

from notesense.core.agenda import Agenda
from notesense.core.answer import Answered
from notesense.core.briefing import Briefing
from notesense.core.citing import Citation
from notesense.core.evidence import Evidence
from notesense.core.note import Value
from notesense.core.picture import Contact
from notesense.core.portfolio import Portfolio
from notesense.core.week import Week
from notesense.errors import InputError
from notesense.render import answering, outline, timetable, trend, wording, words
from notesense.render.outline import Line, Section
from notesense.render.safe import markdown as md

MOST_LINES = 8
MOST_QUOTES = 3
_ALL = "(the JSON form has all)"


def to_markdown(result: Value | Sequence[Value]) -> str:
    """Return a briefing, an agenda or an answer as Markdown. Raises InputError for any other result."""
    if isinstance(result, Briefing):
        lines = _briefing(result)
    elif isinstance(result, Agenda):
        lines = _agenda(result, level=1)
    elif isinstance(result, Answered):
        lines = _answered(result)
    elif isinstance(result, Week | Portfolio):
        from notesense.render.markdown_accounts import portfolio, week

        lines = week(result, _briefing) if isinstance(result, Week) else portfolio(result)
    else:
        raise InputError(
            "Markdown is the form of briefings, agendas, answers and the table of accounts only.",
            "Use --format text or json.",
        )
    return "\n".join(lines).strip() + "\n"


def _briefing(result: Briefing) -> list[str]:
    label, _, reasons = outline.standing(result)
    out = [f"# Briefing: {md(result.account)}", "", md(", ".join(outline.head_facts(result))), ""]
    out += [f"**Standing: {label}**", "", *_lines(reasons), *_in_brief(result)]
    every = outline.sections(result)
    for section in every:
        out += _section(section) if section.code in outline.FRONT else []
    out += ["", *_agenda(result.agenda, level=2), *_contact(result.contact), *_pillars(result)]
    for section in every:
        out += [] if section.code in outline.FRONT else _section(section)
    return out


def _contact(contact: Contact) -> list[str]:
    facts = outline.contact_facts(contact)
    if not facts:
        return []
    rows = [f"- {label}: {md(value)}" for label, value in facts]
    return ["", "## Contact", "", *rows, *(f"- {md(outline.dated(pattern.text))}" for pattern in contact.patterns)]


def _pillars(result: Briefing) -> list[str]:
    quarters, rows = trend.pillar_rows(result)
    if not quarters:
        return []
    unplaced = trend.unplaced_told(result.pillars)
    lines = [*(f"{row.name}: {row.told}" for row in rows), *([unplaced] if unplaced else [])]
    return ["", "## Three pillars", "", *(f"- {line}" for line in lines)]


def _section(section: Section) -> list[str]:
    out = ["", f"## {section.title}", ""]
    if section.lead:
        out += [md(section.lead), ""]
    return out + _lines(section.lines)


def _lines(lines: Sequence[Line], level: int = 0) -> list[str]:
    indent = "  " * level
    out: list[str] = []
    for line in lines[:MOST_LINES]:
        mark = f"**{md(line.mark.capitalize())}:** " if line.mark else ""
        proof = list(line.evidence)
        head = md(line.text)
        if proof and not line.text:
            head, proof = _quote(proof[0]), proof[1:]
        out.append(f"{indent}- {mark}{head}")
        out += _quotes(proof, level + 1)
        if line.told:
            out.append(f"{indent}  - {md(line.told)}")
        if line.later:
            out.append(f"{indent}  - {line.shows}:")
            out += _quotes(line.later, level + 2)
        out += _lines(line.under, level + 1)
    return out + _more(len(lines) - MOST_LINES, level)


def _quotes(evidence: Sequence[Evidence], level: int) -> list[str]:
    shown = [f"{'  ' * level}- {_quote(one)}" for one in evidence[:MOST_QUOTES]]
    return shown + _more(len(evidence) - MOST_QUOTES, level)


def _quote(one: Evidence) -> str:
    return f"“{md(one.quote)}” ({_cited(one)})"


def _cited(one: Evidence) -> str:
    speaker = f", {md(one.speaker)}" if one.speaker else ""
    return md(words.cited(one)) + speaker


def _more(number: int, level: int) -> list[str]:
    return [f"{'  ' * level}- ... and {number} more {_ALL}"] if number > 0 else []


def _agenda(result: Agenda, level: int) -> list[str]:
    mark = "#" * level
    title = "Agenda" if level > 1 else f"Agenda: {md(result.account)}"
    out = [f"{mark} {title}", "", f"{result.planned_minutes} of {result.minutes} minutes planned."]
    if level == 1:
        day = f"As of {words.day(result.as_of)}"
        out += ["", f"{day}, meeting on {words.day(result.meeting)}." if result.meeting else f"{day}."]
    if result.thin:
        out += ["", f"**Note:** {md(result.thin)}"]
    if tasks := timetable.homework(result):
        out += ["", f"{mark}# Before the meeting, find out in-house", ""]
        out += [f"- {md(titles)}: {md(question)}" for titles, question in tasks]
    if result.opening:
        out += ["", f"{mark}# {timetable.opening(result).span} min: Open", ""]
        for opening in result.opening:
            out += [f"- {md(opening.text)}", *_quotes(opening.evidence, 1)]
    for slot in timetable.slots(result):
        by = _by(slot.written_by)
        out += ["", f"{mark}# {slot.span} min: {md(slot.title)}{by}", "", *_slot(slot)]
    return out + _rest(result, mark)


def _slot(slot: timetable.Slot) -> list[str]:
    told = (("Say", slot.say), ("Ask", slot.question), ("Why", slot.why), ("Also", words.listing(list(slot.also))))
    out: list[str] = []
    rest = list(slot.evidence)
    for label, text in told:
        said = [one for one in rest if timetable.is_said(one, text)]
        rest = [one for one in rest if one not in said]
        where = "; ".join(_cited(one) for one in said)
        out += [f"- **{label}:** {md(text)}" + (f" ({where})" if said else "")] if text else []
    return out + _quotes(rest, 0)


def _rest(result: Agenda, mark: str) -> list[str]:
    out: list[str] = []
    if spares := timetable.spares(result):
        out += ["", f"{mark}# If time allows", ""]
        for spare in spares[:MOST_LINES]:
            by = _by(spare.written_by)
            out += [f"- **{md(spare.title)}:** {md(spare.question)}{by}", *_quotes(spare.evidence, 1)]
        out += _more(len(spares) - MOST_LINES, 0)
    if result.avoid:
        out += ["", f"{mark}# Better not said", ""]
        for avoid in result.avoid:
            out += [f"- {md(avoid.text)}", *_quotes(avoid.evidence, 1)]
    if told := wording.legend(result):
        out += ["", *(f"{md(line)}  " for line in told)]
    return out


def _by(written_by: str) -> str:
    return f" {md(wording.MARK)}" if wording.mark(written_by) else ""


def _in_brief(result: Briefing) -> list[str]:
    told = wording.in_brief(result)
    if not told:
        return []
    out = ["", "## In brief", ""]
    for sentence in result.in_brief.sentences if result.in_brief else ():
        where = "; ".join(_cited(one) for one in sentence.evidence[:MOST_QUOTES])
        out.append(f"- {md(sentence.text)} ({where})")
    return [*out, "", *(f"{md(line)}  " for line in told)]


def _answered(result: Answered) -> list[str]:
    out = [f"# {md(result.question)}", "", f"{md(result.account)}, {md(answering.span(result))}", ""]
    out += [*(md(line) for line in (result.warning or "", *answering.preface(result)) if line), ""]
    for sentence in result.sentences:
        out += [f"- {md(sentence.text)} {md(answering.numbers(sentence))}"]
        out += [f"  - “{md(one.quote)}” ({md(answering.cited(one))}){_check(one)}" for one in sentence.evidence]
    if result.outcome == "passages":
        out += [f"{one.number}. “{md(one.quote)}” ({md(answering.cited(one))})" for one in result.sources]
    return [*out, "", *(f"{md(line)}  " for line in answering.foot(result))]


def _check(one: Citation) -> str:
    return ", please check the quote" if one.review else ""
