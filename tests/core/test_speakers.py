"""Who speaks in a plain text: people who return, alternate and speak, and never the labels of a note."""

import pytest

from notesense.core.note import Turn
from notesense.core.passages import passages, turns
from notesense.core.vocabulary import Origin


def said(text: str) -> list[tuple[str | None, str]]:
    """Return who says what, passage by passage."""
    return [(one.speaker, one.text) for one in passages(text)]


def who(text: str) -> list[str | None]:
    return [turn.speaker for turn in turns(text)]


def sides(text: str) -> dict[str | None, str]:
    return {turn.speaker: turn.side for turn in turns(text)}


@pytest.mark.parametrize(
    "note",
    [
        "Metrics: two days a week lost\nEconomic buyer: Tinashe, signs up to 20k\nPain: we wait two weeks\n"
        "Champion: Wanjiru\nPain: our scanner stands still, who pays that?",
        "Budget: 30.000, noch nicht frei\nEntscheider: Herr Okafor\nSchmerz: niemand ruft zurück\n"
        "Schmerz: wir warten\nWettbewerb: Kranz GmbH bietet 8 % weniger",
        "Support: we wait two weeks for an answer, again\nInvoices: wrong VAT\nSupport: you never call us back",
        "Wanjiru: the scanner stands still\nSupport: nobody calls us back\nWanjiru: they look\nSupport: we wait",
        "Monday 9:00\nstandup with the lab\nVersion 3.10\nstill broken\nList price 18.75\nper box",
        "Site Rotterdam 04.11.27\nThe crane stands still.\nI call them.",
        "Welcome\t10:00\nRoadmap review\t10:10\nPrices 2027\t10:40\nWrap up\t10:55",
        "Pro: they like us\nCon: price, who pays?\nPro: our people helped\nCon: they wait",
        "Deliveries\nProblem: we are late\nAsk: can you send it by truck?\n\nInvoices\nProblem: you charge us VAT\n"
        "Ask: who corrects it?",
        "Lena: on leave\nTomasz: demo Friday\nImke: contract",
        "- Lena: wants the list, nobody sent it\n- Tomasz: list by Friday\n- Budget: 40k\n- Risk: Kranz",
        "PRICES\nThey want ten percent.\n\nNEXT STEPS\nWe send the list.\n\nPRICES AGAIN\nno.",
        "MORNING\nWe visited the plant.\n\nAFTERNOON\nI called them.\n\nMORNING\nWe left.\n\nAFTERNOON\nI drove.",
        "価格：上がった\n納期：遅い\n担当：田中",
        "Vendor: Kranz offers 15% less\nCustomer: Voss Labs\nAgent: not known",
        "[09:02] Prices: ten percent off\n[09:10] Support: nobody calls back\n[09:20] Okay.",
        "10:40 She: the fridge is warm",
        "Great Plan: we do it, right?",
        "See the page:words, and more:of it",
        "Money. Lena: she signs",
        "De: Beto Arizmendi\nDe: Claudia\nDe: nosotros",
        "# Lists\nProblem: we are late\nAsk: can you send it?\n# Prices\nProblem: you charge us.\nAsk: who corrects it?",  # noqa: E501
        "Open:we wait\nDone:you sent it?\nOpen:we wait\nDone:you sent it?",
        "Issue: The crane stands still.\nFix: We send a new motor.\nIssue: The list is late.\nFix: We do it by hand.",
        "Kranz: The list is dear.\nWettbewerb: Wir wissen nichts.\nKranz: The motor is old.\nNotes below.",
        "Kranz: dear\nVoss: we pay less\nKranz: slow",
        "Kranz: We pay.\nVoss: We wait.\nOtter: We go.\nHalden: We stay.",
    ],
)
def test_labels_of_a_note_are_no_speakers(note: str) -> None:
    assert {(one.speaker, one.side, one.origin) for one in passages(note)} == {(None, "unknown", Origin.REP_NOTE)}


def test_a_customers_complaint_about_support_is_never_ours() -> None:
    for note in (
        "Support: nobody calls back, third time.",
        "Lena: the scanner stands still\nSupport: nobody calls us back\nLena: they look elsewhere\nSupport: we wait\n"
        "Price: up",
        "Sales: promised a visit, nobody came\nRep: changed twice",
        "agency cover (us): two mornings nobody came",
    ):
        assert "us" not in sides(note).values()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lena: hello\nWanjiru: hello\nLena: how are you?\nWanjiru: fine", ["Lena", "Wanjiru"]),
        ("Orçun: Neden?\nElif: Bakacağım.\nOrçun: Ne zaman?\nElif: Cuma.", ["Orçun", "Elif"]),
        ("田中：価格が上がりました。\n佐藤：確認します。\n田中：お願いします。\n佐藤：はい。", ["田中", "佐藤"]),
        ("Speaker 1: hi\nSpeaker 2: yes\nSpeaker 1: bye", ["Speaker 1", "Speaker 2"]),
        ("SPEAKER_00: hi\nSPEAKER_01: yes\nSPEAKER_00: bye", ["SPEAKER_00", "SPEAKER_01"]),
        ("LV: can you send it?\nTK: on Monday\nLV: ok thanks\nTK: bye", ["LV", "TK"]),
        ("kirby: are you there\nme: yes\nkirby: send the list\nme: ok", ["kirby", "me"]),
        ("Visitor: where are my lists?\nClerk: I look.\nVisitor: oh\nClerk: Done, you can go on.", ["Visitor", "Clerk"]),  # noqa: E501
        ("[Lena Vogt]: hi\n[Tomasz Kral]: hi\n[Lena Vogt]: bye", ["Lena Vogt", "Tomasz Kral"]),
        ("Lena Vogt (Voss, COO) [00:12]: hi\nTomasz Kral [00:20]: hi\nLena Vogt [00:31]: bye", ["Lena Vogt", "Tomasz Kral"]),  # noqa: E501
        ("[00:12] Lena Vogt – hi\n[00:20] Tomasz Kral – hi\n[00:31] Lena Vogt – bye", ["Lena Vogt", "Tomasz Kral"]),
        ("Lena Vogt: hi\nTomasz Kral:hi\nLena Vogt: bye\nTomasz Kral:so", ["Lena Vogt", "Tomasz Kral"]),
        ("0:12 LENA VOGT: hi\n0:20 TOMASZ KRAL: hi\n0:31 LENA VOGT: bye", ["LENA VOGT", "TOMASZ KRAL"]),
        ("9:02a Lena Vogt: hi\n9:04 CET Tomasz: hi\n9:05a Lena Vogt: bye", ["Lena Vogt", "Tomasz"]),
        ("Yewande: The crane stands still.\nChidi: We look at it.\nYewande: Please do.", ["Yewande", "Chidi"]),
        ("Odd: It tears.\nSæbjørn: I know.\nOdd: Every week.\nSæbjørn: Yes.", ["Odd", "Sæbjørn"]),
        ("VK: the list is too dear\nRB: I ask the boss\nVK: by Friday please", ["VK", "RB"]),
        ("Lena:\nhi\nthere\n\nTomasz:\nhi\n\nLena:\nbye", ["Lena", "Tomasz"]),
        ("LENA VOGT\nhi\n\nTOMASZ KRAL\nhi\n\nLENA VOGT\nso?\n\nTOMASZ KRAL\nno", ["LENA VOGT", "TOMASZ KRAL"]),
        ("- Lena: can you send it?\n- Tomasz: I will.\n- Lena: when?\n- Tomasz: today", ["Lena", "Tomasz"]),
        ("Speaker 3  5:02\nhi\n\nSpeaker 1  5:09\nyes\n\nSpeaker 3  5:31\nbye", ["Speaker 3", "Speaker 1"]),
        ("00:00:12 - Lena Vogt\nhi\n\n00:00:20 - lena vogt\nhi\n\n00:00:31 - Guest 2\nyes", ["Lena Vogt", "lena vogt", "Guest 2"]),  # noqa: E501
        ("sanja.k  10:02\nhi\n\npetr_o  10:03\nyes\n\nsanja.k  10:04\nok\n\npetr_o  10:09\nok", ["sanja.k", "petr_o"]),
        ("Kimani Otieno  0:04\nhi\n\nLena  0:09\nhi", ["Kimani Otieno", "Lena"]),
        ("Kimani Otieno (00:00:11)\nIt broke.", ["Kimani Otieno"]),
    ],
)  # fmt: skip
def test_people_who_converse_are_speakers(text: str, names: list[str]) -> None:
    found = [one for one in passages(text) if one.speaker]
    assert list(dict.fromkeys(one.speaker for one in found)) == names
    assert len(found) == len(passages(text))
    assert {one.origin for one in found} == {Origin.TRANSCRIPT}
    assert not any(name in one.text for one in found for name in names)


def test_each_name_has_its_own_turn_in_a_dialogue() -> None:
    text = (
        "Lena Vogt: Shall we start?\nSpeaker 2: The scanner stands still.\nLena Vogt: Since when?\n"
        "tomasz: Monday.\nLena Vogt: I see.\nMaría del Carmen de la Fuente: Our COO leaves.\nLena Vogt: Oh.\n"
        "Ana Kral | Voss: It leaks.\nLena Vogt: Sorry.\nvan den Berg: Again.\nDr. Stein: Yes.\nKral, Ana: No.\n"
        "Guest 4: We talk to Kranz."
    )
    assert who(text) == [
        "Lena Vogt", "Speaker 2", "Lena Vogt", "tomasz", "Lena Vogt", "María del Carmen de la Fuente", "Lena Vogt",
        "Ana Kral | Voss", "Lena Vogt", "van den Berg", "Dr. Stein", "Kral, Ana", "Guest 4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "aside",
    [
        "Deliveries: late.\nInvoices: wrong.\nHotline: unreachable.",
        "And one more thing: we wait.",
        "Note: I write it down.",
        "Sorry: that was me.",
        "Second: the list is wrong.",
        "mind:it",
        "- Kranz: they offer less",
        "Status update: we go on.",
    ],
)
def test_what_is_no_name_stays_with_who_speaks(aside: str) -> None:
    text = f"Lena Vogt: It is this.\n{aside}\nTomasz Kral: I see.\nLena Vogt: Good."
    assert who(text) == ["Lena Vogt", "Tomasz Kral", "Lena Vogt"]
    assert all(line in turns(text)[0].words(text) for line in aside.splitlines())


@pytest.mark.parametrize(
    "aside",
    [
        "Unknown Speaker: Can you hear me?",
        "Main Complaint: the list is late.",
        "Listen, Tomasz: we try.",
        "Customer: I leave in May.",
        "ben: ok",
        "otieno: The lab waits.",
        "## The second part",
    ],
)
def test_what_may_be_somebody_else_is_nobodys(aside: str) -> None:
    text = f"Lena Vogt: It is this.\n{aside}\nTomasz Kral: I see.\nLena Vogt: Good."
    assert who(text) == ["Lena Vogt", None, "Tomasz Kral", "Lena Vogt"]


def test_in_a_dialogue_of_single_names_a_single_word_may_be_one() -> None:
    assert who("Lena: This.\nDeliveries: late.\nTomasz: Sorry.\nLena: So.") == ["Lena", None, "Tomasz", "Lena"]


def test_who_stands_between_two_turns_of_one_is_somebody_else() -> None:
    assert who("Lena: hi\nKamau: yes\nLena: so") == ["Lena", "Kamau", "Lena"]
    assert who("Lena: hi\nLena: so\nKamau: yes\nLena: no") == ["Lena", "Lena", None, "Lena"]
    assert who("Lena: hi\nand so:on\nLena: so\nTomasz: no") == ["Lena", "Lena", "Tomasz"]


def test_a_guest_of_whom_the_text_tells_is_a_speaker() -> None:
    text = "There: Kamau Njoroge (Voss)\n\nLena Vogt: hi\nKamau Njoroge: yes\nTomasz Kral: hi\nLena Vogt: so"
    assert who(text)[1:] == ["Lena Vogt", "Kamau Njoroge", "Tomasz Kral", "Lena Vogt"]
    assert who("Lena: hi\nKamau (us): yes\nTomasz: hi\nLena: so") == ["Lena", "Kamau", "Tomasz", "Lena"]


def test_turns_that_stand_apart_begin_after_an_empty_line() -> None:
    text = (
        "Lena: Two things.\n\nIt is late.\nThird: no list.\n\nTomasz: I look.\nPlans: mine.\n\nLena: Good.\n\nOtto: Hm."
    )
    assert who(text) == ["Lena", "Tomasz", "Lena", "Otto"]
    text = text.replace("\n\nOtto: Hm.", "\n\nOutlook: dark.")
    assert who(text) == ["Lena", "Tomasz", "Lena", None]


@pytest.mark.parametrize(
    "tail",
    [
        "\nOutlook: they leave.\nAdvice: a loan unit.",
        "\nAction items:\n- Tomasz: send it\n- Lena: sign\nMood: tense",
        "\n- Tomasz sends it",
        "\n## My view\nShe bluffs.",
        "Aufnahme Ende: 10:31 Uhr",
    ],
)
def test_what_stands_below_a_dialogue_is_a_note(tail: str) -> None:
    text = f"Lena: It is late.\nTomasz: Sorry.\nLena: Good.\n{tail}"
    below = [one for one in passages(text) if one.line > 3]
    assert {one.origin for one in below} == {Origin.REP_NOTE}
    assert below[-1].speaker is None


def test_heads_above_a_dialogue_are_a_note() -> None:
    text = "Meeting Title: Voss\nTeilnehmer: Lena, Tomasz\nDauer: 31 min\n\nTranscript:\n\nTomasz: hi\nLena: hi\nTomasz: so"  # noqa: E501
    assert who(text) == [None, "Tomasz", "Lena", "Tomasz"]
    assert turns(text)[0].origin is Origin.REP_NOTE


def test_who_speaks_right_before_and_after_belongs_to_a_dialogue() -> None:
    text = "Otto: hi\nLena: hi\nTomasz: so\nLena: yes\nand so on\nOtto Klein: bye"
    assert [turn.origin for turn in turns(text)] == [Origin.TRANSCRIPT] * 5
    apart = "Otto: hi\n\nLena: hi\nTomasz: so\nLena: yes\n\nImke Klein: bye"
    assert [turn.origin for turn in turns(apart)] == [Origin.REP_NOTE, *[Origin.TRANSCRIPT] * 3, Origin.REP_NOTE]


def test_a_heading_within_a_dialogue_is_nobodys() -> None:
    text = "Lena: one?\nTomasz: two\n\nThe second part\nLena: three\nTomasz: four"
    assert who(text) == ["Lena", "Tomasz", None, "Lena", "Tomasz"]
    text = "Lena: one?\nTomasz: two\n\nSo\n\nLena: three\nTomasz: four"
    assert who(text) == ["Lena", "Tomasz", "Lena", "Tomasz"]


def test_a_dialogue_within_a_note_ends_with_its_last_words() -> None:
    note = "We met in Ulm.\nIt was warm.\nThey came late.\nLena: you are late\nTomasz: the train\nLena: again\nI laughed.\n"  # noqa: E501
    text = note + "We ate.\nThen they left.\n"
    assert who(text) == [None, "Lena", "Tomasz", "Lena", None]
    assert turns(text)[-1].words(text).startswith("I laughed.")
    text = "We met.\nIt was warm.\n\nLena: late\nsorry\n\nTomasz: yes\nwell\n\nLena: so\nbye\n\nThey left.\nI go."
    assert [words for _, words in said(text)] == [
        "We met.", "It was warm.", "late", "sorry", "yes", "well", "so", "bye", "They left.", "I go.",
    ]  # fmt: skip
    assert [name for name, _ in said(text)] == [None, None, *["Lena"] * 2, *["Tomasz"] * 2, *["Lena"] * 2, None, None]


def test_people_named_here_and_there_in_a_note_make_no_dialogue() -> None:
    text = "".join(
        f"Lena: number {one}\nwe saw the plant\nand the lab\nTomasz: he knows\nthen lunch\nand back\n" for one in "ab"
    )
    assert {turn.origin for turn in turns(text)} == {Origin.REP_NOTE}
    assert {name for name, words in said(text) if words in ("then lunch", "and the lab")} == {None}


def test_a_persons_line_in_a_note_is_that_line_alone() -> None:
    text = "Prices are the thing.\nLena Vogt: we wait\nshe is angry\nKranz was there.\nNobody knows.\nI call."
    assert who(text) == [None, "Lena Vogt", None]
    assert {turn.origin for turn in turns(text)} == {Origin.REP_NOTE}
    assert "Noureddine" in who(
        "I sum up.\nNoureddine: do you answer us?\n(they do)\nNoureddine: why?\n(no)\n(no)\nNoureddine: tell us before\n(ok)"  # noqa: E501
    )
    assert "Kamau Otieno" in who("[09:02] Kamau Otieno (Voss): it broke\nwe look\nand look\nand look")
    assert who("Lena:\nlate, and angry\n\nMy view: she bluffs.") == [None]


def test_a_line_beside_a_time_that_names_nobody_ends_the_turn_before() -> None:
    text = "Lena Vogt  0:05\nhi\n\nUnknown Speaker  0:09\nhello?\n\nTomasz  0:12\nyes\nThursday 10:30\nis fine"
    assert [(turn.speaker, turn.time) for turn in turns(text)] == [("Lena Vogt", 5.0), (None, None), ("Tomasz", 12.0)]
    assert "Thursday" in turns(text)[-1].words(text)
    assert who("Lena 10:30\nlunch\nTomasz 12:00\nplant") == [None]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("[00:12] Lena: a\n[00:20.5] Tomasz: b\n[01:02:40] Lena: c", [12.0, 20.5, 3760.0]),
        ("Lena (00:12): a\nTomasz (00:20): b\nLena (00:31): c", [12.0, 20.0, 31.0]),
        ("Lena: [00:12] a\nTomasz: [00:20] b\nLena: [00:31] c", [12.0, 20.0, 31.0]),
        ("[09:12] Lena: a\n[09:20] Tomasz: b\n[09:31] Lena: c", [None] * 3),
        ("[00:12] Lena: a\n[00:09] Tomasz: b\n[00:31] Lena: c", [None] * 3),
        ("[0:12 AM] Lena: a\n[0:13 AM] Tomasz: b\n[0:14 AM] Lena: c", [None] * 3),
    ],
)
def test_times_into_a_recording_are_kept(text: str, times: list[float | None]) -> None:
    assert [turn.time for turn in turns(text)] == times


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Me: Shall we?\nThem: Yes.\nMe: I send it.\nThem: Good.", {"Me": "us", "Them": "customer"}),
        ("Rep: Shall we?\nCustomer: Yes.\nRep: I send it.", {"Rep": "us", "Customer": "customer"}),
        ("Agent: Hello.\nCaller: It leaks.\nAgent: I come.", {"Agent": "us", "Caller": "customer"}),
        ("Lena: hi\nSupport: can I help you?\nLena: yes\nSupport: ok", {"Lena": "unknown", "Support": "us"}),
        ("Support, Iva: hi\nLena: hi\nSupport desk: so\nLena: yes", {"Support, Iva": "us", "Lena": "unknown", "Support desk": "us"}),  # noqa: E501
        ("Lena: hi\nThem: are we on?\nLena: so\nThem: yes", {"Lena": "unknown", "Them": "unknown"}),
        ("me, not promised: call them", {None: "unknown"}),
    ],
)  # fmt: skip
def test_roles_that_converse_tell_their_sides(text: str, told: dict[str | None, str]) -> None:
    assert sides(text) == told


def test_a_reply_named_in_a_mail_is_that_of_the_person_in_brackets() -> None:
    assert said("From: Aoife Moyne\n\nIt broke.\nReply (Stefan): We come.") == [
        ("Aoife Moyne", "It broke."),
        ("Reply", "We come."),
    ]


def test_part_of_a_full_name_is_the_same_person() -> None:
    text = "Kamau Njoroge (COO): can you send it?\nEls Van Roy: I will.\nKamau: when?\nEls: today."
    assert who(text) == ["Kamau Njoroge", "Els Van Roy", "Kamau", "Els"]
    assert {turn.origin for turn in turns(text)} == {Origin.TRANSCRIPT}


def test_a_turn_covers_its_mark() -> None:
    text = "[00:12] Lena Vogt – hi\n[00:20] Tomasz – so\n[00:31] Lena Vogt – bye"
    first = turns(text)[0]
    assert first == Turn(start=0, end=23, speaker="Lena Vogt", origin=Origin.TRANSCRIPT, time=12.0)
