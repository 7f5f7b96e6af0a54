"""The rep's word on what was found: corrections, and how they win over engines and labels.

A correction is never changed, only followed by another one: the corrections of a note are its history, oldest first.
What is shown follows from what engines and labels found and from that history alone (`settle`), so that it does not
matter which came first, and taking a correction back brings back what the engine says now.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from notesense.core.note import Value
from notesense.core.signal import OWN_SOURCES, Signal
from notesense.core.spans import same_span

Verdict: TypeAlias = Literal["confirmed", "corrected", "rejected", "added", "complete", "undone"]


class Correction(Value):
    """One thing that the rep said, at `made` (UTC). Without `signal_id` it is about the whole note.

    `signal` is the statement as the rep has it from then on: None where it is none, or where engines speak again.
    `replaced` is what was shown before: None where nothing was. `complete` means that nothing is missing in the note.
    """

    note_id: str
    signal_id: str | None = None
    verdict: Verdict
    made: datetime.datetime
    signal: Signal | None = None
    replaced: Signal | None = None


class Standing(NamedTuple):
    """What of a note's history is in force: for each signal id its corrections since the last undoing, and the mark."""

    chains: dict[str, tuple[Correction, ...]]
    complete: datetime.datetime | None
    """When the note was marked as complete, or None."""

    @property
    def own(self) -> tuple[Signal, ...]:
        """The statements that the rep spoke for."""
        return tuple(chain[-1].signal for chain in self.chains.values() if chain[-1].signal is not None)

    @property
    def rejected(self) -> tuple[Signal, ...]:
        """The statements that the rep said are none, as they stood before."""
        last = (chain[-1] for chain in self.chains.values())
        return tuple(one.replaced for one in last if one.verdict == "rejected" and one.replaced is not None)


class Settled(NamedTuple):
    """What is shown of a note, in its order, and what engines and labels found besides."""

    shown: tuple[Signal, ...]
    aside: tuple[Signal, ...]


def standing(history: Iterable[Correction]) -> Standing:
    """Return what is in force of a note's history."""
    chains: dict[str, tuple[Correction, ...]] = {}
    complete = None
    for one in history:
        if one.signal_id is None:
            complete = one.made if one.verdict == "complete" else None
        elif one.verdict == "undone":
            chains.pop(one.signal_id, None)
        else:
            chains[one.signal_id] = (*chains.get(one.signal_id, ()), one)
    return Standing(chains, complete)


def settle(found: Sequence[Signal], history: Iterable[Correction]) -> Settled:
    """Decide what is shown of a note: the rep's word before labels, labels before engines.

    A finding stays aside when the rep spoke of it, by its id or because it is the same statement (`same_statement`);
    when it overlaps one of the rep's own of its kind; and, from an engine, when the rep said that nothing is missing
    or a label tells the same.
    """
    now = standing(history)
    judged = _judged(now)
    labels = [signal for signal in found if signal.source != "engine"]
    shown: list[Signal] = list(now.own)
    aside: list[Signal] = []
    for signal in found:
        is_told = (
            signal.id in now.chains
            or any(same_statement(signal, other) for other in judged)
            or any(_overlap(signal, own) for own in now.own)
        )
        if signal.source == "engine":
            is_told = is_told or now.complete is not None or any(same_statement(signal, label) for label in labels)
        (aside if is_told else shown).append(signal)
    return Settled(tuple(sorted(shown, key=_place)), tuple(aside))


def _judged(now: Standing) -> tuple[Signal, ...]:
    """Return every form of the statements that the rep spoke of: as found, and as corrected."""
    spoken = (one for chain in now.chains.values() for one in chain)
    return tuple(form for one in spoken for form in (one.replaced, one.signal) if form is not None)


def same_statement(one: Signal, other: Signal) -> bool:
    """Tell whether two signals of a note are one statement, by the annotation guide."""
    return one.kind == other.kind and same_span((one.start, one.end), (other.start, other.end))


def twin_of(signal: Signal, shown: Iterable[Signal]) -> Signal | None:
    """Return another of the rep's own signals of this kind that this one would overlap, if there is one."""
    others = (other for other in shown if other.id != signal.id and other.source in OWN_SOURCES)
    return next((other for other in others if _overlap(signal, other)), None)


def _overlap(one: Signal, other: Signal) -> bool:
    return one.kind == other.kind and one.start < other.end and other.start < one.end


def _place(signal: Signal) -> tuple[int, int, str]:
    return signal.start, signal.end, signal.kind
