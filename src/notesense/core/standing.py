"""How the account stands, by stated rules and with reasons; no percentages.

The rules are tried in this order, and the first that holds decides: unknown; at_risk by a fire; deja_vu, where later
words were compared; at_risk by its other signs; deja_vu by days alone, where nothing was compared; a_list; else steady.
What was settled, kept or put to use since is no sign.
"""

from collections.abc import Iterable
from typing import TypeVar

from notesense.core.evidence import Stated
from notesense.core.history import History
from notesense.core.people import is_told
from notesense.core.picture import Findings, Gap, Reason, Stalled, Standing, StandingType
from notesense.core.promises import PRESSING_DAYS, is_pressing
from notesense.core.vocabulary import LIVE_CHANNELS

LineT = TypeVar("LineT", bound=Stated)

RECENT_DAYS = 180
YEAR_DAYS = 365
LEAST_NOTES = 2
LEAST_SIGNALS = 3
DORMANT_DAYS = 60
LEAST_RECURRING = 2
MOST_SHOWN = 3
SURE = 0.8
"""A single fire of less confidence does not decide."""

RULES: dict[StandingType, str] = {
    "unknown": f"Fewer than {LEAST_NOTES} notes or {LEAST_SIGNALS} signals within {YEAR_DAYS} days.",
    "at_risk": (
        f"A fire burns, of confidence {SURE} or told beside another sign; or two of these signs, in different words: "
        f"within {RECENT_DAYS} days a price complaint, a rival, a problem about us, a "
        "decision maker who left and whom nobody is told to follow, or a change of owner; a promise of ours that is "
        f"past its day by at most {PRESSING_DAYS} days or on which later words complain."
    ),
    "deja_vu": (
        f"No fire, no rival within {RECENT_DAYS} days and nothing put to use: something of ours lies unused and was "
        f"told of on days at least {DORMANT_DAYS} days apart, and {LEAST_RECURRING} matters come back, all of it last "
        f"heard within {RECENT_DAYS} days. Where nothing was compared: things of ours lie unused, told of on days at "
        f"least {DORMANT_DAYS} days apart, and nothing is praised since."
    ),
    "a_list": (
        f"Within a year praise on two days and a need the customer voiced; within {RECENT_DAYS} days a call or "
        "meeting, no price complaint, no problem about us and nothing unused; no fire, and no promise of ours that is "
        f"past its day by at most {PRESSING_DAYS} days or on which later words complain."
    ),
    "steady": "None of the other rules holds.",
}


def standing_of(history: History, found: Findings) -> Standing:
    """Return how the account stands on what was found."""
    missing = _missing(history)
    if missing is not None:
        return Standing(type="unknown", rule=RULES["unknown"], missing=(missing,))
    judges: tuple[tuple[StandingType, tuple[Reason, ...]], ...] = (
        ("at_risk", _burning(history, found)),
        ("deja_vu", _again(history, found) if history.compared else ()),
        ("at_risk", _at_risk(history, found)),
        ("deja_vu", () if history.compared else _dormant(found)),
        ("a_list", _a_list(history, found)),
        ("steady", _steady(history, found)),
    )
    standing, reasons = next(judged for judged in judges if judged[1])
    return Standing(type=standing, rule=RULES[standing], reasons=reasons)


def _missing(history: History) -> Gap | None:
    notes = [note for note in history.notes if history.age(note.date) <= YEAR_DAYS]
    signals = [found for found in history.found if history.age(found.date) <= YEAR_DAYS]
    if len(notes) >= LEAST_NOTES and len(signals) >= LEAST_SIGNALS:
        return None
    text = f"The last {YEAR_DAYS} days hold {len(notes)} note(s) and {len(signals)} signal(s): too little to judge by."
    return Gap(code="thin", text=text)


def _burning(history: History, found: Findings) -> tuple[Reason, ...]:
    """Return the signs of risk where a fire burns that alone decides."""
    return _at_risk(history, found) if _sure_fire(history, found) else ()


def _at_risk(history: History, found: Findings) -> tuple[Reason, ...]:
    fires = _reason("What burns now", (pain for pain in found.pains if pain.fire))
    signs = [
        reason
        for reason in (
            _reason("Overdue promises of ours", _overdue(found)),
            _reason("Price held against value", _recent(history, found.price)),
            _reason("Rivals at the customer", _recent(history, found.competitors)),
            _reason("Problems about us", _troubles(history, found)),
            _reason("Decision makers or owners changed", _unsettling(history, found)),
        )
        if reason is not None
    ]
    reasons = (fires, *signs) if fires else tuple(signs)
    enough = _sure_fire(history, found) or (len(reasons) >= 2 and _different_words(reasons))
    return reasons if enough else ()


def _sure_fire(history: History, found: Findings) -> bool:
    sure = {one.signal.id for one in history.found if one.signal.confidence >= SURE}
    return any(pain.fire and pain.source.signal_id in sure for pain in found.pains)


def _different_words(reasons: Iterable[Reason]) -> bool:
    """Tell whether the reasons rest on two statements at least: one statement read in two ways is one sign."""
    told = [one for reason in reasons for one in reason.evidence]
    return any(not one.overlaps(told[0]) for one in told)


def _again(history: History, found: Findings) -> tuple[Reason, ...]:
    """Return what comes back again and again, where something of ours lies dormant and nothing moves on."""
    dormant = [line for line in _recent(history, found.stalled) if _long_told(line)]
    recurring = [line for line in found.recurring if history.age(line.occurrences[-1].date) <= RECENT_DAYS]
    moving = (
        *_recent(history, found.competitors),
        *(line for line in found.put_to_use if history.age(line.later[-1].date) <= RECENT_DAYS),
        *(line for line in found.pains if line.fire),
    )
    unused = _reason("Things of ours lie unused, told of again and again", dormant)
    if moving or unused is None or len(recurring) < LEAST_RECURRING:
        return ()
    words = tuple(dict.fromkeys(line.occurrences[-1].evidence[0] for line in recurring))
    return (unused, Reason(text="What is told again and again", evidence=words[:MOST_SHOWN]))


def _long_told(line: Stalled) -> bool:
    return any((line.date - one.date).days >= DORMANT_DAYS for one in line.told_before)


def _dormant(found: Findings) -> tuple[Reason, ...]:
    days = [line.date for line in found.stalled]
    if not days or (max(days) - min(days)).days < DORMANT_DAYS:
        return ()
    if any(line.date > min(days) for line in found.praise):
        return ()
    reason = _reason("Things of ours lie unused, told of again and again", found.stalled)
    return (reason,) if reason else ()  # pragma: no branch


def _a_list(history: History, found: Findings) -> tuple[Reason, ...]:
    against = (
        *_overdue(found),
        *(pain for pain in found.pains if pain.fire),
        *_recent(history, found.price),
        *_recent(history, found.stalled),
        *_troubles(history, found),
    )
    praise = _recent(history, found.praise, YEAR_DAYS)
    praised = _reason("What they praise", praise)
    ahead = _reason("What they look ahead to", _recent(history, found.opportunities, YEAR_DAYS))
    if against or not _talked(history) or len({line.date for line in praise}) < 2:
        return ()
    return (praised, ahead) if praised and ahead else ()


def _talked(history: History) -> bool:
    return any(note.channel in LIVE_CHANNELS and history.age(note.date) <= RECENT_DAYS for note in history.notes)


def _steady(history: History, found: Findings) -> tuple[Reason, ...]:
    """Return what there is on either side; an account with enough signals always has something."""
    sides = (
        _reason("What speaks for us", found.praise),
        _reason("What they look ahead to", found.opportunities),
        _reason("What speaks against us", (*_recent(history, found.price), *_recent(history, found.pains))),
    )
    told = tuple(reason for reason in sides if reason is not None)
    newest = tuple(history.cite(one) for one in history.found[-MOST_SHOWN:])
    return told or (Reason(text="Nothing weighs for or against; the newest statements", evidence=newest),)


def _reason(text: str, lines: Iterable[Stated]) -> Reason | None:
    sources = tuple(line.source for line in lines)
    return Reason(text=text, evidence=sources[:MOST_SHOWN]) if sources else None


def _recent(history: History, lines: Iterable[LineT], days: int = RECENT_DAYS) -> tuple[LineT, ...]:
    return tuple(line for line in lines if history.age(line.source.date) <= days)


def _overdue(found: Findings) -> tuple[Stated, ...]:
    return tuple(one for one in found.promises if one.owner == "us" and is_pressing(one))


def _troubles(history: History, found: Findings) -> tuple[Stated, ...]:
    return tuple(pain for pain in _recent(history, found.pains) if pain.about == "us" and not pain.settled)


def _unsettling(history: History, found: Findings) -> tuple[Stated, ...]:
    """Return changes of owner, struggles, and who left without a successor told of in the same words."""
    followed = {line.source.signal_id for line in found.people if line.change == "succession"}
    return tuple(
        person
        for person in _recent(history, found.people)
        if person.side == "customer"
        and is_told(person)
        and person.certainty != "rumored"
        and person.change in ("left", "acquisition", "power_struggle")
        and not (person.change == "left" and person.source.signal_id in followed)
    )
