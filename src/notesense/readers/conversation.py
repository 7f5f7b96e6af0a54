"""Gathers what a source tells of one meeting or chat, and makes a note of it. What is wrong in a part is told once.

Summaries that the vendor's program wrote stand after what was said, with an origin of their own.
"""

import datetime
import json
from collections.abc import Callable, Sequence
from typing import Any

from notesense.core import passages
from notesense.core.note import Attendee, Side, Turn
from notesense.core.reading import Reading, Readings
from notesense.core.results import Refused
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import speaker_names
from notesense.readers.decoding import checked
from notesense.readers.json_source import NO_WORDS, Record, moment, seconds, strings
from notesense.readers.layout import BETWEEN, Spoken, joined, laid_out


class Conversation:
    """One meeting, call or chat while it is read. `where` names it for messages."""

    def __init__(self, where: str, channel: Channel = Channel.CALL) -> None:
        self.where = where
        self.channel = channel
        self.title = ""
        self.meeting = ""
        self.account = ""
        self.attendees: list[Attendee] = []
        self._when: datetime.date | None = None
        self._spoken: list[Spoken] = []
        self._summary: list[str] = []
        self._faults: dict[str, list[str]] = {}
        self._voices: dict[str, int] = {}

    def parts(self, value: Any, what: str) -> list[tuple[str, Record]]:
        """Return the objects of a list, each with its place, such as "sentence 3"; what is no object is told."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault("parts", f"where its {what}s should be stands {_shown(value)}")
            return []
        found: list[tuple[str, Record]] = []
        for number, each in enumerate(value, 1):
            if isinstance(each, dict):
                found.append((f"{what} {number}", each))
            else:
                self.fault("parts", f"{what} {number} is {_shown(each)}, which holds no words")
        return found

    def say(self, spoken: Spoken, place: str, words: Any, time: Any = None, unit: float = 1.0) -> None:
        """Add words of somebody, and the time at which they begin, a number of it being in `unit` seconds.

        A label in the place of a name stands before the words and names nobody. What cannot be read is told with its
        place: words are left out then, a time alone is unknown.
        """
        if not isinstance(words, str):
            self.fault("words", f"{place} has no words" if words is None else f"{place} has {_shown(words)} for words")
            return
        if not words.strip():
            return
        try:
            checked(words, place)
        except InputError as error:
            self.fault("words", error.message.rstrip("."))
            return
        try:
            told = seconds(time, unit)
        except ValueError:
            told = None
            self.fault("time", f"{place} has {_shown(time)} for a time; its words are kept without one")
        speaker = " ".join((spoken.speaker or "").split())
        if speaker_names.is_label(speaker):
            spoken = spoken._replace(speaker=None, label=spoken.label or speaker)
        self._spoken.append(spoken._replace(words=words, time=told))

    def summarise(self, *values: Any) -> None:
        """Add what a program wrote of the meeting: words in any depth. The same words are kept once."""
        for value in values:
            for words in strings(value, NO_WORDS):
                if not words.strip() or words.strip() in self._summary:
                    continue
                try:
                    self._summary.append(checked(words, "the summary").strip())
                except InputError as error:
                    self.fault("summary", error.message.rstrip("."))

    def voice(self, key: str) -> str:
        """Return a label for somebody whom the source tells from others by a key alone, such as "Speaker 2"."""
        if not key:
            return ""
        return f"Speaker {self._voices.setdefault(key, len(self._voices) + 1)}"

    def attend(self, name: str, email: str, side: Side = "unknown") -> None:
        """Add somebody who took part or was invited; the same e-mail or, without one, name is added once."""
        known = {each.email.casefold() or each.name for each in self.attendees}
        if (email.casefold() or name) and (email.casefold() or name) not in known:
            self.attendees.append(Attendee(name=name, email=email, side=side))

    def began(self, *values: Any) -> None:
        """Take the first of these that tells when it began."""
        for value in values:
            try:
                self._when = self._when or moment(value)
            except (ValueError, OverflowError, OSError):
                self.fault("date", f"{_shown(value)} is no time at which it could have begun")

    def fault(self, kind: str, reason: str) -> None:
        """Tell that something in it could not be read; more of one kind are counted."""
        self._faults.setdefault(kind, []).append(reason)

    def refused(self) -> list[Refused]:
        """Return what in it could not be read."""
        more = {kind: f" ({len(told) - 1} more such)" if len(told) > 1 else "" for kind, told in self._faults.items()}
        return [Refused(where=self.where, reason=told[0] + more[kind]) for kind, told in self._faults.items()]

    def reading(self, sentences: bool = False) -> Reading:
        """Return the note. With `sentences`, what one speaker says in several pieces is one turn.

        Raises InputError where nothing is said in it, and nothing summarised.
        """
        spoken = joined(self._spoken) if sentences else self._spoken
        pieces = [*spoken, *(Spoken(words, origin=Origin.VENDOR_SUMMARY) for words in self._summary)]
        if not pieces:
            raise InputError("it holds nothing that anyone says, and no summary")
        return self.reading_of(*laid_out(pieces, self.where))

    def reading_of_text(self, text: str, turns: tuple[Turn, ...]) -> Reading:
        """Return the note of a text, what is summarised after it. Raises InputError for what is no text."""
        if not self._summary:
            return self.reading_of(text, turns)
        end = len(text) + len(BETWEEN)
        told = list(turns or passages.turns(text))
        told[-1] = told[-1].model_copy(update={"end": end})
        after, more = laid_out([Spoken(words, origin=Origin.VENDOR_SUMMARY) for words in self._summary], self.where)
        moved = [one.model_copy(update={"start": one.start + end, "end": one.end + end}) for one in more]
        return self.reading_of(text + BETWEEN + after, (*told, *moved))

    def reading_of(self, text: str, turns: tuple[Turn, ...]) -> Reading:
        """Return the note of this text with what is known of the meeting. Raises InputError for what is no text."""
        began = self._when if isinstance(self._when, datetime.datetime) else None
        return Reading(
            where=self.where,
            text=checked(text, self.where),
            turns=turns,
            account=self.account or None,
            date=began.date() if began else self._when,
            started=began,
            channel=self.channel,
            title=self.title,
            meeting=self.meeting,
            attendees=tuple(self.attendees),
        )


def _shown(value: Any) -> str:
    return json.dumps(value)[:40]


def read_each(where: str, found: Sequence[Any], read: Callable[[Record, Conversation], Reading]) -> Readings:
    """Read each meeting of a file for itself: one that cannot be read never loses the others."""
    notes: list[Reading] = []
    refused: list[Refused] = []
    for number, each in enumerate(found, 1):
        meeting = Conversation(where if len(found) == 1 else f"{where}, meeting {number}")
        try:
            if not isinstance(each, dict):
                raise InputError(f"it is {_shown(each)}, not a meeting")
            notes.append(read(each, meeting))
        except InputError as error:
            meeting.fault("meeting", error.message.rstrip("."))
        refused += meeting.refused()
    return Readings(notes=tuple(notes), refused=tuple(refused))
