"""In-memory stand-ins for the ports, held to the same contract tests as the real adapters."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

import numpy as np

from notesense.core.accounts import key
from notesense.core.bearing import Bearing, Effect, Likelihoods, Pair
from notesense.core.corrections import Correction, settle
from notesense.core.index_ports import Hit
from notesense.core.note import Note
from notesense.core.person_ports import Joined, OneOfUs
from notesense.core.ports import AccountNames, AccountRow, Found, Judged, SignalFilter, unheard
from notesense.core.records import Ability, Call, Restriction, Spent
from notesense.core.requests import Reply, Request
from notesense.core.signal import LABELS, SOME_LABELS, Draft, Drafts, Extraction, Rejected, Signal, Usage
from notesense.core.source_ports import OtherForm
from notesense.errors import InputError, UnknownAccount


@dataclass
class _Kept:
    note: Note
    passages: tuple[Any, ...]
    run: Extraction
    found: tuple[Signal, ...] = ()
    history: tuple[Correction, ...] = ()
    generation: str = ""

    @property
    def signals(self) -> tuple[Signal, ...]:
        return settle(self.found, self.history).shown


class FakeModel:
    """Port `Sender`: answers from a function of the request; an exception becomes what it raises."""

    name = "fake:model"

    def __init__(self, answer: Callable[[Request], Any]) -> None:
        self._answer = answer
        self.asked: list[Request] = []

    def answer(self, requests, arrived=unheard):
        for request in requests:
            self.asked.append(request)
            given = self._answer(request)
            reply = given if isinstance(given, Reply) else Reply(data=given, model=self.name)
            arrived(request, reply)
            yield reply


class FakeRecords:
    """Port `ModelRecords` in lists and dictionaries."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], tuple[Request, Reply]] = {}
        self.calls: list[Call] = []
        self.steps: dict[tuple[str, str], str] = {}
        self.kept_in: dict[tuple[str, str], Restriction] = {}

    def remembered(self, key, model):
        kept = self.answers.get((key, model))
        return kept and kept[1].model_copy(update={"cached": True, "usage": Usage()})

    def remember(self, request, model, reply):
        if reply.data is not None and reply.failure is None:
            self.answers[request.key, model] = (request, reply)

    def record(self, made):
        self.calls += made

    def spent(self, since=None):
        groups: dict[tuple[str, str, str], list[Call]] = {}
        for call in self.calls:
            made = call.made.astimezone(UTC)
            if since is None or made.date() >= since:
                groups.setdefault((f"{made:%Y-%m}", call.model, call.task), []).append(call)
        return tuple(_spent(group, calls) for group, calls in sorted(groups.items()))

    def ability(self, server, model):
        return self.steps.get((server, model))

    def note_ability(self, ability):
        self.steps[ability.server, ability.model] = ability.step

    def abilities(self):
        return tuple(Ability(server=s, model=m, step=step) for (s, m), step in sorted(self.steps.items()))

    def restrict(self, restriction):
        self.kept_in[key(restriction.account), restriction.note_id] = restriction

    def lift(self, restriction):
        return self.kept_in.pop((key(restriction.account), restriction.note_id), None) is not None

    def restrictions(self):
        return tuple(one for _, one in sorted(self.kept_in.items()))

    def forget(self, accounts, note_ids, whole):
        def belongs(one: Request | Call | Restriction) -> bool:
            mine = key(one.account) in {key(name) for name in accounts} and (whole or not one.note_id)
            return mine or one.note_id in note_ids

        gone = {call.key for call in self.calls if belongs(call)}
        nobody = {"note_id": "", "account": "", "key": ""}
        self.calls = [call.model_copy(update=nobody) if belongs(call) else call for call in self.calls]
        self.answers = {at: one for at, one in self.answers.items() if at[0] not in gone and not belongs(one[0])}
        stay = [one for one in self.kept_in.values() if not (belongs(one) and (whole or one.note_id))]
        self.kept_in = {(key(one.account), one.note_id): one for one in stay}

    def close(self):
        pass


def _spent(group: tuple[str, str, str], calls: Sequence[Call]) -> Spent:
    sent = [call for call in calls if call.outcome != "cached"]
    known = [call.usage.cost_usd for call in sent if call.usage.cost_usd is not None]
    return Spent(
        **dict(zip(("month", "model", "task"), group, strict=True)),
        calls=len(sent),
        failed=sum(call.outcome == "failed" for call in sent),
        cached=len(calls) - len(sent),
        input_tokens=sum(call.usage.input_tokens for call in calls),
        output_tokens=sum(call.usage.output_tokens for call in calls),
        cached_tokens=sum(call.usage.cached_tokens for call in calls),
        cost_usd=sum(known) if len(known) or not sent else None,
        unpriced=len(sent) - len(known),
    )


class FakeStore:
    """Port `Store` in dictionaries; full text is 'how many of the words does the passage have'."""

    def __init__(self) -> None:
        self.kept: dict[str, _Kept] = {}
        self.names: dict[str, str] = {}
        self.aliases: dict[str, tuple[str, str]] = {}
        self.joined_people: dict[tuple[str, frozenset[str]], Joined] = {}

    def save(self, note, passages, extraction, corrections=()):
        if note.id in self.kept:
            raise InputError(f"There is already a note with the id {note.id!r}.")
        if not key(note.account):
            raise InputError("A note needs the name of its account.")
        name = self._name(note.account) or self.names.setdefault(key(note.account), note.account.strip())
        note = note.model_copy(update={"account": name})
        kept = _Kept(note, tuple(passages), extraction, extraction.signals, tuple(corrections))
        taken = {signal.id for other in self.kept.values() for signal in other.signals}
        ids = [signal.id for signal in kept.signals]
        if taken & set(ids) or len(set(ids)) < len(ids):
            raise InputError("the id of a signal is that of another one")
        self.kept[note.id] = kept

    def replace_extraction(self, note_id, extraction):
        kept = self._need(note_id)
        stay = extraction.engine != LABELS
        labels = tuple(signal for signal in kept.found if stay and signal.source == "label")
        kept.run, kept.found = extraction, labels + extraction.signals

    def untracked(self, mark):
        waiting = (one for one in self.kept.values() if one.run.error is None and one.run.trackers != mark)
        return tuple(one.note.id for one in waiting if one.run.engine not in (LABELS, SOME_LABELS))

    def replace_tracked(self, note_id, extraction, kinds):
        kept = self._need(note_id)
        refused = tuple(each for each in kept.run.rejected if each.draft.kind not in kinds)
        stay = tuple(signal for signal in kept.found if signal.source == "label" or signal.kind not in kinds)
        told = {"trackers": extraction.trackers, "rejected": refused + extraction.rejected}
        kept.run, kept.found = kept.run.model_copy(update=told), stay + extraction.signals

    def withdraw(self, note_id, signal_ids, reason):
        kept = self._need(note_id)
        gone = [one for one in kept.found if one.source == "engine" and one.id in signal_ids]
        refused = tuple(Rejected(note_id=note_id, draft=one.as_draft(), reason=reason) for one in gone)
        kept.run = kept.run.model_copy(update={"rejected": kept.run.rejected + refused})
        kept.found = tuple(one for one in kept.found if one not in gone)

    def correct(self, corrections):
        for each in corrections:
            self._need(each.note_id)
        for each in corrections:
            self.kept[each.note_id].history += (each,)

    def corrections(self, note_id):
        return self.kept[note_id].history if note_id in self.kept else ()

    def signal_ids(self, prefix):
        found = {
            (signal_id, one.note.id)
            for one in self.kept.values()
            for signal_id in [*(s.id for s in one.signals), *(c.signal_id for c in one.history if c.signal_id)]
        }
        return tuple(sorted(pair for pair in found if pair[0].startswith(prefix)))

    def judged(self, account=None, since=None):
        return tuple(
            Judged(note_id=one.note.id, by_labels=one.run.engine == LABELS and not one.run.rejected)
            for one in self._of(account)
            if (one.history or one.run.engine == LABELS) and (since is None or one.note.date >= since)
        )

    def _need(self, note_id):
        if note_id not in self.kept:
            raise InputError(f"There is no note with the id {note_id!r}.")
        return self.kept[note_id]

    def _name(self, account):
        return self.names.get(key(account)) or self.aliases.get(key(account), ("", None))[1]

    def _of(self, account=None):
        found = (one for one in self.kept.values() if account is None or one.note.account == self._name(account))
        return sorted(found, key=lambda one: one.note.date)

    def known(self, account, text):
        return tuple(one.note for one in self._of(account) if one.note.text == text)

    def elsewhere(self, note):
        def is_same(other):
            met = other.source.meeting and (other.source.meeting, other.date) == (note.source.meeting, note.date)
            return key(other.account) != key(note.account) and (other.text == note.text or met)

        return tuple(one for one in self.notes() if is_same(one))

    def note(self, note_id):
        return self.kept[note_id].note if note_id in self.kept else None

    def notes(self, account=None, until=None):
        return tuple(one.note for one in self._of(account) if until is None or one.note.date <= until)

    def passages(self, note_id):
        return self.kept[note_id].passages if note_id in self.kept else ()

    def signals(self, wanted):
        return tuple(
            Found(signal=signal, **one.note.model_dump(include={"account", "date", "title"}), channel=one.note.channel)
            for one in self._of(wanted.account)
            if wanted.note_id in (None, one.note.id) and _within(one.note.date, wanted)
            for signal in sorted(one.signals, key=lambda signal: (signal.start, signal.end, signal.id))
            if not wanted.kinds or signal.kind in wanted.kinds
        )

    def rejected(self, note_id):
        return self.kept[note_id].run.rejected if note_id in self.kept else ()

    def unread(self):
        return tuple(note_id for note_id, one in self.kept.items() if one.run.error is not None)

    def languages(self, account=None):
        kept = self.kept.values() if account is None else self._of(account)
        told = sorted((one.note.date, number, one) for number, one in enumerate(kept) if one.run.language)
        return tuple((one.note.id, one.run.language) for _, _, one in told)

    def accounts(self):
        return tuple(_counted(names, self._of(names.name)) for names in self.account_names())

    def account_names(self):
        return tuple(
            AccountNames(name=name, aliases=tuple(a for _, (a, n) in sorted(self.aliases.items()) if n == name))
            for _, name in sorted(self.names.items())
        )

    def add_alias(self, account, alias):
        name, taken = self._name(account), self._name(alias)
        if name is None:
            raise UnknownAccount(f"There is no account {account!r}.")
        if taken not in (None, name):
            raise InputError(f"{alias!r} already stands for the account {taken!r}.")
        if taken is None:
            self.aliases[key(alias)] = (alias.strip(), name)

    def match_text(self, query, account, limit):
        words = query.casefold().split()
        scores = {
            (one.note.id, passage.ordinal): sum(word in passage.text.casefold() for word in words)
            for one in self._of(account)
            for passage in one.passages
        }
        best = sorted((place for place, score in scores.items() if score), key=lambda place: -scores[place])
        return tuple(best[:limit])

    def forget(self, account, note_id=None):
        name = self._name(account)
        gone = tuple(one.note.id for one in self._of(account) if note_id in (None, one.note.id)) if name else ()
        if note_id is not None:
            self.kept = {other: one for other, one in self.kept.items() if other not in gone}
            return gone
        self.kept = {note_id: one for note_id, one in self.kept.items() if note_id not in gone}
        self.names = {k: other for k, other in self.names.items() if other != name}
        self.aliases = {k: pair for k, pair in self.aliases.items() if pair[1] != name}
        self.joined_people = {at: one for at, one in self.joined_people.items() if at[0] != name}
        return gone

    def unindexed(self, generation):
        return tuple(note_id for note_id, one in self.kept.items() if one.generation != generation)

    def mark_indexed(self, note_ids, generation):
        for note_id in set(note_ids) & self.kept.keys():
            self.kept[note_id].generation = generation

    def passage_count(self, generation=None):
        return sum(len(one.passages) for one in self.kept.values() if generation in (None, one.generation))

    def close(self):
        pass


def _within(day: Any, wanted: SignalFilter) -> bool:
    return (wanted.since is None or day >= wanted.since) and (wanted.until is None or day <= wanted.until)


def _counted(names: AccountNames, kept: Sequence[_Kept]) -> AccountRow:
    days = [one.note.date for one in kept]
    return AccountRow(
        name=names.name,
        aliases=names.aliases,
        notes=len(kept),
        signals=sum(len(one.signals) for one in kept),
        first_note=min(days, default=None),
        last_note=max(days, default=None),
        last_live=max(
            (one.note.date for one in kept if one.note.is_live),
            default=None,
        ),
    )


class FakeLinks:
    """Port `Links` in a list, over the notes of a `FakeStore`."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store
        self.marks: dict[str, str] = {}
        self.found: list[Bearing] = []
        self.saved: list[tuple[str, ...]] = []

    def links(self, account):
        there = {note.id for note in self._store.notes(account)}
        return tuple(one for one in self.found if {one.statement.note_id, one.words.note_id} <= there)

    def linked(self, account):
        there = {note.id for note in self._store.notes(account)}
        return {note_id: mark for note_id, mark in self.marks.items() if note_id in there}

    def link(self, marks, found):
        new = {one for one, mark in marks.items() if self._store.note(one) and self.marks.get(one) != mark}
        self.marks |= {note_id: marks[note_id] for note_id in new}
        self.found = [one for one in self.found if not {one.statement.note_id, one.words.note_id} & new]
        self.found += [one for one in found if {one.statement.note_id, one.words.note_id} & new]
        self.saved.append(tuple(marks))

    def unlink(self):
        self.marks, self.found = {}, []

    def close(self):
        pass


@dataclass
class FakeJudge:
    """Port `Judge`: the verdict is what `rule` answers for a pair; None means that the words say nothing."""

    rule: Callable[[Pair], Effect | None] = lambda pair: None
    version: str = "fake-1"
    weighed: list[Pair] = field(default_factory=list)

    def weigh(self, pairs: Sequence[Pair]) -> tuple[Likelihoods, ...]:
        self.weighed += pairs
        return tuple(likely(self.rule(pair)) for pair in pairs)


def likely(effect: Effect | None) -> Likelihoods:
    """A clear verdict."""
    return Likelihoods(**{one.value: 0.9 if one is effect else 0.01 for one in Effect})


class FakePersons:
    """Port `Persons` in dictionaries, over the accounts of a `FakeStore`."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store
        self.told: dict[str, OneOfUs | None] = {}

    def joined(self, account):
        told = [
            (sorted(names), one)
            for (name, names), one in self._store.joined_people.items()
            if name == self._store._name(account)
        ]
        return tuple(one for _, one in sorted(told, key=lambda pair: pair[0]))

    def join(self, account, said):
        names = frozenset((key(said.name), key(said.other)))
        if len(names) == 1 or "" in names:
            raise InputError("These are not two spellings of a name.")
        if (name := self._store._name(account)) is None:
            raise UnknownAccount(f"There is no account {account!r}.")
        self._store.joined_people[name, names] = said

    def unjoin(self, account, name, other):
        return (
            self._store.joined_people.pop((self._store._name(account), frozenset((key(name), key(other)))), None)
            is not None
        )

    def our_people(self):
        return tuple(one.value for one in self.ours() if one.sort == "person" and not one.learned)

    def add_our_people(self, names):
        if not all(map(key, names)):
            raise InputError("That is nobody's name.")
        self.add_ours([OneOfUs(sort="person", value=" ".join(name.split())) for name in names])

    def remove_our_person(self, name):
        return self.remove_ours(name)

    def ours(self):
        every = sorted(self.told.items(), key=lambda pair: pair[0])
        shown = [one for _, one in every if one is not None]
        return tuple(sorted(shown, key=lambda one: ("person", "domain", "address").index(one.sort)))

    def add_ours(self, said):
        self.told |= {key(one.value): one for one in said}

    def learn_ours(self, told):
        new = {key(one.value): one.model_copy(update={"learned": True}) for one in told}
        new = {mark: one for mark, one in new.items() if mark not in self.told}
        self.told |= new
        return tuple(new.values())

    def remove_ours(self, value):
        if self.told.get(key(value)) is None:
            return False
        self.told[key(value)] = None
        return True

    def close(self):
        pass


class FakeSources:
    """Port `Sources` in dictionaries, over the notes of a `FakeStore`."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store
        self.files: dict[str, frozenset[str]] = {}
        self.places: dict[str, str] = {}
        self.other: list[OtherForm] = []

    def recall(self, mark):
        there = self.files.get(mark)
        return len(there) if there is not None and all(map(self._store.note, there)) else None

    def remember(self, files):
        self.files |= {one.mark: frozenset(one.note_ids) for one in files}
        self.places |= {one.mark: one.place for one in files}

    def came_of(self, place):
        held = {note_id for mark, ids in self.files.items() if place and self.places[mark] == place for note_id in ids}
        return tuple(note_id for note_id in self._store.kept if note_id in held)

    def add_form(self, form):
        if self._store.note(form.note_id) is None:
            raise InputError(f"There is no note with the id {form.note_id!r}.")
        if all((one.note_id, one.text) != (form.note_id, form.text) for one in self.other):
            self.other.append(form)

    def forms(self, note_id):
        there = self._store.note(note_id) is not None
        return tuple(one for one in self.other if there and one.note_id == note_id)

    def forms_in(self, account):
        return tuple(one for one in self.other if one.note_id in {note.id for note in self._store.notes(account)})

    def close(self):
        pass


class FakeIndex:
    """Port `Index` in a dictionary, every row compared."""

    def __init__(self) -> None:
        self.number = 0
        self.rows: dict[tuple[str, int], tuple[Any, Any]] = {}

    @property
    def generation(self) -> str:
        return f"generation-{id(self)}-{self.number}"

    def add(self, entries, vectors):
        self.rows.update({(entry.note_id, entry.ordinal): (entry, vectors[at]) for at, entry in enumerate(entries)})

    def remove(self, note_ids):
        self.rows = {place: row for place, row in self.rows.items() if place[0] not in set(note_ids)}

    def query(self, vector, limit, wanted):
        asked = np.asarray(vector, dtype=float).reshape(-1)
        hits = [
            Hit(note_id=entry.note_id, ordinal=entry.ordinal, similarity=float(np.dot(asked, row)))
            for entry, row in self.rows.values()
            if wanted.account is None or key(entry.account) == key(wanted.account)
            if _within(entry.date, wanted)
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.similarity)[: max(limit, 0)])

    def vectors(self, account):
        held = [(place, row) for place, (entry, row) in self.rows.items() if key(entry.account) == key(account)]
        return tuple(place for place, _ in held), np.array([row for _, row in held], dtype=np.float32)

    def count(self):
        return len(self.rows)

    def reset(self):
        self.rows.clear()
        self.number += 1


@dataclass
class FakeEmbedder:
    """Port `Embedder`: unit vectors that count hashed words, so texts with the same words are alike."""

    dimension: int = 64
    name: str = "words"
    fingerprint: str = "words-1"
    asked: list[str] = field(default_factory=list)

    def embed(self, texts: Sequence[str]) -> Any:
        self.asked += texts
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.casefold().split() or [""]:
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True) if len(texts) else rows


@dataclass
class FakeEngine:
    """Port `Engine`: the drafts are what `claim` answers for a note; an exception of it is the note's error."""

    claim: Callable[[Note], Sequence[Draft]] = lambda note: ()
    name: str = "fake"
    version: str = "1"
    batch: int = 16

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        for note in notes:
            try:
                yield Drafts(note_id=note.id, drafts=tuple(self.claim(note)))
            except Exception as error:
                yield Drafts(note_id=note.id, error=str(error))
