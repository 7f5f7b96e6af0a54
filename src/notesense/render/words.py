"""The words in which every renderer says the same thing: kinds, dates, counts, attributes, citations.

Takes values, gives plain strings; nothing here is safe to print until the renderer has made it so.
"""

import datetime

from notesense.core.evidence import Evidence
from notesense.core.signal import Signal
from notesense.core.vocabulary import Kind, Origin

_KINDS: dict[str, tuple[str, str]] = {
    Kind.EXPECTATION: ("expectation", "expectations"),
    Kind.PAIN_POINT: ("pain point", "pain points"),
    Kind.LEADERSHIP_CHANGE: ("leadership change", "leadership changes"),
    Kind.PRICE_VALUE: ("price or value", "price or value concerns"),
    Kind.COMMITMENT: ("commitment", "commitments"),
    Kind.STALLED_ADOPTION: ("stalled adoption", "signs of stalled adoption"),
    Kind.COMPETITOR: ("competitor", "competitor mentions"),
    Kind.OPPORTUNITY: ("opportunity", "opportunities"),
    Kind.PRAISE: ("praise", "words of praise"),
}
_ONE: dict[str, str] = {
    Kind.PRICE_VALUE: "price or value concern",
    Kind.STALLED_ADOPTION: "sign of stalled adoption",
    Kind.COMPETITOR: "competitor mention",
    Kind.PRAISE: "word of praise",
}
_CHANNELS = {"email": "e-mail", "support": "support", "memo": "memo"}
_ORIGINS = {
    Origin.REP_NOTE: "",
    Origin.VENDOR_SUMMARY: "vendor's summary",
    Origin.PLAN: "plan for the meeting",
    Origin.EMAIL: "e-mail",
    Origin.QUOTED: "quoted from before",
    Origin.CRM: "CRM entry",
}
_TELLING = {"email": Origin.EMAIL, "support": Origin.TICKET, "chat": Origin.CHAT}
"""The origin that goes without saying for words of a channel."""
_VALUES = {"rumored": "rumoured", "none_stated": "none stated", "us": "us"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def kind(name: str) -> str:
    """Return the label of a kind: `pain_point` is "pain point"."""
    return _KINDS[name][0] if name in _KINDS else plain(name)


def kinds(name: str) -> str:
    """Return the heading of several signals of a kind: "Pain points"."""
    label = _KINDS[name][1] if name in _KINDS else plain(name)
    return label[:1].upper() + label[1:]


def kind_count(name: str, number: int) -> str:
    """Return "3 pain points", "1 word of praise", and of a tracker "2 of data residency"."""
    if name not in _KINDS:
        return f"{number:,} of {plain(name)}"
    one, many = _KINDS[name]
    return count(number, _ONE.get(name, one), many)


def count(number: int, one: str, many: str = "") -> str:
    """Return the number with its noun: "1 note", "3 notes"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(value: datetime.date | None) -> str:
    """Return "12 Mar 2025"; a dash for None."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else "-"


def deadline(value: str | None) -> str:
    """Return an ISO date as "12 Mar 2025" and any other words as they are."""
    try:
        return day(datetime.date.fromisoformat(value)) if value else ""
    except ValueError:
        return value or ""


def channel(name: str) -> str:
    """Return the channel as people write it: `email` is "e-mail"."""
    return _CHANNELS.get(name, plain(name))


def plain(name: str) -> str:
    """Return a machine name in words: `unclear_return` is "unclear return"."""
    return _VALUES.get(name, name.replace("_", " "))


def attributes(signal: Signal) -> str:
    """Return what the signal states besides its quote, and what makes it uncertain: "severity: high, hedged"."""
    from_free = {"person", "role", "amount", "competitor", "what", "name", "topic_text"}
    stated = [
        f"{plain(name)}: {value if name in from_free else deadline(plain(value))}"
        for name, value in signal.attributes.items()
        if value and (name, value) != ("certainty", signal.certainty)
    ]
    if signal.certainty != "stated":
        stated.append(plain(signal.certainty))
    if signal.review:
        stated.append("please check the quote")
    return ", ".join(stated)


def source(name: str) -> str:
    """Return who vouches for a signal: "confirmed by you"; nothing for an engine's."""
    return {"engine": "", "label": "labelled"}.get(name, f"{name} by you")


def citation(
    date: datetime.date | None, channel_name: str, note_id: str, line: int | None, origin: Origin = Origin.REP_NOTE
) -> str:
    """Return where words stand: "12 Mar 2025, call, transcript, nordwind-03:14"; a rep's note says no origin."""
    place = f"{note_id}:{line}" if line else note_id
    whose = "" if _TELLING.get(channel_name) is origin else _ORIGINS.get(origin, plain(origin))
    return ", ".join(part for part in (day(date) if date else "", channel(channel_name), whose, place) if part)


def whose(origin: Origin) -> str:
    """Return whose words an origin's are: "vendor's summary"."""
    return _ORIGINS.get(origin) or plain(origin)


def cited(one: Evidence) -> str:
    """Return where words that a line rests on stand."""
    return citation(one.date, one.channel, one.note_id, one.line, one.origin)


def money(cost: float | None, unpriced: int = 0) -> str:
    """Return "US$0.0123"; "cost not known" for None, and "at least" before a sum that lacks something."""
    if cost is None:
        return "cost not known"
    least = "at least " if unpriced else ""
    return f"{least}US${cost:,.2f}" if cost >= 100 or not cost else f"{least}US${cost:,.4f}"


def capital(text: str) -> str:
    """Return the text with its first letter as a capital and the others as they are."""
    return text[:1].upper() + text[1:]


def listing(parts: list[str], joint: str = "and") -> str:
    """Return "a, b and c"."""
    return f" {joint} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def not_compared(number: int) -> str:
    """Return what is told of notes that are left to be compared with the others of their account."""
    return f"{count(number, 'note')}, when their account is next prepared"
