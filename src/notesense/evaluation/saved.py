"""Reads a run that `eval run --save` wrote."""

import json
from pathlib import Path

from notesense.core.evaluated import Evaluated
from notesense.errors import InputError

VERSION = 1


def load_run(path: Path) -> Evaluated:
    """Return a saved run. Raises InputError where the file is none, or of another version."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror or error}.", "Name a file of eval run --save.") from None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or "about" not in document:
        raise InputError(f"{path} is no saved run.", "Make one: notesense eval run DATASET --save FILE")
    version = document.pop("version", None)
    if version != VERSION:
        raise InputError(f"{path} is a run of version {version}; this NoteSense reads {VERSION}.", "Run it again.")
    try:
        return Evaluated.model_validate(document)
    except ValueError as error:
        reason = str(error).splitlines()[1:2]
        raise InputError(f"{path} is a damaged run ({', '.join(reason).strip()}).", "Run it again.") from None
