"""Let a model word an agenda and sum a briefing up; the plan stays ours, and a failure leaves the playbook's words."""

from collections.abc import Mapping

from notesense.core.agenda import AgendaItem, Unknown, Wording
from notesense.core.brief_prose import prose_request, proven_prose
from notesense.core.briefing import Briefing, InBrief
from notesense.core.invention import ordinary_words
from notesense.core.note import Note
from notesense.core.ports import LanguageModel
from notesense.core.rewording import draft_request, reworded, sources_for, wordable
from notesense.workflows.modelled import Script, reply_to

NO_MODEL = "no model is chosen"


def word_agenda(briefing: Briefing, notes: Mapping[str, Note], model: LanguageModel | None, script: Script) -> Briefing:
    """Return the briefing with its agenda in a model's words, as far as these hold; `notes` by id."""
    agenda = briefing.agenda
    if model is None:
        return _with_wording(briefing, Wording(model="", failure=NO_MODEL))
    if not wordable(agenda):
        return _with_wording(briefing, Wording(model=model.name))
    told = reply_to(draft_request(briefing, script.template), model)
    if told.failure is not None:
        return _with_wording(briefing, Wording(model=told.name, failure=told.failure))
    about = sources_for(briefing, notes, script.ordinary | _of_playbook(briefing))
    worded = reworded(agenda, told.reply.data or {}, about, told.name)
    if worded is None:
        return _with_wording(briefing, Wording(model=told.name, failure=told.formless))
    return briefing.model_copy(update={"agenda": worded})


def sum_up(briefing: Briefing, notes: Mapping[str, Note], model: LanguageModel | None, script: Script) -> Briefing:
    """Return the briefing with a short paragraph "in brief"; without sentences where a model gave none that hold."""
    if model is None or not briefing.signals:
        return briefing
    told = reply_to(prose_request(briefing, script.template), model)
    failure, prose = told.failure, None
    if failure is None:
        prose = proven_prose(
            briefing, told.reply.data or {}, notes, script.ordinary | _of_playbook(briefing), told.name
        )
        failure = told.formless
    empty = InBrief(written_by=told.name, wording=Wording(model=told.name, failure=failure))
    return briefing.model_copy(update={"in_brief": prose or empty})


def _with_wording(briefing: Briefing, wording: Wording) -> Briefing:
    return briefing.model_copy(update={"agenda": briefing.agenda.model_copy(update={"wording": wording})})


def _of_playbook(briefing: Briefing) -> frozenset[str]:
    """Return words that are no names: those that the playbook writes without a capital."""
    agenda = briefing.agenda
    every: list[AgendaItem | Unknown] = [*agenda.items, *agenda.unknowns]
    return ordinary_words(text for one in every for text in (one.title, one.question, one.why))
