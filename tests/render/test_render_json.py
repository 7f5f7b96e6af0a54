"""JSON is stable, complete, and safe to print."""

import json

import pytest

import render_samples as samples
from notesense.core.briefing import Briefing
from notesense.core.results import Extracted
from notesense.core.signal import Extraction
from notesense.render import render

CONTRACT = {
    *("account", "as_of", "standing", "contact", "since_last_meeting", "promises", "support", "people", "expectations"),
    *("pains", "recurring", "price", "stalled", "competitors", "opportunities", "praise", "pillars", "agenda"),
}
HOSTILE = "ümläut 日本 \x1b]8;;x \u202e \x9b \u2028 </script>"


@pytest.mark.parametrize("name", sorted(samples.every()))
def test_every_result_is_versioned_json(name: str) -> None:
    text = render(samples.every(HOSTILE)[name], "json")
    assert next(iter(json.loads(text).items())) == ("version", 1)
    assert not set(text) & set("\x1b\x9b\u202e\u2028")
    assert name == "reindexed" or "ümläut 日本" in text


def test_extract_json_lines() -> None:
    good = samples.extracted()
    bad = Extracted(note=samples.note(), extraction=Extraction(note_id="n", engine="llm", error="gone"))
    first, second = (json.loads(line) for line in render([good, bad], "jsonl").splitlines())
    assert list(first) == ["id", "signals", "rejected", "engine", "usage"]
    assert list(first["signals"][0]) == [
        "kind",
        "quote",
        "start",
        "end",
        "speaker",
        "certainty",
        "confidence",
        "attributes",
    ]
    assert first["rejected"] == [{"kind": "praise", "quote": "never said ", "reason": "not in the note"}]
    assert second["error"] == "gone"
    text = samples.note().text
    assert text[first["signals"][0]["start"] : first["signals"][0]["end"]] == first["signals"][0]["quote"]
    assert json.loads(render([good, bad], "json"))["notes"] == [first, second]
    assert json.loads(render(good, "json"))["notes"] == [first]


def test_unstated_attributes_are_left_out() -> None:
    silent = samples.signal(attributes={"area": "", "severity": "high"})
    extraction = Extraction(note_id="n", engine="local", signals=(silent,))
    text = render(Extracted(note=samples.note(), extraction=extraction), "json")
    assert json.loads(text)["notes"][0]["signals"][0]["attributes"] == {"severity": "high"}


def test_briefing_has_the_contracted_keys_and_reads_back() -> None:
    briefing = samples.briefing(HOSTILE)
    data = json.loads(render(briefing, "json"))
    assert data.pop("version") == 1
    assert Briefing.model_validate(data) == briefing
    assert set(data) >= CONTRACT
    assert {"items", "avoid", "unknowns"} <= set(data["agenda"])
    assert data["as_of"] == "2026-03-12"


def test_added_keeps_quotes_and_reasons() -> None:
    data = json.loads(render(samples.added(), "json"))
    first = data["kept"][0]
    assert first["counts"] == {"pain_point": 1, "praise": 1}
    assert first["rejected"][0]["reason"] == "not in the note"
    assert first["note"] == {
        "id": "brightwater-01",
        "account": "Brightwater Freight ",
        "date": "2026-03-12",
        "channel": "call",
        "title": "Quarterly call ",
    }
    assert len(data["refused"]) == 30
