"""Names, addresses, numbers and amounts in a request replaced by placeholders, and put back into its answer.

A placeholder (`PERSON_3`) stands for one form of words: `PERSON_3b` is another form of the same name, such as the first
name alone, so that what is put back is what stood there, letter for letter. Numbers that a request itself writes in
this form are not used. The same request, with the same things known, always becomes the same request.
This is no anonymity: what the patterns of `naming` and of this file do not see is sent.
"""

import re
import string
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from notesense.core.naming import Name, find_names, plain
from notesense.core.naming_words import (
    ALSO_WORDS,
    COMPANY_ENDINGS,
    COMPANY_WORDS,
    CURRENCIES,
    CURRENCY_WORDS,
    NO_NAMES,
    TITLES,
)
from notesense.core.note import Value
from notesense.core.requests import Message, Request
from notesense.errors import InputError

HINT = (
    "Words such as PERSON_1, PERSON_1b, COMPANY_2, NAME_3, EMAIL_1, PHONE_1 or AMOUNT_4 stand for words that you are "
    "not shown. Treat them as these words and copy them exactly as they stand, in quotes and in all other values."
)
"""What a redacted request tells the model, after its first message."""


class Redactable(StrEnum):
    """What can be replaced. The value is what users write and read."""

    PEOPLE = "people"
    COMPANIES = "companies"
    EMAILS = "emails"
    PHONES = "phones"
    AMOUNTS = "amounts"


ALL = frozenset(Redactable)


def chosen(told: str) -> frozenset[Redactable]:
    """Return what a setting such as `people,amounts` or `all` chooses. Raises InputError for a word that is none."""
    words = [word.strip().casefold() for word in told.split(",") if word.strip()]
    unknown = [word for word in words if word not in (*Redactable, "all")]
    if unknown or not words:
        raise InputError(
            f'"{told}" does not say what is to be redacted.',
            f"Choose from {', '.join(Redactable)}, parted by commas, or all.",
        )
    return ALL if "all" in words else frozenset(map(Redactable, words))


class Known(Value):
    """Names that are known besides what a request shows: of accounts with their aliases and rivals, and of people."""

    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()


class Redacted(NamedTuple):
    """A request as it may be sent, and what its placeholders stand for."""

    request: Request
    originals: Mapping[str, str]


_PLACEHOLDER = re.compile(r"(?<![A-Za-z0-9])(PERSON|COMPANY|NAME|EMAIL|PHONE|AMOUNT)_([0-9]+)([a-z]*)(?![A-Za-z0-9])")

_FENCE = re.compile(r"^</?[\w-]+[- ][0-9a-f]{6,16}>$", re.MULTILINE)
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_SITE = re.compile(
    r"\b(?:https?://)?[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.(?:com|net|org|io|eu|info|biz|co\.uk|uk|de|ch|at|fr|it|es|nl"
    r"|be|se|no|dk|fi|pl|cz|pt|ie|ca|com\.au)\b(?:/[^\s<>\"']{0,2000})?",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<![\d-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?![\d-])"
    r"|(?<!\d)\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:-|–|to|bis)\s?\d{1,2}[:.]\d{2}(?!\d)"
)
_COUNTED = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|quarter"
)
_SPELT = rf"(?:{_COUNTED})(?:[\s-](?:and |an? |of an? )?(?:{_COUNTED})){{0,12}}"
_FIGURE = r"\d+(?:[.,'’ \u00a0\u202f]\d{3})*(?:[.,]\d+)?"
_LARGE = r"(?:thousand|million|millions|billion|lakh|lakhs|crore|crores|tausend|millionen|mio|mrd|mn|bn)\b\.?"
_SIZE = rf"(?:\s?(?:[km]\b|{_LARGE}))?"
_SIGN = r"[$¢-¥֏؋৳฿₠-₿﷼]"
_CODE = "|".join(map(re.escape, CURRENCIES))
_WORDED = "|".join(CURRENCY_WORDS)
_EACH = r"(?=\s?(?:/\s?[a-z]|(?:an?|per|each|every)\s(?:\w+\s)?[a-z]))"
_AMOUNT = re.compile(
    rf"(?:(?:\b[A-Z]{{1,2}})?{_SIGN}|(?<!\w)(?-i:{_CODE}))\s?{_FIGURE}(?:\s?[-–]\s?{_SIGN}?{_FIGURE})?{_SIZE}(?:[.,][-–—]+)?"
    rf"|(?<![\w.,]){_FIGURE}(?:\s?[-–]\s?{_FIGURE})?(?:[.,][-–—]+)?{_SIZE}\s?"
    rf"(?:{_SIGN}|(?-i:{_CODE})(?!\w)|(?:{_WORDED})\b|%|per ?cent\b|Prozent\b)"
    rf"|(?<![\w.,]){_FIGURE}(?:\.[-–—]+|[kK]\b|\s?{_LARGE}|{_EACH})"
    rf"|\b(?:an? )?{_SPELT}(?:[\s-](?:{_WORDED}|per ?cent)\b|\s{_LARGE}|(?<=thousand|.million)\b|{_EACH})",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,+])(?:\+|00|\(0|\(\d{3}\)|0)[\d\s()./-]{6,22}\d(?!\w)|(?<![\w.,-])\d{3}[-.]\d{3}[-.]\d{4}(?!\w)"
    r"|(?<![\w.,-])\d{3,5}[ /-]\d{5,8}(?!\w)"
)


_NOT_TELLING = NO_NAMES | COMPANY_WORDS | COMPANY_ENDINGS | TITLES


_RUN = re.compile(r"[^\W_]+")


class _Hit(NamedTuple):
    """A stretch of a text that is to be replaced. `entity` is the same for all forms of one name."""

    start: int
    end: int
    label: str
    entity: str


_Found: TypeAlias = tuple[int, int, str | None, str]
"""The same, or with None for the label: a stretch that stays as it is."""


def redacted(
    request: Request, chosen: frozenset[Redactable], known: Known, ordinary: Collection[str] = frozenset()
) -> Redacted:
    """Return the request with all that is chosen replaced in the words that were filled into its prompt.

    `ordinary` are words, in lower case, that the beginning of a sentence does not make a name.
    """
    texts = [text[start:end] for text, slices in map(_parts, request.messages) for start, end in slices]
    company = Known(companies=(request.account,) if request.account else ())
    known = Known(people=known.people, companies=company.companies + known.companies)
    finder = _Finder(chosen, _Names(texts, chosen, known, ordinary))
    names = _Placeholders(request)
    messages = [_redacted(message, finder, names) for message in request.messages]
    if names.originals:
        first = messages[0]
        messages[0] = first.model_copy(update={"text": f"{first.text}\n\n{HINT}"})
    return Redacted(request.model_copy(update={"messages": tuple(messages)}), names.originals)


def restored(value: Any, originals: Mapping[str, str]) -> Any:
    """Return JSON with the placeholders in its strings replaced by what they stand for; others stay as they are."""
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda found: originals.get(found[0], found[0]), value)
    if isinstance(value, Mapping):
        return {name: restored(each, originals) for name, each in value.items()}
    if isinstance(value, Sequence):
        return [restored(each, originals) for each in value]
    return value


def _parts(message: Message) -> tuple[str, tuple[tuple[int, int], ...]]:
    return message.text, ((0, len(message.text)),) if message.filled is None else message.filled


def _redacted(message: Message, finder: "_Finder", names: "_Placeholders") -> Message:
    text, slices = _parts(message)
    pieces: list[str] = []
    filled: list[tuple[int, int]] = []
    length = at = 0
    for start, end in slices:
        words = "".join(_replaced(text[start:end], finder, names))
        pieces += (text[at:start], words)
        length += start - at
        filled.append((length, length + len(words)))
        length += len(words)
        at = end
    pieces.append(text[at:])
    return Message(role=message.role, text="".join(pieces), filled=message.filled and tuple(filled))


def _replaced(text: str, finder: "_Finder", names: "_Placeholders") -> Iterator[str]:
    at = 0
    for hit in finder.hits(text):
        yield text[at : hit.start]
        yield names.of(hit, text[hit.start : hit.end])
        at = hit.end
    yield text[at:]


class _Placeholders:
    """Hands out placeholders in the order in which they are asked for."""

    def __init__(self, request: Request) -> None:
        self.originals: dict[str, str] = {}
        self._given: dict[tuple[str, str, str], str] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._forms: dict[tuple[str, str], int] = {}
        written = [_PLACEHOLDER.findall(message.text) for message in request.messages]
        self._taken = {(label, int(number)) for found in written for label, number, _ in found}

    def of(self, hit: _Hit, form: str) -> str:
        """Return the placeholder for these words."""
        entity = (hit.label, hit.entity)
        if (*entity, form) not in self._given:
            if entity not in self._numbers:
                self._numbers[entity] = self._next(hit.label)
            count = self._forms.get(entity, 0)
            self._forms[entity] = count + 1
            placeholder = f"{hit.label}_{self._numbers[entity]}{_letters(count)}"
            self._given[(*entity, form)] = placeholder
            self.originals[placeholder] = form
        return self._given[(*entity, form)]

    def _next(self, label: str) -> int:
        number = sum(one == label for one, _ in self._numbers) + 1
        while (label, number) in self._taken:
            number += 1
        self._taken.add((label, number))
        return number


def _letters(count: int) -> str:
    """Return what tells the forms of one name apart: nothing, b, c, ... y, z, zb, zc, ..."""
    return "z" * (count // 25) + ("" if count % 25 == 0 else string.ascii_lowercase[count % 25])


class _Finder:
    """Everything that is to be replaced in the texts of one request."""

    def __init__(self, chosen: frozenset[Redactable], names: "_Names") -> None:
        self._patterns: list[tuple[re.Pattern[str], str | None]] = [(_PLACEHOLDER, None), (_FENCE, None)]
        if Redactable.EMAILS in chosen:
            self._patterns.append((_EMAIL, "EMAIL"))
        if Redactable.COMPANIES in chosen:
            self._patterns.append((_SITE, "COMPANY"))
        self._patterns.append((_DAY, None))
        if Redactable.AMOUNTS in chosen:
            self._patterns.append((_AMOUNT, "AMOUNT"))
        if Redactable.PHONES in chosen:
            self._patterns.append((_PHONE, "PHONE"))
        self._names = names

    def hits(self, text: str) -> list[_Hit]:
        """Return what is to be replaced, in order, nothing overlapping; the patterns go before names."""
        found: list[_Found] = []
        taken = bytearray(len(text))
        for pattern, label in self._patterns:
            for match in pattern.finditer(text):
                start, end = _widened(text, *match.span())
                if not any(taken[start:end]) and (label != "PHONE" or sum(map(str.isdigit, match[0])) >= 7):
                    taken[start:end] = b"\x01" * (end - start)
                    found.append((start, end, label, text[start:end]))
        for first, last in _gaps(taken):
            found += self._names.hits(text, first, last)
        return list(_joined(text, sorted(found, key=itemgetter(0))))


def _joined(text: str, found: Iterable[_Found]) -> Iterator[_Hit]:
    """Yield what is to be replaced; what touches becomes one, so that a placeholder always stands by itself."""
    waiting: _Found | None = None
    for each in found:
        if waiting and waiting[1] == each[0]:
            waiting = (waiting[0], each[1], waiting[2] or each[2], text[waiting[0] : each[1]])
            continue
        if waiting and waiting[2]:
            yield _Hit(waiting[0], waiting[1], waiting[2], waiting[3])
        waiting = each
    if waiting and waiting[2]:
        yield _Hit(waiting[0], waiting[1], waiting[2], waiting[3])


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch with the letters and digits that touch it, so that a placeholder stands by itself."""
    while start and text[start - 1].isascii() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    return start, end


def _gaps(taken: bytearray) -> Iterator[tuple[int, int]]:
    """Yield the stretches that nothing has taken."""
    return (found.span() for found in re.finditer(rb"\x00+", taken))


class _Names:
    """The names in the texts of one request: what the texts show, and besides what is known already."""

    def __init__(
        self, texts: Sequence[str], chosen: frozenset[Redactable], known: Known, ordinary: Collection[str]
    ) -> None:
        self._forms: dict[str, tuple[str, str]] = {}
        people, companies = Redactable.PEOPLE in chosen, Redactable.COMPANIES in chosen
        texts = [_FENCE.sub("", _PLACEHOLDER.sub("\n", text)) for text in texts]
        shown: Iterable[Name] = find_names(texts, ordinary) if people or companies else ()
        wanted = {"PERSON": people, "COMPANY": companies, "NAME": True}
        if companies:
            self._company(known.companies[:1])
        ordered = sorted(shown, key=lambda name: -name.text.count(" "))
        for name in ordered:
            if wanted[name.label]:
                self._add(name.text, name.label)
        if people:
            for person in known.people:
                self._add(person, "PERSON")
        if companies:
            self._company(known.companies[1:])
        self._begun = _begun(self._forms)

    def hits(self, text: str, first: int, last: int) -> Iterator[_Hit]:
        """Yield the names in a stretch of a text, the longest that begins with a word."""
        at = first
        for start, begin in _beginnings(text, first, last):
            for form in self._begun.get(begin, ()) if start >= at else ():
                if end := _whole_until(text, start, form, last):
                    left, end = _widened(text, start, end)
                    at, end = max(left, at), min(end, last)
                    yield _Hit(at, end, *self._forms[form])
                    at = end
                    break

    def _company(self, names: Iterable[str]) -> None:
        for name in names:
            self._add(name, "COMPANY")
            joined = "".join(re.findall(r"\w+", name))
            self._put(plain(joined), "COMPANY", name)
            self._put(plain(name), "COMPANY", name)

    def _add(self, name: str, label: str) -> None:
        """Take in a name with its forms: in capitals, its words alone, and these in lower case where they are none."""
        name = " ".join(name.split())
        entity = self._forms.get(name, (label, name))[1]
        words = telling_words(name)
        for form in (name, name.upper(), *words, *(word.upper() for word in words)):
            self._put(form, label, entity)
        for word in words if label != "NAME" else ():
            folded = plain(word)
            if len(word) > 3 and folded not in ALSO_WORDS:
                for form in (word.lower(), folded, folded.capitalize()):
                    self._put(form, label, entity)

    def _put(self, form: str, label: str, entity: str) -> None:
        if len(form) > 1:
            self._forms.setdefault(form, (label, entity))


def telling_words(name: str) -> list[str]:
    """Return the words of a name that give it away by themselves: no legal form, no trade, no title, no `van`."""
    return [
        word
        for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name)
        if len(word) > 2 and not word[0].islower() and not word.isdigit() and plain(word) not in _NOT_TELLING
    ]


def _begun(forms: Iterable[str]) -> dict[str, list[str]]:
    """Return the forms by what they begin with, the longest first."""
    known: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        if run := _RUN.match(form):
            known.setdefault(form[0] if _is_unspaced(form[0]) else run[0], []).append(form)
    return known


def _beginnings(text: str, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Yield where a name may begin, and the word there, or the one character where words are not parted by blanks.

    A word that ends in `s` comes twice, for it may be a genitive.
    """
    for run in _RUN.finditer(text, first, last):
        word = run[0]
        yield run.start(), word
        if word.endswith("s"):
            yield run.start(), word[:-1]
        if not word.isascii():
            yield from ((run.start() + at, char) for at, char in enumerate(word) if _is_unspaced(char))


def _whole_until(text: str, start: int, form: str, last: int) -> int:
    """Return where the form ends that stands here as whole words, a genitive `s` included; 0 where it does not."""
    if not text.startswith(form, start):
        return 0
    end = start + len(form)
    for stop in (end, end + text.startswith("s", end)):
        if stop <= last and (not text[stop : stop + 1].isalnum() or _is_unspaced(form[-1])):
            return stop
    return 0


def _is_unspaced(letter: str) -> bool:
    """Tell whether a letter is of a script without capitals, in which words are often not parted by blanks."""
    return letter.isalpha() and letter.lower() == letter.upper()
