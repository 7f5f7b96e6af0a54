"""Terminal text for notes that were just read: the answers of `add`, `extract` and `import`.

One block a note: what was saved, what was found in which words, what was refused and why, what is new.
"""

from collections import Counter
from collections.abc import Sequence

from notesense.core.results import Added, Extracted, Imported, Kept, Refused
from notesense.core.signal import Rejected, Signal
from notesense.render import words
from notesense.render.sheet import Part, Sheet, quoted

MOST_REFUSED = 20
MOST_TOLD = 10
_COLUMN = 21


def added(sheet: Sheet, result: Added) -> None:
    """Write the answer of `add`."""
    for kept in result.kept:
        sheet.gap()
        _kept(sheet, kept)
    if not result.kept and not result.refused:
        sheet.line("Nothing was added.")
    _refused(sheet, "Could not be taken", result.refused)
    _index_error(sheet, result.index_error)
    if result.not_compared:
        sheet.gap()
        sheet.line(("Left to compare: ", "strong"), words.not_compared(result.not_compared), ".")


def extracted(sheet: Sheet, result: Extracted) -> None:
    """Write what was found in one note that is not stored."""
    note, extraction = result.note, result.extraction
    sheet.line((note.id, "strong"), *_facts(note.account, words.day(note.date), words.channel(note.channel)))
    if note.title:
        sheet.line(note.title, indent=2)
    _findings(sheet, extraction.signals, extraction.rejected, extraction.error)
    sheet.gap()
    cost = [f"engine {extraction.engine}"]
    if extraction.usage.input_tokens or extraction.usage.output_tokens:
        cost.append(f"{extraction.usage.input_tokens:,} + {extraction.usage.output_tokens:,} tokens")
    if extraction.usage.cost_usd:
        cost.append(f"US${extraction.usage.cost_usd:.4f}")
    sheet.line((", ".join(cost) + "; nothing was stored", "quiet"), indent=2)


def imported(sheet: Sheet, result: Imported) -> None:
    """Write the report of `import`."""
    stopped = "Import was interrupted; repeat the command to go on." if result.interrupted else "Import finished."
    sheet.line((stopped, "warn" if result.interrupted else "strong"), f" {result.seconds:.1f} s")
    sheet.gap()
    rows: list[tuple[str, int, str]] = [
        ("Read", result.read, "note"),
        ("Added", result.added, "note"),
        ("Already there", result.known, "note"),
        ("Found", result.signals, "signal"),
        ("Drafts rejected", result.rejected, "draft"),
    ]
    for label, number, noun in rows:
        if number or label in ("Read", "Added"):
            sheet.row(label, words.count(number, noun))
    if result.undated:
        sheet.row("Without a day", f"{words.count(result.undated, 'note')}, dated today")
    if result.accounts:
        names, more = result.accounts[:MOST_REFUSED], len(result.accounts) - MOST_REFUSED
        tail = f" and {more} more" if more > 0 else ""
        sheet.row("Accounts", f"{len(result.accounts)}: {', '.join(names)}{tail}")
    for one in result.told[:MOST_TOLD]:
        sheet.row("Told by", f"{one.account}: {one.why} ({words.count(one.notes, 'note')})")
    if len(result.told) > MOST_TOLD:
        sheet.row("", f"... and {len(result.told) - MOST_TOLD} more (--format json shows all)")
    if result.not_compared:
        sheet.row("Left to compare", words.not_compared(result.not_compared))
    _refused(sheet, "Could not be read", result.refused)
    _refused(sheet, "Saved, but not wholly analysed", result.failed)
    _index_error(sheet, result.index_error)


def _kept(sheet: Sheet, kept: Kept) -> None:
    note = kept.note
    verb: Part = ("Saved ", "good") if kept.status == "added" else ("Already there ", "strong")
    sheet.line(verb, (note.id, "strong"), *_facts(note.account, words.day(note.date), words.channel(note.channel)))
    if note.title:
        sheet.line(note.title, indent=2)
    if note.ascribed.was_told and kept.status == "added":
        sheet.line((f"{note.account}: ", "quiet"), (note.ascribed.why, "quiet"), indent=2)
    if kept.restricted:
        sheet.line(("Restricted: ", "strong"), "it does not leave this machine.", indent=2)
    if kept.status == "known":
        sheet.line("This text was saved before; nothing was changed.", indent=2)
        return
    if kept.undated:
        sheet.line(("No day was given, so it is dated today; ", "warn"), "say it with --date.", indent=2)
    _findings(sheet, kept.signals, kept.rejected, kept.error, with_ids=True)
    if kept.news:
        sheet.gap()
        sheet.line(("New for this account", "strong"), indent=2)
        for news in kept.news:
            where = f" (line {news.signal.line})" if news.signal else ""
            sheet.line("- ", news.what, (where, "quiet"), indent=2, hang=2)


def _facts(*facts: str) -> list[Part]:
    return [f" · {fact}" for fact in facts if fact]


def _findings(
    sheet: Sheet, signals: Sequence[Signal], rejected: Sequence[Rejected], error: str | None, with_ids: bool = False
) -> None:
    if error and not (signals or rejected):
        sheet.line(("Analysis failed: ", "bad"), error, indent=2)
        return
    if error:
        sheet.line(("Analysis incomplete: ", "bad"), error, indent=2)
    tally = Counter(signal.kind for signal in signals)
    counts = [words.kind_count(kind, number) for kind, number in tally.items()]
    sheet.line(words.listing(counts) or "No signals found.", indent=2)
    for signal in signals:
        sheet.gap()
        _signal(sheet, signal, with_ids)
    sheet.gap()
    if not rejected:
        sheet.line(("Nothing was rejected.", "quiet"), indent=2)
    else:
        reasons = Counter(one.reason.value for one in rejected)
        why = "; ".join(f"{number} {reason}" if len(rejected) > 1 else reason for reason, number in reasons.items())
        sheet.line((f"{words.count(len(rejected), 'draft')} rejected", "warn"), f": {why}", indent=2)


def _signal(sheet: Sheet, signal: Signal, with_id: bool) -> None:
    sheet.row((words.kind(signal.kind), "strong"), quoted(signal.quote), column=_COLUMN)
    where = f"line {signal.line}" + (f" · {signal.speaker}" if signal.speaker else "")
    stated = words.attributes(signal)
    parts = [where, f"[{stated}]" if stated else "", f"id {signal.id}" if with_id else ""]
    sheet.line((" · ".join(filter(None, parts)), "quiet"), indent=_COLUMN)


def _refused(sheet: Sheet, title: str, refused: Sequence[Refused]) -> None:
    if not refused:
        return
    sheet.gap()
    sheet.line((f"{title}: {len(refused)}", "warn"))
    for one in refused[:MOST_REFUSED]:
        sheet.line("- ", (one.where, "strong"), f": {one.reason}", indent=2, hang=2)
    if len(refused) > MOST_REFUSED:
        sheet.line(f"... and {len(refused) - MOST_REFUSED} more (--format json shows all)", indent=2)


def _index_error(sheet: Sheet, error: str | None) -> None:
    if error:
        sheet.gap()
        sheet.line(("Search index not updated: ", "warn"), error, " The notes are saved; notesense reindex catches up.")
