"""Turns that begin with a name in bold and a time: `**Marta** [0:05]: words`, or `[0:05] **Marta:** words`.

The times tell that they are turns: they go on from the beginning of a recording, and most names return. Chapters and
agendas have times, too, and each name once.
"""

import re
from collections import Counter
from itertools import pairwise

from notesense.core.note import Turn
from notesense.core.speaker_marks import side_of
from notesense.core.vocabulary import Origin
from notesense.readers.stamps import WHOLE_STAMP, seconds

_LABEL = re.compile(
    r"^[ \t]{0,3}(?:[-*+][ \t]+)?(?:"
    rf"\*\*(?P<name>[^*\n:]{{1,60}})\*\*[ \t]*[\[(]?(?P<time>{WHOLE_STAMP})[\])]?[ \t]*:(?=[ \t]+\S)"
    rf"|[\[(]?(?P<early>{WHOLE_STAMP})[\])]?[ \t]*(?:[-–—][ \t]*)?\*\*(?P<called>[^*\n:]{{1,60}})"
    r"(?::\*\*|\*\*[ \t]?:)(?=[ \t]+\S)"
    r")[ \t]*",
    re.MULTILINE,
)
_BREAK = re.compile(r"^(?:#{1,6}[ \t]|[-_*]{3,}[ \t]*\r?$)", re.MULTILINE)
_PARTING = re.compile(r"\n[ \t]*\r?\n")
_FIRST = 180
"""Seconds within which somebody speaks in a recording."""
_ENOUGH = 3


def turns_of(text: str, origin: Origin = Origin.TRANSCRIPT) -> tuple[Turn, ...]:
    """Return the turns of such a conversation, what stands around it and its headings as notes; none where it is none.

    The last turn ends with its paragraph where no other has two.
    """
    labels = list(_LABEL.finditer(text))
    if not _is_recorded(labels):
        return ()
    ends = [*(label.start() for label in labels[1:]), len(text)]
    ends = [_cut(_BREAK, text, label.end(), end) for label, end in zip(labels, ends, strict=True)]
    paragraphs = [_cut(_PARTING, text, label.end(), end) for label, end in zip(labels, ends, strict=True)]
    if not any(text[one:end].strip() for one, end in zip(paragraphs[:-1], ends, strict=False)):
        ends[-1] = paragraphs[-1]
    found: list[Turn] = []
    at = 0
    for label, end in zip(labels, ends, strict=True):
        found += _note(text, at, label.start())
        found.append(
            Turn(
                start=label.end(),
                end=end,
                speaker=_name(label),
                side=side_of(_name(label)),
                origin=origin,
                time=_time(label),
            )
        )
        at = end
    return (*found, *_note(text, at, len(text)))


def _name(label: re.Match[str]) -> str:
    return " ".join((label["name"] or label["called"]).split())


def _time(label: re.Match[str]) -> float:
    return seconds(label["time"] or label["early"])


def _is_recorded(labels: list[re.Match[str]]) -> bool:
    counts = Counter(map(_name, labels))
    returning = sum(times for times in counts.values() if times > 1)
    if len(labels) < _ENOUGH or len(counts) < 2 or returning * 2 < len(labels):
        return False
    return _time(labels[0]) <= _FIRST and all(_time(one) <= _time(two) for one, two in pairwise(labels))


def _cut(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = pattern.search(text, start, end)
    return found.start() if found else end


def _note(text: str, start: int, end: int) -> list[Turn]:
    """Return what stands between turns, unless it is empty or marks alone."""
    shown = text[start:end].strip(" \t\r\n#*-_")
    return [Turn(start=start, end=end, origin=Origin.REP_NOTE)] if shown else []
