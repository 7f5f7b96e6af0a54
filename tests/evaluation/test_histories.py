"""Reading account histories: what is sound is read whole, what is wrong is told by file and line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluation.labelled import note, write
from evaluation.small_histories import KEPT, PAIN, WISH, at, known, records, write_history
from notesense.errors import InputError
from notesense.evaluation.accounts.histories import read_histories, read_labelled
from notesense.evaluation.accounts.json_lines import lines_of
from notesense.evaluation.forms import guide_form

SHIPPED = Path(__file__).parents[2] / "evals" / "accounts"
FORM = guide_form()


def faults(folder: Path) -> list[tuple[str, str]]:
    return [(one.where, f"{one.what}. {one.fix}") for one in read_histories([folder], FORM).faults]


def test_a_sound_history_is_read_whole(tmp_path: Path) -> None:
    read = read_histories([write_history(tmp_path / "harlow")], FORM)
    (history,) = read.histories
    assert not read.faults
    assert history.name == "harlow"
    assert [one.where for one in history.notes] == [f"harlow/notes.jsonl:{line}" for line in (1, 2, 3)]
    assert history.facts.promises[0].evidence[0].quote == KEPT
    assert history.facts.contact.channel_mix == {"call": 1, "email": 1, "meeting": 1}
    assert history.facts.meeting.isoformat() == "2026-04-08"


def test_histories_stand_in_a_folder_or_its_subfolders_and_each_is_read_once(tmp_path: Path) -> None:
    one, two = write_history(tmp_path / "a" / "harlow"), write_history(tmp_path / "b" / "harlow")
    read = read_histories([tmp_path / "a", one, tmp_path / "b"], FORM)
    assert [each.name for each in read.histories] == ["a/harlow", "b/harlow"]
    assert len(read.notes) == 6
    assert read.sha256 == read_histories([two, one], FORM).sha256
    assert read.sha256 != read_histories([one], FORM).sha256


def test_folders_without_histories_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no folder .*nowhere"):
        read_histories([tmp_path / "nowhere"], FORM)
    with pytest.raises(InputError, match=r"There is no account history in"):
        read_histories([tmp_path], FORM)


def test_facts_that_cannot_be_opened_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_history(tmp_path / "harlow")

    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "account.json":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"Cannot read .*account\.json: Permission denied"):
        read_histories([folder], FORM)


def test_a_folder_without_notes_is_a_fault(tmp_path: Path) -> None:
    folder = write_history(tmp_path / "harlow")
    (folder / "notes.jsonl").unlink()
    assert faults(folder)[0] == (
        "harlow/account.json",
        "there is no notes.jsonl beside it. "
        "A history is a folder with notes.jsonl and account.json; docs/measuring.md tells the form.",
    )


def test_faults_of_notes_keep_their_lines_and_facts_are_not_held_against_them(tmp_path: Path) -> None:
    broken = [*records()[:2], {**records()[2], "channel": "fax"}]
    folder = write_history(tmp_path / "harlow", notes=broken)
    found = faults(folder)
    assert [where for where, _ in found] == ["harlow/notes.jsonl:3"]
    assert 'channel" is "fax"' in found[0][1]


@pytest.mark.parametrize(
    ("text", "where", "told"),
    [
        ("", "harlow/account.json:1", "not a whole JSON object"),
        ('{\n "account": "Harlow",', "harlow/account.json:2", "not a whole JSON object"),
        ("[]", "harlow/account.json:1", "the file: is []"),
        ('{\n "account": "Harlow",\n "as_of": 5}', "harlow/account.json:3", "as_of: is 5. It must be a day"),
        ('{\n "account": "Harlow"}', "harlow/account.json:1", "as_of: is missing. Add it"),
    ],
)
def test_facts_that_are_no_facts(tmp_path: Path, text: str, where: str, told: str) -> None:
    folder = write_history(tmp_path / "harlow", text)
    found = faults(folder)
    assert any(place == where and told in what for place, what in found), found


def test_facts_that_are_not_utf8(tmp_path: Path) -> None:
    folder = write_history(tmp_path / "harlow")
    (folder / "account.json").write_bytes(b'{\n "account": "Caf\xe9"\n}')
    assert faults(folder) == [("harlow/account.json:2", "not UTF-8. Save it as UTF-8.")]


def test_a_mark_at_the_head_of_the_file_does_no_harm(tmp_path: Path) -> None:
    folder = write_history(tmp_path / "harlow", "\ufeff" + json.dumps(known()))
    assert not faults(folder)


def change(part: str, place: int, **more: Any) -> Callable[[dict[str, Any]], object]:
    return lambda facts: facts[part][place].update(more)


def put(part: str, value: Any) -> Callable[[dict[str, Any]], object]:
    return lambda facts: facts.update({part: value})


AFTER = {**records()[1], "id": "n4", "date": "2026-05-01", "text": "Later. All is well with Ida.", "signals": []}
DAMAGES: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "status": (
        change("promises", 0, status="done"),
        '"done"',
        "promises 1, status: is \"done\". It must be one of 'open'",
    ),
    "unknown fact": (change("promises", 0, stat="kept"), '"stat"', "promises 1, stat: no such fact. Leave it out"),
    "missing fact": (lambda f: f["pains"][0].pop("fire"), '"pains"', "pains 1, fire: is missing"),
    "day": (change("promises", 0, due="2026-02-30"), "2026-02-30", 'due: is "2026-02-30". It must be a day'),
    "number": (put("minutes", "long"), '"minutes"', 'minutes: is "long". Input should be a valid integer'),
    "channel": (
        lambda f: f["contact"].update(channel_mix={"fax": 1}),
        '"fax"',
        "contact, channel_mix, fax: is \"fax\". It must be one of 'call'",
    ),
    "blank words": (change("must_not", 0, words=[" "]), '" "', 'must_not 1, words 1: is " "'),
    "no such note": (change("pains", 0, note_id="n9"), '"n9"', 'pains 1, note_id: there is no note "n9"'),
    "note of later": (
        lambda f: f["must_ask"][0]["evidence"].append(at("n4", "All is well with Ida")),
        '"n4"',
        "must_ask 1, evidence 2, note_id: the note n4 is of 2026-05-01, after 2026-04-01",
    ),
    "quote": (change("must_not", 0, quote="I shall see"), '"I shall see"', "must_not 1, quote: the quote is not in n3"),
    "no label": (
        change("expectations", 0, quote="wants a reply within a day"),
        '"wants a reply',
        "expectations 1, quote: not the quote of a label of n1 (expectation)",
    ),
    "kept unseen": (change("promises", 0, evidence=[]), '"evidence": []', "promises 1, evidence: none for kept"),
    "settled unseen": (change("pains", 0, evidence=[]), '"evidence": []', "pains 1, evidence: none for settled"),
    "met unseen": (change("expectations", 0, status="met"), '"evidence": []', "expectations 1, evidence: none for met"),
    "overdue in time": (
        change("promises", 0, status="overdue", due="2026-04-01"),
        '"due"',
        "promises 1, due: overdue on 2026-04-01, but due 2026-04-01",
    ),
    "overdue on no day": (
        change("promises", 0, status="overdue", due=None),
        '"due"',
        "promises 1, due: overdue on 2026-04-01, but due on no day",
    ),
    "commitment without a row": (put("promises", []), '"promises"', "promises: the commitment of n1 is not among them"),
    "settled without before": (
        put("since_last_meeting", [at("n2", KEPT, type="settled", before=None)]),
        '"before"',
        "since_last_meeting 1, before: none for settled",
    ),
    "before": (
        put("since_last_meeting", [at("n2", KEPT, type="settled", before=at("n1", "nowhere"))]),
        '"nowhere"',
        "since_last_meeting 1, before, quote: the quote is not in n1",
    ),
    "recurring in one note": (
        put("recurring", [{"what": "w", "kind": "pain_point", "occurrences": [at("n1", PAIN), at("n1", WISH)]}]),
        '"recurring"',
        "recurring 1: told in one note only",
    ),
    "cause": (
        put("price", [at("n1", PAIN, causes=[{"cause": "budget", "evidence": [at("n1", "x9")]}], proof_of_value=[])]),
        '"x9"',
        "price 1, causes 1, evidence 1, quote: the quote is not in n1",
    ),
    "account": (put("account", "Alder"), '"account"', 'account: "Alder", but a note is of "Harlow"'),
    "day before all": (put("as_of", "2025-01-01"), '"as_of"', "as_of: no note is of that day or earlier"),
    "meeting": (put("meeting", "2026-03-31"), '"meeting"', "meeting: 2026-03-31 lies before 2026-04-01"),
    "reasons": (
        put("standing", {"type": "steady", "reasons": [at("n1", "zz")]}),
        '"zz"',
        "standing, reasons 1, quote: the quote is not in n1",
    ),
}


ABOUT_THE_NEXT_LINE = ("missing fact", "recurring in one note")
"""What is wrong there is a whole object, which begins on the line after its list."""


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_wrong_is_told_by_line(tmp_path: Path, name: str) -> None:
    damage, mark, told = DAMAGES[name]
    facts = known()
    damage(facts)
    folder = write_history(tmp_path / "harlow", facts, [*records(), AFTER])
    lines = (folder / "account.json").read_text(encoding="utf-8").splitlines()
    after = 1 if name in ABOUT_THE_NEXT_LINE else 0
    wanted = [f"harlow/account.json:{number + after}" for number, line in enumerate(lines, 1) if mark in line]
    found = faults(folder)
    near = [where for where, what in found if told in what]
    assert near, found
    assert near[0] in wanted


def test_lines_of_json_values() -> None:
    text = '{"a": [1,\n {"b": "x, ]}\\" {"}],\n\n "c\\"d": {}, "e": [],\n "f": -1.5e3}'
    assert lines_of(text) == {
        (): 1,
        ("a",): 1,
        ("a", 0): 1,
        ("a", 1): 2,
        ("a", 1, "b"): 2,
        ('c"d',): 4,
        ("e",): 4,
        ("f",): 5,
    }


def test_labelled_notes_are_read_from_files_and_histories_alike(tmp_path: Path) -> None:
    history = write_history(tmp_path / "all" / "harlow")
    other = write_history(tmp_path / "all" / "twin", {**known(), "minutes": 0})
    file = write(tmp_path / "dev.jsonl", note())
    data, histories = read_labelled([file, tmp_path / "all"], FORM)
    assert histories == 1
    assert [one.where for one in data.notes][:2] == ["dev.jsonl:1", "harlow/notes.jsonl:1"]
    assert len(data.notes) == 7
    assert [one.where.partition(":")[0] for one in data.faults] == ["twin/account.json"]
    assert read_labelled([file], FORM)[1] == 0
    assert (history.name, other.name) == ("harlow", "twin")


@pytest.mark.parametrize("folder", ["dev", "test"])
def test_the_histories_that_ship_are_sound(folder: str) -> None:
    read = read_histories([SHIPPED / folder], FORM)
    assert not read.faults
    assert len(read.histories) >= 4
