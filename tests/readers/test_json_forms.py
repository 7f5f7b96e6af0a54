"""JSON of any vendor: known by all its fields; a line, a list and a field are taken for what they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from notesense.core.reading import Reading
from notesense.core.vocabulary import Origin
from notesense.readers import families
from notesense.readers.family import HEAD, Content
from notesense.readers.sources import read_path, read_text

LONG = {"filler": ["words without end " * 40] * 200}
"""More than what is looked at of a file that is no JSON."""
TEARS = {"text": "It tears."}
WHO = {"name": "Odine Falk"}
SAID = [{"speaker": "Odine Falk", "text": "It tears."}, {"speaker": "Piet Sand", "text": "I know."}]


def only(value: Any) -> Reading:
    (note,) = families.read(Content(json.dumps(value).encode(), "x.json", "x.json")).notes
    return note


def turns(value: Any) -> list[tuple[str | None, str, str]]:
    note = only(value)
    return [(turn.speaker, turn.words(note.text), turn.origin) for turn in note.turns]


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("avoma", {**LONG, "transcript": [{"transcript": "It tears."}], "speakers": [{"id": 1, "is_rep": False}]}),
        (
            "gong",
            {
                "calls": [
                    {"context": LONG, "metaData": {"id": "1"}, "parties": [], "transcript": [{"sentences": [TEARS]}]}
                ]
            },
        ),
        ("granola", {**LONG, "transcript": [{"speaker": {"attribution": "them"}, **TEARS}], "summary_markdown": "m"}),
        ("fathom", {**LONG, "transcript": [{"speaker": {"display_name": "O"}, **TEARS}], "calendar_invitees": []}),
        (
            "fireflies",
            {"data": {"transcript": {"summary": LONG, "sentences": [TEARS | {"speaker_name": "O", "raw_text": ""}]}}},
        ),
        (
            "teams-chat",
            {
                "more": LONG,
                "value": [{"createdDateTime": "2026-02-17", "body": {"content": "It tears."}, "from": None}],
            },
        ),
        ("slack", [{"type": "message", "user": "U1", "ts": "1773306000.0", "text": "It tears.", "blocks": LONG}]),
    ],
)
def test_a_vendor_is_known_however_late_its_fields_stand(form: str, value: Any) -> None:
    assert len(json.dumps(LONG)) > HEAD
    note = only(value)
    assert note.form == form
    assert "It tears." in note.text


def test_parties_far_down_in_a_file_beside_a_transcript_name_its_speakers(tmp_path: Path) -> None:
    said = {
        "callTranscripts": [{"callId": "8", "transcript": [{"speakerId": "5", "sentences": [{"text": "It tears."}]}]}]
    }
    told = {
        "calls": [{"context": LONG, "metaData": {"id": "8"}, "parties": [{"name": "Odine Falk", "speakerId": "5"}]}]
    }
    (tmp_path / "a.json").write_text(json.dumps(said), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(told), encoding="utf-8")
    assert [note.text for note in read_path(tmp_path).notes] == ["Odine Falk: It tears."]


@pytest.mark.parametrize(
    "value",
    [
        {
            "metaData": {},
            "parties": [WHO | {"speakerId": None}],
            "transcript": [{"speakerId": None, "sentences": [TEARS]}],
        },
        {
            "transcript": [{"transcript": "It tears.", "speaker_id": None}],
            "speakers": [WHO | {"id": None, "is_rep": False}],
        },
        {"sentences": [TEARS | {"speaker_id": None, "raw_text": ""}], "speakers": [WHO | {"id": None}]},
    ],
)
def test_who_has_no_key_says_nothing_that_has_none(value: Any) -> None:
    assert turns(value) == [(None, "It tears.", Origin.TRANSCRIPT)]


@pytest.mark.parametrize("label", ["Speaker 1", "SPEAKER_00", "Unknown Speaker", "speaker 12", "Sprecher 2", "B", "4"])
def test_a_label_is_nobodys_name_in_any_form(label: str) -> None:
    for value in (
        {"sentences": [{"speaker_name": label, "text": "It tears.", "raw_text": ""}]},
        {"calendar_invitees": [], "transcript": [{"speaker": {"display_name": label}, "text": "It tears."}]},
        [{"speaker": label, "text": "It tears."}],
    ):
        assert turns(value) == [(None, "It tears.", Origin.TRANSCRIPT)]
        assert only(value).text == f"{label}: It tears."


@pytest.mark.parametrize("name", ["Ann", "Speaker Jones", "Guest House Ltd", "Li", "PhD A", "R2 Support"])
def test_a_name_is_no_label(name: str) -> None:
    assert turns([{"speaker": name, "text": "It tears."}])[0][0] == name


@pytest.mark.parametrize("name", ["highlights", "actionItems", "key_points", "nextSteps", "topics", "ai_summary"])
@pytest.mark.parametrize(
    "item", ["Odine complained.", {"text": "Odine complained."}, {"text": "Odine complained.", "start": 4}]
)
def test_what_stands_beside_a_conversation_is_a_programs(name: str, item: Any) -> None:
    found = turns({"meeting_id": "m", "turns": SAID, name: [item]})
    assert found[:2] == [("Odine Falk", "It tears.", "transcript"), ("Piet Sand", "I know.", "transcript")]
    assert found[2:] == [(None, "Odine complained.", "vendor_summary")]


@pytest.mark.parametrize("item", [{"text": "Odine complained."}, {"text": "Odine complained.", "start": 4}])
def test_words_of_nobody_beside_a_conversation_are_a_programs_whatever_they_are_called(item: Any) -> None:
    assert turns({"turns": SAID, "remarks": [item]})[2:] == [(None, "Odine complained.", "vendor_summary")]


def test_several_conversations_in_a_list_stay_apart_and_texts_among_them_are_notes() -> None:
    value = {"items": [{"turns": SAID}, {"turns": SAID}, {"text": "Odine called."}], "summary": "s", "meeting_count": 3}
    found = families.read(Content(json.dumps(value).encode(), "x.json", "x.json")).notes
    assert [[turn.origin for turn in note.turns] for note in found] == [
        *([Origin.TRANSCRIPT] * 2, [Origin.TRANSCRIPT] * 2, [], [Origin.VENDOR_SUMMARY]),
    ]


def test_two_conversations_of_one_meeting_are_both_kept() -> None:
    value = {"turns": SAID, "chat": [{"user": "Mia Sund", "message": "Here too."}], "summary": "They met."}
    found = families.read(Content(json.dumps(value).encode(), "x.json", "x.json")).notes
    assert [note.text for note in found] == [
        "Odine Falk: It tears.\nPiet Sand: I know.\nThey met.",
        "Mia Sund: Here too.",
    ]


def test_a_text_around_other_texts_is_kept() -> None:
    value = {"body": "Visit to the plant.", "notes": [{"text": "It tears."}]}
    found = families.read(Content(json.dumps(value).encode(), "x.json", "x.json")).notes
    assert [note.text for note in found] == ["Visit to the plant.", "It tears."]


def test_a_summary_makes_no_note_of_what_is_no_meeting() -> None:
    found = Content(
        json.dumps({"openapi": "3.0", "paths": {"/a": {"get": {"summary": "List"}}}}).encode(), "x", "x.json"
    )
    with pytest.raises(Exception, match="JSON without a conversation"):
        families.read(found)


@pytest.mark.parametrize(
    "lines",
    [
        SAID,
        [{"role": "agent", "content": "It tears."}, {"role": "customer", "content": "I know."}],
        [{"text": "It tears.", "start": 0.5}, {"text": "I know.", "start": 1}],
    ],
)
def test_pieces_a_line_are_one_conversation(lines: list[Any]) -> None:
    note, *others = read_text("\n".join(map(json.dumps, lines))).notes
    assert not others
    assert [(turn.words(note.text), turn.origin) for turn in note.turns] == [
        *(("It tears.", Origin.TRANSCRIPT), ("I know.", Origin.TRANSCRIPT)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        {"text": "It tears."},
        {"text": "It tears.", "account": "Plant", "user": "Piet Sand"},
        {"text": "It tears.", "date": "2026-02-17", "speaker": "Piet Sand"},
        {"text": "It tears.", "author": "Piet Sand"},
        {"text": "It tears.", "user": "piet", "created_at": "2026-02-17"},
    ],
)
def test_notes_a_line_stay_notes(line: dict[str, Any]) -> None:
    found = read_text(f"{json.dumps(line)}\n{json.dumps(line)}").notes
    assert [(note.form, note.text) for note in found] == [("jsonl", "It tears.")] * 2


def test_a_number_of_seconds_is_no_day() -> None:
    found = families.read(Content(json.dumps({"start_time": 5, "turns": SAID}).encode(), "x.json", "x.json"))
    assert (found.notes[0].date, found.refused) == (None, ())


def test_who_is_invited_in_one_string_is_invited_alone() -> None:
    note = only(
        {"sentences": [{"speaker_name": "O", "text": "a", "raw_text": ""}], "participants": ["a@x.example,b@x.example"]}
    )
    assert [one.email for one in note.attendees] == ["a@x.example", "b@x.example"]


def test_notes_of_several_accounts_and_meetings_with_their_hours_are_no_pieces() -> None:
    notes = [{"author": "Piet Sand", "text": "It tears.", "company": name} for name in ("Plant", "Mill")]
    met = [{"title": name, "start": "2026-02-17T08:00", "end": "2026-02-17T09:00", "text": "a"} for name in "AB"]
    found = families.read(Content(json.dumps([notes, met]).encode(), "x.json", "x.json")).notes
    assert [(note.account, note.title) for note in found] == [("Plant", ""), ("Mill", ""), (None, "A"), (None, "B")]


@pytest.mark.parametrize(("duration", "time"), [(4, 3.0), (60, 3000.0), (4000, 3000.0), ("4", 3000.0), (0, 3000.0)])
def test_times_far_longer_than_the_whole_are_milliseconds(duration: Any, time: float) -> None:
    value = {"audio_duration": duration, "utterances": [{"speaker": "Ann Lee", "text": "It tears.", "start": 3000}]}
    assert only(value).turns[0].time == time


def test_who_a_message_is_from_says_it_and_a_mail_is_none() -> None:
    assert turns([{"from": "Mia Sund", "text": "It tears."}]) == [("Mia Sund", "It tears.", Origin.TRANSCRIPT)]
    assert only([{"from": "Mia Sund", "subject": "Belts", "text": "It tears."}]).turns == ()
