"""The shipped prompts for reading notes: their example is what our own code makes of a note and takes as an answer."""

import datetime
import json
import re

import pytest

from notesense.adapters import prompts
from notesense.core.answers import Answer, answer_form, read_answer
from notesense.core.grounding import ground
from notesense.core.kinds import ATTRIBUTES
from notesense.core.note import Note
from notesense.core.parts import parts, sheet
from notesense.core.passages import passages
from notesense.core.proof import listed_values
from notesense.core.signal import Drafts
from notesense.core.vocabulary import Channel, Kind

EXTRACT = prompts.load("extract", 2)
GUIDE = EXTRACT.messages[0].text


def test_the_example_is_shown_as_a_note_is_and_every_quote_of_its_answer_is_grounded_exactly() -> None:
    shown = re.search(r"<note-\w+>\n.*?\n</note-\w+>", GUIDE, re.DOTALL)
    assert shown
    lines = re.findall(r"^\[\d+\] (.*)$", shown[0], re.MULTILINE)
    day = datetime.date(2025, 3, 11)
    note = Note(id="example", account="Harlow", date=day, channel=Channel.MEETING, text="\n".join(lines))
    (part,) = parts(passages(note.text))
    assert sheet(note, part) == shown[0]
    data = json.loads(GUIDE[shown.end() :])
    Answer.model_validate(data, strict=True)
    read = read_answer(data, note.id, part)
    assert read
    assert read.rejected == ()
    found = ground(note, passages(note.text), Drafts(note_id=note.id, drafts=read.drafts), "llm")
    assert found.rejected == ()
    assert len(found.signals) == len(read.drafts) == 4
    for draft, signal in zip(read.drafts, found.signals, strict=True):
        assert (signal.quote, signal.kind, signal.match) == (draft.quote, draft.kind, "exact")
        assert signal.attributes == draft.attributes


@pytest.mark.parametrize("kind", list(Kind))
def test_the_guide_names_every_kind_with_its_attributes_and_their_values(kind: Kind) -> None:
    (line,) = [line for line in GUIDE.splitlines() if line.startswith(f"{kind}: ")]
    for name in ATTRIBUTES[kind].model_fields:
        listed = listed_values(kind, name)
        assert (f"{name} [{' '.join(listed)}]" if listed else f"{name}") in line
    assert " Not: " in line
    assert f"{kind}: " in prompts.load("verify", 1).messages[0].text


def test_prompt_and_note_stay_within_half_of_what_langextract_sends() -> None:
    system, user = EXTRACT.filled({"trackers": "", "note": ""})
    form = json.dumps(answer_form(), separators=(",", ":"))
    assert len(system.text) + len(user.text) + len(form) <= 6_070
