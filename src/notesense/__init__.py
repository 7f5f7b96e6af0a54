"""NoteSense keeps customer notes, finds in them what decides whether a customer stays, and prepares the next meeting.

    from notesense import NoteSense

    with NoteSense() as notes:
        notes.add("Marta: the pumps still leak. Ben sends seals by Friday.", account="Harlow", date="2026-03-04")
        agenda = notes.agenda("harlow", minutes=30)

The verbs are those of the command line, which is one user of this class.
"""

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from notesense.wiring.verbs import NoteSense

# ONNX Runtime 1.29 and later reports its sessions to its maker, on Linux too, unless this is set before it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = "0.1.0"
__all__ = ["NoteSense", "__version__"]


def __getattr__(name: str) -> Any:
    """Import the verbs only when they are asked for: `notesense --help` must be immediate."""
    if name == "NoteSense":
        from notesense.wiring.verbs import NoteSense

        return NoteSense
    raise AttributeError(f"module 'notesense' has no attribute {name!r}")
