"""`import`, `watch` and `show` as a rep meets them: one line for each bad file, and the rest goes on."""

import io
import json
import os
import time
import zipfile
from pathlib import Path

import pytest

from core.test_likeness import CALL, HEARD
from notesense.cli.pace import Pace
from notesense.readers import walking
from notesense.workflows.pieces import Underway
from terminal import Answer, Terminal


def told(answer: Answer) -> str:
    return " ".join(answer.out.split())


def vtt(text: str) -> str:
    cues = (f"00:00:{at:02d}.000 --> 00:00:{at:02d}.900\n{line}\n" for at, line in enumerate(text.splitlines()))
    return "WEBVTT\n\n" + "\n".join(cues)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    (made / "Harlow").mkdir(parents=True)
    (made / "Harlow" / "2026-03-12 call.vtt").write_text(vtt(CALL))
    (made / "Harlow" / "2026-03-12 call.txt").write_text(HEARD)
    (made / "Harlow" / "2024-05-06-memo.txt").write_text("The pumps leak.")
    return made


def test_bad_files_of_every_kind_cost_a_line_each(
    notesense: Terminal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = folder / "Harlow"
    monkeypatch.setattr(walking, "LARGEST", 4_000_000)
    (bad / "huge.txt").write_bytes(b"a" * 4_000_001)
    (bad / "columns.csv").write_text("id,colour\n1,red\n")
    (bad / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    (bad / "mixed.txt").write_bytes(b"It leaks.\r\nBen sends seals.\rMarta waits.\n")
    (bad / "wrong.pdf").write_text("Marta says the boiler hums.")
    (bad / "empty.txt").write_text(" \n")
    (bad / ".hidden.txt").write_text("never")
    (bad / "report.docx.crdownload").write_text("half a file")
    (bad / "round").symlink_to(folder)
    bomb, outside = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b" " * 3_000_000)
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../a.txt", "never")
        archive.writestr("b.txt", "The valve sticks.")
    (bad / "bomb.zip").write_bytes(bomb.getvalue())
    (bad / "outside.zip").write_bytes(outside.getvalue())
    answer = notesense("import", str(folder), "--format", "json")
    assert answer.code == 3
    result = json.loads(answer.out)
    assert {Path(one["where"]).name: one["reason"].partition(str(bad))[2][:40] for one in result["refused"]} == {
        "huge.txt": "/huge.txt is larger than 3 MB, which is ",
        "columns.csv": "/columns.csv has no column with the words",
        "picture.txt": "/picture.txt is binary, not text: a PNG i"[:40],
        "bomb.zip": "/bomb.zip unpacks to 992 times its size,"[:40],
        "a.txt": "/outside.zip/../a.txt has a name that lea",
    } or {Path(one["where"]).name for one in result["refused"]} == {
        *("huge.txt", "columns.csv", "picture.txt", "bomb.zip", "a.txt")
    }
    assert sorted(one["why"] for one in result["skipped"]) == ["empty", "hidden", "partial"]
    assert (result["added"], len(result["joined"])) == (5, 1)
    answer = notesense("import", str(folder))
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    assert "Passed over 1 hidden file, 1 empty file, 1 file still being written" in told(answer) or (
        "1 hidden file" in told(answer) and "1 file still being written" in told(answer)
    )


def test_a_second_run_says_what_it_passed_by(notesense: Terminal, folder: Path) -> None:
    first = notesense("import", str(folder))
    assert first.code == 0
    assert "Joined, the same in another form: 1" in first.out
    again = told(notesense("import", str(folder)))
    assert "Files 3, 3 of them unchanged since they were read" in again
    assert "Already there 3 notes" in again


def test_a_dry_run_says_what_would_be_done_and_makes_nothing(notesense: Terminal, folder: Path) -> None:
    answer = notesense("import", str(folder), "--dry-run")
    assert answer.code == 0
    assert "2 notes would be added, 1 joined with others; nothing was written." in told(answer)
    assert "new · Harlow · 6 May 2024 · memo · memo" in told(answer)
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    assert not (Path(os.environ["NOTESENSE_HOME"]) / "notes.db").exists()
    plan = json.loads(notesense("import", str(folder), "--dry-run", "--format", "json").out)
    assert plan["version"] == 1
    assert [[note["status"] for note in file["notes"]] for file in plan["files"]] == [["added"], ["added"], ["joined"]]
    notesense("import", str(folder))
    assert "read before and unchanged: 1 note" in notesense("import", str(folder), "--dry-run").out


def test_older_notes_can_be_left_out(notesense: Terminal, folder: Path) -> None:
    answer = told(notesense("import", str(folder), "--since", "2025-01-01"))
    assert "Added 1 note" in answer
    assert "1 note from before the day" in answer
    assert notesense("import", str(folder), "--since", "soon").code == 2
    assert notesense("import", str(folder), "--since", "2025-01-01", "--batch").code == 2


def test_a_slack_export_is_read_from_its_archive_with_names(notesense: Terminal, tmp_path: Path) -> None:
    said = [{"type": "message", "user": "U1", "text": "The pumps leak.", "ts": "1773306001.0"}]
    with zipfile.ZipFile(tmp_path / "Slack export.zip", "w") as archive:
        archive.writestr("users.json", json.dumps([{"id": "U1", "real_name": "Marta Ruiz"}]))
        archive.writestr("harlow/2026-03-12.json", json.dumps(said))
    answer = notesense("import", str(tmp_path / "Slack export.zip"), "--account", "Harlow")
    assert answer.code == 0, answer.out
    assert "1 file that completes others" in told(answer)
    hits = json.loads(notesense("search", "pumps", "--format", "json").out)["hits"]
    assert [(hit["speaker"], hit["title"]) for hit in hits] == [("Marta Ruiz", "#harlow")]


def test_a_folder_without_anything_is_told(notesense: Terminal, tmp_path: Path) -> None:
    answer = notesense("import", str(tmp_path))
    assert (answer.code, "No notes in" in answer.err) == (1, True)


def test_a_note_is_shown_with_its_other_forms(notesense: Terminal, folder: Path) -> None:
    notesense("import", str(folder))
    joined = json.loads(notesense("search", "finance director", "--format", "json").out)["hits"][0]["note_id"]
    answer = notesense("show", joined)
    assert HEARD.splitlines()[0] in answer.out
    assert "1. captions, from" in answer.out
    assert CALL.splitlines()[3].partition(": ")[2] in notesense("show", joined, "--form", "1").out
    assert json.loads(notesense("show", joined, "--format", "json").out)["forms"][0]["source"]["form"] == "captions"
    missing = notesense("show", joined, "--form", "2")
    assert (missing.code, "came in 1 other form" in missing.err) == (1, True)
    assert notesense("show", "nothing").code == 1


def settled(folder: Path) -> None:
    """Let the files look as if nobody had written to them for a while."""
    for path in folder.rglob("*"):
        os.utime(path, (1_000, 1_000))


def test_watching_once_takes_what_is_there_line_by_line(notesense: Terminal, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    (folder / "loose.txt").write_text("Nobody's words.")
    answer = notesense("watch", str(folder), "--once", "--interval", "0.05")
    assert answer.code == 3
    lines = [line[6:] for line in answer.out.splitlines()]
    assert lines[0].startswith("Harlow/2024-05-06-memo.txt: 1 note added for Harlow")
    assert lines[2].startswith("Harlow/2026-03-12 call.vtt: joined with ")
    assert "is binary, not text" in lines[3]
    assert "whose note this is stands nowhere" in lines[4]
    again = notesense("watch", str(folder), "--once", "--interval", "0.05")
    assert "1 note already there" in again.out


def test_what_is_half_written_is_left_for_the_next_time(
    notesense: Terminal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = folder / "Harlow" / "b.txt"
    growing.write_text("It le")
    monkeypatch.setattr(time, "sleep", lambda seconds: growing.write_text("It leaks."))
    answer = notesense("watch", str(folder), "--once")
    assert "b.txt: still being written, left for the next time" in answer.err
    assert "b.txt" not in answer.out


def test_ctrl_c_ends_watching(notesense: Terminal, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", stop)
    answer = notesense("watch", str(folder))
    assert answer.code == 130
    assert "Watching" in answer.err
    assert notesense("watch", str(folder / "missing")).code == 1


def test_the_pace_tells_files_notes_rate_and_time_left() -> None:
    pace = Pace("Importing", lambda: "US$0.10", clock=lambda: 0.0)
    line = pace.line(Underway(files=120, of_files=5_000, notes=340, share=0.1), 60.0)
    assert line == "Importing: 120 of 5,000 files, 340 notes, 5.7/s, 9 min left, US$0.10"
    assert pace.line(Underway(files=0, of_files=1, notes=1, share=0.0), 0.1) == (
        "Importing: 0 of 1 file, 1 note, 10/s, US$0.10"
    )


def test_the_pace_is_told_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 1.0, 20.0])
    pace = Pace("Importing", clock=lambda: next(clock))
    for notes in (1, 40):
        pace(Underway(files=1, of_files=2, notes=notes, share=0.5))
    pace.clear()
    assert capsys.readouterr().err == "Importing: 1 of 2 files, 40 notes, 2.0/s, 20 s left\n"


def test_show_says_which_words_are_nobodys_own(notesense: Terminal, tmp_path: Path) -> None:
    call = {"title": "Renewal", "transcript": [{"speaker": {"display_name": "Ida"}, "text": "It leaks."}]}
    call |= {"default_summary": {"markdown_formatted": "They praised us."}, "created_at": "2026-03-12T10:00:00Z"}
    (tmp_path / "fathom.json").write_text(json.dumps({"items": [call | {"recording_id": 7, "url": "x"}]}))
    assert notesense("import", str(tmp_path / "fathom.json"), "--account", "Harlow").code == 0
    notes = json.loads(notesense("search", "leaks", "--format", "json").out)["hits"]
    shown = notesense("show", notes[0]["note_id"]).out
    assert shown.index("Ida: It leaks.") < shown.index("[vendor's summary]") < shown.index("They praised us.")


def test_folders_that_say_what_lies_in_them_are_no_accounts(notesense: Terminal, tmp_path: Path) -> None:
    for name in ("Harlow", "mail", "2026 Q1 calls"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "2026-03-12-note.txt").write_text(f"It leaks at {name}.")
    answer = notesense("import", str(tmp_path / "in"), "--format", "json")
    assert json.loads(answer.out)["accounts"] == ["Harlow"]
    assert len(json.loads(answer.out)["refused"]) == 2


def test_a_channel_of_slack_is_no_account(notesense: Terminal, tmp_path: Path) -> None:
    said = [{"type": "message", "user": "U1", "ts": "1773306000.0001", "text": "It leaks."}]
    with zipfile.ZipFile(tmp_path / "slack.zip", "w") as archive:
        archive.writestr("users.json", json.dumps([{"id": "U1", "profile": {"real_name": "Ida Berg"}}]))
        archive.writestr("harlow-shared/2026-03-12.json", json.dumps(said))
    alone = notesense("import", str(tmp_path / "slack.zip"))
    assert (alone.code, "whose note this is stands nowhere" in told(alone)) == (3, True)
    assert notesense("import", str(tmp_path / "slack.zip"), "--account", "Harlow").code == 0


def test_folders_of_mail_programs_and_public_domains_begin_no_account(notesense: Terminal, tmp_path: Path) -> None:
    place = tmp_path / "in"
    for name in ("Posteingang", "Gesendete Elemente", "Boîte de réception", "Takeout", "yahoo.se", "Harlow Ltd"):
        (place / name).mkdir(parents=True)
        (place / name / "note.txt").write_text(f"The pumps leak, says {name}.")
    answer = notesense("import", str(place), "--format", "json")
    done = json.loads(answer.out)
    assert (answer.code, done["added"], len(done["refused"]), done["new_accounts"]) == (3, 1, 5, ["Harlow Ltd"])


def test_new_accounts_are_told_beside_those_that_were_there(notesense: Terminal, tmp_path: Path) -> None:
    first, second = tmp_path / "in" / "Harlow", tmp_path / "in" / "Bolt"
    first.mkdir(parents=True)
    (first / "a.txt").write_text("The pumps leak.")
    assert "1: Harlow all of them new" in told(notesense("import", str(tmp_path / "in")))
    second.mkdir()
    (first / "b.txt").write_text("The seals leak.")
    (second / "c.txt").write_text("The valves leak.")
    answer = told(notesense("import", str(tmp_path / "in")))
    assert "Accounts 2: Bolt, Harlow New accounts 1: Bolt. Not one? notesense accounts NAME --into OTHER" in answer
    assert json.loads(notesense("import", str(tmp_path / "in"), "-f", "json").out)["new_accounts"] == []


def test_the_same_note_in_two_accounts_is_kept_in_both_and_told(notesense: Terminal, tmp_path: Path) -> None:
    place = tmp_path / "in"
    for account in ("Bolt", "Harlow"):
        (place / account).mkdir(parents=True)
        (place / account / "2026-03-12 call.txt").write_text(HEARD)
        (place / account / "short.txt").write_text("Called, nobody was there.")
    answer = told(notesense("import", str(place)))
    assert "In another account, too: 1" in answer
    done = json.loads(notesense("accounts", "-f", "json").out)
    assert [row["notes"] for row in done["accounts"]] == [2, 2]
    added = told(notesense("add", str(place / "Bolt" / "2026-03-12 call.txt"), "-a", "Northwind"))
    assert "Also in Bolt, as " in added
    assert "Also in Harlow, as " in added


def test_a_day_that_nothing_tells_is_told_wherever_it_counts(notesense: Terminal, tmp_path: Path) -> None:
    place = tmp_path / "in" / "Harlow"
    place.mkdir(parents=True)
    (place / "visit.txt").write_text("The pumps leak, third time this quarter.")
    answer = told(notesense("import", str(tmp_path / "in")))
    assert "Without a day 1 note, dated today" in answer
    assert "visit.txt The day may stand in the file's name" in answer
    assert notesense("add", "Marta: the seals leak, too.", "-a", "Harlow").code == 0
    found = json.loads(notesense("search", "leak", "-f", "json").out)["hits"]
    by_text = {hit["note_id"]: "pumps" in hit["quote"] for hit in found}
    undated, typed = sorted(by_text, key=lambda each: not by_text[each])
    assert "No day was given" in notesense("show", undated).out
    assert "No day was given" not in notesense("show", typed).out
    gaps = json.loads(notesense("brief", "Harlow", "-f", "json").out)["gaps"]
    assert [gap["text"] for gap in gaps if gap["code"] == "undated"] == [
        f"1 note was given without a day and counts as of the day of coming: {undated}."
    ]
    (place / "more.txt").write_text("The valves leak.")
    watched = notesense("watch", str(tmp_path / "in"), "--once", "--interval", "0.05")
    assert "1 note added for Harlow" in watched.out
    assert "no day given, so dated today" in watched.out


def test_rows_that_resemble_each_other_are_notes_of_their_own_and_columns_not_read_are_named(
    notesense: Terminal, tmp_path: Path
) -> None:
    case = "The chiller in hall seven trips every night around two and the night shift restarts it by hand each time."
    more = "Der Kunde sagt seit Wochen dasselbe und niemand hört ihm zu."
    rows = [f"9,Chiller,{case},Norden,2024-03-12,{said},{more}" for said in ("A fuse.", "We cancel.", "Halden offers.")]
    path = tmp_path / "cases.csv"
    path.write_text("\n".join(["Case Number,Subject,Description,Account Name,Date,Comments,Bericht", *rows]))
    answer = notesense("import", str(path))
    assert answer.code == 0
    assert "Added 3 notes" in told(answer)
    assert "Joined" not in answer.out
    assert "cases.csv: text in the column “Bericht” was not read" in told(answer)
    assert "We cancel" in notesense("search", "cancel").out


def test_a_file_that_was_edited_is_told_with_what_it_said_before(notesense: Terminal, tmp_path: Path) -> None:
    place = tmp_path / "in" / "Harlow"
    place.mkdir(parents=True)
    file = place / "2026-03-02 visit.txt"
    file.write_text("The pumps leak. I send seals by 12 March.")
    assert notesense("import", str(tmp_path / "in")).code == 0
    (first,) = json.loads(notesense("search", "seals", "-f", "json").out)["hits"][:1]
    file.write_text("The pumps leak. I send seals by 10 March.")
    answer = told(notesense("import", str(file), "-a", "Harlow"))
    assert "Changed since they were read: 1 file" in answer
    assert f"what it said before is {first['note_id']}" in answer
    file.write_text("The pumps leak. I send seals by 9 March.")
    watched = notesense("watch", str(tmp_path / "in"), "--once", "--interval", "0.05")
    assert f"what it said before is {first['note_id']} and " in watched.out
    notesense("import", str(tmp_path / "in"))
    assert "Changed" not in notesense("import", str(tmp_path / "in")).out


def packed(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def test_folders_for_customers_and_for_times_hold_those_of_accounts(notesense: Terminal, tmp_path: Path) -> None:
    files = {
        "Customers/Harlow/a.txt": "The pumps leak.",
        "Kunden/2026/Bolt/calls/b.txt": "The seals leak.",
        "2025/Q1/Arden Mills/c.txt": "The valves leak.",
        "Client 12/g.txt": "The doors jam.",
        "Clients/d.txt": "Nobody said whose this is.",
        "mail/Dunmore/e.txt": "Nor this.",
    }
    for name, text in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(text)
    done = json.loads(notesense("import", str(tmp_path / "in"), "-f", "json").out)
    assert done["accounts"] == ["Arden Mills", "Bolt", "Client 12", "Harlow"]
    assert {Path(one["where"]).name for one in done["refused"]} == {"d.txt", "e.txt"}
    archive = tmp_path / "old.zip"
    archive.write_bytes(packed({f"Customers/{name}": f"{text} Again." for name, text in files.items()}))
    done = json.loads(notesense("import", str(archive), "-f", "json").out)
    assert done["accounts"] == ["Arden Mills", "Bolt", "Client 12", "Harlow"]


def test_an_archive_in_a_watched_folder_is_read_as_one_that_is_imported(notesense: Terminal, tmp_path: Path) -> None:
    place = tmp_path / "in"
    place.mkdir()
    files = {"Harlow/a.txt": "The pumps leak.", "Bolt/b.txt": "The seals leak.", "Bolt/c.bin": "\0", "d.txt": "Whose?"}
    (place / "old.zip").write_bytes(packed(files))
    watched = notesense("watch", str(place), "--once", "--interval", "0.05")
    first, second = watched.out.splitlines()
    assert "old.zip: 2 notes added for Bolt and Harlow, " in first
    assert "not taken: c.bin: " in first
    assert "not taken: d.txt: whose note this is stands nowhere" in second
