"""Progress: told now and then without a terminal, with the rate of the stretch at hand."""

import pytest

from notesense.cli import output


def test_each_stretch_has_its_own_rate(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 20.0, 1000.0, 1020.0])
    monkeypatch.setattr(output.time, "monotonic", lambda: next(clock))
    step = output.progress("Reading")
    step(200, 1000)
    step(100, 1000)
    step(300, 1000)
    assert capsys.readouterr().err.splitlines() == [
        "Reading: 200/1000, 10/s, 80 s left",
        "Reading: 100/1000, 0/s, ...",
        "Reading: 300/1000, 10/s, 70 s left",
    ]


def test_slow_work_has_its_rate_time_left_and_what_it_cost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 20.0, 40.0])
    monkeypatch.setattr(output.time, "monotonic", lambda: next(clock))
    told = iter(["", "US$0.0420"])
    step = output.progress("Importing", lambda: next(told))
    step(10, 500)
    step(40, 500)
    assert capsys.readouterr().err.splitlines() == [
        "Importing: 10/500, 0.5/s, 16 min left",
        "Importing: 40/500, 1.0/s, 8 min left, US$0.0420",
    ]
