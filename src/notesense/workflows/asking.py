"""Ask an engine for its drafts. What goes wrong in an engine is told of the note; it never loses one."""

from collections.abc import Iterator, Sequence

from notesense.core.note import Note
from notesense.core.ports import Engine
from notesense.core.signal import Drafts
from notesense.errors import NoteSenseError


def drafts_of(notes: Sequence[Note], engine: Engine) -> Iterator[Drafts]:
    """Answer one `Drafts` for each note, in order; a note on which the engine broke carries `error`."""
    answered = 0
    while answered < len(notes):
        try:
            for drafts in engine.extract(notes[answered:]):
                yield drafts
                answered += 1
            reason = "the engine gave no answer"
        except NoteSenseError as error:
            reason = f"{error.message} {error.fix}".strip()
        except Exception as error:
            reason = f"the engine broke ({type(error).__name__})"
        if answered < len(notes):
            yield Drafts(note_id=notes[answered].id, error=reason)
            answered += 1
