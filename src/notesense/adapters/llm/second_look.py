"""The second look: the model is asked to refute each signal that was found; what it refutes is refused.

A look that fails takes nothing away: the signals stay, and the note's error says so.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from notesense.adapters import prompts
from notesense.adapters.llm.failures import reason, told, total
from notesense.adapters.llm.jobs import answered
from notesense.core.answers import refuted, verdict_form
from notesense.core.fencing import fenced, line
from notesense.core.grounding import ground, merge
from notesense.core.note import Note
from notesense.core.parts import Part, sheet
from notesense.core.passage import Passage
from notesense.core.ports import LanguageModel
from notesense.core.requests import Reply, Request
from notesense.core.signal import Draft, Drafts, Reason, Rejected, Signal

VERSION = 1
"""Number of the prompt in use."""


class Reading(NamedTuple):
    """A note with all its passages, and the parts in which a model reads it."""

    note: Note
    passages: tuple[Passage, ...]
    parts: tuple[Part, ...]


class _Proven(NamedTuple):
    """A draft with the signal that it becomes."""

    draft: Draft
    signal: Signal


class _Job(NamedTuple):
    """What was found in a note, and the questions about it: for each request the signals that it numbers."""

    drafts: Drafts
    proven: tuple[_Proven, ...]
    asked: tuple[tuple[Signal, ...], ...]
    requests: tuple[Request, ...]


class SecondLook:
    """Asks about what was found. `trackers` are the lines of the prompt, `names` the kinds that they tell of."""

    def __init__(self, model: LanguageModel, trackers: str, names: Collection[str]) -> None:
        self._model = model
        self._trackers = trackers
        self._names = names
        self.prompt = prompts.load("verify", VERSION)

    def taken(self, read: Iterable[tuple[Reading, Drafts]]) -> Iterator[Drafts]:
        """Yield the drafts of each note without those that the model refutes, in order."""
        for job, replies in answered(self._model, (self._job(*each) for each in read)):
            yield _judged(job, replies)

    def _job(self, reading: Reading, drafts: Drafts) -> _Job:
        proven = tuple(self._proven(reading, drafts))
        signals = merge(each.signal for each in proven)
        asked = [(part, mine) for part, mine in _by_part(signals, reading.parts) if mine]
        requests = tuple(self._request(reading.note, part, mine, part.of) for part, mine in asked)
        return _Job(drafts, proven, tuple(mine for _, mine in asked), requests)

    def _proven(self, reading: Reading, drafts: Drafts) -> Iterator[_Proven]:
        for draft in drafts.drafts:
            alone = Drafts(note_id=reading.note.id, drafts=(draft,))
            found = ground(reading.note, reading.passages, alone, self.prompt.task, trackers=self._names)
            yield from (_Proven(draft, signal) for signal in found.signals)

    def _request(self, note: Note, part: Part, signals: Sequence[Signal], of: int) -> Request:
        claims = fenced("claims", (_line(number, one) for number, one in enumerate(signals, 1)))
        return Request(
            task=self.prompt.task,
            messages=self.prompt.filled({"trackers": self._trackers, "note": sheet(note, part), "claims": claims}),
            form=verdict_form(),
            form_name="verdicts",
            account=note.account,
            note_id=note.id,
            part=part.number,
            parts=of,
        )


def _by_part(signals: Sequence[Signal], parts: Sequence[Part]) -> Iterator[tuple[Part, tuple[Signal, ...]]]:
    """Yield each part with the signals whose words it is the first to ask about."""
    left = list(signals)
    for part in parts:
        first, last = part.passages[0].start, part.passages[-1].end
        yield part, tuple(each for each in left if first < each.end and each.start < last)
        left = [each for each in left if not (first < each.end and each.start < last)]


def _line(number: int, signal: Signal) -> str:
    stated = "".join(f"; {name} {line(value)}" for name, value in signal.attributes.items())
    return f'{number}. {signal.kind}: "{line(signal.quote)}"{stated}'


def _judged(job: _Job, replies: Sequence[Reply]) -> Drafts:
    gone: list[Signal] = []
    failed: list[tuple[int, str]] = []
    for signals, request, reply in zip(job.asked, job.requests, replies, strict=True):
        numbers = None if reply.data is None else refuted(reply.data, len(signals))
        if numbers is None or reply.failure is not None:
            failed.append((request.part, f"second look: {reason(reply)}"))
        gone += [signal for number, signal in enumerate(signals, 1) if number in (numbers or ())]
    dropped = [each.draft for each in job.proven if any(_same(each.signal, signal) for signal in gone)]
    drafts = job.drafts
    errors = [drafts.error, told(failed, max((request.parts for request in job.requests), default=1))]
    return drafts.model_copy(
        update={
            "drafts": tuple(draft for draft in drafts.drafts if draft not in dropped),
            "rejected": drafts.rejected
            + tuple(Rejected(note_id=drafts.note_id, draft=draft, reason=Reason.REFUTED) for draft in dropped),
            "error": "; ".join(filter(None, errors)) or None,
            "usage": total([drafts.usage, *(reply.usage for reply in replies)]),
        }
    )


def _same(one: Signal, other: Signal) -> bool:
    """Tell whether two signals are of one kind and overlap."""
    return one.kind == other.kind and one.start < other.end and other.start < one.end
