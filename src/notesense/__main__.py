"""`python -m notesense` and the `notesense` command."""

import gc
import sys

GC_THRESHOLD = 100_000
"""Imports make many objects and hardly any garbage: looking for it less often saves a tenth of a command's start."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(GC_THRESHOLD, 20, 20)
    from notesense.cli.app import run

    sys.exit(run())


if __name__ == "__main__":
    main()
