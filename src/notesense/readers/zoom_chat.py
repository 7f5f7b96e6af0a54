"""The chat of a Zoom meeting: as it was saved on a computer, and as it comes with a recording in the cloud.

10:05:12 From  Marta Ruiz  to  Everyone : words        (saved; the clock on the wall; the words may stand below)
00:05:12  Marta Ruiz:  words, with tabs between         (cloud; counted from the beginning of the recording)
"""

import datetime
import re

from notesense.core.reading import Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import meeting_facts, speaker_names
from notesense.readers.cues import lines_of
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import Spoken
from notesense.readers.stamps import seconds
from notesense.readers.zoom_captions import Clocked, second_of_day, since

_CLOCK = r"(?P<clock>[0-9]{2}:[0-5][0-9]:[0-5][0-9])"
_FROM = "|".join(
    rf"{sender}\s+(?P<{language}>\S[^:\n]{{0,79}}?)(?:\s+{to}\s+\S[^:\n]{{0,99}}?){'?' if sender == 'From' else ''}"
    for language, sender, to in (
        ("english", "From", "to"),
        ("german", "Von", "an"),
        ("french", "De", "à"),
        ("spanish", "De", "a"),
        ("portuguese", "De", "para"),
        ("italian", "Da", "a"),
        ("dutch", "Van", "aan"),
    )
)
"""How Zoom names who writes to whom, in its languages."""
_SAVED = re.compile(rf"\s*{_CLOCK}\s+(?:{_FROM})\s*:(?:\s+(?P<words>.*))?")
_CLOUD = re.compile(rf"{_CLOCK}\t\s*(?P<name>[^\t\n]{{1,80}}?)\s*:\t(?P<words>.*)")
_ABOUT = re.compile(r"(?:Replying to|Reacted to|Removed an? .{1,20} reaction from) [\"“].*")
"""What Zoom writes where somebody answers a message: the beginning of the older one."""
_STAMPED = re.compile(rf"\s*{_CLOCK}\s")
_LOOKED_AT = 60


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    lines = [line for line in content.head[:20_000].splitlines() if line.strip()][:_LOOKED_AT]
    stamped = [line for line in lines if _STAMPED.match(line)]
    found = [line for line in stamped if _begun(line)]
    return Fit.SURE if len(found) * 2 > len(stamped) and (len(found) > 1 or found[0] == lines[0]) else Fit.NO


def _begun(line: str) -> re.Match[str] | None:
    """Return what the line tells with which a message begins."""
    return _CLOUD.fullmatch(line) or _SAVED.fullmatch(line)


def _read(content: Content) -> Readings:
    lines = lines_of(content.text)
    own: list[str] = []
    messages: list[Clocked] = []
    counted = False
    for line in lines:
        if begun := _begun(line):
            parts = begun.groupdict()
            counted = counted or begun.re is _CLOUD
            name = next(parts[key] for key in parts if key not in ("clock", "words") and parts[key])
            messages.append(Clocked(int(seconds(begun["clock"])), name, []))
            line = parts["words"] or ""
        (messages[-1].lines if messages else own).append(line.strip())
    facts = meeting_facts.facts_of(content)
    day = facts.started.date() if facts.started else facts.date
    first = messages[0].clock if messages else 0
    if counted:
        times = [float(message.clock) for message in messages]
    else:
        times = list(since([each.clock for each in messages], second_of_day(facts.started) if facts.started else first))
        midnight = datetime.datetime.combine(day, datetime.time()) if day else None
        facts = facts._replace(started=facts.started or (midnight and midnight + datetime.timedelta(seconds=first)))
    pieces = [piece for message, time in zip(messages, times, strict=True) for piece in _said(message, time)]
    above = Spoken("\n".join(own), origin=Origin.REP_NOTE)
    return Readings(
        notes=(meeting_facts.reading_of(content, [above, *pieces], facts._replace(date=day), channel=Channel.CHAT),)
    )


def _said(message: Clocked, time: float) -> list[Spoken]:
    """Return what a message says, and apart from it what it quotes of an older one."""
    first = next((line for line in message.lines if line), "")
    quoted = [line for line in message.lines if line == first and _ABOUT.fullmatch(first)][:1]
    words = "\n".join(line for line in message.lines if line not in quoted)
    writer = speaker_names.known(message.name)
    return [
        *(Spoken(line, origin=Origin.QUOTED, time=time) for line in quoted),
        Spoken(words, writer, origin=Origin.CHAT, time=time),
    ]


FAMILY = Family("zoom chat", frozenset(), _sniff, _read)
