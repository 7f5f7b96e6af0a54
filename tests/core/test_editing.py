"""What the rep may say: in the note's own words, with the fields that the kind has. Each fault has its own message."""

import datetime

import pytest

from notesense.core.editing import Edit, added, confirmed, edited
from notesense.core.grounding import ground
from notesense.core.note import Note
from notesense.core.passages import passages
from notesense.core.signal import Draft, Drafts, Signal
from notesense.core.vocabulary import Kind
from notesense.errors import InputError

TEXT = (
    "Marta: The pumps leak on Monday, and nobody rings back.\n"
    "Ben: I will send the “new” seals to Marta Ruiz by 12 March.\n"
    "Nobody rings back, again. Nobody rings back at all."
)
NOTE = Note(id="n1", account="Harlow", date=datetime.date(2026, 3, 4), text=TEXT)
PARTS = passages(TEXT)


def engine_found(quote: str, kind: str = "pain_point", **facts: object) -> Signal:
    draft = Draft(kind=kind, quote=quote, confidence=0.3, **facts)
    (signal,) = ground(NOTE, PARTS, Drafts(note_id="n1", drafts=(draft,)), "local").signals
    return signal


LEAK = engine_found("The pumps leak on Monday", attributes={"area": "product", "severity": "low"})
SEND = engine_found("I will send the “new” seals", "commitment", attributes={"owner": "us"}, certainty="hedged")


def edit(old: Signal = LEAK, **wanted: object) -> Signal:
    return edited(NOTE, PARTS, old, Edit(**wanted))


def add(kind: str, quote: str, taken: frozenset[str] = frozenset(), **wanted: object) -> Signal:
    return added(NOTE, PARTS, Edit(kind=kind, quote=quote, **wanted), taken)


def refused(**wanted: object) -> str:
    with pytest.raises(InputError) as error:
        edit(**wanted)
    return f"{error.value.message} {error.value.fix}"


def test_an_edit_knows_whether_it_changes_anything() -> None:
    assert Edit().is_empty
    for wanted in ({"kind": "praise"}, {"quote": ""}, {"start": 0}, {"put": {"a": "b"}}, {"drop": ("a",)}):
        assert not Edit(**wanted).is_empty


def test_other_words_are_cut_out_of_the_note_and_the_id_stays() -> None:
    mine = edit(quote="the PUMPS leak")
    assert (mine.quote, mine.start, mine.end) == ("The pumps leak", 7, 21)
    assert (mine.id, mine.speaker, mine.line) == (LEAK.id, "Marta", 1)
    assert (mine.source, mine.confidence, mine.review) == ("corrected", 1.0, False)
    assert mine.attributes == LEAK.attributes


def test_another_kind_keeps_the_fields_that_it_has_too() -> None:
    assert edit(kind="Price value").attributes == {}
    assert edit(SEND, kind="leadership-change", put={"person": "Marta Ruiz"}).attributes == {"person": "Marta Ruiz"}
    assert edit(SEND, kind="commitment").certainty == "hedged"
    assert edit(SEND, kind="expectation").certainty == "stated"


def test_fields_are_set_and_taken_away() -> None:
    assert edit(put={"severity": "high", "about": "us"}, drop=("area",)).attributes == {
        "about": "us",
        "severity": "high",
    }
    assert edit(SEND, put={"due": "2026-03-12", "person": "marta ruiz"}).attributes == {
        "owner": "us",
        "person": "marta ruiz",
        "due": "2026-03-12",
    }
    assert edit(SEND, put={"due": "by 12 March"}).attributes["due"] == "by 12 March"


def test_a_rumour_that_is_none_is_stated() -> None:
    joins = engine_found("Marta Ruiz", "leadership_change", certainty="rumored", attributes={"certainty": "rumored"})
    mine = edit(joins, put={"certainty": "announced"})
    assert (mine.certainty, mine.attributes["certainty"]) == ("stated", "announced")
    assert edit(joins, put={"change": "joined"}).certainty == "rumored"


def test_a_confirmed_signal_is_certain() -> None:
    mine = confirmed(LEAK.model_copy(update={"review": True}))
    assert mine == LEAK.model_copy(update={"source": "confirmed", "confidence": 1.0})


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"kind": "gossip"}, ['no kind "gossip"', "expectation, pain_point"]),
        ({"put": {"due": "Friday"}}, ['A pain_point has no field "due"', "It has: area, about, severity."]),
        ({"drop": ("due",)}, ['no field "due"']),
        ({"kind": "expectation", "put": {"area": "x"}}, ['An expectation has no field "area"']),
        ({"put": {"severity": "awful"}}, ['"severity" of a pain_point cannot be "awful"', "low, medium, high"]),
        ({"put": {"severity": " "}}, ['"severity" is given no value', "--unset severity"]),
        ({"old": SEND, "put": {"due": "2026-13-40"}}, ['"2026-13-40" is no day of the calendar', "YYYY-MM-DD"]),
        ({"old": SEND, "put": {"due": "20260231"}}, ['"20260231" is no day of the calendar']),
        ({"old": SEND, "put": {"person": "Tomas"}}, ['The note does not say "Tomas"', '"person"']),
        ({"old": SEND, "put": {"due": "next year"}}, ['The note does not say "next year"']),
        ({"quote": " … "}, ["The quote is empty", "--quote"]),
        ({"quote": "pump"}, ['does not say "pump"', "Copy the words from the note."]),
        ({"quote": "The pumps leak on Tuesday"}, ["does not say", 'on line 1: "The pumps leak on Monday']),
        (
            {"quote": "Nobody rings back"},
            ["stands in the note 3 times", "--start 37 (line 1: ", "--start 116 (line 3: "],
        ),
        ({"quote": "Nobody rings back", "start": 5}, ["does not begin at 5", "--start 37"]),
        ({"start": 9}, ["does not begin at 9", "--start 7 (line 1"]),
    ],
)
def test_what_cannot_be_is_told_with_what_can(wanted: dict[str, object], told: list[str]) -> None:
    message = refused(**wanted)
    for part in told:
        assert part in message, message


def test_a_day_that_nothing_in_the_note_can_mean_is_refused() -> None:
    bare = Note(id="n2", account="Harlow", date=NOTE.date, text="I will send it soon.")
    parts = passages(bare.text)
    (old,) = ground(bare, parts, Drafts(note_id="n2", drafts=(Draft(kind="commitment", quote=bare.text),)), "x").signals
    with pytest.raises(InputError, match="Nothing in the note can mean 2026-03-12"):
        edited(bare, parts, old, Edit(put={"due": "2026-03-12"}))


def test_of_several_places_the_one_in_the_signal_or_the_chosen_one_is_meant() -> None:
    last = add("pain_point", "Nobody rings back at all")
    assert edit(last, quote="nobody rings back").start == last.start == 142
    assert edit(last, quote="nobody rings back", start=37).quote == "nobody rings back"
    assert edit(edit(last, quote="nobody rings back"), start=116).start == 116
    assert edit(quote="nobody rings back").start == 37


def test_many_places_are_cut_short() -> None:
    often = Note(id="n3", account="Harlow", date=NOTE.date, text="It leaks. " * 9)
    with pytest.raises(InputError, match="9 times") as error:
        added(often, passages(often.text), Edit(kind="pain_point", quote="It leaks"), frozenset())
    assert error.value.fix.endswith("and 4 more.")


def test_a_missed_signal_is_added_under_an_id_that_is_free() -> None:
    mine = add("pain_point", "The pumps leak on Monday")
    assert (mine.id, mine.source) == (LEAK.id, "added")
    second = add("pain_point", "The pumps leak on Monday", frozenset({mine.id}))
    third = add("pain_point", "The pumps leak on Monday", frozenset({mine.id, second.id}))
    assert len({mine.id, second.id, third.id}) == 3
    for kind, quote in (("", "The pumps"), ("praise", ""), ("praise", "The taps")):
        with pytest.raises(InputError):
            add(kind, quote)
    with pytest.raises(InputError, match="no field"):
        add("praise", "The pumps", put={"due": "x"})


def test_a_long_quote_is_cut_short_in_messages() -> None:
    assert '..."' in refused(quote="never said " * 20)


def test_kinds_are_read_as_people_write_them() -> None:
    assert edit(kind=" Pain Point ").kind == Kind.PAIN_POINT
