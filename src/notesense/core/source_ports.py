"""The seam to what is remembered of sources: files that were read completely, other forms in which a note came."""

from collections.abc import Sequence
from typing import Protocol

from notesense.core.note import NoteSource, Turn, Value


class OtherForm(Value):
    """A form in which a note came again: the captions of a call that is there as JSON. Nothing of it is ever lost.

    `where` is the file that it came from; `turns` are over its own text, as a note's are.
    """

    note_id: str
    where: str
    title: str = ""
    text: str
    turns: tuple[Turn, ...] = ()
    source: NoteSource = NoteSource()


class ReadFile(Value):
    """A file that was read completely: what it is known again by, whole and unchanged, and the notes that came of it.

    `place` stands for where it lies, whatever is in it; empty where it lies nowhere.
    """

    mark: str
    place: str = ""
    note_ids: tuple[str, ...] = ()


class Sources(Protocol):
    """What is remembered of sources. Each method is one transaction."""

    def recall(self, mark: str) -> int | None:
        """Return how many notes came of a file that was read completely; None where it was not, or one has gone."""
        ...

    def remember(self, files: Sequence[ReadFile]) -> None:
        """Keep that these files were read completely."""
        ...

    def came_of(self, place: str) -> tuple[str, ...]:
        """Return the notes, still there, that came of whatever lay at a place before, in the order of their coming."""
        ...

    def add_form(self, form: OtherForm) -> None:
        """Keep another form of a note; the same text twice is once. Raises InputError where there is no such note."""
        ...

    def forms(self, note_id: str) -> tuple[OtherForm, ...]:
        """Return the other forms of a note, in the order of their coming."""
        ...

    def forms_in(self, account: str) -> tuple[OtherForm, ...]:
        """Return the other forms of all notes of an account, in the order of their coming."""
        ...

    def close(self) -> None:
        """Release the database."""
        ...
