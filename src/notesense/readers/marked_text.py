"""Transcripts in Markdown that name the speakers in bold: `**Marta:** words`, or `**Marta** 0:09` above the words.

The text stays as it stands.

What stands before the first speaker and after the last is somebody's note of the conversation.
"""

import re
from collections import Counter
from itertools import pairwise

from notesense.core.note import Turn
from notesense.core.passages import turns
from notesense.core.reading import Reading, Readings
from notesense.core.speaker_marks import side_of
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import hints, stamped_bold
from notesense.readers.family import Content, Family, Fit
from notesense.readers.stamps import WHOLE_STAMP, seconds

_STAMP = rf"[\[(]?(?P<time>{WHOLE_STAMP})[\])]?"
_LABEL = re.compile(
    rf"^[ \t]{{0,3}}(?:[-*+][ \t]+)?\*\*(?P<name>[^*\n:]{{1,60}})"
    rf"(?::\*\*|\*\*[ \t]?:|\*\*[ \t]*{_STAMP}[ \t]*:?(?=[ \t]*\r?$))[ \t]*(?P<words>[^\r\n]*)",
    re.MULTILINE,
)
_BREAK = re.compile(r"^(?:#{1,6}[ \t]|[-_*]{3,}[ \t]*\r?$)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)
_BELOW = re.compile(r"\s*([^\r\n]*)")
_PARTING = re.compile(r"\n[ \t]*\r?\n")
_PARTED = re.compile(r"(?:^|\n)[ \t]*\r?\n[ \t]*$")
_FILLING = " \t\r\n-*+>"
_ENOUGH = 4
"""Turns from which on bold words before colons are speakers and no headings."""
_FEWEST = 6
"""Marks of bold words that a conversation has at least."""
_FIRST = 180
"""Seconds within which somebody speaks in a recording."""
_SHOWN = 300
"""Characters of a turn that show whether somebody is spoken to."""


def marked_turns(text: str, origin: Origin = Origin.TRANSCRIPT) -> tuple[Turn, ...]:
    """Return the turns of a conversation whose speakers stand in bold; none where it is none.

    It needs two speakers who speak more than once, as people do and not as a form is filled in. Between its first and
    last words, others in bold speak where plain text would say so too; who else stands in bold above a paragraph of his
    own is nobody, as a heading is.
    """
    if stamped := stamped_bold.turns_of(text, origin):
        return stamped
    labels = list(_LABEL.finditer(text))
    counts = Counter(map(_name, labels))
    regular = [number for number, label in enumerate(labels) if counts[_name(label)] > 1]
    if len(regular) < _ENOUGH or len({_name(labels[number]) for number in regular}) < 2:
        return ()
    heard = labels[regular[0] : regular[-1] + 1]
    people, nobody = _people(text, heard)
    if not people:
        return ()
    named = {label.start() for label in heard if counts[_name(label)] > 1 or _name(label) in people}
    forms = {_form(labels[number]) for number in regular}
    heard = [
        label
        for label in heard
        if label.start() in named or (_form(label) in forms and (_name(label) in nobody or _is_head(text, label)))
    ]
    others = [label.start() for label in labels[regular[-1] + 1 :]]
    end = min([_end(text, heard), *others[:1]])
    ends = [*(label.start() for label in heard[1:]), end]
    times = _times(heard)
    told = [
        _turn(label, last, origin, time if label.start() in named else None, label.start() in named)
        for label, last, time in zip(heard, ends, times, strict=True)
    ]
    around = (
        Turn(start=0, end=max(heard[0].start(), 1), origin=Origin.REP_NOTE),
        Turn(start=end, end=max(len(text), end + 1), origin=Origin.REP_NOTE),
    )
    return tuple(turn for turn in (around[0], *told, around[1]) if text[turn.start : turn.end].strip(" \t\r\n#*-_"))


def _name(label: re.Match[str]) -> str:
    return " ".join(label["name"].split())


def _people(text: str, labels: list[re.Match[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Return who of those in bold speaks, and who may be somebody else, as plain text of the same words tells.

    Nobody speaks where it is no dialogue.
    """
    headings = [(found.start(), f"\n{found[0]}") for found in _HEADING.finditer(text, 0, labels[-1].end())]
    said = [(label.start(), f"{_name(label)}: {_said(text, label)}") for label in labels]
    plain = "\n".join(line for _, line in sorted([*headings, *said]))
    told = [turn for turn in turns(plain) if turn.origin is Origin.TRANSCRIPT]
    spoken = frozenset(turn.speaker for turn in told if turn.speaker)
    nobody = frozenset(turn.words(plain).partition(":")[0] for turn in told if not turn.speaker)
    return (spoken, nobody) if len(spoken) > 1 else (frozenset(), frozenset())


def _said(text: str, label: re.Match[str]) -> str:
    """Return the beginning of what stands behind a label, or on the first line below it."""
    words = label["words"] or str((_BELOW.match(text, label.end()) or label)[1])
    return words[:_SHOWN]


def _times(labels: list[re.Match[str]]) -> list[float | None]:
    """Return how far into a recording each of these was said; nothing where the times are others."""
    told = [seconds(label["time"]) if label["time"] else None for label in labels]
    known = [one for one in told if one is not None]
    return told if known and known[0] <= _FIRST and known == sorted(known) else [None] * len(labels)


def _form(label: re.Match[str]) -> tuple[bool, bool]:
    """Return whether a time stands beside a label, and whether the words stand behind it."""
    return bool(label["time"]), bool(label["words"])


def _is_head(text: str, label: re.Match[str]) -> bool:
    """Tell whether an empty line stands above a label."""
    return _PARTED.search(text, max(0, label.start() - _SHOWN), label.start()) is not None


def _end(text: str, heard: list[re.Match[str]]) -> int:
    """Return where the last words end: with their paragraph where each turn has one, and above a heading or rule."""
    last = heard[-1].end()
    after = _BREAK.search(text, last)
    end = after.start() if after else len(text)
    if any(text[_paragraph_end(text, one) : two.start()].strip(_FILLING) for one, two in pairwise(heard)):
        return end
    return min(end, _paragraph_end(text, heard[-1]))


def _paragraph_end(text: str, label: re.Match[str]) -> int:
    """Return where the first paragraph of the words behind or below a label ends."""
    below = None if label["words"] else _BELOW.match(text, label.end())
    words = below.start(1) if below else label.end()
    parting = _PARTING.search(text, words)
    return parting.end() if parting else len(text)


def _turn(label: re.Match[str], end: int, origin: Origin, time: float | None, named: bool) -> Turn:
    name = _name(label) if named else None
    start = label.start("words") if named else label.start()
    return Turn(
        start=start,
        end=max(end, start + 1),
        speaker=name,
        side=side_of(name or ""),
        origin=origin,
        time=time,
    )


def _sniff(content: Content) -> Fit:
    if content.binary or content.head.count("**") < _FEWEST:
        return Fit.NO
    return Fit.LIKELY if marked_turns(content.head) else Fit.NO


def _read(content: Content) -> Readings:
    text = content.text
    told_turns = marked_turns(text)
    name = content.stem.encode("utf-8", "replace").decode()
    told = {label["name"].strip().casefold(): label["words"].strip() for label in reversed(list(_LABEL.finditer(text)))}
    day = hints.Day(hints.day_in_name(name))
    if day.day is None:
        day = hints.written_day(told.get("date", ""))
    reading = Reading(
        where=content.where,
        text=text,
        turns=told_turns,
        date=day.day,
        unclear_day=day.unclear,
        channel=hints.channel_of(name, "") or Channel.CALL,
        title=hints.title_of(name, ""),
        meeting=told.get("call id", ""),
    )
    return Readings(notes=(reading,))


FAMILY = Family("marked", frozenset({".md", ".markdown"}), _sniff, _read)
