"""Matters: what in an account's picture gives rise to something to raise, with its evidence and template values.

Nothing is worded here; the playbook words it. What is older than `OLD_DAYS` is left to the briefing and gives no
matter, except a stale expectation and something that still lies unused.
"""

import datetime
from collections.abc import Iterator, Sequence

from notesense.core.due import iso_day
from notesense.core.evidence import Evidence, cite_slice
from notesense.core.history import History
from notesense.core.matter import MOST_RANK, Matter, day_only, day_or_words, fresh, matter_of, spoken_day
from notesense.core.note import Note
from notesense.core.people import is_told
from notesense.core.picture import AccountPicture, Expectation, Pain, Person, Price, Promise
from notesense.core.playbook import Trigger
from notesense.core.promises import PRESSING_DAYS, is_pressing
from notesense.core.returning import over_time, refusal
from notesense.core.spellings import is_among
from notesense.core.unknowns import single_source
from notesense.core.vocabulary import LIVE_CHANNELS
from notesense.core.words import as_title, content_stems, sentences

OLD_DAYS = 365
PAIN_DAYS = 180
"""A problem about us that is no fire and older than this is left to the briefing."""
PASSED_DAYS = 120
MOST_CHANGES = 3
NEW_DAYS = 120
"""Somebody who took a role within so many days is new in it."""
DUE_DAYS = 14
RENEWAL_NEAR_DAYS = 120

_PRICE = {
    "delivery": Trigger.PRICE_DELIVERY,
    "communication": Trigger.PRICE_COMMUNICATION,
    "execution": Trigger.PRICE_EXECUTION,
    "quality": Trigger.PRICE_QUALITY,
    "unused": Trigger.PRICE_UNUSED,
    "unclear_return": Trigger.PRICE_UNCLEAR_RETURN,
    "competitor": Trigger.PRICE_COMPETITOR,
    "budget": Trigger.PRICE_BUDGET,
    "new_decider": Trigger.PRICE_NEW_DECIDER,
}
_BROKEN = frozenset({Trigger.PROMISE_ASKED_US, Trigger.PROMISE_OVERDUE_US, Trigger.PROMISE_OVERDUE_CUSTOMER})


def is_recent(history: History, day: datetime.date) -> bool:
    """Tell whether something was told within a year of the last call or meeting, or of today where there was none."""
    return ((history.last_live or history.as_of) - day).days <= OLD_DAYS


def matters_of(history: History, picture: AccountPicture, present: Sequence[str] = ()) -> tuple[Matter, ...]:
    """Return all matters of an account, in no particular order of weight; `present` is who will be there."""
    return (
        *_promises(history, picture),
        *_pains(history, picture),
        *_people(history, picture, present),
        *_price(history, picture),
        *_expectations(history, picture),
        *_others(history, picture),
        *_contact(history, picture),
        *over_time(history, picture),
        *single_source(history, picture),
    )


def _promises(history: History, picture: AccountPicture) -> Iterator[Matter]:
    recent = [line for line in picture.promises if is_recent(history, line.made)]
    raised = [(line, trigger) for line in recent if (trigger := _promise_trigger(history, line))]
    for line, trigger, others in _once(raised):
        rank = min(4, (line.days_overdue or 0) // 14)
        due = (day_only if line.status == "overdue" else day_or_words)(history, line.due)
        matter = matter_of(history, line, trigger, rank, due=due, person=line.person)
        yield matter.model_copy(update={"evidence": (*matter.evidence, *others)})


def _once(promises: list[tuple[Promise, Trigger]]) -> list[tuple[Promise, Trigger, tuple[Evidence, ...]]]:
    """Raise a promise made again once, a broken one first, else the newest; the other tellings become its evidence."""
    left = sorted(promises, key=lambda one: (one[1] not in _BROKEN, -one[0].made.toordinal()))
    kept = []
    while left:
        line, trigger = left[0]
        same = [other for other, _ in left[1:] if _told_again(line, other) or _told_again(other, line)]
        unknown = (other.source for other in same if other.source not in line.evidence)
        kept.append((line, trigger, tuple(unknown)))
        left = [one for one in left[1:] if one[0] not in same]
    return kept


def _told_again(earlier: Promise, later: Promise) -> bool:
    return any(one.signal_id == later.source.signal_id for one in earlier.later)


def _promise_trigger(history: History, line: Promise) -> Trigger | None:
    if _talked_over(history, line):
        return None
    if line.hung_on and line.status in ("open", "overdue"):
        return Trigger.PROMISE_ORPHANED
    if line.owner == "us" and line.status == "overdue" and _asked_again(history, line):
        return Trigger.PROMISE_ASKED_US
    if line.owner == "us" and line.status == "overdue" and not is_pressing(line):
        return Trigger.PROMISE_UNCLEAR_US
    triggers = {
        ("us", "overdue"): Trigger.PROMISE_OVERDUE_US,
        ("us", "open"): Trigger.PROMISE_OPEN_US,
        ("us", "unclear"): Trigger.PROMISE_UNCLEAR_US,
        ("customer", "overdue"): Trigger.PROMISE_OVERDUE_CUSTOMER,
        ("customer", "open"): Trigger.PROMISE_OPEN_CUSTOMER,
    }
    return triggers.get((line.owner, line.status))


def _asked_again(history: History, line: Promise) -> bool:
    """Tell whether later words were weighed to ask for the promise again, or to miss it."""
    return history.compared and bool(line.later)


def _talked_over(history: History, line: Promise) -> bool:
    """Tell whether an unclear promise is left to the briefing: last praised, or long past and talked of in peace."""
    if line.status != "unclear" or not line.later:
        return False
    past = history.age(line.made) if line.days_overdue is None else line.days_overdue
    return history.is_praise(line.later[-1]) or past > PRESSING_DAYS


def _pains(history: History, picture: AccountPicture) -> Iterator[Matter]:
    open_cases = {issue.source.signal_id for issue in picture.support if issue.status == "open"}
    for line in picture.pains:
        if line.age_days <= OLD_DAYS and not line.settled and line.newest:
            weight = {"high": 4, "medium": 1, "low": -2}.get(line.severity or "", 0)
            trigger = _pain_trigger(line, open_cases)
            if trigger is not Trigger.PAIN_US or line.age_days <= PAIN_DAYS:
                area = None if line.area == "other" else line.area
                matter = matter_of(history, line, trigger, fresh(line.age_days) + weight, area=area)
                key = line.area if trigger is Trigger.PAIN_US else None
                yield matter.model_copy(update={"key": key, "evidence": (*matter.evidence, *line.told_before)})


def _pain_trigger(line: Pain, open_cases: set[str | None]) -> Trigger:
    if line.fire:
        return Trigger.FIRE
    if line.about == "own_business":
        return Trigger.PAIN_BUSINESS
    if line.about == "other_supplier":
        return Trigger.PAIN_OTHER_SUPPLIER
    if line.source.signal_id in open_cases:
        return Trigger.SUPPORT_OPEN
    return Trigger.PAIN_US if line.about == "us" else Trigger.PAIN_BUSINESS


def _people(history: History, picture: AccountPicture, present: Sequence[str]) -> Iterator[Matter]:
    coming = {line.source.signal_id for line in picture.people if line.change == "succession"}
    for line in picture.people:
        told = is_told(line) and not (line.change == "left" and line.source.signal_id in coming)
        theirs = line.side == "customer" and history.age(line.date) <= OLD_DAYS
        if told and theirs and not _met_since(history, line, present):
            matter = matter_of(
                history,
                line,
                _person_trigger(line),
                fresh(history.age(line.date)),
                person=line.person,
                role=as_title(line.role),
                effective=day_only(history, line.effective),
            )
            yield matter.model_copy(update={"evidence": (*matter.evidence, *line.orphaned)})


def _met_since(history: History, line: Person, present: Sequence[str]) -> bool:
    """Tell whether a change that has long taken place is known: a later call or meeting names the person.

    One who will be there and is new is asked nevertheless: having met is not having heard their goals.
    """
    day = iso_day(line.effective)
    if line.person and is_among(line.person, present) and history.age(day or line.date) <= NEW_DAYS:
        return False
    settled = line.change != "left" and line.person is not None and (day or line.date) < history.as_of
    return settled and history.named_live_since(day or line.date, line.person or "")


def _person_trigger(line: Person) -> Trigger:
    """A power struggle is as delicate as a rumour, however sure it is."""
    if line.certainty == "rumored" or line.change == "power_struggle":
        return Trigger.LEADERSHIP_RUMORED
    if line.change == "left":
        return Trigger.LEADERSHIP_LEFT
    if line.certainty == "effective":
        return Trigger.LEADERSHIP_DUE if line.unconfirmed else Trigger.LEADERSHIP_EFFECTIVE
    return Trigger.LEADERSHIP_ANNOUNCED


def _price(history: History, picture: AccountPicture) -> Iterator[Matter]:
    for line in picture.price:
        age = history.age(line.date)
        if age <= OLD_DAYS:
            trigger, causes = _price_trigger(line)
            matter = matter_of(history, line, trigger, fresh(age))
            told = [matter.evidence[0], *(one for one in causes if one != matter.evidence[0])]
            values = {name: matter.values[name] for name in ("account", "date", "days")}
            yield matter.model_copy(update={"evidence": tuple(told[:4]), "values": values})


def _price_trigger(line: Price) -> tuple[Trigger, tuple[Evidence, ...]]:
    if not line.causes:
        return Trigger.PRICE_NONE_STATED, ()
    return _PRICE[line.causes[0].cause], line.causes[0].evidence


def _expectations(history: History, picture: AccountPicture) -> Iterator[Matter]:
    for line in picture.expectations:
        trigger = _expectation_trigger(line, history.as_of, picture.meeting)
        if trigger is None or not line.newest:
            continue
        stale = trigger is Trigger.EXPECTATION_STALE
        rank = min(MOST_RANK, line.age_days // 90) if stale else fresh(line.age_days)
        yield matter_of(history, line, trigger, rank, deadline=day_only(history, line.deadline))


def _expectation_trigger(line: Expectation, as_of: datetime.date, meeting: datetime.date | None) -> Trigger | None:
    """A day that passed long ago is history: neither to be asked about nor an assumption we still work to."""
    if line.status in ("met", "changed"):
        return None
    day = iso_day(line.deadline)
    if day is not None and line.deadline_passed:
        return Trigger.EXPECTATION_PASSED if (as_of - day).days <= PASSED_DAYS else None
    if day is not None and ((day - as_of).days <= DUE_DAYS or (meeting is not None and day <= meeting)):
        return Trigger.EXPECTATION_DUE
    return Trigger.EXPECTATION_STALE if line.status == "stale" else Trigger.EXPECTATION_CURRENT


def _others(history: History, picture: AccountPicture) -> Iterator[Matter]:
    for unused in picture.stalled:
        matter = matter_of(history, unused, Trigger.STALLED, fresh(unused.age_days), what=unused.what)
        yield matter.model_copy(
            update={
                "key": unused.what and unused.what.casefold(),
                "evidence": (*matter.evidence, *unused.told_before),
            }
        )
    for rival in picture.competitors:
        if is_recent(history, rival.date):
            matter = matter_of(history, rival, Trigger.COMPETITOR, fresh(history.age(rival.date)), name=rival.name)
            yield matter.model_copy(update={"key": rival.name and rival.name.casefold()})
    for need in picture.opportunities:
        if is_recent(history, need.date) and not refusal(history, need):
            yield matter_of(history, need, Trigger.OPPORTUNITY, fresh(history.age(need.date)), topic=need.topic)
    for praise in picture.praise:
        if is_recent(history, praise.date):
            yield matter_of(history, praise, Trigger.PRAISE, fresh(history.age(praise.date)), topic=praise.topic)


def _contact(history: History, picture: AccountPicture) -> Iterator[Matter]:
    """One matter at most that asks what has changed, and the habits around the renewal."""
    patterns = {pattern.code: pattern for pattern in picture.contact.patterns}
    for code in ("quiet", "email_only", "no_live"):
        if code in patterns:
            note = history.note(patterns[code].note_ids[0])
            yield _contact_matter(history, note, Trigger(code))
            break
    else:
        live = [note for note in history.notes if note.channel in LIVE_CHANNELS]
        if live:
            matter = _contact_matter(history, live[-1], Trigger.CHANGED)
            yield matter.model_copy(update={"evidence": _changes(picture) or matter.evidence})
    if "renewal_only" in patterns:
        yield _contact_matter(history, history.notes[-1], Trigger.RENEWAL_ONLY)
    if picture.renewal and history.notes and 0 <= (picture.renewal - history.as_of).days <= RENEWAL_NEAR_DAYS:
        yield _contact_matter(history, history.notes[-1], Trigger.RENEWAL_NEAR)


def _changes(picture: AccountPicture) -> tuple[Evidence, ...]:
    """Return the weightiest words that tell of a change since the last call or meeting; rumours are none."""
    rumours = [one.source for one in picture.people if one.certainty == "rumored"]
    told = [one.source for one in picture.since_last_meeting if one.type in ("new", "changed", "settled")]
    return tuple(one for one in told if not any(one.overlaps(rumour) for rumour in rumours))[:MOST_CHANGES]


def _contact_matter(history: History, note: Note, trigger: Trigger) -> Matter:
    values = {
        "account": history.account,
        "date": spoken_day(note.date, history.as_of),
        "days": str(history.age(note.date)),
    }
    return Matter(trigger=trigger, rank=0, values=values, evidence=(_words_of(history, note),))


def _words_of(history: History, note: Note) -> Evidence:
    """Return the words that stand for a contact: its first signal, else its first sentence with some content."""
    for found in history.found:
        if found.signal.note_id == note.id:
            return history.cite(found)
    bounds = sentences(note.testimony)
    telling = [pair for pair in bounds if len(content_stems(note.text[slice(*pair)])) >= 4]
    for start, end in (*telling, *bounds):
        return cite_slice(note, start, end)
    start = len(note.text) - len(note.text.lstrip())
    return cite_slice(note, start, len(note.text.rstrip()))
