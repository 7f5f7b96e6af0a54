"""The engine over a language model: numbered passages go out, claims with passage numbers come back.

A note up to 6,000 characters is one request, a longer one several. Whatever an answer holds, only what grounding
proves becomes a signal. A part whose answer was cut off is asked about in halves. Where a part has no usable answer,
what the others told is kept, and the note's error names it.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, Protocol

from notesense.adapters import prompts
from notesense.adapters.llm.failures import reason, told, total
from notesense.adapters.llm.halving import Halving
from notesense.adapters.llm.jobs import answered
from notesense.adapters.llm.second_look import Reading, SecondLook
from notesense.core.answers import answer_form, read_answer
from notesense.core.fencing import line
from notesense.core.note import Note
from notesense.core.parts import Part, parts, sheet
from notesense.core.passage import Passage
from notesense.core.passages import passages_of
from notesense.core.ports import LanguageModel
from notesense.core.requests import Reply, Request
from notesense.core.signal import Draft, Drafts, Rejected
from notesense.core.trackers import NO_TRACKERS, Tracker, Trackers

VERSION = 2
"""Number of the prompt in use."""
EXAMPLES, NOT_EXAMPLES = 3, 2
"""How many of a tracker's examples stand in the prompt."""


class Chooser(Protocol):
    """Chooses what of a note is worth a model's attention, on this machine alone."""

    @property
    def version(self) -> str:
        """Changes whenever the choice might."""
        ...

    @property
    def batch(self) -> int:
        """How many notes it likes to be given at once."""
        ...

    def choose(self, notes: Sequence[tuple[Note, tuple[Passage, ...]]]) -> Iterator[Collection[int]]:
        """Yield for each note, which comes with its passages, the ordinals of those to be sent."""
        ...


class _Job(NamedTuple):
    """A note with the requests that read it, one for each part."""

    reading: Reading
    requests: tuple[Request, ...]


class LlmEngine:
    """Finds signals by asking a language model. With a chooser (engine `hybrid`) it is asked about part of a note.

    `trackers` are asked for beside the nine kinds. With `verify` a second request asks it to refute what it found.
    """

    batch = 1_000

    def __init__(
        self,
        model: LanguageModel,
        *,
        trackers: Trackers = NO_TRACKERS,
        verify: bool = False,
        chooser: Chooser | None = None,
    ) -> None:
        self._model = model
        self._trackers = trackers
        self._chooser = chooser
        self._prompt = prompts.load("extract", VERSION)
        self._form = answer_form(trackers.names)
        self._told = tracker_lines(trackers.trackers)
        self._halving = Halving(model, self._request)
        self._look = SecondLook(model, self._told, trackers.names) if verify else None

    @property
    def name(self) -> str:
        """`llm`, or `hybrid` where a chooser stands before the model."""
        return "hybrid" if self._chooser else "llm"

    @property
    def model(self) -> str:
        """Provider and model as the user chose them."""
        return self._model.name

    @property
    def prompt_sha256(self) -> str:
        """Hash of the prompt file, or of both prompt files where a second look is taken."""
        if self._look is None:
            return self._prompt.sha256
        return hashlib.sha256(f"{self._prompt.sha256}{self._look.prompt.sha256}".encode()).hexdigest()

    @property
    def version(self) -> str:
        """Model, prompts, trackers and chooser: whatever changes the answers."""
        used = [self._prompt] if self._look is None else [self._prompt, self._look.prompt]
        marks = [self._model.name, *(f"{prompt.task}-{prompt.sha256[:8]}" for prompt in used)]
        marks += [self._trackers.mark] if self._trackers.mark else []
        return "+".join([*marks, self._chooser.version] if self._chooser else marks)

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Answer for each note in order, as the replies come. Raises ModelError where no model can be asked at all."""
        read = (self._read(job.reading, replies) for job, replies in answered(self._model, self._jobs(notes)))
        if self._look is None:
            yield from (drafts for _, drafts in read)
        else:
            yield from self._look.taken(read)

    def _jobs(self, notes: Sequence[Note]) -> Iterator[_Job]:
        if self._chooser is None:
            for note in notes:
                found = passages_of(note)
                yield self._job(note, found, found)
            return
        for at in range(0, len(notes), self._chooser.batch):
            batch = [(note, passages_of(note)) for note in notes[at : at + self._chooser.batch]]
            for (note, found), chosen in zip(batch, self._chooser.choose(batch), strict=True):
                yield self._job(note, found, [passage for passage in found if passage.ordinal in chosen])

    def _job(self, note: Note, found: tuple[Passage, ...], sent: Sequence[Passage]) -> _Job:
        reading = Reading(note, found, parts(sent))
        return _Job(reading, tuple(self._request(note, part) for part in reading.parts))

    def _request(self, note: Note, part: Part) -> Request:
        return Request(
            task=self._prompt.task,
            messages=self._prompt.filled({"trackers": self._told, "note": sheet(note, part)}),
            form=self._form,
            form_name="signals",
            account=note.account,
            note_id=note.id,
            part=part.number,
            parts=part.of,
        )

    def _read(self, reading: Reading, replies: Sequence[Reply]) -> tuple[Reading, Drafts]:
        pieces = list(self._halving.completed(reading.note, reading.parts, replies))
        drafts: list[Draft] = []
        rejected: list[Rejected] = []
        failed: list[tuple[int, str]] = []
        for part, reply, named in pieces:
            answer = None if reply.data is None else read_answer(reply.data, reading.note.id, part)
            if answer is not None:
                drafts += answer.drafts
                rejected += answer.rejected
                if answer.left_out:
                    failed.append((part.number, f"{named}the answer ran on; {answer.left_out} claims were left out"))
            if answer is None or reply.failure is not None:
                failed.append((part.number, f"{named}{reason(reply)}"))
        error = told(failed, len(reading.parts))
        usage = total(piece.reply.usage for piece in pieces)
        return reading, Drafts(
            note_id=reading.note.id, drafts=tuple(drafts), rejected=tuple(rejected), error=error, usage=usage
        )


def tracker_lines(trackers: Sequence[Tracker]) -> str:
    """Return what a prompt says of a team's own kinds; empty without any."""
    lines = []
    for tracker in trackers:
        such = "; ".join(f'"{line(text)}"' for text in tracker.examples[:EXAMPLES])
        none = "; ".join(f'"{line(text)}"' for text in tracker.not_examples[:NOT_EXAMPLES])
        kind = f"{tracker.name}: {line(tracker.definition)} Such as: {such}."
        lines.append(f"{kind} Not: {none}." if none else kind)
    return "\n".join([*lines, ""]) if lines else ""
