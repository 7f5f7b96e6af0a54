"""Questions answered by a model: what is asked, and which of its sentences are taken."""

import datetime
from typing import Any

import pytest

from notesense.core.answer import MOST_SENTENCES, Proven, proven_answer
from notesense.core.note import Note
from notesense.core.passages import passages as split_text
from notesense.core.ports import Found
from notesense.core.question import (
    MOST_CHARACTERS,
    MOST_SHOWN,
    Asked,
    bearing,
    question_request,
    ranked_sources,
    sources_of,
)
from notesense.core.requests import Message
from notesense.core.signal import Signal
from notesense.core.vocabulary import Channel

NOTE = Note(
    id="n1",
    account="Harlow",
    date=datetime.date(2026, 3, 4),
    channel=Channel.CALL,
    text=(
        "Marta: The dosing pumps on line 4 leak again.\n"
        "Marta: We never had a complaint about the invoices.\n"
        "Ben (us): I will send the seals by Friday.\n"
        "Marta: Rumour has it that Bo Lind leaves."
    ),
)
ASKED = Asked(account="Harlow", question="What leaks, and who leaves?", as_of=datetime.date(2026, 3, 9))
PASSAGES = split_text(NOTE.text)
SOURCES = sources_of([("n1", at) for at in range(len(PASSAGES))], {"n1": NOTE}, {"n1": PASSAGES})


class _Plain:
    task = "ask.v9"
    messages = (Message(role="system", text="answer"), Message(role="user", text="{{passages}}"))

    def filled(self, values: Any) -> tuple[Message, ...]:
        return (Message(role="user", text="\n".join(f"{name}: {value}" for name, value in values.items())),)


def proven(*sentences: Any, verdict: str = "answered", missing: Any = "") -> Proven:
    data = {"verdict": verdict, "sentences": list(sentences), "missing": missing}
    got = proven_answer(data, ASKED, SOURCES, {"n1": NOTE})
    assert got is not None
    return got


def said(text: str, *citations: tuple[int, str]) -> dict[str, Any]:
    return {"text": text, "citations": [{"passage": number, "quote": quote} for number, quote in citations]}


LEAK = (1, "The dosing pumps on line 4 leak again")


class TestAnswers:
    def test_a_proven_sentence_is_kept_with_its_words_cut_out_of_the_note(self) -> None:
        got = proven(
            said("The pumps on line 4 leak, Marta says: “LEAK again”.", (1, "dosing pumps on LINE 4 leak again"))
        )
        (sentence,) = got.sentences
        assert got.outcome == "answered"
        assert sentence.text.endswith("“leak again”.")
        assert sentence.evidence[0].quote == "dosing pumps on line 4 leak again"
        assert (sentence.evidence[0].speaker, sentence.evidence[0].number) == ("Marta", 1)

    @pytest.mark.parametrize(
        ("sentence", "reason"),
        [
            (said("The pumps leak."), "nothing valid cited"),
            (said("The pumps leak.", (9, "leak again")), "nothing valid cited"),
            (said("The pumps leak.", (0, "leak again")), "nothing valid cited"),
            (said("", LEAK), "no words"),
            (said("The pumps leak.", *[LEAK] * 1000), "more than was asked for"),
            (said("x" * 500, LEAK), "too long"),
            (said("The pumps \u202eleak.", LEAK), "hidden characters"),
            (said("The pumps leak. They always do.", LEAK), "more than one sentence"),
            (said("The pumps leak.", (1, "pumps have never leaked")), "a quotation that is not in what it cites"),
            (said("The pumps leak.", (2, LEAK[1])), "a quotation that is not in what it cites"),
            (
                said("They complain.", (2, "had a complaint about the invoices")),
                "a quotation that is not in what it cites",
            ),
            (said("The pumps leak.", LEAK, (3, "invented")), "a quotation that is not in what it cites"),
            (said("They say “we hate you”.", LEAK), "a quotation that is not in what it cites"),
            (said("They say “it leaks.", LEAK), "a quotation that is not in what it cites"),
            (said("The pumps on line 5 leak.", LEAK), "a number or day that is not in what it cites"),
            (said("The pumps leak, as Zorgon says.", LEAK), "a name that is not in the notes"),
            (said("The pumps leak, see http://evil.example.", LEAK), "an address that is not in what it cites"),
            (said("They will sue us over the pumps.", (3, "will")), "a quotation that tells nothing"),
            (said("They will sue us.", LEAK, (1, "The")), "a quotation that tells nothing"),
            (said("They want to cancel the contract.", LEAK), "not about what it cites"),
            (said("They sue us.", (3, "I will send the seals by Friday")), "not about what it cites"),
            ({"text": 7, "citations": "none"}, "not in the form asked for"),
        ],
    )
    def test_what_is_not_proven_is_dropped_and_counted(self, sentence: dict[str, Any], reason: str) -> None:
        alone = proven(sentence)
        assert (alone.outcome, alone.sentences, alone.dropped) == ("passages", (), {reason: 1})
        beside = proven(sentence, said("The pumps leak.", LEAK))
        assert (beside.outcome, len(beside.sentences), beside.dropped) == ("partly", 1, {reason: 1})

    @pytest.mark.parametrize(
        "sentence",
        [
            said("It is due on Friday.", (3, "by Friday")),
            said("We promised to send them.", (3, "I will send the seals")),
            said("That was Marta.", LEAK),
        ],
    )
    def test_a_sentence_is_about_what_it_cites_by_words_acts_days_or_who_said_it(
        self, sentence: dict[str, Any]
    ) -> None:
        assert (proven(sentence).outcome, proven(sentence).dropped) == ("answered", {})

    def test_a_quote_that_a_person_has_to_look_at_answers_in_part(self) -> None:
        note = NOTE.model_copy(update={"text": "Marta: The service would be great if it worked."})
        passages = split_text(note.text)
        sources = sources_of([("n1", 0)], {"n1": note}, {"n1": passages})
        data = {"verdict": "answered", "sentences": [said("The service is great.", (1, "The service"))], "missing": ""}
        got = proven_answer(data, ASKED, sources, {"n1": note})
        assert got is not None
        assert [one.review for sentence in got.sentences for one in sentence.evidence] == [True]
        assert got.outcome == "partly"

    def test_more_sentences_than_asked_for_are_left_out(self) -> None:
        got = proven(*[said("The pumps leak.", LEAK)] * 1000)
        assert len(got.sentences) == MOST_SENTENCES
        assert got.dropped == {"more than was asked for": 1000 - MOST_SENTENCES}

    def test_not_in_the_notes_is_an_answer(self) -> None:
        got = proven(verdict="not_in_notes", missing="The price is not told.")
        assert (got.outcome, got.missing) == ("not_in_notes", "The price is not told.")
        assert proven(said("The pumps leak.", LEAK), verdict="anything").outcome == "partly"

    @pytest.mark.parametrize("missing", ["They owe us 900.", "Zorgon knows it.", "“quoted”", "x" * 400, 7, "a\u202eb"])
    def test_what_is_missing_is_told_in_no_invented_words(self, missing: Any) -> None:
        assert proven(said("The pumps leak.", LEAK), verdict="partly", missing=missing).missing == ""

    def test_an_answered_question_misses_nothing(self) -> None:
        assert proven(said("The pumps leak.", LEAK), missing="Who mends them is not told.").missing == ""

    def test_an_answer_of_another_form_is_none(self) -> None:
        assert proven_answer({"answer": "yes"}, ASKED, SOURCES, {"n1": NOTE}) is None


class TestSources:
    def test_passages_of_one_turn_are_one_source_and_keep_their_place(self) -> None:
        note = NOTE.model_copy(update={"text": "The pump leaks. It stops at night. Nobody came.\n\nMarta: Thanks."})
        passages = split_text(note.text)
        sources = sources_of([("n1", 1)], {"n1": note}, {"n1": passages})
        assert all(note.text[one.start : one.end] == one.quote for one in sources)
        assert sources[0].quote == "The pump leaks. It stops at night. Nobody came."
        assert len(sources) < len(passages)

    def test_sources_stand_in_the_order_of_time_and_hold_only_so_much(self) -> None:
        long = NOTE.model_copy(
            update={
                "id": "n0",
                "date": datetime.date(2026, 1, 1),
                "text": "\n".join(f"Line {n} is told." for n in range(900)),
            }
        )
        passages = {"n0": split_text(long.text), "n1": PASSAGES}
        wanted = [("n1", 0), *(("n0", at) for at in range(900))]
        sources = sources_of(wanted, {"n0": long, "n1": NOTE}, passages)
        assert [one.number for one in sources] == list(range(1, len(sources) + 1))
        assert sources[-1].note_id == "n1"
        assert sum(len(one.quote) for one in sources) < MOST_CHARACTERS + 900
        assert len(ranked_sources(wanted, {"n0": long, "n1": NOTE}, passages)) == MOST_SHOWN

    def test_signals_bear_on_a_question_by_words_and_by_kind(self) -> None:
        leak, promise = (
            _found("pain_point", "pumps on line 4 leak"),
            _found("commitment", "send the seals", due="Friday"),
        )
        assert bearing("Which pumps leak?", [promise, leak]) == (leak,)
        assert bearing("What did we promise?", [leak, promise]) == (promise,)
        assert bearing("Anything on Friday?", [leak, promise]) == ()
        assert bearing("lunch", [leak]) == ()
        sources = sources_of([("n1", 0)], {"n1": NOTE}, {"n1": PASSAGES}, [leak])
        assert sources[0].kind == "pain_point"

    def test_the_request_fences_the_passages_and_names_their_notes(self) -> None:
        request = question_request(ASKED, SOURCES, _Plain())
        text = request.messages[0].text
        assert (request.account, request.quotes, request.form_name) == ("Harlow", ("n1",), "answer")
        assert "\n> The dosing pumps on line 4 leak again.\n" in text
        assert "[1] 2026-03-04, call, side: unknown, speaker: Marta" in text
        assert request.form["additionalProperties"] is False


def _found(kind: str, quote: str, **attributes: str) -> Found:
    start = NOTE.text.index(quote)
    signal = Signal(
        id=kind,
        note_id="n1",
        kind=kind,
        quote=quote,
        start=start,
        end=start + len(quote),
        line=1,
        attributes=attributes,
    )
    return Found(signal=signal, account="Harlow", date=NOTE.date, channel="call", title="")
