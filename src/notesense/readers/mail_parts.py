"""What a mail's bytes hold: its head, its words, what is attached; broken MIME and wrong charsets as far as can be.

`email.policy.default` decodes heads itself, but raises over some that are broken, so that the whole mail would be lost;
here heads are taken raw and decoded one by one.
"""

import binascii
import codecs
import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import NamedTuple, TypeAlias

from notesense.readers.code_pages import guess
from notesense.readers.mail_dates import moment_of
from notesense.readers.mail_html import text_of

Mail: TypeAlias = Message

_LONGEST_HEAD = 20_000
"""Characters of one header that are decoded: a list of some hundred addresses."""
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_NAMED = re.compile(rb"(?:from|to|subject|date|message-id|content-type):", re.IGNORECASE)
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_DIRECTED = re.compile(r"(?<=\d)-[ie]$")
"""How ISO 8859-6 and 8859-8 say in which direction they are shown."""
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
_TEXTS = frozenset({"text/plain", "text/html"})
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_GOES_ON = re.compile(r"ATT\d{5}\.(?:txt|html?)", re.IGNORECASE)
"""What Exchange calls the words of a mail that go on below something attached."""
_NO_WORDS = re.compile(r"https?://\S+|\[[^\[\]\n]{0,200}\]")
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=]")
"""What stands in no line of base64."""


class Attached(NamedTuple):
    """Something that hangs on a mail. `data` is empty for a mail, which is `mail` then."""

    name: str
    kind: str
    data: bytes = b""
    mail: Mail | None = None


def parsed(data: bytes) -> Mail:
    """Return the mail that these bytes are. Raises RecursionError where parts stand in parts without end."""
    return message_from_bytes(_mended(data))


def _mended(data: bytes) -> bytes:
    """Return the mail with lines in its head that are no header joined to the one before, where the head goes on."""
    head, gap, body = _split_head(data)
    lines = head.split(b"\n")
    goes_on = False
    for at in range(len(lines) - 1, 0, -1):
        is_header = _HEADER.match(lines[at]) is not None
        if goes_on and not is_header and not lines[at].startswith((b" ", b"\t")):
            lines[at] = b" " + lines[at]
        goes_on = goes_on or _NAMED.match(lines[at]) is not None
    return b"\n".join(lines) + gap + body


def _split_head(data: bytes) -> tuple[bytes, bytes, bytes]:
    found = re.search(rb"\r?\n\r?\n", data)
    return (data[: found.start()], found[0], data[found.end() :]) if found else (data, b"", b"")


def header(mail: Mail, name: str) -> str:
    """Return the first header of this name, decoded and on one line; empty where there is none."""
    return next(headers(mail, name), "")


def headers(mail: Mail, name: str) -> Iterator[str]:
    """Yield the headers of this name, decoded, each on one line."""
    for raw in raw_headers(mail, name):
        yield " ".join(decoded(raw).replace("\0", " ").split())


def raw_headers(mail: Mail, name: str) -> Iterator[str]:
    """Yield the headers of this name as they are written, encoded words and all.

    Bytes beyond ASCII are taken for UTF-8, else for what they look like.
    """
    for key, raw in mail.raw_items():
        if key.casefold() == name.casefold():
            yield as_text(str(raw)[:_LONGEST_HEAD].encode("utf-8", "surrogateescape"), None)


def decoded(written: str) -> str:
    """Return the words of a header, or of a part of one, with its encoded words decoded."""
    if "=?" not in written:
        return written
    try:
        pieces = decode_header(written)
    except (HeaderParseError, ValueError):
        return written
    return "".join(_piece(*piece) for piece in pieces)


def _piece(words: str | bytes, charset: str | None) -> str:
    if isinstance(words, str):
        return words
    return as_text(words, charset) if charset else words.decode("raw-unicode-escape", "replace")


def as_text(data: bytes, charset: str | None) -> str:
    """Return bytes as text: in the charset that is named if it fits, else as UTF-8, else as they look.

    What looks like nothing keeps every byte as the character of this number.
    """
    for name in (*_names(charset or ""), "utf-8"):
        try:
            if (codec := codecs.lookup(name).name).replace("-", "_") not in _NO_CHARSETS:
                return _whole(data.decode("cp1252" if codec == "iso8859-1" else codec))
        except (LookupError, ValueError):
            continue
    found = guess(data)
    return _whole(found.text if found else data.decode("latin-1"))


def _names(charset: str) -> Iterator[str]:
    """Yield the names by which Python may know a charset that a mail names: windows-949 is its cp949."""
    bare = charset.casefold().strip().removeprefix("x-")
    yield from (charset, bare, re.sub(r"^(?:windows|ms|ibm|cp)-?(?=\d)", "cp", bare), _DIRECTED.sub("", bare))


def _whole(text: str) -> str:
    """Return the text; half characters, which UTF-7 lets through, raise ValueError."""
    text.encode("utf-8")
    return text


def sent(mail: Mail) -> datetime.datetime | None:
    """Return when the mail was sent, or else when it came, as its head tells."""
    told = [header(mail, "Date"), header(mail, "Received").rpartition(";")[2]]
    return next((when for when in map(moment_of, told) if when is not None), None)


def body_of(mail: Mail) -> str:
    """Return the mail's words as it shows them, lines ended by a line feed alone; empty where it has none."""
    named = _named_body(mail)
    return _shown(mail).text or (_text_of(named).text if named is not None else "") or _unparted(mail)


def _named_body(mail: Mail) -> Mail | None:
    """Return the part that is the mail's words although it has a file name, where no other shows any."""
    if _shown(mail).rank:
        return None
    if not mail.is_multipart():
        return mail if mail.get_content_type() in _TEXTS else None
    named = (part for part in _children(mail) if part.get_content_type() in _TEXTS)
    return next((part for part in named if part.get_content_disposition() is None), None)


def unread(mail: Mail) -> str:
    """Return why the words of a mail without any cannot be read: they are encrypted, or Outlook's own; else nothing."""
    kinds = {part.get_content_type() for part in [mail, *_children(mail)]}
    names = {_name(part).casefold() for part in [mail, *_children(mail)]}
    if kinds & _ENCRYPTED or names & {"smime.p7m", "encrypted.asc"}:
        return "is encrypted: only its head can be read. Save it decrypted from the mail program."
    if "application/ms-tnef" in kinds or "winmail.dat" in names:
        return "has its words in winmail.dat, which Outlook alone reads: save it there as text or HTML."
    return ""


def is_stuffed(mail: Mail) -> bool:
    """Tell whether the mail's words are in format=flowed, where a space before a mark says that it quotes nothing."""
    parts = [mail, *_children(mail)]
    return any(str(part.get_param("format", "")).casefold() == "flowed" for part in parts)


def _unparted(mail: Mail) -> str:
    """Return the words of a mail whose parts cannot be told apart, or that stand around them, as they are written."""
    if mail.is_multipart():
        around = () if next(attached(mail), None) else (mail.preamble, mail.epilogue)
        words = "\n\n".join(part.strip() for part in around if part)
    else:
        words = as_text(payload(mail), None) if mail.get_content_maintype() == "multipart" else ""
    return _lines(words)


def _lines(words: str) -> str:
    """Return words with lines ended by a line feed alone, without empty lines around them."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


class _Shown(NamedTuple):
    """What a part shows. `rank` is 2 for plain text, 1 for HTML, 0 for nothing."""

    text: str = ""
    rank: int = 0


def _shown(part: Mail) -> _Shown:
    kind = part.get_content_type()
    if part.is_multipart():
        if kind.startswith("message/"):
            return _Shown()
        shown = [one for one in map(_shown, _children(part)) if one.rank]
        if kind == "multipart/alternative" and shown:
            best = max(shown, key=lambda one: one.rank)
            return next((one for one in shown if one.rank < best.rank and _is_stub(best.text, one.text)), best)
        return _Shown("\n\n".join(one.text for one in shown), min((one.rank for one in shown), default=0))
    if _is_attached(part) or kind not in _TEXTS:
        return _Shown()
    return _text_of(part)


def _is_stub(plain: str, shown: str) -> bool:
    """Tell whether the plain words of a mail are not those of its HTML, as a hint to open it elsewhere is."""
    said, instead = (set(re.findall(r"\w+", _NO_WORDS.sub(" ", text).casefold())) for text in (plain, shown))
    return bool(instead) and len(said - instead) * 2 >= len(said) and len(instead) * 2 >= len(said)


def _text_of(part: Mail) -> _Shown:
    """Return the words of a part that is text."""
    kind = part.get_content_type()
    data = payload(part)
    charset = part.get_content_charset()
    if kind == "text/html":
        meta = _META_CHARSET.search(data[:2000])
        words = text_of(as_text(data, charset or (meta[1].decode("ascii", "replace") if meta else None)))
    else:
        words = as_text(data, charset)
    text = _lines(words)
    return _Shown(text, 0 if not text.strip() else 1 if kind == "text/html" else 2)


def payload(part: Mail) -> bytes:
    """Return the bytes of a part; what cannot be decoded comes as it is written."""
    if not _is_no_base64(part):
        with suppress(ValueError, LookupError, binascii.Error):
            data = part.get_payload(decode=True)
            return data if isinstance(data, bytes) else b""
    return str(part.get_payload()).encode("utf-8", "surrogateescape")


def _is_no_base64(part: Mail) -> bool:
    """Tell whether a part says that it is base64, and begins otherwise; a list's footer below it is no matter."""
    written = part.get_payload()
    said = str(part.get("Content-Transfer-Encoding", "")).strip().casefold() == "base64"
    first = written.lstrip().partition("\n")[0].rstrip() if said and isinstance(written, str) else ""
    return _NO_BASE64.search(first) is not None


def _children(part: Mail) -> list[Mail]:
    parts = part.get_payload()
    return [one for one in parts if isinstance(one, Message)] if isinstance(parts, list) else []


def _is_attached(part: Mail) -> bool:
    if part.get_content_type() in _TEXTS and _GOES_ON.fullmatch(_name(part)):
        return False
    return part.get_content_disposition() == "attachment" or bool(_name(part))


def _name(part: Mail) -> str:
    """Return the file name of a part, empty where it has none."""
    for param, of in (("filename", "content-disposition"), ("name", "content-type")):
        try:
            found = collapse_rfc2231_value(part.get_param(param, "", of))
        except (ValueError, LookupError, TypeError):
            continue
        if named := " ".join(decoded(as_text(found.encode("utf-8", "surrogateescape"), None)).split()):
            return named.replace("\0", "")
    return ""


def attached(mail: Mail) -> Iterator[Attached]:
    """Yield what hangs on the mail, in order; not what its words are made of."""
    named = _named_body(mail)
    for part in _children(mail) or [mail]:
        kind = part.get_content_type()
        if part is named:
            continue
        if kind == "message/rfc822":
            inner = _inner(part)
            if inner is not None:
                yield Attached(_name(part) or header(inner, "Subject") or "a mail", kind, mail=inner)
        elif part.is_multipart():
            if part is not mail:
                yield from attached(part)
        elif _is_attached(part) or kind == "application/octet-stream":
            yield Attached(_name(part) or kind, kind, payload(part))


def _inner(part: Mail) -> Mail | None:
    """Return the mail that is attached as this part; some programs encode it, which no standard allows."""
    inner = next(iter(_children(part)), None)
    written = inner.get_payload() if inner is not None and not inner.keys() else None
    if str(part.get("Content-Transfer-Encoding", "")).strip().casefold() == "base64" and isinstance(written, str):
        with suppress(ValueError):
            return parsed(binascii.a2b_base64(written.encode("ascii")))
    return inner
