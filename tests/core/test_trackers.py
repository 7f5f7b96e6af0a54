import pytest
from pydantic import ValidationError

from notesense.core.editing import Edit, added, edited
from notesense.core.grounding import ground
from notesense.core.news import news_of
from notesense.core.note import Note
from notesense.core.passages import passages
from notesense.core.ports import Found
from notesense.core.results import Kept
from notesense.core.signal import Draft, Drafts, Extraction, Reason, Signal
from notesense.core.trackers import LONGEST_TEXT, MOST_EXAMPLES, NO_TRACKERS, Tracker, Trackers, name_key
from notesense.core.vocabulary import KINDS, Kind, in_order
from notesense.errors import InputError

GOOD = {"name": "data_residency", "definition": "Where is it stored?", "examples": ["In Poland?", "On our soil", "EU"]}
NOTE = Note(id="n", account="A", date="2026-03-04", text="Nothing may leave Canada. The pumps leak again.")


def tracker(**changes: object) -> Tracker:
    return Tracker.model_validate(GOOD | changes)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "Pain-Point"}, "clashes with the built-in kind pain_point"),
        ({"name": "painpoint"}, "clashes with the built-in kind pain_point"),
        ({"name": "Data"}, '"Data" is no name'),
        ({"name": "1data"}, "is no name"),
        ({"name": "data-residency"}, "is no name"),
        ({"name": ""}, "is no name"),
        ({"name": "data\n"}, "is no name"),
        ({"name": "x" * 41}, "40 at most"),
        ({"name": 12}, "it must be text"),
        ({"definition": "  "}, "it is empty"),
        ({"definition": "x" * 401}, "it is 401 characters long, and 400 is the most"),
        ({"examples": []}, "at least 3 positive examples, and there is none"),
        ({"examples": ["a", "b"]}, "at least 3 positive examples, and there is only 2"),
        ({"examples": ["a", "b", ""]}, "number 3: it is empty"),
        ({"examples": ["a", "b", "x" * 500]}, "number 3: it is 500 characters long"),
        ({"examples": ["a", "b", "c", "  A. "]}, '"A." stands there twice'),
        ({"examples": [f"text {n}" for n in range(MOST_EXAMPLES + 1)]}, "there are 61, and 60 is the most"),
        ({"examples": ["a", "b", 3]}, "valid string"),
        ({"not_examples": ["on  OUR soil!"]}, '"On our soil" is both an example and none'),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_faulty_tracker_is_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        tracker(**changes)
    assert told in str(caught.value)


def test_texts_stand_on_one_line_as_a_prompt_needs_them() -> None:
    made = tracker(definition=" Where\n is it? ", not_examples=["a\tb"])
    assert made.model_dump() == {
        "name": "data_residency",
        "definition": "Where is it?",
        "examples": ("In Poland?", "On our soil", "EU"),
        "not_examples": ("a b",),
    }
    assert len(tracker(definition="x" * LONGEST_TEXT).definition) == LONGEST_TEXT


def test_two_trackers_of_one_name_clash_whatever_the_underscores() -> None:
    for other in ("data_residency", "dataresidency", "data__residency"):
        with pytest.raises(ValidationError, match=f'two trackers clash: "data_residency" and "{other}"'):
            Trackers(trackers=(tracker(), tracker(name=other)))
    assert name_key("Data – Residency") == name_key("data_residency")


def test_the_mark_changes_with_every_word() -> None:
    one = Trackers(trackers=(tracker(),))
    assert one.mark == Trackers(trackers=(tracker(),)).mark
    changed = (tracker(definition="Other."), tracker(not_examples=["x"]), tracker(name="other"))
    assert len({one.mark, *(Trackers(trackers=(each,)).mark for each in changed)}) == 4
    assert (NO_TRACKERS.mark, NO_TRACKERS.names) == ("", frozenset())
    assert one.names == {"data_residency"}


def test_a_note_on_which_the_engine_failed_was_not_read() -> None:
    one = Trackers(trackers=(tracker(),))
    read = Extraction(note_id="n", engine="local")
    assert one.read(read).trackers == one.mark
    assert one.read(read.model_copy(update={"error": "broke"})).trackers == ""
    assert NO_TRACKERS.read(read) == read


def test_grounding_knows_the_registered_names_alone() -> None:
    drafts = Drafts(
        note_id="n",
        drafts=(
            Draft(kind="data_residency", quote="Nothing may leave Canada", attributes={"topic": "data"}),
            Draft(kind="gossip", quote="The pumps leak again"),
        ),
    )
    found = ground(NOTE, passages(NOTE.text), drafts, "local", trackers={"data_residency"})
    (signal,) = found.signals
    assert (signal.kind, signal.quote, signal.attributes) == ("data_residency", "Nothing may leave Canada", {})
    assert [one.reason for one in found.rejected] == [Reason.UNKNOWN_KIND]
    assert ground(NOTE, passages(NOTE.text), drafts, "local").signals == ()


def signal(kind: str, number: int = 0) -> Signal:
    return Signal(id=f"s{number}", note_id="n", kind=kind, quote="Nothing", start=0, end=7, line=1)


def test_a_signals_kind_is_one_of_the_nine_or_a_name() -> None:
    assert signal("praise").kind is Kind.PRAISE
    assert signal("gone_tracker").kind == "gone_tracker"
    assert signal("gone_tracker").model_dump(mode="json")["kind"] == "gone_tracker"
    with pytest.raises(ValidationError):
        signal("No Name")


def test_a_person_may_name_a_tracker_and_its_kind_has_no_fields() -> None:
    parts, tracked = passages(NOTE.text), {"data_residency"}
    mine = added(NOTE, parts, Edit(kind="Data Residency", quote="Nothing may leave Canada"), frozenset(), tracked)
    assert (mine.kind, mine.source, mine.attributes) == ("data_residency", "added", {})
    shorter = edited(NOTE, parts, mine, Edit(quote="may leave Canada"))
    assert (shorter.kind, shorter.quote) == ("data_residency", "may leave Canada")
    assert edited(NOTE, parts, mine, Edit(kind="pain_point")).kind == "pain_point"
    with pytest.raises(InputError, match='no kind "hiring_freeze"') as caught:
        edited(NOTE, parts, mine, Edit(kind="hiring_freeze"), tracked)
    assert caught.value.fix.endswith("praise, data_residency.")
    with pytest.raises(InputError, match='has no field "area"') as caught:
        edited(NOTE, parts, mine, Edit(put={"area": "product"}))
    assert caught.value.fix == "It has: none."


def test_counts_put_trackers_after_the_nine() -> None:
    kinds = ["b_tracker", "praise", "a_tracker", "expectation", "praise"]
    kept = Kept(status="added", note=NOTE, signals=tuple(signal(kind, n) for n, kind in enumerate(kinds)))
    assert list(kept.counts().items()) == [("expectation", 1), ("praise", 2), ("a_tracker", 1), ("b_tracker", 1)]
    assert in_order(KINDS) == tuple(Kind)


def test_the_first_of_a_tracker_is_news() -> None:
    before = Found(signal=signal("praise"), account="A", date=NOTE.date, channel="memo", title="")
    news = news_of([signal("data_residency", 1), signal("data_residency", 2)], [before], first_note=False)
    assert [one.what for one in news] == ["first of data residency on record"]
