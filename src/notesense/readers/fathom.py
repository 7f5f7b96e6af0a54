"""Fathom: meetings as its API gives them, several in `items` or one alone (developers.fathom.ai).

`is_external` of an invitee tells the side; the recorder is one of us. The summary is an object or a string.
"""

from typing import Any

from notesense.core.note import Side
from notesense.core.reading import Reading, Readings
from notesense.errors import InputError
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.family import Content, Family, Fit
from notesense.readers.json_source import Record, members, parsed, records, string
from notesense.readers.layout import Spoken

_OWN = {"matched_calendar_invitee_email", "default_summary", "calendar_invitees", "calendar_invitees_domains_type"}


def _sniff(content: Content) -> Fit:
    return Fit.SURE if content.fields & _OWN else Fit.NO


def _read(content: Content) -> Readings:
    whole = parsed(content)
    found = members(whole["items"]) if isinstance(whole, dict) and "items" in whole else members(whole)
    if not found:
        raise InputError(f"{content.where} looks like Fathom, but holds no meeting.", "Export it again, whole.")
    return read_each(content.where, found, _meeting)


def _meeting(record: Record, meeting: Conversation) -> Reading:
    meeting.title = string(record, "title", "meeting_title")
    meeting.meeting = string(record, "recording_id")
    meeting.began(*(record.get(name) for name in ("recording_start_time", "scheduled_start_time", "created_at")))
    sides = _invited(record, meeting)
    for place, each in meeting.parts(record.get("transcript"), "passage"):
        who = each.get("speaker")
        name, email = string(who, "display_name"), string(who, "matched_calendar_invitee_email")
        side = sides.get(email.casefold()) or sides.get(name) or "unknown"
        meeting.say(Spoken("", name or None, side), place, each.get("text"), each.get("timestamp"))
    summary = record.get("default_summary")
    meeting.summarise(summary.get("markdown_formatted") if isinstance(summary, dict) else summary)
    for each in records(record.get("action_items")):
        meeting.summarise(_action(each))
    return meeting.reading(sentences=True)


def _invited(record: Record, meeting: Conversation) -> dict[str, Side]:
    """Tell who took part, and return the side of each by e-mail and by name; a name on both sides tells none."""
    sides: dict[str, Side] = {}
    for each in records(record.get("calendar_invitees")):
        external: Any = each.get("is_external")
        side: Side = "unknown" if not isinstance(external, bool) else "customer" if external else "us"
        name, email = string(each, "name", "matched_speaker_display_name"), string(each, "email")
        meeting.attend(name, email, side)
        for known in (email.casefold(), name, string(each, "matched_speaker_display_name")):
            sides[known] = side if sides.get(known, side) == side else "unknown"
    for each in records(record.get("recorded_by")):
        name, email = string(each, "name"), string(each, "email")
        meeting.attend(name, email, "us")
        sides |= {known: "us" for known in (email.casefold(), name) if known not in sides}
    return {known: side for known, side in sides.items() if known}


def _action(record: Record) -> str:
    what, who = string(record, "description"), string(record.get("assignee"), "name")
    return f"[{who}] {what}" if who and what else what


FAMILY = Family("fathom", frozenset({".json"}), _sniff, _read)
