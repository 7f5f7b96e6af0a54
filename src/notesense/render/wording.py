"""The words that say which lines of an agenda or a briefing a model wrote, the same for every renderer."""

from notesense.core.agenda import PLAYBOOK, Agenda
from notesense.core.briefing import Briefing
from notesense.render import answering, words

MARK = "*"
"""Stands after what a model wrote."""


def mark(written_by: str) -> str:
    """Return the mark for a line, nothing for one of the playbook's."""
    return "" if written_by == PLAYBOOK else f" {MARK}"


def legend(agenda: Agenda) -> list[str]:
    """Return who worded the agenda: nothing where only the playbook was asked to."""
    wording = agenda.wording
    if wording is None:
        return []
    if wording.failure is not None:
        return [f"All words are the playbook's: {_failed(wording.model, wording.failure)}"]
    told = []
    if wording.worded or wording.proposed:
        told.append(
            f"{MARK} Worded by {wording.model}, the rest by the playbook; the plan and all quotes are NoteSense's."
        )
    else:
        told.append(f"All words are the playbook's: {wording.model or 'the model'} gave no others that could be used.")
    if wording.proposed:
        told.append(f"{words.count(wording.proposed, 'further question')} of the model's own, at the end.")
    return told + ([answering.dropped(wording.dropped)] if wording.dropped else [])


def in_brief(briefing: Briefing) -> list[str]:
    """Return who wrote "in brief", or why it is not there."""
    prose = briefing.in_brief
    if prose is None:
        return []
    wording = prose.wording
    if wording.failure is not None:
        return [f"There is no summary: {_failed(wording.model, wording.failure)}"]
    told = [f"Written by {prose.written_by} from the words it cites."] if prose.sentences else []
    if not prose.sentences:
        told.append(f"There is no summary: {prose.written_by} gave no sentence that could be used.")
    return told + ([answering.dropped(wording.dropped)] if wording.dropped else [])


def _failed(model: str, failure: str) -> str:
    return f"{failure}." if not model or failure.startswith(model) else f"{model}: {failure}."
