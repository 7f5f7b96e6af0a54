"""Pains, wishes, tickets and unused things by what later words were weighed to say, told over several notes."""

import pytest

from notesense.core.bearing import Effect, Likelihoods
from notesense.core.matters import Matter, matters_of
from small_accounts import Account, Said, day, pain, picture, quotes

SETTLES, FAILS, REPLACES, REPEATS = Effect.SETTLES, Effect.FAILS, Effect.REPLACES, Effect.REPEATS
FIRST, AGAIN, THIRD = "pickers are logged out", "they sign on afresh every hour", "a login mask again"
FIXED = "not one log-off since"


def three(*severities: str) -> Account:
    """Return an account in which one problem was told three times; each telling is known to repeat the one before."""
    account = Account()
    told = zip((200, 120, 40), (FIRST, AGAIN, THIRD), severities or ("", "", ""), strict=True)
    for days, words, severity in told:
        account.note(days, pain(words, **({"severity": severity} if severity else {})))
    return account.bears(AGAIN, FAILS, FIRST).bears(THIRD, REPEATS, AGAIN)


class TestPains:
    def test_a_matter_told_again_is_open_and_its_newest_telling_stands_for_it(self) -> None:
        shown = {one.quote: one for one in picture(three()).pains}
        assert {one.status for one in shown.values()} == {"open"}
        assert [shown[words].newest for words in (FIRST, AGAIN, THIRD)] == [False, False, True]
        assert [one.quote for one in shown[THIRD].told_before] == [FIRST, AGAIN]
        assert quotes(shown[FIRST].later) == [AGAIN, THIRD]
        assert shown[FIRST].last_told.isoformat() == day(40)
        assert shown[FIRST].told == f"Told 200 days ago, told again on {day(40)}; no later words settle it."

    @pytest.mark.parametrize(
        ("severities", "burning"),
        [(("high", "", ""), True), (("", "high", "medium"), False), (("", "", "high"), True), (("", "", ""), False)],
    )
    def test_all_tellings_burn_together_as_last_graded(self, severities: tuple[str, ...], burning: bool) -> None:
        assert {one.fire for one in picture(three(*severities)).pains} == {burning}

    def test_what_was_told_to_support_burns_unless_it_is_a_niggle(self) -> None:
        account = Account().note(40, pain(FIRST), channel="support").note(39, pain(AGAIN, severity="low"))
        fires = {one.quote: one.fire for one in picture(account.compared()).pains}
        assert fires == {FIRST: True, AGAIN: False}
        niggle = account.bears(AGAIN, REPEATS, FIRST)
        assert {one.fire for one in picture(niggle).pains} == {False}

    @pytest.mark.parametrize(("about", "burning"), [("us", True), ("own_business", False), ("other_supplier", False)])
    def test_only_ours_burn(self, about: str, burning: bool) -> None:
        account = Account().note(9, pain(FIRST, about=about, severity="high")).compared()
        assert picture(account).pains[0].fire is burning
        nobody = Account().note(9, Said("pain_point", FIRST, severity="high")).compared()
        assert picture(nobody).pains[0].told == "Fire: high severity, told 9 days ago, and no later words settle it."

    def test_words_that_settle_one_telling_settle_those_before(self) -> None:
        account = three("", "", "high").note(9, FIXED).bears(FIXED, SETTLES, THIRD)
        shown = picture(account).pains
        assert {(one.status, one.settled, one.fire, one.later[-1].quote) for one in shown} == {
            ("settled", True, False, FIXED)
        }
        assert f"words of {day(9)} show it settled" in shown[0].told

    def test_what_came_back_is_open(self) -> None:
        account = three().note(80, FIXED).bears(FIXED, SETTLES, AGAIN)
        assert {one.status for one in picture(account).pains} == {"open"}

    def test_words_of_one_day_that_conflict_are_decided_by_the_likelier(self) -> None:
        account = Account().note(40, pain(FIRST)).note(9, FIXED, "twice on Monday")
        account.bears(FIXED, SETTLES, FIRST, 0.9).bears("twice on Monday", FAILS, FIRST, 0.6)
        assert picture(account).pains[0].status == "settled"

    def test_told_again_or_still_hurting_count_together(self) -> None:
        account = Account().note(40, pain(FIRST)).note(9, pain(AGAIN)).bears(AGAIN, FAILS, FIRST)
        both = Likelihoods(settles=0.1, fails=0.4, replaces=0, repeats=0.4)
        account.bearings = [one.model_copy(update={"likelihoods": both}) for one in account.bearings or ()]
        shown = {one.quote: one for one in picture(account).pains}
        assert quotes(shown[FIRST].later) == [AGAIN]
        assert not shown[FIRST].newest

    def test_faint_words_settle_nothing(self) -> None:
        account = Account().note(40, pain(FIRST)).note(9, FIXED).bears(FIXED, SETTLES, FIRST, 0.45)
        assert (picture(account).pains[0].status, picture(account).pains[0].later) == ("open", ())

    @pytest.mark.parametrize(
        ("about", "status"), [("us", "open"), ("own_business", "open"), ("other_supplier", "settled")]
    )
    def test_words_that_complain_settle_nothing(self, about: str, status: str) -> None:
        account = Account().note(40, pain(FIRST)).note(9, Said("pain_point", AGAIN, about=about))
        shown = {one.quote: one.status for one in picture(account.bears(AGAIN, SETTLES, FIRST, 0.9)).pains}
        assert shown[FIRST] == status

    def test_a_promise_is_kept_by_words_that_complain_of_the_result(self) -> None:
        account = Account().note(40, Said("commitment", "we send the parts", owner="us")).note(9, pain(AGAIN))
        assert picture(account.bears(AGAIN, SETTLES, "we send the parts", 0.9)).promises[0].status == "kept"

    def test_shared_words_settle_nothing_where_they_were_weighed(self) -> None:
        account = Account().note(40, pain("the PX4471 leaks")).note(9, Said("praise", "the PX4471 is a joy"))
        assert picture(account).pains[0].settled
        assert not picture(account.compared()).pains[0].settled


class TestExpectations:
    WISH, WORDS = "a page every month", "the page is not there"

    def line(self, effect: Effect, *later: Said | str, deadline: str = "") -> tuple[str, list[str]]:
        more = {"deadline": deadline} if deadline else {}
        account = Account().note(60, Said("expectation", self.WISH, **more)).note(20, *later)
        words = later[0] if isinstance(later[0], str) else later[0].quote
        shown = picture(account.bears(words, effect, self.WISH)).expectations
        wish = next(one for one in shown if one.quote == self.WISH)
        return wish.status, quotes(wish.later)

    @pytest.mark.parametrize(
        ("effect", "kind", "deadline", "status"),
        [
            (SETTLES, "", "", "met"),
            (REPLACES, "expectation", "", "changed"),
            (FAILS, "", "", "missed"),
            (FAILS, "pain_point", "", "missed"),
            (FAILS, "pain_point", day(-5), "missed"),
            (FAILS, "expectation", "", "current"),
            (FAILS, "expectation", day(-5), "current"),
            (FAILS, "", day(-5), "current"),
            (FAILS, "expectation", day(30), "missed"),
            (REPEATS, "expectation", "", "current"),
            (REPEATS, "pain_point", "", "missed"),
            (REPEATS, "", "", "current"),
        ],
    )
    def test_status(self, effect: Effect, kind: str, deadline: str, status: str) -> None:
        said = Said(kind, self.WORDS) if kind else self.WORDS
        assert self.line(effect, said, deadline=deadline) == (status, [self.WORDS])

    def test_the_newest_clear_word_decides(self) -> None:
        account = Account().note(60, Said("expectation", self.WISH)).note(40, FIXED).note(9, self.WORDS)
        account.bears(FIXED, SETTLES, self.WISH).bears(self.WORDS, FAILS, self.WISH)
        line = picture(account).expectations[0]
        assert (line.status, quotes(line.later)) == ("missed", [self.WORDS])
        assert line.told == f"Stated {day(60)}, words of {day(9)} show it missed."

    def test_each_telling_has_its_status_and_the_newest_stands_for_the_wish(self) -> None:
        account = (
            Account().note(300, Said("expectation", self.WISH)).note(100, Said("expectation", "one sheet a month"))
        )
        account.note(9, Said("expectation", "a new lamp")).bears("one sheet a month", REPEATS, self.WISH)
        shown = {one.quote: one for one in picture(account).expectations}
        assert [shown[one].newest for one in (self.WISH, "one sheet a month", "a new lamp")] == [False, True, True]
        assert shown[self.WISH].status == "current"
        assert shown[self.WISH].last_confirmed is not None
        assert [one.trigger for one in _agenda(account)] == ["expectation_current"] * 2

    def test_not_heard_for_long_it_is_stale(self) -> None:
        account = Account().note(200, Said("expectation", self.WISH)).compared()
        assert picture(account).expectations[0].status == "stale"

    def test_what_is_met_is_not_raised(self) -> None:
        account = Account().note(60, Said("expectation", self.WISH)).note(9, FIXED).bears(FIXED, SETTLES, self.WISH)
        assert _agenda(account) == []


def _agenda(account: Account) -> list[Matter]:
    every = matters_of(account.history(), picture(account))
    return [one for one in every if one.trigger.value.startswith("expectation")]


class TestRecurrence:
    def test_told_in_several_notes_it_recurs_with_all_its_tellings(self) -> None:
        shown = picture(three())
        assert shown.recurrence_checked
        assert [[one.evidence[0].quote for one in group.occurrences] for group in shown.recurring] == [
            [FIRST, AGAIN, THIRD]
        ]
        assert (shown.recurring[0].kind, shown.recurring[0].what) == ("pain_point", THIRD)

    def test_a_crowd_is_not_joined_by_one_link(self) -> None:
        fourth = "the printer jams"
        account = three().note(9, pain(fourth)).bears(fourth, REPEATS, THIRD, 0.6)
        assert [len(one.occurrences) for one in picture(account).recurring] == [3]
        account.bears(fourth, REPEATS, AGAIN, 0.6)
        assert [len(one.occurrences) for one in picture(account).recurring] == [4]

    def test_one_thing_told_of_twice_in_a_note_is_one(self) -> None:
        unused = (Said("stalled_adoption", words, what="the portal") for words in ("portal sleeps", "nobody logs in"))
        account = Account().note(40, *unused).note(9, Said("stalled_adoption", "one has opened it", what="portal"))
        assert [len(one.occurrences) for one in picture(account.compared()).recurring] == [3]

    def test_nothing_recurs_where_nothing_was_compared(self) -> None:
        account = Account().note(40, Said("stalled_adoption", "the app", what="app"))
        account.note(9, Said("stalled_adoption", "app unopened", what="app"))
        shown = picture(account)
        assert (shown.recurring, shown.recurrence_checked, len(shown.stalled)) == ((), False, 2)

    def test_a_wish_and_a_pain_are_one_where_one_repeats_the_other_not_where_it_fails(self) -> None:
        def groups(effect: Effect) -> int:
            account = Account().note(40, Said("expectation", "notes a week ahead")).note(9, pain("notes came at seven"))
            return len(picture(account.bears("notes came at seven", effect, "notes a week ahead")).recurring)

        assert (groups(REPEATS), groups(FAILS)) == (1, 0)

    def test_other_kinds_and_bare_words_join_nothing(self) -> None:
        account = Account().note(40, Said("price_value", "too dear")).note(9, pain("too dear it is"), "dear, dear")
        account.bears("too dear it is", REPEATS, "too dear").bears("dear, dear", REPEATS, "too dear")
        assert picture(account).recurring == ()

    def test_of_several_statements_in_the_words_the_likest_tells_it_again(self) -> None:
        account = Account().note(40, pain(FIRST)).note(9, Said("expectation", "stop it"), pain("out again"))
        whole = "stop it\nout again"
        shown = picture(account.bears(whole, REPEATS, FIRST)).recurring
        assert [one.evidence[0].quote for one in shown[0].occurrences] == [FIRST, "out again"]

    def test_a_thing_is_named_by_what_it_is(self) -> None:
        account = Account().note(40, Said("stalled_adoption", "the slotting module sleeps", what="slotting module"))
        account.note(20, Said("stalled_adoption", "Slotting: still not touched", what="slotting"))
        account.note(9, Said("stalled_adoption", "the app", what="app"), Said("stalled_adoption", "that thing"))
        shown = picture(account.compared())
        assert [group.what for group in shown.recurring] == ["slotting"]
        assert [(one.quote, len(one.told_before)) for one in shown.stalled] == [
            ("that thing", 0),
            ("the app", 0),
            ("Slotting: still not touched", 1),
        ]

    def test_what_was_put_to_use_lies_unused_no_more(self) -> None:
        account = Account().note(40, Said("stalled_adoption", "the vault: three people in it", what="vault"))
        account.note(9, "all forty-two are in it")
        shown = picture(account.bears("all forty-two are in it", SETTLES, "the vault: three people in it"))
        assert shown.stalled == ()
        assert [(one.last_mention.isoformat(), one.later[0].quote) for one in shown.put_to_use] == [
            (day(40), "all forty-two are in it")
        ]


def test_two_words_on_one_matter_by_several_tellings_count_once_as_the_likelier() -> None:
    account = three().note(9, FIXED).bears(FIXED, FAILS, FIRST, 0.6).bears(FIXED, SETTLES, THIRD, 0.8)
    assert {one.status for one in picture(account).pains} == {"settled"}
