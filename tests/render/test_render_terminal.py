"""Terminal text fits its width, is safe whatever the notes hold, and says what matters in words."""

import datetime
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import render_samples as samples
from notesense.core.import_results import Imported, ImportPlan, PlannedFile, Skipped
from notesense.core.results import Added, Checked, Listed, Refused, Searched
from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.render import render
from notesense.render.terminal_import import in_lines
from notesense.render.words import citation

NAMES = sorted(samples.every())
HOSTILE = "<script>x</script> ]]> {{7*7}} [bold]b[/bold] \x1b]8;;http://e.vil\x1b\\ \u202e \x9b2J\r\n\t\u200b"
SPICE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            list(
                "日本語한글漢字 שלוםعربي éñ e\u0301👩\u200d👩\u200d👧🏽🇩🇪❤\ufe0f\x1b[]8;\u202e\u2066\u200d\ufe0f  \n\t"
            )
        ),
    ),
    max_size=90,
)
SGR = re.compile(r"\x1b\[[0-9;]*m")


def widest(text: str) -> int:
    return max(cell_len(line) for line in text.split("\n"))


@pytest.mark.parametrize("width", [60, 80, 117, 200])
@pytest.mark.parametrize("name", NAMES)
def test_fits_the_width(name: str, width: int) -> None:
    text = render(samples.every("x" * 300)[name], width=width)
    assert widest(text) <= width
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spice=SPICE, width=st.integers(60, 200))
def test_fits_and_stays_safe_whatever_the_notes_hold(spice: str, width: int) -> None:
    for name, value in samples.every(spice).items():
        text = render(value, width=width)
        assert widest(text) <= width, name
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", text), name


@pytest.mark.parametrize("name", NAMES)
def test_hostile_notes_do_nothing(name: str) -> None:
    text = render(samples.every(HOSTILE)[name])
    assert "\x1b" not in text
    assert "\u202e" not in text
    if name != "reindexed":
        assert "\\x1b" in text
        assert "[bold]" in text


@pytest.mark.parametrize("name", NAMES)
def test_colour_is_only_help(name: str) -> None:
    value = samples.every(HOSTILE)[name]
    coloured = render(value, colour=True)
    assert SGR.sub("", coloured) == render(value)
    assert SGR.search(coloured)


def test_a_narrow_terminal_counts_as_sixty_cells() -> None:
    assert render(samples.added(), width=20) == render(samples.added(), width=60)


def test_add_tells_what_it_saved_found_and_refused() -> None:
    text = render(samples.added("w"), width=180)
    for words in (
        "Saved brightwater-01 · Brightwater Freight w · 12 Mar 2026 · call",
        "1 pain point and 1 word of praise",
        "“The last two lots came a week late w”",
        "line 3 · Anna Berg w · [area: delivery, severity: high, what: lots w]",
        "hedged",
        "please check the quote",
        "2 drafts rejected: 2 not in the note",
        "New for this account",
        "Already there brightwater-01",
        "Analysis failed: model gone w",
        "Could not be taken: 30",
        "... and 10 more (--format json shows all)",
        "Search index not updated: locked w",
    ):
        assert words in text
    assert render(Added(kept=())) == "Nothing was added.\n"


def test_what_was_found_stands_below_what_failed_in_part() -> None:
    result = samples.extracted()
    partly = result.extraction.model_copy(update={"error": "part 2 of 3: too many requests"})
    text = render([result.model_copy(update={"extraction": partly})])
    assert "Analysis incomplete: part 2 of 3: too many requests" in text
    assert result.extraction.signals[0].quote[:20] in text


def test_extract_says_that_nothing_is_stored() -> None:
    text = render([samples.extracted(), samples.extracted()])
    assert text.count("nothing was stored") == 2
    assert "900 + 80 tokens, US$0.0012" in text


def test_signals_are_grouped_and_cited() -> None:
    text = render(samples.every()["listed"], width=120)
    assert text.startswith("9 signals\n")
    assert text.index("Expectations (1)") < text.index("Pain points (1)") < text.index("Words of praise (1)")
    assert "12 Mar 2026, e-mail, brightwater-01:3 · Anna Berg" in text
    assert "id s1" in text
    assert render(Listed(account="Ås", found=())) == "Ås: 0 signals\n"


def test_search_numbers_its_hits() -> None:
    text = render(samples.searched())
    assert "\n11. “The last" in text
    assert "12 Mar 2026, call, brightwater-01:3" in text
    assert "Note: words only" in text
    assert "nothing found" in render(Searched(query="x", account="Ås", hits=()))


def test_doctor_speaks_in_words_and_marks() -> None:
    text = render(samples.checked())
    assert "ok   data folder" in text
    assert "!    index  Warning: behind" in text
    assert "x    weights  Fault: missing" in text
    assert "To mend it: notesense reindex" in text
    assert "1 fault and 1 warning." in text
    assert "All is well." in render(Checked(checks=samples.checked().checks[:1]))


def test_import_reports_all_that_happened() -> None:
    text = render(samples.imported())
    for words in ("interrupted", "12 notes", "1 note", "40 signals", "a.jsonl:3", "not wholly analysed: 1", "3.2 s"):
        assert words in text


def test_an_import_names_the_columns_that_it_did_not_read() -> None:
    left = [Skipped(where=f"{n}.csv", why="columns", reason="text in the column “Bericht” was not read") for n in "ab"]
    text = render(Imported(read=2, skipped=(*left, Skipped(where="c", why="empty", reason="is empty"))))
    assert "Passed over       1 empty file\n" in text
    assert "Not read          a.csv: text in the column “Bericht” was not read\n" in text
    assert text.count("Not read") == 1
    assert "To have a column read, call it Notes." in text
    many = render(Imported(read=2, skipped=tuple(left * 6)))
    assert "... and 2 more" in many
    assert "Passed over" not in many
    planned = render(ImportPlan(files=(PlannedFile(where="a.csv", skipped=(left[0],)),)))
    assert "a.csv: text in the column “Bericht” was not read" in planned
    assert "Passed over" not in planned
    told = in_lines("a.csv", Imported(read=1, skipped=(left[0],)))
    assert told == (["text in the column “Bericht” was not read"], True)


def test_what_of_a_watched_file_could_not_be_taken_has_a_line_each() -> None:
    refused = [Refused(where="in/old.zip", reason="is broken")]
    assert in_lines("old.zip", Imported(refused=tuple(refused))) == (["not taken: is broken"], False)
    refused += [Refused(where=f"in/old.zip/{n}.txt", reason="is nobody's") for n in range(21)]
    lines, good = in_lines("old.zip", Imported(added=1, accounts=("Harlow",), refused=tuple(refused)))
    assert lines[0] == "1 note added for Harlow, 0 signals; not taken: is broken"
    assert lines[1] == "not taken: 0.txt: is nobody's"
    assert (len(lines), lines[-1], good) == (21, "and 2 more could not be taken", False)


def test_briefing_shows_each_part_with_quote_and_citation() -> None:
    text = render(samples.briefing(), width=100)
    order = (
        "Standing: At risk",
        "Contact",
        "Since last time",
        "What we promised, past its day",
        "Overdue: “The last",
        "Put out first",
        "Open support issues",
        "Who decides",
        "Rumour: “The last",
        "Price and the value behind it",
        "Likely cause: delivery",
        "What they expect",
        "Told more than once",
        "Lies unused",
        "Competitors",
        "What they would like next",
        "What they value",
        "Three pillars",
        "Not found in the notes",
        "Agenda · 32 of 45 minutes planned",
        "find out in-house",
        "2–14",
        "If time allows",
        "Better not said",
    )
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "... and 2 more (--format json shows all)" in text
    assert "12 Mar 2026, call, brightwater-01:3, Anna Berg" in text


def test_unknown_results_and_formats_are_refused() -> None:
    with pytest.raises(InputError, match="no format 'docx'"):
        render(samples.added(), "docx")
    with pytest.raises(InputError, match="no text form"):
        render(samples.note())
    for fmt in ("md", "html", "jsonl"):
        with pytest.raises(InputError):
            render(samples.added(), fmt)


@pytest.mark.parametrize(
    ("origin", "channel", "told"),
    [
        (Origin.REP_NOTE, "call", "4 Mar 2026, call, n1:2"),
        (Origin.TRANSCRIPT, "call", "4 Mar 2026, call, transcript, n1:2"),
        (Origin.VENDOR_SUMMARY, "meeting", "4 Mar 2026, meeting, vendor's summary, n1:2"),
        (Origin.PLAN, "meeting", "4 Mar 2026, meeting, plan for the meeting, n1:2"),
        (Origin.EMAIL, "email", "4 Mar 2026, e-mail, n1:2"),
        (Origin.EMAIL, "memo", "4 Mar 2026, memo, e-mail, n1:2"),
        (Origin.QUOTED, "email", "4 Mar 2026, e-mail, quoted from before, n1:2"),
        (Origin.SIGNATURE, "email", "4 Mar 2026, e-mail, signature, n1:2"),
        (Origin.TICKET, "support", "4 Mar 2026, support, n1:2"),
        (Origin.CHAT, "chat", "4 Mar 2026, chat, n1:2"),
        (Origin.CRM, "memo", "4 Mar 2026, memo, CRM entry, n1:2"),
    ],
)
def test_a_citation_says_whose_words_they_are_where_that_is_not_the_reps(
    origin: Origin, channel: str, told: str
) -> None:
    assert citation(datetime.date(2026, 3, 4), channel, "n1", 2, origin) == told
