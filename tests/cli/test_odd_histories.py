"""Histories as they come: notes of one day, out of order, back-dated; a day before the first note; people at odds."""

import json
from pathlib import Path

import pytest

from terminal import Terminal

DAY = ("--as-of", "2026-06-01")
PROMISE = {"kind": "commitment", "quote": "We send the parts by 2026-05-20", "attributes": {"owner": "us"}}
PROMISE["attributes"]["due"] = "2026-05-20"  # type: ignore[index]
STAYS = {
    "kind": "leadership_change",
    "quote": "Ines Roth stays on as buyer",
    "attributes": {"person": "Ines Roth", "role": "buyer", "change": "role_change", "certainty": "effective"},
}
GOES = {
    "kind": "leadership_change",
    "quote": "Ines Roth leaves us",
    "attributes": {"person": "Ines Roth", "change": "left", "certainty": "announced"},
}


def line(name: str, date: str, text: str, *signals: dict[str, object], channel: str = "call") -> dict[str, object]:
    return {"id": name, "account": "Harlow", "date": date, "channel": channel, "text": text, "signals": list(signals)}


LINES = [
    line("n1", "2026-05-04", "We send the parts by 2026-05-20.", PROMISE),
    line("n2", "2026-05-25", "Ines Roth stays on as buyer.", STAYS),
    line("n3", "2026-05-25", "Ines Roth leaves us.", GOES, channel="email"),
]


def keep(notesense: Terminal, file: Path, lines: list[dict[str, object]]) -> None:
    file.write_text("".join(json.dumps(one) + "\n" for one in lines))
    answer = notesense("import", str(file), "--keep-signals", "--new-account")
    assert answer.code == 0, answer.err


def brief(notesense: Terminal, *more: str) -> dict[str, object]:
    answer = notesense("brief", "harlow", *more, "-f", "json")
    assert answer.code == 0, answer.err
    made: dict[str, object] = json.loads(answer.out)
    return made


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 0, 2)])
def test_the_order_in_which_notes_come_changes_nothing(
    notesense: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[int, ...]
) -> None:
    keep(notesense, tmp_path / "notes.jsonl", LINES)
    told = brief(notesense, *DAY)
    monkeypatch.setenv("NOTESENSE_HOME", str(tmp_path / "other"))
    for at in order:
        keep(notesense, tmp_path / f"{at}.jsonl", [LINES[at]])
    assert brief(notesense, *DAY) == told


def test_notes_of_one_day_are_one_contact_and_all_are_kept(notesense: Terminal, tmp_path: Path) -> None:
    keep(notesense, tmp_path / "notes.jsonl", LINES)
    made = brief(notesense, *DAY)
    assert made["notes"] == 3
    assert (made["contact"]["days"], made["contact"]["channel_mix"]) == (  # type: ignore[index]
        ["2026-05-04", "2026-05-25"],
        {"call": 2, "email": 1},
    )


def test_people_at_odds_on_one_day_are_shown_with_both_words(notesense: Terminal, tmp_path: Path) -> None:
    keep(notesense, tmp_path / "notes.jsonl", LINES)
    (person,) = brief(notesense, *DAY)["people"]  # type: ignore[misc]
    assert (person["quote"], [one["quote"] for one in person["contradicted_by"]]) == (
        "Ines Roth stays on as buyer",
        ["Ines Roth leaves us"],
    )
    text = notesense("brief", "harlow", *DAY).out
    assert text.index("Told otherwise") < text.index("“Ines Roth leaves us”", text.index("Told otherwise"))


def test_a_back_dated_note_counts_from_its_own_day_on(notesense: Terminal, tmp_path: Path) -> None:
    keep(notesense, tmp_path / "notes.jsonl", LINES[1:])
    assert brief(notesense, *DAY)["promises"] == []
    keep(notesense, tmp_path / "late.jsonl", LINES[:1])
    (promise,) = brief(notesense, *DAY)["promises"]  # type: ignore[misc]
    assert (promise["status"], promise["made"]) == ("overdue", "2026-05-04")
    (before,) = brief(notesense, "--as-of", "2026-05-19")["promises"]  # type: ignore[misc]
    assert before["status"] == "open"


def test_a_day_before_the_first_note_knows_nothing_and_says_since_when_there_are_notes(
    notesense: Terminal, tmp_path: Path
) -> None:
    keep(notesense, tmp_path / "notes.jsonl", LINES)
    answer = notesense("brief", "harlow", "--as-of", "2026-05-03")
    assert (answer.code, "There is no note up to 3 May 2026." in answer.out) == (0, True)
    assert "from 0 notes" in answer.out
    assert "Parts" not in answer.out
    assert "The first note of Harlow is of 2026-05-04." in answer.err
    assert "The first note" in notesense("agenda", "harlow", "--as-of", "2026-05-03").err
    assert "The first note" not in notesense("brief", "harlow", *DAY).err


def test_two_notes_with_one_id_or_the_same_words_are_told_apart(notesense: Terminal, tmp_path: Path) -> None:
    keep(notesense, tmp_path / "notes.jsonl", LINES)
    same = line("n9", "2026-05-04", "We send the parts by 2026-05-20.", PROMISE)
    other = line("n1", "2026-05-04", "Other words.")
    (tmp_path / "more.jsonl").write_text("".join(json.dumps(one) + "\n" for one in (same, other)))
    answer = notesense("import", str(tmp_path / "more.jsonl"), "--keep-signals")
    assert answer.code == 3
    assert 'the id "n1" is another note of Harlow, 2026-05-04.' in " ".join(answer.out.split())
    assert brief(notesense, *DAY)["notes"] == 3
