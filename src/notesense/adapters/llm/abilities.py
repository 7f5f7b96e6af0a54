"""Abilities of servers in memory, for where nothing is kept."""

from notesense.core.records import Ability


class ForNow:
    """Port `Abilities`: forgets everything with the program."""

    def __init__(self) -> None:
        self._steps: dict[tuple[str, str], str] = {}

    def ability(self, server: str, model: str) -> str | None:
        """Return what was noted of this model on this server."""
        return self._steps.get((server, model))

    def note_ability(self, ability: Ability) -> None:
        """Put it in the place of what was noted before."""
        self._steps[ability.server, ability.model] = ability.step
