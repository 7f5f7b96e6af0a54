"""Who says what in captions: names that the form marks, names before a colon, names on a line of their own.

A colon alone makes no speaker: "Note: I will send it" is speech, and which of the two it is shows in the whole file.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from notesense.readers import speaker_names
from notesense.readers.cues import Cue, plain, voices_of
from notesense.readers.layout import Spoken

_FINISHED = (".", "?", "!", "…", "。", "！", "？")
_CLOSING = "\"'”’»)]"
_LONG = 400
"""Characters after which words of nobody known are not gathered any further where no sentence ends."""
_MANY = 40
"""Cues after which they are not either."""
_OFTEN = 3
"""So often a name that does not look like one has to stand before words."""


class Said(NamedTuple):
    """Lines that were said at a time. `utterance` is the id of what they are a part of, empty where nothing tells."""

    lines: list[str]
    time: float | None
    utterance: str = ""


def pieces_of(cues: Iterable[Cue], utterance_of: dict[str, str]) -> list[Spoken]:
    """Return what the cues say, with its speakers; `utterance_of` tells by a cue's id of what it is a part."""
    given = list(cues)
    if any("<v" in line for cue in given for line in cue.lines):
        found = [
            (utterance_of.get(cue.id, ""), Spoken(words, name, time=cue.start))
            for cue in given
            for name, words in voices_of(" ".join(line.strip() for line in cue.lines))
        ]
    else:
        said = [Said([plain(line) for line in cue.lines], cue.start, utterance_of.get(cue.id, "")) for cue in given]
        found = _named(said)
    return gathered(_utterances(found))


def named(said: Sequence[Said]) -> list[Spoken]:
    """Return what was said with its speakers, as names before a colon or on lines of their own tell them."""
    return gathered(piece for _, piece in _named(said))


def gathered(pieces: Iterable[Spoken]) -> list[Spoken]:
    """Return the pieces with neighbours of one speaker made one, and of nobody known up to the end of a sentence."""
    runs: list[Run] = []
    for piece in pieces:
        piece = piece._replace(words=piece.words.strip(), speaker=speaker_names.known(piece.speaker))
        before = runs[-1] if runs else None
        if not piece.words:
            continue
        if before and before.first.speaker == piece.speaker and (piece.speaker or not before.is_finished()):
            before.parts.append(piece.words)
        else:
            runs.append(Run(piece))
    return [run.whole() for run in runs]


@dataclass
class Run:
    """What one speaker says, gathered part by part; its time is that of the first."""

    first: Spoken
    parts: list[str] = field(default_factory=list)

    def whole(self, between: str = " ") -> Spoken:
        """Return all of it as one piece."""
        return self.first._replace(words=between.join([self.first.words, *self.parts]))

    def is_finished(self) -> bool:
        """Tell whether it ends as a sentence does, or has grown long."""
        if len(self.parts) > _MANY:
            return True
        words = self.whole().words
        return len(words) > _LONG or words.rstrip(_CLOSING).endswith(_FINISHED)


def _utterances(pieces: Iterable[tuple[str, Spoken]]) -> list[Spoken]:
    """Return the pieces with the parts of each utterance put together where its first stands."""
    runs: list[Run] = []
    begun: dict[tuple[str, str | None], Run] = {}
    for utterance, piece in pieces:
        run = begun.get((utterance, piece.speaker)) if utterance else None
        if run:
            run.parts.append(piece.words.strip())
        else:
            runs.append(Run(piece))
            begun[utterance, piece.speaker] = runs[-1]
    return [run.whole() for run in runs]


def _named(said: Sequence[Said]) -> list[tuple[str, Spoken]]:
    if _has_name_lines(said):
        return [
            (one.utterance, Spoken(" ".join(one.lines[1:]), one.lines[0].strip(" :"), time=one.time))
            if len(one.lines) > 1
            else (one.utterance, Spoken(" ".join(one.lines), time=one.time))
            for one in said
        ]
    names = _names_before_colons(said)
    return [(one.utterance, piece) for one in said for piece in _prefixed(one, names)]


def _prefixed(said: Said, names: frozenset[str]) -> list[Spoken]:
    """Return the pieces of what was said at once: each line may begin with another speaker."""
    runs: list[Run] = []
    for line in said.lines:
        prefix = speaker_names.PREFIX.match(line)
        if prefix and prefix["name"] in names:
            runs.append(Run(Spoken(line[prefix.end() :].strip(), prefix["name"], time=said.time)))
        elif runs:
            runs[-1].parts.append(line.strip())
        else:
            runs.append(Run(Spoken(line.strip(), time=said.time)))
    return [run.whole() for run in runs]


def _names_before_colons(said: Sequence[Said]) -> frozenset[str]:
    """Return what stands before colons and is a name: it looks so, or stands there often where most lines have one."""
    lines = [line for one in said for line in one.lines if line.strip()]
    found = Counter(prefix["name"] for prefix in map(speaker_names.PREFIX.match, lines) if prefix)
    mostly = sum(found.values()) * 2 >= len(lines)
    return frozenset(
        name
        for name, times in found.items()
        if speaker_names.looks_named(name) or (mostly and times >= _OFTEN and speaker_names.may_be_named(name))
    )


def _has_name_lines(said: Sequence[Said]) -> bool:
    """Tell whether the speaker's name stands on the first line of what is said, the words below it."""
    firsts = [one.lines[0].strip(" :") for one in said if len(one.lines) > 1]
    if not firsts or len(firsts) * 3 < len(said) * 2 or not all(map(speaker_names.looks_named, firsts)):
        return False
    return len(set(firsts)) * 2 <= len(firsts) or all(first[0].isupper() for first in firsts)
