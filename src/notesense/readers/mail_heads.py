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
from notesense.readers.signature_words import PARTICLES

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


_LONGEST_RECIPIENT = 120
_MOST_WORDS = 5
_NOT_IN_NAMES = re.compile(r"[\d:：;!?@<>/|]")
_HIDDEN = re.compile(r"[\u200b\u200c\u200d\ufeff\s]+")
_AGO = re.compile(r"\d{1,2}[:.h]\d\d(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s\([^()]{2,30}\))?")
"""A moment of this day, as web pages of mail show it: `9:15 AM (2 hours ago)`."""


class Head(NamedTuple):
    """The head of an older mail: `lines` of the text; what it tells is empty where it tells nothing of it."""

    lines: int
    sender: str
    subject: str = ""
    others: tuple[str, ...] = ()
    """The values of its other lines: when it was sent, to whom."""


class Heads:
    """Finds heads of older mails in a text; each line is looked at once for a label.

    The first head of a `pasted` text tells an address or an hour: one that does not may be that of the rep's own memo.
    """

    def __init__(self, lines: Sequence[Line], pasted: bool = False) -> None:
        self._lines = lines
        self._timed = pasted
        self._labels: dict[int, re.Match[str] | None] = {}
        self._page: bool | None = None

    def at(self, at: int, introduced: bool, ruled: bool = False) -> Head | None:
        """Return the head of an older mail that begins at this line, or None.

        Below a line that `introduced` it fewer lines do; below a rule it may be in any language.
        """
        first = self._lines[at].words
        if self._label(at) and (found := self._known(at, introduced)):
            self._timed = False
            return found
        if ruled and _LABELLED.match(first):
            return _foreign(self._lines, at)
        if "@" in first and ">" in first:
            return _stamped(self._lines, at)
        return _paged(self._lines, at) if _is_name(first.strip()) and self._is_page() else None

    def _is_page(self) -> bool:
        """Tell whether some head is a name with an address above a moment, as web pages of mail show it."""
        if self._page is None:
            shown = (at for at, line in enumerate(self._lines) if "@" in line.words and ">" in line.words)
            self._page = any(_stamped(self._lines, at) for at in shown)
        return self._page

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
        return block.head(introduced, self._timed)


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

    def head(self, introduced: bool, timed: bool) -> Head | None:
        sender = name_in(self.sender or "")
        addressed = any("@" in value for value in self.values)
        if not sender or len(self.values) < (_FEWEST - 1 if introduced else _FEWEST):
            return None
        if self.subject is None and "@" not in (self.sender or ""):
            return None
        shown = is_dated if timed else _is_of_a_day
        if not (introduced or addressed or any(map(shown, self.values))):
            return None
        return Head(self.told, self.sender or "", (self.subject or "").strip(), tuple(self.values))


def _is_of_a_day(value: str) -> bool:
    return is_dated(value) or day_of(value) is not None


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
    sender = f"{found['name']} <{found['email']}>"
    end, when = at + 1, found["rest"].strip()
    if not when:
        below = _near(lines, end, at)
        if below is None:
            return None
        end, when = below + 1, lines[below].words.strip()
        if not _is_stamp(when):
            return _listed(lines, at, below, sender)
    if not _is_stamp(when):
        return None
    end, values = _recipients(lines, end, at)
    return Head(end - at, sender, "", (when, *values)) if values else None


def _listed(lines: Sequence[Line], at: int, below: int, sender: str) -> Head | None:
    """Return the head that lists its recipients under `To:` and `Cc:`, one a line, and ends with the moment."""
    values: list[str] = []
    for number, line in enumerate(islice(lines, below, below + _MOST_LINES)):
        words = line.words.strip()
        label = HEAD_LINE.fullmatch(words)
        if line.depth != lines[at].depth or len(words) > _LONGEST_RECIPIENT or (number == 0 and not label):
            return None
        if label or not words or _HIDDEN.fullmatch(words):
            values += [label["value"]] if label and label["value"].strip() else []
        elif _is_stamp(words):
            return Head(below + number + 1 - at, sender, "", (words, *values))
        elif "@" in words or words.endswith(";") or _is_name(words):
            values.append(words)
        else:
            return None
    return None


def _paged(lines: Sequence[Line], at: int) -> Head | None:
    """Return the head without an address that begins here, in a page of mail in which others have one.

    It is a name, below it a moment, then who received it; without these nobody is its sender.
    """
    name = lines[at].words.strip()
    if not _is_name(name):
        return None
    below = _near(lines, at + 1, at)
    if below is None:
        return None
    when = lines[below].words.strip()
    if not (_is_stamp(when) or _AGO.fullmatch(when)):
        return None
    end, values = _recipients(lines, below + 1, at)
    return Head(end - at, name if values else "", "", (when, *values))


def _near(lines: Sequence[Line], start: int, at: int) -> int | None:
    """Return the next line with words where it stands close below the first one of a head, marked as that is."""
    below = next_with_words(lines, start)
    near = below is not None and below <= at + 2 and lines[below].depth == lines[at].depth
    return below if near else None


def _recipients(lines: Sequence[Line], end: int, at: int) -> tuple[int, list[str]]:
    """Return where the lines end that tell who received a mail, and what they tell."""
    values: list[str] = []
    while end < len(lines) and lines[end].depth == lines[at].depth:
        words = lines[end].words.strip()
        below = next_with_words(lines, end)
        if (HEAD_LINE.fullmatch(words) or _names_recipients(words)) and len(values) < _FEWEST:
            values.append(words)
            end += 1
        elif below is not None and below <= end + 1 and _BARE.fullmatch(lines[below].words):
            value = lines[below + 1].words if below + 1 < len(lines) else ""
            values += [value] if value.strip() else []
            end = below + 1 + bool(value.strip())
        elif not values and below == end + 1 and _names_recipients(lines[below].words.strip()):
            end = below
        else:
            break
    return end, values


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


def _is_name(words: str) -> bool:
    """Tell whether words may be somebody's name and nothing else."""
    parts = words.split()
    if not 0 < len(parts) <= _MOST_WORDS or len(words) > _LONGEST_STAMP or _NOT_IN_NAMES.search(words):
        return False
    return _LETTER.match(parts[-1]) is not None and all(not one[0].islower() or one in PARTICLES for one in parts)


def name_in(sender: str) -> str:
    """Return the name in a head's `From:`, or the address where there is no name; empty for what can send nothing."""
    name = re.split(r"[<\[]", sender, maxsplit=1)[0].strip(" \t\xa0\"'*_,;")
    name = " ".join(name.removeprefix("mailto:").split())
    if name and _LETTER.search(name) and not _CLOCK.search(name) and not is_dated(name):
        return name
    found = ADDRESS.search(sender)
    return found[0].removeprefix("mailto:") if found else ""
