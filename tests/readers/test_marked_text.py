"""Transcripts with the speakers in bold, in the layouts that people paste; forms with bold labels are none."""

import pytest

from notesense.core.vocabulary import Channel, Origin
from notesense.readers.families import read
from notesense.readers.family import Content


def told(text: str, name: str = "a.md") -> list[tuple[str | None, str, float | None]]:
    (note,) = read(Content(text.encode(), name, name)).notes
    return [(turn.speaker, note.text[turn.start : turn.end].strip(), turn.time) for turn in note.turns]


PLAIN = "**Lena Vogt:** Shall we?\n**Tomasz Kral:** Yes.\n**Lena Vogt:** I send it.\n**Tomasz Kral:** Good."
SAID = [("Lena Vogt", "Shall we?"), ("Tomasz Kral", "Yes."), ("Lena Vogt", "I send it."), ("Tomasz Kral", "Good.")]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (PLAIN, [None] * 4),
        (PLAIN.replace(":**", "**:"), [None] * 4),
        ("\n".join(f"- {line}" for line in PLAIN.splitlines()), [None, None, None, None]),
        (
            "**Lena Vogt** [00:12]\nShall we?\n\n**Tomasz Kral** [00:20]\nYes.\n\n"
            "**Lena Vogt** 0:31\nI send it.\n\n**Tomasz Kral** (1:02:40):\nGood.",
            [12.0, 20.0, 31.0, 3760.0],
        ),
        (
            "**Lena Vogt** 10:12\nShall we?\n\n**Tomasz Kral** 10:20\nYes.\n\n"
            "**Lena Vogt** 10:31\nI send it.\n\n**Tomasz Kral** 10:40\nGood.",
            [None] * 4,
        ),
    ],
)
def test_speakers_in_bold_are_read_in_each_layout(text: str, times: list[float | None]) -> None:
    found = told(text)
    if text.startswith("- "):
        found = [(name, words.removesuffix("\n-"), time) for name, words, time in found]
    assert [(name, words) for name, words, _ in found] == SAID
    assert [time for *_, time in found] == times


@pytest.mark.parametrize(
    "text",
    [
        "# Voss\n\n### Prices\n**State:** ten percent off\n**Owner:** Lena\n\n"
        "### Lists\n**State:** late\n**Owner:** Ana\n",
        "## Prices\n**Problem:** we are late\n**Ask:** can you send it?\n\n## Lists\n**Problem:** you charge us\n"
        "**Ask:** who corrects it?\n",
        "**Risk:** they leave\n**Plan:** a visit\n**Risk:** the price\n**Plan:** an offer\n",
    ],
)
def test_a_form_with_bold_labels_is_a_note(text: str) -> None:
    (note,) = read(Content(text.encode(), "a.md", "a.md")).notes
    assert (note.form, note.turns, note.channel) == ("text", (), None)


def test_a_bold_word_within_a_turn_is_part_of_it() -> None:
    text = PLAIN.replace("**Tomasz Kral:** Yes.", "**Tomasz Kral:** Yes.\n**Warning:** it leaks\n**Otto Braun:** No.")
    assert [(name, words) for name, words, _ in told(text)][1:3] == [
        ("Tomasz Kral", "Yes.\n**Warning:** it leaks"),
        ("Otto Braun", "No."),
    ]


def test_a_recording_with_times_is_a_call_and_no_chat() -> None:
    text = "[00:12] Lena: hi\n[00:20] Tomasz: so\n[00:31] Lena: and\n[00:40] Tomasz: bye"
    (note,) = read(Content(text.encode(), "a.txt", "a.txt")).notes
    assert note.channel is Channel.CALL
    (note,) = read(Content(text.replace("00:", "10:").encode(), "a.txt", "a.txt")).notes
    assert note.channel is Channel.CHAT


def test_what_stands_around_is_a_note() -> None:
    (note,) = read(Content(f"# Call\n\n{PLAIN}\n\n---\nShe bluffs.".encode(), "a.md", "a.md")).notes
    assert [turn.origin for turn in note.turns] == [Origin.REP_NOTE, *[Origin.TRANSCRIPT] * 4, Origin.REP_NOTE]


APART = PLAIN.replace("\n", "\n\n")


def test_who_stands_once_in_bold_above_a_paragraph_is_never_the_speaker_before() -> None:
    text = APART.replace("**Lena Vogt:** I send", "**CTO:** The belt is torn.\n\n**Lena Vogt:** I send")
    assert [(name, words) for name, words, _ in told(text)] == [
        *SAID[:2],
        (None, "**CTO:** The belt is torn."),
        *SAID[2:],
    ]
    dense = PLAIN.replace("**Lena Vogt:** I send", "**CTO:** Who pays us?\n**Lena Vogt:** I send")
    assert [name for name, *_ in told(dense)] == ["Lena Vogt", "Tomasz Kral", None, "Lena Vogt", "Tomasz Kral"]


def test_a_bold_label_of_another_form_is_part_of_a_turn() -> None:
    text = "**Lena Vogt** 0:02\nShall we?\n**Owner:** We do it.\n**Tomasz Kral** 0:09\nYes.\n"
    text += "**Lena Vogt** 0:12\nI send it.\n**Tomasz Kral** 0:15\nGood."
    assert told(text)[0][:2] == ("Lena Vogt", "Shall we?\n**Owner:** We do it.")


def test_a_paragraph_below_turns_of_one_paragraph_is_a_note() -> None:
    assert [(name, words) for name, words, _ in told(f"{APART}\n\nShe bluffs.\n\nI call.")] == [
        *SAID,
        (None, "She bluffs.\n\nI call."),
    ]
    heads = APART.replace(":** ", "** 0:02\n")
    assert [words for _, words, _ in told(f"{heads}\n\nShe bluffs.")][-1] == "She bluffs."
    several = APART.replace("Shall we?", "Shall we?\n\nIt is late.")
    assert [(name, words) for name, words, _ in told(f"{several}\n\nSo long.")][-1] == (
        "Tomasz Kral",
        "Good.\n\nSo long.",
    )
