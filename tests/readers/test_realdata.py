"""Real files that nobody here wrote: each is read as its family, with so many turns, or refused for a reason.

They are not part of the project: `../shared/realdata` beside it, or the folder that NOTESENSE_REALDATA names.
"""

import pytest

from form_fixtures import REAL, Real, real_files
from notesense.core.passages import turns_of
from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.readers.sources import read_path
from test_fixtures import DAY

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=f"there are no real files in {REAL}")


@pytest.mark.parametrize("expected", real_files(), ids=lambda real: real.file)
def test_a_real_file_is_read_or_refused_as_expected(expected: Real) -> None:
    found = read_real(expected.file)
    assert found == expected._replace(refused=found.refused)
    assert found.refused.startswith(expected.refused)
    assert bool(found.refused) == bool(expected.refused)


def test_no_real_file_is_left_out() -> None:
    there = {str(path.relative_to(REAL)) for path in REAL.rglob("*") if path.is_file()}
    assert there - {"MANIFEST.tsv"} == {real.file for real in real_files()}


def read_real(file: str) -> Real:
    """Return what becomes of a real file, with the first reason why something in it is refused."""
    try:
        found = read_path(REAL / file)
    except InputError as error:
        return Real(file, "", 0, 0, error.message.removeprefix(f"{REAL / file} "))
    notes = [one.as_note(one.account or "-", one.date or DAY, one.channel or Channel.MEMO) for one in found.notes]
    forms = sorted({one.form for one in found.notes})
    reasons = [one.reason for one in found.refused]
    return Real(file, ",".join(forms), len(notes), sum(len(turns_of(note)) for note in notes), (reasons or [""])[0])
