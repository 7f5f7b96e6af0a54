import pytest

from terminal import Terminal


@pytest.fixture
def notesense(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)
