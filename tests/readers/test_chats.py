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
        "Kick-off\n9:00 AM\nOdine presents the plan.\nPrice Review\n10:00 AM\nPiet presents the prices.",
        "17/02/2026, 09:00 - Call: they want a quote.\n18/02/2026, 10:00 - Visit: no quote yet.",
        "17/02/2026, 09:00 - Odine: call her.\n18/02/2026, 10:00 - Odine: call her again.",
        "17/02/2026, 09:00 - Anruf: nichts.\n18/02/2026, 10:00 - Besuch: mehr.\n19/02/2026, 10:00 - Anruf: ja.",
        "17/02/2026, 09:00 - we met: nothing new.\n18/02/2026, 10:00 - we called: nobody there.",
        "[17/02/2026 09:00] disk full: C\n[17/02/2026 09:01] cannot write: D",
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


def said_in(text: str) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.words(note.text)) for note in read_text(text).notes for turn in note.turns]


@pytest.mark.parametrize("writer", ["piet sand", "ruud (Unverified)", "+47 400 00 111", "r.veen", "van Veen, Ruud"])
@pytest.mark.parametrize("head", ["[17/02/2026 09:05] {}\n", "[17/02/2026 09:05] {}: ", "17/02/2026, 09:05 - {}: "])
def test_whoever_a_line_of_the_form_names_writes_a_message_of_their_own(head: str, writer: str) -> None:
    names = ("Odine Falk", writer, "Mia Sund")
    text = "\n".join(head.format(name) + f"It is {number}." for number, name in enumerate(names))
    assert said_in(text) == [(name, f"It is {number}.") for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("shown", "writer"), [("~ Ruud", "Ruud"), ("~\xa0ruud", "ruud"), ("\u202a+47 4\u202c", "+47 4")]
)
def test_what_whatsapp_sets_around_a_name_is_no_part_of_it(shown: str, writer: str) -> None:
    text = f"[2/17/26, 8:15:09 AM] Odine Falk: Hi.\n[2/17/26, 8:16:00 AM] {shown}: Since Monday.\n"
    assert said_in(text + "[2/17/26, 8:17:00 AM] Mia Sund: Oh.")[1] == (writer, "Since Monday.")


def test_a_writer_of_slack_in_lower_case_writes_a_message_of_their_own() -> None:
    text = "Odine Falk  9:41 AM\nIt leaks.\nruud  9:42 AM\nHere too.\nr.veen  9:43 AM\nNo.\nMia Sund  9:50 AM\nOh."
    assert said_in(text) == [("Odine Falk", "It leaks."), ("ruud", "Here too."), ("r.veen", "No."), ("Mia Sund", "Oh.")]


@pytest.mark.parametrize(
    "announced",
    [
        "17/02/2026, 09:06 - Mia Sund added +47 400",
        '17/02/2026, 09:06 - Mia Sund changed the subject to "Line 2: the belts of it"',
        "17/02/2026, 09:06 - Mia Sund: \u200eimage omitted",
    ],
)
def test_what_the_program_announces_nobody_says(announced: str) -> None:
    text = "17/02/2026, 09:05 - Odine Falk: Hi.\n" + announced + "\n17/02/2026, 09:07 - Mia Sund: Hello."
    found = said_in(text)
    assert [writer for writer, _ in found] == ["Odine Falk", None, "Mia Sund"]
    assert "Mia Sund" in found[1][1]


def test_lines_of_another_form_within_a_message_are_its_words() -> None:
    text = "Odine Falk  9:41 AM\nThe log:\n[17/02/2026 09:05] pump: stopped\nMia Sund  9:50 AM\nOh."
    assert said_in(text)[0] == ("Odine Falk", "The log:\n[17/02/2026 09:05] pump: stopped")


def test_a_name_over_a_time_at_the_margin_writes_where_a_name_comes_back() -> None:
    text = "Odine Falk\n9:00 AM\nIt leaks.\nMia Sund\n9:05 AM\nOh.\n"
    assert read_text(text).notes[0].form != "chat"
    assert said_in(text + "Odine Falk\n9:06 AM\nAgain.") == [
        *(("Odine Falk", "It leaks."), ("Mia Sund", "Oh."), ("Odine Falk", "Again.")),
    ]


@pytest.mark.parametrize(
    ("days", "dates"),
    [
        (("17/02/2026", "17/02/2026"), ["2026-02-17"]),
        (("2/17/26", "2/18/26"), ["2026-02-17", "2026-02-18"]),
        (("03/02/2026", "13/02/2026"), ["2026-02-03", "2026-02-13"]),
        (("12/02/26", "01/03/26"), ["2026-02-12", "2026-03-01"]),
        (("03.02.26", "04.02.26"), ["2026-02-03", "2026-02-04"]),
        (("2026-02-03", "2026-02-04"), ["2026-02-03", "2026-02-04"]),
        (("03/02/2026", "04/02/2026"), [None]),
        (("03/02/2026", "03/02/2026"), [None]),
        (("02/02/2026", "02/02/2026"), ["2026-02-02"]),
        (("31/02/2026", "31/02/2026"), [None]),
        (("03.02.", "04.02."), [None]),
        (("03.02.1026", "04.02.1026"), [None]),
    ],
)
def test_each_day_of_a_chat_is_a_note_where_its_figures_can_mean_but_one(
    days: tuple[str, str], dates: list[str | None]
) -> None:
    text = f"[{days[0]} 09:05] Odine Falk: Hi.\n[{days[1]} 09:07] Mia Sund: Oh.\n"
    notes = read_text(text).notes
    assert [note.date and note.date.isoformat() for note in notes] == dates
    assert "".join(note.text for note in notes) == text
    assert [turn.time for note in notes for turn in note.turns] == (
        [0.0, 120.0] if days[0] == days[1] else [0.0, None if len(dates) == 1 else 0.0]
    )


def test_the_day_in_the_files_name_tells_the_order_of_the_figures(tmp_path: Path) -> None:
    path = tmp_path / "2026-02-03 chat.txt"
    path.write_text("[03/02/2026 09:05] Odine Falk: Hi.\n[04/02/2026 09:07] Mia Sund: Oh.\n", encoding="utf-8")
    assert [str(note.date) for note in read_path(path).notes] == ["2026-02-03", "2026-02-04"]


def test_lists_of_an_export_that_hold_nothing_are_no_failure(tmp_path: Path) -> None:
    found = read_path(
        export(
            tmp_path, users=[USER], channels=[], file_conversations=[{"id": "F"}], huddle_transcripts=[], a__d1=[SAID]
        )
    )
    assert [note.text for note in found.notes] == ["Marta Ruiz: It leaks."]
    assert not found.refused


@pytest.mark.parametrize("whole", [True, False])
def test_an_answer_of_the_api_or_a_message_a_line_is_a_chat_of_as_many_notes_as_days(whole: bool) -> None:
    messages = [SAID, SAID | {"user": "U2", "text": "Still.", "ts": "1773400000.0"}, SAID | {"ts": "1773306000.0"}]
    text = json.dumps({"ok": True, "messages": messages}) if whole else "\n".join(map(json.dumps, messages))
    notes = read_text(text).notes
    assert [(note.form, str(note.date), note.text) for note in notes] == [
        ("slack", "2026-03-12", "U1: It leaks.\nU1: It leaks."),
        ("slack", "2026-03-13", "U2: Still."),
    ]


@pytest.mark.parametrize("line", ["sure, at  9:30 AM", "at  9:30 AM", "see you there then at  9:30 AM\nBye."])
def test_words_that_end_with_a_time_begin_no_message(line: str) -> None:
    text = f"Odine Falk  9:02 AM\nCan you call?\nMia Sund  9:05 AM\n{line}\nOdine Falk  9:31 AM\nThanks"
    assert said_in(text)[1] == ("Mia Sund", line)


def test_a_kind_of_entry_before_a_name_writes_nothing() -> None:
    lines = ("14:00 - Call with Mia: a quote.", "15:00 - Mia Sund: Hi.", "15:01 - Odine Falk: Oh.")
    text = "\n".join(f"2026-02-10 {line}" for line in lines)
    assert [writer for writer, _ in said_in(text)] == [None, "Mia Sund", "Odine Falk"]


@pytest.mark.parametrize("head", ["[17/02/2026 09:05] {}: ", "17/02/2026, 09:05 - {}: ", "{}  9:05 AM\n"])
def test_a_side_after_a_name_is_told_and_no_part_of_it(head: str) -> None:
    text = "\n".join(
        head.format(name) + "Hi." for name in ("Odine Falk", "Piet (us)", "Mia Sund (Customer)", "Ruud V (Plant)")
    )
    assert [(turn.speaker, turn.side) for turn in read_text(text).notes[0].turns] == [
        *(("Odine Falk", "unknown"), ("Piet", "us"), ("Mia Sund", "customer"), ("Ruud V (Plant)", "unknown")),
    ]


def test_a_case_with_its_messages_is_one_note_of_its_first_day() -> None:
    text = "Case 88: belts\nState: open\n[17/02/2026 09:05] Odine Falk\nHi.\n[18/02/2026 09:06] Piet Sand\nOh."
    (note,) = read_text(text).notes
    assert (str(note.date), note.text) == ("2026-02-17", text)
    assert [(turn.speaker, turn.time) for turn in note.turns] == [
        (None, None),
        ("Odine Falk", 0.0),
        ("Piet Sand", 86460.0),
    ]
