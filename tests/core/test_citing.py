import datetime

import pytest

from notesense.core.citing import first_proven, prove
from notesense.core.evidence import cite_slice
from notesense.core.note import Note

TEXT = (
    "Small talk.\nWe are not happy with the delivery times of the pumps, if I may say so.\n"
    + "filler " * 200
    + "\nThe pumps are fine."
)
NOTE = Note(id="n1", account="Harlow", date=datetime.date(2026, 3, 4), text=TEXT)
START = TEXT.index("We are")
SOURCE = cite_slice(NOTE, START, TEXT.index("so.") + 3)


@pytest.mark.parametrize(
    ("quote", "cut"),
    [
        ("We are not happy with the delivery times", "We are not happy with the delivery times"),
        ("we are NOT  happy", "We are not happy"),
        ("“delivery times of the pumps”", "delivery times of the pumps"),
    ],
)
def test_words_inside_the_source_are_cut_out_of_the_note(quote: str, cut: str) -> None:
    found = prove(NOTE, SOURCE, quote, 7)
    assert found is not None
    assert (found.quote, found.number, found.line) == (cut, 7, 2)
    assert TEXT[found.start : found.end] == found.quote


@pytest.mark.parametrize(
    "quote",
    [
        "happy with the delivery times",
        "We are happy with the delivery times",
        "We are not happy ... of the pumps",
        "The pumps are fine",
        "Small talk",
        "",
        "we wish for a discount",
    ],
)
def test_what_is_negated_stitched_invented_or_elsewhere_is_not_proven(quote: str) -> None:
    assert prove(NOTE, SOURCE, quote, 1) is None


def test_words_under_a_condition_ask_for_a_look() -> None:
    text = "They renew the contract if the price holds."
    note = NOTE.model_copy(update={"text": text})
    found = prove(note, cite_slice(note, 0, len(text)), "They renew the contract", 1)
    assert found is not None
    assert found.review


def test_the_first_source_that_has_the_words_is_taken() -> None:
    other = NOTE.model_copy(update={"id": "n2", "text": "The seals fail."})
    sources = [cite_slice(other, 0, len(other.text)), SOURCE]
    assert getattr(first_proven({"n1": NOTE, "n2": other}, sources, "not happy"), "note_id", None) == "n1"
    assert first_proven({"n2": other}, sources, "not happy") is None
