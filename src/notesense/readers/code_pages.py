"""Code pages from before Unicode: told by content, by chardet; and the names by which people know encodings.

Of what chardet holds possible, what leaves control characters or letters of two scripts in one word is no candidate.
"""

import codecs
import re
from contextlib import suppress
from difflib import get_close_matches
from encodings.aliases import aliases
from typing import NamedTuple

from notesense.errors import InputError

LABELS = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp932": "Shift-JIS",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "cp949": "EUC-KR",
    "iso8859-15": "ISO-8859-15",
    "iso8859-2": "ISO-8859-2",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "cp1258": "Windows-1258",
    "cp874": "Windows-874",
    "euc_jis_2004": "EUC-JP",
    "iso8859-5": "ISO-8859-5",
    "iso8859-7": "ISO-8859-7",
    "iso8859-9": "ISO-8859-9",
    "mac-roman": "Mac Roman",
    "mac-cyrillic": "Mac Cyrillic",
    "cp866": "CP866",
    "cp850": "CP850",
}
"""The code pages that are looked for, by their names in Python: those of notes and exports, the commonest first."""
_SAMPLE = 20_000
"""Bytes that are looked at, about; of longer data those of lines that are not ASCII, or of words in endless lines."""
_SURE = 0.05
"""By how much chardet must hold the best for likelier than what would read otherwise."""
_LATIN = "A-Za-z\u00aa-\u024f"
_TWO_SCRIPTS = re.compile(
    rf"[{_LATIN}][\u0370-\u06ff\u0e00-\u0e7f]|[\u0370-\u06ff\u0e00-\u0e7f][{_LATIN}]|\w[\u2500-\u259f]\w"
)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f-\x9f\ue000-\uf8ff]")
_NO_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})


class Guess(NamedTuple):
    """Text read as the code page that its bytes make likeliest; `sure` where no other comes near."""

    text: str
    codec: str
    sure: bool


def guess(data: bytes) -> Guess | None:
    """Return the text of what is no UTF-8, read without losing or replacing anything; None where no code page fits."""
    import chardet

    sample = _sample(data)
    found = chardet.detect_all(sample, ignore_threshold=True, include_encodings=list(LABELS), compat_names=False)
    order = list(LABELS)
    likely = [(one["confidence"], str(one["encoding"])) for one in found if one["encoding"] in LABELS]
    likely.sort(key=lambda one: (-one[0], order.index(one[1])))
    fitting = [one for how, name in [*likely, (0.0, "cp1252")] if (one := _read(sample, name, how))]
    fitting.sort(key=lambda one: one.torn)
    for at, best in enumerate(fitting):
        same = [one.encoding for one in fitting[at:] if one.text == best.text and one.torn == best.torn]
        rivals = [one.confidence for one in fitting[at + 1 :] if one.torn == best.torn and one.text != best.text]
        for codec in sorted(same, key=order.index):
            with suppress(ValueError):
                return Guess(data.decode(codec), codec, best.confidence - max(rivals, default=0.0) >= _SURE)
    return None


def _sample(data: bytes) -> bytes:
    if len(data) <= _SAMPLE:
        return data
    pieces, between = data.splitlines(), b"\n"
    if max(map(len, pieces)) > _SAMPLE:
        pieces, between = data.split(), b" "
    taken: list[bytes] = []
    room = _SAMPLE
    for piece in pieces:
        if not piece.isascii():
            taken.append(piece)
            room -= len(piece)
            if room <= 0:
                break
    return between.join(taken)


class _Candidate(NamedTuple):
    """`torn` tells whether half of the words with letters beyond ASCII hold letters of two scripts."""

    text: str
    encoding: str
    confidence: float
    torn: bool


def _read(data: bytes, encoding: str, confidence: float) -> _Candidate | None:
    try:
        text = data.decode(encoding)
    except ValueError:
        return None
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    if controls * 200 > len(text):
        return None
    foreign, mixed = len(_FOREIGN.findall(text)), len(_TWO_SCRIPTS.findall(text))
    return _Candidate(text, encoding, confidence, mixed * 2 >= foreign)


def codec_named(name: str) -> str:
    """Return Python's name of an encoding. Raises InputError for a name that is none, with those that come near."""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        found = None
    if found is None or found.name.replace("-", "_") in _NO_TEXT or not found._is_text_encoding:
        near = _near(name)
        told = f" Near it: {', '.join(near)}." if near else ""
        raise InputError(
            f'There is no encoding called "{name}".{told}',
            "Common ones: windows-1252, windows-1250, windows-1251, shift-jis, gb18030, big5, euc-kr, utf-16.",
        )
    return found.name


def label_of(codec: str) -> str:
    """Return the name of an encoding as people know it."""
    return LABELS.get(codec.replace("_", "-"), codec.upper())


def _near(name: str) -> list[str]:
    known = {label.casefold().replace(" ", "-"): label for label in LABELS.values()}
    known |= {alias.replace("_", "-"): alias.replace("_", "-") for alias in aliases if alias not in _NO_TEXT}
    wanted = re.sub(r"[\s_]+", "-", name.strip().casefold())
    wanted = re.sub(r"^(?:win|windows|cp|ansi)-?(?=\d)", "windows-", wanted)
    return [known[each] for each in get_close_matches(wanted, known, n=3, cutoff=0.7)]
