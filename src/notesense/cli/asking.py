"""Asks on a terminal whose a note is, where its source and its people do not tell."""

import sys
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notesense.workflows.whose import Answer, Ask, Question

MOST_TRIES = 3
_WIDTH = 76


def whose() -> "Ask | None":
    """Return what asks on the terminal, or None where nobody sits at one."""
    return _ask if _sits_there() else None


def _sits_there() -> bool:
    """Tell whether a person sits at the terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(question: "Question") -> "Answer":
    """Show what is known, and take a number, a name, nothing (skip), or q for all the rest."""
    _tell_about(question)
    for _ in range(MOST_TRIES):
        given = _line("  Number, name of the account (also a new one), Enter to skip, q to skip all: ")
        if given is None or given.casefold() == "q":
            return False
        if not given:
            return None
        if not given.isdecimal():
            return given
        if 1 <= int(given) <= len(question.candidates):
            return question.candidates[int(given) - 1].account
        _tell(f"There is no {given} on the list.", "  ")
    return None


def _tell_about(question: "Question") -> None:
    """Show which note it is, how it begins, and what speaks for whom."""
    from notesense.workflows.whose import SHOWN

    _tell()
    _tell(f"Whose note is {question.where}" + (f" ({question.title})?" if question.title else "?"))
    if words := " ".join(question.words.split()):
        for line in textwrap.wrap(f"“{words}…”" if len(question.words) >= SHOWN else f"“{words}”", _WIDTH):
            _tell(line, "  ")
    for number, one in enumerate(question.candidates, 1):
        _tell(f"{number} {one.account}: {one.why}", "  ")
    if question.strange:
        _tell(f"Nobody is known by {', '.join(question.strange)}.", "  ")


def _tell(line: str = "", indent: str = "") -> None:
    from notesense.render.safe import inline

    print(f"{indent}{inline(line)}", file=sys.stderr)


def _line(prompt: str) -> str | None:
    """Return what the user types, without blanks around it; None at the end of input."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    typed = sys.stdin.readline()
    return typed.strip() if typed else None
