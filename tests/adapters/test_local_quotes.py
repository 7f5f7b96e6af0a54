"""Cutting a statement's words out of its passages by what a trained tag finds to lie inside."""

import datetime

import numpy as np
import pytest

from notesense.adapters.local.features import Words, read
from notesense.adapters.local.quotes import quoted
from notesense.adapters.local.spans import Run
from notesense.core.note import Note


def cut(text: str, inside: str) -> str:
    """Return the quote of the note's only passage whose tokens are its words, those of `inside` lying inside."""
    reading = read(Note(id="n", account="Kivi", date=datetime.date(2025, 3, 4), text=text))
    assert len(reading.passages) == 1
    starts, ends = [], []
    at = 0
    for word in text.split():
        starts.append(text.index(word, at))
        at = starts[-1] + len(word)
        ends.append(starts[-1] + len(word.rstrip(",.")))
    first = text.index(inside) if inside else -1
    lies = [first <= start and end <= first + len(inside) for start, end in zip(starts, ends, strict=True)]
    tags = [[4.0 if yes else -4.0] for yes in lies]
    words = Words(np.array(starts), np.array(ends), np.array(tags, np.float32))
    start, quote = quoted(reading, Run(0, 0, 0, 0.9), [words], 0)
    assert text[start : start + len(quote)] == quote
    return quote


@pytest.mark.parametrize(
    ("text", "inside", "quote"),
    [
        ("Ilse said that the crates arrive wet.", "the crates arrive wet.", "the crates arrive wet"),
        ("The crates arrive wet, as far as the barn.", "The crates arrive wet,", "The crates arrive wet"),
        ('"The crates arrive wet."', '"The crates arrive wet."', "The crates arrive wet"),
        ("The crates arrive wet.", "", "The crates arrive wet"),
        ("Ilse said that the crates arrive wet in May.", "the crates arrive wet", "the crates arrive wet in May"),
    ],
)
def test_words_outside_fall_away(text: str, inside: str, quote: str) -> None:
    assert cut(text, inside) == quote


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Ilse said that the crates arrive wet on most days.", "most days."),
        ("Crates which have been standing in the yard since Monday are wet.", "since Monday are wet."),
        ("It is not true that the crates arrive wet.", "the crates arrive wet."),
        ("Maybe the crates arrive wet all summer.", "the crates arrive wet all summer."),
    ],
)
def test_a_cut_that_leaves_too_little_or_changes_the_sense_is_not_made(text: str, inside: str) -> None:
    assert cut(text, inside) == text.rstrip(".")
