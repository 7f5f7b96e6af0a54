"""A run without a model reports to nobody: no library's own telemetry is on, and none of their files is left behind."""

import os
import subprocess
import sys
from pathlib import Path

NOTE = "Marta: the pumps still leak, third time this quarter.\nBen: you get new seals by Friday.\nMarta: We will see."
ELSEWHERE = ("NOTESENSE_", "XDG_", "CI", "ORT_")
"""Of the environment: what would lead the run's files elsewhere, or keep a library from reporting only in tests."""


def run(home: Path, *arguments: str, **more: str) -> str:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(ELSEWHERE)}
    environ |= {"HOME": str(home), "USERPROFILE": str(home)} | more
    command = [sys.executable, "-m", "notesense", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True, timeout=300).stdout


def test_no_file_but_our_own_is_written(tmp_path: Path) -> None:
    assert "Harlow" in run(tmp_path, "add", NOTE, "-a", "Harlow", ORT_DISABLE_TELEMETRY="0")
    assert "leak" in run(tmp_path, "search", "leaking pumps", ORT_DISABLE_TELEMETRY="0")
    files = [path.relative_to(tmp_path).parts for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert [parts for parts in files if "notesense" not in parts] == []
