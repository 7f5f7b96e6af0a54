"""People: who is in which role as of a day, on either side, told with the tact that its certainty asks for.

Each person stands once, with the newest valid word: a later rumour takes no firmer word's place on the same change.
Words that do not go together are shown with both quotes. A change of the whole company stands once, too. A succession
also tells of who goes: whom else its words name, or who speaks of themselves in it.
"""

import datetime
import re
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from notesense.core.due import due_day
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.leaving import following_words, leaving_words
from notesense.core.naming import find_names, plain
from notesense.core.note import Note
from notesense.core.orphans import orphans_of
from notesense.core.picture import Expectation, Person, Promise
from notesense.core.ports import Found
from notesense.core.spellings import (
    NOBODY_KNOWN,
    KnownPeople,
    Spellings,
    apart_in,
    can_be_one,
    fuller,
    is_among,
    is_full_name_of,
    parts,
)
from notesense.core.tenure import WHOLE_COMPANY, PersonCertainty, Word
from notesense.core.vocabulary import Channel, Kind
from notesense.core.words import STOP, all_words, content_stems, same_name

MOST_NAMED_SINCE = 2
MOST_SIGNED = 4
"""A last line of so many words at most can be the name of a mail's writer."""
_ONESELF = frozenset({"i", "me", "my", "myself"})


def people_of(
    history: History,
    promises: Sequence[Promise] = (),
    expectations: Sequence[Expectation] = (),
    known: KnownPeople = NOBODY_KNOWN,
) -> tuple[Person, ...]:
    """Return everybody of whose role a change was told, and the changes of the whole company, newest first.

    `promises` and `expectations` are those of the account: what of them hung on a person who leaves stands there.
    """
    told = history.of(Kind.LEADERSHIP_CHANGE)
    named = {found.signal.id: name_of(history, found) or _oneself(history, found) for found in told}
    spellings = _spellings(history, tuple(name for name in named.values() if name), known)
    words = [word for found in told for word in _words(history, found, named[found.signal.id], spellings)]
    words.sort(key=_whose)
    cast = _Cast(history, spellings, known, (*promises, *expectations))
    lines = [cast.line(tuple(same)) for _, same in groupby(words, key=_whose)]
    lines += cast.our_leavers({line.person for line in lines})
    return tuple(sorted(_replaced(lines), key=lambda one: (-one.date.toordinal(), one.note_id, one.source.start)))


def doubtful_people(history: History, known: KnownPeople = NOBODY_KNOWN) -> tuple[tuple[str, str], ...]:
    """Return pairs of names that may be one person's, of whom at least one changes role: for the rep to say."""
    told = history.of(Kind.LEADERSHIP_CHANGE)
    changed = tuple(filter(None, (name_of(history, found) or _oneself(history, found) for found in told)))
    spellings = _spellings(history, changed, known)
    concerned = {spellings.person(name) for name in changed}
    return tuple(pair for pair in spellings.doubtful() if concerned & set(pair))


def is_told(line: Person) -> bool:
    """Tell whether a change says what changes: a person, a role or the whole company; a rumour need not.

    Less than that is left to the briefing.
    """
    return bool(line.person or line.role) or line.change in WHOLE_COMPANY or line.certainty == "rumored"


def name_of(history: History, found: Found) -> str | None:
    """Return the person of a leadership change, or None: never the account itself."""
    return _name(history, found, "person", ())


def rival_of(history: History, found: Found) -> str | None:
    """Return the name of a rival, or None: never the account itself nor anybody who speaks in its notes."""
    return _name(history, found, "name", history.speakers())


def writer_of(history: History, found: Found) -> str | None:
    """Return who says this: the speaker, else the name that stands alone as the last line of a mail."""
    note = history.note(found.signal.note_id)
    return found.signal.speaker or (_signature(note) if note.channel is Channel.EMAIL else None)


def _oneself(history: History, found: Found) -> str | None:
    """Return who tells of their own change, where no name is given."""
    return writer_of(history, found) if all_words(found.signal.quote) & _ONESELF else None


def _signature(note: Note) -> str | None:
    last = note.text.rstrip().rsplit("\n", 1)[-1].strip(" ,.-–—")
    words = last.split()
    is_name = 0 < len(words) <= MOST_SIGNED and all(word[0].isupper() for word in words)
    return last if is_name and last != note.text.strip() else None


def _name(history: History, found: Found, attribute: str, taken: tuple[str, ...]) -> str | None:
    """Return a name that the note states, unless it is taken, is no name at all (a weekday) or is told as a place.

    A name that a person gave need not stand in the note.
    """
    given = found.signal.attributes.get(attribute) if found.signal.source != "engine" else None
    name = given or history.stated(found, attribute)
    if name is None or all_words(name) <= STOP or any(same_name(name, other) for other in (history.account, *taken)):
        return None
    is_place = f"n {name}" in found.signal.quote or f"r {name}" in found.signal.quote
    return None if is_place and re.search(rf"\b(?:in|near) {re.escape(name)}\b", found.signal.quote) else name


def _spellings(history: History, changed: tuple[str, ...], known: KnownPeople) -> Spellings:
    """Return the people of the account with their spellings; single names are looked up in the notes."""
    doers = (history.stated(found, "person") for found in history.of(Kind.COMMITMENT))
    names = (*changed, *history.speakers(), *filter(None, doers), *_given(known))
    longer = (fuller(name, history.notes_naming(name)) for name in dict.fromkeys(changed))
    every = tuple(dict.fromkeys((*names, *filter(None, longer), *_beside_successors(history))))
    return Spellings(every, known, apart_in(history.notes, every))


def _beside_successors(history: History) -> tuple[str, ...]:
    """Return the people whom the words of successions name."""
    told = history.of(Kind.LEADERSHIP_CHANGE)
    quotes = [found.signal.quote for found in told if found.signal.attributes.get("change") == "succession"]
    return tuple(one.text for one in find_names(quotes) if one.label == "PERSON")


def _given(known: KnownPeople) -> tuple[str, ...]:
    return (*known.ours, *(name for one in known.joined for name in (one.name, one.other)))


def _words(history: History, found: Found, name: str | None, spellings: Spellings) -> Iterable[Word]:
    change, role = found.signal.attributes.get("change"), history.stated(found, "role")
    person = spellings.person(name) if name else None
    yield Word(found, person, role, change)
    before = _before(history, found, name, spellings) if change == "succession" and name else None
    if before:
        yield Word(found, before, role, "left", before=True)


def _before(history: History, found: Found, name: str, spellings: Spellings) -> str | None:
    """Return who goes in a succession: the one other person whom the words name, else who speaks of themselves."""
    said, named = all_words(found.signal.quote), _capitals(found.signal.quote)
    others = {
        spellings.person(other)
        for other in spellings.names
        if _is_among(parts(other), named)
        and spellings.person(other) != spellings.person(name)
        and not can_be_one(other, name)
    }
    writer = writer_of(history, found)
    if not others and writer and said & _ONESELF and not can_be_one(writer, name):
        others = {spellings.person(writer)}
    return others.pop() if len(others) == 1 else None


def _capitals(quote: str) -> frozenset[str]:
    """Return the words with a capital, as the parts of a name are compared."""
    return frozenset(plain(word) for word in re.findall(r"[^\W\d_]+", quote) if word[0].isupper())


def _is_among(name: Iterable[str], said: frozenset[str]) -> bool:
    return any(len(part) > 1 and part in said for part in name)


def _whose(word: Word) -> str:
    """Return what makes words those on one row: the person, the company's change, else the role told of."""
    if word.person and not _of_company(word):
        return f"person {word.person}"
    if word.change in WHOLE_COMPANY:
        return f"company {word.change}"
    stems = " ".join(sorted(content_stems(word.role or "")))
    return f"role {word.change} {stems}" if stems else f"signal {word.found.signal.id}"


def _of_company(word: Word) -> bool:
    """Tell whether a change is the whole company's; a reorganisation that gives somebody a role is theirs."""
    return word.change in WHOLE_COMPANY and not (word.change == "reorganisation" and word.role)


class _Cast:
    """Makes a row out of all words on one person."""

    def __init__(
        self,
        history: History,
        spellings: Spellings,
        known: KnownPeople,
        owed: tuple[Promise | Expectation, ...],
    ) -> None:
        self.history, self.spellings, self.known = history, spellings, known
        self.owed = tuple(sorted(owed, key=lambda one: (one.source.date, one.note_id, one.source.start)))

    def line(self, words: tuple[Word, ...]) -> Person:
        """Return the row; the words are oldest first."""
        history, valid = self.history, _valid(words)
        source, as_of = history.cite(valid.found), history.as_of
        whole = _of_company(valid)
        role = valid.role or next((word.role for word in reversed(words) if word.role), None)
        spelled = self.spellings.of(valid.person) if valid.person else ()
        others = tuple(word for word in words if word.found is not valid.found)
        firm = valid.certainty != "rumored"
        return Person(
            note_id=source.note_id,
            quote=source.quote,
            evidence=(source,),
            person=valid.person,
            role=role,
            change=valid.change,
            certainty=valid.certainty_on(as_of),
            effective=valid.effective,
            date=valid.found.date,
            in_role=None if whole else valid.in_role_on(as_of),
            side="us" if valid.person and self._is_ours(spelled) else "customer",
            also_written=spelled[1:],
            contradicted_by=_cited(history, (word for word in others if _contradicts(word, valid))),
            told_before=_cited(history, others),
            unconfirmed=valid.has_come_due(as_of),
            named_since=_named_since(history, words, spelled) if valid.certainty == "rumored" else (),
            told=_told(valid, as_of),
            orphaned=orphans_of(self.owed, spelled, valid.found.date) if valid.is_leaving and firm else (),
        )

    def our_leavers(self, told: Collection[str | None]) -> Iterable[Person]:
        """Yield those of our own people of whom a note says by name that they leave: no signal tells of them."""
        doers = (line.person for line in self.owed if isinstance(line, Promise) and line.owner == "us")
        ours = (*self.known.ours, *self.history.speakers("us"), *filter(None, doers))
        for name in dict.fromkeys(self.spellings.person(one) for one in ours):
            words = leaving_words(self.history, name) if name not in told else None
            if words is not None:
                leaver = self._of_ours(name, words, "left", f"One of us; told on {words.date}.")
                orphaned = orphans_of(self.owed, self.spellings.of(name), words.date)
                yield leaver.model_copy(update={"orphaned": orphaned})
                yield from self._follower(leaver, told)

    def _follower(self, leaver: Person, told: Collection[str | None]) -> Iterable[Person]:
        """Yield who takes over from one of our own people, where the note that tells it names exactly one."""
        theirs = (*filter(None, told), *self.history.speakers("customer"), *leaver.spelled)
        found = following_words(self.history, leaver.source, theirs)
        if found is not None:
            name = self.spellings.person(found.name)
            told_of = f"One of us; takes over from {leaver.person}."
            yield self._of_ours(name, found.words, "succession", told_of, leaver.certainty == "effective")

    def _of_ours(self, name: str, words: Evidence, change: str, told: str, otherwise: bool = True) -> Person:
        """Return the row of one of our own people; `otherwise`, whether the change is in force where no day is told."""
        day = due_day(words.quote, words.date)
        in_force = otherwise if day is None else day <= self.history.as_of
        return Person(
            note_id=words.note_id,
            quote=words.quote,
            evidence=(words,),
            person=name,
            change=change,
            certainty="effective" if in_force else "announced",
            effective=day.isoformat() if day else None,
            date=words.date,
            in_role=in_force == (change != "left"),
            side="us",
            also_written=self.spellings.of(name)[1:],
            told=told,
        )

    def _is_ours(self, spelled: tuple[str, ...]) -> bool:
        ours = (*self.known.ours, *self.history.speakers("us"))
        learned = self.known.learned
        return any(is_among(name, ours) or any(is_full_name_of(name, other) for other in learned) for name in spelled)


def _valid(words: Sequence[Word]) -> Word:
    """Return the newest valid word: a less firm one on the same change does not take the place of a firmer one.

    Words of one day have no order, in one note or several: the firmer counts.
    """
    valid = words[0]
    for word in words[1:]:
        same_way = word.is_leaving == valid.is_leaving
        weaker = word.firmness < valid.firmness
        same_day = word.found.date == valid.found.date
        if not (weaker and (same_way or same_day)):
            valid = word
    return valid


def _contradicts(other: Word, valid: Word) -> bool:
    """Tell whether two words on one person do not go together, whichever came first.

    Two days for one change; somebody who was to leave and then takes a role. That one who has come leaves later is no
    contradiction. Of one day, coming and going do not go together, unless one comes before one goes, or from another
    role, or the going is a rumour.
    """
    if _of_company(valid):
        return False
    if other.is_leaving == valid.is_leaving and other.change == valid.change:
        return None not in (other.day, valid.day) and other.day != valid.day
    if other.found.date == valid.found.date:
        return other.is_leaving != valid.is_leaving and not _goes_on(
            *sorted((other, valid), key=lambda word: word.is_leaving)
        )
    earlier, later = sorted((other, valid), key=lambda word: word.found.date)
    return earlier.is_leaving and not later.is_leaving


def _goes_on(coming: Word, leaving: Word) -> bool:
    """Tell whether a coming and a going that were told on one day can both be true."""
    if leaving.certainty == "rumored" and coming.certainty != "rumored":
        return True
    if coming.role and leaving.role and content_stems(coming.role) != content_stems(leaving.role):
        return True
    return coming.day is not None and leaving.day is not None and coming.day < leaving.day


def _named_since(history: History, words: Sequence[Word], spelled: Sequence[str]) -> tuple[Evidence, ...]:
    """Return the newest later words, other than these, that name the person of a rumour."""
    newest = words[-1].found
    known = [history.cite(word.found) for word in words]
    later = history.later_naming(newest, spelled)
    return tuple(one for one in later if not any(one.overlaps(other) for other in known))[-MOST_NAMED_SINCE:]


def _cited(history: History, words: Iterable[Word]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(history.cite(word.found) for word in words))


def _replaced(lines: Sequence[Person]) -> tuple[Person, ...]:
    """Return the rows, where two people are told to hold one role: the later word counts; of one day, neither."""
    return tuple(_without_role(line, lines) for line in lines)


def _without_role(line: Person, lines: Sequence[Person]) -> Person:
    if not (line.in_role and line.certainty == "effective" and line.change != "left"):
        return line
    others = [other for other in lines if other.person and _takes_role(other, line)]
    quotes = tuple(other.source for other in others)
    holds = all(other.date == line.date for other in others)
    return line.model_copy(update={"in_role": holds, "contradicted_by": (*line.contradicted_by, *quotes)})


def _takes_role(other: Person, line: Person) -> bool:
    comes = bool(other.in_role) and other.change != "left" and other.certainty == "effective"
    later = other.date > line.date or (other.date == line.date and other.note_id != line.note_id)
    if not (comes and later and other.side == line.side and other.person != line.person):
        return False
    return bool(other.role and line.role) and content_stems(other.role or "") == content_stems(line.role or "")


def _told(word: Word, as_of: datetime.date) -> str:
    told_on, effective = word.found.date, word.effective
    when = f" for {effective}" if effective else ""
    certainty: PersonCertainty = word.certainty
    if certainty == "rumored":
        return f"A rumour, told on {told_on}. Not confirmed: listen for it, never state it."
    if word.has_come_due(as_of):
        return f"Announced on {told_on}; was to take effect on {effective}. Confirm that it did."
    if certainty == "announced":
        return f"Announced on {told_on}{when}."
    if certainty == "effective":
        return f"Told as in force on {told_on}{f' ({effective})' if effective else ''}."
    return f"Told on {told_on}{when}; the note does not say how certain it is."
