"""Outcomes: what later words are taken to say about a statement, once a judge has weighed them.

Words that themselves complain do not settle what they are weighed against: "Ten nights without a guard" tells the
trouble anew, however like the end of it a judge finds it. A promise may be kept by words that complain of the result.
"""

from collections.abc import Iterable

from notesense.core.bearing import Effect, Likelihoods
from notesense.core.evidence import Evidence
from notesense.core.note import Value
from notesense.core.ports import Found
from notesense.core.vocabulary import Kind

LEAST_LIKELY = 0.4
"""The likelihood from which on later words are taken to have an effect, where it is also their likeliest."""

_TROUBLE = frozenset({Kind.PAIN_POINT, Kind.STALLED_ADOPTION, Kind.PRICE_VALUE})
_CURED_IN_PEACE = _TROUBLE | {Kind.EXPECTATION}
"""The kinds of statement that words of trouble do not settle."""


class Outcome(Value):
    """Later words on a statement, with their effect and its likelihood."""

    effect: Effect
    likelihood: float
    words: Evidence


def is_likely(likelihoods: Likelihoods) -> bool:
    """Tell whether words have an effect: the likeliest is likely enough."""
    return likelihoods.most >= LEAST_LIKELY


def outcome_of(kind: str, likelihoods: Likelihoods, words: Evidence, carried: Iterable[Found]) -> Outcome:
    """Return what words that have an effect say about a statement of this kind; `carried` are the signals on them."""
    effect, likelihood = likelihoods.likeliest, likelihoods.most
    if effect is Effect.SETTLES and kind in _CURED_IN_PEACE and any(map(_is_trouble, carried)):
        effect = Effect.FAILS
    return Outcome(effect=effect, likelihood=likelihood, words=words)


def _is_trouble(found: Found) -> bool:
    return found.signal.kind in _TROUBLE and found.signal.attributes.get("about") != "other_supplier"
