"""Bytes to text: UTF-8, UTF-16 and UTF-32, with a byte order mark or without, and code pages that the content tells.

Nothing is ever lost or replaced: what cannot be read whole is refused. Line ends stay as they are.
"""

import codecs
import re
from typing import NamedTuple

from notesense.core.results import ReadAs
from notesense.errors import InputError
from notesense.readers.code_pages import guess, label_of

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_SHARE = 0.1
"""Share of control characters from which on a text counts as binary data."""
_WIDE = 0.8
"""Share of zero bytes at two of each four places from which on data is UTF-32."""
_FEW = 0.1
_PRINTABLE = bytes([9, 10, 13, *range(32, 127)])
_TWO_OR_FOUR = re.compile(r"utf[-_]?(?:16|32)")
_CONTROLS = frozenset(map(chr, {*range(32), *range(127, 160)} - {9, 10, 11, 12, 13, 27}))
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE
)
_SHIFTING = re.compile(rb"\x1b\$(\)?)[@BAC]")
_AS_TEXT = "Save the note as plain text (UTF-8) and add that file."


class Decoded(NamedTuple):
    """A text without its byte order mark. `read_as` is None where there was no doubt about its encoding."""

    text: str
    read_as: ReadAs | None = None


def is_marked(data: bytes) -> bool:
    """Tell whether a byte order mark says that this is text."""
    return data.startswith(tuple(mark for mark, _ in _MARKS))


def glance(head: bytes) -> str:
    """Return the beginning of a file as text for looking at it: whatever is no text in it is replaced."""
    mark, encoding = _marked(head)
    return head[len(mark) :].decode(encoding or "utf-8", "replace")


def decode(data: bytes, where: str, encoding: str | None = None) -> Decoded:
    """Return the text; `encoding` is that of what is neither UTF-8 nor marked.

    Raises InputError for what is no text, or not whole.
    """
    mark, marked = _marked(data)
    if marked:
        return Decoded(_whole(data[len(mark) :], marked, where))
    if b"\0" in data:
        return Decoded(_wide(data, where, encoding))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if encoding is not None:
            return Decoded(_whole(data, encoding, where))
        return _not_utf8(data, where, error)
    if data.isascii() and (encoding or _SHIFTING.search(data)):
        return Decoded(_seven_bits(data, encoding) or text)
    return Decoded(text)


def _marked(data: bytes) -> tuple[bytes, str]:
    return next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", ""))


def _whole(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(data, encoding, where, error) from None


def _unreadable(data: bytes, encoding: str, where: str, error: UnicodeDecodeError) -> InputError:
    return InputError(
        f"{where} is not {encoding.upper()} text: byte 0x{data[error.start]:02x} at position {error.start}.",
        "Save it as UTF-8, or say with --encoding NAME what it is in.",
    )


def _wide(data: bytes, where: str, encoding: str | None) -> str:
    """Read what holds zero bytes: UTF-16 or UTF-32 without a mark, told by where these stand."""
    if encoding and _TWO_OR_FOUR.match(encoding):
        return _whole(data, encoding, where)
    zeros = [data[at::4].count(0) for at in range(4)]
    most = _WIDE * len(data) / 4
    found = "utf-32-le" if min(zeros[2:]) > most > zeros[0] else "utf-32-be" if min(zeros[:2]) > most > zeros[3] else ""
    if not found and (zeros[0] + zeros[2] == 0) != (zeros[1] + zeros[3] == 0) and not _is_spoiled(data):
        found = "utf-16-le" if zeros[0] + zeros[2] == 0 else "utf-16-be"
    try:
        text = data.decode(found) if found else ""
    except ValueError:
        text = ""
    if not text or not set(text).isdisjoint(_CONTROLS):
        raise InputError(f"{where} is binary, not text.", _AS_TEXT)
    return text


def _is_spoiled(data: bytes) -> bool:
    """Tell whether data with zero bytes is plain text into which a few have come, rather than UTF-16."""
    return data.count(0) < _FEW * len(data) and len(data.translate(None, _PRINTABLE)) < 2 * _FEW * len(data)


def _seven_bits(data: bytes, encoding: str | None) -> str:
    """Read what is ASCII to look at as an encoding that shifts between alphabets; empty where it is none."""
    shift = _SHIFTING.search(data)
    try:
        return data.decode(encoding or ("iso2022_kr" if shift and shift[1] else "iso2022_jp_ext"))
    except ValueError:
        return ""


def _not_utf8(data: bytes, where: str, error: UnicodeDecodeError) -> Decoded:
    """Read what is no UTF-8 as what it says it is, else line by line where most is UTF-8, else as it looks."""
    if error.end == len(data) and "unexpected end" in error.reason and not data[: error.start].isascii():
        raise InputError(f"{where} breaks off in the middle of a character.", "Copy or export it again, whole.")
    if halves := _with_halves(data):
        return Decoded(encodable(halves, where))
    declared = _DECLARED.search(data[:2000]) if data[:200].lstrip().startswith(b"<") else None
    if declared and (text := _as_declared(data, declared[1].decode("ascii"))):
        return Decoded(text)
    lines = data.splitlines(keepends=True)
    spoiled = [line for line in lines if not line.isascii() and not _is_utf8(line)]
    mixed = 2 * len(spoiled) <= sum(1 for line in lines if not line.isascii())
    found = guess(b"".join(spoiled) if mixed else data)
    if found is None:
        raise _unreadable(data, "utf-8", where, error)
    read_as = ReadAs(encoding=label_of(found.codec), sure=found.sure and not mixed)
    if not mixed:
        return Decoded(found.text, read_as)
    return Decoded("".join(line.decode("utf-8" if _is_utf8(line) else found.codec) for line in lines), read_as)


def _with_halves(data: bytes) -> str:
    """Read UTF-8 in which some program wrote characters beyond U+FFFF as two halves; empty for anything else."""
    try:
        text = data.decode("utf-8", "surrogatepass")
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    except UnicodeDecodeError:
        return ""


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_declared(data: bytes, name: str) -> str:
    """Read text as the encoding that it names; empty where it is none, or the text is not in it."""
    try:
        codec = codecs.lookup(name).name
        return data.decode("cp1252" if codec == "iso8859-1" else codec)
    except (LookupError, ValueError):
        return ""


def checked(text: str, where: str) -> str:
    """Return the text, or raise InputError where it is blank, binary or cannot be written down as UTF-8."""
    if not text.strip():
        raise InputError(f"{where} is empty.", "Give the note's text as an argument, a file, or on standard input.")
    controls = sum(1 for character in text if character < " " and character not in "\t\n\r\f\v\x1b")
    if "\x00" in text or controls > _BINARY_SHARE * len(text):
        raise InputError(f"{where} is binary, not text.", _AS_TEXT)
    return encodable(text, where)


def encodable(text: str, where: str) -> str:
    """Return the text, or raise InputError where it has half a character, which no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"{where} has half a character (U+{ord(text[error.start]):04X}) at position {error.start}.",
            "Repair or remove that character.",
        ) from None
    return text
