"""What later words say about an earlier statement: that it was settled, failed, was replaced, or was told again.

A `Judge` weighs pairs of texts; what it found for an account is kept as `Bearing`s and read by the picture. Nothing
here concludes anything: which likelihood is enough for what, the modules that use it say.
"""

from enum import StrEnum

from pydantic import Field

from notesense.core.note import Value
from notesense.core.vocabulary import Kind


class Effect(StrEnum):
    """What later words do to an earlier statement."""

    SETTLES = "settles"
    """It was done, met, solved, put to use."""
    FAILS = "fails"
    """It was not: still waited for, missed, asked for again, come back."""
    REPLACES = "replaces"
    """It no longer holds as told: withdrawn, given up, agreed otherwise."""
    REPEATS = "repeats"
    """The same is told again in other words, and nothing of its outcome."""


BEARABLE: frozenset[Kind] = frozenset(
    {
        Kind.COMMITMENT,
        Kind.EXPECTATION,
        Kind.PAIN_POINT,
        Kind.STALLED_ADOPTION,
        Kind.PRICE_VALUE,
        Kind.OPPORTUNITY,
    }
)
"""The kinds of statement on which later words are looked for."""


class Pair(Value):
    """An earlier statement and words of a later note, as a judge reads them. `owner` is that of a commitment."""

    kind: str
    owner: str = ""
    earlier: str
    later: str


class Likelihoods(Value):
    """How likely each effect is, 0 to 1; what is left to 1 is the likelihood that the words have none on it."""

    settles: float = Field(ge=0, le=1)
    fails: float = Field(ge=0, le=1)
    replaces: float = Field(ge=0, le=1)
    repeats: float = Field(ge=0, le=1)

    def of(self, effect: Effect) -> float:
        """Return the likelihood of an effect."""
        likelihood: float = getattr(self, effect.value)
        return likelihood

    @property
    def likeliest(self) -> Effect:
        """The likeliest effect."""
        return max(Effect, key=self.of)

    @property
    def most(self) -> float:
        """The likelihood of the likeliest effect."""
        return max(self.settles, self.fails, self.replaces, self.repeats)

    @property
    def none(self) -> float:
        """The likelihood that the words say nothing about the statement."""
        return max(0.0, 1 - (self.settles + self.fails + self.replaces + self.repeats))


class Place(Value):
    """A stretch of a note: `note.text[start:end]`."""

    note_id: str
    start: int
    end: int


class Bearing(Value):
    """What later words were weighed to say about a statement. `likeness` is the cosine of both, -1 to 1."""

    statement: Place
    words: Place
    likelihoods: Likelihoods
    likeness: float = 0.0
