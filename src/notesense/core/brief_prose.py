"""A model sums a briefing up in at most six sentences: the request for it, and which sentences are taken.

Each sentence cites evidence that the briefing shows; one that cites none, or holds a quotation, number or name that is
not there, is dropped and counted.
"""

import re
from collections.abc import Mapping
from typing import Any

from notesense.core import invention, material
from notesense.core.agenda import Wording
from notesense.core.briefing import Briefing, BriefSentence, InBrief
from notesense.core.citing import first_proven
from notesense.core.evidence import Evidence
from notesense.core.forms import schema_of
from notesense.core.invention import Breach, Known, evidence_known
from notesense.core.note import Note
from notesense.core.replies import Form, Template, entries
from notesense.core.requests import Request
from notesense.core.rewording import numbered
from notesense.core.words import content_stems

MOST_SENTENCES = 6
LONGEST = 300

_HEDGE = re.compile(
    r"\b(?:rumou?r\w*|may|might|could|reportedly|said to|hear\w*|unconfirmed|possibl[ey]|perhaps|word is|talk of)\b",
    re.IGNORECASE,
)


class ProseSentenceForm(Form):
    """One sentence with the ids of the evidence that it rests on."""

    text: str
    evidence: list[str]


class ProseForm(Form):
    """The paragraph, sentence by sentence."""

    sentences: list[ProseSentenceForm]


def prose_evidence(briefing: Briefing) -> dict[str, Evidence]:
    """Return the evidence that the paragraph may cite, by its id in the request, what matters most first."""
    stated = (
        *briefing.since_last_meeting, *briefing.promises, *briefing.pains, *briefing.people, *briefing.price,
        *briefing.expectations, *briefing.stalled, *briefing.competitors, *briefing.opportunities, *briefing.praise,
    )  # fmt: skip
    of_agenda = [one for item in briefing.agenda.items for one in item.evidence]
    reasons = [one for reason in briefing.standing.reasons for one in reason.evidence]
    return numbered([*reasons, *of_agenda, *(line.source for line in stated)])


def facts_of(briefing: Briefing) -> list[str]:
    """Return our own sentences about the account: how it stands, the contact clock, what the notes do not tell."""
    contact = briefing.contact
    facts = [f"standing: {briefing.standing.type.replace('_', ' ')}"]
    facts += [one.text for one in briefing.standing.reasons]
    facts += [one.text for one in briefing.standing.missing]
    if contact.last_contact is not None:
        facts.append(f"last contact: {contact.last_contact}, {contact.days_since_last_contact} days ago")
    if contact.last_live_contact is not None:
        days = contact.days_since_last_live_contact
        facts.append(f"last live talk: {contact.last_live_contact}, {days} days ago")
    facts += [f"{name}: {day}" for name, day in (("meeting", briefing.meeting), ("renewal", briefing.renewal)) if day]
    return [*facts, *(pattern.text for pattern in contact.patterns), *(gap.text for gap in briefing.gaps)]


def prose_request(briefing: Briefing, template: Template) -> Request:
    """Return the request that asks for the paragraph, everything from the notes fenced as data."""
    evidence = prose_evidence(briefing)
    lines = ["facts", *map(material.told, facts_of(briefing)), "evidence", *material.lines_of(evidence)]
    lines += ["only rumoured", *(material.told(mark) for mark in sorted(_rumoured(briefing, evidence)))]
    values = {
        "as_of": briefing.as_of.isoformat(),
        "briefing": material.fenced(briefing.account, lines),
    }
    return Request(
        task=template.task,
        messages=template.filled(values),
        form=schema_of(ProseForm),
        form_name="in_brief",
        account=briefing.account,
        quotes=material.notes_of(evidence.values(), *(reason.evidence for reason in briefing.standing.reasons)),
    )


def _rumoured(briefing: Briefing, evidence: Mapping[str, Evidence]) -> frozenset[str]:
    """Return the ids of the evidence that tells a rumour."""
    sources = [one.source for one in briefing.people if one.certainty == "rumored"]
    return frozenset(mark for mark, one in evidence.items() if any(one.overlaps(other) for other in sources))


def proven_prose(
    briefing: Briefing, data: Mapping[str, Any], notes: Mapping[str, Note], ordinary: frozenset[str], model: str
) -> InBrief | None:
    """Return the sentences that hold; None where the answer has not the form asked for."""
    read = entries(data, "sentences", ProseSentenceForm)
    if read is None:
        return None
    evidence = prose_evidence(briefing)
    rumoured = _rumoured(briefing, evidence)
    named = evidence_known(evidence.values()).words
    known = Known.of(briefing.account, *facts_of(briefing)) | Known(words=named, ordinary=ordinary | named)
    kept: list[BriefSentence] = []
    breaches = [Breach.FORM] * read[1]
    for form in read[0]:
        cited = {mark: evidence[mark] for mark in form.evidence if mark in evidence}
        if len(kept) == MOST_SENTENCES:
            judged: BriefSentence | Breach = Breach.TOO_MANY
        elif not cited or len(cited) < len(set(form.evidence)):
            judged = Breach.UNCITED
        else:
            judged = _sentence(invention.tidy(form.text), cited, known, notes)
        if isinstance(judged, BriefSentence) and cited.keys() & rumoured and not _HEDGE.search(judged.text):
            judged = Breach.RUMOUR
        if isinstance(judged, Breach):
            breaches.append(judged)
        else:
            kept.append(judged)
    wording = Wording(model=model, sentences=len(kept), dropped=invention.tally(breaches))
    return InBrief(sentences=tuple(kept), written_by=model, wording=wording)


def _sentence(
    text: str, cited: Mapping[str, Evidence], known: Known, notes: Mapping[str, Note]
) -> BriefSentence | Breach:
    if not text:
        return Breach.EMPTY
    if len(text) > LONGEST:
        return Breach.TOO_LONG
    if invention.is_hidden(text):
        return Breach.HIDDEN
    if not invention.is_one_sentence(text):
        return Breach.MANY_SENTENCES
    evidence = tuple(cited.values())
    recut = invention.recut(text, lambda words: getattr(first_proven(notes, evidence, words), "quote", None))
    if recut is None:
        return Breach.UNPROVEN
    breach = (known | evidence_known(evidence)).breach(invention.unquoted(recut))
    if breach is not None:
        return breach
    quotes = " ".join(one.quote for one in evidence)
    return (
        BriefSentence(text=recut, evidence=evidence) if content_stems(recut) & content_stems(quotes) else Breach.ASTRAY
    )
