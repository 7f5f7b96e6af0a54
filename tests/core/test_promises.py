import datetime

import pytest

from notesense.core.due import iso_day
from notesense.core.note import Side
from notesense.core.promises import is_pressing
from small_accounts import Account, Said, day, pain, picture, promise, quotes


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
                "passed 1 day ago; no later words on it were found (looked for: Anna, mails, gasket, cat",
            ),
            (30, day(-10), [], "open", "The day named has not passed"),
            (30, "after the audit", [], "open", "without a calendar day"),
            (30, "end of next week", [], "overdue", "The day named passed"),
            (90, "after the audit", [], "unclear", "Promised 90 days ago"),
            (30, "2026-13-45", [], "open", "without a calendar day"),
            (90, None, ["the gasket catalogue: nobody knows"], "unclear", "judge by them whether it was kept"),
            (30, day(10), ["the gasket catalogue arrived, thanks"], "unclear", "judge by them whether it was kept"),
            (30, day(10), ["the gasket catalogue has not arrived"], "unclear", "judge by them whether it was kept"),
            (
                90,
                None,
                [pain("no gasket catalogue here")],
                "overdue",
                "later words that share its own tell of a problem.",
            ),
            (
                30,
                day(10),
                [pain("no gasket catalogue here")],
                "overdue",
                "later words that share its own tell of a problem.",
            ),
            (
                30,
                day(-1),
                [pain("no gasket catalogue here")],
                "open",
                "later words that share its own tell of a problem.",
            ),
            (9, None, [pain("no gasket catalogue here")], "open", "later words that share its own tell of a problem."),
            (
                30,
                day(10),
                [Said("expectation", "a gasket catalogue"), Said("price_value", "dear gasket catalogue")],
                "overdue",
                "tell of what is expected and price against value.",
            ),
            (30, day(10), [pain("a gasket catalogue", about="other_supplier")], "unclear", "judge by them"),
            (30, day(10), [Said("praise", "fine gasket catalogue")], "unclear", "later words speak well of it"),
            (
                30,
                day(10),
                [pain("no gasket catalogue here"), Said("praise", "fine gasket catalogue")],
                "unclear",
                "later words speak well of it; judge by them whether it was kept",
            ),
        ],
    )
    def test_status(self, made: int, due: str | None, later: list[Said | str], status: str, told: str) -> None:
        more = {"due": due} if due else {}
        account = Account().note(made, promise("Anna mails the gasket catalogue", person="Anna", **more))
        for said in later:
            account.note(5, said)
        line = picture(account).promises[0]
        assert (line.status, line.person) == (status, "Anna")
        assert told in line.told
        words = [said if isinstance(said, str) else said.quote for said in later]
        assert [one.quote for one in line.later] == [text for text in words if "gasket" in text]

    def test_what_the_customer_expects_is_no_complaint_on_its_own_promise(self) -> None:
        account = Account().note(30, promise("Anna mails the gasket list", owner="customer", due=day(10)))
        account.note(5, Said("expectation", "gasket list within the week"))
        assert picture(account).promises[0].status == "unclear"

    def test_promised_again(self) -> None:
        account = Account().note(60, promise("we mail the gasket catalogue", due=day(50)))
        account.note(45, pain("no gasket catalogue yet")).note(40, promise("the gasket catalogue comes", due=day(-9)))
        account.note(20, promise("you mail back the old gasket catalogue", owner="customer"))
        older, newer = sorted((one for one in picture(account).promises if one.owner == "us"), key=lambda one: one.made)
        assert (older.status, newer.status) == ("overdue", "open")
        assert f"; promised again on {day(40)}; later words that share its own tell of a problem." in older.told
        assert "again" not in newer.told
        assert ("the gasket catalogue comes", "commitment") in [(one.quote, one.kind) for one in older.later]

    def test_only_promised_again_has_no_other_words_to_judge_by(self) -> None:
        account = Account().note(60, promise("we mail the gasket kit", due=day(50)))
        account.note(40, promise("the gasket kit goes out on Friday", due=day(-9)))
        older = next(one for one in picture(account).promises if one.status == "unclear")
        assert older.told == f"The day named passed 50 days ago; promised again on {day(40)}."
        assert quotes(older.later) == ["the gasket kit goes out on Friday"]

    @pytest.mark.parametrize(
        ("channel", "lead", "side", "speaker", "owner"),
        [
            ("call", "they:", "customer", None, "unknown"),
            ("call", "they:", "unknown", "Ana Pell", "us"),
            ("email", "From: Ana Pell <ana@mill.example>", "unknown", "Ana", "unknown"),
            ("email", "Subject: tests\nFrom: ana.pell@mill.example", "unknown", "Ana Pell", "unknown"),
            ("email", "From: Ana Pell <ana@mill.example>", "us", "Ana", "us"),
            ("email", "From: Ana Pell <ana@mill.example>", "unknown", "Gwen", "us"),
            ("email", "hello", "unknown", "Ana", "us"),
        ],
    )
    def test_what_the_customer_says_is_no_promise_of_ours(
        self, channel: str, lead: str, side: Side, speaker: str | None, owner: str
    ) -> None:
        spoken = {"speaker": speaker} if speaker else {}
        said = Said("commitment", "the test reports by then", side, owner="us", due=day(9), **spoken)
        line = picture(Account().note(40, lead, said, channel=channel)).promises[0]
        assert line.owner == owner
        assert is_pressing(line) is (owner == "us")
        assert line.told.startswith("Whose promise is not clear; the day named passed") is (owner == "unknown")

    def test_one_word_in_a_later_note_is_a_hint_and_no_more(self) -> None:
        account = Account().note(30, promise("Priya sends the gasket kit", due=day(20))).note(9, "the gaskets fit")
        line = picture(account).promises[0]
        assert (line.status, line.later) == ("unclear", ())
        assert f"a note of {day(9)} shares a word with it" in line.told

    def test_hedged_words_are_no_promise(self) -> None:
        account = Account().note(9, Said("commitment", "might look at it", certainty="hedged", owner="us"))
        assert picture(account).promises == ()

    def test_words_that_cannot_be_looked_for_are_said_so(self) -> None:
        account = Account().note(30, promise("I will do it by then", due=day(9))).note(3, "fine weather")
        assert "too common to be looked for" in picture(account).promises[0].told

    def test_a_short_sentence_brings_the_next_one_along(self) -> None:
        account = Account().note(30, promise("Priya sends the gasket kit", due=day(20)))
        account.note(9, "And the gasket kit?", "They came and they fit.")
        assert [one.quote for one in picture(account).promises[0].later] == [
            "And the gasket kit?",
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
