"""Avoma: transcriptions as its API gives them: who is a rep is told by `is_rep`, times by each word's `timestamps`.

A transcription tells neither day nor title; both are in another answer of the API, so the file's name may tell them.
"""

from notesense.core.note import Side
from notesense.core.reading import Reading, Readings
from notesense.errors import InputError
from notesense.readers import hints
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.family import Content, Family, Fit
from notesense.readers.json_source import Record, members, parsed, records, string
from notesense.readers.layout import Spoken


def _sniff(content: Content) -> Fit:
    return Fit.SURE if content.fields >= {"is_rep", "transcript"} else Fit.NO


def _read(content: Content) -> Readings:
    whole = parsed(content)
    found = members(whole["results"]) if isinstance(whole, dict) and "results" in whole else members(whole)
    if not found:
        raise InputError(f"{content.where} looks like Avoma, but holds no transcript.", "Export it again, whole.")

    day = hints.day_in_name(content.stem) if len(found) == 1 else None

    def read(record: Record, meeting: Conversation) -> Reading:
        meeting.began(day and day.isoformat())
        return _meeting(record, meeting)

    return read_each(content.where, found, read)


def _meeting(record: Record, meeting: Conversation) -> Reading:
    meeting.meeting = string(record, "meeting_uuid", "uuid")
    names: dict[str, tuple[str, Side]] = {}
    for each in records(record.get("speakers")):
        rep = each.get("is_rep")
        side: Side = "unknown" if not isinstance(rep, bool) else "us" if rep else "customer"
        if key := string(each, "id"):
            names[key] = (string(each, "name", "email"), side)
        meeting.attend(string(each, "name"), string(each, "email"), side)
    for place, each in meeting.parts(record.get("transcript"), "passage"):
        key = string(each, "speaker_id")
        name, side = names.get(key, ("", "unknown"))
        times = each.get("timestamps")
        begin = times[0] if isinstance(times, list) and times else None
        who = Spoken("", name or None, side, label="" if name else meeting.voice(key))
        meeting.say(who, place, each.get("transcript"), begin)
    return meeting.reading(sentences=True)


FAMILY = Family("avoma", frozenset({".json"}), _sniff, _read)
