"""Measures ways to learn a tracker from a few examples: `python evals/measure_trackers.py`. Trains and writes nothing.

Five invented trackers (`trackers/trackers.yaml`), for each 20 sentences that are meant and 20 that are not, half of
these near misses (`trackers/sentences.jsonl`), and thousands of ordinary passages of `datasets/train`. The ordinary
passages hold a few that are meant, so their share of false alarms is an upper bound.
"""

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.local import fewshot
from notesense.adapters.trackers import load
from notesense.core.passages import passages
from notesense.core.trackers import Tracker

HERE = Path(__file__).parent
ORDINARY = 4000
PER_THOUSAND = 5
"""False alarms among a thousand ordinary passages at which the ways are compared."""

Rows = np.ndarray
Way = Callable[[Rows, Rows, Rows, Rows], Callable[[Rows], Rows]]
"""Definition, positive, negative and background vectors to a function that scores rows."""


def nearest(definition: Rows, positive: Rows, negative: Rows, background: Rows) -> Callable[[Rows], Rows]:
    """Score by the cosine to the nearest positive example."""
    return lambda rows: (rows @ positive.T).max(axis=1)


def prototypes(definition: Rows, positive: Rows, negative: Rows, background: Rows) -> Callable[[Rows], Rows]:
    """Score by the mean of the positive examples, less half that of the negative ones and half the background's."""
    direction = positive.mean(axis=0) - 0.5 * negative.mean(axis=0) - 0.5 * background.mean(axis=0)
    return lambda rows: rows @ direction


def logistic(definition: Rows, positive: Rows, negative: Rows, background: Rows) -> Callable[[Rows], Rows]:
    """Score by ridge-penalised logistic regression, classes of equal weight, negative examples counted thrice."""
    rows = np.vstack([positive, definition, negative, background])
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    yes = np.zeros(len(rows))
    yes[: len(positive) + 1] = 1
    weight = np.where(yes, 1 / yes.sum(), 1.0)
    weight[len(positive) + 1 :] = 1 / (3 * len(negative) + len(background))
    weight[len(positive) + 1 : len(positive) + 1 + len(negative)] *= 3
    weight *= len(rows) / 2
    penalty = np.full(rows.shape[1], 3.0)
    penalty[-1] = 1e-6
    theta = np.zeros(rows.shape[1])
    for _ in range(30):  # Newton's method
        chance = 1 / (1 + np.exp(-rows @ theta))
        slope = rows.T @ (weight * (chance - yes)) + penalty * theta
        curve = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        theta -= np.linalg.solve(curve, slope)
    return lambda rows: rows @ theta[:-1] + theta[-1]


def discriminant(definition: Rows, positive: Rows, negative: Rows, background: Rows) -> Callable[[Rows], Rows]:
    """Score as shipped."""
    space = fewshot.Space(background)
    weights = space.direction(definition, positive, negative)
    return lambda rows: (rows - space.mean) @ weights


WAYS: dict[str, Way] = {
    "nearest example": nearest,
    "difference of means": prototypes,
    "logistic regression": logistic,
    "discriminant": discriminant,
}


def average_precision(scores: Rows, meant: Rows) -> float:
    """Return the mean of the precisions at each meant sentence, best first."""
    ranked = meant[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked].mean())


def ordinary(known: set[str]) -> list[str]:
    """Return passages of the training notes that are not in the shipped background."""
    found = set()
    for file in sorted((HERE / "datasets" / "train").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                found.update(passage.text for passage in passages(json.loads(line)["text"]))
    pool = sorted(found - known)
    random.Random(0).shuffle(pool)
    return pool[:ORDINARY]


def main() -> int:
    """Print two Markdown tables: the ways beside each other, and the shipped one by tracker."""
    embedder = MiniLM()
    trackers = load(HERE / "trackers" / "trackers.yaml")
    told = [
        json.loads(line) for line in (HERE / "trackers" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    background = fewshot.background()
    everyday = ordinary(set(background))

    def vectors(texts: list[str]) -> Rows:
        return np.asarray(embedder.embed(texts), np.float64)

    sentences, meant = vectors([row["text"] for row in told]), np.array([row["is"] for row in told])
    whose = np.array([row["tracker"] for row in told])
    behind, around = vectors(background), vectors(everyday)

    def examples(one: Tracker) -> tuple[Rows, Rows, Rows]:
        return vectors([one.definition])[0], vectors(list(one.examples)), vectors(list(one.not_examples))

    print(f"| way | AP among its own 40 | AP among {ORDINARY:,} ordinary | recall at {PER_THOUSAND} in 1,000 |")
    print("|---|---|---|---|")
    for name, way in WAYS.items():
        rows = []
        for one in trackers.trackers:
            score = way(*examples(one), behind)
            mine, yes, usual = score(sentences[whose == one.name]), meant[whose == one.name], score(around)
            cut = np.sort(usual)[-(PER_THOUSAND * len(usual) // 1000)]
            among = np.concatenate([mine, usual]), np.concatenate([yes, np.zeros(len(usual), bool)])
            rows.append((average_precision(mine, yes), average_precision(*among), (mine[yes] > cut).mean()))
        print(f"| {name} | " + " | ".join(f"{value:.2f}" for value in np.mean(rows, axis=0)) + " |")

    print("\n| tracker | left out: found, mistaken | found of 20 | mistaken of 20 | alarms in 1,000 ordinary |")
    print("|---|---|---|---|---|")
    for reader in fewshot.learn(trackers, embedder):
        hit, yes = reader.scores(sentences[whose == reader.name]) >= 0, meant[whose == reader.name]
        left = f"{reader.found} of {len(reader.examples)}, {reader.mistaken} of {len(reader.not_examples)}"
        alarms = 1000 * (reader.scores(around) >= 0).mean()
        print(f"| {reader.name} | {left} | {(hit & yes).sum()} | {(hit & ~yes).sum()} | {alarms:.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
