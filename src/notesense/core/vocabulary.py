"""The words that everything shares: kinds of signal and channels of contact. Needs nothing, so it costs no time."""

from enum import StrEnum


class Kind(StrEnum):
    """What a signal is about. The first four are the core kinds."""

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


class Channel(StrEnum):
    """How the interaction took place. `call` and `meeting` are live contact."""

    CALL = "call"
    MEETING = "meeting"
    EMAIL = "email"
    SUPPORT = "support"
    CHAT = "chat"
    MEMO = "memo"


LIVE_CHANNELS = frozenset({Channel.CALL, Channel.MEETING})
