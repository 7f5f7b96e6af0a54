"""HTML: a page that was saved, or a fragment that was copied. Its text tells what else it is."""

import re

from notesense.core.reading import Readings
from notesense.readers import markup, plain_text
from notesense.readers.family import Content, Family, Fit

_BEGINS = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|span|ul|ol|h[1-6])[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</[a-z][a-z0-9]*\s*>|<br\s*/?>", re.IGNORECASE)


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    if _BEGINS.match(content.head):
        return Fit.LIKELY
    return Fit.ENDING if _TAG.search(content.head) else Fit.NO


def _read(content: Content) -> Readings:
    page = markup.page_of(content.text)
    return Readings(notes=(plain_text.reading_of(content, page.words, page.title),))


FAMILY = Family("html", frozenset({".html", ".htm", ".xhtml"}), _sniff, _read, wraps=True)
