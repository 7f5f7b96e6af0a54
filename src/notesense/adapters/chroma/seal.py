"""The seal on an index folder: size, time and checksum of Chroma's vector files, as we left them.

Chroma reads these files unchecked, and crashes the process or answers nonsense when they are cut or overwritten. So a
folder is opened only when its seal holds. Checksums are computed again only for files whose size or time changed.
"""

import json
import zlib
from pathlib import Path

SEAL = "seal.json"
_BLOCK = 1 << 20


def put(folder: Path) -> None:
    """Seal the vector files as they are now, and keep all files of the folder to their owner."""
    old = _read(folder)
    new = {name: _mark(path, old.get(name)) for name, path in _vector_files(folder).items()}
    if new != old:
        part = folder / f"{SEAL}.part"
        part.write_text(json.dumps(new), encoding="utf-8")
        part.replace(folder / SEAL)
        for path in folder.rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)


def holds(folder: Path) -> bool:
    """Tell whether the vector files are those that were sealed."""
    old = _read(folder)
    files = _vector_files(folder)
    return files.keys() == old.keys() and all(_mark(path, old[name])[2] == old[name][2] for name, path in files.items())


def _vector_files(folder: Path) -> dict[str, Path]:
    return {str(path.relative_to(folder)): path for path in sorted(folder.glob("*/*")) if path.is_file()}


def _read(folder: Path) -> dict[str, list[int]]:
    try:
        old = json.loads((folder / SEAL).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return old if isinstance(old, dict) else {}


def _mark(path: Path, old: list[int] | None) -> list[int]:
    facts = path.stat()
    if old and old[:2] == [facts.st_size, facts.st_mtime_ns]:
        return old
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum = zlib.crc32(block, checksum)
    return [facts.st_size, facts.st_mtime_ns, checksum]
