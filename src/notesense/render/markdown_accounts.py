"""A week of briefings and the table of accounts as Markdown."""

from collections.abc import Callable

from notesense.core.briefing import Briefing
from notesense.core.portfolio import Portfolio
from notesense.core.week import Week
from notesense.render import terminal_portfolio, terminal_week, words
from notesense.render.safe import markdown as md


def portfolio(result: Portfolio) -> list[str]:
    """Return a table with a line for each account, in the order given."""
    heads = ("Account", "Standing", "Notes", "Last live", "Days", "Overdue", "Fires", "Renewal", "")
    out = [f"Accounts as of {words.day(result.as_of)}", "", _line(heads), _line(["---"] * len(heads))]
    for row in result.accounts:
        beside = md("; ".join(terminal_portfolio.beside(row)))
        out.append(_line((md(row.name), terminal_portfolio.standing(row), *terminal_portfolio.cells(row), beside)))
    return out


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def week(result: Week, briefing: Callable[[Briefing], list[str]]) -> list[str]:
    """Return the briefings one after another, then the meetings without one; `briefing` writes one of them."""
    out = [md(terminal_week.title(result)), ""]
    for one in result.prepared:
        out += [
            "---",
            "",
            f"**{md(one.meeting.told)}**  ",
            md(terminal_week.facts(one)),
            "",
            *briefing(one.briefing),
            "",
        ]
    if result.passed_over:
        out += ["---", "", "# Without a briefing", ""]
        out += [f"- {md(one.meeting.told)}: {md(one.told)}" for one in result.passed_over]
    if result.faults:
        out += ["", "# Not read in the calendar", "", *(f"- {md(fault)}" for fault in result.faults)]
    return out
