"""Problems told to support or with a ticket, and how they stand."""

import pytest

from notesense.core.bearing import Effect
from notesense.core.note import Note
from small_accounts import Account, Said, day, pain, picture, quotes

PAIN = "the export is empty every night"


def opened(title: str = "", head: str = "Ticket 7719 | Reporter: Ines") -> Account:
    account = Account().note(60, head, pain(PAIN), channel="support")
    account.notes[0] = account.notes[0].model_copy(update={"title": title})
    return account.compared()


def test_a_problem_is_open_until_later_words_resolve_it() -> None:
    line = picture(opened()).support[0]
    assert (line.status, line.ticket, line.quote) == ("open", "7719", PAIN)
    assert line.told == "Told to support 60 days ago; no later words resolve it."
    account = opened().note(9, "the file came whole").bears("the file came whole", Effect.SETTLES, PAIN)
    line = picture(account).support[0]
    assert (line.status, quotes(line.later)) == ("resolved", ["the file came whole"])
    assert f"words of {day(9)} show it resolved" in line.told


def test_what_other_notes_tell_of_it_stands_with_it() -> None:
    account = opened().note(9, pain("again no export")).bears("again no export", Effect.FAILS, PAIN)
    line = picture(account).support[0]
    assert (line.status, quotes(line.later)) == ("open", ["again no export"])
    assert f"told again on {day(9)}" in line.told


@pytest.mark.parametrize(
    ("title", "head", "ticket"),
    [
        ("support #4471 handhelds", "Opened by Tomasz", "4471"),
        ("INC-8342 laptop", "5 May", "INC-8342"),
        ("P-212 log-in", "x", "P-212"),
        ("", "Complaint QM-0388 | Part", "QM-0388"),
        ("Case 2290 nesting", "x", "2290"),
        ("slow again", "nothing here", None),
    ],
)
def test_the_number_of_a_ticket_stands_in_its_head(title: str, head: str, ticket: str | None) -> None:
    assert picture(opened(title, head)).support[0].ticket == ticket


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("You may close 7719.", "resolved"),
        ("7719 was resolved on Monday", "resolved"),
        ("shall we close 7719?", "open"),
        ("7719 is not closed", "open"),
        ("7719 was closed automatically", "open"),
        ("7719 is with development", "open"),
        ("you may close 7718", "open"),
        ("you may close 77190", "open"),
    ],
)
def test_a_later_note_that_names_the_ticket_may_close_it(words: str, status: str) -> None:
    assert picture(opened().note(9, words)).support[0].status == status


def test_what_comes_back_after_the_ticket_was_closed_is_open() -> None:
    account = opened("INC-77").note(30, "INC-77 can be closed").note(9, pain("empty again"))
    assert picture(account.bears("empty again", Effect.FAILS, PAIN)).support[0].status == "open"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Complaint number from your desk is QM-0431.", True),
        ("see ticket #4471", True),
        ("this is 7719 once more", True),
        ("in that case 500 pieces were late", False),
    ],
)
def test_a_problem_told_elsewhere_with_a_ticket_is_one_of_support(words: str, told: bool) -> None:
    account = opened().note(9, pain("thirty-one sleeves put aside"), words, channel="email")
    assert ("thirty-one sleeves put aside" in quotes(picture(account).support)) is told


TICKET = "\n".join(
    (
        "#3391 | machine DA-3 | opened 08:14 by Callum Reid",
        "",
        "08:14 Callum: Water is coming out from under the machine.",
        "08:20 Desk: Is the tap shut?",
        "10:24 Rory: Inlet hose replaced.",
        "10:40 Callum: All good here, coffee is flowing.",
        "{end}",
    )
)


@pytest.mark.parametrize(
    ("end", "resolved"),
    [
        ("10:41 Desk: Closed.", True),
        ("10:41 Callum: You can close it.", True),
        ("10:41 Desk: Closed automatically.", False),
        ("10:41 Desk: Closed.\n11:00 Desk: Status: open.", False),
        ("10:41 Desk: Waiting for part.", False),
    ],
)
def test_a_ticket_in_which_no_problem_is_left_says_itself_that_it_is_closed(end: str, resolved: bool) -> None:
    account = Account().note(30, "x", channel="support").compared()
    account.notes[0] = Note.model_validate({**account.notes[0].model_dump(), "text": TICKET.format(end=end)})
    lines = picture(account).support
    assert [(one.quote, one.status, one.ticket) for one in lines] == (
        [("Water is coming out from under the machine.", "resolved", "3391")] if resolved else []
    )
    if resolved:
        assert "All good here, coffee is flowing." in quotes(lines[0].later)


def test_a_ticket_without_a_word_on_the_problem_tells_nothing() -> None:
    account = Account().note(30, "ok", "Closed.", Said("praise", "fine"), channel="support").compared()
    assert picture(account).support == ()
