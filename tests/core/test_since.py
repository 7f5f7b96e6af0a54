"""Typed differences against the last live meeting, where later words were weighed."""

import pytest

from notesense.core.bearing import Effect
from small_accounts import Account, Said, day, leader, pain, picture, promise

SETTLES, FAILS, REPLACES, REPEATS = Effect.SETTLES, Effect.FAILS, Effect.REPLACES, Effect.REPEATS


def changes(account: Account) -> list[tuple[str, str, str | None]]:
    """Return the differences as type, words and what was told before."""
    shown = picture(account.compared()).since_last_meeting
    return sorted((one.type, one.quote, one.before.quote if one.before else None) for one in shown)


def met(*statements: Said | str, days: int = 40) -> Account:
    return Account().note(days, *statements, channel="meeting")


def test_what_was_not_told_before_is_new() -> None:
    account = met("hello").note(9, pain("it leaks"), Said("praise", "nice"), channel="email")
    assert changes(account) == [("new", "it leaks", None), ("new", "nice", None)]


@pytest.mark.parametrize(
    ("effect", "said", "type_"),
    [
        (SETTLES, promise("we send it", due=day(20)), "settled"),
        (SETTLES, pain("it leaks"), "settled"),
        (SETTLES, Said("expectation", "a page"), "settled"),
        (SETTLES, Said("stalled_adoption", "vault unused"), "settled"),
        (SETTLES, Said("opportunity", "a new hall"), "settled"),
        (REPLACES, promise("we send it", due=day(20)), "changed"),
        (REPLACES, Said("expectation", "a page"), "changed"),
        (FAILS, promise("we send it", due=day(20)), "still_open"),
        (FAILS, pain("it leaks"), "still_open"),
        (REPEATS, Said("opportunity", "a new hall"), "still_open"),
        (REPEATS, Said("price_value", "too dear"), "still_open"),
    ],
)
def test_words_on_what_was_told_before(effect: Effect, said: Said, type_: str) -> None:
    account = met(said).note(9, "here are the words", channel="email")
    account.bears("here are the words", effect, said.quote)
    assert changes(account) == [(type_, "here are the words", said.quote)]
    shown = picture(account).since_last_meeting[0]
    assert shown.label.endswith(f"(told {day(40)})")
    assert shown.kind == said.kind


def test_a_promise_made_anew_for_another_day_is_changed() -> None:
    account = met(promise("we send it", due=day(20))).note(9, promise("it goes out", due=day(-5)), channel="email")
    assert changes(account.bears("it goes out", REPEATS, "we send it")) == [("changed", "it goes out", "we send it")]


def test_words_that_do_not_fit_how_the_matter_stands_are_none() -> None:
    account = met(pain("it leaks")).note(20, "dry now", channel="email").note(9, pain("wet again"), channel="email")
    account.bears("dry now", SETTLES, "it leaks").bears("wet again", FAILS, "it leaks")
    assert changes(account) == [("still_open", "wet again", "it leaks")]
    kept = met(promise("we send it", due=day(20))).note(20, "when?", channel="email").note(9, "here", channel="email")
    kept.bears("when?", FAILS, "we send it").bears("here", SETTLES, "we send it")
    assert changes(kept) == [("settled", "here", "we send it")]
    faint = met(promise("we send it", due=day(20))).note(9, "it may be here", channel="email")
    assert changes(faint.bears("it may be here", SETTLES, "we send it", 0.35)) == [("quiet", "we send it", None)]
    withdrawn = met(promise("we send it", due=day(20))).note(9, "no more", channel="email")
    assert changes(withdrawn.bears("no more", REPLACES, "we send it", 0.45)) == []


@pytest.mark.parametrize(("amount", "type_"), [("5,400", "changed"), ("6,900", "still_open")])
def test_price_held_against_something_else_is_changed(amount: str, type_: str) -> None:
    account = met(Said("price_value", "6,900 is a lot", amount="6,900"))
    account.note(9, Said("price_value", "dear again", amount=amount), channel="email")
    assert changes(account.bears("dear again", REPEATS, "6,900 is a lot")) == [(type_, "dear again", "6,900 is a lot")]


def test_another_telling_of_a_thread_is_still_open_by_its_newest_telling() -> None:
    account = Account().note(90, Said("stalled_adoption", "portal sleeps", what="portal"), channel="email")
    account.note(40, Said("stalled_adoption", "two open the portal", what="portal"), channel="meeting")
    account.note(9, Said("stalled_adoption", "eleven log-ins", what="portal"), channel="email")
    assert changes(account) == [("still_open", "eleven log-ins", "two open the portal")]
    dear = met(Said("price_value", "dear", amount="9")).note(30, Said("price_value", "dearer", amount="9"))
    dear.note(9, Said("price_value", "dearest", amount="12"), channel="email")
    dear.bears("dearer", REPEATS, "dear").bears("dearest", REPEATS, "dear")
    assert ("changed", "dearest", "dear") in changes(dear)


def test_news_of_a_rival_a_person_or_the_whole_company_changes_what_was_told() -> None:
    account = met(
        Said("competitor", "Corvid called", name="Corvid"),
        leader("they say Ines goes", "rumored", person="Ines", change="left"),
        leader("we may be sold", "rumored", change="acquisition"),
    )
    account.note(
        9,
        Said("competitor", "Corvid has made an offer", name="Corvid"),
        Said("competitor", "Heron came too", name="Heron"),
        leader("Ines goes in May", "announced", person="Ines", change="left"),
        leader("the sale is off", "announced", change="acquisition"),
        channel="email",
    )
    assert changes(account) == [
        ("changed", "Corvid has made an offer", "Corvid called"),
        ("changed", "Ines goes in May", "they say Ines goes"),
        ("changed", "the sale is off", "we may be sold"),
        ("new", "Heron came too", None),
    ]


def test_the_same_words_stand_once_as_the_likelier() -> None:
    account = met(promise("we send it", due=day(20)), pain("it leaks")).note(9, "new seal in, dry", channel="email")
    account.bears("new seal in, dry", SETTLES, "we send it", 0.8).bears("new seal in, dry", SETTLES, "it leaks", 0.9)
    assert changes(account) == [("settled", "new seal in, dry", "it leaks")]


def test_a_matter_stands_once_for_each_type_in_its_newest_words() -> None:
    account = met(promise("we send it", due=day(30))).note(20, "where is it?", channel="email")
    account.note(9, "still nothing here", channel="email")
    account.bears("where is it?", FAILS, "we send it").bears("still nothing here", FAILS, "we send it")
    assert changes(account) == [("still_open", "still nothing here", "we send it")]


def test_what_came_and_went_since_is_told_as_settled_alone() -> None:
    account = met("hello").note(20, pain("it leaks"), channel="email").note(9, "dry", channel="email")
    assert changes(account.bears("dry", SETTLES, "it leaks")) == [("settled", "dry", "it leaks")]


def test_words_that_carry_a_signal_stand_as_that_signal() -> None:
    account = met(pain("it leaks")).note(9, "Dear Bo,", Said("praise", "dry as dust"), channel="email")
    assert changes(account.bears("Dear Bo,\ndry as dust", SETTLES, "it leaks")) == [
        ("settled", "dry as dust", "it leaks")
    ]


class TestQuiet:
    def test_open_matters_of_which_nothing_was_heard_are_quiet_the_weightiest_three(self) -> None:
        account = met(
            Said("expectation", "weekly figures"),
            leader("they say Ines goes", "rumored", person="Ines"),
            promise("we paint", due=day(30)),
            pain("it leaks"),
            Said("opportunity", "a new hall"),
            Said("stalled_adoption", "vault unused"),
        )
        account.note(9, "thanks for coming", channel="email")
        assert [one[1] for one in changes(account)] == ["it leaks", "vault unused", "we paint"]
        assert {one[0] for one in changes(account)} == {"quiet"}

    def test_closed_old_or_spoken_of_they_are_not(self) -> None:
        account = Account().note(300, pain("the gate sticks"), channel="meeting")
        account.note(40, pain("it leaks"), promise("we paint", due=day(-9)), pain("gasket torn"), channel="meeting")
        account.note(9, "dry", "that gasket", channel="email").bears("dry", SETTLES, "it leaks")
        account.bears("that gasket", REPEATS, "gasket torn", 0.5)
        assert [one for one in changes(account) if one[0] == "quiet"] == []

    def test_words_that_only_share_its_own_speak_of_it_too(self) -> None:
        account = met(pain("the gasket kit leaks")).note(9, "about the gasket kit", channel="email")
        assert changes(account) == []

    def test_told_by_its_last_mention(self) -> None:
        account = Account().note(90, promise("Ines sends the plans", "customer", due=day(80)))
        account.note(40, "asked for them", channel="meeting").note(9, "thanks", channel="email")
        account.bears("asked for them", FAILS, "Ines sends the plans")
        assert changes(account) == [("quiet", "asked for them", None)]

    def test_a_meeting_that_is_the_newest_note_is_measured_against_all_before_it(self) -> None:
        account = Account().note(90, pain("it leaks"), pain("it creaks")).note(9, "dry", channel="meeting")
        assert changes(account.bears("dry", SETTLES, "it leaks")) == [
            ("quiet", "it creaks", None),
            ("settled", "dry", "it leaks"),
        ]
        assert changes(Account().note(9, pain("it leaks"), channel="meeting")) == [("new", "it leaks", None)]


def test_without_a_live_meeting_there_is_nothing_to_measure_against() -> None:
    account = Account().note(40, pain("it leaks"), channel="email").note(9, pain("wet"), channel="email")
    assert {one[0] for one in changes(account.bears("wet", FAILS, "it leaks"))} == {"new"}


def test_where_nothing_was_compared_shared_words_tell_it_again() -> None:
    account = met(pain("the gasket kit leaks")).note(9, pain("gasket kit, leaking"), channel="email")
    shown = picture(account).since_last_meeting
    assert [(one.type, one.label) for one in shown] == [("still_open", f"again (first told {day(40)})")]
    assert shown[0].before is not None
