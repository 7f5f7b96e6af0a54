"""Bytes to text: UTF-8, and UTF-16 with a byte order mark. What is not text is refused, never guessed at."""

from notesense.errors import InputError

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BINARY_SHARE = 0.1
"""Share of control characters from which on a text counts as binary data."""


def is_marked(data: bytes) -> bool:
    """Tell whether a byte order mark says that this is text."""
    return data.startswith(tuple(mark for mark, _ in _MARKS))


def glance(head: bytes) -> str:
    """Return the beginning of a file as text for looking at it: whatever is no text in it is replaced."""
    mark, encoding = next(((m, e) for m, e in _MARKS if head.startswith(m)), (b"", "utf-8"))
    return head[len(mark) :].decode(encoding, "replace")


def decode(data: bytes, where: str) -> str:
    """Return the text without its byte order mark, otherwise unchanged. Raises InputError for what is no text."""
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    if encoding == "utf-8" and b"\x00" in data:
        raise InputError(f"{where} is binary, not text.", "Save the note as plain text (UTF-8) and add that file.")
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        byte = data[len(mark) + error.start]
        raise InputError(
            f"{where} is not {encoding.upper()} text: byte 0x{byte:02x} at position {len(mark) + error.start}.",
            "Save it as UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8 OLD.txt > NEW.txt",
        ) from None
    return checked(text, where)


def checked(text: str, where: str) -> str:
    """Return the text, or raise InputError where it is blank, binary or cannot be written down as UTF-8."""
    if not text.strip():
        raise InputError(f"{where} is empty.", "Give the note's text as an argument, a file, or on standard input.")
    controls = sum(1 for character in text if character < " " and character not in "\t\n\r\f\v\x1b")
    if "\x00" in text or controls > _BINARY_SHARE * len(text):
        raise InputError(f"{where} is binary, not text.", "Save the note as plain text (UTF-8) and add that file.")
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
