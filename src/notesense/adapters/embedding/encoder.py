"""Runs all-MiniLM-L6-v2 on ONNX Runtime: weights to a session, tokens to hidden states, texts to unit vectors.

The graph ships without weights (`minilm.onnx`, written by `tools/build_minilm_graph.py`); `session_inputs` turns the
published tensors into what it takes, so other weights of the same shape need only other tensors. `TokenEncoder` gives
the state of every token of a long text, by weights that were tuned for it; `Encoder` gives one vector for each text.
Texts go through in order of length, a few at a time, padded to the longest of their batch. A batch is computed by one
thread, and several at once: the same texts give the same vectors, to the bit, with any number of threads.
"""

import json
import mmap
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
from numpy.typing import NDArray
from tokenizers import Tokenizer

from notesense.adapters.embedding.weights import INSTALL, Weights
from notesense.errors import EmbeddingError

Floats = NDArray[np.float32]
Tensors = Mapping[str, Floats]

GRAPH = Path(__file__).with_name("minilm.onnx")
WORDS = "embeddings.word_embeddings.weight"
LAYERS = 6
LONGEST = 256
"""Tokens that the model reads of a text; the rest is not seen."""

CHARACTERS = 65_536
"""Characters that are tokenised of a text: far more than 256 tokens need, and a pasted megabyte costs no second."""

BATCH_TOKENS = 128
"""Tokens of a batch, padding included. Measured: more of them are no faster, and leave less to share among threads."""

_WINDOWS_AT_ONCE = 32
"""Windows of a long text whose states are held in memory together."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def read_tensors(file: Path) -> Tensors:
    """Return the float tensors of a safetensors file, mapped into memory and not copied.

    The library's reader copies all 90 MB, which takes longer than anything else at a start; the format is a JSON table
    of offsets, its length before it.
    """
    with file.open("rb") as stream:
        content = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    start = 8 + int.from_bytes(content[:8], "little")
    tensors = {}
    for name, entry in json.loads(content[8:start]).items():
        if entry.get("dtype") == "F32":
            begin, end = entry["data_offsets"]
            flat = np.frombuffer(content, np.dtype("<f4"), (end - begin) // 4, start + begin)
            tensors[name] = flat.reshape(entry["shape"])
    return tensors


def session_inputs(tensors: Tensors) -> dict[str, Floats]:
    """Return the published tensors under the names and in the layout of the graph."""
    place = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    inputs = {WORDS: tensors[WORDS], "embeddings.place.weight": place}
    inputs |= {name: tensors[name] for name in ("embeddings.LayerNorm.weight", "embeddings.LayerNorm.bias")}
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        kinds = [f"{layer}attention.self.{kind}." for kind in ("query", "key", "value")]
        inputs[f"{layer}attention.qkv.weight.T"] = _turned(*(tensors[f"{kind}weight"] for kind in kinds))
        inputs[f"{layer}attention.qkv.bias"] = np.concatenate([tensors[f"{kind}bias"] for kind in kinds])
        for part in ("attention.output", "intermediate", "output"):
            dense = f"{layer}{part}.dense."
            inputs[f"{dense}weight.T"] = _turned(tensors[f"{dense}weight"])
            inputs[f"{dense}bias"] = tensors[f"{dense}bias"]
        for part in ("attention.output", "output"):
            for name in (f"{layer}{part}.LayerNorm.weight", f"{layer}{part}.LayerNorm.bias"):
                inputs[name] = tensors[name]
    return inputs


def _turned(*matrices: Floats) -> Floats:
    """Return published (out, in) matrices as one (in, out) matrix, row by row as ONNX Runtime wants memory to be."""
    return np.ascontiguousarray(np.concatenate(matrices).T)


class Model:
    """A loaded graph. `changes` are added to the published tensors of the same names before it starts."""

    def __init__(self, weights: Weights, changes: Tensors | None = None) -> None:
        try:
            self._start(weights.model, changes or {})
        except EmbeddingError:
            raise
        except Exception as error:  # the library raises its own kinds, some of them plain Exception
            raise unloadable(weights.model, error) from error

    def _start(self, model: Path, changes: Tensors) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1  # two for one batch wait for each other wherever the machine is busy
        options.log_severity_level = 3
        self._fixed: dict[str, Floats] = {}
        self._held: list[ort.OrtValue] = []  # the session reads the weights where they lie
        graph: str | bytes = str(model)
        if model.suffix == ".safetensors":
            graph = GRAPH.read_bytes()
            tensors = dict(read_tensors(model))
            tensors |= {name: tensors[name] + change for name, change in changes.items()}
            inputs = session_inputs(tensors)
            self._fixed = {WORDS: inputs.pop(WORDS)}
            self._held = [ort.OrtValue.ortvalue_from_numpy(value) for value in inputs.values()]
            options.add_external_initializers(list(inputs), self._held)
            # Nothing is left to fuse, and looking for it would take time.
            options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
        elif changes:
            raise EmbeddingError(f"The local engine needs the published weights; {model} cannot be tuned.", INSTALL)
        self._session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._takes_types = any(given.name == "token_type_ids" for given in self._session.get_inputs())

    def hidden(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Floats:
        """Return the last hidden states, (texts, tokens, 384); `mask` is 1 for tokens, then 0 for padding."""
        feed = {"input_ids": ids, "attention_mask": mask, **self._fixed}
        if self._takes_types:
            feed["token_type_ids"] = np.zeros_like(ids)
        states: Floats = self._session.run(None, feed)[0]
        return states


class Tokens(NamedTuple):
    """A text's tokens, without any that begin or end it: ids, and where each lies in the text (code points)."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class TokenEncoder:
    """States of tokens in their context, by tuned weights. `first` and `last` begin and end every window."""

    first, last = 101, 102

    def __init__(self, model: Model, tokenizer: Tokenizer, threads: int) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._threads = threads

    def tokens(self, text: str) -> Tokens:
        """Cut a text of any length into tokens. Lone surrogates are read as unknown characters."""
        encoded = self._tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
        places = np.array(encoded.offsets, np.int64).reshape(-1, 2)
        return Tokens(np.array(encoded.ids, np.int64), places[:, 0], places[:, 1])

    def states(self, windows: Iterable[NDArray[np.int64]]) -> Iterator[Floats]:
        """Yield the states of each window of at most 256 tokens, (tokens, 384), in order.

        Each window is computed by itself, so that its states do not depend on its company.
        """
        with ThreadPoolExecutor(self._threads) as pool:
            given = iter(windows)
            while some := list(islice(given, _WINDOWS_AT_ONCE)):
                yield from pool.map(self._window, some)

    def _window(self, ids: NDArray[np.int64]) -> Floats:
        row = ids[np.newaxis]
        states: Floats = self._model.hidden(row, np.ones_like(row))[0]
        return states


class Encoder:
    """Texts to unit vectors by a loaded model."""

    def __init__(self, model: Model, tokenizer: Tokenizer, threads: int) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._threads = threads

    def embed(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Floats:
        """Return one unit vector for each text, in order; `progress` hears (done, total) after each batch."""
        tokens = [_cut(self._tokenizer.encode(_readable(text)).ids) for text in texts]
        batches = list(_batches([len(ids) for ids in tokens]))
        vectors = np.empty((len(texts), 384), np.float32)
        done = 0
        with ThreadPoolExecutor(self._threads) as pool:
            rows = pool.map(lambda batch: self._pooled([tokens[index] for index in batch]), batches)
            for batch, unit in zip(batches, rows, strict=True):
                vectors[batch] = unit
                done += len(batch)
                if progress is not None:
                    progress(done, len(texts))
        return vectors

    def _pooled(self, tokens: Sequence[Sequence[int]]) -> Floats:
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros_like(ids)
        for row, text in enumerate(tokens):
            ids[row, : len(text)] = text
            mask[row, : len(text)] = 1
        # A sum in the place of the mean: they differ by a factor, which unit length takes away.
        sums = np.matmul(mask[:, np.newaxis].astype(np.float32), self._model.hidden(ids, mask))[:, 0]
        unit: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit


def load_tokenizer(weights: Weights) -> Tokenizer:
    """Return the published tokenizer, without padding and without a longest text."""
    try:
        tokenizer = Tokenizer.from_file(str(weights.tokenizer))
    except Exception as error:  # the library raises plain Exception
        raise unloadable(weights.tokenizer, error) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def unloadable(file: Path, error: Exception) -> EmbeddingError:
    """Return the error that says that a file of the model cannot be read."""
    return EmbeddingError(f"Cannot load the embedding model {file}: {error}", INSTALL)


def _cut(ids: list[int]) -> list[int]:
    """Return at most the 256 tokens that the model reads, the last one as it was."""
    return ids if len(ids) <= LONGEST else [*ids[: LONGEST - 1], ids[-1]]


def _readable(text: str) -> str:
    """Return the text as the tokenizer can take it: not endless, pairs of surrogates joined, lone ones replaced."""
    return text[:CHARACTERS].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yield the texts' indices, longest first, as many at once as fit the budget when padded to the longest."""
    batch: list[int] = []
    for index in sorted(range(len(sizes)), key=sizes.__getitem__, reverse=True):
        if batch and (len(batch) + 1) * sizes[batch[0]] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
