"""Gong: what is said from `/v2/calls/transcript`, who said it from `/v2/calls/extensive` (help.gong.io/apidocs).

The two may stand in one file, or in two beside each other in a folder. Sentences begin at milliseconds. A call's id has
up to 20 digits and stays a string. `affiliation` tells the side of a party.
"""

from typing import Any, NamedTuple

from notesense.core.note import Side
from notesense.core.reading import Reading, Readings
from notesense.errors import InputError
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.family import CompanionError, Content, Family, Fit
from notesense.readers.json_source import Record, parsed, records, string, within
from notesense.readers.layout import Spoken

_MILLISECOND = 0.001
_SIDES: dict[str, Side] = {"internal": "us", "external": "customer"}
_SUMMARY = ("brief", "outline", "highlights", "keyPoints")


class _Calls(NamedTuple):
    """What files tell of calls, by call id: transcripts, and what is known about each."""

    transcripts: dict[str, Record]
    about: dict[str, Record]


def _is_transcript(content: Content) -> bool:
    return "callTranscripts" in content.fields


def _is_about(content: Content) -> bool:
    return content.fields >= {"calls", "parties"} or content.fields >= {"metaData", "parties"}


def _sniff(content: Content) -> Fit:
    return Fit.SURE if _is_transcript(content) or _is_about(content) else Fit.NO


def _calls(value: Any) -> _Calls:
    """Return the calls of one file; a call that tells its parties may hold its transcript too."""
    found = _Calls({}, {})
    tops = records(value)
    for each in within(value, "callTranscripts"):
        found.transcripts.setdefault(string(each, "callId") or f"#{len(found.transcripts)}", each)
    for each in [*within(value, "calls"), *(top for top in tops if "parties" in top)]:
        call = string(each.get("metaData"), "id") or string(each, "id", "callId")
        found.about.setdefault(call, each)
        if records(each.get("transcript")):
            found.transcripts.setdefault(call, each)
    return found


def _around(content: Content) -> _Calls:
    """Return the calls of all Gong files in the folder, those of broken ones left out."""
    found = _Calls({}, {})
    folder = content.beside
    for name in folder.named(".json") if folder else ():
        data = (folder and folder.data(name)) or b""
        if b'"parties"' not in data and b'"callTranscripts"' not in data:
            continue
        other = Content(data, name, name)
        try:
            calls = _calls(parsed(other)) if _is_transcript(other) or _is_about(other) else _Calls({}, {})
        except InputError:
            continue
        found.transcripts.update({call: {} for call in calls.transcripts})
        found.about.update(calls.about)
    return found


def _read(content: Content) -> Readings:
    calls = _calls(parsed(content))
    folder = content.beside
    around = folder.once("gong", lambda: _around(content)) if folder else _Calls({}, {})
    about = {**around.about, **calls.about}
    untold = [call for call in calls.about if call not in {**around.transcripts, **calls.transcripts}]
    if calls.about and not calls.transcripts and not untold:
        raise CompanionError(
            f"{content.where} tells who took part in the calls of other files beside it, and holds no words itself.",
            "Add the file with their transcripts, or the folder of both.",
        )
    if not calls.transcripts and not untold:
        raise InputError(f"{content.where} looks like Gong, but holds no call.", "Export it again, whole.")

    def read(record: Record, meeting: Conversation) -> Reading:
        call = record["call"]
        meeting.meeting = "" if call.startswith("#") else call
        return _meeting(calls.transcripts.get(call, {}), about.get(call, {}), meeting)

    return read_each(content.where, [{"call": call} for call in (*calls.transcripts, *untold)], read)


def _meeting(transcript: Record, about: Record, meeting: Conversation) -> Reading:
    facts = about.get("metaData")
    meeting.title = string(facts, "title")
    meeting.began(*(facts.get(name) for name in ("started", "scheduled") if isinstance(facts, dict)))
    meeting.account = _account(about)
    names: dict[str, tuple[str, Side]] = {}
    for each in records(about.get("parties")):
        side = _SIDES.get(string(each, "affiliation").casefold(), "unknown")
        name, email = string(each, "name"), string(each, "emailAddress")
        if key := string(each, "speakerId"):
            names[key] = (name or email, side)
        meeting.attend(name, email, side)
    for place, monologue in meeting.parts(transcript.get("transcript"), "monologue"):
        key = string(monologue, "speakerId")
        name, side = names.get(key, ("", "unknown"))
        who = Spoken("", name or None, side, label="" if name else meeting.voice(key))
        for within_it, each in meeting.parts(monologue.get("sentences"), f"{place}, sentence"):
            meeting.say(who, within_it, each.get("text"), each.get("start"), _MILLISECOND)
    content = about.get("content")
    meeting.summarise(*(content.get(name) for name in _SUMMARY if isinstance(content, dict)))
    return meeting.reading(sentences=True)


def _account(about: Record) -> str:
    """Return the name of the account that the CRM has the call under, where it is one."""
    named = {
        string(field, "value")
        for each in within(about, "context", "objects")
        if string(each, "objectType").casefold() == "account"
        for field in records(each.get("fields"))
        if string(field, "name").casefold() == "name"
    }
    return named.pop() if len(named) == 1 else ""


FAMILY = Family("gong", frozenset({".json"}), _sniff, _read)
