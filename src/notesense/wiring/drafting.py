"""Questions and wording put together: the chosen model, the prompts, the workflows."""

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from notesense.adapters import prompts
from notesense.core.answer import Answered
from notesense.core.briefing import Briefing, Occasion
from notesense.core.expenses import Planned, planned
from notesense.core.ports import LanguageModel
from notesense.core.question import Asked
from notesense.core.requests import Reply, Request
from notesense.errors import InputError
from notesense.settings import WORDING_VARIABLE
from notesense.workflows import answering, drafting, preparing
from notesense.workflows.modelled import Script

if TYPE_CHECKING:
    from notesense.wiring.accounts import Accounts
    from notesense.wiring.meetings import Meetings
    from notesense.wiring.parts import Parts

ASK, DRAFT, BRIEF = ("ask", 1), ("draft", 1), ("brief", 1)
WORDINGS = ("playbook", "model")


class Chosen:
    """The language model that the user chose, made when it is first asked: what is wrong with it is its failure."""

    def __init__(self, notes: "Parts", name: str) -> None:
        self.name = name
        self._notes = notes

    def answer(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Yield one reply for each request, in order."""
        yield from self._notes.modelling.model.answer(requests)


def chosen_model(notes: "Parts") -> LanguageModel | None:
    """Return the language model that the user chose, or None where none is chosen."""
    name = notes.wishes.model or notes.settings.model
    return Chosen(notes, name) if name else None


def ask(
    notes: "Accounts", account: str, question: str, as_of: datetime.date | None, since: datetime.date | None
) -> Answered:
    """Answer a question about an account as of a day (today)."""
    asked = Asked(
        account=notes.account(account), question=question.strip(), as_of=as_of or datetime.date.today(), since=since
    )
    return answering.answer(asked, chosen_model(notes), _script(*ASK), notes.store, notes.embedder, notes.librarian)


def _script(name: str, version: int) -> Script:
    return Script(prompts.load(name, version), prompts.common_words())


def is_by_model(notes: "Parts", wording: str | None) -> bool:
    """Tell whether a model is to find the words. Raises InputError for a wording that there is not."""
    chosen = wording or notes.settings.wording
    if chosen not in WORDINGS:
        where = "--wording" if wording else WORDING_VARIABLE
        raise InputError(f"There is no wording {chosen!r}.", f"Set {where} to one of: {', '.join(WORDINGS)}.")
    return chosen == "model"


def briefed(
    notes: "Meetings", account: str, occasion: Occasion, wording: str | None, *, prose: bool = True
) -> Briefing:
    """Return the briefing; by a model's wording with its agenda worded, and with `prose` a paragraph "in brief"."""
    by_model = is_by_model(notes, wording)
    name, playbook = notes.account(account), notes.playbook()
    briefing = preparing.brief(
        name, occasion, notes.store, playbook, lambda: notes.bearings(name), notes.known_people(name)
    )
    if not by_model:
        return briefing
    model, texts = chosen_model(notes), notes.notes_by_id(briefing.account)
    worded = drafting.word_agenda(briefing, texts, model, _script(*DRAFT))
    return drafting.sum_up(worded, texts, model, _script(*BRIEF)) if prose else worded


def rehearsed(notes: "Parts") -> Planned:
    """Return what a dry run would have asked the model. Raises ModelError where none is chosen."""
    work = notes.modelling
    requests = work.unsent.requests
    return planned(
        requests,
        work.estimator,
        work.price,
        work.as_sent,
        model=work.endpoint.name,
        host=work.endpoint.host,
        notes=len({note_id for request in requests for note_id in request.quotes}),
        cached=work.spending.cached,
    )
