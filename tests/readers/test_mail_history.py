"""What a mail carries along, and who wrote it: heads, introductions, marks; and what only looks like them."""

import pytest

from notesense.core.note import Attendee
from notesense.core.vocabulary import Origin
from notesense.readers.mail_history import bare_subject, stretches

IDA, TOM = "Ida Berg", "Tom Ode"
PEOPLE = (Attendee(name=IDA, email="ida@larkin.example"), Attendee(name=TOM, email="tom@us.example"))
OWN, QUOTED = Origin.EMAIL, Origin.QUOTED
HEAD = "From: Tom Ode <tom@us.example>\nSent: Tuesday, April 7, 2026 5:05 PM\nTo: Ida Berg\nSubject: Pump"


def told(body: str) -> list[tuple[str, Origin, str]]:
    return [(body[one.start : one.end], one.origin, one.writer) for one in stretches(body, IDA, PEOPLE)]


@pytest.mark.parametrize(
    ("introduction", "writer"),
    [
        ("Am Dienstag, 7. April 2026 um 17:05:11 MESZ hat Tom Ode <tom@us.example> Folgendes geschrieben:", TOM),
        ("вт, 7 апр. 2026 г. в 17:05, Uwe Lang <uwe@us.example>:", "Uwe Lang"),
        ("2026年4月7日(火) 17:05 佐藤 健 <ken@us.example>:", "佐藤 健"),
        ("2026/04/07 17:05、Uwe Lang <uwe@us.example>のメール:", "Uwe Lang"),
        ("2026年4月7日 17:05，Uwe Lang <uwe@us.example> 写道：", "Uwe Lang"),
        ("Wiadomość napisana przez Uwe Lang <uwe@us.example> w dniu 7 kwi 2026, o godz. 17:05:", "Uwe Lang"),
        ("Op 7 apr 2026 om 17:05 heeft Uwe Lang <uwe@us.example> het volgende geschreven:", "Uwe Lang"),
        ("Στις Τρί 7 Απρ 2026 στις 5:05 μ.μ., ο/η Uwe Lang <uwe@us.example> έγραψε:", "Uwe Lang"),
        ("---- On Tue, 07 Apr 2026 17:05:00 +0200 Uwe Lang <uwe@us.example> wrote ----", "Uwe Lang"),
        (">>> Uwe Lang <uwe@us.example> 07.04.2026 17:05 >>>", "Uwe Lang"),
        ("-------- Пересылаемое сообщение --------\n07.04.2026, 17:05, Uwe Lang <uwe@us.example>:", "Uwe Lang"),
        ("On 7 Apr 2026 at 17:05, tom@us.example wrote:", TOM),
        ("Tom Ode kirjoitti 7.4.2026 klo 17.05:", TOM),
        ("On 4/7/26 17:05, Uwe Lang wrote:", "Uwe Lang"),
        ("Uwe Lang <uwe@us.example>\n07.04.2026 17:05\n\nTo\nIda Berg\ncc\n\nSubject\nRe: Pump", "Uwe Lang"),
        ("Uwe Lang <uwe@us.example>\nTue, Apr 7, 5:05 PM (2 days ago)\nto me, Ana", "Uwe Lang"),
        ("Kimden: Uwe Lang <uwe@us.example>\nGönderildi: 7 Nisan 2026 Salı 17:05\nKime: Ida\nKonu: Pompa", "Uwe Lang"),
        ("寄件者: Uwe Lang <uwe@us.example>\n寄件日期: 2026年4月7日\n收件者: Ida\n主旨: 泵", "Uwe Lang"),
        (
            "From: Lang, Uwe\nSent: Tuesday, April 7, 2026 5:05 PM\nTo: Berg, Ida; Ode, Tom;\nBell, Ann\nSubject: x",
            "Lang, Uwe",
        ),
        (HEAD.replace("\n", "\n\n"), TOM),
        (HEAD.replace("To:", "Organization: Ours\nTo:"), TOM),
        ("_" * 32 + f"\n{HEAD}", TOM),
        (f"{HEAD}\n" + "_" * 32, TOM),
        (
            "------ Sporočilo ------\nOdd: Uwe Lang <uwe@us.example>\nPosl: 7. 4. 2026 17:05\nZaa: Ida\nZad: Črpalka",
            "Uwe Lang",
        ),
    ],
)
@pytest.mark.parametrize("between", ["\n\n", "\n \n"])
def test_older_words_without_marks_are_their_writers(introduction: str, writer: str, between: str) -> None:
    body = f"It is late.\n\n{introduction}{between}Here is the part.\nIt fits."
    assert told(body) == [("It is late.", OWN, IDA), ("Here is the part.\nIt fits.", QUOTED, writer)]


@pytest.mark.parametrize(
    "introduction",
    [
        "W dniu 07.04.2026 o 17:05, Uwe Lang pisze:",
        "Uwe Lang kirjoitti 7.4.2026 klo 17.05:",
        "---- On Tue, 07 Apr 2026 17:05:00 +0200 Uwe Lang <uwe@us.example> wrote ----",
        f"----- Original Message ----- \n{HEAD.replace('Tom Ode <tom', 'Uwe Lang <uwe')}",
        "------- Original Message -------\nOn Tuesday, April 7th, 2026 at 5:05 PM, Uwe Lang <uwe@us.example> wrote:",
        HEAD.replace("Tom Ode <tom", "Uwe Lang <uwe"),
    ],
)
def test_answers_between_marked_lines_are_the_writers_below_any_introduction(introduction: str) -> None:
    body = f"See below.\n\n{introduction}\n\n> Is it dear?\n\nYes, too dear.\n\n> And late?\n\nEach week."
    assert told(body)[1:] == [
        ("> Is it dear?", QUOTED, "Uwe Lang"),
        ("Yes, too dear.", OWN, IDA),
        ("> And late?", QUOTED, "Uwe Lang"),
        ("Each week.", OWN, IDA),
    ]


@pytest.mark.parametrize(
    "told_so",
    [
        'Your desk wrote on 3 April 2026:\n\n"It is mended by Friday."',
        "Ihre Technik schrieb am 03.04.2026 um 10:12:\n\n„Bis Freitag ist es behoben.“",
        "Votre service nous a écrit le 3 avril 2026 :\n« C'est réparé vendredi. »",
        "Your desk wrote on 3 April 2026:\n\nIt is mended by Friday.",
        'On 3 April 2026 at 10:12 your desk wrote:\n\n"It is mended by Friday."',
        'Tom Ode wrote on 3 April 2026 at 10:12:\n\n"It is mended by Friday."',
        "Subject: Training\nFrom: 9:00\nTo: 11:00\nDate: 14 April 2026",
        "Shift\nFrom: 14 April 2026, 9:00\nTo: 15 April 2026, 9:00\nSubject: all of us",
        "We agreed on 3 April 2026 at 10:12:\n- a new part",
        "Topic: Review\nWho: Tom Ode <tom@us.example>\nWhen: 3 April 2026, 10:12\nWhere: Leeds",
        "Please call\nTom Ode <tom@us.example>\nor me",
        "-----\nPrices\n-----",
        "--- Our view ---",
    ],
)
def test_own_words_that_look_like_an_introduction_stay_own(told_so: str) -> None:
    body = f"Hello,\n\n{told_so}\n\nNothing came, and we think of leaving."
    assert {(origin, writer) for _, origin, writer in told(body)} == {(OWN, IDA)}
    assert "Nothing came, and we think of leaving." in told(body)[-1][0]


def test_a_head_below_marks_that_begin_no_quotation_carries_all_below_it() -> None:
    body = f"It is late.\n\n{HEAD}\n\nWe come on Friday.\n\n> when?\n\nAt nine."
    assert told(body)[1:] == [
        ("We come on Friday.", QUOTED, TOM),
        ("> when?", QUOTED, ""),
        ("At nine.", QUOTED, TOM),
    ]


def test_a_space_before_a_mark_says_in_a_flowed_body_that_it_is_none() -> None:
    body = "> Late?\n >5 weeks late"
    assert [one.origin for one in stretches(body, IDA, stuffed=True)] == [QUOTED, OWN]
    assert [one.origin for one in stretches(body, IDA)] == [QUOTED]


@pytest.mark.parametrize(
    ("subject", "own"),
    [
        ("Re: Pump", "Pump"),
        ("[EXTERNAL] Re: Pump", "Pump"),
        ("[ext] AW: [#12] WG: Pump", "Pump"),
        ("Re：ポンプ", "ポンプ"),
        ("回复：Re[2]: Pump", "Pump"),
        ("[Larkin] Pump: late", "[Larkin] Pump: late"),
        ("Ideas: Pump", "Ideas: Pump"),
    ],
)
def test_the_subject_of_a_reply_is_not_the_repliers(subject: str, own: str) -> None:
    assert subject[bare_subject(subject) :] == own
