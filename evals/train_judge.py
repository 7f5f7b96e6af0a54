"""Tunes the model that weighs what later words say about earlier statements: `make train-judge` (extra `train`).

The pairs of `pairs/train` and those of the histories in `accounts/train` are taught; `pairs/dev` tells how well, and
chose the settings; `accounts/dev` chose the thresholds of the rules. `accounts/test` is read by nothing here. See
`evals/README.md`.
"""

import argparse
import hashlib
import platform
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evals.history_pairs import all_pairs, histories_in
from evals.train_local import files_hash
from evals.written_pairs import written_pairs

from notesense.adapters.embedding.encoder import read_tensors
from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.embedding.weights import MODEL_SHA256, find_weights
from notesense.adapters.local.judge import CLASSES, MODEL, LocalJudge, Ruling, save
from notesense.adapters.local.model import load
from notesense.core.bearing import Pair

PAIRS = Path(__file__).parent / "pairs"
HISTORIES = Path(__file__).parent / "accounts" / "train"
SEED = 7
NONES = 1.2
"""Pairs without an effect that a small account teaches, for each with one."""


def measure(judge: LocalJudge, chosen: Sequence[tuple[Pair, str]]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 of each class, by the likeliest."""
    told = []
    for one in judge.weigh([pair for pair, _ in chosen]):
        shares = {**one.model_dump(), "none": one.none}
        told.append(max(CLASSES, key=lambda name: shares[name]))
    right = Counter(effect for (_, effect), said in zip(chosen, told, strict=True) if said == effect)
    gold, said = Counter(effect for _, effect in chosen), Counter(told)
    figures = {}
    for name in CLASSES:
        precision, recall = right[name] / max(1, said[name]), right[name] / max(1, gold[name])
        figures[name] = (precision, recall, 2 * precision * recall / max(1e-9, precision + recall))
    return figures


def main() -> None:
    """Train, measure on dev, write the model where the package loads it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--train", type=Path, default=PAIRS / "train")
    parser.add_argument("--histories", type=Path, default=HISTORIES)
    parser.add_argument("--dev", type=Path, default=PAIRS / "dev")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="other settings, to try them")
    given = parser.parse_args()
    import torch
    from evals.tuning.judging import Settings, Taught, head_of, tune

    settings = Settings()
    for name, value in (one.split("=") for one in given.set):
        settings = settings._replace(**{name: type(getattr(settings, name))(value)})
    published = MiniLM()
    tensors = dict(read_tensors(find_weights().model))
    tensors |= {name: tensors[name] + change for name, change in load().changes.items()}
    of_writers = written_pairs(given.train, NONES, given.seed)
    of_histories = all_pairs(histories_in(given.histories), given.seed)
    taught = [Taught(pair, effect) for pair, effect in (*of_writers, *of_histories)]
    print(f"{len(taught)} pairs, {len(of_histories)} of them of histories")
    network = tune(taught, tensors, published.tuned({}), settings, given.seed)
    about = {
        "pairs": len(taught),
        "train_sha256": files_hash(given.train),
        "weights_sha256": MODEL_SHA256,
        "engine": load().version,
        "seed": given.seed,
        "settings": settings._asdict(),
        "made_with": {"torch": torch.__version__, "python": platform.python_version()},
    }
    weights, bias = head_of(network)
    mark = hashlib.sha256(weights.tobytes() + bias.tobytes()).hexdigest()[:12]
    ruling = Ruling(network.changes(tensors), weights, bias, {**about, "version": f"judge-{mark}"})
    save(ruling, given.out)
    for name, (precision, recall, f1) in measure(LocalJudge(published, given.out), written_pairs(given.dev)).items():
        print(f"{name:10} precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f}")


if __name__ == "__main__":
    main()
