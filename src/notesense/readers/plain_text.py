"""Plain text in any form: a note as somebody wrote it. The text itself tells who speaks."""

from notesense.core.reading import Reading, Readings
from notesense.readers import hints
from notesense.readers.family import Content, Family, Fit


def _sniff(content: Content) -> Fit:
    return Fit.NO if content.binary else Fit.ENDING


def _read(content: Content) -> Readings:
    text = content.text
    name = content.stem.encode("utf-8", "replace").decode()
    reading = Reading(
        where=content.where,
        text=text,
        date=hints.day_in_name(name) or hints.day_in_head(text),
        channel=hints.channel_of(name, text),
        title=hints.title_of(name, text),
    )
    return Readings(notes=(reading,))


FAMILY = Family("text", frozenset({".txt", ".text", ".md", ".markdown"}), _sniff, _read)
