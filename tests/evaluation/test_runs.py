"""Two runs held against each other, and a run that was interrupted."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from evaluation.labelled import claim, label, row
from notesense.core.evaluated import About, Evaluated, Figure
from notesense.errors import InputError, StoreError
from notesense.evaluation.comparing import compare
from notesense.evaluation.figures import figures
from notesense.evaluation.partial import Partial

ROWS = (
    row("a", [claim(0, 10)], [label(0, 10)]),
    row("b", text="Two\u2028lines"),
    row("c", [], [label(0, 10)], error="the engine broke"),
)


def about(**changes: Any) -> About:
    started = datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC)
    plain = {"notesense": "1", "engine": "local", "engine_version": "v1", "data": ("dev",), "data_sha256": "d" * 64}
    return About(**{**plain, "started": started, **changes})


def evaluated(*rows: Any, **changes: Any) -> Evaluated:
    return Evaluated(about=about(**changes), figures=figures(rows), notes=rows)


def test_a_comparison_tells_what_was_won_and_lost() -> None:
    gold = [label(0, 10), label(20, 30), label(40, 50)]
    a = evaluated(row("n1", [claim(0, 10), claim(60, 70), claim(80, 90)], gold), row("n2"), row("n3", error="broke"))
    b = evaluated(row("n1", [claim(20, 30), claim(61, 71), claim(52, 58)], gold), row("n2"), row("n3"), engine="x")
    compared = compare(a, b)
    assert (compared.notes, compared.left_out) == (2, 1)
    (changes,) = compared.changes
    assert [[c.start for c in found] for found in (changes.won, changes.lost, changes.dropped, changes.gained)] == [
        [20],
        [0],
        [80],
        [52],
    ]
    found = {one.name: one for one in compared.differences}
    assert found["micro_f1"].difference == Figure(value=0.0, low=0.0, high=0.0)
    assert found["micro_f1"].better == 0.0
    assert "competitor.f1" not in found


def test_a_paired_interval_is_narrower_than_the_two_alone() -> None:
    a = [row(f"n{n:02}", [claim(0, 10)] if n % 2 else [], [label(0, 10), label(20, 30)]) for n in range(40)]
    b = [row(f"n{n:02}", [*one.predicted, claim(20, 30)], one.gold) for n, one in enumerate(a)]
    found = {one.name: one for one in compare(evaluated(*a), evaluated(*b)).differences}["micro_f1"]
    assert found.better == 1.0
    assert found.difference.low is not None
    assert found.difference.low > 0
    assert found.b == pytest.approx((found.a or 0) + (found.difference.value or 0))


def test_fewer_false_signals_are_better() -> None:
    a, b = evaluated(row("n1", [claim(0, 10)])), evaluated(row("n1"))
    (false,) = [one for one in compare(a, b).differences if one.name == "false_signals"]
    assert (false.difference.value, false.better) == (-1.0, 1.0)


def test_runs_over_other_data_are_not_compared() -> None:
    with pytest.raises(InputError, match="different data"):
        compare(evaluated(row("a")), evaluated(row("a"), data_sha256="e" * 64))


def test_an_unfinished_run_is_kept_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "run.json.partial"
    partial = Partial(path, about())
    assert partial.resume() == ()
    partial.begin()
    for each in ROWS:
        partial.add(each)
    partial.close()
    partial.close()
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "cut sho')
    later = about(started=datetime.datetime(2026, 3, 5, tzinfo=datetime.UTC))
    assert Partial(path, later).resume() == ROWS[:2]


def test_what_is_done_is_never_lost_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run.json.partial"
    partial = Partial(path, about())
    partial.begin(ROWS[:2])
    partial.close()
    assert [file.name for file in tmp_path.iterdir()] == [path.name]

    def stopped(self: Partial, row: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Partial, "add", stopped)
    again = Partial(path, about())
    with pytest.raises(KeyboardInterrupt):
        again.begin(ROWS[:2])
    again.close()
    assert Partial(path, about()).resume() == ROWS[:2]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"data_sha256": "e" * 64}, "another data"),
        ({"engine": "other"}, "another engine"),
        ({"engine_version": "v2"}, "another engine version"),
        ({"settings": {"threshold": 0.3}}, "another settings"),
    ],
)
def test_going_on_with_another_run_is_refused(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    path = tmp_path / "run.json.partial"
    partial = Partial(path, about())
    partial.begin()
    partial.close()
    with pytest.raises(InputError, match=told):
        Partial(path, about(**changes)).resume()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"version": 9, "about": {}}', "nonsense"])
def test_a_file_that_is_no_unfinished_run_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.json.partial"
    path.write_text(content)
    with pytest.raises(InputError, match="no unfinished run"):
        Partial(path, about()).resume()


def test_a_partial_file_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Cannot write"):
        Partial(tmp_path / "no" / "run.partial", about()).begin()
    with pytest.raises(InputError, match="Cannot read"):
        Partial(tmp_path, about()).resume()
    full = Partial(Path("/dev/full"), about())
    with pytest.raises(StoreError, match="No space"):
        full.begin()
