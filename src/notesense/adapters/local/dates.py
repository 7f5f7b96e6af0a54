"""Reads time limits and days out of a clause: ISO dates where the day of writing settles them, else the note's words.

Our own parser, because general ones (dateparser, measured: 70 ms to import, and "may" or "second" become dates) do not
tell the next Friday from the last, leave vague words such as "end of March" alone, or know that 10/11 means 11 October
to a writer in Texas. A day that the words do not settle stays as words; where nothing is stated the answer is None.
"""

import datetime as dt
import re
from typing import NamedTuple

_MONTHS = ("january february march april may june july august september october november december").split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_UNITS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
_UNITS += "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
_ORDINALS = {word: number for number, word in enumerate(_UNITS.split(), 1)}
_ORDINALS |= {f"twenty-{word}": 20 + number for word, number in list(_ORDINALS.items())[:9]}
_ORDINALS |= {f"twenty {word}": 20 + number for word, number in list(_ORDINALS.items())[:9]}
_ORDINALS |= {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}

_WORD = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"  # noqa: E501
_DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{_WORD})"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_WEEKDAY = r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thu(?:rs?)?|fri)\b"
_BEFORE = r"(?<![\w./:-])"

_PATTERNS = (
    ("iso", re.compile(rf"{_BEFORE}(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b")),
    ("named", re.compile(rf"{_BEFORE}{_DAY}\s*(?:of\s+)?{_MONTH}{_YEAR}", re.IGNORECASE)),
    ("named", re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?!\s*(?:[%:]|o'clock)){_YEAR}", re.IGNORECASE)),
    ("dotted", re.compile(rf"{_BEFORE}(?P<day>\d{{1,2}})\.\s?(?P<number>\d{{1,2}})\.(?:(?P<year>\d{{4}}|\d\d)\b)?")),
    (
        "slashed",
        re.compile(rf"{_BEFORE}(?P<day>\d{{1,2}})/(?P<number>\d{{1,2}})(?:/(?P<year>\d{{4}}|\d\d))?(?![\w/%])"),
    ),
    (
        "near",
        re.compile(
            r"\b(?P<near>the day after tomorrow|tomorrow|tomorow|tmrw|tmr|2moro|today|tonight|tonite|this (?:morning|afternoon|evening)|yesterday)\b",  # noqa: E501
            re.IGNORECASE,
        ),
    ),
    (
        "numbered",
        re.compile(
            rf"\b(?:{_WEEKDAY},?\s+)?(?:the\s+(?P<day>\d{{1,2}}(?:st|nd|rd|th)|{_WORD})|(?P<day2>\d{{1,2}}(?:st|nd|rd|th)))\b(?P<tail>[^,;.]{{0,24}})",
            re.IGNORECASE,
        ),
    ),
    ("week", re.compile(rf"\b{_WEEKDAY}\s+week\b", re.IGNORECASE)),
    ("weekday", re.compile(rf"(?<!every )(?<!each )\b(?P<which>next |this |last )?{_WEEKDAY}(?!s)", re.IGNORECASE)),
)
_AFTER_NUMBERED = re.compile(
    r"\s*(?:$|of (?:the|this|next) month|at |to |for |till |until |and |or |then|when|so |if |in |on )", re.IGNORECASE
)
_TO_DAY = re.compile(
    r"(?:\b(?:by|on|since|from|before|until|till|of|for|as of|to|per|starting|at)|^)\s*(?:the\s*)?$", re.IGNORECASE
)

_FOR_DAY = re.compile(
    r"(?:\b(?:by|on|before|after|until|till|due|date|\w+day|am|bis|zum|vom|ab|mo|di|mi|do|fr|sa|so)\b|\(|^)[.,]?\s*(?:the\s*)?$",
    re.IGNORECASE,
)
"""What stands before a day without a year; "8.5." at the end of a sentence is else a release or a figure."""

_PERIOD = re.compile(
    r"\b(?:(?:before |after |by |until |till )?(?:the )?(?:end|beginning|start|middle) of (?:the |next |this )?\w+|mid-?\w+"  # noqa: E501
    r"|(?:next|this|last|the same) (?:week|month|year|quarter|spring|summer|autumn|fall|winter)|the new year|new year"
    r"|(?:first|second|third|fourth) quarter|(?:week|cw|wk|kw) \d{1,2}|q[1-4]|(?:by |before |after |at )?(?:easter|christmas|thanksgiving|diwali|ramadan)"  # noqa: E501
    r"|(?<=in )(?:spring|summer|autumn|winter)|(?<=by )(?:spring|summer|autumn|winter)"
    r"|(?:(?<=in )|(?<=since )|(?<=from )|(?<=until )|(?<=by )|(?<=of ))"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|apr|aug|sept?|oct|nov|dec))\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:(?P<by>by|until|till)|within|inside|before|no later than|not later than|as soon as|in under)\s"
    r"(?:[^\s,;.!?()\"”]+\s?){1,8}",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(?:the )?same (?:day|week|evening|morning|afternoon|shift|month)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:(?:\d+|one|two|three|four|five|six|seven|ten|fourteen|thirty|half an|an?)\s(?:\w+\s)?"
    r"(?:minutes?|hours?|days?|weeks?|months?)(?:['’]s?)?\s(?:notice|warning|ahead|before|beforehand|in advance))\b[^,;.!?]{0,30}",  # noqa: E501
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:since|was|were|has been|have been|had|left|went|started|became|took|resigned|retired|joined|moved|ago|last|"
    r"\w{3,}ed)\b",
    re.IGNORECASE,
)
_AHEAD_WORDS = re.compile(
    r"\b(?:will|from|becomes?|takes|starts|goes|leaves|until|till|to be|is going|retires)\b|['’]ll\b", re.IGNORECASE
)
_HEADER = re.compile(
    r"^[> \t]{0,8}(?:From|Date|Sent|On|#\d+|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*)\b[^\n]{0,120}$", re.MULTILINE
)
_SOON = dt.timedelta(days=120)


class Day(NamedTuple):
    """A day found in a text, and the words that told it."""

    date: dt.date
    start: int
    end: int


def due(clause: str, written: dt.date, order: str = "unknown") -> str | None:
    """Return until when a promise is due: the next such day, or the clause's own words."""
    found = find_day(clause, written, order, past=False)
    limit = _limit(clause)
    if limit and limit[1] and found and not limit[0] <= found.start < limit[0] + 12:
        return limit[1]
    if found:
        named = _belongs_to_event(clause, found)
        return named or found.date.isoformat()
    if limit and re.fullmatch(
        r"(?:by|until|till|before) (?:\d{1,2}[:.h]\d\d|noon|lunch|midnight|the evening)\b.*", limit[1], re.IGNORECASE
    ):
        return written.isoformat()
    return limit[1] if limit and limit[1] else _period(clause)


def deadline(clause: str, written: dt.date, order: str = "unknown") -> str | None:
    """Return the time limit that the clause states, or None; a rhythm ("on Fridays") is none."""
    found = find_day(clause, written, order, past=False)
    if found:
        return found.date.isoformat()
    for pattern in (_AHEAD, _SAME):
        if match := pattern.search(clause):
            return match[0].strip()
    limit = _limit(clause)
    if limit:
        return limit[1]
    period = _period(clause)
    return period if period and not period.casefold().startswith("last") else None


def effective(clause: str, written: dt.date, order: str = "unknown") -> str | None:
    """Return from when a change holds: before the day of writing where the clause tells it as past, else after."""
    past = bool(_PAST.search(clause)) and not _AHEAD_WORDS.search(clause)
    found = find_day(clause, written, order, past=past)
    return found.date.isoformat() if found else _period(clause)


def find_day(text: str, written: dt.date, order: str, *, past: bool) -> Day | None:
    """Return the first day that the text names, taken as the next one, or the latest one where `past`."""
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if kind == "dotted" and not match["year"] and not _FOR_DAY.search(text[: match.start()]):
                continue
            date = _resolve(kind, match, written, order, past)
            if date:
                return Day(date, match.start(), match.end())
    return None


def number_order(text: str, written: dt.date) -> str:
    """Return whether the note puts the day or the month first, where its own date or an unmistakable one tells."""
    for match in _PATTERNS[4][1].finditer(text[:20_000]):
        first, second = int(match["day"]), int(match["number"])
        if (first, second) == (written.day, written.month) and first != second:
            return "dm"
        if (first, second) == (written.month, written.day) and first != second:
            return "md"
    for match in _PATTERNS[4][1].finditer(text[:20_000]):
        first, second = int(match["day"]), int(match["number"])
        if 12 < first <= 31 and second <= 12:
            return "dm"
        if 12 < second <= 31 and first <= 12:
            return "md"
    return "unknown"


def anchors(text: str, written: dt.date) -> list[tuple[int, dt.date]]:
    """Return where in a thread another day of writing begins, as its mail headers tell, in order."""
    found = []
    for header in _HEADER.finditer(text):
        for kind, pattern in _PATTERNS[:5]:
            match = pattern.search(header[0])
            date = _resolve(kind, match, written, "dm", True) if match else None
            if date and dt.timedelta(0) <= written - date < dt.timedelta(days=400):
                found.append((header.start(), date))
                break
    return found


def written_at(marks: list[tuple[int, dt.date]], offset: int, default: dt.date) -> dt.date:
    """Return the day on which the words at this offset were written."""
    day = default
    for start, date in marks:
        if start > offset:
            break
        day = date
    return day


def _resolve(kind: str, match: re.Match[str], written: dt.date, order: str, past: bool) -> dt.date | None:
    if kind == "near":
        return _near(match["near"].casefold(), written)
    if kind in ("weekday", "week"):
        return _weekday(match, written, past, kind == "week")
    if kind == "numbered":
        return _numbered(match, written, past)
    if kind == "named":
        month = _month(match["month"])
        return _in_year(_number(match["day"]), month, match["year"], written, past)
    day, number, year = int(match["day"]), int(match["number"]), match["year"]
    if kind == "slashed":
        return _slashed(day, number, year, written, order, past)
    return _in_year(day, number, year, written, past)


def _near(word: str, written: dt.date) -> dt.date:
    days = 2 if "after" in word else 1 if word in ("tomorrow", "tomorow", "tmrw", "tmr", "2moro") else 0
    return written + dt.timedelta(days=-1 if word == "yesterday" else days)


def _weekday(match: re.Match[str], written: dt.date, past: bool, week_later: bool) -> dt.date:
    groups = match.groupdict()
    wanted = next(i for i, name in enumerate(_DAYS) if name.startswith(match["weekday"].casefold()[:3]))
    which = (groups.get("which") or "").strip().casefold()
    if (past and which != "next") or which == "last":
        return written - dt.timedelta(days=(written.weekday() - wanted) % 7 or 7)
    ahead = (wanted - written.weekday()) % 7 or 7
    return written + dt.timedelta(days=ahead + (7 if week_later else 0))


def _numbered(match: re.Match[str], written: dt.date, past: bool) -> dt.date | None:
    """Resolve "the 20th": this month's or the next one's. "The first of these" is no day."""
    word = match["day"] or match["day2"]
    if not word[0].isdigit():
        before = match.string[max(0, match.start() - 12) : match.start()]
        if not match["weekday"] and not _TO_DAY.search(before):
            return None
        if match["tail"] and not _AFTER_NUMBERED.match(match["tail"]):
            return None
    day = _number(word)
    for step in range(0, 14):
        month = written.month - 1 + (-step if past else step)
        date = _date(written.year + month // 12, month % 12 + 1, day)
        if date and (date <= written if past else date >= written):
            return date
    return None


def _slashed(day: int, number: int, year: str | None, written: dt.date, order: str, past: bool) -> dt.date | None:
    """Resolve 10/11: by the writer's order, else the reading that lies near where the other lies far."""
    day_first = _in_year(day, number, year, written, past)
    month_first = _in_year(number, day, year, written, past)
    if order == "dm" or not month_first:
        return day_first
    if order == "md" or not day_first:
        return month_first
    if day_first == month_first:
        return day_first
    near, far = sorted((day_first, month_first), key=lambda date: abs(date - written))
    return (
        near
        if abs(near - written) < _SOON < abs(far - written) or abs(far - written) > 2 * abs(near - written)
        else None
    )


def _in_year(day: int, month: int, year: str | None, written: dt.date, past: bool) -> dt.date | None:
    if year:
        return _date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    choices = [date for y in (written.year - 1, written.year, written.year + 1) if (date := _date(y, month, day))]
    fitting = [date for date in choices if (date <= written if past else date >= written)]
    near = min(choices, key=lambda date: abs(date - written), default=None)
    if near and abs(near - written) < dt.timedelta(days=60):
        return near
    return min(fitting, key=lambda date: abs(date - written), default=near)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(word: str) -> int:
    folded = word.casefold()
    return _ORDINALS[folded] if folded in _ORDINALS else int(re.sub(r"\D", "", folded))


def _month(word: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word.casefold()[:3]))


def _belongs_to_event(clause: str, found: Day) -> str | None:
    """Return the words where the day only names an event: "before Friday's order"."""
    match = re.match(r"['’]s\s\w+", clause[found.end : found.end + 40])
    before = re.search(r"\b(?:before|after|by)\s$", clause[: found.start], re.IGNORECASE)
    return clause[before.start() : found.end + match.end()] if match and before else None


def _limit(clause: str) -> tuple[int, str] | None:
    """Return where a time limit stands and its words; "by" counts only before something that can be a time."""
    for match in _LIMIT.finditer(clause):
        words = match[0].strip()
        timely = re.match(
            rf"\w+ (?:the )?(?:\d{{1,2}}(?:[:.h]\d\d)?\b|noon|lunch|midnight|end|close|start|summer|spring|autumn|winter|next|eleven|"  # noqa: E501
            rf"ten|nine|eight|seven|six|five|four|three|two|one|twelve|half|easter|christmas|{_WORD})",
            words,
            re.IGNORECASE,
        )
        if not match["by"] or timely:
            return match.start(), words
    return None


def _period(clause: str) -> str | None:
    match = _PERIOD.search(clause)
    return match[0].strip() if match else None
