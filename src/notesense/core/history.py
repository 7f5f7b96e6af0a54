"""The history of one account as of a day: its notes and signals, oldest first, and nothing of any later day.

Finds later words on a statement: later sentences or signals that share its distinctive words. A content word is the
more distinctive, the fewer of the account's own notes have it. All work grows with this account only.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from notesense.core.bearing import Bearing, Effect, Place
from notesense.core.evidence import Evidence, cite, cite_slice
from notesense.core.note import Note, Side
from notesense.core.outcome import Outcome, is_likely, outcome_of
from notesense.core.ports import Found
from notesense.core.sentence import Sentence, sentences_of
from notesense.core.vocabulary import LIVE_CHANNELS, Kind
from notesense.core.words import all_words, content_stems, content_words, is_part_number, name_stems

MOST_LATER_WORDS = 3
SHORT_SENTENCE = 40
ALONE = 0.5
"""A word of this weight shows a matter by itself: it stands in two notes only."""
TOGETHER = 0.42
"""Two words or more show a matter when they weigh this much together."""
TELLING = 0.25
NEGLIGIBLE = 0.02
"""Words that stand in more notes than this leaves are not looked for at all."""
LESSER = 0.75
"""Numbers and names are worth less than other words: they go with many matters."""
NEARLY = 0.75
"""Later words much weaker than the strongest ones are left out."""

FEW_NOTES = 6
"""In an account of fewer notes every word is rare: one shared word shows nothing there, but for a part number."""

COMPLAINTS: dict[str, str] = {
    Kind.PAIN_POINT: "a problem",
    Kind.PRICE_VALUE: "price against value",
    Kind.STALLED_ADOPTION: "something unused",
    Kind.EXPECTATION: "what is expected",
}
"""Signals that, standing on later words, show that a matter is not closed; and how they are told."""


@dataclass(frozen=True)
class History:
    """What was known about an account on `as_of`. Build it with `history_of`."""

    account: str
    as_of: datetime.date
    notes: tuple[Note, ...]
    found: tuple[Found, ...]
    bearings: tuple[Bearing, ...] = ()
    compared: bool = False
    """False: nobody weighed what later words say, so no outcome does not mean that there is none."""

    @cached_property
    def _by_id(self) -> dict[str, Note]:
        return {note.id: note for note in self.notes}

    @cached_property
    def _spread(self) -> Counter[str]:
        return Counter(stem for note in self.notes for stem in content_stems(note.text))

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        return sentences_of(self.notes)

    @cached_property
    def _sentence_places(self) -> dict[str, list[int]]:
        return _places(content_stems(one.text) for one in self._sentences)

    @cached_property
    def _signal_places(self) -> dict[str, list[int]]:
        return _places(content_stems(found.signal.quote) for found in self.found)

    @cached_property
    def _by_note(self) -> dict[str, list[Found]]:
        signals: dict[str, list[Found]] = defaultdict(list)
        for found in self.found:
            signals[found.signal.note_id].append(found)
        return signals

    @cached_property
    def _by_signal(self) -> dict[str | None, Found]:
        return {found.signal.id: found for found in self.found}

    @cached_property
    def _of_kinds(self) -> dict[tuple[Kind, ...], tuple[Found, ...]]:
        return {}

    @cached_property
    def _memory(self) -> dict[str, dict[str, float]]:
        return {}

    @cached_property
    def _heard(self) -> dict[str, tuple[Outcome, ...]]:
        return {}

    @cached_property
    def _citations(self) -> dict[str, Evidence]:
        return {}

    @cached_property
    def _word_memory(self) -> dict[str, frozenset[str]]:
        return {}

    def note(self, note_id: str) -> Note:
        """Return a note of this history."""
        return self._by_id[note_id]

    def cite(self, found: Found) -> Evidence:
        """Return the evidence that a signal of this history gives."""
        if found.signal.id not in self._citations:
            self._citations[found.signal.id] = cite(found, self.note(found.signal.note_id))
        return self._citations[found.signal.id]

    def of(self, *kinds: Kind) -> tuple[Found, ...]:
        """Return the signals of these kinds, oldest first."""
        if kinds not in self._of_kinds:
            self._of_kinds[kinds] = tuple(found for found in self.found if found.signal.kind in kinds)
        return self._of_kinds[kinds]

    @cached_property
    def last_live(self) -> datetime.date | None:
        """The day of the last call or meeting, or None."""
        return next((note.date for note in reversed(self.notes) if note.is_live), None)

    def age(self, day: datetime.date) -> int:
        """Return how many days before `as_of` this day was."""
        return (self.as_of - day).days

    def distinctive(self, text: str) -> dict[str, float]:
        """Return the text's content stems with their weights: the rarer in the account's notes, the heavier."""
        if text not in self._memory:
            names = name_stems(text)
            self._memory[text] = {
                stem: (LESSER if stem in names or stem.isdigit() else 1.0) / max(2, self._spread[stem])
                for stem in content_stems(text)
            }
        return self._memory[text]

    def looked_for(self, text: str) -> tuple[str, ...]:
        """Return the words of the text that can be looked for in later notes, as they stand there."""
        weights = self.distinctive(text)
        return content_words(text, frozenset(stem for stem, weight in weights.items() if weight >= TELLING))

    def alike(self, one: str, other: str, least: int = 1) -> bool:
        """Tell whether two statements share enough distinctive words, and at least so many, to be about one matter."""
        wanted, others = self.distinctive(one), self.distinctive(other)
        if wanted.keys().isdisjoint(others):
            return False
        shared = {stem: wanted[stem] for stem in wanted.keys() & others.keys()}
        return len(shared) >= least and self._enough(shared)

    def stated(self, found: Found, name: str) -> str | None:
        """Return an attribute, where all of its words stand in the note; an invented one is None."""
        value = found.signal.attributes.get(name)
        if value is None or not value.strip():
            return None
        return value if all_words(value) <= self._words(found.signal.note_id) else None

    @cached_property
    def _speakers(self) -> tuple[tuple[str, Side], ...]:
        told = ((found.signal.speaker, found.signal.side) for found in self.found)
        return tuple(dict.fromkeys((speaker, side) for speaker, side in told if speaker))

    def speakers(self, side: Side | None = None) -> tuple[str, ...]:
        """Return who speaks in these notes, as far as signals tell; on one side, or on any."""
        return tuple(speaker for speaker, its in self._speakers if side in (None, its))

    def later_sentences(self, found: Found) -> tuple[Evidence, ...]:
        """Return the newest later sentences that share the statement's distinctive words, oldest first.

        Later means another note of the same day or of a later one. A short sentence brings the next one along.
        """
        hits = {
            place: weight
            for place, weight in self._alike(found, self._sentence_places).items()
            if _is_later(self._sentences[place].note.date, self._sentences[place].note.id, found)
        }
        strongest = max(hits.values(), default=0)
        kept = sorted(place for place, weight in hits.items() if weight >= NEARLY * strongest)[-MOST_LATER_WORDS:]
        return tuple(dict.fromkeys(one.cite() for place in kept for one in self._with_next(place)))

    def later_naming(self, found: Found, names: Iterable[str]) -> tuple[Evidence, ...]:
        """Return the later sentences, as above, that have all words of one of these names, oldest first."""
        wanted = [words for name in names if (words := all_words(name))]
        return tuple(
            one.cite()
            for note in self.notes
            if _is_later(note.date, note.id, found) and any(words <= self._words(note.id) for words in wanted)
            for one in self._sentences_of.get(note.id, ())
            if any(words <= all_words(one.text) for words in wanted)
        )

    @cached_property
    def _sentences_of(self) -> dict[str, list[Sentence]]:
        by_note: dict[str, list[Sentence]] = defaultdict(list)
        for one in self._sentences:
            by_note[one.note.id].append(one)
        return by_note

    @cached_property
    def _bearing_on(self) -> dict[tuple[str, int, int], list[Bearing]]:
        told: dict[tuple[str, int, int], list[Bearing]] = defaultdict(list)
        for one in self.bearings:
            told[one.statement.note_id, one.statement.start, one.statement.end].append(one)
        return told

    def bearings_on(self, found: Found) -> tuple[Bearing, ...]:
        """Return all that later words were weighed to say about a statement, in no particular order."""
        signal = found.signal
        return tuple(self._bearing_on.get((signal.note_id, signal.start, signal.end), ()))

    def outcomes(self, found: Found, *effects: Effect) -> tuple[Outcome, ...]:
        """Return the later words that have one of these effects (any) on a statement, oldest first."""
        if found.signal.id not in self._heard:
            self._heard[found.signal.id] = self._outcomes(found)
        told = self._heard[found.signal.id]
        return tuple(one for one in told if one.effect in effects) if effects else told

    def _outcomes(self, found: Found) -> tuple[Outcome, ...]:
        told = []
        for one in filter(lambda one: is_likely(one.likelihoods), self.bearings_on(found)):
            words = self.cite_place(one.words)
            told.append(outcome_of(found.signal.kind, one.likelihoods, words, self.signals_on(words)))
        return tuple(sorted(told, key=lambda one: (one.words.date, one.words.note_id, one.words.start)))

    def cite_place(self, place: Place) -> Evidence:
        """Return the evidence that a place of this history gives."""
        return cite_slice(self.note(place.note_id), place.start, place.end)

    def hinted_later(self, found: Found) -> datetime.date | None:
        """Return the day of the newest later sentence with one rare word of the statement, too little to bind them."""
        least = TELLING if len(self.notes) < FEW_NOTES else ALONE
        rare = [stem for stem, weight in self.distinctive(found.signal.quote).items() if weight >= least]
        notes = (self._sentences[place].note for stem in rare for place in self._sentence_places.get(stem, ()))
        return max((note.date for note in notes if _is_later(note.date, note.id, found)), default=None)

    def signals_like(self, found: Found, kinds: Iterable[str]) -> tuple[Found, ...]:
        """Return the signals of these kinds that share the statement's distinctive words, oldest first."""
        others = (self.found[place] for place in sorted(self._alike(found, self._signal_places)))
        return tuple(other for other in others if other.signal.kind in kinds)

    def later_signals(self, found: Found, kinds: Iterable[str]) -> tuple[Found, ...]:
        """Return later signals of these kinds, in other notes, that share the statement's distinctive words."""
        others = self.signals_like(found, kinds)
        return tuple(other for other in others if _is_later(other.date, other.signal.note_id, found))

    def in_note(self, note_id: str) -> Sequence[Found]:
        """Return the signals of a note, in its order."""
        return self._by_note.get(note_id, ())

    def by_id(self, signal_id: str | None) -> Found | None:
        """Return a signal of this history, or None where it has none of this id."""
        return self._by_signal.get(signal_id)

    def signals_on(self, words: Evidence) -> tuple[Found, ...]:
        """Return the signals whose words overlap these words of a note."""
        near = self._by_note.get(words.note_id, ())
        return tuple(one for one in near if one.signal.start < words.end and words.start < one.signal.end)

    def complaints(self, later: Iterable[Evidence]) -> tuple[Found, ...]:
        """Return the signals on these later words that complain, each once; other suppliers' faults are none."""
        told = {one.signal.id: one for words in later for one in self.signals_on(words)}
        return tuple(
            one
            for one in told.values()
            if one.signal.kind in COMPLAINTS and one.signal.attributes.get("about") != "other_supplier"
        )

    def told_of(self, complaints: Iterable[Found]) -> str:
        """Return in words what these complaints tell of."""
        return " and ".join(dict.fromkeys(COMPLAINTS[one.signal.kind] for one in complaints))

    def is_praise(self, words: Evidence) -> bool:
        """Tell whether these words carry praise and no complaint."""
        praised = any(one.signal.kind is Kind.PRAISE for one in self.signals_on(words))
        return praised and not self.complaints((words,))

    def first_told(self, found: Found) -> Found | None:
        """Return the first signal of the same kind and an earlier day that shared the distinctive words, or None."""
        same = self.signals_like(found, (found.signal.kind,))
        return next((other for other in same if other.date < found.date), None)

    def _alike(self, found: Found, places: Mapping[str, list[int]]) -> dict[int, float]:
        """Return where enough of the statement's distinctive words stand, with their weight."""
        shared: dict[int, dict[str, float]] = defaultdict(dict)
        for stem, weight in self.distinctive(found.signal.quote).items():
            if weight >= NEGLIGIBLE:
                for place in places.get(stem, ()):
                    shared[place][stem] = weight
        return {place: sum(stems.values()) for place, stems in shared.items() if self._enough(stems)}

    def _enough(self, shared: Mapping[str, float]) -> bool:
        """Tell whether shared words show one matter: one that only two notes have, or several that weigh as much."""
        few = len(self.notes) < FEW_NOTES
        alone = (weight for stem, weight in shared.items() if not few or is_part_number(stem))
        return max(alone, default=0) >= (LESSER * ALONE if few else ALONE) or (
            len(shared) > 1 and sum(shared.values()) >= TOGETHER
        )

    def _with_next(self, place: int) -> tuple[Sentence, ...]:
        pair = self._sentences[place : place + 2]
        short = pair[0].end - pair[0].start < SHORT_SENTENCE
        return pair if short and pair[-1].note.id == pair[0].note.id else pair[:1]

    def has_later_note(self, found: Found) -> bool:
        """Tell whether any other note is of the statement's day or later."""
        return any(_is_later(note.date, note.id, found) for note in reversed(self.notes))

    def named_live_since(self, day: datetime.date, name: str) -> bool:
        """Tell whether a call or meeting after this day has a word of the name in its note."""
        words = all_words(name)
        return any(
            note.date > day and note.channel in LIVE_CHANNELS and words & self._words(note.id) for note in self.notes
        )

    def is_named_before(self, found: Found, name: str) -> bool:
        """Tell whether a note of an earlier day than the statement has a word of the name."""
        return any(note.date < found.date for word in all_words(name) for note in self._notes_with.get(word, ())[:1])

    def notes_naming(self, name: str) -> Sequence[Note]:
        """Return the notes in which a name stands, oldest first."""
        rarest = min((self._notes_with.get(word, ()) for word in all_words(name)), key=len, default=self.notes)
        return [note for note in rarest if name in note.text]

    @cached_property
    def _notes_with(self) -> dict[str, list[Note]]:
        """The notes of each word, oldest first."""
        places: dict[str, list[Note]] = defaultdict(list)
        for note in self.notes:
            for word in self._words(note.id):
                places[word].append(note)
        return places

    def _words(self, note_id: str) -> frozenset[str]:
        if note_id not in self._word_memory:
            self._word_memory[note_id] = all_words(self.note(note_id).text)
        return self._word_memory[note_id]


def _is_later(date: datetime.date, note_id: str, found: Found) -> bool:
    return date >= found.date and note_id != found.signal.note_id


def _places(texts: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, stems in enumerate(texts):
        for stem in stems:
            places[stem].append(place)
    return places


def history_of(
    account: str,
    notes: Sequence[Note],
    signals: Sequence[Found],
    as_of: datetime.date,
    bearings: Sequence[Bearing] | None = None,
) -> History:
    """Return what was known on `as_of`: later notes, and signals that are no slice of a known note, are left out.

    So are bearings whose words stand in an unknown note, or in one older than the statement's. None: nobody compared.
    """
    seen = {note.id: note for note in notes if note.date <= as_of}
    kept = sorted(seen.values(), key=lambda note: (note.date, note.id))
    fitting = {
        found.signal.id: found.model_copy(update={"date": seen[found.signal.note_id].date})
        for found in signals
        if found.signal.note_id in seen and _is_slice(found, seen[found.signal.note_id])
    }
    ordered = sorted(
        fitting.values(), key=lambda found: (found.date, found.signal.note_id, found.signal.start, found.signal.id)
    )
    return History(
        account=account,
        as_of=as_of,
        notes=tuple(kept),
        found=tuple(ordered),
        bearings=tuple(one for one in bearings or () if _is_known(one, seen)),
        compared=bearings is not None,
    )


def _is_known(bearing: Bearing, seen: Mapping[str, Note]) -> bool:
    earlier, later = seen.get(bearing.statement.note_id), seen.get(bearing.words.note_id)
    return earlier is not None and later is not None and earlier.id != later.id and earlier.date <= later.date


def _is_slice(found: Found, note: Note) -> bool:
    signal = found.signal
    return bool(signal.quote) and note.text[signal.start : signal.end] == signal.quote
