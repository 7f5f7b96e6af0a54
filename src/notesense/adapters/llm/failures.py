"""What users read where requests had no usable answer, and what all requests about a note cost together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from notesense.core.fencing import line
from notesense.core.requests import Failure, Reply
from notesense.core.signal import Usage

_LONGEST = 200


def reason(reply: Reply) -> str:
    """Return why a reply is of no use: its failure, else that it lacks the form."""
    failure = reply.failure or Failure.FORMLESS
    detail = line(reply.detail)[:_LONGEST]
    return f"{failure.value} ({detail})" if detail else failure.value


def told(failed: Sequence[tuple[int, str]], of: int) -> str | None:
    """Return one line about the parts (number, reason) that failed, of so many; None where none did."""
    if not failed:
        return None
    by_reason: dict[str, list[int]] = defaultdict(list)
    for number, why in failed:
        by_reason[why].append(number)
    return "; ".join(f"{_which(numbers, of)}{why}" for why, numbers in by_reason.items())


def _which(numbers: Sequence[int], of: int) -> str:
    if of == 1:
        return ""
    if len(numbers) == of:
        return f"all {of} parts: "
    return f"part{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))} of {of}: "


def total(used: Iterable[Usage]) -> Usage:
    """Return the sum of what was used."""
    return sum(used, Usage())
