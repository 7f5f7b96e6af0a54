"""What a user wants of one run's work with a language model. Imports nothing, so that the command line can name it."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class ModelWishes:
    """Wishes of one run; what is None is as the environment says (NOTESENSE_MODEL and its like).

    `dry_run` sends and stores nothing. `max_cost` (US$) and `max_tokens` (in and out) bound what the run may take.
    `fresh` asks again what was answered before. `verify` has the model take a second look at what it found. `redact`
    says what is replaced before anything is sent.
    """

    model: str | None = None
    dry_run: bool = False
    max_cost: float | None = None
    max_tokens: int | None = None
    fresh: bool = False
    verify: bool = False
    redact: str | None = None
    concurrency: int | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """The options that were given, as they are written on the command line."""
        names = [each.name for each in fields(self) if getattr(self, each.name) not in (None, False)]
        return tuple(f"--{name.replace('_', '-')}" for name in names)


USUAL = ModelWishes()
"""Nothing wished."""
