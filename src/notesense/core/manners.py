"""What may be said aloud: one open question, nothing of the avoid-list, nothing that is only a rumour.

The rules are those of the playbook: a question is open, is one question, names nobody who complained and no figure of
a price complaint. English, as the shipped playbook; what they do not understand keeps the playbook's words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from notesense.core.agenda import Agenda
from notesense.core.briefing import Briefing
from notesense.core.evidence import Evidence
from notesense.core.figures import figures
from notesense.core.invention import PLAIN, Known, capitals, quoted_runs, unquoted
from notesense.core.playbook import Trigger, is_tactless

SILENT = frozenset({Trigger.LEADERSHIP_RUMORED.value})
"""Triggers whose items no model words, and whose evidence is never quoted aloud."""

_OPEN = re.compile(r"\b(?:what|how|which|who|whom|whose|where|when|why)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"(?:^|[,;:]\s*)(?:so |and |but )?(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|shall|should"
    r"|may|might|must|isn.t|aren.t|wasn.t|don.t|doesn.t|didn.t|haven.t|hasn.t|couldn.t|wouldn.t|shouldn.t|won.t|can.t)\b",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\b(?:and|or|but)\s+(?:what|how|which|who|whom|whose|where|when|why)\b", re.IGNORECASE)
_DISCOUNT = re.compile(r"\b(?:discount|rebate|price cut|cheaper|lower price)", re.IGNORECASE)


def is_open_question(text: str) -> bool:
    """Tell whether the text is one question that cannot be answered with yes or no."""
    bare = unquoted(text).strip()
    first = _OPEN.search(bare)
    if first is None or bare.count("?") != 1 or not bare.endswith("?"):
        return False
    return _CLOSED.search(bare, 0, first.start()) is None and _SECOND.search(bare, first.end()) is None


@dataclass(frozen=True)
class Hushed:
    """What is not said aloud in this meeting: names, figures, phrases, folded; `discount` after a price complaint."""

    names: frozenset[str]
    figures: frozenset[str]
    phrases: tuple[str, ...]
    discount: bool

    def breaks(self, text: str, own: Known) -> bool:
        """Tell whether the text says what must not be said; what the playbook itself says here is allowed."""
        folded = text.casefold()
        return bool(
            (capitals(text) & self.names) - own.words
            or (figures(text) & self.figures) - own.figures
            or is_tactless(text)
            or (self.discount and _DISCOUNT.search(text))
            or any(phrase in folded for phrase in self.phrases)
        )


def hushed(briefing: Briefing, ordinary: frozenset[str]) -> Hushed:
    """Return what must not be said: who complained, rivals' names, rumours, a complaint's figures, the avoid-list.

    `ordinary` are words that are no names, however they are written.
    """
    agenda = briefing.agenda
    rumours = [one.source for one in briefing.people if one.certainty == "rumored"]
    rumours += [one for line in agenda.avoid if line.trigger in SILENT for one in line.evidence]
    priced = [one.source for one in briefing.price]
    quotes = [run for line in agenda.avoid for run in quoted_runs(line.text) or ()]
    account = capitals(briefing.account)
    names = {name for one in (*rumours, *priced) for name in capitals(one.quote) - PLAIN - ordinary}
    names.update(name for one in _all(agenda) if one.side != "us" for name in capitals(one.speaker or ""))
    names.update(name for rival in briefing.competitors for name in capitals(rival.name or ""))
    return Hushed(
        names=frozenset(names - account),
        figures=frozenset(figure for one in (*rumours, *priced) for figure in figures(one.quote)),
        phrases=tuple(words.casefold() for _, _, words in quotes if words.strip()),
        discount=bool(priced),
    )


def _all(agenda: Agenda) -> Iterable[Evidence]:
    for line in (*agenda.items, *agenda.parked, *agenda.avoid):
        yield from line.evidence
