"""Pains, and the fires among them: what burns is put out before anything is explored.

The rule of a fire: about us (or not said about whom), told at most `FIRE_DAYS` ago, of high severity or told to support
and not called a niggle, and not settled. Only later praise on the same matter, with no complaint on it since, settles
a pain; other later words are shown, for a person to judge.
"""

from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.picture import Pain, SupportIssue
from notesense.core.ports import Found
from notesense.core.vocabulary import Channel, Kind

FIRE_DAYS = 90
SUPPORT_OPEN_DAYS = 90

_SETTLED = "later praise on the same matter is taken to settle it"
_TO_JUDGE = "there are later words on it; judge by them whether it is settled"


def pains_of(history: History) -> tuple[Pain, ...]:
    """Return the pains: fires first, then those about us, newest first."""
    lines = [_pain(history, found) for found in history.of(Kind.PAIN_POINT)]
    return tuple(
        sorted(lines, key=lambda one: (not one.fire, one.about != "us", one.age_days, one.note_id, one.source.start))
    )


def support_of(history: History) -> tuple[SupportIssue, ...]:
    """Return the problems told in support notes, newest first."""
    issues = [_issue(history, found) for found in history.of(Kind.PAIN_POINT) if found.channel == Channel.SUPPORT.value]
    return tuple(sorted(issues, key=lambda one: (one.status != "open", one.age_days, one.note_id, one.source.start)))


def _settling(history: History, found: Found, later: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the later praise on the matter, where no later complaint on it is as new."""
    praise = tuple(history.cite(other) for other in history.later_signals(found, (Kind.PRAISE,)))
    complaints = history.complaints(later)
    return praise if praise and all(other.date < praise[-1].date for other in complaints) else ()


def _pain(history: History, found: Found) -> Pain:
    source, later = history.cite(found), history.later_sentences(found)
    praise = _settling(history, found, later)
    attributes, age = found.signal.attributes, history.age(found.date)
    about, severity = attributes.get("about"), attributes.get("severity")
    support = found.channel == Channel.SUPPORT.value and severity != "low"
    burning = about in (None, "us") and age <= FIRE_DAYS and (severity == "high" or support) and not praise
    words = f"; {_SETTLED}" if praise else _later(history, later)
    return Pain(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source, *(praise or later)),
        area=attributes.get("area"),
        about=about if about in ("us", "other_supplier", "own_business") else "unknown",
        severity=severity,
        date=found.date,
        age_days=age,
        fire=burning,
        settled=bool(praise),
        told=f"{_grounds(severity, age)}{words}." if burning else f"Told {age} days ago{words}.",
    )


def _grounds(severity: str | None, age: int) -> str:
    grounds = "high severity" if severity == "high" else "told to support"
    return f"Fire: {grounds}, told {age} days ago, and no later praise puts it out"


def _later(history: History, later: tuple[Evidence, ...]) -> str:
    if not later:
        return ""
    complaints = history.complaints(later)
    return f"; later words that share its own tell of {history.told_of(complaints)}" if complaints else f"; {_TO_JUDGE}"


def _issue(history: History, found: Found) -> SupportIssue:
    source, later, age = history.cite(found), history.later_sentences(found), history.age(found.date)
    praise, complaints = _settling(history, found, later), history.complaints(later)
    fresh, hint = age <= SUPPORT_OPEN_DAYS, history.hinted_later(found)
    if praise:
        words = f"; {_SETTLED}"
    elif later:
        words = _later(history, later)
    elif hint:
        words = f"; a note of {hint} shares a word with it: judge by that note whether it is settled"
    elif fresh:
        words = "; no later words on it were found"
    else:
        words = "; too long ago to call it open, and no later words on it were found"
    return SupportIssue(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source, *(praise or later)),
        date=found.date,
        age_days=age,
        status="open" if not praise and (complaints or (fresh and not (later or hint))) else "unclear",
        told=f"Told to support {age} days ago{words}.",
    )
