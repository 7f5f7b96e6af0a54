"""Fireflies: transcripts as its GraphQL API gives them (docs.fireflies.ai/schema/transcript).

`date` is in milliseconds of the epoch, `start_time` in seconds. The text is taken as its users have put it right, else
as heard. Nothing in it tells who is on which side; the e-mails of those who took part are handed on.
"""

from notesense.core.reading import Reading, Readings
from notesense.errors import InputError
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.family import Content, Family, Fit
from notesense.readers.json_source import Record, members, parsed, records, string, within
from notesense.readers.layout import Spoken


def _sniff(content: Content) -> Fit:
    fields = content.fields
    return Fit.SURE if "sentences" in fields and fields & {"speaker_name", "raw_text", "ai_filters"} else Fit.NO


def _read(content: Content) -> Readings:
    whole = parsed(content)
    answer = [*records(whole), *within(whole, "data")]
    found = [each for top in answer for name in ("transcript", "transcripts") for each in members(top.get(name))]
    found = found or [each for each in answer if "sentences" in each]
    if not found:
        raise InputError(f"{content.where} looks like Fireflies, but holds no transcript.", "Export it again, whole.")
    return read_each(content.where, found, _meeting)


def _meeting(record: Record, meeting: Conversation) -> Reading:
    meeting.title = string(record, "title")
    meeting.meeting = string(record, "id")
    meeting.began(record.get("date"), record.get("dateString"))
    for each in records(record.get("meeting_attendees")):
        meeting.attend(string(each, "displayName", "name"), string(each, "email"))
    participants = record.get("participants")
    for emails in participants if isinstance(participants, list) else ():
        for email in string({"it": emails}, "it").split(","):
            meeting.attend("", email.strip())
    speakers = records(record.get("speakers"))
    names = {key: string(each, "name") for each in speakers if (key := string(each, "id"))}
    for place, each in meeting.parts(record.get("sentences"), "sentence"):
        key = string(each, "speaker_id")
        speaker = string(each, "speaker_name") or names.get(key, "")
        words = each["raw_text"] if each.get("text") is None and "raw_text" in each else each.get("text")
        who = Spoken("", speaker or None, label="" if speaker else meeting.voice(key))
        meeting.say(who, place, words, each.get("start_time"))
    meeting.summarise(record.get("summary"))
    return meeting.reading(sentences=True)


FAMILY = Family("fireflies", frozenset({".json"}), _sniff, _read)
