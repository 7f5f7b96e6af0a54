"""Find passages again, by meaning and by words, each with its citation.

The two rankings are joined by reciprocal rank fusion (Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms
Condorcet and individual Rank Learning Methods, SIGIR 2009), so that a part number and a paraphrase are both found.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from notesense.core.index_ports import Hit
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.ports import Embedder, SignalFilter, Store
from notesense.core.results import Searched, SearchHit
from notesense.errors import EmbeddingError, IndexUnusable, InputError
from notesense.workflows.indexing import Librarian

RANK_CONSTANT = 60
"""The constant k of reciprocal rank fusion, as in the paper."""
LEAST_SIMILARITY = 0.15
"""Cosine below which a passage found by meaning alone is no answer."""
POOL = 5
"""Candidates asked of each ranking for every hit wanted."""

_Place: TypeAlias = tuple[str, int]


def search(
    query: str, wanted: SignalFilter, limit: int, store: Store, embedder: Embedder, librarian: Librarian
) -> Searched:
    """Return the best passages for a query. When the index is not to be had, words alone answer, with a warning."""
    if not query.strip():
        raise InputError("The search is empty.", 'Say what to look for: notesense search "late deliveries"')
    by_words = store.match_text(query, wanted.account, limit * POOL)
    warning = None
    try:
        with librarian.opened() as shelf:
            shelf.catch_up()
            found = shelf.index.query(embedder.embed([query]), limit * POOL, wanted)
    except (IndexUnusable, EmbeddingError) as error:
        found, warning = (), f"Searched by words only: {error.message} {error.fix}".strip()
    by_meaning = [_place(hit) for hit in found if hit.similarity >= LEAST_SIMILARITY]
    hits = _cited(_fused(by_meaning, by_words), wanted, limit, store)
    return Searched(query=query, account=wanted.account, hits=tuple(hits), warning=warning)


def _place(hit: Hit) -> _Place:
    return hit.note_id, hit.ordinal


_Ranked: TypeAlias = tuple[_Place, float, Literal["meaning", "words", "both"]]


def _fused(by_meaning: Sequence[_Place], by_words: Sequence[_Place]) -> list[_Ranked]:
    """Join two rankings, best first."""
    scores: dict[_Place, float] = {}
    for ranking in (by_meaning, by_words):
        for rank, place in enumerate(ranking, 1):
            scores[place] = scores.get(place, 0.0) + 1 / (RANK_CONSTANT + rank)
    meant, worded = set(by_meaning), set(by_words)
    ranked: list[_Ranked] = [
        (place, score, "both" if place in meant and place in worded else "words" if place in worded else "meaning")
        for place, score in scores.items()
    ]
    return sorted(ranked, key=lambda entry: (-entry[1], entry[0]))


def _cited(ranked: Sequence[_Ranked], wanted: SignalFilter, limit: int, store: Store) -> list[SearchHit]:
    """Look the places up in the store: what it does not hold is no hit, whatever the index says."""
    notes: dict[str, Note | None] = {}
    passages: dict[str, tuple[Passage, ...]] = {}
    hits: list[SearchHit] = []
    for (note_id, ordinal), score, by in ranked:
        if note_id not in notes:
            notes[note_id] = store.note(note_id)
            passages[note_id] = store.passages(note_id)
        note = notes[note_id]
        if note is None or ordinal >= len(passages[note_id]) or not _wanted(note, wanted):
            continue
        hits.append(_hit(note, passages[note_id][ordinal], score, by))
        if len(hits) == limit:
            break
    return hits


def _wanted(note: Note, wanted: SignalFilter) -> bool:
    return (
        (wanted.account is None or note.account == wanted.account)
        and (wanted.since is None or note.date >= wanted.since)
        and (wanted.until is None or note.date <= wanted.until)
    )


def _hit(note: Note, passage: Passage, score: float, by: Literal["meaning", "words", "both"]) -> SearchHit:
    return SearchHit(
        note_id=note.id,
        account=note.account,
        date=note.date,
        channel=note.channel.value,
        title=note.title,
        quote=passage.text,
        start=passage.start,
        end=passage.end,
        line=passage.line,
        speaker=passage.speaker,
        origin=passage.origin,
        by=by,
        score=round(score, 6),
    )
