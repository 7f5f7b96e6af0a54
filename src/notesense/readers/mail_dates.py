"""When a mail was sent, as heads of mails write it: RFC 5322, ISO, and what programs show in many languages."""

import datetime
import re
from email.utils import parsedate_to_datetime

_YEARS = range(1970, 2101)
_MONTHS = (
    "jan ene gen ιαν sty led янв січ oca tam sau ian jaan",
    "feb fév fev lut úno фев лют şub hel vas φεβ veebr",
    "mar mär mrt bře мар бер maa μαρ kov márc",
    "apr avr abr kwi dub апр кві nis huh ápr απρ bal",
    "may mai mag mei maj kvě мая май tou máj μαϊ geg трав",
    "jun giu cze čvn июн чер haz kes jún bir juin ιουν juuni červen června",
    "jul lug lip čvc июл лип tem hei júl lie juil ιουλ juuli červenec července",
    "aug ago ağu sie srp авг сер elo αυγ rgp août agustos",
    "sep set wrz zář сен вер eyl syy σεπ rgs szept",
    "oct okt ott out paź říj окт жов eki lok οκτ spa",
    "nov lis ноя kas νοε lap лист marras",
    "dec dez déc dic gru pro дек гру ara jou des δεκ",
)
"""How the names of the months begin, in some thirty languages."""
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_LONGEST = 200
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)")
_KOREAN = re.compile(r"(?<!\d)(\d{4})년\s?(\d{1,2})월\s?(\d{1,2})일|(?<!\d)(\d{4})\. (\d{1,2})\. (\d{1,2})\.")
_DAY_MONTH = re.compile(
    r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|er|º|ª)?[.,]?[-\s]+(?:de |d’|d')?([^\W\d_]{3,12})[.,]?[-\s]+(?:de )?"
    r"(\d{4}|\d\d(?!\d|:))"
)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SHORT = re.compile(r"\d{1,2}\.?\s([^\W\d_]{3,12})|([^\W\d_]{3,12})\.?\s\d{1,2}\b")
_HUNGARIAN = re.compile(r"(\d{4})\.\s([^\W\d_]{3,12})\.?\s(\d{1,2})\.")
_FIGURES = re.compile(r"(?<![\d:])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d(?!\d|:))")
_HOUR = re.compile(
    r"(?P<before>[AaPp]\.?[Mm]\.?|上午|下午|晚上|中午|凌晨|오전|오후|午前|午後)?\s?(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])[:.h](?P<minute>[0-5]\d)(?![\d/])"
    r"(?:[:.]\d\d)?\s?(?P<after>[AaPp]\.?\s?[Mm]\b\.?)?"
)
_LATE = ("p", "下", "晚", "오후", "午後")


def moment_of(written: str) -> datetime.datetime | None:
    """Return when a mail was sent, without a zone where none is told; None where the day is not plain.

    12/03/2026 may be one of two days and is none, unless the hour has AM or PM as Americans write it.
    """
    written = " ".join(written.split())[:_LONGEST]
    for read in (_standard, datetime.datetime.fromisoformat, _shown):
        try:
            when = read(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if when and when.year in _YEARS:
            return when
    return None


def day_of(written: str) -> datetime.date | None:
    """Return the day on which a mail was sent, where it is told without an hour, too."""
    when = moment_of(written)
    try:
        return when.date() if when else _day(" ".join(written.split())[:_LONGEST])[0]
    except ValueError:
        return None


def is_dated(written: str) -> bool:
    """Tell whether words hold a day of a year and an hour, as programs write them, in whatever language."""
    written = written[:_LONGEST]
    try:
        day, rest = _day(written)
    except ValueError:
        return False
    return (day is not None or _FIGURES.search(written) is not None) and _HOUR.search(rest) is not None


def is_this_year(written: str) -> bool:
    """Tell whether words hold a day by its month and an hour, as programs show what is not a year old."""
    written = written[:_LONGEST]
    named = (found[1] or found[2] for found in _SHORT.finditer(written))
    return _HOUR.search(written) is not None and any(map(_month, named))


def _standard(written: str) -> datetime.datetime | None:
    return parsedate_to_datetime(written) if re.match(r"(?:[A-Za-z]{3,9},?\s)?\d{1,2}\s[A-Za-z]{3}", written) else None


def _shown(written: str) -> datetime.datetime | None:
    day, rest = _day(written)
    hour = _HOUR.search(rest)
    if day is None or hour is None:
        return None
    half = (hour["after"] or hour["before"] or "").casefold()
    count = int(hour["hour"]) % 24
    if half and count <= 12:
        count = count % 12 + (12 if half.startswith(_LATE) else 0)
    return datetime.datetime.combine(day, datetime.time(count, int(hour["minute"])))


def _day(written: str) -> tuple[datetime.date | None, str]:
    """Return the day, and the words without it: its figures are no hour."""
    found, day = _ISO.search(written) or _KOREAN.search(written), None
    if found:
        year, month, number = (int(part) for part in found.groups() if part)
        day = datetime.date(year, month, number)
    for pattern, order in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2)), (_HUNGARIAN, (1, 2, 3))):
        for named in pattern.finditer(written) if found is None else ():
            if told := _month(named[order[1]]):
                found, day = named, datetime.date(_year(named[order[0]]), told, int(named[order[2]]))
                break
    if found is None and (found := _FIGURES.search(written)):
        day = _by_figures(found, written)
    return day, f"{written[: found.start()]} {written[found.end() :]}" if found else written


def _by_figures(found: re.Match[str], written: str) -> datetime.date | None:
    one, two, year = int(found[1]), int(found[3]), _year(found[4])
    american = found[2] == "/" and re.search(r"\d\s?[AP]M\b", written) is not None
    if found[2] == "." or one > 12 or one == two:
        return datetime.date(year, two, one)
    return datetime.date(year, one, two) if two > 12 or american else None


def _year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def _month(name: str) -> int | None:
    """Return the number of a month by its name or what it is shortened to; grammar may have changed its end."""
    name = name.casefold()
    return next((_MONTH[name[:length]] for length in range(len(name), 2, -1) if name[:length] in _MONTH), None)
