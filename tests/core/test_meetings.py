import datetime
import re

import pytest

from notesense.core.calendar import Attendee, Meeting, in_order, meant
from notesense.core.meeting_accounts import accounts_of, mail_domains
from notesense.core.ourselves import Ourselves
from notesense.core.ports import AccountNames
from notesense.errors import InputError

DAY = datetime.date(2026, 3, 4)
INES = Attendee(name="Ines Duarte", email="ines@harlow.example")
BEN = Attendee(name="Ben Adeyemi", email="ben@ours.example")
EVE = Attendee(email="eve_ng@OURS.example")
PAT = Attendee(name="Pat Roe", email="pat@gmail.com")


def meeting(title: str = "", hour: int | None = 9, day: int = 0, location: str = "") -> Meeting:
    at = None if hour is None else datetime.time(hour)
    return Meeting(day=DAY + datetime.timedelta(days=day), time=at, title=title, location=location)


def test_the_next_meeting_is_meant_or_that_of_a_number() -> None:
    meetings = [meeting("c", day=1), meeting("b", None), meeting("a")]
    assert [one.title for one in in_order(meetings)] == ["a", "b", "c"]
    assert meant(meetings, "f.ics").title == "a"
    assert meant(meetings, "f.ics", 3).title == "c"


def named(one: Meeting) -> set[str]:
    return {account for account in ("Harlow", "Corrie") if account in one.title}


@pytest.mark.parametrize(
    ("titles", "account", "title"),
    [
        (["Dentist", "Corrie", "Harlow"], "Harlow", "Harlow"),
        (["Dentist", "Harlow and Corrie", "Harlow"], "Harlow", "Harlow and Corrie"),
        (["Review", "Review"], "Harlow", "Review"),
        (["Dentist", "Corrie"], "", "Dentist"),
    ],
)
def test_the_next_meeting_with_an_account_is_meant(titles: list[str], account: str, title: str) -> None:
    meetings = [meeting(each, day=day) for day, each in enumerate(titles)]
    found = meant(meetings, "f.ics", None, account, named)
    assert (found.title, found.day) == (title, meetings[titles.index(title)].day)


@pytest.mark.parametrize("titles", [["Dentist", "Review"], ["Corrie"], ["Corrie", "Corrie"], ["Dentist", "Corrie"]])
def test_a_meeting_that_may_be_with_somebody_else_is_asked_about(titles: list[str]) -> None:
    meetings = [meeting(each, day=day) for day, each in enumerate(titles)]
    with pytest.raises(InputError, match=r"No meeting of f\.ics names Harlow\.") as raised:
        meant(meetings, "f.ics", None, "Harlow", named)
    assert "--event N: 1 2026-03-04 09:00" in raised.value.fix
    assert meant(meetings, "f.ics", 1, "Harlow", named) == meetings[0]


@pytest.mark.parametrize(
    ("meetings", "number", "message", "fix"),
    [
        ([], None, "f.ics has no meeting on or after that day", "earlier --as-of"),
        ([meeting("a")], 2, "f.ics has no meeting 2", "1 2026-03-04 09:00 a"),
        ([meeting("a"), meeting()], None, "2 next meetings at the same time", "--event N: 1 .*without a title; 2 "),
        ([meeting("a")] * 12, None, "12 next meetings", "and 2 more"),
    ],
)
def test_it_is_told_which_meetings_there_are(
    meetings: list[Meeting], number: int | None, message: str, fix: str
) -> None:
    with pytest.raises(InputError, match=message) as raised:
        meant(meetings, "f.ics", number)
    assert re.search(fix, raised.value.fix)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Ourselves(), (INES, BEN, EVE, PAT)),
        (Ourselves(domains=("ours.example",)), (INES, PAT)),
        (Ourselves(names=("Ben Adeyemi",)), (INES, PAT)),
        (Ourselves(names=("Pat Roe",)), (INES, BEN, EVE)),
    ],
)
def test_our_own_people_are_left_out(ours: Ourselves, theirs: tuple[Attendee, ...]) -> None:
    assert ours.theirs((INES, BEN, EVE, PAT)) == theirs


def test_an_address_alone_is_shown_as_a_name() -> None:
    assert (EVE.shown, Attendee(name="No Address").domain) == ("Eve Ng", "")


HARLOW = AccountNames(name="Harlow Instruments", aliases=("HI", "Harlow"))
NORTH = AccountNames(name="Harlow North")
DOMAINS = {"Harlow Instruments": frozenset({"harlow.example", "both.test"}), "Harlow North": frozenset({"both.test"})}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Review with HARLOW  instruments", {"Harlow Instruments": "“Harlow Instruments”"}),
        ("Harlow North: kick-off", {"Harlow North": "“Harlow North”"}),
        ("Harlow and Harlow North", {"Harlow Instruments": "“Harlow”", "Harlow North": "“Harlow North”"}),
        ("HI: prices", {"Harlow Instruments": "“HI”"}),
        ("Say hi", {}),
        ("Harlowe", {}),
        ("", {}),
    ],
)
def test_the_account_that_a_meeting_names(words: str, found: dict[str, str]) -> None:
    assert accounts_of(meeting(words), (), (HARLOW, NORTH, AccountNames(name=" ")), {}) == found
    assert accounts_of(meeting(location=words), (), (HARLOW, NORTH), {}) == found


def test_a_mail_domain_counts_where_one_account_alone_has_it() -> None:
    both = Attendee(email="x@both.test")
    assert accounts_of(meeting("Review"), (PAT, both), (HARLOW, NORTH), DOMAINS) == {}
    found = accounts_of(meeting("Review"), (INES, both), (HARLOW, NORTH), DOMAINS)
    assert found == {"Harlow Instruments": "the e-mail domain harlow.example"}


def test_domains_stand_in_the_heads_of_mails() -> None:
    mail = "From: Ines <ines@Harlow.example>\nTo: pat@gmail.com\n\nAsk bob@body.test please.\n> Von: Z <z@old.test>"
    assert mail_domains(["no mail", mail]) == {"harlow.example", "old.test"}
