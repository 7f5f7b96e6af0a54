"""Where notes are kept, together: the record, what is remembered of sources, the search index."""

from dataclasses import dataclass

from notesense.core.ports import Store
from notesense.core.source_ports import Sources
from notesense.workflows.indexing import Librarian


@dataclass(frozen=True)
class Shelves:
    """The notes, what is remembered of their sources, and the search index over them."""

    store: Store
    sources: Sources
    librarian: Librarian
