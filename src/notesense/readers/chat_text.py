"""Chats as text: copied out of Slack or Teams, exported by WhatsApp. The text stays as it stands.

Marta Ruiz  9:41 AM        (Slack; the time may stand on the next line, and alone before her next message)
[12/03/2026 09:41] Marta Ruiz        (Teams; her words may follow after a colon, as in WhatsApp on an iPhone)
12/03/2026, 09:41 - Marta Ruiz: words        (WhatsApp on Android)

Lines of writer and time are no words. Some lines must name somebody for certain; in such a text, each line of the same
form begins a message, whoever is named: in lower case, by a number or, as an announcement of the program, nobody.
Where the lines tell days, each day is a note.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from notesense.core.note import Side, Turn
from notesense.core.reading import Reading, Readings
from notesense.core.speaker_marks import side_of
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import chat_days, hints
from notesense.readers.chat_days import Days
from notesense.readers.family import Content, Family, Fit
from notesense.readers.speaker_names import looks_named, may_be_named

_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.]\d\d)?"
    r"(?:[ \u202f\u00a0]?(?P<half>[AaPp])\.?[ \u00a0]?[Mm]\.?)?"
)
_SHORT_CLOCK = _CLOCK.replace("[:.]", ":")
_DAY = rf"{chat_days.FIGURES}|{chat_days.WORDS}"
_NAME = r"(?P<name>[^\s:\[\]][^\n\r:\[\]]{0,58}?)"
_EMOJI = r"(?:[ \t]?:[\w+-]{1,40}:)*"
_SLACK = re.compile(rf"{_NAME}{_EMOJI}[ \t]{{2,4}}\[?(?:(?:Today|Yesterday)(?: at|,)? )?{_SHORT_CLOCK}\]?[ \t]*")
_BRACKETS = re.compile(rf"\u200e?\[(?P<day>{_DAY})?[ ,]{{0,2}}{_CLOCK}\][ \t]+(?P<rest>\S.*)")
_DASH = re.compile(rf"\u200e?(?P<day>{chat_days.FIGURES}),?[ \u202f]{_CLOCK} - (?P<rest>\S.*)")
_SAID = re.compile(r"(?P<name>[^:\[\]]{1,60}?)[ \t]*:(?:[ \t]+|\u200e|$)")
_ALONE = re.compile(rf"[ \t]*\[?{_SHORT_CLOCK}\]?[ \t]*")
_BELOW = re.compile(rf"[ \t]*(?:(?P<day>{_DAY}),? )?{_SHORT_CLOCK}[ \t]*")
_PERSON = re.compile(rf"{_NAME}[ \t]*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HANDLE = re.compile(r"[^\W_]+(?:[._-][^\W_]+)+")
_AROUND_NAME = "~ \t\u00a0\u200e\u200f\u202a\u202c\u202f\u2068\u2069"
"""What WhatsApp sets around names that their bearers chose themselves, and around numbers."""
_PARTICLES = frozenset("al bin da de del den der di dos du el la le ten ter van von y".split())
_PROGRAM = "\u200e"
"""What WhatsApp on an iPhone sets before words that it writes itself."""
_LONGEST_LINE = 400
_ROLE = re.compile(r"(?P<name>.+?) \((?P<role>[\w ]{1,20})\)")
_DAY_LONG = 24 * 60
_ENOUGH = 2
_SHORT = 3
"""Words of the longest name in lower case that stands before a time."""

_Form: TypeAlias = Literal["slack", "indented", "below", "on", "brackets", "dash"]


class _Head(NamedTuple):
    """A line that may begin a message. `words` is where these begin; `rest`, where they do if it names nobody.

    `said` tells that a colon stands after the name. The last writer goes on after the form "on".
    """

    start: int
    words: int
    rest: int
    name: str
    clock: int
    day: str
    form: _Form
    said: bool = False


class _Message(NamedTuple):
    """A message of the text: where its head begins and its words, and who writes, None where that is nobody known.

    `program` tells that the program wrote it, as it does of calls, new members and encryption.
    """

    start: int
    words: int
    writer: str | None
    clock: int
    day: str
    program: bool = False


def _heads(text: str, margin: bool) -> Iterator[_Head]:
    """Yield all lines in order that may begin a message; with `margin`, also names over a time at the margin."""
    lines = [(found.start(), found[0].rstrip("\r\n")) for found in _LINE.finditer(text)]
    skip = -1
    for number, (start, line) in enumerate(lines):
        if number <= skip or not line.strip() or len(line) > _LONGEST_LINE:
            continue
        if found := _stamped(start, line):
            yield found
        elif (slack := _SLACK.fullmatch(line)) and slack["half"]:
            end = start + len(line)
            yield _Head(start, end, end, _plain(slack["name"]), _minutes(slack), "", "slack")
        elif alone := _ALONE.fullmatch(line):
            yield _Head(start, start + len(line), start, "", _minutes(alone), "", "on")
        elif (
            (person := _PERSON.fullmatch(line))
            and (under := _clock_under(lines, number, margin))
            and _is_name(_plain(person["name"]))
        ):
            skip, clock, form = under
            end = lines[skip][0] + len(lines[skip][1])
            day = clock["day"] or ""
            yield _Head(start, end, start, _plain(person["name"]), _minutes(clock), day, form)


def _stamped(start: int, line: str) -> _Head | None:
    """Return the head that begins with its time, if the line is one."""
    dash = _DASH.fullmatch(line)
    found = dash or _BRACKETS.fullmatch(line)
    if not found or not (found["day"] or found["half"]):
        return None
    said = _SAID.match(line, found.start("rest"))
    name = said["name"] if said else found["rest"]
    words = start + (said.end() - (line[said.end() - 1] == _PROGRAM) if said else len(line))
    rest = start + found.start("rest")
    form: _Form = "dash" if dash else "brackets"
    return _Head(start, words, rest, _plain(name), _minutes(found), found["day"] or "", form, said is not None)


def _clock_under(
    lines: Sequence[tuple[int, str]], number: int, margin: bool
) -> tuple[int, re.Match[str], _Form] | None:
    """Return which line below a name tells the time, what it tells, and in which form."""
    below = next((at for at in (number + 1, number + 2) if at < len(lines) and lines[at][1].strip()), 0)
    clock = _BELOW.fullmatch(lines[below][1]) if below else None
    if not clock:
        return None
    if below == number + 1 and lines[below][1][:1] in (" ", "\t"):
        return below, clock, "indented"
    return (below, clock, "below") if margin and (clock["half"] or clock["day"]) else None


def _plain(name: str) -> str:
    return " ".join(name.strip(_AROUND_NAME).split())


def _is_name(words: str) -> bool:
    """Tell whether these words look like somebody's name, and like no kind of conversation: "Call"."""
    parts = words.split()
    while len(parts) > 1 and parts[0] in _PARTICLES:
        del parts[0]
    return looks_named(" ".join(parts)) and not _is_kind(words)


def _is_kind(words: str) -> bool:
    return " " not in words and hints.channel_of(words, "") is not None


def _may_be_name(words: str) -> bool:
    return bool(words) and may_be_named(words) and not _is_kind(words.split()[0])


def _minutes(found: re.Match[str]) -> int:
    """Return the minute of the day that a clock tells."""
    hour, half = int(found["hour"]), (found["half"] or "").casefold()
    return (hour % 12 + (12 if half == "p" else 0) if half else hour) * 60 + int(found["minute"])


def _messages(text: str) -> list[_Message]:
    """Return the messages of a chat; none where the text is no chat.

    A name is certain that looks like one, or that comes back. A name over a line with the time, both at the margin, may
    be a heading of an agenda: those count where a name comes back. A form of lines counts where it names somebody for
    certain.
    """
    heads = list(_heads(text, margin=True))
    below = Counter(head.name for head in heads if head.form == "below")
    if below and not any(" " in name and count > 1 for name, count in below.items()):
        heads = list(_heads(text, margin=False))
    counts = Counter(head.name for head in heads if head.name)
    sure = {name for name, count in counts.items() if _is_sure(name, count)}
    certain = [head for head in heads if head.name in sure and (head.said or head.form != "dash")]
    if len(certain) < _ENOUGH or (certain[0].form == "dash" and not _are_writers(heads, certain)):
        return []
    forms = {"on", *(head.form for head in certain)}
    heads = _kept([head for head in heads if head.form in forms], sure, text)
    said = any(head.said for head in certain)
    found: list[_Message] = []
    last = None
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        last = last if head.form == "on" else _writer(head, sure, said, text[head.words : after and after.start])
        if not _begins(head, last, bool(found)):
            continue
        words = head.rest if last is None and head.form in ("brackets", "dash") else head.words
        program = last is None and (head.form == "dash" or text.startswith(_PROGRAM, head.words))
        found.append(_Message(head.start, words, last, head.clock, head.day, program))
    return found


def _kept(heads: Sequence[_Head], sure: set[str], text: str) -> list[_Head]:
    """Return the heads without lines that have the form of Slack's and may be words: "sure, at  9:30 AM".

    A writer who is not certain has a short name, and words stand before such a head and after it.
    """
    kept: list[_Head] = []
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        if head.form == "slack" and head.name not in sure:
            short = len(head.name.split()) <= _SHORT and "," not in head.name
            before = not kept or text[kept[-1].words : head.start].strip()
            if not short or not before or not text[head.words : after and after.start].strip():
                continue
        kept.append(head)
    return kept


def _are_writers(heads: Sequence[_Head], certain: Sequence[_Head]) -> bool:
    """Tell whether those who are named before a dash write a chat; single words may be the kinds of entries of a log.

    There are several writers, and one of them has a full name or a number, or the program announces something.
    """
    announced = any(head.form == "dash" and not head.said for head in heads)
    return len({head.name for head in certain}) >= _ENOUGH and (announced or any(" " in head.name for head in certain))


def _is_sure(name: str, count: int) -> bool:
    return _is_name(name) or (_may_be_name(name) and (count > 1 or _HANDLE.fullmatch(name) is not None))


def _begins(head: _Head, writer: str | None, goes_on: bool) -> bool:
    """Tell whether a head begins a message: who writes on must have begun, and what has no stamp must name somebody."""
    if head.form == "on":
        return goes_on
    return writer is not None or head.form in ("brackets", "dash")


def _writer(head: _Head, sure: set[str], said: bool, words: str) -> str | None:
    """Return who writes after a head; None where that is the program, or nobody whom the head names.

    Where others have a colon after the name, a head without one is an announcement.
    """
    if head.form in ("brackets", "dash") and words.startswith(_PROGRAM):
        return None
    if head.name in sure:
        return head.name if head.said or head.form != "dash" else None
    if head.form in ("indented", "below") or not _may_be_name(head.name):
        return None
    bare = head.form == "brackets" and not head.said
    return None if (head.form == "dash" and not head.said) or (bare and (said or not words.strip())) else head.name


def _turns(text: str, messages: Sequence[_Message], days: Days, begin: int, end: int) -> tuple[Turn, ...]:
    """Return the turns of these messages, which stand between two places of a text; the turns count from the first.

    `days` are those of the messages, as far as they are known.
    """
    first = messages[0]
    found = []
    if text[begin : first.start].strip():
        found.append(Turn(start=0, end=first.start - begin, origin=Origin.REP_NOTE))
    ends = [*(one.start for one in messages[1:]), end]
    for number, (message, last) in enumerate(zip(messages, ends, strict=True)):
        if text[message.words : last].strip():
            later = (days[number] - days[0]).days if days else 0
            known = days or message.day in ("", first.day)
            since = later * _DAY_LONG + message.clock - first.clock if known else -1
            name, side = _sided(message.writer)
            found.append(
                Turn(
                    start=message.words - begin,
                    end=last - begin,
                    speaker=name,
                    side=side,
                    origin=Origin.VENDOR_SUMMARY if message.program else Origin.CHAT,
                    time=since * 60.0 if since >= 0 else None,
                )
            )
    return tuple(found)


def _sided(writer: str | None) -> tuple[str | None, Side]:
    """Return the name of a writer, and the side where it stands after the name: "Ben (us)"."""
    role = _ROLE.fullmatch(writer or "")
    side: Side = side_of(role["role"]) if role else "unknown"
    return (role["name"] if role and side != "unknown" else writer), side


def _sniff(content: Content) -> Fit:
    if content.binary or ":" not in content.head:
        return Fit.NO
    messages = _messages(content.head)
    said = (
        [turn for turn in _turns(content.head, messages, (), 0, len(content.head)) if turn.speaker] if messages else []
    )
    return Fit.LIKELY if len(said) >= _ENOUGH else Fit.NO


def _read(content: Content) -> Readings:
    text = content.text
    messages = _messages(text)
    if not messages:
        raise InputError(f"{content.where} looks like a copied chat, but names nobody who writes.", "Copy it again.")
    named = hints.day_in_name(content.stem)
    days = chat_days.of([message.day for message in messages], named)
    firsts = [0] if _has_heading(text[: messages[0].start]) else _firsts(days)
    notes = []
    for number, first in enumerate(firsts):
        after = firsts[number + 1] if number + 1 < len(firsts) else len(messages)
        begin = messages[first].start if number else 0
        end = messages[after].start if after < len(messages) else len(text)
        turns = _turns(text, messages[first:after], days[first:after], begin, end)
        day = days[first] if days else named
        if turns:
            notes.append(
                Reading(
                    where=content.where if len(firsts) == 1 else f"{content.where}, {day}",
                    text=text[begin:end],
                    turns=turns,
                    date=day,
                    channel=Channel.CHAT,
                    title=hints.title_of(content.stem, ""),
                )
            )
    return Readings(notes=tuple(notes))


def _has_heading(before: str) -> bool:
    """Tell whether more than a line stands before the first message: a case with its messages is one note."""
    return len([line for line in before.splitlines() if line.strip()]) > 1


def _firsts(days: Days) -> list[int]:
    """Return which messages are the first of their day; only the first of all where the days are not known."""
    return [0, *(number for number in range(1, len(days)) if days[number] != days[number - 1])]


FAMILY = Family("chat", frozenset({".txt"}), _sniff, _read)
