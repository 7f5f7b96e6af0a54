"""Where notes come from: a text, bytes, a file, a folder with all below it, an archive. All of it at once.

One bad file never loses the others. What is large is walked through file by file instead: `notesense.readers.walking`.
"""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from notesense.core.carried import Carried
from notesense.core.reading import Readings
from notesense.core.results import Refused
from notesense.errors import InputError
from notesense.readers import families, packed, walking
from notesense.readers.decoding import checked
from notesense.readers.family import Content
from notesense.readers.walking import Found


def read_text(text: str, where: str = "The text") -> Readings:
    """Read what was pasted, in whatever form. Raises InputError where it is blank, binary or cannot be read."""
    checked(text, where)
    return _typed(families.read(Content(text.encode(), where, pasted=text)))


def read_bytes(data: bytes, where: str, encoding: str | None = None) -> Readings:
    """Read what came on standard input, in whatever form; `encoding` as for `read_path`.

    Raises InputError where it cannot be read.
    """
    content = Content(data, where, encoding=encoding)
    if packed.is_archive(data):
        return _together(walking.in_content(content))
    return _typed(families.read(content))


def _typed(readings: Readings) -> Readings:
    """Return what a person handed over without a file."""
    return readings.model_copy(
        update={"notes": tuple(one.model_copy(update={"typed": True}) for one in readings.notes)}
    )


def read_path(path: Path, accounts_from_folders: bool = False, encoding: str | None = None) -> Readings:
    """Read a file or archive, or a folder with all below it, in order of name.

    Raises InputError where the path itself cannot be read; a bad file within a folder is among the refused. With
    `accounts_from_folders`, the first folder below `path` (or in it, where it is an archive) names the account of the
    notes in it. `encoding`, by Python's name, is that of files that are not UTF-8 and have no byte order mark.
    """
    found = walking.found_at(path, accounts_from_folders, encoding)
    if not path.is_dir():
        first = next(found)
        if isinstance(first.content, Content) and first.where == str(path):
            return families.read(first.content)
        return _together(chain((first,), found))
    readings = _together(found)
    if not readings.notes and not readings.refused:
        raise InputError(f"No notes in {path}.", "Put the files there that hold them; hidden ones are passed over.")
    return readings


def _together(found: Iterable[Found]) -> Readings:
    """Return all that was found in one; what completes other files is told only where there is no note at all.

    Each is read before the next one is reached: an archive is open no longer than its walk.
    """
    each = [walking.read(one) for one in found]
    notes = tuple(note for one in each for note in one.notes)
    skipped = tuple(passed for one in each for passed in one.skipped)
    told = {"empty"} if notes else {"empty", "companion"}
    refused = [Refused(where=one.where, reason=one.reason) for one in skipped if one.why in told]
    return Readings(
        notes=notes,
        refused=(*(reason for one in each for reason in one.refused), *refused),
        skipped=skipped,
        carried=sum((one.carried for one in each), Carried()),
    )
