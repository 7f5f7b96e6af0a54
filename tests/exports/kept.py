"""A store with everything in it that an export must carry, and its tables as they can be compared."""

import datetime
import json
from pathlib import Path

from sqlalchemy import create_engine, select

from notesense.adapters.sql.links import SqlLinks
from notesense.adapters.sql.persons import SqlPersons
from notesense.adapters.sql.records import SqlRecords
from notesense.adapters.sql.register import SqlRegister
from notesense.adapters.sql.schema import metadata
from notesense.adapters.sql.sources import SqlSources
from notesense.adapters.sql.store import SqlStore
from notesense.core.bearing import Bearing, Likelihoods, Place
from notesense.core.corrections import Correction
from notesense.core.note import Ascribed, Attendee, Note, NoteSource, Turn, note_id
from notesense.core.passages import passages_of
from notesense.core.person_ports import DomainOf, Joined, OneOfUs
from notesense.core.records import Restriction
from notesense.core.signal import LABELS, Draft, Extraction, Reason, Rejected, Signal, Usage
from notesense.core.source_ports import OtherForm
from notesense.core.vocabulary import Channel, Origin

MADE = datetime.datetime(2026, 3, 20, 9, 30, 1, 250, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 3, 12)
TEXT = (
    "Marta Ruiz: We pay more and get less.\nBen Cole: =Understood, I send the report by Friday.\n"
    "- Reports late\r\n\tend"
)


def note(text: str = TEXT, account: str = "Harlow Instruments", day: datetime.date = DAY, **other: object) -> Note:
    return Note(**{"id": note_id(account, day, text), "account": account, "date": day, "text": text, **other})


def call() -> Note:
    first = TEXT.index("\n") + 1
    turns = (
        Turn(start=0, end=first, speaker="Marta Ruiz", side="customer", origin=Origin.TRANSCRIPT, time=-1.5),
        Turn(start=first, end=TEXT.index("- Rep"), speaker="Ben Cole", side="us", origin=Origin.TRANSCRIPT, time=12.25),
        Turn(start=TEXT.index("- Rep"), end=len(TEXT), origin=Origin.VENDOR_SUMMARY),
    )
    started = datetime.datetime(2026, 3, 12, 10, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
    present = (Attendee(name="Marta Ruiz", email="marta@harlow.example", side="customer"), Attendee(name="Ben Cole"))
    source = NoteSource(form="gong", meeting="7782342274025937895", started=started, attendees=present)
    return note(
        channel=Channel.CALL,
        title="=Harlow: --- renewal",
        turns=turns,
        source=source,
        ascribed=Ascribed(by="domain", why="x"),
    )


def signal(of: Note, quote: str, kind: str = "pain_point", **other: object) -> Signal:
    start = of.text.index(quote)
    facts = {"id": f"{of.id}{kind}{start}", "line": of.line_of(start), "attributes": {"owner": "us"}} | other
    return Signal(note_id=of.id, kind=kind, quote=quote, start=start, end=start + len(quote), **facts)


def run(of: Note, *signals: Signal, **other: object) -> Extraction:
    draft = Draft(kind="praise", quote="“dear”", passage=1, attributes={"x": "é"}, certainty="hedged", confidence=0.5)
    refused = (Rejected(note_id=of.id, draft=draft, reason=Reason.NOT_IN_NOTE),)
    told = {
        "engine": "local",
        "usage": Usage(input_tokens=3, cost_usd=None),
        "trackers": "m1",
        "language": "de",
        **other,
    }
    return Extraction(note_id=of.id, signals=signals, rejected=refused, **told)


def fill(database: Path) -> None:
    """Write two accounts: one with all that there is, one that was begun and has no note."""
    store, one = SqlStore(database), call()
    later = note("Report came.", day=DAY + datetime.timedelta(days=4))
    memo = note("Nothing works.\u2028\n---\nAnn: no", title="")
    unread = note("Later: unread.", account="Éclair <& Söhne>")
    pay, late = signal(one, "We pay more and get less."), signal(one, "Reports late", confidence=0.31, review=True)
    store.save(one, passages_of(one), run(one, pay, late, signal(one, "send the report", "own_tracker")))
    said = Correction(note_id=one.id, signal_id=pay.id, verdict="rejected", made=MADE, replaced=pay)
    mended = late.model_copy(update={"source": "corrected", "kind": "stalled_adoption", "confidence": 1.0})
    store.correct(
        [
            said,
            Correction(note_id=one.id, signal_id=late.id, verdict="corrected", made=MADE, signal=mended, replaced=late),
            Correction(note_id=one.id, verdict="complete", made=MADE),
        ]
    )
    store.save(later, passages_of(later), run(later, engine="openai:gpt", error="the model was away"))
    store.save(memo, passages_of(memo), run(memo, signal(memo, "Nothing works.", source="label"), engine=LABELS))
    store.save(unread, passages_of(unread), run(unread))
    store.add_alias("Harlow Instruments", "HI")
    store.close()
    register, persons, records, links = (kind(database) for kind in (SqlRegister, SqlPersons, SqlRecords, SqlLinks))
    register.begin("Begun & empty")
    register.set_renewal("Harlow Instruments", datetime.date(2027, 1, 31))
    persons.join("Harlow Instruments", Joined(name="Bia", other="Beatriz T.", verdict="same", made=MADE))
    persons.add_our_people(["Ben Cole"])
    persons.add_ours([OneOfUs(sort="domain", value="ours.example")])
    persons.learn_ours([OneOfUs(sort="person", value="Ana Lima")])
    register.set_domain(DomainOf(account="Harlow Instruments", domain="harlow.example"))
    register.set_domain(DomainOf(account="Harlow Instruments", domain="other.example", theirs=False))
    sources = SqlSources(database)
    sources.add_form(
        OtherForm(
            note_id=one.id,
            where="call.vtt",
            title="Call",
            text="Ben: I send it.",
            turns=(Turn(start=0, end=15),),
            source=NoteSource(form="captions", meeting="m1", started=MADE),
        )
    )
    sources.close()
    records.restrict(Restriction(account="Éclair <& Söhne>"))
    records.restrict(Restriction(account="Harlow Instruments", note_id=memo.id))
    weighed = Likelihoods(settles=0.25, fails=0.5, replaces=0.125, repeats=0.0625)
    bearing = Bearing(
        statement=Place(note_id=one.id, start=12, end=37),
        words=Place(note_id=later.id, start=0, end=11),
        likelihoods=weighed,
        likeness=0.75,
    )
    links.link({each.id: f"mark {each.id}" for each in (one, later, memo)}, [bearing])
    for each in (register, persons, records, links):
        each.close()


LEFT_OUT = {
    "indexed": "the search index is filled anew",
    "answers": "what models answered can be asked again",
    "calls": "what models cost stays with the store that paid it",
    "read_files": "files are read again where another store meets them",
    "read_notes": "files are read again where another store meets them",
    "abilities": "how servers answer is found out anew",
    "batches": "what waits for a server waits for one store",
    "batch_requests": "what waits for a server waits for one store",
}
"""Tables that an export does not carry, and why."""
NUMBERED = {("accounts", "id"), ("notes", "created"), ("notes", "account_id")}
"""Columns that number rows within one store alone: their order comes back, not they themselves."""


def tables(database: Path) -> dict[str, list[str]]:
    """Return all rows of all tables that an export carries, accounts by name, without numbers of rows."""
    engine = create_engine(f"sqlite:///{database}")
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        all_tables = metadata.tables
        names = {row.id: row.name for row in connection.execute(select(all_tables["accounts"]))}
        for name, table in all_tables.items():
            if name in LEFT_OUT:
                continue
            order = table.c.created if name == "notes" else next(iter(table.primary_key))
            rows = []
            for row in connection.execute(select(table).order_by(order)).mappings():
                plain = {key: names[value] if key == "account_id" else value for key, value in row.items()}
                numbers = {key for one, key in NUMBERED if one == name and key != "account_id"}
                if isinstance(plain.get("id"), int):
                    numbers |= {"id"}
                rows.append(json.dumps({key: value for key, value in plain.items() if key not in numbers}))
            found[name] = rows if name in ("notes", "corrections", "rejected") else sorted(rows)
    engine.dispose()
    return found
