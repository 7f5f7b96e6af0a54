"""Cuts a note into turns (who speaks) and passages (clauses), both exact slices of the text.

`text[p.start:p.end] == p.text` always; passages are ordered, do not overlap and are never blank. Any text is accepted,
in time that grows with its length alone. Speaker names, bullets and mail headers stay outside the passages.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from notesense.core import speakers
from notesense.core.clauses import clauses
from notesense.core.lines import Line, lines
from notesense.core.note import Note, Side, Turn
from notesense.core.passage import Passage
from notesense.core.speakers import Voice
from notesense.core.vocabulary import Origin

LEAST_WRAPPED = 45
"""Letters from which on a line of a mail may have been wrapped."""
_ENDS = ".!?:;…"
_QUOTING = "> \t\n"
_MAILED = frozenset({Origin.EMAIL, Origin.QUOTED})


def turns(text: str) -> tuple[Turn, ...]:
    """Return the stretches of one speaker each, as the text tells; together they cover all of it, in order."""
    return _parsed(text).turns


def turns_of(note: Note) -> tuple[Turn, ...]:
    """Return the stretches of one speaker each: those that the source told, else those that the text tells.

    Where the text does not tell a speaker's side, that of the attendee of this name holds.
    """
    return note.turns or _parsed(note.text, _told_sides(note)).turns


def passages(text: str) -> tuple[Passage, ...]:
    """Return the clauses of a text in order. What is a note already has `passages_of`."""
    return _passages(_parsed(text))


def passages_of(note: Note) -> tuple[Passage, ...]:
    """Return the clauses of a note in order, each within one of its turns."""
    return _passages(_given(note.text, note.turns) if note.turns else _parsed(note.text, _told_sides(note)))


def _told_sides(note: Note) -> dict[str, Side]:
    """Return the sides of attendees by their names, folded."""
    return {one.name.casefold(): one.side for one in note.source.attendees if one.name and one.side != "unknown"}


def _passages(reading: "_Reading") -> tuple[Passage, ...]:
    text = reading.text
    starts = [turn.start for turn in reading.turns]
    found: list[Passage] = []
    for line, start, end in reading.blocks():
        number, counted = line.number, start
        for begin, right in clauses(text, start, end):
            left = _behind_marks(text, begin) if line.quoted else begin
            number += text.count("\n", counted, left)
            counted = left
            index = max(bisect_right(starts, left) - 1, 0)
            turn = reading.turns[index]
            found.append(
                Passage(
                    ordinal=len(found),
                    start=left,
                    end=right,
                    text=text[left:right],
                    turn=index,
                    line=number,
                    speaker=turn.speaker,
                    side=turn.side,
                    origin=reading.origin(line, turn),
                )
            )
    return tuple(found)


def _behind_marks(text: str, start: int) -> int:
    """Return where words begin that may begin with a line of a mail, and so with marks of quoting."""
    while text[start] in _QUOTING:
        start += 1
    return start


class _Reading(NamedTuple):
    """A text with its lines, whom each names as its speaker, and the turns, which the source told where `given`."""

    text: str
    lines: Sequence[Line]
    voices: Sequence[Voice | None]
    turns: tuple[Turn, ...]
    given: bool = False

    def origin(self, line: Line, turn: Turn) -> Origin:
        """Return whose words a line of this turn holds."""
        return Origin.QUOTED if line.quoted and not self.given else turn.origin

    def blocks(self) -> Iterator[tuple[Line, int, int]]:
        """Yield the stretches of speech: a line, or the lines that a mail program has wrapped."""
        pending: tuple[Line, int, Line] | None = None
        width = _wrap_width(self.text, self.lines)
        for line, voice in zip(self.lines, self.voices, strict=True):
            start = self._content(line, voice)
            if start is None:
                continue
            fresh = bool(voice) or line.bullet or start != line.body
            if pending and not fresh and self._continues(pending[2], line, width):
                pending = (pending[0], pending[1], line)
                continue
            if pending:
                yield pending[0], pending[1], pending[2].end
            pending = (line, start, line)
        if pending:
            yield pending[0], pending[1], pending[2].end

    def _continues(self, before: Line, line: Line, width: int) -> bool:
        """Tell whether this line goes on where the line before it was wrapped."""
        if self._depth(before) != self._depth(line) or self.text.count("\n", before.end, line.start) != 1:
            return False
        last = before.end - before.start
        if self._is_mail(line) and last >= LEAST_WRAPPED and self.text[before.end - 1] not in _ENDS:
            return self.text[line.body].islower()
        if line.quoted:
            return False
        word = self.text[line.start : line.start + width].split(maxsplit=1)
        return bool(word) and last + 1 + len(word[0]) > width

    def _depth(self, line: Line) -> int:
        """Return how many marks of quoting a line has."""
        return self.text.count(">", line.start, line.body) if line.quoted else 0

    def _is_mail(self, line: Line) -> bool:
        """Tell whether a source told that this is a line of a mail: mails are wrapped, short ones too."""
        place = bisect_right(self.turns, line.start, key=lambda one: one.start) - 1
        return self.given and self.turns[max(place, 0)].origin in _MAILED

    def _content(self, line: Line, voice: Voice | None) -> int | None:
        """Return where the line's speech begins, or None for headers and rules."""
        if voice:
            return None if voice.header else voice.content
        return None if speakers.is_head(self.text, line) else speakers.subject_at(self.text, line)


def _parsed(text: str, known: Mapping[str, Side] | None = None) -> _Reading:
    """Read a text that alone tells who speaks; `known` are sides, by folded names, where it tells none."""
    found = list(lines(text, [(0, len(text))]))
    voices, dialogue = speakers.voices(text, found)
    return _Reading(text, found, voices, tuple(_turns(text, found, voices, (dialogue, known or {}))))


def _given(text: str, given: tuple[Turn, ...]) -> _Reading:
    """Read a text whose source told the turns: a new one begins with the first line of each."""
    found = list(lines(text, [(turn.start, turn.end) for turn in given]))
    starts = [turn.start for turn in given]
    owners = [bisect_right(starts, line.start) - 1 for line in found]
    voices = [
        speakers.given_voice(text, line, given[owner]) if owner != before else None
        for line, owner, before in zip(found, owners, [-1, *owners], strict=False)
    ]
    return _Reading(text, found, voices, given, given=True)


class _Hand(NamedTuple):
    """Who speaks or writes on, and what that makes of the words."""

    name: str = ""
    origin: Origin = Origin.REP_NOTE
    time: float | None = None


def _turns(
    text: str, lines: Sequence[Line], voices: Sequence[Voice | None], told: tuple[range, Mapping[str, Side]]
) -> Iterator[Turn]:
    """Cut where the speaker changes; quoted history belongs to nobody unless it names its writer.

    `told` are the lines that are a dialogue, and the sides that are known where it tells none.
    """
    dialogue, known = told
    sides = {**known, **speakers.sides(text, filter(None, voices))}

    def turn(end: int) -> Turn:
        side = sides.get(who.name.casefold(), "unknown")
        origin = Origin.QUOTED if quoted else who.origin
        return Turn(start=start, end=end, speaker=who.name or None, side=side, origin=origin, time=who.time)

    start, who, writer = 0, _Hand(), _Hand()
    quoted: bool | None = None
    for number, (line, voice) in enumerate(zip(lines, voices, strict=True)):
        ended = number == dialogue.stop and bool(dialogue)
        if ended:
            writer = _Hand()
        if voice:
            speaker = _Hand(voice.name, voice.origin, voice.time)
            lasting = voice.header or not voice.name or (number in dialogue and not line.bullet)
        else:
            if speakers.is_new_hand(text, line):
                writer = _Hand()
            speaker, lasting = _unnamed(line, who, writer), False
        if lasting and not line.quoted:
            writer = speaker
        if speaker.name != who.name or ((voice or ended) and line.start > start):
            if text[start : line.start].strip():
                yield turn(line.start)
                start = line.start
            who, quoted = speaker, line.quoted
        else:
            quoted = line.quoted and quoted is not False
    yield turn(len(text))


def _unnamed(line: Line, who: _Hand, writer: _Hand) -> _Hand:
    """Return who speaks in a line that names nobody."""
    if line.quoted:
        return who if who.name != writer.name else _Hand()
    return writer


def _wrap_width(text: str, lines: Sequence[Line]) -> int:
    """Return the width at which the text was wrapped by a program, or 0 where it was not."""
    lengths = [line.end - line.start for line in lines]
    width = max(lengths, default=0)
    if not 50 <= width <= 100:
        return 0
    full = fits = 0
    for line, after in pairwise(lines):
        if after.number == line.number + 1 and not (after.bullet or after.quoted):
            word = text[after.start : after.start + width].split(maxsplit=1)[0]
            fits += 1
            full += line.end - line.start + 1 + len(word) > width - 3
    return width - 3 if full >= 3 and full * 3 >= fits * 2 else 0
