"""Chroma as an index: locks, damage, generations, privacy, and that no process loses anything."""

import json
import multiprocessing
import os
import random
import shutil
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from notesense.adapters.chroma import index as adapter
from notesense.adapters.chroma import open_index
from notesense.core.index_ports import IndexEntry
from notesense.core.ports import SignalFilter
from notesense.errors import IndexUnusable
from store_samples import day

ANY = SignalFilter()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "index"


def vectors(number: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((number, 16)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def fill(index, number: int = 20, name: str = "n") -> None:
    entries = [
        IndexEntry(note_id=f"{name}{n}", ordinal=0, account="Vanishing", date=day(n), channel="call")
        for n in range(number)
    ]
    index.add(entries, vectors(number))


def filled(folder: Path, number: int = 20) -> str:
    """Fill an index and close it; return its generation."""
    with open_index(folder, "f", 5) as index:
        fill(index, number)
        return index.generation


def the(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def test_what_was_added_is_there_after_closing(folder):
    generation = filled(folder)
    with open_index(folder, "f", 5) as index:
        assert (index.generation, index.count()) == (generation, 20)
        hit = index.query(vectors(20)[7:8], 1, ANY)[0]
        assert hit.note_id == "n7"
        assert hit.similarity == pytest.approx(1.0, abs=1e-5)


def test_another_embedder_begins_an_empty_generation(folder):
    generation = filled(folder)
    with open_index(folder, "other", 5) as index:
        assert index.generation != generation
        assert index.count() == 0
    assert len([each for each in folder.iterdir() if each.is_dir()]) == 1


def test_two_folders_in_one_process_do_not_mix(tmp_path):
    for name, number in (("a", 3), ("b", 5), ("a", 3), ("b", 5)):
        filled(tmp_path / name, number)
    for name, number in (("a", 3), ("b", 5)):
        with open_index(tmp_path / name, "f", 5) as index:
            assert index.count() == number


def test_the_index_belongs_to_its_owner_and_holds_no_names(folder):
    before = os.umask(0)
    try:
        filled(folder)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(each.stat().st_mode) for each in (folder, *folder.rglob("*")) if each.is_dir()} == {0o700}
    files = [each for each in (folder.with_name("index.lock"), *folder.rglob("*")) if each.is_file()]
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert b"anishing" not in b"".join(each.read_bytes() for each in files)


def test_more_than_chroma_takes_at_once(folder, monkeypatch):
    monkeypatch.setattr(adapter, "_CHUNK", 7)
    monkeypatch.setattr(adapter, "_DELETED_AT_ONCE", 3)
    with open_index(folder, "f", 5) as index:
        fill(index, 20)
        assert index.count() == 20
        index.remove([f"n{n}" for n in range(8)])
        assert index.count() == 12


def test_the_chunk_fits_chroma(tmp_path):
    import chromadb

    client = chromadb.PersistentClient(str(tmp_path / "x"))
    assert client.get_max_batch_size() >= adapter._CHUNK
    client.close()


# Damage


def rubbish(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


DAMAGE = {
    "no database": lambda folder: the(folder, "*/chroma.sqlite3").unlink(),
    "empty database": lambda folder: os.truncate(the(folder, "*/chroma.sqlite3"), 0),
    "half a database": lambda folder: os.truncate(the(folder, "*/chroma.sqlite3"), 50_000),
    "rubbish database": lambda folder: rubbish(the(folder, "*/chroma.sqlite3")),
    "no vector folder": lambda folder: shutil.rmtree(the(folder, "*/*/")),
    "no vectors": lambda folder: the(folder, "*/*/data_level0.bin").unlink(),
    "cut vectors": lambda folder: os.truncate(the(folder, "*/*/data_level0.bin"), 100),
    "rubbish vectors": lambda folder: rubbish(the(folder, "*/*/data_level0.bin")),
    "rubbish header": lambda folder: rubbish(the(folder, "*/*/header.bin")),
    "rubbish links": lambda folder: the(folder, "*/*/link_lists.bin").write_bytes(b"\xff" * 999),
    "no seal": lambda folder: the(folder, "*/seal.json").unlink(),
    "rubbish seal": lambda folder: the(folder, "*/seal.json").write_text("[}"),
    "another seal": lambda folder: the(folder, "*/seal.json").write_text("[]"),
    "nothing": lambda folder: shutil.rmtree(folder),
    "two generations": lambda folder: (folder / ("0" * 32)).mkdir(),
    "a stray generation": lambda folder: the(folder, "*/").rename(folder / ("0" * 32)),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An index large enough for Chroma to have written its vector files, to be copied and broken."""
    folder = tmp_path_factory.mktemp("whole") / "index"
    return folder, filled(folder, 1_100)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_begins_anew(folder, whole, damage):
    folder.parent.mkdir()
    shutil.copytree(whole[0], folder)
    DAMAGE[damage](folder)
    with open_index(folder, "f", 5) as index:
        assert index.generation != whole[1]
        assert index.count() == 0
        fill(index)
        assert len(index.query(vectors(1), 5, ANY)) == 5
    with open_index(folder, "f", 5) as index:
        assert index.count() == 20


def test_a_copied_index_is_still_whole(folder, whole):
    folder.parent.mkdir()
    shutil.copytree(whole[0], folder, copy_function=shutil.copyfile)
    with open_index(folder, "f", 5) as index:
        assert (index.generation, index.count()) == (whole[1], 1_100)


class PanicException(BaseException):
    """As pyo3 throws it: no `Exception`."""


@pytest.mark.parametrize("error", [PanicException("rust panicked"), RuntimeError("database disk image is malformed")])
def test_an_index_that_breaks_in_use_begins_anew(folder, monkeypatch, error):
    def breaks(**_options):
        raise error

    with open_index(folder, "f", 5) as index:
        fill(index)
        before = index.generation
        monkeypatch.setattr(index._collection, "query", breaks, raising=False)
        with pytest.raises(IndexUnusable, match="damaged") as told:
            index.query(vectors(1), 5, ANY)
        assert "reindex" in told.value.fix
        assert (index.count(), index.generation == before) == (0, False)


def test_a_full_disk_does_not_cost_the_index(folder, monkeypatch):
    def full(**_options):
        raise RuntimeError("error returned from database: (code: 13) database or disk is full")

    with open_index(folder, "f", 5) as index:
        fill(index)
        monkeypatch.setattr(index._collection, "upsert", full, raising=False)
        with pytest.raises(IndexUnusable, match="full"):
            fill(index)
        assert index.count() == 20


def test_a_stop_passes_through(folder, monkeypatch):
    def stop():
        raise KeyboardInterrupt

    with open_index(folder, "f", 5) as index:
        monkeypatch.setattr(index._collection, "count", stop, raising=False)
        with pytest.raises(KeyboardInterrupt):
            index.count()


@pytest.mark.parametrize("where", ["file/index", "/proc/notesense/index", "file"])
def test_a_place_that_cannot_be_used(tmp_path, where):
    (tmp_path / "file").touch()
    with pytest.raises(IndexUnusable) as error, open_index(tmp_path / where, "f", 1):
        pass
    assert where in error.value.message
    assert error.value.fix


# Several processes


def _hammer(folder: Path, name: str) -> None:
    for number in range(20):
        with open_index(folder, "f", 60) as index:
            entry = IndexEntry(note_id=f"{name}{number}", ordinal=0, account=name, date=day(number), channel="call")
            index.add([entry], vectors(1, number))


def test_two_processes_lose_nothing(folder):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_hammer, args=(folder, name)) for name in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    with open_index(folder, "f", 5) as index:
        assert index.count() == 40
        assert {hit.note_id for hit in index.query(vectors(1), 40, SignalFilter(account="a"))} == {
            f"a{number}" for number in range(20)
        }


def test_the_lock_is_waited_for_and_then_told(folder):
    with open_index(folder, "f", 5):
        began = time.monotonic()
        with pytest.raises(IndexUnusable, match="in use") as error, open_index(folder, "f", 0.2):
            pass
        assert 0.2 <= time.monotonic() - began < 5
    assert "another" in error.value.message
    with open_index(folder, "f", 0.2) as index:
        assert index.count() == 0


def test_a_killed_holder_frees_the_lock(folder):
    code = (
        "import sys, os, pathlib, notesense.adapters.chroma as c\n"
        "with c.open_index(pathlib.Path(sys.argv[1]), 'f', 5): os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code, folder], check=False).returncode == -9
    filled(folder)


# Imports and network


def test_importing_the_adapter_costs_no_chroma():
    code = "import sys, notesense.adapters.chroma; print([n for n in sys.modules if n in ('chromadb', 'numpy')])"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"


def test_nothing_is_looked_up_or_connected(folder, monkeypatch):
    def refuse(*arguments, **_options):
        raise AssertionError(f"network: {arguments}")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    filled(folder)
    assert json.loads(the(folder, "*/seal.json").read_text())


def test_what_else_lies_in_the_folder_is_left_alone(folder):
    folder.mkdir(parents=True)
    (folder / "mine").mkdir()
    (folder / "mine" / "page.html").write_text("precious")
    (folder / "readme.txt").write_text("precious")
    filled(folder)
    with open_index(folder, "another", 5) as index:
        index.reset()
    assert (folder / "mine" / "page.html").read_text() == (folder / "readme.txt").read_text() == "precious"
