"""CSV cut into rows, each with the line on which it begins; a broken row is told, and reading goes on below it."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

_DELIMITERS = (",", ";", "\t", "|")
LONGEST_VALUE = 1_000_000
"""Characters of the longest value of a table; a quote that is not closed would else take in all the rest."""
_RESTARTS = 1_000
"""How often lines are read again because a row above had swallowed them; bounds the work on broken files."""

_FEWEST = 2
"""Values that a row of a table has at the very least, and rows that it has."""


class Row(NamedTuple):
    """A row: its values as many as there are columns, or none and the reason why."""

    line: int
    values: tuple[str, ...]
    broken: str = ""


csv.field_size_limit(LONGEST_VALUE)


def lines_of(text: str) -> list[str]:
    """Return the lines with their ends, whatever these are."""
    return io.StringIO(text, newline="").readlines()


def delimiter_of(line: str) -> str:
    """Return what parts the values of a line: what parts it into most."""
    if line.startswith("sep=") and line[4:5] in _DELIMITERS:
        return line[4]
    return max(_DELIMITERS, key=lambda each: len(values_of(line, each)))


def values_of(line: str, delimiter: str) -> list[str]:
    """Return the values of one line alone; none where it is no row."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def is_table(lines: Sequence[str], most: int, whole: bool) -> bool:
    """Tell whether the first rows, at most so many, all have several values; `whole` says that no line was cut off."""
    first = next((line for line in lines if line.strip()), "")
    try:
        rows = list(islice(csv.reader(lines, delimiter=delimiter_of(first)), most))
    except csv.Error:
        return False
    told = [row for row in (rows if whole or len(rows) == most else rows[:-1]) if any(map(str.strip, row))]
    return len(told) >= _FEWEST and all(len(row) >= _FEWEST for row in told)


def first_row(lines: Sequence[str], first: int, delimiter: str, whole: bool) -> list[str] | None:
    """Return the values of the first row with any from this line on (0-based), over as many lines as it has.

    None where there is none, or where it is not known how far it goes: `whole` says that no lines were cut off.
    """
    taken: list[str] = []

    def those() -> Iterator[str]:
        for at in range(first, len(lines)):
            taken.append(lines[at])
            yield lines[at]

    try:
        for values in csv.reader(those(), delimiter=delimiter):
            if any(value.strip() for value in values):
                is_cut = not whole and len(values) < _FEWEST and "".join(taken).count('"') % 2 == 1
                return None if is_cut else values
    except csv.Error:
        return None
    return None


def rows_of(lines: Sequence[str], first: int, delimiter: str, width: int) -> Iterator[Row]:
    """Yield the rows from this line on (0-based), without blank ones; `width` is the number of columns.

    A row that goes wrong over several lines is taken for its first line alone: mostly a quote is not closed there.
    """
    again = 0
    while again <= _RESTARTS:
        read = 0
        reader = csv.reader((lines[at] for at in range(first, len(lines))), delimiter=delimiter, strict=True)
        try:
            for values in reader:
                row = _row(first + read + 1, values, width)
                torn = bool(row.broken) and reader.line_num > read + 1
                if row.broken or any(value.strip() for value in row.values):
                    yield row
                if torn:
                    break
                read = reader.line_num
            else:
                return
        except csv.Error as error:
            yield Row(first + read + 1, (), _told(str(error)))
        again += reader.line_num > read + 1
        first += read + 1
    yield Row(first + 1, (), "too many rows above have quotes that are not closed; the rest was not read")


def _row(line: int, values: list[str], width: int) -> Row:
    if any(value.strip() for value in values[width:]) or (len(values) < width and any(map(str.strip, values))):
        count = f"{len(values)} value{'s' * (len(values) != 1)}"
        return Row(line, tuple(values), f"{count} where the head has {width} columns")
    return Row(line, tuple(values[:width]))


def _told(error: str) -> str:
    if "field larger" in error:
        return "a value with more than 1,000,000 characters; perhaps a quote is not closed"
    return "a quote that is not closed, or stands within a value without being doubled"
