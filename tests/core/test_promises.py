import datetime

import pytest
from small_accounts import Account, Said, day, leader, picture, promise, quotes

from notesense.core.promises import is_pressing, iso_day


class TestPromises:
    @pytest.mark.parametrize(
        ("made", "due", "later", "status", "told"),
        [
            (30, day(10), [], "overdue", "The day named passed 10 days ago; there is no later note."),
            (
                30,
                day(1),
                ["weather"],
                "overdue",
                "passed 1 day ago; no later note shows it done (looked for: Anna, mails, gasket, cat",
            ),
            (30, day(-10), [], "open", "The day named has not passed"),
            (30, "end of March", [], "open", "without a calendar day"),
            (90, "end of March", [], "unclear", "Promised 90 days ago"),
            (90, None, ["the gasket catalogue: nobody knows"], "unclear", "There are later words on this"),
            (90, None, ["still waiting for the gasket catalogue"], "overdue", "later words on it speak of it as still"),
            (30, day(10), ["the gasket catalogue arrived, thanks"], "kept", "Later words speak of it as done."),
            (30, day(10), ["the gasket catalogue has not arrived"], "overdue", "as still to come"),
            (30, "2026-13-45", [], "open", "without a calendar day"),
        ],
    )
    def test_status(self, made: int, due: str | None, later: list[str], status: str, told: str) -> None:
        more = {"due": due} if due else {}
        account = Account().note(made, promise("Anna mails the gasket catalogue", person="Anna", **more))
        for text in later:
            account.note(5, text)
        line = picture(account).promises[0]
        assert (line.status, line.person) == (status, "Anna")
        assert told in line.told
        assert [one.quote for one in line.later] == [text for text in later if "gasket" in text]

    def test_hedged_words_are_no_promise(self) -> None:
        account = Account().note(9, Said("commitment", "might look at it", certainty="hedged", owner="us"))
        assert picture(account).promises == ()

    def test_words_that_cannot_be_looked_for_are_said_so(self) -> None:
        account = Account().note(30, promise("I will do it by then", due=day(9))).note(3, "fine weather")
        assert "too common to be looked for" in picture(account).promises[0].told

    def test_a_short_sentence_brings_the_next_one_along(self) -> None:
        account = Account().note(30, promise("Priya sends the gaskets", due=day(20)))
        account.note(9, "And the gaskets?", "They came and they fit.")
        assert [one.quote for one in picture(account).promises[0].later] == [
            "And the gaskets?",
            "They came and they fit.",
        ]

    def test_quoted_mail_that_repeats_an_older_note_is_not_later_word(self) -> None:
        account = Account().note(30, promise("I bring the gaskets over", due=day(9)))
        account.note(8, "> I bring the gaskets over", "Thanks.", channel="email")
        assert picture(account).promises[0].status == "overdue"

    def test_words_that_are_everywhere_show_nothing(self) -> None:
        account = Account().note(90, promise("the gasket catalogue", due=day(80)))
        for days in range(70, 1, -1):
            account.note(days, "gasket catalogue arrived")
        line = picture(account).promises[0]
        assert (line.status, line.later) == ("overdue", ())

    def test_long_silent_is_not_pressing(self) -> None:
        account = Account().note(300, promise("I mail the gaskets", due=day(290)))
        account.note(200, promise("I call the plumber", due=day(20)), promise("I paint it", owner="nobody"))
        shown = picture(account).promises
        assert [is_pressing(one) for one in shown] == [True, False, False]
        assert shown[-1].owner == "unknown"

    def test_iso_days(self) -> None:
        assert iso_day("2026-02-28") == datetime.date(2026, 2, 28)
        assert [iso_day(words) for words in (None, "soon", "2026-02-30")] == [None, None, None]


class TestPeople:
    @pytest.mark.parametrize(
        ("certainty", "effective", "told"),
        [
            ("rumored", None, "A rumour, told on"),
            ("announced", day(1), f"was to take effect on {day(1)}. Confirm that it did."),
            ("announced", day(-9), f"Announced on {day(20)} for {day(-9)}."),
            ("effective", None, f"Told as in force on {day(20)}."),
            (None, None, "does not say how certain it is"),
        ],
    )
    def test_told_with_tact(self, certainty: str | None, effective: str | None, told: str) -> None:
        stated = {"sure": certainty, "effective": effective, "person": "Ines Roth", "change": "joined"}
        account = Account().note(20, leader("Ines Roth as buyer", **{k: v for k, v in stated.items() if v}))
        line = picture(account).people[0]
        assert told in line.told
        assert line.certainty == (certainty or "unknown")

    def test_a_later_word_takes_the_place_of_a_rumour(self) -> None:
        account = Account().note(90, leader("they say Ines goes", person="Ines", change="left", sure="rumored"))
        account.note(60, leader("we may be sold", change="acquisition", sure="rumored"))
        account.note(9, leader("Ines Roth left", person="Ines Roth", change="left"), leader("Bo runs it", person="Bo"))
        account.note(8, leader("the sale is signed", change="acquisition", sure="announced"))
        shown = picture(account).people
        assert [(one.quote, one.current) for one in shown] == [
            ("the sale is signed", True),
            ("Ines Roth left", True),
            ("Bo runs it", True),
            ("we may be sold", False),
            ("they say Ines goes", False),
        ]

    def test_what_hung_on_the_one_who_left_is_named(self) -> None:
        account = Account().note(50, Said("expectation", "Ines wants weekly figures"), promise("Ines gets it"))
        account.note(40, promise("drawings by May", owner="customer", person="Ines"))
        account.note(9, leader("Ines left", person="Ines", change="left"), leader("our buyer quit", change="left"))
        left = picture(account).people[0]
        assert quotes(left.orphaned) == ["Ines wants weekly figures", "drawings by May"]
        assert picture(account).people[1].orphaned == ()
