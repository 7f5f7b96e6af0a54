"""Vendors' JSON that is broken or strange: one clear line for each fault, the rest is read; files that go together."""

import json
from pathlib import Path
from typing import Any

import pytest

from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers import families
from notesense.readers.family import CompanionError, Content
from notesense.readers.json_source import elapsed, moment, seconds, string
from notesense.readers.sources import read_path, read_text

SENTENCE = {"speaker_name": "Marta Ruiz", "text": "It leaks.", "raw_text": "it leaks", "start_time": 1}
CALL = {
    "callId": "8",
    "transcript": [{"speakerId": "5", "sentences": [{"start": 1500, "end": 2000, "text": "We leave."}]}],
}
PARTIES = {"metaData": {"id": "8"}, "parties": [{"name": "Eva Holm", "speakerId": "5", "affiliation": "External"}]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"sentences": [{"speaker_name": "Marta"',
            "x.json is not whole JSON: Expecting ',' delimiter (line 1, column 40).",
        ),
        ('{"callTranscripts": [}', "x.json is not whole JSON: Expecting value (line 1, column 22)."),
        ('{"default_summary": ' + "9" * 5000 + "}", "x.json holds a number with too many digits to be read."),
        ('{"summary_markdown": ' + "[" * 100_000, "x.json is JSON nested too deeply to be read."),
        ('{"is_rep": 1, "transcript": 1', "x.json is not whole JSON"),
        ('{"data": {"sentences": [], "raw_text": ""}}', None),
        ('{"callTranscripts": 7}', "x.json looks like Gong, but holds no call."),
        ('{"x": {"sentences": [], "raw_text": ""}}', "x.json looks like Fireflies, but holds no transcript."),
        ('{"items": [], "default_summary": ""}', "x.json looks like Fathom, but holds no meeting."),
        ('{"results": [], "is_rep": 1, "transcript": 1}', "x.json looks like Avoma, but holds no transcript."),
        ("[]", "x.json is JSON without a conversation: nothing in it has a speaker with words."),
        ('{"error": {"message": "Not allowed."}}', "has a speaker with words (its fields: error)."),
        ('{"b": 1, "a": [2]}', "a speaker with words (its fields: a, b)."),
    ],
)
def test_a_broken_file_is_refused_in_one_line(text: str, message: str | None) -> None:
    content = Content(text.encode(), "x.json", "x.json")
    if message is None:
        assert families.read(content).refused[0].reason == "it holds nothing that anyone says, and no summary"
        return
    with pytest.raises(InputError) as raised:
        families.read(content)
    assert message in raised.value.message
    assert "\n" not in raised.value.message
    assert raised.value.fix


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"sentences": 7}, "where its sentences should be stands 7"),
        ({"sentences": [SENTENCE | {"text": 7}]}, "sentence 1 has 7 for words"),
        ({"sentences": [SENTENCE | {"text": "a\0b"}]}, "sentence 1 is binary, not text"),
        ({"sentences": [SENTENCE | {"start_time": True}]}, "sentence 1 has true for a time"),
        ({"sentences": [SENTENCE | {"start_time": 10**30}]}, "sentence 1 has 1" + "0" * 30 + " for a time"),
        ({"sentences": [SENTENCE], "date": "tomorrow"}, '"tomorrow" is no time at which it could have begun'),
        ({"sentences": [SENTENCE], "date": 10**300}, "is no time at which it could have begun"),
        ({"sentences": [SENTENCE], "summary": "half \ud800"}, "the summary has half a character"),
    ],
)
def test_a_fault_in_a_meeting_is_told_and_the_others_are_read(record: dict[str, Any], reason: str) -> None:
    data = {"data": {"transcripts": [{"sentences": [SENTENCE]}, record]}}
    found = families.read(Content(json.dumps(data).encode(), "x.json", "x.json"))
    assert found.notes[0].text == "Marta Ruiz: It leaks."
    assert all(note.text.startswith("Marta Ruiz: It leaks.") for note in found.notes)
    assert found.refused[0].where == "x.json, meeting 2"
    assert found.refused[0].reason.startswith(reason) or reason in found.refused[0].reason


def test_vendors_are_known_by_what_a_paste_holds() -> None:
    found = read_text(json.dumps({"callTranscripts": [CALL]}))
    assert (found.notes[0].form, found.notes[0].text) == ("gong", "Speaker 1: We leave.")
    assert read_text('{"note": "Marta said {x}"}').notes[0].form == "text"


def test_a_label_is_no_speaker() -> None:
    note = read_text(json.dumps({"callTranscripts": [CALL]})).notes[0]
    assert [(turn.speaker, turn.words(note.text)) for turn in note.turns] == [(None, "We leave.")]


def test_parties_beside_a_transcript_name_its_speakers_and_are_no_note(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"callTranscripts": [CALL]}), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps({"calls": [PARTIES]}), encoding="utf-8")
    (tmp_path / "broken.json").write_text('{"calls": [{"parties": ', encoding="utf-8")
    found = read_path(tmp_path)
    assert [(turn.speaker, turn.side) for turn in found.notes[0].turns] == [("Eva Holm", "customer")]
    assert [(Path(one.where).name, len(found.refused)) for one in found.refused] == [("broken.json", 1)]
    with pytest.raises(CompanionError, match="holds no words itself"):
        read_path(tmp_path / "b.json")


def test_a_folder_of_companions_alone_says_so(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "users.json").write_text("[]", encoding="utf-8")
    (tmp_path / "a" / "b.json").write_text(json.dumps({"calls": [PARTIES]}), encoding="utf-8")
    found = read_path(tmp_path)
    assert not found.notes
    assert found.refused


def test_a_summary_is_kept_after_what_was_said_and_is_no_testimony() -> None:
    data = {
        "sentences": [SENTENCE],
        "summary": {"overview": "They met.", "short": "They met.", "video_url": "https://x"},
    }
    reading = read_text(json.dumps(data)).notes[0]
    assert reading.text == "Marta Ruiz: It leaks.\nThey met."
    assert [turn.origin for turn in reading.turns] == [Origin.TRANSCRIPT, Origin.VENDOR_SUMMARY]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("00:05:32", 332.0),
        ("5:32", 332.0),
        ("-0:01,5", -1.5),
        ("12.5", 12.5),
        (3, 3.0),
        (-2.5, -2.5),
        (None, None),
        ("", None),
    ],
)
def test_times_within_a_meeting(value: Any, expected: float | None) -> None:
    assert seconds(value) == expected


@pytest.mark.parametrize(
    "value", ["soon", "1e9", "NaN", float("nan"), float("inf"), True, [], 10**400, "9" * 20, "2026-03-12"]
)
def test_what_is_no_time_within_a_meeting(value: Any) -> None:
    with pytest.raises(ValueError, match="no time"):
        seconds(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1773306000000, "2026-03-12 09:00:00+00:00"),
        (1773306000, "2026-03-12 09:00:00+00:00"),
        ("1773306000.0001", "2026-03-12 09:00:00.000100+00:00"),
        ("2026-03-12T09:00:00Z", "2026-03-12 09:00:00+00:00"),
        ("2026-03-12 09:00:00", "2026-03-12 09:00:00"),
        ("2026-03-12", "2026-03-12"),
        (None, "None"),
    ],
)
def test_when_something_was(value: Any, expected: str) -> None:
    assert str(moment(value)) == expected


@pytest.mark.parametrize("value", ["soon", 0, 10**30, float("nan"), True, {}, "0001-01-01", "2026-02-30"])
def test_what_is_no_moment(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        moment(value)


def test_times_of_a_day_are_told_from_the_first_and_others_stay() -> None:
    given = ["2026-03-12T09:00:05Z", None, "2026-03-12T10:00:07+01:00", "2026-03-12T09:00:08", 4, "0:05"]
    assert elapsed(given) == [0.0, None, 2.0, 3.0, 4, "0:05"]


def test_a_name_may_be_a_number_and_what_no_file_can_hold_is_none() -> None:
    assert string({"a": " ", "b": 7782342274025937895}, "a", "b") == "7782342274025937895"
    assert string({"a": "\ud800", "b": True, "c": 10**50}, "a", "b", "c") == ""
    assert string(3, "a") == ""
