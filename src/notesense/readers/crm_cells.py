"""The words of a row's cells and whose they are: what somebody entered, a mail with its history, a transcript.

What a program puts above a mail that it logs (To, Cc, Subject, Body) is kept, and nobody's words.
"""

import base64
import binascii
import re
from collections.abc import Iterator

from notesense.core.note import Turn
from notesense.core.passages import turns
from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers import mail_html, markup
from notesense.readers.family import Content, Fit
from notesense.readers.mail_history import stretches
from notesense.readers.mail_phrases import HEAD_LINE

_BASE64 = re.compile(r"[A-Za-z0-9+/]{14,}={0,2}")
_MOST_LOGGED = 16
"""Lines of the head that a program puts above a mail that it logs."""
_TABLE = "csv"
"""The family of which a cell's words are never taken to be."""
_LEAST_LOGGED = 3
"""Lines of such a head that name somebody, a subject or what is attached; a person writes fewer."""
_SAID = re.compile(r":\s+[^\W\d_][^\s]*\s+\S")
"""Behind a name: words, as against a value that stands behind its label."""
_LABEL = re.compile(r"[ \t]*([^:\n]{1,40}):(.*)")


def words_of(value: str, is_mail: bool) -> str:
    """Return what a cell says: HTML, entities and base64 decoded, quoted lines of a mail with their marks."""
    value = _decoded(value)
    return (markup.words_in(value, mail_html.text_of) if is_mail else markup.words_in(value)).strip()


def _decoded(value: str) -> str:
    """Return the text that a cell holds as base64, as Salesforce exports the body of a note; else the cell as it is."""
    packed = value.strip()
    if len(packed) % 4 or not _BASE64.fullmatch(packed):
        return value
    try:
        text = base64.b64decode(packed, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return value
    readable = all(letter.isprintable() or letter in "\r\n\t" for letter in text)
    return text if readable and re.search(r"\s|<", text) else value


def entered(words: str, origin: Origin, writer: str) -> Iterator[Turn]:
    """Yield the turns of what somebody entered; `writer` wrote it where it is a mail, and may be empty.

    Where it carries older mails along, these are quoted, whatever kind of entry it is.
    """
    head = _logged_head(words)
    body = words[head:]
    is_mail = origin is Origin.EMAIL or head > 0
    found = stretches(body, writer)
    if not is_mail and not any(one.origin is Origin.QUOTED for one in found):
        yield from _as_told(body, head, origin)
        return
    for one in found:
        own = one.origin is Origin.EMAIL
        if own and not (is_mail and writer):
            yield from _own(body[one.start : one.end], head + one.start, Origin.EMAIL if is_mail else origin)
        else:
            start, end = head + one.start, head + one.end
            yield Turn(start=start, end=end, speaker=one.writer or None, origin=one.origin)


def _own(words: str, at: int, origin: Origin) -> Iterator[Turn]:
    """Yield the turns of a mail's own words whose writer nothing tells; a dialogue in it tells its speakers."""
    if origin is not Origin.EMAIL or any(turn.origin is Origin.TRANSCRIPT for turn in turns(words)):
        yield from _as_told(words, at, origin)
    else:
        yield Turn(start=at, end=at + len(words), origin=origin)


def _as_told(words: str, at: int, origin: Origin) -> Iterator[Turn]:
    for turn in turns(words):
        own = origin if turn.origin is Origin.REP_NOTE else turn.origin
        yield turn.model_copy(update={"start": turn.start + at, "end": turn.end + at, "origin": own})


def _logged_head(words: str) -> int:
    """Return where a mail's body begins below the head that a CRM logs with it; 0 where there is none."""
    at, labels, subject = 0, 0, False
    for number, line in enumerate(words.split("\n")):
        at += len(line) + 1
        if not line.strip():
            continue
        label = _LABEL.fullmatch(line.rstrip("\r"))
        if label is None or number > _MOST_LOGGED:
            return 0
        known = HEAD_LINE.fullmatch(line.rstrip())
        if known is None and subject and labels >= _LEAST_LOGGED and not label[2].strip():
            return at if words[at:].strip() else 0
        subject = subject or bool(known and known["subject"])
        labels += known is not None
    return 0


def spoken(value: str, where: str) -> tuple[str, tuple[Turn, ...]]:
    """Return the text and turns of a cell that holds a transcript, in whatever form it is pasted there."""
    from notesense.readers import families

    words = words_of(value, is_mail=False)
    content = Content(words.encode(), where, pasted=words)
    if not words or content.binary:
        return words, ()
    family = families.family_of(content)
    if family.sniff(content) >= Fit.LIKELY and family.name != _TABLE and not family.wraps and not family.restores:
        try:
            notes = family.read(content).notes
        except InputError:
            notes = ()
        if len(notes) == 1 and notes[0].turns:
            return notes[0].text, notes[0].turns
    found = turns(words)
    if not any(turn.speaker for turn in found):
        found = _every_line(words) or found
    return words, tuple(turn.model_copy(update={"origin": Origin.TRANSCRIPT}) for turn in found)


def _every_line(words: str) -> tuple[Turn, ...]:
    """Return the turns of a transcript in which no name returns, where every line names one of several and says words.

    A text knows a speaker again by the name that returns: so the words are read as if they came twice.
    """
    found = tuple(turn for turn in turns(f"{words}\n{words}") if turn.start < len(words))
    lines = [line for line in words.splitlines() if line.strip()]
    named = [turn.speaker for turn in found if turn.speaker]
    if len(named) != len(lines) or len(found) != len(lines) or len(set(named)) < 2:
        return ()
    if not all(_SAID.search(line) for line in lines):
        return ()
    last = found[-1]
    return (*found[:-1], last.model_copy(update={"end": min(last.end, len(words))}))
