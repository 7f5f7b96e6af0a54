"""DOCX: the words of a Word document in its order: paragraphs, soft line breaks, tables with a tab between cells.

A table of times, names and words is a transcript; the words of a text box follow the paragraph that holds it.

The XML is read as it is, by lxml: python-docx passes over words that were added with changes tracked and over content
controls, and refuses documents with macros. Words that a tracked change took out are left out.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from notesense.core.reading import Readings
from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers import meeting_facts, packed, plain_text, table_transcript
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import Spoken, laid_out

_MAIN = re.compile(r"word/document\d*\.xml")
_GONE = frozenset("del moveFrom pPr rPr tblPr tblGrid trPr tcPr sdtPr sectPr Fallback".split())
"""Elements without words; `Fallback` has those of its neighbour once more, for old programs."""
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_BROKEN_FIX = "Open it in Word and save it again as .docx, or copy its text into a note."


def _sniff(content: Content) -> Fit:
    return Fit.LIKELY if any(map(_MAIN.fullmatch, packed.names_in(content.data))) else Fit.NO


def _body(content: Content) -> Any:
    """Return the root of the document's main part. Raises InputError where it cannot be read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as package:
            (main, *_) = (part for part in package.infolist() if _MAIN.fullmatch(part.filename))
            packed.check([main], content.where, packed.LARGEST)
            return etree.fromstring(package.read(main), parser)
    except (etree.LxmlError, *packed.BROKEN) as error:
        raise InputError(f"{content.where} is a broken Word document ({packed.brief(error)}).", _BROKEN_FIX) from None


def _name(element: Any) -> str:
    """Return the local name of an element; nothing for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _blocks(container: Any) -> Iterator[str | list[list[str]]]:
    """Yield the lines of a body, cell or content control; a table as its rows of cells."""
    for element in container:
        name = _name(element)
        if name == "p":
            boxes: list[Any] = []
            own = "".join(_pieces(element, boxes))
            if own.strip() or not boxes:
                yield own
            for box in boxes:
                yield from _blocks(box)
        elif name == "tbl":
            rows = [row for row in _own(element, "tr") if not _is_deleted(row)]
            yield [[" ".join(" ".join(_lines(_blocks(cell))).split()) for cell in _own(row, "tc")] for row in rows]
        elif name not in _GONE:
            yield from _blocks(element)


def _lines(blocks: Iterable[str | list[list[str]]]) -> Iterator[str]:
    for block in blocks:
        yield from [block] if isinstance(block, str) else ["\t".join(row).rstrip("\t") for row in block]


def _is_deleted(row: Any) -> bool:
    """Tell whether a tracked change took out a whole row of a table."""
    return any(_name(mark) == "del" for about in row if _name(about) == "trPr" for mark in about)


def _own(container: Any, kind: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, without those of tables within."""
    for element in container:
        name = _name(element)
        if name == kind:
            yield element
        elif name not in _GONE and name not in ("tbl", "tr", "tc", "p"):
            yield from _own(element, kind)


def _pieces(paragraph: Any, boxes: list[Any]) -> Iterator[str]:
    """Yield the words, tabs and breaks of a paragraph, and put aside the text boxes in it."""
    for element in paragraph:
        name = _name(element)
        if name == "t":
            yield element.text or ""
        elif name in _MARKS:
            yield _MARKS[name]
        elif name == "p":
            boxes.append([element])
        elif name == "txbxContent":
            boxes.append(element)
        elif name not in _GONE:
            yield from _pieces(element, boxes)


def _read(content: Content) -> Readings:
    blocks = list(_blocks(_body(content)))
    words = "\n".join(_lines(blocks)).strip("\n")
    if not words.strip():
        raise InputError(f"{content.where} is a Word document without words.", "Type in what its pictures show.")
    reading = plain_text.reading_of(content, words)
    pieces = [table_transcript.pieces_of(block) if isinstance(block, list) else [] for block in blocks]
    if any(pieces):
        around = [Spoken("\n".join(_lines([block])), origin=Origin.REP_NOTE) for block in blocks]
        said = [piece for one, told in zip(around, pieces, strict=True) for piece in told or [one]]
        text, turns = laid_out(said, content.where)
        reading = reading.model_copy(
            update={"text": text, "turns": turns, "channel": reading.channel or meeting_facts.live_channel(content)}
        )
    return Readings(notes=(reading,))


FAMILY = Family("docx", frozenset({".docx", ".docm"}), _sniff, _read, wraps=True)
