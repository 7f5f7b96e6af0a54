"""A model words the agenda: the request for it, and what of its answer is taken.

The plan (items, order, minutes, evidence) stays as it is. What breaks a rule is dropped and counted, and the playbook's
words stay for that item.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notesense.core import invention, material
from notesense.core.agenda import Agenda, AgendaItem, Parked, Unknown, Wording
from notesense.core.briefing import Briefing
from notesense.core.citing import first_proven
from notesense.core.evidence import Evidence
from notesense.core.forms import schema_of
from notesense.core.invention import Breach, Known, evidence_known
from notesense.core.manners import SILENT, Hushed, hushed, is_open_question
from notesense.core.note import Note
from notesense.core.plan import SHORTEST_ITEM, most_items
from notesense.core.replies import Form, Template, entries
from notesense.core.requests import Request
from notesense.core.words import content_stems

MOST_PROPOSED = 3
MOST_EVIDENCE = 60
LONGEST = {"title": 90, "say": 320, "question": 200, "why": 320}
PROPOSED = "proposed"
"""Trigger and section of a question that a model proposed."""
CURIOSITY = 3
"""The practice behind a further question: treat a customer of many years like a new one."""


class ItemForm(Form):
    """New words for an item by its number; an empty string keeps the words that are there."""

    number: int
    title: str
    say: str
    question: str
    why: str


class FurtherForm(Form):
    """A further question, with the ids of the evidence that gives rise to it."""

    title: str
    question: str
    why: str
    evidence: list[str]


class DraftForm(Form):
    """The wording of an agenda."""

    items: list[ItemForm]
    further: list[FurtherForm]


def wordable(agenda: Agenda) -> dict[int, AgendaItem]:
    """Return the items that a model may word, by number from 1; rumours are left to the playbook."""
    return {number: item for number, item in enumerate(agenda.items, 1) if item.trigger not in SILENT}


def citable(briefing: Briefing) -> dict[str, Evidence]:
    """Return the evidence that a further question may cite, by its id in the request: the agenda's, then the rest."""
    agenda = briefing.agenda
    rumoured = [one.source for one in briefing.people if one.certainty == "rumored"]
    rumoured += [one for item in agenda.items if item.trigger in SILENT for one in item.evidence]
    stated = (
        *briefing.promises, *briefing.pains, *briefing.price, *briefing.expectations, *briefing.people,
        *briefing.stalled, *briefing.opportunities, *briefing.praise,
    )  # fmt: skip
    every = [
        *(one for item in wordable(agenda).values() for one in item.evidence),
        *(one for parked in agenda.parked if parked.trigger not in SILENT for one in parked.evidence),
        *(line.source for line in stated),
    ]
    return numbered(one for one in every if not any(one.overlaps(other) for other in rumoured))


def numbered(evidence: Iterable[Evidence]) -> dict[str, Evidence]:
    """Return each piece of evidence once, by its id: e1, e2, ..."""
    kept: dict[tuple[str, int, int], Evidence] = {}
    for one in evidence:
        kept.setdefault((one.note_id, one.start, one.end), one)
    return {f"e{number}": one for number, one in enumerate(list(kept.values())[:MOST_EVIDENCE], 1)}


def draft_request(briefing: Briefing, template: Template) -> Request:
    """Return the request that asks for words, everything from the notes fenced as data."""
    agenda, evidence = briefing.agenda, citable(briefing)
    marks = {(one.note_id, one.start, one.end): mark for mark, one in evidence.items()}
    lines = ["evidence", *material.lines_of(evidence), "items"]
    for number, item in wordable(agenda).items():
        rests = [marks[place] for one in item.evidence if (place := (one.note_id, one.start, one.end)) in marks]
        lines.append(f"[{number}] {item.minutes} minutes, rests on {', '.join(rests)}")
        lines += [material.told(f"{name}: {getattr(item, name) or ''}") for name in LONGEST]
    avoid = [line for line in agenda.avoid if line.trigger not in SILENT]
    lines += ["must not be said", *(material.told(line.text) for line in avoid)]
    lines += ["not known", *(material.told(gap.text) for gap in briefing.gaps)]
    values = {
        "as_of": agenda.as_of.isoformat(),
        "meeting": agenda.meeting.isoformat() if agenda.meeting else "not fixed",
        "agenda": material.fenced(agenda.account, lines),
    }
    return Request(
        task=template.task,
        messages=template.filled(values),
        form=schema_of(DraftForm),
        form_name="wording",
        account=agenda.account,
        quotes=material.notes_of(evidence.values(), *(line.evidence for line in (*wordable(agenda).values(), *avoid))),
    )


@dataclass(frozen=True)
class Sources:
    """What a model's words are checked against: the notes, what may be named anywhere, what must not be said."""

    notes: Mapping[str, Note]
    named: Known
    hushed: Hushed
    citable: Mapping[str, Evidence]


def sources_for(briefing: Briefing, notes: Mapping[str, Note], ordinary: frozenset[str]) -> Sources:
    """Return what the words for this briefing are checked against; `ordinary` are words that are no names."""
    agenda = briefing.agenda
    texts = [text for item in agenda.items for text in _texts(item).values()]
    texts += [briefing.account, *(gap.text for gap in briefing.gaps)]
    every = tuple(citable(briefing).values())
    known = evidence_known(every) | Known.of(*texts)
    days = [day for day in (agenda.as_of, agenda.meeting, briefing.renewal) if day]
    of_plan = Known.of(*(day.isoformat() for day in days), f"{agenda.minutes}", briefing.account)
    named = Known(words=known.words, figures=of_plan.figures, ordinary=ordinary | known.words)
    return Sources(notes, named, hushed(briefing, ordinary), citable(briefing))


def reworded(agenda: Agenda, data: Mapping[str, Any], about: Sources, model: str) -> Agenda | None:
    """Return the agenda in the model's words where these hold; None where the answer has not the form asked for."""
    items, further = entries(data, "items", ItemForm), entries(data, "further", FurtherForm)
    if items is None or further is None:
        return None
    breaches = [Breach.FORM] * (items[1] + further[1])
    may, taken = wordable(agenda), {number: item for number, item in enumerate(agenda.items, 1)}
    done: set[int] = set()
    for form in items[0]:
        if form.number not in may or form.number in done:
            breaches.append(Breach.REPEATED if form.number in done else Breach.UNKNOWN_ITEM)
            continue
        done.add(form.number)
        judged = _worded(may[form.number], form, about, model)
        if isinstance(judged, Breach):
            breaches.append(judged)
        else:
            taken[form.number] = judged
    worded = agenda.model_copy(update={"items": tuple(taken.values())})
    count = sum(item.written_by == model for item in worded.items)
    return _with_further(worded, further[0], about, Wording(model=model, worded=count), breaches)


def _texts(item: AgendaItem | Parked) -> dict[str, str]:
    return {name: getattr(item, name, None) or "" for name in LONGEST}


def _worded(item: AgendaItem, form: ItemForm, about: Sources, model: str) -> AgendaItem | Breach:
    old = _texts(item)
    own = Known.of(*old.values())
    known = about.named | own | evidence_known(item.evidence)
    new: dict[str, str] = {}
    for name, before in old.items():
        text = invention.tidy(getattr(form, name))
        if not text or not before or text == before:
            continue
        if name != "why" and about.hushed.breaks(text, own):
            return Breach.UNSAID
        judged = _line(name, text, item.evidence, known, about)
        if isinstance(judged, Breach):
            return judged
        new[name] = judged
    if not new:
        return item
    if not _is_about(" ".join(new.values()), " ".join((*old.values(), *(one.quote for one in item.evidence)))):
        return Breach.ASTRAY
    return item.model_copy(update={**new, "written_by": model})


def _line(name: str, text: str, evidence: Sequence[Evidence], known: Known, about: Sources) -> str | Breach:
    """Return the line with its quotations cut out of the notes, or the rule that it breaks."""
    if len(text) > LONGEST[name]:
        return Breach.TOO_LONG
    if invention.is_hidden(text):
        return Breach.HIDDEN
    if name == "question" and not is_open_question(text):
        return Breach.QUESTION
    if name in ("say", "title") and "?" in invention.unquoted(text):
        return Breach.QUESTION
    of_notes = name == "why" or "note" in invention.unquoted(text).casefold()
    usable = [one for one in evidence if one.voiced or of_notes]
    recut = invention.recut(text, lambda words: getattr(first_proven(about.notes, usable, words), "quote", None))
    if recut is None:
        return Breach.UNPROVEN
    return known.breach(invention.unquoted(recut), title=name == "title") or recut


def _is_about(text: str, matter: str) -> bool:
    return bool(content_stems(text) & content_stems(matter))


def _with_further(
    agenda: Agenda, forms: Sequence[FurtherForm], about: Sources, wording: Wording, breaches: list[Breach]
) -> Agenda:
    """Put the proposed questions at the end, as far as the minutes go, and park the others."""
    items, parked = list(agenda.items), list(agenda.parked)
    planned = agenda.planned_minutes
    slots = most_items(agenda.minutes) - sum(1 for one in agenda.unknowns if one.minutes)
    every: list[AgendaItem | Parked | Unknown] = [*agenda.items, *agenda.parked, *agenda.unknowns]
    asked = [one.question for one in every]
    for number, form in enumerate(forms):
        judged = Breach.TOO_MANY if number >= MOST_PROPOSED else _further(form, about, asked)
        if isinstance(judged, Breach):
            breaches.append(judged)
            continue
        told = dict(judged, trigger=PROPOSED, written_by=wording.model)
        asked.append(str(judged["question"]))
        if agenda.minutes - planned >= SHORTEST_ITEM and len(items) < slots:
            items.append(AgendaItem(**told, section=PROPOSED, practice=CURIOSITY, minutes=SHORTEST_ITEM, priority=0))
            planned += SHORTEST_ITEM
        else:
            told.pop("why")
            parked.append(Parked(**told, reason=f"does not fit into {agenda.minutes} minutes"))
        wording = wording.model_copy(update={"proposed": wording.proposed + 1})
    wording = wording.model_copy(update={"dropped": invention.tally(breaches)})
    return agenda.model_copy(
        update={"items": tuple(items), "parked": tuple(parked), "planned_minutes": planned, "wording": wording}
    )


def _further(form: FurtherForm, about: Sources, asked: Sequence[str]) -> dict[str, Any] | Breach:
    evidence = tuple(about.citable[mark] for mark in dict.fromkeys(form.evidence) if mark in about.citable)
    if not evidence or len(evidence) < len(set(form.evidence)):
        return Breach.UNCITED
    known = about.named | evidence_known(evidence)
    told: dict[str, Any] = {"evidence": evidence}
    for name in ("title", "question", "why"):
        text = invention.tidy(getattr(form, name))
        if name != "why" and about.hushed.breaks(text, Known()):
            return Breach.UNSAID
        judged = _line(name, text, evidence, known, about) if text else Breach.EMPTY
        if isinstance(judged, Breach):
            return judged
        told[name] = judged
    if not _is_about(f"{told['title']} {told['question']}", " ".join(one.quote for one in evidence)):
        return Breach.ASTRAY
    return Breach.REPEATED if any(_same(told["question"], other) for other in asked) else told


def _same(one: str, other: str) -> bool:
    first, second = content_stems(one), content_stems(other)
    return bool(first) and len(first & second) >= 0.8 * len(first | second)
