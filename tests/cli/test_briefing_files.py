"""Briefing and agenda as files: Word documents among them."""

import io
import stat
import sys
from pathlib import Path

import pytest
from docx import Document

from terminal import Terminal


@pytest.fixture
def harlow(notesense: Terminal) -> Terminal:
    assert notesense("add", "The pallets came late again.", "--account", "Harlow", "--date", "2026-03-02").code == 0
    return notesense


@pytest.mark.parametrize("command", ["brief", "agenda"])
def test_a_word_document_is_written_for_its_owner_alone(harlow: Terminal, tmp_path: Path, command: str) -> None:
    path = tmp_path / "harlow.docx"
    answer = harlow(command, "harlow", "--as-of", "2026-03-09", "--format", "docx", "--output", str(path))
    assert (answer.code, answer.out) == (0, "")
    assert f"Written to {path}" in answer.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Harlow" in Document(str(path)).paragraphs[0].text
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_a_word_document_is_not_put_on_a_terminal(harlow: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda self: True, raising=False)
    answer = harlow("brief", "harlow", "--format", "docx")
    assert (answer.code, answer.out) == (1, "")
    assert "DOCX is no text for a terminal." in answer.err
    assert "--output FILE.docx" in answer.err


def test_a_word_document_can_be_piped(harlow: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", pipe)
    assert harlow("brief", "harlow", "--format", "docx").code == 0
    assert pipe.buffer.getvalue().startswith(b"PK")  # type: ignore[attr-defined]
