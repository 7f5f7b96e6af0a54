"""Whose note a reading is, for one run: told by what is known, asked for where somebody can be asked, else refused."""

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from notesense.core.accounts import confusable_accounts, fitting_accounts, key, near_accounts
from notesense.core.domains import domain_of
from notesense.core.note import Ascribed, Value
from notesense.core.person_ports import OneOfUs
from notesense.core.placing import placed
from notesense.core.reading import Reading
from notesense.core.spellings import parts
from notesense.core.whose import Clue, Directory, Doubt, Told, whose
from notesense.errors import Unplaced

MOST_LISTED = 6
SHOWN = 160
"""Characters of a note that are shown where somebody is asked about it."""
NOBODY = "whose note this is stands nowhere"


class Question(Value):
    """What is asked about a reading: what speaks for which account, and what a new one might be called."""

    where: str
    title: str = ""
    words: str = ""
    """How the note begins."""
    candidates: tuple[Clue, ...] = ()
    strange: tuple[str, ...] = ()


Answer: TypeAlias = str | Literal[False] | None
"""The account's name, None for none this time, or False for none of the rest either."""
Ask: TypeAlias = Callable[[Question], Answer]


class Whose:
    """Tells whose notes readings are. What was answered holds for the same domains until the end of the run."""

    def __init__(self, known: Directory, ask: Ask | None = None) -> None:
        """Take what is known; without `ask` nobody is there to be asked."""
        self.known = known
        self._ask = ask
        self._answers: dict[tuple[str, ...], str | None] = {}
        self._told: dict[str, OneOfUs] = {}

    def unasked(self) -> "Whose":
        """Return what tells whose notes are without asking, and shares with this one all that both come to know."""
        other = Whose(self.known)
        other._answers, other._told = self._answers, self._told
        return other

    def told(self, reading: Reading) -> Told:
        """Return whose note a reading is that names no account itself.

        Raises Unplaced with the candidates where several are or none is, and nobody could say it.
        """
        found = whose(reading, self.known)
        if isinstance(found, Told):
            return found
        question = Question(
            where=reading.where,
            title=reading.title,
            words=reading.text[:SHOWN],
            candidates=found.candidates,
            strange=found.strange,
        )
        answer = self._answered(question)
        if answer:
            return Told(account=answer, ascribed=Ascribed(by="asked", why="you said so"))
        raise _refusal(found, knows_us=bool(self.known.ours))

    def meant(self, reading: Reading, name: str) -> str:
        """Return the account that a source means by a name: the one that has it, or the name itself.

        Raises Unplaced with the candidates where it only comes near to some, and nobody could say which is meant.
        """
        if key(name) in map(key, self.known.accounts):
            return name
        near = confusable_accounts(name, self.known.accounts.values())
        mark = ("named", key(name))
        if near and mark not in self._answers and self._ask is not None:
            why = f"“{name}” comes near; repeat that to begin a new account"
            clues = tuple(Clue(account=one, by="alias", why=why) for one in near)
            question = Question(where=reading.where, title=reading.title, words=reading.text[:SHOWN], candidates=clues)
            self._answers[mark] = self._asked(question)
        said = self._answers.get(mark) if near else name
        if said:
            return said
        raise Unplaced(
            f"no account is called “{name}”, but some come near: {_listed(near)}",
            f'Begin it with --new-account; if it is the same: notesense accounts "{near[0]}" --alias "{name}".',
        )

    def taken(self, reading: Reading, account: str, ascribed: Ascribed) -> Reading:
        """Return the reading with the sides of its people, as it becomes a note of this account; learn from it."""
        done = placed(reading, account, self.known)
        for one in done.attendees:
            if one.side == "us":
                self._learn_of_us(reading, one.name, one.email)
        self.known.learn(account, ascribed.by, done.attendees)
        return done

    def learned(self) -> Sequence[OneOfUs]:
        """Return who of us was told by sources that tell sides; not all of it is new."""
        return tuple(self._told.values())

    def _learn_of_us(self, reading: Reading, name: str, email: str) -> None:
        """Remember one of us whom the source itself told, by full name and domain; nobody known as a customer."""
        told = any(one.side == "us" and (one.name, one.email) == (name, email) for one in reading.attendees)
        if not told or self.known.accounts_of_person(email or name):
            return
        domain = domain_of(email)
        if domain and not self.known.holders(domain):
            self._told.setdefault(domain, OneOfUs(sort="domain", value=domain))
        if len(parts(name)) > 1 and "@" not in name:
            self._told.setdefault(name, OneOfUs(sort="person", value=name))

    def _answered(self, question: Question) -> str | None:
        mark = question.strange or tuple(one.account for one in question.candidates) or (question.where,)
        if mark not in self._answers and self._ask is not None:
            self._answers[mark] = self._account_meant(question)
        return self._answers.get(mark)

    def _account_meant(self, question: Question) -> str | None:
        """Return the account that an answer means; a name that only comes near to known ones is asked about again."""
        answer = self._asked(question)
        names = tuple(self.known.accounts.values())
        fitting = fitting_accounts(answer, names) if answer else ()
        near = () if len(fitting) == 1 or not answer else fitting or near_accounts(answer, names)
        if not near:
            return fitting[0] if fitting else answer
        why = f"near to “{answer}”; repeat that to begin a new account"
        clues = tuple(Clue(account=one, by="asked", why=why) for one in near)
        return self._asked(question.model_copy(update={"candidates": clues, "strange": ()}))

    def _asked(self, question: Question) -> str | None:
        answer = self._ask(question) if self._ask else None
        if answer is False:
            self._ask = None
        return answer or None


def _refusal(doubt: Doubt, knows_us: bool) -> Unplaced:
    """Return what is said where it could not be told whose note it is, with the way out."""
    if doubt.candidates:
        listed = [f"{one.account} ({one.why})" for one in doubt.candidates[:MOST_LISTED]]
        beside = f", but {_listed(doubt.strange)} is nobody's yet" if doubt.strange else ""
        return Unplaced(f"this may be a note of {' or '.join(listed)}{beside}", _fix(doubt))
    if not doubt.strange:
        return Unplaced(NOBODY, "Say it with --account NAME.")
    fix = f"Say it with --account NAME; later mail from {doubt.strange[0]} is then known."
    if not knows_us:
        fix = (
            "Say it with --account NAME. Say once which domain is yours, and the others tell: notesense us add DOMAIN."
        )
    return Unplaced(f"{NOBODY}, and nobody is known by {_listed(doubt.strange)}", fix)


def _fix(doubt: Doubt) -> str:
    first = doubt.candidates[0]
    if first.by == "alias":
        return f'Say it with --account NAME, or for good: notesense accounts "{first.account}" --alias NAME.'
    if not doubt.strange:
        return "Say it with --account NAME."
    return f'Say it with --account NAME, or for good: notesense accounts "{first.account}" --domain {doubt.strange[0]}.'


def _listed(domains: Sequence[str]) -> str:
    more = f" and {len(domains) - MOST_LISTED} more" if len(domains) > MOST_LISTED else ""
    return ", ".join(domains[:MOST_LISTED]) + more
