"""Pairs of an earlier statement and later words that were written to teach or to measure the judge.

A file holds one JSON object a line, in one of two forms: a group (one statement, and later words with their effect on
it), or a small account (several statements, and later words with their effects on any of them; on the others none).
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from notesense.adapters.local.judge import CLASSES
from notesense.core.bearing import Pair

WrittenPair = tuple[Pair, str]
"""A pair, and the effect that its writer gave it."""
NONE = "none"


def written_pairs(folder: Path, nones: float | None = None, seed: int = 0) -> list[WrittenPair]:
    """Return all pairs of a folder's files. Leaves where one has no known effect.

    Of the pairs of a small account that nobody gave an effect, `nones` times as many are taken as it has others (all).
    """
    order = random.Random(seed)
    found: list[WrittenPair] = []
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            pairs = list(_of_account(record) if isinstance(record["earlier"], list) else _of_group(record))
            for _, effect in pairs:
                if effect not in CLASSES:
                    raise SystemExit(f"{file.name}, {record['id']}: no effect is called {effect!r}.")
            if isinstance(record["earlier"], list) and nones is not None:
                pairs = _thinned(pairs, nones, order)
            found += pairs
    return found


def _of_group(group: dict[str, Any]) -> Iterator[WrittenPair]:
    for later in group["later"]:
        yield _pair(group, group["earlier"], later["text"]), later["effect"]


def _of_account(account: dict[str, Any]) -> Iterator[WrittenPair]:
    for later in account["later"]:
        for statement in account["earlier"]:
            effect = later["effects"].get(statement["id"], NONE)
            yield _pair(statement, statement["text"], later["text"]), effect


def _pair(statement: dict[str, Any], earlier: str, later: str) -> Pair:
    return Pair(kind=statement["kind"], owner=statement.get("owner") or "", earlier=earlier, later=later)


def _thinned(pairs: list[WrittenPair], nones: float, order: random.Random) -> list[WrittenPair]:
    """Return the pairs with an effect, and so many times as many without one, chosen at random."""
    without = [one for one in pairs if one[1] == NONE]
    kept = [one for one in pairs if one[1] != NONE]
    return kept + order.sample(without, min(len(without), round(nones * len(kept))))
