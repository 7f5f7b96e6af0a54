"""Out of one store and into another: table by table the same, but for what is left out on purpose."""

import datetime
import json
from pathlib import Path

import pytest

from exports.kept import DAY, LEFT_OUT, call, fill, note, run, signal, tables
from notesense import NoteSense
from notesense.adapters.sql.schema import metadata
from notesense.adapters.sql.store import SqlStore
from notesense.core.passages import passages_of
from notesense.core.ports import SignalFilter
from notesense.errors import InputError
from notesense.readers.sources import read_path


@pytest.fixture
def full(tmp_path: Path) -> Path:
    home = tmp_path / "full"
    home.mkdir()
    fill(home / "notes.db")
    return home


def exported(home: Path, place: Path, *accounts: str, **how: object) -> Path:
    with NoteSense(home) as notes:
        notes.export(place, *accounts, **how)
    return place


def test_a_store_comes_back_as_it_was(full, tmp_path):
    place = exported(full, tmp_path / "all.jsonl")
    with NoteSense(tmp_path / "empty") as notes:
        back = notes.import_all(place)
    assert (back.added, back.refused, back.failed) == (4, (), (back.failed[0],))
    before, after = tables(full / "notes.db"), tables(tmp_path / "empty" / "notes.db")
    assert all(before.values())
    for name, rows in before.items():
        if name not in ("bearings", "linked"):
            assert after[name] == rows, name
    assert (
        exported(tmp_path / "empty", tmp_path / "again.jsonl").read_text().splitlines()[:8]
        == (place.read_text().splitlines()[:8])
    )


def test_what_was_weighed_comes_back_before_anything_is_weighed_anew(full, tmp_path):
    from notesense.wiring import exports
    from notesense.workflows import carrying
    from notesense.workflows.importing import import_all, whole
    from notesense.workflows.intake import Given
    from notesense.workflows.shelves import Shelves

    class Librarian:
        def catch_up(self, progress=None): ...

    place = exported(full, tmp_path / "all.jsonl")
    readings = read_path(place)
    with NoteSense(tmp_path / "empty") as notes:
        kept = exports.books(notes)
        assert carrying.bring_in(readings.carried, kept) == ()
        given = Given(today=DAY + datetime.timedelta(days=300))
        done = import_all(whole(readings), given, Shelves(notes.store, notes.sources, Librarian()), None)
        brought = frozenset(one.id for one in readings.notes)
        carrying.bring_bearings(readings.carried.weighed, done.accounts, brought, kept)
    assert tables(tmp_path / "empty" / "notes.db") == tables(full / "notes.db")


def test_what_was_weighed_is_left_where_other_notes_stand_beside(full, tmp_path):
    from notesense.wiring import exports
    from notesense.workflows import carrying

    readings = read_path(exported(full, tmp_path / "all.jsonl"))
    with NoteSense(full) as notes:
        kept = exports.books(notes)
        kept.links.unlink()
        other = note("Another.")
        notes.store.save(other, passages_of(other), run(other))
        brought = frozenset(one.id for one in readings.notes)
        carrying.bring_bearings(readings.carried.weighed, ["Harlow Instruments"], brought, kept)
        assert kept.links.linked("Harlow Instruments") == {}


def test_every_table_is_carried_or_left_out_with_a_reason():
    carried = {
        *("accounts", "aliases", "notes", "passages", "signals", "rejected", "runs", "corrections", "set_aside"),
        *("bearings", "linked", "people_joined", "renewals", "restricted", "other_forms"),
        *("ours", "attendees", "ascribed", "domains"),
    }
    assert carried | set(LEFT_OUT) == set(metadata.tables)


def test_forgotten_and_brought_back(full, tmp_path):
    place = exported(full, tmp_path / "harlow.jsonl", "harlow")
    before = tables(full / "notes.db")
    with NoteSense(full) as notes:
        notes.store.forget("Harlow Instruments")
        back = notes.import_all(place)
    assert back.added == 3
    after = tables(full / "notes.db")
    for name in ("signals", "corrections", "set_aside", "passages", "runs", "renewals", "people_joined", "aliases"):
        assert sorted(after[name]) == sorted(before[name]), name


def test_to_bring_it_in_twice_changes_nothing(full, tmp_path):
    place = exported(full, tmp_path / "all.jsonl")
    before = tables(full / "notes.db")
    with NoteSense(full) as notes:
        notes.register.set_renewal("Harlow Instruments", datetime.date(2028, 5, 5))
        back = notes.import_all(place, keep_signals=True)
        assert (back.known, back.added, back.refused) == (4, 0, ())
        assert notes.renewal("HI") == datetime.date(2028, 5, 5)
        notes.register.set_renewal("Harlow Instruments", datetime.date(2027, 1, 31))
    assert tables(full / "notes.db") == before


def test_an_alias_that_stands_for_another_here_is_told_and_the_rest_goes_on(full, tmp_path):
    place = exported(full, tmp_path / "all.jsonl")
    with NoteSense(tmp_path / "other") as notes:
        notes.register.begin("HI")
        back = notes.import_all(place)
        assert notes.renewal("Harlow Instruments") == datetime.date(2027, 1, 31)
    assert back.added == 4
    assert [one.where.partition(", ")[2] for one in back.refused] == ["line 4"]
    assert "already stands for the account" in back.refused[0].reason


def test_restricted_accounts_are_not_freed_by_another_name(full, tmp_path):
    place = exported(full, tmp_path / "all.jsonl")
    with NoteSense(tmp_path / "other") as notes:
        (refused,) = notes.import_all(place, account="New").refused
        assert "holds what is restricted" in refused.reason
        with pytest.raises(InputError, match="export of whole accounts"):
            notes.add(place, account="New")
        assert notes.store.accounts() == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda line: line.update(text=line["text"].replace("pay", "owe")), "do not stand in the text"),
        (lambda line: line["set_aside"][0].update(quote="We love it."), "do not stand in the text"),
        (lambda line: line["set_aside"][0].update(line=9), "does not stand on line 9"),
        (lambda line: line["set_aside"][0].update(source="added"), "that the rep spoke for"),
        (lambda line: line["corrections"][0].update(made="2026-01-01T10:00:00"), "time zone"),
        (lambda line: line.pop("run"), "'run' is missing"),
        (lambda line: line.update(channel="smoke"), "channel: Input should be"),
        (lambda line: line.update(version=2), "exported by a newer NoteSense"),
        (lambda line: line.update(notesense="song"), "which this NoteSense does not know"),
        (lambda line: line.update(signals=3), "not as it was exported"),
        (lambda line: line.update(title="\ud800"), "half a character"),
    ],
)
def test_a_changed_line_is_refused_and_the_others_are_kept(full, tmp_path, change, told):
    place = exported(full, tmp_path / "all.jsonl")
    lines = place.read_text().splitlines()
    at = next(n for n, line in enumerate(lines) if json.loads(line).get("id") == call().id)
    record = json.loads(lines[at])
    change(record)
    lines[at] = json.dumps(record)
    place.write_text("\n".join(lines))
    back = read_path(place)
    assert len(back.notes) == 3
    reasons = [one.reason for one in back.refused if one.where.endswith(f"line {at + 1}")]
    assert len(reasons) == 1
    assert told in reasons[0]


def test_a_file_that_was_cut_short_says_so(full, tmp_path):
    place = exported(full, tmp_path / "all.jsonl")
    lines = place.read_text().splitlines(keepends=True)
    notes_at = [n for n, line in enumerate(lines) if json.loads(line)["notesense"] == "note"]
    place.write_text("".join(lines[: notes_at[2]]))
    back = read_path(place)
    assert len(back.notes) == 2
    assert [one.reason.partition(".")[0] for one in back.refused] == ["cut short: 2 of 4 exported notes are not in it"]


def test_a_signal_id_that_another_note_has_is_refused(full, tmp_path):
    one = note("We pay more and get less.", account="Other")
    store = SqlStore(tmp_path / "other" / "notes.db")
    store.save(one, passages_of(one), run(one, signal(one, "We pay more", id=f"{call().id}own_tracker{0}")))
    taken = store.signals(SignalFilter())[0].signal.id
    store.close()
    place = exported(full, tmp_path / "all.jsonl")
    here = json.loads(next(line for line in place.read_text().splitlines() if call().id in line and '"note"' in line))
    mine = next(s["id"] for s in here["signals"])
    place.write_text(place.read_text().replace(mine, taken))
    with NoteSense(tmp_path / "other") as notes:
        back = notes.import_all(place)
    assert back.added == 3
    assert any("is that of another one" in each.reason for each in back.refused)


def test_an_export_is_no_set_of_labels_and_nothing_for_a_batch(full, tmp_path):
    from notesense.evaluation.datasets import read_dataset
    from notesense.wiring.batching import Batching
    from notesense.workflows.intake import Given

    place = exported(full, tmp_path / "all.jsonl")
    with NoteSense(tmp_path / "other") as notes, pytest.raises(InputError, match="were read before"):
        Batching(notes).backfill(read_path(place), Given(DAY))
    faults = read_dataset([place]).faults
    assert "a line of `notesense export`" in {fault.what.partition(",")[0] for fault in faults}
