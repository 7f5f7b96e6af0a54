"""Lines of JSONL that `notesense export` wrote: notes with all that was known of them, accounts, our own people.

Anyone may have changed them since: what does not fit together is refused with the reason, line by line.
"""

import json
from typing import Any

from pydantic import ValidationError

from notesense.core.bearing import Bearing, Likelihoods, Place
from notesense.core.carried import AccountFacts, Carried, Recorded, Weighed
from notesense.core.corrections import Correction
from notesense.core.note import Ascribed, Note
from notesense.core.person_ports import OneOfUs
from notesense.core.reading import Reading
from notesense.core.signal import OWN_SOURCES, Extraction
from notesense.core.source_ports import OtherForm
from notesense.errors import InputError
from notesense.readers.decoding import checked, encodable

KEY = "notesense"
"""The key that tells what such a line holds."""
VERSION = 1
_LIKELIHOODS = ("settles", "fails", "replaces", "repeats")


def is_ours(record: Any) -> bool:
    """Tell whether a line says that it is of such an export."""
    return isinstance(record, dict) and isinstance(record.get(KEY), str)


class Restoring:
    """Takes lines in, one by one. `promised` is how many notes there should be, `notes` how many lines hold one."""

    def __init__(self) -> None:
        self.promised = 0
        self.notes = 0
        self._accounts: list[AccountFacts] = []
        self._ours: list[OneOfUs] = []
        self._weighed: list[Weighed] = []

    def take(self, record: dict[str, Any], where: str) -> Reading | None:
        """Return the note of a line, None for a line that holds none. Raises InputError for a bad one."""
        if record.get("version") != VERSION:
            raise InputError(
                f"exported by a newer NoteSense (version {str(record.get('version'))[:20]} of the form, "
                f"this one knows {VERSION}). Install the newest: `pip install --upgrade notesense`"
            )
        encodable(json.dumps(record, ensure_ascii=False), "the line")
        try:
            return self._take(record[KEY], record, where)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"]))
            raise _changed(f"{place}: {first['msg']}" if place else first["msg"]) from None
        except KeyError as error:
            raise _changed(f"{error} is missing") from None
        except (TypeError, ValueError, AttributeError, OverflowError) as error:
            raise _changed(str(error)) from None

    def _take(self, holds: str, record: dict[str, Any], where: str) -> Reading | None:
        facts = {name: value for name, value in record.items() if name not in (KEY, "version")}
        if holds == "note":
            self.notes += 1
            return _reading(facts, where)
        if holds == "export":
            self.promised += int(facts["notes"])
        elif holds == "us":
            self._ours += [OneOfUs.model_validate(one) for one in _listed(facts["ours"])]
        elif holds == "account":
            self._accounts.append(AccountFacts.model_validate({**facts, "where": where}))
        elif holds == "weighed":
            self._weighed.append(_weighed(facts))
        else:
            raise InputError(f'"{KEY}" is "{holds[:40]}", which this NoteSense does not know')
        return None

    @property
    def carried(self) -> Carried:
        """All that the lines told besides notes."""
        return Carried(accounts=tuple(self._accounts), ours=tuple(self._ours), weighed=tuple(self._weighed))

    @property
    def missing(self) -> int:
        """How many of the notes that were exported are not in the file."""
        return max(0, self.promised - self.notes)


def _changed(why: str) -> InputError:
    brief = " ".join(why.split())[:160]
    return InputError(f"not as it was exported ({brief})")


def _reading(facts: dict[str, Any], where: str) -> Reading:
    note = Note.model_validate({name: facts[name] for name in facts if name in Note.model_fields})
    checked(note.text, '"text"')
    recorded = _recorded(note.id, facts)
    recorded.check(note)
    return Reading(
        where=where,
        text=note.text,
        id=note.id,
        account=note.account,
        date=note.date,
        channel=note.channel,
        title=note.title,
        turns=note.turns,
        recorded=recorded,
        **note.source.model_dump(),
    )


def _recorded(note_id: str, facts: dict[str, Any]) -> Recorded:
    of_note = {"note_id": note_id}
    own = {str(source) for source in OWN_SOURCES}
    found = [one for one in facts["signals"] if one["source"] not in own] + facts["set_aside"]
    extraction = Extraction.model_validate(
        {
            **facts["run"],
            **of_note,
            "signals": [one | of_note for one in found],
            "rejected": [one | of_note for one in facts["rejected"]],
        }
    )
    said = [
        one | of_note | {name: one[name] and one[name] | of_note for name in ("signal", "replaced")}
        for one in facts["corrections"]
    ]
    forms = tuple(OtherForm.model_validate(one | of_note) for one in facts["forms"])
    return Recorded(
        extraction=extraction,
        corrections=tuple(map(Correction.model_validate, said)),
        forms=forms,
        ascribed=Ascribed.model_validate(facts["ascribed"]),
    )


def _weighed(facts: dict[str, Any]) -> Weighed:
    note_id = str(facts["note_id"])
    bearings = []
    for start, end, words_note_id, words_start, words_end, *figures, likeness in facts["bearings"]:
        bearings.append(
            Bearing(
                statement=Place(note_id=note_id, start=start, end=end),
                words=Place(note_id=words_note_id, start=words_start, end=words_end),
                likelihoods=Likelihoods(**dict(zip(_LIKELIHOODS, figures, strict=True))),
                likeness=likeness,
            )
        )
    return Weighed(note_id=note_id, mark=str(facts["mark"]), bearings=tuple(bearings))


def _listed(values: Any) -> list[Any]:
    if not isinstance(values, list):
        raise ValueError('"ours" must be a list')
    return values
