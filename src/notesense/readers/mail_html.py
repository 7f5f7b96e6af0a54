"""A mail's HTML to the text that it shows: words as they are, a line a block, `> ` before each line that is quoted."""

import re
from html.parser import HTMLParser

_SKIPPED = frozenset({"script", "style", "title", "template", "noscript", "select", "svg"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "embed", "source", "track"}
)
_BLOCKS = frozenset(
    "address article aside center dd div dl dt figure footer form header hr li main nav ol section table tbody tfoot "
    "thead tr ul".split()
)
_APART = frozenset("blockquote h1 h2 h3 h4 h5 h6 p pre".split())
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DECLARED = re.compile(r"<!\[[^>]{0,200}>")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def text_of(html: str) -> str:
    """Return the words that a reader of this HTML would see. Never raises."""
    shown = _Shown()
    shown.feed(_DECLARED.sub("", html))
    shown.close()
    return shown.text


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0
        self._preformatted = 0
        self._unseen = ""
        """The element whose words nobody sees, and how many of its kind are open in it."""
        self._unseen_open = 0

    @property
    def text(self) -> str:
        """All words seen so far."""
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if self._unseen:
            self._unseen_open += tag == self._unseen
            return
        if tag in _SKIPPED or (tag not in _VOID and _HIDDEN.search(dict(attrs).get("style") or "")):
            self._unseen, self._unseen_open = tag, 1
        elif tag == "br":
            self._end_line(even_empty=True)
        elif tag in _CELLS and self._line:
            self._line.append(" ")
        else:
            self._between(tag)
            self._depth += tag == "blockquote"
            self._preformatted += tag == "pre"
            self._line += ["- "] * (tag == "li")

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if self._unseen:
            self._unseen_open -= tag == self._unseen
            self._unseen = self._unseen if self._unseen_open else ""
            return
        self._between(tag)
        if tag == "blockquote":
            self._depth = max(0, self._depth - 1)
        elif tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self._unseen:
            return
        if self._preformatted:
            first, *more = data.replace("\r\n", "\n").split("\n")
            self._line.append(first)
            for line in more:
                self._end_line(even_empty=True)
                self._line.append(line)
            return
        self._line.append(_SPACE.sub(" ", data))

    def _between(self, tag: str) -> None:
        if tag in _BLOCKS or tag in _APART:
            self._end_line()
        if tag in _APART and self._lines and self._lines[-1].strip(" >"):
            self._lines.append("> " * self._depth)

    def _end_line(self, even_empty: bool = False) -> None:
        words = "".join(self._line)
        words = words.rstrip() if self._preformatted else re.sub(" {2,}", " ", words).strip(" \t\r\n\f")
        if words.strip() or even_empty:
            self._lines.append("> " * self._depth + words)
        self._line = []
