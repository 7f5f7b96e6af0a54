"""Texts as YAML: quoted, on one line, whatever stands in them.

JSON's strings are YAML's double-quoted ones but for what YAML calls unprintable, which is escaped besides. So no
library is needed, and no word can be taken for a date, a truth value or the end of the head.
"""

import json
import re
from collections.abc import Iterable

_UNPRINTABLE = re.compile("[\\x7f-\\x9f\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufffe\\uffff]")


def quoted(words: str) -> str:
    """Return a text between double quotes, on one line."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(words, ensure_ascii=False))


def listed(words: Iterable[str]) -> str:
    """Return texts as a list on one line."""
    return f"[{', '.join(map(quoted, words))}]"
