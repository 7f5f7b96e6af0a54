"""What is safe to unpack from a ZIP archive, and what goes wrong in broken ones. Nothing is ever written to disk.

`zipfile` gives no more bytes of a part than its entry promises, so the promises are what is checked.
"""

import contextlib
import io
import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath

from notesense.errors import InputError

LARGEST = 200 * 1024 * 1024
"""Bytes to which an archive with all archives in it may unpack."""
MOST = 20_000
"""Parts of the largest archive."""
_DENSEST = 200
"""How many times larger than packed a part may be; text is packed to a tenth, seldom to less than a fiftieth."""
_SMALL = 1024 * 1024
"""Bytes of a part that may be as dense as it likes."""
_UTF8 = 0x800
"""The mark of a part whose name is UTF-8."""
_OFFICE = re.compile(r"\[Content_Types\]\.xml|mimetype|META-INF/MANIFEST\.MF", re.IGNORECASE)
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, struct.error),
    *(NotImplementedError, RuntimeError, OSError, ValueError, IndexError),
)
"""What `zipfile` raises for archives that are broken, packed in an unusual way, or locked by a password."""


def brief(error: Exception) -> str:
    """Return what an error of a library says, in one short line."""
    return (str(error).strip() or type(error).__name__).partition("\n")[0][:100]


def names_in(data: bytes) -> frozenset[str]:
    """Return the names of the parts of an archive; none for anything else."""
    if not data.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except BROKEN:
        return frozenset()


def is_archive(data: bytes) -> bool:
    """Tell whether this is a ZIP archive of files, rather than a document that is packed so."""
    names = names_in(data)
    return bool(names) and not any(map(_OFFICE.fullmatch, names))


def path_of(part: zipfile.ZipInfo) -> PurePosixPath:
    """Return the path of a part in its archive, its letters composed: some systems write them with separate accents.

    `zipfile` takes names for code page 437 where they are not marked as UTF-8; some systems forget the mark.
    """
    name = part.filename
    if not part.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    name = name.replace("\\", "/").encode("utf-8", "replace").decode()
    return PurePosixPath(unicodedata.normalize("NFC", name))


def check(parts: Sequence[zipfile.ZipInfo], where: str, room: int) -> int:
    """Return how many bytes the parts unpack to. Raises InputError for a bomb, and where there is no room for them."""
    if len(parts) > MOST:
        raise InputError(f"{where} holds {len(parts)} files, more than {MOST}.", "Split it into smaller archives.")
    size = sum(part.file_size for part in parts)
    if size > room:
        raise InputError(
            f"{where} would unpack to {size >> 20} MB, more than there may be ({LARGEST >> 20} MB in all).",
            "Unpack it, and import the folder.",
        )
    for part in parts:
        if part.file_size > max(_SMALL, _DENSEST * part.compress_size):
            times = part.file_size // max(part.compress_size, 1)
            raise InputError(
                f"{where} unpacks to {times} times its size, as an archive does that is made to do harm.",
                "If you know where it comes from, unpack it, and import the folder.",
            )
    return size
