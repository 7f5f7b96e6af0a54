"""Small PDF documents, written by hand: a page a text, in a common font; with a picture where a page has no text."""

from collections.abc import Sequence
from typing import NamedTuple

_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
)


class Words(NamedTuple):
    """Words in Helvetica at a place of an A4 page: from the left and from below in points, in letters of this size."""

    left: float
    base: float
    words: str
    size: float = 12


def pdf_of(*pages: Sequence[str]) -> bytes:
    """Return a document with these lines on its pages; a page without lines is a picture."""
    return _document(
        [
            b"BT /F1 12 Tf 72 720 Td 14 TL\n" + b"".join(_shown(words) + b" T*\n" for words in lines) + b"ET"
            if lines
            else b""
            for lines in pages
        ]
    )


def placed(*pages: Sequence[Words]) -> bytes:
    """Return a document with words at these places of its pages."""
    return _document([b"".join(map(_placed, page)) for page in pages])


def _placed(one: Words) -> bytes:
    return b"BT /F1 %g Tf %g %g Td %s ET\n" % (one.size, one.left, one.base, _shown(one.words))


def _document(pages: Sequence[bytes]) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _PICTURE + b"\nstream\n\x7f\nendstream",
    ]
    for number, shown in enumerate(pages):
        uses = b"/Font << /F1 3 0 R >>" if shown else b"/XObject << /I1 4 0 R >>"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents %d 0 R >>"
        objects.append(page % (uses, 6 + 2 * number))
        content = shown or b"/I1 Do"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def _shown(words: str) -> bytes:
    escaped = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(%s) Tj" % escaped


def _file(objects: Sequence[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + head + table + tail
