"""Docs cannot lie: the README's commands run as they stand, and the reference is what `--help` prints."""

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from cli.terminal import Terminal

ROOT = Path(__file__).parents[1]
PAGES = {"README.md": "quill.html", "docs/tutorial.md": "briefing.html", "docs/measuring.md": "run.html"}
"""Pages whose commands are run, with a file that they write."""


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_run_as_they_stand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, page: str
) -> None:
    notesense = Terminal(monkeypatch, capsys)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.jsonl").write_text(
        '{"id": "h1", "account": "Harlow", "date": "2026-03-04", "text": "It leaks."}'
    )
    (tmp_path / "folder-of-notes" / "Harlow").mkdir(parents=True)
    (tmp_path / "folder-of-notes" / "Harlow" / "2026-03-05-call.txt").write_text("It leaks again.")
    labelled = (ROOT / "evals" / "datasets" / "train" / "voice-a.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "labelled.jsonl").write_text("\n".join(labelled[:8]), encoding="utf-8")
    (tmp_path / "others.jsonl").write_text("\n".join(labelled[8:14]), encoding="utf-8")
    shutil.copytree(ROOT / "evals" / "accounts" / "train" / "krishnatara-dairy", tmp_path / "histories" / "dairy")
    commands = re.findall(r"^\$ notesense (.*)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        answer = notesense(*shlex.split(command))
        assert (answer.code, answer.err.count("notesense:")) == (0, 0), f"{command}: {answer.err}"
    assert "</html>" in (tmp_path / PAGES[page]).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "docs/measuring.md"])
def test_the_python_of_a_page_runs_as_it_stands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, page: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "src" / "notesense" / "demo" / "notes.jsonl", tmp_path / "labelled.jsonl")
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, page, "exec"), {})
    assert capsys.readouterr().err == ""


def test_links_in_the_docs_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "evals" / "README.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_reference_is_what_help_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import write_reference

    for path, text in write_reference.pages():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is stale: run make docs"


@pytest.mark.parametrize("name", ["core", "adapters", "workflows", "render", "readers", "evaluation", "wiring", "cli"])
def test_no_module_hides_behind_a_vague_name(name: str) -> None:
    vague = {"utils", "helpers", "base", "manager", "service", "misc", "common"}
    for path in (ROOT / "src" / "notesense" / name).rglob("*.py"):
        assert path.stem not in vague
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


def test_help_imports_nothing_heavy() -> None:
    import subprocess

    code = "import sys, notesense.cli.app as a; a.run(['--help']); print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {
        "pydantic",
        "numpy",
        "chromadb",
        "onnxruntime",
        "sqlalchemy",
        "jinja2",
        "yaml",
        "langchain",
        "openai",
        "rich",
    }
    assert heavy & set(done.stderr.split()) == set()
