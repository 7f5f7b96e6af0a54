"""ZIP archives: files in them as in folders; what leads out, is locked, dense or broken costs no other file."""

import io
import json
import random
import stat
import unicodedata
import zipfile
from pathlib import Path
from typing import Literal

import pytest

from notesense.errors import InputError
from notesense.readers import packed
from notesense.readers.sources import read_bytes, read_path


def packed_up(*files: tuple[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            archive.writestr(name, text)
    return data.getvalue()


def accounts(tmp_path: Path, *files: tuple[str, str | bytes]) -> list[str | None]:
    path = tmp_path / "notes.zip"
    path.write_bytes(packed_up(*files))
    return [note.account for note in read_path(path, accounts_from_folders=True).notes]


def test_folders_in_an_archive_give_accounts_as_folders_do(tmp_path: Path) -> None:
    files = (("Corrie/b/a.txt", "a"), ("Harlow/a.txt", "b"), ("loose.txt", "c"))
    assert accounts(tmp_path, *files) == ["Corrie", "Harlow", None]
    assert accounts(tmp_path, ("Harlow/a.txt", "a"), ("Harlow/b.txt", "b")) == ["Harlow", "Harlow"]
    assert accounts(tmp_path, ("all.zip", packed_up(*files)), ("x.txt", "x")) == ["Corrie", "Harlow", None, None]
    assert accounts(tmp_path, ("Harlow/all.zip", packed_up(*files)), ("x.txt", "x")) == ["Harlow"] * 3 + [None]
    line = '{"text": "a", "account": "Adler"}'
    assert accounts(tmp_path, ("Harlow/a.jsonl", line), ("Harlow/b.txt", "b")) == ["Adler", "Harlow"]


@pytest.mark.parametrize("letters", ["NFC", "NFD"])
@pytest.mark.parametrize("coding", ["utf-8", "cp437"])
def test_names_that_are_not_marked_as_utf_8_are_told_by_their_letters(
    tmp_path: Path, coding: str, letters: Literal["NFC", "NFD"]
) -> None:
    names = [
        f"{'Sörby Röhr' if coding == 'cp437' else unicodedata.normalize(letters, 'Sörby Röhr')}/{n}.txt" for n in "ab"
    ]
    raw = [name.encode(coding) for name in names]
    stand_ins = [bytes([97 + number]) * len(name) for number, name in enumerate(raw)]
    data = packed_up(*((one.decode(), "It leaks.") for one in stand_ins), ("Lund/c.txt", "c"))
    for one, name in zip(stand_ins, raw, strict=True):
        data = data.replace(one, name)
    path = tmp_path / "made on a Mac.zip"
    path.write_bytes(data)
    assert [note.account for note in read_path(path, accounts_from_folders=True).notes] == [
        "Lund",
        "Sörby Röhr",
        "Sörby Röhr",
    ]


def test_a_folder_of_the_disk_whose_letters_are_apart_gives_the_same_account(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "Sörby")).mkdir()
    (tmp_path / unicodedata.normalize("NFD", "Sörby") / "a.txt").write_text("It leaks.")
    assert [note.account for note in read_path(tmp_path, accounts_from_folders=True).notes] == ["Sörby"]


def test_files_of_an_archive_see_those_beside_them_however_it_is_given(tmp_path: Path) -> None:
    said = [{"type": "message", "user": "U1", "text": "It leaks.", "ts": "1773306001.0"}]
    users = [{"id": "U1", "real_name": "Odine Falk"}]
    data = packed_up(("users.json", json.dumps(users)), ("line-2/2026-03-12.json", json.dumps(said)))
    path = tmp_path / "export.zip"
    path.write_bytes(data)
    for found in (read_path(path), read_bytes(data, "export.zip"), read_path(tmp_path)):
        assert [note.text for note in found.notes] == ["Odine Falk: It leaks."]
    path.write_bytes(packed_up(("inner.zip", data), ("note.txt", "It leaks.")))
    assert [note.text for note in read_path(path).notes] == ["Odine Falk: It leaks.", "It leaks."]


def test_one_folder_with_folders_below_does_not_say_which_is_the_account(tmp_path: Path) -> None:
    assert accounts(tmp_path, ("notes/Harlow/a.txt", "a"), ("notes/Corrie/b.txt", "b")) == [None, None]


def test_an_archive_in_a_folder_gives_the_account_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "Harlow").mkdir()
    (tmp_path / "Harlow" / "all.zip").write_bytes(packed_up(("Corrie/a.txt", "a")))
    (tmp_path / "all.zip").write_bytes(packed_up(("Corrie/a.txt", "a")))
    found = read_path(tmp_path, accounts_from_folders=True)
    assert [note.account for note in found.notes] == ["Harlow", "Corrie"]
    assert [note.account for note in read_path(tmp_path).notes] == [None, None]


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/../../a.txt", "/etc/a.txt", "C:/a.txt", "..\\a.txt", "C:\\a.txt", "\\a.txt"]
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    found = read_bytes(packed_up((name, "never"), ("b.txt", "It leaks.")), "x.zip")
    assert [note.text for note in found.notes] == ["It leaks."]
    place = f"x.zip/{name.replace(chr(92), '/')}"
    assert (
        found.refused[0].reason
        == f"{place} has a name that leads out of the archive. Unpack it by hand, and look at it."
    )


def test_links_locked_and_broken_files_are_refused_and_the_others_read() -> None:
    link = zipfile.ZipInfo("a-link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("broken.txt", "It breaks here.")
        archive.writestr("locked.txt", "It leaks.")
        archive.writestr("z.txt", "It leaks.")
    raw = data.getvalue().replace(b"It breaks here.", b"It broke  here.")
    entry = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"locked.txt"))
    raw = raw[: entry + 8] + b"\x01" + raw[entry + 9 :]
    found = read_bytes(raw, "x.zip")
    assert [note.text for note in found.notes] == ["It leaks."]
    reasons = [one.reason for one in found.refused]
    assert reasons[0] == "x.zip/a-link.txt is a link, not a file. Pack the file itself."
    assert reasons[1].startswith("x.zip/broken.txt cannot be unpacked (Bad CRC-32")
    assert reasons[2] == "x.zip/locked.txt is locked with a password. Unpack the archive, and import the folder."


def test_hidden_and_system_files_are_passed_over() -> None:
    files = ((".a/b.txt", "a"), ("__MACOSX/._b.txt", "b"), ("c/", ""), ("c/d.txt", "It leaks."), (".", "e"))
    assert [note.text for note in read_bytes(packed_up(*files), "x").notes] == ["It leaks."]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (packed_up(("a.txt", b" " * 3_000_000)), "x.zip unpacks to "),
        (packed_up((".a", "b")), "x.zip is an archive without files."),
        (
            packed_up(("a.txt", "b"))[:-10],
            "x.zip is a ZIP archive or an Office document that is broken off: its end is",
        ),
        (
            packed_up(("[Content_Types].xml", "b"), ("xl/workbook.xml", "c")),
            "x.zip is binary, not text: a spreadsheet (save its table as CSV).",
        ),
    ],
)
def test_an_archive_that_cannot_be_read_is_told(data: bytes, told: str) -> None:
    with pytest.raises(InputError) as raised:
        read_bytes(data, "x.zip")
    assert raised.value.message.startswith(told)
    assert raised.value.fix


def test_archives_in_one_another_are_bounded_in_depth_and_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed_up(("a.txt", "It leaks."))
    for _ in range(3):
        data = packed_up(("inner.zip", data), ("b.txt", "b"))
    found = read_bytes(data, "x.zip")
    assert [note.text for note in found.notes] == ["b", "b", "b"]
    assert [one.reason for one in found.refused] == [
        "x.zip/inner.zip/inner.zip/inner.zip lies more than 3 archives deep. Unpack the outer ones first."
    ]


def test_all_archives_that_lie_too_deep_are_told_in_one_line() -> None:
    data = packed_up(("a.txt", "It leaks."))
    for _ in range(3):
        data = packed_up(("1.zip", data), ("2.zip", data), ("b.txt", "b"))
    found = read_bytes(data, "x.zip")
    assert len(found.notes) == 1 + 2 + 4
    assert [one.reason for one in found.refused] == [
        "x.zip/1.zip/1.zip/1.zip lies more than 3 archives deep, as do 7 more. Unpack the outer ones first."
    ]


def test_archives_in_an_archive_share_what_it_may_unpack_to(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = [packed_up(("a.txt", random.Random(number).randbytes(2_000).hex())) for number in range(2)]
    monkeypatch.setattr(packed, "LARGEST", sum(map(len, inner)) + 6_000)
    found = read_bytes(packed_up(("1.zip", inner[0]), ("2.zip", inner[1])), "x.zip")
    assert [note.where for note in found.notes] == ["x.zip/1.zip/a.txt"]
    assert [one.reason.partition(" to ")[0] for one in found.refused] == ["x.zip/2.zip would unpack"]


def test_an_archive_of_too_many_files_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST", 2)
    with pytest.raises(InputError, match="holds 3 files, more than 2"):
        read_bytes(packed_up(("a", "a"), ("b", "b"), ("c", "c")), "x.zip")


@pytest.mark.parametrize("number", range(60))
def test_broken_archives_raise_our_own_error_alone(number: int) -> None:
    rng = random.Random(number)
    data = bytearray(
        packed_up(("a/a.txt", "It leaks. " * 20), ("b.csv", "Date,Notes\n1,2\n"), ("c.zip", packed_up(("d", "e"))))
    )
    for _ in range(rng.randint(1, 6)):
        data[rng.randrange(4, len(data))] = rng.randrange(256)
    try:
        found = read_bytes(bytes(data), "x.zip")
    except InputError:
        return
    assert found.notes or found.refused
