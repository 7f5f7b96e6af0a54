"""Whether the facts of a history agree with its notes: quotes stand there, labels are covered, days fit."""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from notesense.core.vocabulary import Kind
from notesense.evaluation.accounts.facts import Facts, Shown, Words
from notesense.evaluation.accounts.json_lines import Path
from notesense.evaluation.datasets import LabelledNote, shortened

RECURS = (
    Kind.PAIN_POINT,
    Kind.EXPECTATION,
    Kind.STALLED_ADOPTION,
    Kind.PRICE_VALUE,
    Kind.OPPORTUNITY,
    Kind.COMMITMENT,
)
"""The kinds of statement that can recur."""


class Inconsistency(NamedTuple):
    """Where it stands in the facts, what is wrong, and what is right."""

    path: Path
    what: str
    fix: str


def inconsistencies(facts: Facts, notes: Sequence[LabelledNote]) -> Iterator[Inconsistency]:
    """Yield all that does not fit."""
    yield from _accounts(facts, notes)
    known = {one.note.id: one for one in notes}
    for path, words, kinds in _all_words(facts):
        yield from _words(path, words, kinds, known, facts.as_of)
    yield from _statuses(facts)
    yield from _uncovered(facts, notes)


def _accounts(facts: Facts, notes: Sequence[LabelledNote]) -> Iterator[Inconsistency]:
    for other in sorted({one.note.account for one in notes} - {facts.account}):
        what = f"{shortened(facts.account)}, but a note is of {shortened(other)}"
        yield Inconsistency(("account",), what, "A history is of one account.")
    if not any(one.note.date <= facts.as_of for one in notes):
        yield Inconsistency(("as_of",), "no note is of that day or earlier", "Name a day after the first note.")
    if facts.meeting < facts.as_of:
        yield Inconsistency(("meeting",), f"{facts.meeting} lies before {facts.as_of}", "It comes after as_of.")


def _all_words(facts: Facts) -> Iterator[tuple[Path, Words, tuple[Kind, ...]]]:
    """Yield every quote with its path, and the kinds of label of which it must be the quote (any, or none)."""
    for part, kinds in (
        ("promises", (Kind.COMMITMENT,)),
        ("people", ()),
        ("since_last_meeting", ()),
        ("expectations", (Kind.EXPECTATION,)),
        ("pains", (Kind.PAIN_POINT,)),
        ("price", (Kind.PRICE_VALUE,)),
        ("support", ()),
        ("stalled", (Kind.STALLED_ADOPTION,)),
        ("must_not", ()),
    ):
        for at, words in enumerate(getattr(facts, part)):
            yield (part, at), words, kinds
            if isinstance(words, Shown):
                yield from _each((part, at, "evidence"), words.evidence)
    for at, since in enumerate(facts.since_last_meeting):
        if since.before is not None:
            yield ("since_last_meeting", at, "before"), since.before, ()
    for at, price in enumerate(facts.price):
        for number, cause in enumerate(price.causes):
            yield from _each(("price", at, "causes", number, "evidence"), cause.evidence)
        yield from _each(("price", at, "proof_of_value"), price.proof_of_value)
    for at, matter in enumerate(facts.recurring):
        yield from _each(("recurring", at, "occurrences"), matter.occurrences, RECURS)
    yield from _each(("standing", "reasons"), facts.standing.reasons)
    for at, topic in enumerate(facts.must_ask):
        yield from _each(("must_ask", at, "evidence"), topic.evidence)


def _each(
    path: Path, several: Sequence[Words], kinds: tuple[Kind, ...] = ()
) -> Iterator[tuple[Path, Words, tuple[Kind, ...]]]:
    for at, words in enumerate(several):
        yield (*path, at), words, kinds


def _words(
    path: Path, words: Words, kinds: tuple[Kind, ...], known: dict[str, LabelledNote], as_of: datetime.date
) -> Iterator[Inconsistency]:
    note = known.get(words.note_id)
    if note is None:
        yield Inconsistency(
            (*path, "note_id"), f"there is no note {shortened(words.note_id)}", "Name one of notes.jsonl."
        )
    elif note.note.date > as_of:
        what = f"the note {words.note_id} is of {note.note.date}, after {as_of}"
        yield Inconsistency((*path, "note_id"), what, "On that day nobody knew it.")
    elif words.quote not in note.note.text:
        what = f"the quote is not in {words.note_id}: {shortened(words.quote)}"
        yield Inconsistency((*path, "quote"), what, "Copy it from the text exactly.")
    elif kinds and not any(label.kind in kinds and label.quote == words.quote for label in note.labels):
        what = f"not the quote of a label of {words.note_id} ({', '.join(kinds)}): {shortened(words.quote)}"
        yield Inconsistency((*path, "quote"), what, "Take the label's quote.")


def _statuses(facts: Facts) -> Iterator[Inconsistency]:
    """Yield statuses that lack what shows them."""
    shown = "Quote the later words that show it."
    for part, needing in (
        ("promises", ("kept", "dropped")),
        ("expectations", ("met", "missed", "changed")),
        ("pains", ("settled",)),
    ):
        for at, one in enumerate(getattr(facts, part)):
            if one.status in needing and not one.evidence:
                yield Inconsistency((part, at, "evidence"), f"none for {one.status}", shown)
    for at, promise in enumerate(facts.promises):
        if promise.status == "overdue" and (promise.due is None or promise.due >= facts.as_of):
            told = f"overdue on {facts.as_of}, but due {promise.due or 'on no day'}"
            yield Inconsistency(("promises", at, "due"), told, "Give the day that is past.")
    for at, since in enumerate(facts.since_last_meeting):
        if since.type in ("changed", "settled", "still_open") and since.before is None:
            yield Inconsistency(("since_last_meeting", at, "before"), f"none for {since.type}", "Quote what was told.")
    for at, matter in enumerate(facts.recurring):
        if len({words.note_id for words in matter.occurrences}) < 2:
            yield Inconsistency(("recurring", at), "told in one note only", "It needs two notes at least.")


def _uncovered(facts: Facts, notes: Sequence[LabelledNote]) -> Iterator[Inconsistency]:
    """Yield the labelled commitments that no promise covers."""
    covered = {(one.note_id, one.quote) for one in facts.promises}
    for one in notes:
        for label in one.labels:
            known = one.note.date <= facts.as_of and label.kind == Kind.COMMITMENT
            if known and (one.note.id, label.quote) not in covered:
                what = f"the commitment of {one.note.id} is not among them: {shortened(label.quote)}"
                yield Inconsistency(("promises",), what, "Every labelled commitment has its row.")
