"""Where answers go: stdout or a file of the user's, in the width and colour that the terminal bears."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from notesense.core.note import Note, Value
from notesense.errors import DatasetFaulty, InputError, StoreError

NARROWEST, USUAL, WIDEST = 60, 80, 110
FAULTS_SHOWN = 20
QUIET_SECONDS = 10.0
"""Without a terminal, progress is told this often."""


def show(
    result: Value | Sequence[Value],
    fmt: str,
    *,
    notes: Mapping[str, Note] | None = None,
    output: Path | None = None,
) -> None:
    """Print a result on stdout, or write it to a file and say so on stderr.

    Raises InputError for a format that is no text on a terminal.
    """
    from notesense.render import FILES, render, render_file

    made: str | bytes
    if fmt in FILES:
        if output is None and sys.stdout.isatty():
            raise InputError(f"{fmt.upper()} is no text for a terminal.", f"Add --output FILE.{fmt}.")
        made = render_file(result, fmt)
    else:
        made = render(result, fmt, width=_width(output), colour=output is None and colours(sys.stdout), notes=notes)
    if output is not None:
        write_private(output, made)
        print(f"Written to {output}", file=sys.stderr)
    elif isinstance(made, bytes):
        sys.stdout.buffer.write(made)
        sys.stdout.flush()
    else:
        sys.stdout.write(made)
        sys.stdout.flush()


def _width(output: Path | None) -> int:
    if output is not None or not sys.stdout.isatty():
        return USUAL
    return max(NARROWEST, min(shutil.get_terminal_size((USUAL, 24)).columns, WIDEST))


def colours(stream: object) -> bool:
    """Tell whether colours are wanted here: only on a terminal, and not where NO_COLOR is set (no-color.org)."""
    is_terminal = getattr(stream, "isatty", lambda: False)()
    return bool(is_terminal) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file that only its owner can read, whole or not at all. Raises StoreError when it cannot be written."""
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        _write_through(path, data)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise _unwritable(path, error) from None


def _write_through(path: Path, data: bytes) -> None:
    """Write into a pipe or device; these are never replaced."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(f"Cannot write {path}: {error.strerror or error}.", "Choose another file with --output.")


def tell(message: str) -> None:
    """Print a line of progress or warning on stderr."""
    from notesense.render.safe import inline

    print(inline(message), file=sys.stderr)


def tell_faults(error: DatasetFaulty) -> None:
    """Write what is wrong with labelled notes to standard error, a line a fault, not endlessly."""
    for fault in error.faults[:FAULTS_SHOWN]:
        tell(fault)
    if len(error.faults) > FAULTS_SHOWN:
        tell(f"... and {len(error.faults) - FAULTS_SHOWN} more")


def progress(what: str, beside: Callable[[], str] = str) -> Callable[[int, int], None]:
    """Return a progress line on stderr with rate and time left: live on a terminal, else a line now and then.

    What `beside` returns stands at its end, such as the cost so far.
    """
    began = told = time.monotonic()
    first = before = 0
    live = sys.stderr.isatty()

    def step(done: int, total: int) -> None:
        nonlocal began, told, first, before
        now = time.monotonic()
        if done <= before:  # the next stretch of work: its rate counts from here
            began, first = now, done
        before = done
        rate = (done - first) / max(now - began, 1e-6)
        parts = [f"{done}/{total}", _rate(rate), _left((total - done) / rate) if rate else "...", beside()]
        line = f"{what}: {', '.join(filter(None, parts))}"
        if live:
            sys.stderr.write(f"\r{line:<70}" + ("\r" + " " * 70 + "\r" if done >= total else ""))
            sys.stderr.flush()
        elif now - told > QUIET_SECONDS and done < total:
            told = now
            print(line, file=sys.stderr)

    return step


def _rate(rate: float) -> str:
    return f"{rate:.1f}/s" if 0 < rate < 9.95 else f"{rate:.0f}/s"


def _left(seconds: float) -> str:
    return f"{seconds:.0f} s left" if seconds < 180 else f"{seconds / 60:.0f} min left"
