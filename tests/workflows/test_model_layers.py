"""Layers around a model: nothing is paid twice, every call is recorded, limits hold, replies stay in order."""

import datetime
from itertools import islice

import pytest

from fakes import FakeModel, FakeRecords
from notesense.adapters.llm.chat import ChatModel
from notesense.adapters.llm.endpoint import endpoint
from notesense.adapters.llm.pace import Pace
from notesense.core.estimating import Estimator
from notesense.core.ports import unheard
from notesense.core.prices import Price
from notesense.core.records import Ability
from notesense.core.requests import Failure, Message, Reply, Request
from notesense.core.signal import Usage
from notesense.workflows.layers.budget import Budget, Limits
from notesense.workflows.layers.budgeting import Budgeted
from notesense.workflows.layers.recording import Recorded
from notesense.workflows.layers.remembering import READ_AHEAD, Remembering
from notesense.workflows.layers.spending import Spending
from notesense.workflows.layers.unsent import Unsent
from serving.misbehaviour import Hang
from serving.server import MODEL

NOON = datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC)
PRICE = Price(input=1, output=10)
BUSY = Reply(failure=Failure.BUSY, usage=Usage(seconds=0.5))
USED = Usage(input_tokens=100, output_tokens=10, seconds=1.5)


FORM = {
    "type": "object",
    "properties": {"said": {"type": "string"}},
    "required": ["said"],
    "additionalProperties": False,
}


def ask(text, note_id="", task="extract.v2", form=None):
    message = Message(role="user", text=text)
    return Request(task=task, messages=(message,), form=form or {}, form_name="f", note_id=note_id)


def text(request):
    return request.messages[0].text


def echo(request):
    return Reply(data={"said": text(request)}, usage=USED, model="echo-1")


class AheadModel(FakeModel):
    """A model that takes several requests before it answers the first, as one with many connections does."""

    def __init__(self, answer, ahead):
        super().__init__(answer)
        self._ahead = ahead

    def answer(self, requests, arrived=unheard):
        requests = iter(requests)
        while group := list(islice(requests, self._ahead)):
            yield from list(super().answer(group, arrived))


def said(replies):
    return [reply.data["said"] if reply.data else reply.failure for reply in replies]


class Desk:
    """A model under its layers, as wiring puts them, with what they keep."""

    def __init__(self, model, *, price=PRICE, memory="use", limits=None, records=None):
        self.model, self.records, self.spending = model, records or FakeRecords(), Spending()
        recorded = Recorded(model, self.records, price, self.spending, now=lambda: NOON)
        inner = Budgeted(recorded, Budget(limits, price, Estimator()), self.spending) if limits else recorded
        self.top = Remembering(inner, self.records, self.spending, "fake:model", memory, lambda: NOON)

    def ask(self, *texts):
        return list(self.top.answer(ask(each) for each in texts))

    @property
    def asked(self):
        return [text(request) for request in self.model.asked]


# What is remembered


@pytest.mark.parametrize("ahead", [1, 2, 3, 8])
def test_the_same_question_is_asked_once_and_replies_stay_in_order(ahead):
    desk = Desk(AheadModel(echo, ahead))
    assert said(desk.ask("b")) == ["b"]
    replies = desk.ask(*"abcacdb")
    assert said(replies) == list("abcacdb")
    assert desk.asked == ["b", "a", "c", "d"]
    assert [reply.cached for reply in replies] == [False, True, False, True, True, False, True]
    assert [reply.usage.input_tokens for reply in replies] == [100, 0, 100, 0, 0, 100, 0]
    again = Desk(AheadModel(echo, ahead), records=desk.records)
    assert said(again.ask(*"abcacdb")) == list("abcacdb")
    assert again.asked == []
    assert (again.spending.sent, again.spending.cached, again.spending.usage) == (0, 7, Usage())


def test_another_model_is_asked_for_itself():
    desk = Desk(FakeModel(echo))
    desk.ask("a")
    other = FakeModel(echo)
    top = Remembering(other, desk.records, Spending(), "fake:model at http://elsewhere")
    assert said(top.answer([ask("a")])) == ["a"]
    assert len(other.asked) == 1


def test_failures_are_not_remembered():
    answers = iter([BUSY, Reply(failure=Failure.CUT_OFF, usage=USED), {"said": "at last"}])
    desk = Desk(FakeModel(lambda request: next(answers)))
    assert [said(desk.ask("a")) for _ in range(4)] == [[Failure.BUSY], [Failure.CUT_OFF], ["at last"], ["at last"]]
    assert desk.spending.failed == 2


def test_an_answer_without_the_form_is_not_recalled():
    records = FakeRecords()
    asked = ask("a").model_copy(update={"form": {"properties": {"said": {"type": "array"}}, "required": ["said"]}})
    records.remember(asked, "fake:model", Reply(data={"foo": 1}))
    model = FakeModel(lambda request: {"said": ["now"]})
    top = Remembering(model, records, Spending(), "fake:model")
    assert said(top.answer([asked])) == [["now"]]
    assert said(top.answer([asked])) == [["now"]]
    assert len(model.asked) == 1


def test_a_request_that_comes_twice_shares_what_became_of_the_first():
    desk = Desk(AheadModel(lambda request: Reply(failure=Failure.CUT_OFF, usage=USED), 4))
    replies = desk.ask("a", "a", "a")
    assert said(replies) == [Failure.CUT_OFF] * 3
    assert [reply.cached for reply in replies] == [False] * 3
    assert (desk.spending.sent, desk.spending.cached, desk.spending.usage.input_tokens) == (1, 0, 100)


def test_fresh_asks_again_once_and_replaces():
    desk = Desk(FakeModel(echo))
    desk.ask("a", "b")
    fresh = Desk(FakeModel(lambda request: {"said": "new"}), memory="renew", records=desk.records)
    assert said(fresh.ask("a", "a")) == ["new", "new"]
    assert said(fresh.ask("a")) == ["new"]
    assert fresh.asked == ["a"]
    assert said(Desk(FakeModel(echo), records=desk.records).ask("a", "b")) == ["new", "b"]


def test_a_look_writes_nothing_down():
    desk = Desk(FakeModel(echo))
    desk.ask("a")
    look = Desk(Unsent("fake:model"), memory="look", records=desk.records)
    assert said(look.ask("a", "b", "b")) == ["a", Failure.NOT_SENT, Failure.NOT_SENT]
    assert [text(request) for request in look.model.requests] == ["b"]
    assert (look.spending.cached, len(desk.records.calls)) == (1, 1)


def test_remembered_answers_come_at_once_and_requests_are_taken_as_work_goes_on():
    desk = Desk(FakeModel(echo))
    desk.ask(*map(str, range(300)))
    taken = []

    def requests():
        for each in ("new", *map(str, range(300)), "newer"):
            taken.append(each)
            yield ask(each)

    replies = desk.top.answer(requests())
    assert next(replies).data == {"said": "new"}
    assert taken == ["new"]
    assert next(replies).data == {"said": "0"}
    assert len(taken) <= READ_AHEAD + 1
    assert said(replies) == [*map(str, range(1, 300)), "newer"]
    assert desk.asked[300:] == ["new", "newer"]


# What is recorded


def test_every_call_is_recorded_with_its_cost():
    desk = Desk(FakeModel(lambda request: BUSY if text(request) == "b" else echo(request)))
    desk.ask("a", "b", "a")
    kept = [(call.outcome, call.failure, call.usage.cost_usd, call.usage.seconds) for call in desk.records.calls]
    assert kept == [
        ("answered", None, pytest.approx(0.0002), 1.5),
        ("failed", Failure.BUSY, 0.0, 0.5),
        ("cached", None, 0.0, 0.0),
    ]
    assert {call.made for call in desk.records.calls} == {NOON}
    assert {call.model for call in desk.records.calls} == {"fake:model"}
    assert desk.spending.usage.cost_usd == pytest.approx(0.0002)
    assert (desk.spending.sent, desk.spending.failed, desk.spending.cached, desk.spending.requests) == (2, 1, 1, 3)


@pytest.mark.parametrize(("price", "usage"), [(None, USED), (PRICE, Usage())])
def test_a_cost_that_cannot_be_known_is_none_and_never_zero(price, usage):
    desk = Desk(FakeModel(lambda request: Reply(data={"said": "x"}, usage=usage)), price=price)
    (reply,) = desk.ask("a")
    assert reply.usage.cost_usd is None
    assert desk.spending.usage.cost_usd is None
    assert desk.spending.unpriced == 1
    (spent,) = desk.records.spent()
    assert (spent.cost_usd, spent.unpriced) == (None, 1)


@pytest.mark.parametrize("failure", [Failure.WAITING, Failure.RESTRICTED, Failure.NOT_SENT, Failure.KEY])
def test_what_never_left_is_no_call(failure):
    desk = Desk(FakeModel(lambda request: Reply(failure=failure)))
    assert said(desk.ask("a")) == [failure]
    assert (desk.records.calls, desk.spending.sent) == ([], 0)


# Limits


@pytest.mark.parametrize("ahead", [1, 3])
def test_no_request_is_sent_that_would_pass_the_limit(ahead):
    desk = Desk(AheadModel(echo, ahead), limits=Limits(tokens=350))
    texts = [f"{number}" + "x" * 397 for number in range(6)]
    replies = desk.ask(*texts)
    assert said(replies) == [*texts[:3], *[Failure.BUDGET] * 3]
    assert desk.asked == texts[:3]
    assert (desk.spending.sent, desk.spending.refused) == (3, 3)
    assert said(desk.ask("y", texts[0])) == [Failure.BUDGET, texts[0]]
    more = Desk(FakeModel(echo), limits=Limits(tokens=350), records=desk.records)
    assert said(more.ask(*texts)) == texts
    assert more.asked == texts[3:]


def test_a_limit_on_cost_counts_what_the_server_counted():
    desk = Desk(FakeModel(echo), limits=Limits(cost=0.00065))
    assert said(desk.ask(*[f"{n}" + "x" * 397 for n in range(5)]))[2:] == [
        "2" + "x" * 397,
        Failure.BUDGET,
        Failure.BUDGET,
    ]
    assert desk.spending.usage.cost_usd == pytest.approx(0.0006)


def test_what_was_expected_too_high_is_taken_up_again():
    desk = Desk(AheadModel(lambda request: Reply(data={}, usage=Usage(input_tokens=10, output_tokens=1)), 9))
    limited = Desk(desk.model, limits=Limits(tokens=260))
    assert [reply.failure for reply in limited.ask(*[f"{n}" + "x" * 397 for n in range(9)])] == [None] * 9


def test_for_a_server_that_counts_nothing_what_was_expected_counts():
    desk = Desk(FakeModel(lambda request: Reply(data={"said": "x"})), limits=Limits(tokens=300))
    assert said(desk.ask("a" * 398, "b" * 398, "c" * 398)) == ["x", "x", Failure.BUDGET]


def test_work_that_is_broken_off_holds_nothing_back():
    desk = Desk(AheadModel(echo, 2), limits=Limits(tokens=260))
    replies = desk.top.answer(ask(f"{n}" + "x" * 397) for n in range(2))
    next(replies)
    replies.close()
    assert said(desk.ask("z" * 398)) == ["z" * 398]


def asked_in(body):
    return body["messages"][-1]["content"]


class Stopped(FakeRecords):
    """Records whose user presses Ctrl-C when so many answers were written down."""

    def __init__(self, after):
        super().__init__()
        self.after = after

    def remember(self, request, model, reply):
        super().remember(request, model, reply)
        if len(self.answers) == self.after:
            raise KeyboardInterrupt


def test_what_arrived_behind_the_awaited_reply_is_kept_when_a_run_is_interrupted(model_server):
    environment = {"OPENAI_BASE_URL": model_server.url}
    known = FakeRecords()
    known.note_ability(Ability(server=model_server.url, model=MODEL, step="json_schema"))
    chat = ChatModel(endpoint(f"openai:{MODEL}", environment), known, Pace(concurrency=3), None, environment)
    model_server.answer = lambda body: Hang() if asked_in(body) == "a" else {"said": asked_in(body)}
    desk = Desk(chat, limits=Limits(tokens=100_000), records=Stopped(after=3))
    with pytest.raises(KeyboardInterrupt):
        list(desk.top.answer(ask(each, form=FORM) for each in "abcdef"))
    kept = {text(request) for request, _ in desk.records.answers.values()}
    assert len(kept) >= 3
    assert kept < set("bcdef")
    assert {call.outcome for call in desk.records.calls} == {"answered"}
    assert desk.spending.sent == len(desk.records.calls) >= 3
    before = len(model_server.chats)
    model_server.answer = lambda body: {"said": asked_in(body)}
    desk.records.after = -1
    again = Desk(chat, limits=Limits(tokens=100_000), records=desk.records)
    assert said(again.top.answer(ask(each, form=FORM) for each in "abcdef")) == list("abcdef")
    assert {asked_in(body) for body in model_server.chats[before:]} == set("abcdef") - kept
    chat.close()


def test_two_streams_at_once_keep_their_replies_apart():
    desk = Desk(AheadModel(echo, 2), limits=Limits(tokens=10_000))
    first = desk.top.answer(ask(each) for each in "abcd")
    second = desk.top.answer(ask(each, task="verify.v1") for each in "wxyz")
    mixed = [next(stream) for _ in range(4) for stream in (first, second)]
    assert said(mixed) == list("awbxcydz")
    assert [call.task for call in desk.records.calls if call.outcome == "answered"].count("verify.v1") == 4


class Trying(FakeModel):
    """A model that tries each request again and again, as long as the budget bears it."""

    def __init__(self, budget, used, tries):
        super().__init__(None)
        self._budget, self._used, self._tries = budget, used, tries

    def answer(self, requests, arrived=None):
        for request in requests:
            taken = [self._used]
            while len(taken) < self._tries and self._budget.further(request, taken):
                taken.append(self._used)
            failure = None if len(taken) == self._tries else Failure.BUDGET
            usage = sum(taken, Usage()).model_copy(update={"seconds": 0.1})
            reply = Reply(data={"said": "x"}, failure=failure, usage=usage, tries=len(taken))
            arrived(request, reply)
            yield reply


def test_a_limit_holds_for_every_try_of_a_request():
    used = Usage(input_tokens=100, output_tokens=20)
    budget = Budget(Limits(tokens=500), PRICE, Estimator({"extract.v1": 20}))
    spending, records = Spending(), FakeRecords()
    model = Budgeted(Recorded(Trying(budget, used, 3), records, PRICE, spending), budget, spending)
    replies = list(model.answer(ask(f"{number}" + "x" * 397) for number in range(4)))
    assert [reply.failure for reply in replies] == [None, Failure.BUDGET, Failure.BUDGET, Failure.BUDGET]
    assert [reply.tries for reply in replies[:2]] == [3, 1]
    assert (spending.sent, spending.tries, spending.failed, spending.refused) == (2, 4, 1, 3)
    assert (spending.usage.input_tokens + spending.usage.output_tokens, len(records.calls)) == (480, 2)


def test_answers_that_a_server_does_not_count_take_what_was_expected_of_each_try():
    budget = Budget(Limits(tokens=400), None, Estimator())
    asked = ask("x" * 400)
    assert budget.begin(asked)
    assert budget.further(asked, [Usage()])
    assert not budget.has_room(ask("y" * 800))
    budget.settle(asked, Reply(data={}, usage=Usage(seconds=1), tries=2))
    assert budget.has_room(ask("y" * 400))
    assert not budget.has_room(ask("y" * 800))


def test_tries_that_were_not_answered_take_nothing_from_the_limit():
    budget = Budget(Limits(tokens=150), None, Estimator())
    asked = ask("x" * 400)
    assert budget.begin(asked)
    assert budget.further(asked, [])
    assert not budget.further(asked, [Usage(input_tokens=90, output_tokens=5)])
    assert not budget.has_room(ask("y" * 400))
    budget.settle(asked, Reply(failure=Failure.BUSY, usage=Usage(seconds=1), tries=2))
    assert budget.has_room(ask("y" * 400))


# A dry run


def test_a_dry_run_keeps_the_requests_and_sends_none():
    model = Unsent("openai:gpt-5-mini")
    assert said(model.answer([ask("a"), ask("b")])) == [Failure.NOT_SENT] * 2
    assert [text(request) for request in model.requests] == ["a", "b"]
