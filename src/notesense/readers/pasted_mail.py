"""Mails as plain text: one that was copied out of a mail program, a thread, a reply with what it quotes.

They are known by their heads (From, Sent, To, Subject in many languages) or by an introduction over marked lines.
Words above all that are the rep's own; plain text tells whose they are.
"""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from notesense.core.note import Attendee, Turn
from notesense.core.passages import turns
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import hints
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit
from notesense.readers.mail_dates import day_of, is_this_year, moment_of
from notesense.readers.mail_heads import name_in
from notesense.readers.mail_history import Stretch, Thread, thread
from notesense.readers.mail_people import addresses
from notesense.readers.mail_phrases import ADDRESS

_LONGEST_HEADING = 80
_MAIL_FILES = frozenset({".eml", ".mbox"})


def _sniff(content: Content) -> Fit:
    if content.binary or content.ending in _MAIL_FILES:
        return Fit.NO
    found = thread(content.head.replace("\r\n", "\n"))
    return Fit.LIKELY if found.heads or any(one.writer for one in found.stretches) else Fit.NO


def _read(content: Content) -> Readings:
    text = checked(content.text, content.where)
    found = thread(text)
    when = _when(found)
    own = _above(text, found)
    channel = hints.channel_of(content.stem, own) if own else None
    is_told_of = channel not in (None, Channel.EMAIL)
    subject = found.heads[0].subject if found.heads and not own else ""
    day = hints.day_in_name(content.stem) or (_day_of_note(own) if own else when.day) or when.day
    reading = Reading(
        where=content.where,
        text=text,
        channel=channel or Channel.EMAIL,
        title=subject or hints.title_of(content.stem, own if is_told_of else text),
        turns=tuple(_turns(text, found)),
        started=None if own else when.started,
        date=day if own else when.day or day,
        attendees=tuple(_people(found)),
    )
    return Readings(notes=(reading,))


def _above(text: str, found: Thread) -> str:
    """Return the words above the first mail; empty where the text begins with it."""
    first = next(iter(found.stretches), None)
    return text[: first.end] if first and _is_own(first) else ""


def _day_of_note(own: str) -> datetime.date | None:
    """Return the day of what the rep wrote above a mail: as of any note, or in its heading ("Call with Ida, 3 May")."""
    heading = own.strip().partition("\n")[0].strip()
    is_heading = len(heading) <= _LONGEST_HEADING and hints.channel_of("", heading) is not None
    return hints.day_in_head(own).day or (day_of(heading) if is_heading else None)


def _is_own(one: Stretch) -> bool:
    """Tell whether no head and no introduction says whose these words are."""
    return not one.writer and one.origin in (Origin.EMAIL, Origin.SIGNATURE)


def _turns(text: str, found: Thread) -> Iterator[Turn]:
    for one in found.stretches:
        if _is_own(one) and one.origin is Origin.EMAIL:
            for turn in turns(text[one.start : one.end]):
                yield turn.model_copy(update={"start": one.start + turn.start, "end": one.start + turn.end})
        else:
            yield Turn(start=one.start, end=one.end, speaker=one.writer or None, origin=one.origin)


class _When(NamedTuple):
    day: datetime.date | None = None
    started: datetime.datetime | None = None


def _when(found: Thread) -> _When:
    """Return when the youngest of the mails was sent, as far as heads and introductions tell."""
    values = [value for head in found.heads for value in head.others if value.strip() != head.subject]
    if any(is_this_year(value) and day_of(value) is None for value in values):
        return _When()  # the youngest is of this year, whichever that is
    values += [one.told for one in found.introductions]
    moments = sorted((when for when in map(moment_of, values) if when), key=lambda one: one.replace(tzinfo=None))
    days = sorted(day for day in map(day_of, values) if day)
    if not days:
        return _When()
    return _When(days[-1], moments[-1] if moments and moments[-1].date() == days[-1] else None)


def _people(found: Thread) -> Iterator[Attendee]:
    """Yield who sent the mails and to whom they went, each once."""
    heads = [head for head in found.heads if head.sender]
    senders = {name_in(head.sender): next(iter(addresses(head.sender)), None) for head in heads}
    listed = [Attendee(name=name, email=one.email if one else "") for name, one in senders.items()]
    listed += [one for head in heads for value in head.others if "@" in value for one in addresses(value) if one.email]
    for told in found.introductions:
        if address := ADDRESS.search(told.told):
            name = "" if "@" in told.writer else told.writer
            listed.append(Attendee(name=name, email=address[0].removeprefix("mailto:")))
    with_address = {one.name for one in listed if one.email}
    seen: set[str] = set()
    for one in listed:
        key = (one.email or one.name).casefold()
        if key not in seen and (one.email or one.name not in with_address):
            seen.add(key)
            yield one


FAMILY = Family("pasted mail", frozenset(), _sniff, _read)
