"""What is read of a briefing, and what is told where it lacks a field that is measured."""

import datetime

import pytest

from evaluation.small_histories import line
from notesense.adapters.playbook import load
from notesense.core.briefing import Briefing, Occasion, brief
from notesense.core.note import Note
from notesense.core.ports import Found
from notesense.core.signal import Signal
from notesense.evaluation.accounts.told import lacking

DAY = datetime.date(2026, 3, 4)
QUOTE = "Ines Roth is the buyer"


def made() -> Briefing:
    note = Note(id="n1", account="Harlow", date=DAY, channel="call", text=QUOTE)
    signal = Signal(
        id="s1",
        note_id="n1",
        kind="leadership_change",
        quote=QUOTE,
        start=0,
        end=len(QUOTE),
        line=1,
        attributes={"person": "Ines Roth", "role": "buyer", "change": "joined", "certainty": "effective"},
    )
    found = Found(signal=signal, account="Harlow", date=DAY, channel="call", title="")
    return brief("Harlow", [note], [found], load(None), Occasion(as_of=DAY))


def test_a_briefing_has_all_that_is_measured() -> None:
    assert lacking(made()) == ()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (("price",), ("price",)),
        (("people", 0, "in_role"), ("people.in_role",)),
        (("people", 0, "evidence", 0, "start"), ("people.evidence.start",)),
        (("contact", "email_only_since"), ()),
        (("agenda", "opening"), ("agenda.opening",)),
    ],
)
def test_a_field_that_is_not_there_is_told(path: tuple[str | int, ...], told: tuple[str, ...]) -> None:
    plain = made().model_dump(mode="json")
    part = plain
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    assert lacking(plain) == told


def test_each_field_is_told_once_and_an_older_one_stands_in_for_another() -> None:
    pain = {name: value for name, value in line("n1", QUOTE, fire=True, settled=True).items() if name != "status"}
    plain = made().model_dump(mode="json") | {"pains": [pain, pain], "since_last_meeting": [{"type": "new"}] * 2}
    assert [one for one in lacking(plain) if one.startswith(("pains", "since"))] == [
        "since_last_meeting.evidence",
        "since_last_meeting.before",
        "pains.evidence.start",
    ]
