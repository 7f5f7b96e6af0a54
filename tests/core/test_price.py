import pytest

from notesense.core.bearing import Effect
from notesense.core.matters import matters_of
from notesense.core.portrait import picture_of
from small_accounts import Account, Said, day, leader, pain, picture, quotes


class TestPrice:
    def test_causes_are_ranked_by_nearness(self) -> None:
        account = Account()
        account.note(400, pain("ancient trouble", area="people"))
        account.note(60, pain("late in May", area="delivery"), Said("stalled_adoption", "app never opened"))
        complaint = Said("price_value", "too dear for what we get", value_gap="quality", amount="too dear")
        account.note(
            20, complaint, pain("nobody rang back", area="support"), Said("competitor", "Zed came", name="Zed"),
            pain("dust", about="own_business"), Said("praise", "the skid paid off"), pain("odd"),
        )  # fmt: skip
        line = picture(account).price[0]
        assert [one.cause for one in line.causes] == ["quality", "communication", "competitor", "delivery", "unused"]
        assert line.causes[0].basis == "given in the complaint itself"
        assert quotes(line.proof_of_value) == ["the skid paid off"]

    def test_a_complaint_about_a_thing_unused_names_its_own_cause(self) -> None:
        account = Account().note(60, Said("stalled_adoption", "app never opened"), pain("late", area="delivery"))
        account.note(20, Said("price_value", "all that for an app", value_gap="unused"))
        causes = picture(account).price[0].causes
        assert [(one.cause, len(one.evidence)) for one in causes] == [("unused", 2)]

    def test_the_reason_of_an_earlier_complaint_counts_while_it_is_near(self) -> None:
        account = Account().note(300, Said("price_value", "who knows what we get", value_gap="unclear_return"))
        account.note(90, Said("price_value", "five percent for late parts", value_gap="delivery"))
        account.note(20, Said("price_value", "too dear"))
        assert [one.cause for one in picture(account).price[0].causes] == ["delivery"]

    @pytest.mark.parametrize(("settled", "causes"), [(40, []), (10, ["delivery"])])
    def test_what_was_settled_by_then_is_no_cause(self, settled: int, causes: list[str]) -> None:
        account = Account().note(60, pain("the parts come late", area="delivery"))
        account.note(20, Said("price_value", "too dear")).note(settled, "they come in time now")
        shown = picture(account.bears("they come in time now", Effect.SETTLES, "the parts come late")).price[0]
        assert [one.cause for one in shown.causes] == causes
        assert quotes(shown.proof_of_value) == ["they come in time now"]

    @pytest.mark.parametrize(
        ("days", "sure", "speaker", "causes"),
        [
            (60, "effective", None, ["new_decider"]),
            (20, "effective", None, ["new_decider"]),
            (60, "effective", "Lenka Hora", ["new_decider"]),
            (60, "effective", "Piotr Lis", []),
            (400, "effective", None, []),
            (60, "announced", None, []),
            (60, "rumored", None, []),
        ],
    )
    def test_a_new_decider_may_be_the_cause(self, days: int, sure: str, speaker: str | None, causes: list[str]) -> None:
        account = Account().note(
            days, leader("Lenka is the buyer", sure, person="Lenka", role="buyer", change="joined")
        )
        complaint = Said("price_value", "too dear", **({"speaker": speaker} if speaker else {}))
        assert [one.cause for one in picture(account.note(20, complaint)).price[0].causes] == causes

    def test_a_complaint_of_a_new_decider_is_raised_once(self) -> None:
        account = Account().note(60, leader("Lenka buys", "effective", person="Lenka", change="joined"))
        history = account.note(20, Said("price_value", "too dear")).history()
        triggers = [one.trigger for one in matters_of(history, picture_of(history))]
        assert len([one for one in triggers if one.startswith("price")]) == 1

    def test_from_when_on_somebody_decides(self) -> None:
        account = Account().note(
            400, leader("Lenka starts", "announced", person="Lenka", change="joined", effective=day(90))
        )
        account.note(20, Said("price_value", "too dear"))
        assert [one.cause for one in picture(account).price[0].causes] == ["new_decider"]

    @pytest.mark.parametrize(
        ("said", "beside", "basis"),
        [
            ("our budget is cut", "all fine", "given in the complaint itself"),
            ("too dear", "the budgets are frozen", "told in the same note"),
            ("too dear", "all fine", None),
        ],
    )
    def test_a_budget_is_the_cause_where_one_is_spoken_of(self, said: str, beside: str, basis: str | None) -> None:
        account = Account().note(20, Said("price_value", said), Said("expectation", beside))
        line = picture(account).price[0]
        assert [(one.cause, one.basis) for one in line.causes] == ([("budget", basis)] if basis else [])
        assert ("whether a budget was cut, no signal tells" in line.told) is (basis is None)

    def test_unclear_is_an_answer(self) -> None:
        line = picture(Account().note(20, Said("price_value", "too dear"))).price[0]
        assert line.causes == ()
        assert "do not show what lies behind it" in line.told

    def test_more_evidence_than_is_shown_still_weighs(self) -> None:
        account = Account().note(
            20, *(pain(f"torn bag {word}", area="quality") for word in "abcdef"), pain("late", area="delivery")
        )
        cause = picture(account.note(20, Said("price_value", "too dear"))).price[0].causes[0]
        assert (cause.cause, len(cause.evidence)) == ("quality", 4)

    def test_a_rival_is_a_cause_only_where_one_is_named(self) -> None:
        account = Account().note(20, Said("price_value", "it is too dear", value_gap="competitor"))
        account.note(21, Said("competitor", "somebody came"))
        assert picture(account).price[0].causes == ()

    def test_the_same_words_count_once(self) -> None:
        account = Account().note(20, Said("price_value", "paid and unused", value_gap="unused"))
        other = Account().note(20, Said("stalled_adoption", "paid and unused")).signals[0]
        account.signals.append(other.model_copy(update={"signal": other.signal.model_copy(update={"id": "s9"})}))
        assert len(picture(account).price[0].causes[0].evidence) == 1
