"""What `doctor` looks at: from Python and the data folder to the chosen language model."""

import datetime
import os
import platform
import stat
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from notesense.core.languages import counted
from notesense.core.note import Note
from notesense.core.results import Check, Checked
from notesense.errors import EngineError
from notesense.wiring.model_check import NAME, Recorder, check_model, check_network
from notesense.wiring.verbs import NoteSense
from notesense.workflows.upkeep import doctor


def examine(notes: NoteSense, *, ask_model: bool = False) -> Checked:
    """Look whether everything is as it should be, in the order in which one thing builds on another.

    Nothing of it uses the network; only with `ask_model` is the chosen model asked for one line.
    """
    probes: tuple[tuple[str, Callable[[], Check]], ...] = (
        ("Python", _python),
        ("data folder", lambda: _folder(notes.settings.home)),
        ("notes", lambda: _notes(notes)),
        ("embedding weights", lambda: _weights(notes)),
        ("local engine", lambda: _engine(notes)),
        ("search index", lambda: _index(notes)),
        ("later words", lambda: _later_words(notes)),
        ("playbook", lambda: _playbook(notes)),
        ("trackers", lambda: _trackers(notes)),
        (NAME, lambda: _model(notes, ask_model)),
        ("network", lambda: check_network(notes.settings.model)),
    )
    return doctor(probes)


def _python() -> Check:
    from notesense import __version__

    return Check(name="Python", state="ok", detail=f"{platform.python_version()}, NoteSense {__version__}")


def _folder(home: Path) -> Check:
    if not home.exists():
        return Check(name="data folder", state="ok", detail=f"{home} (made with the first note)")
    mode = stat.S_IMODE(home.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        return Check(
            name="data folder",
            state="warning",
            detail=f"{home} can be read by others (mode {mode:o})",
            fix=f"chmod 700 {home}",
        )
    if not os.access(home, os.W_OK):
        return Check(name="data folder", state="fault", detail=f"{home} cannot be written", fix=f"chmod 700 {home}")
    return Check(name="data folder", state="ok", detail=f"{home}, readable by its owner only")


def _notes(notes: NoteSense) -> Check:
    if not notes.settings.database.exists():
        return Check(name="notes", state="ok", detail="none yet", fix="notesense add --account NAME")
    rows = notes.store.accounts()
    counts = f"notes: {sum(r.notes for r in rows)}, signals: {sum(r.signals for r in rows)}"
    if languages := Counter(language for _, language in notes.store.languages()):
        counts = f"{counts}, {counted(dict(languages.most_common()))} read by an engine trained on English alone"
    unread = len(notes.store.unread())
    if unread:
        detail = f"{counts}; an engine failed on {unread} of the notes"
        return Check(name="notes", state="warning", detail=detail, fix="notesense reindex")
    detail = f"{counts}, accounts: {len(rows)}"
    if languages:
        return Check(name="notes", state="warning", detail=detail, fix="notesense reindex --engine llm")
    return Check(name="notes", state="ok", detail=detail)


def _weights(notes: NoteSense) -> Check:
    length = notes.embedder.embed(["How is the new line running?"]).shape[1]
    return Check(name="embedding weights", state="ok", detail=f"{notes.embedder.name}, {length} dimensions, hash right")


def _engine(notes: NoteSense) -> Check:
    engine = notes.local_engine()
    probe = Note(id="probe", account="NoteSense", date=datetime.date(2026, 1, 1), text="How is the new line running?")
    list(engine.extract([probe]))
    detail = f"{engine.name} {engine.version}; needs no key and no network"
    if engine.outdated:
        detail = f"{detail}; your team's own heads are for an earlier model and are not used"
        return Check(name="local engine", state="warning", detail=detail, fix="notesense train")
    return Check(name="local engine", state="ok", detail=detail)


def _index(notes: NoteSense) -> Check:
    if not notes.settings.database.exists():
        return Check(name="search index", state="ok", detail="empty")
    with notes.librarian.opened() as shelf:
        held, wanted = shelf.index.count(), notes.store.passage_count()
    if held != wanted:
        return Check(
            name="search index",
            state="warning",
            detail=f"holds {held} of {wanted} passages; the next search brings it up to date",
            fix="notesense reindex",
        )
    return Check(name="search index", state="ok", detail=f"{held} passages")


def _later_words(notes: NoteSense) -> Check:
    name = "later words"
    try:
        version = notes.judge.version
    except EngineError as error:
        why = f"not compared with what was said before: {error.message}"
        return Check(name=name, state="warning", detail=why, fix=error.fix)
    rows = notes.store.accounts() if notes.settings.database.exists() else ()
    every, waiting = sum(row.notes for row in rows), sum(notes.linker.waiting(row.name) for row in rows)
    detail = f"model {version}; {every - waiting} of {every} notes are compared with the others of their account"
    if waiting:
        detail = f"{detail}, the rest will be when their account is next prepared"
    return Check(name=name, state="ok", detail=detail)


def _playbook(notes: NoteSense) -> Check:
    playbook = notes.playbook()
    return Check(name="playbook", state="ok", detail=f"{playbook.name} ({notes.settings.playbook or 'as shipped'})")


def _trackers(notes: NoteSense) -> Check:
    names = sorted(notes.trackers.names)
    if not names:
        return Check(name="trackers", state="ok", detail="none")
    detail = f"{', '.join(names)} ({notes.settings.trackers})"
    waiting = len(notes.store.untracked(notes.trackers.mark)) if notes.settings.database.exists() else 0
    if waiting:
        detail = f"{detail}; notes not read for them yet: {waiting}"
        return Check(name="trackers", state="warning", detail=detail, fix="notesense reindex")
    return Check(name="trackers", state="ok", detail=detail)


def _model(notes: NoteSense, ask: bool) -> Check:
    from notesense.adapters.llm.abilities import ForNow

    chosen = notes.settings.model
    kept = notes.settings.database.exists() or (ask and chosen is not None)
    abilities = notes.records if kept else ForNow()
    return check_model(
        chosen, abilities, Recorder(lambda: notes.records, lambda: notes.modelling.price) if ask else None
    )
