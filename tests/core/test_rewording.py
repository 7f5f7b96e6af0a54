"""Agendas in a model's words: the plan stays, and what breaks a rule keeps the playbook's words."""

import datetime
from typing import Any

import pytest

from notesense.adapters.playbook import load
from notesense.core.agenda import PLAYBOOK, Agenda
from notesense.core.brief_prose import MOST_SENTENCES, prose_evidence, prose_request, proven_prose
from notesense.core.briefing import Briefing, InBrief, Occasion, brief
from notesense.core.requests import Message
from notesense.core.rewording import citable, draft_request, reworded, sources_for, wordable
from small_accounts import ACCOUNT, AS_OF, Account, Said, day, leader, pain, promise

MODEL = "fake:model"
BY_TRIGGER = "promise_overdue_us", "pain_us"
ORDINARY = frozenset("the their what mending waiting trust seen".split())


class Plain:
    task = "draft.v9"
    messages = (Message(role="system", text="answer"),)

    def filled(self, values: Any) -> tuple[Message, ...]:
        return (Message(role="user", text="\n".join(f"{name}: {value}" for name, value in values.items())),)


def account() -> Account:
    one = Account().note(40, promise("we mail 12 gaskets by then", due=day(9)))
    one.note(
        20,
        pain("bags arrive torn", side="customer", speaker="Marta Ruiz"),
        Said("competitor", "Pellworth came", name="Pellworth"),
    )
    one.note(9, leader("word is Bo Lind goes", person="Bo Lind", sure="rumored"))
    return one.note(6, Said("price_value", "9,400 is too dear"), Said("opportunity", "a second line of ovens"))


def briefing(one: Account | None = None, **about: Any) -> Briefing:
    one = one or account()
    return brief(ACCOUNT, one.notes, one.signals, load(), Occasion(as_of=AS_OF, **about))


def words(number: int, **texts: str) -> dict[str, Any]:
    return {"number": number, "title": "", "say": "", "question": "", "why": ""} | texts


def further(
    question: str, *evidence: str, title: str = "The ovens", why: str = "They told us of ovens."
) -> dict[str, Any]:
    return {"title": title, "question": question, "why": why, "evidence": list(evidence)}


def answer(made: Briefing, *items: Any, more: tuple[Any, ...] = (), one: Account | None = None) -> Agenda:
    notes = {note.id: note for note in (one or account()).notes}
    got = reworded(
        made.agenda, {"items": list(items), "further": list(more)}, sources_for(made, notes, ORDINARY), MODEL
    )
    assert got is not None
    return got


def number_of(made: Briefing, trigger: str) -> int:
    return next(number for number, item in enumerate(made.agenda.items, 1) if item.trigger == trigger)


def mark_of(made: Briefing, quote: str) -> str:
    return next(mark for mark, one in citable(made).items() if quote in one.quote)


class TestItems:
    def test_the_model_words_what_holds_and_the_plan_stays(self) -> None:
        made = briefing()
        number = number_of(made, "pain_us")
        new = words(
            number,
            title="Torn bags",
            say="We heard that “BAGS arrive torn”.",
            question="What do torn bags set off on your side?",
            why="They told us of it on Wednesday 30 September, and bags are our daily bread.",
        )
        got = answer(made, new)
        item = got.items[number - 1]
        assert (item.title, item.say, item.written_by) == ("Torn bags", "We heard that “bags arrive torn”.", MODEL)
        assert [one.model_dump(exclude={"title", "say", "question", "why", "written_by"}) for one in got.items] == [
            one.model_dump(exclude={"title", "say", "question", "why", "written_by"}) for one in made.agenda.items
        ]
        assert {one.written_by for one in got.items if one is not item} == {PLAYBOOK}
        assert got.wording is not None
        assert (got.wording.worded, got.wording.dropped, got.wording.model) == (1, {}, MODEL)

    @pytest.mark.parametrize(
        ("texts", "reason"),
        [
            ({"question": "Are the bags torn?"}, "not one open question"),
            ({"question": "What about the bags? What else?"}, "not one open question"),
            ({"question": f"What {'bags ' * 60}?"}, "too long"),
            ({"title": "Torn bags?"}, "not one open question"),
            ({"title": "Torn \u202ebags"}, "hidden characters"),
            ({"why": "They said “we hate torn bags”."}, "a quotation that is not in what it cites"),
            ({"why": "They said “bags arrive torn."}, "a quotation that is not in what it cites"),
            ({"why": "Bags were torn 14 times."}, "a number or day that is not in what it cites"),
            ({"say": "The bags will be whole by Friday."}, "a number or day that is not in what it cites"),
            ({"why": "The bags are from Zorgon."}, "a name that is not in the notes"),
            ({"why": "Look at www.bags.example."}, "an address that is not in what it cites"),
            ({"say": "Marta told us of torn bags."}, "something that must not be said"),
            ({"question": "What does Pellworth do about torn bags?"}, "something that must not be said"),
            ({"title": "Bags, and Bo Lind"}, "something that must not be said"),
            ({"question": "What makes torn bags at 9,400?"}, "something that must not be said"),
            ({"say": "I hope everything is okay with the bags."}, "something that must not be said"),
            ({"say": "We give a discount on torn bags."}, "something that must not be said"),
            ({"question": "What would you pay for premium seats?"}, "not about what it cites"),
        ],
    )
    def test_what_breaks_a_rule_keeps_the_playbooks_words(self, texts: dict[str, str], reason: str) -> None:
        made = briefing()
        got = answer(made, words(number_of(made, "pain_us"), **texts))
        assert got.items == made.agenda.items
        assert got.wording is not None
        assert (got.wording.worded, got.wording.dropped) == (0, {reason: 1})

    def test_words_that_are_not_known_as_the_customers_are_told_as_our_notes(self) -> None:
        made = briefing()
        number = number_of(made, "promise_overdue_us")
        bare = answer(made, words(number, say="You asked for this: “mail 12 gaskets”."))
        assert bare.items[number - 1].written_by == PLAYBOOK
        told = answer(made, words(number, say="My notes have this from us: “we mail 12 gaskets”."))
        assert told.items[number - 1].written_by == MODEL

    def test_what_a_team_forbids_in_quotation_marks_is_not_said(self) -> None:
        made = briefing()
        avoid = made.agenda.avoid[0].model_copy(update={"text": "Don't say “daily bread” or “”."})
        made = made.model_copy(update={"agenda": made.agenda.model_copy(update={"avoid": (avoid,)})})
        got = answer(made, words(number_of(made, "pain_us"), say="Bags are our DAILY bread."))
        assert got.wording is not None
        assert got.wording.dropped == {"something that must not be said": 1}

    def test_a_rumour_is_left_to_the_playbook_and_not_sent(self) -> None:
        made = briefing()
        number = number_of(made, "leadership_rumored")
        assert number not in wordable(made.agenda)
        assert not any("Lind" in one.quote for one in citable(made).values())
        assert "Lind" not in draft_request(made, Plain()).messages[0].text
        got = answer(
            made,
            words(number, question="What do you hear of the change?"),
            words(99),
            words(number_of(made, "pain_us")),
        )
        assert got.wording is not None
        assert got.wording.dropped == {"no such item": 2}

    def test_an_item_is_worded_once_and_empty_words_change_nothing(self) -> None:
        made = briefing()
        number = number_of(made, "pain_us")
        same = made.agenda.items[number - 1].title
        got = answer(made, words(number, title=same), words(number, title="Torn bags"), {"number": "x"})
        assert got.items == made.agenda.items
        assert got.wording is not None
        assert got.wording.dropped == {"not in the form asked for": 1, "asked already": 1}

    @pytest.mark.parametrize("data", [{}, {"items": []}, {"items": "no", "further": []}])
    def test_an_answer_of_another_form_is_none(self, data: dict[str, Any]) -> None:
        made = briefing()
        assert reworded(made.agenda, data, sources_for(made, {}, ORDINARY), MODEL) is None

    def test_the_request_holds_evidence_items_and_what_must_not_be_said(self) -> None:
        request = draft_request(briefing(meeting=AS_OF + datetime.timedelta(days=1)), Plain())
        text = request.messages[0].text
        assert "> bags arrive torn" in text
        assert "must not be said" in text
        assert "meeting: 2026-10-21" in text
        assert set(request.quotes) <= {"n1", "n2", "n4"}


class TestFurther:
    def test_a_further_question_goes_to_the_end_within_the_minutes(self) -> None:
        made = briefing(minutes=60)
        mark = mark_of(made, "second line of ovens")
        got = answer(made, more=(further("What will the second line of ovens bake first?", mark),))
        assert got.items[:-1] == made.agenda.items
        last = got.items[-1]
        assert (last.trigger, last.section, last.written_by, last.minutes) == ("proposed", "proposed", MODEL, 3)
        assert got.planned_minutes == made.agenda.planned_minutes + 3 <= got.minutes
        assert last.evidence[0].quote == "a second line of ovens"

    def test_without_minutes_it_waits(self) -> None:
        made = briefing(minutes=10)
        mark = mark_of(made, "second line of ovens")
        got = answer(made, more=(further("What will the second line of ovens bake first?", mark),))
        assert got.items == made.agenda.items
        assert (got.parked[-1].written_by, got.planned_minutes) == (MODEL, made.agenda.planned_minutes)
        assert "10 minutes" in got.parked[-1].reason

    @pytest.mark.parametrize(
        ("question", "marks", "reason"),
        [
            ("What will the ovens bake?", (), "nothing valid cited"),
            ("What will the ovens bake?", ("e99",), "nothing valid cited"),
            ("What will the ovens bake?", ("", "e99"), "nothing valid cited"),
            ("Will the ovens bake?", ("",), "not one open question"),
            ("", ("",), "no words"),
            ("What will Pellworth's ovens bake?", ("",), "something that must not be said"),
            ("What keeps you awake?", ("",), "not about what it cites"),
        ],
    )
    def test_one_that_breaks_a_rule_is_dropped(self, question: str, marks: tuple[str, ...], reason: str) -> None:
        made = briefing(minutes=60)
        cited = [mark or mark_of(made, "second line of ovens") for mark in marks]
        title = "Their mending" if reason.startswith("not about") else "The ovens"
        got = answer(made, more=(further(question, *cited, title=title),))
        assert got.items == made.agenda.items
        assert got.wording is not None
        assert (got.wording.proposed, got.wording.dropped) == (0, {reason: 1})

    def test_three_at_most_and_none_twice(self) -> None:
        made = briefing(minutes=120)
        mark = mark_of(made, "second line of ovens")
        asked = [
            f"What will the second line of ovens {verb}?" for verb in ("bake", "cost your people", "free your rooms of")
        ]
        twice = answer(made, more=(further(asked[0], mark), further(asked[0], mark)))
        assert twice.wording is not None
        assert (twice.wording.proposed, twice.wording.dropped) == (1, {"asked already": 1})
        many = answer(made, more=tuple(further(one, mark) for one in [*asked, "What else will ovens do?"]))
        assert many.wording is not None
        assert (many.wording.proposed, many.wording.dropped) == (3, {"more than was asked for": 1})


class TestInBrief:
    def prose(self, *sentences: tuple[str, list[str]], made: Briefing | None = None) -> InBrief:
        notes = {note.id: note for note in account().notes}
        data = {"sentences": [{"text": text, "evidence": marks} for text, marks in sentences]}
        got = proven_prose(made or briefing(), data, notes, ORDINARY, MODEL)
        assert got is not None
        return got

    def mark(self, quote: str) -> str:
        return next(mark for mark, one in prose_evidence(briefing()).items() if quote in one.quote)

    def test_sentences_cite_evidence_and_quote_it(self) -> None:
        torn = self.mark("torn")
        got = self.prose(("The customer says “BAGS arrive torn”.", [torn, torn]))
        (sentence,) = got.sentences
        assert sentence.text == "The customer says “bags arrive torn”."
        assert [one.quote for one in sentence.evidence] == ["bags arrive torn"]
        assert (got.written_by, got.wording.sentences, got.wording.dropped) == (MODEL, 1, {})

    @pytest.mark.parametrize(
        ("text", "quote", "reason"),
        [
            ("The bags are torn.", None, "nothing valid cited"),
            ("", "torn", "no words"),
            ("The bags " * 50, "torn", "too long"),
            ("The bags\u202e are torn.", "torn", "hidden characters"),
            ("The bags are torn. The seals leak.", "torn", "more than one sentence"),
            ("The bags are “never whole”.", "torn", "a quotation that is not in what it cites"),
            ("The bags were torn 9 times.", "torn", "a number or day that is not in what it cites"),
            ("The bags of Zorgon are torn.", "torn", "a name that is not in the notes"),
            ("They are in a bad mood.", "torn", "not about what it cites"),
            ("Bo Lind goes.", "Lind", "a rumour told as a fact"),
        ],
    )
    def test_what_breaks_a_rule_is_dropped(self, text: str, quote: str | None, reason: str) -> None:
        got = self.prose((text, [self.mark(quote) if quote else "e99"]))
        assert (got.sentences, got.wording.dropped) == ((), {reason: 1})

    def test_a_rumour_told_as_one_is_taken(self) -> None:
        assert len(self.prose(("There is a rumour that Bo Lind goes.", [self.mark("Lind")])).sentences) == 1

    def test_six_sentences_at_most(self) -> None:
        got = self.prose(*[("The bags arrive torn.", [self.mark("torn")])] * 9)
        assert (len(got.sentences), got.wording.dropped) == (MOST_SENTENCES, {"more than was asked for": 3})

    def test_another_form_is_none(self) -> None:
        assert proven_prose(briefing(), {"text": "all is well"}, {}, ORDINARY, MODEL) is None

    def test_the_request_tells_facts_and_rumours(self) -> None:
        made = briefing(renewal=AS_OF)
        text = prose_request(made, Plain()).messages[0].text
        assert f"only rumoured\n> {self.mark('Lind')}\n" in text
        assert "> standing: at risk" in text
        assert "> renewal: 2026-10-20" in text
        written = brief(ACCOUNT, (), (), load(), Occasion(as_of=AS_OF))
        assert "last contact" not in prose_request(written, Plain()).messages[0].text
        mails = Account().note(9, pain("bags arrive torn"), channel="email")
        assert "last live talk" not in prose_request(briefing(mails), Plain()).messages[0].text
