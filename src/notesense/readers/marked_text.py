"""Transcripts in Markdown that name the speakers in bold: `**Marta:** words`. The text stays as it stands.

What stands before the first speaker and after the last is somebody's note of the conversation.
"""

import re
from collections import Counter

from notesense.core.note import Side, Turn
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import hints
from notesense.readers.family import Content, Family, Fit

_LABEL = re.compile(
    r"^[ \t]{0,3}\*\*(?P<name>[^*\n:]{1,60})(?::\*\*|\*\*[ \t]?:)[ \t]*(?P<words>[^\r\n]*)", re.MULTILINE
)
_BREAK = re.compile(r"^(?:#{1,6}[ \t]|[-_*]{3,}[ \t]*\r?$)", re.MULTILINE)
_ENOUGH = 4
"""Turns from which on bold words before colons are speakers and no headings."""
_US = frozenset({"agent", "advisor", "host", "me", "rep", "representative", "sales rep", "seller", "support", "us"})
_CUSTOMER = frozenset({"buyer", "caller", "client", "customer", "prospect", "them", "user"})


def side_of(role: str) -> Side:
    """Return the side that a role tells which stands in a speaker's place: "Agent", "Customer"."""
    folded = role.casefold()
    return "us" if folded in _US else "customer" if folded in _CUSTOMER else "unknown"


def marked_turns(text: str, origin: Origin = Origin.TRANSCRIPT) -> tuple[Turn, ...]:
    """Return the turns of a conversation whose speakers stand in bold; none where it is none.

    It needs two speakers who speak more than once. Between its first and last words, whoever stands so speaks.
    """
    labels = list(_LABEL.finditer(text))
    counts = Counter(label["name"].strip() for label in labels)
    regular = [number for number, label in enumerate(labels) if counts[label["name"].strip()] > 1]
    if len(regular) < _ENOUGH or len({labels[number]["name"].strip() for number in regular}) < 2:
        return ()
    heard = labels[regular[0] : regular[-1] + 1]
    after = _BREAK.search(text, heard[-1].end())
    others = [label.start() for label in labels[regular[-1] + 1 :]]
    end = min([len(text), *others[:1], *([after.start()] if after else [])])
    ends = [*(label.start() for label in heard[1:]), end]
    told = [_turn(label, last, origin) for label, last in zip(heard, ends, strict=True)]
    around = (
        Turn(start=0, end=max(heard[0].start(), 1), origin=Origin.REP_NOTE),
        Turn(start=end, end=max(len(text), end + 1), origin=Origin.REP_NOTE),
    )
    return tuple(turn for turn in (around[0], *told, around[1]) if text[turn.start : turn.end].strip(" \t\r\n#*-_"))


def _turn(label: re.Match[str], end: int, origin: Origin) -> Turn:
    name = " ".join(label["name"].split())
    return Turn(
        start=label.start("words"),
        end=max(end, label.start("words") + 1),
        speaker=name,
        side=side_of(name),
        origin=origin,
    )


def _sniff(content: Content) -> Fit:
    if content.binary or content.head.count("**") < 2 * _ENOUGH:
        return Fit.NO
    return Fit.LIKELY if marked_turns(content.head) else Fit.NO


def _read(content: Content) -> Readings:
    text = content.text
    turns = marked_turns(text)
    name = content.stem.encode("utf-8", "replace").decode()
    told = {label["name"].strip().casefold(): label["words"].strip() for label in reversed(list(_LABEL.finditer(text)))}
    day = hints.Day(hints.day_in_name(name))
    if day.day is None:
        day = hints.written_day(told.get("date", ""))
    reading = Reading(
        where=content.where,
        text=text,
        turns=turns,
        date=day.day,
        unclear_day=day.unclear,
        channel=hints.channel_of(name, "") or Channel.CALL,
        title=hints.title_of(name, ""),
        meeting=told.get("call id", ""),
    )
    return Readings(notes=(reading,))


FAMILY = Family("marked", frozenset({".md", ".markdown"}), _sniff, _read)
