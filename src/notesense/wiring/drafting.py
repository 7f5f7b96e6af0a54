"""Questions and wording put together: the chosen model, the prompts, the workflows."""

import datetime
from typing import TYPE_CHECKING

from notesense.adapters import prompts
from notesense.core.answer import Answered
from notesense.core.briefing import Briefing
from notesense.core.ports import LanguageModel
from notesense.core.question import Asked
from notesense.errors import InputError
from notesense.settings import WORDING_VARIABLE
from notesense.workflows import answering, drafting
from notesense.workflows.modelled import Script

if TYPE_CHECKING:
    from notesense.wiring.verbs import NoteSense

ASK, DRAFT, BRIEF = ("ask", 1), ("draft", 1), ("brief", 1)
WORDINGS = ("playbook", "model")


def chosen_model(notes: "NoteSense") -> LanguageModel | None:
    """Return the language model that the user chose, or None where none is chosen."""
    return None


def ask(
    notes: "NoteSense", account: str, question: str, as_of: datetime.date | None, since: datetime.date | None
) -> Answered:
    """Answer a question about an account as of a day (today)."""
    asked = Asked(
        account=notes.account(account), question=question.strip(), as_of=as_of or datetime.date.today(), since=since
    )
    return answering.answer(asked, chosen_model(notes), _script(*ASK), notes.store, notes.embedder, notes.librarian)


def _script(name: str, version: int) -> Script:
    return Script(prompts.load(name, version), prompts.common_words())


def is_by_model(notes: "NoteSense", wording: str | None) -> bool:
    """Tell whether a model is to find the words. Raises InputError for a wording that there is not."""
    chosen = wording or notes.settings.wording
    if chosen not in WORDINGS:
        where = "--wording" if wording else WORDING_VARIABLE
        raise InputError(f"There is no wording {chosen!r}.", f"Set {where} to one of: {', '.join(WORDINGS)}.")
    return chosen == "model"


def draft(notes: "NoteSense", briefing: Briefing, *, prose: bool) -> Briefing:
    """Return the briefing with its agenda in the model's words, and with `prose` a paragraph "in brief"."""
    model, texts = chosen_model(notes), notes.notes_by_id(briefing.account)
    worded = drafting.word_agenda(briefing, texts, model, _script(*DRAFT))
    return drafting.sum_up(worded, texts, model, _script(*BRIEF)) if prose else worded
