"""`notes`: an account's notes with their ids, by which they are shown and forgotten."""

import json
from pathlib import Path

import pytest

from terminal import Terminal


@pytest.fixture
def kept(notesense: Terminal, tmp_path: Path) -> Terminal:
    place = tmp_path / "in" / "Harlow"
    place.mkdir(parents=True)
    (place / "2026-03-02-call-about the seals.txt").write_text(
        "The pumps leak, third time this quarter. I send seals by Friday."
    )
    (place / f"2026-03-09-meeting-{'long ' * 20}.txt").write_text("We met in Leeds.")
    (place / "visit.txt").write_text("The valves leak.")
    assert notesense("import", str(tmp_path / "in")).code == 0
    return notesense


def test_notes_are_listed_oldest_first_in_eighty_columns(kept: Terminal) -> None:
    listed = json.loads(kept("notes", "harl", "-f", "json").out)
    assert listed["account"] == "Harlow"
    assert [(one["date"], one["channel"], one["undated"]) for one in listed["notes"][:2]] == [
        ("2026-03-02", "call", False),
        ("2026-03-09", "meeting", False),
    ]
    assert listed["notes"][2]["undated"] is True
    assert listed["notes"][0]["signals"] > 0
    text = kept("notes", "Harlow").out
    assert max(map(len, text.splitlines())) <= 80
    lines = text.splitlines()
    assert [line.split()[0] for line in lines[1:4]] == [one["id"] for one in listed["notes"]]
    assert lines[2].endswith("…")
    assert "* No day was given" in text
    assert kept("show", lines[1].split()[0]).out.count("The pumps leak") == 1


def test_days_bound_the_list_and_restricted_notes_are_marked(kept: Terminal) -> None:
    listed = json.loads(kept("notes", "Harlow", "--since", "2026-03-05", "--until", "2026-03-31", "-f", "json").out)
    (one,) = listed["notes"]
    assert kept("restrict", "Harlow", "--note", one["id"]).code == 0
    assert "restricted" in kept("notes", "Harlow").out
    assert "Harlow has no notes of these days." in kept("notes", "Harlow", "--until", "2020-01-01").out
    assert kept("restrict", "Harlow").code == 0
    assert all(one["restricted"] for one in json.loads(kept("notes", "Harlow", "-f", "json").out)["notes"])
    assert kept("notes", "Nobody").code == 1


def test_a_forgotten_note_is_told_as_one_note(kept: Terminal) -> None:
    first, *others = json.loads(kept("notes", "Harlow", "-f", "json").out)["notes"]
    told = kept("forget", "Harlow", "--note", first["id"], "--yes")
    assert f"Forgotten: the note {first['id']} of Harlow, with {first['signals']} signal" in told.out
    assert [one["id"] for one in json.loads(kept("notes", "Harlow", "-f", "json").out)["notes"]] == [
        one["id"] for one in others
    ]
    assert "Forgotten: Harlow, with 2 notes and " in kept("forget", "Harlow", "--yes").out
