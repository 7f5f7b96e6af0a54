"""Captions: what is no speech, names that the whole file shows, odd files. Whole files are among the fixtures."""

import pytest

from notesense.core.reading import Reading
from notesense.errors import InputError
from notesense.readers import families
from notesense.readers.family import Content
from notesense.readers.stamps import seconds


def read(text: str, name: str = "call.vtt") -> Reading:
    found = families.read(Content(text.encode(), name, name))
    assert not found.refused
    (one,) = found.notes
    return one


def vtt(*payloads: str) -> str:
    cues = (f"00:00:{at:02}.000 --> 00:00:{at:02}.900\n{payload}\n" for at, payload in enumerate(payloads))
    return "\n".join(["WEBVTT\n", *cues])


def told(text: str) -> list[tuple[str | None, float | None, str]]:
    one = read(text)
    return [(turn.speaker, turn.time, turn.words(one.text)) for turn in one.turns]


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("0:05", 5),
        ("1:02:03", 3723),
        ("00:01:02.500", 62.5),
        ("0:0:5,32", 5.32),
        ("-0:0:1.5", -1.5),
        ("-0:0:0", 0),
        ("75:00", 4500),
    ],
)
def test_times_are_seconds(stamp: str, expected: float) -> None:
    assert seconds(stamp) == expected
    assert str(seconds(stamp)) == str(float(expected))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nIt leaks.", "a.txt"),
        ("1\n00:00:01,000 --> 00:00:02,000\nIt leaks.", "a"),
        ("0:0:1.1 --> 0:0:2.0\nMarta Ruiz\nIt leaks.", ""),
        ("Harlow\nrenewal\n\n0:1 --> 0:2\nIt leaks.\n\n0:3 --> 0:4\nBadly.", "a.md"),
        ("He said:\n\n0:1 --> 0:2\nIt leaks.", "a.srt"),
    ],
)
def test_captions_are_known_by_what_they_hold(text: str, name: str) -> None:
    assert families.family_of(Content(text.encode(), "x", name)).name == "captions"


@pytest.mark.parametrize(
    "text", ["Old price --> new price.", "A --> B\n\nC --> D", "He said:\n\n0:1 --> 0:2\nIt leaks."]
)
def test_an_arrow_makes_no_captions(text: str) -> None:
    assert families.family_of(Content(text.encode(), "x", "a.txt")).name == "text"


@pytest.mark.parametrize(
    "text", ["WEBVTT", "WEBVTT\n\nNOTE nobody spoke", vtt("", "  "), vtt("<v Ben></v>"), vtt("Ben:")]
)
def test_captions_in_which_nobody_says_anything_are_an_error(text: str) -> None:
    with pytest.raises(InputError, match=r"call\.vtt holds nothing that anyone says") as raised:
        families.read(Content(text.encode(), "call.vtt", "call.vtt"))
    assert raised.value.fix


def test_words_are_those_of_the_source() -> None:
    (turn,) = told(
        vtt(
            "<v.loud Ben &amp; Co><b>R&amp;D</b> &lt;3 AT&T &#8364;5 &notit 3 < 4 <c.red>&nbsp;</c><00:00:00.500>ok</v>"
        )
    )
    assert turn == ("Ben & Co", 0.0, "R&D <3 AT&T €5 &notit 3 < 4 \xa0ok")


def test_one_cue_may_hold_two_voices() -> None:
    assert told(vtt("<v Ben>Late?</v> <v Marta>Yes.", "<v Marta>Again.</v> (laughs)")) == [
        ("Ben", 0.0, "Late?"),
        ("Marta", 0.0, "Yes. Again."),
        (None, 1.0, "(laughs)"),
    ]


@pytest.mark.parametrize("nobody", ["Unknown Speaker", "unidentified", "Speaker unknown"])
def test_who_is_not_known_is_nobody(nobody: str) -> None:
    assert told(vtt(f"{nobody.title()}: It leaks.", "Ben: Where?"))[0] == (None, 0.0, "It leaks.")


@pytest.mark.parametrize(
    "words",
    [
        "Note: I will send it.",
        "Question: is it late?",
        "the point is this: it leaks.",
        "It leaks. Badly: all over.",
        "10:30 we meet.",
        "Our Very Long And Winding Name Indeed: yes.",
        "https://harlow.example is down.",
    ],
)
def test_a_colon_alone_makes_no_speaker(words: str) -> None:
    assert told(vtt("Ben: Well?", words, "Ben: Right.")) == [
        ("Ben", 0.0, "Well?"),
        (None, 1.0, words),
        ("Ben", 2.0, "Right."),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Ruiz, Marta (Harlow)",
        "Dr. Ana de la Cruz",
        "M. Ruiz",
        "田中 一郎",
        "Müller-Lüdenscheidt",
        "(Harlow) Marta",
        "Speaker 2",
    ],
)
def test_names_as_people_have_them_in_calls(name: str) -> None:
    assert told(vtt(f"{name}: It leaks.")) == [(name, 0.0, "It leaks.")]


def test_a_name_that_looks_like_none_has_to_return() -> None:
    lines = [f"{name}: {words}" for words in ("One.", "Two.", "Three.") for name in ("marta_r", "+49 30 12")]
    assert {speaker for speaker, _, _ in told(vtt(*lines))} == {"marta_r", "+49 30 12"}
    assert {speaker for speaker, _, _ in told(vtt(*lines[:4]))} == {None}


def test_a_name_on_a_line_of_its_own() -> None:
    assert told(vtt("Marta Ruiz\nIt leaks.", "Ben Cole:\nNote: where?", "Hm.")) == [
        ("Marta Ruiz", 0.0, "It leaks."),
        ("Ben Cole", 1.0, "Note: where?"),
        (None, 2.0, "Hm."),
    ]


def test_lines_that_are_merely_wrapped_name_nobody() -> None:
    assert told(vtt("毎週の報告が\n遅れています。", "価格が\n上がりました。")) == [
        (None, 0.0, "毎週の報告が 遅れています。"),
        (None, 1.0, "価格が 上がりました。"),
    ]


def test_words_of_nobody_known_end_with_a_sentence_or_where_they_grow_long() -> None:
    many = [told_ for told_ in told(vtt(*(["and the pumps leak again"] * 40)))]
    assert 2 <= len(many) <= 4
    assert all(len(words) < 500 for _, _, words in many)


def test_id_comments_and_styles_are_no_speech() -> None:
    head = "WEBVTT\nKind: captions\n\nNOTE\nDraft\n\nSTYLE\n::cue {}\n\n7\n\n"
    assert told(f"{head}1\n0:1 --> 0:2\nBen: Hi.\n2\n0:3 --> 0:4\nNOTE it.\n") == [
        ("Ben", 1.0, "Hi."),
        (None, 3.0, "NOTE it."),
    ]


def test_two_calls_in_one_file_have_no_one_id() -> None:
    one, two = "3f1a2b4c-5d6e-4f70-8a9b-0c1d2e3f4a5b", "4f1a2b4c-5d6e-4f70-8a9b-0c1d2e3f4a5b"
    cues = "WEBVTT\n\n{}/1-0\n0:1 --> 0:2\n<v Ben>Hi.\n\n{}/1-0\n0:3 --> 0:4\n<v Ann>Hi.\n"
    assert read(cues.format(one, one)).meeting == one
    assert read(cues.format(one, two)).meeting == ""
