"""The default embedder gives the published vectors, takes any text, and refuses other weights than the published.

The golden vectors come from sentence-transformers through `tools/golden_vectors.py`.
"""

import json
import os
import random
import runpy
import shutil
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from notesense.adapters.embedding import weights as weights_module
from notesense.adapters.embedding.encoder import (
    GRAPH,
    WORDS,
    Encoder,
    Model,
    load_tokenizer,
    read_tensors,
    session_inputs,
)
from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.embedding.weights import INSTALL, STAMP, Weights, find_weights
from notesense.errors import EmbeddingError

GOLDEN = json.loads(Path(__file__).with_name("golden_minilm.json").read_text("utf-8"))
TEXTS = [entry["text"] for entry in GOLDEN]
VECTORS = np.array([entry["vector"] for entry in GOLDEN])
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Weights:
    return find_weights(cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def minilm(weights: Weights) -> MiniLM:
    return MiniLM(folder=weights.model.parent, threads=2)


@pytest.fixture
def copy(weights: Weights, tmp_path: Path) -> Iterator[Path]:
    """A folder with copies of the published files, to be spoilt."""
    folder = tmp_path / "weights"
    folder.mkdir()
    for file in weights:
        shutil.copyfile(file, folder / file.name)
    yield folder
    shutil.rmtree(folder)  # 90 MB, and pytest would keep it for three runs


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without the package; gives the folder where Chroma's downloader would leave its copy."""
    monkeypatch.setattr(weights_module, "PACKAGE", "no_such_package_of_weights")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path / ".cache/chroma/onnx_models/all-MiniLM-L6-v2"


def spoil(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size // 2)
        byte = stream.read(1)
        stream.seek(-1, os.SEEK_CUR)
        stream.write(bytes([byte[0] ^ 1]))


def test_vectors_are_the_published_ones(minilm: MiniLM) -> None:
    vectors = minilm.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), minilm.dimension)
    assert vectors.dtype == np.float32
    assert (vectors * VECTORS).sum(axis=1).min() >= 0.9999
    assert np.abs(vectors - VECTORS).max() < 1e-4


def test_order_does_not_matter(minilm: MiniLM) -> None:
    order = list(range(len(TEXTS)))
    random.Random(3).shuffle(order)
    assert np.array_equal(minilm.embed([TEXTS[index] for index in order]), minilm.embed(TEXTS)[order])


def test_one_by_one_equals_together(minilm: MiniLM) -> None:
    alone = np.concatenate([minilm.embed([text]) for text in TEXTS])
    assert np.abs(alone - minilm.embed(TEXTS)).max() < 1e-5


def test_threads_do_not_matter(minilm: MiniLM, weights: Weights) -> None:
    assert np.array_equal(MiniLM(folder=weights.model.parent, threads=1).embed(TEXTS), minilm.embed(TEXTS))


def test_no_texts_need_no_weights(tmp_path: Path) -> None:
    assert MiniLM(folder=tmp_path).embed([]).shape == (0, 384)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ud800",
        "a\udfffb",
        "\x00\x01\x1b",
        "\u202e\ufeff\u200b",
        " " * 1_000_000,
        "x" * 1_000_000,
        "so é " * 200_000,
    ],
    ids=["empty", "high surrogate", "low surrogate", "controls", "marks", "1 MB blank", "1 MB word", "1 MB words"],
)
def test_any_text_has_a_vector(minilm: MiniLM, text: str) -> None:
    vector = minilm.embed([text])[0]
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_surrogates_in_pairs_are_the_character_they_mean(minilm: MiniLM) -> None:
    emoji, pair = minilm.embed(["great \U0001f680 call", "great \ud83d\ude80 call"])
    assert np.array_equal(emoji, pair)


def test_progress_counts_to_the_end(minilm: MiniLM) -> None:
    heard: list[tuple[int, int]] = []
    minilm.embed(TEXTS, progress=lambda done, total: heard.append((done, total)))
    assert len(heard) > 1
    assert heard == sorted(heard)
    assert heard[-1] == (len(TEXTS), len(TEXTS))


def test_hidden_states_come_by_token(weights: Weights) -> None:
    ids = np.array([[101, 7592, 102], [101, 102, 0]])
    states = Model(weights).hidden(ids, np.sign(ids))
    assert states.shape == (2, 3, 384)


def test_tokens_know_their_places_in_any_text(minilm: MiniLM) -> None:
    text = "Kő\udc80 \U0001f680 deliveries\n" + "late " * 1000
    tokens = minilm.tuned({}).tokens(text)
    assert len(tokens.ids) == len(tokens.starts) == len(tokens.ends) > 1000
    assert text[tokens.starts[-1] : tokens.ends[-1]] == "late"
    assert "deliveries" in {text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)}


def test_states_of_a_window_do_not_depend_on_its_company(minilm: MiniLM, weights: Weights) -> None:
    tuned = minilm.tuned({})
    short, long = np.array([101, 7592, 102]), np.arange(2000, 2256)
    (alone,) = tuned.states([short])
    together = list(tuned.states([long, short, long]))
    assert np.array_equal(alone, together[1])
    assert np.array_equal(alone, Model(weights).hidden(short[np.newaxis], np.ones((1, 3), np.int64))[0])


def test_a_change_is_added_to_the_published_weights(minilm: MiniLM) -> None:
    ids = np.array([101, 7592, 102])
    change = {"encoder.layer.5.output.LayerNorm.bias": np.full(384, 2, np.float32)}
    (before,), (after,) = minilm.tuned({}).states([ids]), minilm.tuned(change).states([ids])
    assert np.allclose(after - before, 2, atol=1e-4)


def test_a_warm_start_gives_the_same_vectors_and_hides_no_error(weights: Weights, tmp_path: Path) -> None:
    early = MiniLM(folder=weights.model.parent, threads=2)
    early.warm()
    assert np.array_equal(early.embed(TEXTS[:2]), MiniLM(folder=weights.model.parent, threads=2).embed(TEXTS[:2]))
    nowhere = MiniLM(folder=tmp_path)
    nowhere.warm()
    with pytest.raises(EmbeddingError):
        nowhere.embed(["text"])


def test_nothing_heavy_is_loaded_before_the_first_text() -> None:
    code = (
        "import sys; from notesense.adapters.embedding.minilm import MiniLM; MiniLM().fingerprint;"
        "print([name for name in ('numpy', 'onnxruntime', 'tokenizers', 'torch') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_shipped_graph_is_what_the_script_builds() -> None:
    pytest.importorskip("onnx")
    build = runpy.run_path(str(ROOT / "tools/build_minilm_graph.py"))["graph_bytes"]
    assert GRAPH.read_bytes() == build(), "run python tools/build_minilm_graph.py"


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_one_changed_byte_is_refused(copy: Path, name: str) -> None:
    spoil(copy / name)
    with pytest.raises(EmbeddingError, match="is not the published file") as raised:
        MiniLM(folder=copy).embed(["text"])
    assert str(copy / name) in raised.value.message
    assert INSTALL in raised.value.fix


def test_missing_package_names_the_command(nothing_installed: Path) -> None:
    with pytest.raises(EmbeddingError, match="not installed") as raised:
        MiniLM().embed(["text"])
    assert raised.value.fix == INSTALL


def test_a_named_folder_must_hold_both_files(copy: Path) -> None:
    (copy / "tokenizer.json").unlink()
    with pytest.raises(EmbeddingError, match=r"tokenizer\.json") as raised:
        MiniLM(folder=copy).embed(["text"])
    assert "NOTESENSE_WEIGHTS" in raised.value.fix


def test_verified_once_and_again_after_a_change(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "new" / "cache"
    find_weights(copy, cache)
    with monkeypatch.context() as patch:
        patch.setattr(weights_module, "_compare", lambda *_: pytest.fail("hashed again"))
        find_weights(copy, cache)
    spoil(copy / "model.safetensors")
    with pytest.raises(EmbeddingError):
        find_weights(copy, cache)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_stamp_is_for_its_owner_only(weights: Weights, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    find_weights(weights.model.parent, cache)
    assert stat.S_IMODE((cache / STAMP).stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert [file.name for file in cache.iterdir()] == [STAMP]


@pytest.mark.parametrize("content", ["", "[]", "{not JSON", "\x00"])
def test_a_broken_stamp_proves_nothing(copy: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / STAMP).write_text(content)
    spoil(copy / "tokenizer.json")
    with pytest.raises(EmbeddingError):
        find_weights(copy, tmp_path)


def test_a_cache_that_cannot_be_written_is_no_error(weights: Weights, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands in the way")
    assert find_weights(weights.model.parent, tmp_path / "cache").model == weights.model


def test_a_model_that_does_not_load_is_told(weights: Weights, tmp_path: Path) -> None:
    broken = tmp_path / "model.safetensors"
    broken.write_bytes(b"\x02\0\0\0\0\0\0\0{}")
    with pytest.raises(EmbeddingError, match="Cannot load the embedding model"):
        Model(Weights(broken, weights.tokenizer))


def test_a_tokenizer_that_does_not_load_is_told(weights: Weights, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(EmbeddingError, match="Cannot load the embedding model"):
        load_tokenizer(Weights(weights.model, tmp_path / "tokenizer.json"))


@pytest.fixture
def chroma_copy(nothing_installed: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Lays out what Chroma's downloader leaves, archive and unpacked files, and pins that archive's hash."""

    def lay_out(*names: str) -> Path:
        unpacked = nothing_installed / "onnx"
        unpacked.mkdir(parents=True)
        for name in ("model.onnx", "tokenizer.json"):
            (unpacked / name).write_text(f"the content of {name}")
        archive = nothing_installed / "onnx.tar.gz"
        with tarfile.open(archive, "w:gz") as packed:
            for name in names:
                packed.add(unpacked / name, f"./onnx/{name}")
        monkeypatch.setattr(weights_module, "CHROMA_ARCHIVE_SHA256", sha256(archive.read_bytes()).hexdigest())
        return nothing_installed

    return lay_out


def test_chroma_copy_is_used_when_it_is_what_the_archive_holds(
    chroma_copy: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = chroma_copy("model.onnx", "tokenizer.json")
    wanted = Weights(home / "onnx/model.onnx", home / "onnx/tokenizer.json")
    assert find_weights(cache=tmp_path / "cache") == wanted
    monkeypatch.setattr(weights_module, "_compare", lambda *_: pytest.fail("hashed again"))
    assert find_weights(cache=tmp_path / "cache") == wanted


@pytest.mark.parametrize("name", ["onnx.tar.gz", "onnx/model.onnx", "onnx/tokenizer.json"])
def test_chroma_copy_with_a_changed_byte_is_refused(chroma_copy: Callable[..., Path], name: str) -> None:
    home = chroma_copy("model.onnx", "tokenizer.json")
    spoil(home / name)
    with pytest.raises(EmbeddingError, match="is not the published file") as raised:
        find_weights()
    assert INSTALL in raised.value.fix


def test_chroma_copy_without_its_archive_is_refused(chroma_copy: Callable[..., Path]) -> None:
    (chroma_copy("model.onnx", "tokenizer.json") / "onnx.tar.gz").unlink()
    with pytest.raises(EmbeddingError, match="Cannot verify"):
        find_weights()


def test_chroma_archive_must_hold_both_files(chroma_copy: Callable[..., Path]) -> None:
    chroma_copy("model.onnx")
    with pytest.raises(EmbeddingError, match=r"holds no tokenizer\.json"):
        find_weights()


def test_chroma_archive_hash_is_the_one_chroma_publishes() -> None:
    chroma = find_spec("chromadb")
    assert chroma is not None
    assert chroma.origin is not None
    source = Path(chroma.origin).parent / "utils/embedding_functions/onnx_mini_lm_l6_v2.py"
    assert weights_module.CHROMA_ARCHIVE_SHA256 in source.read_text("utf-8")


def test_a_model_with_its_weights_inside_gives_the_same_vectors(
    minilm: MiniLM, weights: Weights, tmp_path: Path
) -> None:
    """Chroma's file is such a one: the words are no input of it, and it asks for token types."""
    onnx = pytest.importorskip("onnx")
    model = onnx.load(GRAPH, load_external_data=False)
    inputs = session_inputs(read_tensors(weights.model))
    del model.graph.initializer[:]
    model.graph.initializer.extend(onnx.numpy_helper.from_array(value, name) for name, value in inputs.items())
    words = next(given for given in model.graph.input if given.name == WORDS)
    model.graph.input.remove(words)
    types = onnx.helper.make_tensor_value_info("token_type_ids", onnx.TensorProto.INT64, ["texts", "tokens"])
    model.graph.input.append(types)
    onnx.save(model, tmp_path / "model.onnx")
    whole = Weights(tmp_path / "model.onnx", weights.tokenizer)
    vectors = Encoder(Model(whole), load_tokenizer(whole), threads=2).embed(TEXTS)
    with pytest.raises(EmbeddingError, match="cannot be tuned"):
        Model(whole, {"any": np.zeros(1, np.float32)})
    (tmp_path / "model.onnx").unlink()  # as large as the weights
    assert np.abs(vectors - minilm.embed(TEXTS)).max() < 1e-5
