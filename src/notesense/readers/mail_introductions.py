"""Lines that say that somebody wrote what follows: "On Monday Ben wrote:", in any language as far as its shape tells.

A program tells the day, the hour and an address, and ends with a colon or in dashes. Who merely tells that somebody
wrote ("Your support wrote on 3 March:") goes on in own words below what is quoted.
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from notesense.core.note import Attendee
from notesense.readers.mail_dates import is_dated
from notesense.readers.mail_lines import Line, next_with_words
from notesense.readers.mail_phrases import ADDRESS, DATED, NO_NAME, WROTE

_MOST_LINES = 3
"""Lines over which a program breaks "On ... wrote:"."""
_LONGEST = 300
_MOST_BEFORE_DATE = 3
"""Words before the day where a line begins with it: "On Thu, 12 March 2026"."""
_FLANKED = re.compile(r"(?P<mark>-{2,}|={2,}|>{2,}) ?(?P<words>[^-=<>\s].{0,250}?) ?(?:-{2,}|={2,}|>{2,})")
_BRACKETED = re.compile(r"[<\[(]\s*(?:mailto:)?([^\s<>()\[\]]+@[^\s<>()\[\]]+)\s*[>\])]")
_NAMING = re.compile(r"[\"“'(]?([^\"“”<>,，、:\d()\[\]]{2,80})[\"”'(]*\s*[<\[(]{1,2}\s*(?:mailto:)?[^\s<>()\[\]]+@")
_QUOTED_NAME = re.compile(r"\"([^\"]{1,80})\"\s*[<\[(]")
_AROUND_NAME = " \t\xa0,，、;.-–—*_'\"“”:："
_QUOTATION = tuple("\"“”„«»‚‘’'「『›‹")
_PARTICLES = frozenset("al bin da de del della den der di dos du el ibn la le ten ter van von y zu".split())
_MOST_WORDS = 6


class Introduction(NamedTuple):
    """Says over `lines` of a text that `writer` wrote what follows; `deeper` where marks of quoting show how far."""

    lines: int
    writer: str
    deeper: bool
    told: str = ""
    """What it says, on one line."""


def introduction_at(lines: Sequence[Line], at: int, people: Sequence[Attendee]) -> Introduction | None:
    """Return the introduction that begins at this line, or None; `people` wrote and received the mail."""
    first, told = lines[at], ""
    for number, line in enumerate(islice(lines, at, at + _MOST_LINES), 1):
        words = line.words.strip()
        if not words or line.depth != first.depth or len(told) + len(words) > _LONGEST:
            return None
        if number == 1 and not (DATED.search(words) or ADDRESS.search(words) or WROTE.search(words)):
            return None
        told = f"{told} {words}".strip()
        flanked = _FLANKED.fullmatch(told)
        if words.endswith((":", "：")) or flanked:
            below = next_with_words(lines, at + number)
            deeper = below is not None and lines[below].depth > first.depth
            bare = flanked["words"] if flanked else told
            quotes = below is not None and lines[below].words.lstrip().startswith(_QUOTATION)
            rest = told.removeprefix(first.words.strip())
            quoted = first.depth > 0 and WROTE.search(bare) is not None and DATED.search(bare) is not None
            if not (quoted or _introduces(bare, deeper, quotes, people)) or _says_all(rest):
                return None
            return Introduction(number, writer_in(bare, people), deeper, bare)
    return None


def _introduces(told: str, deeper: bool, quotes: bool, people: Sequence[Attendee]) -> bool:
    """Tell whether a line introduces older words; marks below make that likelier, a quotation mark less so."""
    wrote, when = WROTE.search(told), is_dated(told)
    if deeper:
        return bool(wrote or when or (DATED.search(told) and ADDRESS.search(told)))
    if when and _BRACKETED.search(told):
        return True
    if not wrote or quotes:
        return False
    if _BRACKETED.search(told):
        return True
    day = DATED.search(told)
    leads = day is not None and day.start() < wrote.start() and len(told[: day.start()].split()) <= _MOST_BEFORE_DATE
    return bool(day and ADDRESS.search(told)) or (when and leads) or (day is not None and _known(told, people) != "")


def _says_all(told: str) -> bool:
    """Tell whether what is left without the first line says all, so that the first line is no part of it."""
    return bool(DATED.search(told) and (WROTE.search(told) or (is_dated(told) and _BRACKETED.search(told))))


def _known(told: str, people: Sequence[Attendee]) -> str:
    """Return the full name of whom these words name first, of people that are known."""
    folded = told.casefold()
    full = [(folded.find(one.name.casefold()), one.name) for one in people if len(one.name.split()) > 1]
    return min(((at, name) for at, name in full if at >= 0), default=(0, ""))[1]


def writer_in(told: str, people: Sequence[Attendee] = ()) -> str:
    """Return whom "On Monday Ben Cole <ben@us.example> wrote:" names, or nothing; `people` are known besides."""
    told = told.rstrip(":： ")
    names = {one.email.casefold(): one.name for one in people if one.email and one.name}
    addressed = ADDRESS.search(told)
    address = addressed[0].removeprefix("mailto:") if addressed else ""
    if name := names.get(address.casefold(), ""):
        return name
    if found := _QUOTED_NAME.search(told):
        return _tidy(found[1])
    if (found := _NAMING.search(told)) and (name := _last_name(WROTE.sub(",", found[1]).rpartition(",")[2])):
        return name
    if address:
        return address
    wrote = WROTE.search(told)
    if name := _known(told, people):
        return name
    if wrote is None:
        return ""
    before = re.split(r"[,，、\d)]", told[: wrote.start()])[-1]
    return _tidy(told[wrote.end() :]) or _tidy(before)


def _last_name(words: str) -> str:
    """Return the name at the end of these words, behind what a language says before it ("napisana przez Ben Cole")."""
    name = _tidy(words)
    run: list[str] = []
    for word in reversed(name.split()):
        if word[:1].islower() and word.casefold() not in _PARTICLES:
            break
        run.insert(0, word)
    while run and run[0][:1].islower():
        del run[0]
    return " ".join(run) or name


def _tidy(name: str) -> str:
    """Return a name without what stands around it: a time's words, quotation marks; empty for what is none."""
    name = name.strip(_AROUND_NAME)
    while found := NO_NAME.match(name):
        name = name[found.end() :]
    words = name.split()
    while len(words) > 1 and words[0][:1].islower() and not words[-1][:1].islower():
        del words[0]
    return " ".join(words) if len(words) <= _MOST_WORDS and not re.search(r"\d", name) else ""
