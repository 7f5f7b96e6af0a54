"""Writes the list of common words: those that at least three training notes write without a capital.

A capital at the beginning of a model's sentence is no name where the word is one of these.
"""

import json
from collections import Counter
from pathlib import Path

from notesense.core.invention import ordinary_words

ROOT = Path(__file__).parents[1]
LEAST = 3


def words() -> list[str]:
    """Return the words in order."""
    seen: Counter[str] = Counter()
    for file in sorted((ROOT / "evals" / "datasets" / "train").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            seen.update(ordinary_words([json.loads(line)["text"]]))
    return sorted(word for word, notes in seen.items() if notes >= LEAST and word.isascii() and len(word) > 1)


if __name__ == "__main__":
    target = ROOT / "src" / "notesense" / "adapters" / "common_words.txt"
    target.write_text("\n".join(words()) + "\n", encoding="utf-8")
