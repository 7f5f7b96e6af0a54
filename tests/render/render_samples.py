"""Sample values for the renderers. `spice` is put into every string that comes from notes."""

import datetime

from notesense.core.agenda import Agenda, AgendaItem, Avoid, Opening, Parked, Unknown, Wording
from notesense.core.answer import Answered, AnswerSentence
from notesense.core.briefing import Briefing, BriefSentence, InBrief
from notesense.core.calendar import Attendee, Meeting
from notesense.core.citing import Citation
from notesense.core.evidence import Evidence
from notesense.core.import_results import Imported
from notesense.core.note import Note
from notesense.core.picture import (
    Cause,
    Change,
    Contact,
    Expectation,
    Gap,
    Need,
    Occurrence,
    Pain,
    Pattern,
    Person,
    Pillar,
    Pillars,
    Praise,
    Price,
    Promise,
    Quarter,
    Reason,
    Recurring,
    Rival,
    Since,
    Stalled,
    Standing,
    SupportIssue,
)
from notesense.core.portfolio import Portfolio, PortfolioRow
from notesense.core.ports import Found
from notesense.core.question import Source
from notesense.core.results import (
    Added,
    Check,
    Checked,
    Extracted,
    Forgotten,
    Kept,
    Listed,
    News,
    Refused,
    Reindexed,
    Searched,
    SearchHit,
)
from notesense.core.signal import Draft, Extraction, Rejected, Signal, Usage
from notesense.core.signal import Reason as Refusal
from notesense.core.vocabulary import Channel, Kind
from notesense.core.week import PassedOver, Prepared, Week

DAY = datetime.date(2026, 3, 12)
OFTEN = 7


def note(spice: str = "", number: int = 1) -> Note:
    text = (
        f"Call with Anna Berg {spice}\n"
        "Small talk about the harbour.\n"
        f"“The last two lots came a week late {spice}”\n"
        "Nobody warned her.\n"
        "I will send the report by Friday.\n"
    )
    return Note(
        id=f"brightwater-{number:02}",
        account=f"Brightwater Freight {spice}",
        date=DAY,
        channel=Channel.CALL,
        title=f"Quarterly call {spice}",
        text=text,
    )


def signal(kind: Kind = Kind.PAIN_POINT, spice: str = "", **changes: object) -> Signal:
    quote = f"The last two lots came a week late {spice}"
    start = note(spice).text.index(quote)
    fields: dict[str, object] = {
        "id": "s1",
        "note_id": "brightwater-01",
        "kind": kind,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "line": note(spice).line_of(start),
        "speaker": f"Anna Berg {spice}",
        "side": "customer",
        "attributes": {"area": "delivery", "severity": "high", "what": f"lots {spice}"},
    }
    return Signal.model_validate(fields | changes)


def evidence(spice: str = "", number: int = 1) -> Evidence:
    one = signal(spice=spice)
    return Evidence(
        note_id=f"brightwater-{number:02}",
        quote=one.quote,
        date=DAY,
        channel="call",
        title=f"Quarterly call {spice}",
        line=one.line,
        start=one.start,
        end=one.end,
        speaker=one.speaker,
        voiced=True,
    )


def _stated(spice: str, later: bool = False) -> dict[str, object]:
    proof = (evidence(spice), evidence(spice, 2)) if later else (evidence(spice),)
    return {"note_id": proof[0].note_id, "quote": proof[0].quote, "evidence": proof}


def agenda(spice: str = "") -> Agenda:
    proof = (evidence(spice),)
    item = AgendaItem(
        evidence=(*proof, evidence(spice, 2), evidence(spice, 3)),
        trigger="fire",
        section="fires",
        title=f"The late lots {spice}",
        say=f"Two lots were late; here is what we changed. {spice}",
        question=f"What did the late lots cost you? {spice}",
        why=f"It is told twice and still open. {spice}",
        practice=8,
        minutes=12,
        priority=1,
        ask_inside=f"Ask dispatch why lot 7 was late {spice}",
        also=(f"No warning {spice}",),
    )
    second = item.model_copy(update={"title": f"Price {spice}", "say": None, "also": (), "minutes": 8})
    unknown = Unknown(
        code="measure",
        text="No measure of success is told.",
        title="Measure of success",
        question="How will you know that it worked?",
        why="Without it we guess.",
        practice=10,
        minutes=5,
    )
    return Agenda(
        account=f"Brightwater Freight {spice}",
        as_of=DAY,
        meeting=DAY,
        minutes=45,
        planned_minutes=32,
        opening_minutes=2,
        opening=(Opening(evidence=proof, trigger="promise", text=f"The report went out. {spice}"),),
        items=(item, second),
        unknowns=(unknown, unknown.model_copy(update={"title": "Other users", "minutes": 0})),
        closing="Agree one first step and its owner.",
        closing_minutes=5,
        parked=(Parked(evidence=proof, trigger="praise", title="Reference", question="May we?", reason="No time."),),
        avoid=(Avoid(evidence=proof, trigger="declined", text=f"Do not pitch the portal {spice}"),),
    )


def briefing(spice: str = "") -> Briefing:
    base, proof, told = _stated(spice), (evidence(spice),), f"told on 12 Mar 2026 {spice}"
    later = _stated(spice, later=True)
    day = {"date": DAY}
    promise = {"made": DAY, "due": "2026-03-20", "told": told, **later}
    parts = {
        "account": f"Brightwater Freight {spice}",
        "as_of": DAY,
        "meeting": DAY,
        "renewal": datetime.date(2026, 6, 1),
        "notes": 3,
        "signals": 9,
        "standing": Standing(type="at_risk", rule="fire", reasons=(Reason(evidence=proof, text=f"A fire. {spice}"),)),
        "contact": _contact(),
        "since": Since(mode="after", meeting=DAY, text="New since the call on 12 March 2026."),
        "since_last_meeting": (
            Change(type="settled", kind="commitment", label="settled (told then)", before=proof[0], **day, **base),
            *(Change(type="new", kind="pain_point", label=f"New pain {spice}", **day, **base),) * (OFTEN - 1),
        ),
        "promises": tuple(
            Promise(owner=owner, person=f"Grace {spice}", status=status, **promise)
            for owner, status in (("us", "overdue"), ("us", "open"), ("customer", "open"), ("us", "kept"))
        ),
        "support": (
            SupportIssue(age_days=9, status="open", told=told, **day, **base),
            SupportIssue(age_days=9, status="resolved", ticket="4471", told=f"Ticket closed {spice}", **day, **later),
        ),
        "people": (
            Person(certainty="rumored", told=f"Lindqvist may leave {spice}", orphaned=proof, **day, **base),
            Person(certainty="effective", told=told, **day, **base),
        ),
        "expectations": (
            Expectation(stated=DAY, age_days=400, status="stale", told=told, **later),
            Expectation(stated=DAY, age_days=4, status="current", deadline_passed=True, told=told, **base),
            Expectation(stated=DAY, age_days=4, status="met", told=f"Shown met {spice}", **later),
            Expectation(stated=DAY, age_days=4, status="missed", told=f"Shown missed {spice}", **later),
        ),
        "pains": (
            Pain(age_days=9, last_told=DAY, told=told, fire=True, **day, **(base | {"evidence": (_other(spice),)})),
            Pain(age_days=9, last_told=DAY, told=told, **day, **base),
            Pain(age_days=9, last_told=DAY, told="An older telling", newest=False, **day, **base),
            Pain(age_days=9, last_told=DAY, told="Cured since", status="settled", settled=True, **day, **later),
        ),
        "recurring": (Recurring(what=f"late lots {spice}", kind="pain_point", occurrences=_occurrences(spice)),),
        "price": (
            Price(
                causes=(Cause(evidence=(evidence(spice, 2),), cause="delivery", basis=f"as the note says {spice}"),),
                proof_of_value=(evidence(spice, 3),),
                told=told,
                **day,
                **base,
            ),
        ),
        "stalled": (Stalled(what=f"scanner app {spice}", age_days=9, last_mention=DAY, **day, **base),),
        "put_to_use": (Stalled(what=None, age_days=9, last_mention=DAY, **day, **later),),
        "competitors": (Rival(name=f"Lone Gulf {spice}", first_told=DAY, **day, **base),),
        "opportunities": (Need(topic=f"epoxy bar {spice}", **day, **base),),
        "praise": (Praise(topic=None, **day, **base),),
        "pillars": _pillars(),
        "gaps": (Gap(code="measure", text="No measure of success is told."),),
        "agenda": agenda(spice),
    }
    return Briefing.model_validate(parts)


def _other(spice: str) -> Evidence:
    return evidence(spice).model_copy(update={"start": 0})


def _occurrences(spice: str) -> tuple[Occurrence, ...]:
    return tuple(Occurrence(evidence=(evidence(spice, number),), date=DAY) for number in (1, 2, 3))


def _contact() -> Contact:
    before = datetime.date(2025, 9, 1)
    return Contact(
        last_contact=DAY,
        days_since_last_contact=0,
        last_live_contact=before,
        days_since_last_live_contact=192,
        longest_gap_days=192,
        longest_gap=(before, DAY),
        usual_interval_days=30,
        channel_mix={"email": 3, "call": 1},
        days=(datetime.date(2025, 8, 1), before, DAY),
        patterns=(Pattern(code="email_only", text="E-mail only since September.", note_ids=("brightwater-01",)),),
    )


def _pillars() -> Pillars:
    quarters = (Quarter(quarter="2025-Q4", good=1, bad=3), Quarter(quarter="2026-Q1", good=2, bad=1, neutral=1))
    return Pillars(performance=Pillar(good=3, bad=4, neutral=1, quarters=quarters), unplaced=1)


def rejected(spice: str = "") -> Rejected:
    draft = Draft(kind="praise", quote=f"never said {spice}")
    return Rejected(note_id="brightwater-01", draft=draft, reason=Refusal.NOT_IN_NOTE)


def added(spice: str = "") -> Added:
    signals = (signal(Kind.PAIN_POINT, spice), signal(Kind.PRAISE, spice, certainty="hedged", review=True))
    news = (News(what=f"A rival is named for the first time: {spice}", signal=signals[0]),)
    new = Kept(status="added", note=note(spice), signals=signals, rejected=(rejected(spice),) * 2, news=news)
    return Added(
        kept=(
            new,
            Kept(status="known", note=note(spice)),
            Kept(status="added", note=note(spice), error=f"model gone {spice}"),
        ),
        refused=tuple(Refused(where=f"{number}{spice}.txt", reason=f"empty {spice}") for number in range(30)),
        index_error=f"locked {spice}",
    )


def extracted(spice: str = "") -> Extracted:
    found = Extraction(
        note_id="brightwater-01",
        engine="llm",
        signals=(signal(spice=spice),),
        rejected=(rejected(spice),),
        usage=Usage(input_tokens=900, output_tokens=80, cost_usd=0.0012),
    )
    return Extracted(note=note(spice), extraction=found)


def found(spice: str = "", kind: Kind = Kind.PAIN_POINT) -> Found:
    one = signal(kind, spice)
    return Found(signal=one, account=f"Brightwater {spice}", date=DAY, channel="email", title=f"Re: {spice}")


def searched(spice: str = "") -> Searched:
    one = evidence(spice)
    hit = SearchHit(
        account=f"Brightwater {spice}",
        by="both",
        score=0.5,
        **one.model_dump(exclude={"side", "voiced", "signal_id", "kind"}),
    )
    return Searched(query=f"late {spice}", account=None, hits=(hit,) * 11, warning=f"words only {spice}")


def answered(spice: str = "") -> Answered:
    cited = Citation(**evidence(spice).model_dump(), number=1, review=True)
    return Answered(
        account=f"Brightwater {spice}",
        question=f"What is late? {spice}",
        as_of=DAY,
        outcome="partly",
        sentences=(AnswerSentence(text=f"The lots are late. {spice}", evidence=(cited,)),),
        missing=f"Why is not told. {spice}",
        dropped={"no words": 2, "too long": 1},
        sources=(Source(**evidence(spice).model_dump(), number=1),),
        written_by=f"fake:model {spice}",
        warning=f"words only {spice}",
    )


def worded(made: Agenda, spice: str = "") -> Agenda:
    model = f"fake:model {spice}"
    items = tuple(item.model_copy(update={"written_by": model}) for item in made.items)
    parked = tuple(one.model_copy(update={"written_by": model}) for one in made.parked)
    wording = Wording(model=model, worded=2, proposed=1, dropped={"too long": 1})
    return made.model_copy(update={"items": items, "parked": parked, "wording": wording})


def worded_briefing(spice: str = "") -> Briefing:
    made = briefing(spice)
    model = f"fake:model {spice}"
    sentence = BriefSentence(text=f"The lots were late. {spice}", evidence=(evidence(spice),) * 3)
    prose = InBrief(sentences=(sentence,), written_by=model, wording=Wording(model=model, sentences=1))
    return made.model_copy(update={"agenda": worded(made.agenda, spice), "in_brief": prose})


def portfolio(spice: str = "") -> Portfolio:
    row = PortfolioRow(
        name=f"Brightwater Freight {spice}",
        aliases=(f"BWF {spice}",),
        notes=1234,
        signals=5,
        last_note=DAY,
        standing="at_risk",
        last_live_contact=DAY,
        days_since_last_live_contact=40,
        overdue=2,
        fires=1,
        compared=True,
    )
    return Portfolio(as_of=DAY, accounts=(row, PortfolioRow(name="Ås", restricted_notes=2)))


def week(spice: str = "") -> Week:
    there = (Attendee(name=f"Ines Duarte {spice}".strip(), email="ines@harlow.example"),)
    at = {"day": DAY, "title": f"Review {spice}".strip(), "location": f"Video {spice}".strip(), "attendees": there}
    meeting = Meeting(time=datetime.time(9, 30), minutes=30, **at)
    made = briefing(spice)
    prepared = Prepared(meeting=meeting, account=made.account, because=f"“Ås {spice}”", briefing=made)
    passed = PassedOver(meeting=Meeting(day=DAY), reason="no_account", told=f"It names nobody. {spice}")
    failed = PassedOver(meeting=meeting, reason="failed", accounts=("Ås",), told="It broke.")
    return Week(as_of=DAY, until=DAY, prepared=(prepared,), passed_over=(passed, failed))


def checked(spice: str = "") -> Checked:
    return Checked(
        checks=(
            Check(name="data folder", state="ok", detail=f"/data {spice}"),
            Check(name="index", state="warning", detail=f"behind {spice}", fix="notesense reindex"),
            Check(name="weights", state="fault", detail=f"missing {spice}", fix=f"install {spice}"),
        )
    )


def imported(spice: str = "") -> Imported:
    refused = (Refused(where=f"a.jsonl:3 {spice}", reason=f"no text {spice}"),)
    return Imported(
        read=12,
        added=10,
        known=1,
        signals=40,
        rejected=2,
        accounts=(f"Brightwater {spice}", "Ås"),
        refused=refused,
        failed=refused,
        index_error=f"locked {spice}",
        interrupted=True,
        seconds=3.21,
    )


def every(spice: str = "") -> dict[str, object]:
    """Return one value of each result."""
    return {
        "added": added(spice),
        "extracted": extracted(spice),
        "imported": imported(spice),
        "listed": Listed(account=None, found=tuple(found(spice, kind) for kind in Kind)),
        "searched": searched(spice),
        "answered": answered(spice),
        "answered_by_nobody": answered(spice).model_copy(update={"outcome": "passages", "failure": f"gone {spice}"}),
        "portfolio": portfolio(spice),
        "week": week(spice),
        "checked": checked(spice),
        "reindexed": Reindexed(notes=3, passages=40, seconds=1.0),
        "forgotten": Forgotten(account=f"Brightwater {spice}", notes=3, signals=9),
        "agenda": agenda(spice),
        "briefing": briefing(spice),
        "worded_agenda": worded(agenda(spice), spice),
        "worded_briefing": worded_briefing(spice),
    }
