"""Support: problems told in support notes or with a ticket, joined to what other notes tell of them.

A note belongs to a ticket when it is of the channel `support` or names a ticket number: one that the head of a support
note has, or one that the note itself calls a ticket, a case or a complaint. A problem is resolved where the newest
word on its matter settles it, or where a later note names its ticket and says that it is closed.
"""

import re
from collections.abc import Iterator

from notesense.core.evidence import Evidence, cite_slice
from notesense.core.history import History
from notesense.core.note import Note
from notesense.core.pains import praise_after, settling, words_on
from notesense.core.passage import Passage
from notesense.core.passages import passages_of
from notesense.core.picture import SupportIssue
from notesense.core.ports import Found
from notesense.core.threads import Threads
from notesense.core.vocabulary import Channel, Kind
from notesense.core.words import content_stems, sentences

OPEN_DAYS = 90
"""Where nothing was compared, an older problem is not called open."""
MOST_LATER = 4
BEFORE_CLOSING = 2
"""So many passages before a ticket's closing words are shown with them: they tell why it was closed."""
LEAST_STEMS = 2

_NUMBER = r"(?:[A-Z]{1,5}-?)?\d{3,7}"
_HEAD = re.compile(
    rf"#\s?({_NUMBER})\b|\b([A-Z]{{1,5}}-\d{{2,7}})\b|\b(?i:ticket|case|incident|complaint)\W+({_NUMBER})\b"
)
_NAMED = re.compile(
    rf"\b(?i:ticket|incident|(?:ticket|incident|case|complaint)\s(?:number|no\b\.?|nr\b\.?)[^.!?\n]{{0,40}}?)[\s#:]+({_NUMBER})\b"
)
_CLOSED = re.compile(r"\b(?:closed?|closing|resolved|solved)\b(?!\s+to\b)", re.IGNORECASE)
_NOT_CLOSED = re.compile(r"\b(?:not|never|automatic\w*|no (?:answer|reply|response))\b|n['’]t\b|\?", re.IGNORECASE)
_HEADING = re.compile(r"\||\b(?:opened|logged|reported|reporter|priority|assigned)\b", re.IGNORECASE)


def support_of(history: History, threads: Threads) -> tuple[SupportIssue, ...]:
    """Return the problems told to support, open ones first, newest first."""
    tickets = _tickets(history)
    told = [found for found in history.of(Kind.PAIN_POINT) if found.signal.note_id in tickets]
    if history.compared:
        issues = [_weighed(history, found, threads, tickets) for found in told]
        issues += _closed_in_itself(history, tickets, {found.signal.note_id for found in told})
    else:
        issues = [_by_words(history, found) for found in told if found.channel == Channel.SUPPORT.value]
    return tuple(sorted(issues, key=lambda one: (one.status != "open", one.age_days, one.note_id, one.source.start)))


def _tickets(history: History) -> dict[str, str]:
    """Return the ticket number of each note that belongs to a ticket, by note id; empty where it has none."""
    numbers = {note.id: _number_of(note) for note in history.notes if note.channel is Channel.SUPPORT}
    known = {number for number in numbers.values() if number}
    for note in history.notes:
        if note.id not in numbers:
            named = [match for match in _NAMED.findall(note.text) if match]
            same = [
                number for number in known if number in note.text and re.search(rf"\b{re.escape(number)}\b", note.text)
            ]
            if named or same:
                numbers[note.id] = (same or named)[0]
    return numbers


def _number_of(note: Note) -> str:
    head = f"{note.title}\n{note.text.partition(chr(10))[0]}"
    match = _HEAD.search(head)
    return next(number for number in match.groups() if number) if match else ""


def _weighed(history: History, found: Found, threads: Threads, tickets: dict[str, str]) -> SupportIssue:
    settled = tuple(one.words for one in settling(threads, found))
    ticket = tickets[found.signal.note_id]
    later = threads.outcomes(found)
    closing = _closing_elsewhere(history, found, ticket)
    if not settled and closing and not any(one.words.date > closing[-1].date for one in later):
        settled = closing
    words = settled or tuple(one.words for one in later[-MOST_LATER:])
    if settled:
        told = f"; words of {settled[-1].date} show it resolved"
    else:
        told = f"; told again on {words[-1].date}" if words else "; no later words resolve it"
    return _issue(history, history.cite(found), words, told).model_copy(
        update={"status": "resolved" if settled else "open", "ticket": ticket or None}
    )


def _closing_elsewhere(history: History, found: Found, ticket: str) -> tuple[Evidence, ...]:
    """Return the newest later sentence that names the ticket and says that it is closed."""
    if not ticket:
        return ()
    bare = re.search(r"\d+$", ticket)
    named = re.compile(rf"(?<!\w)(?:{re.escape(ticket)}|{bare[0] if bare else re.escape(ticket)})(?!\w)")
    told: tuple[Evidence, ...] = ()
    for note in history.notes:
        if note.date >= found.date and note.id != found.signal.note_id and named.search(note.text):
            for start, end in sentences(note.testimony):
                words = note.text[start:end]
                if named.search(words) and _closes(words):
                    told = (cite_slice(note, start, end),)
    return told


def _closes(words: str) -> bool:
    return _CLOSED.search(words) is not None and _NOT_CLOSED.search(words) is None


def _closed_in_itself(history: History, tickets: dict[str, str], told: set[str]) -> Iterator[SupportIssue]:
    """Yield the tickets in which no problem was left to tell, with the words by which they say that they are closed."""
    for note in history.notes:
        if note.channel is Channel.SUPPORT and note.id not in told:
            parts = passages_of(note)
            problem, closing = _problem(parts), _closing(parts)
            if problem is not None and closing and closing[0].start >= problem.end:
                source = cite_slice(note, problem.start, problem.end)
                words = tuple(cite_slice(note, one.start, one.end) for one in closing)
                yield _issue(history, source, words, "; the ticket says that it was closed").model_copy(
                    update={"status": "resolved", "ticket": tickets[note.id] or None}
                )


def _problem(parts: tuple[Passage, ...]) -> Passage | None:
    """Return the passage that opens a ticket: the first with some content that is not its head."""
    return next((one for one in parts if _tells(one.text) and not _HEADING.search(one.text)), None)


def _tells(text: str) -> bool:
    return sum(not stem.isdigit() for stem in content_stems(text)) >= LEAST_STEMS


def _closing(parts: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Return the words with which a ticket ends closed, and those right before them; empty where it does not."""
    places = [place for place, one in enumerate(parts) if place and _closes(one.text)]
    reopened = [place for place, one in enumerate(parts) if re.search(r"\bopen\b", one.text, re.IGNORECASE)]
    if not places or (reopened and reopened[-1] > places[-1]):
        return ()
    first = places[0]
    before = [one for one in parts[1:first] if not one.text.endswith("?")]
    return (*before[-BEFORE_CLOSING:], parts[first])


def _by_words(history: History, found: Found) -> SupportIssue:
    source, later, age = history.cite(found), history.later_sentences(found), history.age(found.date)
    praise, complaints = praise_after(history, found, later), history.complaints(later)
    fresh, hint = age <= OPEN_DAYS, history.hinted_later(found)
    if praise:
        words = "; later praise on the same matter is taken to settle it"
    elif later:
        words = words_on(history, later)
    elif hint:
        words = f"; a note of {hint} shares a word with it: judge by that note whether it is settled"
    elif fresh:
        words = "; no later words on it were found"
    else:
        words = "; too long ago to call it open, and no later words on it were found"
    is_open = not praise and (complaints or (fresh and not (later or hint)))
    return _issue(history, source, praise or later, words).model_copy(
        update={"status": "open" if is_open else "unclear"}
    )


def _issue(history: History, source: Evidence, words: tuple[Evidence, ...], told: str) -> SupportIssue:
    age = history.age(source.date)
    return SupportIssue(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source, *words),
        date=source.date,
        age_days=age,
        status="unclear",
        told=f"Told to support {age} days ago{told}.",
    )
