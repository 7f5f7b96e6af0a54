"""Heads of older mails within a text: blocks of From, Sent, To and Subject in many languages, names above dates.

A block is one by what its lines hold: somebody who can have sent it, and a subject, an address or a moment. Times of
a plan ("From: 9:00") sent nothing.
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from notesense.readers.mail_dates import day_of, is_dated, is_this_year
from notesense.readers.mail_lines import Line, next_with_words
from notesense.readers.mail_phrases import ADDRESS, HEAD_LINE

_MOST_LINES = 60
_MOST_LABELS = 15
_FEWEST = 3
_FEWEST_FOREIGN = 4
_LABELLED = re.compile(r"[ \t*_]*[^\W\d_][^:：\n]{0,30}[:：][*_]*[ \t\xa0]+(?P<value>\S.*)")
_LETTER = re.compile(r"[^\W\d_]")
_CLOCK = re.compile(r"\d[:.h]\d\d\b")
_MAILBOX = re.compile(
    r"[ \t*_]*[\"']?(?P<name>[^\"<>@\n:]{2,60}?)[\"']?[*_]*\s*"
    r"<(?:mailto:)?(?P<email>[^\s<>@]+@[^\s<>]+)>[ \t]*(?P<rest>.{0,60})"
)
_LONGEST_STAMP = 50
_WORDS_IN_STAMP = 9
_RECIPIENTS = re.compile(r"(?:to|an|à|para|a|aan|till|til|do|komu|кому) (?P<names>\S.{0,80})")
_ME = frozenset("me mir moi mí mim mij mig meg mnie мне".split())
_BARE = re.compile(
    r"[ \t]*(?:to|an|à|para|a|cc|bcc|kopie|subject|betreff|thema|objet|asunto|oggetto)[ \t]*", re.IGNORECASE
)


class Head(NamedTuple):
    """The head of an older mail: `lines` of the text; what it tells is empty where it tells nothing of it."""

    lines: int
    sender: str
    subject: str = ""
    others: tuple[str, ...] = ()
    """The values of its other lines: when it was sent, to whom."""


class Heads:
    """Finds heads of older mails in a text; each line is looked at once for a label."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._labels: dict[int, re.Match[str] | None] = {}

    def at(self, at: int, introduced: bool, ruled: bool = False) -> Head | None:
        """Return the head of an older mail that begins at this line, or None.

        Below a line that `introduced` it fewer lines do; below a rule it may be in any language.
        """
        first = self._lines[at].words
        if self._label(at) and (found := self._known(at, introduced)):
            return found
        if ruled and _LABELLED.match(first):
            return _foreign(self._lines, at)
        return _stamped(self._lines, at) if "@" in first and ">" in first else None

    def _label(self, at: int) -> re.Match[str] | None:
        if at not in self._labels:
            words = self._lines[at].words
            has_colon = ":" in words or "：" in words
            self._labels[at] = HEAD_LINE.fullmatch(words) if has_colon else None
        return self._labels[at]

    def _known(self, at: int, introduced: bool) -> Head | None:
        block, blank, depth = _Block(), False, self._lines[at].depth
        for number, line in enumerate(islice(self._lines, at, at + _MOST_LINES)):
            if line.depth != depth or len(block.values) >= _MOST_LABELS:
                break
            found = self._label(at + number)
            if found:
                block.take(number, found)
            elif not line.words.strip():
                if blank:
                    break
            elif blank or not (block.goes_on(number, line.words) or _LABELLED.fullmatch(line.words)):
                break
            blank = not line.words.strip()
        return block.head(introduced)


class _Block:
    """Lines of a head as they come."""

    def __init__(self) -> None:
        self.sender: str | None = None
        self.subject: str | None = None
        self.values: list[str] = []
        self.told = 0
        self._last: re.Match[str] | None = None

    def take(self, number: int, found: re.Match[str]) -> None:
        """Take a line with a label that is known."""
        self._last, self.told = found, number + 1
        self.values.append(found["value"])
        if found["sender"] and self.sender is None:
            self.sender = found["value"]
        elif found["subject"] and self.subject is None:
            self.subject = found["value"]

    def goes_on(self, number: int, words: str) -> bool:
        """Take a line that goes on with the one before, and tell whether it does."""
        if self._last is None:
            return False
        before = self.values[-1].rstrip()
        is_list = before.endswith((";", ",")) and not self._last["subject"]
        begins = not before and not self._last["subject"]
        if not (is_list or begins or words[:1].isspace()):
            return ("@" in words or ";" in words) and not self._last["subject"]
        self.values[-1] = f"{before} {words.strip()}".strip()
        if begins and self._last["sender"]:
            self.sender = self.values[-1]
        self.told = number + 1
        return True

    def head(self, introduced: bool) -> Head | None:
        sender = name_in(self.sender or "")
        addressed = any("@" in value for value in self.values)
        if not sender or len(self.values) < (_FEWEST - 1 if introduced else _FEWEST):
            return None
        if self.subject is None and "@" not in (self.sender or ""):
            return None
        if not (introduced or addressed or any(is_dated(value) or day_of(value) for value in self.values)):
            return None
        return Head(self.told, self.sender or "", (self.subject or "").strip(), tuple(self.values))


def _foreign(lines: Sequence[Line], at: int) -> Head | None:
    """Return a head whose labels nobody knows: lines with labels, an address and a moment among them."""
    values: list[str] = []
    for line in islice(lines, at, at + _MOST_LINES):
        found = _LABELLED.fullmatch(line.words)
        if found is None or line.depth != lines[at].depth:
            break
        values.append(found["value"])
    sender = next((value for value in values if ADDRESS.search(value)), "")
    if len(values) < _FEWEST_FOREIGN or not sender or not any(map(is_dated, values)):
        return None
    return Head(len(values), sender, "", tuple(values))


def _stamped(lines: Sequence[Line], at: int) -> Head | None:
    """Return the head that is a name with an address, a moment beside or below it, and recipients below that.

    So web pages of mail and Lotus Notes show it; without recipients it may be any entry of a list.
    """
    found = _MAILBOX.fullmatch(lines[at].words)
    if not found or not name_in(found["name"]):
        return None
    end, when = at + 1, found["rest"].strip()
    if not when:
        below = next_with_words(lines, end)
        if below is None or below > at + 2 or lines[below].depth != lines[at].depth:
            return None
        end, when = below + 1, lines[below].words.strip()
    if not _is_stamp(when):
        return None
    values = [when]
    while end < len(lines) and lines[end].depth == lines[at].depth:
        words = lines[end].words.strip()
        below = next_with_words(lines, end)
        if (HEAD_LINE.fullmatch(words) or _names_recipients(words)) and len(values) < _FEWEST_FOREIGN:
            values.append(words)
            end += 1
        elif below is not None and below <= end + 1 and _BARE.fullmatch(lines[below].words):
            value = lines[below + 1].words if below + 1 < len(lines) else ""
            values += [value] if value.strip() else []
            end = below + 1 + bool(value.strip())
        else:
            break
    if len(values) == 1:
        return None
    return Head(end - at, f"{found['name']} <{found['email']}>", "", tuple(values))


def _names_recipients(words: str) -> bool:
    """Tell whether a line is "to me, Anna" as web pages of mail show it, and no sentence."""
    found = _RECIPIENTS.fullmatch(words)
    return found is not None and all(
        one in _ME or not one[0].islower() for one in found["names"].replace(",", " ").split()
    )


def _is_stamp(words: str) -> bool:
    """Tell whether words are a moment and nothing else."""
    bare = re.sub(r"\([^()]{0,30}\)$", "", words).strip()
    if len(bare) > _LONGEST_STAMP or len(bare.split()) > _WORDS_IN_STAMP or bare.endswith((*".!?:：",)):
        return False
    return is_dated(bare) or is_this_year(bare)


def name_in(sender: str) -> str:
    """Return the name in a head's `From:`, or the address where there is no name; empty for what can send nothing."""
    name = re.split(r"[<\[]", sender, maxsplit=1)[0].strip(" \t\xa0\"'*_,;")
    name = " ".join(name.removeprefix("mailto:").split())
    if name and _LETTER.search(name) and not _CLOCK.search(name) and not is_dated(name):
        return name
    found = ADDRESS.search(sender)
    return found[0].removeprefix("mailto:") if found else ""
