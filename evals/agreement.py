"""Prints how far the two annotators of the test notes agree: `python -m evals.agreement`.

Both labelled all notes without seeing the other's work. F1 is that of one held against the other, by the guide's rule.
"""

import json
from pathlib import Path

from evals.train_local import DATASETS, table

from notesense.core.claims import Claim
from notesense.evaluation.datasets import read_dataset
from notesense.evaluation.matching import locate
from notesense.evaluation.scores import Scores, score

FOLDER = Path(__file__).parent / "agreement"


def agreement() -> Scores:
    """Return annotator A's labels scored against annotator B's."""
    texts = {one.note.id: one.note.text for one in read_dataset([DATASETS / "test"]).notes}
    first, second = (_labels(FOLDER / f"annotator-{name}.jsonl", texts) for name in "ab")
    return score([(first[note], second[note]) for note in texts])


def _labels(file: Path, texts: dict[str, str]) -> dict[str, list[Claim]]:
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return {
        row["id"]: [
            locate(texts[row["id"]], s["kind"], s["quote"], s.get("start"), s.get("attributes")) for s in row["signals"]
        ]
        for row in rows
    }


if __name__ == "__main__":
    print("\n".join(table(agreement())))
