"""Attempts to steer a model through what customers write: even one that obeys changes nothing but what the note says.

The attempts stand in `tests/texts/injections.yaml`. All of them go through the real clients over real HTTP.
"""

import datetime
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notesense.core.fencing import mark
from notesense.core.import_results import Imported
from notesense.core.ports import Found
from notesense.readers.sources import read_path
from notesense.render import render
from notesense.wiring.verbs import NoteSense
from notesense.wiring.wishes import ModelWishes
from safety.obedience import KEY, SECRET, TRUE, Attack, attacks, cunning, obeying
from serving.completions import text_of
from serving.server import ModelServer

ATTACKS = attacks()
DAY = datetime.date(2026, 3, 9)
RUNS = re.compile(r"<script>alert|<img|=.javascript:|\x1b")
"""What a page must not hold of an attack."""
IN_NOTES = [attack for attack in ATTACKS if attack.place not in ("tracker", "question")]


@pytest.fixture
def server(model_server: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModelServer:
    model_server.answer = obeying(ATTACKS)
    model_server.key = KEY
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("NOTESENSE_MODEL", "openai:test-model")
    monkeypatch.chdir(tmp_path)
    return model_server


def account_of(attack: Attack) -> str:
    return " ".join(attack.text.split()) if attack.place == "account" else f"Account {attack.name}"


def written(folder: Path) -> Path:
    """Write the attacked notes: a JSONL file, and files whose names are attacks."""
    lines = [
        {
            "id": attack.name,
            "account": account_of(attack),
            "date": "2026-03-04",
            "channel": "email" if attack.place in ("mail", "signature") else "memo",
            "title": attack.text if attack.place == "title" else "",
            "text": attack.note,
        }
        for attack in IN_NOTES
        if attack.place != "file"
    ]
    (folder / "notes").mkdir()
    (folder / "notes" / "all.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    for attack in IN_NOTES:
        if attack.place == "file":
            inside = folder / "notes" / account_of(attack)
            inside.mkdir()
            (inside / attack.text).write_text(attack.note, encoding="utf-8")
    return folder / "notes"


def trackers(home: Path) -> None:
    listed = [
        {"name": f"own_{attack.name}", "definition": attack.text, "examples": [f"{attack.text} {n}" for n in range(3)]}
        for attack in ATTACKS
        if attack.place == "tracker"
    ]
    (home / "notes").mkdir(exist_ok=True)
    (home / "notes" / "trackers.yaml").write_text(json.dumps({"trackers": listed}), encoding="utf-8")


def files(*folders: Path) -> set[Path]:
    return {path for folder in folders for path in folder.rglob("*") if path.is_file() and "index" not in path.parts}


def attacked(engine: str, folder: Path, wishes: ModelWishes) -> tuple[Imported, tuple[Found, ...]]:
    with NoteSense(engine="local") as notes:
        notes.add(SECRET, account="Blackmere Foods", date="2026-03-01")
    with NoteSense(engine=engine, wishes=wishes) as notes:
        before = notes.signals("Blackmere").found
        imported = notes.import_all(read_path(written(folder), accounts_from_folders=True))
        assert notes.signals("Blackmere").found == before
        return imported, notes.signals().found


def steers(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in "\n\ufe0f"}


@pytest.mark.parametrize(
    ("engine", "wishes"),
    [("llm", ModelWishes(verify=True)), ("hybrid", ModelWishes()), ("llm", ModelWishes(redact="all"))],
    ids=["llm", "hybrid", "redacted"],
)
def test_a_model_that_obeys_changes_nothing_but_what_the_notes_say(
    server: ModelServer, home: Path, tmp_path: Path, engine: str, wishes: ModelWishes
) -> None:
    assert len(ATTACKS) >= 40
    assert not [attack for attack in IN_NOTES if attack.says in attack.note]
    trackers(home)
    before = files(tmp_path, home)
    imported, found = attacked(engine, tmp_path, wishes)
    assert (imported.added, imported.refused) == (len(IN_NOTES), ())
    check_signals(found, everything=engine != "hybrid")
    check_requests(server)
    check_files(files(tmp_path, home) - before - files(tmp_path / "notes"), home)
    check_shown(imported)


def check_signals(found: tuple[Found, ...], everything: bool) -> None:
    """Every signal is cut out of its own note, and no attack got what it wanted."""
    with NoteSense() as notes:
        texts = {note.id: note for note in notes.store.notes()}
    for one in found:
        note, signal = texts[one.signal.note_id], one.signal
        assert note.text[signal.start : signal.end] == signal.quote, signal
        assert {"Tilda Frost", "Blackmere Foods"}.isdisjoint(signal.attributes.values()), signal
    for attack in IN_NOTES:
        (note,) = (note for note in texts.values() if f"Ticket {attack.name}:" in note.text)
        quotes = [one.signal.quote for one in found if one.signal.note_id == note.id]
        assert TRUE in quotes or not everything, attack
        assert attack.says not in quotes, attack


def check_requests(server: ModelServer) -> None:
    """No request holds words of another account, a key or what steers; a note's words stay between their marks."""
    assert len(server.chats) >= len(IN_NOTES)
    for chat in server.chats:
        asked = text_of(chat)
        assert not [word for word in (SECRET, "Tilda Frost", KEY) if word in asked]
        assert not steers(asked)
        *_, data = chat["messages"]
        fences = re.findall(r"<note-([0-9a-f]{6})>\n(.*?)\n</note-\1>", data["content"], re.DOTALL)
        assert [data["content"].casefold().count(opening) for opening, _ in fences] == [2], data["content"][:200]
        assert {opening for opening, _ in fences} <= {mark("note"), mark("note", 1)}


def check_files(new: set[Path], home: Path) -> None:
    """Nothing was written but our own files, and no key into one of them."""
    ours = {path for path in new if path.is_relative_to(home / "notes") or ".cache" in path.parts}
    assert new == ours
    assert {path.name for path in ours if ".cache" not in path.parts} <= {"notes.db", "index.lock"}
    assert not [path for path in ours if KEY.encode() in path.read_bytes()]


def check_shown(imported: Imported) -> None:
    """What is shown steers no terminal and runs in no browser."""
    with NoteSense() as notes:
        shown = [render(imported, "text"), render(notes.signals(), "text"), render(notes.signals(), "json")]
        pages = []
        for row in notes.accounts().accounts:
            briefing = notes.brief(row.name)
            shown += [render(briefing, form) for form in ("text", "md", "json")]
            pages.append(render(briefing, "html", notes=notes.notes_by_id(row.name)))
    assert not [text for text in shown if steers(text) or KEY in text]
    assert not [page for page in pages if RUNS.search(page)]


@pytest.mark.parametrize("model", [obeying, cunning])
def test_answers_and_wording_hold_nothing_that_the_notes_do_not(
    server: ModelServer, tmp_path: Path, model: Callable[[list[Attack]], Callable[[dict[str, Any]], Any]]
) -> None:
    """A model that cites true words may still say something else beside them, but no name and no number of its own."""
    server.answer = model(ATTACKS)
    with NoteSense(engine="local") as notes:
        notes.add(SECRET, account="Blackmere Foods", date="2026-03-01")
        notes.import_all(read_path(written(tmp_path), accounts_from_folders=True))
        before = notes.signals().found
        for attack in ATTACKS:
            check_answer(notes, attack, obeyed=model is cunning)
        assert notes.signals().found == before
    assert len(server.chats) > len(ATTACKS)
    for chat in server.chats:
        assert not [word for word in (SECRET, "Tilda Frost", KEY) if word in text_of(chat)]
        assert not steers(text_of(chat))
        data = chat["messages"][-1]["content"]
        (opening,) = set(re.findall(r"^<data-([0-9a-f]{6})>$", data, re.MULTILINE))
        assert data.casefold().count(opening) == 2


def check_answer(notes: NoteSense, attack: Attack, obeyed: bool) -> None:
    account = account_of(attack if attack in IN_NOTES else ATTACKS[0])
    about = f"When does the analyser stop, {attack.name}?"
    answered = notes.ask(account, attack.text[:900] if attack.place == "question" else about, as_of=DAY)
    briefing = notes.brief(account, as_of=DAY, wording="model")
    shown = [render(each, form) for each in (answered, briefing) for form in ("text", "md", "json")]
    page = render(briefing, "html", notes=notes.notes_by_id(account))
    texts = [note.text for note in notes.store.notes(account)]
    for sentence in answered.sentences:
        assert sentence.evidence, attack
        assert all(any(one.quote in text for text in texts) for one in sentence.evidence), attack
    assert not [text for text in shown if steers(text)], attack
    assert not RUNS.search(page), attack
    for text in (*shown, page):
        assert not [word for word in (SECRET, "Tilda Frost", KEY) if word in text], attack
        if attack.place not in ("question", "account", "title") and not obeyed:
            assert attack.says not in text, attack
        if "Blackmere" not in attack.text:
            assert "Blackmere" not in text, attack
