"""Results as text, Markdown, HTML, JSON or DOCX: values in, a string or bytes out, nothing read, nothing written.

`render` is the door for what is text, `render_file` the one for what is not. Each format's library is imported only
when that format is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from notesense.errors import InputError

if TYPE_CHECKING:
    from notesense.core.note import Note, Value

Format: TypeAlias = Literal["text", "md", "html", "json", "jsonl", "csv"]

FORMATS: tuple[Format, ...] = ("text", "md", "html", "json", "jsonl", "csv")

FILES: frozenset[str] = frozenset({"docx"})
"""Formats that are not text: `render_file` makes them."""


def render(
    result: Value | Sequence[Value],
    fmt: str = "text",
    *,
    width: int = 80,
    colour: bool = False,
    notes: Mapping[str, Note] | None = None,
) -> str:
    """Return the result in this format, ending in one line break.

    `width` is in terminal cells, at least 60, and counts for text alone, as does `colour`. `notes`, by id, let HTML
    open a quote in its context. Raises InputError for a format that this result does not have.
    """
    if fmt == "json":
        from notesense.render.as_json import to_json

        return to_json(result)
    if fmt == "jsonl":
        from notesense.render.as_json import to_jsonl

        return to_jsonl(result)
    if fmt == "md":
        from notesense.render.markdown import to_markdown

        return to_markdown(result)
    if fmt == "csv":
        from notesense.render.table_csv import to_csv

        return to_csv(result)
    if fmt == "html":
        from notesense.render.html import to_html

        return to_html(result, notes or {})
    if fmt == "text":
        from notesense.render.terminal import to_text

        return to_text(result, width=width, colour=colour)
    raise InputError(f"There is no format {fmt!r}.", f"Choose one of {', '.join(FORMATS)}.")


def render_file(result: Value | Sequence[Value], fmt: str) -> bytes:
    """Return the result as the bytes of a file. Raises InputError for a format or a result that has no such form."""
    if fmt == "docx":
        from notesense.render.docx_file import to_docx

        return to_docx(result)
    raise InputError(f"There is no file format {fmt!r}.", f"Choose one of {', '.join(sorted(FILES))}.")
