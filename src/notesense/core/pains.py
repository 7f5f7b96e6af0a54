"""Pains, and the fires among them: what burns is put out before anything is explored.

The rule of a fire: about us (or not said about whom), told or told again at most `FIRE_DAYS` ago, last graded high or
told to support and not graded low, and not settled. Where later words were weighed, the newest word on the matter says
whether it is settled, and all tellings of one matter burn together. Where nothing was weighed, only later praise on
the same matter, with no complaint on it since, settles a pain; other later words are shown, for a person to judge.
"""

import datetime

from notesense.core.bearing import Effect
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.outcome import Outcome
from notesense.core.picture import Pain
from notesense.core.ports import Found
from notesense.core.threads import Threads
from notesense.core.vocabulary import Channel, Kind

FIRE_DAYS = 90
MOST_LATER = 4
"""Later words that are shown of a pain that is open, the newest."""

_SETTLED = "later praise on the same matter is taken to settle it"
_TO_JUDGE = "there are later words on it; judge by them whether it is settled"
_ABOUT = ("us", "other_supplier", "own_business")


def pains_of(history: History, threads: Threads) -> tuple[Pain, ...]:
    """Return the pains: fires first, then those about us, newest first."""
    told = history.of(Kind.PAIN_POINT)
    lines = [_weighed(history, found, threads) if history.compared else _by_words(history, found) for found in told]
    return tuple(
        sorted(lines, key=lambda one: (not one.fire, one.about != "us", one.age_days, one.note_id, one.source.start))
    )


def praise_after(history: History, found: Found, later: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the later praise on the matter that shares its words, where no later complaint on it is as new."""
    praise = tuple(history.cite(other) for other in history.later_signals(found, (Kind.PRAISE,)))
    complaints = history.complaints(later)
    return praise if praise and all(other.date < praise[-1].date for other in complaints) else ()


def words_on(history: History, later: tuple[Evidence, ...]) -> str:
    """Return what is to be said of later words that only share those of a statement."""
    if not later:
        return ""
    complaints = history.complaints(later)
    return f"; later words that share its own tell of {history.told_of(complaints)}" if complaints else f"; {_TO_JUDGE}"


def settling(threads: Threads, found: Found) -> tuple[Outcome, ...]:
    """Return the words that settle a matter, where the newest word on it does; else nothing."""
    last = threads.last_word(found)
    if last is None or last.effect is not Effect.SETTLES:
        return ()
    return tuple(one for one in threads.outcomes(found) if one.effect is Effect.SETTLES)


def _weighed(history: History, found: Found, threads: Threads) -> Pain:
    settled = settling(threads, found)
    unsettled = () if settled else threads.outcomes(found)
    last_told = max((found.date, *(one.words.date for one in unsettled if one.effect is not Effect.SETTLES)))
    tellings = threads.same(found)
    burning = not settled and _burns(history, tellings, last_told)
    words = tuple(one.words for one in settled or unsettled[-MOST_LATER:])
    again = f", told again on {last_told}" if last_told > found.date else ""
    age = f"told {history.age(found.date)} days ago{again}"
    if settled:
        told = f"Told {history.age(found.date)} days ago; words of {words[-1].date} show it settled."
    elif burning:
        told = f"Fire: {_grounds(tellings)}, {age}, and no later words settle it."
    else:
        told = f"{age[:1].upper()}{age[1:]}; no later words settle it."
    return _line(history, found, words, told).model_copy(
        update={
            "fire": burning,
            "status": "settled" if settled else "open",
            "settled": bool(settled),
            "last_told": last_told,
            "newest": tellings[-1] is found,
            "told_before": tuple(history.cite(one) for one in tellings[: tellings.index(found)]),
        }
    )


def _by_words(history: History, found: Found) -> Pain:
    later = history.later_sentences(found)
    praise = praise_after(history, found, later)
    burning = not praise and _burns(history, (found,), found.date)
    words = f"; {_SETTLED}" if praise else words_on(history, later)
    age = f"{history.age(found.date)} days ago"
    fire = f"Fire: {_grounds((found,))}, told {age}, and no later praise puts it out{words}."
    return _line(history, found, praise or later, fire if burning else f"Told {age}{words}.").model_copy(
        update={"fire": burning, "status": "settled" if praise else "open", "settled": bool(praise)}
    )


def _line(history: History, found: Found, words: tuple[Evidence, ...], told: str) -> Pain:
    source, attributes = history.cite(found), found.signal.attributes
    about = attributes.get("about")
    return Pain(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source, *words),
        area=attributes.get("area"),
        about=about if about in _ABOUT else "unknown",
        severity=attributes.get("severity"),
        date=found.date,
        age_days=history.age(found.date),
        last_told=found.date,
        told=told,
    )


def _burns(history: History, tellings: tuple[Found, ...], last_told: datetime.date) -> bool:
    """Tell whether a matter that is not settled burns, by all of its tellings."""
    about = {one.signal.attributes.get("about") for one in tellings}
    ours = "us" in about or about == {None}
    return ours and history.age(last_told) <= FIRE_DAYS and bool(_grounds(tellings))


def _grounds(tellings: tuple[Found, ...]) -> str:
    """Return why a matter is hot: as last graded, and by whom it was told; empty where it is not."""
    graded = [one.signal.attributes.get("severity") for one in tellings]
    severity = next((grade for grade in reversed(graded) if grade), None)
    if severity == "high":
        return "high severity"
    supported = any(one.channel == Channel.SUPPORT.value for one in tellings)
    return "told to support" if supported and severity != "low" else ""
