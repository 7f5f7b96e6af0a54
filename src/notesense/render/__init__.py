"""Results as text, Markdown, HTML or JSON: values in, a string out, nothing read and nothing written.

`render` is the one door. Each format's library is imported only when that format is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from notesense.errors import InputError

if TYPE_CHECKING:
    from notesense.core.note import Note, Value

Format: TypeAlias = Literal["text", "md", "html", "json", "jsonl"]

FORMATS: tuple[Format, ...] = ("text", "md", "html", "json", "jsonl")


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
    if fmt == "html":
        from notesense.render.html import to_html

        return to_html(result, notes or {})
    if fmt == "text":
        from notesense.render.terminal import to_text

        return to_text(result, width=width, colour=colour)
    raise InputError(f"There is no format {fmt!r}.", f"Choose one of {', '.join(FORMATS)}.")
