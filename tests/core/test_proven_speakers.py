"""Dialogues that their form proves, whatever the names; and notes of the same look that stay notes."""

import pytest

from notesense.core.passages import turns
from notesense.core.vocabulary import Origin


def told(text: str) -> list[tuple[str | None, str]]:
    """Return who speaks, and from what word on."""
    return [(turn.speaker, turn.origin.value) for turn in turns(text)]


def who(text: str) -> list[str | None]:
    return [turn.speaker for turn in turns(text)]


RECORDED = (
    "[00:00:04] Ikaika: The belt is torn.\n[00:00:09] Quilla: Since when?\n[00:00:15] Ikaika: Sunday.\n"
    "[00:00:21] {}: It costs us a shift.\n[00:00:30] Quilla: I know.\n[00:00:33] Ikaika: So."
)
NAMES = [
    "Siosaia", "siosaia", "Siosaia Fifita", "Works Council", "Purchasing", "CTO", "+49 170 55512", "Everybody", "Mc",
    "Fifita, S.", "S. Fifita", "سارة", "iPhone (2)",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_line_of_a_recording_is_a_turn_whatever_the_name(name: str) -> None:
    text = RECORDED.format(name)
    assert who(text) == ["Ikaika", "Quilla", "Ikaika", name.removesuffix(" (2)"), "Quilla", "Ikaika"]
    assert {turn.origin for turn in turns(text)} == {Origin.TRANSCRIPT}
    assert [turn.time for turn in turns(text)] == [4.0, 9.0, 15.0, 21.0, 30.0, 33.0]


@pytest.mark.parametrize("name", ["Unknown Speaker", "Status", "Issue"])
def test_a_line_of_a_recording_that_names_nobody_is_nobodys(name: str) -> None:
    assert who(RECORDED.format(name)) == ["Ikaika", "Quilla", "Ikaika", None, "Quilla", "Ikaika"]
    nameless = RECORDED.replace("{}: ", "")
    assert who(nameless) == ["Ikaika", "Quilla", "Ikaika", None, "Quilla", "Ikaika"]


@pytest.mark.parametrize(
    "head", ["{} {}", "{}  {}", "{} ({}):", "{} ({}.250)", "{} | {}"], ids=["one", "two", "colon", "parts", "sign"]
)
def test_names_beside_rising_times_above_the_words_are_speakers(head: str) -> None:
    names = ["Ikaika Kealoha", "Quilla Mamani", "Ikaika Kealoha", "purchasing"]
    heads = [head.format(name, f"0:{number:02}") for number, name in enumerate(names, 4)]
    text = "\n\n".join(f"{one}\nIt is torn.\nPrice: not yet known." for one in heads)
    assert who(text) == names
    assert all("Price" in turn.words(text) for turn in turns(text))
    text = "\n".join(f"0:{number:02} {name}\nIt is torn." for number, name in enumerate(names, 4))
    assert who(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "[00:12] Price: too high\n[02:30] Support: nobody answers\n[05:10] Price: again\n[09:00] Support: again",
        "[00:12] Garantie: kurz\n[12:30] Ersatz: fehlt\n[25:10] Garantie: nochmals\n[39:00] Ersatz: kommt",
        "[00:12] Intro: who we are.\n[00:40] Roadmap: what comes.\n[01:10] Demo: how it looks.",
        "[00:40] Ikaika: torn.\n[00:20] Quilla: no.\n[00:10] Ikaika: yes.",
        "[00:10] Ikaika: torn.\n[00:10] Quilla: no.\n[00:10] Ikaika: yes.",
        "[09:10] Ikaika: torn.\n[09:20] Quilla: no.\n[09:30] Ikaika: yes.",
        "[09:10] Belt: torn.\n[09:20] Ikaika: no.\n[09:30] Ikaika: yes.\n[09:40] Belt: torn.",
        "Ausgangslage: Er wartet.\nWunsch: Er will ein Portal.\n" * 6,
        "Halle\nIkaika: Who pays?\nQuilla: You do.\n\n## Yard\nIkaika: Who waits?\nQuilla: We do.\n\nRoof\nIkaika: So?",
        "Welcome 0:00\nVision 0:10\nWelcome 0:20\nVision 0:30",
        "[Prices]: up\n[Lists]: late\n[Hotline]: slow\n[Motor]: torn",
    ],
)
def test_times_and_brackets_at_the_headings_of_a_note_prove_nothing(text: str) -> None:
    assert {name for name, _ in told(text)} == {None}


def test_a_recording_at_an_hour_of_the_day_needs_two_who_return() -> None:
    text = "11:02 Ikaika: torn.\n11:03 Quilla: no.\n11:04 Ikaika: yes.\n11:06 Quilla: so."
    assert who(text) == ["Ikaika", "Quilla", "Ikaika", "Quilla"]
    assert {turn.time for turn in turns(text)} == {None}


def test_roles_of_both_sides_speak_in_a_recording() -> None:
    text = "[00:04] Agent: The agent is here.\n[00:09] Customer: The belt is torn.\n[00:15] Agent: Since Sunday."
    assert [(turn.speaker, turn.side) for turn in turns(text)] == [
        ("Agent", "us"),
        ("Customer", "customer"),
        ("Agent", "us"),
    ]


def test_one_who_writes_of_himself_speaks_in_a_chat_with_times() -> None:
    text = "12:01 Ikaika: torn again\n12:02 me: I know\n12:03 Ikaika: send it\n12:04 me: ok\n12:09 Order 4711: shipped"
    assert who(text) == ["Ikaika", "me", "Ikaika", "me", "Order 4711"]


def test_other_names_within_a_recording_are_speakers_where_they_are_peoples() -> None:
    text = RECORDED.format("Purchasing").replace("[00:00:30] Quilla", "Quilla").replace("So.", "So.\nOtto: Yes.")
    assert who(text) == ["Ikaika", "Quilla", "Ikaika", "Purchasing", "Quilla", "Ikaika", "Otto"]
    assert who(text.replace("Otto", "Motor"))[-1] == "Ikaika"


def test_a_paragraph_apart_from_the_single_lines_of_a_recording_is_nobodys() -> None:
    text = RECORDED.format("Purchasing").replace("\n[00:00:30]", "\n\nFrom my visit:\nthey wait\n\n[00:00:30]")
    assert who(text) == ["Ikaika", "Quilla", "Ikaika", "Purchasing", None, "Quilla", "Ikaika"]


def test_names_in_brackets_that_return_are_speakers() -> None:
    text = "[Ikaika]: hi\n[Quilla]: hi\n[Ikaika]: torn\n[سارة]: yes\n[Quilla]: so"
    assert who(text) == ["Ikaika", "Quilla", "Ikaika", "سارة", "Quilla"]


DENSE = "Lena Vogt: It is late.\nTomasz Kral: How late?\nLena Vogt: A week.\n{}Tomasz Kral: Sorry.\nLena Vogt: Fine."


@pytest.mark.parametrize(
    "line",
    ["Siosaia: It costs us a shift.\n", "CTO: And who pays?\n", "Purchasing: We got no letter.\n", "IT: Is it safe?\n",
     "Works Council: We say no.\n", "Everybody: It is late.\n", "+49 170 55512: I was cut off.\n"],
)  # fmt: skip
def test_a_sentence_behind_a_name_that_stands_once_is_never_the_speakers_before(line: str) -> None:
    assert who(DENSE.format(line)) == ["Lena Vogt", "Tomasz Kral", "Lena Vogt", None, "Tomasz Kral", "Lena Vogt"]


def test_a_fragment_behind_a_word_is_what_the_speaker_before_says() -> None:
    assert who(DENSE.format("Belt: far too old.\n")) == who(DENSE.format(""))
    small = DENSE.format("Belt: far too old.\n").replace(": I", ": i").replace(": H", ": h").replace(": A", ": a")
    assert None in who(small)


def test_a_role_that_returns_in_a_dialogue_is_a_speaker() -> None:
    text = "Lena: It is late.\nCTO: Why?\nLena: The motor.\nTomasz: We come.\nCTO: By when?\nTomasz: Today."
    assert who(text) == ["Lena", "CTO", "Lena", "Tomasz", "CTO", "Tomasz"]
    text = "Agent: Hello, can I help?\nCaller: It leaks.\nForeman: Hello, I am Sia, their foreman.\nCaller: I wait.\nForeman: I see.\nAgent: I come."  # noqa: E501
    assert [(turn.speaker, turn.side) for turn in turns(text)][2::2] == [("Foreman", "unknown"), ("Foreman", "unknown")]
    assert who(text.replace("their foreman", "of the yard")) == who(text)
    text = (
        "Lena: It is late.\nTomasz: Why?\nSiosaia: It costs us.\nLena: Yes.\nTomasz: Oh.\nSiosaia: A shift.\nLena: So."
    )
    assert who(text).count("Siosaia") == 2
    text = "Lena: It is late.\nIssue: It is late.\nLena: A week.\nIssue: We wait.\nTomasz: Sorry.\nLena: Fine."
    assert "Issue" not in who(text)
    text = "Lena: It is late.\nMotor: It is torn.\nLena: A week.\nMotor: It is loud.\nTomasz: Sorry.\nLena: motor."
    assert "Motor" not in who(text)


def test_words_that_are_also_names_return_as_names() -> None:
    text = "Lena: Joy is late.\nJoy: Hi.\nLena: So.\nTomasz: Yes.\nJoy: Too high.\nLena: Fine.\nTomasz: Bye."
    assert who(text).count("Joy") == 2
    text = "Lena: Hope is late.\nTomasz: Ah.\nHope: Hi.\nLena: So.\nTomasz: Yes.\nHope: Too high.\nLena: Fine."
    assert who(text).count("Hope") == 2


def test_a_name_in_another_script_that_returns_is_a_speaker() -> None:
    text = "Lena: hello there\nسارة: مرحبا\nLena: how are you?\nTomasz: fine\nسارة: شكرا"
    assert who(text) == ["Lena", "سارة", "Lena", "Tomasz", "سارة"]


TAILS = [
    "He sounded tired. I lose them, I think.", "Summary: ten percent off", "Note: he bluffs.", "TODO: call",
    "=> will leave", "(he bluffs)", "Action items\nLena sends it", "End of recording.", "She leaves.\n\nI call.",
]  # fmt: skip


@pytest.mark.parametrize("tail", TAILS)
def test_below_a_dense_dialogue_an_empty_line_ends_it(tail: str) -> None:
    text = DENSE.format("")
    assert told(f"{text}\n\n{tail}") == [*told(text), (None, "rep_note")]
    recorded = RECORDED.format("Purchasing")
    assert told(f"{recorded}\n\n{tail}") == [*told(recorded), (None, "rep_note")]


@pytest.mark.parametrize("tail", ["Next steps: send it by Friday", "Summary: They leave.", "My take: he bluffs"])
def test_a_label_right_below_a_dense_dialogue_ends_it(tail: str) -> None:
    text = DENSE.format("")
    assert told(f"{text}\n{tail}") == [*told(text), (None, "rep_note")]
    assert told(f"{text}\nAnd one more thing: we wait.") == told(text)
    assert told(f"{text}\nand so on") == told(text)
    assert told(f"{text}\n- mine: late") == told(text)


APART = "Lena: Two things.\n\nIt is late.\n\nTomasz: I look.\n\nLena: Good.\n\nTomasz: Bye."


@pytest.mark.parametrize("tail", ["Lena sounded tired.", "Outlook: dark", "---\nshe bluffs", "-> call", "- call her"])
def test_below_turns_of_paragraphs_notes_end_a_dialogue(tail: str) -> None:
    assert told(f"{APART}\n\n{tail}")[-1] == (None, "rep_note")
    assert told(f"{APART}\n\nSo long then.") == told(APART)
    assert told(f"{APART}\n\nShe was here.") == told(APART)


def test_below_turns_of_one_paragraph_each_the_rest_is_a_note() -> None:
    text = APART.replace("\n\nIt is late.", "")
    assert told(f"{text}\n\nI think that they leave.") == [*told(text), (None, "rep_note")]
    heads = "Lena Vogt 0:02\nIt is late.\n\nTomasz 0:09\nSorry.\n\nLena Vogt 0:15\nGood."
    assert told(f"{heads}\n\nI think that they leave.") == [*told(heads), (None, "rep_note")]


@pytest.mark.parametrize(
    "note",
    [
        "Lena: wants a list\nPrice: ten off\nSupport: slow\nMe: list by Friday\nLena: decides in May",
        "Lena: belt torn\nTomasz: sends one\nWarranty: short\nLena: budget gone\nWettbewerb: Kranz",
    ],
)
def test_fragments_among_labels_are_a_note_although_a_person_returns(note: str) -> None:
    assert {turn.origin for turn in turns(note)} == {Origin.REP_NOTE}
    assert all(turn.speaker in (None, "Lena", "Me") for turn in turns(note))
    assert {turn.speaker for turn in turns(note) if ": slow" in turn.words(note)} <= {None}


LONG = ["So.", "So.", "Belt.", "Torn.", "Price.", "Ten up.", "Support.", "Silent.", "Well.", "Fine."]


def test_names_in_turn_for_long_are_speakers_whoever_they_are() -> None:
    lines = [f"{'Ikaika' if number % 2 else 'Quilla'}: {words}" for number, words in enumerate(LONG)]
    assert {name for name, _ in told("\n".join(lines))} == {"Ikaika", "Quilla"}
    assert {name for name, _ in told("\n".join(lines[:8]))} == {None}
    assert {name for name, _ in told("\n".join(lines[:6]).replace("Belt.", "Belt?"))} == {"Ikaika", "Quilla"}
    assert {name for name, _ in told("\n".join([*lines, "Otter: So."]))} == {None}
    assert {name for name, _ in told("\n".join([*lines[:2], lines[1], *lines[2:]]))} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "अर्जुन: नमस्ते, आप कैसे हैं?\nमीरा: ठीक।\nअर्जुन: सूची कब?\nमीरा: कल।\nअर्जुन: देर।\nमीरा: हाँ।",
        "สมหญิง: สวัสดีค่ะ\nวิชัย: สวัสดีครับ\nสมหญิง: ราคาแพง\nวิชัย: ขอโทษครับ",
        "Νίκη: Πότε;\nΣπύρος: Αύριο.\nΝίκη: Καλά.\nΣπύρος: Και η τιμή;\nΝίκη: Όχι.\nΣπύρος: Ναι.",
        "Zoe\u0308y: Can you come?\nSo\u0308zen: Yes.\nZoe\u0308y: When do you?\nS\u00f6zen: Friday.",
        "山本：高いです。\n私：送ります。\n山本：お願いします。\n\n予算：500万円\n次回：4月2日",
    ],
)
def test_dialogues_in_any_script_are_read(text: str) -> None:
    found = told(text)
    assert [name for name, origin in found if origin == "transcript"] == [
        line.replace("：", ":").partition(":")[0] for line in text.partition("\n\n")[0].splitlines()
    ]
    assert ("\n\n" in text) == (found[-1] == (None, "rep_note"))


def test_a_french_title_is_a_persons() -> None:
    text = "Mme Vidal : Le four tombe.\nM. Okou : Et personne.\nMoi : Jeudi.\nMme Vidal : Bien."
    assert who(text) == ["Mme Vidal", "M. Okou", None, "Mme Vidal"]


def test_an_empty_line_above_the_first_speaker_is_no_turn() -> None:
    assert who("\n\nLena: It is late.\nTomasz: Sorry.\nLena: Fine.") == ["Lena", "Tomasz", "Lena"]
