"""`python -m notesense` and the `notesense` command."""

import contextlib
import gc
import os
import sys

GC_THRESHOLD = 100_000
"""Imports make many objects and hardly any garbage: looking for it less often makes a command start sooner."""


def main() -> None:
    """Run the command line and leave with its exit code.

    The process ends at once: everything is written and closed by then, and taking thousands of imported objects apart
    first would cost a sixth of a second of every command.
    """
    gc.set_threshold(GC_THRESHOLD, 20, 20)
    try:
        from notesense.cli.app import run

        code = run()
    except KeyboardInterrupt:
        code = 130
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
