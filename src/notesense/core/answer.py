"""A model's answer to a question, sentence by sentence: only what is proven in the passages it cites is kept.

Every quotation that is shown was cut out of its note; the rest of a sentence is the model's, and says so.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from pydantic import Field

from notesense.core import invention
from notesense.core.citing import Citation, first_proven, prove
from notesense.core.evidence import Backed
from notesense.core.figures import figures
from notesense.core.invention import Breach, Known, evidence_known
from notesense.core.note import Note, Value
from notesense.core.question import Asked, SentenceForm, Source
from notesense.core.replies import entries
from notesense.core.signal import Usage
from notesense.core.words import all_words, content_stems, stem

MOST_SENTENCES = 8
MOST_CITATIONS = 6
LONGEST_SENTENCE = 400
LONGEST_MISSING = 300
_ACTS = frozenset(
    stem(word)
    for word in (
        "agree ask bring call come get give going leave mail meet phone promise provide send talk tell wait want week "
        "month quarter year today tomorrow tonight"
    ).split()
)
"""Words too common to tell notes apart, but telling enough in a quote: what people do for each other, and when."""

Outcome: TypeAlias = Literal["answered", "partly", "not_in_notes", "passages"]


class AnswerSentence(Backed):
    """One sentence of the answer, with the words that it rests on."""

    text: str
    evidence: tuple[Citation, ...] = Field(min_length=1)


class Answered(Asked):
    """The answer of `ask`. With the outcome `passages` no model answered, and `sources` are all there is, best first.

    `dropped` counts, by reason, the sentences that were not proven. `missing` is what the model says the notes do not
    tell. `written_by` is the model that wrote the sentences, None where none did; `failure` says why one that was
    chosen gave no usable answer; `warning` tells when only full text could be searched.
    """

    outcome: Outcome
    sentences: tuple[AnswerSentence, ...] = ()
    missing: str = ""
    dropped: dict[str, int] = Field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    written_by: str | None = None
    failure: str | None = None
    warning: str | None = None
    usage: Usage = Usage()
    cached: bool = False


class Proven(Value):
    """What is left of a model's answer."""

    outcome: Outcome
    sentences: tuple[AnswerSentence, ...] = ()
    missing: str = ""
    dropped: dict[str, int] = Field(default_factory=dict)


def proven_answer(
    data: Mapping[str, Any],
    asked: Asked,
    sources: Sequence[Source],
    notes: Mapping[str, Note],
    ordinary: frozenset[str] = frozenset(),
) -> Proven | None:
    """Return what is proven of an answer; None where it has not the form asked for."""
    read = entries(data, "sentences", SentenceForm)
    if read is None:
        return None
    given, faulty = read
    told = evidence_known(sources)
    of_question = Known.of(asked.question, asked.account, asked.as_of.isoformat())
    names = of_question | Known(words=told.words, ordinary=ordinary | told.words)
    kept: list[AnswerSentence] = []
    breaches = [Breach.FORM] * faulty
    for one in given:
        judged = Breach.TOO_MANY if len(kept) == MOST_SENTENCES else _sentence(one, names, sources, notes)
        if isinstance(judged, Breach):
            breaches.append(judged)
        else:
            kept.append(judged)
    missing = _missing(data.get("missing"), names | told)
    verdict = data.get("verdict")
    return Proven(
        outcome=_outcome(verdict, kept, breaches),
        sentences=tuple(kept),
        missing="" if verdict == "answered" else missing,
        dropped=invention.tally(breaches),
    )


def _outcome(verdict: object, kept: Sequence[AnswerSentence], breaches: Sequence[Breach]) -> Outcome:
    """Return what the answer amounts to; nothing proven of what was claimed leaves the passages alone.

    A quote that a person has to look at answers in part at most.
    """
    if not kept:
        return "passages" if breaches else "not_in_notes"
    unsure = bool(breaches) or any(one.review for sentence in kept for one in sentence.evidence)
    return "answered" if verdict == "answered" and not unsure else "partly"


def _matter(text: str) -> frozenset[str]:
    """Return what the text is about: stems of telling words, numbers and days."""
    return content_stems(text) | figures(text) | (_ACTS & {stem(word) for word in all_words(text)})


def _sentence(
    given: SentenceForm, names: Known, sources: Sequence[Source], notes: Mapping[str, Note]
) -> AnswerSentence | Breach:
    text = invention.tidy(given.text)
    if not text or not given.citations:
        return Breach.UNCITED if text else Breach.EMPTY
    if len(text) > LONGEST_SENTENCE:
        return Breach.TOO_LONG
    if len(given.citations) > MOST_CITATIONS:
        return Breach.TOO_MANY
    if invention.is_hidden(text):
        return Breach.HIDDEN
    if not invention.is_one_sentence(text):
        return Breach.MANY_SENTENCES
    cited = _cited(given, sources, notes)
    if isinstance(cited, Breach):
        return cited
    whole = [sources[number - 1] for number in dict.fromkeys(one.number for one in cited)]
    recut = invention.recut(text, lambda words: getattr(first_proven(notes, whole, words), "quote", None))
    if recut is None:
        return Breach.UNPROVEN
    if breach := (names | evidence_known(whole)).breach(invention.unquoted(recut)):
        return breach
    told = frozenset[str]().union(*(_matter(one.quote) | content_stems(one.speaker or "") for one in cited))
    return AnswerSentence(text=recut, evidence=cited) if _matter(recut) & told else Breach.ASTRAY


def _cited(given: SentenceForm, sources: Sequence[Source], notes: Mapping[str, Note]) -> tuple[Citation, ...] | Breach:
    cited: dict[Citation, None] = {}
    for one in given.citations:
        if not 1 <= one.passage <= len(sources):
            return Breach.UNCITED
        source = sources[one.passage - 1]
        citation = prove(notes[source.note_id], source, one.quote, source.number)
        if citation is None:
            return Breach.UNPROVEN
        if not _matter(citation.quote):
            return Breach.UNTELLING
        cited[citation] = None
    return tuple(cited)


def _missing(given: object, known: Known) -> str:
    """Return what the model says the notes do not tell, or nothing where it says it in words that are not theirs."""
    text = invention.tidy(given) if isinstance(given, str) else ""
    faulty = len(text) > LONGEST_MISSING or invention.is_hidden(text) or invention.quoted_runs(text) != []
    return "" if faulty or known.breach(text) else text
