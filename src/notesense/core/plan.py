"""Plans the agenda: which matters become items, which of them are one matter, what fits, and in which order.

The playbook words the items and gives their priority; the plan itself is fixed here. The minutes of opening, items,
open questions and closing never exceed the meeting's.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from notesense.core.agenda import MOST_MINUTES, Agenda, AgendaItem, Avoid, Opening, Parked
from notesense.core.aiming import Aim, Room
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.matter import Matter
from notesense.core.matters import matters_of
from notesense.core.picture import AccountPicture
from notesense.core.playbook import Entry, Playbook, Trigger, fill, first, turn_of
from notesense.core.tact import tactful
from notesense.core.unknowns import once_told, thin, unknown_of, unknowns_of
from notesense.errors import InputError

USUAL_MINUTES = 45
MOST_TELLINGS = 12
"""Pieces of evidence of one item: the tellings of one matter stand together."""
AIMED = 60
"""What it adds to an item's weight that the one whom it is for will be there."""
MOST_OPENINGS = 2
MOST_AVOID = 10
MOST_UNKNOWNS = 2
"""Timed open questions of an account that is not thin; a thin one is planned on them."""
SHORTEST_ITEM = 3
MOST_PARKED = 12
FADING_DAYS, FADING, MOST_FADED = 90, 10, 100
"""From so many days on a change or a price complaint loses so much weight every 30 days, and so much at most."""
REPEATED = 8
"""What each further telling of the same matter adds to its weight."""
ONE_CHANGE_DAYS = 180
"""Changes of leaders told within so many days are one item: who decides now."""
SECTION_SHARE = 0.3
"""No section takes more than this part of the items, but always two where there is room."""

_ASIDE = frozenset({Trigger.SINGLE_SOURCE})
_LISTENING = frozenset({Trigger.LEADERSHIP_RUMORED})
_SAME_ILLNESS = {Trigger.PRICE_UNUSED: Trigger.STALLED, Trigger.PRICE_COMPETITOR: Trigger.COMPETITOR}
_TAKEN_IN = {Trigger.PROMISE_ASKED_US: (Trigger.PROMISE_OVERDUE_US,)}
_NO_OPENING = frozenset({Trigger.RENEWAL_NEAR, Trigger.RENEWAL_ONLY, Trigger.LEADERSHIP_RUMORED, Trigger.DECLINED})
"""No meeting opens with the renewal, a rumour or what was declined, whatever a playbook says."""
_NO_PRAISE_OVER = frozenset({Trigger.FIRE, Trigger.PROMISE_ASKED_US, Trigger.PROMISE_OVERDUE_US})


@dataclass
class _Candidate:
    """A matter with its playbook entry, and the matters that were found to be the same."""

    matter: Matter
    entry: Entry
    same: list["_Candidate"] = field(default_factory=list)
    minutes: int = 0
    aim: Aim | None = None
    family: str = field(init=False)
    notes: frozenset[str] = field(init=False)
    """The notes that the matter's evidence is of."""

    def __post_init__(self) -> None:
        self.family = _family(self.matter.trigger)
        self.notes = frozenset(one.note_id for one in self.matter.evidence)

    @property
    def score(self) -> int:
        repeats = sum(other.matter.trigger is self.matter.trigger for other in self.same)
        here = self.aim is not None and self.aim.through is None
        return self.entry.priority * 10 + self.matter.rank + REPEATED * min(repeats, 3) + AIMED * here - self.faded

    @property
    def faded(self) -> int:
        """What a change of leaders or a price complaint loses, the longer ago it was told."""
        if self.family not in ("price", "leadership"):
            return 0
        return min(MOST_FADED, FADING * max(0, int(self.matter.values["days"]) - FADING_DAYS) // 30)

    @property
    def values(self) -> dict[str, str]:
        """The template values: several matters taken together have a count, and no words of a single one."""
        together = [one for one in self.same if one.matter.trigger is self.matter.trigger]
        if not self.entry.together or not together:
            return self.matter.values
        kept = {name: value for name, value in self.matter.values.items() if name in ("account", "date", "days")}
        return {**kept, "count": str(len(together) + 1)}

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        heads = [self.matter.evidence[0], *(other.matter.evidence[0] for other in self.same)]
        rest = [one for other in (self, *self.same) for one in other.matter.evidence[1:]]
        kept: list[Evidence] = []
        for one in (*heads, *rest):
            if not any(one.overlaps(known) for known in kept):
                kept.append(one)
        return tuple(kept[:MOST_TELLINGS])

    @property
    def order(self) -> tuple[int, int, str, int]:
        source = self.matter.evidence[0]
        return (-self.score, -source.date.toordinal(), source.note_id, source.start)


def plan_agenda(
    history: History,
    picture: AccountPicture,
    playbook: Playbook,
    minutes: int = USUAL_MINUTES,
    present: Sequence[str] = (),
) -> Agenda:
    """Return the agenda for a meeting of so many minutes. Raises InputError when they are not 1 to 480.

    `present` is who of the customer's people will be there, as far as known.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise InputError(f"{minutes} minutes cannot be planned.", f"Give 1 to {MOST_MINUTES} minutes.")
    matters = tactful(history, picture, matters_of(history, picture, present))
    everything = _candidates(matters, playbook, Room(picture, history.speakers("customer"), present))
    candidates = _merged(
        history, [one for one in everything if one.entry.question and one.matter.trigger not in _ASIDE]
    )
    kept, surplus = _limited(candidates, minutes)
    lack = thin(picture)
    opening = _openings(everything, playbook) if minutes >= 10 else ()
    opening_minutes, closing_minutes = _rim(minutes, bool(opening), bool(playbook.closing))
    unknowns = unknowns_of(picture, playbook)
    chosen, timed, left_out = _fit(
        kept, unknowns, minutes - opening_minutes - closing_minutes, minutes, lack is not None
    )
    chosen.sort(key=lambda one: (_is_renewal(one), playbook.sections.index(one.entry.section), *one.order))
    return Agenda(
        account=picture.account,
        as_of=picture.as_of,
        meeting=picture.meeting,
        minutes=minutes,
        planned_minutes=opening_minutes + closing_minutes + sum(one.minutes for one in chosen) + sum(timed.values()),
        opening=opening,
        opening_minutes=opening_minutes,
        items=_items(chosen),
        unknowns=(
            *(unknown_of(picture, entry, timed.get(entry.trigger, 0)) for entry in unknowns),
            *once_told(matters, playbook),
        ),
        closing=playbook.closing or "",
        closing_minutes=closing_minutes,
        parked=_all_parked(left_out, surplus, minutes),
        avoid=_avoid(everything),
        thin=lack,
        playbook=playbook.name,
    )


def _rim(minutes: int, opens: bool, closes: bool) -> tuple[int, int]:
    """Return the minutes that opening and closing take."""
    short = minutes < 30
    return (1 if short else 2) if opens else 0, (2 if short else 4) if closes and minutes >= 10 else 0


def most_items(minutes: int) -> int:
    """Return how many things a talk of so many minutes bears: one for each five, at most 8 in 45, 14 in all."""
    return max(1, min(minutes // 5, 8 + max(0, minutes - USUAL_MINUTES) // 15, 14))


def _candidates(matters: Sequence[Matter], playbook: Playbook, room: Room) -> list[_Candidate]:
    entries = ((matter, playbook.entry(matter.trigger)) for matter in matters)
    found = (_Candidate(matter, entry, aim=room.aim(matter)) for matter, entry in entries if entry)
    return sorted(found, key=lambda one: one.order)


def _merged(history: History, candidates: list[_Candidate]) -> list[_Candidate]:
    """Let each candidate take in the lesser ones about the same matter, so that nothing is asked twice."""
    heads: list[_Candidate] = []
    for one in candidates:
        head = next((head for head in heads if _same_matter(history, head, one)), None)
        if head is None:
            heads.append(one)
        else:
            head.same.append(one)
    return heads


def _same_matter(history: History, head: _Candidate, other: _Candidate) -> bool:
    one, two = head.matter.trigger, other.matter.trigger
    if one is two and (head.entry.together or _same_key(head, other)):
        return True
    mine, theirs = head.family, other.family
    if two in _TAKEN_IN.get(one, ()):
        return True
    if mine == "leadership" and two is Trigger.PROMISE_ORPHANED:
        return _touches(head, other)
    if mine == "contact" or theirs == "contact":
        return mine == theirs
    if one in _LISTENING or two in _LISTENING:
        return one is two
    if mine == "price":
        return two is _SAME_ILLNESS.get(one) or one is two or (theirs == "matter" and _touches(head, other))
    if mine != theirs:
        return False
    if mine == "leadership":
        return abs((head.matter.evidence[0].date - other.matter.evidence[0].date).days) <= ONE_CHANGE_DAYS
    said, told = head.matter.evidence[0], other.matter.evidence[0]
    least = 2 if said.note_id == told.note_id else 1
    return _touches(head, other) or history.alike(said.quote, told.quote, least)


def _touches(head: _Candidate, other: _Candidate) -> bool:
    source = other.matter.evidence[0]
    return source.note_id in head.notes and any(evidence.overlaps(source) for evidence in head.matter.evidence)


def _same_key(head: _Candidate, other: _Candidate) -> bool:
    return head.matter.key is not None and head.matter.key == other.matter.key


@cache
def _family(trigger: Trigger) -> str:
    if trigger in (Trigger.CHANGED, Trigger.QUIET, Trigger.NO_LIVE, Trigger.EMAIL_ONLY):
        return "contact"
    for family in ("price", "leadership", "renewal", "figures"):
        if trigger.value.startswith(family):
            return family
    return "matter"


def _limited(candidates: list[_Candidate], minutes: int) -> tuple[list[_Candidate], list[_Candidate]]:
    """Part what one talk bears from what is more of a kind; of price it bears one item, two from 45 minutes on."""
    seen: Counter[Trigger] = Counter()
    prices = 0
    kept: list[_Candidate] = []
    surplus: list[_Candidate] = []
    for one in candidates:
        seen[one.matter.trigger] += 1
        prices += one.family == "price"
        borne = one.family != "price" or prices <= (1 if minutes < USUAL_MINUTES else 2)
        (kept if borne and seen[one.matter.trigger] <= one.entry.most else surplus).append(one)
    return kept, surplus


def _fit(
    kept: list[_Candidate], unknowns: list[Entry], budget: int, minutes: int, is_thin: bool
) -> tuple[list[_Candidate], dict[Trigger, int], list[_Candidate]]:
    """Fill the budget by priority: matters with evidence and open questions compete, the weightiest first."""
    slots, left = most_items(minutes), budget
    most_unknowns = slots if is_thin else MOST_UNKNOWNS
    chosen: list[_Candidate] = []
    timed: dict[Trigger, int] = {}
    left_out: list[_Candidate] = []
    ranked: list[tuple[int, _Candidate | None, Entry]] = [
        *((one.score, one, one.entry) for one in kept),
        *((entry.priority * 10, None, entry) for entry in unknowns),
    ]
    for _, one, entry in sorted(ranked, key=lambda row: -row[0]):
        room = min(entry.minutes, left)
        enough = room == entry.minutes or room >= SHORTEST_ITEM or (room > 0 and not chosen and not timed)
        crowd = sum(other.entry.section == entry.section for other in chosen)
        fits = enough and len(chosen) + len(timed) < slots and crowd < max(2, round(SECTION_SHARE * slots))
        if one is None:
            if fits and len(timed) < most_unknowns:
                timed[entry.trigger] = room
                left -= room
        elif fits:
            one.minutes = room
            left -= room
            chosen.append(one)
        else:
            left_out.append(one)
    return chosen, timed, left_out


def _items(chosen: list[_Candidate]) -> tuple[AgendaItem, ...]:
    asked: Counter[Trigger] = Counter()
    items = []
    for one in chosen:
        trigger, values, entry = one.matter.trigger, one.values, one.entry
        items.append(
            AgendaItem(
                trigger=trigger.value,
                section=entry.section,
                title=first(entry.title, values),
                say=first(entry.say, values) or None,
                question=turn_of(entry.question, values, asked[trigger]),
                why=fill(entry.why, values),
                practice=entry.practice,
                minutes=one.minutes,
                priority=one.score,
                ask_inside=fill(entry.ask_inside, values) if entry.ask_inside else None,
                also=_also(one),
                ask=one.aim.name if one.aim else None,
                through=one.aim.through if one.aim else None,
                evidence=one.evidence,
            )
        )
        asked[trigger] += 1
    return tuple(items)


def _also(one: _Candidate) -> tuple[str, ...]:
    titles = dict.fromkeys(first(other.entry.title, other.matter.values) for other in one.same)
    return tuple(title for title in titles if title != first(one.entry.title, one.values))


def _all_parked(left_out: list[_Candidate], surplus: list[_Candidate], minutes: int) -> tuple[Parked, ...]:
    late = _parked(left_out, f"does not fit into {minutes} minutes")
    return (*late, *_parked(surplus, "more of the same kind than one talk bears"))[:MOST_PARKED]


def _parked(candidates: list[_Candidate], reason: str) -> tuple[Parked, ...]:
    return tuple(
        Parked(
            trigger=one.matter.trigger.value,
            title=first(one.entry.title, one.values),
            question=turn_of(one.entry.question, one.values, 0),
            reason=reason,
            evidence=one.evidence,
        )
        for one in candidates
    )


def _is_renewal(one: _Candidate) -> bool:
    """Tell whether an item is about the renewal: these come last, in whatever order a playbook has its sections."""
    return one.family == "renewal"


def _openings(candidates: list[_Candidate], playbook: Playbook) -> tuple[Opening, ...]:
    """The weightiest opening lines, one for each trigger, said in the order of the meeting; no praise over a fire."""
    triggers = {one.matter.trigger for one in candidates}
    lines: dict[Trigger, tuple[int, Opening]] = {}
    for one in candidates:
        trigger = one.matter.trigger
        text = first(one.entry.opening, one.matter.values)
        tactless = trigger is Trigger.PRAISE and triggers & _NO_PRAISE_OVER
        if text and not tactless and trigger not in _NO_OPENING and trigger not in lines and len(lines) < MOST_OPENINGS:
            opening = Opening(trigger=trigger.value, text=text, evidence=one.matter.evidence[:1])
            lines[trigger] = (playbook.sections.index(one.entry.section), opening)
    return tuple(opening for _, opening in sorted(lines.values(), key=lambda line: line[0]))


def _avoid(candidates: list[_Candidate]) -> tuple[Avoid, ...]:
    lines: dict[str, Avoid] = {}
    for one in candidates:
        for template in one.entry.avoid:
            text = fill(template, one.matter.values)
            line = Avoid(trigger=one.matter.trigger.value, text=text, evidence=one.matter.evidence[:1])
            lines.setdefault(text, line)
    return tuple(lines.values())[:MOST_AVOID]
