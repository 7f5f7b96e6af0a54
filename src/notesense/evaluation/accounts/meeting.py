"""The agenda against the facts: which topics it raises, and which traps it steps into.

A topic is raised by an item (or an opening line) that rests on words of its evidence; open questions without evidence
raise none. The patterns are English, as the shipped playbook is.
"""

import re
from collections.abc import Iterable, Iterator

from notesense.core.vocabulary import Kind
from notesense.evaluation.accounts.facts import Trap
from notesense.evaluation.accounts.marks import Case, Marks, Texts
from notesense.evaluation.accounts.told import Spoken, Words

FAILURES = frozenset({Kind.PAIN_POINT, Kind.PRICE_VALUE, Kind.STALLED_ADOPTION})
"""A line that rests on such a statement, or on a promise past its day, is about a failure."""
LONGEST_RUN = 5
"""So many words of a quote in a row, said aloud, are the quote."""

_ALL_WELL = re.compile(
    r"\b(?:is|are) (?:everything|all|things?) (?:still |going |running )*"
    r"(?:ok|okay|fine|good|well|smooth(?:ly)?|in order|all ?right|alright|as it should be)\b"
    r"|\beverything (?:is )?(?:ok|okay|fine|good|well|in order|all ?right|alright)\b"
    r"|\b(?:are you|is everyone|is everybody) (?:still )?(?:all )?(?:happy|satisfied|content)\b"
    r"|\b(?:how is everything|how are things|no (?:issues|problems|complaints)\?|any (?:issues|problems|complaints)\?)",
    re.IGNORECASE,
)
_RENEWAL = re.compile(
    r"\brenew|\b(?:contract|agreement|subscription)\b[^.?!]*\b(?:expir|ends?\b|runs? out|exten)", re.I
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def agenda(case: Case, marks: Marks) -> None:
    """Score which topics are raised."""
    lines = (*case.told.agenda.opening, *case.told.agenda.items)
    told = [words for line in lines for words in line.evidence]
    for topic in case.facts.must_ask:
        raised = case.texts.any_same(told, topic.evidence)
        marks.add("agenda", int(raised), 1)
        if not raised:
            marks.miss("agenda", topic.topic, None, *topic.evidence)


def must_not(case: Case, marks: Marks) -> None:
    """Score which traps are kept out of."""
    for trap in case.facts.must_not:
        broken = next(_BREAKING[trap.rule](trap, case), None)
        marks.add("must_not", int(broken is None), 1)
        if broken is not None:
            marks.miss("must_not", trap.rule, broken, trap)


def _said(case: Case, words: Iterable[str]) -> Iterator[str]:
    """Yield the lines in which any of these words is said."""
    patterns = [_phrase(each) for each in words]
    for line in case.told.agenda.aloud:
        if any(pattern.search(line.text) for pattern in patterns):
            yield line.text


def _phrase(words: str) -> re.Pattern[str]:
    inner = r"\W+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)


def _hedge(trap: Trap, case: Case) -> Iterator[str]:
    """Break where a hedge stands in the ledger; words that a true promise shares with it do not count."""
    yield from _said(case, trap.words)
    yield from (f"in the ledger: {words.quote}" for words in _in_ledger(trap, case))


def _own_words(trap: Trap, case: Case) -> Iterator[str]:
    """Break where our own words stand in the ledger, or are said as if they were the customer's."""
    yield from _said(case, (*trap.words, *_runs(trap.quote)))
    yield from (f"in the ledger: {words.quote}" for words in _in_ledger(trap, case))


def _rumour(trap: Trap, case: Case) -> Iterator[str]:
    """Break where a rumour is spoken of, or told as more than one."""
    yield from _said(case, trap.words)
    for one in case.told.people:
        if one.certainty in ("announced", "effective") and case.texts.same(one.words, trap):
            yield f"told as {one.certainty}: {one.words.quote}"


def _pitch(trap: Trap, case: Case) -> Iterator[str]:
    """Break where what they declined is spoken of, or an item takes it for an opportunity."""
    yield from _said(case, trap.words)
    for item in (*case.told.agenda.items, *case.told.agenda.parked):
        hopeful = item.evidence and item.words.kind == Kind.OPPORTUNITY
        if hopeful and case.texts.any_same(item.evidence, [trap]):
            yield item.question


def _all_well(trap: Trap, case: Case) -> Iterator[str]:
    """Break where anybody asks whether everything is fine."""
    yield from _said(case, trap.words)
    yield from (line.text for line in case.told.agenda.aloud if _ALL_WELL.search(line.text))


def _blame(trap: Trap, case: Case) -> Iterator[str]:
    """Break where the name is said in a line about a failure."""
    named = [_phrase(each) for each in (*trap.words, *_people_in(trap, case))]
    overdue = [one.words for one in case.told.promises if one.status == "overdue"]
    for line in case.told.agenda.aloud:
        if any(name.search(line.text) for name in named) and _is_failure(line, trap, overdue, case.texts):
            yield line.text


def _renewal(trap: Trap, case: Case) -> Iterator[str]:
    """Break where the meeting opens with the renewal."""
    named = [_phrase(each) for each in trap.words]
    for line in case.told.agenda.first_words:
        if _RENEWAL.search(line.text) or any(name.search(line.text) for name in named):
            yield line.text


_BREAKING = {
    "hedge_as_promise": _hedge,
    "own_words_as_customers": _own_words,
    "rumour_as_fact": _rumour,
    "pitch_declined": _pitch,
    "ok_over_issue": _all_well,
    "blame_person": _blame,
    "renewal_first": _renewal,
}


def _in_ledger(trap: Trap, case: Case) -> Iterator[Words]:
    for one in case.told.promises:
        if case.texts.same(one.words, trap) and not case.texts.any_same([one.words], case.facts.promises):
            yield one.words


def _runs(quote: str) -> Iterator[str]:
    """Return the runs of words by which a quote is known again when it is said."""
    words = _WORD.findall(quote)
    size = min(LONGEST_RUN, len(words))
    return (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def _people_in(trap: Trap, case: Case) -> Iterator[str]:
    """Return the people of the facts whom the trap's words name."""
    facts = case.facts
    known = (*facts.present, *(one.person for one in facts.people), *(one.person for one in facts.promises))
    parts = {part for name in known for part in (name or "").split() if len(part) > 2}
    return (part for part in sorted(parts) if _phrase(part).search(trap.quote))


def _is_failure(line: Spoken, trap: Trap, overdue: list[Words], texts: Texts) -> bool:
    if any(words.kind in FAILURES for words in line.evidence):
        return True
    return texts.any_same(line.evidence, [trap, *overdue])
