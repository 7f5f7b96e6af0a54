"""Who says what in captions: names that the form marks, names before a colon, names on a line of their own.

A colon alone makes no speaker: "Note: I will send it" is speech, and which of the two it is shows in the whole file:
names return, or stand before all that is said.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
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
"""So often what does not look like a name and surname has to stand before words where most have no name."""
_BRACKETED = re.compile(
    rf"\s*{speaker_names.OPENING}(?:\[(?P<name>[^\[\]()]{{2,60}})\]|\((?P<other>[^\[\]()]{{2,60}})\))\s+"
)
"""A name in brackets before words; "[laughs]" stands so, too."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = 5
"""Words from which on a line that does not look like a name is rather a sentence."""
_OPENS = re.compile(r"\s*(?:[-–—]\s|>>)")
"""A line of a cue with which somebody else begins to speak."""

_CHANGE = ">>"
"""What captions put where somebody else begins to speak."""
_WITHIN = re.compile(r"(?<=[.?!…。！？\"'”’»)\]♪])\s+(?=>{2,3}\s*\S)")


class Said(NamedTuple):
    """Lines that were said at a time. `utterance` is the id of what they are a part of, empty where nothing tells."""

    lines: list[str]
    time: float | None
    utterance: str = ""


def pieces_of(cues: Iterable[Cue], utterance_of: dict[str, str]) -> list[Spoken]:
    """Return what the cues say, with its speakers; `utterance_of` tells by a cue's id of what it is a part."""
    given = list(cues)
    if any(cue.voice for cue in given):
        found = [
            (
                utterance_of.get(cue.id, ""),
                Spoken(plain(" ".join(map(str.strip, cue.lines))), cue.voice, time=cue.start),
            )
            for cue in given
        ]
    elif any("<v" in line for cue in given for line in cue.lines):
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
        words, speaker = piece.words.strip(), speaker_names.known(piece.speaker)
        before = runs[-1] if runs else None
        if not words:
            continue
        if before and before.first.speaker == speaker and (speaker or not (before.is_finished() or _changes(words))):
            before.parts.append(words)
        else:
            runs.append(Run(piece._replace(words=words, speaker=speaker)))
    return [run.whole() for run in runs]


def _changes(line: str) -> bool:
    """Tell whether somebody else begins to speak with this line, as captions mark it."""
    return line.lstrip().startswith(_CHANGE)


@dataclass
class Run:
    """What one speaker says, gathered part by part; its time is that of the first."""

    first: Spoken
    parts: list[str] = field(default_factory=list)

    def whole(self, between: str = " ") -> Spoken:
        """Return all of it as one piece."""
        if not self.parts:
            return self.first
        return self.first._replace(words=between.join([self.first.words, *self.parts]))

    def is_finished(self) -> bool:
        """Tell whether it ends as a sentence does, or has grown long."""
        if len(self.parts) > _MANY:
            return True
        last = self.parts[-1] if self.parts else self.first.words
        long = len(self.first.words) + sum(map(len, self.parts)) > _LONG
        return long or last.rstrip(_CLOSING).endswith(_FINISHED)


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
    above = _names_above(said)
    if above:
        return [
            (one.utterance, Spoken(" ".join(one.lines[1:]), name, time=one.time))
            if len(one.lines) > 1 and (name := one.lines[0].strip(" :")) in above
            else (one.utterance, Spoken(" ".join(one.lines), time=one.time))
            for one in said
        ]
    said = [one._replace(lines=[part for line in one.lines for part in _WITHIN.split(line)]) for one in said]
    opened = _Openings.of(said)
    names = opened.names()
    bracketed, repeated = opened.bracketed(names), opened.repeated(names)
    found: list[tuple[str, Spoken]] = []
    for one in said:
        pieces = _prefixed(one, names, bracketed)
        if found and pieces and not repeated and _goes_on(found[-1][1], pieces[0]):
            pieces[0] = pieces[0]._replace(speaker=found[-1][1].speaker)
        found += [(one.utterance, piece) for piece in pieces]
    return found


def _goes_on(before: Spoken, piece: Spoken) -> bool:
    """Tell whether words without a name go on with the sentence of the speaker before them."""
    return bool(
        before.speaker and not piece.speaker and not Run(before).is_finished() and piece.words.lstrip()[:1].islower()
    )


def _prefixed(said: Said, names: frozenset[str], bracketed: frozenset[str]) -> list[Spoken]:
    """Return the pieces of what was said at once: each line may begin with another speaker."""
    runs: list[Run] = []
    for line in said.lines:
        prefix, mark = speaker_names.PREFIX.match(line), _BRACKETED.match(line)
        if prefix and prefix["name"] in names:
            runs.append(Run(Spoken(line[prefix.end() :].strip(), prefix["name"], time=said.time)))
        elif mark and _within(mark) in bracketed:
            runs.append(Run(Spoken(line[mark.end() :].strip(), _within(mark), time=said.time)))
        elif runs and not _changes(line):
            runs[-1].parts.append(line.strip())
        else:
            runs.append(Run(Spoken(line.strip(), time=said.time)))
    return [run.whole() for run in runs]


def _within(mark: re.Match[str]) -> str:
    return mark["name"] or mark["other"]


class _Openings(NamedTuple):
    """What stands before the colon, and in brackets, where somebody may begin to speak; empty where nothing does."""

    labels: list[str]
    marks: list[str]
    changes: frozenset[str]
    """Those of the labels that look like names and stand behind the mark of another speaker."""
    common: frozenset[str]
    """Words that are written in lower case somewhere, as names are not."""

    @classmethod
    def of(cls, said: Sequence[Said]) -> "_Openings":
        """Return the openings of cues, and of the lines in them with a dash as captions have it."""
        lines = [
            line
            for one in said
            for number, line in enumerate(one.lines)
            if line.strip() and (number == 0 or _OPENS.match(line))
        ]
        labels = [found["name"] if (found := speaker_names.PREFIX.match(line)) else "" for line in lines]
        marks = [_within(found) if (found := _BRACKETED.match(line)) else "" for line in lines]
        changes = {
            label
            for label, line in zip(labels, lines, strict=True)
            if _changes(line) and speaker_names.looks_named(label)
        }
        words = (word for one in said for line in one.lines for word in _WORD.findall(line))
        return cls(labels, marks, frozenset(changes), frozenset(word for word in words if word.islower()))

    def names(self) -> frozenset[str]:
        """Return what stands before colons and is a name.

        It looks so and returns, or returns often where most openings have one. What stands there once is a name where
        most openings have one and it looks like name and surname, where all have one and most return, or behind the
        mark of another speaker where one that returns stands behind it, too.
        """
        counts = Counter(filter(None, self.labels))
        like = {label: times for label, times in counts.items() if speaker_names.may_be_named(label)}
        labelled = sum(like.values())
        mostly = labelled * 2 >= len(self.labels)
        again = sum(times for times in like.values() if times > 1)
        all_have = labelled * 20 >= len(self.labels) * 19 and again * 2 >= len(self.labels)
        sure = {label for label, times in like.items() if times > 1 and _is_regular(label, times, mostly, all_have)}
        if not mostly and len(sure) < 2:
            sure = {label for label in sure if speaker_names.is_full(label)}
        if labelled == len(self.labels) and all(map(speaker_names.is_full, like)):
            return frozenset(like)
        repeated = self.repeated(frozenset(sure))
        parts = {part for label in sure for part in label.split()}
        again_named = frozenset(sure)
        for label in like.keys() - sure:
            if not self.common.isdisjoint(word.casefold() for word in _WORD.findall(label) if not word.islower()):
                continue
            is_part = speaker_names.looks_named(label) and parts.issuperset(label.split())
            full = mostly and (speaker_names.is_marked(label) or (bool(parts) and speaker_names.is_full(label)))
            alone = label in self.changes and not self.changes.isdisjoint(again_named)
            alone |= all_have and repeated and speaker_names.looks_named(label)
            if is_part or full or alone or speaker_names.known(label) is None:
                sure.add(label)
        return frozenset(sure)

    def repeated(self, names: frozenset[str]) -> bool:
        """Tell whether a name stands before each part of what somebody says, rather than where the speaker changes."""
        return any(one == two and one in names for one, two in pairwise(self.labels))

    def bracketed(self, names: frozenset[str]) -> frozenset[str]:
        """Return what stands in brackets and is a name: it is one elsewhere, or all openings have such."""
        counts = Counter(filter(speaker_names.looks_named, self.marks))
        if len(counts) < 2 or counts.total() * 10 < len(self.marks) * 9:
            return frozenset(counts.keys() & names)
        return frozenset(mark for mark, times in counts.items() if times > 1 or speaker_names.is_full(mark))


def _is_regular(label: str, times: int, mostly: bool, all_have: bool) -> bool:
    """Tell whether a label that returns is a name, in captions of which most or all have labels, or few."""
    if speaker_names.looks_named(label):
        return mostly or times >= _OFTEN or speaker_names.is_full(label)
    return all_have or (mostly and times >= _OFTEN)


def _names_above(said: Sequence[Said]) -> frozenset[str]:
    """Return the names that stand on the first line of what is said, the words below them; none where none do."""
    firsts = [one.lines[0].strip(" :") for one in said if len(one.lines) > 1]
    counts = Counter(firsts)
    like = [first for first in firsts if speaker_names.looks_named(first)]
    if not like or len(firsts) * 3 < len(said) * 2 or len(like) * 2 < len(firsts):
        return frozenset()
    again = {first for first, times in counts.items() if times > 1 and speaker_names.may_be_named(first)}
    proper = sum(first[0].isupper() and not (first.isupper() and " " in first) for first in like)
    if sum(counts[first] for first in again) * 2 < len(firsts) and proper * 3 < len(firsts) * 2:
        return frozenset()
    if len(firsts) == len(said):
        again |= {first for first in firsts if len(first.split()) < _SENTENCE and speaker_names.may_be_named(first)}
    return frozenset({*again, *like})
