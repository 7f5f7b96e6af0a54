"""One measured ratio and the target it should reach."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """`ours` and `theirs` were measured in the same run; `ratio` is what the target is about."""

    what: str
    ours: str
    theirs: str
    ratio: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def reached(self) -> bool:
        """Tell whether the ratio keeps to its bounds."""
        above = self.at_least is None or self.ratio >= self.at_least
        return above and (self.at_most is None or self.ratio <= self.at_most)

    @property
    def target(self) -> str:
        """Return the target in words."""
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return "" if self.at_most is None else f"<= {self.at_most:g}"


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes as lines that fit 100 columns."""
    lines = [f"{'measured':<44}{'ours':>16}{'theirs':>16}{'ratio':>9}{'target':>10}"]
    for outcome in outcomes:
        mark = "" if outcome.reached else "  MISSED"
        lines.append(
            f"{outcome.what:<44}{outcome.ours:>16}{outcome.theirs:>16}{outcome.ratio:>9.4g}{outcome.target:>10}{mark}"
        )
    return "\n".join(lines)
