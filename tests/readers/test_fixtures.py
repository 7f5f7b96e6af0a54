"""Every fixture of every family gives all that is expected of it: facts, turns to the word, what is refused."""

import datetime
import json
from pathlib import Path

import pytest

from form_fixtures import COMPANIONS, EXPECTED, FORMS, fixtures, told
from notesense.core.passages import passages_of, turns_of
from notesense.core.vocabulary import Channel
from notesense.readers.families import FAMILIES
from notesense.readers.sources import read_path

DAY = datetime.date(2026, 1, 1)


def name_of(path: Path) -> str:
    return str(path.relative_to(FORMS))


@pytest.mark.parametrize("path", fixtures(), ids=name_of)
def test_a_fixture_gives_what_is_expected(path: Path) -> None:
    expected = json.loads(path.with_name(path.name + EXPECTED).read_text(encoding="utf-8"))
    readings = read_path(path)
    assert told(readings, path.parent) == expected
    for one in readings.notes:
        note = one.as_note(one.account or "-", one.date or DAY, one.channel or Channel.MEMO)
        turns = turns_of(note)
        for passage in passages_of(note):
            turn = turns[passage.turn]
            assert note.text[passage.start : passage.end] == passage.text
            assert turn.start <= passage.start
            assert passage.end <= turn.end


def test_every_fixture_says_what_it_expects_and_every_family_has_one() -> None:
    found = {path for path in FORMS.rglob("*") if path.is_file() and path.name not in COMPANIONS}
    files = {path for path in found if not path.name.endswith(EXPECTED)}
    assert files == set(fixtures())
    read = {one.form for path in files for one in read_path(path).notes}
    names = {family.name for family in FAMILIES if not family.restores}  # those are tested in tests/exports
    assert names - {"calendar"} <= read
