"""Words that stand in a meeting of the open program `minutes` without being taken for its headings and speakers.

A line that would be one gets a backslash before it, as Markdown itself marks what is meant as it stands; taking it away
always gives back what was written.
"""

import re

_MEANT = re.compile(r"^(?=\\*(?:##[ \t]|\[))", re.MULTILINE)
_MARKED = re.compile(r"^\\(?=\\*(?:##[ \t]|\[))", re.MULTILINE)


def marked(words: str) -> str:
    """Return the words with a backslash before each line that could be taken for a heading or a speaker."""
    return _MEANT.sub(r"\\", words)


def unmarked(words: str) -> str:
    """Return what the words were before `marked`."""
    return _MARKED.sub("", words)
