"""What goes from store to store is checked against the note that it is about."""

import datetime

import pytest

from exports.kept import DAY, MADE, call, note, run, signal
from notesense.core.bearing import Bearing, Likelihoods, Place
from notesense.core.carried import AccountFacts, Carried, Recorded, Weighed
from notesense.core.corrections import Correction
from notesense.core.formulas import as_written, harmless
from notesense.core.minutes_words import marked, unmarked
from notesense.core.note import Attendee, compact_turns, turns_from
from notesense.core.person_ports import OneOfUs


def test_what_is_shown_follows_from_findings_and_history():
    one = call()
    late, pay = signal(one, "Reports late"), signal(one, "We pay more")
    said = Correction(note_id=one.id, signal_id=pay.id, verdict="rejected", made=MADE, replaced=pay)
    recorded = Recorded(extraction=run(one, late, pay), corrections=(said,))
    recorded.check(one)
    assert recorded.shown == (late,)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"source": "confirmed"}, "the rep spoke for"),
        ({"quote": "Something else"}, "do not stand in the text"),
        ({"start": -3, "end": -1, "quote": "en"}, "do not stand in the text"),
        ({"line": 7}, "line 7"),
        ({"note_id": "x"}, "another note"),
    ],
)
def test_a_signal_that_the_note_does_not_bear_out(change, told):
    one = call()
    bad = signal(one, "Reports late").model_copy(update=change)
    with pytest.raises(ValueError, match=told):
        Recorded(extraction=run(one, bad)).check(one)


def test_a_correction_needs_its_zone():
    one = call()
    said = Correction(note_id=one.id, verdict="complete", made=datetime.datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="time zone"):
        Recorded(extraction=run(one), corrections=(said,)).check(one)


def test_places_of_what_was_weighed_lie_in_texts():
    def weighed(end: int, other: str = "b") -> Weighed:
        likelihoods = Likelihoods(settles=0, fails=0, replaces=0, repeats=0)
        places = Place(note_id="a", start=0, end=2), Place(note_id=other, start=0, end=end)
        return Weighed(
            note_id="a", mark="m", bearings=(Bearing(statement=places[0], words=places[1], likelihoods=likelihoods),)
        )

    texts = {"a": "ab", "b": "abc"}
    assert weighed(3).fits(texts)
    assert not weighed(4).fits(texts)
    assert not weighed(1, "c").fits(texts)


def test_what_is_carried_is_put_together():
    ann, ben = OneOfUs(sort="person", value="Ann"), OneOfUs(sort="domain", value="ours.example", learned=True)
    one, other = Carried(ours=(ann,)), Carried(ours=(ben,), accounts=(AccountFacts(account="A"),))
    assert one + other == Carried(ours=(ann, ben), accounts=(AccountFacts(account="A"),))


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\ta", "\ra", "\na", "＝1", "'a", "''", "a", ""])
def test_cells_become_harmless_and_come_back(cell):
    assert harmless(cell) == (cell if cell in ("a", "") else f"'{cell}")
    assert as_written(harmless(cell)) == cell


def test_words_are_marked_and_come_back():
    words = "## a\n[x 0:12] y\n\\## b\n #c\n# d"
    assert marked(words) == "\\## a\n\\[x 0:12] y\n\\\\## b\n #c\n# d"
    assert unmarked(marked(words)) == words


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("{}", "list of lists"),
        ("[1]", "list of lists"),
        ("[[1]]", "shorter"),
        ("[", "Expecting"),
        ('[[0,1,"x","us","nothing",null]]', "origin"),
    ],
)
def test_turns_that_nobody_wrote(told, why):
    with pytest.raises(ValueError, match=why):
        turns_from(told)


def test_an_attendee_is_shown_by_name_or_address():
    assert Attendee(name="Ann", email="a@x.example").shown == "Ann"
    assert Attendee(email="a@x.example").shown == "a@x.example"


def test_turns_come_back():
    assert turns_from(compact_turns(call().turns)) == call().turns
    assert turns_from(compact_turns(note(day=DAY).turns)) == ()
