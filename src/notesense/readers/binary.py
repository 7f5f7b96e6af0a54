"""What is no text and fits no reader: known by its first bytes, so that the refusal can name it."""

import io
import re
import zipfile

from notesense.errors import InputError

_COPY = "Copy its text into a note."
_OLD = "Copy its text into a note; save a table as CSV."
_ARCHIVE = "a ZIP archive or an Office document"
_LOOKS = (
    (rb"%PDF", "a PDF document", _COPY),
    (
        rb"PK\x03\x04.*xl/(?:workbook|worksheets)|PK\x03\x04.{0,60}mimetypeapplication/vnd\.oasis\.opendocument\.spread",
        "a spreadsheet (save its table as CSV)",
        "Choose CSV UTF-8 where there are several, and add that file.",
    ),
    (
        rb"PK(?:\x03\x04|\x05\x06)",
        _ARCHIVE,
        "Whole ZIP archives and Word documents (.docx) are read; copy the text of others into a note.",
    ),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document or Outlook message", _OLD),
    (rb"\{\\rtf", "a rich text document", "Save it as plain text."),
    (
        rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|....ftyp(?:hei|avif)|II\*\0|MM\0\*|BM....\0\0\0\0",
        "an image",
        _COPY,
    ),
    (
        rb"ID3[\x02-\x04]|RIFF....WAVE|fLaC\0|....ftyp(?:M4A|M4B)|\xff[\xf1\xf9\xfb\xf3\xf2]|#!AMR",
        "an audio recording",
        "Add its transcript.",
    ),
    (rb"....ftyp|\x1aE\xdf\xa3|OggS\0|RIFF....AVI ", "a recording", "Add its transcript."),
    (rb"\x1f\x8b|7z\xbc\xaf'\x1c|Rar!\x1a|BZh\d1AY|\xfd7zXZ\0", "a packed file", "Unpack it first."),
    (rb"SQLite format 3\0", "a database", "Export its notes as text."),
)
_KNOWN = tuple((re.compile(magic, re.DOTALL), what, fix) for magic, what, fix in _LOOKS)


def looks_like(data: bytes) -> tuple[str, str] | None:
    """Return what kind of binary file begins so and what to do with it, or None for what may be text."""
    return next(((what, fix) for magic, what, fix in _KNOWN if magic.match(data)), None)


def refusal(data: bytes, where: str) -> InputError:
    """Return the error for data that is no text and that nothing can read."""
    what, fix = looks_like(data) or (
        "data of an unknown kind",
        "Save the note as plain text (UTF-8) and add that file.",
    )
    if what == _ARCHIVE and not zipfile.is_zipfile(io.BytesIO(data)):
        return InputError(f"{where} is {what} that is broken off: its end is missing.", "Fetch or pack it again.")
    return InputError(f"{where} is binary, not text: {what}.", fix)
