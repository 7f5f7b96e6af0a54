"""DOCX: the words of a Word document in its order: paragraphs, soft line breaks, tables with a tab between cells.

The XML is read as it is, by lxml: python-docx passes over words that were added with changes tracked and over content
controls, and refuses documents with macros. Words that a tracked change took out are left out.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from notesense.core.reading import Readings
from notesense.errors import InputError
from notesense.readers import packed, plain_text
from notesense.readers.family import Content, Family, Fit

_MAIN = re.compile(r"word/document\d*\.xml")
_GONE = frozenset("del moveFrom pPr rPr tblPr tblGrid trPr tcPr sdtPr sectPr Fallback".split())
"""Elements without words; `Fallback` has those of its neighbour once more, for old programs."""
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_BROKEN_FIX = "Open it in Word and save it again as .docx, or copy its text into a note."


def _sniff(content: Content) -> Fit:
    return Fit.LIKELY if any(map(_MAIN.fullmatch, packed.names_in(content.data))) else Fit.NO


def words_of(content: Content) -> str:
    """Return the words of a document, a line a paragraph. Raises InputError where it cannot be read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as package:
            (main, *_) = (part for part in package.infolist() if _MAIN.fullmatch(part.filename))
            packed.check([main], content.where, packed.LARGEST)
            root = etree.fromstring(package.read(main), parser)
    except (etree.LxmlError, *packed.BROKEN) as error:
        raise InputError(f"{content.where} is a broken Word document ({packed.brief(error)}).", _BROKEN_FIX) from None
    return "\n".join(_lines(root)).strip("\n")


def _name(element: Any) -> str:
    """Return the local name of an element; nothing for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _lines(container: Any) -> Iterator[str]:
    """Yield the lines of a body, cell or content control."""
    for element in container:
        name = _name(element)
        if name == "p":
            yield "".join(_pieces(element))
        elif name == "tbl":
            for row in _own(element, "tr"):
                cells = (" ".join(" ".join(_lines(cell)).split()) for cell in _own(row, "tc"))
                yield "\t".join(cells).rstrip("\t")
        elif name not in _GONE:
            yield from _lines(element)


def _own(container: Any, kind: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, without those of tables within."""
    for element in container:
        name = _name(element)
        if name == kind:
            yield element
        elif name not in _GONE and name not in ("tbl", "tr", "tc", "p"):
            yield from _own(element, kind)


def _pieces(paragraph: Any) -> Iterator[str]:
    """Yield the words, tabs and breaks of a paragraph; a text box in it stands on lines of its own."""
    for element in paragraph:
        name = _name(element)
        if name == "t":
            yield element.text or ""
        elif name in _MARKS:
            yield _MARKS[name]
        elif name == "p":
            yield "\n"
            yield from _pieces(element)
        elif name not in _GONE:
            yield from _pieces(element)


def _read(content: Content) -> Readings:
    words = words_of(content)
    if not words.strip():
        raise InputError(f"{content.where} is a Word document without words.", "Type in what its pictures show.")
    return Readings(notes=(plain_text.reading_of(content, words),))


FAMILY = Family("docx", frozenset({".docx", ".docm"}), _sniff, _read, wraps=True)
