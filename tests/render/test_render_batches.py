"""Batches on the terminal and as JSON."""

import datetime
import json

import pytest

from notesense.core.batch_results import Backfilled, BatchList, Cancelled, Collected, Retried, Submitted
from notesense.core.batches import Batch, Stage, Terms
from notesense.core.import_results import Imported
from notesense.core.results import Refused
from notesense.core.signal import Usage
from notesense.render import render
from notesense.render.terminal_batches import age

NOW = datetime.datetime(2026, 3, 5, 12, 0, tzinfo=datetime.UTC)
USED = Usage(input_tokens=120_000, output_tokens=4_000, cost_usd=0.0414)


def batch(name="1f3c9a0b2d41", **told):
    terms = Terms(model="openai:gpt-5-mini", server="https://api.openai.com/v1", engine="llm")
    made = told.pop("made", NOW - datetime.timedelta(hours=3))
    return Batch(id=name, terms=terms, made=made, total=400, **told)


UNDERWAY = batch(
    stage=Stage.SUBMITTED,
    status="in_progress",
    done=120,
    failed=2,
    asked=NOW - datetime.timedelta(minutes=5),
    usage=USED,
)
ENDED = batch("77aa", stage=Stage.DONE, status="expired", done=400, detail="answers that came twice: 1", usage=USED)


def text(result):
    result = Retried(submitted=(result,)) if isinstance(result, Submitted) else result
    shown = render(result, "text")
    assert all(len(line) <= 80 for line in shown.splitlines())
    return shown


def test_a_list_of_batches():
    assert text(BatchList(now=NOW, batches=(ENDED, UNDERWAY))) == (
        "77aa  collected (expired) · 400 of 400 requests answered · 3 hours old\n"
        "  openai:gpt-5-mini, llm · 120,000 + 4,000 tokens, US$0.0414\n"
        "  answers that came twice: 1\n"
        "\n"
        "1f3c9a0b2d41  in progress · 120 of 400 requests answered, 2 failed · 3 hours old\n"
        "  openai:gpt-5-mini, llm · 120,000 + 4,000 tokens, US$0.0414 so far · seen 5\n"
        "  minutes ago\n"
        "\n"
        "Take in what is answered: notesense batch collect (--wait waits for the rest)\n"
    )
    assert "notesense import FOLDER --engine llm --batch" in text(BatchList(now=NOW))
    assert "Take in" not in text(BatchList(now=NOW, batches=(ENDED,)))
    assert "collected ·" in text(BatchList(now=NOW, batches=(ENDED.model_copy(update={"status": "completed"}),)))


@pytest.mark.parametrize(
    ("span", "told"),
    [({"seconds": 59}, "less than a minute"), ({"seconds": 61}, "1 minute"), ({"minutes": 119}, "119 minutes"),
     ({"hours": 2}, "2 hours"), ({"hours": 47}, "47 hours"), ({"days": 2}, "2 days")],
)  # fmt: skip
def test_ages(span, told):
    assert age(datetime.timedelta(**span)) == told


def test_what_was_submitted():
    usage = Usage(input_tokens=5_000, output_tokens=1_250, cost_usd=0.0012)
    told = Submitted(
        model="openai:gpt-5-mini",
        batches=("aa", "bb"),
        notes=7,
        requests=9,
        ready=1,
        underway=2,
        labelled=3,
        failed=(Refused(where="n1 (Harlow, 2026-03-01)", reason="restricted"),),
        usage=usage,
        error="No connection. Later.",
    )
    shown = text(told)
    assert "Submitted: 9 requests about 7 notes to openai:gpt-5-mini; about 5,000 tokens in," in shown
    for part in ("2 batches: aa, bb", "1 note, answered before", "2 notes, wait", "3 notes, labelled", "n1 (Harlow"):
        assert part in shown
    assert "Not all was submitted: No connection. Later." in shown
    assert "Nothing was submitted." in text(Submitted(model="m"))
    dry = text(told.model_copy(update={"dry_run": True, "usage": usage.model_copy(update={"cost_usd": None})}))
    assert dry.startswith("Nothing was sent, nothing was stored.")
    assert "cost not known at batch prices" in dry


def test_a_retry_of_nothing():
    assert text(Retried()) == "There is nothing to retry.\n"


def test_an_import_with_its_batch():
    both = Backfilled(imported=Imported(read=2, added=2), submitted=Submitted(model="m"))
    shown = text(both)
    assert shown.index("Import finished.") < shown.index("Nothing was submitted.")
    assert "Import" not in text(both.model_copy(update={"imported": None}))
    body = json.loads(render(both, "json"))
    assert (body["version"], body["imported"]["added"], body["submitted"]["model"]) == (1, 2, "m")


def test_what_was_collected():
    rows = tuple(Refused(where=f"n{number}", reason="no answer in time") for number in range(22))
    told = Collected(now=NOW, batches=(UNDERWAY,), read=3, signals=5, rejected=1, failed=rows, retry=22)
    shown = text(told)
    assert "Read: 3 notes; 5 signals found, 1 draft rejected." in shown
    assert "Not wholly read: 22" in shown
    assert "... and 2 more" in shown
    assert "22 notes can be asked about again: notesense batch retry" in shown
    assert "still to come" in shown
    assert text(Collected(now=NOW)) == "There is nothing to collect.\n"
    faults = (Refused(where="batch aa", reason="No connection."),)
    assert "Could not be looked at: 1" in text(Collected(now=NOW, batches=(ENDED,), faults=faults))


def test_what_was_cancelled():
    assert "can be taken in" in text(Cancelled(now=NOW, batch=UNDERWAY))
    assert "can be taken in" not in text(Cancelled(now=NOW, batch=batch(stage=Stage.UNSENT, detail="never")))


def test_a_servers_words_steer_no_terminal():
    evil = batch(stage=Stage.SUBMITTED, status="\x1b[31mred", detail="\u202eodd")
    shown = text(BatchList(now=NOW, batches=(evil,)))
    assert "\x1b" not in shown
    assert "\\u202eodd" in shown
