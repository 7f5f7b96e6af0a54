"""One command at a time: the lock between processes."""

import pytest
from filelock import FileLock

from notesense.adapters.lock import held
from notesense.errors import InUse, StoreError


def test_a_lock_is_held_and_let_go(tmp_path):
    path = tmp_path / "home" / "some.lock"
    with held(path, 0.01, "batches"):
        assert path.parent.stat().st_mode & 0o077 == 0
        with pytest.raises(InUse, match="at work on batches"), held(path, 0.01, "batches"):
            pass
    with FileLock(path, timeout=0.01):
        pass


def test_a_lock_that_cannot_be_had_is_told(tmp_path):
    (tmp_path / "home").write_text("a file")
    with (
        pytest.raises(StoreError, match="cannot be locked") as error,
        held(tmp_path / "home" / "x.lock", 0.01, "batches"),
    ):
        pass
    assert "NOTESENSE_HOME" in error.value.fix
