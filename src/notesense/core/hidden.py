r"""Characters that cannot be seen, or that steer what reads them: terminals, reading direction, hidden tags.

One list for all: renderers spell these characters out, requests to a model leave them out, grounding reads past them.
"""

import re
from functools import lru_cache

STEERING = (
    "\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f"  # C0 and C1 controls without the white ones of everyday texts
    "\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb\\ufffe\\uffff"
    "\\U000110bd\\U000110cd\\U00013430-\\U0001345f\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff"
    "\\ud800-\\udfff"  # lone surrogates: they cannot be encoded at all
)
"""The inside of a character class of a regular expression."""
_INVISIBLE = re.compile(rf"(?!\s)[{STEERING}]")


@lru_cache(maxsize=4096)
def is_invisible(character: str) -> bool:
    """Tell whether a character is hidden or steering, and no white space."""
    return _INVISIBLE.match(character) is not None


def visible(text: str) -> str:
    """Return the text without its invisible characters; white space of every kind stays."""
    return _INVISIBLE.sub("", text)
