"""Windows cover every clause once, in the window that gives it most context, and keep every token's place."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from notesense.adapters.embedding.encoder import Tokens
from notesense.adapters.local.windows import LENGTH, Window, windows
from notesense.core.passages import passages

FIRST, LAST = 1, 2


def words(text: str) -> Tokens:
    """Each run of characters between spaces is a token, its number the place where it begins."""
    places, start = [], None
    for at, char in enumerate(f"{text} "):
        if char.isspace():
            if start is not None:
                places.append((start, at))
            start = None
        elif start is None:
            start = at
    starts = np.array([start for start, _ in places], np.int64)
    return Tokens(starts + 1000, starts, np.array([end for _, end in places], np.int64))


def laid(text: str) -> list[Window]:
    return list(windows(text, passages(text), words(text), FIRST, LAST))


def test_a_short_note_is_one_window_with_its_line_breaks() -> None:
    text = "Parts came late.\nShe wants them weekly."
    (window,) = laid(text)
    assert (window.ids[0], window.ids[-1]) == (FIRST, LAST)
    assert list(np.flatnonzero(window.ids == LAST)) == [4, len(window.ids) - 1]
    assert [text[window.starts[s.first] : window.ends[s.end - 1]] for s in window.stretches] == text.split("\n")


def test_a_clause_is_read_where_it_has_most_around_it() -> None:
    text = " ".join(f"Word{number} came." for number in range(600))
    found = laid(text)
    assert len(found) > 3
    for window in found[1:-1]:
        for stretch in window.stretches:
            assert stretch.first >= 40
            assert stretch.end <= LENGTH - 40


@given(st.lists(st.integers(1, 40), max_size=60), st.sampled_from([" ", "\n", "\r\n\n"]))
def test_every_passage_is_in_exactly_one_window(sizes: list[int], between: str) -> None:
    text = between.join(" ".join(f"w{number}" for number in range(size)) + "." for size in sizes)
    found = laid(text)
    assert sorted(s.ordinal for window in found for s in window.stretches) == list(range(len(passages(text))))
    for window in found:
        assert len(window.ids) == len(window.starts) == len(window.ends) <= LENGTH
        for stretch in window.stretches:
            assert 1 <= stretch.first < stretch.end < len(window.ids)


def test_a_note_that_barely_needs_two_windows_gets_two() -> None:
    text = " ".join(f"Word{number} came." for number in range(LENGTH // 2))
    found = laid(text)
    assert len(found) == 2
    assert sum(len(window.stretches) for window in found) == LENGTH // 2


def test_nothing_to_read_is_no_window() -> None:
    assert laid("") == []
    assert laid("???") == []
