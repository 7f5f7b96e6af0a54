"""HTML to the words that it shows, parsed by lxml: entities decoded, a line a block, a tab between cells of a table.

Scripts, styles and comments show nothing. Any text is accepted, in time that grows with its length alone.
"""

import re
from typing import NamedTuple

_HIDDEN = frozenset({"script", "style", "template", "title"})
_BREAKS = dict.fromkeys("address article aside body dd div dl dt footer form header li main nav section tr".split(), 1)
_BREAKS |= dict.fromkeys("blockquote figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split(), 2)
"""How many line ends stand at least before and after an element."""
_SPACE = re.compile(r"[ \t\n\r\f]+")


class Page(NamedTuple):
    """What HTML shows, and what its `<title>` says; either may be empty."""

    title: str
    words: str


class _Words:
    """Collects the words as lxml tells of them: a parser target, so that no tree is built, however deep it would be."""

    def __init__(self) -> None:
        self.title: list[str] = []
        self.shown: list[str] = []
        self.hidden: list[str] = []
        self.kept = 0
        self.breaks = 0

    def start(self, tag: str, attributes: object) -> None:
        """Take an element's beginning."""
        self.breaks = max(self.breaks, _BREAKS.get(tag, 0))
        if tag in _HIDDEN:
            self.hidden.append(tag)
        elif tag == "br":
            self._show("\n")
        self.kept += tag == "pre"

    def end(self, tag: str) -> None:
        """Take an element's end."""
        self.breaks = max(self.breaks, _BREAKS.get(tag, 0))
        if tag in _HIDDEN:
            self.hidden.pop()
        elif tag in ("td", "th"):
            self.shown.append("\t")
        self.kept -= tag == "pre"

    def data(self, words: str) -> None:
        """Take the words between two marks."""
        if not self.hidden:
            words = words if self.kept else _SPACE.sub(" ", words)
            if words.strip(" ") or not self.breaks:
                self._show(words)
        elif self.hidden[-1] == "title":
            self.title.append(words)

    def close(self) -> Page:
        """Return what was shown."""
        lines = [re.sub(" {2,}", " ", line).strip(" \t") for line in "".join(self.shown).split("\n")]
        return Page(" ".join("".join(self.title).split()), re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"))

    def _show(self, words: str) -> None:
        self.shown += ["\n" * self.breaks, words]
        self.breaks = 0


def page_of(html: str) -> Page:
    """Return the words that a page or a fragment of HTML shows."""
    from lxml import etree

    if not html.strip():
        return Page("", "")
    parser = etree.HTMLParser(target=_Words(), encoding="utf-8", huge_tree=True)
    parser.feed(html.encode("utf-8", "replace"))
    page = parser.close()
    return page if isinstance(page, Page) else Page("", "")
