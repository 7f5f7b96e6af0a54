"""Plain text in any form: a note as somebody wrote it. The text itself tells who speaks."""

from notesense.core.reading import Reading, Readings
from notesense.readers import hints
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit


def reading_of(content: Content, text: str, title: str = "") -> Reading:
    """Return a note of this text; the file's name and the text's form tell day and channel, and what no title tells.

    Raises InputError where the text is blank or cannot be kept.
    """
    day = hints.Day(hints.day_in_name(content.stem))
    if day.day is None:
        day = hints.day_in_head(text)
    return Reading(
        where=content.where,
        text=checked(text, content.where),
        date=day.day,
        unclear_day=day.unclear,
        channel=hints.channel_of(content.stem, text),
        title=title or hints.title_of(content.stem, text),
    )


def _sniff(content: Content) -> Fit:
    return Fit.NO if content.binary else Fit.ENDING


def _read(content: Content) -> Readings:
    return Readings(notes=(reading_of(content, content.text),))


FAMILY = Family("text", frozenset({".txt", ".text", ".md", ".markdown"}), _sniff, _read)
