"""Write the graph file of the embedding adapter: the shape of all-MiniLM-L6-v2 without its weights.

The graph uses ONNX Runtime's fused operators and names its weights as external data; the adapter hands them over when a
session starts (`notesense.adapters.embedding.encoder.session_inputs`). The word table is an input of the graph and not
one of its weights, because ONNX Runtime copies weights, and those 47 MB are better read where they lie.

Run `python tools/build_minilm_graph.py` after a change here; a test compares the shipped file with this script.
"""

from pathlib import Path

from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper

GRAPH = Path(__file__).parents[1] / "src/notesense/adapters/embedding/minilm.onnx"

LAYERS, HEADS, WIDTH, INNER = 6, 12, 384, 1536
WORDS, POSITIONS = 30522, 512
EPSILON = 1e-12
FUSED = "com.microsoft"


def fused(kind: str, inputs: list[str], outputs: list[str], **attributes: float) -> NodeProto:
    """Return a node of one of ONNX Runtime's own operators."""
    return helper.make_node(kind, inputs, outputs, domain=FUSED, **attributes)


def layer_nodes(layer: str, before: str, after: str) -> list[NodeProto]:
    """Return the nodes of one transformer layer that turns `before` into `after`."""
    attention, output = f"{layer}attention.", f"{layer}output."
    middle = f"{layer}middle"
    return [
        fused(
            "Attention",
            [before, f"{attention}qkv.weight.T", f"{attention}qkv.bias", "lengths"],
            [f"{attention}heads"],
            num_heads=HEADS,
        ),
        helper.make_node("MatMul", [f"{attention}heads", f"{attention}output.dense.weight.T"], [f"{attention}mixed"]),
        fused(
            "SkipLayerNormalization",
            [
                f"{attention}mixed",
                before,
                f"{attention}output.LayerNorm.weight",
                f"{attention}output.LayerNorm.bias",
                f"{attention}output.dense.bias",
            ],
            [middle],
            epsilon=EPSILON,
        ),
        helper.make_node("MatMul", [middle, f"{layer}intermediate.dense.weight.T"], [f"{layer}wide"]),
        fused("BiasGelu", [f"{layer}wide", f"{layer}intermediate.dense.bias"], [f"{layer}active"]),
        helper.make_node("MatMul", [f"{layer}active", f"{output}dense.weight.T"], [f"{layer}narrow"]),
        fused(
            "SkipLayerNormalization",
            [f"{layer}narrow", middle, f"{output}LayerNorm.weight", f"{output}LayerNorm.bias", f"{output}dense.bias"],
            [after],
            epsilon=EPSILON,
        ),
    ]


def layer_weights(layer: str) -> dict[str, list[int]]:
    """Return the names and shapes of one layer's weights; `.T` marks a published matrix turned over."""
    attention, output = f"{layer}attention.", f"{layer}output."
    return {
        f"{attention}qkv.weight.T": [WIDTH, 3 * WIDTH],
        f"{attention}qkv.bias": [3 * WIDTH],
        f"{attention}output.dense.weight.T": [WIDTH, WIDTH],
        f"{attention}output.dense.bias": [WIDTH],
        f"{attention}output.LayerNorm.weight": [WIDTH],
        f"{attention}output.LayerNorm.bias": [WIDTH],
        f"{layer}intermediate.dense.weight.T": [WIDTH, INNER],
        f"{layer}intermediate.dense.bias": [INNER],
        f"{output}dense.weight.T": [INNER, WIDTH],
        f"{output}dense.bias": [WIDTH],
        f"{output}LayerNorm.weight": [WIDTH],
        f"{output}LayerNorm.bias": [WIDTH],
    }


def weightless(name: str, shape: list[int]) -> TensorProto:
    """Return a weight that says its name and shape and leaves its values to the session."""
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape, data_location=TensorProto.EXTERNAL)
    tensor.external_data.add(key="location", value="weights")
    return tensor


def declared_inputs() -> list[ValueInfoProto]:
    """Return the graph's inputs: token ids, mask (ones, then zeros for padding) and the word table."""
    return [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"]),
        helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["texts", "tokens"]),
        helper.make_tensor_value_info("embeddings.word_embeddings.weight", TensorProto.FLOAT, [WORDS, WIDTH]),
    ]


def build() -> ModelProto:
    """Return the whole graph: token ids and mask in, `last_hidden_state` out."""
    nodes = [
        helper.make_node("Cast", ["input_ids"], ["ids"], to=TensorProto.INT32),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.INT32),
        fused(
            "EmbedLayerNormalization",
            [
                "ids",
                "",
                "embeddings.word_embeddings.weight",
                "embeddings.place.weight",
                "",
                "embeddings.LayerNorm.weight",
                "embeddings.LayerNorm.bias",
                "mask",
            ],
            ["hidden.0", "lengths"],
            epsilon=EPSILON,
        ),
    ]
    weights = {
        "embeddings.place.weight": [POSITIONS, WIDTH],
        "embeddings.LayerNorm.weight": [WIDTH],
        "embeddings.LayerNorm.bias": [WIDTH],
    }
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        after = "last_hidden_state" if number == LAYERS - 1 else f"hidden.{number + 1}"
        nodes += layer_nodes(layer, f"hidden.{number}", after)
        weights |= layer_weights(layer)
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "tokens", WIDTH])
    graph = helper.make_graph(
        nodes, "all-MiniLM-L6-v2", declared_inputs(), [output], [weightless(*weight) for weight in weights.items()]
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def graph_bytes() -> bytes:
    """Return the graph file's bytes, the same on every run."""
    return build().SerializeToString(deterministic=True)


if __name__ == "__main__":
    GRAPH.write_bytes(graph_bytes())
    print(f"{GRAPH.name}: {GRAPH.stat().st_size} bytes")
