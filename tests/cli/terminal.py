"""Runs the command line in this process, as a user would, and answers what came out."""

import io
import sys
from dataclasses import dataclass

import pytest

from notesense.cli.app import run


@dataclass(frozen=True)
class Answer:
    """Exit code, standard output and standard error of one command."""

    code: int
    out: str
    err: str


class Terminal:
    """A user at the command line. `keys` of a command are its standard input."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str, keys: bytes = b"") -> Answer:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(keys), encoding="utf-8"))
        code = run(list(arguments))
        out, err = self._capsys.readouterr()
        return Answer(code, out, err)
