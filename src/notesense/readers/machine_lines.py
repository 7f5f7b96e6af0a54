"""Lines in a mail that nobody wrote: footers of devices, notices of companies, banners, joining blocks, keys.

A notice is a paragraph that speaks of the mail itself, of several of the things that notices speak of, at the end.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from notesense.readers.signature_words import (
    CLICKED,
    CONTACT,
    CORE_NOTICE,
    HANDLED,
    HEADING,
    MEETING_LINK,
    NOTICE,
    OUTSIDE,
    SELDOM,
    SELF,
    SINGULAR,
    SMALL,
    TAGGED,
    WARNED,
    is_device_footer,
)

_RULE = re.compile(r"[_─═=*~-]{5,}")
_SIGNED = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----")
_ARMOUR = re.compile(r"-----BEGIN PGP (?:SIGNATURE|PUBLIC KEY BLOCK)-----")
_ARMOUR_END = re.compile(r"-----END PGP (?:SIGNATURE|PUBLIC KEY BLOCK)-----")
_HASH = re.compile(r"Hash: [\w, -]+")
_UUENCODED = re.compile(r"begin [0-7]{3,4} \S.*")
_UUENCODED_LINE = re.compile(r"[ -`]{1,62}")
_FIGURES = re.compile(
    r"[€$£¥%]|\b(?:EUR|USD|GBP|CHF)\b|\b\d+\s(?:days?|weeks?|months?|tage?n?|wochen?|monate?n?|jours?|semaines?"
    r"|mois|días?|semanas?|mes(?:es)?|giorni|settimane|mesi|dias|dagen|weken|dni|tygodni|dagar|veckor)\b",
    re.IGNORECASE,
)
_PLURAL = frozenset(
    "we our us wir uns unser unsere nous notre nos nosotros nuestro nuestra noi nostro nostra nós nosso nossa wij "
    "onze ons vi vår "
    "vores nasz nasza nasze мы наш наша нас biz bizim".split()
)
_WORDS = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=。)")
_FEW_WORDS = 4
_STRANGE = 5
"""Of so many sentences in a notice, one may be about something else."""
_LONGEST = 4000
"""Characters of a paragraph that are looked at; a longer one is no notice."""
_MOST_JOINING = 25


def marked(lines: Sequence[str], signs_off: Callable[[int], bool]) -> list[bool]:
    """Tell for each line, without blanks around it, whether a program or a company's notice put it there.

    `signs_off` tells of the line of a number whether it is a parting or the writer's name.
    """
    found = [bool(line) and is_device_footer(line) for line in lines]
    for start, end in (*_armoured(lines), *_joining(lines)):
        found[start:end] = [bool(line) for line in lines[start:end]]
    blocks = list(_blocks(lines, found))
    if blocks and _is_banner(" ".join(lines[slice(*blocks[0])])):
        _mark(found, *blocks.pop(0))
    closed = _closing(lines, signs_off)
    for start, end in _notices(lines, blocks, closed):
        _mark(found, start, end)
    return found


def _mark(found: list[bool], start: int, end: int) -> None:
    found[start:end] = [True] * (end - start)


def _blocks(lines: Sequence[str], found: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of lines that are not yet known to be a program's; a rule ends one."""
    start = None
    for at, line in enumerate((*lines, "")):
        told = bool(line) and not found[at] and not _RULE.fullmatch(line)
        if told and start is None:
            start = at
        elif not told and start is not None:
            yield start, at
            start = None


def _armoured(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the lines of signatures, keys and files that stand in the text in letters."""
    at = 0
    while at < len(lines):
        line, end = lines[at], at
        if _SIGNED.fullmatch(line):
            end = at + 1
            while end < len(lines) and _HASH.fullmatch(lines[end]):
                end += 1
        elif _ARMOUR.fullmatch(line):
            end = next((n + 1 for n in range(at, len(lines)) if _ARMOUR_END.fullmatch(lines[n])), len(lines))
        elif _UUENCODED.fullmatch(line):
            end = at + 1
            while end < len(lines) and lines[end] != "end" and _UUENCODED_LINE.fullmatch(lines[end]):
                end += 1
            end = end + 1 if end < len(lines) and lines[end] == "end" else at
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _joining(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield what a calendar puts under an invitation: from a rule to the next, with the link to join."""
    rules = [at for at, line in enumerate(lines) if _RULE.fullmatch(line) and len(line) >= 20]
    for number, at in enumerate(rules):
        below = rules[number + 1] + 1 if number + 1 < len(rules) else len(lines)
        told = [n for n in range(at + 1, min(below, at + 1 + 2 * _MOST_JOINING)) if lines[n]][:_MOST_JOINING]
        if not told or not any(MEETING_LINK.search(lines[n]) for n in told[:8]):
            continue
        end = next((n for n in told if _says(lines[n])), told[-1] + 1)
        yield at, end


def _says(line: str) -> bool:
    """Tell whether somebody says something in a line; programs ask to click, and name numbers."""
    words = _WORDS.findall(line)
    return len(words) > 3 and (any(word in SINGULAR or word.casefold() in _PLURAL for word in words))


def _is_banner(block: str) -> bool:
    """Tell whether the first paragraph of a mail is what a server puts above mails from outside."""
    if len(block) > 700 or _is_of_one(block) or _is_of_several(block):
        return False
    if SELDOM.fullmatch(block):
        return True
    if TAGGED.match(block):
        return CLICKED.search(block) is not None
    if not CLICKED.search(block) or not WARNED.search(block):
        return False
    return any(SELF.search(one) and OUTSIDE.search(one) for one in _SENTENCE.split(block))


def _is_of_one(block: str) -> bool:
    return any(word in SINGULAR for word in _WORDS.findall(block))


def _is_of_several(block: str) -> bool:
    return any(word.casefold() in _PLURAL for word in _WORDS.findall(block))


def _closing(lines: Sequence[str], signs_off: Callable[[int], bool]) -> int:
    """Return the first line with which the writer has come to an end; behind the last where there is none."""
    told = [at for at, line in enumerate(lines) if line]
    for at in told[1:]:
        line = lines[at]
        if signs_off(at) or _RULE.fullmatch(line) or line == "--" or HEADING.fullmatch(line) or is_device_footer(line):
            return at
    return len(lines)


def _notices(lines: Sequence[str], blocks: Sequence[tuple[int, int]], closed: int) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs that are notices: the last ones, or those below where the writer has ended."""
    last = True
    begins: list[int | None] = []
    for start, end in reversed(blocks):
        begin = _notice_in(lines, (start, end), closed, last)
        begins.append(begin)
        last = last and (begin == start or _goes_on(" ".join(lines[start:end])))
    begins.reverse()
    beside = False
    for number, (start, end) in enumerate(blocks):
        begin = begins[number]
        above = start >= closed and any(one is not None for one in begins[number + 1 : number + 2])
        if begin is None and (beside or above) and _goes_on(" ".join(lines[start:end])):
            begin = start
        beside = begin is not None
        if begin is not None:
            yield begin - (begin > start and HEADING.fullmatch(lines[begin - 1]) is not None), end


def _notice_in(lines: Sequence[str], block: tuple[int, int], closed: int, last: bool) -> int | None:
    """Return with which line of a paragraph a notice begins, or None; `closed` is the line that ends the mail."""
    start, end = block
    told = " ".join(lines[start:end])
    if not (end > closed or last) or len(told) > _LONGEST:
        return None
    first = SELF.search(told)
    if first is None:
        return None
    found = list(_kinds(told))
    kinds = {kind for kind, _ in found}
    at = min([first.start(), *(place for _, place in found)])
    line = start
    while line + 1 < end and at > len(lines[line]):
        at -= len(lines[line]) + 1
        line += 1
    before, told, named = lines[line][:at].rpartition(". ")[0], " ".join(lines[line:end]), CONTACT.search(told)
    if not kinds & CORE_NOTICE or _is_of_one(told) or _FIGURES.search(told) or "?" in told:
        return None
    if not _is_only_notice(told):
        return None
    if not CONTACT.search(before) and any(word in SMALL for word in _WORDS.findall(before)):
        return None
    enough = 1 if named else 2
    if line <= closed:
        if "confidential" not in kinds:
            return None
        enough = 4 if _is_of_several(told) else 2
    return line if len(kinds) >= enough else None


def _is_only_notice(told: str) -> bool:
    """Tell whether the mail says of itself what notices say, and nearly each sentence is about that or the company."""
    sentences = [one for one in _SENTENCE.split(told) if one]
    spoken = [{kind for kind, _ in _kinds(one)} for one in sentences]
    told_of = [SELF.search(one) is not None for one in sentences]
    if not any(itself and kinds & CORE_NOTICE for itself, kinds in zip(told_of, spoken, strict=True)):
        return False
    strange = 0
    for one, itself, kinds in zip(sentences, told_of, spoken, strict=True):
        registered = CONTACT.search(one) and any(char.isdigit() for char in one)
        strange += not (itself or kinds or registered or HANDLED.search(one) or len(one.split()) < _FEW_WORDS)
    return strange * _STRANGE <= len(sentences)


def _kinds(told: str) -> Iterator[tuple[str, int]]:
    """Yield the kinds of things that notices speak of and a paragraph does, each with its first place."""
    small = told.replace("İ", "i").lower()
    for kind, words in NOTICE.items():
        if found := words.search(small):
            yield kind, found.start()


def _goes_on(told: str) -> bool:
    """Tell whether a paragraph beside a notice is one, though it does not speak of itself."""
    if len(told) > _LONGEST or _is_of_one(told) or _is_of_several(told) or _FIGURES.search(told) or "?" in told:
        return False
    if HEADING.fullmatch(told):
        return True
    kinds = {kind for kind, _ in _kinds(told)}
    return bool(kinds & CORE_NOTICE) and (len(kinds) > 1 or SELF.search(told) is not None)
