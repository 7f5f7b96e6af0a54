"""PDF: running heads and page numbers are nobody's words; they are told once, and nothing else is taken for one."""

import datetime
from collections.abc import Sequence

import pytest

from notesense.core.passages import turns_of
from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.readers.families import read
from notesense.readers.family import Content
from pdf_files import Words, pdf_of, placed

TALK = (
    ("Odine Falk  0:04", "The scanners fail every day"),
    ("and nobody calls us back.", "Per Lund  0:21", "I will look into it."),
    ("Odine Falk  0:33", "By when?"),
)


def page(*lines: str, head: Sequence[str] = (), foot: Sequence[str] = ()) -> list[Words]:
    return [
        *(Words(72, 810 - 12 * number, one, 9) for number, one in enumerate(head)),
        *(Words(72, 740 - 15 * number, one) for number, one in enumerate(lines)),
        *(Words(72, 40 - 12 * number, one, 9) for number, one in enumerate(foot)),
    ]


def text_of(*pages: Sequence[Words]) -> str:
    return read(Content(placed(*pages), "a.pdf", "a.pdf")).notes[0].text


def test_what_stands_on_each_page_is_told_once_and_said_by_nobody() -> None:
    pages = [
        page(*lines, head=["Account review", "Falk & Sons"], foot=[f"call, page {number} of 3", "confidential"])
        for number, lines in enumerate(TALK, 1)
    ]
    (reading,) = read(Content(placed(*pages), "a.pdf", "a.pdf")).notes
    note = reading.as_note("Falk", datetime.date(2026, 5, 4), Channel.CALL)
    turns = [(turn.speaker, turn.words(note.text)) for turn in turns_of(note)]
    assert turns[0] == (None, "Account review\nFalk & Sons\nconfidential\ncall, page 1 of 3")
    assert turns[1:] == [
        ("Odine Falk", "The scanners fail every day\nand nobody calls us back."),
        ("Per Lund", "I will look into it."),
        ("Odine Falk", "By when?"),
    ]


def test_page_numbers_alone_and_on_most_pages_are_no_words() -> None:
    pages = [page("first"), *(page(f"line {n * n}", foot=[str(n)]) for n in (2, 3, 4))]
    assert text_of(*pages) == "first\nline 4\nline 9\nline 16"


def test_heads_that_change_with_the_chapter_are_told_once_each() -> None:
    heads = ["Prices 2", "Prices 3", "Support 4", "Support 5"]
    pages = [page(word, head=[head]) for word, head in zip("abcd", heads, strict=True)]
    assert text_of(*pages) == "Prices 2\nSupport 4\n\na\nb\nc\nd"


def test_a_sentence_goes_on_below_a_running_head() -> None:
    row = "She said that the scanners lose their connection several times a day and that she will"
    pages = [page(row, row, head=["Review"]), page("not extend the contract.", head=["Review"])]
    assert text_of(*pages).endswith(f"{row}\n{row} not extend the contract.")


@pytest.mark.parametrize(
    "pages",
    [
        [["Odine Falk 0:05", "No."], ["Odine Falk 0:31", "Yes."]],
        [["Odine Falk", "No.", "Per Lund", "Why?"], ["Odine Falk", "Cost.", "Odine Falk", "Yes."]],
        [["Who\tWhat", "Odine pays"], ["Who\tWhat", "Per sends"]],
        [["10 units", "a"], ["20 units", "b"], ["40 units", "c"]],
        [["one line alone"], ["one line alone"]],
    ],
)
def test_lines_at_the_top_of_pages_are_words(pages: list[list[str]]) -> None:
    assert text_of(*(page(*lines) for lines in pages)) == "\n".join(line for lines in pages for line in lines)


def test_what_a_browser_prints_around_a_single_page_is_no_speech() -> None:
    around = [Words(24, 820, "5/4/26, 2:02 PM", 8), Words(250, 820, "Call", 8), Words(24, 17, "falk.example 1/1", 8)]
    assert text_of([*page("Odine Falk: No.", "Per Lund: Why?"), *around]) == (
        "5/4/26, 2:02 PM Call\nfalk.example 1/1\n\nOdine Falk: No.\nPer Lund: Why?"
    )
    assert text_of(page("Falk", foot=["score 1/1 so far, she said"])) == "Falk\nscore 1/1 so far, she said"
    assert text_of(page("Falk", foot=["ready 7/9"])) == "Falk\nready 7/9"


def test_a_name_that_stands_elsewhere_too_is_no_running_head() -> None:
    pages = [
        page("No.", "Per Lund", "Why?", "Odine Falk", "Cost.", head=["Odine Falk"]),
        page("Yes.", head=["Odine Falk"]),
    ]
    assert text_of(*pages) == "Odine Falk\nNo.\nPer Lund\nWhy?\nOdine Falk\nCost.\nOdine Falk\nYes."


def test_two_pages_are_too_few_to_tell_heads_of_different_words() -> None:
    assert text_of(page("a", head=["Prices 1"]), page("b", head=["Support 2"])) == "Prices 1\na\nSupport 2\nb"


def test_beside_a_count_of_pages_only_what_is_as_small_runs() -> None:
    around = [Words(72, 800, "Odine Falk: No."), Words(72, 17, "page 1 of 1")]
    assert text_of([*page("Per Lund: Why?"), *around]) == "Per Lund: Why?\nOdine Falk: No."


def test_numbers_count_pages_that_are_pictures_and_stand_below_pages_of_any_length() -> None:
    pages = [["It leaks.", "1"], [], ["We pay", "too much.", "3"], ["By May?", "page 4 of 4"]]
    assert (
        read(Content(pdf_of(*pages), "a.pdf", "a.pdf")).notes[0].text == "It leaks.\n1\nWe pay\ntoo much.\n3\nBy May?"
    )
    pages[-1][-1] = "4"
    assert read(Content(pdf_of(*pages), "a.pdf", "a.pdf")).notes[0].text == "It leaks.\nWe pay\ntoo much.\nBy May?"


def test_a_single_page_without_words_is_refused_as_a_scan() -> None:
    with pytest.raises(InputError, match="without text"):
        read(Content(placed([]), "a.pdf", "a.pdf"))
