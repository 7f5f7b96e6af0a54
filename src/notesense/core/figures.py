"""The numbers and days of a text, brought into one form, so that one text's can be looked up in another's.

"the 4th of March", "March 4" and 2026-03-04 are the same day, "9,400" and "9400" the same number, "three weeks" and
"3-week" the same span, "double" and "twice" the same 2, "½" is a half, "ninth" the 9th. English words, as the prompts.
"""

import datetime
import re
import unicodedata

_MONTHS = tuple("january february march april may june july august september october november december".split())
_DAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELT = (
    {word: str(number) for number, word in enumerate("one two three four five six seven eight nine".split(), 1)}
    | {word: str(number) for number, word in enumerate(_TEENS, 10)}
    | {word: str(10 * number) for number, word in enumerate(_TENS, 2)}
    | {"zero": "0", "dozen": "12", "score": "20", "hundred": "100", "thousand": "1000", "million": "1000000"}
    | {"billion": "1000000000", "trillion": "1000000000000", "zillion": "zillion"}
    | dict.fromkeys("twice couple pair double doubled doubling".split(), "2")
    | dict.fromkeys("thrice trio triple tripled tripling".split(), "3")
    | dict.fromkeys("quadruple quadrupled quadrupling".split(), "4")
)
_NTHS = (
    {word: number for number, word in enumerate("second third fourth fifth sixth seventh eighth ninth".split(), 2)}
    | {"tenth": 10, "eleventh": 11, "twelfth": 12}
    | {f"{word}th": number for number, word in enumerate(_TEENS[3:], 13)}
    | {f"{word[:-1]}ieth": 10 * number for number, word in enumerate(_TENS, 2)}
    | {"hundredth": 100, "thousandth": 1000, "millionth": 1000000}
)
_SHARES = {"½": "half", "⅓": "a third", "¼": "a quarter", "⅔": "two thirds", "¾": "three quarters"}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b")
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    r"\b(January|February|March|April|(?<=[\w,] )May|June|July|August|September|October|November|December)\b"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(_DAYS)})s?\b", re.IGNORECASE)
_UNIT = (
    r"(?:%|€|\$|£|(?:percent|per cent|days?|weeks?|months?|quarters?|years?|hours?|minutes?|times|k|bn|thousand|million"
    r"|billion)\b)"
)
_NUMBER = re.compile(
    r"(?P<sign>[$€£¥])?[ ]?(?P<digits>\d{1,3}(?:[,'\u00a0\u202f ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,:/]\d+)*)"
    rf"(?:[ -]?(?P<unit>{_UNIT}))?",
    re.IGNORECASE,
)
_WORD = re.compile(
    rf"\b(?P<word>{'|'.join(_SPELT)})(?:s|fold)?\b(?![ -]check)(?:[ -](?P<unit>{_UNIT}))?", re.IGNORECASE
)
_SHARE = re.compile(r"\b(?:half|a third|a quarter|two[ -]thirds|three[ -]quarters)\b", re.IGNORECASE)
_HALVED = re.compile(r"\bhal(?:ves?|ved|ving)\b", re.IGNORECASE)
_NTH_SPELT = re.compile(rf"\b(?<!\d )(?P<word>{'|'.join(_NTHS)})(?:(?<!second)s)?\b(?![ -]hand)", re.IGNORECASE)
_NTH = re.compile(r"(?<![\d.,])(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)s?\b", re.IGNORECASE)


def figures(text: str) -> frozenset[str]:
    """Return the numbers and days of the text, each in its one form; "one" counts only before a unit."""
    found: set[str] = set()
    rest = _HALVED.sub("half", " ".join(_in_digits(text).split()))
    found.update(match[0].casefold().replace("-", " ") for match in _SHARE.finditer(rest))
    rest = _NTH_SPELT.sub(lambda match: f"{_NTHS[match['word'].casefold()]}th", _SHARE.sub(" ", rest))
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST):
        found.update(token for match in pattern.finditer(rest) for token in _day(match))
        rest = pattern.sub(" ", rest)
    found.update(match[1].casefold() for match in _MONTH_ALONE.finditer(rest))
    found.update(match[1].casefold() for match in _WEEKDAY.finditer(rest))
    found.update(f"{match['digits'].replace(',', '')}th" for match in _NTH.finditer(rest))
    rest = _NTH.sub(" ", rest)
    for match in _NUMBER.finditer(rest):
        digits = re.sub(r"[,'\u00a0\u202f ](?=\d{3})", "", match["digits"])
        found.update(_with_unit(digits, match["unit"] or match["sign"]))
    for match in _WORD.finditer(rest):
        if match["unit"] or match["word"].casefold() != "one":
            found.update(_with_unit(_SPELT[match["word"].casefold()], match["unit"]))
    return frozenset(found)


def figures_of(day: datetime.date) -> frozenset[str]:
    """Return what a text may say of a day: day and month, the month, the year, the weekday."""
    return frozenset({f"{day.day}/{day.month}", _MONTHS[day.month - 1], str(day.year), _DAYS[day.weekday()]})


def provable(tokens: frozenset[str]) -> frozenset[str]:
    """Return what these numbers prove: themselves, and those with a unit without it, too."""
    return tokens | {token.split(" ")[0] for token in tokens if token[0].isdigit()}


def _in_digits(text: str) -> str:
    """Return the text with its numbers in the digits 0 to 9, whatever signs they are written with; ½ is a half."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", "".join(map(_plain, text)))


def _plain(character: str) -> str:
    if character in _SHARES:
        return f" {_SHARES[character]} "
    if character.isascii() or unicodedata.category(character) not in ("Nd", "Nl", "No"):
        return character
    digit = unicodedata.decimal(character, None)
    return f" {unicodedata.numeric(character):g} " if digit is None else str(digit)


def _day(match: re.Match[str]) -> list[str]:
    written = match["month"].casefold()
    month = int(written) if written.isdigit() else 1 + [name[:3] for name in _MONTHS].index(written[:3])
    tokens = [f"{int(match['day'])}/{month}", *_MONTHS[month - 1 : month]]
    return [*tokens, match["year"]] if "year" in match.re.groupindex else tokens


def _with_unit(digits: str, unit: str | None) -> list[str]:
    """Return the number with its unit where it has one, so that "4 weeks" is not proven by "4 trucks"."""
    if unit is None:
        return [digits]
    plain = {"percent": "%", "per cent": "%", "times": "time"}.get(unit.casefold(), unit.casefold())
    return [f"{digits} {plain.removesuffix('s')}"]
