"""Sets which passages the engine `hybrid` sends to a model: `python -m evals.attention` (also the end of `make train`).

On the dev notes, the lowest pair of thresholds is taken with which transcripts send at most the share `SENT` of their
characters: recall is wanted, so the bound is used up. Leaves with an error where such a pair covers fewer of the
labelled signals than `COVERED`. Writes `attention.json` beside the local engine's model.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.local.attention import FILE, Attention
from notesense.adapters.local.engine import LocalEngine
from notesense.adapters.local.features import Floats, Reading, read
from notesense.core.vocabulary import LIVE_CHANNELS
from notesense.evaluation.datasets import LabelledNote, read_dataset

SENT, COVERED = 0.59, 0.97
THRESHOLDS = tuple(round(0.001 * 1.5**step, 4) for step in range(16))
BESIDE = (0.0, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.004)

DEV = Path(__file__).parent / "datasets" / "dev"


class Seen(NamedTuple):
    """A labelled note as the local engine sees it."""

    one: LabelledNote
    reading: Reading
    scores: Floats

    @property
    def is_transcript(self) -> bool:
        """Tell whether it is a call or meeting in which speakers are named."""
        return self.one.note.channel in LIVE_CHANNELS and any(passage.speaker for passage in self.reading.passages)


class Measured(NamedTuple):
    """Shares: labelled signals whose words are all sent; characters of passages sent, of all notes, of transcripts."""

    covered: float
    sent: float
    transcripts: float


def seen(engine: LocalEngine, folder: Path) -> list[Seen]:
    """Return the notes of a data set as the local engine sees them."""
    notes = read_dataset([folder]).notes
    readings = [read(one.note) for one in notes]
    return [Seen(*each) for each in zip(notes, readings, engine.attention(readings), strict=True)]


def measure(notes: Sequence[Seen], attention: Attention) -> Measured:
    """Return what is covered and sent with these thresholds."""
    labels = covered = 0
    sent: list[tuple[int, int, bool]] = []
    for one, reading, scores in notes:
        chosen = attention.chosen(scores)
        for label in one.labels:
            carrying = {p.ordinal for p in reading.passages if p.start < label.end and p.end > label.start}
            labels += 1
            covered += carrying <= chosen
        size = sum(len(p.text) for p in reading.passages if p.ordinal in chosen)
        whole = sum(len(p.text) for p in reading.passages)
        sent.append((size, whole, Seen(one, reading, scores).is_transcript))
    return Measured(covered / max(labels, 1), _share(sent), _share([row for row in sent if row[2]]))


def _share(rows: Sequence[tuple[int, int, bool]]) -> float:
    return sum(size for size, *_ in rows) / max(sum(whole for _, whole, _ in rows), 1)


def decided(notes: Sequence[Seen], model: str) -> tuple[Attention, Measured]:
    """Return the thresholds that send most within the bound on transcripts, of those that cover most."""
    pairs = [Attention(high, low, model) for high in THRESHOLDS for low in BESIDE if low <= high]
    found = [(measure(notes, each), each) for each in pairs]
    measured, best = max(
        (pair for pair in found if pair[0].transcripts <= SENT), key=lambda pair: (pair[0].covered, pair[0].sent)
    )
    return best, measured


def write(engine: LocalEngine, path: Path = FILE) -> Measured:
    """Set the thresholds for the model that the engine has, and write them. Leaves where they cover too little."""
    best, measured = decided(seen(engine, DEV), engine.shipped.version)
    if measured.covered < COVERED:
        raise SystemExit(f"Only {measured.covered:.3f} of the labelled signals are covered; nothing was written.")
    rounded = {f"dev_{name}": round(value, 3) for name, value in measured._asdict().items()}
    path.write_text(json.dumps({**best._asdict(), **rounded}, indent=2) + "\n", encoding="utf-8")
    return measured


def main() -> int:
    """Write the thresholds and say what they come to."""
    measured = write(LocalEngine(MiniLM()))
    print(f"covered {measured.covered:.3f}, sent {measured.sent:.3f}, of transcripts {measured.transcripts:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
