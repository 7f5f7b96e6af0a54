"""What may leave this machine and in which form, put together: redaction, restrictions, and what is said of both."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from notesense.core.accounts import key
from notesense.core.note import Note
from notesense.core.ports import AccountRow, Engine, Found, LanguageModel, ModelRecords, Sender, SignalFilter, Store
from notesense.core.records import Restriction
from notesense.core.redaction import Known, Redactable, chosen
from notesense.core.restriction import Restricted
from notesense.core.results import Added, Restrained
from notesense.errors import InputError
from notesense.workflows.layers.announcing import Announcing, Plan, sending
from notesense.workflows.layers.redacting import Redacting
from notesense.workflows.layers.restricting import Restricting
from notesense.workflows.splitting import Split


class Privacy:
    """The privacy of one run. `tell` hears, once, what goes where; it says nothing unless the command line sets it."""

    def __init__(self, redact: str | None, store: Callable[[], Store], records: Callable[[], ModelRecords]) -> None:
        self.tell: Callable[[str], None] = _silent
        self.plan = Plan()
        self.stayed: set[str] = set()
        """Ids of restricted notes that were read on this machine in the place of a model."""
        self._redact = redact
        self._store = store
        self._records = records

    @cached_property
    def redacted(self) -> frozenset[Redactable]:
        """What is replaced before anything is sent. Raises InputError for a wish that says nothing known."""
        return chosen(self._redact) if self._redact else frozenset()

    def around(self, model: LanguageModel, known: Known | None = None) -> LanguageModel:
        """Return the model as everything else may use it: what is restricted or redacted never gets further in.

        With `known` these names are known, and not those that the store knows now.
        """
        return Restricting(self._redacting(model, known) if self.redacted else model, self.restricted)

    def _redacting(self, model: LanguageModel, known: Known | None) -> LanguageModel:
        from notesense.adapters.prompts import common_words

        return Redacting(model, self.redacted, lambda: self.known() if known is None else known, common_words())

    def announced(self, model: Sender, host: str) -> Sender:
        """Return the model that sends, so that it is said once what goes where before it does."""
        return Announcing(model, lambda told: self.tell(told), host, self.redacted, self.plan)

    def announce(self, notes: int, characters: int, host: str, name: str) -> None:
        """Say that these notes go to this model now."""
        counted = "1 note" if notes == 1 else f"up to {notes:,} notes"
        self.tell(sending(f"{counted} ({characters:,} characters)", host, name, self.redacted))

    def restricted(self) -> Restricted:
        """Return the restrictions that are in force now."""
        restrictions = self._records().restrictions()
        return Restricted(restrictions, self._store().account_names() if restrictions else ())

    def split(self, engine: Engine, local: Callable[[], Engine]) -> Engine:
        """Return an engine that leaves restricted notes to the local one."""
        return Split(engine, local, lambda note: self.restricted().note(note.account, note.id), self.stayed)

    def expect(self, texts: Iterable[str]) -> None:
        """Count what a run may send."""
        lengths = [len(text) for text in texts]
        self.plan.notes, self.plan.characters = len(lengths), sum(lengths)

    def expect_from(self, source: str) -> None:
        """Say where the notes come from that a run may send; how many there are is not known before."""
        self.plan.source = source

    def mark(self, notes: Iterable[Note]) -> None:
        """Restrict notes, whether they are stored already or not."""
        for note in notes:
            self._records().restrict(Restriction(account=note.account, note_id=note.id))

    def marked(self, added: Added) -> Added:
        """Restrict those notes too that were there before, and return all of them marked so."""
        self.mark(kept.note for kept in added.kept)
        kept = tuple(each.model_copy(update={"restricted": True}) for each in added.kept)
        return added.model_copy(update={"kept": kept})

    def restrict(self, account: str, note_id: str | None, lift: bool) -> Restrained:
        """Restrict an account or one of its notes, or take that back. Raises InputError for a note that it has not."""
        note = None if note_id is None else self._store().note(note_id)
        if note_id is not None and (note is None or note.account != account):
            raise InputError(
                f'{account} has no note with the id "{note_id}".', "notesense search and signals show the ids of notes."
            )
        one = Restriction(account=account, note_id=note_id or "")
        records = self._records()
        before = {(key(each.account), each.note_id) for each in records.restrictions()}
        there = (key(account), one.note_id) in before
        records.lift(one) if lift else records.restrict(one)
        return Restrained(restrictions=(one,), changed=there == lift, lifted=lift)

    def listed(self) -> Restrained:
        """Return all restrictions."""
        return Restrained(restrictions=self._records().restrictions())

    def rows(self, rows: Iterable[AccountRow]) -> tuple[AccountRow, ...]:
        """Return the accounts with their restrictions told."""
        restrictions = self._records().restrictions()
        restricted = self.restricted()
        counts = Counter(key(each.account) for each in restrictions if each.note_id)
        return tuple(
            row.model_copy(
                update={"restricted": restricted.account(row.name), "restricted_notes": counts[key(row.name)]}
            )
            for row in rows
        )

    def found(self, found: Iterable[Found]) -> tuple[Found, ...]:
        """Return the signals with the restrictions of their notes told."""
        restricted = self.restricted()
        return tuple(
            one.model_copy(update={"restricted": True}) if restricted.note(one.account, one.signal.note_id) else one
            for one in found
        )

    def known(self) -> Known:
        """Return the names that the store knows: accounts, their aliases and rivals, and people."""
        store = self._store()
        people: dict[str, None] = {}
        companies = dict.fromkeys(name for each in store.account_names() for name in (each.name, *each.aliases))
        for found in store.signals(SignalFilter()):
            stated = found.signal.attributes
            people.update(dict.fromkeys(_names(stated.get("person"), found.signal.speaker)))
            companies.update(dict.fromkeys(_names(stated.get("name"), stated.get("competitor"))))
        return Known(people=tuple(people), companies=tuple(companies))


def _names(*found: str | None) -> Iterator[str]:
    """Yield what can be a name: all that is not written in lower case."""
    return (name for name in found if (name and name != name.lower()) or (name and not name.isascii()))


def _silent(told: str) -> None:
    """Say nothing."""
