"""Pairs of an earlier statement and later words, with the effect that the gold facts of account histories give them.

The pairs are those that linking would weigh (`workflows/candidates.py`). Words that no fact names have no effect; most
pairs are of this kind, as in use, so only a share of them is taught.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from notesense.adapters.embedding.minilm import MiniLM
from notesense.core.bearing import Pair
from notesense.core.grounding import ground
from notesense.core.passages import passages
from notesense.core.signal import LABELS, Draft, Drafts
from notesense.evaluation.accounts.facts import Facts, Shown, Words
from notesense.evaluation.accounts.histories import History, read_histories
from notesense.evaluation.forms import guide_form
from notesense.workflows.candidates import Candidate, Candidates

_Told = tuple[Words, Words, str]
"""A statement, later words on it, and the effect."""
_OUTCOMES = {
    "kept": "settles", "met": "settles", "settled": "settles", "resolved": "settles",
    "overdue": "fails", "missed": "fails", "open": "fails", "still_open": "fails",
    "dropped": "replaces", "changed": "replaces",
    "current": "repeats", "stale": "repeats",
}  # fmt: skip


def told(facts: Facts) -> Iterator[_Told]:
    """Yield what the facts say of statements and later words; what is surest comes first."""
    shown: Sequence[Shown] = (*facts.promises, *facts.expectations, *facts.support, *facts.pains)
    for fact in shown:
        effect = _OUTCOMES.get(fact.status)  # type: ignore[attr-defined]
        for words in fact.evidence:
            if effect is not None:
                yield fact, words, effect
    for change in facts.since_last_meeting:
        if change.before is not None and change.type in _OUTCOMES:
            yield change.before, change, _OUTCOMES[change.type]
    for matter in facts.recurring:
        for number, first in enumerate(matter.occurrences):
            for again in matter.occurrences[number + 1 :]:
                yield first, again, "repeats"
                yield again, first, "repeats"


def pairs_of(history: History, embedder: MiniLM, order: random.Random, nones: float) -> list[tuple[Pair, str]]:
    """Return the pairs of a history; those without an effect are `nones` times as many as the others, at most."""
    notes = [one.note for one in history.notes]
    parts = {note.id: passages(note.text) for note in notes}
    signals = []
    for one in history.notes:
        drafts = [
            Draft(kind=label.kind, quote=label.quote, start=label.start, attributes=label.attributes)
            for label in one.labels
        ]
        given = Drafts(note_id=one.note.id, drafts=tuple(drafts))
        signals += ground(one.note, parts[one.note.id], given, LABELS, "label").signals
    places = [(note.id, part.ordinal) for note in notes for part in parts[note.id]]
    vectors = embedder.embed([part.text for note in notes for part in parts[note.id]])
    candidates = Candidates(notes, parts, signals, places, vectors)
    texts, known = {note.id: note.text for note in notes}, list(told(history.facts))
    with_effect, without = [], []
    for note in notes:
        for one in candidates.of(note.id):
            effect = next((effect for of, words, effect in known if _is(one, of, words, texts)), None)
            (without if effect is None else with_effect).append((one.pair, effect or "none"))
    order.shuffle(without)
    return with_effect + without[: int(nones * len(with_effect))]


def _is(one: Candidate, of: Words, words: Words, texts: dict[str, str]) -> bool:
    signal, passage = one.statement.signal, one.passage
    return (
        (signal.note_id, one.note_id) == (of.note_id, words.note_id)
        and _meet(texts[of.note_id], of.quote, signal.start, signal.end)
        and _meet(texts[words.note_id], words.quote, passage.start, passage.end)
    )


def _meet(text: str, quote: str, start: int, end: int) -> bool:
    """Tell whether the quote and this stretch share at least half of the shorter of the two."""
    first = text.index(quote)
    shared = min(end, first + len(quote)) - max(start, first)
    return 2 * shared >= min(end - start, len(quote))


def all_pairs(histories: Sequence[History], seed: int, nones: float = 6.0) -> list[tuple[Pair, str]]:
    """Return the pairs of several histories."""
    embedder, order = MiniLM(), random.Random(seed)
    return [pair for history in histories for pair in pairs_of(history, embedder, order, nones)]


def histories_in(folder: Path) -> tuple[History, ...]:
    """Return the histories of a folder. Leaves where one has a fault."""
    data = read_histories([folder], guide_form())
    if data.faults:
        raise SystemExit("\n".join(f"{fault.where}: {fault.what}. {fault.fix}" for fault in data.faults))
    return data.histories
