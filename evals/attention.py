"""Sets which passages the engine `hybrid` sends to a model: `python -m evals.attention` (also the end of `make train`).

On the dev notes. Transcripts may send the share `SENT` of their characters, and use it for what covers most labelled
signals. All other notes send as little as covers the share `WANTED` of the labels of all notes together. Leaves with an
error where fewer than `COVERED` are covered. Writes `attention.json` beside the local engine's model.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.local.attention import FILE, Attention, Pair, is_transcript, load
from notesense.adapters.local.engine import LocalEngine
from notesense.adapters.local.features import Floats, Reading, read
from notesense.evaluation.datasets import LabelledNote, read_dataset

SENT, WANTED, COVERED = 0.59, 0.975, 0.97
THRESHOLDS = tuple(round(0.0005 * 1.25**step, 5) for step in range(32))
BESIDE = (0.0, *(round(0.0001 * 2**step, 5) for step in range(8)))
DEV = Path(__file__).parent / "datasets" / "dev"


class Seen(NamedTuple):
    """A labelled note as the local engine sees it."""

    one: LabelledNote
    reading: Reading
    scores: Floats


class Count(NamedTuple):
    """Labelled signals, those whose words are all sent; characters of passages, and those sent."""

    labels: int
    covered: int
    size: int
    sent: int

    @property
    def coverage(self) -> float:
        """Share of the labelled signals that is covered."""
        return self.covered / max(self.labels, 1)

    @property
    def share(self) -> float:
        """Share of the characters that is sent."""
        return self.sent / max(self.size, 1)


class Measured(NamedTuple):
    """What is covered and sent of transcripts and of all notes."""

    transcripts: Count
    every: Count


def seen(engine: LocalEngine, folder: Path) -> list[Seen]:
    """Return the notes of a data set as the local engine sees them."""
    notes = read_dataset([folder]).notes
    readings = [read(one.note) for one in notes]
    return [Seen(*each) for each in zip(notes, readings, engine.attention(readings), strict=True)]


def measure(notes: Sequence[Seen], attention: Attention) -> Measured:
    """Return what is covered and sent with these thresholds."""
    calls, others = _split(notes)
    first, second = _count(calls, attention.transcripts), _count(others, attention.others)
    return Measured(first, _together(first, second))


def decided(notes: Sequence[Seen], model: str) -> Attention:
    """Return the thresholds for these notes."""
    calls, others = _split(notes)
    within = [(count, pair) for count, pair in _tried(calls) if count.share <= SENT]
    first, transcripts = max(within, key=lambda each: (each[0].covered, each[0].sent))
    tried = list(_tried(others))
    enough = [each for each in tried if _together(first, each[0]).coverage >= WANTED]
    _, rest = min(enough, key=lambda each: each[0].sent) if enough else max(tried, key=lambda each: each[0].covered)
    return Attention(transcripts, rest, model)


def _split(notes: Sequence[Seen]) -> tuple[list[Seen], list[Seen]]:
    calls = [one for one in notes if is_transcript(one.reading)]
    return calls, [one for one in notes if not is_transcript(one.reading)]


def _tried(notes: Sequence[Seen]) -> Iterator[tuple[Count, Pair]]:
    for pair in (Pair(high, low) for high in THRESHOLDS for low in BESIDE if low <= high):
        yield _count(notes, pair), pair


def _count(notes: Sequence[Seen], pair: Pair) -> Count:
    labels = covered = size = sent = 0
    for one, reading, scores in notes:
        chosen = pair.chosen(scores)
        for label in one.labels:
            carrying = {p.ordinal for p in reading.passages if p.start < label.end and p.end > label.start}
            labels += 1
            covered += carrying <= chosen
        size += sum(len(p.text) for p in reading.passages)
        sent += sum(len(p.text) for p in reading.passages if p.ordinal in chosen)
    return Count(labels, covered, size, sent)


def _together(one: Count, other: Count) -> Count:
    return Count(*map(sum, zip(one, other, strict=True)))


def write(engine: LocalEngine, path: Path = FILE) -> None:
    """Set the thresholds for the model that the engine has, and write them. Leaves where they cover too little."""
    notes = seen(engine, DEV)
    found = decided(notes, engine.shipped.version)
    measured = measure(notes, found)
    print(told(measured))
    if measured.every.coverage < COVERED:
        raise SystemExit("That covers too few of the labelled signals; nothing was written.")
    figures = {
        "dev_covered": round(measured.every.coverage, 3),
        "dev_transcripts": round(measured.transcripts.share, 3),
    }
    path.write_text(json.dumps({**found._asdict(), **figures}, indent=2) + "\n", encoding="utf-8")


def told(measured: Measured) -> str:
    """Return one line for the transcripts and one for all notes."""
    return "\n".join(
        f"{name}: {count.coverage:.3f} of {count.labels} labelled signals covered, {count.share:.3f} sent"
        for name, count in zip(("transcripts", "all notes"), measured, strict=True)
    )


def main() -> int:
    """Write the thresholds, or with the name of a folder of labelled notes only say what they come to there."""
    engine = LocalEngine(MiniLM())
    if len(sys.argv) > 1:
        print(told(measure(seen(engine, Path(sys.argv[1])), load())))
    else:
        write(engine)
    return 0


if __name__ == "__main__":
    sys.exit(main())
