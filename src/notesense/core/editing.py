"""What the rep may say of a statement, held to the same rules as an engine: its words stand in the note.

Each fault comes out as one InputError that names the value and what would be right.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from pydantic import Field

from notesense.core.folding import words
from notesense.core.grounding import ground, places_of, signal_id
from notesense.core.kinds import shape_of
from notesense.core.note import Note, Value
from notesense.core.passage import Passage
from notesense.core.proof import DATE_FIELDS, iso_day, listed_values
from notesense.core.signal import Certainty, Draft, Drafts, Signal, Source
from notesense.core.vocabulary import KINDS, in_order
from notesense.errors import InputError

_LIKE_A_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{8}")
_AROUND = 24
"""Characters shown on each side of a quote that stands in several places."""
_MOST_PLACES = 5


class Edit(Value):
    """What is to change of a signal; None leaves it. `start` chooses between several places of the quote."""

    kind: str | None = None
    quote: str | None = None
    start: int | None = None
    put: dict[str, str] = Field(default_factory=dict)
    """Attributes to set."""
    drop: tuple[str, ...] = ()
    """Attributes to take away."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is to change."""
        return not (self.kind or self.quote is not None or self.start is not None or self.put or self.drop)


def edited(note: Note, passages: Sequence[Passage], old: Signal, edit: Edit, trackers: Collection[str] = ()) -> Signal:
    """Return the signal as the rep wants it, under its old id. Raises InputError for what cannot be.

    `trackers` are the names of a team's own kinds; a signal of one that is gone keeps its kind.
    """
    kind = _kind(edit.kind or old.kind, (*trackers, old.kind))
    start, end = _place(note, passages, edit, old)
    _check_fields(kind, (*edit.put, *edit.drop))
    kept = {name: value for name, value in old.attributes.items() if name not in edit.drop}
    same_certainty = kind == old.kind and "certainty" not in (*edit.put, *edit.drop)
    made = _made(note, passages, kind, (start, end), (kept, edit.put), "corrected")
    certainty: Certainty = old.certainty if same_certainty else "stated"
    return made.model_copy(update={"id": old.id, "certainty": certainty})


def added(
    note: Note, passages: Sequence[Passage], edit: Edit, taken: frozenset[str], trackers: Collection[str] = ()
) -> Signal:
    """Return a new signal of the rep's own, under an id that is not taken. Raises InputError for what cannot be."""
    kind = _kind(edit.kind or "", trackers)
    start, end = _place(note, passages, edit, None)
    _check_fields(kind, tuple(edit.put))
    made = _made(note, passages, kind, (start, end), ({}, edit.put), "added")
    return made.model_copy(update={"id": _free_id(made, taken)})


def confirmed(signal: Signal) -> Signal:
    """Return the signal as one that the rep vouches for."""
    return signal.model_copy(update={"source": "confirmed", "confidence": 1.0, "review": False})


def _kind(name: str, trackers: Collection[str]) -> str:
    wanted = name.strip().casefold().replace(" ", "_").replace("-", "_")
    known = KINDS.union(trackers)
    if wanted not in known:
        raise InputError(f'There is no kind "{name[:40]}".', f"Choose one of: {', '.join(in_order(known))}.")
    return wanted


def _made(
    note: Note,
    passages: Sequence[Passage],
    kind: str,
    place: tuple[int, int],
    attributes: tuple[Mapping[str, str], Mapping[str, str]],
    source: Source,
) -> Signal:
    """Cut the signal out of the note. Of the attributes the kept ones go where they no longer hold, the new must."""
    start, end = place
    kept, put = attributes
    draft = Draft(kind=kind, quote=note.text[start:end], start=start, attributes={**kept, **put})
    (signal,) = ground(note, passages, Drafts(note_id=note.id, drafts=(draft,)), source, source, {kind}).signals
    for name, value in put.items():
        if name not in signal.attributes:
            raise _unproven(kind, name, value)
    return signal


def _unproven(kind: str, name: str, value: str) -> InputError:
    """Return the error for an attribute that does not hold."""
    if not value.strip():
        return InputError(f'"{name}" is given no value.', f"Give it one, or take it away: --unset {name}.")
    allowed = listed_values(kind, name)
    if allowed is not None:
        return InputError(
            f'"{name}" of {_article(kind)} cannot be "{value[:40]}".', f"It is one of: {', '.join(allowed)}."
        )
    if name in DATE_FIELDS and _LIKE_A_DAY.fullmatch(value.strip()):
        if iso_day(value.strip()) is None:
            return InputError(
                f'"{value.strip()}" is no day of the calendar.', "Write it as YYYY-MM-DD, or in the note's own words."
            )
        return InputError(
            f"Nothing in the note can mean {value.strip()}.",
            f'Write "{name}" in the note\'s own words, or leave it out.',
        )
    return InputError(
        f'The note does not say "{value[:60]}", so it cannot be the "{name}".',
        "Write it as it stands in the note; what you know besides belongs in a note of its own.",
    )


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _check_fields(kind: str, names: Sequence[str]) -> None:
    fields = tuple(shape_of(kind).model_fields)
    for name in names:
        if name not in fields:
            raise InputError(
                f'{_article(kind).capitalize()} has no field "{name[:40]}".', f"It has: {', '.join(fields) or 'none'}."
            )


def _place(note: Note, passages: Sequence[Passage], edit: Edit, old: Signal | None) -> tuple[int, int]:
    """Return where the wanted quote stands."""
    if edit.quote is None and edit.start is None and old is not None:
        return old.start, old.end
    quote = edit.quote if edit.quote is not None else old.quote if old is not None else ""
    if not words(quote):
        raise InputError("The quote is empty.", 'Give the words of the note: --quote "...".')
    places = places_of(note, quote)
    if not places:
        raise InputError(f'The note does not say "{_short(quote)}".', _nearest(quote, passages))
    fitting = _fitting(note, places, quote, old) if edit.start is None else [p for p in places if p[0] == edit.start]
    if len(fitting) == 1:
        return fitting[0]
    raise InputError(_several(quote, edit.start, len(places)), f"Choose one: {_told(note, places)}.")


def _fitting(
    note: Note, places: Sequence[tuple[int, int]], quote: str, old: Signal | None
) -> Sequence[tuple[int, int]]:
    """Return the places within the signal as it was, else those that hold the quote to the letter, else all."""
    within = [place for place in places if old is not None and place[0] < old.end and old.start < place[1]]
    exact = [(start, end) for start, end in places if note.text[start:end] == quote.strip()]
    return within or exact or places


def _several(quote: str, start: int | None, places: int) -> str:
    if start is not None:
        return f'"{_short(quote)}" does not begin at {start}.'
    return f'"{_short(quote)}" stands in the note {places} times.'


def _told(note: Note, places: Sequence[tuple[int, int]]) -> str:
    """Return the first places as a reader would look for them, each with what to type."""
    told = []
    for start, end in places[:_MOST_PLACES]:
        before = note.text[max(0, start - _AROUND) : start].rpartition("\n")[2]
        after = note.text[end : end + _AROUND].partition("\n")[0]
        around = f"{before}{_short(note.text[start:end])}{after}"
        told.append(f'--start {start} (line {note.line_of(start)}: "{" ".join(around.split())}")')
    more = len(places) - _MOST_PLACES
    return ", ".join(told) + (f" and {more} more" if more > 0 else "")


def _nearest(quote: str, passages: Sequence[Passage]) -> str:
    """Return what the passage says that shares the most words with the quote."""
    wanted = set(words(quote))
    best, most = None, 0
    for passage in passages:
        shared = len(wanted.intersection(words(passage.text)))
        if shared > most:
            best, most = passage, shared
    if best is None:
        return "Copy the words from the note."
    return f'Copy the words from the note. The nearest are on line {best.line}: "{_short(best.text, 200)}".'


def _short(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 3]}..."


def _free_id(signal: Signal, taken: frozenset[str]) -> str:
    """Return the signal's own id, or another one where a signal that was corrected still goes by it."""
    number, found = 0, signal.id
    while found in taken:
        number += 1
        found = signal_id(f"{signal.note_id}+{number}", signal.kind, signal.start, signal.end)
    return found
