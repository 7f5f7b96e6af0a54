"""Layers that keep words on this machine: redaction, restrictions, and the sentence that says what goes where."""

import pytest

from fakes import FakeEngine, FakeModel
from notesense.core.note import Note
from notesense.core.records import Restriction
from notesense.core.redaction import ALL, Known, Redactable
from notesense.core.requests import Failure, Message, Reply, Request
from notesense.core.restriction import Restricted
from notesense.core.signal import Draft
from notesense.workflows.layers.announcing import Announcing, Plan
from notesense.workflows.layers.redacting import Redacting
from notesense.workflows.layers.restricting import Restricting
from notesense.workflows.splitting import Marking, Split


def asked(text, account="Harlow", note_id="n1"):
    message = Message(role="user", text=text)
    return Request(task="t.v1", messages=(message,), form={}, form_name="f", account=account, note_id=note_id)


def echo(request):
    return {"quotes": [request.messages[0].text.split("\n")[0]]}


def test_a_redacted_model_sees_placeholders_and_its_answers_hold_the_words():
    inner = FakeModel(echo)
    model = Redacting(inner, ALL, lambda: Known(people=("Zubair Anand",)))
    texts = ["Mr Aldous of Harlow pays €5", "zubair asks Mr Aldous", "nobody"]
    replies = list(model.answer(asked(text) for text in texts))
    assert [reply.data["quotes"][0] for reply in replies] == texts
    sent = [request.messages[0].text.split("\n")[0] for request in inner.asked]
    assert sent == ["Mr PERSON_1 of COMPANY_1 pays AMOUNT_1", "PERSON_1 asks Mr PERSON_2", "nobody"]
    assert model.name == "fake:model"


def test_what_is_known_is_asked_for_once_and_only_when_needed():
    told = []
    model = Redacting(FakeModel(echo), ALL, lambda: told.append(1) or Known())
    assert list(model.answer([])) == []
    assert told == []
    list(model.answer([asked("a"), asked("b")]))
    assert told == [1]


def test_replies_that_overtake_their_requests_get_their_own_words_back():
    class Ahead:
        name = "ahead"

        def answer(self, requests):
            for request in list(requests):
                yield Reply(data=echo(request))

    model = Redacting(Ahead(), ALL, Known)
    replies = list(model.answer([asked("Mr Aldous"), asked("Ms Okonkwo")]))
    assert [reply.data["quotes"] for reply in replies] == [["Mr Aldous"], ["Ms Okonkwo"]]


def test_a_failure_stays_one():
    model = Redacting(FakeModel(lambda request: Reply(failure=Failure.SERVER)), ALL, Known)
    assert [reply.failure for reply in model.answer([asked("Mr Aldous")])] == [Failure.SERVER]


@pytest.mark.parametrize("order", ["rar", "aar", "rra", "a", "r", "rr", "", "rarraar"])
def test_what_is_restricted_is_answered_in_its_place_and_never_asked(order):
    inner = FakeModel(echo)
    restricted = Restricted((Restriction(account="Closed"),), ())
    model = Restricting(inner, lambda: restricted)
    requests = [asked(f"{n}", {"r": "Closed", "a": "Open"}[each]) for n, each in enumerate(order)]
    replies = list(model.answer(requests))
    assert [reply.failure == Failure.RESTRICTED for reply in replies] == [each == "r" for each in order]
    assert [request.messages[0].text for request in inner.asked] == [str(n) for n, e in enumerate(order) if e == "a"]
    assert all(reply.data is None for reply in replies if reply.failure)
    assert model.name == inner.name


def test_a_restriction_counts_from_the_moment_it_is_made():
    inner, made = FakeModel(echo), []
    model = Restricting(inner, lambda: Restricted(made, ()))
    replies = model.answer(asked(str(n)) for n in range(3))
    next(replies)
    made.append(Restriction(account="Harlow"))
    assert [reply.failure for reply in replies] == [Failure.RESTRICTED] * 2
    assert len(inner.asked) == 1


def announced(plan, redacted=(), requests=2, account="Harlow"):
    told = []
    model = Announcing(FakeModel(echo), told.append, "api.openai.com", redacted, plan)
    assert len(list(model.answer(asked("x", account) for _ in range(requests)))) == requests
    assert len(list(model.answer([asked("y")] * requests))) == requests
    assert model.name == "fake:model"
    return told


@pytest.mark.parametrize(
    ("plan", "redacted", "account", "told"),
    [
        (
            Plan(12, 34000),
            {Redactable.AMOUNTS, Redactable.PEOPLE},
            "Harlow",
            "Sending up to 12 notes (34,000 characters) to api.openai.com (fake:model). Redacted: people, amounts.",
        ),
        (Plan(1, 900), (), "", "Sending 1 note (900 characters) to api.openai.com (fake:model). Nothing is redacted."),
        (
            Plan(),
            (),
            "Harlow",
            "Sending passages of the notes of Harlow to api.openai.com (fake:model). Nothing is redacted.",
        ),
        (Plan(), (), "", "Sending passages of notes to api.openai.com (fake:model). Nothing is redacted."),
    ],
)
def test_what_goes_where_is_told_once(plan, redacted, account, told):
    assert announced(plan, redacted, account=account) == [told]


def test_where_nothing_is_sent_nothing_is_told():
    assert announced(Plan(3, 10), requests=0) == []


def test_restricted_notes_are_read_here_and_the_others_outside(sample_notes):
    outside = FakeEngine(lambda note: [Draft(kind="praise", quote="outside")], name="llm", version="7")
    local = FakeEngine(lambda note: [Draft(kind="praise", quote="here")], name="local")
    stayed: set[str] = set()
    split = Split(outside, lambda: local, stays=lambda note: note.account == "Closed", stayed=stayed)
    drafts = list(split.extract(sample_notes))
    assert [each.note_id for each in drafts] == [note.id for note in sample_notes]
    assert [each.drafts[0].quote for each in drafts] == ["outside", "here", "here", "outside"]
    assert [each.engine for each in drafts] == [None, "local", "local", None]
    assert stayed == {"n1", "n2"}
    assert (split.name, split.version, split.batch) == ("llm", "7", outside.batch)


def test_the_local_engine_is_not_made_where_nothing_is_restricted(sample_notes):
    split = Split(FakeEngine(), lambda: pytest.fail("made"), stays=lambda note: False, stayed=set())
    assert len(list(split.extract(sample_notes))) == 4


def test_notes_are_marked_before_an_engine_sees_them(sample_notes):
    seen = []
    engine = Marking(FakeEngine(lambda note: seen.append(note.id) or ()), lambda notes: seen.append(len(notes)))
    assert len(list(engine.extract(sample_notes))) == 4
    assert seen == [4, "n0", "n1", "n2", "n3"]
    assert (engine.name, engine.version, engine.batch) == ("fake", "1", FakeEngine().batch)


@pytest.fixture
def sample_notes():
    accounts = ["Open", "Closed", "Closed", "Open"]
    return [Note(id=f"n{n}", account=a, date="2026-03-04", text="words") for n, a in enumerate(accounts)]
