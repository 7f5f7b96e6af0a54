"""The nine kinds of signal and the attributes of each, after the annotation guide.

An attribute that the note does not state is None and is left out of every output.
"""

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from notesense.core.vocabulary import KINDS, Kind


class Attributes(BaseModel):
    """Base of the nine attribute sets. `enumerations` names the fields that hold one of a fixed list of values."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    enumerations: ClassVar[frozenset[str]] = frozenset()


class ExpectationAttributes(Attributes):
    """`deadline` is an ISO date or the note's own words."""

    enumerations = frozenset({"topic"})
    topic: (
        Literal["delivery", "support", "product", "communication", "commercial", "security", "training", "other"] | None
    ) = None
    deadline: str | None = None


class PainPointAttributes(Attributes):
    """`about` says whose fault or field it is: ours, another supplier's, the customer's own business."""

    enumerations = frozenset({"area", "about", "severity"})
    area: (
        Literal["delivery", "communication", "execution", "quality", "product", "support", "process", "people", "other"]
        | None
    ) = None
    about: Literal["us", "other_supplier", "own_business"] | None = None
    severity: Literal["low", "medium", "high"] | None = None


class LeadershipChangeAttributes(Attributes):
    """`person` takes the chair, else leaves it; `effective` is an ISO date or the note's own words."""

    enumerations = frozenset({"change", "certainty"})
    change: (
        Literal[
            "joined",
            "left",
            "promoted",
            "role_change",
            "reorganisation",
            "acquisition",
            "succession",
            "power_struggle",
        ]
        | None
    ) = None
    person: str | None = None
    role: str | None = None
    effective: str | None = None
    certainty: Literal["rumored", "announced", "effective"] | None = None


class PriceValueAttributes(Attributes):
    """`value_gap` is the lack of value that the note gives as the reason."""

    enumerations = frozenset({"value_gap"})
    value_gap: (
        Literal[
            "delivery",
            "communication",
            "execution",
            "quality",
            "unused",
            "unclear_return",
            "competitor",
            "none_stated",
        ]
        | None
    ) = None
    amount: str | None = None
    competitor: str | None = None


class CommitmentAttributes(Attributes):
    """`owner` is the side that promised; `due` is an ISO date or the note's own words."""

    enumerations = frozenset({"owner"})
    owner: Literal["us", "customer"] | None = None
    person: str | None = None
    due: str | None = None


class StalledAdoptionAttributes(Attributes):
    """`what` lies unused."""

    what: str | None = None


class CompetitorAttributes(Attributes):
    """`name` of the rival, where the note gives one."""

    name: str | None = None


class OpportunityAttributes(Attributes):
    """`topic` of the new need or project."""

    topic: str | None = None


class PraiseAttributes(Attributes):
    """`topic` of the praise: what worked."""

    topic: str | None = None


ATTRIBUTES: dict[Kind, type[Attributes]] = {
    Kind.EXPECTATION: ExpectationAttributes,
    Kind.PAIN_POINT: PainPointAttributes,
    Kind.LEADERSHIP_CHANGE: LeadershipChangeAttributes,
    Kind.PRICE_VALUE: PriceValueAttributes,
    Kind.COMMITMENT: CommitmentAttributes,
    Kind.STALLED_ADOPTION: StalledAdoptionAttributes,
    Kind.COMPETITOR: CompetitorAttributes,
    Kind.OPPORTUNITY: OpportunityAttributes,
    Kind.PRAISE: PraiseAttributes,
}


def shape_of(kind: str) -> type[Attributes]:
    """Return the attribute set of a kind; that of a tracker has no fields."""
    return ATTRIBUTES[Kind(kind)] if kind in KINDS else Attributes
