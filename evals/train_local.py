"""Tunes and measures the local engine: `make train`, or `python -m evals.train_local` (needs the extra `train`).

With `--measure`, writers are held out first: each file of `datasets/train` is one writer, the files are dealt into as
many groups as told, and the engine that reads a group's notes was tuned to the other groups; its thresholds come from
the dev notes. Then an engine tuned to all train notes, its thresholds set on the dev notes, is written to where the
package loads it. `datasets/test` is read by nothing here.
"""

import argparse
import hashlib
import platform
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.attention import write as attend
from evals.tuning.decide import decide

from notesense.adapters.embedding.encoder import read_tensors
from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.embedding.weights import MODEL_SHA256, find_weights
from notesense.adapters.local.engine import LocalEngine
from notesense.adapters.local.features import TokenEncoder, read
from notesense.adapters.local.lessons import Example, example_of
from notesense.adapters.local.model import MODEL, Trained, load, save
from notesense.core.claims import Claim
from notesense.core.grounding import ground
from notesense.core.passages import passages
from notesense.core.vocabulary import Kind
from notesense.evaluation.datasets import read_dataset
from notesense.evaluation.scores import Scores, score

DATASETS = Path(__file__).parent / "datasets"
TRAIN, DEV = DATASETS / "train", DATASETS / "dev"
UNSCORED = "extra"
"""Files that begin so help to train and are never scored: whoever wrote them had read the others."""
SEED = 7

Pair = tuple[Sequence[Claim], Sequence[Claim]]


def examples(folder: Path) -> list[Example]:
    """Return the labelled notes of a folder; each file's name is its writer. Leaves where any of them has a fault."""
    data = read_dataset([folder])
    if data.faults:
        raise SystemExit("\n".join(f"{fault.where}: {fault.what}. {fault.fix}" for fault in data.faults))
    return [example_of(one.note, one.labels, one.file.stem) for one in data.notes]


def files_hash(folder: Path) -> str:
    """Return the hash of a folder's files, by which a model that no longer fits its data is noticed."""
    mark = hashlib.sha256()
    for file in sorted(folder.glob("*.jsonl")):
        mark.update(f"{file.name}\n".encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    return mark.hexdigest()


def answers(engine: LocalEngine, chosen: Sequence[Example]) -> list[Pair]:
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


def train(chosen: Sequence[Example], dev: Sequence[Example], published: MiniLM, seed: int, epochs: int) -> Trained:
    """Return a model tuned to the chosen notes, thresholds and calibration set on `dev`."""
    import torch
    from evals.tuning.fit import Settings, heads_of, tune
    from evals.tuning.material import prepare, shortened

    settings = Settings(epochs=epochs)
    tensors = read_tensors(find_weights().model)
    order = random.Random(seed)
    taught = [*chosen, *(short for example in chosen for short in shortened(example, order))]
    network = tune(prepare(taught, tokens_only(published)), tensors, settings, seed)
    about = {
        "notes": len(chosen),
        "signals": sum(len(example.labels) for example in chosen),
        "weights_sha256": MODEL_SHA256,
        "seed": seed,
        "settings": settings._asdict(),
        "made_with": {"torch": torch.__version__, "python": platform.python_version()},
        "version": "local-unset",
    }
    rough = Trained(network.changes(tensors), heads_of(network), about)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.npz"
        save(rough, file)
        return decided(rough, file, dev, published)


def decided(model: Trained, file: Path, dev: Sequence[Example], published: MiniLM) -> Trained:
    """Return the model of this file calibrated and with thresholds set on `dev`."""
    readings = [read(example.note) for example in dev]
    heads = decide(model.heads, dev, readings, LocalEngine(published, file).encode(readings))
    mark = hashlib.sha256(file.read_bytes() + heads.thresholds.tobytes() + heads.calibration.tobytes()).hexdigest()
    return model._replace(heads=heads, about={**model.about, "version": f"local-{mark[:12]}"})


def tokens_only(published: MiniLM) -> TokenEncoder:
    """Return the untuned encoder, whose tokens are those of the tuned one."""
    return published.tuned({})


def hold_out(
    found: Sequence[Example], dev: Sequence[Example], published: MiniLM, groups: int, seed: int, epochs: int
) -> dict[str, list[Pair]]:
    """Return each writer's answers by an engine that was tuned to none of that writer's notes."""
    writers = sorted({e.writer for e in found if not e.writer.startswith(UNSCORED)})
    pairs: dict[str, list[Pair]] = {}
    for group in range(groups):
        held = set(writers[group::groups])
        print(f"Held out: {', '.join(sorted(held))}", flush=True)
        model = train([e for e in found if e.writer not in held], dev, published, seed, epochs)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "model.npz"
            save(model, file)
            engine = LocalEngine(published, file)
            for writer in sorted(held):
                pairs[writer] = answers(engine, [e for e in found if e.writer == writer])
                print(f"  {writer:12s} {_line(score(pairs[writer]))}", flush=True)
    return pairs


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
    """Measure where asked, then tune to everything and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=TRAIN, help="folder of labelled JSONL files, one writer each")
    parser.add_argument("--dev", type=Path, default=DEV, help="folder of labelled notes that set the thresholds")
    parser.add_argument("--out", type=Path, default=MODEL, help="where the model is written")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--epochs", type=int, default=6, help="of encoder and heads together")
    parser.add_argument(
        "--measure", type=int, default=0, metavar="GROUPS", help="hold out writers in so many groups first"
    )
    parser.add_argument("--measure-only", action="store_true", help="write no model")
    parser.add_argument("--thresholds-only", action="store_true", help="keep the weights of --out, set the rest anew")
    options = parser.parse_args()
    published, began = MiniLM(), time.perf_counter()
    found, dev = examples(options.data), examples(options.dev)
    print(f"{len(found)} notes, {sum(len(e.labels) for e in found)} signals; {len(dev)} notes set the thresholds")
    if options.measure:
        pairs = hold_out(found, dev, published, options.measure, options.seed, options.epochs)
        print("\n".join(table(score([pair for each in pairs.values() for pair in each]))))
    if options.measure_only:
        return 0
    if options.thresholds_only:
        model = decided(load(options.out), options.out, dev, published)
    else:
        model = train(found, dev, published, options.seed, options.epochs)
    hashes = {"files_sha256": files_hash(options.data), "dev_sha256": files_hash(options.dev)}
    save(model._replace(about={**model.about, **hashes}), options.out)
    size, minutes = options.out.stat().st_size / 1e6, (time.perf_counter() - began) / 60
    print(f"Wrote {options.out.name}: {model.version}, {size:.1f} MB, after {minutes:.0f} minutes")
    if options.out == MODEL:
        load.cache_clear()
        attend(LocalEngine(published))
    return 0


if __name__ == "__main__":
    sys.exit(main())
