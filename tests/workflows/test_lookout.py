"""A watched folder: files are taken once they are whole, bad ones tried again when they change."""

import os
from pathlib import Path

import pytest

from notesense.core.import_results import Imported
from notesense.errors import InputError
from notesense.workflows.lookout import Lookout, keep_looking


class Folder:
    """A folder, and what was taken of it. Each `write` is at a later moment."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.took: list[tuple[str, str]] = []
        self.moment = 1_000
        self.away = False
        self.lookout = Lookout(path, self.take, self.files)

    def take(self, path: Path) -> Imported:
        words = path.read_text()
        self.took.append((path.name, words))
        if "bad" in words:
            raise InputError(f"{path.name} is bad.", "Mend it.")
        return Imported(added=1)

    def files(self) -> list[Path]:
        if self.away:
            raise FileNotFoundError(2, "gone")
        return sorted(self.path.iterdir())

    def write(self, name: str, words: str) -> None:
        (self.path / name).write_text(words)
        self.moment += 1
        os.utime(self.path / name, (self.moment, self.moment))

    def look(self) -> list[tuple[str, str]]:
        return [(one.path.name, one.error) for one in self.lookout.look()]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_file_is_taken_once_when_it_stays_as_it_is(folder: Folder) -> None:
    folder.write("a.txt", "It le")
    assert folder.look() == []
    assert [path.name for path in folder.lookout.waiting] == ["a.txt"]
    folder.write("a.txt", "It leaks.")
    assert folder.look() == []
    assert folder.look() == [("a.txt", "")]
    assert folder.took == [("a.txt", "It leaks.")]
    assert (folder.look(), folder.lookout.waiting) == ([], ())
    folder.write("a.txt", "It leaks again.")
    folder.look()
    assert folder.look() == [("a.txt", "")]


def test_a_bad_file_costs_no_other_and_is_tried_again_only_when_it_changes(folder: Folder) -> None:
    folder.write("a.txt", "bad")
    folder.write("b.txt", "good")
    folder.look()
    assert folder.look() == [("a.txt", "a.txt is bad. Mend it."), ("b.txt", "")]
    assert folder.look() == []
    folder.write("a.txt", "mended")
    folder.look()
    assert folder.look() == [("a.txt", "")]


def test_a_file_that_grows_while_it_is_taken_is_taken_again(folder: Folder) -> None:
    take = folder.lookout._take

    def growing(path: Path) -> Imported:
        done = take(path)
        if len(folder.took) == 1:
            folder.write("a.txt", "whole")
        return done

    folder.lookout._take = growing
    folder.write("a.txt", "half")
    for _ in range(4):
        folder.look()
    assert [words for _, words in folder.took] == ["half", "whole"]


def test_a_folder_that_is_away_and_files_that_go_end_nothing(folder: Folder) -> None:
    folder.write("a.txt", "one")
    folder.look()
    folder.away = True
    assert folder.look() == []
    folder.away = False
    (folder.path / "gone.txt").symlink_to(folder.path / "nowhere")
    folder.look()
    assert folder.look() == [("a.txt", "")]


def test_once_takes_what_is_complete_and_ends(folder: Folder) -> None:
    folder.write("a.txt", "one")
    folder.write("b.txt", "two")
    naps: list[int] = []

    def sleep() -> None:
        naps.append(1)
        folder.write("b.txt", "two and more")

    taken = list(keep_looking(folder.lookout, sleep, once=True))
    assert [one.path.name for one in taken] == ["a.txt"]
    assert len(naps) == 1
    assert [path.name for path in folder.lookout.waiting] == ["b.txt"]


def test_looking_goes_on_until_it_is_ended(folder: Folder) -> None:
    naps: list[int] = []

    def sleep() -> None:
        naps.append(1)
        if len(naps) == 4:
            raise KeyboardInterrupt
        if len(naps) == 2:
            folder.write("a.txt", "one")

    looking = keep_looking(folder.lookout, sleep)
    assert next(looking).path.name == "a.txt"
    with pytest.raises(KeyboardInterrupt):
        next(looking)
