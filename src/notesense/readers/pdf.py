"""PDF: the text that it carries, page by page, as pypdf finds it. Scans and locked documents are refused.

Numbers of pages are no words of the text: they would stand within what somebody says.
"""

import io
import logging
import re
from typing import TYPE_CHECKING

from notesense.core.reading import Readings
from notesense.core.results import Refused
from notesense.errors import InputError
from notesense.readers import packed, plain_text
from notesense.readers.family import Content, Family, Fit

if TYPE_CHECKING:
    from pypdf import PageObject

_MOST = 2_000
"""Pages of the longest document."""


def _sniff(content: Content) -> Fit:
    return Fit.SURE if content.data.startswith(b"%PDF-") else Fit.NO


def _read(content: Content) -> Readings:
    pages = _pages(content)
    words = "\n".join(page for page in _unnumbered(pages) if page).strip("\n")
    if not words.strip():
        raise InputError(
            f"{content.where} is a PDF without text: pictures of pages, such as a scan.",
            "Put it through a program that recognises text (OCR), or type in what matters.",
        )
    return Readings(
        notes=(plain_text.reading_of(content, words),),
        refused=tuple(
            Refused(where=f"{content.where}, page {number}", reason="a picture without text, such as a scan")
            for number, page in enumerate(pages, 1)
            if page is None
        ),
    )


def _unnumbered(pages: list[str | None]) -> list[str | None]:
    """Return the pages without their numbers on the last or the first line.

    A number alone is one where all pages have theirs there.
    """
    for at in (-1, 0) if len(pages) > 1 else ():
        told = [_number(page, at, number, len(pages)) for number, page in enumerate(pages, 1)]
        regular = all(told)
        pages = [
            "\n".join(page.split("\n")[slice(1 + at, at or None)]).strip("\n")
            if page and (regular or number == "of all")
            else page
            for page, number in zip(pages, told, strict=True)
        ]
    return pages


def _number(page: str | None, at: int, number: int, last: int) -> str:
    """Return what the line there is: "alone" for a page's number, "of all" for "Page 3 of 12"; empty for none."""
    line = (page or str(number)).split("\n")[at]
    found = re.fullmatch(rf"\W*(?:[^\W\d]+\W+)?{number}(?P<last>\W+(?:[^\W\d]+\W+)?{last})?\W*", line)
    return "" if not found else "of all" if found["last"] else "alone"


def _pages(content: Content) -> list[str | None]:
    """Return the text of each page, None for what is a picture alone. Raises InputError for what cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        document = PdfReader(io.BytesIO(content.data))
        if len(document.pages) > _MOST:
            raise InputError(f"{content.where} has more than {_MOST} pages.", "Split it into smaller documents.")
        return [_words(page) for page in document.pages]
    except InputError:
        raise
    except (FileNotDecryptedError, DependencyError):
        raise InputError(
            f"{content.where} is an encrypted PDF.", "Open it with its password, and print it into a new PDF."
        ) from None
    except Exception as error:
        # pypdf walks through whatever the file claims, and raises anything at all where that is broken.
        raise InputError(
            f"{content.where} is a broken PDF ({packed.brief(error)}).",
            "Export it again, or copy its text into a note.",
        ) from None


def _words(page: "PageObject") -> str | None:
    lines = (line.rstrip() for line in page.extract_text().split("\n"))
    words = "\n".join(lines).encode("utf-8", "replace").decode().replace("\0", "").strip("\n")
    return words if words.strip() else (None if "/XObject" in (page.get("/Resources") or {}) else "")


FAMILY = Family("pdf", frozenset({".pdf"}), _sniff, _read, wraps=True)
