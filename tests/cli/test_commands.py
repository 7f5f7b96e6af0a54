"""The commands as a user types them: what is kept, what is answered, in text and in JSON."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from notesense.core.vocabulary import Kind
from terminal import Terminal

NOTE = "Call with Marta Ruiz.\nThe dosing pumps on line four leak again.\nBen (us): I will send the seals by Friday."
HARLOW = ("--account", "Harlow")
SIGNAL_KEYS = {"kind", "quote", "start", "end", "speaker", "certainty", "confidence", "attributes"}


def test_text_comes_from_argument_file_folder_and_stdin(notesense: Terminal, tmp_path: Path) -> None:
    (tmp_path / "2026-03-01-visit.md").write_text("Visit. They want the certificates by April.")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.txt").write_text("A first note.")
    (tmp_path / "more" / "b.txt").write_text("A second note.")
    assert notesense("add", NOTE, *HARLOW).code == 0
    assert notesense("add", str(tmp_path / "2026-03-01-visit.md"), *HARLOW).code == 0
    assert notesense("add", str(tmp_path / "more"), *HARLOW).code == 0
    assert notesense("add", *HARLOW, keys=b"From standard input.\r\n").code == 0
    (row,) = json.loads(notesense("accounts", "-f", "json").out)["accounts"]
    assert (row["name"], row["notes"], row["first_note"]) == ("Harlow", 5, "2026-03-01")


def test_on_a_terminal_the_editor_opens(notesense: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "Marta wants the seals by Friday." > "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setattr("notesense.cli.paste._typed_at", lambda stream: True)
    answer = notesense("add", *HARLOW)
    assert answer.code == 0, answer.err
    monkeypatch.setenv("EDITOR", "true")
    assert "No note was written" in notesense("add", *HARLOW).err
    monkeypatch.setenv("EDITOR", "no-such-editor")
    answer = notesense("add", *HARLOW)
    assert (answer.code, "Set EDITOR" in answer.err) == (1, True)


def test_add_tells_what_it_found_with_quote_and_line(notesense: Terminal) -> None:
    answer = notesense("add", NOTE, *HARLOW, "--date", "2026-03-04", "-f", "json")
    (kept,) = json.loads(answer.out)["kept"]
    assert kept["status"] == "added"
    for found in kept["signals"]:
        assert NOTE[found["start"] : found["end"]] == found["quote"]
        assert Kind(found["kind"])
    text = notesense("add", "Lunch was fine.\nI will send you the new seals by Friday.", *HARLOW).out
    assert "line 2" in text
    assert "new seals" in text


def test_the_same_note_twice_is_known(notesense: Terminal) -> None:
    first = json.loads(notesense("add", NOTE, *HARLOW, "-f", "json").out)["kept"][0]
    again = json.loads(notesense("add", NOTE, *HARLOW, "-f", "json").out)["kept"][0]
    assert (again["status"], again["note"]["id"]) == ("known", first["note"]["id"])


def test_extract_stores_nothing_and_answers_line_by_line(notesense: Terminal, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text("".join(json.dumps({"id": f"n{n}", "text": f"{NOTE} {n}"}) + "\n" for n in range(3)))
    answer = notesense("extract", str(path), "--engine", "local", "--format", "jsonl")
    lines = [json.loads(line) for line in answer.out.splitlines()]
    assert [line["id"] for line in lines] == ["n0", "n1", "n2"]
    for line in lines:
        assert {"id", "signals", "rejected", "engine", "usage"} <= line.keys()
        assert all(found.keys() == SIGNAL_KEYS for found in line["signals"])
    assert json.loads(notesense("extract", NOTE, "-f", "json").out)["version"] == 1
    assert notesense("extract", NOTE).code == 0
    assert not (home / "notes" / "notes.db").exists()


def test_extract_reads_what_it_can_and_says_what_it_cannot(notesense: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"id": "a", "text": "It leaks."}\n{"id": "b", "te')
    answer = notesense("extract", str(path), "-f", "jsonl")
    assert (answer.code, len(answer.out.splitlines())) == (3, 1)
    assert "line 2" in answer.err


def test_labels_become_signals_and_keep_their_ids(notesense: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    label = {"kind": "pain_point", "quote": "pumps on line four leak", "attributes": {"area": "product"}}
    path.write_text(
        json.dumps({"id": "n1", "account": "Harlow", "date": "2026-03-04", "text": NOTE, "signals": [label]})
    )
    assert notesense("import", str(path), "--keep-signals").code == 0
    (found,) = json.loads(notesense("signals", "harlow", "-f", "json").out)["signals"]
    assert (found["note_id"], found["quote"], found["attributes"]) == ("n1", label["quote"], {"area": "product"})
    assert notesense("signals", "--kind", "praise", "-f", "json").out.count("quote") == 0
    assert "1" in notesense("import", str(path), "--keep-signals").out


def test_search_finds_by_meaning_and_by_part_number(notesense: Terminal) -> None:
    notesense("add", "Lunch was fine. Control board AX-4410/B failed during the night shift.", *HARLOW)
    for query in ("AX-4410/B", "electronics broke down"):
        (hit, *_) = json.loads(notesense("search", query, "-a", "harl", "-f", "json").out)["hits"]
        assert "AX-4410/B" in hit["quote"]


def test_who_will_be_there_is_told_with_the_items(notesense: Terminal, tmp_path: Path) -> None:
    line = {
        "id": "n1",
        "account": "Thin",
        "date": "2026-09-01",
        "channel": "call",
        "text": "Bo Lind sends the drawings. Al Roe plans a second line.",
        "signals": [
            {
                "kind": "commitment",
                "quote": "Bo Lind sends the drawings",
                "attributes": {"owner": "customer", "person": "Bo Lind"},
            },
            {"kind": "opportunity", "quote": "Al Roe plans a second line", "attributes": {}},
            {
                "kind": "leadership_change",
                "quote": "Al Roe plans",
                "attributes": {"change": "joined", "person": "Al Roe"},
            },
        ],
    }
    path = tmp_path / "thin.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    notesense("import", str(path), "--keep-signals")
    told = notesense("agenda", "thin", "--as-of", "2026-09-05", "--with", "Bo Lind, ", "--format", "md").out
    assert "(for Bo Lind)" in told
    assert "(needs Al Roe, who is not there: ask through Bo Lind)" in told


def test_agenda_fits_the_minutes_and_a_thin_account_says_so(notesense: Terminal) -> None:
    notesense("add", "Met Ines at the fair.", "--account", "Thin")
    agenda = json.loads(notesense("agenda", "thin", "--minutes", "10", "-f", "json").out)
    planned = agenda.get("agenda", agenda)
    assert sum(item["minutes"] for item in planned["items"]) <= 10
    assert planned["thin"]
    assert planned["unknowns"]


def test_output_goes_to_a_file_that_only_the_owner_reads(notesense: Terminal, tmp_path: Path) -> None:
    notesense("add", NOTE, *HARLOW)
    page = tmp_path / "brief.html"
    answer = notesense("brief", "harlow", "-f", "html", "-o", str(page))
    assert (answer.code, answer.out) == (0, "")
    assert page.stat().st_mode & 0o777 == 0o600
    assert page.read_text(encoding="utf-8").startswith("<!")


def test_forget_needs_a_yes_and_leaves_nothing(notesense: Terminal, home: Path) -> None:
    notesense("add", "Secret Quixotic pumps leak.", *HARLOW)
    assert notesense("forget", "harlow").code == 2
    assert notesense("forget", "harlow", "--yes").code == 0
    assert json.loads(notesense("accounts", "-f", "json").out)["accounts"] == []
    assert not any(b"Quixotic" in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_lost_index_is_filled_again_by_the_next_search(notesense: Terminal, home: Path) -> None:
    import shutil

    notesense("add", NOTE, *HARLOW)
    shutil.rmtree(home / "notes" / "index")
    assert json.loads(notesense("search", "pumps", "-f", "json").out)["hits"][0]["by"] == "both"
    assert notesense("reindex").code == 0


def test_everything_is_readable_by_its_owner_only(notesense: Terminal, home: Path) -> None:
    notesense("add", NOTE, *HARLOW)
    notesense("search", "pumps")
    for path in (home / "notes", *(home / "notes").rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_doctor_finds_all_well_and_says_what_is_not(
    notesense: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert notesense("doctor").code == 0
    notesense("add", NOTE, *HARLOW)
    checks = {c["name"]: c for c in json.loads(notesense("doctor", "-f", "json").out)["checks"]}
    assert {c["state"] for c in checks.values()} == {"ok"}
    assert "notes: 1" in checks["notes"]["detail"]
    monkeypatch.setenv("NOTESENSE_WEIGHTS", str(tmp_path))
    monkeypatch.setenv("NOTESENSE_PLAYBOOK", str(tmp_path / "none.yaml"))
    answer = notesense("doctor", "-f", "json")
    faults = {c["name"] for c in json.loads(answer.out)["checks"] if c["state"] == "fault"}
    assert answer.code == 1
    assert {"embedding weights", "playbook"} <= faults


def test_json_is_versioned_everywhere(notesense: Terminal) -> None:
    notesense("add", NOTE, *HARLOW)
    commands = (
        "signals",
        "search pumps",
        "accounts",
        "brief harlow",
        "agenda harlow",
        "doctor",
        "reindex",
        "forget harlow -y",
    )
    for command in commands:
        answer = notesense(*command.split(), "-f", "json")
        assert next(iter(json.loads(answer.out).items())) == ("version", 1), command


def test_it_runs_as_a_module_and_completes_account_names(notesense: Terminal) -> None:
    from notesense.cli.options import complete_account

    assert complete_account("") == []
    notesense("add", NOTE, *HARLOW)
    assert complete_account("ha") == ["Harlow"]
    done = subprocess.run([sys.executable, "-m", "notesense", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("notesense ")


def test_a_reader_that_stops_early_gets_no_traceback(notesense: Terminal) -> None:
    notesense("add", NOTE, *HARLOW)
    shell = f"{sys.executable} -m notesense brief harlow | head -1"
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "Harlow"
    assert "Traceback" not in done.stderr


def test_a_five_megabyte_note_is_taken_whole(notesense: Terminal, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line over and over: its vector is computed once, so this is about length alone."""
    line = f"- walked through hall seven, {'the racks are painted and ' * 12}nothing else to tell\r\n"
    text = line * (5_000_000 // len(line))
    labelled = home / "long.jsonl"
    labelled.write_text(json.dumps({"id": "long", "account": "Harlow", "date": "2026-03-04", "text": text}))
    assert notesense("import", str(labelled), "--keep-signals").code == 0
    database = sqlite3.connect(home / "notes" / "notes.db")
    assert database.execute("select text from notes").fetchone() == (text,)
    database.close()


def test_an_account_answers_to_its_alias(notesense: Terminal) -> None:
    notesense("add", NOTE, *HARLOW)
    assert notesense("accounts", "harlow", "--alias", "HI Group").code == 0
    assert json.loads(notesense("brief", "hi g", "-f", "json").out)["account"] == "Harlow"
    assert notesense("accounts", "--alias", "HI").code == 2


def test_undated_notes_of_an_import_are_told(notesense: Terminal, tmp_path: Path) -> None:
    (tmp_path / "visit.txt").write_text("They leak.")
    (tmp_path / "2026-01-02-visit.txt").write_text("They leak again.")
    assert json.loads(notesense("import", str(tmp_path), *HARLOW, "-f", "json").out)["undated"] == 1
    (tmp_path / "second.txt").write_text("And again.")
    assert "dated today" in notesense("import", str(tmp_path), *HARLOW).out


@pytest.mark.parametrize(("shell", "code"), [(">&-", 0), ("2>&-", 0), ("> /dev/full", 1), ("<&-", 0)])
def test_closed_and_full_streams_lose_nothing_and_show_no_traceback(notesense: Terminal, shell: str, code: int) -> None:
    command = f"{sys.executable} -m notesense add 'The pumps leak again.' -a Harlow {shell}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert json.loads(notesense("accounts", "-f", "json").out)["accounts"][0]["notes"] == 1


def test_two_commands_at_once_keep_one_note_each(notesense: Terminal) -> None:
    command = [sys.executable, "-m", "notesense", "add", "-a", "Harlow"]
    texts = ["The pumps leak.", "The pumps leak.", "The seals fail.", "The seals fail."]
    running = [subprocess.Popen([*command, text], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for text in texts]
    for process in running:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    assert json.loads(notesense("accounts", "-f", "json").out)["accounts"][0]["notes"] == 2


def test_a_pipe_named_as_output_is_written_and_stays_a_pipe(notesense: Terminal, tmp_path: Path) -> None:
    notesense("add", NOTE, *HARLOW)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    assert notesense("brief", "harlow", "-f", "md", "-o", str(pipe)).code == 0
    out, _ = reader.communicate(timeout=30)
    assert b"# Briefing: Harlow" in out
    assert pipe.is_fifo()


def test_a_note_that_is_dated_today_for_want_of_a_day_says_so(notesense: Terminal) -> None:
    assert "dated today" in notesense("add", NOTE, *HARLOW).out
    assert "dated today" not in notesense("add", NOTE + " More.", *HARLOW, "-d", "2026-03-04").out
    assert "dated today" not in notesense("add", "Date: 2026-03-04\nThey leak.", *HARLOW).out


def test_a_note_with_a_wrong_day_is_forgotten_and_added_again(notesense: Terminal) -> None:
    kept = json.loads(notesense("add", NOTE, *HARLOW, "-f", "json").out)["kept"][0]
    assert notesense("forget", "harlow", "--note", "nothing", "-y").code == 1
    assert notesense("forget", "harlow", "--note", kept["note"]["id"], "-y").code == 0
    assert notesense("add", NOTE, *HARLOW, "-d", "2026-03-04").code == 0
    (row,) = json.loads(notesense("accounts", "-f", "json").out)["accounts"]
    assert (row["notes"], row["last_note"]) == (1, "2026-03-04")


def test_a_day_that_may_be_two_is_told_with_the_fix(notesense: Terminal, tmp_path: Path) -> None:
    (tmp_path / "visit.md").write_text("---\ntitle: Visit\ndate: 04/07/2026\n---\nThe pumps leak.")
    told = '"04/07/2026" may be 4 July or 7 April'
    planned = notesense("import", str(tmp_path), *HARLOW, "--dry-run").out
    assert f"{told}, would be dated today" in " ".join(planned.split())
    as_json = notesense("import", str(tmp_path), *HARLOW, "-f", "json").out
    assert [one["reason"] for one in json.loads(as_json)["unclear_days"]] == [told]
    (tmp_path / "visit.md").write_text("---\ntitle: Visit\ndate: 04/07/2026\n---\nThe pumps leak again.")
    imported = notesense("import", str(tmp_path), *HARLOW)
    assert imported.code == 0
    assert f"visit.md: {told}".replace(" ", "") in "".join(imported.out.split())
    added = " ".join(notesense("add", "Date: 04/07/2026\nThey leak.", *HARLOW).out.split())
    assert f"{told}, so it is dated today; say it with --date." in added
    day = notesense("add", "Date: 04/07/2026\nThey leak and leak.", *HARLOW, "-d", "2026-03-04").out
    assert "may be" not in day
