"""A question about an account: which words of its notes bear on it, numbered, and the request that asks a model."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from notesense.core import fencing, material
from notesense.core.evidence import Evidence
from notesense.core.forms import schema_of
from notesense.core.note import Note, Value
from notesense.core.passage import Passage
from notesense.core.ports import Found
from notesense.core.replies import Form, Template
from notesense.core.requests import Request
from notesense.core.vocabulary import NO_TESTIMONY, Kind
from notesense.core.words import content_stems

MOST_CHARACTERS = 6_000
"""So much of the notes goes into one request at most."""
MOST_SIGNALS = 12
MOST_SHOWN = 8
MOST_QUESTION = 1_000

Place: TypeAlias = tuple[str, int]
"""Note id and ordinal of a passage."""

_ASKS_FOR: tuple[tuple[str, Kind], ...] = (
    (r"promis|commit|owe\b|agreed|follow", Kind.COMMITMENT),
    (r"pric|cost|expens|budget|discount|cheap|pay|worth|\bvalue|invoice", Kind.PRICE_VALUE),
    (r"competitor|rival|alternative|other supplier|switch", Kind.COMPETITOR),
    (r"complain|problem|issue|pain|trouble|unhappy|wrong|fault|annoy", Kind.PAIN_POINT),
    (r"\bwho\b|left\b|leav|boss|decid|decision|new (?:head|director|manager|owner)|charge", Kind.LEADERSHIP_CHANGE),
    (r"unused|adopt|roll(?:ed)? out|lie[sd]? (?:idle|unused)|using", Kind.STALLED_ADOPTION),
    (r"expect|want|need|deadline|require|by when", Kind.EXPECTATION),
    (r"opportunit|interest|plan(?:s|ned|ning)?\b|next year|expand", Kind.OPPORTUNITY),
    (r"prais|happy|like\b|satisf|pleased|works? well", Kind.PRAISE),
)


class Source(Evidence):
    """A numbered passage that a question is answered from; `quote` is its text."""

    number: int


class Asked(Value):
    """What is asked, of which account, over which days; both are inclusive."""

    account: str
    question: str
    as_of: datetime.date
    since: datetime.date | None = None


class CitedForm(Form):
    """Passage number and words inside it."""

    passage: int
    quote: str


class SentenceForm(Form):
    """One sentence of an answer with what it rests on."""

    text: str
    citations: list[CitedForm]


class AnswerForm(Form):
    """The answer to a question; `missing` is what the notes do not tell of it."""

    verdict: Literal["answered", "partly", "not_in_notes"]
    sentences: list[SentenceForm]
    missing: str


def bearing(question: str, found: Iterable[Found]) -> tuple[Found, ...]:
    """Return the signals that bear on a question: they share its words, or are of a kind that it asks for."""
    asked, folded = content_stems(question), question.casefold()
    kinds = {str(kind) for pattern, kind in _ASKS_FOR if re.search(pattern, folded)}
    ranked: list[tuple[int, int, int, Found]] = []
    for one in found:
        told = " ".join((one.signal.quote, *one.signal.attributes.values()))
        score = 2 * len(asked & content_stems(told)) + (one.signal.kind in kinds)
        if score:
            ranked.append((-score, -one.date.toordinal(), len(ranked), one))
    return tuple(one for *_, one in sorted(ranked, key=lambda row: row[:3]))[:MOST_SIGNALS]


def places_at(passages: Sequence[Passage], start: int, end: int) -> tuple[int, ...]:
    """Return the ordinals of the passages that share characters with this stretch."""
    return tuple(one.ordinal for one in passages if one.start < end and start < one.end)


def sources_of(
    wanted: Sequence[Place],
    notes: Mapping[str, Note],
    passages: Mapping[str, Sequence[Passage]],
    found: Sequence[Found] = (),
) -> tuple[Source, ...]:
    """Return the wanted passages with their neighbours, as many as fit, numbered in the order of time and note.

    Passages of one turn that stand together become one source. `wanted` begins with the best; neighbours come last.
    What proves nothing (summaries, plans, signatures) is no source.
    """
    chosen: set[Place] = set()
    room = MOST_CHARACTERS
    beside = [(note_id, ordinal + step) for note_id, ordinal in wanted for step in (1, -1)]
    for note_id, ordinal in (*wanted, *beside):
        if (note_id, ordinal) not in chosen and _proves(passages[note_id], ordinal):
            room -= len(passages[note_id][ordinal].text)
            if room >= 0:
                chosen.add((note_id, ordinal))
    kinds = _kinds(found, passages)
    runs = _runs(sorted(chosen, key=lambda place: (notes[place[0]].date, *place)), passages)
    return tuple(
        _source(notes[note_id], [passages[note_id][at] for at in ordinals], number, kinds)
        for number, (note_id, ordinals) in enumerate(runs, 1)
    )


def _proves(passages: Sequence[Passage], ordinal: int) -> bool:
    """Tell whether there is such a passage, of an origin that proves something."""
    return 0 <= ordinal < len(passages) and passages[ordinal].origin not in NO_TESTIMONY


def ranked_sources(
    wanted: Sequence[Place],
    notes: Mapping[str, Note],
    passages: Mapping[str, Sequence[Passage]],
    found: Sequence[Found] = (),
) -> tuple[Source, ...]:
    """Return the wanted passages one by one, best first, as they are shown where no model answers."""
    kinds = _kinds(found, passages)
    return tuple(
        _source(notes[note_id], [passages[note_id][ordinal]], number, kinds)
        for number, (note_id, ordinal) in enumerate(wanted[:MOST_SHOWN], 1)
    )


def _kinds(found: Iterable[Found], passages: Mapping[str, Sequence[Passage]]) -> dict[Place, str]:
    """Return of each passage that holds a signal what kind it is."""
    return {
        (one.signal.note_id, ordinal): str(one.signal.kind)
        for one in found
        for ordinal in places_at(passages[one.signal.note_id], one.signal.start, one.signal.end)
    }


def _runs(ordered: Sequence[Place], passages: Mapping[str, Sequence[Passage]]) -> list[tuple[str, list[int]]]:
    """Join passages that follow each other in one turn."""
    runs: list[tuple[str, list[int]]] = []
    for note_id, ordinal in ordered:
        follows = bool(runs) and runs[-1][0] == note_id and runs[-1][1][-1] == ordinal - 1
        if follows and passages[note_id][ordinal].turn == passages[note_id][ordinal - 1].turn:
            runs[-1][1].append(ordinal)
        else:
            runs.append((note_id, [ordinal]))
    return runs


def _source(note: Note, run: Sequence[Passage], number: int, kinds: Mapping[Place, str]) -> Source:
    first, last = run[0], run[-1]
    told = {kinds[note.id, one.ordinal]: None for one in run if (note.id, one.ordinal) in kinds}
    return Source(
        number=number,
        note_id=note.id,
        quote=note.text[first.start : last.end],
        date=note.date,
        channel=note.channel.value,
        title=note.title,
        line=first.line,
        start=first.start,
        end=last.end,
        speaker=first.speaker,
        side=first.side,
        origin=first.origin,
        voiced=first.side == "customer",
        kind=", ".join(told) or None,
    )


def question_request(asked: Asked, sources: Sequence[Source], template: Template) -> Request:
    """Return the request that asks a model, the passages fenced as data."""
    values = {
        "as_of": asked.as_of.isoformat(),
        "question": fencing.line(asked.question),
        "passages": material.fenced(asked.account, material.lines_of({str(one.number): one for one in sources})),
    }
    return Request(
        task=template.task,
        messages=template.filled(values),
        form=schema_of(AnswerForm),
        form_name="answer",
        account=asked.account,
        quotes=material.notes_of(sources),
    )
