"""Texts of several hands in one: a plan, what a program summed up, a transcript, the rep's own notes, under headings.

The text stays as it stands; a transcript in it is read as the form that it is in.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from notesense.core.note import Turn
from notesense.core.reading import Reading, Readings
from notesense.core.speaker_marks import side_of
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import (
    captions,
    fathom_copied,
    granola_said,
    headed_transcript,
    headings,
    hints,
    marked_text,
    meet,
    minutes_said,
    pasted_mail,
    speaker_names,
    zoom_captions,
)
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit
from notesense.readers.headings import Kind, Section
from notesense.readers.parts import Part, nobodys, put_together, told_turns
from notesense.readers.stamps import WHOLE_STAMP, seconds

_FORMS: tuple[Family, ...] = (
    captions.FAMILY,
    zoom_captions.FAMILY,
    meet.FAMILY,
    fathom_copied.FAMILY,
    granola_said.FAMILY,
    headed_transcript.FAMILY,
    marked_text.FAMILY,
    minutes_said.FAMILY,
    pasted_mail.FAMILY,
)
"""What a transcript or mail inside a text may be; of two that fit equally well, the first is taken."""
_ORIGINS = {Kind.MACHINE: Origin.VENDOR_SUMMARY, Kind.PLAN: Origin.PLAN}
_DISCLAIMER = re.compile(
    r"[ \t*_]*(?:(?:this|the|diese[rs]?|die|ce(?:tte)?|este|esta) )?(?:\w+ ){0,3}"
    r"(?:(?:generated|created|written|summarized|erstellt|generiert|génér[ée]+e?|generad[oa]) "
    r"(?:by|with|using|von|mit|durch|par|avec|por|con) (?:an? |the |l['’]|la )?"
    r"(?:AI|KI|IA|artificial intelligence|copilot|gemini)|AI-generated content)\b.{0,100}"
)
"""The line with which a program ends what it wrote."""
_BOLD = re.compile(
    rf"^[ \t]{{0,3}}\*\*(?P<name>[^*\r\n:]{{1,60}})"
    rf"(?::\*\*|\*\*[ \t]?:|\*\*[ \t]*[\[(]?(?P<time>{WHOLE_STAMP})[\])]?[ \t]*:)[ \t]*",
    re.MULTILINE,
)
_ENOUGH = 2


def parts_of(content: Content, text: str, by_program: bool = False) -> list[Part]:
    """Return a text part by part, each as what its headings or its form say that it is."""
    found: list[Part] = []
    cut = headings.sections_of(text, by_program)
    for kind, run in groupby(cut, key=lambda one: _family_of(one.kind)):
        sections = list(run)
        if kind in _ORIGINS:
            found += (nobodys(text[one.start : one.end], _ORIGINS[kind]) for one in sections)
        elif kind is Kind.TRANSCRIPT:
            for one in sections:
                found += _transcript(content, text, one)
        else:
            found += _own(content, text[sections[0].start : sections[-1].end])
    return [part for part in found if part.text]


def _family_of(kind: Kind) -> Kind:
    """Return the kind by which sections are read together: whatever is the rep's own is read as one text."""
    return kind if kind in (*_ORIGINS, Kind.TRANSCRIPT) else Kind.UNKNOWN


def _own(content: Content, text: str) -> Iterator[Part]:
    """Yield what stands under no heading that says what it is: a form that is known, else a note of the rep."""
    yield _read_as_form(content, text) or Part(text, tuple(told_turns(text)))


def _transcript(content: Content, text: str, section: Section) -> Iterator[Part]:
    """Yield what stands under the heading of a transcript: the heading, what is said, what a program wrote below."""
    body, closing = _without_disclaimer(text[section.body : section.end])
    yield Part(text[section.start : section.body], ())
    yield spoken_part(content, body)
    yield nobodys(closing, Origin.VENDOR_SUMMARY)


def spoken_part(content: Content, text: str) -> Part:
    """Return what is known to be a transcript, in whatever form it is; what nobody known says is said, too."""
    read = _read_as_form(content, text) or _spoken(text)
    return read or nobodys(text, Origin.TRANSCRIPT)


def _without_disclaimer(body: str) -> tuple[str, str]:
    lines = body.splitlines(keepends=True)
    last = len(lines)
    while last and (not lines[last - 1].strip() or _DISCLAIMER.fullmatch(lines[last - 1].rstrip())):
        last -= 1
    closing = "".join(lines[last:])
    return ("".join(lines[:last]), closing) if closing.strip() else (body, "")


def _read_as_form(content: Content, text: str) -> Part | None:
    """Return a transcript in a form that is known; None where it is in none."""
    if not text.strip():
        return None
    part = Content(b"", content.where, content.name, pasted=text)
    fit, family = max(((one.sniff(part), one) for one in _FORMS), key=lambda found: found[0])
    if fit < Fit.LIKELY:
        return None
    try:
        found = family.read(part)
    except InputError:
        return None
    if len(found.notes) != 1:
        return None
    (note,) = found.notes
    return Part(note.text, note.turns, note.model_copy(update={"form": family.name}), found.refused)


def _spoken(body: str) -> Part | None:
    """Return what people say in a text whose heading says that it is a transcript; None where none speaks in it."""
    if bold := _bold(body):
        return Part(body, bold)
    found = list(told_turns(body))
    named = [turn for turn in found if turn.speaker]
    if len(named) < _ENOUGH or len({turn.speaker for turn in named}) < _ENOUGH:
        return None
    heard = {Origin.REP_NOTE: Origin.TRANSCRIPT}
    said = (
        turn.model_copy(update={"origin": heard.get(turn.origin, turn.origin)}) if turn.speaker else turn
        for turn in found
    )
    return Part(body, tuple(said))


def _bold(body: str) -> tuple[Turn, ...]:
    """Return the turns where it begins with a speaker in bold, and another one follows; none where it does not."""
    labels = [label for label in _BOLD.finditer(body) if speaker_names.looks_named(label["name"].strip())]
    if not labels or body[: labels[0].start()].strip() or len({label["name"].strip() for label in labels}) < _ENOUGH:
        return ()
    ends = [*(label.start() for label in labels[1:]), len(body)]
    return tuple(
        Turn(
            start=label.end(),
            end=end,
            speaker=name,
            side=side_of(name),
            origin=Origin.TRANSCRIPT,
            time=seconds(label["time"]) if label["time"] else None,
        )
        for label, end in zip(labels, ends, strict=True)
        if body[label.end() : end].strip() and (name := " ".join(label["name"].split()))
    )


def _sniff(content: Content) -> Fit:
    if content.binary or meet.FAMILY.sniff(content) >= Fit.LIKELY:
        return Fit.NO
    cut = headings.sections_of(content.head)
    if any(one.kind in _ORIGINS and one.told in _ORIGINS for one in cut):
        return Fit.LIKELY
    spoken = [one for one in cut if one.kind is Kind.TRANSCRIPT]
    others = any(content.head[one.start : one.end].strip() for one in cut if one.kind is not Kind.TRANSCRIPT)
    if not others:
        return Fit.NO
    bodies = (content.head[one.body : one.end] for one in spoken)
    return Fit.LIKELY if any(_read_as_form(content, body) or _spoken(body) for body in bodies) else Fit.NO


def _read(content: Content) -> Readings:
    return reading_of(content, content.text, parts_of(content, content.text))


def reading_of(content: Content, text: str, parts: Sequence[Part]) -> Readings:
    """Return the note of these parts of a text, with what the name, the head and the forms of its parts tell."""
    whole, told = put_together(parts)
    inner = next((part.reading for part in parts if part.reading), None)
    day = hints.Day(hints.day_in_name(content.stem))
    if day.day is None:
        day = hints.day_in_head(text)
    title = hints.title_of(content.stem, text)
    reading = Reading(
        where=content.where,
        text=checked(whole, content.where),
        turns=told,
        date=day.day or (inner.date if inner else None),
        unclear_day=day.unclear,
        channel=_channel(content, parts),
        title=(inner.title if inner and not content.name else "") or title,
        started=inner.started if inner else None,
        meeting=inner.meeting if inner else "",
        attendees=inner.attendees if inner else (),
    )
    return Readings(notes=(reading,), refused=tuple(one for part in parts for one in part.refused))


def _channel(content: Content, parts: Sequence[Part]) -> Channel | None:
    named = hints.channel_of(content.stem, "")
    inner = next((part.reading.channel for part in parts if part.reading), None)
    if named or inner:
        return named or inner
    if any(turn.origin is Origin.TRANSCRIPT for part in parts for turn in part.turns):
        return Channel.CALL
    own = (part.text for part in parts if not any(turn.origin in _ORIGINS.values() for turn in part.turns))
    return hints.channel_of("", "".join(own))


FAMILY = Family("sections", frozenset({".md", ".markdown"}), _sniff, _read)
