"""The search index on embedded Chroma: `opening` takes the lock, `index` asks and fills, `seal` knows its own files."""

from notesense.adapters.chroma.opening import open_index

__all__ = ["open_index"]
