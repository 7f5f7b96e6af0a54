"""Chats copied out of Slack or Teams as text. The text stays as it stands; lines of writer and time are no words.

Marta Ruiz  9:41 AM        (Slack; the time may stand on the next line, and alone before her next message)
[12/03/2026 09:41] Marta Ruiz        (Teams; her words may follow after a colon)
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from notesense.core.note import Turn
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import hints
from notesense.readers.family import Content, Family, Fit

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?:[ \u202f]?(?P<half>[AaPp])\.?[Mm]\.?)?"
_DATE = r"\u200e?\d{1,4}[./-]\u200e?\d{1,2}(?:[./-]\u200e?\d{2,4})?"
_DAY = rf"{_DATE}|(?i:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_PARTICLES = frozenset("al bin da de del den der di dos du el la le ten ter van von y".split())
_NAME = r"(?P<name>[^\W\d_][^\n\r:\[\]]{1,58}?)"
_SLACK = re.compile(rf"{_NAME}[ \t]{{2,4}}\[?(?:(?:Today|Yesterday)(?: at|,)? )?{_CLOCK}\]?[ \t]*")
_TEAMS = re.compile(
    rf"\u200e?\[(?P<day>{_DAY})?[ ,]{{0,2}}{_CLOCK}\][ \t]+"
    rf"{_NAME}[ \t]*(?::[ \t]*(?P<words>.*))?"
)
_ALONE = re.compile(rf"[ \t]*\[?{_CLOCK}\]?[ \t]*")
_PERSON = re.compile(rf"{_NAME}[ \t]*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ENOUGH = 2


class _Head(NamedTuple):
    """A line that begins a message. `words` is where they begin; `name` is None where the last writer goes on."""

    start: int
    words: int
    name: str | None
    clock: int


def _heads(text: str) -> Iterator[_Head]:
    """Yield the heads of the messages in order."""
    lines = [(found.start(), found[0].rstrip("\r\n")) for found in _LINE.finditer(text)]
    named = False
    skip = -1
    for number, (start, line) in enumerate(lines):
        if number == skip or len(line) > 400:
            continue
        after = lines[number + 1][1] if number + 1 < len(lines) else ""
        if (teams := _TEAMS.fullmatch(line)) and _is_name(teams["name"]) and (teams["day"] or teams["half"]):
            words = start + (teams.start("words") if teams["words"] else len(line))
            yield _Head(start, words, " ".join(teams["name"].split()), _minutes(teams))
        elif (slack := _SLACK.fullmatch(line)) and slack["half"] and _is_name(slack["name"]):
            yield _Head(start, start + len(line), " ".join(slack["name"].split()), _minutes(slack))
        elif (
            after[:1] in (" ", "\t")
            and (alone := _ALONE.fullmatch(after))
            and (person := _PERSON.fullmatch(line))
            and _is_name(person["name"])
        ):
            skip = number + 1
            yield _Head(start, lines[skip][0] + len(after), " ".join(person["name"].split()), _minutes(alone))
        elif named and (alone := _ALONE.fullmatch(line)):
            yield _Head(start, start + len(line), None, _minutes(alone))
        else:
            continue
        named = True


def _is_name(words: str) -> bool:
    """Tell whether these words look like somebody's name rather than a sentence."""
    found = [word for word in words.replace("(", " ").split() if word not in _PARTICLES]
    return 0 < len(found) <= 6 and not any(word[0].islower() for word in found)


def _minutes(found: re.Match[str]) -> int:
    """Return the minute of the day that a clock tells."""
    hour, half = int(found["hour"]), (found["half"] or "").casefold()
    return (hour % 12 + (12 if half == "p" else 0) if half else hour) * 60 + int(found["minute"])


def _turns(text: str) -> tuple[Turn, ...]:
    """Return the messages of a copied chat; none where it is none."""
    heads = list(_heads(text))
    if sum(head.name is not None for head in heads) < _ENOUGH:
        return ()
    ends = [*(head.start for head in heads[1:]), len(text)]
    before = text[: heads[0].start]
    found = [Turn(start=0, end=heads[0].start, origin=Origin.REP_NOTE)] if before.strip() else []
    writer = None
    for head, end in zip(heads, ends, strict=True):
        writer = head.name or writer
        if text[head.words : end].strip():
            since = head.clock - heads[0].clock
            time = since * 60.0 if since >= 0 else None
            found.append(Turn(start=head.words, end=end, speaker=writer, origin=Origin.CHAT, time=time))
    return tuple(found)


def _sniff(content: Content) -> Fit:
    if content.binary or ":" not in content.head:
        return Fit.NO
    said = [turn for turn in _turns(content.head) if turn.origin is Origin.CHAT]
    return Fit.LIKELY if len(said) >= _ENOUGH else Fit.NO


def _read(content: Content) -> Readings:
    text = content.text
    turns = _turns(text)
    if not turns:
        raise InputError(f"{content.where} looks like a copied chat, but names nobody who writes.", "Copy it again.")
    name = content.stem.encode("utf-8", "replace").decode()
    reading = Reading(
        where=content.where,
        text=text,
        turns=turns,
        date=hints.day_in_name(name),
        channel=Channel.CHAT,
        title=hints.title_of(name, ""),
    )
    return Readings(notes=(reading,))


FAMILY = Family("chat", frozenset({".txt"}), _sniff, _read)
