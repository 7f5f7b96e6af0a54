"""Bad input: one message with the value and the fix, the documented exit code, nothing lost, nothing half-written."""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from terminal import Terminal

NOTE = "Marta says the pumps leak again. Ben sends seals by Friday."
HARLOW = ("--account", "Harlow")


def one_message(err: str) -> None:
    lines = [line for line in err.splitlines() if line.strip()]
    assert 1 <= len(lines) <= 4, err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "keys", "code", "told"),
    [
        (["add", "   ", *HARLOW], b"", 1, "The text is empty"),
        (["add", "", *HARLOW], b"", 1, "The text is empty"),
        (["add", *HARLOW], b"", 1, "Standard input is empty"),
        (["add", "-", *HARLOW], b" \n\t\n", 1, "Standard input is empty"),
        (["add", "-", *HARLOW], b"PK\x03\x04\x00\x00", 1, "broken off: its end is missing"),
        (["add", "-", *HARLOW], "Grüße".encode()[:-2], 1, "breaks off in the middle of a character"),
        (["add", "-", *HARLOW, "--encoding", "cp932"], b"caf\xe9", 1, "not CP932 text: byte 0xe9 at position 3"),
        (["add", "-", *HARLOW, "--encoding", "windws-1252"], b"caf\xe9", 2, "Near it: windows-1252"),
        (["add", "missing.txt", *HARLOW], b"", 1, "There is no file missing.txt"),
        (["add", "word", *HARLOW], b"", 1, "There is no file word"),
        (["add", "/dev/null/x", *HARLOW], b"", 1, "There is no file"),
        (["import", "missing"], b"", 1, "Cannot read missing"),
        (["add", NOTE], b"", 1, "whose note this is stands nowhere"),
        (["add", NOTE, *HARLOW, "--date", "2026-02-30"], b"", 2, '"2026-02-30" is no day'),
        (["add", NOTE, *HARLOW, "--date", "2999-01-01"], b"", 1, "2999-01-01 lies in the future"),
        (["add", NOTE, *HARLOW, "--channel", "pigeon"], b"", 2, "pigeon"),
        (["add", NOTE, "--account", "a\x1b[2J"], b"", 1, "cannot be an account's name"),
        (["add", NOTE, *HARLOW, "--engine", "oracle"], b"", 1, 'no engine called "oracle"'),
        (["brief", "Nobody"], b"", 1, 'No account is called "Nobody"'),
        (["brief", "h", "--minutes", "0"], b"", 1, 'No account is called "h"'),
        (["signals", "--kind", "gossip"], b"", 2, "gossip"),
        (["search", " "], b"", 1, "The search is empty"),
        (["search", "x", "--limit", "0"], b"", 2, "limit"),
        (["forget", "Nobody"], b"", 1, 'No account is called "Nobody"'),
        (["frobnicate"], b"", 2, "frobnicate"),
    ],
)
def test_one_message_and_nothing_stored(
    notesense: Terminal, arguments: list[str], keys: bytes, code: int, told: str
) -> None:
    answer = notesense(*arguments, keys=keys)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err.replace("\n", " ")
    assert "\x1b" not in answer.err
    one_message(answer.err)
    assert json.loads(notesense("accounts", "--format", "json").out)["accounts"] == []


def test_an_unknown_or_ambiguous_account_lists_the_candidates(notesense: Terminal) -> None:
    for name in ("Harlow Dairy", "Harlow Instruments"):
        notesense("add", NOTE, "--account", name, "--new-account")
    assert "Harlow Dairy, Harlow Instruments" in notesense("brief", "harlow").err
    assert "Known: Harlow Dairy." in notesense("brief", "Harlow Dary").err
    answer = notesense("add", "More of it leaks.", "--account", "Harlow Dary")
    assert answer.code == 1
    assert "come near: Harlow Dairy" in answer.err
    assert "--new-account" in answer.err


def test_minutes_and_meeting_days_have_bounds(notesense: Terminal) -> None:
    notesense("add", NOTE, *HARLOW)
    for minutes in ("0", "481", "-5"):
        answer = notesense("agenda", "harlow", "--minutes", minutes)
        assert answer.code == 1
        assert minutes in answer.err
    answer = notesense("brief", "harlow", "--as-of", "2026-03-05", "--meeting", "2026-03-04")
    assert (answer.code, "lies before 2026-03-05" in answer.err) == (1, True)


def test_a_truncated_line_is_told_and_the_rest_is_kept(notesense: Terminal, tmp_path: Path) -> None:
    good = [
        json.dumps({"id": f"n{n}", "account": "Harlow", "date": "2026-01-02", "text": f"leak {n}"}) for n in range(3)
    ]
    path = tmp_path / "notes.jsonl"
    path.write_text(f'{good[0]}\n{good[1][:40]}\n{good[2]}\n{{"text": "whose?"}}\n')
    answer = notesense("import", str(path))
    assert answer.code == 3
    told = " ".join(answer.out.split())
    assert "line 2" in told
    assert "line 4" in told
    hits = json.loads(notesense("search", "leak", "--format", "json").out)["hits"]
    assert {hit["note_id"] for hit in hits} == {"n0", "n2"}


def test_control_characters_never_reach_the_terminal(notesense: Terminal) -> None:
    text = "\x1b]0;owned\x07Marta \x1b[31msays\x1b[0m the pumps leak\u202e again\x9b2J.\nBen\r sends seals by Friday."
    answers = [notesense("add", "-", *HARLOW, keys=text.encode())]
    answers += [
        notesense(*command)
        for command in (["signals"], ["search", "pumps leak"], ["brief", "harlow"], ["agenda", "harlow"])
    ]
    answers += [notesense("brief", "harlow", "--format", form) for form in ("md", "html", "json")]
    for answer in answers:
        assert answer.code == 0, answer.err
        for steering in ("\x1b", "\x07", "\u202e", "\x9b", "\r"):
            assert steering not in answer.out + answer.err
    kept = (
        sqlite3.connect(Path(os.environ["NOTESENSE_HOME"]) / "notes.db").execute("select text from notes").fetchone()[0]
    )
    assert kept == text


@pytest.mark.parametrize("home", ["/proc/notesense", "/dev/null/notesense"])
def test_a_home_that_cannot_be_written_is_told(notesense: Terminal, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("NOTESENSE_HOME", home)
    for command in (["add", NOTE, *HARLOW], ["accounts"], ["demo", "--home", f"{home}/demo"]):
        answer = notesense(*command)
        assert answer.code == 1
        assert home in answer.err
        one_message(answer.err)


def test_a_full_disk_is_told_and_leaves_a_usable_store(notesense: Terminal, home: Path) -> None:
    notesense("add", NOTE, *HARLOW)

    def nearly_full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    text = "\n".join(f"line {n}: the pumps leak" for n in range(700))
    command = [sys.executable, "-m", "notesense", "add", "-", *HARLOW]
    done = subprocess.run(command, input=text.encode(), capture_output=True, preexec_fn=nearly_full, check=False)
    assert done.returncode == 1
    one_message(done.stderr.decode())
    assert json.loads(notesense("accounts", "--format", "json").out)["accounts"][0]["notes"] == 1


def test_a_store_of_a_newer_version_is_left_alone(notesense: Terminal, home: Path) -> None:
    notesense("add", NOTE, *HARLOW)
    database = home / "notes" / "notes.db"
    with sqlite3.connect(database) as connection:
        connection.execute("pragma user_version = 999")
    connection.close()
    before = database.read_bytes()
    answer = notesense("accounts")
    assert answer.code == 1
    assert "newer" in answer.err
    one_message(answer.err)
    assert database.read_bytes() == before


def test_a_file_that_is_no_database_is_told(notesense: Terminal, home: Path) -> None:
    (home / "notes").mkdir()
    (home / "notes" / "notes.db").write_bytes(b"not a database, but a long enough line of text to be one" * 50)
    answer = notesense("accounts")
    assert answer.code == 1
    one_message(answer.err)


def test_an_output_that_cannot_be_written_is_told(notesense: Terminal, tmp_path: Path) -> None:
    notesense("add", NOTE, *HARLOW)
    answer = notesense("brief", "harlow", "--format", "html", "--output", str(tmp_path / "no" / "brief.html"))
    assert answer.code == 1
    one_message(answer.err)
    assert list(tmp_path.iterdir()) == []
