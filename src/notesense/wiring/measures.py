"""The verbs that measure: engines on labelled notes, briefings on written account histories."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from notesense.core.ports import Progress
from notesense.wiring.accounts import Accounts

if TYPE_CHECKING:
    from notesense.core.account_scores import AccountsScored
    from notesense.core.evaluated import Compared, DatasetChecked, Evaluated
    from notesense.core.expenses import Planned


class Measures(Accounts):
    """What is measured, with the adapters of one data folder; nothing of it is kept there."""

    def check(self, *paths: Path, against: Sequence[Path] = ()) -> "DatasetChecked":
        """Return what labelled notes hold and what is wrong with them; they must not leak into the sets `against`."""
        from notesense.wiring.evaluating import check

        return check(self, paths, against)

    def evaluate(
        self,
        *paths: Path,
        baselines: bool = True,
        limits: Sequence[tuple[Literal["min", "max"], str, float]] = (),
        partial: Path | None = None,
        resume: bool = False,
        tune: Sequence[Path] = (),
        progress: Progress | None = None,
    ) -> "Evaluated":
        """Score the engine on labelled notes. Raises DatasetFaulty where anything is wrong with them.

        The engine may also be a baseline: `keywords` or `similarity`. `limits` are (min or max, name of a figure,
        value). `partial` is a file that keeps what is done, so that `resume` goes on after an interruption. `tune` are
        labelled notes that choose the threshold of `similarity`.
        """
        from notesense.wiring.evaluating import Wishes, evaluate

        wishes = Wishes(self.engine_name, baselines, tuple(limits), partial, resume, tuple(tune))
        return evaluate(self, paths, wishes, progress)

    def evaluate_accounts(
        self,
        *folders: Path,
        limits: Sequence[tuple[Literal["min", "max"], str, float]] = (),
        misses: bool = False,
        progress: Progress | None = None,
    ) -> "AccountsScored":
        """Score briefings of written account histories. Raises DatasetFaulty where anything is wrong with them.

        The engine may also be `labels`: the labels of the notes are the signals. With `misses` every difference
        between briefing and facts is told.
        """
        from notesense.wiring.account_evaluating import evaluate_accounts

        return evaluate_accounts(self, folders, limits, misses, progress)

    def evaluated(self, path: Path) -> "Evaluated":
        """Return a saved run. Raises InputError where the file is none."""
        from notesense.evaluation.saved import load_run

        return load_run(path)

    def compare(self, a: Path, b: Path) -> "Compared":
        """Hold the saved run B against A. Raises InputError where they are over different data."""
        from notesense.evaluation.comparing import compare

        return compare(self.evaluated(a), self.evaluated(b))

    def rehearse_evaluation(self, *paths: Path) -> "Planned":
        """Return what a model would be asked about labelled notes. Raises DatasetFaulty where they have a fault."""
        from notesense.wiring import rehearsing

        return rehearsing.of_evaluation(self, paths)

    def rehearse_accounts(self, *folders: Path) -> "Planned":
        """Return what a model would be asked about account histories. Raises DatasetFaulty where they have a fault."""
        from notesense.wiring import rehearsing

        return rehearsing.of_accounts(self, folders)
