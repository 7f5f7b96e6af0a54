"""Plans the agenda: which matters become items, which of them are one matter, what fits, and in which order.

The playbook words the items and gives their priority; the plan itself is fixed here. The minutes of opening, items,
open questions and closing never exceed the meeting's.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from notesense.core.agenda import MOST_MINUTES, Agenda, AgendaItem, Avoid, Opening, Parked, Unknown
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.matters import Matter, matters_of
from notesense.core.picture import AccountPicture
from notesense.core.playbook import Entry, Playbook, Trigger, fields_in, fill
from notesense.errors import InputError

USUAL_MINUTES = 45
MOST_EVIDENCE = 6
MOST_OPENINGS = 2
MOST_AVOID = 10
MOST_UNKNOWNS = 2
"""Timed open questions of an account that is not thin; a thin one is planned on them."""
SHORTEST_ITEM = 3
MOST_PARKED = 12
REPEATED = 8
"""What each further telling of the same matter adds to its weight."""
ONE_CHANGE_DAYS = 120
"""Changes of leaders told within so many days are one item: who decides now."""
SECTION_SHARE = 0.3
"""No section takes more than this part of the items, but always two where there is room."""

_LISTENING = frozenset({Trigger.LEADERSHIP_RUMORED})
_SAME_ILLNESS = {Trigger.PRICE_UNUSED: Trigger.STALLED, Trigger.PRICE_COMPETITOR: Trigger.COMPETITOR}
_NO_PRAISE_OVER = frozenset({Trigger.FIRE, Trigger.PROMISE_OVERDUE_US})


@dataclass
class _Candidate:
    """A matter with its playbook entry, and the matters that were found to be the same."""

    matter: Matter
    entry: Entry
    same: list["_Candidate"] = field(default_factory=list)
    minutes: int = 0

    @property
    def score(self) -> int:
        repeats = sum(other.matter.trigger is self.matter.trigger for other in self.same)
        return self.entry.priority * 10 + self.matter.rank + REPEATED * min(repeats, 3)

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
        return tuple(kept[:MOST_EVIDENCE])

    @property
    def order(self) -> tuple[int, int, str, int]:
        source = self.matter.evidence[0]
        return (-self.score, -source.date.toordinal(), source.note_id, source.start)


def plan_agenda(history: History, picture: AccountPicture, playbook: Playbook, minutes: int = USUAL_MINUTES) -> Agenda:
    """Return the agenda for a meeting of so many minutes. Raises InputError when they are not 1 to 480."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise InputError(f"{minutes} minutes cannot be planned.", f"Give 1 to {MOST_MINUTES} minutes.")
    matters = matters_of(history, picture)
    everything = _candidates(matters, playbook)
    candidates = _merged(history, [one for one in everything if one.entry.question])
    kept, surplus = _limited(candidates)
    thin = _thin(picture)
    opening = _openings(everything, playbook) if minutes >= 10 else ()
    opening_minutes = (1 if minutes < 30 else 2) if opening else 0
    closing_minutes = 0 if minutes < 10 or not playbook.closing else 2 if minutes < 30 else 4
    unknowns = _unknowns(picture, playbook)
    chosen, timed, left_out = _fit(kept, unknowns, minutes - opening_minutes - closing_minutes, minutes, thin)
    chosen.sort(key=lambda one: (playbook.sections.index(one.entry.section), *one.order))
    return Agenda(
        account=picture.account,
        as_of=picture.as_of,
        meeting=picture.meeting,
        minutes=minutes,
        planned_minutes=opening_minutes + closing_minutes + sum(one.minutes for one in chosen) + sum(timed.values()),
        opening=opening,
        opening_minutes=opening_minutes,
        items=_items(chosen),
        unknowns=tuple(_unknown(picture, entry, timed.get(entry.trigger, 0)) for entry in unknowns),
        closing=playbook.closing or "",
        closing_minutes=closing_minutes,
        parked=(
            *_parked(left_out, f"does not fit into {minutes} minutes"),
            *_parked(surplus, "more of the same kind than one talk bears"),
        )[:MOST_PARKED],
        avoid=_avoid(everything),
        thin=thin,
        playbook=playbook.name,
    )


def most_items(minutes: int) -> int:
    """Return how many things a talk of so many minutes bears: one for each five, at most 8 in 45, 14 in all."""
    return max(1, min(minutes // 5, 8 + max(0, minutes - USUAL_MINUTES) // 15, 14))


def _candidates(matters: Sequence[Matter], playbook: Playbook) -> list[_Candidate]:
    entries = ((matter, playbook.entry(matter.trigger)) for matter in matters)
    return sorted((_Candidate(matter, entry) for matter, entry in entries if entry), key=lambda one: one.order)


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
    if head.matter.trigger is other.matter.trigger and (head.entry.together or _same_key(head, other)):
        return True
    mine, theirs = _family(head.matter.trigger), _family(other.matter.trigger)
    if mine == "contact" or theirs == "contact":
        return mine == theirs
    if _LISTENING & {head.matter.trigger, other.matter.trigger}:
        return head.matter.trigger == other.matter.trigger
    if mine == "price":
        if other.matter.trigger is _SAME_ILLNESS.get(head.matter.trigger):
            return True
        return head.matter.trigger == other.matter.trigger or (theirs == "matter" and _touches(head, other))
    if mine != theirs:
        return False
    if mine == "leadership":
        return abs((head.matter.evidence[0].date - other.matter.evidence[0].date).days) <= ONE_CHANGE_DAYS
    one, two = head.matter.evidence[0], other.matter.evidence[0]
    least = 2 if one.note_id == two.note_id else 1
    return _touches(head, other) or history.alike(one.quote, two.quote, least)


def _touches(head: _Candidate, other: _Candidate) -> bool:
    source = other.matter.evidence[0]
    return any(evidence.overlaps(source) for evidence in head.matter.evidence)


def _same_key(head: _Candidate, other: _Candidate) -> bool:
    return head.matter.key is not None and head.matter.key == other.matter.key


@cache
def _family(trigger: Trigger) -> str:
    if trigger in (Trigger.CHANGED, Trigger.QUIET, Trigger.NO_LIVE, Trigger.EMAIL_ONLY):
        return "contact"
    for family in ("price", "leadership", "renewal"):
        if trigger.value.startswith(family):
            return family
    return "matter"


def _limited(candidates: list[_Candidate]) -> tuple[list[_Candidate], list[_Candidate]]:
    seen: Counter[Trigger] = Counter()
    kept: list[_Candidate] = []
    surplus: list[_Candidate] = []
    for one in candidates:
        seen[one.matter.trigger] += 1
        (kept if seen[one.matter.trigger] <= one.entry.most else surplus).append(one)
    return kept, surplus


def _thin(picture: AccountPicture) -> str | None:
    if picture.notes == 0:
        return f"There is no note on {picture.account} up to {picture.as_of}: all that can be planned is what to ask."
    if picture.signals == 0:
        return f"No signal was found in the {picture.notes} note(s) up to {picture.as_of}: ask, and assume nothing."
    if picture.notes == 1:
        return f"There is one note up to {picture.as_of}: it shows a single day, so ask more than you assume."
    return None


def _unknowns(picture: AccountPicture, playbook: Playbook) -> list[Entry]:
    codes = {trigger.value for trigger in Trigger}
    entries = [playbook.entry(Trigger(gap.code)) for gap in picture.gaps if gap.code in codes]
    return sorted((entry for entry in entries if entry and entry.question), key=lambda entry: -entry.priority)


def _fit(
    kept: list[_Candidate], unknowns: list[Entry], budget: int, minutes: int, thin: str | None
) -> tuple[list[_Candidate], dict[Trigger, int], list[_Candidate]]:
    """Fill the budget by priority: matters with evidence and open questions compete, the weightiest first."""
    slots, left = most_items(minutes), budget
    most_unknowns = slots if thin else MOST_UNKNOWNS
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
                title=_first(entry.title, values),
                say=_first(entry.say, values) or None,
                question=_turn(entry.question, values, asked[trigger]),
                why=fill(entry.why, values),
                practice=entry.practice,
                minutes=one.minutes,
                priority=one.score,
                ask_inside=fill(entry.ask_inside, values) if entry.ask_inside else None,
                also=_also(one),
                evidence=one.evidence,
            )
        )
        asked[trigger] += 1
    return tuple(items)


def _also(one: _Candidate) -> tuple[str, ...]:
    titles = dict.fromkeys(_first(other.entry.title, other.matter.values) for other in one.same)
    return tuple(title for title in titles if title != _first(one.entry.title, one.values))


def _unknown(picture: AccountPicture, entry: Entry, minutes: int) -> Unknown:
    values = {"account": picture.account}
    return Unknown(
        code=entry.trigger.value,
        text=next(gap.text for gap in picture.gaps if gap.code == entry.trigger.value),
        title=_first(entry.title, values),
        question=_turn(entry.question, values, 0),
        why=fill(entry.why, values),
        practice=entry.practice,
        minutes=minutes,
    )


def _parked(candidates: list[_Candidate], reason: str) -> tuple[Parked, ...]:
    return tuple(
        Parked(
            trigger=one.matter.trigger.value,
            title=_first(one.entry.title, one.values),
            question=_turn(one.entry.question, one.values, 0),
            reason=reason,
            evidence=one.evidence,
        )
        for one in candidates
    )


def _openings(candidates: list[_Candidate], playbook: Playbook) -> tuple[Opening, ...]:
    """The weightiest opening lines, one for each trigger, said in the order of the meeting; no praise over a fire."""
    triggers = {one.matter.trigger for one in candidates}
    lines: dict[Trigger, tuple[int, Opening]] = {}
    for one in candidates:
        trigger = one.matter.trigger
        text = _first(one.entry.opening, one.matter.values)
        tactless = trigger is Trigger.PRAISE and triggers & _NO_PRAISE_OVER
        if text and not tactless and trigger not in lines and len(lines) < MOST_OPENINGS:
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


def _usable(templates: Sequence[str], values: dict[str, str]) -> list[str]:
    return [fill(template, values) for template in templates if fields_in(template) <= values.keys()]


def _first(templates: Sequence[str], values: dict[str, str]) -> str:
    return next(iter(_usable(templates, values)), "")


def _turn(templates: Sequence[str], values: dict[str, str], turn: int) -> str:
    usable = _usable(templates, values)
    return usable[turn % len(usable)]
