"""Terminal text of `eval check` and `eval run`: tables of plain columns that fit 80 cells."""

from collections.abc import Sequence

from notesense.core.evaluated import DatasetChecked, Evaluated, Fault, Figure, KindFigures, Part
from notesense.render import measures, words
from notesense.render.measures import number
from notesense.render.sheet import Part as Piece
from notesense.render.sheet import Sheet

FAULTS_SHOWN = 20
_NAME = 24


def checked(sheet: Sheet, result: DatasetChecked) -> None:
    """Write faults and warnings, then what the set holds."""
    for title, style, found in (("Fault", "bad", result.faults), ("Warning", "warn", result.warnings)):
        for one in found[:FAULTS_SHOWN]:
            _fault(sheet, title, style, one)
        if len(found) > FAULTS_SHOWN:
            sheet.line((f"... and {len(found) - FAULTS_SHOWN} more", style))
        sheet.gap()
    _size(sheet, result)
    sheet.gap()
    if not result.faults:
        sheet.line(("No faults.", "good"))
        return
    sheet.line((f"{words.count(len(result.faults), 'fault')}. Lines with a fault are not counted above.", "bad"))


def _fault(sheet: Sheet, title: str, style: str, one: Fault) -> None:
    sheet.line((f"{title}: ", style), f"{one.where}: {one.what}. {one.fix}".strip(), hang=2)


def _size(sheet: Sheet, result: DatasetChecked) -> None:
    size = result.size
    histories = f", {words.count(result.histories, 'account history', 'account histories')}" if result.histories else ""
    sheet.line((f"{words.count(size.notes, 'note')}, {words.count(size.signals, 'signal')}{histories}", "strong"))
    for name, value in (
        ("words", f"{size.words:,}"),
        ("kinds", ", ".join(f"{words.kind(kind)} {count}" for kind, count in size.kinds.items()) or "none"),
        ("channels", ", ".join(f"{words.channel(name)} {count}" for name, count in size.channels.items()) or "none"),
        ("passages", f"{size.passages:,}, {measures.share(size.passages_without, size.passages)} without a signal"),
        ("few signals", f"{measures.share(size.few, size.notes)} of the notes have two at most, {size.none} have none"),
        ("repetition", _repetition(result)),
    ):
        sheet.row((name, "quiet"), value, indent=2, column=16)
    for pair in result.overlaps[:3]:
        told = f"{pair.one} and {pair.other}: {pair.shared} in common, {pair.share:.1%} of the shorter"
        sheet.line((told, "quiet"), indent=16)


def _repetition(result: DatasetChecked) -> str:
    size = result.size
    share = f"{size.repeated_runs / size.runs:.2%}" if size.runs else "-"
    return f"{size.repeated_runs:,} of {size.runs:,} different runs of six words stand in several notes ({share})"


def evaluated(sheet: Sheet, result: Evaluated) -> None:
    """Write the figures of a run."""
    figures = result.figures
    sheet.line((f"{measures.engine(result.about)} on {measures.data(result.about)}", "strong"))
    sheet.line(f"{words.count(figures.notes, 'note')}, {words.count(figures.signals, 'signal')}")
    _failures(sheet, result)
    _kinds(sheet, result)
    _fields(sheet, result)
    _quotes(sheet, result)
    _calibration(sheet, result)
    _parts(sheet, "Channels", figures.channels)
    _parts(sheet, "Lengths", figures.lengths)
    sheet.heading("Cost")
    sheet.line(", ".join(f"{name} {value}" for name, value in measures.costs(result)), indent=2)
    _limits(sheet, result)


def _failures(sheet: Sheet, result: Evaluated) -> None:
    if not result.figures.failed:
        return
    count = words.count(result.figures.failed, "note")
    sheet.line((f"The engine failed on {count}; in no score:", "warn"))
    for row in (row for row in result.notes if row.error is not None):
        sheet.line(f"{row.where} {row.id}: {row.error}", indent=2, hang=2)


def _table(sheet: Sheet, title: str, heads: Sequence[str], widths: Sequence[int], first: int) -> None:
    sheet.gap()
    sheet.row((title, "strong"), (_cells(heads, widths), "quiet"), indent=0, column=first)


def _line(sheet: Sheet, name: Piece, cells: Sequence[str], widths: Sequence[int], first: int) -> None:
    sheet.row(name, _cells(cells, widths).rstrip(), indent=2, column=first)


def _cells(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))


def _kinds(sheet: Sheet, result: Evaluated) -> None:
    beside = [one.name for one in result.baselines]
    widths = (6, 7, 6, 11, 8, *(max(len(name) + 1, 8) for name in beside))
    _table(sheet, "Kinds", ("Prec.", "Recall", "F1", "95%", "Labels", *beside), widths, 20)
    for kind in result.figures.kinds:
        others = [number(one.kinds.get(kind.name)) for one in result.baselines]
        _line(sheet, words.kind(kind.name), (*_scores(kind), str(kind.labels), *others), widths, 20)
    micro = result.figures.micro
    for name, figure, plain in measures.macro_rows(result):
        first = (number(micro.precision.value), number(micro.recall.value)) if figure is micro.f1 else ("", "")
        labels = str(micro.labels) if figure is micro.f1 else ""
        cells = (*first, number(figure.value), measures.interval(figure), labels, *map(number, plain))
        _line(sheet, (name, "strong"), cells, widths, 20)


def _scores(kind: KindFigures) -> tuple[str, str, str, str]:
    if not kind.labels and not kind.predicted:
        return "-", "-", "-", ""
    return (number(kind.precision.value), number(kind.recall.value), number(kind.f1.value), measures.interval(kind.f1))


def _fields(sheet: Sheet, result: Evaluated) -> None:
    figures = result.figures
    if not figures.fields:
        return
    widths = (7, 7, 9, 7, 6, 11)
    _table(sheet, "Attributes", ("right", "wrong", "missing", "extra", "acc.", "95%"), widths, 33)
    for field in figures.fields:
        counts = (str(field.right), str(field.wrong), str(field.missing), str(field.extra))
        cells = (*counts, number(field.accuracy.value), measures.interval(field.accuracy))
        _line(sheet, measures.field_name(field.name), cells, widths, 33)
    cells = ("", "", "", "", number(figures.attributes.value), measures.interval(figures.attributes))
    _line(sheet, ("all", "strong"), cells, widths, 33)


def _quotes(sheet: Sheet, result: Evaluated) -> None:
    figures, quotes = result.figures, result.figures.quotes
    widths = (7, 11)
    _table(sheet, "Quotes and false signals", ("", "95%"), widths, 58)
    rows: tuple[tuple[str, Figure], ...] = (
        (f"quotes in the note word for word ({quotes.drafts - quotes.rejected} of {quotes.drafts})", quotes.exact),
        ("matched quotes with the very same span", quotes.identical),
        ("mean overlap of matched quotes", quotes.overlap),
        (f"false signals a note without signals ({words.count(figures.empty_notes, 'note')})", figures.false_signals),
    )
    for name, figure in rows:
        _line(sheet, name, (number(figure.value), measures.interval(figure)), widths, 58)


def _calibration(sheet: Sheet, result: Evaluated) -> None:
    found = result.figures.calibration
    told = [one for one in found.bins if one.count]
    if not told:
        return
    widths = (10, 10, 12)
    _table(sheet, "Confidence", ("claims", "stated", "right"), widths, _NAME)
    for one in told:
        cells = (str(one.count), number(one.confidence), number(one.right))
        _line(sheet, f"{one.low:.1f} to {one.high:.1f}", cells, widths, _NAME)
    error, brier = number(found.error.value, 3), number(found.brier.value, 3)
    sheet.line(f"expected calibration error {error} ({measures.interval(found.error)}), Brier score {brier}", indent=2)


def _parts(sheet: Sheet, title: str, parts: Sequence[Part]) -> None:
    widths = (7, 8, 7, 8, 7, 11)
    _table(sheet, title, ("notes", "labels", "Prec.", "Recall", "F1", "95%"), widths, _NAME)
    for part in parts:
        cells = (str(part.notes), str(part.figures.labels), *_scores(part.figures))
        _line(sheet, words.channel(part.name), cells, widths, _NAME)


def _limits(sheet: Sheet, result: Evaluated) -> None:
    sheet.gap()
    for one in result.limits:
        state: Piece = ("Held: ", "good") if one.met else ("Missed: ", "bad")
        sheet.line(state, measures.limit(one), hang=2)
