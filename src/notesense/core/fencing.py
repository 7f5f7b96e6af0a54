"""Words of others inside a request to a model: always data, on lines of their own, between marks they cannot write.

What comes from notes (text, speakers, titles, account names, earlier answers of a model) is put on one line each,
without characters that hide or steer, so that no word of it can begin a line of ours. The folding of grounding reads
past everything that is changed here: a quote out of such a line is found in the note. The marks depend on nothing but
a name and a count: they give no hint of what was said, and the same words make the same request.
"""

import hashlib
from collections.abc import Iterable
from itertools import count

from notesense.core.folding import MAIL_LINE
from notesense.core.hidden import visible


def line(text: str) -> str:
    """Return the text on one line: white space is one blank, line ends with quote marks of mail too, nothing hidden."""
    return " ".join(visible(MAIL_LINE.sub(" ", text)).split())


def fenced(name: str, lines: Iterable[str]) -> str:
    """Return the lines between `<name-mark>` and `</name-mark>`, each made safe as by `line`.

    The mark is the same in nearly every request (prompts may show it: `mark(name)`); where the lines hold it
    themselves, another takes its place. A line that begins with words of ours (a number, a side) should, so that
    words of others never begin one.
    """
    body = "\n".join(map(line, lines))
    folded = body.casefold()
    chosen = next(each for each in (mark(name, number) for number in count()) if each not in folded)
    return f"<{name}-{chosen}>\n{body}\n</{name}-{chosen}>"


def mark(name: str, number: int = 0) -> str:
    """Return the mark of a fence: 6 hexadecimal digits; `number` counts those that the words inside made unusable."""
    return hashlib.sha256(f"{name} {number}".encode()).hexdigest()[:6]
