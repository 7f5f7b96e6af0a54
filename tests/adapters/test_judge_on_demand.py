"""The judge that is loaded when something is weighed: its version costs nothing and is the judge's own."""

import subprocess
import sys

import numpy as np
import pytest

from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.local import model
from notesense.adapters.local.judge import CLASSES, WIDTH, LocalJudge, Ruling, save
from notesense.adapters.local.judge_on_demand import FILE, JudgeOnDemand
from notesense.core.bearing import Pair
from notesense.errors import EngineError

PAIR = Pair(kind="commitment", owner="us", earlier="We send the drawing on Friday.", later="The drawing came today.")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "judge.npz"
    weights = np.random.default_rng(7).normal(0, 0.1, (5 * WIDTH, len(CLASSES))).astype(np.float32)
    about = {"version": "7-of-nine", "engine": model.load().version}
    save(Ruling({}, weights, np.zeros(len(CLASSES), np.float32), about), path)
    return path


def test_it_weighs_and_calls_itself_as_the_judge_does(file):
    published = MiniLM()
    judge, own = JudgeOnDemand(published, file), LocalJudge(published, file)
    assert judge.version == own.version == "7-of-nine"
    assert judge.weigh([PAIR]) == own.weigh([PAIR])
    assert judge.weigh([]) == ()


def test_the_version_needs_neither_numbers_nor_weights(file):
    ask = (
        "import sys; from pathlib import Path; from notesense.adapters.local.judge_on_demand import JudgeOnDemand;"
        f"print(JudgeOnDemand(None, Path({str(file)!r})).version);"
        "print([name for name in ('numpy', 'onnxruntime', 'tokenizers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout == "7-of-nine\n[]\n"


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut off"])
def test_a_file_that_cannot_be_read(tmp_path, content):
    path = tmp_path / "judge.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EngineError, match="Cannot read the model of later words") as error:
        _ = JudgeOnDemand(MiniLM(), path).version
    assert error.value.fix == "Reinstall notesense."


def test_a_file_without_a_version(tmp_path):
    path = tmp_path / "judge.npz"
    np.savez(path, weights=np.zeros(3))
    with pytest.raises(EngineError, match=r"about\.npy"):
        _ = JudgeOnDemand(MiniLM(), path).version
    np.savez(path, about=np.frombuffer(b"{}", np.uint8))
    with pytest.raises(EngineError, match="version"):
        _ = JudgeOnDemand(MiniLM(), path).version


def test_it_ships_beside_the_local_engine():
    assert FILE.name == "judge.npz"
    assert (FILE.parent / "judge.py").exists()
