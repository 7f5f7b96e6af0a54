"""The text of `eval accounts`: every figure, every history, in 80 columns, whatever the notes hold."""

import datetime

from notesense.core.account_scores import AccountsScored, HistoryScores, Miss, Quoted, Score
from notesense.core.evaluated import About, Limit
from notesense.render import render


def score(name: str, right: int, total: int, target: float | None = None) -> Score:
    value = right / total if total else None
    reached = None if target is None else value is not None and value >= target
    return Score(name=name, right=right, total=total, value=value, target=target, reached=reached)


SCORES = (
    score("contact", 6, 6, 1.0),
    score("promises.hung_on_leaver.precision", 3, 4),
    score("since.f1", 7, 10, 0.8),
    score("price.recall", 0, 0, 0.8),
)


def history(name: str, **more: object) -> HistoryScores:
    return HistoryScores(
        name=name, account=f"{name} Works", as_of=datetime.date(2026, 4, 1), notes=9, scores=SCORES, **more
    )


def scored(*histories: HistoryScores, engine: str = "labels") -> AccountsScored:
    about = About(
        notesense="1",
        engine=engine,
        engine_version="" if engine == "labels" else "v1",
        data=("dev\x1b[2J",),
        data_sha256="d" * 64,
        started=datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC),
    )
    limit = Limit(name="contact", side="min", bound=1.0, value=1.0, met=True)
    return AccountsScored(about=about, scores=SCORES, histories=histories, limits=(limit,))


def test_figures_have_their_targets() -> None:
    rows = [line.split() for line in render(scored(history("a", compared=True))).splitlines()]
    assert ["contact", "1.00", "6/6", "1.00", "reached"] in rows
    assert ["promises.hung_on_leaver.precision", "0.75", "3/4"] in rows
    assert ["since.f1", "0.70", "0.80", "missed"] in rows
    assert ["price.recall", "-", "0.80", "missed"] in rows
    assert "Held: contact is 1.000, asked for at least 1" in render(scored(history("a")))


def test_it_says_where_nothing_was_compared() -> None:
    told = "Nothing was compared in 1 of 2: nobody weighed what later words say."
    assert told in render(scored(history("a", compared=True), history("b")))
    assert "Nothing was compared" not in render(scored(history("a", compared=True)))


def test_it_says_which_fields_a_briefing_lacks() -> None:
    text = render(scored(history("a", lacking=("people.in_role", "price")), history("b", lacking=("price",))))
    assert "Not in the briefings, so taken as empty: people.in_role, price." in text
    assert "taken as empty" not in render(scored(history("a")))


def test_many_histories_stand_side_by_side_and_fit() -> None:
    text = render(scored(*(history(f"history-{at}") for at in range(11)), engine="local"))
    assert text.startswith("11 account histories, signals by local (v1)")
    assert all(len(line) <= 80 for line in text.splitlines())
    heads = [line.split()[2:] for line in text.splitlines() if line.startswith("Each history")]
    assert heads == [list("12345678"), ["9", "10", "11"]]
    assert "11  history-10 Works, 9 notes, on 2026-04-01 (history-10)" in text


def test_differences_are_told_from_both_sides_and_safely() -> None:
    words = (Quoted(note_id="n1", quote="a\x1b[2Jb " + "long " * 30),)
    misses = (
        Miss(part="promises", gold="kept", told="open", words=words),
        Miss(part="agenda", gold="leaks", told=None),
        Miss(part="fires", gold=None, told="a fire"),
    )
    text = render(scored(history("a", misses=misses, failed=("notes.jsonl:1: no answer",))))
    assert "promises: kept; the briefing: open" in text
    assert "agenda: leaks; not in the briefing" in text
    assert "fires: a fire; not in the facts" in text
    assert "a: notes.jsonl:1: no answer" in text
    assert "\x1b" not in text
    assert all(len(line) <= 80 for line in text.splitlines())
