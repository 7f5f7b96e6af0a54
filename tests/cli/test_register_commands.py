"""`accounts` with an account: its renewal day, another name, two accounts that are one; and what comes of it."""

import datetime
import json
from pathlib import Path

import pytest

from terminal import Terminal

DAY = ("--as-of", "2026-06-01")


@pytest.fixture
def known(notesense: Terminal, tmp_path: Path) -> Terminal:
    said = (("Harlow", "2026-05-10", "All runs well."), ("Corrie", "2026-05-20", "The pump is late."))
    lines = [{"account": name, "date": day, "channel": "call", "text": text, "signals": []} for name, day, text in said]
    file = tmp_path / "notes.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert notesense("import", str(file), "--keep-signals", "--new-account").code == 0
    return notesense


def accounts(notesense: Terminal, *more: str) -> dict[str, dict[str, object]]:
    answer = notesense("accounts", *more, *DAY, "-f", "json")
    assert answer.code == 0, answer.err
    return {row["name"]: row for row in json.loads(answer.out)["accounts"]}


def test_a_renewal_day_is_used_until_it_is_taken_back(known: Terminal) -> None:
    rows = accounts(known, "harlow", "--renewal", "2026-06-30")
    assert (rows["Harlow"]["renewal"], rows["Harlow"]["days_to_renewal"]) == ("2026-06-30", 29)
    assert list(accounts(known, "--sort", "renewal")) == ["Harlow", "Corrie"]
    assert json.loads(known("brief", "harlow", *DAY, "-f", "json").out)["renewal"] == "2026-06-30"
    given = known("brief", "harlow", *DAY, "--renewal", "2026-07-30", "-f", "json")
    assert json.loads(given.out)["renewal"] == "2026-07-30"
    assert known("agenda", "harlow", *DAY).out != known("agenda", "harlow", *DAY, "--renewal", "2031-01-01").out
    assert accounts(known, "harlow", "--renewal", "none")["Harlow"]["renewal"] is None
    assert json.loads(known("brief", "harlow", *DAY, "-f", "json").out)["renewal"] is None


def test_a_renewal_day_that_has_passed_is_told_plainly(known: Terminal) -> None:
    passed = datetime.date.today() - datetime.timedelta(days=1)
    answer = known("accounts", "harlow", "--renewal", passed.isoformat())
    assert f"The renewal day of Harlow, {passed}, has passed: briefings say so." in answer.err
    assert "the renewal day passed 1 day ago" in answer.out
    for options in ((), ("--renewal", passed.isoformat())):
        text = " ".join(known("brief", "harlow", *options).out.split())
        assert "renewal was on" in text
        assert "has passed: when the contract renews next is not known." in text
    assert "renewal" not in known("agenda", "harlow").out.casefold()


def test_a_renamed_account_keeps_its_notes_and_answers_to_both_names(known: Terminal) -> None:
    answer = known("accounts", "harlow", "--rename", "Harlow Group")
    assert (answer.code, "It is Harlow Group from now on." in answer.err) == (0, True)
    assert known("add", "Harlow: the tubing came.", "-a", "harlow", "--date", "2026-05-12").code == 0
    told = json.loads(known("brief", "HARLOW", *DAY, "-f", "json").out)
    assert (told["account"], told["notes"]) == ("Harlow Group", 2)
    assert "tubing" in known("search", "tubing", "--account", "Harlow Group").out


def test_two_accounts_that_are_one_are_put_together(known: Terminal, tmp_path: Path) -> None:
    (tmp_path / "twice.txt").write_text("All runs well.")
    known("add", str(tmp_path / "twice.txt"), "-a", "Corrie", "--date", "2026-05-10")
    answer = known("accounts", "corrie", "--into", "harlow", "--alias", "CC", "-f", "json")
    told = " ".join(answer.err.split())
    assert "2 notes of Corrie are notes of Harlow now, which answers to both names." in told
    assert "There twice: " in told
    assert 'notesense forget "Harlow" --note ' in told
    (row,) = json.loads(answer.out)["accounts"]
    assert (row["name"], row["aliases"], row["notes"]) == ("Harlow", ["CC", "Corrie"], 3)
    assert json.loads(known("brief", "corrie", *DAY, "-f", "json").out)["account"] == "Harlow"
    assert "pump" in known("search", "pump", "--account", "harlow").out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("harlow", "--rename", "Corrie"), 1, 'To put both together: notesense accounts "Harlow" --into "Corrie"'),
        (("harlow", "--into", "harlow"), 1, "are one account already"),
        (("harlow", "--into", "nobody"), 1, 'No account is called "nobody"'),
        (("harlow", "--renewal", "soon"), 2, "no day of the calendar"),
        (("--renewal", "2026-06-30"), 2, "say whose"),
        (("harlow",), 2, "say whose"),
    ],
)
def test_what_cannot_be_said_of_an_account_is_told(
    known: Terminal, arguments: tuple[str, ...], code: int, message: str
) -> None:
    answer = known("accounts", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert message in " ".join(answer.err.replace("│", " ").split())
