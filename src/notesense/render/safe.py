r"""Safety of strings that come from notes: text, titles, speakers, account names, attribute values.

Every renderer passes such strings through here before anything prints them. Characters that steer a terminal, turn the
reading direction round or cannot be seen are spelt out (`\x1b`, `\u202e`), never silently dropped. Nothing is changed
in a value; only what is shown changes.
"""

import re

from notesense.core.hidden import STEERING

_HIDDEN = re.compile(f"[{STEERING}]")
_HIDDEN_IN_BLOCK = re.compile(f"[{STEERING}\\r\\x0b\\x0c]")
_WHITE = re.compile(r"[ \t\n\r\x0b\x0c]+")
_BREAK = re.compile(r"[\t\n\r\x0b\x0c]+")
_EMOJI = re.compile(r"[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff#*0-9]")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|~]|&(?=[#\w])|(?<=:)/(?=/)|(?<=www)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_MARKDOWN_START = re.compile(r"^(?:([#+=:-])|(\d{1,9})([.)]))")


def _spelt(match: re.Match[str]) -> str:
    """Spell a hidden character out, unless it is part of an emoji where readers expect it."""
    char, text, at = match[0], match.string, match.start()
    if char in "\u200d\ufe0f" and at and (_EMOJI.match(text[at - 1]) or text[at - 1] == "\ufe0f"):
        return char if char == "\ufe0f" or _EMOJI.match(text[at + 1 : at + 2]) else _escape(char)
    return _escape(char)


def _escape(char: str) -> str:
    point = ord(char)
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def inline(text: str) -> str:
    """Return the text on one line: runs of white space are one blank, hidden characters are spelt out."""
    return _HIDDEN.sub(_spelt, _WHITE.sub(" ", text)).strip()


def shown(text: str) -> str:
    """Return the text on one line with its blanks kept: for pieces that are put together."""
    return _HIDDEN.sub(_spelt, _BREAK.sub(" ", text))


def block(text: str) -> str:
    """Return the text with its line breaks kept and hidden characters spelt out; tabs become blanks."""
    return _HIDDEN_IN_BLOCK.sub(_spelt, text.replace("\r\n", "\n").replace("\t", "    "))


def markdown(text: str) -> str:
    """Return the text on one line so that Markdown shows it as it is: no headings, links, images, HTML, tables."""
    escaped = _MARKDOWN.sub(lambda match: f"\\{match[0]}", inline(text))
    return _MARKDOWN_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", escaped)


def json_text(text: str) -> str:
    """Return finished JSON text with hidden characters as JSON escapes: the same value, safe to print."""
    return _HIDDEN.sub(lambda match: _json_escape(match[0]), text)


def _json_escape(char: str) -> str:
    point = ord(char)
    if point < 0x10000:
        return f"\\u{point:04x}"
    high, low = divmod(point - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
