"""The demo, offline, from nothing: and in none of its outputs stands a quote that is not a slice of its note."""

import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.terminal import Answer, Terminal
from notesense import demo as sample
from notesense.core.folding import fold

NOTES = {
    record["id"]: record
    for record in map(json.loads, (Path(sample.__file__).parent / "notes.jsonl").read_text("utf-8").splitlines())
}
WHEN = ("--as-of", sample.AS_OF)
CONTEXT = re.compile(r'<p class="text".*?</p>', re.DOTALL)
READABLE: dict[str, Callable[[str], str]] = {
    "text": lambda page: page,
    "md": lambda page: re.sub(r"\\([^\w\s])", r"\1", page),
    "html": lambda page: bare(CONTEXT.sub("", page)),
}


def bare(markup: str) -> str:
    """Return the words of a piece of HTML, with nothing left of cut marks, styles and tags."""
    cut = re.sub(r'<style.*?</style>|<span class="cut">.*?</span>|<[^>]+>', "", markup, flags=re.DOTALL)
    return html.unescape(cut)


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "scratch"


@pytest.fixture
def notesense(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], demo_home: Path) -> Terminal:
    """The command line over the demo's own folder, filled once."""
    terminal = Terminal(monkeypatch, capsys)
    if not demo_home.exists():
        answer = terminal("demo", "--home", str(demo_home))
        assert answer.code == 0, answer.err
        (demo_home / "printed.txt").write_text(answer.out, encoding="utf-8")
    monkeypatch.setenv("NOTESENSE_HOME", str(demo_home))
    return terminal


def accounts() -> list[str]:
    return sorted({note["account"] for note in NOTES.values()})


def outputs(notesense: Terminal, fmt: str) -> Iterator[Answer]:
    for account in accounts():
        yield notesense("brief", account, *WHEN, "--meeting", sample.MEETING, "--renewal", sample.RENEWAL, "-f", fmt)
        yield notesense("agenda", account, *WHEN, "-f", fmt)


def evidence(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"note_id", "quote"} <= value.keys():
            yield value
        for part in value.values():
            yield from evidence(part)
    elif isinstance(value, list):
        for part in value:
            yield from evidence(part)


def test_the_demo_prints_the_briefing_and_names_its_page(notesense: Terminal, demo_home: Path) -> None:
    printed = (demo_home / "printed.txt").read_text(encoding="utf-8")
    assert sample.ACCOUNT in printed
    page = Path(re.findall(r"^The same briefing as a page: (.*)$", printed, re.MULTILINE)[0])
    assert page.stat().st_mode & 0o077 == 0
    assert all(len(line) <= 80 for line in printed.splitlines() if str(demo_home) not in line)
    assert all(kind in printed for kind in ("What we promised", "Price", "Who decides", "Agenda"))


def test_every_quote_in_json_is_a_slice_of_its_note(notesense: Terminal) -> None:
    answers = [json.loads(answer.out) for answer in outputs(notesense, "json")]
    answers += [json.loads(notesense("signals", "-f", "json").out)]
    answers += [json.loads(notesense("search", "late and nobody called", "-n", "50", "-f", "json").out)]
    checked = 0
    for piece in (piece for answer in answers for piece in evidence(answer)):
        text = NOTES[piece["note_id"]]["text"]
        assert piece["quote"] in text
        if "start" in piece:
            assert text[piece["start"] : piece["start"] + len(piece["quote"])] == piece["quote"]
        checked += 1
    assert checked > 100


@pytest.mark.parametrize("fmt", ["text", "md", "html"])
def test_every_quotation_on_a_page_stands_in_a_note(notesense: Terminal, fmt: str) -> None:
    said = [fold(note["text"]) for note in NOTES.values()]
    checked = 0
    for answer in outputs(notesense, fmt):
        page = READABLE[fmt](answer.out)
        for quote in re.findall("“([^”]*)”", re.sub(r"\n[>\s]*", " ", page)):
            assert any(fold(quote).strip() in text for text in said), quote
            checked += 1
    assert checked > 40


def test_the_context_that_a_quote_opens_is_the_notes_own(notesense: Terminal) -> None:
    said = [" ".join(note["text"].split()) for note in NOTES.values()]
    contexts = [context for answer in outputs(notesense, "html") for context in CONTEXT.findall(answer.out)]
    assert len(contexts) > 40
    for context in contexts:
        assert any(" ".join(bare(context).split()) in text for text in said), context


def test_nothing_later_than_the_day_is_shown(notesense: Terminal) -> None:
    for piece in evidence(json.loads(notesense("brief", sample.ACCOUNT, "--as-of", "2026-02-28", "-f", "json").out)):
        assert NOTES[piece["note_id"]]["date"] <= "2026-02-28"


def test_a_second_run_begins_anew_and_a_strange_folder_is_left_alone(
    notesense: Terminal, demo_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("precious")
    answer = notesense("demo", "--home", str(tmp_path))
    assert (answer.code, "is not empty" in answer.err) == (1, True)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    assert (demo_home / ".notesense-demo").exists()
