"""What is said of notes whose encoding was told by content, or whose language the engine does not know."""

import datetime

from notesense.core.import_results import Imported
from notesense.core.note import Note
from notesense.core.results import Added, Extracted, Kept, ReadAs
from notesense.core.signal import Extraction
from notesense.render.as_json import document
from notesense.render.terminal import to_text

NOTE = Note(id="n1", account="Harlow", date=datetime.date(2026, 3, 5), text="Die Pumpen sind undicht.")


def test_adding_says_encoding_and_language() -> None:
    kept = Kept(status="added", note=NOTE, read_as=ReadAs(encoding="Windows-1252", sure=False), language="de")
    told = " ".join(to_text(Added(kept=(kept,))).split())
    assert "Read as Windows-1252, a guess: if letters are wrong" in told
    assert "In German: the local engine was trained on English alone" in told
    (found,) = document(Added(kept=(kept,)))["kept"]
    assert (found["read_as"], found["language"]) == ({"encoding": "Windows-1252", "sure": False}, "de")
    sure = kept.model_copy(update={"read_as": ReadAs(encoding="Shift-JIS")})
    assert "Read as Shift-JIS, by the look of it" in to_text(Added(kept=(sure,)))


def test_an_import_counts_them() -> None:
    told = " ".join(to_text(Imported(read=3, languages={"de": 2, "fr": 1}, read_as={"Windows-1252": 2})).split())
    assert "2 notes in German and 1 in French, read by an engine trained on English alone" in told
    assert "notesense reindex --engine llm" in told
    assert "2 notes as Windows-1252" in told


def test_extracting_says_it_too() -> None:
    one = Extracted(note=NOTE, extraction=Extraction(note_id="n1", engine="local", language="de"))
    assert "In German" in to_text(one)
    assert document(one)["notes"][0]["language"] == "de"
