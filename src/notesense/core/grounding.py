"""The only way from an engine's Draft to a Signal: the quote is looked up in the note and cut out of it again.

Exact match first; then through a map that folds Unicode form, case, spaces, quotes and dashes; a fuzzy match counts
only inside the named passage and only where negations, numbers, names and modal words agree, and is marked `review`.
All else is Rejected, with the reason. Signals are merged by (kind, overlapping span), never across kinds.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from notesense.core import wording
from notesense.core.folding import Folded, cuts_word, words
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.proof import proven_attributes
from notesense.core.signal import Draft, Drafts, Extraction, Match, Reason, Rejected, Signal, Source
from notesense.core.vocabulary import Kind

FUZZY_SHARE = 0.8
"""Least share of words that a fuzzy match has in common with the quote, counted both ways."""


class _Note:
    """A note with what is worth computing once for all its drafts."""

    def __init__(self, note: Note, passages: Sequence[Passage]) -> None:
        self.note = note
        self.passages = passages
        self._starts = [passage.start for passage in passages]
        self._folded: Folded | None = None
        self._words: frozenset[str] | None = None

    @property
    def folded(self) -> Folded:
        if self._folded is None:
            self._folded = Folded(self.note.text)
        return self._folded

    @property
    def words(self) -> frozenset[str]:
        if self._words is None:
            whole = words(f"{self.note.text}\n{self.note.title}\n{self.note.account}")
            self._words = frozenset(whole).union(part for word in whole for part in word.split("'"))
        return self._words

    def passage_at(self, offset: int) -> Passage | None:
        """Return the passage that holds this offset, else the one before it."""
        place = bisect_right(self._starts, offset) - 1
        return self.passages[place] if place >= 0 else None

    def line_of(self, offset: int) -> int:
        passage = self.passage_at(offset)
        if passage is None:
            return self.note.line_of(offset)
        return passage.line + self.note.text.count("\n", passage.start, offset)


_Span: TypeAlias = tuple[int, int, Match]
_KINDS = frozenset(Kind)


def ground(
    note: Note, passages: Sequence[Passage], drafts: Drafts, engine: str, source: Source = "engine"
) -> Extraction:
    """Prove each draft against the note: signals in the order of the note, and what was refused with its reason."""
    about = _Note(note, passages)
    proven: list[Signal] = []
    rejected: list[Rejected] = []
    for draft in drafts.drafts:
        place = _locate(about, draft, source)
        if isinstance(place, Reason):
            rejected.append(Rejected(note_id=note.id, draft=draft, reason=place))
        else:
            proven.append(_signal(about, draft, place, source))
    merged = merge(proven)
    return Extraction(
        note_id=note.id,
        engine=engine,
        signals=merged,
        rejected=tuple(rejected),
        error=drafts.error,
        usage=drafts.usage,
    )


def _signal(about: _Note, draft: Draft, place: _Span, source: Source) -> Signal:
    start, end, match = place
    kind = Kind(draft.kind)
    passage = about.passage_at(start)
    return Signal(
        id=signal_id(about.note.id, kind, start, end),
        note_id=about.note.id,
        kind=kind,
        quote=about.note.text[start:end],
        start=start,
        end=end,
        line=about.line_of(start),
        speaker=passage.speaker if passage else None,
        side=passage.side if passage else "unknown",
        certainty=draft.certainty,
        confidence=draft.confidence,
        attributes=proven_attributes(kind, draft.attributes, about.words),
        match=match,
        review=match == "fuzzy",
        source=source,
    )


def signal_id(note_id: str, kind: Kind, start: int, end: int) -> str:
    """Return the id of a signal: the same statement in the same note has the same id in every run."""
    return hashlib.sha256(f"{note_id}\n{kind}\n{start}\n{end}".encode()).hexdigest()[:10]


def merge(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """Of signals of one kind whose spans overlap keep the surest (then the longest); in the order of the note."""
    kept: list[Signal] = []
    for signal in sorted(signals, key=lambda s: (s.review, -s.confidence, s.start - s.end, s.start)):
        if not any(k.kind == signal.kind and k.start < signal.end and signal.start < k.end for k in kept):
            kept.append(signal)
    return tuple(sorted(kept, key=lambda s: (s.start, s.end, s.kind)))


def _locate(about: _Note, draft: Draft, source: Source) -> _Span | Reason:
    """Return where the quote stands in the note and how it was found, or why it is refused."""
    if draft.kind not in _KINDS:
        return Reason.UNKNOWN_KIND
    quote = draft.quote.strip()
    if not words(quote):
        return Reason.EMPTY
    if draft.passage is not None and not 0 <= draft.passage < len(about.passages):
        return Reason.UNKNOWN_PASSAGE
    passage = None if draft.passage is None else about.passages[draft.passage]
    spans = _exact(about.note.text, quote, passage)
    match: Match = "exact"
    if not spans:
        spans, match = _through_fold(about, quote), "folded"
    if spans:
        near = draft.start if draft.start is not None else passage.start if passage else 0
        return _best_place(about.note.text, spans, match, near, source)
    return _fuzzy(about, quote, passage)


def _best_place(text: str, spans: list[tuple[int, int]], match: Match, near: int, source: Source) -> _Span | Reason:
    """Choose the whole-word place nearest to the named one; refuse one that leaves out a negation or hedge."""
    whole = [span for span in spans if not cuts_word(text, span[0]) and not cuts_word(text, span[1])]
    if not whole:
        return Reason.NOT_IN_NOTE
    refusal = Reason.NOT_IN_NOTE
    for start, end in sorted(whole, key=lambda span: (abs(span[0] - near), span[0])):
        lost = None if source == "label" else wording.left_out_before(text, start)
        if lost is None:
            return start, end, match
        refusal = lost
    return refusal


def _exact(text: str, quote: str, passage: Passage | None) -> list[tuple[int, int]]:
    """Return all places of the quote; only those within the named passage when it has any."""
    if passage is not None:
        inside = text.find(quote, passage.start, passage.end)
        if inside >= 0:
            return [(inside, inside + len(quote))]
    found = []
    at = text.find(quote)
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def _through_fold(about: _Note, quote: str) -> list[tuple[int, int]]:
    """Return the places that fold to the quote; outer quotation marks that the engine put around it may go."""
    spans = about.folded.find(Folded(quote))
    return spans or about.folded.find(Folded(quote.strip("\"'‘’“”„«»‹›` ")))


def _fuzzy(about: _Note, quote: str, passage: Passage | None) -> _Span | Reason:
    """Find nearly the same words inside the named passage, or say why nothing counts."""
    if passage is not None:
        window = wording.closest_window(quote, passage.text)
        if window is not None and window.share >= FUZZY_SHARE:
            matched = passage.text[window.start : window.end]
            differs = wording.difference(quote, matched)
            left_out = wording.left_out_before(about.note.text, passage.start + window.start)
            if differs or left_out:
                return differs or left_out or Reason.NOT_IN_NOTE
            return passage.start + window.start, passage.start + window.end, "fuzzy"
    return Reason.STITCHED if wording.is_stitched(quote, about.folded.text) else Reason.NOT_IN_NOTE
