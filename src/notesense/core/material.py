"""What notes say, as lines of a request: where words come from on one line, the words themselves on the next."""

from collections.abc import Iterable, Mapping

from notesense.core import fencing
from notesense.core.evidence import Evidence

FENCE = "data"


def fenced(account: str, lines: Iterable[str]) -> str:
    """Return the account's name and the lines between the marks that the prompts speak of."""
    return fencing.fenced(FENCE, [f"account: {account}", *lines])


def told(text: str) -> str:
    """Return words of others as a line that they do not begin."""
    return f"> {fencing.line(text)}"


def heading(evidence: Evidence, mark: str) -> str:
    """Return where the evidence comes from, on one line that begins with its mark and ends with the speaker."""
    parts = [f"[{mark}] {evidence.date.isoformat()}", evidence.channel, f"side: {evidence.side}"]
    if evidence.kind:
        parts.append(f"found: {evidence.kind.replace('_', ' ')}")
    if evidence.speaker:
        parts.append(f"speaker: {fencing.line(evidence.speaker)}")
    return ", ".join(parts)


def lines_of(evidence: Mapping[str, Evidence]) -> list[str]:
    """Return evidence by its marks as lines of data."""
    return [line for mark, one in evidence.items() for line in (heading(one, mark), told(one.quote))]


def notes_of(*evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the ids of the notes whose words these are, each once."""
    return tuple(dict.fromkeys(one.note_id for some in evidence for one in some))
