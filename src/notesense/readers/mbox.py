"""The mails of an mbox file, by the lines "From sender date" between them.

A sentence may begin with "From", too. The line above a mail ends with the hour and the year at which it came, or has an
address alone, and the head of a mail stands below it; of a bare address, the line before it is empty.
"""

import re
from collections.abc import Iterator

_LINE = re.compile(rb"^From (\S[^\r\n]{0,400})\r?\n(?=[!-9;-~]+[ \t]*:)", re.MULTILINE)
_YEAR = re.compile(rb"\b(?:19|20)\d\d\b")
_HOUR = re.compile(rb"\b\d{1,2}:\d\d\b")
_DATE = 80
"""Bytes at the end of the line in which its date stands."""
_BARE = re.compile(rb"[^\s@]*@[^\s@]*")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:")
_OF_A_MAIL = frozenset(
    b"from to cc date subject message-id received return-path delivered-to mime-version content-type sender "
    b"x-gm-thrid x-gmail-labels x-mozilla-status reply-to".split()
)
_FEWEST = 2
_MOST_LINES = 400


def begins(head: str) -> bool:
    """Tell whether a file that begins with this is an mbox file."""
    data = head.encode("utf-8", "replace").lstrip(b"\r\n")
    found = _LINE.match(data)
    return found is not None and _is_postmark(data, found)


def mails(data: bytes) -> Iterator[bytes]:
    """Yield the mails of a file: the only one, or those of an mbox file without the lines between them."""
    marks = [found for found in _LINE.finditer(data) if _is_postmark(data, found)]
    if not marks or marks[0].start() != 0:
        yield data
        return
    ends = [*(mark.start() for mark in marks), len(data)][1:]
    for mark, end in zip(marks, ends, strict=True):
        yield _ESCAPED.sub(rb"\1", data[mark.end() : end])


def _is_postmark(data: bytes, found: re.Match[bytes]) -> bool:
    told = found[1][-_DATE:]
    if not (_YEAR.search(told) and _HOUR.search(told)):
        before = data[max(0, found.start() - 4) : found.start()].replace(b"\r", b"")
        if not _BARE.fullmatch(found[1].strip()) or (before and not before.endswith(b"\n\n")):
            return False
    return _head_follows(data, found.end())


def _head_follows(data: bytes, at: int) -> bool:
    """Tell whether headers stand here that make a mail."""
    names: set[bytes] = set()
    for _ in range(_MOST_LINES):
        end = data.find(b"\n", at)
        line = data[at : end if end >= 0 else len(data)].rstrip(b"\r")
        found = _HEADER.match(line)
        if not line or end < 0 or not (found or line.startswith((b" ", b"\t"))):
            break
        names |= {found[1].lower()} if found else set()
        if len(names & _OF_A_MAIL) >= _FEWEST:
            return True
        at = end + 1
    return False
