"""The words that everything shares: kinds of signal and channels of contact. Needs nothing, so it costs no time."""

from collections.abc import Iterable
from enum import StrEnum


class Kind(StrEnum):
    """What a signal is about. The first four are the core kinds. A team's trackers add kinds of their own names."""

    EXPECTATION = "expectation"
    PAIN_POINT = "pain_point"
    LEADERSHIP_CHANGE = "leadership_change"
    PRICE_VALUE = "price_value"
    COMMITMENT = "commitment"
    STALLED_ADOPTION = "stalled_adoption"
    COMPETITOR = "competitor"
    OPPORTUNITY = "opportunity"
    PRAISE = "praise"


CORE_KINDS = (Kind.EXPECTATION, Kind.PAIN_POINT, Kind.LEADERSHIP_CHANGE, Kind.PRICE_VALUE)

KINDS = frozenset(str(kind) for kind in Kind)
TRACKER_NAME = r"[a-z][a-z0-9_]*"
"""What the name of a tracker looks like, as a regular expression for the whole of it."""


def in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return each of these kinds once: the nine in the guide's order, then trackers by name."""
    given = set(kinds)
    return (*(kind for kind in Kind if kind in given), *sorted(given - KINDS))


class Channel(StrEnum):
    """How the interaction took place. `call` and `meeting` are live contact."""

    CALL = "call"
    MEETING = "meeting"
    EMAIL = "email"
    SUPPORT = "support"
    CHAT = "chat"
    MEMO = "memo"


LIVE_CHANNELS = frozenset({Channel.CALL, Channel.MEETING})
