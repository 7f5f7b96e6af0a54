"""Each practice of keeping customers: a small account that fires it."""

import datetime

import pytest

from notesense.adapters.playbook import load
from notesense.core.agenda import Agenda
from notesense.core.bearing import Effect
from notesense.core.briefing import Occasion, brief
from notesense.core.playbook import Playbook, Trigger
from small_accounts import ACCOUNT, AS_OF, Account, Said, day, leader, pain, promise

SHIPPED = load()
RENEWAL = datetime.date(2026, 12, 31)


def agenda(account: Account, playbook: Playbook = SHIPPED, **about: object) -> Agenda:
    occasion = Occasion(as_of=AS_OF, **{"minutes": 480, **about})  # type: ignore[arg-type]
    return brief(ACCOUNT, account.notes, account.signals, playbook, occasion, account.bearings).agenda


def raised(plan: Agenda) -> set[str]:
    return {line.trigger for line in (*plan.items, *plan.avoid, *plan.opening)} | {line.code for line in plan.unknowns}


def aloud(plan: Agenda) -> str:
    told = [f"{item.say} {item.question}" for item in plan.items]
    return " ".join([*told, *(line.text for line in plan.opening), *(line.question for line in plan.parked)])


def returning() -> Account:
    account = Account().note(200, pain("pallets come wet", about="us")).note(100, pain("boxes are soaked", about="us"))
    return account.bears("boxes are soaked", Effect.REPEATS, "pallets come wet")


def praised() -> Account:
    account = Account().note(100, Said("praise", "it runs well")).note(60, Said("praise", "fine work"))
    return account.note(20, Said("opportunity", "a second line in spring", side="customer"))


@pytest.mark.parametrize(
    ("practice", "account", "trigger"),
    [
        (1, Account().note(200).note(190), "quiet"),
        (2, Account().note(9, leader("Bo Lind quit", change="left", person="Bo Lind")), "leadership_left"),
        (3, Account().note(300, Said("expectation", "monthly figures")).note(2), "expectation_stale"),
        (4, Account().note(700).note(380).note(340).note(10), "renewal_only"),
        (5, Account().note(9, promise("we mail the gaskets", due=day(3))), "promise_overdue_us"),
        (6, Account().note(60, pain("valve sticks", severity="low"), channel="support"), "support_open"),
        (7, Account().note(9).note(8, channel="email").note(7, channel="email").note(6, channel="email"), "email_only"),
        (8, Account().note(9, pain("line down", severity="high")), "fire"),
        (9, Account().note(9, Said("price_value", "too dear", value_gap="delivery")), "price_delivery"),
        (10, Account().note(9, pain("bags are torn")), "no_measure"),
        (11, Account().note(150, pain("late", area="delivery")).note(9, pain("late", area="delivery")), "no_service"),
        (12, Account().note(150, pain("bags are torn")).note(9, pain("bags are wet")), "figures"),
        (13, Account().note(9, Said("opportunity", "a second line")), "opportunity"),
        (14, returning(), "recurring"),
        (15, Account().note(9), "changed"),
        (16, praised(), "ahead"),
        (17, Account().note(9, Said("competitor", "Pellworth came", name="Pellworth")), "competitor"),
    ],
)
def test_each_practice_is_fired_by_a_small_account(practice: int, account: Account, trigger: str) -> None:
    plan = agenda(account, renewal=RENEWAL)
    assert trigger in raised(plan)
    assert next(entry.practice for entry in SHIPPED.entries if entry.trigger == trigger) == practice


class TestPromises:
    def test_one_asked_for_again_comes_first_and_takes_in_the_overdue_ones(self) -> None:
        account = Account().note(60, promise("we mail the gaskets", due=day(50)), promise("Bo rings", due=day(40)))
        account.note(20, "where are the gaskets").bears("where are the gaskets", Effect.FAILS, "we mail the gaskets")
        plan = agenda(account)
        assert plan.items[0].trigger == "promise_asked_us"
        assert [one.quote for one in plan.items[0].evidence] == [
            "we mail the gaskets",
            "Bo rings",
            "where are the gaskets",
        ]
        assert plan.opening[0].trigger == "promise_asked_us"

    def test_one_that_hung_on_somebody_who_left_needs_an_owner(self) -> None:
        account = Account().note(60, promise("Bo Lind sends the drawings", owner="customer", person="Bo Lind"))
        account.note(20, leader("Bo Lind quit", change="left", person="Bo Lind", sure="effective")).compared()
        plan = agenda(account)
        left = next(item for item in plan.items if item.trigger == "leadership_left")
        assert "Bo Lind sends the drawings" in [one.quote for one in left.evidence]
        assert "promise_orphaned" not in [item.trigger for item in plan.items]
        ours = Account().note(60, promise("Bo Lind of ours rings", person="Bo Lind"))
        ours.note(20, "Bo Lind has left us").compared()
        assert "promise_orphaned" in raised(agenda(ours))

    @pytest.mark.parametrize(
        ("owner", "trigger", "said"),
        [("customer", "promise_kept_customer", "Thank you"), ("us", "promise_kept_us", "since you have had it")],
    )
    def test_one_kept_is_worth_a_word(self, owner: str, trigger: str, said: str) -> None:
        account = Account().note(60, promise("the drawings go out", owner=owner)).note(20, "drawings have come")
        account.bears("drawings have come", Effect.SETTLES, "the drawings go out")
        plan = agenda(account)
        assert trigger in raised(plan)
        assert said in aloud(plan)

    def test_of_nobody_knows_whom_is_not_thanked_for(self) -> None:
        account = Account().note(60, promise("the drawings go out", owner="?")).note(20, "drawings have come")
        account.bears("drawings have come", Effect.SETTLES, "the drawings go out")
        assert not {"promise_kept_us", "promise_kept_customer"} & raised(agenda(account))


class TestReturning:
    def test_all_tellings_are_its_evidence_and_the_first_day_is_told(self) -> None:
        item = next(item for item in agenda(returning()).items if item.trigger == "recurring")
        assert [one.quote for one in item.evidence] == ["boxes are soaked", "pallets come wet"]
        assert "since 3 April" in f"{item.say}"

    def test_a_thing_has_its_name(self) -> None:
        account = Account().note(200, Said("stalled_adoption", "the app lies idle", what="app"))
        account.note(100, Said("stalled_adoption", "app still unused", what="app")).compared()
        item = next(item for item in agenda(account).items if item.trigger == "recurring")
        assert item.title == "The same talk again since 3 April: app"

    @pytest.mark.parametrize(("first", "last"), [(120, 100), (500, 400)])
    def test_what_was_told_twice_in_a_short_time_or_long_ago_is_not(self, first: int, last: int) -> None:
        account = Account().note(first, pain("pallets come wet")).note(last, pain("boxes are soaked")).note(3)
        account.bears("boxes are soaked", Effect.REPEATS, "pallets come wet")
        assert "recurring" not in raised(agenda(account))

    def test_what_was_settled_since_is_not(self) -> None:
        account = returning().note(9, "all dry now").bears("all dry now", Effect.SETTLES, "boxes are soaked")
        assert "recurring" not in raised(agenda(account))

    def test_price_told_twice_is_left_to_price(self) -> None:
        account = Account().note(200, Said("price_value", "too dear")).note(100, Said("price_value", "costs a lot"))
        account.bears("costs a lot", Effect.REPEATS, "too dear")
        assert "recurring" not in raised(agenda(account))


class TestTact:
    def test_a_need_that_was_taken_back_is_not_pitched(self) -> None:
        account = Account().note(60, Said("opportunity", "a second line")).note(20, "not for us any more")
        assert "opportunity" in raised(agenda(account))
        account.bears("not for us any more", Effect.REPLACES, "a second line")
        plan = agenda(account)
        assert "opportunity" not in raised(plan)
        assert "second line" not in aloud(plan)
        line = next(line for line in plan.avoid if line.trigger == "declined")
        assert [one.quote for one in line.evidence] == ["a second line"]

    @pytest.mark.parametrize("quote", ["Anna Lind never opened the app", "Tomas never opened the app"])
    def test_over_a_failure_nobody_is_named(self, quote: str) -> None:
        account = (
            Account().note(9, Said("stalled_adoption", quote)).note(8, leader("Tomas Rey is buyer", person="Tomas Rey"))
        )
        plan = agenda(account)
        assert "never opened" not in aloud(plan)
        assert quote in [item.evidence[0].quote for item in plan.items]

    def test_where_nobody_is_named_the_words_are_said(self) -> None:
        assert "never opened" in aloud(agenda(Account().note(9, Said("stalled_adoption", "the app was never opened"))))

    def test_our_own_words_are_not_given_as_theirs(self) -> None:
        account = Account().note(9, Said("expectation", "they want pods and cartons", side="us"))
        assert "pods" not in aloud(agenda(account))

    def test_a_rumour_is_no_change(self) -> None:
        rumour = leader("word is Bo Lind goes", person="Bo Lind", sure="rumored")
        plan = agenda(Account().note(30).note(9, rumour, Said("praise", "it runs well")))
        changed = next(item for item in plan.items if item.trigger == "changed")
        assert [one.quote for one in changed.evidence] == ["it runs well"]

    def test_no_meeting_opens_with_the_renewal_whatever_a_playbook_says(self) -> None:
        entry = SHIPPED.entry(Trigger.RENEWAL_ONLY)
        assert entry is not None
        bold = entry.model_copy(update={"opening": ("Let us talk about the renewal.",), "section": "owed"})
        pushy = SHIPPED.model_copy(
            update={"entries": (bold, *(e for e in SHIPPED.entries if e.trigger != entry.trigger))}
        )
        plan = agenda(Account().note(700).note(380).note(340).note(10), pushy, renewal=RENEWAL)
        assert "renewal" not in aloud(plan)
        assert plan.items[-1].trigger == "renewal_only"


class TestWho:
    def account(self) -> Account:
        account = Account().note(
            30, promise("Bo Lind sends the drawings", owner="customer", person="Bo Lind", due=day(9))
        )
        return account.note(
            20, Said("opportunity", "Al Roe wants a second line"), leader("Al Roe is buyer", person="Al Roe")
        )

    def test_an_item_says_for_whom_it_is_and_through_whom_to_ask(self) -> None:
        items = {item.trigger: item for item in agenda(self.account(), present=("B. Lind",)).items}
        overdue, need = items["promise_overdue_customer"], items["opportunity"]
        assert (overdue.ask, overdue.through) == ("B. Lind", None)
        assert (need.ask, need.through) == ("Al Roe", "B. Lind")
        assert items["changed"].ask is None

    def test_who_will_be_there_is_preferred(self) -> None:
        account = Account().note(9, pain("bags torn", side="customer", speaker="Bo Lind", area="quality"))
        account.note(8, Said("opportunity", "a second line", side="customer", speaker="Al Roe"))
        weights = {item.trigger: item.priority for item in agenda(account, present=("Al Roe",)).items}
        bare = {item.trigger: item.priority for item in agenda(account).items}
        assert weights["opportunity"] > bare["opportunity"]
        assert weights["pain_us"] == bare["pain_us"]

    def test_nobody_is_asked_where_nobody_is_known_to_be_there(self) -> None:
        assert {item.ask for item in agenda(self.account()).items} == {None}

    def test_who_left_is_not_asked_for(self) -> None:
        account = Account().note(9, leader("Bo Lind quit", change="left", person="Bo Lind", sure="effective"))
        item = next(one for one in agenda(account, present=("Al Roe",)).items if one.trigger == "leadership_left")
        assert item.ask is None

    def test_somebody_new_who_will_be_there_is_asked_though_met(self) -> None:
        account = Account().note(90, leader("Bo Lind is buyer", person="Bo Lind", sure="effective")).note(30, "with Bo")
        assert "leadership_effective" not in raised(agenda(account))
        assert "leadership_effective" in raised(agenda(account, present=("Bo Lind",)))

    def test_old_changes_give_way(self) -> None:
        def weight(days: int) -> int:
            account = Account().note(days, leader("Bo is buyer", role="buyer", sure="effective")).note(3)
            return next(item.priority for item in agenda(account).items if item.trigger == "leadership_effective")

        assert weight(200) < weight(100) < weight(40)


def test_what_was_met_is_not_asked_about() -> None:
    account = Account().note(60, Said("expectation", "monthly figures")).note(20, "figures are there")
    account.bears("figures are there", Effect.SETTLES, "monthly figures")
    assert not any(name.startswith("expectation") for name in raised(agenda(account)))


class TestUnknowns:
    def test_what_one_note_alone_tells_is_a_question_with_its_words(self) -> None:
        account = Account().note(
            9, leader("Bo Lind is buyer", "effective", change="joined", person="Bo Lind", role="buyer")
        )
        account.note(8, Said("competitor", "Pellworth came", name="Pellworth"))
        lines = [line for line in agenda(account).unknowns if line.code == "single_source"]
        assert [line.evidence[0].quote for line in lines] == ["Pellworth came", "Bo Lind is buyer"]
        assert lines[0].text == "Only one note tells this, of 2026-10-12."
        assert all(line.minutes == 0 and line.question.endswith("?") for line in lines)

    def test_what_another_note_names_too_is_not(self) -> None:
        account = Account().note(9, Said("competitor", "Pellworth came", name="Pellworth")).note(8, "Pellworth again")
        assert "single_source" not in raised(agenda(account))

    def test_it_can_be_switched_off(self) -> None:
        account = Account().note(9, Said("competitor", "Pellworth came", name="Pellworth")).note(8)
        quiet = SHIPPED.model_copy(update={"disabled": (Trigger.SINGLE_SOURCE,)})
        assert "single_source" not in raised(agenda(account, quiet))


def test_of_price_a_short_talk_bears_one_item() -> None:
    account = Account().note(9, Said("price_value", "late and dear", value_gap="delivery"))
    account.note(8, Said("price_value", "bad and dear", value_gap="quality"))
    short, long = (agenda(account, minutes=minutes) for minutes in (30, 45))
    assert [sum(item.trigger.startswith("price") for item in plan.items) for plan in (short, long)] == [1, 2]


def test_in_a_quiet_account_a_year_counts_from_the_last_talk() -> None:
    account = Account().note(500, Said("opportunity", "a second line")).note(400)
    assert "opportunity" in raised(agenda(account))
