"""Prepare the next meeting: what the store holds of one account, as of a day, made into a briefing with its agenda."""

from collections import Counter
from collections.abc import Callable, Sequence

from notesense.core import briefing
from notesense.core.bearing import Bearing
from notesense.core.briefing import Briefing, Occasion
from notesense.core.languages import counted
from notesense.core.note import Note
from notesense.core.picture import Gap
from notesense.core.playbook import Playbook
from notesense.core.ports import SignalFilter, Store
from notesense.core.spellings import NOBODY_KNOWN, KnownPeople
from notesense.errors import InputError

MOST_LISTED = 5


def brief(
    account: str,
    occasion: Occasion,
    store: Store,
    playbook: Playbook,
    compare: Callable[[], Sequence[Bearing] | None] = lambda: None,
    known: KnownPeople = NOBODY_KNOWN,
) -> Briefing:
    """Return the briefing. Raises InputError for a meeting before `as_of` or an impossible length.

    `compare` answers with the account's bearings, or None where nothing could be compared; `known` is what the
    rep said about people.
    """
    if occasion.meeting is not None and occasion.meeting < occasion.as_of:
        raise InputError(
            f"The meeting on {occasion.meeting} lies before {occasion.as_of}.",
            "Give a later --meeting, or an earlier --as-of.",
        )
    bearings = compare()
    notes = store.notes(account, until=occasion.as_of)
    signals = store.signals(SignalFilter(account=account, until=occasion.as_of))
    made = briefing.brief(account, notes, signals, playbook, occasion, bearings, known)
    told = (_languages(notes, store.languages(account)), _undated(notes))
    return made.model_copy(update={"gaps": (*filter(None, told), *made.gaps)})


def _undated(notes: Sequence[Note]) -> Gap | None:
    """Say so where notes stand under the day on which they came, because nothing told theirs."""
    ids = [note.id for note in notes if note.source.undated]
    if not ids:
        return None
    them = "1 note was" if len(ids) == 1 else f"{len(ids)} notes were"
    listed = ", ".join(ids[:MOST_LISTED]) + (", ..." if len(ids) > MOST_LISTED else "")
    text = f"{them} given without a day and counts as of the day of coming: {listed}."
    return Gap(code="undated", text=text if len(ids) == 1 else text.replace("counts", "count"))


def _languages(notes: Sequence[Note], languages: Sequence[tuple[str, str]]) -> Gap | None:
    """Say so where notes are in languages that the engine which read them does not know."""
    there = {note.id for note in notes}
    tally = Counter(language for note_id, language in languages if note_id in there)
    if not tally:
        return None
    read = counted(dict(tally.most_common()))
    verb = "was" if tally.total() == 1 else "were"
    text = f"{read} {verb} read by an engine trained on English alone: what is said there may be missing here."
    return Gap(code="other_language", text=text)
