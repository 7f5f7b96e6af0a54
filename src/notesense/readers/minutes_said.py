"""Transcripts as the open program `minutes` writes them: `[NAME m:ss] words`."""

import re
from collections.abc import Iterator, Mapping

from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import speaker_names
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import Spoken, laid_out

SAID = re.compile(
    r"^\[(?:(?P<name>[^\]\[\r\n]{1,80}?)[ \t]+)?(?P<hours>\d{1,2}:)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})\][ \t]*",
    re.MULTILINE,
)
_ENOUGH = 2


def said(words: str, names: Mapping[str, str]) -> Iterator[Spoken]:
    """Yield what is said; `names` tells by a folded label whom it means. What stands above the first is nobody's."""
    found = [*SAID.finditer(words)]
    if found:
        yield Spoken(words[: found[0].start()], origin=Origin.REP_NOTE)
    for one, end in zip(found, [*(each.start() for each in found[1:]), len(words)][: len(found)], strict=True):
        name = (one["name"] or "").strip()
        time = int((one["hours"] or "0:")[:-1]) * 3600 + int(one["minutes"]) * 60 + int(one["seconds"])
        speaker = speaker_names.known(names.get(name.casefold(), name))
        yield Spoken(words[one.end() : end], speaker, time=float(time))


def _sniff(content: Content) -> Fit:
    named = [one for one in SAID.finditer(content.head) if one["name"]]
    return Fit.LIKELY if len(named) >= _ENOUGH else Fit.NO


def _read(content: Content) -> Readings:
    text, turns = laid_out(list(said(content.text, {})), content.where)
    reading = Reading(where=content.where, text=checked(text, content.where), turns=turns, channel=Channel.CALL)
    return Readings(notes=(reading,))


FAMILY = Family("minutes", frozenset(), _sniff, _read)
"""Known where a heading says that a transcript stands below it; chats look the same elsewhere."""
