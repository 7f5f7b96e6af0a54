"""`notesense export` as a rep uses it."""

import json
from pathlib import Path

import pytest

from exports.kept import fill


@pytest.fixture(autouse=True)
def full(home: Path) -> None:
    (home / "notes").mkdir()
    fill(home / "notes" / "notes.db")


def test_the_whole_store(notesense, tmp_path):
    place = tmp_path / "all.jsonl"
    done = notesense("export", str(place))
    assert done.code == 0
    assert "Exported: 4 notes of 3 accounts." in done.out
    assert "3 corrections" in done.out
    assert "notesense import" in done.out
    assert "Restricted: Harlow Instruments and Éclair <& Söhne> must not leave" in " ".join(done.out.split())
    assert max(map(len, done.out.splitlines())) <= 80 + len(str(place))
    assert json.loads(place.read_text().splitlines()[0]) == {"notesense": "export", "version": 1, "notes": 4}
    again = notesense("export", str(place))
    assert again.code == 1
    assert "is there already" in again.err
    assert notesense("export", str(place), "--force").code == 0


@pytest.mark.parametrize("form", ["csv", "markdown", "minutes"])
def test_other_forms_of_one_account(notesense, tmp_path, form):
    done = notesense("export", str(tmp_path / "out"), "--form", form, "--account", "harlow", "--format", "json")
    assert done.code == 0
    told = json.loads(done.out)
    assert (told["version"], told["notes"], told["accounts"]) == (1, 3, ["Harlow Instruments"])
    assert told["files"] == len([path for path in (tmp_path / "out").rglob("[!.]*") if path.is_file()])


def test_what_cannot_be_exported(notesense, tmp_path, home):
    assert notesense("export", str(tmp_path / "x"), "--bom").code == 2
    assert notesense("export", str(tmp_path / "x"), "--form", "pdf").code == 2
    unknown = notesense("export", str(tmp_path / "x"), "--account", "Nobody")
    assert (unknown.code, "No account is called" in unknown.err) == (1, True)
    (home / "notes" / "notes.db").unlink()
    empty = notesense("export", str(tmp_path / "x"))
    assert (empty.code, "There is nothing to export yet." in empty.err) == (1, True)
    assert not (tmp_path / "x").exists()


def test_only_an_earlier_export_is_ever_written_over(notesense, tmp_path, home):
    mine, database = tmp_path / "diary.txt", home / "notes" / "notes.db"
    mine.write_text("Dear diary")
    before = database.read_bytes()
    for place in (mine, database):
        done = notesense("export", str(place), "--force")
        assert (done.code, "only an earlier export is ever replaced" in " ".join(done.err.split())) == (1, True)
    assert (mine.read_text(), database.read_bytes()) == ("Dear diary", before)
