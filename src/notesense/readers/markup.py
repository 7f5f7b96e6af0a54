"""HTML to the words that it shows, parsed by lxml: entities decoded, a line a block, a tab between cells of a table.

Scripts, styles and comments show nothing. Any text is accepted, in time that grows with its length alone.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple

_HIDDEN = frozenset({"script", "style", "template", "title"})
_BREAKS = dict.fromkeys("address article aside body dd div dl dt footer form header li main nav section tr".split(), 1)
_BREAKS |= dict.fromkeys("blockquote figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split(), 2)
"""How many line ends stand at least before and after an element."""
_SPACE = re.compile(r"[ \t\n\r\f]+")
_ELEMENT = (
    "(?:a|abbr|acronym|address|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|"
    "del|details|div|dl|dt|em|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|"
    "label|li|link|main|mark|meta|nav|ol|p|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|summary|sup|"
    "svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr)"
)
_MARKED = re.compile(rf"</{_ELEMENT}\s*>|<(?:br|hr|img|p|div|li|tr|td)(?:\s[^<>]*)?/?>", re.IGNORECASE)
"""What only HTML has: the end of an element that it knows, or one that needs no end."""
_NO_MARK = re.compile(rf"<(?!/?{_ELEMENT}(?:[\s/>]|$)|!|\?|/?(?:[owvm]|st1):\w+[\s/>])", re.IGNORECASE)
_LINED = re.compile(r"<(?:br|p|div|li|tr|td|h[1-6]|blockquote|pre|html|body)\b", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)


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


def words_in(value: str, page: Callable[[str], str] = lambda html: page_of(html).words) -> str:
    """Return what a value shows that may be HTML, plain text with entities in it, or plain text; `page` shows HTML.

    What stands between angles and is no element of HTML is words, and line ends hold where no element makes lines.
    """
    if not _MARKED.search(value):
        return _ENTITY.sub(lambda found: unescape(found[0]), value)
    html = _NO_MARK.sub("&lt;", value)
    return page(html if _LINED.search(html) else _LINE_END.sub("<br>", html))
