"""Laying out what a source tells piece by piece: the words stay, each block is a turn, and passages leave names out."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesense.core.note import Note
from notesense.core.passages import passages_of
from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers.layout import Spoken, joined, laid_out

PIECES = [
    Spoken("Late again.", "Marta  Ruiz", "customer", time=1.5),
    Spoken("  "),
    Spoken("Note: it leaks.\nAll of it.", "Ben", "us", time=4.0),
    Spoken("Prices were discussed.", origin=Origin.VENDOR_SUMMARY),
]


def test_one_block_a_turn_with_the_words_of_the_source() -> None:
    text, turns = laid_out(PIECES, "x")
    assert text == "Marta Ruiz: Late again.\nBen: Note: it leaks.\nAll of it.\nPrices were discussed."
    assert [(turn.speaker, turn.side, turn.origin.value, turn.time, turn.words(text)) for turn in turns] == [
        ("Marta Ruiz", "customer", "transcript", 1.5, "Late again."),
        ("Ben", "us", "transcript", 4.0, "Note: it leaks.\nAll of it."),
        (None, "unknown", "vendor_summary", None, "Prices were discussed."),
    ]
    assert (turns[0].start, turns[-1].end) == (0, len(text))
    assert all(one.end == two.start for one, two in pairwise(turns))


def test_neighbours_of_one_speaker_are_joined() -> None:
    first = [Spoken("One ", "A", time=1), Spoken(" ", "A"), Spoken("two.", "A", time=2)]
    then = [Spoken("B.", "B"), Spoken("A.", "A")]
    assert joined([*first, *then]) == [Spoken("One two.", "A", time=1), *then]


@pytest.mark.parametrize("pieces", [[], [Spoken(" ")]])
def test_nothing_said_is_an_error(pieces: list[Spoken]) -> None:
    with pytest.raises(InputError, match="nothing that anyone says"):
        laid_out(pieces, "x")


def test_what_no_file_can_hold_is_refused() -> None:
    with pytest.raises(InputError, match="half a character"):
        laid_out([Spoken("a \ud800")], "x")


@pytest.mark.parametrize(("time", "kept"), [(2.5, 2.5), (None, None), (float("inf"), None), (float("nan"), None)])
def test_a_time_that_never_ends_is_no_time(time: float | None, kept: float | None) -> None:
    _, (turn,) = laid_out([Spoken("a", time=time)], "x")
    assert turn.time == kept


words = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


spoken = st.builds(
    Spoken, words, st.one_of(st.none(), words), time=st.none(), label=st.sampled_from(["", "Them", "Speaker 2"])
)


@given(st.lists(spoken, max_size=6))
def test_every_word_is_kept_in_its_turn(pieces: list[Spoken]) -> None:
    said = [piece.words.strip() for piece in pieces if piece.words.strip()]
    if said:
        text, turns = laid_out(pieces, "x")
        assert [turn.words(text) for turn in turns] == said
        note = Note(id="n", account="A", date=datetime.date(2026, 1, 1), text=text, turns=turns)
        for passage in passages_of(note):
            assert passage.text in said[passage.turn]
