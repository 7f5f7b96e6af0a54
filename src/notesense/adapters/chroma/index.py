"""Port `Index` on embedded Chroma: one collection in cosine space, holding where a passage stands, and never its words.

Each generation lives in a folder of its own, named after it, so a broken one is left behind whole. Accounts are kept as
digests. What Chroma throws, Rust panics included, comes out as IndexUnusable, and a broken index is begun anew.
"""

import hashlib
import re
import shutil
import uuid
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notesense.adapters.chroma import seal
from notesense.core.accounts import key
from notesense.core.index_ports import Hit, IndexEntry
from notesense.core.ports import Matrix, SignalFilter
from notesense.errors import IndexUnusable

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

COLLECTION = "passages"
SETTINGS: "CreateCollectionConfiguration" = {
    "hnsw": {"space": "cosine", "max_neighbors": 12, "ef_construction": 60, "sync_threshold": 1_000}
}
"""A lighter graph than Chroma's own, written by the thousand: `docs/decisions/0002-stores.md` has the measurement."""
_CHUNK = 2_000
_DELETED_AT_ONCE = 500
_PASSING_TROUBLE = re.compile(r"code: (5|6|8|13|14)\)|No space left|Permission denied|Read-only file system")
"""SQLite's codes for locked, read-only, full and not to be opened: the index is not at fault."""
_GENERATION = re.compile(r"[0-9a-f]{32}")
_NOT_OURS = (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)


class ChromaIndex:
    """The index in one folder. Its caller holds the lock, and closes it at the end."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder = folder
        self._fingerprint = fingerprint
        self._client: Any = None
        self._collection: Collection
        self._generation = ""
        with self._files():
            folder.mkdir(mode=0o700, exist_ok=True)
            folder.chmod(0o700)
            found = self._generations()
        if len(found) != 1 or not self._resume(found[0]):
            self.reset()

    @property
    def generation(self) -> str:
        """Identifies this filling of the index; a rebuilt index has another."""
        return self._generation

    def add(self, entries: Sequence[IndexEntry], vectors: Matrix) -> None:
        """Put passages in, or in the place of those with the same note and ordinal."""
        import numpy as np

        rows = list({(entry.note_id, entry.ordinal): at for at, entry in enumerate(entries)}.values())
        if not rows:
            return
        matrix = np.asarray(vectors, dtype=np.float32)
        with self._chroma(), self._files():
            for first in range(0, len(rows), _CHUNK):
                part = rows[first : first + _CHUNK]
                self._collection.upsert(
                    ids=[f"{entries[at].note_id}:{entries[at].ordinal}" for at in part],
                    embeddings=matrix[part],
                    metadatas=[_metadata(entries[at]) for at in part],
                )
                seal.put(self._home)

    def remove(self, note_ids: Sequence[str]) -> None:
        """Take out all passages of these notes."""
        with self._chroma(), self._files():
            for first in range(0, len(note_ids), _DELETED_AT_ONCE):
                gone: dict[str, Any] = {"note": {"$in": list(note_ids[first : first + _DELETED_AT_ONCE])}}
                self._collection.delete(where=gone)
                seal.put(self._home)

    def query(self, vector: Matrix, limit: int, wanted: SignalFilter) -> tuple[Hit, ...]:
        """Return the passages nearest to `vector` (one row), best first, that fit account and days of `wanted`."""
        import numpy as np

        held = self.count()
        if not held or limit < 1:
            return ()
        with self._chroma():
            answer = self._collection.query(
                query_embeddings=np.asarray(vector, dtype=np.float32).reshape(1, -1),
                n_results=min(limit, held),
                where=_where(wanted),
                include=["metadatas", "distances"],
            )
        facts, distances = (answer["metadatas"] or [[]])[0], (answer["distances"] or [[]])[0]
        return tuple(_hit(fact, distance) for fact, distance in zip(facts, distances, strict=True))

    def vectors(self, account: str) -> tuple[tuple[tuple[str, int], ...], Matrix]:
        """Return where an account's passages stand, (note id, ordinal), and their vectors, a row for each."""
        import numpy as np

        with self._chroma():
            held = self._collection.get(where={"account": _account(account)}, include=["metadatas", "embeddings"])
        places = tuple((str(fact["note"]), int(str(fact["ordinal"]))) for fact in held["metadatas"] or ())
        rows = np.asarray(held["embeddings"], np.float32) if places else np.zeros((0, 0), np.float32)
        return places, rows

    def count(self) -> int:
        """Return how many passages the index holds."""
        with self._chroma():
            return self._collection.count()

    def reset(self) -> None:
        """Throw all away and begin an empty generation."""
        self.close()
        generation = uuid.uuid4().hex
        with self._files():
            for path in self._generations():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            (self._folder / generation).mkdir(mode=0o700)
        with self._files(), _complaints(self._unusable):
            self._generation = generation
            metadata = {"generation": generation, "fingerprint": self._fingerprint}
            self._collection = self._connect(self._home).create_collection(
                COLLECTION, metadata=metadata, configuration=SETTINGS, embedding_function=None
            )
            seal.put(self._home)

    def close(self) -> None:
        """Release Chroma and its files; closing twice is fine."""
        client, self._client = self._client, None
        if client is not None:
            with self._files(), _complaints(self._unusable):
                client.close()
                if self._home.is_dir():
                    seal.put(self._home)

    def _generations(self) -> list[Path]:
        """Return what is ours in the folder; whatever else lies there is left alone."""
        return [path for path in self._folder.iterdir() if _GENERATION.fullmatch(path.name)]

    @property
    def _home(self) -> Path:
        return self._folder / self._generation

    def _resume(self, home: Path) -> bool:
        """Go on with an earlier generation, if it is whole and of the same embedder."""
        with self._files():
            if not seal.holds(home):
                return False
        self._generation = home.name
        try:
            with _complaints(_Broken):
                self._collection = self._connect(home).get_collection(COLLECTION, embedding_function=None)
                self._collection.count()
                metadata = self._collection.metadata or {}
        except _Broken as error:
            if _PASSING_TROUBLE.search(str(error)):
                self.close()
                raise self._unusable(str(error)) from error
            return False
        return (metadata.get("generation"), metadata.get("fingerprint")) == (home.name, self._fingerprint)

    def _connect(self, home: Path) -> Any:
        import chromadb
        from chromadb.config import Settings

        self._client = chromadb.PersistentClient(str(home), settings=Settings(anonymized_telemetry=False))
        return self._client

    @contextmanager
    def _chroma(self) -> Iterator[None]:
        """Turn a failure of Chroma into IndexUnusable, and let a broken index begin anew."""
        try:
            with _complaints(_Broken):
                yield
        except _Broken as error:
            if _PASSING_TROUBLE.search(str(error)):
                raise self._unusable(str(error)) from error
            self.reset()
            raise IndexUnusable(
                f"The search index {self._folder} was damaged ({error}), and was begun anew.",
                "Run `notesense reindex` to fill it again.",
            ) from error

    @contextmanager
    def _files(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from error

    def _unusable(self, why: str) -> IndexUnusable:
        return IndexUnusable(
            f"The search index {self._folder} cannot be used: {why}.",
            "Look whether the disk is full or the folder is not yours to write, then run `notesense reindex`.",
        )


class _Broken(Exception):
    """What Chroma said when it failed."""


@contextmanager
def _complaints(becomes: Any) -> Iterator[None]:
    """Turn whatever Chroma throws into another error; a Rust panic is no `Exception`, so all is caught but a stop."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (IndexUnusable, OSError, *_NOT_OURS):
        raise
    except BaseException as error:
        raise becomes(f"{type(error).__name__}: {error}") from error


def _account(name: str) -> str:
    return hashlib.sha256(key(name).encode("utf-8")).hexdigest()[:16]


def _metadata(entry: IndexEntry) -> dict[str, str | int]:
    return {
        "note": entry.note_id,
        "account": _account(entry.account),
        "day": entry.date.toordinal(),
        "channel": entry.channel,
        "ordinal": entry.ordinal,
    }


def _where(wanted: SignalFilter) -> dict[str, Any] | None:
    """Return Chroma's filter, or None for all."""
    conditions: list[dict[str, Any]] = []
    if wanted.account is not None:
        conditions.append({"account": _account(wanted.account)})
    if wanted.since is not None:
        conditions.append({"day": {"$gte": wanted.since.toordinal()}})
    if wanted.until is not None:
        conditions.append({"day": {"$lte": wanted.until.toordinal()}})
    return {"$and": conditions} if len(conditions) > 1 else next(iter(conditions), None)


def _hit(facts: Mapping[str, Any], distance: float) -> Hit:
    return Hit(
        note_id=str(facts["note"]), ordinal=int(facts["ordinal"]), similarity=max(-1.0, min(1.0, 1.0 - distance))
    )
