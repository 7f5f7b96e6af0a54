"""The table of accounts in its four forms, and the week in text and Markdown."""

import csv
import datetime
import io

import pytest

import render_samples as samples
from notesense.core.portfolio import Portfolio, PortfolioRow
from notesense.errors import InputError
from notesense.render import render


def test_accounts_is_a_table_of_eighty_columns() -> None:
    lines = render(samples.portfolio()).splitlines()
    assert [line.split() for line in lines] == [
        ["Account", "Standing", "Notes", "Last", "live", "Days", "Overdue", "Fires", "Renewal"],
        ["Brightwater", "Freight", "at", "risk", "1,234", "12", "Mar", "2026", "40", "2", "1", "-"],
        ["also", "BWF"],
        ["Ås", "unknown", "0", "-", "-", "0", "0", "-"],
        ["2", "notes", "restricted;", "not", "all", "compared", "yet:", "a", "briefing", "does", "it"],
    ]
    assert render(Portfolio(as_of=samples.DAY)).startswith("No accounts yet")
    long = PortfolioRow(name="Brightwater Freight of the North and the South", compared=True)
    assert render(Portfolio(as_of=samples.DAY, accounts=(long,))).splitlines()[1:] == [
        long.name,
        f"{'':21}unknown{'0':>10}{'-':>13}{'-':>6}{'0':>8}{'0':>6}{'-':>9}",
    ]
    renewing = PortfolioRow(name="Ås", renewal=datetime.date(2026, 12, 31), restricted=True)
    text = render(Portfolio(as_of=samples.DAY, accounts=(renewing,)))
    assert text.splitlines()[1].endswith("  31 Dec 2026")
    assert "\n  restricted; not all" in text
    assert max(map(len, text.splitlines())) <= 80


def test_csv_has_a_line_an_account_and_no_formulas() -> None:
    rows = (PortfolioRow(name='=HYPERLINK("x")', aliases=("@a", "b")), *samples.portfolio().accounts)
    read = list(csv.DictReader(io.StringIO(render(Portfolio(as_of=samples.DAY, accounts=rows), "csv"))))
    assert [row["name"] for row in read] == ['\'=HYPERLINK("x")', "Brightwater Freight", "Ås"]
    assert (read[0]["aliases"], read[0]["compared"], read[0]["renewal"]) == ("'@a; b", "no", "")
    assert (read[1]["standing"], read[1]["last_live_contact"], read[1]["overdue"]) == ("at_risk", "2026-03-12", "2")
    with pytest.raises(InputError, match="CSV is the form of the table"):
        render(samples.week(), "csv")


def test_markdown_has_a_table_that_names_cannot_break() -> None:
    text = render(Portfolio(as_of=samples.DAY, accounts=(PortfolioRow(name="A | B"),)), "md")
    assert text.splitlines()[-1].startswith("| A \\| B | unknown | 0 | - | - | 0 | 0 | - | not all")


@pytest.mark.parametrize("fmt", ["text", "md"])
def test_a_week_shows_meetings_briefings_and_what_has_none(fmt: str) -> None:
    text = render(samples.week(), fmt)
    at = [
        text.index(part)
        for part in ("1 meeting with a known account", "2026-03-12 09:30 Review", "30 minutes · Video · with Ines")
    ]
    end = [text.index(part) for part in ("Without a briefing", "without a title", "It names nobody", "It broke")]
    assert [*at, *end] == sorted([*at, *end])
    assert "Better not said" in text
    empty = samples.week().model_copy(update={"prepared": (), "passed_over": ()})
    assert "no meeting with a known account" in render(empty, fmt)
