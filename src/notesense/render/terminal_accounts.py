"""Terminal text of `eval accounts`: every figure with its target, every history, and on request every difference."""

from collections.abc import Sequence

from notesense.core.account_scores import AccountsScored, HistoryScores, Miss, Score
from notesense.render import measures, words
from notesense.render.measures import number
from notesense.render.sheet import Part as Piece
from notesense.render.sheet import Sheet, quoted

_NAME = 36
_WIDTHS = (7, 10, 8)
_BESIDE = 8
"""Histories in one table."""
_CELL = 5
_WHOSE = {"labels": "labels as signals"}


def accounts_scored(sheet: Sheet, result: AccountsScored) -> None:
    """Write the figures of all histories, of each, what was asked, and what differs."""
    about = result.about
    whose = _WHOSE.get(about.engine, f"signals by {measures.engine(about)}")
    histories = words.count(len(result.histories), "account history", "account histories")
    sheet.line((f"{histories}, {whose}", "strong"), f", {measures.data(about)}", hang=2)
    _warnings(sheet, result.histories)
    _figures(sheet, result.scores)
    _each(sheet, result.histories)
    for history in result.histories:
        _misses(sheet, history)
    sheet.gap()
    for one in result.limits:
        state: Piece = ("Held: ", "good") if one.met else ("Missed: ", "bad")
        sheet.line(state, measures.limit(one), hang=2)


def _warnings(sheet: Sheet, histories: Sequence[HistoryScores]) -> None:
    blind = sum(not one.compared for one in histories)
    if blind:
        told = f"Nothing was compared in {blind} of {len(histories)}: nobody weighed what later words say."
        sheet.line((told, "warn"), hang=2)
    lacking = dict.fromkeys(name for one in histories for name in one.lacking)
    if lacking:
        sheet.line((f"Not in the briefings, so taken as empty: {', '.join(lacking)}.", "warn"), hang=2)
    failed = [one for one in histories if one.failed]
    if failed:
        sheet.line(("The engine failed on notes of these; in no figure over all:", "warn"))
    for one in failed:
        for note in one.failed:
            sheet.line(f"{one.name}: {note}", indent=2, hang=2)


def _figures(sheet: Sheet, scores: Sequence[Score]) -> None:
    sheet.gap()
    sheet.row(("All histories", "strong"), (_cells(("", "right of", "target")), "quiet"), indent=0, column=_NAME)
    for one in scores:
        target = "" if one.target is None else f"{one.target:.2f}"
        of = "" if one.name.endswith(".f1") or not one.total else f"{one.right}/{one.total}"
        sheet.row(one.name, _cells((number(one.value), of, target)), _state(one), column=_NAME)


def _state(one: Score) -> Piece:
    if one.reached is None:
        return ""
    return ("  reached", "good") if one.reached else ("  missed", "bad")


def _cells(cells: Sequence[str]) -> str:
    return "".join(cell.rjust(width) for cell, width in zip(cells, _WIDTHS, strict=True))


def _each(sheet: Sheet, histories: Sequence[HistoryScores]) -> None:
    for first in range(0, len(histories), _BESIDE):
        some = histories[first : first + _BESIDE]
        numbers = "".join(str(first + at).rjust(_CELL) for at in range(1, len(some) + 1))
        sheet.gap()
        sheet.row(("Each history", "strong"), (numbers, "quiet"), indent=0, column=_NAME)
        for name, *rest in zip((one.name for one in some[0].scores), *(one.scores for one in some), strict=True):
            values = "".join(number(score.value).rjust(_CELL) for score in rest)
            sheet.row(name, values, column=_NAME)
        sheet.gap()
        for at, one in enumerate(some, first + 1):
            told = f"{one.account}, {words.count(one.notes, 'note')}, on {one.as_of} ({one.name})"
            sheet.row((str(at), "quiet"), told, indent=2, column=6)


def _misses(sheet: Sheet, history: HistoryScores) -> None:
    if not history.misses:
        return
    sheet.heading(f"{history.name}: what differs")
    for one in history.misses:
        sheet.line((f"{one.part}: ", "strong"), _differs(one), indent=2, hang=2)
        for each in one.words:
            sheet.line((f"{each.note_id} ", "quiet"), quoted(each.quote), indent=6, hang=2)


def _differs(one: Miss) -> str:
    if one.told is None:
        return f"{one.gold}; not in the briefing"
    return f"{one.told}; not in the facts" if one.gold is None else f"{one.gold}; the briefing: {one.told}"
