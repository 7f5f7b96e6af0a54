"""Every test has a home of its own and no network; hypothesis runs longer with HYPOTHESIS_PROFILE=long."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from serving.server import ModelServer

settings.register_profile("default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", deadline=None, max_examples=2_000, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("home")
    for name in (
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "VISUAL",
        "EDITOR",
        *(name for name in os.environ if name.startswith(("NOTESENSE_", "OPENAI_", "LANGCHAIN_", "LANGSMITH_"))),
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("NOTESENSE_HOME", str(folder / "notes"))
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached for the network: {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    """A running server that speaks the OpenAI protocol; see `serving` for all it can do."""
    with ModelServer() as server:
        yield server
    assert not server.faults, f"the answer function raised {server.faults!r}"
