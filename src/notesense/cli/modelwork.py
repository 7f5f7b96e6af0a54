"""Commands whose engine may ask a model: opened with the wishes, watched, and accounted for at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from notesense.wiring.wishes import ModelWishes

if TYPE_CHECKING:
    from notesense.cli.pace import Pace
    from notesense.wiring.verbs import NoteSense
    from notesense.workflows.layers.spending import Spending

KEPT = "The notes are kept. Go on with: notesense reindex --engine {engine}"
REPEAT = "Repeat the command to go on: what was answered is remembered and costs nothing."


@contextmanager
def opened(engine: str | None, wishes: ModelWishes, what: str, go_on: str = REPEAT) -> Iterator["NoteSense"]:
    """Open NoteSense with a progress line for `what`; at the end tell what a model was asked, and how to go on."""
    from notesense.cli.output import tell
    from notesense.wiring.verbs import NoteSense

    notes = NoteSense(engine=engine, wishes=wishes, progress=lambda done, total: line(done, total))
    line = progress(notes, what)
    notes.privacy.tell = notes.warn = tell
    with notes:
        try:
            yield notes
        finally:
            _account_for(notes, go_on)


def show_rehearsed(notes: "NoteSense", fmt: str) -> None:
    """Print what a dry run of a question or of wording would have asked."""
    from notesense.cli.output import show
    from notesense.wiring.drafting import rehearsed

    show(rehearsed(notes), fmt)


def progress(notes: "NoteSense", what: str) -> Callable[[int, int], None]:
    """Return a progress line that tells what a model's work has cost so far, too."""
    from notesense.cli import output

    return output.progress(what, lambda: _so_far(notes.modelling.spending))


def pace(notes: "NoteSense", what: str) -> "Pace":
    """Return the progress line of an import, with what a model's work has cost so far."""
    from notesense.cli.pace import Pace

    return Pace(what, lambda: _so_far(notes.modelling.spending))


def _so_far(spending: "Spending") -> str:
    from notesense.render import words

    used = spending.usage
    if not spending.sent:
        return ""
    return words.money(used.cost_usd) if used.cost_usd is not None else f"{_tokens(spending)} tokens"


def _tokens(spending: "Spending") -> str:
    return f"{spending.usage.input_tokens:,} + {spending.usage.output_tokens:,}"


def _account_for(notes: "NoteSense", go_on: str) -> None:
    from notesense.cli.output import tell
    from notesense.render import words

    work = notes.modelling
    spending, wishes = work.spending, work.wishes
    if (spending.sent or spending.cached) and not wishes.dry_run:
        tries = f" in {spending.tries:,} tries" if spending.tries > spending.sent else ""
        parts = [f"{words.count(spending.sent, 'request')} sent{tries}"]
        parts += [f"{spending.failed:,} failed"] * bool(spending.failed)
        parts += [f"{spending.cached:,} answered from the cache"] * bool(spending.cached)
        cost = f"; {_tokens(spending)} tokens, {words.money(spending.usage.cost_usd)}" if spending.sent else ""
        tell(f"{work.endpoint.name}: {', '.join(parts)}{cost}.")
    if stayed := len(notes.privacy.stayed):
        tell(f"{words.count(stayed, 'restricted note')} stayed on this machine, read by the local engine.")
    if spending.refused:
        limits = [f"--max-cost {wishes.max_cost:g}"] if wishes.max_cost is not None else []
        limits += [f"--max-tokens {wishes.max_tokens}"] if wishes.max_tokens is not None else []
        left = words.count(spending.refused, "request")
        tell(f"Stopped at {' or '.join(limits)}: {left} left. {go_on.format(engine=notes.engine_name)}")
