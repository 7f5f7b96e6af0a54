"""From readings to notes: whose account, which day, which channel, and whether the note is known already."""

import datetime
from dataclasses import dataclass, replace

from notesense.core.accounts import find_account, fitting_accounts, key, near_accounts
from notesense.core.note import Ascribed, Note
from notesense.core.ports import Store
from notesense.core.reading import Reading
from notesense.core.trackers import NO_TRACKERS, Trackers
from notesense.core.vocabulary import Channel
from notesense.core.whose import Told
from notesense.errors import InputError, UnknownAccount
from notesense.workflows.whose import NOBODY, Whose

EARLIEST = datetime.date(1970, 1, 1)
LONGEST_NAME = 120


@dataclass(frozen=True)
class Given:
    """What the user said about the notes. `today` is the day on which this is done; it dates notes that have none.

    `trackers` are the team's own kinds, which engine and labels may claim beside the nine. `whose` tells whose a note
    is that neither the user nor its source names; without it, such a note is refused.
    """

    today: datetime.date
    account: str | None = None
    date: datetime.date | None = None
    channel: Channel | None = None
    new_account: bool = False
    trackers: Trackers = NO_TRACKERS
    whose: Whose | None = None

    def unasked(self) -> "Given":
        """Return the same with nobody to be asked."""
        return self if self.whose is None else replace(self, whose=self.whose.unasked())


@dataclass(frozen=True)
class Known:
    """A note that the store holds already."""

    note: Note


class Intake:
    """Turns readings into notes for one run; remembers the accounts that the run itself brings."""

    def __init__(self, store: Store, given: Given) -> None:
        self._store = store
        self._given = given
        self._names = store.account_names()
        self._by_key = {key(name): a.name for a in self._names for name in (*a.aliases, a.name)}
        self._chosen = None if given.account is None else self._choose(given.account)

    @property
    def assumes_today(self) -> bool:
        """Tell whether a note whose source names no day is dated today."""
        return self._given.date is None

    @property
    def trackers(self) -> Trackers:
        """The team's own kinds of signal."""
        return self._given.trackers

    def note_of(self, reading: Reading) -> Note | Known:
        """Return the note that this reading makes, or the one that is there already.

        Raises InputError for a missing account, an impossible day or an id that another note has.
        """
        told = self._told(reading)
        account = told.account
        day = self._given.date or reading.date
        self._check_day(day or self._given.today)
        known = self._known(reading, account, day)
        if known is not None:
            return Known(known)
        date = day or self._given.today
        self._by_key.setdefault(key(account), account)
        ascribed = told.ascribed
        if reading.recorded is not None:
            ascribed = reading.recorded.ascribed
        elif self._given.whose is not None:
            reading = self._given.whose.taken(reading, account, ascribed)
        channel = self._given.channel or reading.channel or Channel.MEMO
        return reading.as_note(account, date, channel, ascribed, undated=day is None and not reading.typed)

    def _known(self, reading: Reading, account: str, day: datetime.date | None) -> Note | None:
        if reading.id is not None:
            same_id = self._store.note(reading.id)
            if same_id is not None and same_id.text == reading.text and same_id.account == account:
                return same_id
            if same_id is not None:
                raise InputError(
                    f'the id "{reading.id}" is another note of {same_id.account}, {same_id.date}',
                    "Give this note another id.",
                )
        same_text = self._store.known(account, reading.text)
        return next((note for note in same_text if day is None or note.date == day), None)

    def _check_day(self, day: datetime.date) -> None:
        if day > self._given.today:
            raise InputError(
                f"The date {day} lies in the future (today is {self._given.today}).",
                "Give the day on which it took place: --date YYYY-MM-DD",
            )
        if day < EARLIEST:
            raise InputError(
                f"The date {day} is too long ago.", "Give the day on which it took place: --date YYYY-MM-DD"
            )

    def _told(self, reading: Reading) -> Told:
        if self._chosen is not None:
            return Told(account=self._chosen, ascribed=Ascribed(by="given", why="--account"))
        if reading.account is not None and reading.account.strip():
            account = self._meant(reading, reading.account)
            return self._named(Told(account=account, ascribed=Ascribed(by="named", why="its source")))
        if self._given.whose is None:
            raise InputError(NOBODY, "Say it with --account NAME.")
        return self._named(self._given.whose.told(reading))

    def _meant(self, reading: Reading, name: str) -> str:
        """Return the account that the source means by a name. Raises Unplaced where it comes near to known ones."""
        whose = self._given.whose
        settled = key(name) in self._by_key or self._given.new_account or reading.recorded is not None
        return name if settled or whose is None else whose.meant(reading, name)

    def _named(self, told: Told) -> Told:
        """Return the account under the name that it has, or that it is to have."""
        name = self._by_key.get(key(told.account)) or _name(told.account)
        return told.model_copy(update={"account": name})

    def _choose(self, name: str) -> str:
        """Return the account that the user means; a new name is taken unless it nearly is a known one."""
        if self._given.new_account:
            return self._by_key.get(key(name)) or _name(name)
        if fitting_accounts(name, self._names):
            return find_account(name, self._names)
        near = near_accounts(name, self._names)
        if near:
            raise UnknownAccount(
                f'No account is called "{name}", but some come near: {", ".join(near)}.',
                "Use one of these names, or add --new-account to begin a new one.",
                near,
            )
        return _name(name)


def _name(name: str) -> str:
    """Return a new account's name, tidied, or raise InputError where it cannot be one."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise InputError(
            f"{tidy[:60]!r} cannot be an account's name.",
            f"Use up to {LONGEST_NAME} printable characters, such as the company's name.",
        )
    return tidy


def refusal(error: InputError) -> str:
    """Return an input error as one line for a list of what was refused."""
    return f"{error.message.rstrip('.')}. {error.fix}" if error.fix else error.message
