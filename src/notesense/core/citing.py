"""A model's quotation proven: found by grounding inside the words that it names, and cut out of the note again."""

from collections.abc import Iterable, Mapping

from notesense.core.evidence import Evidence
from notesense.core.grounding import ground
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.signal import Draft, Drafts

AROUND = 400
"""Characters before and after the words that grounding is shown: more than it looks at for negations and conditions."""
_KIND = "cited"


class Citation(Evidence):
    """Words that a model quoted, as they stand in the note. `number` is that of the passage it named.

    `review` asks for a person's look: the words before or after may change what the quote says.
    """

    number: int
    review: bool = False


def prove(note: Note, source: Evidence, quote: str, number: int) -> Citation | None:
    """Return the quote as the note has it within the source, or None where it is not proven there."""
    first = max(0, source.start - AROUND)
    near = note.text[first : source.end + AROUND]
    place = {"start": source.start - first, "end": source.end - first, "turn": 0, "line": 1}
    passage = Passage(ordinal=0, text=source.quote, origin=source.origin, **place)
    drafts = Drafts(note_id=note.id, drafts=(Draft(kind=_KIND, quote=quote, passage=0),))
    proven = ground(note.model_copy(update={"text": near}), (passage,), drafts, "model", trackers=(_KIND,)).signals
    inside = [one for one in proven if passage.start <= one.start and one.end <= passage.end]
    if not inside:
        return None
    (found,) = inside
    start, end = first + found.start, first + found.end
    where = {"quote": note.text[start:end], "start": start, "end": end, "line": note.line_of(start)}
    told = source.model_dump(include=set(Evidence.model_fields)) | where
    return Citation(**told, number=number, review=found.review)


def first_proven(notes: Mapping[str, Note], sources: Iterable[Evidence], quote: str) -> Citation | None:
    """Return the quote as the first of these sources has it, or None where none has; numbers count from 1."""
    for number, source in enumerate(sources, 1):
        note = notes.get(source.note_id)
        found = prove(note, source, quote, number) if note else None
        if found is not None:
            return found
    return None
