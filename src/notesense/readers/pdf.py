"""PDF: the text that it carries, page by page, as pypdf finds it. Scans and locked documents are refused."""

import io
import logging
from collections import Counter
from typing import TYPE_CHECKING

from notesense.core.reading import Readings
from notesense.core.results import Refused
from notesense.errors import InputError
from notesense.readers import packed, pdf_flow, pdf_margins, plain_text
from notesense.readers.family import Content, Family, Fit
from notesense.readers.pdf_rows import PagePlaces, Row

if TYPE_CHECKING:
    from pypdf import PageObject

_MOST = 2_000
"""Pages of the longest document."""


def _sniff(content: Content) -> Fit:
    return Fit.SURE if content.data.startswith(b"%PDF-") else Fit.NO


def _read(content: Content) -> Readings:
    pages, page_width = _pages(content)
    body, running = pdf_margins.parted([page or [] for page in pages])
    words = pdf_flow.lines_of(body, page_width)
    if not words.strip():
        raise InputError(
            f"{content.where} is a PDF without text: pictures of pages, such as a scan.",
            "Put it through a program that recognises text (OCR), or type in what matters.",
        )
    note = plain_text.reading_of(content, words)
    if running:
        note = note.model_copy(update={"text": "\n".join([*running, "", note.text])})
    return Readings(
        notes=(note,),
        refused=tuple(
            Refused(where=f"{content.where}, page {number}", reason="a picture without text, such as a scan")
            for number, page in enumerate(pages, 1)
            if page is None
        ),
    )


def _pages(content: Content) -> tuple[list[list[Row] | None], float]:
    """Return the rows of each page, None for what is a picture alone, and the width of most pages in points.

    Raises InputError for what cannot be read.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        document = PdfReader(io.BytesIO(content.data))
        if len(document.pages) > _MOST:
            raise InputError(f"{content.where} has more than {_MOST} pages.", "Split it into smaller documents.")
        widths = Counter(float(page.mediabox.width) for page in document.pages)
        return [_rows(page) for page in document.pages], widths.most_common(1)[0][0] if widths else 0.0
    except InputError:
        raise
    except (FileNotDecryptedError, DependencyError):
        raise InputError(
            f"{content.where} is an encrypted PDF: print it into a new PDF, which has no lock.",
            "Open it with its password, and choose to print it into a file.",
        ) from None
    except Exception as error:
        # pypdf walks through whatever the file claims, and raises anything at all where that is broken.
        raise InputError(
            f"{content.where} is a broken PDF ({packed.brief(error)}).",
            "Export it again, or copy its text into a note.",
        ) from None


def _rows(page: "PageObject") -> list[Row] | None:
    """Return the rows of a page without empty ones around them; None where it is a picture alone."""
    places = PagePlaces()
    rows = places.rows(page.extract_text(visitor_text=places.visit))
    filled = [number for number, row in enumerate(rows) if row.text.strip()]
    if filled:
        return rows[filled[0] : filled[-1] + 1]
    return None if "/XObject" in (page.get("/Resources") or {}) else []


FAMILY = Family("pdf", frozenset({".pdf"}), _sniff, _read, wraps=True)
