"""What a language model answers about a note: the forms that are asked for, and a reading of whatever comes back.

Nothing in an answer is trusted. Each entry is checked by itself; one that cannot be used is counted and, where it has
words, kept with its reason. What can be used becomes a Draft, which grounding still has to prove.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict

from notesense.core.folding import fold
from notesense.core.forms import schema_of
from notesense.core.hidden import visible
from notesense.core.kinds import ATTRIBUTES
from notesense.core.parts import Part
from notesense.core.signal import Certainty, Draft, Reason, Rejected
from notesense.core.vocabulary import Kind

MOST_A_PASSAGE = 6
"""Different claims that one passage may carry."""
MOST_REFUSED = 100
"""Refused entries of one answer that are kept."""
LONGEST_QUOTE = 600
"""Characters that a quote must not reach: no two sentences that one statement needs do."""
_LONGEST_VALUE = 200
_LONGEST_KIND = 60
_LARGEST = 1e15

ATTRIBUTE_NAMES = tuple(dict.fromkeys(name for shape in ATTRIBUTES.values() for name in shape.model_fields))
"""All names of attributes, in the guide's order."""

Confidence: TypeAlias = Literal["high", "medium", "low"]
_CONFIDENCES = {"high": 0.9, "medium": 0.7, "low": 0.4}
_CERTAINTIES: dict[str, Certainty] = {"stated": "stated", "hedged": "hedged", "rumored": "rumored"}
_NAMED = re.compile(r"\s*(?P<name>[a-z_]+)\s*[:=]\s*")
_NUMBER = re.compile(r"\s*\[?([1-9][0-9]{0,6})(?:\.0)?\]?\s*")

_T = TypeVar("_T")


class _Form(BaseModel):
    model_config = ConfigDict(defer_build=True)


class Claimed(_Form):
    """One signal as the model claims it. `passage` is the number before the passage, an attribute is `name: value`."""

    passage: int
    quote: str
    kind: str
    attributes: list[str]
    certainty: Certainty
    confidence: Confidence


class Answer(_Form):
    """All signals that the model sees in the passages it was asked about."""

    signals: list[Claimed]


class Verdict(_Form):
    """What the model's second look says of a signal."""

    number: int
    why: str
    holds: bool


class Verdicts(_Form):
    """One verdict for each signal."""

    verdicts: list[Verdict]


def answer_form(trackers: Collection[str] = ()) -> dict[str, Any]:
    """Return the JSON schema of an answer; `trackers` are the names of a team's own kinds."""
    form = schema_of(Answer)
    claimed = form["properties"]["signals"]["items"]["properties"]
    claimed["kind"]["enum"] = [*map(str, Kind), *sorted(trackers)]
    return form


def verdict_form() -> dict[str, Any]:
    """Return the JSON schema of a second look."""
    return schema_of(Verdicts)


class Read(NamedTuple):
    """What an answer holds. `left_out` counts unusable entries beyond those that are kept."""

    drafts: tuple[Draft, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    left_out: int = 0


def read_answer(data: Mapping[str, Any], note_id: str, part: Part) -> Read | None:
    """Return the claims of an answer about a part, or None where it is no answer of the form at all."""
    entries = data.get("signals")
    if not isinstance(entries, list):
        return None
    asked = {passage.ordinal for passage in part.passages}
    drafts: list[Draft] = []
    rejected: list[Rejected] = []
    known: set[tuple[int | None, str, str]] = set()
    carried: Counter[int | None] = Counter()
    left_out = 0
    for entry in entries:
        draft = _draft(entry)
        claim = (draft.passage, draft.kind, fold(draft.quote))
        reason = _refusal(draft, asked, carried)
        if claim in known and reason is not Reason.FAULTY:
            reason = Reason.REPEATED
        known.add(claim)
        if reason is None:
            carried[draft.passage] += 1
            drafts.append(draft)
        elif len(rejected) < MOST_REFUSED:
            rejected.append(Rejected(note_id=note_id, draft=draft, reason=reason))
        else:
            left_out += reason is not Reason.REPEATED
    return Read(tuple(drafts), tuple(rejected), left_out)


def _draft(entry: object) -> Draft:
    """Return what there is of an entry; its passage is an ordinal, or None where it has no usable number."""
    given: Mapping[str, Any] = entry if isinstance(entry, Mapping) else {}
    return Draft(
        kind=_text(given.get("kind"), _LONGEST_KIND),
        quote=_text(given.get("quote"), LONGEST_QUOTE),
        passage=_ordinal(given.get("passage")),
        attributes=_attributes(given.get("attributes")),
        certainty=_chosen(_CERTAINTIES, given.get("certainty"), "stated"),
        confidence=_chosen(_CONFIDENCES, given.get("confidence"), _CONFIDENCES["medium"]),
    )


def _refusal(draft: Draft, asked: Collection[int], carried: Mapping[int | None, int]) -> Reason | None:
    if not draft.kind or not 0 < len(draft.quote) < LONGEST_QUOTE or draft.passage is None:
        return Reason.FAULTY
    if draft.passage not in asked:
        return Reason.UNKNOWN_PASSAGE
    return Reason.TOO_MANY if carried[draft.passage] >= MOST_A_PASSAGE else None


def _text(value: object, longest: int) -> str:
    return visible(value[:longest]) if isinstance(value, str) else ""


def _ordinal(number: object) -> int | None:
    """Return the ordinal of a passage's number: `12`, `12.0`, `"12"`, `"[12]"`; else None."""
    found = _NUMBER.fullmatch(_plain(number))
    return int(found[1]) - 1 if found else None


def _plain(value: object) -> str:
    """Return text or a number as text; nothing for what is neither, or out of all proportion."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return value if isinstance(value, str) else str(value) if abs(value) < _LARGEST else ""


def _attributes(given: object) -> dict[str, str]:
    """Return attributes from a list of `name: value`, of named values, or from a mapping; all else is left out."""
    pairs = given.items() if isinstance(given, Mapping) else _pairs(given) if isinstance(given, list) else ()
    found: dict[str, str] = {}
    for name, said in pairs:
        value = _text(_plain(said), _LONGEST_VALUE)
        if value and isinstance(name, str) and name in ATTRIBUTE_NAMES:
            found.setdefault(name, value)
    return found


def _pairs(values: Sequence[object]) -> Iterator[tuple[object, object]]:
    for each in values:
        if isinstance(each, Mapping):
            yield each.get("name"), each.get("value")
        elif isinstance(each, str) and (named := _NAMED.match(each)):
            yield named["name"], each[named.end() :]


def _chosen(known: Mapping[str, _T], value: object, default: _T) -> _T:
    return known.get(value, default) if isinstance(value, str) else default


def refuted(data: Mapping[str, Any], count: int) -> frozenset[int] | None:
    """Return the numbers (from 1 to `count`) of the signals that do not hold; None where it is no such answer.

    A signal of which nothing usable is said holds, and so does one of which both is said.
    """
    verdicts = data.get("verdicts")
    if not isinstance(verdicts, list):
        return None
    said: dict[bool, set[int]] = {True: set(), False: set()}
    for verdict in verdicts:
        if isinstance(verdict, Mapping) and isinstance(verdict.get("holds"), bool):
            ordinal = _ordinal(verdict.get("number"))
            if ordinal is not None and ordinal < count:
                said[verdict["holds"]].add(ordinal + 1)
    return frozenset(said[False] - said[True])
