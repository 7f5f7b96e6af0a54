"""Measures and trains the local engine: `python evals/train_local.py` (needs the extra `train`).

First leave-one-writer-out: each file of `datasets/train` is one writer; the engine that reads a writer's notes has seen
none of them, thresholds included. Then heads fitted to all files are written to where the package loads them.
"""

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from threadpoolctl import threadpool_limits

from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.local import training
from notesense.adapters.local.engine import LocalEngine
from notesense.adapters.local.heads import HEADS, save
from notesense.core.claims import Claim
from notesense.core.grounding import ground
from notesense.core.passages import passages
from notesense.core.vocabulary import Kind
from notesense.evaluation.datasets import LabelledNote, read_dataset
from notesense.evaluation.scores import Scores, score

TRAIN = Path(__file__).parent / "datasets" / "train"
UNSCORED = "extra"
"""Files that begin so help to train and are never scored: whoever wrote them had read the others."""

Pair = tuple[Sequence[Claim], Sequence[Claim]]


def examples(folder: Path) -> list[training.Example]:
    """Return the labelled notes of a folder; each file's name is its writer. Leaves where any of them has a fault."""
    data = read_dataset([folder])
    if data.faults:
        raise SystemExit("\n".join(f"{fault.where}: {fault.what}. {fault.fix}" for fault in data.faults))
    return [_example(one) for one in data.notes]


def files_hash(folder: Path) -> str:
    """Return the hash of a folder's files, by which a model that no longer fits its data is noticed."""
    mark = hashlib.sha256()
    for file in sorted(folder.glob("*.jsonl")):
        mark.update(f"{file.name}\n".encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    return mark.hexdigest()


def _example(one: LabelledNote) -> training.Example:
    labels = (training.Labelled(c.kind, c.start or 0, c.end or 0, c.attributes) for c in one.labels)
    return training.Example(one.note, tuple(labels), one.file.stem)


def answers(engine: LocalEngine, chosen: Sequence[training.Example]) -> list[Pair]:
    """Return predictions (grounded as in use) and labels of each note."""
    found = []
    for example, drafts in zip(chosen, engine.extract([e.note for e in chosen]), strict=True):
        signals = ground(example.note, passages(example.note.text), drafts, engine.name).signals
        predicted = [
            Claim(kind=s.kind, quote=s.quote, start=s.start, end=s.end, attributes=s.attributes) for s in signals
        ]
        gold = [
            Claim(
                kind=x.kind, quote=example.note.text[x.start : x.end], start=x.start, end=x.end, attributes=x.attributes
            )
            for x in example.labels
        ]
        found.append((predicted, gold))
    return found


def cross_validate(data: training.Prepared, embedder: MiniLM, seed: int) -> dict[str, list[Pair]]:
    """Return each writer's answers by an engine that has seen no note of that writer."""
    writers = {example.writer for example in data.examples}
    found = {}
    for writer in sorted(w for w in writers if not w.startswith(UNSCORED)):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "heads.npz"
            save(training.fit(data, writers - {writer}, seed), file)
            engine = LocalEngine(embedder, file)
            found[writer] = answers(engine, [e for e in data.examples if e.writer == writer])
        print(f"  {writer:12s} {_line(score(found[writer]))}", flush=True)
    return found


def _line(scores: Scores) -> str:
    return f"core {scores.core_macro_f1:.3f}  macro {scores.macro_f1:.3f}  micro {scores.micro.f1:.3f}"


def table(scores: Scores) -> Iterable[str]:
    """Yield the lines of a Markdown table: kinds, then attributes."""
    yield "| kind | precision | recall | F1 | labels |"
    yield "|---|---|---|---|---|"
    for kind in Kind:
        count = scores.kinds[kind]
        yield f"| {kind} | {count.precision:.2f} | {count.recall:.2f} | {count.f1:.3f} | {count.gold} |"
    micro = scores.micro
    yield f"| all (micro) | {micro.precision:.2f} | {micro.recall:.2f} | {micro.f1:.3f} | {micro.gold} |"
    yield f"| core macro | | | {scores.core_macro_f1:.3f} | |"
    yield f"| macro | | | {scores.macro_f1:.3f} | |"
    yield ""
    yield "| attribute | right | wrong | missing | extra | accuracy |"
    yield "|---|---|---|---|---|---|"
    for name, field in scores.fields.items():
        yield (f"| {name} | {field.right} | {field.wrong} | {field.missing} | {field.extra} | {field.accuracy:.2f} |")


def main() -> int:
    """Cross-validate, then train on everything and write the heads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=TRAIN, help="folder of labelled JSONL files, one writer each")
    parser.add_argument("--out", type=Path, default=HEADS, help="where the heads are written")
    parser.add_argument("--seed", type=int, default=training.SEED)
    parser.add_argument("--no-measure", action="store_true", help="train only")
    options = parser.parse_args()
    embedder = MiniLM()
    data = training.prepare(examples(options.data), embedder)
    print(
        f"{len(data.examples)} notes, {sum(len(e.labels) for e in data.examples)} signals, {len(data.targets)} passages"
    )
    if not options.no_measure:
        print("Leave one writer out:")
        found = cross_validate(data, embedder, options.seed)
        print("\n".join(table(score([pair for pairs in found.values() for pair in pairs]))))
    heads = training.fit(data, {example.writer for example in data.examples}, options.seed)
    heads = heads._replace(about={**heads.about, "files_sha256": files_hash(options.data)})
    save(heads, options.out)
    print(f"Wrote {options.out.name}: {heads.about['version']}, {options.out.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    with threadpool_limits(1):  # several threads that wait for each other cost more here than they do
        sys.exit(main())
