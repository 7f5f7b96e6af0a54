"""Chats: Slack exports, Teams exports, what is copied out of either; what happened to a channel is no note."""

import json
from pathlib import Path
from typing import Any

import pytest

from notesense.errors import InputError
from notesense.readers.family import CompanionError
from notesense.readers.sources import read_path, read_text

JOINED = {"type": "message", "subtype": "channel_join", "user": "U1", "text": "joined", "ts": "1773306000.0"}
SAID = {"type": "message", "user": "U1", "text": "It leaks.", "ts": "1773306001.0"}
USER = {"id": "U1", "real_name": "Marta Ruiz"}


def export(folder: Path, **files: Any) -> Path:
    """Write files of these names, `__` standing for a folder, as JSON."""
    for name, value in files.items():
        path = folder / f"{name.replace('__', '/')}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    return folder


def test_an_export_of_slack_is_a_note_for_each_day_of_each_channel(tmp_path: Path) -> None:
    export(tmp_path, users=[USER], channels=[], groups=[], a__d1=[JOINED, SAID], a__d2=[JOINED], b__d1=[SAID])
    found = read_path(tmp_path)
    assert not found.refused
    assert [(note.title, note.text) for note in found.notes] == [
        ("#a", "Marta Ruiz: It leaks."),
        ("#b", "Marta Ruiz: It leaks."),
    ]


@pytest.mark.parametrize("users", [[{"id": "U2"}], {"no": "list"}, "words", []])
def test_who_is_in_no_list_of_people_is_named_by_id(tmp_path: Path, users: Any) -> None:
    assert read_path(export(tmp_path, users=users, a__d1=[SAID]) / "a" / "d1.json").notes[0].text == "U1: It leaks."


def test_a_broken_list_of_people_costs_names_alone(tmp_path: Path) -> None:
    export(tmp_path, a__d1=[SAID])
    (tmp_path / "users.json").write_text('[{"id": "U1"', encoding="utf-8")
    assert read_path(tmp_path / "a").notes[0].text == "U1: It leaks."


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("users", [USER], "lists names for the messages of a Slack export"),
        ("d1", [JOINED], "tells only who joined, left or changed the channel"),
    ],
)
def test_a_file_without_words_says_what_it_is(tmp_path: Path, name: str, value: Any, message: str) -> None:
    with pytest.raises(CompanionError, match=message):
        read_path(export(tmp_path, **{name: value}) / f"{name}.json")


def test_a_chat_of_teams_without_words_is_refused() -> None:
    event = {"messageType": "systemEventMessage", "createdDateTime": "2026-03-12T09:00:00Z", "body": {}, "from": None}
    with pytest.raises(InputError, match="holds nothing that anyone wrote"):
        read_text(json.dumps({"value": [event]}))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b &lt;c&gt;&nbsp;d</p>", "Ben: a\nb <c> d"),
        ("a</blockquote></p><br/>b", "Ben: a\nb"),
        ("<![oops[a]]>", "Ben: <![oops[a]]>"),
        ("<blockquote>old<blockquote>older</blockquote></blockquote>new", "old\nolder\nBen: new"),
        ("<img alt='plan.png'><span>x", "Ben: plan.pngx"),
    ],
)
def test_markup_of_a_message_is_not_its_words(html: str, text: str) -> None:
    message = {
        "messageType": "message",
        "createdDateTime": "2026-03-12T09:00:00Z",
        "from": {"user": {"displayName": "Ben"}},
        "body": {"contentType": "html", "content": html},
    }
    assert read_text(json.dumps([message])).notes[0].text == text


def test_a_message_without_a_day_is_kept() -> None:
    message = {"messageType": "message", "createdDateTime": "soon", "from": None, "body": {"content": "a < b"}}
    found = read_text(json.dumps([message]))
    assert (found.notes[0].text, found.notes[0].date) == ("a < b", None)
    assert [one.reason for one in found.refused] == [
        '"soon" is no time at which it could have begun',
        'message 1 has "soon" for a time; its words are kept without one',
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[0:00] Alex: Hello.\n[0:05] Sam: Hi.",
        "Marta Ruiz  0:09\nIt leaks.\nBen Cole  0:12\nOh.",
        "Prices\n  9:41 AM\nonce only",
        "[SPEAKER_1 0:00] No.\n[SPEAKER_0 0:15] Yes.",
        "[9:41 AM] and then we left\n[9:45 AM] it was late",
        "Call at 9:41 AM with Marta.\nAnd at 10:02 AM with Ben.",
    ],
)
def test_other_texts_with_clocks_are_no_copied_chat(text: str) -> None:
    assert read_text(text).notes[0].form != "chat"


def test_a_copied_chat_keeps_its_text_and_who_writes_on() -> None:
    text = "Marta Ruiz  11:59 PM\r\nIt leaks.\r\nBen Cole  12:01 AM\r\nOh.\r\n12:02 AM\r\nNo.\r\n"
    note = read_text(text).notes[0]
    assert note.text == text
    assert [(turn.speaker, turn.time, turn.words(text)) for turn in note.turns] == [
        ("Marta Ruiz", 0.0, "It leaks."),
        ("Ben Cole", None, "Oh."),
        ("Ben Cole", None, "No."),
    ]
