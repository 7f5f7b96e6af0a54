"""The local engine over wording that it was not trained on, its shipped model, and its attribute parsers."""

import datetime
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.local import dates, people
from notesense.adapters.local.engine import LocalEngine
from notesense.adapters.local.features import Encoded, Reading
from notesense.adapters.local.model import MODEL, load
from notesense.adapters.local.spans import repeats
from notesense.core.grounding import ground
from notesense.core.note import Note
from notesense.core.passages import passages
from notesense.core.signal import Drafts
from notesense.core.vocabulary import Channel, Kind
from notesense.errors import EmbeddingError
from notesense.workflows.asking import drafts_of

TRAIN = Path(__file__).parents[2] / "evals" / "datasets" / "train"
DEV = TRAIN.with_name("dev")
WEDNESDAY = datetime.date(2025, 9, 10)

CALL = """Maya (us): Good morning, how is the new conveyor?
Ruth Ekholm: The conveyor stopped three times last week and we lost a whole shift each time.
Maya (us): I am sorry to hear that.
Ruth Ekholm: We expect a technician on site within two hours when that happens.
Maya (us): Understood. I'll send you the service report by Friday.
Ruth Ekholm: And Peter Hallberg retires as managing director, Anna Sund takes over on 1 October.
Maya (us): Thanks for telling me.
Ruth Ekholm: Frankly the service contract is far too expensive for what we get.
"""
BLAND = """Met for coffee at the station cafe. The weather was mild.
We talked about football and his holiday in Portugal. Traffic on the way back."""


def note(text: str, name: str = "n1", **more: object) -> Note:
    return Note(id=name, account="Ekholm Glass", date=WEDNESDAY, text=text, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    published = MiniLM()
    try:
        published.tuned({})
    except EmbeddingError as error:
        pytest.skip(error.message)
    return LocalEngine(published)


def answer(engine: LocalEngine, notes: Sequence[Note]) -> list[Drafts]:
    return list(engine.extract(notes))


def test_it_finds_the_kinds_in_wording_it_has_not_seen(engine: LocalEngine) -> None:
    (found,) = answer(engine, [note(CALL, channel=Channel.CALL)])
    kinds = {draft.kind for draft in found.drafts}
    assert {Kind.EXPECTATION, Kind.LEADERSHIP_CHANGE, Kind.COMMITMENT, Kind.PRICE_VALUE} <= kinds
    promise = next(draft for draft in found.drafts if draft.kind == Kind.COMMITMENT)
    assert promise.attributes["owner"] == "us"
    assert promise.attributes["due"] == "2025-09-12"
    assert promise.attributes["person"] == "Maya"


def test_a_bland_note_has_no_signals(engine: LocalEngine) -> None:
    (found,) = answer(engine, [note(BLAND)])
    assert found.drafts == ()
    assert found.error is None


def test_every_quote_is_the_notes_text_and_grounds_exactly(engine: LocalEngine) -> None:
    given = note(CALL)
    (found,) = answer(engine, [given])
    assert all(CALL[draft.start : draft.start + len(draft.quote)] == draft.quote for draft in found.drafts)  # type: ignore[operator]
    extraction = ground(given, passages(CALL), found, "local")
    assert all(signal.match == "exact" and signal.source == "engine" for signal in extraction.signals)
    assert all(0 < draft.confidence < 1 for draft in found.drafts)


def test_a_note_gets_the_same_answer_alone_and_in_a_batch(engine: LocalEngine) -> None:
    notes = [note(CALL, "a"), note(BLAND, "b"), note(CALL.replace("Ruth", "Ines"), "c")]
    together = answer(engine, notes)
    alone = [answer(engine, [each])[0] for each in notes]
    assert [d.drafts for d in together] == [d.drafts for d in alone]
    assert [d.note_id for d in together] == ["a", "b", "c"]


def test_no_notes_no_answers_and_odd_notes_do_not_fail(engine: LocalEngine) -> None:
    assert answer(engine, []) == []
    assert [d.drafts for d in answer(engine, [note("..."), note("👍"), note("x" * 3000)])] == [(), (), ()]


def test_a_note_that_breaks_the_encoder_fails_alone(engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    encode = engine.encode

    def broken(readings: Sequence[Reading]) -> list[Encoded]:
        if any(reading.note.id == "bad" for reading in readings):
            raise RuntimeError
        return encode(readings)

    monkeypatch.setattr(engine, "encode", broken)
    found = list(drafts_of([note(CALL, "a"), note(CALL, "bad"), note(CALL, "c")], engine))
    assert [bool(drafts.error) for drafts in found] == [False, True, False]
    assert found[0].drafts == found[2].drafts


def test_progress_is_told_to_the_end(engine: LocalEngine) -> None:
    heard: list[tuple[int, int]] = []
    monitored = LocalEngine(MiniLM(), progress=lambda done, total: heard.append((done, total)))
    list(monitored.extract([note(f"{CALL}\n" * 150)]))
    assert heard[-1][0] == heard[-1][1] > 60


def test_quoted_history_gives_no_second_signal(engine: LocalEngine) -> None:
    copied = CALL + "\n" + "".join(f"> {line.partition(': ')[2]}\n" for line in CALL.splitlines())
    once, twice = answer(engine, [note(CALL, "a"), note(copied, "b")])
    sure = {d.kind for d in once.drafts if d.confidence > 0.7}
    assert len(sure) >= 4
    assert sure <= {d.kind for d in twice.drafts}
    assert all(draft.start is not None and draft.start < len(CALL) for draft in twice.drafts)


def test_the_shipped_model_belongs_to_the_data_in_the_repository() -> None:
    about = load().about
    train = [json.loads(line) for file in TRAIN.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    assert about["notes"] == len(train)
    assert about["signals"] == sum(len(row["signals"]) for row in train)
    assert about["files_sha256"] == _files_hash(TRAIN), "stale model: run make train"
    assert about["dev_sha256"] == _files_hash(DEV), "stale thresholds: run make train"
    assert MODEL.stat().st_size < 8_000_000


def _files_hash(folder: Path) -> str:
    mark = hashlib.sha256()
    for file in sorted(folder.glob("*.jsonl")):
        mark.update(f"{file.name}\n".encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    return mark.hexdigest()


def test_repeats_spare_the_original() -> None:
    text = "> The parts came three weeks late.\n\nThe parts came three weeks late.\nThank you."
    assert list(repeats(passages(text))) == [True, False, False]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("I'll send it by Friday", "2025-09-12"),
        ("she calls tomorrow at ten", "2025-09-11"),
        ("i mail it tonight", "2025-09-10"),
        ("he comes on Wednesday", "2025-09-17"),
        ("wording from us on Friday week", "2025-09-19"),
        ("drawings by 18 October", "2025-10-18"),
        ("certs until 31.3.", "2026-03-31"),
        ("before 15/10", "2025-10-15"),
        ("we deliver on the 20th", "2025-09-20"),
        ("by the fifth", "2025-10-05"),
        ("on 3 January", "2026-01-03"),
        ("by October 7", "2025-10-07"),
        ("I'll send the draft next week", "next week"),
        ("they pay at the end of March", "end of March"),
        ("he'll ring before Friday's order", "before Friday's order"),
        ("I may send it", None),
        ("we will look at it", None),
    ],
)
def test_due_dates_are_resolved_or_left_in_words(clause: str, expected: str | None) -> None:
    found = dates.due(clause, WEDNESDAY)
    assert found is None if expected is None else found is not None and expected in (found, found.removeprefix("the "))


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("certificates within a day of the test", "within a day of the test"),
        ("a reply the same day", "the same day"),
        ("one report on Fridays", None),
        ("it must work before the audit, please", "before the audit"),
        ("it must be in by 1 January", "2026-01-01"),
    ],
)
def test_deadlines(clause: str, expected: str | None) -> None:
    assert dates.deadline(clause, WEDNESDAY) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("she started on Monday", "2025-09-08"),
        ("he left on 1 September", "2025-09-01"),
        ("she starts on Monday", "2025-09-15"),
        ("Anna takes over on 1 October", "2025-10-01"),
        ("he retires in June", "June"),
        ("he runs it", None),
    ],
)
def test_changes_hold_from(clause: str, expected: str | None) -> None:
    assert dates.effective(clause, WEDNESDAY) == expected


def test_numbers_follow_the_writers_order() -> None:
    assert dates.due("by 10/11", WEDNESDAY, dates.number_order("call 9/10, all well", WEDNESDAY)) == "2025-10-11"
    assert dates.due("by 10/11", WEDNESDAY, dates.number_order("call 10/9, all well", WEDNESDAY)) == "2025-11-10"


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("the fix is in release 8.5. I will send you the date by Monday.", "2025-09-15"),
        ("we run on version 8.5. You get 9.1. on Friday", "2025-09-12"),
        ("I send it by 8.5. at the latest", "2026-05-08"),
        ("Ich schicke es bis zum 12.10., versprochen", "2025-10-12"),
        ("the audit is on Thursday, 9.10. in Leeds", "2025-10-09"),
        ("the release of 8.5.2026 holds it", "2026-05-08"),
    ],
)
def test_a_release_at_the_end_of_a_sentence_is_no_day(clause: str, expected: str) -> None:
    found = dates.find_day(clause, WEDNESDAY, "unknown", past=False)
    assert found is not None
    assert found.date.isoformat() == expected


def test_a_weekday_counts_from_the_mail_in_which_it_stands() -> None:
    text = "From: Ana\nDate: Mon, 1 September 2025\n\nI call on Friday."
    marks = dates.anchors(text, WEDNESDAY)
    assert dates.due("I call on Friday", dates.written_at(marks, text.index("I call"), WEDNESDAY)) == "2025-09-05"
    assert dates.written_at(marks, 0, WEDNESDAY) == WEDNESDAY


def test_people_get_their_full_names_and_no_titles() -> None:
    text = "Present: Ana Ruiz (quality), Mr. Bo Lindqvist. Ana sends the list tomorrow."
    known = people.People(text, [])
    assert known.resolve("Ana") == "Ana Ruiz"
    assert known.resolve("Lindqvist") == "Bo Lindqvist"
    assert known.resolve("Ines") == "Ines"


def test_an_i_is_whoever_speaks() -> None:
    passage = passages("Ana Ruiz: I send the list.\nBo Lind: Thanks.")[0]
    known = people.People("", ["Ana Ruiz"])
    assert people.speaking("I send the list", passage, known) == "Ana Ruiz"
    assert people.speaking("we send the list", passage, known) is None
    assert people.speaking("I send the list", passages("I send the list.")[0], known) is None


def test_a_note_without_a_passage_is_no_trouble(engine: LocalEngine) -> None:
    notes = [note("From: Ines Marlow"), note("???", "n2")]
    assert [drafts.drafts for drafts in engine.extract(notes)] == [(), ()]
