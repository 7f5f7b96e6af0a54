"""Whether two notes of an account are the same conversation in two forms: a call as captions and as JSON, a mail twice.

Likeness is measured in the words alone: who speaks, times, line breaks, punctuation and case play no part. No outer
sign joins two notes whose words differ: the id of a weekly meeting returns each week, and so does its hour.

Shingles are runs of three words; the share of common ones is Jaccard's (Broder 1997, "On the resemblance and
containment of documents"). The thresholds are chosen in `docs/decisions/0028-import-at-scale.md`.
"""

import datetime
import hashlib
import heapq
import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from notesense.core.note import Note, Turn
from notesense.core.passages import turns_of
from notesense.core.vocabulary import LIVE_CHANNELS, NO_TESTIMONY, Channel, Origin

SAME_START = datetime.timedelta(minutes=10)
"""Programs name the hour planned or the first word spoken; these lie a few minutes apart."""
OTHER_START = datetime.timedelta(minutes=60)
"""Two recordings of one meeting never begin further apart than this."""
LEAST_WORDS = 40
"""Words below which a conversation is not known again by likeness alone."""
SKETCH = 16
"""Shingles by which a note is found again among all of its account."""

_ALONE = 0.45
"""Jaccard's share from which two conversations of one day are one without any outer sign."""
_DAY_APART = 0.75
"""The same where their days differ by one, or one of them has none."""
_WITH_SIGN = 0.3
"""The same where the beginning agrees, or on one day the meeting's id."""
_WITHIN = 0.5
"""With such a sign, the share of the shorter one's shingles that the longer one must have."""
_FULLER = 1.25
_WORD = re.compile(r"[^\W_]+")
_SHINGLE = 3
_SAID = frozenset({Origin.TRANSCRIPT, Origin.CHAT})
_TABLE = "csv"
"""The form whose notes are entries of a table: each is one of its own, however like the row above."""
_MAIL = "mail"
"""The form whose id is of one message for good, while those of meetings return."""


@dataclass(frozen=True)
class Likeness:
    """What of a note is compared. `words` are folded, in their order; `dated` is False where nothing told its day."""

    words: tuple[str, ...]
    date: datetime.date
    dated: bool
    started: datetime.datetime | None
    form: str
    meeting: str
    said: bool
    """True for what was said between people, as against what one person wrote: nobody says an hour twice.

    False where an entry of a table holds what somebody wrote beside it, which would be lost with it.
    """
    testimony: bool
    """False where a program's summary is all that there is."""

    @cached_property
    def shingles(self) -> frozenset[int]:
        """The runs of three words, as numbers."""
        runs = zip(*(self.words[at:] for at in range(_SHINGLE)), strict=False)
        return frozenset(zlib.crc32(" ".join(run).encode()) for run in runs)

    @cached_property
    def sketch(self) -> tuple[int, ...]:
        """The least shingles: those of a like note are mostly the same (Broder's bottom-k)."""
        return tuple(heapq.nsmallest(SKETCH, self.shingles))

    @cached_property
    def mark(self) -> str:
        """The same for the same words in the same order."""
        return hashlib.sha256(" ".join(self.words).encode()).hexdigest()


def likeness_of(note: Note, dated: bool = True) -> Likeness:
    """Return what of a note is compared; `dated` is False where the day of keeping stands in for its own."""
    parts = turns_of(note)
    proving = [turn for turn in parts if turn.origin not in NO_TESTIMONY]
    wanted = proving or parts
    text = " ".join(turn.words(note.text) for turn in wanted)
    return Likeness(
        words=tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold())),
        date=note.date,
        dated=dated,
        started=note.source.started,
        form=note.source.form,
        meeting=note.source.meeting,
        said=_is_said(proving, note.channel, is_entry=note.source.form == _TABLE),
        testimony=bool(proving),
    )


def same_conversation(one: Likeness, other: Likeness) -> bool:
    """Tell whether two notes of one account are the same conversation, message or text in two forms."""
    if one.testimony != other.testimony or _apart(one, other):
        return False
    one_day = one.dated and other.dated and one.date == other.date
    sign = _start_together(one, other) or (one_day and one.meeting != "" and one.meeting == other.meeting)
    if one.words and one.words == other.words:
        undated = not (one.dated and other.dated)
        return sign or undated or one.date == other.date or _converse(one, other)
    if not one.shingles or not other.shingles or not _may_differ(one, other):
        return False
    common = len(one.shingles & other.shingles)
    share = common / (len(one.shingles) + len(other.shingles) - common)
    if sign:
        return share >= _WITH_SIGN and common >= _WITHIN * min(len(one.shingles), len(other.shingles))
    return _converse(one, other) and share >= (_ALONE if one_day else _DAY_APART)


def is_fuller(text: str, other: str) -> bool:
    """Tell whether one form of a conversation has plainly more words than another: the other may have been cut off."""
    return len(_WORD.findall(text)) > _FULLER * len(_WORD.findall(other))


def _may_differ(one: Likeness, other: Likeness) -> bool:
    """Tell whether these may be one although their words differ: two recordings, or two copies of one mail.

    What one person wrote may differ from the next in the single word that matters, as may two rows of a table.
    """
    if one.form == other.form == _MAIL and one.meeting and one.meeting == other.meeting:
        return True
    return one.said and other.said and not one.form == other.form == _TABLE


def _converse(one: Likeness, other: Likeness) -> bool:
    """Tell whether both are conversations of some length, of which no two ever have the same words."""
    return one.said and other.said and min(len(one.words), len(other.words)) >= LEAST_WORDS


def _apart(one: Likeness, other: Likeness) -> bool:
    """Tell whether something shows that these are two: ids of one program, or the time."""
    if one.form == other.form and one.meeting and other.meeting and one.meeting != other.meeting:
        return True
    between = _between(one, other)
    if between is not None:
        return between > OTHER_START
    return one.dated and other.dated and abs((one.date - other.date).days) > 1


def _start_together(one: Likeness, other: Likeness) -> bool:
    between = _between(one, other)
    return between is not None and between <= SAME_START


def _between(one: Likeness, other: Likeness) -> datetime.timedelta | None:
    """Return the time between both beginnings; None where one is not known, or only one of them has a zone."""
    begun, before = one.started, other.started
    if begun is None or before is None or (begun.tzinfo is None) != (before.tzinfo is None):
        return None
    return abs(begun - before)


def _is_said(turns: Sequence[Turn], channel: Channel, is_entry: bool) -> bool:
    """Tell whether this is what people said or wrote to each other, word for word; of an entry, whether it is all."""
    if is_entry:
        return bool(turns) and all(turn.origin in _SAID for turn in turns)
    if any(turn.origin in _SAID for turn in turns):
        return True
    speakers = [turn.speaker for turn in turns if turn.speaker]
    alternating = sum(former != latter for former, latter in pairwise(speakers))
    return channel in {*LIVE_CHANNELS, Channel.CHAT, Channel.MEMO} and alternating >= 3
