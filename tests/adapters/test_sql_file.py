"""The SQLite file itself: whose it is, and that nothing takes its locks away."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from notesense.adapters.sql.database import own_file

OTHER = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute('BEGIN EXCLUSIVE')"


def test_a_file_that_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    own_file(tmp_path / "a.db")
    (tmp_path / "b.db").touch(0o644)
    own_file(tmp_path / "b.db")
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_the_locks_of_this_process_stay_when_the_file_is_met_again(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    own_file(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as held:
        held.execute("CREATE TABLE t (x)")
        held.execute("BEGIN EXCLUSIVE")
        own_file(path)
        done = subprocess.run([sys.executable, "-c", OTHER, str(path)], capture_output=True, text=True, check=False)
    assert "database is locked" in done.stderr
