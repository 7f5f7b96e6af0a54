"""Files and folders that appear whole or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from notesense.adapters import private_files
from notesense.errors import InputError, StoreError

PIECES = [("A/1.md", "one"), ("B/2.md", "two"), ("A/1.md", " more"), ("c.csv", "ä")]


def breaking() -> Iterator[tuple[str, str]]:
    yield "A/1.md", "one"
    raise KeyboardInterrupt


def test_a_file_is_its_owners_alone(tmp_path):
    place = tmp_path / "x.jsonl"
    assert private_files.write_file(place, [("", "a"), ("", "é")]) == 3
    assert place.read_text() == "aé"
    assert place.stat().st_mode & 0o777 == 0o600


def test_what_is_interrupted_leaves_what_was_there(tmp_path):
    place, folder = tmp_path / "x.jsonl", tmp_path / "out"
    place.write_text("before")
    private_files.write_folder(folder, [("old.md", "before")])
    with pytest.raises(KeyboardInterrupt):
        private_files.write_file(place, breaking())
    with pytest.raises(KeyboardInterrupt):
        private_files.write_folder(folder, breaking())
    assert (place.read_text(), (folder / "old.md").read_text()) == ("before", "before")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "x.jsonl"]


def test_a_folder_is_written_as_a_whole_and_replaced_as_a_whole(tmp_path):
    folder = tmp_path / "out"
    assert private_files.write_folder(folder, [*PIECES, *((f"{n}.md", "x") for n in range(6))]) == (9, 19)
    assert (folder / "A" / "1.md").read_text() == "one more"
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}
    with pytest.raises(InputError, match="earlier export"):
        private_files.check_folder(folder, force=False)
    private_files.check_folder(folder, force=True)
    private_files.write_folder(folder, [("new.md", "x")])
    assert sorted(path.name for path in folder.iterdir()) == [private_files.LIST, "new.md"]


def test_what_the_user_put_there_is_never_replaced(tmp_path):
    folder = tmp_path / "out"
    private_files.write_folder(folder, PIECES)
    (folder / "A" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match=r"not exported there: A/mine\.txt"):
        private_files.check_folder(folder, force=True)
    (folder / private_files.LIST).unlink()
    with pytest.raises(InputError, match="and 1 more"):
        private_files.check_folder(folder, force=True)


def test_where_nothing_may_be_written(tmp_path):
    (tmp_path / "x").write_text("")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="is a file"):
        private_files.check_folder(tmp_path / "x", force=True)
    with pytest.raises(InputError, match="is there already"):
        private_files.check_file(tmp_path / "x", force=False)
    with pytest.raises(InputError, match="is a folder"):
        private_files.check_file(tmp_path, force=True)
    with pytest.raises(InputError, match="There is no folder"):
        private_files.check_file(tmp_path / "no" / "x", force=False)
    private_files.check_folder(tmp_path / "empty", force=False)
    with pytest.raises(StoreError, match="Cannot write"):
        private_files.write_file(tmp_path / "no" / "x", PIECES)


def test_a_pipe_is_written_into(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert private_files.write_file(Path(pipe), [("", "line")]) == 4
        assert os.read(reader, 10) == b"line"
    finally:
        os.close(reader)
