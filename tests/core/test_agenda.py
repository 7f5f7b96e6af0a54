import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesense.adapters.playbook import load
from notesense.core.agenda import Agenda
from notesense.core.briefing import Briefing, Occasion, brief
from notesense.core.matters import spoken_day
from notesense.core.plan import most_items
from notesense.core.playbook import Entry, Playbook, Trigger
from notesense.core.vocabulary import Kind
from notesense.errors import InputError
from small_accounts import ACCOUNT, AS_OF, Account, Said, day, leader, pain, promise

SHIPPED = load()


def briefing(account: Account, playbook: Playbook = SHIPPED, **about: object) -> Briefing:
    return brief(ACCOUNT, account.notes, account.signals, playbook, Occasion(as_of=AS_OF, **about))  # type: ignore[arg-type]


def agenda(account: Account, **about: object) -> Agenda:
    return briefing(account, **about).agenda


def triggers(plan: Agenda) -> list[str]:
    return [item.trigger for item in plan.items]


class TestTriggers:
    @pytest.mark.parametrize(
        ("said", "trigger"),
        [
            (promise("we mail the gaskets", due=day(3)), "promise_overdue_us"),
            (promise("we mail the gaskets", due=day(-3)), "promise_open_us"),
            (promise("you mail the gaskets", owner="customer", due=day(3)), "promise_overdue_customer"),
            (promise("you mail the gaskets", owner="customer"), "promise_open_customer"),
            (pain("line down", severity="high"), "fire"),
            (pain("bags are torn"), "pain_us"),
            (pain("few drivers", about="own_business"), "pain_business"),
            (pain("carrier late", about="other_supplier"), "pain_other_supplier"),
            (Said("pain_point", "gate is stuck"), "pain_business"),
            (leader("Bo quit", change="left", person="Bo"), "leadership_left"),
            (leader("Bo starts", sure="announced", person="Bo", effective=day(-9)), "leadership_announced"),
            (leader("Bo started", sure="announced", person="Bo", effective=day(1)), "leadership_due"),
            (leader("Bo is buyer", sure="effective", role="buyer"), "leadership_effective"),
            (leader("Bo may go", sure="rumored"), "leadership_rumored"),
            (leader("the brothers fight", change="power_struggle", sure="effective"), "leadership_rumored"),
            *(
                (Said("price_value", "Zed is cheaper", value_gap=gap, competitor="Zed"), f"price_{gap}")
                for gap in (
                    "delivery", "communication", "execution", "quality", "unused", "unclear_return", "competitor",
                    "none_stated",
                )
            ),
            (Said("stalled_adoption", "the app lies idle", what="app"), "stalled"),
            (Said("expectation", "monthly figures"), "expectation_current"),
            (Said("expectation", "figures soon", deadline=day(-9)), "expectation_due"),
            (Said("expectation", "figures long ago", deadline=day(9)), "expectation_passed"),
            (Said("competitor", "Pellworth came", name="Pellworth"), "competitor"),
            (Said("opportunity", "a second line"), "opportunity"),
            (Said("praise", "it runs well"), "praise"),
        ],
    )  # fmt: skip
    def test_a_statement_becomes_an_item(self, said: Said, trigger: str) -> None:
        plan = agenda(Account().note(5).note(4, said), minutes=480)
        assert trigger in triggers(plan)

    @pytest.mark.parametrize(
        ("account", "trigger"),
        [
            (Account().note(300, promise("we mail the gaskets", due=day(290))).note(2), "promise_unclear_us"),
            (Account().note(300, Said("expectation", "monthly figures")).note(2), "expectation_stale"),
            (Account().note(60, pain("valve sticks"), channel="support").note(2), "fire"),
            (Account().note(60, pain("valve sticks", severity="low"), channel="support").note(2), "support_open"),
            (Account().note(200).note(190), "quiet"),
            (Account().note(200).note(30, channel="chat"), "no_live"),
            (
                Account().note(9).note(8, channel="email").note(7, channel="email").note(6, channel="email"),
                "email_only",
            ),
            (Account().note(9), "changed"),
        ],
    )
    def test_a_history_becomes_an_item(self, account: Account, trigger: str) -> None:
        assert trigger in triggers(agenda(account, minutes=480))

    @pytest.mark.parametrize(
        ("days", "said"),
        [
            (400, pain("bags are torn")),
            (200, pain("bags are torn")),
            (400, Said("opportunity", "a second line")),
            (400, Said("competitor", "Pellworth came")),
            (400, Said("praise", "it runs well")),
            (400, Said("price_value", "too dear")),
            (400, leader("Bo is buyer")),
            (400, promise("we mail the gaskets")),
            (300, Said("expectation", "by spring", deadline=day(200))),
            (50, promise("someone mails gaskets", owner="unsure")),
        ],
    )
    def test_what_is_long_past_is_left_to_the_briefing(self, days: int, said: Said) -> None:
        assert triggers(agenda(Account().note(days, said).note(3), minutes=480)) == ["changed"]

    def test_the_last_day_of_all_has_no_day_after(self) -> None:
        said = Said("expectation", "figures", deadline="9999-12-31")
        account = Account().note(5, said)
        last = Occasion(as_of=datetime.date.max, renewal=datetime.date(2026, 1, 1), meeting=datetime.date.max)
        plan = brief(ACCOUNT, account.notes, account.signals, SHIPPED, last).agenda
        assert "expectation_due" in triggers(plan)

    def test_a_change_of_nobody_is_left_to_the_briefing(self) -> None:
        assert triggers(agenda(Account().note(9, leader("it runs out", change="left")).note(3))) == ["changed"]

    def test_a_new_leader_met_since_is_known(self) -> None:
        account = Account().note(90, leader("Bo Lind is buyer", person="Bo Lind", sure="effective"))
        assert "leadership_effective" in triggers(agenda(account.note(60)))
        assert "leadership_effective" not in triggers(agenda(account.note(30, "sat down with Bo")))


class TestOrder:
    def test_what_we_owe_and_fires_come_before_exploration(self) -> None:
        account = Account().note(40, Said("opportunity", "a second line"), Said("competitor", "Pellworth came"))
        account.note(30, promise("we mail the gaskets", due=day(9)), leader("Bo is buyer", person="Bo"))
        account.note(20, pain("line down", severity="high"), Said("price_value", "too dear"))
        plan = agenda(account)
        sections = [SHIPPED.sections.index(item.section) for item in plan.items]
        assert sections == sorted(sections)
        assert triggers(plan)[:2] == ["promise_overdue_us", "fire"]
        assert [line.trigger for line in plan.opening] == ["promise_overdue_us", "fire"]

    def test_no_praise_over_a_fire(self) -> None:
        praised = Account().note(9, Said("praise", "it runs well", side="customer")).note(8)
        assert [line.trigger for line in agenda(praised).opening] == ["praise"]
        assert "“it runs well”" in agenda(praised).opening[0].text
        praised.note(7, pain("line down", severity="high"))
        assert [line.trigger for line in agenda(praised).opening] == ["fire"]

    def test_the_number_of_a_price_complaint_is_never_said(self) -> None:
        account = Account().note(9, Said("price_value", "9,400 is too dear", amount="9,400")).note(8)
        plan = agenda(account)
        spoken = " ".join(f"{item.title} {item.say} {item.question}" for item in plan.items)
        assert "9,400" not in spoken
        assert plan.items[-1].evidence[0].quote == "9,400 is too dear"

    def test_a_rumour_is_never_said(self) -> None:
        account = Account().note(9, leader("word is Bo Lind goes", person="Bo Lind", sure="rumored")).note(8)
        item = next(item for item in agenda(account).items if item.trigger == "leadership_rumored")
        assert "Lind" not in f"{item.title} {item.say} {item.question}"
        assert any("Don't mention" in line.text for line in agenda(account).avoid)


class TestMerging:
    def test_a_promise_and_the_complaint_about_it_are_one_item(self) -> None:
        account = Account().note(40, promise("we mail the gasket kit", due=day(30)))
        account.note(20, pain("the gasket kit has not arrived"))
        plan = agenda(account)
        assert triggers(plan).count("pain_us") == 0
        assert plan.items[0].also == ("Trouble with us, told 30 September",)
        assert [one.quote for one in plan.items[0].evidence] == [
            "we mail the gasket kit",
            "the gasket kit has not arrived",
        ]

    def test_promises_are_gone_through_together(self) -> None:
        account = Account().note(40, promise("we mail the gaskets", due=day(30)), promise("Bo rings", due=day(20)))
        item = agenda(account.note(3)).items[0]
        assert item.title == "What we owe them: 2 promises past their day"
        assert "“" not in (item.say or "")

    @pytest.mark.parametrize(
        ("between", "due", "raised", "title"),
        [
            ("weather", day(-9), "promise_open_us", "Running promise of ours, due: 29 October"),
            ("weather", day(30), "promise_overdue_us", "Overdue from us since 20 September"),
            (pain("no gasket set yet, no catalogue"), day(-9), "promise_overdue_us", "Overdue from us since 31 August"),
        ],
    )
    def test_a_promise_made_again_is_raised_once(self, between: Said | str, due: str, raised: str, title: str) -> None:
        account = Account().note(60, promise("we mail the gasket catalogue", due=day(50))).note(45, between)
        account.note(40, promise("the gasket catalogue goes out", due=due))
        items = [item for item in agenda(account, minutes=480).items if item.trigger.startswith("promise")]
        assert [(item.trigger, item.title) for item in items] == [(raised, title)]
        told = {one.quote for one in items[0].evidence}
        assert {"we mail the gasket catalogue", "the gasket catalogue goes out"} <= told

    @pytest.mark.parametrize(
        ("due", "later", "raised"),
        [
            (30, "the gasket kit came", True),
            (30, Said("praise", "fine gasket kit"), False),
            (130, "the gasket kit came", False),
            (130, "the gaskets came", True),
            (None, "the gasket kit came", False),
            (130, pain("no gasket kit"), True),
        ],
    )
    def test_a_promise_talked_of_in_peace_is_left_to_the_briefing(
        self, due: int | None, later: Said | str, raised: bool
    ) -> None:
        stated = {"due": day(due)} if due else {}
        account = Account().note(140, promise("we mail the gasket kit", **stated)).note(9, later)
        items = agenda(account, minutes=480).items
        assert any(item.trigger.startswith("promise") for item in items) is raised

    def test_problems_of_one_area_are_one_item(self) -> None:
        account = Account().note(40, pain("gaskets late", area="delivery"), pain("bags late", area="delivery"))
        assert triggers(agenda(account.note(3))).count("pain_us") == 1

    def test_what_lies_unused_is_asked_once_under_its_price(self) -> None:
        account = Account().note(40, Said("stalled_adoption", "app lies idle"))
        account.note(20, Said("price_value", "paying for nothing", value_gap="unused"))
        account.note(10, Said("price_value", "paying still", value_gap="unused"))
        plan = agenda(account)
        assert ("price_unused" in triggers(plan), "stalled" in triggers(plan)) == (True, False)
        assert triggers(plan).count("price_unused") == 1

    def test_a_rumour_is_merged_with_nothing_else(self) -> None:
        account = Account().note(
            9, leader("word is Bo goes", sure="rumored"), leader("Al is buyer", sure="effective", role="buyer")
        )
        account.note(8, leader("word is Cy goes", sure="rumored"))
        plan = agenda(account)
        assert [name for name in triggers(plan) if name.startswith("lead")] == [
            "leadership_effective",
            "leadership_rumored",
        ]

    def test_changes_told_far_apart_are_two_items(self) -> None:
        account = Account().note(300, leader("Bo is buyer", sure="effective", role="buyer"))
        account.note(9, leader("Al is owner", sure="effective", role="owner"))
        assert triggers(agenda(account)).count("leadership_effective") == 2


class TestTime:
    @pytest.mark.parametrize("minutes", [0, -5, 481])
    def test_minutes_out_of_bounds_are_refused(self, minutes: int) -> None:
        with pytest.raises(InputError, match="cannot be planned"):
            agenda(Account().note(9), minutes=minutes)

    @pytest.mark.parametrize(("minutes", "most"), [(1, 1), (5, 1), (30, 6), (45, 8), (60, 9), (480, 14)])
    def test_most_items(self, minutes: int, most: int) -> None:
        assert most_items(minutes) == most

    def test_five_minutes_hold_one_item_and_the_rest_is_parked(self) -> None:
        account = Account().note(9, pain("line down", severity="high"), Said("opportunity", "a second line"))
        plan = agenda(account.note(8), minutes=5)
        assert (triggers(plan), plan.planned_minutes) == (["fire"], 5)
        assert {line.reason for line in plan.parked} == {"does not fit into 5 minutes"}

    def test_more_of_a_kind_than_a_talk_bears_is_parked(self) -> None:
        account = Account().note(9, *(Said("opportunity", f"line {word}") for word in ("ash", "birch", "cedar")))
        plan = agenda(account.note(8))
        assert triggers(plan).count("opportunity") == 2
        assert plan.parked[-1].reason == "more of the same kind than one talk bears"
        questions = [item.question for item in plan.items if item.trigger == "opportunity"]
        assert len(set(questions)) == 2


class TestThin:
    @pytest.mark.parametrize(
        ("account", "words"),
        [
            (Account(), "There is no note"),
            (Account().note(9).note(8), "No signal was found in the 2 note(s)"),
            (Account().note(9, pain("late")), "There is one note"),
        ],
    )
    def test_a_thin_account_asks_what_is_not_known(self, account: Account, words: str) -> None:
        plan = agenda(account)
        assert plan.thin is not None
        assert plan.thin.startswith(words)
        timed = [line for line in plan.unknowns if line.minutes]
        assert timed
        assert all(line.question.endswith("?") for line in timed)

    def test_an_account_without_notes_has_no_items(self) -> None:
        plan = agenda(Account(), minutes=30, renewal=AS_OF)
        assert plan.items == ()
        assert plan.planned_minutes <= 30

    def test_the_renewal_is_not_the_opening(self) -> None:
        account = Account().note(380).note(340).note(10)
        plan = agenda(account, renewal=datetime.date(2026, 12, 31))
        assert sum("renewal" in line.text for line in plan.avoid) == 2
        assert plan.items[0].evidence[0].quote == "hello there"

    def test_a_note_of_bare_marks_still_gives_words(self) -> None:
        account = Account().note(9, "From: Anna")
        assert agenda(account).items[0].evidence[0].quote == "From: Anna"


def test_an_entry_without_question_or_closing() -> None:
    entry = Entry(trigger=Trigger.CHANGED, section="changed", priority=9, title="Changes", why="Because", practice=1)
    bare = Playbook(version=1, name="bare", entries=(entry,))
    plan = briefing(Account().note(9), bare).agenda
    assert (plan.items, plan.closing, plan.closing_minutes) == ((), "", 0)


def test_days_are_said_with_their_year_only_when_needed() -> None:
    assert spoken_day(datetime.date(2026, 2, 3), AS_OF) == "3 February"
    assert spoken_day(datetime.date(2025, 12, 9), AS_OF) == "9 December 2025"


WORDS = st.sampled_from(
    ["gasket", "late", "line", "Bo", "price", "pump", "two", "still", "arrived", "not", "“odd”", "{x}"]
)
QUOTES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "owner": st.sampled_from(["us", "customer"]),
        "due": st.sampled_from(["2026-10-01", "2026-11-01", "soon"]),
        "deadline": st.sampled_from(["2026-10-01", "2026-10-25", "soon"]),
        "about": st.sampled_from(["us", "own_business", "other_supplier"]),
        "area": st.sampled_from(["delivery", "other"]),
        "severity": st.sampled_from(["low", "high"]),
        "change": st.sampled_from(["left", "joined", "acquisition"]),
        "person": st.sampled_from(["Bo", "Nobody"]),
        "effective": st.sampled_from(["2026-09-01", "2026-12-01"]),
        "value_gap": st.sampled_from(["unused", "none_stated", "competitor"]),
        "what": st.just("pump"),
        "name": st.just("Bo"),
    },
)
SAID = st.builds(
    lambda kind, quote, certainty, more: Said(kind.value, quote, certainty=certainty, **more),
    st.sampled_from(list(Kind)),
    QUOTES,
    st.sampled_from(["stated", "hedged", "rumored"]),
    ATTRIBUTES,
)
NOTES = st.lists(
    st.tuples(
        st.integers(-30, 800),
        st.lists(SAID, max_size=4),
        st.sampled_from(["call", "meeting", "email", "support", "chat", "memo"]),
    ),
    max_size=7,
)


@given(notes=NOTES, minutes=st.integers(1, 480), renewal=st.sampled_from([None, AS_OF, datetime.date(2026, 12, 31)]))
def test_any_account_gives_an_honest_agenda(
    notes: list[tuple[int, list[Said], str]], minutes: int, renewal: datetime.date | None
) -> None:
    account = Account()
    for days, said, channel in notes:
        account.note(days, *said, channel=channel)
    result = briefing(account, minutes=minutes, renewal=renewal)
    plan = result.agenda
    timed = [line.minutes for line in plan.unknowns] + [item.minutes for item in plan.items]
    assert plan.opening_minutes + plan.closing_minutes + sum(timed) == plan.planned_minutes <= minutes
    assert len(plan.items) <= most_items(minutes)
    sections = [SHIPPED.sections.index(item.section) for item in plan.items]
    assert sections == sorted(sections)
    _every_quote_is_a_slice(result.model_dump(mode="python"), {note.id: note.text for note in account.notes})
    turned = Account()
    turned.notes, turned.signals = account.notes[::-1], account.signals[::-1]
    assert briefing(turned, minutes=minutes, renewal=renewal) == result


def _every_quote_is_a_slice(data: object, texts: dict[str, str]) -> None:
    if isinstance(data, dict):
        if "start" in data:
            assert texts[data["note_id"]][data["start"] : data["end"]] == data["quote"]
            assert data["date"] <= AS_OF
        for value in data.values():
            _every_quote_is_a_slice(value, texts)
    elif isinstance(data, tuple | list):
        for value in data:
            _every_quote_is_a_slice(value, texts)
