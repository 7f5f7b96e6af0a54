"""Granola: a transcript copied out of it, whose speakers are `Me` and `Them` alone. The text stays as it stands.

Meeting Title: Harlow renewal
Date: Mar 12
Meeting participants: Ben Cole, Marta Ruiz

Transcript:

Me: Shall we start?
Them: The price went up.
"""

import re
from collections.abc import Iterator

from notesense.core.note import Attendee, Side, Turn
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import hints
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit
from notesense.readers.parts import told_turns

_SAID = re.compile(r"^[ \t]*(?P<who>Me|Them):(?=\s)[ \t]*", re.MULTILINE)
_FACT = re.compile(
    r"^[ \t]*(?P<what>Meeting Title|Date|Meeting participants|Transcript):[ \t]*(?P<words>[^\r\n]*)", re.M
)
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n(?=[ \t]*\S)")
_SIDES: dict[str, Side] = {"Me": "us", "Them": "customer"}
_ENOUGH = 3
_LINES_EACH = 3
"""Lines that one of them says without a label at most, on the average."""


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    said = _SAID.findall(content.head)
    if len(said) < _ENOUGH or len(set(said)) < len(_SIDES):
        return Fit.NO
    first = _SAID.search(content.head)
    lines = sum(1 for line in content.head[first.start() if first else 0 :].splitlines() if line.strip())
    enough = len(said) * _LINES_EACH >= lines
    return Fit.LIKELY if enough else Fit.NO


def _read(content: Content) -> Readings:
    text = content.text
    found = list(_SAID.finditer(text))
    begin = found[0].start() if found else len(text)
    facts = {fact["what"]: fact["words"].strip() for fact in _FACT.finditer(text, 0, begin)}
    turns = [*_above(text, begin), *_said(text, found)]
    day = hints.Day(hints.day_in_name(content.stem))
    if day.day is None:
        day = hints.written_day(facts.get("Date", ""))
    names = [name.strip() for name in facts.get("Meeting participants", "").split(",")]
    reading = Reading(
        where=content.where,
        text=checked(text, content.where),
        turns=tuple(turns),
        date=day.day,
        unclear_day=day.unclear,
        channel=hints.channel_of(content.stem, "") or (Channel.MEETING if facts else Channel.CALL),
        title=facts.get("Meeting Title", "") or hints.title_of(content.stem, ""),
        attendees=tuple(dict.fromkeys(Attendee(name=name) for name in names if name)),
    )
    return Readings(notes=(reading,))


def _above(text: str, end: int) -> Iterator[Turn]:
    """Yield what stands above the words that is no head of the program's: the rep's own lines."""
    at = 0
    for close, after in [*((fact.start(), fact.end()) for fact in _FACT.finditer(text, 0, end)), (end, end)]:
        for turn in told_turns(text[at:close]):
            yield turn.model_copy(update={"start": turn.start + at, "end": turn.end + at})
        at = after


def _said(text: str, found: list[re.Match[str]]) -> Iterator[Turn]:
    """Yield what the two sides say; a paragraph below the last words is the rep's, unless others have paragraphs."""
    ends = [*(label.start() for label in found[1:]), len(text)][: len(found)]
    inner = any(_PARAGRAPH.search(text, label.end(), end) for label, end in zip(found[:-1], ends, strict=False))
    for label, end in zip(found, ends, strict=True):
        after = _PARAGRAPH.search(text, label.end(), end) if end == len(text) and not inner else None
        close = after.end() if after else end
        if text[label.end() : close].strip():
            yield Turn(start=label.end(), end=close, side=_SIDES[label["who"]], origin=Origin.TRANSCRIPT)
        if close < end:
            yield Turn(start=close, end=end, origin=Origin.REP_NOTE)


FAMILY = Family("granola-said", frozenset({".txt", ".md"}), _sniff, _read)
