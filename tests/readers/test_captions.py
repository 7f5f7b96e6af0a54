"""Captions: what is no speech, names that the whole file shows, odd files. Whole files are among the fixtures."""

import pytest

from notesense.core.reading import Reading
from notesense.core.vocabulary import Origin
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
    "text", ["WEBVTT", "WEBVTT\n\nNOTE nobody spoke", vtt("", "  "), vtt("<v Ben></v>"), vtt("Ben:", "Ben:")]
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
    assert told(vtt(f"{name}: It leaks.", f"{name}: Badly.")) == [(name, 0.0, "It leaks. Badly.")]


def test_a_name_that_looks_like_none_has_to_return() -> None:
    lines = [f"{name}: {words}" for words in ("One.", "Two.", "Three.") for name in ("marta_r", "+49 30 12")]
    assert {speaker for speaker, _, _ in told(vtt(*lines))} == {"marta_r", "+49 30 12"}
    assert {speaker for speaker, _, _ in told(vtt(*lines[:4]))} == {"marta_r", "+49 30 12"}
    assert {speaker for speaker, _, _ in told(vtt(*lines[:4], "Hm."))} == {None}
    assert {speaker for speaker, _, _ in told(vtt(*lines[:2]))} == {None}


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
    assert told(f"{head}1\n0:1 --> 0:2\nHi.\n2\n0:3 --> 0:4\nNOTE it.\n") == [
        (None, 1.0, "Hi."),
        (None, 3.0, "NOTE it."),
    ]


def test_two_calls_in_one_file_have_no_one_id() -> None:
    one, two = "3f1a2b4c-5d6e-4f70-8a9b-0c1d2e3f4a5b", "4f1a2b4c-5d6e-4f70-8a9b-0c1d2e3f4a5b"
    cues = "WEBVTT\n\n{}/1-0\n0:1 --> 0:2\n<v Ben>Hi.\n\n{}/1-0\n0:3 --> 0:4\n<v Ann>Hi.\n"
    assert read(cues.format(one, one)).meeting == one
    assert read(cues.format(one, two)).meeting == ""


@pytest.mark.parametrize("opening", ["Frankly", "Urgent", "Delivery"])
def test_a_word_before_a_colon_speaks_not_where_nobody_is_named(opening: str) -> None:
    lines = ("We tried two others.", f"{opening}: it never worked.", "Costs: far too high.", "Hm.")
    assert {speaker for speaker, _, _ in told(vtt(*lines))} == {None}
    assert f"{opening}: it never worked." in read(vtt(*lines)).text


def test_a_word_before_a_colon_speaks_not_between_people_who_return() -> None:
    cues = ("Olga Berg: We met", "Olga: hello.", "Tim Vos: Why?", "Tuesday: that is the day.", "Olga Berg: Yes.")
    assert told(vtt(*cues))[2:] == [
        ("Tim Vos", 2.0, "Why?"),
        (None, 3.0, "Tuesday: that is the day."),
        ("Olga Berg", 4.0, "Yes."),
    ]


def test_where_each_cue_has_a_name_one_that_stands_once_is_one() -> None:
    cues = ("Olga Berg: Hi.", "Olga Berg: Hm.", "Paul: Yes.", "de Vries, Jan | Kemi: No.", "Tim Vos: Why?")
    assert [speaker for speaker, _, _ in told(vtt(*cues, "Tim Vos: Oh."))] == [
        "Olga Berg",
        "Paul",
        "de Vries, Jan | Kemi",
        "Tim Vos",
    ]


def test_names_of_displays_return() -> None:
    names = ("olga berg", "Tim Vos | Kemi", "T. Vos - Kemi Inc.", "tim's phone")
    lines = [f"{name}: {words}" for words in ("One.", "Two.") for name in names]
    assert [speaker for speaker, _, _ in told(vtt(*lines))] == [*names, *names]


def test_a_line_that_is_merely_wrapped_is_of_whoever_speaks() -> None:
    cues = ("Olga Berg: We spoke to\nKemi: they leave.", "Tim Vos: We paid and", "nobody called.", "Olga Berg: Oh.")
    assert told(vtt(*cues)) == [
        ("Olga Berg", 0.0, "We spoke to Kemi: they leave."),
        ("Tim Vos", 1.0, "We paid and nobody called."),
        ("Olga Berg", 3.0, "Oh."),
    ]


@pytest.mark.parametrize("last", ["Nobody called.", "nobody called."])
def test_a_cue_without_a_name_is_nobodys_where_names_stand_before_each_or_a_sentence_ended(last: str) -> None:
    ends = "paid." if last[0].islower() else "paid and"
    assert told(vtt(f"Tim Vos: We {ends}", last, "Olga Berg: Oh.", "Tim Vos: No."))[1] == (None, 1.0, last)
    assert told(vtt("Tim Vos: Well,", "Tim Vos: we paid and", "nobody called.", "Olga Berg: Oh."))[1][0] is None


def test_names_in_brackets_and_after_the_sign_of_a_new_speaker() -> None:
    assert told(vtt("&gt;&gt; OLGA BERG: It leaks.", ">> TIM VOS: Where?", ">> OLGA BERG: All over.", ">> Hm.")) == [
        ("OLGA BERG", 0.0, "It leaks."),
        ("TIM VOS", 1.0, "Where?"),
        ("OLGA BERG", 2.0, "All over."),
        (None, 3.0, ">> Hm."),
    ]
    assert [one[0] for one in told(vtt("(Olga Berg) It leaks.", "[Tim Vos] Where?"))] == ["Olga Berg", "Tim Vos"]
    mixed = told(vtt("Olga: It leaks.", "Olga: Badly.", "[Olga] Again.", "[Laughter] Well."))
    assert mixed == [("Olga", 0.0, "It leaks. Badly. Again."), (None, 3.0, "[Laughter] Well.")]


def test_the_sign_of_a_new_speaker_always_begins_another() -> None:
    cues = (
        ">> TIM VOS: Where?",
        ">> OLGA BERG: It leaks.\n>> IDA: It does!",
        ">> OLGA BERG: All over. >> PAUL KAY: Hm.\nI see.",
        ">> So\n>> and so",
        ">> Oh",
        ">> TIM VOS: File >> Print is dead.",
    )
    assert told(vtt(*cues)) == [
        ("TIM VOS", 0.0, "Where?"),
        ("OLGA BERG", 1.0, "It leaks."),
        ("IDA", 1.0, "It does!"),
        ("OLGA BERG", 2.0, "All over."),
        ("PAUL KAY", 2.0, "Hm. I see."),
        (None, 3.0, ">> So"),
        (None, 3.0, ">> and so"),
        (None, 4.0, ">> Oh"),
        ("TIM VOS", 5.0, "File >> Print is dead."),
    ]


def test_behind_the_sign_of_a_new_speaker_a_word_is_no_name_where_no_name_is() -> None:
    assert told(vtt(">> It leaks.", ">> Price: too high.", ">> Who pays the price?", ">> Not we.")) == [
        (None, 0.0, ">> It leaks."),
        (None, 1.0, ">> Price: too high."),
        (None, 2.0, ">> Who pays the price?"),
        (None, 3.0, ">> Not we."),
    ]
    cues = (">> TIM VOS: Where?", ">> OLGA: Here.", ">> TIM VOS: And the price?", ">> Price: too high.", ">> OLGA: So.")
    assert told(vtt(*cues))[3] == (None, 3.0, ">> Price: too high.")


def test_webex_names_the_speaker_in_the_id() -> None:
    cues = '1 "Olga "O" Berg" (3741237504)\n0:1 --> 0:2\nIt: leaks.\n2 "Tim Vos" (21)\n0:3 --> 0:4\nWhere?\n'
    assert told(f"WEBVTT\n\n{cues}") == [('Olga "O" Berg', 1.0, "It: leaks."), ("Tim Vos", 3.0, "Where?")]


@pytest.mark.parametrize("odd", ["tim vos", "+47 22*****81", "guest 4", "Person two"])
def test_one_odd_name_on_a_line_of_its_own_spoils_no_other(odd: str) -> None:
    said = told(vtt("Olga Berg\nIt leaks.", f"{odd}\nWhere?", "Olga Berg\nThere.", "Jan Vos\nHm."))
    assert [speaker for speaker, _, _ in said] == ["Olga Berg", odd, "Olga Berg", "Jan Vos"]


def test_wrapped_lines_in_capitals_name_nobody() -> None:
    assert {one[0] for one in told(vtt("THE PRICE WENT UP\nAND WE PAY.", "NOBODY CALLED US\nSINCE MAY."))} == {None}


@pytest.mark.parametrize(
    ("timing", "time"),
    [("00:00:0l.000 --> 00:00:02.000", None), ("?? --> 0:2", None), ("7\n~~:~~", None), ("0:1 -> 0:2", 1.0)],
)
def test_words_of_a_caption_without_a_readable_time_are_kept_and_told(timing: str, time: float | None) -> None:
    first, last = "1\n0:0 --> 0:1\nOlga Berg: Hi.", "0:3 --> 0:4\nTim Vos: Yes."
    lines = f"WEBVTT\n\n{first}\n\n{timing}\nTim Vos: We leave\nin May.\n\n{last}\n"
    found = families.read(Content(lines.encode(), "call.vtt", "call.vtt"))
    (one,) = found.notes
    assert [(turn.speaker, turn.time, turn.words(one.text)) for turn in one.turns] == [
        ("Olga Berg", 0.0, "Hi."),
        ("Tim Vos", time, "We leave in May. Yes."),
    ]
    assert [(told.where, told.reason) for told in found.refused] == [
        (
            "call.vtt, line 7",
            'a caption has no time that can be read, and is kept without one: "Tim Vos: We leave in May."',
        )
    ][: time is None]


def test_what_stands_around_the_captions_is_the_reps() -> None:
    one = read(f"She was angry.\nI think.\n\nVery.\n\n{vtt('Hi.').removeprefix('WEBVTT')}\n\nCall her back.\n\nSoon.")
    assert [(turn.origin, turn.words(one.text)) for turn in one.turns] == [
        (Origin.REP_NOTE, "She was angry.\nI think.\n\nVery."),
        (Origin.TRANSCRIPT, "Hi."),
        (Origin.REP_NOTE, "Call her back.\n\nSoon."),
    ]


def test_a_cue_without_lines_ends_no_sentence() -> None:
    assert told(vtt("Tim Vos: We paid and", "", "got less.", "Tim Vos: Yes.", "Olga Berg: Oh."))[0][2].startswith("We")


def test_what_is_an_ordinary_word_elsewhere_is_no_name() -> None:
    cues = ("Jan Vos: Was ist mein Plan?", "Mein Vorschlag: warten.", "Olga Berg: Gut.", "Jan Vos: Ja.", "Hm.")
    assert told(vtt(*cues))[1:3] == [(None, 1.0, "Mein Vorschlag: warten."), ("Olga Berg", 2.0, "Gut.")]


def test_files_one_below_the_other_are_read_as_one() -> None:
    assert [one[0] for one in told(vtt("Jan Vos: Hi.") + "\n" + vtt("Olga Berg: Hi."))] == ["Jan Vos", "Olga Berg"]
