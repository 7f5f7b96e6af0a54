"""HTML to the words that it shows, parsed by lxml: entities decoded, a line a block, a tab between cells of a table.

Scripts, styles, comments and what is hidden show nothing; `> ` stands before the lines of a quotation. Any text is
accepted, in time that grows with its length alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import NamedTuple

_CODE = frozenset({"script", "style", "template", "title"})
_UNSEEN = frozenset({"noscript", "select"})
"""Elements whose words a browser does not show, or only offers to choose from."""
_HIDES = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_PLAIN_BORDER = re.compile(r"(?<![\w-])border\s*:\s*(?:none|0)", re.IGNORECASE)
_LEFT_BORDER = re.compile(r"border-(?:left|inline-start)\s*:\s*(?!none|0(?!\.))", re.IGNORECASE)
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
    """Collects the words as lxml tells of them: a parser target, so that no tree is built, however deep it would be.

    `hiding` is whether elements hide their words that say so.
    """

    def __init__(self, hiding: bool) -> None:
        self.hidden = 0
        """Letters that an element hides."""
        self._hiding = hiding
        self._title: list[str] = []
        self._has_title = False
        self._shown: list[tuple[str, int]] = []
        """What is shown, and in how many quotations."""
        self._within: list[str] = []
        """The elements that are open, from the outermost one on that shows nothing."""
        self._quoting: list[bool] = []
        """Of each open blockquote, whether it is a quotation."""
        self._depth = 0
        self._kept = 0
        self._breaks = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an element's beginning."""
        self._breaks = max(self._breaks, _BREAKS.get(tag, 0))
        self._kept += tag == "pre"
        if self._within or self._hides(tag, attributes):
            self._within.append(tag)
        elif tag == "br":
            self._show("\n")
        elif tag == "blockquote":
            self._quoting.append(is_quotation(attributes))
            self._depth += self._quoting[-1]

    def end(self, tag: str) -> None:
        """Take an element's end."""
        self._breaks = max(self._breaks, _BREAKS.get(tag, 0))
        self._kept -= tag == "pre"
        if self._within:
            self._within.pop()
            self._has_title |= tag == "title"
        elif tag in ("td", "th"):
            self._shown.append(("\t", self._depth))
        elif tag == "blockquote":
            self._depth -= self._quoting.pop()

    def data(self, words: str) -> None:
        """Take the words between two marks."""
        if not self._within:
            if not self._kept:
                words = _SPACE.sub(" ", words)
                follows_space = not self._breaks and bool(self._shown) and self._shown[-1][0].endswith(" ")
                words = words.removeprefix(" ") if follows_space else words
            if words and (words.strip(" ") or not self._breaks):
                self._show(words)
        elif self._within == ["title"] and not self._has_title:
            self._title.append(words)
        elif self._within[0] not in _CODE:
            self.hidden += len(words.strip())

    def close(self) -> Page:
        """Return what was shown."""
        return Page(" ".join("".join(self._title).split()), "\n".join(self._lines()).strip("\n"))

    def _hides(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if tag in _CODE or not self._hiding:
            return tag in _CODE
        return tag in _UNSEEN or "hidden" in attributes or bool(_HIDES.search(attributes.get("style", "")))

    def _show(self, words: str) -> None:
        self._shown += [("\n" * self._breaks, self._depth), (words, self._depth)]
        self._breaks = 0

    def _lines(self) -> Iterator[str]:
        """Yield the lines, never two empty ones in a row; those quoted are marked, but where the whole page is."""
        lines: list[tuple[str, int]] = []
        line: list[str] = []
        quoted = 0
        for words, depth in [*self._shown, ("\n", 0)]:
            first, *more = words.split("\n")
            line.append(first)
            quoted = depth if first.strip() else quoted
            for one in more:
                lines.append(("".join(line).strip(" \t"), quoted))
                line, quoted = [one], depth
        least = min((depth for told, depth in lines if told), default=0)
        empty = False
        for told, depth in lines:
            if told or not empty:
                yield "> " * (depth - least) + told if told else ""
            empty = not told


def is_quotation(attributes: Mapping[str, str | None]) -> bool:
    """Tell whether a blockquote quotes; one that says that it has no border only moves its words to the right."""
    style = attributes.get("style") or ""
    marked = attributes.get("class") or attributes.get("cite") or attributes.get("type")
    return bool(marked or _LEFT_BORDER.search(style) or not _PLAIN_BORDER.search(style))


def page_of(html: str) -> Page:
    """Return the words that a page or a fragment of HTML shows.

    Where it hides more than it shows, as pages do that open parts of themselves, what it hides is told, too.
    """
    shown = _Words(hiding=True)
    page = _parsed(html, shown)
    return _parsed(html, _Words(hiding=False)) if shown.hidden > len(page.words) else page


def _parsed(html: str, words: _Words) -> Page:
    from lxml import etree

    if not html.strip():
        return Page("", "")
    parser = etree.HTMLParser(target=words, encoding="utf-8", huge_tree=True)
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
