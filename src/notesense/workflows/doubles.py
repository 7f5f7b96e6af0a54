"""The same conversation in two forms: found within an account, for one run, without comparing each note with all.

What is held of a note is a few marks; its words are fetched again for the few that may be the same.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from notesense.core.accounts import key
from notesense.core.likeness import SAME_START, Likeness, likeness_of, same_conversation
from notesense.core.note import Note
from notesense.core.ports import Store
from notesense.core.source_ports import OtherForm, Sources

_LEAST_COMMON = 2
"""Shingles of a sketch that two forms of one conversation have in common at the very least; see `SKETCH`."""
_EPOCH = datetime.datetime(1970, 1, 1)


@dataclass(frozen=True)
class Double:
    """A note that is there already in another form. `exact` means that this very text is there, too."""

    note: Note
    exact: bool


@dataclass
class _Account:
    """Where the notes of an account are found, by what two forms of one conversation have in common.

    `shingles` tells the day of each, too: conversations of other days need no second look.
    """

    places: dict[object, list[str]] = field(default_factory=dict)
    shingles: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    forms: dict[str, list[OtherForm]] = field(default_factory=dict)

    def add(self, note_id: str, told: Likeness) -> None:
        for place in _places(told):
            self.places.setdefault(place, []).append(note_id)
        for shingle in told.sketch if told.said else ():
            self.shingles.setdefault(shingle, []).append((note_id, told.date.toordinal()))

    def near(self, told: Likeness) -> Iterator[str]:
        """Yield the notes that may be the same, each once."""
        yield from dict.fromkeys(note_id for place in _near(told) for note_id in self.places.get(place, ()))
        if told.said:
            day = told.date.toordinal()
            common = Counter(
                note_id
                for shingle in told.sketch
                for note_id, other in self.shingles.get(shingle, ())
                if not told.dated or abs(other - day) <= 1
            )
            yield from (note_id for note_id, number in common.most_common() if number >= _LEAST_COMMON)


class Doubles:
    """Knows the notes of accounts as the run meets these; what the run itself keeps it is told by `keep`."""

    def __init__(self, store: Store, sources: Sources) -> None:
        self._store = store
        self._sources = sources
        self._accounts: dict[str, _Account] = {}

    def of(self, note: Note, dated: bool, waiting: Mapping[str, Note]) -> Double | None:
        """Return the note of which this one is another form; `waiting` are notes of the run that are not saved yet.

        A note for which there is none is remembered as one of its account.
        """
        known = self._known(note.account)
        told = likeness_of(note, dated)
        double = self._among(known, told, note, waiting)
        if double is None:
            known.add(note.id, told)
        return double

    def add(self, note: Note, dated: bool) -> None:
        """Remember a note as one of its account, for notes to come."""
        self._known(note.account).add(note.id, likeness_of(note, dated))

    def _among(self, known: _Account, told: Likeness, note: Note, waiting: Mapping[str, Note]) -> Double | None:
        for note_id in known.near(told):
            there = waiting.get(note_id) or self._store.note(note_id)
            if there is None or there.id == note.id:
                continue
            forms = known.forms.get(note_id, [])
            likes = (likeness_of(there), *(likeness_of(_as_note(form, there)) for form in forms))
            if any(same_conversation(told, like) for like in likes):
                return Double(there, exact=note.text in (there.text, *(form.text for form in forms)))
        return None

    def keep(self, form: OtherForm, account: str) -> None:
        """Save another form of a note, by which the conversation is known again, too."""
        self._sources.add_form(form)
        known = self._known(account)
        known.forms.setdefault(form.note_id, []).append(form)
        there = self._store.note(form.note_id)
        if there is not None:
            known.add(form.note_id, likeness_of(_as_note(form, there)))

    def _known(self, account: str) -> _Account:
        return self._accounts.get(key(account)) or self._load(account)

    def _load(self, account: str) -> _Account:
        known = _Account()
        for note in self._store.notes(account):
            known.add(note.id, likeness_of(note))
        for form in self._sources.forms_in(account):
            known.forms.setdefault(form.note_id, []).append(form)
            there = self._store.note(form.note_id)
            if there is not None:
                known.add(form.note_id, likeness_of(_as_note(form, there)))
        return self._accounts.setdefault(key(account), known)


def form_of(note: Note, where: str, note_id: str) -> OtherForm:
    """Return a note that came as another form of the one with this id."""
    return OtherForm(
        note_id=note_id, where=where, title=note.title, text=note.text, turns=note.turns, source=note.source
    )


def _as_note(form: OtherForm, note: Note) -> Note:
    """Return another form of a note as if it were the note."""
    return note.model_copy(update={"text": form.text, "turns": form.turns, "source": form.source})


def _places(told: Likeness) -> Iterator[object]:
    """Yield under what a note is filed."""
    yield "words", told.mark, None
    yield "words", told.mark, told.date
    if told.meeting:
        yield "meeting", told.meeting
    if (slot := _slot(told)) is not None:
        yield "start", slot


def _near(told: Likeness) -> Iterator[object]:
    """Yield where notes that may be the same are filed; short words return on many days."""
    yield "words", told.mark, told.date if told.dated and not told.said else None
    if told.meeting:
        yield "meeting", told.meeting
    if (slot := _slot(told)) is not None:
        yield from (("start", (slot[0], slot[1] + step)) for step in (-1, 0, 1))


def _slot(told: Likeness) -> tuple[bool, int] | None:
    """Return the stretch of time in which it began, as long as beginnings of one meeting lie apart."""
    begun = told.started
    if begun is None:
        return None
    since = begun.astimezone(datetime.UTC).replace(tzinfo=None) if begun.tzinfo else begun
    return begun.tzinfo is None, int((since - _EPOCH) / SAME_START)
