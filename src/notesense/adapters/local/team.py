"""A team's own heads: refitted to its labelled notes, kept beside its data, used in the place of the shipped ones.

They belong to one shipped model; another one does not know what their numbers mean and goes on without them.
"""

import hashlib
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from notesense.adapters.local.features import Floats
from notesense.adapters.local.files import write_arrays
from notesense.adapters.local.heads import Heads
from notesense.errors import EngineError


class Team(NamedTuple):
    """Weights and bias of the kinds' heads, and what they were fitted to; `about["base"]` is their model."""

    weights: Floats
    bias: Floats
    about: dict[str, Any]

    @property
    def mark(self) -> str:
        """Changes with the weights."""
        return hashlib.sha256(self.weights.tobytes() + self.bias.tobytes()).hexdigest()[:8]


def save(team: Team, path: Path) -> None:
    """Write the heads, readable by their owner only: all of the file or nothing."""
    about = np.frombuffer(json.dumps(team.about, sort_keys=True).encode(), dtype=np.uint8)
    write_arrays(path, {"weights": team.weights, "bias": team.bias, "about": about})


def remove(path: Path) -> bool:
    """Take the file away; tell whether there was one."""
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def load(path: Path) -> Team | None:
    """Return the heads of a file, or None where there is none. Raises EngineError where it cannot be read."""
    if not path.exists():
        return None
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            return Team(file["weights"], file["bias"], json.loads(file["about"].tobytes()))
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise EngineError(
            f"Cannot read your team's heads {path}: {error}", "Remove the file, or train again: `notesense train`."
        ) from error


def applied(heads: Heads, team: Team) -> Heads:
    """Return the heads with the team's weights in the place of the shipped ones."""
    return heads._replace(weights=team.weights, bias=team.bias)
