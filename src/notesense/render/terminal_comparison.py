"""Terminal text of `eval compare`: the differences as a table, then what was won and lost, note by note."""

from notesense.core.evaluated import Change, Compared, Difference
from notesense.render import measures, words
from notesense.render.sheet import Part, Sheet, quoted

_FIRST = 34
_CHANGES: tuple[tuple[str, str, str], ...] = (
    ("won", "+ found", "good"),
    ("lost", "- missed", "bad"),
    ("dropped", "+ no longer claimed", "good"),
    ("gained", "- falsely claimed", "bad"),
)


def compared(sheet: Sheet, result: Compared) -> None:
    """Write figures of A and B with their difference, then the notes on which they differ."""
    sheet.line((f"B against A on {measures.data(result.a)}, {words.count(result.notes, 'note')}", "strong"))
    for name, about in (("A", result.a), ("B", result.b)):
        sheet.row((name, "strong"), f"{measures.engine(about)}, {about.started:%Y-%m-%d %H:%M} UTC", indent=2, column=5)
    if result.left_out:
        left = words.count(result.left_out, "note")
        sheet.line((f"Left out, because one of the runs failed on it: {left}.", "warn"))
    sheet.gap()
    sheet.row(("Figure", "strong"), ("     A     B   B-A     95%           better", "quiet"), indent=0, column=_FIRST)
    for one in result.differences:
        _difference(sheet, one)
    sheet.line(("“better” is the share of the resamples in which B is better than A.", "quiet"), indent=2)
    _changes(sheet, result)


def _difference(sheet: Sheet, one: Difference) -> None:
    cells = f"{measures.number(one.a):>6}{measures.number(one.b):>6}{measures.signed(one.difference.value):>7}"
    share = "-" if one.better is None else f"{one.better:.0%}"
    numbers = f"{cells}  {measures.signed_interval(one.difference):<16}{share:>5}"
    sheet.row(measures.figure_name(one.name), numbers.rstrip(), indent=2, column=_FIRST)


def _changes(sheet: Sheet, result: Compared) -> None:
    counts = [sum(len(getattr(note, name)) for note in result.changes) for name, _, _ in _CHANGES]
    sheet.heading("What was won and lost")
    sheet.line(
        f"Labels found only by B: {counts[0]}, only by A: {counts[1]}. "
        f"False signals only of A: {counts[2]}, only of B: {counts[3]}.",
        indent=2,
    )
    for note in result.changes:
        sheet.gap()
        sheet.line((note.id, "strong"), (f"  {note.where}  {note.title}", "quiet"), hang=2)
        for name, mark, style in _CHANGES:
            for change in getattr(note, name):
                sheet.line(*_change(change, mark, style), indent=2, hang=4)


def _change(change: Change, mark: str, style: str) -> list[Part]:
    return [(f"{mark} ", style), f"{words.kind(change.kind)} {quoted(change.quote)}"]
