"""What a note's file name and form tell of its day, channel and title. Form only; what is said is for the engines."""

import datetime
import re
from email.utils import parsedate
from typing import NamedTuple

from notesense.core.passages import turns
from notesense.core.vocabulary import Channel
from notesense.readers import written_days

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_NAMED = (
    (Channel.EMAIL, r"e-?mails?|mails?"),
    (Channel.SUPPORT, r"support|tickets?|cases?"),
    (Channel.CHAT, r"chats?|slack|whatsapp|dm"),
    (Channel.MEMO, r"memos?|dictat\w*|voice"),
    (Channel.CALL, r"calls?|phone\s?call|zoom|teams|transcript"),
    (Channel.MEETING, r"meetings?|visit|qbr|workshop|minutes"),
)
_WORDS = "|".join(rf"(?P<{c.value}>(?<![^\W_])(?:{words})(?![^\W_]))" for c, words in _NAMED)
_CHANNEL = re.compile(_WORDS, re.IGNORECASE)
_HEADING = re.compile(
    rf"\W{{0,5}}(?:(?:phone|video|sales|support|site|customer|quarterly|annual|voice)\s)?(?:{_WORDS})"
    r"(?:\s(?:notes?|minutes|summary|log|thread))?(?=\s*(?:$|\n|\r|[:|#(,–—-]|\d|with\b|w/|at\b|@|in\b|to\b))",
    re.IGNORECASE,
)
"""A note that begins as a heading does: "Call with ...", "Visit to ...", "QBR, ...", "Case 4711"."""
_MAIL_HEAD = re.compile(r"\A(?:[\w-]+:[^\r\n]*\r?\n)*?(?:from|subject|to):\s*\S", re.IGNORECASE)
_CHAT_LINE = re.compile(r"^\[?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]m)?\]?\s", re.IGNORECASE | re.MULTILINE)
_DATED = re.compile(
    r"[-#*_ \t]{0,6}(?:(?:(?:meeting|call|visit)[ -])?date|sent|opened|created|datum|gesendet|fecha|data|dato)"
    r"(?:\*\*|__)?\s?:(?:\*\*|__)?\s*(\S.{0,60})",
    re.IGNORECASE,
)
"""A label with a day behind it, in bold or not."""
_HEAD_LINES = 12
_LONGEST_DAY = 60
_FIRST_LINES = 3
"""Lines at the beginning of which one that is a day and nothing else dates the note."""
_WITH_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_LINE = 120
_MOST_OF_DAY = 6
_MOST_BEFORE = 8
"""Words before the day with which a heading ends."""
_PARTING = (",", ";", "|", "–", "—", "-", ")", "]", "/", "·", "•")
_UNTIL = frozenset(
    "by due until till before from since after starting bis vor ab seit nach avant après dès hasta antes desde "
    "entro dal até tot vóór vanaf".split()
)
"""What stands before the day of something else than the note."""
_HEAD = 20_000
"""How much of a text is looked at for its form."""


def day_in_name(name: str) -> datetime.date | None:
    """Return the day that stands in a file name as 2026-03-04, 2026_03_04 or 20260304."""
    match = _DAY.search(name)
    if not match:
        return None
    try:
        return datetime.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


class Day(NamedTuple):
    """The day that something tells; `unclear` says what stands there that may be one of several days, or is none."""

    day: datetime.date | None = None
    unclear: str = ""


def written_day(words: str) -> Day:
    """Return the day that these words are, or contain as 2026-03-04; what is no day is passed over."""
    found = _whole_day(words)
    return found if found != Day() else Day(day_in_name(words) or _mail_day(words))


def day_in_head(text: str) -> Day:
    """Return the day that the head of a note, mail or ticket names.

    It stands on a line of its own, after `Date:`, `Sent:` ..., or where the first line begins or ends, if it is not
    still to come. What stands there and is no day is passed over.
    """
    lines = [line.strip() for line in text[:_HEAD].lstrip().splitlines()[:_HEAD_LINES]]
    for number, line in enumerate(lines):
        named = _DATED.match(line)
        found = Day()
        if named:
            found = written_day(named[1].strip("* \t"))
        elif number < _FIRST_LINES and len(line) <= _LONGEST_DAY and not line.isdigit():
            found = _whole_day(line.strip("#*_ \t"))
        if found != Day():
            return found
        if named:
            break
    edge = _edge_day(lines[0]) if lines else Day()
    return Day() if edge.day is not None and edge.day > datetime.date.today() else edge


def _edge_day(line: str) -> Day:
    """Return the day with its year with which a note's first line begins or ends, as a heading has it.

    One within a sentence, or behind a label that speaks of something else, is none; neither are two.
    """
    bare = line.strip("#*_ \t")
    words = bare.split()
    if len(bare) > _LONGEST_LINE:
        return Day()
    counts = range(1, min(len(words), _MOST_OF_DAY) + 1)
    length = next((n for n in counts if _full(words[:n]) != Day()), 0)
    begins, rest = _full(words[:length]), words[length:]
    if begins != Day() and any(_full(rest[at : at + n]) not in (Day(), begins) for at in (0, 1) for n in counts):
        return Day()
    last = next((n for n in counts if _full(words[-n:]) != Day() and _is_apart(bare, words[:-n])), 0)
    ends = _full(words[len(words) - last :])
    if ends == Day() or bare.endswith((".", "!", "?")):
        return begins
    return ends if begins in (Day(), ends) else Day()


def _full(words: list[str]) -> Day:
    """Return the day that these words are, with a year of four figures, and nothing else."""
    written = " ".join(words).strip(" ,;:|()[]–—-")
    return _whole_day(written) if _WITH_YEAR.search(written) and not written.isdigit() else Day()


def _is_apart(line: str, before: list[str]) -> bool:
    """Tell whether a day that ends a line stands apart from the words before it: no sentence ends with it."""
    if not before:
        return True
    if any(word.endswith(":") for word in before):
        return False
    last = before[-1]
    if last.endswith(_PARTING) or last[0].isupper() or last[0].isdigit():
        return True
    return bool(_HEADING.match(line)) and len(before) <= _MOST_BEFORE and last.casefold() not in _UNTIL


def _whole_day(line: str) -> Day:
    """Return the day that a line is and nothing else."""
    try:
        return Day(written_days.alone(line).day)
    except written_days.UnclearDay as error:
        return Day(unclear=str(error))
    except ValueError:
        return Day()


def _mail_day(written: str) -> datetime.date | None:
    """Return the day of a date as mail programs write it, such as `Tue, 19 May 2026 11:26`."""
    parts = parsedate(written)
    try:
        return datetime.date(*parts[:3]) if parts and parts[0] > 1900 else None
    except ValueError:
        return None


def channel_of(name: str, text: str) -> Channel | None:
    """Return the channel that the file name, a heading at the beginning or the form of the text tells, else None."""
    if named := _CHANNEL.search(name):
        return Channel(str(named.lastgroup))
    head = text[:_HEAD].lstrip()
    if _MAIL_HEAD.match(head):
        return Channel.EMAIL
    if named := _HEADING.match(head):
        return Channel(str(named.lastgroup))
    voices = [turn for turn in turns(head) if turn.speaker]
    if len(voices) >= 4 and len({turn.speaker for turn in voices}) >= 2:
        recorded = any(turn.time is not None for turn in voices)
        return Channel.CHAT if not recorded and len(_CHAT_LINE.findall(head)) >= len(voices) / 2 else Channel.CALL
    return None


def title_of(name: str, text: str) -> str:
    """Return a title: a mail's subject, else the file's own words without day and ending, else a first `# Heading`."""
    subject = re.search(r"^subject:[ \t]*(\S[^\r\n]*)", text[:_HEAD], re.IGNORECASE | re.MULTILINE)
    if subject:
        return subject.group(1).strip()
    bare = _DAY.sub(" ", name)
    heading = re.match(r"\s*# +([^\r\n]{1,200})", text)
    return " ".join(re.sub(r"[_\-.]+", " ", bare).split()) or (heading[1].strip() if heading else "")
