"""The examples in the prompts for questions and wording keep the rules that models' answers are held to."""

import datetime
import json
import re
from typing import Any

import pytest

from notesense.adapters import prompts
from notesense.core.answer import proven_answer
from notesense.core.brief_prose import ProseForm
from notesense.core.citing import first_proven
from notesense.core.evidence import Evidence
from notesense.core.fencing import mark
from notesense.core.forms import schema_of
from notesense.core.invention import evidence_known, is_one_sentence, recut
from notesense.core.manners import is_open_question
from notesense.core.note import Note
from notesense.core.question import AnswerForm, Asked, Source
from notesense.core.rewording import LONGEST, DraftForm

_FENCED = re.compile(r"<(data-\w+)>\n(.*)\n</\1>\n\n(\{.*\})$", re.DOTALL | re.MULTILINE)
_HEAD = re.compile(r"\[(\w+)\] ([\d-]+), (\w+), side: (\w+)(?:, found: ([\w ]+))?(?:, speaker: (.+))?\n> (.*)")


def example(name: str) -> tuple[dict[str, Evidence], dict[str, Note], dict[str, Any]]:
    """Return the example of a prompt: its evidence, one note each, and its answer."""
    text = prompts.load(name, 1).messages[0].text
    found = _FENCED.search(text)
    assert found is not None
    assert found[1] == f"data-{mark('data')}"
    evidence, notes = {}, {}
    for number, head in enumerate(_HEAD.finditer(found[2])):
        note = Note(
            id=f"x{number}", account="Tolland", date=datetime.date.fromisoformat(head[2]), channel=head[3], text=head[7]
        )
        notes[note.id] = note
        evidence[head[1]] = Evidence(
            note_id=note.id, quote=head[7], date=note.date, channel=head[3], line=1, start=0, end=len(head[7]),
            side=head[4], voiced=head[4] == "customer", kind=head[5], speaker=head[6],
        )  # fmt: skip
    return evidence, notes, json.loads(found[3])


@pytest.mark.parametrize(("name", "form"), [("ask", AnswerForm), ("draft", DraftForm), ("brief", ProseForm)])
def test_the_static_message_comes_first_and_shows_the_form(name: str, form: Any) -> None:
    prompt = prompts.load(name, 1)
    assert [message.role for message in prompt.messages] == ["system", "user"]
    assert "{{" not in prompt.messages[0].text
    form.model_validate(example(name)[2])
    assert set(schema_of(form)["properties"]) == set(example(name)[2])


def test_the_example_of_ask_is_proven() -> None:
    evidence, notes, answer = example("ask")
    sources = tuple(Source(**one.model_dump(), number=int(number)) for number, one in evidence.items())
    asked = Asked(
        account="Tolland Bakeries",
        question="When do they get the new trays, and what do they cost?",
        as_of=datetime.date(2026, 5, 20),
    )
    proven = proven_answer(answer, asked, sources, notes, prompts.common_words())
    assert proven is not None
    assert (proven.outcome, proven.dropped, len(proven.sentences)) == ("partly", {}, 2)
    assert proven.missing == answer["missing"]


def test_the_example_of_draft_keeps_the_rules() -> None:
    evidence, notes, answer = example("draft")
    item, more = answer["items"][0], answer["further"][0]
    assert all(len(item[name]) <= longest for name, longest in LONGEST.items())
    assert is_open_question(item["question"])
    assert is_open_question(more["question"])
    assert set(more["evidence"]) <= evidence.keys()
    assert recut(item["say"], lambda run: getattr(first_proven(notes, [evidence["e1"]], run), "quote", None)) == item[
        "say"
    ].replace("the trays", "The trays")
    known = evidence_known([evidence["e1"]])
    assert known.breach(f"on {item['say'][3:]}") is None


def test_the_example_of_brief_keeps_the_rules() -> None:
    evidence, _, answer = example("brief")
    for sentence in answer["sentences"]:
        assert is_one_sentence(sentence["text"])
        cited = [evidence[one] for one in sentence["evidence"]]
        assert evidence_known(cited).breach(sentence["text"]) is None


def test_common_words_are_words_without_a_capital() -> None:
    words = prompts.common_words()
    assert {"delivery", "trust", "seen"} <= words
    assert all(word == word.lower() for word in words)
