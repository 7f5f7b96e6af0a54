"""The answer of `us`: who is one of us."""

from notesense.core.note import Value
from notesense.core.person_ports import OneOfUs


class UsList(Value):
    """Who is one of us, as the rep said or as sources told; `domains_set` are those of NOTESENSE_DOMAINS."""

    ours: tuple[OneOfUs, ...] = ()
    domains_set: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    """Domains that write in notes of several accounts and are nobody's yet: perhaps ours."""
    placed: int = 0
    """Older notes in which somebody stands on a side that was not known, by what was said just now."""
