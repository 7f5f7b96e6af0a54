"""Cuts a mail's body by hands: the writer's own words, older words that it carries along, signatures.

Every stretch is an exact slice of the body. What introduces older words ("On Monday Ben wrote:", a head of From, Sent,
To, a rule) is nobody's words and in none. The time grows with the length alone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from notesense.core.note import Attendee
from notesense.core.vocabulary import Origin
from notesense.readers import mail_signatures
from notesense.readers.mail_ends import ends_mail
from notesense.readers.mail_heads import Head, Heads, name_in
from notesense.readers.mail_introductions import Introduction, introduction_at
from notesense.readers.mail_lines import Line, lines_of, next_with_words
from notesense.readers.mail_phrases import HEAD_LINE, REPLY, RULE, SEPARATOR

_FLANKED = re.compile(r"[ \t]*-{3,}[^-\n]{3,60}-{3,}[ \t]*")
_MOST_PEOPLE = 50
"""Writers of a thread whose names are known again."""


class Stretch(NamedTuple):
    """Lines of one hand, `body[start:end]`. `writer` is empty where nothing tells who wrote them."""

    start: int
    end: int
    origin: Origin
    writer: str


class _Hand(NamedTuple):
    """Who wrote a line. `number` counts what introduces older words, so that two mails of one writer stay apart."""

    origin: Origin
    writer: str
    number: int


def stretches(body: str, writer: str, people: Sequence[Attendee] = (), stuffed: bool = False) -> tuple[Stretch, ...]:
    """Return the stretches of a mail's body that have words, in order; `writer` wrote the mail.

    `people` wrote and received it, as its head tells; `stuffed` is a body in format=flowed.
    """
    lines = list(lines_of(body, stuffed))
    return tuple(_cut(lines, _Hands(lines, writer, people).all()))


class Thread(NamedTuple):
    """Mails that somebody pasted: whose words stand where, in order, and the heads over them."""

    stretches: tuple[Stretch, ...]
    heads: tuple[Head, ...]
    introductions: tuple[Introduction, ...] = ()


def thread(text: str) -> Thread:
    """Return what is in mails that somebody pasted, one below the other.

    Unmarked words below a head are its sender's own, as is the subject of one that is no reply; what stands above all
    heads, or belongs to nobody of them, has no writer; neither has what a rep wrote below a mail (`mail_ends`).
    """
    lines = list(lines_of(text))
    hands = _Hands(lines, "", (), is_thread=True)
    found = list(_cut(lines, hands.all()))
    for number, (at, head) in enumerate(hands.heads):
        found += _subject(lines[at : at + head.lines], head, number == 0)
    if hands.heads:
        found[:1] = [_shown_above(text, one, lines[hands.heads[0][0]].start) for one in found[:1]]
    return Thread(tuple(sorted(found)), tuple(head for _, head in hands.heads), tuple(hands.introductions))


def _shown_above(text: str, first: Stretch, head: int) -> Stretch:
    """Return the first stretch: the subject that a program shows above the first head is nobody's words."""
    words = text[first.start : first.end]
    if first.end <= head and not first.writer and "\n" not in words and REPLY.match(words):
        return first._replace(origin=Origin.QUOTED)
    return first


def _subject(lines: Sequence[Line], head: Head, is_first: bool) -> Iterator[Stretch]:
    """Yield the subject of a pasted mail: its sender's words, or what the thread carries along."""
    for line in lines:
        label = HEAD_LINE.fullmatch(line.words)
        if label and label["subject"]:
            written = label["value"].rstrip(" *_\t\r")
            begin = bare_subject(written)
            start = line.end - len(label["value"]) + begin
            if written[begin:].strip() and (is_first or not begin):
                who = "" if begin else name_in(head.sender)
                yield Stretch(start, start + len(written) - begin, Origin.QUOTED if begin else Origin.EMAIL, who)
            return


def _cut(lines: Sequence[Line], hands: Sequence["_Hand | None"]) -> Iterator[Stretch]:
    for hand, run in groupby(range(len(lines)), key=lambda at: hands[at]):
        if hand is None:
            continue
        own = [lines[at] for at in run]
        signed = mail_signatures.signed([line.words for line in own], hand.writer)
        for is_signature, part in groupby(zip(own, signed, strict=True), key=lambda pair: pair[1]):
            told = [line for line, _ in part if line.words.strip()]
            if told:
                origin = Origin.SIGNATURE if is_signature else hand.origin
                yield Stretch(told[0].start, told[-1].end, origin, hand.writer)


def bare_subject(subject: str) -> int:
    """Return where a subject's own words begin, behind `Re:` and the like; 0 for a mail that begins a thread."""
    found = REPLY.match(subject)
    return found.end() if found else 0


class _Hands:
    """Goes through the lines once and says whose each is; None for what introduces older words."""

    def __init__(self, lines: Sequence[Line], writer: str, people: Sequence[Attendee], is_thread: bool = False) -> None:
        self.heads: list[tuple[int, Head]] = []
        """The heads that were met, each with the number of its first line."""
        self.introductions: list[Introduction] = []
        self._lines = lines
        self._finder = Heads(lines, pasted=is_thread)
        self._own = writer
        self._people = list(people)
        self._is_thread = is_thread
        self._hands: list[_Hand | None] = []
        self._writers: dict[int, str] = {}
        self._older = False
        """Whether all that follows is older, with marks or without."""
        self._ruled = False
        """Whether a line announced the head of an older mail, so that it may be in any language."""
        self._number = 0
        self._told = 0
        """Lines with words below the last head or introduction."""
        self._signed = False
        """Whether the writer's parting or name was met among them."""

    def all(self) -> list[_Hand | None]:
        """Return the hand of each line."""
        while len(self._hands) < len(self._lines):
            at = len(self._hands)
            passed = self._head(at) or self._separator(at) or self._introduction(at)
            self._hands += [None] * passed if passed else [self._hand(at)]
        return self._hands

    def _hand(self, at: int) -> _Hand | None:
        line = self._lines[at]
        if not line.words.strip() and self._hands:
            return self._hands[-1]
        self._ruled = False
        if self._is_thread and not line.depth and self._writers.get(0):
            self._end(at)
        if not line.depth and not self._older:
            return _Hand(Origin.EMAIL, self._own, 0)
        origin = Origin.EMAIL if self._is_thread and not line.depth else Origin.QUOTED
        return _Hand(origin, self._writers.get(line.depth, ""), self._number)

    def _end(self, at: int) -> None:
        """Take the words from this line on for nobody's where the mail ends above it."""
        words, writer = self._lines[at].words, self._writers[0]
        below = next_with_words(self._lines, at + 1)
        if ends_mail(words, "" if below is None else self._lines[below].words, writer, self._signed):
            self._introduce("", 0)
        self._signed = self._signed or (self._told > 0 and mail_signatures.signs_off(words, writer))
        self._told += 1

    def _introduce(self, writer: str, depth: int) -> None:
        self._writers = {level: name for level, name in self._writers.items() if level < depth} | {depth: writer}
        self._older = self._older or depth == 0
        self._ruled = False
        self._signed, self._told = False, 0
        self._number += 1

    def _head(self, at: int) -> int:
        """Return how many lines from here are the head of an older mail."""
        found = self._head_at(at, self._ruled)
        if found is None:
            return 0
        depth = self._lines[at].depth
        marked = not self._is_thread and depth == 0 and self._is_deeper(at + found.lines, depth)
        name = name_in(found.sender)
        self._introduce(name, depth + marked)
        if (
            self._is_thread
            and name
            and len(self._people) < _MOST_PEOPLE
            and name not in {one.name for one in self._people}
        ):
            self._people.append(Attendee(name=name))
        self.heads.append((at, found))
        return found.lines

    def _head_at(self, at: int, ruled: bool) -> Head | None:
        introduced = ruled or (bool(self._hands) and self._hands[-1] is None)
        return self._finder.at(at, introduced, ruled)

    def _is_deeper(self, at: int, depth: int) -> bool:
        """Tell whether the next words are marked: then what is not is the writer's, below a head, too."""
        below = next_with_words(self._lines, at)
        return below is not None and self._lines[below].depth > depth

    def _separator(self, at: int) -> int:
        """Return 1 for a line that says that an older mail follows."""
        line = self._lines[at]
        says_so = SEPARATOR.fullmatch(line.words) is not None
        if not (says_so or RULE.fullmatch(line.words) or _FLANKED.fullmatch(line.words)):
            return 0
        if not says_so and self._hands and self._hands[-1] is None:
            return 1
        if self._begins_older(next_with_words(self._lines, at + 1), line.depth, RULE.fullmatch(line.words) is None):
            self._ruled = True
            return 1
        if says_so:
            self._introduce("", line.depth + self._is_deeper(at + 1, line.depth))
        return int(says_so)

    def _begins_older(self, at: int | None, depth: int, announced: bool) -> bool:
        """Tell whether a head begins here, or an introduction where the line above `announced` it with words."""
        if at is None or self._lines[at].depth != depth:
            return False
        if self._head_at(at, ruled=True):
            return True
        return announced and introduction_at(self._lines, at, self._people) is not None

    def _introduction(self, at: int) -> int:
        """Return how many lines from here say that somebody wrote what follows."""
        found = introduction_at(self._lines, at, self._people)
        if found is None:
            return 0
        self.introductions.append(found)
        self._introduce(found.writer, self._lines[at].depth + found.deeper)
        return found.lines
