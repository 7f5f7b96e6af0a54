"""How promises stand by what later words were weighed to say."""

import pytest

from notesense.core.bearing import Effect
from notesense.core.picture import Promise
from small_accounts import Account, Said, day, leader, picture, promise, quotes

MADE = "we send the drawings"
DONE, STILL, OFF = "the drawings came on Monday", "no drawings here", "never mind the drawings"
SETTLES, FAILS, REPLACES, REPEATS = Effect.SETTLES, Effect.FAILS, Effect.REPLACES, Effect.REPEATS


def told(*heard: tuple[int, str, Effect, float], due: str | None = day(40), owner: str = "us") -> Promise:
    """Return the promise of 60 days ago, as these words of later days leave it."""
    account = Account().note(60, promise(MADE, owner, **({"due": due} if due else {}))).compared()
    for days, words, effect, likelihood in sorted(heard, reverse=True):
        if not any(words in note.text for note in account.notes):
            account.note(days, words)
        account.bears(words, effect, MADE, likelihood)
    return picture(account).promises[0]


@pytest.mark.parametrize(
    ("heard", "status", "shown"),
    [
        ([], "overdue", []),
        ([(9, DONE, SETTLES, 0.9)], "kept", [DONE]),
        ([(9, DONE, SETTLES, 0.45)], "kept", [DONE]),
        ([(9, DONE, SETTLES, 0.35)], "overdue", []),
        ([(9, OFF, REPLACES, 0.9)], "dropped", [OFF]),
        ([(9, OFF, REPLACES, 0.45)], "unclear", [OFF]),
        ([(9, STILL, FAILS, 0.6)], "overdue", [STILL]),
        ([(9, STILL, REPEATS, 0.9)], "overdue", []),
        ([(20, STILL, FAILS, 0.9), (9, DONE, SETTLES, 0.8)], "kept", [DONE]),
        ([(20, DONE, SETTLES, 0.8), (9, STILL, FAILS, 0.8)], "unclear", [DONE, STILL]),
        ([(20, DONE, SETTLES, 0.8), (9, STILL, FAILS, 0.9)], "overdue", [STILL]),
        ([(20, OFF, REPLACES, 0.45), (9, STILL, FAILS, 0.6)], "overdue", [STILL]),
        ([(9, DONE, SETTLES, 0.8), (9, STILL, FAILS, 0.8)], "unclear", [DONE, STILL]),
        ([(9, DONE, SETTLES, 0.9), (9, STILL, FAILS, 0.6)], "kept", [DONE]),
        ([(9, DONE, SETTLES, 0.7), (9, STILL, FAILS, 0.95)], "overdue", [STILL]),
        ([(20, OFF, REPLACES, 0.9), (9, DONE, SETTLES, 0.9)], "kept", [DONE]),
        ([(20, DONE, SETTLES, 0.8), (9, OFF, REPLACES, 0.9)], "dropped", [OFF]),
        ([(20, OFF, REPLACES, 0.9), (9, STILL, FAILS, 0.9)], "dropped", [OFF]),
    ],
)
def test_status_and_the_words_that_show_it(
    heard: list[tuple[int, str, Effect, float]], status: str, shown: list[str]
) -> None:
    line = told(*heard)
    assert (line.status, sorted(quotes(line.later))) == (status, sorted(shown))


def test_what_is_not_late_is_open_and_the_words_that_ask_for_it_are_shown() -> None:
    for due in (None, day(-5), "after the audit"):
        line = told((9, STILL, FAILS, 0.9), due=due)
        assert (line.status, quotes(line.later)) == ("open", [STILL])
        assert f"still waited for on {day(9)}" in line.told


def test_a_promise_can_be_kept_before_its_day() -> None:
    assert told((9, DONE, SETTLES, 0.9), due=day(-5)).status == "kept"


def test_a_promise_of_nobody_knows_whom_is_not_overdue() -> None:
    assert told(owner="nobody").status == "unclear"
    assert told((9, DONE, SETTLES, 0.9), owner="nobody").status == "kept"


class TestMadeAnew:
    ANEW = "the drawings go out"

    def again(self, due: str | None, owner: str = "us", kept: int | None = None) -> list[tuple[str, str]]:
        account = Account().note(60, promise(MADE, due=day(50)))
        if kept:
            account.note(kept, DONE).bears(DONE, SETTLES, MADE)
        account.note(30, promise(self.ANEW, owner, **({"due": due} if due else {})))
        shown = picture(account.bears(self.ANEW, REPEATS, MADE, 0.4)).promises
        return sorted((one.quote, one.status) for one in shown)

    def test_for_another_day_it_drops_the_older_telling(self) -> None:
        assert self.again(day(20)) == [(self.ANEW, "overdue"), (MADE, "dropped")]

    def test_in_words_that_settle_a_day_too(self) -> None:
        assert self.again("by the end of the year") == [(self.ANEW, "open"), (MADE, "dropped")]

    @pytest.mark.parametrize(("due", "owner"), [(None, "us"), (day(50), "us"), (day(20), "customer")])
    def test_for_no_other_day_or_by_the_other_side_it_does_not(self, due: str | None, owner: str) -> None:
        assert (MADE, "overdue") in self.again(due, owner)

    def test_one_that_was_kept_before_stays_kept_and_one_made_anew_is_kept_anew(self) -> None:
        assert (MADE, "kept") in self.again(day(20), kept=40)
        assert (MADE, "dropped") in self.again(day(20), kept=10)

    def test_the_newest_counts(self) -> None:
        account = Account().note(60, promise(MADE, due=day(50))).note(30, promise(self.ANEW, due=day(20)))
        account.note(9, promise("drawings tomorrow", due="tomorrow"), Said("expectation", "drawings tomorrow please"))
        account.bears(self.ANEW, FAILS, MADE, 0.9).bears("drawings tomorrow", REPLACES, MADE, 0.9)
        line = next(one for one in picture(account).promises if one.quote == MADE)
        assert quotes(line.later) == ["drawings tomorrow"]
        assert line.told.endswith(f"made anew on {day(9)}, for tomorrow: that promise counts.")

    def test_hedged_words_make_nothing_anew(self) -> None:
        account = Account().note(60, promise(MADE, due=day(50)))
        account.note(9, Said("commitment", "drawings maybe", certainty="hedged", owner="us", due=day(-9)))
        assert picture(account.bears("drawings maybe", REPEATS, MADE)).promises[0].status == "overdue"


class TestDays:
    def test_words_that_settle_a_day_are_told_with_it(self) -> None:
        line = picture(Account().note(30, promise(MADE, due="end of next week")).compared()).promises[0]
        assert (line.status, line.due, line.due_words) == ("overdue", "2026-09-25", "end of next week")
        plain = told(due=day(40))
        assert (plain.due, plain.due_words) == (day(40), None)

    @pytest.mark.parametrize(
        ("change", "due"), [("left", day(20)), ("role_change", day(21)), ("joined", "before I go")]
    )
    def test_before_i_go_is_as_the_note_tells(self, change: str, due: str) -> None:
        account = Account().note(
            30,
            promise("I sign before I go", "customer", person="Ines", due="before I go"),
            leader("Ines goes", "announced", person="Ines", change=change, effective=day(20)),
        )
        assert picture(account.compared()).promises[0].due == due


class TestHungOn:
    def hung(
        self, *said: Said | str, who: str = "customer", name: str | None = "Ines Roth", status: bool = False
    ) -> str:
        named = {"person": name} if name else {}
        account = Account().note(60, promise(MADE, who, due=day(40), **named)).note(30, *said)
        if status:
            account.note(9, DONE).bears(DONE, SETTLES, MADE)
        return picture(account.compared()).promises[0].hung_on or ""

    def test_on_one_of_theirs_who_has_left(self) -> None:
        left = leader("Ines left", "effective", person="Ines", change="left")
        assert self.hung(left) == "Ines Roth"
        assert self.hung(left, name=None) == ""
        assert self.hung(left, status=True) == ""
        assert self.hung(leader("Bo left", "effective", person="Bo", change="left")) == ""

    def test_on_the_one_before_a_successor_but_not_on_the_successor(self) -> None:
        new = leader("Bo follows Ines", "announced", person="Bo", change="succession", effective=day(10))
        assert self.hung(new) == "Ines Roth"
        assert self.hung(new, name="Bo") == ""

    def test_on_one_who_takes_another_role_but_not_on_one_who_is_new(self) -> None:
        moves = leader("Ines moves", "announced", person="Ines", change="role_change", effective=day(20))
        assert self.hung(moves) == ""
        account = Account().note(90, "Ines came along.")
        account.note(30, promise(MADE, due=day(10), person="Ines Roth"), moves)
        assert picture(account.compared()).promises[0].hung_on == "Ines Roth"

    @pytest.mark.parametrize(
        ("sure", "effective"), [("rumored", day(10)), ("announced", day(-10)), ("announced", "some day")]
    )
    def test_not_on_one_who_has_not_left_yet(self, sure: str, effective: str) -> None:
        assert self.hung(leader("Ines goes", sure, person="Ines", change="left", effective=effective)) == ""

    @pytest.mark.parametrize(
        ("told", "hung"),
        [
            ("Anselm leaves us at the end of the month", "Anselm Kerr"),
            ("Anselm, who did it, left the slotting as it was", ""),
            ("Anselm has left.", "Anselm Kerr"),
            ("Bo leaves us", ""),
        ],
    )
    def test_on_one_of_ours_by_the_words_of_a_later_note(self, told: str, hung: str) -> None:
        assert self.hung(told, who="us", name="Anselm Kerr") == hung
        assert self.hung(told, who="customer", name="Anselm Kerr") == ""


def test_a_label_is_taken_at_its_word_on_whose_promise_it_is() -> None:
    said = Said("commitment", "we send it", side="customer", owner="us")
    assert picture(Account().note(9, said)).promises[0].owner == "unknown"
    assert picture(Account().note(9, said).labelled()).promises[0].owner == "us"
