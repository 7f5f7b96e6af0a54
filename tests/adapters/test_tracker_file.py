"""A team's tracker file: whatever is wrong with it is one message with the line."""

from pathlib import Path

import pytest

from notesense.adapters.playbook import parse as parse_playbook
from notesense.adapters.trackers import load, parse
from notesense.adapters.yaml_file import LARGEST_FILE, line_of
from notesense.core.trackers import NO_TRACKERS
from notesense.errors import PlaybookError, TrackerError

EXAMPLES = "      - In which country?\n      - On our own soil.\n      - Nothing leaves the EU.\n"


def text(name: str = "data_residency", definition: str = "Where?", examples: str = EXAMPLES, more: str = "") -> str:
    return f"  - name: {name}\n    definition: {definition}\n    examples:\n{examples}{more}"


def file(*trackers: str) -> str:
    return "trackers:\n" + "".join(trackers)


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (file(text("pain-point")), 'line 2: tracker "pain-point", name: "pain-point" clashes with the built-in kind'),
        (file(text("Data")), 'line 2: tracker "Data", name: "Data" is no name: use a to z'),
        (file(text("12")), "line 2: tracker 1, name: it must be text"),
        (file(text(), text("data__residency")), 'clash: "data_residency" and "data__residency"'),
        (file(text(definition="''")), 'line 3: tracker "data_residency", definition: it is empty'),
        (file(text(examples="      - one\n")), "needs at least 3 positive examples, and there is only 1"),
        (file("  - name: x\n    definition: y\n"), "needs at least 3 positive examples, and there is none"),
        (file("  - name: x\n"), 'line 2: tracker "x", definition is missing'),
        (
            file(text(examples=EXAMPLES + "      - They said: no\n")),
            'line 8: tracker "data_residency", examples, number 4',
        ),
        (file(text(examples=EXAMPLES + "      - yes\n")), "number 4 is no text; put it in quotation marks"),
        (file(text(more="    not_examples: [IN WHICH COUNTRY]\n")), "is both an example and none"),
        (file(text(more="    colour: red\n")), 'line 8: tracker "data_residency", colour is not known here'),
        (file(text(more="    colour: red\n    size: 3\n    age: 2\n")), "(2 more faults)"),
        (file(text(more="    colour: red\n    size: 3\n")), "(1 more fault)"),
        (file(text(more="    name: twice\n")), 'line 8: the key "name" stands there twice'),
        ("trackers: 3\n", "trackers must be a list"),
        ("trackers:\n", "trackers must be a list"),
        ("trackers: [3]\n", "tracker 1 must be a mapping with name, definition and examples"),
        ("a: 1\ntrackers: []\n", "line 1: a is not known here"),
        ("", "holds no trackers"),
        ("kinds: []", "holds no trackers"),
        ("trackers: [", "is no YAML: line 1"),
        ("trackers:\n  - name: a\n   definition: b\n", "is no YAML: line 3"),
        ("? {a: 1}\n: b\n", "is no YAML"),
        ("trackers: [" * 10_000, "nested too deeply"),
        ("a: 2026-02-30\n", "holds a value that is none"),
        ("1: a\n", "the key 1 is no text"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(held: str, told: str) -> None:
    with pytest.raises(TrackerError) as caught:
        parse(held, "ours.yaml")
    assert caught.value.message.startswith("ours.yaml")
    assert told in caught.value.message
    assert "docs/trackers.md" in caught.value.fix


def test_a_file_that_holds_what_it_must(tmp_path: Path) -> None:
    path = tmp_path / "trackers.yaml"
    path.write_text("\ufeff" + file(text(), text("hiring_freeze")), encoding="utf-8")
    assert [one.name for one in load(path).trackers] == ["data_residency", "hiring_freeze"]
    assert parse("trackers: []", "ours.yaml") == load(None) == NO_TRACKERS


@pytest.mark.parametrize(
    ("raw", "told"),
    [(b"\xff\xfe\xfa", "is not UTF-8"), (b"#" * (LARGEST_FILE + 1), "larger than 256 KB"), (None, "cannot be read")],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, raw: bytes | None, told: str) -> None:
    path = tmp_path / "trackers.yaml"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(TrackerError, match=told):
        load(path)


def test_a_key_that_stands_twice_is_a_fault_of_a_playbook_too() -> None:
    with pytest.raises(PlaybookError, match='line 2: the key "version" stands there twice'):
        parse_playbook("version: 1\nversion: 1\nname: ours", "mine.yaml")


def test_the_line_of_a_place_that_is_not_there_is_that_of_what_holds_it() -> None:
    assert line_of("a:\n  - b: 1\n  - c: 2\n", ("a", 1, "c")) == 3
    assert line_of("a:\n  - b: 1\n", ("a", 0, "x", 4)) == 2
    assert line_of("", ("a",)) == 1


def test_the_manual_page_tells_the_truth() -> None:
    page = (Path(__file__).parents[2] / "docs" / "trackers.md").read_text(encoding="utf-8")
    (tracker,) = parse(page.split("```yaml\n")[1].split("```")[0], "docs/trackers.md").trackers
    assert set(tracker.model_dump()) <= {part.strip("` ") for row in page.split("\n|") for part in row.split("|")}
