"""PDF: rows that a page's width has cut are one line again; rows that are lines of their own stay so."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from notesense.readers.families import read
from notesense.readers.family import Content
from pdf_files import Words, placed

WIDE = (
    "Anneke Brandt said that the handheld scanners lose their connection several times a",
    "day, that nobody in the hall trusts the stock figures any more, and that she will not",
    "extend the contract before the new firmware has run without a fault for weeks. We",
    "owe her an answer by May.",
)
NARROW = (
    "Anneke Brandt said that the scanners",
    "lose their connection every day, and",
    "that nobody trusts the figures. She",
    "will not extend the contract before",
    "the new firmware has run for a",
    "month.",
)


def text_of(*pages: Sequence[Words]) -> str:
    return read(Content(placed(*pages), "a.pdf", "a.pdf")).notes[0].text


def rows(*lines: str, left: float = 60, base: float = 700, step: float = 14) -> list[Words]:
    return [Words(left, base - number * step, line) for number, line in enumerate(lines)]


@pytest.mark.parametrize("lines", [WIDE, NARROW])
def test_a_paragraph_is_one_line_whatever_its_width(lines: tuple[str, ...]) -> None:
    assert text_of(rows(*lines)) == " ".join(lines)


def test_two_columns_are_read_one_after_the_other_and_a_sentence_goes_on_in_the_next() -> None:
    lines = [*rows(*NARROW[:4]), *rows(*NARROW[4:], "Then we left.", left=330)]
    assert text_of(lines) == " ".join(NARROW[:5]) + " " + "month.\nThen we left."


@pytest.mark.parametrize("step", [12.5, 18, 26])
def test_paragraphs_stay_apart_however_far_their_rows_stand(step: float) -> None:
    below = 700 - step * len(WIDE) - step
    assert text_of([*rows(*WIDE, step=step), *rows(*WIDE, base=below, step=step)]).split("\n") == [" ".join(WIDE)] * 2


def test_the_first_row_may_be_indented_and_the_others_of_a_list_hang() -> None:
    indented = [
        Words(84, 700, WIDE[0][:-7]),
        *rows("times a " + WIDE[1][:-9], "she will not " + WIDE[2][:-10], base=686),
    ]
    assert text_of(indented).count("\n") == 0
    hanging = [Words(60, 700, "- " + WIDE[0]), *rows(*WIDE[1:], left=68, base=686), Words(60, 644, "- Price is open")]
    assert text_of(hanging) == "- " + " ".join(WIDE) + "\n- Price is open"


@pytest.mark.parametrize(
    "lines",
    [
        ("Customer unhappy", "Competitor offering", "Discount requested", "Deployment halted in Utrecht", "no renewal"),
        (
            "price is too high for them",
            "support is slow",
            "no training given until now",
            "manager leaves in the spring",
        ),
        (*WIDE[:2], "Anneke Brandt: no", "Jonas Kehl: " + WIDE[0], "Anneke Brandt", "I do not think so."),
        (WIDE[0], "2. day of training", WIDE[1], "- extend it", WIDE[1], "12:30 lunch", WIDE[1], "> quoted"),
        ("x", "y", *(WIDE[0][:-5] + end for end in ("in May", "in March", "today")), "Talks go on", "It is so"),
        (*WIDE[:2], "Jonas van der Kehl", "no. " + WIDE[1], "Mia Holm 10:30 AM", "Yes."),
        (WIDE[0] + ".", "day after day of the same", WIDE[1] + ":", "Price, scanners, firmware"),
    ],
)
def test_lines_of_their_own_stay_so(lines: tuple[str, ...]) -> None:
    assert "\n".join(lines[2:]) in text_of(rows(*lines))
    assert not any(f"{one} {two}" in text_of(rows(*lines[2:])) for one, two in pairwise(lines[2:]))


def test_a_name_or_a_time_above_what_is_said_is_no_end_of_a_sentence() -> None:
    for head in ("Jonas van der Kehl", "Mia Holm | 10:30 AM"):
        assert text_of(rows(*WIDE, WIDE[1], head, "Yes.")).endswith(f"\n{WIDE[1]}\n{head}\nYes.")
    stamped = WIDE[0][:-5] + "10:30"
    assert text_of(rows(*WIDE, stamped, "Then we left it.")).endswith(f"\n{stamped}\nThen we left it.")
    assert text_of(rows(*WIDE, WIDE[1], "Then we left it.")).endswith(f"\n{WIDE[1]} Then we left it.")


@pytest.mark.parametrize(
    "lines",
    [
        ("The scanners", "break weekly", "nobody calls", "we are upset"),
        (
            *("price is much too high for all of them", "support is still far too slow for them"),
            *("no training was given there until now", "manager leaves them in the next spring"),
        ),
    ],
)
def test_a_list_of_lines_that_are_about_as_long_stays_one(lines: tuple[str, ...]) -> None:
    assert text_of(rows(*lines)) == "\n".join(lines)


def test_what_stands_elsewhere_begins_anew() -> None:
    above = rows(*WIDE[:2])
    shown = " ".join(WIDE[:2])
    assert text_of([*above, *rows(WIDE[1], base=650)]) == f"{shown}\n{WIDE[1]}"
    assert text_of([*above, *rows("more is known of it", base=672, left=100)]) == f"{shown}\nmore is known of it"
    cells = [Words(60, 672, "lent"), Words(200, 672, WIDE[1][:62]), Words(60, 658, "sold to somebody else")]
    assert text_of([*above, *cells]).endswith("\nsold to somebody else")


def test_the_width_of_a_column_is_told_by_its_items_together_or_by_one_paragraph_in_it() -> None:
    items = [f"- {word} {row}" for word in ("Odine", "Mia", "Per") for row in NARROW[:1]]
    listed = [row for item in items for row in (item, NARROW[1][:-5])]
    assert text_of(rows(*listed)) == "\n".join(f"{item} {NARROW[1][:-5]}" for item in items)
    assert text_of([*rows(*WIDE), *rows(*NARROW, base=600)]) == f"{' '.join(WIDE)}\n{' '.join(NARROW)}"


def test_rows_of_a_table_stay_rows() -> None:
    cells = [
        one
        for number, (who, what) in enumerate([("Anneke", WIDE[0][:60]), ("Jonas", "sends a list"), ("Mia", WIDE[1])])
        for one in (Words(60, 700 - 14 * number, who), Words(160, 700 - 14 * number, what))
    ]
    assert text_of(cells).count("\n") == 2


def test_other_letters_or_another_direction_are_not_one_line() -> None:
    big = [Words(60, 700, WIDE[0], 13), Words(60, 684, WIDE[1], 11)]
    assert text_of(big) == "\n".join(WIDE[:2])
    assert text_of([Words(60, 700, WIDE[0]), Words(60, 700 - 14 * 3, WIDE[1])]) == "\n".join(WIDE[:2])


@pytest.mark.parametrize(
    ("first", "last", "elsewhere", "whole"),
    [
        ("they are very dis-", "satisfied with it", "", "very dis-satisfied with it"),
        ("they are very dis-", "satisfied with it", "Dissatisfied since May.", "very dissatisfied with it"),
        ("this is a long-", "term plan", "A longterm plan, a long-term plan.", "a long-term plan"),
        ("we talked of pre-", "and post-sales", "", "of pre- and post-sales"),
        ("they are very un\u00ad", "happy with it", "", "very unhappy with it"),
    ],
)
def test_a_hyphen_goes_only_where_the_document_tells(first: str, last: str, elsewhere: str, whole: str) -> None:
    assert whole in text_of([*rows(first, last), *rows(elsewhere, base=500)])


def test_a_range_keeps_its_hyphen_and_a_dash_its_space() -> None:
    full = WIDE[0][:71]
    lines = (*WIDE[:2], f"{full} by 12-", f"14 % in {full[:64]} -", "which she will say.")
    assert "by 12-14 % in" in text_of(rows(*lines))
    assert " - which she" in text_of(rows(*lines))


def test_a_sentence_goes_on_on_the_next_page() -> None:
    assert text_of(rows(*WIDE[:2]), rows(*WIDE[2:])) == " ".join(WIDE)
    assert text_of(rows(*WIDE), rows(*WIDE)).split("\n") == [" ".join(WIDE)] * 2


def test_text_from_right_to_left_and_upright_text_stay_as_they_are() -> None:
    from notesense.readers.pdf_flow import lines_of
    from notesense.readers.pdf_rows import Row

    def page(*words: str, level: bool = True) -> list[Row]:
        return [Row(one, 60, 530, 700 - 14 * number, 12, level=level) for number, one in enumerate(words)]

    assert lines_of([page("the price is", "too high for us")], 595) == "the price is too high for us"
    assert lines_of([page("the price is", "too high for us", level=False)], 595).count("\n") == 1
    assert lines_of([page("the price is", "too high שלום")], 595).count("\n") == 1
    assert lines_of([page("価格が高", "すぎます。")], 595) == "価格が高すぎます。"
    assert lines_of([], 0) == ""
