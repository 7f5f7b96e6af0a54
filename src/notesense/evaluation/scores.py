"""Counts pairs into precision, recall and F1: of each kind, over all (micro), over kinds (macro) and the core four.

Attributes are counted on matched pairs alone. Nothing found where nothing was to be found scores 0, never an error.
"""

from collections.abc import Iterable, Sequence

from pydantic import Field

from notesense.core.claims import Claim, outcome
from notesense.core.note import Value
from notesense.core.vocabulary import CORE_KINDS, Kind
from notesense.evaluation.matching import pair


class Counts(Value):
    """Pairs found, and how many there were on either side."""

    matched: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            matched=self.matched + other.matched,
            predicted=self.predicted + other.predicted,
            gold=self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Share of the predictions that are right."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the labels that were found."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.matched / (self.predicted + self.gold) if self.predicted + self.gold else 0.0


class FieldCounts(Value):
    """One attribute over matched pairs. A field that neither side states is not counted."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    """Labelled, but not predicted."""
    extra: int = 0
    """Predicted, but not labelled."""

    @property
    def accuracy(self) -> float:
        """Share of the right ones among all pairs in which either side states the field."""
        total = self.right + self.wrong + self.missing + self.extra
        return self.right / total if total else 0.0


class Scores(Value):
    """What a run over labelled notes came to."""

    kinds: dict[Kind, Counts]
    fields: dict[str, FieldCounts] = Field(default_factory=dict)
    """By `kind.field`, for example `commitment.due`."""

    @property
    def micro(self) -> Counts:
        """All kinds counted together."""
        return sum(self.kinds.values(), Counts())

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the nine kinds."""
        return _mean(self.kinds[kind].f1 for kind in Kind)

    @property
    def core_macro_f1(self) -> float:
        """Mean F1 of the four core kinds."""
        return _mean(self.kinds[kind].f1 for kind in CORE_KINDS)


def score(notes: Iterable[tuple[Sequence[Claim], Sequence[Claim]]]) -> Scores:
    """Return the scores over notes, each given as (predictions, labels)."""
    kinds = {kind: Counts() for kind in Kind}
    fields: dict[str, FieldCounts] = {}
    for predicted, gold in notes:
        pairs = pair(predicted, gold)
        for kind in Kind:
            kinds[kind] += Counts(
                matched=sum(gold[j].kind == kind for _, j in pairs),
                predicted=sum(claim.kind == kind for claim in predicted),
                gold=sum(claim.kind == kind for claim in gold),
            )
        for i, j in pairs:
            _count_fields(predicted[i], gold[j], fields)
    return Scores(kinds=kinds, fields=dict(sorted(fields.items())))


def _count_fields(predicted: Claim, gold: Claim, fields: dict[str, FieldCounts]) -> None:
    for field in sorted(predicted.attributes.keys() | gold.attributes.keys()):
        name = f"{gold.kind}.{field}"
        found = outcome(field, predicted.attributes, gold.attributes)
        old = fields.get(name, FieldCounts())
        fields[name] = old.model_copy(update={found: getattr(old, found) + 1})


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0
