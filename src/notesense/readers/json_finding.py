"""Finds conversations in JSON of any shape: lists of pieces, each with its speaker or time and words, or a text.

Field names are compared without case, spaces, dashes and underscores. What stands in the same object as a conversation
and is a list of other words (action items, topics, chapters) is a program's: so is what the names of fields say to be.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from notesense.readers.json_source import NO_WORDS, Record, seconds

_SPEAKING = ("speakername", "speaker", "speakerlabel", "speakerid", "participant", "sendername", "sender", "role")
_WRITING = ("username", "user", "authorname", "author")
SPEAKER = (*_SPEAKING, *_WRITING, "from")
WORDS = ("text", "content", "words", "transcript", "utterance", "sentence", "message", "body", "punctuatedword", "word")
TIME = ("start", "starttime", "begin", "begintime", "timestamp", "time", "offset", "startseconds", "starttimestamp")
MILLISECONDS = ("startms", "starttimems", "offsetms", "beginms", "timestampms", "startmilliseconds")
_END = ("end", "endtime", "endms", "endtimems", "endseconds", "endtimestamp")
_TEXT = ("text", "content", "transcript", "note", "notes", "body")
_ACCOUNT = frozenset({"account", "accountname", "company", "companyname", "customername"})
_NOTE = frozenset({"date", "title", "channel", "signals", *_ACCOUNT})
"""Fields of a note; a piece of a conversation that stands alone on a line has none of them."""
_GATHERED = frozenset({"title", "subject", "attendees", "participants", *_ACCOUNT})
"""Fields of what tells of a whole meeting, so that its beginning and end are those of no piece."""
_MEETING = re.compile(r"^(?:meeting|call|conversation|session|recording|transcript|speakers|participants|attendees)")
_SUMMARY_WORDS = frozenset(
    "summary summaries overview recap gist highlight highlights outline takeaways insights keywords topics chapters "
    "keypoints actionitems nextsteps followups".split()
)
_SUMMARY_PAIRS = re.compile(
    r"(?:action_items?|key_(?:points?|questions?|topics?)|next_steps?|follow_ups?|bullet)(?:_|$)"
)
_STEP = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])|[^\W_]+")
_TOKEN = re.compile(r"\w+")
_FORMS = 8
"""Lists in one object that are compared, whether one says again what another says."""
_DEEP = 4
"""Objects inside each other that are looked into for a conversation."""
_SAME = 0.8
"""The share of the words of a text from which on it is what the pieces say, in one string."""


class Found(NamedTuple):
    """A conversation, as pieces or as a text, and the objects around it that may tell of it, nearest first.

    `machine` is what a program wrote of it; where that is all that there is, `said` is an empty list.
    """

    said: list[Any] | str
    around: tuple[Record, ...]
    machine: tuple[Any, ...] = ()


def plain(name: str) -> str:
    """Return a field's name as names are compared."""
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")


def field(record: Any, names: tuple[str, ...]) -> Any:
    """Return the first field of these plain names that is there, even if it is empty."""
    if not isinstance(record, dict):
        return None
    there = {plain(name): value for name, value in reversed(record.items()) if value is not None}
    return next((there[name] for name in names if name in there), None)


def is_spoken_line(value: Any) -> bool:
    """Tell whether this is a piece of a conversation and no note, where either may stand alone on a line."""
    if not isinstance(value, dict) or _NOTE & {plain(name) for name in value}:
        return False
    return _is_timed(value) or (_is_piece(value) and field(value, _SPEAKING) is not None)


def holds_pieces(value: Any) -> bool:
    """Tell whether one of an object's fields is a list of pieces of a conversation."""
    lists = [each for each in value.values() if isinstance(each, list)] if isinstance(value, dict) else []
    return any(map(_are_pieces, lists))


def conversations(value: Any, around: tuple[Record, ...] = ()) -> list[Found]:
    """Return the conversations of a JSON value, those of an object and what else it tells of one as one."""
    if isinstance(value, list):
        if _are_pieces(value):
            machine = not any(map(_is_piece, value)) and any(map(_is_summarised, value))
            return [Found([], around, (value,)) if machine else Found(value, around)]
        inner = [each for each in value if isinstance(each, dict | list)] if len(around) < _DEEP else []
        return [found for each in inner for found in conversations(each, around)]
    if not isinstance(value, dict) or len(around) >= _DEEP:
        return []
    return _of_object(value, (value, *around))


def _of_object(record: Record, around: tuple[Record, ...]) -> list[Found]:
    machine: list[Any] = []
    groups: list[list[Found]] = []
    for name, value in record.items():
        if not isinstance(value, dict | list):
            machine += [value] if _is_summary(name) and isinstance(value, str) else []
            continue
        found = conversations(value, around)
        if _is_summary(name):
            found = [] if _are_pieces(value) else [each for each in found if _is_said(each)]
            machine += [] if found else [value]
        groups.append(found)
    groups = _coarsest([group for group in groups if group])
    inner = [each for group in groups for each in group]
    spoken = [each for each in inner if _is_said(each)]
    voiced = [each for each in spoken if any(map(_is_piece, each.said))]
    spoken = voiced if len(voiced) == 1 and not any(map(_is_list_of, groups)) else spoken
    texts = [own for name in _TEXT if isinstance(own := field(record, (name,)), str)]
    own = next((each for each in texts if each.strip()), "")
    text = [Found(own, around)] if own or (texts and not (inner or machine)) else []
    if len(spoken) == 1:
        others = [each for each in (*text, *inner) if each is not spoken[0] and not _same(each.said, spoken[0].said)]
        more = [words for each in others for words in (each.said, *each.machine) if words]
        return [spoken[0]._replace(machine=(*spoken[0].machine, *machine, *more))]
    found = inner if spoken else [*text, *inner]
    if not machine:
        return found
    if len(found) == 1 or sum(any(map(_is_said, group)) for group in groups) > 1:
        return [found[0]._replace(machine=(*found[0].machine, *machine)), *found[1:]]
    return [*found, *([Found([], around, tuple(machine))] if _is_meeting(around) else [])]


def _is_list_of(group: list[Found]) -> bool:
    """Tell whether a field holds several conversations rather than one."""
    return sum(map(_is_said, group)) > 1


def _coarsest(groups: list[list[Found]]) -> list[list[Found]]:
    """Return the groups without those that say again what another says: word by word, or without the speakers."""
    alone = [group for group in groups if len(group) == 1 and _is_said(group[0])]
    if not 1 < len(alone) <= _FORMS:
        return groups
    ranked = sorted(alone, key=lambda group: (not any(map(_is_piece, group[0].said)), len(group[0].said)))
    again = {
        number
        for number, group in enumerate(ranked)
        if any(_same(group[0].said, other[0].said) and _same(other[0].said, group[0].said) for other in ranked[:number])
    }
    kept = [id(group) for number, group in enumerate(ranked) if number not in again]
    return [group for group in groups if len(group) != 1 or not _is_said(group[0]) or id(group) in kept]


def _same(said: Any, other: Any) -> bool:
    """Tell whether most of these words stand in the others, each as often."""
    words, others = _counted(said), _counted(other)
    return sum((words & others).values()) >= _SAME * sum(words.values())


def _counted(said: Any) -> Counter[str]:
    told = [said] if isinstance(said, str) else [words for each in said if isinstance(words := field(each, WORDS), str)]
    return Counter(token for words in told for token in _TOKEN.findall(words.casefold()))


def _is_said(found: Found) -> bool:
    return isinstance(found.said, list) and bool(found.said)


def _are_pieces(value: Any) -> bool:
    """Tell whether this is a list of pieces: of any that have a speaker, or all a time within a conversation."""
    if not isinstance(value, list):
        return False
    told = [each for each in value if isinstance(each, dict)]
    return any(map(_is_piece, told)) or (bool(told) and all(map(_is_timed, told)))


def _is_piece(value: Any) -> bool:
    """Tell whether this has a speaker and words; what names an account is a note, with a subject a mail."""
    if not isinstance(value, dict) or field(value, SPEAKER) is None or not isinstance(field(value, WORDS), str):
        return False
    names = {plain(name) for name in value}
    return names.isdisjoint(_ACCOUNT) and not {"from", "subject"} <= names


def _is_timed(value: Any) -> bool:
    """Tell whether this has words, and a time within a conversation or both its beginning and its end."""
    if not isinstance(field(value, WORDS), str) or not _GATHERED.isdisjoint(map(plain, value)):
        return False
    begin = field(value, (*TIME, *MILLISECONDS))
    if begin is None or begin == "":
        return False
    if field(value, _END) is not None:
        return True
    try:
        return seconds(begin) is not None
    except ValueError:
        return False


def _is_summarised(piece: Any) -> bool:
    """Tell whether something in a piece says to be its summary: then the piece is a program's, too."""
    inner = [each for each in piece.values() if isinstance(each, dict)] if isinstance(piece, dict) else []
    return any(_is_summary(name) for each in inner for name in each)


def _is_summary(name: str) -> bool:
    """Tell whether a field of this name holds what a program wrote of a conversation."""
    if NO_WORDS.search(name) or name.casefold().endswith("title"):
        return False
    steps = [step.casefold() for step in _STEP.findall(name)]
    return not _SUMMARY_WORDS.isdisjoint(steps) or _SUMMARY_PAIRS.search("_".join(steps)) is not None


def _is_meeting(around: Sequence[Record]) -> bool:
    return any(_MEETING.match(plain(name)) for each in around for name in each)
