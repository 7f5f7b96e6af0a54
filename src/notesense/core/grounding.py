"""The only way from an engine's Draft to a Signal: the quote is looked up in the note and cut out of it again.

Exact match first; then through a map that folds Unicode form, case, spaces, quotes and dashes; both must touch the
passage that is named, if one is. A fuzzy match counts only inside that passage and only where nothing but spelling and
articles differs, and is marked `review`, as is a quote whose sentence says more that bears on it. All else is Rejected,
with the reason, and so is what an engine quotes from where nobody testifies: summaries, plans, signatures, and what a
mail carries along from an older note. Signals are merged by (kind, overlapping span), never across kinds.
"""

import hashlib
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from notesense.core import wording
from notesense.core.folding import Folded, cuts_word, words
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.proof import Evidence, proven_attributes
from notesense.core.signal import Draft, Drafts, Extraction, Match, Reason, Rejected, Signal, Source
from notesense.core.vocabulary import KINDS, NO_TESTIMONY, Origin


class _Note:
    """A note with what is worth computing once for all its drafts."""

    def __init__(self, note: Note, passages: Sequence[Passage], retold: Collection[int] = ()) -> None:
        self.note = note
        self.passages = passages
        self._retold = retold
        self._starts = [passage.start for passage in passages]
        self._folded: Folded | None = None
        self._evidence: Evidence | None = None

    @property
    def folded(self) -> Folded:
        if self._folded is None:
            self._folded = Folded(self.note.text)
        return self._folded

    @property
    def evidence(self) -> Evidence:
        if self._evidence is None:
            self._evidence = Evidence([self.folded, Folded(self.note.title), Folded(self.note.account)])
        return self._evidence

    def passage_at(self, offset: int) -> Passage | None:
        """Return the passage that holds this offset, else the one before it."""
        place = bisect_right(self._starts, offset) - 1
        return self.passages[place] if place >= 0 else None

    def void(self, start: int, end: int) -> Reason | None:
        """Return why most of the words that stand there prove nothing, or None where they do."""
        shares: dict[Reason | None, int] = defaultdict(int)
        for passage in self.passages[max(bisect_right(self._starts, start) - 1, 0) :]:
            if passage.start >= end:
                break
            shares[self._why_void(passage)] += max(0, min(end, passage.end) - max(start, passage.start))
        void = sum(share for why, share in shares.items() if why is not None)
        return max(shares.keys() - {None}, key=lambda why: shares[why]) if void > shares[None] else None

    def _why_void(self, passage: Passage) -> Reason | None:
        if passage.origin in NO_TESTIMONY:
            return Reason.NO_TESTIMONY
        return Reason.TOLD_BEFORE if passage.ordinal in self._retold else None

    def line_of(self, offset: int) -> int:
        passage = self.passage_at(offset)
        if passage is None:
            return self.note.line_of(offset)
        return passage.line + self.note.text.count("\n", passage.start, offset)


_Span: TypeAlias = tuple[int, int]
_Place: TypeAlias = tuple[int, int, Match, bool]
"""Where the quote stands, how it was found, and whether a person should look at it."""
_NEAREST = 100
"""How many places of one quote are looked at, so that a note which repeats it endlessly stays quick."""


def ground(
    note: Note,
    passages: Sequence[Passage],
    drafts: Drafts,
    engine: str,
    source: Source = "engine",
    trackers: Collection[str] = (),
    retold: Collection[int] = (),
) -> Extraction:
    """Prove each draft against the note: signals in the order of the note, and what was refused with its reason.

    `trackers` are the names of a team's own kinds, which hold beside the nine. `retold` are the ordinals of passages
    whose words a mail carries along from an older note.
    """
    about = _Note(note, passages, retold)
    proven: list[Signal] = []
    rejected: list[Rejected] = list(drafts.rejected)
    for draft in drafts.drafts:
        known = draft.kind in KINDS or draft.kind in trackers
        place = _locate(about, draft, source) if known else Reason.UNKNOWN_KIND
        if isinstance(place, Reason):
            rejected.append(Rejected(note_id=note.id, draft=draft, reason=place))
        else:
            proven.append(_signal(about, draft, place, source))
    merged = merge(proven)
    return Extraction(
        note_id=note.id,
        engine=drafts.engine or engine,
        signals=merged,
        rejected=tuple(rejected),
        error=drafts.error,
        usage=drafts.usage,
        language=drafts.language,
    )


def _signal(about: _Note, draft: Draft, place: _Place, source: Source) -> Signal:
    start, end, match, review = place
    passage = about.passage_at(start)
    return Signal(
        id=signal_id(about.note.id, draft.kind, start, end),
        note_id=about.note.id,
        kind=draft.kind,
        quote=about.note.text[start:end],
        start=start,
        end=end,
        line=about.line_of(start),
        speaker=passage.speaker if passage else None,
        side=passage.side if passage else "unknown",
        certainty=draft.certainty,
        confidence=draft.confidence,
        attributes=proven_attributes(draft.kind, draft.attributes, about.evidence),
        match=match,
        review=review,
        source=source,
        origin=passage.origin if passage else Origin.REP_NOTE,
    )


def signal_id(note_id: str, kind: str, start: int, end: int) -> str:
    """Return the id of a signal: the same statement in the same note has the same id in every run."""
    return hashlib.sha256(f"{note_id}\n{kind}\n{start}\n{end}".encode()).hexdigest()[:10]


def merge(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """Of signals of one kind whose spans overlap keep the surest (then the longest); in the order of the note."""
    kept: list[Signal] = []
    taken: dict[str, list[_Span]] = defaultdict(list)
    for signal in sorted(signals, key=lambda s: (s.review, -s.confidence, s.start - s.end, s.start)):
        spans = taken[signal.kind]
        # Kept spans never overlap, so only the last one that begins before this signal's end can reach into it.
        before = bisect_right(spans, (signal.end,)) - 1
        if before < 0 or spans[before][1] <= signal.start:
            insort(spans, (signal.start, signal.end))
            kept.append(signal)
    return tuple(sorted(kept, key=lambda s: (s.start, s.end, s.kind)))


def _locate(about: _Note, draft: Draft, source: Source) -> _Place | Reason:
    """Return where the quote stands in the note and how it was found, or why it is refused."""
    quote = draft.quote.strip()
    if not words(quote):
        return Reason.EMPTY
    if draft.passage is not None and not 0 <= draft.passage < len(about.passages):
        return Reason.UNKNOWN_PASSAGE
    passage = None if draft.passage is None else about.passages[draft.passage]
    match: Match = "exact"
    spans = _places(about.note.text, quote, 0, len(about.note.text))
    if not spans:
        spans, match = _through_fold(about, quote), "folded"
    if spans and passage is not None:
        spans = [(start, end) for start, end in spans if start < passage.end and end > passage.start]
        if not spans:
            return Reason.OTHER_PASSAGE
    if not spans and passage is not None:
        similar = wording.similar_slice(quote, passage.text)
        if isinstance(similar, Reason):
            return similar
        if similar is not None:
            spans, match = [(passage.start + similar[0], passage.start + similar[1])], "fuzzy"
    if not spans:
        return Reason.STITCHED if wording.is_stitched(quote, about.folded.text) else Reason.NOT_IN_NOTE
    near = draft.start if draft.start is not None else passage.start if passage else 0
    return _best_place(about, spans, match, near, source)


def _best_place(about: _Note, spans: list[_Span], match: Match, near: int, source: Source) -> _Place | Reason:
    """Choose the whole-word place nearest to the named one.

    Refuse one that leaves out a negation or hedge, or where nobody testifies, unless a person named it.
    """
    text = about.note.text
    refusal = Reason.NOT_IN_NOTE
    for start, end in sorted(spans, key=lambda span: (abs(span[0] - near), span[0]))[:_NEAREST]:
        if cuts_word(text, start) or cuts_word(text, end):
            continue
        if source != "engine":
            return start, end, match, match == "fuzzy"
        if void := about.void(start, end):
            refusal = void
            continue
        lost = wording.left_out_before(text, start)
        if lost is None:
            return start, end, match, match == "fuzzy" or wording.bears_on(text, start, end)
        refusal = lost
    return refusal


def places_of(note: Note, quote: str) -> tuple[tuple[int, int], ...]:
    """Return the slices of the note that hold the quote in whole words, exactly or through the fold; in order."""
    wanted = quote.strip()
    spans = {*_places(note.text, wanted, 0, len(note.text)), *_through_fold(_Note(note, ()), wanted)}
    return tuple(sorted(s for s in spans if not (cuts_word(note.text, s[0]) or cuts_word(note.text, s[1]))))


def _places(text: str, quote: str, start: int, end: int) -> list[_Span]:
    found = []
    at = text.find(quote, start, end)
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1, end)
    return found


def _through_fold(about: _Note, quote: str) -> list[_Span]:
    """Return the places that fold to the quote; outer quotation marks that the engine put around it may go."""
    spans = about.folded.find(Folded(quote))
    return spans or about.folded.find(Folded(quote.strip("\"'‘’“”„«»‹›` ")))
