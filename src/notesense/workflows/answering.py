"""Answer a question about an account from its notes: passages found, a model asked, its answer proven.

Without a model, and whenever one fails, the passages themselves are the answer, and it says so.
"""

from dataclasses import dataclass
from itertools import zip_longest

from notesense.core.answer import Answered, proven_answer
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.ports import Embedder, Found, LanguageModel, SignalFilter, Store
from notesense.core.question import (
    MOST_QUESTION,
    Asked,
    Place,
    bearing,
    places_at,
    question_request,
    ranked_sources,
    sources_of,
)
from notesense.core.results import Searched
from notesense.errors import InputError
from notesense.workflows.indexing import Librarian
from notesense.workflows.modelled import Script, reply_to
from notesense.workflows.searching import search

HITS = 12
"""Passages asked of the search."""
UNPROVEN = "nothing that it answered is proven in the notes"


@dataclass(frozen=True)
class _Bearing:
    """What bears on a question: passages by rank, best first, and the signals among them."""

    places: tuple[Place, ...]
    notes: dict[str, Note]
    passages: dict[str, tuple[Passage, ...]]
    found: tuple[Found, ...]
    warning: str | None


def answer(
    asked: Asked,
    model: LanguageModel | None,
    script: Script,
    store: Store,
    embedder: Embedder,
    librarian: Librarian,
) -> Answered:
    """Return the answer, with every quote cut out of its note. Raises InputError where there is no question."""
    if not asked.question.strip() or len(asked.question) > MOST_QUESTION:
        raise InputError(
            f"A question has 1 to {MOST_QUESTION:,} characters, this has {len(asked.question.strip()):,}.",
            'Ask for example: notesense ask harlow "What did we promise them?"',
        )
    if asked.since is not None and asked.since > asked.as_of:
        raise InputError(f"{asked.since} lies after {asked.as_of}.", "Give an earlier --since, or a later --as-of.")
    wanted = SignalFilter(account=asked.account, since=asked.since, until=asked.as_of)
    found = _look(search(asked.question, wanted, HITS, store, embedder, librarian), wanted, store)
    shown = ranked_sources(found.places, found.notes, found.passages, found.found)
    alone = Answered(**dict(asked), outcome="passages", sources=shown, warning=found.warning)
    if not shown:
        return alone.model_copy(update={"outcome": "not_in_notes"})
    return alone if model is None else _modelled(asked, found, alone, model, script)


def _look(searched: Searched, wanted: SignalFilter, store: Store) -> _Bearing:
    """Bring together what the search found and the account's signals that bear on the question."""
    signals = bearing(searched.query, store.signals(wanted))
    hits = [(hit.note_id, hit.start, hit.end) for hit in searched.hits]
    told = [(one.signal.note_id, one.signal.start, one.signal.end) for one in signals]
    spans = [span for pair in zip_longest(told, hits) for span in pair if span is not None]
    notes: dict[str, Note] = {}
    passages: dict[str, tuple[Passage, ...]] = {}
    places: dict[Place, None] = {}
    for note_id, start, end in spans:
        if note_id not in passages:
            passages[note_id] = store.passages(note_id)
            note = store.note(note_id)
            notes.update({note_id: note} if note else {})
        places.update(((note_id, ordinal), None) for ordinal in places_at(passages[note_id], start, end))
    return _Bearing(tuple(places), notes, passages, signals, searched.warning)


def _modelled(asked: Asked, found: _Bearing, alone: Answered, model: LanguageModel, script: Script) -> Answered:
    sources = sources_of(found.places, found.notes, found.passages, found.found)
    if not sources:
        return alone
    told = reply_to(question_request(asked, sources, script.template), model)
    spent = {"usage": told.reply.usage, "cached": told.reply.cached}
    if told.failure is not None:
        return alone.model_copy(update={"failure": told.failure, **spent})
    proven = proven_answer(told.reply.data or {}, asked, sources, found.notes, script.ordinary)
    if proven is None:
        return alone.model_copy(update={"failure": told.formless, **spent})
    if proven.outcome == "passages":
        return alone.model_copy(update={"failure": f"{told.name}: {UNPROVEN}", "dropped": proven.dropped, **spent})
    return alone.model_copy(
        update={**dict(proven), "sources": sources, "written_by": told.name, **spent},
    )
