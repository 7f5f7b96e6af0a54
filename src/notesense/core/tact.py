"""Tact: which of the notes' words are better not said aloud, though the account manager reads them as evidence.

Over a failure no words are quoted that name somebody: the matter is spoken of, not the person. Words with the name of
somebody about whom there are only rumours are never quoted, nor any that overlap a rumour or what was declined.
"""

from collections.abc import Iterable, Sequence

from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.matter import Matter
from notesense.core.naming import find_names, plain
from notesense.core.picture import AccountPicture
from notesense.core.playbook import Trigger
from notesense.core.spellings import parts
from notesense.core.words import all_words

LEAST_LETTERS = 3
"""A shorter part of a name is an initial, or a word like any other."""
_WORDS = frozenset({"quote", "said", "what", "topic"})
_FAILURES = frozenset(
    {
        Trigger.PROMISE_OVERDUE_US,
        Trigger.PROMISE_ASKED_US,
        Trigger.PROMISE_UNCLEAR_US,
        Trigger.PROMISE_ORPHANED,
        Trigger.PROMISE_OVERDUE_CUSTOMER,
        Trigger.FIRE,
        Trigger.SUPPORT_OPEN,
        Trigger.PAIN_US,
        Trigger.PAIN_BUSINESS,
        Trigger.PAIN_OTHER_SUPPLIER,
        Trigger.RECURRING,
        Trigger.STALLED,
        Trigger.EXPECTATION_PASSED,
    }
)


def tactful(history: History, picture: AccountPicture, matters: Sequence[Matter]) -> tuple[Matter, ...]:
    """Return the matters without the words that are not to be said."""
    silent = [one.source for one in picture.people if one.certainty == "rumored"]
    silent += [one for matter in matters if matter.trigger is Trigger.DECLINED for one in matter.evidence]
    rumoured = _parts(one.person for one in picture.people if one.certainty == "rumored")
    people = _parts(
        (
            *history.speakers(),
            *(one.person for one in picture.people),
            *(one.person for one in picture.promises),
            *(name.text for name in find_names([one.evidence[0].quote for one in matters]) if name.label == "PERSON"),
        )
    )
    return tuple(_tactful(one, silent, people if one.trigger in _FAILURES else rumoured) for one in matters)


def _tactful(matter: Matter, silent: Sequence[Evidence], names: frozenset[str]) -> Matter:
    source = matter.evidence[0]
    said = {plain(word) for word in all_words(source.quote)}
    if not said & names and not any(source.overlaps(one) for one in silent):
        return matter
    kept = {name: value for name, value in matter.values.items() if name not in _WORDS}
    return matter.model_copy(update={"values": kept})


def _parts(names: Iterable[str | None]) -> frozenset[str]:
    return frozenset(part for name in names if name for part in parts(name) if len(part) >= LEAST_LETTERS)
