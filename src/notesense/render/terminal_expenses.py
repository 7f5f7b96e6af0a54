"""Terminal text for what work with language models cost, and for the plan of a dry run."""

from collections.abc import Sequence
from itertools import groupby

from notesense.core.expenses import Costs, Planned, PlannedRequest
from notesense.core.records import Spent
from notesense.core.requests import Message
from notesense.render import words
from notesense.render.sheet import Sheet


def costs(sheet: Sheet, result: Costs) -> None:
    """Write what was spent, month by month, and the total."""
    since = f" since {words.day(result.since)}" if result.since else ""
    if not result.spent:
        sheet.line(f"No model was asked anything{since}.")
        return
    for month, spent in groupby(result.spent, lambda one: one.month):
        sheet.heading(month)
        for one in spent:
            _spent(sheet, one)
    sheet.gap()
    total = words.money(result.cost_usd, result.unpriced)
    asked = f"{words.count(result.calls, 'request')} sent, {result.cached:,} answered from the cache"
    sheet.line(("Total", "strong"), f"{since}: {total}; {asked}.")
    if result.unpriced:
        sheet.line(("Some costs are not known: set NOTESENSE_PRICE, or write prices.yaml.", "quiet"))


def _spent(sheet: Sheet, one: Spent) -> None:
    sheet.line(f"{one.model}, {one.task}", indent=2)
    failed = f" ({one.failed:,} failed)" if one.failed else ""
    parts = [f"{one.calls:,} sent{failed}", f"{one.cached:,} from the cache"]
    ready = f", {one.cached_tokens:,} of them at the provider's cache price" if one.cached_tokens else ""
    parts.append(f"{one.input_tokens:,} + {one.output_tokens:,} tokens{ready}")
    parts.append(words.money(one.cost_usd, one.unpriced))
    sheet.line("; ".join(parts), indent=4)


def planned(sheet: Sheet, result: Planned) -> None:
    """Write the requests in full, and the estimate."""
    requests(sheet, result.requests)
    sheet.gap()
    sheet.line(("Nothing was sent, nothing was stored.", "strong"))
    asked = f"{words.count(len(result.requests), 'request')} about {words.count(result.notes, 'note')}"
    cached = f"; {result.cached:,} more answered from the cache" if result.cached else ""
    sheet.line(f"To {result.model} ({result.host}): {asked}{cached}.")
    tokens = f"about {result.input_tokens:,} tokens in, {result.output_tokens:,} out"
    price = "cost not known" if result.cost_usd is None else f"about {words.money(result.cost_usd)}"
    sheet.line(f"Estimate: {tokens}; {price} (four characters a token).")
    if result.verify:
        sheet.line("--verify asks once more about each note in which something is found.")


def requests(sheet: Sheet, planned: Sequence[PlannedRequest]) -> None:
    """Write requests in full, each message that stood in one before it only once."""
    shown: dict[Message, tuple[int, int]] = {}
    for number, request in enumerate(planned, 1):
        sheet.heading(f"Request {number} of {len(planned)}: {_about(request)}")
        for place, message in enumerate(request.messages, 1):
            first = shown.setdefault(message, (number, place))
            if first == (number, place):
                sheet.line((f"{message.role}:", "strong"))
                sheet.verbatim(message.text)
            else:
                sheet.line((f"{message.role}:", "strong"), f" as message {first[1]} of request {first[0]}")
        sheet.line((f"Answer of the form “{request.form_name}” (--format json shows it).", "quiet"))


def _about(request: PlannedRequest) -> str:
    part = f", part {request.part} of {request.parts}" if request.parts > 1 else ""
    whose = ", ".join(each for each in (request.account, request.note_id) if each)
    return f"{request.task}{f', {whose}' if whose else ''}{part}, {request.tokens:,} tokens"
