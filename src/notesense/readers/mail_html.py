"""A mail's HTML to the text that it shows: words as they are, a line a block, `> ` before each line that is quoted.

Where the mail program itself names an element as the signature, `-- ` stands above its words, as in plain mails.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from notesense.readers.markup import is_quotation

_CODE = frozenset({"script", "style"})
_SKIPPED = _CODE | {"title", "template", "noscript", "select", "svg"}
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "embed", "source", "track"}
)
_BLOCKS = frozenset(
    "address article aside center dd div dl dt figure footer form header hr li main nav ol section table tbody tfoot "
    "thead tr ul".split()
)
_APART = frozenset("blockquote h1 h2 h3 h4 h5 h6 p pre".split())
_CELLS = frozenset({"td", "th"})
_HOLDING = frozenset({"div", "table", "td", "span", "pre", "p", "section"})
"""Elements that may hold a whole signature."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_REMARK = re.compile(r"<!(?:--|\[)")
_REMARK_END = re.compile(r"--!?>")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block|ms-outlook-mobile-signature"
    r"|apple-?mail-?signature\w*|(?:x_)*signature)(?:\s|$)",
    re.IGNORECASE,
)
"""What programs write as class or id of the element that holds a signature; `x_` is Outlook's, of what it quotes."""


def text_of(html: str) -> str:
    """Return the words that a reader of this HTML would see. Never raises."""
    source = "".join(_without_remarks(html))
    shown = _Shown.of(source)
    return shown.text if shown.is_whole else _Shown.of(source, hiding=False).text


def _without_remarks(html: str) -> Iterator[str]:
    """Yield the HTML without comments and Word's `<![if ...]>`; a comment without end is a tag, lest words be lost."""
    at, endless = 0, False
    while (found := _REMARK.search(html, at)) is not None:
        yield html[at : found.start()]
        end = None if endless or found[0] == "<![" else _REMARK_END.search(html, found.start() + 2)
        endless = endless or (end is None and found[0] == "<!--")
        close = end.end() if end else html.find(">", found.end()) + 1
        if not close:
            yield html[found.end() :].replace("<", "&lt;")
            return
        at = close
    yield html[at:]


class _Shown(HTMLParser):
    def __init__(self, hiding: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._hiding = hiding
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoting: list[bool] = []
        """The blockquotes that are open: whether each is a quotation."""
        self._depth = 0
        self._signing = ""
        """The element whose first words begin a signature, and how many of its kind are open in it."""
        self._signing_open = 0
        self._preformatted = 0
        self._unseen = ""
        """The element whose words nobody sees, and how many of its kind are open in it."""
        self._unseen_open = 0

    @classmethod
    def of(cls, source: str, hiding: bool = True) -> "_Shown":
        """Return what HTML shows; `hiding` is whether elements that hide their words do so."""
        shown = cls(hiding)
        shown.feed(source)
        shown.close()
        return shown

    @property
    def is_whole(self) -> bool:
        """Whether each element that hides its words has an end, so that no others are hidden with them."""
        return not self._unseen or self._unseen in _CODE

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
        told = dict(attrs)
        if self._is_unseen(tag, told):
            self._unseen, self._unseen_open = tag, 1
        elif tag == "br":
            self._end_line(even_empty=True)
        elif tag in _CELLS and self._line:
            self._line.append(" ")
        else:
            self._between(tag)
            if tag == "blockquote":
                self._quoting.append(is_quotation(told))
                self._depth += self._quoting[-1]
            self._preformatted += tag == "pre"
            self._begin_signature(tag, told)
            self._line += ["- "] * (tag == "li")

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if self._unseen:
            self._unseen_open -= tag == self._unseen
            self._unseen = self._unseen if self._unseen_open else ""
            return
        self._between(tag)
        if tag == self._signing:
            self._signing_open -= 1
            self._signing = self._signing if self._signing_open else ""
        if tag == "blockquote":
            self._depth -= bool(self._quoting) and self._quoting.pop()
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

    def _is_unseen(self, tag: str, told: dict[str, str | None]) -> bool:
        if not self._hiding:
            return tag in _CODE
        return tag in _SKIPPED or (tag not in _VOID and _HIDDEN.search(told.get("style") or "") is not None)

    def _begin_signature(self, tag: str, told: dict[str, str | None]) -> None:
        if self._signing:
            self._signing_open += tag == self._signing
        elif tag in _HOLDING and _SIGNATURE.search(f"{told.get('class') or ''} {told.get('id') or ''}"):
            self._end_line()
            self._signing, self._signing_open = tag, 1

    def _between(self, tag: str) -> None:
        if tag in _BLOCKS or tag in _APART:
            self._end_line()
        if tag in _APART and self._lines and self._lines[-1].strip(" >"):
            self._lines.append("> " * self._depth)

    def _end_line(self, even_empty: bool = False) -> None:
        words = "".join(self._line)
        words = words.rstrip() if self._preformatted else re.sub(" {2,}", " ", words).strip(" \t\r\n\f")
        if self._signing and words.strip():
            if self._lines and self._lines[-1].strip(" >") == "--":
                self._lines.pop()
            self._lines.append("> " * self._depth + "-- ")
            self._signing = ""
            if words.strip() == "--":
                words, even_empty = "", False
        if words.strip() or even_empty:
            self._lines.append("> " * self._depth + words)
        self._line = []
