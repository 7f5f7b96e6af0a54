"""What an engine claims (Draft) and what has been proven against the note (Signal), or refused (Rejected).

Only `notesense.core.grounding` turns a Draft into a Signal, so every Signal's quote is a slice of its note.
"""

from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from notesense.core.note import Side, Value
from notesense.core.vocabulary import TRACKER_NAME, Kind, Origin

TrackerName: TypeAlias = Annotated[str, StringConstraints(pattern=rf"^{TRACKER_NAME}$")]
SignalKind: TypeAlias = Annotated[Kind | TrackerName, Field(union_mode="left_to_right")]
"""One of the nine kinds, or the name of a tracker, whether it still stands in the team's file or not."""
Certainty: TypeAlias = Literal["stated", "hedged", "rumored"]
Match: TypeAlias = Literal["exact", "folded", "fuzzy"]
Source: TypeAlias = Literal["engine", "label", "confirmed", "corrected", "added"]

OWN_SOURCES: frozenset[Source] = frozenset({"confirmed", "corrected", "added"})
"""Sources of the signals that the rep spoke for: no engine and no label changes them."""
LABELS = "labels"
"""The name that stands in the place of an engine's where a person's labels became the signals."""
SOME_LABELS = "some labels"
"""The same for a note that came with none, or not with all of its labels."""


class Draft(Value):
    """An engine's claim: this passage carries a signal of this kind, in these words. Nothing in it is trusted yet."""

    kind: str
    quote: str
    passage: int | None = None
    start: int | None = None
    """Where the quote is said to begin in the note; only chooses between several places that hold it."""
    attributes: dict[str, str] = Field(default_factory=dict)
    certainty: Certainty = "stated"
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)


class Signal(Value):
    """A proven statement: `quote` is `note.text[start:end]`, cut out of the note by grounding.

    `review` asks for a person's look: the match was fuzzy. `source` is `label` for signals that came as a person's
    labels with the note, and `confirmed`, `corrected` or `added` for those that the rep spoke for. `origin` is that of
    the passage in which it begins.
    """

    id: str
    note_id: str
    kind: SignalKind
    quote: str
    start: int
    end: int
    line: int
    speaker: str | None = None
    side: Side = "unknown"
    certainty: Certainty = "stated"
    confidence: float = 1.0
    attributes: dict[str, str] = Field(default_factory=dict)
    match: Match = "exact"
    review: bool = False
    source: Source = "engine"
    origin: Origin = Origin.REP_NOTE

    def as_draft(self) -> Draft:
        """Return the claim that this signal proves."""
        return Draft(
            kind=str(self.kind),
            quote=self.quote,
            start=self.start,
            attributes=self.attributes,
            certainty=self.certainty,
            confidence=self.confidence,
        )


class Reason(StrEnum):
    """Why a draft was refused."""

    EMPTY = "empty quote"
    UNKNOWN_KIND = "unknown kind"
    UNKNOWN_PASSAGE = "unknown passage"
    NOT_IN_NOTE = "not in the note"
    STITCHED = "stitched from separate places"
    NEGATION = "negation differs"
    NUMBER = "number differs"
    NAME = "name differs"
    MODAL = "hedge or modal word differs"
    OTHER_PASSAGE = "stands in another passage"
    FAULTY = "not of the form asked for"
    REPEATED = "claimed twice"
    TOO_MANY = "too many for one passage"
    NO_TESTIMONY = "stands in a summary, plan or signature"
    TOLD_BEFORE = "quoted from an older note"
    REFUTED = "refuted by the model's second look"


OF_OTHER_THAN_WORDS = frozenset(
    {Reason.NO_TESTIMONY, Reason.TOLD_BEFORE, Reason.REPEATED, Reason.TOO_MANY, Reason.REFUTED}
)
"""Reasons that say nothing against the words of a draft."""


class Rejected(Value):
    """A refused draft, kept so that it can be counted and shown. Its quote is the engine's claim, not the note's."""

    note_id: str
    draft: Draft
    reason: Reason


class Usage(Value):
    """What an engine's work cost: zero for engines that run here.

    `cached_tokens` are those of the input tokens that the provider had ready from before. `cost_usd` is None where the
    price is not known; it is never guessed.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float | None = 0.0
    seconds: float = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        """Return both together; what they cost is unknown where that of one is."""
        known = self.cost_usd is not None and other.cost_usd is not None
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            cost_usd=(self.cost_usd or 0.0) + (other.cost_usd or 0.0) if known else None,
            seconds=self.seconds + other.seconds,
        )


class Drafts(Value):
    """An engine's answer for one note. `error` says why the note failed, in whole or in part, or is None.

    `rejected` are claims that never reach grounding: they lacked the form, or the engine took them back. `engine` names
    who read the note where that is not the engine that was asked.
    """

    note_id: str
    engine: str | None = None
    drafts: tuple[Draft, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    error: str | None = None
    usage: Usage = Usage()
    language: str = ""
    """The language, as ISO 639 code, that the engine was not trained for and a good part of the note is in."""


class Extraction(Value):
    """The grounded result for one note: what was proven and what was refused, by which engine.

    With `error` and signals, a part of the note was read and another was not.
    """

    note_id: str
    engine: str
    signals: tuple[Signal, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    error: str | None = None
    usage: Usage = Usage()
    trackers: str = ""
    """The mark of the team's trackers for which the note was read besides, or empty."""
    language: str = ""
    """The language, as ISO 639 code, that the engine was not trained for and a good part of the note is in."""
