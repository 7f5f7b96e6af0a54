"""The page of a run: whole without script and network, safe with hostile notes, every span at its place."""

import base64
import datetime
import hashlib
import re
from html.parser import HTMLParser

import pytest

from evaluation.labelled import row
from notesense.core.claims import Claim, Prediction, Refusal
from notesense.core.evaluated import About, Compared, Evaluated, NoteRow
from notesense.evaluation.comparing import compare
from notesense.evaluation.figures import baseline, figures
from notesense.evaluation.limits import hold
from notesense.render import render
from notesense.render.findings import findings, pieces

TEXT = "Marta: <b>the pumps</b> leak & \x1b[2J nobody calls\nback. Ben sends </script> seals by Friday."


def at(quote: str, kind: str, **attributes: str) -> Claim:
    start = TEXT.index(quote)
    return Claim(kind=kind, quote=quote, start=start, end=start + len(quote), attributes=attributes)


def said(claim: Claim, confidence: float = 0.8) -> Prediction:
    return Prediction(**claim.model_dump(), confidence=confidence)


GOLD = (
    at("<b>the pumps</b> leak", "pain_point", area="product", severity="high"),
    at("leak & \x1b[2J nobody calls\nback", "pain_point"),
    at("Ben sends </script> seals", "commitment", owner="us", person="Ben"),
)
CLAIMS = (
    said(at("the pumps</b> leak &", "pain_point", area="quality", severity="high")),
    said(at("Ben sends </script> seals by Friday", "commitment", owner="us", due="2026-03-06"), 0.95),
    said(at("seals by Friday", "praise"), 0.3),
)


def sample() -> NoteRow:
    return row(
        "n<1>", CLAIMS, GOLD, text=TEXT, title="<i>Call</i>", rejected=(Refusal(kind="x", quote="<u>", reason="r"),)
    )


def run(*rows: NoteRow, engine: str = "local") -> Evaluated:
    about = About(
        notesense="1",
        engine=engine,
        engine_version="v1",
        data=("dev<1>",),
        data_sha256="d" * 64,
        started=datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC),
    )
    scored = figures(rows)
    limits = hold([("min", "micro_f1", 0.9)], scored, [])
    return Evaluated(
        about=about, figures=scored, notes=rows, limits=limits, baselines=(baseline("keywords", "1", rows),)
    )


class Page(HTMLParser):
    """Collects the text of the notes, all tags and the attributes that lead elsewhere."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.spans: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        if tag == "span" and "data-numbers" in given:
            self._open.append(given["class"] or "")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.spans.append((self._open.pop(), data))


def test_findings_are_numbered_in_the_order_of_the_text() -> None:
    found = findings(sample())
    assert [(one.number, one.status, one.kind, one.line) for one in found] == [
        (1, "hit", "pain_point", 1),
        (2, "miss", "pain_point", 1),
        (3, "hit", "commitment", 2),
        (4, "extra", "praise", 2),
    ]
    results = {one.name: one.result for one in found[0].attributes} | {
        one.name: one.result for one in found[2].attributes
    }
    assert results == {"area": "wrong", "severity": "right", "owner": "right", "person": "missing", "due": "extra"}
    assert [one.wrong for one in found] == [True, False, True, False]


def test_the_pieces_are_the_text_cut_at_every_boundary() -> None:
    given = sample()
    found = findings(given)
    cut = list(pieces(given, found))
    assert "".join(piece.text for piece in cut) == TEXT
    for one in found:
        for claim, side in ((one.label, "labelled"), (one.claim, "claimed")):
            covered = "".join(piece.text for piece in cut if one in getattr(piece, side))
            assert covered == (claim.quote if claim else "")
    assert sorted(one.number for piece in cut for one in piece.begins) == [1, 2, 3, 4]
    assert max(len(piece.labelled) + len(piece.claimed) for piece in cut) == 3


def test_the_page_is_safe_and_needs_nothing_from_elsewhere() -> None:
    html = render(run(sample(), row("broken", error="<img src=x onerror=alert(1)>")), "html")
    page = Page(html)
    assert {"b", "i", "u", "img"}.isdisjoint(page.tags)
    assert page.tags.count("script") == 1
    assert all(link.startswith("#") for link in page.links)
    assert "\x1b" not in html
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    mark = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{mark}'" in html
    assert "default-src 'none'" in html
    assert "in no score" in html


def test_spans_are_told_apart_without_colour() -> None:
    spans = Page(render(run(sample()), "html")).spans
    assert [(set(style.split()) - {"k1", "k4", "k8"}, text) for style, text in spans] == [
        ({"gold", "found"}, "<b>"),
        ({"gold", "found", "pred", "right"}, "the pumps</b> "),
        ({"gold", "miss", "pred", "right"}, "leak"),
        ({"gold", "miss", "pred", "right"}, " &"),
        ({"gold", "miss"}, " \\x1b[2J nobody calls\nback"),
        ({"gold", "found", "pred", "right"}, "Ben sends </script> "),
        ({"gold", "found", "pred", "extra"}, "seals"),
        ({"pred", "extra"}, " by Friday"),
    ]


@pytest.mark.parametrize(
    "told", ["✓1", "○2", "×4", "label <bdi>product</bdi>, read <bdi>quality</bdi> (wrong)", "Missed"]
)
def test_the_page_says_what_it_shows(told: str) -> None:
    assert told in render(run(sample()), "html")


def test_a_run_without_notes_has_a_page_and_a_text() -> None:
    assert "</html>" in render(run(), "html")
    assert "0 notes" in render(run())


def test_text_of_a_run_is_safe_and_fits() -> None:
    text = render(run(sample(), row("x\x1b[2J", error="broke\x07")))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_a_comparison_has_page_and_text() -> None:
    compared = compare(run(sample()), run(row("n<1>", CLAIMS[:1], GOLD, text=TEXT)))
    assert isinstance(compared, Compared)
    html, text = render(compared, "html"), render(compared)
    assert "script" not in Page(html).tags
    assert "no longer claimed" in html
    assert "- missed commitment" in text
    assert "\x1b" not in html + text
    same = compare(run(sample()), run(sample()))
    assert "found and claimed the same" in render(same, "html")
    assert same.changes == ()
