"""Whom an item is for: who of the customer's people said it, is to do it or is named in it, and whether they come.

Where nobody is told to be there, nothing is aimed.
"""

from collections.abc import Sequence

from notesense.core.matter import Matter
from notesense.core.naming import plain
from notesense.core.note import Value
from notesense.core.picture import AccountPicture
from notesense.core.playbook import Trigger
from notesense.core.spellings import can_be_one, is_among, parts
from notesense.core.tact import LEAST_LETTERS
from notesense.core.words import all_words

_FOR_ALL = frozenset(
    {
        Trigger.CHANGED,
        Trigger.QUIET,
        Trigger.NO_LIVE,
        Trigger.EMAIL_ONLY,
        Trigger.RENEWAL_ONLY,
        Trigger.FIGURES,
        Trigger.PROMISE_KEPT_US,
        Trigger.LEADERSHIP_RUMORED,
    }
)
"""These are nobody's in particular; whom a rumour names is not asked about it."""
_GONE = frozenset({Trigger.LEADERSHIP_LEFT, Trigger.PROMISE_ORPHANED})
"""These name somebody who cannot be asked any more."""


class Aim(Value):
    """Whom an item is for. `through` is whom to ask in their place, where they will not be there."""

    name: str
    through: str | None = None


class Room:
    """Who will be there, and whom of the customer's people the notes know."""

    def __init__(self, picture: AccountPicture, speakers: Sequence[str], present: Sequence[str]) -> None:
        self.present = tuple(present)
        leaders = [one.person for one in picture.people if one.person and one.side == "customer"]
        doers = [one.person for one in picture.promises if one.person and one.owner == "customer"]
        gone = [one.person for one in picture.people if one.person and one.in_role is False and one.change == "left"]
        known = dict.fromkeys((*self.present, *leaders, *doers, *speakers))
        self._known = tuple(name for name in known if not is_among(name, gone) or is_among(name, self.present))

    def aim(self, matter: Matter) -> Aim | None:
        """Return whom a matter is for, or None where the notes do not tell."""
        if not self.present or matter.trigger in _FOR_ALL:
            return None
        name = self._whom(matter)
        if name is None:
            return None
        here = next((one for one in self.present if can_be_one(one, name)), None)
        return Aim(name=here) if here else Aim(name=name, through=self.present[0])

    def _whom(self, matter: Matter) -> str | None:
        source, gone = matter.evidence[0], matter.person if matter.trigger in _GONE else None
        told = [source.speaker if source.side != "us" else None, matter.person]
        known = [self._called(name) for name in told if name]
        named = (name for name in self._known if self._is_named(name, source.quote))
        return next((name for name in (*known, *named) if name and not (gone and can_be_one(name, gone))), None)

    def _called(self, name: str) -> str | None:
        return next((one for one in self._known if can_be_one(one, name)), None)

    def _is_named(self, name: str, quote: str) -> bool:
        said = {plain(word) for word in all_words(quote)}
        return any(len(part) >= LEAST_LETTERS and part in said for part in parts(name))
