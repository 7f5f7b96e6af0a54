"""Chats of Zoom meetings, saved or of the cloud. A whole file is among the fixtures."""

import pytest

from notesense.core.reading import Reading
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import families
from notesense.readers.family import Content


def read(text: str, where: str = "a.txt") -> Reading:
    (one,) = families.read(Content(text.encode(), where, where.rpartition("/")[2])).notes
    return one


@pytest.mark.parametrize(
    "head",
    [
        "{} From Olga Berg to Everyone: ",
        "{}\t From  Olga Berg : ",
        "{} From  Olga Berg  to  Tim Vos (Privately) : ",
        "{}\t From Olga Berg to Tim Vos(Direct Message):\n\t",
        "{}\t Von Olga Berg an Alle:\n\t",
        "{} De Olga Berg à Tout le monde : ",
    ],
)
def test_who_writes_as_zoom_saves_it(head: str) -> None:
    one = read(f"{head.format('23:59:50')}It leaks: all.\n{head.format('00:00:10')}Badly.\nAgain.\n")
    assert (one.form, one.channel) == ("zoom chat", Channel.CHAT)
    assert [(turn.speaker, turn.origin, turn.time, turn.words(one.text)) for turn in one.turns] == [
        ("Olga Berg", Origin.CHAT, 0.0, "It leaks: all."),
        ("Olga Berg", Origin.CHAT, 20.0, "Badly.\nAgain."),
    ]


def test_times_of_the_cloud_are_counted_from_the_beginning() -> None:
    one = read("00:05:12\tOlga Berg:\tIt leaks.\n00:05:40\ttim:\tWhere?", "GMT20260312-090214_RecordingnewChat.txt")
    assert [(turn.speaker, turn.time) for turn in one.turns] == [("Olga Berg", 312.0), ("tim", 340.0)]
    assert one.started is not None
    assert one.started.isoformat() == "2026-03-12T09:02:14+00:00"


def test_the_folder_tells_the_beginning_else_the_day_does() -> None:
    text = "10:02:20 From Olga: Hi.\n10:02:30 From Tim: Hi."
    saved = read(text, "2026-03-12 10.02.14 Kemi 81234567890/meeting_saved_chat.txt")
    assert ([turn.time for turn in saved.turns], saved.title, saved.meeting) == ([6.0, 16.0], "Kemi", "81234567890")
    assert str(read(text, "2026-03-12.txt").started) == "2026-03-12 10:02:20"


def test_what_is_quoted_and_what_stands_above_is_nobodys_message() -> None:
    answer = 'Replying to "Can you se..."\n\n\tYes, today.'
    one = read(f"She was angry.\n10:02:20 From Olga to Everyone:\n\t{answer}\n10:02:30 From Tim: Hi.")
    assert [(turn.speaker, turn.origin, turn.words(one.text)) for turn in one.turns] == [
        (None, Origin.REP_NOTE, "She was angry."),
        (None, Origin.QUOTED, 'Replying to "Can you se..."'),
        ("Olga", Origin.CHAT, "Yes, today."),
        ("Tim", Origin.CHAT, "Hi."),
    ]


@pytest.mark.parametrize(
    "text", ["10:02 From Olga: Hi.", "She wrote.\n10:02:20 From Olga: Hi.", "10:02:20 De facto: no."]
)
def test_other_texts_are_none(text: str) -> None:
    assert families.family_of(Content(text.encode(), "x", "a.txt")).name == "text"
