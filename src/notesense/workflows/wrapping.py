"""An engine around another one, under whose name it goes."""

from notesense.core.ports import Engine


class Around:
    """What an engine tells of itself that reads notes through the engine it wraps."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        """The wrapped engine's name."""
        return self._engine.name

    @property
    def version(self) -> str:
        """The wrapped engine's version."""
        return self._engine.version

    @property
    def batch(self) -> int:
        """How many notes the wrapped engine likes to be given at once."""
        return self._engine.batch
