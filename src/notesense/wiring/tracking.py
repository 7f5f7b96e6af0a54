"""Puts the team's trackers together: their file, their readers, their engine, and what is told of them.

Numeric libraries are imported when a tracker first has to be learned or a note read.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notesense.core.ports import Embedder, Engine, SignalFilter
from notesense.core.results import TrackerList, TrackerRow
from notesense.core.trackers import Trackers, name_key
from notesense.core.vocabulary import KINDS, in_order
from notesense.errors import TrackerError, UnknownKind
from notesense.settings import Settings
from notesense.workflows.tracking import Tracking

if TYPE_CHECKING:
    from notesense.adapters.local.fewshot import Learned
    from notesense.wiring.parts import Parts


def beside(engine: Engine, trackers: Trackers, embedder: Embedder, settings: Settings) -> Engine:
    """Return the engine with the trackers beside it, or the engine itself where there are none."""
    if not trackers.trackers:
        return engine
    from notesense.adapters.local.trackers import WithTrackers

    return WithTrackers(engine, tracking(trackers, embedder, settings).engine)


def tracking(trackers: Trackers, embedder: Embedder, settings: Settings) -> Tracking:
    """Return the trackers with the engine that finds them alone."""
    from notesense.adapters.local.trackers import TrackerEngine

    return Tracking(trackers, TrackerEngine(trackers, embedder, lambda: _readers(trackers, embedder, settings)))


def _readers(trackers: Trackers, embedder: Embedder, settings: Settings) -> "tuple[Learned, ...]":
    from notesense.adapters.local.learned import learned

    home = hashlib.sha256(str(settings.home).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return learned(trackers, embedder, settings.cache / f"trackers-{home}.npz")


def known_kinds(notes: "Parts", kinds: Sequence[str]) -> tuple[str, ...]:
    """Return these kinds as they are stored, whatever their case and dashes.

    A name holds when it is one of the nine, a tracker's, or that of signals which a tracker has left behind. Raises
    UnknownKind for any other.
    """
    return tuple(_known(notes, kind) for kind in kinds)


def _known(notes: "Parts", kind: str) -> str:
    names = {name_key(name): name for name in KINDS}
    if name_key(kind) not in names and notes.settings.trackers is not None:
        names |= {name_key(name): name for name in notes.trackers.names}
    if name_key(kind) in names:
        return names[name_key(kind)]
    if notes.settings.database.exists() and notes.store.signals(SignalFilter(kinds=(kind,))):
        return kind
    raise UnknownKind(
        f'There is no kind of signal called "{kind}".', f"Choose one of: {', '.join(in_order(names.values()))}."
    )


def list_trackers(notes: "Parts") -> TrackerList:
    """Return the trackers in use, with their signals and how many notes wait to be read for them."""
    listed = check_trackers(notes, notes.settings.trackers) if notes.settings.trackers else None
    if listed is None:
        return TrackerList(file=str(notes.settings.own_trackers))
    if not notes.settings.database.exists():
        return listed
    rows = tuple(
        row.model_copy(update={"signals": len(notes.store.signals(SignalFilter(kinds=(row.name,))))})
        for row in listed.trackers
    )
    waiting = notes.store.untracked(notes.trackers.mark) if rows else ()
    return listed.model_copy(update={"trackers": rows, "waiting": len(waiting)})


def check_trackers(notes: "Parts", path: Path | None) -> TrackerList:
    """Return the trackers of this file, or of the one in use. Raises TrackerError for a fault or a missing file."""
    from notesense.adapters.trackers import load

    file = path or notes.settings.trackers
    if file is None:
        raise TrackerError(
            f"There is no tracker file: {notes.settings.own_trackers} is not there.",
            "Name one: notesense trackers check FILE, or write that one; docs/trackers.md has the form.",
        )
    trackers = load(file)
    readers = _readers(trackers, notes.embedder, notes.settings) if trackers.trackers else ()
    rows = (
        TrackerRow(
            name=tracker.name,
            definition=tracker.definition,
            examples=len(tracker.examples),
            not_examples=len(tracker.not_examples),
            found=reader.found,
            mistaken=reader.mistaken,
        )
        for tracker, reader in zip(trackers.trackers, readers, strict=True)
    )
    return TrackerList(file=str(file), trackers=tuple(rows))
