"""How fast files of all forms are imported, against the same words as plain text files, in one run.

The engine finds nothing and the vectors are made up: what is measured is walking, reading, telling doubles and keeping,
which no model's time covers up. Counted is the processor's time: the clock on the wall would measure what else runs.
"""

import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.outcome import Outcome
from notesense.core.note import Note
from notesense.core.signal import Drafts
from notesense.wiring.verbs import NoteSense
from notesense.workflows.remembering import RememberingEmbedder

LEAST = 0.5
_TURNS = 12
_WORDS = (
    "pump filter seal report price contract review invoice delivery support ticket pilot budget renewal training "
    "dashboard board director quarter promise Friday Monday late again never always nobody everybody we you they our "
    "the a and but because until before after with without about needs wants asked said sent paid lost found"
).split()


class _Silent:
    """An engine that finds nothing."""

    name, version, batch = "local", "0", 64

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        for note in notes:
            yield Drafts(note_id=note.id)


class _Flat:
    """Gives every text the same vector."""

    name, dimension, fingerprint = "flat", 8, "flat-1"

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return np.full((len(texts), self.dimension), self.dimension**-0.5, dtype=np.float32)


def measure(files: int) -> list[Outcome]:
    """Return the rate of an import of so many mixed files against the same words in plain ones, and of a second run."""
    with tempfile.TemporaryDirectory() as folder:
        plain, mixed = (_written(Path(folder) / name, files, name == "mixed") for name in ("plain", "mixed"))
        _timed(_written(Path(folder) / "warm-up", len(_FORMS), True))
        (slow, _), (seconds, again) = _timed(plain), _timed(mixed)
    return [
        Outcome(
            f"import of {files} mixed files : the same as plain text",
            f"{files / seconds:.0f} /cpu s",
            f"{files / slow:.0f} /cpu s",
            slow / seconds,
            at_least=LEAST,
        ),
        Outcome(
            f"the same {files} files once more : the first time",
            f"{again:.2f} s",
            f"{seconds:.2f} s",
            again / seconds,
            at_most=0.5,
        ),
    ]


def _timed(folder: Path) -> tuple[float, float]:
    """Return the processor's seconds that an import takes, and those of a second one."""
    with tempfile.TemporaryDirectory() as home, NoteSense(Path(home)) as notes:
        notes.engine, notes.embedder = _Silent(), RememberingEmbedder(_Flat())
        began = time.process_time()
        done = notes.import_all(folder)
        seconds = time.process_time() - began
        if done.refused or done.failed or not done.added:
            raise RuntimeError(f"the files of the benchmark are at fault: {done.refused[:1]} {done.failed[:1]}")
        began = time.process_time()
        notes.import_all(folder)
        return seconds, time.process_time() - began


def _written(folder: Path, files: int, mixed: bool) -> Path:
    dice = random.Random(20260312)
    for number in range(files):
        said = [
            ("Marta Ruiz" if turn % 2 else "Ben Cole", " ".join(dice.choices(_WORDS, k=dice.randrange(6, 22))) + ".")
            for turn in range(_TURNS)
        ]
        account = folder / f"Account {number // 50:03d}"
        account.mkdir(parents=True, exist_ok=True)
        day = f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        form = _FORMS[number % len(_FORMS)] if mixed else _text
        ending, content = form(number, day, said)
        (account / f"{day}-note-{number:05d}{ending}").write_text(content, encoding="utf-8")
    return folder


_Said = list[tuple[str, str]]


def _text(number: int, day: str, said: _Said) -> tuple[str, str]:
    return ".txt", "\n".join(f"{who}: {words}" for who, words in said)


def _vtt(number: int, day: str, said: _Said) -> tuple[str, str]:
    cues = (
        f"{at + 1}\n00:{at:02d}:00.000 --> 00:{at:02d}:50.000\n{who}: {words}\n" for at, (who, words) in enumerate(said)
    )
    return ".vtt", "WEBVTT\n\n" + "\n".join(cues)


def _fireflies(number: int, day: str, said: _Said) -> tuple[str, str]:
    sentences = [
        {"index": at, "speaker_name": who, "text": words, "start_time": at * 60} for at, (who, words) in enumerate(said)
    ]
    meeting = {"id": f"F{number}", "title": "Call", "dateString": f"{day}T10:00:00Z", "sentences": sentences}
    return ".json", json.dumps({"data": {"transcript": meeting}})


def _mail(number: int, day: str, said: _Said) -> tuple[str, str]:
    head = f"From: Marta Ruiz <marta@harlow.example>\nTo: ben@us.example\nMessage-ID: <{number}@harlow.example>\n"
    stamp = time.strftime("%a, %d %b %Y 10:00:00 +0000", time.strptime(day, "%Y-%m-%d"))
    return ".eml", f"{head}Date: {stamp}\nSubject: Note {number}\n\n" + "\n".join(words for _, words in said)


def _markdown(number: int, day: str, said: _Said) -> tuple[str, str]:
    return ".md", f"---\ntitle: Note {number}\ndate: {day}\n---\n\n" + "\n\n".join(f"**{w}:** {t}" for w, t in said)


def _srt(number: int, day: str, said: _Said) -> tuple[str, str]:
    cues = (
        f"{at + 1}\n00:{at:02d}:00,000 --> 00:{at:02d}:50,000\n{who}: {words}\n" for at, (who, words) in enumerate(said)
    )
    return ".srt", "\n".join(cues)


_FORMS = (_text, _vtt, _fireflies, _mail, _markdown, _srt)
