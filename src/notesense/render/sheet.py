"""A sheet of terminal text: paragraphs with hanging indents, label columns, colour only as help.

Everything that is put on a sheet is made safe on the way, so no renderer can forget it, and no line is wider than the
sheet, measured in terminal cells.
"""

import io
from typing import TypeAlias

from rich.console import Console
from rich.text import Text

from notesense.render import safe

Part: TypeAlias = str | tuple[str, str]

NARROWEST = 60
_STYLES = {
    "strong": "bold",
    "quiet": "dim",
    "bad": "bold red",
    "warn": "bold yellow",
    "good": "bold green",
    "": "",
}


class Sheet:
    """Collects lines; `text` gives them. Styles are `strong`, `quiet`, `bad`, `warn`, `good`."""

    def __init__(self, width: int, colour: bool = False) -> None:
        self.width = max(NARROWEST, width)
        self._lines: list[Text] = []
        self._console = Console(
            file=io.StringIO(),
            width=self.width + 1,
            force_terminal=colour,
            force_interactive=False,
            force_jupyter=False,
            color_system="standard" if colour else None,
            no_color=not colour,
            legacy_windows=False,
            markup=False,
            highlight=False,
            emoji=False,
        )

    def line(self, *parts: Part, indent: int = 0, hang: int = 0) -> None:
        """Put a paragraph down; its further lines are indented by `hang` cells more."""
        self._paragraph("", _text(parts), indent, indent + hang)

    def row(self, label: Part, *parts: Part, indent: int = 2, column: int = 20) -> None:
        """Put a paragraph down that begins at `column`, with a label before it."""
        head = _text([label])
        if indent + head.cell_len >= column:
            self._paragraph("", head, indent, column)
            self._paragraph("", _text(parts), column, column)
        else:
            head.pad_right(column - indent - head.cell_len)
            self._paragraph(head, _text(parts), indent, column)

    def heading(self, text: str) -> None:
        """Put a heading down, with air above it."""
        self.gap()
        self.line((text, "strong"))

    def verbatim(self, text: str) -> None:
        """Put a text down line by line as it is, however long its lines are."""
        self._lines.extend(Text(line) for line in safe.block(text).split("\n"))

    def gap(self) -> None:
        """Leave one empty line, never two, and none at the top."""
        if self._lines and self._lines[-1].plain:
            self._lines.append(Text(""))

    def text(self) -> str:
        """Return all that was put down."""
        while self._lines and not self._lines[-1].plain:
            self._lines.pop()
        file = io.StringIO()
        self._console.file = file
        for line in self._lines:
            self._console.print(line, no_wrap=True, overflow="ignore", crop=False)
        return file.getvalue()

    def _paragraph(self, head: Text | str, body: Text, indent: int, hang: int) -> None:
        wrapped = body.wrap(self._console, self.width - hang, overflow="fold") if body.plain else [Text("")]
        for number, line in enumerate(wrapped):
            line.rstrip()
            if number or not head:
                out = Text(" " * (hang if number else indent)).append_text(line)
            else:
                out = Text(" " * indent).append_text(Text.assemble(head)).append_text(line)
            out.rstrip()
            self._lines.append(out)


def _text(parts: tuple[Part, ...] | list[Part]) -> Text:
    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(safe.shown(words), _STYLES[style])
    return text


def quoted(words: str) -> str:
    """Return the words in quotation marks, on one line."""
    return f"“{safe.inline(words)}”"
