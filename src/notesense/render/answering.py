"""The words around the answer of `ask`, the same for terminal and Markdown: who wrote it, what was dropped."""

from notesense.core.answer import Answered, AnswerSentence
from notesense.core.evidence import Evidence
from notesense.render import words

_SIDES = {"us": "our side", "customer": "the customer's side"}


def span(result: Answered) -> str:
    """Return which days are looked at."""
    until = f"up to {words.day(result.as_of)}"
    return f"{words.day(result.since)} to {words.day(result.as_of)}" if result.since else until


_UNSURE = "Read the notes before you rely on it: words around a quote may change what it says."


def preface(result: Answered) -> list[str]:
    """Return what stands before the sentences or the passages."""
    if result.outcome == "not_in_notes":
        return ["That is not in the notes."]
    if result.outcome == "passages":
        return ["The passages that bear on it best:"]
    return []


def foot(result: Answered) -> list[str]:
    """Return what stands below: what is missing, what was dropped, who wrote the sentences."""
    told = []
    if result.missing:
        told.append(f"Not told: {result.missing}")
    elif result.outcome == "partly":
        unsure = not result.dropped and any(quote.review for one in result.sentences for quote in one.evidence)
        told.append(_UNSURE if unsure else "This is only a part of the answer.")
    if result.dropped:
        told.append(dropped(result.dropped))
    if result.failure:
        told.append(f"No answer from the model: {result.failure}.")
    elif result.written_by:
        told.append(f"The sentences are by {result.written_by}, the quotes are cut out of the notes.")
    elif result.outcome == "passages":
        told.append("No model is chosen, so these are the passages alone. Set NOTESENSE_MODEL to have them answer.")
    return told


def dropped(reasons: dict[str, int]) -> str:
    """Return how much of what a model wrote was dropped, and why."""
    number = sum(reasons.values())
    why = "; ".join(f"{reason} ({count})" if len(reasons) > 1 else reason for reason, count in reasons.items())
    return f"{words.count(number, 'line')} of the model's dropped: {why}."


def numbers(sentence: AnswerSentence) -> str:
    """Return the numbers of the passages that a sentence cites: "[1, 4]"."""
    return f"[{', '.join(dict.fromkeys(str(one.number) for one in sentence.evidence))}]"


def cited(one: Evidence) -> str:
    """Return where words stand and who said them: "4 Mar 2026, call, n-3:2, Ines (the customer's side)"."""
    where = words.cited(one)
    side = _SIDES.get(one.side, "")
    if one.speaker:
        return f"{where}, {one.speaker}" + (f" ({side})" if side else "")
    return f"{where}, {side}" if side else where
