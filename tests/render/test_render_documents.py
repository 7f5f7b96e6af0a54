"""Markdown and HTML show the same briefing, and a hostile note can do nothing in them."""

import html.parser
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import render_samples as samples
from notesense.core.agenda import Agenda
from notesense.core.briefing import Briefing
from notesense.core.note import Note
from notesense.core.picture import Contact, Gap, Since, Standing
from notesense.render import render

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=y> ]]> {{7*7}} {% raw %} ![i](http://e.vil/i.png) [l](http://e.vil) "
    '# h | a | "quoted" \x1b]8;;http://e.vil\x1b\\ \u202e --> </style> `code` ~~gone~~'
)
VOID = {"meta"}


def notes(spice: str = "") -> dict[str, Note]:
    return {f"brightwater-{number:02}": samples.note(spice, number) for number in (1, 2)}


def empty() -> Briefing:
    agenda = Agenda(account="Ås", as_of=samples.DAY, minutes=30, planned_minutes=0, thin="Too little is known.")
    return Briefing(
        account="Ås",
        as_of=samples.DAY,
        standing=Standing(type="unknown", rule="none", missing=(Gap(code="no_notes", text="There is no note."),)),
        contact=Contact(),
        since=Since(mode="all", text="Nothing is on record."),
        agenda=agenda,
    )


class Page(html.parser.HTMLParser):
    """Checks that elements are closed in order, and gathers what the tests ask about."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.levels: list[int] = []
        self.words = ""
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data


@pytest.mark.parametrize("value", [samples.briefing(HOSTILE), samples.agenda(HOSTILE)])
def test_html_is_whole_and_reaches_for_nothing(value: Briefing | Agenda) -> None:
    page = Page(render(value, "html", notes=notes(HOSTILE)))
    assert not {"script", "img", "iframe", "link", "object", "form"} & set(page.tags)
    links = [value for name, value in page.attributes if name in ("href", "src", "action", "srcset", "xlink:href")]
    assert set(links) == {"#agenda"}
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in page.words
    assert "{{7*7}}" in page.words
    assert "\u202e" not in page.words
    assert "\x1b" not in page.words


def test_html_style_names_no_address() -> None:
    style = render(samples.briefing(), "html").split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style


def test_html_is_made_for_screen_readers() -> None:
    page = Page(render(samples.briefing(), "html", notes=notes()))
    assert ("lang", "en-GB") in page.attributes
    assert page.levels[0] == 1
    assert all(below - above <= 1 for above, below in zip(page.levels, page.levels[1:], strict=False))
    assert page.tags.count("main") == page.tags.count("h1") == 1
    assert ("scope", "row") in page.attributes
    identities = [value for name, value in page.attributes if name == "id"]
    assert len(identities) == len(set(identities))
    named = {value for name, value in page.attributes if name == "aria-labelledby"}
    assert named <= set(identities)


def test_html_has_a_strict_policy_before_anything_else() -> None:
    page = render(samples.briefing(), "html")
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert page.index("Content-Security-Policy") < page.index("<title>") < page.index("<style>")


def test_html_opens_a_quote_in_its_context() -> None:
    page = render(samples.agenda(), "html", notes=notes())
    assert "<mark>The last two lots came a week late </mark>" in page
    assert "Small talk about the harbour." in page
    assert "<mark>" not in render(samples.agenda(), "html")


def test_context_is_not_shown_where_the_note_says_something_else() -> None:
    other = {"brightwater-01": samples.note("changed").model_copy(update={"text": "quite another text"})}
    assert "<mark>" not in render(samples.agenda(), "html", notes=other)


def test_html_folds_what_is_too_much_and_says_so() -> None:
    page = Page(render(samples.briefing(), "html"))
    assert "and 3 more" in page.words
    assert re.search("and [1-6] more on screen", page.words)


def test_what_is_due_comes_before_the_agenda_and_the_drawing_after() -> None:
    page = Page(render(samples.briefing(), "html", notes=notes())).words
    order = (
        "Since last time",
        "past its day",
        "Put out first",
        "minutes planned",
        "How it has gone",
        "Open support issues",
    )
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_a_list_without_end_is_cut_on_the_page_and_the_page_says_so() -> None:
    many = samples.briefing().model_copy(update={"since_last_meeting": samples.briefing().since_last_meeting * 30})
    assert "and 150 more, not on this page; the JSON form has all" in Page(render(many, "html")).words


def test_the_time_line_is_told_in_words_and_as_a_table() -> None:
    text = render(samples.briefing(), "html", notes=notes())
    page = Page(text)
    assert '<svg role="img" aria-labelledby="line-title" aria-describedby="line-told"' in text
    assert "Longest gap: 192 days, 1 Sep 2025 to 12 Mar 2026." in page.words
    assert "Contacts and what was heard, by month" in page.words
    assert "The pillars as a table" in page.words
    assert "What was heard, by quarter" in page.words


def test_tellings_of_one_matter_stand_side_by_side() -> None:
    page = Page(render(samples.briefing(), "html"))
    assert ("class", "tellings") in page.attributes


def test_a_kept_promise_has_the_words_that_show_it() -> None:
    text = render(samples.briefing(), "md")
    kept = text[text.index("## Kept, settled or dropped") :]
    assert kept.index("**Kept:** “The last two lots") < kept.index("Words that show it:")


def test_a_settled_pain_stands_apart() -> None:
    pain = samples.briefing().pains[1].model_copy(update={"status": "settled", "settled": True})
    text = render(samples.briefing().model_copy(update={"pains": (pain,)}), "md")
    assert "Put out first" not in text
    assert "Other pains" not in text
    assert "**Settled:** “The last two lots" in text[text.index("## Kept, settled or dropped") :]


def test_later_words_stand_beside_what_they_change() -> None:
    made, other = samples.briefing(), samples.evidence(number=7)
    change = made.since_last_meeting[0].model_copy(update={"type": "changed", "label": "changed", "before": other})
    promise = made.promises[0].model_copy(update={"hung_on": "Ines"})
    pain = made.pains[1].model_copy(update={"told_before": (other,)})
    stalled = made.stalled[0].model_copy(update={"told_before": (other,)})
    person = made.people[0].model_copy(update={"contradicted_by": (other,), "also_written": ("J. Okafor",)})
    text = render(
        made.model_copy(
            update={
                "since_last_meeting": (change,),
                "promises": (promise,),
                "pains": (pain,),
                "stalled": (stalled,),
                "people": (person, person.model_copy(update={"side": "us"})),
            }
        ),
        "md",
    )
    assert re.search(r"Changed\n  - Before\n    - “[^”]*” \(12 Mar 2026, call, brightwater-07:3", text)
    assert "It hung on Ines, who has left" in text
    assert text.count("- Told before") == 2
    assert text.count("- Told otherwise") == 2
    assert "Also written J. Okafor." in text
    assert "## Our own people" in text


@pytest.mark.parametrize(
    ("certainty", "in_role", "told"),
    [
        ("effective", True, "**In force:** Ines Roth, buyer, in role"),
        ("effective", False, "**In force:** Ines Roth, buyer, not in role"),
        ("announced", True, "**Announced:** Ines Roth, buyer, leaving"),
        ("rumored", True, "**Rumour:** Ines Roth, buyer"),
        ("unknown", None, "**Not certain:** Ines Roth, buyer"),
    ],
)
def test_who_is_told_of_and_how_they_stand_to_the_role(certainty: str, in_role: bool | None, told: str) -> None:
    made, one, other = samples.briefing(), samples.evidence(number=7), samples.evidence(number=6)
    more = {"person": "Ines Roth", "role": "buyer", "certainty": certainty, "in_role": in_role}
    words = {"contradicted_by": (one,), "told_before": (one, other), "named_since": (one,)}
    person = made.people[0].model_copy(update={**more, **words})
    text = render(made.model_copy(update={"people": (person,)}), "md")
    section = text[text.index("## Who decides") : text.index("## Price")]
    assert f"- {told}\n" in section
    assert re.findall(r"- (Told otherwise|Named since|Told before)\n", section) == [
        "Told otherwise",
        "Named since",
        "Told before",
    ]
    assert section.count("“") == 1 + 3 + len(person.orphaned)


@pytest.mark.parametrize("form", ["md", "text", "html"])
def test_channels_by_quarter_and_signals_without_a_pillar_are_told(form: str) -> None:
    made = samples.briefing()
    mix = {
        "2025-Q1": {"call": 9},
        "2025-Q2": {},
        "2025-Q3": {"email": 2},
        "2025-Q4": {"call": 1},
        "2026-Q1": {"call": 3},
    }
    quarters = made.contact.model_copy(update={"channel_mix_by_quarter": mix})
    pillars = made.pillars.model_copy(update={"unplaced": 7})
    shown = render(made.model_copy(update={"contact": quarters, "pillars": pillars}), form)
    text = " ".join((Page(shown).words if form == "html" else shown).split())
    assert "2025-Q2 none; 2025-Q3 e-mail 2; 2025-Q4 call 1; 2026-Q1 call 3" in text
    assert "7 signals in none of the three" in text
    none = made.model_copy(update={"pillars": made.pillars.model_copy(update={"unplaced": 0})})
    assert "none of the three" not in render(none, form)


def test_where_nothing_was_compared_the_page_says_so() -> None:
    made = samples.briefing().model_copy(update={"recurring": ()})
    told = "Later notes were not compared with earlier ones"
    assert told in Page(render(made, "html")).words
    assert told not in Page(render(made.model_copy(update={"recurrence_checked": True}), "html")).words


def test_causes_of_a_price_are_ranked() -> None:
    made = samples.briefing()
    one = made.price[0].causes[0]
    causes = (one, one.model_copy(update={"cause": "quality", "evidence": (samples.evidence(number=4),)}))
    text = render(made.model_copy(update={"price": (made.price[0].model_copy(update={"causes": causes}),)}), "md")
    assert text.index("Likely cause 1 of 2: delivery") < text.index("Likely cause 2 of 2: quality")


def test_contrast_of_all_inks_is_enough() -> None:
    style = render(samples.briefing(), "html").split("<style>")[1]
    for block in re.findall(r"--paper: (#\w+); ([^}]*)}", style):
        paper = block[0]
        inks = dict(re.findall(r"--(ink|soft|accent|bad|warn|good): (#\w+)", block[1]))
        assert len(inks) == 6
        for name, ink in inks.items():
            assert contrast(ink, paper) >= 4.5, (name, paper)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    long = colour[1:] if len(colour) == 7 else "".join(2 * char for char in colour[1:])
    parts = [int(long[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_html_stays_whole_whatever_the_notes_hold(spice: str) -> None:
    Page(render(samples.briefing(spice), "html", notes=notes(spice)))


@pytest.mark.parametrize("fmt", ["text", "md", "html", "json"])
def test_an_account_without_notes_has_a_briefing_too(fmt: str) -> None:
    page = render(empty(), fmt)
    assert "There is no note." in page
    assert "Too little is known." in page


@pytest.mark.parametrize("value", [samples.briefing(HOSTILE), samples.agenda(HOSTILE)])
def test_markdown_lets_a_note_make_nothing(value: Briefing | Agenda) -> None:
    text = render(value, "md")
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    inner = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in [*tokens, *inner]}
    assert not {one for one in kinds if re.match("link|image|html|table|code|fence|s_open|em_open|blockquote", one)}
    words = "".join(child.content for child in inner)
    assert "<script>alert(1)</script>" in words
    assert "![i](http://e.vil/i.png)" in words
    headings = [token for token in tokens if token.type == "heading_open"]
    assert len(headings) == len(re.findall("(?m)^#+ ", text))


def test_markdown_shows_the_parts_with_their_quotes() -> None:
    text = render(samples.briefing(), "md")
    for words in (
        "# Briefing: Brightwater Freight",
        "**Standing: At risk**",
        "## Agenda",
        "### 2–14 min: The late lots",
        "- **Ask:** What did the late lots cost you?",
        "## What we promised",
        "- **Overdue:** “The last two lots came a week late” (12 Mar 2026, call, brightwater-01:3, Anna Berg)",
        "## Not found in the notes",
    ):
        assert words in text


def test_the_door_is_cheap_to_open() -> None:
    code = "import sys, notesense.render; print(sorted({'rich', 'jinja2', 'docx', 'lxml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_what_became_of_a_matter_is_shown_and_older_tellings_are_not(form: str) -> None:
    page = render(samples.briefing(), form, notes=notes())
    assert "An older telling" not in page
    for words in ("Settled (told then)", "Before", "Shown missed", "Kept, settled or dropped"):
        assert words in page
    assert ("5 matters" in page) == (form != "md")
    done = ("Shown met", "Cured since", "Ticket closed")
    assert [words in page for words in done] == [form != "text"] * 3
