"""A team's heads: fitted to notes enough, kept only where better, used only with the model they belong to."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from notesense.adapters.local import fitting, team
from notesense.adapters.local.engine import LocalEngine
from notesense.adapters.local.features import DENSE, Encoded, Reading
from notesense.adapters.local.lessons import KINDS, Example, Labelled
from notesense.adapters.local.model import load as load_model
from notesense.adapters.local.refit import LEAST_NOTES, Measured
from notesense.core.note import Note
from notesense.errors import EngineError

PRAISE = KINDS.index("praise")
TEXT = "The gate works well. It rained all day. The pump is a joy. Lunch was at one. The lamp is just right."


class Blank:
    """An engine that reads every passage as noise, so that no weights are loaded."""

    shipped = load_model()
    heads = shipped.heads

    def encode(self, readings: Sequence[Reading]) -> list[Encoded]:
        random = np.random.default_rng(2)
        sizes = [len(reading.passages) for reading in readings]
        return [Encoded(random.normal(size=(size, DENSE)).astype(np.float32), [None] * size) for size in sizes]


def examples(count: int) -> list[Example]:
    labels = tuple(
        Labelled("praise", TEXT.index(quote), TEXT.index(quote) + len(quote), {})
        for quote in ("The gate works well.", "The pump is a joy.", "The lamp is just right.")
    )
    day = datetime.date(2025, 1, 1)
    return [Example(Note(id=f"n{i}", account=f"A{i}", date=day, text=TEXT), labels, "w") for i in range(count)]


def heads(weight: float = 0.5, base: str = "local-x") -> team.Team:
    weights = np.full((DENSE, len(KINDS)), weight, np.float32)
    return team.Team(weights, np.zeros(len(KINDS), np.float32), {"base": base})


def test_too_few_notes_are_told_with_the_way_to_more() -> None:
    with pytest.raises(EngineError, match="at least 20 labelled notes with 60 signals") as raised:
        fitting.fit(Blank(), examples(LEAST_NOTES - 1))  # type: ignore[arg-type]
    assert "confirm --note" in raised.value.fix


def test_heads_are_kept_only_where_cross_validation_finds_them_better(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "measure", lambda *_: Measured(old=0.6, new=0.7, pull=300.0, folds=5))
    fitted = fitting.fit(Blank(), examples(LEAST_NOTES))  # type: ignore[arg-type]
    assert fitted.team is not None
    assert fitted.team.about["base"] == Blank.shipped.version
    assert fitted.team.about["notes"] == LEAST_NOTES
    monkeypatch.setattr(fitting, "measure", lambda *_: Measured(old=0.7, new=0.705, pull=300.0, folds=5))
    assert fitting.fit(Blank(), examples(LEAST_NOTES)).team is None  # type: ignore[arg-type]


def test_a_file_comes_back_and_goes(tmp_path: Path) -> None:
    file = tmp_path / "home" / "heads.npz"
    assert team.load(file) is None
    team.save(heads(), file)
    found = team.load(file)
    assert found is not None
    assert found.mark == heads().mark
    assert found.mark != heads(0.4).mark
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in file.parent.iterdir()] == ["heads.npz"]
    assert team.remove(file)
    assert not team.remove(file)


def test_a_broken_file_is_told_with_the_way_out(tmp_path: Path) -> None:
    team.save(heads(), tmp_path / "heads.npz")
    whole = (tmp_path / "heads.npz").read_bytes()
    (tmp_path / "heads.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EngineError, match="your team's heads") as raised:
        team.load(tmp_path / "heads.npz")
    assert "notesense train" in raised.value.fix


def test_the_engine_takes_heads_of_its_own_model_alone(tmp_path: Path) -> None:
    file, shipped = tmp_path / "heads.npz", load_model().version
    team.save(heads(base="local-older"), file)
    assert LocalEngine(Blank(), team=file).version == shipped  # type: ignore[arg-type]
    assert LocalEngine(Blank(), team=file).outdated  # type: ignore[arg-type]
    team.save(heads(base=shipped), file)
    assert LocalEngine(Blank(), team=file).version == f"{shipped}+{heads().mark}"  # type: ignore[arg-type]
    assert not LocalEngine(Blank(), team=file).outdated  # type: ignore[arg-type]
