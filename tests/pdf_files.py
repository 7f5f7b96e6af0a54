"""Small PDF documents, written by hand: a page a text, in a common font; with a picture where a page has no text."""

from collections.abc import Sequence

_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
)


def pdf_of(*pages: Sequence[str]) -> bytes:
    """Return a document with these lines on its pages; a page without lines is a picture."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _PICTURE + b"\nstream\n\x7f\nendstream",
    ]
    for number, lines in enumerate(pages):
        uses = b"/Font << /F1 3 0 R >>" if lines else b"/XObject << /I1 4 0 R >>"
        shown = b"BT /F1 12 Tf 72 720 Td 14 TL\n" + b"".join(map(_line, lines)) + b"ET" if lines else b"/I1 Do"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents %d 0 R >>"
        objects.append(page % (uses, 6 + 2 * number))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
    return _file(objects)


def _line(words: str) -> bytes:
    escaped = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(%s) Tj T*\n" % escaped


def _file(objects: Sequence[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + head + table + tail
