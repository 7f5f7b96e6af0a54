"""The words that everything shares: kinds of signal, channels, origins of words. Needs nothing, so it costs no time."""

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


class Origin(StrEnum):
    """Whose words a stretch of a note is made of, and how they came into it."""

    TRANSCRIPT = "transcript"
    """What was said, as a recording or a caption has it."""
    REP_NOTE = "rep_note"
    """What the rep wrote down of it: the usual note."""
    VENDOR_SUMMARY = "vendor_summary"
    """What a program made of a conversation: overview, key points, action items. Nobody said these words."""
    PLAN = "plan"
    """What the rep meant to do before the meeting; it may not have happened."""
    EMAIL = "email"
    """What somebody wrote in this mail."""
    QUOTED = "quoted"
    """Older words that a mail or entry carries along: its quoted history."""
    SIGNATURE = "signature"
    """What stands under every mail of its writer (name, numbers, legal notice), and what programs put into a mail."""
    TICKET = "ticket"
    """What a support ticket or case says."""
    CRM = "crm"
    """What somebody entered into a field of a CRM."""
    CHAT = "chat"
    """What somebody wrote in a chat."""


NO_TESTIMONY = frozenset({Origin.VENDOR_SUMMARY, Origin.PLAN, Origin.SIGNATURE})
"""Origins whose words are kept and found, but prove nothing: they never become a signal or evidence."""
