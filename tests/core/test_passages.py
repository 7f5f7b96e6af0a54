"""Cutting notes into turns and passages: the invariants for any text, and the shapes that reps really have."""

import datetime
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesense.core.note import Note, Turn
from notesense.core.passages import passages, passages_of, turns, turns_of
from notesense.core.vocabulary import Origin

PIECES = [
    "Ann (us): hello there. ", "Bo Li: fine, and you?\n", "\r\n", "\n\n", "> old words\n", "- ", "[09:12] Cy: late again\n",  # noqa: E501
    "From: Dee Fox\n", "e.g. 3.5 kg; ", " - ", "—", "“why?” ", "مرحبا بالعالم. ", "👍🏽 ", "\u200b", "....", "#3 | E. Go | Mon\n", "\t",  # noqa: E501
    "we waited three weeks for the parts, and nobody called us back about any of it. ", "31.3. ", "Mr. ", "\r", "\x0b",
]  # fmt: skip
DAY = datetime.date(2026, 3, 24)
any_text = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@settings(max_examples=250, deadline=None)
@given(any_text)
def test_passages_are_exact_ordered_slices(text: str) -> None:
    found = passages(text)
    spoken = turns(text)
    for ordinal, p in enumerate(found):
        assert p.ordinal == ordinal
        assert text[p.start : p.end] == p.text
        assert p.text == p.text.strip()
        assert p.text
        assert p.line == text.count("\n", 0, p.start) + 1
        turn = spoken[p.turn]
        assert turn.start <= p.start
        assert p.end <= turn.end
        assert (p.speaker, p.side) == (turn.speaker, turn.side)
    assert all(one.end <= two.start for one, two in pairwise(found))


@settings(max_examples=150, deadline=None)
@given(any_text)
def test_turns_cover_the_text(text: str) -> None:
    found = turns(text)
    assert (found[0].start, found[-1].end) == (0, len(text))
    assert all(one.end == two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    ["a", "ab, and ", "A b c: ", "> > > ", "- ", "12:30 ", "''", "(", "A ", "\r\n \n", "Ann (us): late again, and nobody called us. Why?\n"],  # noqa: E501
)  # fmt: skip
def test_a_megabyte_takes_seconds_at_most(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.process_time()
    passages(text)
    assert time.process_time() - began < 10


def spoken(text: str) -> list[tuple[str | None, str, str]]:
    return [(p.speaker, p.side, p.text) for p in passages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Fiona (us): Morning.\nDeepak Shah: Hello Fiona.\nFiona: Shall we?\nDeepak Shah: Yes.",
            [
                ("Fiona", "us", "Morning."),
                ("Deepak Shah", "unknown", "Hello Fiona."),
                ("Fiona", "us", "Shall we?"),
                ("Deepak Shah", "unknown", "Yes."),
            ],
        ),
        ("[9:02 AM] Ana Ruiz: It broke.", [("Ana Ruiz", "unknown", "It broke.")]),
        ("10:05 KST, Yoo Min-ho (customer)\nIt broke.", [("Yoo Min-ho", "customer", "It broke.")]),
        ("#3 | J. Hoekstra | Mon 21 March, 09:41\nIt broke.", [("J. Hoekstra", "unknown", "It broke.")]),
        ("From: Ines Duarte\nTo: Mark\nDate: Mon, 21 Feb\n\nIt broke.", [("Ines Duarte", "unknown", "It broke.")]),
        ("Gemma  0:04\nIt broke.\n\nRawi Tama  0:09\nAgain?", [("Gemma", "unknown", "It broke."), ("Rawi Tama", "unknown", "Again?")]),  # noqa: E501
        ("Lotte V | us | 0:02\nIt broke.", [("Lotte V", "us", "It broke.")]),
        ("Shanice Whitlow (00:00:11)\nIt broke.", [("Shanice Whitlow", "unknown", "It broke.")]),
        (">> ANA: It broke.\n>> BO: Oh no.\n>> ANA: Yes.", [("ANA", "unknown", "It broke."), ("BO", "unknown", "Oh no."), ("ANA", "unknown", "Yes.")]),  # noqa: E501
        ("Support (Iva): Restart it.", [("Support", "us", "Restart it.")]),
    ],
)  # fmt: skip
def test_speakers_and_sides(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert spoken(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "One thing: the pumps are late.",
        "Gatineau hospital: unloading must be over by six.",
        "Housekeeping: your invoices have to carry our number.",
        "Price list still quarterly? yes: it is",
        "See https://example.org: it works",
        "Note: he was late.",
    ],
)
def test_a_colon_in_prose_makes_no_speaker(text: str) -> None:
    assert [p.speaker for p in passages(text)] == [None] * len(passages(text))


def test_a_bullet_that_names_a_person_of_the_note_has_a_speaker_for_its_line_only() -> None:
    found = spoken("- there: Ana Ruiz (quality), me\n- Ana: batteries die after five months\n- 3 loggers scrapped")
    assert found[1:] == [("Ana", "unknown", "batteries die after five months"), (None, "unknown", "3 loggers scrapped")]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("He paid 3.5 m. for it. We left.", ["He paid 3.5 m. for it.", "We left."]),
        ("See Mr. Lee, e.g. on 31.3. at noon. Fine.", ["See Mr. Lee, e.g. on 31.3. at noon.", "Fine."]),
        ("J. Hoekstra called! Really? Yes.", ["J. Hoekstra called!", "Really?", "Yes."]),
        ("at 9.30 it broke... and then it ran", ["at 9.30 it broke... and then it ran"]),
        ("- one\n* two\n3) three\n• four", ["one", "two", "three", "four"]),
        (
            "The crew you sent on Wednesday came without harnesses, and nobody of yours rang me before that.",
            ["The crew you sent on Wednesday came without harnesses", "and nobody of yours rang me before that."],
        ),
        ("the first half of it works well enough; the second half was never switched on", ["the first half of it works well enough", "the second half was never switched on"]),  # noqa: E501
        ("late, and sorry", ["late, and sorry"]),
        ("---\n***\n", []),
        ("  \r\n  Eins.\r\nZwei.\r\n", ["Eins.", "Zwei."]),
    ],
)  # fmt: skip
def test_clauses(text: str, cut: list[str]) -> None:
    assert [p.text for p in passages(text)] == cut


def test_quoted_history_is_marked_and_belongs_to_whom_it_names() -> None:
    found = passages("From: Ana Ruiz\n\nIt broke.\n\n> On Tue 21 September, Bo Li wrote:\n> Does it run?\n\nBest, Ana")
    assert [(p.speaker, p.quoted, p.text) for p in found] == [
        ("Ana Ruiz", False, "It broke."),
        ("Bo Li", True, "Does it run?"),
        ("Ana Ruiz", False, "Best, Ana"),
    ]


@pytest.mark.parametrize("hour", ["6:04 PM", "6:04\u202fPM", "6:04 p.m.", "18:04"])
def test_the_half_of_the_day_is_no_part_of_a_name(hour: str) -> None:
    found = turns(f"It is late.\n\nOn Thu, Mar 12, 2026 at {hour} Ana Ruiz <ana@x.example> wrote:\n\nIt comes.")
    assert [turn.speaker for turn in found] == [None, "Ana Ruiz"]


def test_lines_wrapped_by_a_program_are_read_as_one() -> None:
    text = (
        "We waited for the parts until the end of March although you had told us in\n"
        "January that they would be here within a fortnight, which was not the case for\n"
        "any of the three deliveries that we had ordered from your colleague in Leeds for\n"
        "the new line. Thanks.\n"
    )
    assert all("\n" not in p.text or p.text.count("\n") < 4 for p in passages(text))
    assert passages(text)[-1].text == "Thanks."
    assert any("in\nJanuary" in p.text for p in passages(text))


def test_a_short_mail_is_wrapped_too_where_its_source_says_that_it_is_one() -> None:
    text = "the pump has not come. The line stands still since Monday and\nthe board asks me every day.\nyours"
    mail = Note(id="n", account="A", date=DAY, text=text, turns=(Turn(start=0, end=len(text), origin=Origin.EMAIL),))
    told = [one.text for one in passages_of(mail)]
    assert told[1:] == ["The line stands still since Monday and\nthe board asks me every day.", "yours"]
    note = mail.model_copy(update={"turns": (mail.turns[0].model_copy(update={"origin": Origin.REP_NOTE}),)})
    assert "the board asks me every day." in [one.text for one in passages_of(note)]


QUOTED_LINES = (
    "> Since the update the dashboard is empty, and nobody at your service desk is\n"
    '> able to tell us. We told Tim on the phone, and he said "it is known."\n'
    "> and nothing came of it for the three weeks that followed, says <tim@harlow.example>\n"
    ">> it was asked for again by us in a second mail to your desk, and by telephone\n"
    "> - and a third time\n"
)


def test_quoted_lines_of_a_mail_are_read_as_one_without_their_marks() -> None:
    turn = Turn(start=0, end=len(QUOTED_LINES), origin=Origin.QUOTED)
    mail = Note(id="n", account="A", date=DAY, text=QUOTED_LINES, turns=(turn,))
    assert [one.text for one in passages_of(mail)] == [
        "Since the update the dashboard is empty",
        "and nobody at your service desk is\n> able to tell us.",
        'We told Tim on the phone, and he said "it is known."',
        "and nothing came of it for the three weeks that followed, says <tim@harlow.example>",
        "it was asked for again by us in a second mail to your desk, and by telephone",
        "and a third time",
    ]
    assert all(one.quoted for one in passages_of(mail))


def test_quoted_lines_of_pasted_text_stay_apart() -> None:
    assert [one.text for one in passages(QUOTED_LINES)][1:3] == [
        "and nobody at your service desk is",
        "able to tell us.",
    ]


def test_cells_of_a_table_are_apart() -> None:
    assert [one.text for one in passages("Price\tRalf finds it cheeky\t\tMarta agrees")] == [
        "Price",
        "Ralf finds it cheeky",
        "Marta agrees",
    ]


def test_endless_sentences_are_cut_at_spaces() -> None:
    found = passages("word " * 500)
    assert all(len(p.text) <= 600 for p in found)
    assert " ".join(p.text for p in found) == ("word " * 500).strip()
    assert [len(p.text) for p in passages("x" * 1500)] == [600, 600, 300]


def test_a_number_sign_ends_no_sentence() -> None:
    assert [p.text for p in passages("See no. 9 for it. He said no. Then he left.")] == [
        "See no. 9 for it.",
        "He said no.",
        "Then he left.",
    ]


def test_the_rep_in_a_chat_is_us_and_a_forwarded_mail_is_nobodys() -> None:
    assert spoken("me: hi\nDani: hello\nme: bye")[2] == ("me", "us", "bye")
    found = spoken("From: Ana Ruiz\n\nIt broke.\n\n-----Original Message-----\nDoes it run?")
    assert found == [("Ana Ruiz", "unknown", "It broke."), (None, "unknown", "Does it run?")]


@pytest.mark.parametrize("head", ["My answer, 21:05:", "Priya's answer, 14:30, copied to me:"])
def test_an_answer_below_a_mail_is_not_its_writers(head: str) -> None:
    text = f"From: Alasdair Geddes\nTo: Gwen\n\nNobody came.\n\n{head}\nWe send a board on Friday."
    assert [(p.text, p.speaker) for p in passages(text)][-1] == ("We send a board on Friday.", None)
    assert {p.speaker for p in passages(text) if "Nobody" in p.text} == {"Alasdair Geddes"}


def test_a_sentence_after_from_is_no_mail_head() -> None:
    text = "From: Ines Marlow. Tomas never came, and the unit is still in its box."
    assert "never came" in " ".join(p.text for p in passages(text))
    for head in ("From: Ines Marlow", "From: Ines Marlow <ines@quill.example>", 'From: "Marlow, Ines" (Quillhaven)'):
        assert [(p.text, p.speaker is not None) for p in passages(f"{head}\nIt leaks.")] == [("It leaks.", True)]


def origins(text: str) -> list[tuple[str, str]]:
    return [(p.text, p.origin.value) for p in passages(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Marta: the price went up.\nI send the list.\nCall her.", ["rep_note"] * 3),
        ("Ann: late again.\nBo: sorry.\nAnn: it leaks.", ["transcript"] * 3),
        ("[09:12] Ann: late again.\nNext week we visit them all.\nNo more.\nNone.", ["transcript", *["rep_note"] * 3]),
        ("From: Ann Ruiz\n\nIt broke.\n\n> Does it run?\n\nBest", ["email", "quoted", "email"]),
        ("#3 | Ann Ruiz | Mon\nIt broke.", ["ticket"]),
        ("> It broke.\n> Again.", ["quoted"] * 2),
        ("It broke.\n> Again.", ["rep_note", "quoted"]),
    ],
)
def test_the_text_tells_whose_words_they_are_where_it_is_sure(text: str, told: list[str]) -> None:
    assert [origin for _, origin in origins(text)] == told
    assert {p.quoted for p in passages(text) if p.origin == "quoted"} <= {True}


def test_a_turn_is_quoted_where_all_of_it_is() -> None:
    text = "It broke.\n> Again."
    assert [turn.origin for turn in turns(text)] == [Origin.REP_NOTE]
    assert [turn.origin for turn in turns("\n> Again.\n> And again.")] == [Origin.QUOTED]
    assert [turn.origin for turn in turns("\n\nFrom: Ann Ruiz\nIt broke.")] == [Origin.EMAIL]


GIVEN = (
    "Call of today\nMarta Ruiz: It leaks. Note: nobody came.\nBen (us): - Sorry.\n> not quoted\nOverview\nDate: soon"
)


def given_note(*turns: tuple[str, str | None, Origin]) -> Note:
    """A note whose turns hold these words, from the first place of each on."""
    told = [
        Turn(start=GIVEN.index(words), end=GIVEN.index(words) + len(words), speaker=speaker, side="us", origin=origin)
        for words, speaker, origin in turns
    ]
    return Note(id="n", account="A", date=datetime.date(2026, 1, 1), text=GIVEN, turns=tuple(told))


def test_turns_that_the_source_told_are_kept_and_names_before_words_are_none() -> None:
    note = given_note(
        ("Marta Ruiz: It leaks. Note: nobody came.\n", "Marta Ruiz", Origin.TRANSCRIPT),
        ("Ben (us): - Sorry.\n> not quoted\n", "Ben (us)", Origin.TRANSCRIPT),
        ("Overview\nDate: soon", None, Origin.VENDOR_SUMMARY),
    )
    assert turns_of(note) == note.turns
    assert [(p.text, p.speaker, p.turn, p.line, p.origin.value) for p in passages_of(note)] == [
        ("It leaks.", "Marta Ruiz", 0, 2, "transcript"),
        ("Note: nobody came.", "Marta Ruiz", 0, 2, "transcript"),
        ("Sorry.", "Ben (us)", 1, 3, "transcript"),
        ("not quoted", "Ben (us)", 1, 4, "transcript"),
        ("Overview", None, 2, 5, "vendor_summary"),
    ]
    assert {p.side for p in passages_of(note)} == {"us"}


def test_what_stands_between_two_turns_is_nobodys_words() -> None:
    note = given_note(("nobody came.", None, Origin.CHAT), ("soon", "Ann", Origin.CHAT))
    assert [p.text for p in passages_of(note)] == ["nobody came.", "soon"]


def test_a_turn_never_goes_on_in_the_next() -> None:
    line = "we waited for three weeks and nobody called us back about any of the old parts"
    text = "\n".join([line] * 6)
    cut = [Turn(start=at, end=at + len(line) + 1) for at in range(0, len(text) - len(line), len(line) + 1)]
    note = Note(id="n", account="A", date=datetime.date(2026, 1, 1), text=text, turns=tuple(cut))
    assert len(passages_of(note)) == len(cut)
    assert len(passages(text)) < len(cut)
    assert passages_of(note.model_copy(update={"turns": ()})) == passages(text)
    assert turns_of(note.model_copy(update={"turns": ()})) == turns(text)


@settings(max_examples=150, deadline=None)
@given(any_text, st.lists(st.tuples(st.integers(1, 40), st.sampled_from(["Ann", "", "Bo Li", "x:"])), max_size=9))
def test_any_turns_give_slices_within_them(text: str, cuts: list[tuple[int, str]]) -> None:
    ends, told = 0, []
    for size, name in cuts:
        if ends + size <= len(text):
            told.append(Turn(start=ends, end=ends + size, speaker=name or None))
        ends += size + 1
    if text.strip() and told:
        note = Note(id="n", account="A", date=datetime.date(2026, 1, 1), text=text, turns=tuple(told))
        for p in passages_of(note):
            assert text[p.start : p.end] == p.text == p.text.strip() != ""
            assert told[p.turn].start <= p.start < p.end <= told[p.turn].end
