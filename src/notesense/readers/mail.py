"""Mails: `.eml` and `.mbox`. Head and words of each are a note; its turns tell own, quoted words and signatures.

What is attached is named in the head. An attached mail, or an attached text of a form of its own, is a note for itself.
"""

import datetime
import re
from collections.abc import Iterator

from notesense.core.note import Turn
from notesense.core.reading import Reading, Readings
from notesense.core.results import Refused
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import hints, mail_parts, mail_people, mbox
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit
from notesense.readers.mail_history import bare_subject, stretches

_HEADER = re.compile(r"([!-9;-~]+)[ \t]*:")
_TELLING = frozenset(
    "message-id mime-version received return-path delivered-to content-type content-transfer-encoding x-mailer "
    "in-reply-to references x-gmail-labels user-agent dkim-signature".split()
)
"""Headers that a mail program writes and a person does not."""
_TELLS = 2
"""So many of them tell a mail that says not from whom it is."""
_WIDE = 4096
"""Bytes that are looked at for zeros."""
_MOST_HEAD_LINES = 400
_NO_NOTES = ("text/calendar", "text/x-vcard", "text/vcard", "application/ics")
_DEEPEST = 5
"""Mails attached to mails attached to mails: so far they are read."""
_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    lines = content.head.lstrip("\r\n").splitlines()[:_MOST_HEAD_LINES]
    if mbox.begins(content.head):
        return Fit.SURE
    names = set()
    for line in lines:
        if not line.strip():
            break
        if found := _HEADER.match(line):
            names.add(found[1].casefold())
    is_head = "from" in names and bool(names & {"to", "date", "subject", "message-id"})
    if is_head and names & _TELLING:
        return Fit.SURE
    if len(names & _TELLING) >= _TELLS and names & {"to", "date", "subject"}:
        return Fit.SURE
    return Fit.ENDING if is_head else Fit.NO


def _read(content: Content) -> Readings:
    wide = b"\0" in content.data[:_WIDE]  # a mail is bytes, but somebody saved it as UTF-16
    data = (content.text.encode() if wide or content.pasted is not None else content.data).lstrip(b"\r\n")
    mails = list(mbox.mails(data.removeprefix(b"\xef\xbb\xbf")))
    if len(mails) == 1:
        return _on(hints.day_in_name(content.stem), _one(mails[0], content.where))
    notes: list[Reading] = []
    refused: list[Refused] = []
    for number, mail in enumerate(mails, 1):
        place = f"{content.where}, message {number}"
        try:
            found = _one(mail, place)
        except InputError as error:
            refused.append(_refused(place, error))
        else:
            notes += found.notes
            refused += found.refused
    return Readings(notes=tuple(notes), refused=tuple(refused))


def _on(day: datetime.date | None, found: Readings) -> Readings:
    """Return what a file holds, with the day in its name where the mail tells none."""
    notes = (one if one.date or one.started else one.model_copy(update={"date": day}) for one in found.notes)
    return found.model_copy(update={"notes": tuple(notes)})


def _one(data: bytes, where: str) -> Readings:
    try:
        return _of_mail(mail_parts.parsed(data), where, _DEEPEST)
    except RecursionError:
        raise InputError(f"{where} holds parts within parts without end.", "Export the mail again.") from None


def _of_mail(mail: mail_parts.Mail, where: str, deeper: int) -> Readings:
    """Read a mail with what is attached; only where it says nothing itself and holds no other is it an error."""
    hanging = list(mail_parts.attached(mail))
    notes: list[Reading] = []
    refused: list[Refused] = []
    try:
        notes.append(_reading(mail, [one.name for one in hanging], where))
    except InputError as error:
        refused.append(_refused(where, error))
    else:
        refused += _unread(mail, where)
    first = notes[0] if notes else None
    for one in hanging:
        place = f"{where}, {one.name}"
        try:
            found = _attached(one, place, deeper)
        except InputError as error:
            refused.append(_refused(place, error))
        else:
            notes += [_dated(each, first) for each in found.notes]
            refused += found.refused
    if not notes:
        raise InputError(f"{where} {refused[0].reason}", "What is attached to it is to be added by itself.")
    return Readings(notes=tuple(notes), refused=tuple(refused))


def _unread(mail: mail_parts.Mail, where: str) -> Iterator[Refused]:
    """Yield why a mail has no words but its subject."""
    if not mail_parts.body_of(mail).strip() and (reason := mail_parts.unread(mail)):
        yield Refused(where=where, reason=reason)


def _refused(where: str, error: InputError) -> Refused:
    return Refused(where=where, reason=error.message.removeprefix(f"{where} "))


def _attached(one: mail_parts.Attached, place: str, deeper: int) -> Readings:
    """Read an attached mail, or an attached text whose form is known; nothing of what is only named."""
    from notesense.readers import families

    if one.mail is not None:
        return _of_mail(one.mail, place, deeper - 1) if deeper > 0 else Readings()
    content = Content(one.data, place, one.name)
    if one.kind in _NO_NOTES or content.binary or not one.data.strip():
        return Readings()
    family = families.family_of(content)
    return families.read(content) if family.sniff(content) >= Fit.LIKELY else Readings()


def _dated(reading: Reading, mail: Reading | None) -> Reading:
    """Return what was attached; where it tells no day, the mail's holds."""
    if mail is None or reading.date is not None or reading.started is not None:
        return reading
    return reading.model_copy(update={"date": mail.started.date() if mail.started else None})


def _reading(mail: mail_parts.Mail, names: list[str], where: str) -> Reading:
    author = mail_people.writer_of(mail)
    people = mail_people.people(mail)
    writer = (author.name or author.email) if author else ""
    subject = mail_parts.header(mail, "Subject")
    head = [f"{name}: {value}" for name in _SHOWN if (value := mail_parts.header(mail, name))]
    head += [f"Attachments: {', '.join(names)}"] if names else []
    top = "\n".join(head)
    body = mail_parts.body_of(mail)
    text = f"{top}\n\n{body}" if top and body else top or body
    offset = len(text) - len(body)
    turns = [*_subject_turn(top, subject, writer)]
    for one in stretches(body, writer, people, mail_parts.is_stuffed(mail)):
        start, end = offset + one.start, offset + one.end
        turns.append(Turn(start=start, end=end, speaker=one.writer or None, origin=one.origin))
    if not turns:
        raise InputError(f"{where} is a mail without any words.")
    return Reading(
        where=where,
        text=checked(text, where),
        channel=Channel.EMAIL,
        title=subject,
        turns=tuple(turns),
        started=mail_parts.sent(mail),
        meeting=mail_parts.header(mail, "Message-ID"),
        attendees=people,
    )


def _subject_turn(top: str, subject: str, writer: str) -> Iterator[Turn]:
    """Yield the subject: the writer's words where it begins a thread, else words that the thread carries along."""
    begin = bare_subject(subject)
    line = f"\nSubject: {subject}"
    at = f"\n{top}".rfind(line)
    if subject[begin:].strip():
        start = at + len(line) - 1 - len(subject) + begin
        end = at + len(line) - 1
        if begin:
            yield Turn(start=start, end=end, origin=Origin.QUOTED)
        else:
            yield Turn(start=start, end=end, speaker=writer or None, origin=Origin.EMAIL)


FAMILY = Family("mail", frozenset({".eml", ".mbox"}), _sniff, _read, tells_encodings=True)
