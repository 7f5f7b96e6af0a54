"""Runs all-MiniLM-L6-v2 on ONNX Runtime: weights to a session, texts to hidden states, hidden states to unit vectors.

The graph ships without weights (`minilm.onnx`, written by `tools/build_minilm_graph.py`); `session_inputs` turns the
published tensors into what it takes, so other weights of the same shape need only other tensors. Texts go through in
order of length, a few at a time, padded to the longest of their batch. A batch is computed by one thread, and several
at once: the same texts give the same vectors, to the bit, with any number of threads.
"""

import json
import mmap
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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


class Encoder:
    """A loaded model."""

    def __init__(self, weights: Weights, threads: int) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(weights.tokenizer))
            self._start(weights.model)
        except Exception as error:  # both libraries raise their own kinds, some of them plain Exception
            raise EmbeddingError(f"Cannot load the embedding model {weights.model}: {error}", INSTALL) from error
        self._threads = threads
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def _start(self, model: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1  # two for one batch wait for each other wherever the machine is busy
        options.log_severity_level = 3
        self._fixed: dict[str, Floats] = {}
        self._held: list[ort.OrtValue] = []  # the session reads the weights where they lie
        graph: str | bytes = str(model)
        if model.suffix == ".safetensors":
            graph = GRAPH.read_bytes()
            inputs = session_inputs(read_tensors(model))
            self._fixed = {WORDS: inputs.pop(WORDS)}
            self._held = [ort.OrtValue.ortvalue_from_numpy(value) for value in inputs.values()]
            options.add_external_initializers(list(inputs), self._held)
            # Nothing is left to fuse, and looking for it would take time.
            options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
        self._session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._takes_types = any(given.name == "token_type_ids" for given in self._session.get_inputs())

    def hidden(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Floats:
        """Return the last hidden states, (texts, tokens, 384); `mask` is 1 for tokens, then 0 for padding."""
        feed = {"input_ids": ids, "attention_mask": mask, **self._fixed}
        if self._takes_types:
            feed["token_type_ids"] = np.zeros_like(ids)
        states: Floats = self._session.run(None, feed)[0]
        return states

    def embed(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Floats:
        """Return one unit vector for each text, in order; `progress` hears (done, total) after each batch."""
        tokens = [self._tokenizer.encode(_readable(text)).ids for text in texts]
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
        sums = np.matmul(mask[:, np.newaxis].astype(np.float32), self.hidden(ids, mask))[:, 0]
        unit: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit


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
