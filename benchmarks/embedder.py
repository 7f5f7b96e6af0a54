"""Texts a second: our embedder against Chroma's `ONNXMiniLM_L6_V2`, alternating in one run, on the same weights.

Chroma's function wants the model file that its downloader fetches; here it gets one of plain operators, made from the
same published weights, in a temporary folder laid out as the downloader would leave it. Needs the development tools.
"""

import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper, save

from benchmarks.outcome import Outcome
from notesense.adapters.embedding.encoder import read_tensors
from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.embedding.weights import find_weights

ROUNDS = 3
WHO = ["Dana", "their new CFO", "Marcus from purchasing", "ops", "the plant manager", "IT", "she", "Priya (legal)"]
SAYS = [
    "wants the export fixed before the audit",
    "asked again about volume pricing, says the other quote came in 8% under ours",
    "is happy with support since June",
    "hasn't logged in since the rollout",
    "will send the signed order by Friday",
    "moves to the Leeds office in March and hands over to somebody we have not met",
    "said no",
    "thinks the dashboards are fine but nobody outside her team opens them, which makes the seats hard to defend",
    "promised usage numbers for the steering meeting on 14 May",
    "needs two more licences",
]
TAIL = [
    "",
    "",
    "",
    " - follow up mon",
    ", same as last quarter",
    "; I offered a call with our product lead next week and a written plan for the two open tickets",
    " (ticket #4471 still open)",
    '. "If this happens once more before the renewal we will have to look at what else is out there", word for word',
]
SHORT = [
    "renewal 30 sept",
    "lunch w/ Dana",
    "budget: frozen",
    "no news on PO 8813",
    "thx!",
    "call dropped, redial tmrw",
]


def sample(number: int = 200) -> list[str]:
    """Return that many different note lines, from two words to two sentences."""
    dice = random.Random(7)
    lines = dict.fromkeys(SHORT)
    while len(lines) < number:
        lines[f"{dice.choice(WHO)} {dice.choice(SAYS)}{dice.choice(TAIL)}"] = None
    return list(lines)


class Plain:
    """A model of plain operators, as an export writes them, that grows node by node."""

    def __init__(self, tensors: Mapping[str, np.ndarray]) -> None:
        self.tensors = tensors
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []

    def weight(self, value: np.ndarray) -> str:
        """Add a constant and return its name."""
        name = f"weight{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def number(self, value: float) -> str:
        """Add a constant float and return its name."""
        return self.weight(np.array(value, np.float32))

    def whole(self, *values: int) -> str:
        """Add a constant vector of integers and return its name."""
        return self.weight(np.array(values, np.int64))

    def node(self, kind: str, *inputs: str, out: str = "", **attributes: object) -> str:
        """Add an operator and return the name of what it gives."""
        out = out or f"node{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def norm(self, x: str, prefix: str, out: str = "") -> str:
        """Add a layer normalisation."""
        centred = self.node("Sub", x, self.node("ReduceMean", x, axes=[-1]))
        spread = self.node("ReduceMean", self.node("Pow", centred, self.number(2)), axes=[-1])
        spread = self.node("Sqrt", self.node("Add", spread, self.number(1e-12)))
        scaled = self.node("Mul", self.node("Div", centred, spread), self.weight(self.tensors[f"{prefix}.weight"]))
        return self.node("Add", scaled, self.weight(self.tensors[f"{prefix}.bias"]), out=out)

    def dense(self, x: str, prefix: str) -> str:
        """Add a linear layer."""
        product = self.node("MatMul", x, self.weight(self.tensors[f"{prefix}.weight"].T))
        return self.node("Add", self.weight(self.tensors[f"{prefix}.bias"]), product)

    def heads(self, x: str, order: Sequence[int]) -> str:
        """Split the last axis into heads."""
        return self.node("Transpose", self.node("Reshape", x, self.whole(0, 0, 12, 32)), perm=order)

    def layer(self, x: str, mask: str, prefix: str, out: str) -> str:
        """Add one transformer layer."""
        query, key, value = (self.dense(x, f"{prefix}attention.self.{kind}") for kind in ("query", "key", "value"))
        scores = self.node("MatMul", self.heads(query, [0, 2, 1, 3]), self.heads(key, [0, 2, 3, 1]))
        scores = self.node("Add", self.node("Div", scores, self.number(32**0.5)), mask)
        mixed = self.node("MatMul", self.node("Softmax", scores, axis=-1), self.heads(value, [0, 2, 1, 3]))
        joined = self.node("Reshape", self.node("Transpose", mixed, perm=[0, 2, 1, 3]), self.whole(0, 0, 384))
        joined = self.dense(joined, f"{prefix}attention.output.dense")
        middle = self.norm(self.node("Add", joined, x), f"{prefix}attention.output.LayerNorm")
        wide = self.dense(middle, f"{prefix}intermediate.dense")
        gate = self.node("Add", self.node("Erf", self.node("Div", wide, self.number(2**0.5))), self.number(1))
        active = self.node("Mul", self.node("Mul", wide, gate), self.number(0.5))
        narrow = self.dense(active, f"{prefix}output.dense")
        return self.norm(self.node("Add", narrow, middle), f"{prefix}output.LayerNorm", out)

    def embeddings(self, prefix: str = "embeddings.") -> str:
        """Add the sum of word, type and place, normalised."""
        words = self.node("Gather", self.weight(self.tensors[f"{prefix}word_embeddings.weight"]), "input_ids")
        types = self.node(
            "Gather", self.weight(self.tensors[f"{prefix}token_type_embeddings.weight"]), "token_type_ids"
        )
        length = self.node("Slice", self.node("Shape", "input_ids"), self.whole(1), self.whole(2))
        table = self.weight(self.tensors[f"{prefix}position_embeddings.weight"])
        places = self.node("Slice", table, self.whole(0), length, self.whole(0))
        return self.norm(self.node("Add", self.node("Add", words, types), places), f"{prefix}LayerNorm")

    def build(self) -> ModelProto:
        """Return the model with the inputs and the output that Chroma's function expects."""
        x = self.embeddings()
        mask = self.node("Cast", self.node("Unsqueeze", "attention_mask", self.whole(1, 2)), to=TensorProto.FLOAT)
        mask = self.node("Mul", self.node("Sub", self.number(1), mask), self.number(-10000))
        for number in range(6):
            x = self.layer(x, mask, f"encoder.layer.{number}.", "last_hidden_state" if number == 5 else "")
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
            for name in ("input_ids", "attention_mask", "token_type_ids")
        ]
        output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "tokens", 384])
        graph = helper.make_graph(self.nodes, "plain", inputs, [output], self.weights)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)


def chroma_function(folder: Path) -> ONNXMiniLM_L6_V2:
    """Return Chroma's function on a folder laid out as its downloader leaves one."""
    weights = find_weights()
    unpacked = folder / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME
    unpacked.mkdir()
    save(Plain(read_tensors(weights.model)).build(), unpacked / "model.onnx")
    for name in ("config.json", "special_tokens_map.json", "tokenizer_config.json", "tokenizer.json", "vocab.txt"):
        shutil.copyfile(weights.model.with_name(name), unpacked / name)
    function = ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
    function.DOWNLOAD_PATH = folder
    return function


def rate(embed: Callable[[list[str]], object], texts: list[str]) -> float:
    """Return texts a second."""
    start = time.perf_counter()
    embed(texts)
    return len(texts) / (time.perf_counter() - start)


def measure() -> list[Outcome]:
    """Return how many times faster we are, and the smallest cosine between the two."""
    texts, ours = sample(), MiniLM()
    with tempfile.TemporaryDirectory() as folder:
        theirs = chroma_function(Path(folder))
        cosine = float(np.sum(ours.embed(texts) * np.stack(theirs(texts)), axis=1).min())  # warms both up, too
        rates = [(rate(ours.embed, texts), rate(theirs, texts)) for _ in range(ROUNDS)]
    our_rate, their_rate = (statistics.median(column) for column in zip(*rates, strict=True))
    return [
        Outcome(
            "texts/s, ours : Chroma's function",
            f"{our_rate:.0f} /s",
            f"{their_rate:.1f} /s",
            statistics.median(a / b for a, b in rates),
            at_least=10.0,
        ),
        Outcome("smallest cosine between the two", "", "", cosine, at_least=0.9999),
    ]
