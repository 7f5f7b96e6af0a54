"""Terminal text for people: a table of who is in which role, each row with the words it rests on."""

from rich.cells import cell_len, set_cell_size

from notesense.core.evidence import Evidence
from notesense.core.people_list import PeopleList
from notesense.core.picture import Person
from notesense.render import safe, words
from notesense.render.outline import dated, state_of
from notesense.render.sheet import Sheet, quoted

_COLUMNS = (("Person", 24), ("Role", 26), ("State", 14), ("Since", 12))
_COMPANY = "the whole company"


def people_list(sheet: Sheet, result: PeopleList) -> None:
    """Write the customer's people, then our own, then what the rep said of them."""
    sheet.line((f"{result.account} on {words.day(result.as_of)}", "strong"))
    theirs = [one for one in result.people if one.side == "customer"]
    if not result.people:
        sheet.line("No note up to that day tells of a change of role.")
    for heading, people in (("", theirs), ("Our own people", [one for one in result.people if one.side == "us"])):
        if people:
            sheet.heading(heading) if heading else sheet.gap()
            sheet.line(("".join(_cell(head, width) for head, width in _COLUMNS).rstrip(), "strong"))
            for one in people:
                _person(sheet, one)
    for pattern in result.unheard:
        sheet.gap()
        sheet.line(("Not heard: ", "warn"), pattern.text)
    _said(sheet, result)


def _person(sheet: Sheet, one: Person) -> None:
    name = one.person if one.in_role is not None or not one.change else one.person or _COMPANY
    since = one.effective or words.day(one.date)
    cells = (name or "not named", one.role or words.plain(one.change or ""), state_of(one), dated(since))
    sheet.line("".join(_cell(text, width) for text, (_, width) in zip(cells, _COLUMNS, strict=True)).rstrip())
    if one.also_written:
        sheet.line((f"also written {', '.join(one.also_written)}", "quiet"), indent=2)
    sheet.line(dated(one.told), indent=2)
    _quote(sheet, one.source)
    for other in one.contradicted_by:
        sheet.line(("Contradicted by", "warn"), indent=2)
        _quote(sheet, other)
    for other in one.named_since:
        sheet.line("Named since", indent=2)
        _quote(sheet, other)
    sheet.gap()


def _quote(sheet: Sheet, words_of: Evidence) -> None:
    sheet.line(quoted(words_of.quote), indent=4, hang=1)
    cited = words.cited(words_of)
    sheet.line((cited, "quiet"), indent=4)


def _said(sheet: Sheet, result: PeopleList) -> None:
    for name, alike in result.doubtful:
        sheet.line(("Perhaps one person: ", "warn"), f"{name} and {alike}. Say so with --same, or --apart.")
    for one in result.joined:
        verdict = "are one person" if one.verdict == "same" else "are two people"
        sheet.line((f"You said: {one.name} and {one.other} {verdict}.", "quiet"))
    if result.ours:
        sheet.line((f"You said: of our own people are {', '.join(result.ours)}.", "quiet"))


def _cell(text: str, width: int) -> str:
    """Return the text in a cell of this width, one blank behind it; what does not fit is cut with an ellipsis."""
    line = safe.inline(text)
    room = width - 1
    return set_cell_size(line if cell_len(line) <= room else set_cell_size(line, room - 1) + "…", width)
