"""What every keeper of model records promises, asked of the fake and of SQLite alike."""

import datetime

import pytest

from fakes import FakeRecords
from notesense.adapters.sql.records import SqlRecords
from notesense.core.records import Ability, Call, Restriction, Spent
from notesense.core.requests import Failure, Message, Reply, Request
from notesense.core.signal import Usage

MARCH = datetime.datetime(2026, 3, 31, 23, 30, tzinfo=datetime.UTC)
PAID = Usage(input_tokens=100, output_tokens=10, cached_tokens=40, cost_usd=0.5, seconds=2.0)
UNPRICED = PAID.model_copy(update={"cost_usd": None})
ANSWER = Reply(data={"signals": [{"quote": "Late again \ud800 “x”"}]}, usage=PAID, model="m-2026")


@pytest.fixture(params=["fake", "sql"])
def records(request, tmp_path):
    made = FakeRecords() if request.param == "fake" else SqlRecords(tmp_path / "home" / "notes.db")
    yield made
    made.close()


def ask(text="Late again.", note_id="n1", account="Acme", **other):
    given = {"task": "extract.v1", "form": {"type": "object"}, "form_name": "signals"} | other
    return Request(messages=(Message(role="user", text=text),), note_id=note_id, account=account, **given)


def call(request=None, reply=ANSWER, model="a:m", made=MARCH):
    return Call.of(request or ask(), reply, model, made)


def test_an_answer_is_remembered_for_the_same_request_and_model(records):
    records.remember(ask(), "a:m", ANSWER)
    assert records.remembered(ask(note_id="other").key, "a:m") == Reply(data=ANSWER.data, model="m-2026", cached=True)
    assert records.remembered(ask().key, "a:n") is None
    assert records.remembered(ask("Late once.").key, "a:m") is None
    assert records.remembered(ask(form={"type": "string"}).key, "a:m") is None


def test_a_later_answer_takes_the_place_and_a_failure_does_not(records):
    records.remember(ask(), "a:m", ANSWER)
    records.remember(ask(), "a:m", Reply(data={"signals": []}))
    records.remember(ask(), "a:m", Reply(failure=Failure.BUSY))
    records.remember(ask(), "a:m", Reply(data={"half": 1}, failure=Failure.CUT_OFF))
    assert records.remembered(ask().key, "a:m").data == {"signals": []}
    records.remember(ask("Other."), "a:m", Reply(failure=Failure.BUSY))
    assert records.remembered(ask("Other.").key, "a:m") is None


def test_what_was_spent_by_month_model_and_task(records):
    assert records.spent() == ()
    records.record([])
    records.record([call(), call(reply=Reply(data={}, cached=True)), call(reply=Reply(failure=Failure.BUSY))])
    april = MARCH + datetime.timedelta(hours=1)
    brief = ask(task="brief.v1", note_id="")
    records.record([call(made=april), call(made=april, reply=ANSWER.model_copy(update={"usage": UNPRICED}))])
    records.record([call(brief, made=april, reply=Reply(data={}, usage=UNPRICED)), call(model="a:b", made=april)])
    sums = {"input_tokens": 100, "output_tokens": 10, "cached_tokens": 40, "cost_usd": 0.5}
    march = Spent(month="2026-03", model="a:m", task="extract.v1", calls=2, failed=1, cached=1, **sums)
    twice = {"input_tokens": 200, "output_tokens": 20, "cached_tokens": 80, "cost_usd": 0.5, "unpriced": 1}
    rest = (
        Spent(month="2026-04", model="a:b", task="extract.v1", calls=1, **sums),
        Spent(month="2026-04", model="a:m", task="brief.v1", calls=1, **(sums | {"cost_usd": None, "unpriced": 1})),
        Spent(month="2026-04", model="a:m", task="extract.v1", calls=2, **twice),
    )
    assert records.spent() == (march, *rest)
    assert records.spent(since=datetime.date(2026, 4, 1)) == rest


def test_what_was_only_remembered_cost_nothing(records):
    records.record([call(reply=Reply(data={}, cached=True))])
    (spent,) = records.spent()
    assert (spent.calls, spent.cached, spent.cost_usd, spent.unpriced) == (0, 1, 0.0, 0)


def test_days_and_months_are_those_of_utc(records):
    west = datetime.timezone(datetime.timedelta(hours=-5))
    records.record([call(made=datetime.datetime(2026, 3, 31, 20, 0, tzinfo=west))])
    assert [one.month for one in records.spent(since=datetime.date(2026, 4, 1))] == ["2026-04"]


def test_abilities(records):
    assert records.ability("http://a", "m") is None
    records.note_ability(Ability(server="http://b", model="m", step="tool"))
    records.note_ability(Ability(server="http://a", model="m", step="json_schema"))
    records.note_ability(Ability(server="http://a", model="m", step="json_mode"))
    assert records.ability("http://a", "m") == "json_mode"
    assert [(one.server, one.step) for one in records.abilities()] == [("http://a", "json_mode"), ("http://b", "tool")]


def test_restrictions(records):
    whole, one = Restriction(account="Zeta GmbH"), Restriction(account="Acme", note_id="n1")
    for each in (whole, one, whole):
        records.restrict(each)
    assert records.restrictions() == (one, whole)
    assert records.lift(Restriction(account="Acme")) is False
    assert records.lift(Restriction(account=" zeta  GMBH ")) is True
    assert records.restrictions() == (one,)


def filled(records):
    """Answers, calls and restrictions about two notes of Acme, about Acme as such, and about Bolt."""
    about = {
        "n1": ask("One."),
        "n2": ask("Two.", note_id="n2"),
        "acme": ask("Acme.", note_id=""),
        "bolt": ask("Bolt.", note_id="b1", account="Bolt"),
    }
    for request in about.values():
        records.remember(request, "a:m", ANSWER)
        records.record([call(request)])
        records.restrict(Restriction(account=request.account, note_id=request.note_id))
    return about


def left(records, about):
    answers = {name for name, request in about.items() if records.remembered(request.key, "a:m")}
    return answers, {one.note_id or one.account for one in records.restrictions()}


def test_forgetting_a_note_takes_all_that_may_hold_its_words(records):
    about = filled(records)
    records.forget(["Acme"], ["n1"], whole=False)
    assert left(records, about) == ({"n2", "bolt"}, {"n2", "Acme", "b1"})


def test_forgetting_an_account_takes_all_and_keeps_the_sums(records):
    about = filled(records)
    before = records.spent()
    records.forget(["ACME", "An alias"], [], whole=True)
    assert left(records, about) == ({"bolt"}, {"b1"})
    assert records.spent() == before


def test_an_answer_used_again_for_another_note_goes_with_that_note_too(records):
    records.remember(ask(note_id="unstored", account=""), "a:m", ANSWER)
    records.record([call(ask(note_id="n7"), records.remembered(ask().key, "a:m"))])
    records.forget(["Acme"], [f"n{number}" for number in range(1200)], whole=False)
    assert records.remembered(ask().key, "a:m") is None


def test_what_belongs_to_nobody_stays(records):
    records.remember(ask(note_id="", account=""), "a:m", ANSWER)
    records.record([call(ask(note_id="", account=""))])
    records.forget(["Acme"], ["n1"], whole=True)
    assert records.remembered(ask().key, "a:m") is not None
