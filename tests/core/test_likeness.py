"""The same conversation in two forms, and different ones that merely look alike."""

import datetime
from typing import Any

import pytest

from notesense.core.likeness import Likeness, is_fuller, likeness_of, same_conversation
from notesense.core.note import Note, NoteSource, Turn
from notesense.core.vocabulary import Channel, Origin

DAY = datetime.date(2026, 3, 12)
TEN = datetime.datetime(2026, 3, 12, 10, 0, tzinfo=datetime.UTC)
CALL = (
    "Marta: We still do not see the weekly report and nobody told us why it is late again this month.\n"
    "Ben: I will send it by Friday and I will call you on Monday about the rest of the open points.\n"
    "Marta: Good. Our new finance director wants to review every contract before the summer, ours too.\n"
    "Ben: Then let us meet in April and go through the numbers of the last two quarters together.\n"
)
HEARD = CALL.replace("report and", "report, an").replace("on Monday", "Monday").replace("two quarters", "2 quarters")
STANDUP = (
    "Marta: Morning, what did you do yesterday, what is for today, and is anything blocking you?\n"
    "Ben: Yesterday {0}, today {1}, nothing is blocking me, thank you all, over to the next one.\n"
    "Ines: Yesterday {2}, today {3}, nothing is blocking me, thank you all, over to Colm.\n"
    "Colm: Yesterday {4}, today {5}, that is all, see you all tomorrow at the same time.\n"
)
MONDAY = STANDUP.format("the seals", "the pump in hall four", "two offers", "a visit to Leeds", "sick", "mail")
TUESDAY = STANDUP.format(
    "we looked at invoices of last year", "drafts of the Corrie budget", "slides", "Bristol by train", "calls", "rota"
)
TICKET = (
    "Thank you for contacting support. Your request has been received and is being reviewed by our team. "
    "You will be told as soon as there is any news. Please do not answer this mail. Product: pump. Error: {}."
)


def of(text: str, **told: Any) -> Likeness:
    source = NoteSource(**{name: told.pop(name) for name in ("form", "meeting", "started") if name in told})
    dated = told.pop("dated", True)
    facts = {"id": "n", "account": "A", "date": DAY, "channel": Channel.CALL, **told}
    return likeness_of(Note(text=text, source=source, **facts), dated)


def test_who_speaks_line_breaks_and_case_play_no_part() -> None:
    spoken = of(CALL)
    bare = of("\n\n".join(line.partition(": ")[2].upper() for line in CALL.splitlines()), channel=Channel.MEMO)
    assert spoken.words == bare.words
    assert same_conversation(spoken, bare)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of(CALL), of(HEARD)),
        (of(CALL, date=DAY - datetime.timedelta(days=1)), of(CALL)),
        (of(CALL, meeting="7", date=DAY), of(HEARD, meeting="7", dated=False, date=DAY.replace(month=9))),
        (of(CALL, dated=False, date=DAY.replace(month=9)), of(CALL)),
        (of("No answer.", channel=Channel.MEMO), of("no answer", channel=Channel.MEMO)),
        (of(CALL, started=TEN, form="captions"), of(CALL[:230], started=TEN + datetime.timedelta(minutes=7))),
    ],
)
def test_one_conversation_in_two_forms_is_the_same(one: Likeness, other: Likeness) -> None:
    assert same_conversation(one, other)
    assert same_conversation(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of(MONDAY), of(TUESDAY)),
        (of(MONDAY), of(TUESDAY, date=DAY + datetime.timedelta(days=1))),
        (of(MONDAY), of(MONDAY, date=DAY + datetime.timedelta(days=7))),
        (of(MONDAY, meeting="81234567890"), of(TUESDAY, meeting="81234567890", date=DAY + datetime.timedelta(days=1))),
        (of(CALL, form="gong", meeting="1"), of(CALL, form="gong", meeting="2")),
        (of(CALL, started=TEN), of(CALL, started=TEN + datetime.timedelta(hours=2))),
        (of(TICKET.format("E4"), channel=Channel.EMAIL), of(TICKET.format("E7"), channel=Channel.EMAIL)),
        (of("No answer.", channel=Channel.MEMO), of("No answer.", date=DAY + datetime.timedelta(days=1))),
        (of("...", channel=Channel.MEMO), of("?!", channel=Channel.MEMO)),
        (of("Left word.", meeting="7"), of("Ok.", meeting="7")),
    ],
)
def test_what_merely_looks_alike_stays_apart(one: Likeness, other: Likeness) -> None:
    assert not same_conversation(one, other)
    assert not same_conversation(other, one)


def test_a_summary_never_takes_the_place_of_a_transcript() -> None:
    summary = "We still do not see the weekly report."
    turns = (Turn(start=0, end=len(summary), origin=Origin.VENDOR_SUMMARY),)
    assert not same_conversation(of(summary, meeting="7", turns=turns), of(CALL, meeting="7"))
    assert same_conversation(of(summary, meeting="7", turns=turns), of(summary, meeting="7", turns=turns))


STANDING = (
    "The chiller in hall seven trips every night around two and the night shift has to restart it by hand, "
    "which costs us half a batch of yoghurt each time, and the hotline never rings back before noon."
)
REMARKS = ("A technician came and changed the fuse.", "Halden offers us two months free. We sign there on Monday.")


@pytest.mark.parametrize("form", ["csv", "markdown", "mail", "text"])
@pytest.mark.parametrize("sign", [{"meeting": "Case 9"}, {"started": TEN}, {"meeting": "Case 9", "started": TEN}])
def test_what_one_person_wrote_is_joined_only_where_all_words_agree(form: str, sign: dict[str, Any]) -> None:
    if form == "mail":
        sign = {"started": TEN, "meeting": ""}
    one, other = (of(f"{STANDING}\n{remark}", channel=Channel.SUPPORT, form=form, **sign) for remark in REMARKS)
    assert not same_conversation(one, other)
    assert same_conversation(one, one)


def test_copies_of_one_mail_are_one_though_a_program_changed_some_words() -> None:
    sent = {"channel": Channel.EMAIL, "form": "mail", "meeting": "<7f@harlow.example>"}
    assert same_conversation(of(STANDING, **sent), of(f"{STANDING} https://harlow.example/unsubscribe", **sent))
    assert not same_conversation(of(STANDING, **sent), of(f"{STANDING} Today.", **{**sent, "form": "csv"}))


def test_two_entries_of_a_table_are_two_even_where_each_holds_a_conversation() -> None:
    spoken = Turn(start=0, end=len(CALL), origin=Origin.TRANSCRIPT)
    first = of(CALL, form="csv", turns=(spoken,), meeting="Call ID 4")
    second = of(HEARD, form="csv", turns=(spoken.model_copy(update={"end": len(HEARD)}),), meeting="Call ID 4")
    assert first.said
    assert not same_conversation(first, second)
    assert same_conversation(first, of(HEARD, form="captions"))


def test_an_entry_that_says_more_than_its_conversation_is_not_lost_in_another_form_of_that() -> None:
    text = f"{CALL}She told me in the car that she leaves."
    turns = (
        Turn(start=0, end=len(CALL), origin=Origin.TRANSCRIPT),
        Turn(start=len(CALL), end=len(text), origin=Origin.CRM),
    )
    assert not same_conversation(of(text, form="csv", turns=turns), of(CALL, form="captions"))


def test_a_beginning_without_zone_says_nothing_of_one_with_a_zone() -> None:
    local = TEN.replace(tzinfo=None, hour=18)
    assert same_conversation(of(CALL, started=TEN), of(HEARD, started=local))


def test_a_transcript_without_speakers_is_a_conversation() -> None:
    turns = (Turn(start=0, end=len(CALL), origin=Origin.TRANSCRIPT),)
    assert of(CALL, turns=turns).said
    assert not of(TICKET).said
    assert len(of(CALL).sketch) == 16
    assert of(CALL).mark == of(CALL.upper()).mark != of(HEARD).mark


def test_a_form_with_plainly_more_words_is_fuller() -> None:
    assert is_fuller(CALL, CALL[:150])
    assert not is_fuller(CALL, HEARD)
