"""Port `Judge` that costs nothing until something is weighed: its version is known without NumPy and without weights.

A briefing asks for no more, where everything was weighed before.
"""

import json
import zipfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from notesense.core.bearing import Likelihoods, Pair
from notesense.errors import EngineError

if TYPE_CHECKING:
    from notesense.adapters.local.judge import LocalJudge, Published

FILE = Path(__file__).with_name("judge.npz")


class JudgeOnDemand:
    """Weighs pairs by the shipped model, which is loaded with the first of them."""

    def __init__(self, published: "Published", file: Path = FILE) -> None:
        self._published = published
        self._file = file

    @cached_property
    def version(self) -> str:
        """The training's own mark. Raises EngineError where the file cannot be read."""
        try:
            with zipfile.ZipFile(self._file) as arrays:
                about = arrays.read("about.npy")
            # numpy.lib.format: eight bytes, the length of a header in two, the header, the numbers (here JSON's bytes).
            return str(json.loads(about[10 + int.from_bytes(about[8:10], "little") :])["version"])
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            why = f"Cannot read the model of later words {self._file}: {error}"
            raise EngineError(why, "Reinstall notesense.") from error

    def weigh(self, pairs: Sequence[Pair]) -> Sequence[Likelihoods]:
        """Return one verdict for each pair, in order. Raises EmbeddingError when there are no usable weights."""
        return self._judge.weigh(pairs)

    @cached_property
    def _judge(self) -> "LocalJudge":
        from notesense.adapters.local.judge import LocalJudge

        return LocalJudge(self._published, self._file)
