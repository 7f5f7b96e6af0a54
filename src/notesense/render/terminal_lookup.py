"""Terminal text for things looked up: the answers of `signals` and `search`.

Each quote is followed by where it stands: day, channel, note and line.
"""

from notesense.core.ports import Found
from notesense.core.results import Listed, Searched
from notesense.core.vocabulary import in_order
from notesense.render import words
from notesense.render.sheet import Sheet, quoted
from notesense.render.terminal_corrections import history

_BY = {"meaning": "by meaning", "words": "by words", "both": "by meaning and words"}


def listed(sheet: Sheet, result: Listed) -> None:
    """Write signals, grouped by kind in the guide's order (trackers last), in the order given within a kind."""
    whose = f"{result.account}: " if result.account else ""
    sheet.line((f"{whose}{words.count(len(result.found), 'signal')}", "strong"))
    for kind in in_order(one.signal.kind for one in result.found):
        found = [one for one in result.found if one.signal.kind == kind]
        sheet.heading(f"{words.kinds(kind)} ({len(found)})")
        for one in found:
            _found(sheet, one, with_account=result.account is None)
    if result.corrections:
        history(sheet, result.corrections)


def _found(sheet: Sheet, one: Found, with_account: bool) -> None:
    signal = one.signal
    sheet.line(quoted(signal.quote), indent=2, hang=1)
    parts = [one.account] if with_account else []
    parts.append(words.citation(one.date, one.channel, signal.note_id, signal.line, signal.origin))
    if signal.speaker:
        parts.append(signal.speaker)
    if stated := words.attributes(signal):
        parts.append(f"[{stated}]")
    if one.restricted:
        parts.append("restricted")
    if vouched := words.source(signal.source):
        parts.append(vouched)
    parts.append(f"id {signal.id}")
    sheet.line((" · ".join(parts), "quiet"), indent=4)
    sheet.gap()


def searched(sheet: Sheet, result: Searched) -> None:
    """Write numbered hits, best first."""
    if result.warning:
        sheet.line(("Note: ", "warn"), result.warning)
        sheet.gap()
    where = f" in {result.account}" if result.account else ""
    hits = words.count(len(result.hits), "hit") if result.hits else "nothing found"
    sheet.line((f"{quoted(result.query)}{where}: {hits}", "strong"))
    for number, hit in enumerate(result.hits, 1):
        sheet.gap()
        sheet.row((f"{number}.", "strong"), quoted(hit.quote), indent=0, column=4)
        parts = [] if result.account else [hit.account]
        parts.append(words.citation(hit.date, hit.channel, hit.note_id, hit.line, hit.origin))
        parts += [part for part in (hit.speaker or "", hit.title, _BY[hit.by]) if part]
        sheet.line((" · ".join(parts), "quiet"), indent=4)
