"""Sources: what comes in comes through unchanged; what is no text is refused with one message and its fix."""

import contextlib
import datetime
import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.readers import walking
from notesense.readers.hints import channel_of, day_in_name, title_of
from notesense.readers.jsonl import read_jsonl
from notesense.readers.sources import read_bytes, read_path, read_text
from notesense.readers.walking import LARGEST


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain", "plain"),
        ("caf\u00e9\r\nline two\r\n".encode(), "café\r\nline two\r\n"),
        (b"\xef\xbb\xbfwith mark", "with mark"),
        ("\ufeffsixteen £".encode("utf-16-le"), "sixteen £"),
        (b"\xfe\xff" + "big £".encode("utf-16-be"), "big £"),
        (b"an escape \x1b[31m stays", "an escape \x1b[31m stays"),
    ],
)
def test_text_comes_through_character_for_character(data: bytes, text: str) -> None:
    assert read_bytes(data, "Standard input").notes[0].text == text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        (b"PK\x03\x04\x00\x00\x08", "is broken off"),
        (b"\x89PNG\r\n\x1a\n\x00", "is binary"),
        (b"\x01\x02\x03\x04", "is binary"),
        ("Grüße".encode()[:-2], "breaks off in the middle of a character"),
        ("half \ud800 one".encode("utf-8", "surrogatepass"), "half a character"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(InputError) as raised:
        read_bytes(data, "Standard input")
    assert told in raised.value.message
    assert raised.value.fix


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_comes_through(text: str) -> None:
    if text.strip() and not text.startswith("\ufeff"):
        assert read_bytes(text.encode(), "x").notes[0].text == text


def test_a_file_tells_its_day_channel_and_title(tmp_path: Path) -> None:
    path = tmp_path / "2026-03-04-call_with Marta.txt"
    path.write_text("Marta: the pumps leak.")
    (note,) = read_path(path).notes
    assert (note.date, note.channel, note.title) == (datetime.date(2026, 3, 4), Channel.CALL, "call with Marta")


def test_a_folder_is_read_with_all_below_and_one_bad_file_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "Harlow").mkdir()
    (tmp_path / "Harlow" / "a.md").write_text("one")
    (tmp_path / "Harlow" / "b.txt").write_bytes(b"\xff\x00\x01")
    (tmp_path / "Harlow" / "c.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "d.txt").write_text("never")
    (tmp_path / "loose.txt").write_text("two")
    read = read_path(tmp_path, accounts_from_folders=True)
    assert [(n.text, n.account) for n in read.notes] == [("one", "Harlow"), ("two", None)]
    assert [Path(r.where).name for r in read.refused] == ["b.txt", "c.pdf"]


@pytest.mark.parametrize(("name", "told"), [("missing.txt", "Cannot read"), ("empty-folder", "No notes in")])
def test_a_path_that_gives_nothing_is_refused(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    with pytest.raises(InputError, match=told):
        read_path(tmp_path / name)


GOOD = {"id": "a1", "account": "Harlow", "date": "2026-03-04", "channel": "call", "title": "t", "text": "late again"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "a1", "text": "cut of', "not a whole JSON object"),
        ("[1, 2]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        (json.dumps({"id": "x"}), '"text" is missing'),
        (json.dumps({**GOOD, "id": "x", "text": "  "}), "is empty"),
        (json.dumps({**GOOD, "id": "x", "text": "half \ud800"}), "half a character"),
        (json.dumps({**GOOD, "id": "x", "date": "2026-02-30"}), "YYYY-MM-DD"),
        (json.dumps({**GOOD, "id": "x", "channel": "pigeon"}), "must be one of call"),
        (json.dumps({**GOOD, "id": 7}), "must be a string"),
        (json.dumps({**GOOD, "id": "x", "signals": "none"}), "must be a list"),
        (json.dumps({**GOOD, "id": "x", "signals": [{"kind": "praise"}]}), 'needs "kind" and "quote"'),
        (json.dumps({**GOOD, "id": "x", "signals": [{"kind": "p", "quote": "q", "attributes": []}]}), "object"),
        (json.dumps(GOOD), "stands on line 1 already"),
        (json.dumps({**GOOD, "id": "x", "signals": [{"kind": "no", "quote": "\ud800 x"}]}), "half a character"),
        ('{"text": "\udcff"}', "not a whole JSON object"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_is_read(line: str, told: str) -> None:
    lines = [json.dumps(GOOD), line, "", json.dumps({**GOOD, "id": "a2"})]
    read = read_jsonl("\n".join(lines).encode("utf-8", "surrogateescape"), "notes.jsonl")
    assert [n.id for n in read.notes] == ["a1", "a2"]
    assert [r.where for r in read.refused] == ["notes.jsonl, line 2"]
    assert told in read.refused[0].reason


def test_labels_come_with_their_place() -> None:
    label = {"kind": "pain_point", "quote": "late", "start": 7, "attributes": {"area": "delivery", "severity": None}}
    (note,) = read_jsonl(json.dumps({**GOOD, "text": "late? a late", "signals": [label]}).encode(), "x").notes
    assert note.labels[0].start is None
    label["start"] = 8
    (note,) = read_jsonl(json.dumps({**GOOD, "text": "late? a late", "signals": [label]}).encode(), "x").notes
    assert (note.labels[0].start, note.labels[0].attributes) == (8, {"area": "delivery"})


@given(st.binary(max_size=400))
def test_any_bytes_as_jsonl_only_raise_our_own_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        read_jsonl(data, "x")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-03-04-call", (2026, 3, 4)),
        ("call 20260304", (2026, 3, 4)),
        ("x_2026_12_31", (2026, 12, 31)),
        ("2026-02-30", None),
        ("order 120260304", None),
        ("notes", None),
    ],
)
def test_the_day_in_a_file_name(name: str, day: tuple[int, int, int] | None) -> None:
    assert day_in_name(name) == (None if day is None else datetime.date(*day))


NO_HEADINGS = (
    "Nobody answers our calls",
    "no zoom, no meeting since May",
    "Harlow visits us never",
    "They review the contract in May",
    "Two minutes late every day",
    "Lunch break stops the line",
    "The case of pumps arrived broken",
    "Ticket prices rise",
    "Teams are happy with the new board.",
)


@pytest.mark.parametrize(
    ("name", "text", "channel"),
    [
        ("", "From: Marta\nTo: Ben\nSubject: seals\n\nStill leaking.", Channel.EMAIL),
        ("", "Support case 4711\nreported by Marta", Channel.SUPPORT),
        ("", "qbr, harlow leeds, tue 11 mar\n- leak", Channel.MEETING),
        ("", "Call with Marta\n- leak", Channel.CALL),
        ("", "Ben (us): Hi.\nMarta Ruiz: Hello.\nBen (us): Any news?\nMarta Ruiz: They leak.", Channel.CALL),
        ("", "[9:02] Ben: hi\n[9:03] Marta: hey\n[9:04] Ben: news?\n[9:05] Marta: leaks", Channel.CHAT),
        ("visit-harlow", "They leak.", Channel.MEETING),
        ("", "They leak, and recalling it hurts.", None),
        *(("", sentence, None) for sentence in NO_HEADINGS),
    ],
)
def test_the_channel_is_told_by_name_or_form(name: str, text: str, channel: Channel | None) -> None:
    assert channel_of(name, text) == channel


def test_a_mails_subject_is_its_title() -> None:
    assert title_of("x-1", "From: M\nSubject: Seals again\n\nHi") == "Seals again"
    assert title_of("2026-03-12", "\n# Visit to Harlow \n\nIt leaks.") == "Visit to Harlow"
    assert title_of("2026-03-12 visit", "# Visit to Harlow") == "visit"
    assert read_text("From: M\nSubject: Seals again\n\nHi").notes[0].title == "Seals again"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("From: M\nDate: Tue, 19 May 2026 11:26\n\nHi", "2026-05-19"),
        ("From: M\nSent: 2026-05-19 08:00\n\nHi", "2026-05-19"),
        ("Case 7\nOpened: 2026-06-11 03:40\nIt leaks", "2026-06-11"),
        ("Date: Tue, 31 Feb 2026 11:26\nHi", None),
        ("Date: soon\nHi", None),
        ("It leaks since Date: 2026-01-01", None),
    ],
)
def test_the_day_in_the_head_of_a_mail_or_ticket(head: str, day: str | None) -> None:
    assert read_text(head).notes[0].date == (None if day is None else datetime.date.fromisoformat(day))


def test_a_line_tells_whether_it_is_labelled_and_whether_all_labels_are_there() -> None:
    lines = ['{"text": "a"}', '{"text": "b", "signals": []}', '{"text": "c", "signals": [], "complete": false}']
    notes = read_jsonl("\n".join(lines).encode(), "x.jsonl").notes
    assert [(note.labels, note.partial) for note in notes] == [(None, False), ((), False), ((), True)]


def test_a_mail_head_with_windows_line_ends_takes_no_longer_than_another() -> None:
    assert channel_of("", "X-Line: again and again\r\n" * 200 + "no head") is None
    assert channel_of("", "X-Line: again\r\n" * 20 + "Subject: Re: price\r\n\r\nNo.") is Channel.EMAIL


def test_files_come_in_order_of_name_through_all_folders(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.txt", "b/.x/no.txt", "B.txt", "b/a/0.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    in_order = ["B.txt", "a.txt", "b/1.txt", "b/2.txt", "b/a/0.txt", "c.txt"]
    assert [note.text for note in read_path(tmp_path).notes] == in_order


def test_links_that_go_round_end_and_a_folder_is_entered_once(tmp_path: Path) -> None:
    inner = tmp_path / "Harlow" / "calls"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text("It leaks.")
    (inner / "up").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(inner)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    (tmp_path / "same.txt").symlink_to(inner / "a.txt")
    read = read_path(tmp_path)
    assert [Path(note.where).name for note in read.notes] == ["a.txt", "same.txt"]
    assert {Path(one.where).name: one.reason for one in read.refused} == dict.fromkeys(
        ("gone.txt", "round.txt"), "cannot be read: the link leads nowhere"
    )


def test_what_cannot_be_entered_or_read_is_told_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("closed/a.txt", "b.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("It leaks.")
    entries, opened = Path.iterdir, Path.open

    def guarded(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return entries(path)

    def locked(path: Path, *how: object) -> object:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "iterdir", guarded)
    monkeypatch.setattr(Path, "open", locked)
    read = read_path(tmp_path)
    assert [Path(note.where).name for note in read.notes] == ["c.txt"]
    assert [(Path(one.where).name, one.reason) for one in read.refused] == [
        ("b.txt", "cannot be read: Permission denied"),
        ("closed", "cannot be read: Permission denied"),
    ]


def test_a_file_that_is_too_large_is_told_without_being_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It leaks.")
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(LARGEST + 1)
    read = read_path(tmp_path)
    assert [note.text for note in read.notes] == ["It leaks."]
    assert [one.reason.partition("huge.txt ")[2] for one in read.refused] == [
        "is larger than 200 MB, which is more than a file of notes may have. Split it into smaller files."
    ]
    with pytest.raises(InputError, match="larger than 200 MB"):
        read_path(tmp_path / "huge.txt")


def test_what_tells_no_size_is_bounded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    monkeypatch.setattr(walking, "LARGEST", 8)
    writer = threading.Thread(target=path.write_bytes, args=(b"It leaks.",))
    writer.start()
    with pytest.raises(InputError, match="larger than"):
        read_path(path)
    writer.join()


def test_what_is_pasted_or_piped_is_known_by_its_form_too() -> None:
    line = json.dumps(GOOD)
    for read in (read_text(line), read_bytes(line.encode(), "Standard input")):
        assert [(note.id, note.form) for note in read.notes] == [("a1", "jsonl")]
    (note,) = read_text("\ufeffIt leaks.").notes
    assert (note.text, note.form) == ("\ufeffIt leaks.", "text")
