"""Terminal text for notes that were just read: the answers of `add` and `extract`.

One block a note: what was saved, what was found in which words, what was refused and why, what is new.
"""

from collections import Counter
from collections.abc import Sequence

from notesense.core import languages
from notesense.core.results import Added, Extracted, Kept, ReadAs, Refused
from notesense.core.signal import Rejected, Signal
from notesense.render import words
from notesense.render.sheet import Part, Sheet, quoted

MOST_REFUSED = 20
_COLUMN = 21


def added(sheet: Sheet, result: Added) -> None:
    """Write the answer of `add`."""
    for kept in result.kept:
        sheet.gap()
        _kept(sheet, kept)
    if not result.kept and not result.refused:
        sheet.line("Nothing was added.")
    refused(sheet, "Could not be taken", result.refused)
    index_error(sheet, result.index_error)
    if result.not_compared:
        sheet.gap()
        sheet.line(("Left to compare: ", "strong"), words.not_compared(result.not_compared), ".")


def extracted(sheet: Sheet, result: Extracted) -> None:
    """Write what was found in one note that is not stored."""
    note, extraction = result.note, result.extraction
    sheet.line((note.id, "strong"), *_facts(note.account, words.day(note.date), words.channel(note.channel)))
    if note.title:
        sheet.line(note.title, indent=2)
    _language(sheet, extraction.language)
    _findings(sheet, extraction.signals, extraction.rejected, extraction.error)
    sheet.gap()
    cost = [f"engine {extraction.engine}"]
    if extraction.usage.input_tokens or extraction.usage.output_tokens:
        cost.append(f"{extraction.usage.input_tokens:,} + {extraction.usage.output_tokens:,} tokens")
    if extraction.usage.cost_usd:
        cost.append(f"US${extraction.usage.cost_usd:.4f}")
    sheet.line((", ".join(cost) + "; nothing was stored", "quiet"), indent=2)


def _kept(sheet: Sheet, kept: Kept) -> None:
    note = kept.note
    verb: Part = ("Saved ", "good") if kept.status == "added" else ("Already there ", "strong")
    verb = ("Joined with ", "strong") if kept.status == "joined" else verb
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
    if kept.status == "joined":
        sheet.line("The same in another form, kept with it and not counted twice.", indent=2)
        sheet.line((f"See both: notesense show {note.id}", "quiet"), indent=2)
        return
    _beside(sheet, kept)
    _findings(sheet, kept.signals, kept.rejected, kept.error, with_ids=True)
    if kept.news:
        sheet.gap()
        sheet.line(("New for this account", "strong"), indent=2)
        for news in kept.news:
            where = f" (line {news.signal.line})" if news.signal else ""
            sheet.line("- ", news.what, (where, "quiet"), indent=2, hang=2)


def _beside(sheet: Sheet, kept: Kept) -> None:
    """Tell what the rep should know of how the note was taken."""
    if kept.undated:
        why = kept.unclear_day or "No day was given"
        sheet.line((f"{why}, so it is dated today; ", "warn"), "say it with --date.", indent=2)
    if kept.read_as:
        sheet.line(("Read as ", "warn"), _read_as(kept.read_as), indent=2)
    for other in kept.elsewhere:
        again = f'notesense forget "{other.account}" --note {other.note_id}'
        sheet.line(("Also in ", "warn"), f"{other.account}, as {other.note_id}; if that is wrong: {again}", indent=2)
    _language(sheet, kept.language)


def _read_as(told: ReadAs) -> str:
    doubt = "by the look of it" if told.sure else "a guess"
    return f"{told.encoding}, {doubt}: if letters are wrong, forget the note and add it with --encoding NAME."


def _language(sheet: Sheet, code: str) -> None:
    if code:
        name = languages.name_of(code)
        told = f": the local engine was trained on English alone and misses much of it. --engine llm reads {name}."
        sheet.line((f"In {name}", "warn"), told, indent=2)


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


def refused(sheet: Sheet, title: str, found: Sequence[Refused]) -> None:
    """List what could not be taken, not endlessly."""
    if not found:
        return
    sheet.gap()
    sheet.line((f"{title}: {len(found)}", "warn"))
    for one in found[:MOST_REFUSED]:
        sheet.line("- ", (one.where, "strong"), f": {without_place(one)}", indent=2, hang=2)
    if len(found) > MOST_REFUSED:
        sheet.line(f"... and {len(found) - MOST_REFUSED} more (--format json shows all)", indent=2)


def without_place(one: Refused) -> str:
    """Return the reason without the place that stands before it already."""
    return one.reason.removeprefix(one.where).lstrip(" :,") or one.reason


def index_error(sheet: Sheet, error: str | None) -> None:
    """Tell that the search index is behind, and why."""
    if error:
        sheet.gap()
        sheet.line(("Search index not updated: ", "warn"), error, " The notes are saved; notesense reindex catches up.")
