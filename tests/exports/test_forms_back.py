"""CSV, Markdown and minutes: whatever stands in a note, it is read back as it was; nothing in it becomes structure."""

import csv
import datetime
import io
import itertools

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from exports.kept import DAY, TEXT, call, note, run, signal
from notesense.core.carried import Recorded
from notesense.core.formulas import as_written, harmless
from notesense.core.note import Note, NoteSource, Turn
from notesense.core.reading import Reading
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import families
from notesense.readers.family import CompanionError, Content
from notesense.render import export_csv, export_jsonl, export_markdown, export_minutes
from notesense.render.yaml_words import quoted

LINES = st.sampled_from(
    [
        *("---", "...", "- dash", "=1+1", "+49 30", "@SUM(A1)", "\tTab", "'quoted", '"quoted"', "Name: words"),
        *("## Transcript", "## Notes", "[Ann 0:12] hello", "\\[Ann 0:12] hello", "\\## x", "key: value", "<b>bold</b>"),
        *(
            "<!-- notesense turns: [] -->",
            "-->",
            "Grand Totals (1 records)",
            "a, b; c | d",
            "{{ x }}",
            "%YAML",
            "&amp;",
        ),
        *("Ünïcode 💡", "\u2028between\u2029", "\x1b[31mred", "zero\u200bwidth", "\ufefffirst", "\x85next"),
    ]
)
WORDS = st.one_of(LINES, st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12))
TEXTS = st.builds(
    lambda parts, ends: "".join(map("".join, zip(parts, ends, strict=False))),
    st.lists(WORDS, min_size=1, max_size=6),
    st.lists(st.sampled_from(["\n", "\r\n", "\r", "\n\n", " "]), min_size=6, max_size=6),
).filter(lambda text: bool(text.strip()) and sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in text) * 11 < len(text))
NAMES = WORDS.filter(lambda name: bool(name.strip()))


@st.composite
def notes(draw: st.DrawFn) -> Note:
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=5)) | {0, len(text)})
    turns = [
        Turn(
            start=start,
            end=end,
            speaker=draw(st.none() | NAMES),
            side=draw(st.sampled_from(["us", "customer", "unknown"])),
            origin=draw(st.sampled_from(list(Origin))),
            time=draw(st.none() | st.floats(-100, 10_000)),
        )
        for start, end in itertools.pairwise(cuts)
    ]
    return note(
        text,
        account=draw(NAMES),
        title=draw(st.just("") | WORDS),
        channel=draw(st.sampled_from(list(Channel))),
        turns=tuple(turns) if draw(st.booleans()) else (),
        source=NoteSource(
            form=draw(st.sampled_from(["", "gong"])),
            meeting=draw(st.just("") | WORDS),
            started=draw(st.none() | st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2090, 1, 1))),
        ),
        id=draw(NAMES),
    )


def written(pieces) -> dict[str, str]:
    files: dict[str, str] = {}
    for name, text in pieces:
        files[name] = files.get(name, "") + text
    return files


def read(text: str, name: str) -> Reading:
    readings = families.read(Content(text.encode(), name, name))
    assert readings.refused == ()
    return readings.notes[0]


def back(reading: Reading) -> Note:
    assert reading.account is not None
    assert reading.date is not None
    assert reading.channel is not None
    return reading.as_note(reading.account, reading.date, reading.channel)


def kept(of: Note) -> tuple[Note, Recorded]:
    return of, Recorded(extraction=run(of))


@given(notes(), st.booleans())
def test_csv_comes_back_character_for_character(one, bom):
    files = written(export_csv.pieces([kept(one)], bom))
    assert files["notes.csv"].startswith("\ufeff") == bom
    assert back(read(files["notes.csv"], "notes.csv")) == one
    (row,) = list(csv.reader(io.StringIO(files["notes.csv"], newline="")))[1:]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)


@given(notes())
def test_markdown_comes_back_character_for_character(one):
    ((name, text),) = written(export_markdown.pieces([kept(one)])).items()
    assert one.text in text
    assert back(read(text, name.rpartition("/")[2])) == one


@given(notes())
def test_jsonl_comes_back_character_for_character(one):
    reading = read(export_jsonl.head_line(1) + export_jsonl.note_line(*kept(one)), "all.jsonl")
    assert back(reading) == one
    assert reading.recorded == Recorded(extraction=run(one))


@given(notes())
def test_minutes_are_read_back_with_nobody_saying_more_than_they_said(one):
    try:
        ((name, text),) = written(export_minutes.pieces([kept(one)])).items()
    except ValueError:
        return
    head = yaml.safe_load(text[4 : text.index("\n---\n")])
    assert head.keys() >= {"title", "type", "date", "duration", "attendees", "action_items", "decisions", "intents"}
    assert all(isinstance(who, str) for who in head["attendees"])
    if not any(turn.words(one.text) for turn in one.turns or [Turn(start=0, end=len(one.text))]):
        return
    try:
        reading = read(text, name.rpartition("/")[2])
    except InputError:
        return
    allowed = "".join(one.text.split()) + "".join("".join((t.speaker or "").split()) for t in one.turns)
    assert set("".join(reading.text.split())) <= set(allowed) | set(": Unknown\\")


def test_a_call_as_minutes_keeps_words_speakers_and_times():
    one = call()
    promise = signal(one, "I send the report by Friday", "commitment", attributes={"owner": "us", "due": "2026-03-13"})
    recorded = Recorded(extraction=run(one, promise))
    ((name, text),) = written(export_minutes.pieces([(one, recorded)])).items()
    assert name == f"Harlow Instruments/2026-03-12-Harlow-renewal-{one.id}.md"
    head = yaml.safe_load(text[4 : text.index("\n---\n")])
    assert head["action_items"] == [
        {"assignee": "us", "task": "I send the report by Friday", "due": "2026-03-13", "status": "open"}
    ]
    assert head["intents"][0] | {"who": "us"} == head["intents"][0]
    assert (head["type"], head["duration"], head["attendees"]) == ("meeting", "0m", ["Marta Ruiz", "Ben Cole"])
    assert "[Ben Cole 0:12] =Understood, I send the report by Friday." in text
    reading = read(text, "x.md")
    assert reading.started == one.source.started
    assert (reading.account, reading.channel, reading.title) == (one.account, one.channel, one.title)
    told = [(turn.speaker, turn.time, turn.origin, turn.words(reading.text)) for turn in reading.turns]
    assert told == [
        ("Marta Ruiz", 0.0, Origin.TRANSCRIPT, "We pay more and get less."),
        ("Ben Cole", 12.0, Origin.TRANSCRIPT, "=Understood, I send the report by Friday."),
        (None, None, Origin.VENDOR_SUMMARY, "- Reports late\r\n\tend"),
    ]


def test_a_note_without_times_and_a_long_meeting_as_minutes():
    plain = note("I was there.\n## My heading\n[Ann 0:12] no speaker")
    ((_, text),) = written(export_minutes.pieces([kept(plain)])).items()
    reading = read(text, "x.md")
    assert (reading.text, reading.started) == (plain.text, None)
    assert {turn.origin for turn in reading.turns} == {Origin.REP_NOTE}
    named = Turn(start=0, end=len(TEXT), speaker="A [b]", origin=Origin.TRANSCRIPT)
    ((_, text),) = written(export_minutes.pieces([kept(note(turns=(named,)))])).items()
    assert "\nA b: Marta Ruiz: We pay" in text
    late = named.model_copy(update={"time": 5_403.0})
    ((_, text),) = written(export_minutes.pieces([kept(note(turns=(late,)))])).items()
    assert "[A b 1:30:03] Marta" in text
    assert "duration: 1h 30m" in text


def test_the_table_of_signals():
    one = call()
    recorded = Recorded(extraction=run(one, signal(one, "=Understood", speaker="@Ben"), signal(one, "Reports late")))
    files = written(export_csv.pieces([(one, recorded)], False))
    first, second = csv.DictReader(io.StringIO(files["signals.csv"], newline=""))
    assert (first["Quote"], first["Speaker"], first["Status"]) == ("'=Understood", "'@Ben", "found")
    assert (second["NoteSense ID"], second["Attributes"]) == (one.id, '{"owner": "us"}')
    with pytest.raises(CompanionError, match=r"notes\.csv"):
        families.read(Content(files["signals.csv"].encode(), "signals.csv", "signals.csv"))


def test_a_long_cell_is_read():
    one = note("word " * 60_000)
    files = written(export_csv.pieces([kept(one)], False))
    assert back(read(files["notes.csv"], "notes.csv")) == one


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("We pay more", "We", "Turns do not fit Body"),
        ("2026-03-12,", "12/03/2026,", "not as it was exported"),
        (",call,", ",smoke,", "not as it was exported"),
        (",call,", ",", "values where the head has"),
    ],
)
def test_a_changed_row_is_refused(old, new, told):
    text = written(export_csv.pieces([kept(call()), kept(note("Fine.", day=DAY))], False))["notes.csv"]
    readings = families.read(Content(text.replace(old, new, 1).encode(), "notes.csv", "notes.csv"))
    assert [one.text for one in readings.notes] == ["Fine."]
    assert told in readings.refused[0].reason


def test_a_table_without_rows_is_refused():
    with pytest.raises(InputError, match="no rows"):
        families.read(Content(written(export_csv.pieces([], False))["notes.csv"].encode(), "n.csv", "n.csv"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("turns: 3", "turns: 4", "3 turns where the head says 4"),
        ("<!-- notesense", "<!-- ", "who speaks where is missing"),
        ("notesense: 1", "notesense: 2", "exported by a newer"),
        ("channel: call", "channel: smoke", "not as it was exported"),
        ("date: 2026-03-12", "date: soon", "does not tell its day"),
    ],
)
def test_a_changed_markdown_file_is_refused(old, new, told):
    ((name, text),) = written(export_markdown.pieces([kept(call())])).items()
    with pytest.raises(InputError, match=told):
        families.read(Content(text.replace(old, new).encode(), name, "x.md"))


def test_accounts_that_are_called_alike_get_folders_of_their_own():
    called = ["../../etc", "..", "CON", "a/b", "a\\b", "A-B", "\u202e", "x" * 300, "nul.txt"]
    names = list(written(export_markdown.pieces([kept(note(account=name, id="../1")) for name in called])))
    assert names == [
        *("etc/2026-03-12-1.md", "account/2026-03-12-1.md", "CON-/2026-03-12-1.md", "a-b/2026-03-12-1.md"),
        *("a-b-2/2026-03-12-1.md", "A-B-3/2026-03-12-1.md", "account-2/2026-03-12-1.md"),
        *(f"{'x' * 60}/2026-03-12-1.md", "nul.txt-/2026-03-12-1.md"),
    ]
    twice = [kept(note(id="a/b")), kept(note(id="A/B")), kept(note(id="?", title="=Q: 1"))]
    assert [name.partition("/")[2] for name in written(export_markdown.pieces(twice))] == [
        *("2026-03-12-a-b.md", "2026-03-12-A-B-2.md", "2026-03-12-Q-1-note.md"),
    ]


@given(st.text(st.characters(codec="utf-8")))
def test_cells_and_yaml_come_back(words):
    assert as_written(harmless(words)) == words
    assert yaml.safe_load(f"key: {quoted(words)}\n") == {"key": words}
    assert "\n" not in quoted(words)
