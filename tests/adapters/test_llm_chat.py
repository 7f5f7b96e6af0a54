"""The chat model over real HTTP, with the real langchain-openai and openai packages: what comes, and what was asked."""

import datetime
import itertools
import logging
import threading

import pytest

from fakes import FakeRecords
from notesense.adapters.llm.chat import ChatModel, always
from notesense.adapters.llm.endpoint import endpoint
from notesense.adapters.llm.pace import Clock, Pace
from notesense.core.records import Ability
from notesense.core.requests import Failure, Message, Request
from notesense.errors import ModelError
from serving import misbehaviour as does
from serving.server import MODEL, in_turn, text_of

FORM = {
    "type": "object",
    "properties": {"found": {"type": "string"}},
    "required": ["found"],
    "additionalProperties": False,
}
KEY = "sk-secret-key-of-the-test"
NOTE = "Ines says the analyser in Leeds stops every Monday and nobody rings her back."


def request(text=NOTE, form=FORM):
    messages = (Message(role="system", text="Read the note."), Message(role="user", text=text))
    return Request(task="t.v1", messages=messages, form=form, form_name="found", note_id=text[:10])


class Time:
    """A clock that only moves when somebody waits."""

    def __init__(self):
        self.seconds = 1000.0
        self.waited = []

    def sleep(self, seconds):
        self.waited.append(round(seconds, 3))
        self.seconds += seconds

    def clock(self):
        start = datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC)
        return Clock(now=lambda: self.seconds, date=lambda: start, sleep=self.sleep, chance=lambda: 0.0)


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def records():
    return FakeRecords()


@pytest.fixture
def chat(model_server, records, time):
    made = []

    def make(key=KEY, further=always, **pace):
        environment = {"OPENAI_BASE_URL": model_server.url} | ({"OPENAI_API_KEY": key} if key else {})
        where = endpoint(f"openai:{MODEL}", environment)
        limits = Pace(**({"concurrency": 1, "timeout": 5} | pace))
        made.append(ChatModel(where, records, limits, time.clock(), environment, further))
        return made[-1]

    yield make
    for each in made:
        each.close()


def one(model, asked=None):
    return next(model.answer([asked or request()]))


def shapes(model_server):
    """How each chat request asked for its form."""
    kinds = []
    for body in model_server.chats:
        kinds.append("tools" if "tools" in body else (body.get("response_format") or {"type": "text"})["type"])
    return kinds


def test_an_answer_comes_with_what_it_cost(chat, model_server):
    model_server.answer = lambda body: {"found": "x"}
    model_server.cached_tokens = 5
    reply = one(chat())
    assert (reply.data, reply.failure, reply.model) == ({"found": "x"}, None, MODEL)
    assert (reply.usage.input_tokens, reply.usage.output_tokens, reply.usage.cached_tokens) == (23, 4, 5)


def test_the_messages_go_as_they_are_braces_and_all(chat, model_server):
    text = 'R&D said {"a": {{b}}} \ud800 <b>'
    model_server.answer = lambda body: {"found": "x"}
    one(chat(), request(text))
    assert model_server.chats == [
        {
            "model": MODEL,
            "stream": False,
            "temperature": 0.0,
            "messages": [
                {"role": "system", "content": "Read the note."},
                {"role": "user", "content": 'R&D said {"a": {{b}}} ? <b>'},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "found", "schema": FORM, "strict": True},
            },
        }
    ]
    assert model_server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("supports", "way", "asked"),
    [
        ({"json_schema", "tools", "json_object"}, "json_schema", ["json_schema"]),
        ({"tools", "json_object"}, "tool_call", ["json_schema", "tools"]),
        ({"json_object"}, "json_mode", ["json_schema", "tools", "json_object"]),
        (set(), "text", ["json_schema", "tools", "json_object", "text"]),
    ],
)
def test_what_a_server_does_not_take_is_found_out_once_and_remembered(
    chat, model_server, records, supports, way, asked
):
    model_server.supports = supports | {"temperature"}
    model_server.answer = lambda body: {"found": text_of(body)}
    first = chat()
    assert [reply.failure for reply in first.answer([request(), request("b")])] == [None, None]
    assert shapes(model_server) == [*asked, asked[-1]]
    assert records.ability(model_server.url, MODEL) == way == first.step
    one(chat())
    assert shapes(model_server)[len(asked) + 1 :] == [asked[-1]]
    assert records.ability("http://elsewhere", MODEL) is None


def test_of_many_first_requests_one_finds_the_way_while_the_others_wait(chat, model_server):
    model_server.supports = {"json_object"}
    model_server.answer = lambda body: {"found": "x"}
    model_server.latency = 0.01
    replies = list(chat(concurrency=8).answer(request(str(number)) for number in range(16)))
    assert {reply.failure for reply in replies} == {None}
    assert shapes(model_server) == ["json_schema", "json_schema", "tools", *["json_object"] * 16]
    assert ["temperature" in body for body in model_server.chats] == [True, *[False] * 18]
    assert model_server.peak > 1


def test_where_the_first_has_no_answer_the_next_goes_on_finding_out(chat, model_server, records):
    model_server.supports = {"tools", "temperature"}
    model_server.answer = in_turn(does.CutOff(), does.broken(500), {"found": "x"})
    replies = list(chat(concurrency=4).answer(request(str(number)) for number in range(8)))
    assert [reply.failure for reply in replies].count(Failure.CUT_OFF) == 1
    assert [reply.failure for reply in replies].count(None) == 7
    assert records.ability(model_server.url, MODEL) == "tool_call"


def test_nobody_waits_in_line_for_a_server_that_hangs(chat, model_server):
    model_server.answer = lambda body: does.Hang()
    replies = list(chat(concurrency=3, timeout=0.05).answer(request(str(number)) for number in range(3)))
    assert {reply.failure for reply in replies} == {Failure.TIMED_OUT}
    assert model_server.peak >= 2


@pytest.mark.parametrize(
    ("ignores", "way"),
    [({"json_schema"}, "tool_call"), ({"json_schema", "tools"}, "json_mode"),
     ({"json_schema", "tools", "json_object"}, "text")],
)  # fmt: skip
def test_a_format_that_is_taken_and_ignored_is_not_relied_on(chat, model_server, records, ignores, way):
    model_server.ignores = ignores
    model_server.answer = lambda body: {"found": "x"}
    assert one(chat()).data == {"found": "x"}
    assert records.ability(model_server.url, MODEL) == way


def test_the_lower_steps_spell_the_form_out_at_the_top(chat, model_server):
    model_server.supports = {"temperature"}
    one(chat())
    system, user = model_server.chats[-1]["messages"]
    assert system["content"].startswith("Read the note.\n\nAnswer with one JSON object")
    assert '"additionalProperties": false' in system["content"]
    assert user["content"] == NOTE


def test_a_form_that_cannot_be_strict_is_sent_as_it_is(chat, model_server):
    loose = {"type": "object", "properties": {"found": {"type": "string"}}}
    model_server.answer = lambda body: {"found": "x"}
    assert one(chat(), request(form=loose)).data == {"found": "x"}
    assert model_server.chats[0]["response_format"]["json_schema"] == {
        "name": "found",
        "schema": loose,
        "strict": False,
    }


@pytest.mark.parametrize(
    "refusal",
    [
        does.Status(400, "This response_format type is unavailable now"),
        does.Status(422, body={"detail": [{"loc": ["body", "response_format"], "msg": "extra fields not permitted"}]}),
        does.Status(404, "No endpoints found that support tool use."),
        does.Status(501, "grammar is not implemented"),
        does.Status(
            400, "Invalid schema for response_format 'found': 'x' is not permitted.", code="invalid_json_schema"
        ),
    ],
)
def test_other_servers_say_unsupported_in_their_own_way(chat, model_server, refusal):
    model_server.answer = lambda body: refusal if "response_format" in body else {"found": "x"}
    assert one(chat()).data == {"found": "x"}
    assert shapes(model_server) == ["json_schema", "tools"]


def test_a_temperature_that_is_not_taken_is_left_out_from_then_on(chat, model_server):
    model_server.supports = {"json_schema"}
    model_server.answer = lambda body: {"found": "x"}
    assert [reply.data for reply in chat().answer([request(), request("b")])] == [{"found": "x"}] * 2
    assert ["temperature" in body for body in model_server.chats] == [True, False, False]


def told(refusal):
    return f"status {refusal.status}, {refusal.code}: {refusal.message}"


OFTEN = 5
TROUBLES = [
    (does.refused_key(KEY), Failure.KEY, "status 401, invalid_api_key", 1),
    (does.forbidden(), Failure.FORBIDDEN, told(does.forbidden()), 1),
    (does.no_such_model(), Failure.NO_MODEL, told(does.no_such_model()), 1),
    (does.Status(400, "Nonsense."), Failure.BAD_REQUEST, "status 400: Nonsense.", 1),
    (does.too_long(), Failure.TOO_LONG, told(does.too_long()), 1),
    (does.Status(400, "No.", code="content_filter"), Failure.DECLINED, "status 400, content_filter: No.", 1),
    (does.busy(), Failure.BUSY, "status 429, rate_limit_exceeded: Rate limit reached for requests", OFTEN),
    (does.no_credit(), Failure.BUSY, "status 429, insufficient_quota: You exceeded your current quota.", 1),
    (does.Status(402, "Pay."), Failure.BUSY, "no credit left, status 402: Pay.", 1),
    (does.broken(500), Failure.SERVER, "status 500: The server had an error while processing your request.", OFTEN),
    (does.broken(502), Failure.SERVER, "status 502: The server had an error while processing your request.", OFTEN),
    (does.Status(308, headers={"Location": "http://127.0.0.1:1/"}, body="x"), Failure.SERVER,
     "status 308: it sends elsewhere, and nothing is sent elsewhere", 1),
    (does.Reset(), Failure.NO_CONNECTION, "the server broke it off", OFTEN),
    (does.HalfBody(), Failure.NO_CONNECTION, "", OFTEN),
    (does.Declined(), Failure.DECLINED, "", 1),
    (does.Filtered(), Failure.DECLINED, "", 1),
    (does.CutOff(), Failure.CUT_OFF, "", 1),
    (does.NO_CHOICES, Failure.SERVER, "its answer is not of the protocol", 2),
    (does.INVALID_UTF8, Failure.SERVER, "its answer is not of the protocol", 2),
    (does.Raw(b"<html>Welcome</html>", "text/html"), Failure.SERVER, "its answer is not of the protocol", 2),
    (does.Raw(b'{"error": {"message": "in a 200"}}'), Failure.SERVER, "its answer is not of the protocol", 2),
    (does.huge(17), Failure.SERVER, "its answer is too long to be one", 1),
]  # fmt: skip


@pytest.mark.parametrize(("behaviour", "failure", "detail", "requests"), TROUBLES)
def test_each_misbehaviour_becomes_a_failure_after_so_many_requests(
    chat, model_server, behaviour, failure, detail, requests
):
    model_server.answer = lambda body: behaviour
    reply = one(chat())
    assert (reply.data, reply.failure, reply.detail) == (None, failure, detail)
    assert len(model_server.chats) == requests


def test_a_server_that_repeats_a_note_about_temperature_is_understood(chat, model_server):
    repeated = {"detail": [{"loc": ["body", "response_format"], "input": "the temperature in the cold room"}]}
    refusal = does.Status(422, body=repeated)
    model_server.answer = lambda body: refusal if "response_format" in body else {"found": "x"}
    assert one(chat()).data == {"found": "x"}


@pytest.mark.parametrize(
    "told",
    ['model "functionary" not found, try pulling it first', "The model `llama3-groq-tool-use` does not exist."],
)
def test_a_missing_model_whose_name_speaks_of_tools_is_a_missing_model(chat, model_server, told):
    model_server.answer = lambda body: does.Status(404, told)
    assert one(chat()).failure is Failure.NO_MODEL
    assert len(model_server.chats) == 1


@pytest.mark.parametrize("step", ["json_schema", "tool_call", "json_mode", "text"])
@pytest.mark.parametrize(
    ("behaviour", "failure"),
    [(does.CutOff(), Failure.CUT_OFF), (does.Declined(), Failure.DECLINED), (does.Filtered(), Failure.DECLINED)],
)
def test_what_ends_an_answer_is_known_at_every_step_and_paid(chat, model_server, records, step, behaviour, failure):
    known_to_work(records, model_server, step)
    model_server.answer = lambda body: behaviour
    reply = one(chat())
    assert reply.failure is failure
    assert reply.usage.input_tokens > 0
    assert len(model_server.chats) == 1


def known_to_work(records, model_server, step):
    records.note_ability(Ability(server=model_server.url, model=MODEL, step=step))


@pytest.mark.parametrize("step", ["json_schema", "tool_call", "json_mode", "text"])
@pytest.mark.parametrize(
    "said",
    ["Sure, here it is:\n```json\n{\"found\": \"x\"}\n```\nAnything else?", 'It {is} this: {"found": "x"}.',
     '<think>{"found": "no"}</think>{"found": "x"}'],
)  # fmt: skip
def test_prose_around_the_object_does_no_harm_where_the_way_is_known(chat, model_server, records, step, said):
    known_to_work(records, model_server, step)
    model_server.answer = lambda body: does.Said(said)
    assert one(chat()).data == {"found": "x"}
    assert len(model_server.chats) == 1


@pytest.mark.parametrize("given", [does.Said("Hello"), does.Said(""), does.Said(None), [1], "text", 7, None])
def test_what_is_no_object_is_asked_for_once_more_and_then_told(chat, model_server, records, given):
    known_to_work(records, model_server, "json_schema")
    model_server.answer = lambda body: given
    reply = one(chat())
    assert (reply.failure, reply.detail) == (Failure.FORMLESS, "no JSON object")
    assert len(model_server.chats) == 2
    assert reply.usage.input_tokens == 2 * 23


def test_the_second_asking_may_give_the_form(chat, model_server, records):
    known_to_work(records, model_server, "tool_call")
    model_server.answer = in_turn(does.Said("Hello"), {"found": "x"})
    assert one(chat()).data == {"found": "x"}


@pytest.mark.parametrize("step", ["json_schema", "tool_call", "text"])
def test_another_object_than_was_asked_for_is_no_answer(chat, model_server, records, step):
    known_to_work(records, model_server, step)
    model_server.answer = lambda body: {"lost": [1]}
    reply = one(chat())
    assert (reply.data, reply.failure, reply.detail) == (None, Failure.FORMLESS, "another JSON object")
    assert len(model_server.chats) == 2


def test_a_server_that_gives_another_object_is_asked_in_other_ways(chat, model_server, records):
    model_server.answer = lambda body: {"lost": 1} if "response_format" in body else {"found": "x"}
    assert one(chat()).data == {"found": "x"}
    assert records.ability(model_server.url, MODEL) == "tool_call"


def test_wrong_types_inside_the_form_are_left_to_whoever_asked(chat, model_server):
    model_server.answer = lambda body: {"found": [1], "more": None}
    assert one(chat()).data == {"found": [1], "more": None}
    assert len(model_server.chats) == 1


def test_a_server_that_hangs_is_asked_twice(chat, model_server):
    model_server.answer = lambda body: does.Hang()
    reply = one(chat(timeout=0.05))
    assert (reply.failure, len(model_server.chats)) == (Failure.TIMED_OUT, 2)


def test_no_server_at_all(records, time):
    where = endpoint("openai:m", {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"})
    model = ChatModel(where, records, Pace(concurrency=1, attempts=2), time.clock(), {})
    replies = list(model.answer([request(str(number)) for number in range(5)]))
    assert {reply.failure for reply in replies} == {Failure.NO_CONNECTION}
    assert [reply.detail for reply in replies[3:]] == ["not sent after this: nothing listens there"] * 2
    assert time.waited == [0.25] * 3
    model.close()


def test_waits_grow_and_are_drawn_by_lot(chat, model_server, time):
    model_server.answer = lambda body: does.broken(503)
    one(chat())
    assert time.waited == [0.25, 0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7.0), ("1.5", 1.5), ("Wed, 04 Mar 2026 00:00:09 GMT", 9.0), ("Tue, 03 Mar 2026 00:00:00 GMT", 0.0),
     ("soon", 0.25), ("nan", 0.25), ("-3", 0.0)],
)  # fmt: skip
def test_a_server_is_given_the_time_it_asks_for(chat, model_server, time, told, seconds):
    model_server.answer = in_turn(does.busy(told), {"found": "x"})
    assert one(chat()).data == {"found": "x"}
    assert time.waited == [seconds]


def test_a_server_that_asks_for_an_hour_is_not_waited_for(chat, model_server, time):
    model_server.answer = lambda body: does.busy(3600)
    replies = list(chat().answer([request("a"), request("b")]))
    assert [reply.failure for reply in replies] == [Failure.BUSY] * 2
    assert replies[0].detail.endswith("(asks to wait 3600 s)")
    assert (time.waited, len(model_server.chats)) == ([], 1)


def test_while_one_request_waits_as_told_the_others_do_not_go_either(chat, model_server, time):
    model_server.answer = in_turn(does.busy(5), {"found": "x"})
    threads = chat(concurrency=2, requests_per_minute=60)
    assert [reply.failure for reply in threads.answer([request("a"), request("b"), request("c")])] == [None] * 3
    assert max(time.waited) >= 5


def test_the_rate_is_kept(chat, model_server, time):
    model_server.answer = lambda body: {"found": "x"}
    list(chat(requests_per_minute=30).answer([request(str(number)) for number in range(4)]))
    assert time.waited == [2.0, 2.0, 2.0]


@pytest.mark.parametrize("behaviour", [does.refused_key(), does.no_such_model(), does.no_credit()])
def test_where_no_other_request_can_fare_better_none_is_sent(chat, model_server, behaviour):
    model_server.answer = lambda body: behaviour
    replies = list(chat().answer([request(str(number)) for number in range(20)]))
    assert len({reply.failure for reply in replies}) == 1
    assert replies[-1].detail.startswith("not sent after this: status 4")
    assert len(model_server.chats) == 1


def test_after_three_that_the_server_does_not_allow_the_others_are_not_sent(chat, model_server):
    model_server.answer = lambda body: does.forbidden()
    replies = list(chat().answer([request(str(number)) for number in range(20)]))
    assert {reply.failure for reply in replies} == {Failure.FORBIDDEN}
    assert replies[3].detail.startswith("not sent after this: status 403")
    assert (len(model_server.chats), replies[3].tries) == (3, 0)


def test_a_few_that_the_server_does_not_allow_stop_nothing(chat, model_server, records):
    known_to_work(records, model_server, "json_schema")
    model_server.answer = lambda body: does.forbidden() if int(text_of(body)[-1]) % 3 else {"found": "x"}
    replies = list(chat().answer([request(str(number)) for number in range(9)]))
    assert [reply.failure for reply in replies] == [None, Failure.FORBIDDEN, Failure.FORBIDDEN] * 3


def refusing_the_form_of(*notes):
    refusal = does.Status(400, "Input violates the safety policy of this function schema.")
    return lambda body: (
        refusal if "response_format" in body and text_of(body).splitlines()[-1] in notes else {"found": "x"}
    )


def test_a_note_that_a_server_does_not_take_in_the_known_way_changes_nothing_for_the_others(
    chat, model_server, records
):
    known_to_work(records, model_server, "json_schema")
    model_server.answer = refusing_the_form_of("b", "d")
    assert [reply.failure for reply in chat().answer(map(request, "abcde"))] == [None] * 5
    assert shapes(model_server) == ["json_schema"] * 2 + ["tools"] + ["json_schema"] * 2 + ["tools", "json_schema"]
    assert records.ability(model_server.url, MODEL) == "json_schema"


def test_a_server_that_takes_the_known_way_no_more_is_asked_in_the_next(chat, model_server, records):
    known_to_work(records, model_server, "json_schema")
    model_server.supports = {"tools", "temperature"}
    model_server.answer = lambda body: {"found": "x"}
    assert [reply.failure for reply in chat().answer(map(request, "abc"))] == [None] * 3
    assert shapes(model_server) == ["json_schema", "tools"] * 2 + ["tools"]
    assert records.ability(model_server.url, MODEL) == "tool_call"


def test_two_streams_together_keep_to_the_limit_of_requests_at_a_time(chat, model_server):
    model_server.latency = 0.01
    model_server.answer = lambda body: {"found": "x"}
    model = chat(concurrency=2)
    first = model.answer(request(f"a{number}") for number in range(8))
    second = model.answer(request(f"b{number}") for number in range(8))
    for pair in zip(first, second, strict=True):
        assert [reply.failure for reply in pair] == [None, None]
    assert (len(model_server.chats), model_server.peak) == (16, 2)


def test_each_try_after_the_first_is_asked_for(chat, model_server, records):
    known_to_work(records, model_server, "json_schema")
    asked = []
    model = chat(further=lambda request, answered: asked.append((request, answered[:])) or len(asked) < 3)
    model_server.answer = in_turn(does.broken(500), does.Said("no object"), {"found": "x"})
    reply = one(model)
    assert (reply.data, reply.tries) == ({"found": "x"}, 3)
    assert [[usage.input_tokens for usage in answered] for _, answered in asked] == [[], [23]]
    model_server.answer = lambda body: does.Said("no object")
    reply = one(model)
    assert (reply.failure, reply.tries, reply.usage.input_tokens) == (Failure.BUDGET, 1, 23)


def test_many_are_asked_at_a_time_and_answered_in_order(chat, model_server, records):
    known_to_work(records, model_server, "json_schema")
    together = threading.Barrier(4)

    def answer(body):
        together.wait(5)
        return {"found": text_of(body).splitlines()[-1]}

    model_server.answer = answer
    replies = chat(concurrency=4).answer([request(str(number)) for number in range(8)])
    assert [reply.data["found"] for reply in replies] == [str(number) for number in range(8)]
    assert model_server.peak == 4


def test_requests_are_taken_only_a_little_ahead(chat, model_server):
    taken = []

    def asking():
        for number in itertools.count():
            taken.append(number)
            yield request(str(number))

    replies = chat(concurrency=2).answer(asking())
    for _ in range(3):
        next(replies)
    assert len(taken) <= 3 + 2 * 2 + 1
    replies.close()


def test_an_interrupted_run_sends_nothing_more(chat, model_server):
    def asking():
        yield from (request(str(number)) for number in range(3))
        raise KeyboardInterrupt

    model_server.answer = lambda body: does.Hang()
    with pytest.raises(KeyboardInterrupt):
        list(chat(concurrency=2).answer(asking()))
    model_server.closing.wait(0.05)
    assert len(model_server.chats) <= 2


def test_nothing_is_done_for_no_requests(chat, model_server):
    assert list(chat().answer([])) == []
    assert model_server.requests == []


def test_a_trial_finds_out_anew_how_forms_are_taken(chat, model_server, records):
    known_to_work(records, model_server, "text")
    model_server.answer = lambda body: {"ready": True}
    assert chat().trial().data == {"ready": True}
    assert records.ability(model_server.url, MODEL) == "json_schema"


@pytest.mark.parametrize(
    "behaviour",
    [
        does.refused_key(KEY),
        does.Status(400, f"Cannot read {KEY} in: {NOTE}"),
        does.Status(422, body={"detail": [{"loc": ["body"], "input": {"messages": NOTE, "key": KEY}}]}),
        does.Raw(f"<html>{KEY} {NOTE}</html>".encode(), "text/html"),
        does.Raw(f'{{"error": "{KEY} {NOTE}"}}'.encode()),
        does.Said(f"{KEY} {NOTE}"),
        does.CutOff(f'{{"found": "{NOTE}'),
        does.Declined(f"I will not repeat {NOTE}"),
        {"found": "x"},
    ],
)
@pytest.mark.parametrize("step", ["json_schema", "tool_call", "text"])
def test_neither_keys_nor_words_of_a_note_are_told_or_logged(
    chat, model_server, records, behaviour, step, caplog, capfd
):
    known_to_work(records, model_server, step)
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "langchain", "langsmith", "urllib3"):
        caplog.set_level(logging.DEBUG, logger=name)
    model_server.answer = lambda body: behaviour
    model = chat()
    reply = one(model)
    shown = [reply.detail, repr(model), repr(model.endpoint), repr(vars(model.endpoint)), str(model.endpoint.key)]
    shown += [record.getMessage() for record in caplog.records] + [repr(record.args) for record in caplog.records]
    shown += list(capfd.readouterr())
    assert caplog.records
    for part in (KEY, "analyser in Leeds", "rings her back"):
        assert not [text for text in shown if part in text]


@pytest.fixture
def tracers(monkeypatch):
    """Those that LangChain makes; what langsmith remembers of the environment is forgotten before and after."""
    from langchain_core.tracers.langchain import LangChainTracer
    from langsmith.utils import get_env_var

    made = []
    monkeypatch.setattr(LangChainTracer, "__init__", lambda self, **given: made.append(given))
    get_env_var.cache_clear()
    yield made
    get_env_var.cache_clear()


@pytest.mark.parametrize("name", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
def test_nothing_is_traced_whatever_the_environment_says(chat, model_server, monkeypatch, tracers, name):
    monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_GATEWAY", "http://127.0.0.1:9/gateway")
    model_server.answer = lambda body: {"found": "x"}
    assert one(chat()).data == {"found": "x"}
    assert tracers == []


def test_a_variable_with_which_langchain_does_not_work_is_named(chat, monkeypatch):
    monkeypatch.setenv("LANGCHAIN_TRACING", "true")
    with pytest.raises(ModelError, match="LANGCHAIN_TRACING is set") as told:
        one(chat())
    assert told.value.fix == "Unset it: unset LANGCHAIN_TRACING."
