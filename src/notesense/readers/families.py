"""The table of all families of files, and the choice among them: by content; the file's ending only breaks ties."""

from notesense.core.carried import Carried
from notesense.core.reading import Reading, Readings
from notesense.errors import InputError
from notesense.readers import (
    avoma,
    binary,
    calendar,
    captions,
    chat_text,
    crm_csv,
    fathom,
    fathom_copied,
    fireflies,
    gong,
    granola,
    granola_said,
    headed_transcript,
    html_page,
    json_transcript,
    jsonl,
    mail,
    markdown,
    marked_text,
    meet,
    otter,
    own_csv,
    own_markdown,
    pasted_mail,
    pdf,
    plain_text,
    sections,
    slack,
    teams_chat,
    word_document,
    zoom_captions,
    zoom_chat,
)
from notesense.readers.family import Content, Family, Fit

FAMILIES: tuple[Family, ...] = (
    plain_text.FAMILY,
    jsonl.FAMILY,
    own_markdown.FAMILY,
    own_csv.FAMILY,
    sections.FAMILY,
    otter.FAMILY,
    captions.FAMILY,
    zoom_captions.FAMILY,
    zoom_chat.FAMILY,
    headed_transcript.FAMILY,
    meet.FAMILY,
    fireflies.FAMILY,
    gong.FAMILY,
    fathom.FAMILY,
    fathom_copied.FAMILY,
    granola.FAMILY,
    granola.COPIED,
    granola_said.FAMILY,
    avoma.FAMILY,
    slack.FAMILY,
    teams_chat.FAMILY,
    json_transcript.FAMILY,
    marked_text.FAMILY,
    chat_text.FAMILY,
    mail.FAMILY,
    pasted_mail.FAMILY,
    calendar.FAMILY,
    html_page.FAMILY,
    markdown.FAMILY,
    word_document.FAMILY,
    pdf.FAMILY,
    crm_csv.FAMILY,
)
"""Of two that fit a content equally well, and have its ending or both have not, the first is taken."""

OF_CHANNELS = frozenset(family.name for family in FAMILIES if family.in_folders_of_channels)
"""The forms of notes whose folders are called after channels."""

ENDINGS = frozenset(ending for family in FAMILIES for ending in family.endings)


def family_of(content: Content) -> Family:
    """Return the family of a content. Raises InputError for binary data that no family can read."""
    fits = [(family.sniff(content), content.ending in family.endings, family) for family in FAMILIES]
    best = max(fits, key=lambda fit: fit[:2])
    if best[0] is Fit.NO:
        raise binary.refusal(content.data, content.where)
    return best[2]


def read(content: Content) -> Readings:
    """Read a content of any family. Raises InputError where it is of none or gives neither notes nor reasons."""
    family = family_of(content)
    found = family.read(content)
    if not found.notes and not found.refused and found.carried == Carried():
        raise InputError(
            f"{content.where} was read as {family.name}, but holds no words that could be kept.",
            "Export it again, or paste its text.",
        )
    inside = [_unwrapped(one, content) if family.wraps else Readings(notes=(one,)) for one in found.notes]
    return Readings(
        notes=tuple(_complete(one, family, content) for each in inside for one in each.notes),
        refused=(*found.refused, *(one for each in inside for one in each.refused)),
        skipped=(*found.skipped, *(one for each in inside for one in each.skipped)),
        carried=found.carried,
    )


def _unwrapped(reading: Reading, content: Content) -> Readings:
    """Read the text of a document as the form that it is in, where a family knows it; it is a note as it is elsewhere.

    What the document tells of itself holds where its text does not say otherwise.
    """
    if reading.turns:
        return Readings(notes=(reading,))
    text = Content(reading.text.encode(), content.where, f"{content.stem}.txt", pasted=reading.text)
    family = family_of(text)
    if family.wraps or family.sniff(text) < Fit.LIKELY:
        return Readings(notes=(reading,))
    found = family.read(text)
    notes = (_complete(one, family, content) for one in found.notes)
    told = {"date": reading.date, "channel": reading.channel, "title": reading.title}
    return found.model_copy(
        update={
            "notes": tuple(
                one.model_copy(update={name: value for name, value in told.items() if not getattr(one, name)})
                for one in notes
            )
        }
    )


def _complete(reading: Reading, family: Family, content: Content) -> Reading:
    """Return the reading with the name of its family, what it was read as, and the day that its hour tells.

    Notes that come back from an export are of the form that they were before.
    """
    if reading.recorded is not None or family.restores:
        return reading
    day = reading.date or (reading.started.date() if reading.started else None)
    read_as = reading.read_as or (None if family.tells_encodings else content.read_as)
    return reading.model_copy(update={"form": reading.form or family.name, "date": day, "read_as": read_as})
