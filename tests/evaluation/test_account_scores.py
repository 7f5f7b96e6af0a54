"""Every figure of `eval accounts` on cases small enough to count by hand: each can be right, and each can fail."""

from typing import Any

import pytest

from evaluation.small_histories import (
    CONTACT,
    HEDGE,
    KEPT,
    PAIN,
    PROMISE,
    RUMOUR,
    WISH,
    at,
    case,
    counts,
    line,
    person,
    promise,
    scored,
)
from notesense.errors import InputError
from notesense.evaluation.accounts.marks import Marks, Texts
from notesense.evaluation.accounts.people import same_person
from notesense.evaluation.accounts.scoring import FIGURES, TARGETS, check_names, hold, pooled, score
from notesense.evaluation.accounts.told import Words


def shares(marks: Marks) -> dict[str, float | None]:
    return {one.name: one.value for one in pooled([marks])}


def test_quotes_are_the_same_from_half_of_the_shorter_one_on() -> None:
    texts = Texts({"n1": "abcdefghij abcdefghij", "n2": "abcdefghij"})

    def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
        return texts.same(Words(**one), Words(**other))

    assert same(at("n1", "abcd"), at("n1", "cdefgh"))
    assert not same(at("n1", "abcd"), at("n1", "defgh"))
    assert not same(at("n1", "abcd"), at("n2", "abcd"))
    assert same(at("n1", "abcd", start=11), at("n1", "abcd"))
    assert not same(at("n1", "abcd", start=11), at("n1", "abcd", start=0))
    assert not same(at("n1", "elsewhere"), at("n1", "abcd"))


def test_contact_facts_are_exact_each_by_itself() -> None:
    assert counts(scored({}, {}), "contact") == [(6, 6)]
    told = {**CONTACT, "longest_gap_days": 19, "patterns": [{"code": "email_only", "since": "2026-03-10"}]}
    del told["email_only_since"]
    marks = scored({}, {"contact": told})
    assert counts(marks, "contact") == [(4, 6)]
    assert [(one.gold, one.told) for one in marks.misses] == [
        ("longest_gap_days 20", "longest_gap_days 19"),
        ("email_only_since none", "email_only_since 2026-03-10"),
    ]
    named = scored({}, {"contact": {**CONTACT, "email_only_since": "2026-03-10", "patterns": []}})
    assert counts(named, "contact") == [(5, 6)]
    mixed = scored({}, {"contact": {**CONTACT, "channel_mix": {"call": 3}}})
    assert mixed.misses[0].gold == "channel_mix call 1, email 1, meeting 1"


def test_a_promise_is_right_by_its_status_and_shown_by_the_right_words() -> None:
    gold = {"promises": [promise("kept", at("n2", KEPT))]}
    right = scored(gold, {"promises": [line("n1", PROMISE, at("n2", KEPT), status="kept")]})
    figures = ("promises", "promises.kept.precision", "promises.kept.recall", "promises.kept.f1", "promises.evidence")
    assert counts(right, *figures) == [(1, 1), (1, 1), (1, 1), (2, 2), (1, 1)]
    assert not right.misses
    elsewhere = scored(gold, {"promises": [line("n1", PROMISE, at("n3", RUMOUR), status="kept")]})
    assert counts(elsewhere, *figures) == [(1, 1), (1, 1), (1, 1), (2, 2), (0, 1)]
    assert elsewhere.misses[0].part == "promises.evidence"
    overdue = scored(gold, {"promises": [line("n1", PROMISE, status="overdue")]})
    assert counts(overdue, *figures) == [(0, 1), (0, 0), (0, 1), (0, 1), (0, 0)]
    assert counts(overdue, "promises.overdue.precision", "promises.overdue.recall") == [(0, 1), (0, 0)]
    missing = scored(gold, {})
    assert counts(missing, *figures) == [(0, 1), (0, 0), (0, 1), (0, 1), (0, 0)]
    assert (missing.misses[0].gold, missing.misses[0].told) == ("kept", None)


def test_a_promise_that_nobody_made_counts_against_what_is_called_kept() -> None:
    marks = scored({"promises": []}, {"promises": [line("n3", HEDGE, at("n3", RUMOUR), status="kept")]})
    assert counts(marks, "promises", "promises.kept.precision") == [(0, 0), (0, 1)]
    assert (marks.misses[0].gold, marks.misses[0].told) == (None, "kept")


@pytest.mark.parametrize(
    ("told", "precision", "recall"),
    [
        ({"promises": [line("n1", PROMISE, status="overdue", hung_on="Ben")]}, (1, 1), (1, 1)),
        ({"promises": [line("n1", PROMISE, status="overdue")]}, (0, 0), (0, 1)),
        (
            {
                "promises": [line("n1", PROMISE, status="overdue"), line("n1", WISH, status="open", hung_on="Ida")],
                "people": [line("n3", RUMOUR, person="Ben", orphaned=[at("n1", PROMISE)])],
            },
            (1, 2),
            (1, 1),
        ),
    ],
)
def test_promises_of_leavers(told: dict[str, Any], precision: tuple[int, int], recall: tuple[int, int]) -> None:
    marks = scored({"promises": [promise("overdue", hung_on_leaver=True)]}, told)
    names = ("promises.hung_on_leaver.precision", "promises.hung_on_leaver.recall")
    assert counts(marks, *names) == [precision, recall]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("J. Okafor", "Jo Okafor", True),
        ("Jo Okafor", "Joseph Okafor", True),
        ("Dr. Lenka Doležalová", "Dolezalova", True),
        ("Halima", "Halima Noor", True),
        ("Okafor, Jo", "Jo Okafor", True),
        ("Ann Okafor", "Jo Okafor", False),
        ("J. O.", "Jo Okafor", False),
        ("Dr. Mane", "Dr. Patil", False),
        ("Bia", "Beatriz Tavares", False),
    ],
)
def test_spellings_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_a_person_is_right_by_change_certainty_and_role() -> None:
    gold = {"people": [person("Ida Holm", "left", "rumored", in_role=True)]}
    figures = ("people", "people.change", "people.certainty", "people.in_role", "people.precision")

    def told(**row: Any) -> list[tuple[int, int]]:
        row = {"person": "I. Holm", "change": "left", "certainty": "rumored", "in_role": True, **row}
        return counts(scored(gold, {"people": [line("n3", RUMOUR, **row)]}), *figures)

    assert told() == [(1, 1)] * 5
    assert told(in_role=None) == [(1, 1), (1, 1), (1, 1), (0, 0), (1, 1)]
    assert told(in_role=False) == [(0, 1), (1, 1), (1, 1), (0, 1), (1, 1)]
    assert told(certainty="effective") == [(0, 1), (1, 1), (0, 1), (1, 1), (1, 1)]
    assert told(change="joined") == [(0, 1), (0, 1), (1, 1), (1, 1), (1, 1)]
    assert told(person="Ben") == [(0, 1), (0, 1), (0, 1), (0, 0), (0, 1)]


def test_people_without_a_name_are_known_by_the_words_and_each_row_counts_once() -> None:
    gold = {"people": [person(None, "acquisition", "rumored", in_role=False)]}
    row = line("n3", RUMOUR, change="acquisition", certainty="rumored")
    marks = scored(gold, {"people": [row, row]})
    assert counts(marks, "people", "people.precision") == [(1, 1), (1, 2)]
    assert marks.misses[0].told == "nobody by name: acquisition, rumored"
    other = scored(gold, {"people": [line("n1", WISH, change="acquisition", certainty="rumored")]})
    assert counts(other, "people", "people.precision") == [(0, 1), (0, 1)]
    assert other.misses[0].gold == "nobody by name: acquisition, rumored, not in role"


def test_since_is_scored_by_words_by_type_and_by_what_it_is_held_against() -> None:
    gold = {
        "since_last_meeting": [
            at("n2", KEPT, type="settled", before=at("n1", PROMISE)),
            at("n3", RUMOUR, type="new", before=None),
        ]
    }
    figures = ("since.precision", "since.recall", "since.typed.precision", "since.typed.recall", "since.before")
    told = [
        line("n2", KEPT, type="settled", before=at("n1", PROMISE)),
        line("n3", RUMOUR, type="changed"),
        line("n1", WISH, type="quiet"),
    ]
    marks = scored(gold, {"since_last_meeting": told})
    assert counts(marks, *figures) == [(2, 3), (2, 2), (1, 3), (1, 2), (1, 1)]
    assert shares(marks)["since.f1"] == pytest.approx(0.8)
    assert shares(marks)["since.typed.f1"] == pytest.approx(0.4)
    assert [(one.gold, one.told) for one in marks.misses] == [("new", "changed"), (None, "quiet")]
    against = scored(gold, {"since_last_meeting": [line("n2", KEPT, type="settled", before=at("n1", WISH))]})
    assert counts(against, "since.before") == [(0, 1)]
    assert [(one.gold, one.told) for one in against.misses] == [("new", None)]


def test_recurrence_counts_pairs_over_notes() -> None:
    tellings = [at("n1", PAIN), at("n2", KEPT), at("n3", RUMOUR)]
    gold = {"recurring": [{"what": "seals", "kind": "pain_point", "occurrences": tellings}]}

    def told(*groups: list[dict[str, Any]]) -> Marks:
        return scored(gold, {"recurring": [{"occurrences": group} for group in groups]})

    figures = ("recurring.precision", "recurring.recall", "recurring.f1")
    whole = told([line("n3", RUMOUR), line("n1", PAIN), line("n2", KEPT)])
    assert counts(whole, *figures) == [(3, 3), (3, 3), (6, 6)]
    part = told([line("n1", PAIN), line("n2", KEPT)], [line("n1", WISH), line("n3", HEDGE)])
    assert counts(part, *figures) == [(1, 2), (1, 3), (2, 5)]
    assert [(one.gold, one.told, len(one.words)) for one in part.misses] == [
        ("seals: 2 of 3 pairs", None, 3),
        (None, "1 of 1 pairs", 2),
    ]
    one_note = told([line("n1", PAIN), line("n1", WISH)])
    assert counts(one_note, "recurring.precision") == [(0, 0)]


def test_expectations_and_what_is_stale() -> None:
    gold = {"expectations": [at("n1", WISH, status="stale", evidence=[]), at("n1", PAIN, status="met", evidence=[])]}
    told = {"expectations": [line("n1", WISH, status="current"), line("n1", PAIN, status="met")]}
    marks = scored(gold, told)
    assert counts(marks, "expectations", "stale.precision", "stale.recall") == [(1, 2), (0, 0), (0, 1)]
    told = {"expectations": [line("n1", WISH, status="stale"), line("n1", PAIN, status="stale")]}
    assert counts(scored(gold, told), "expectations", "stale.precision", "stale.recall") == [(1, 2), (1, 2), (1, 1)]


def test_pains_and_fires() -> None:
    gold = {"pains": [at("n1", PAIN, status="open", fire=True, evidence=[])]}
    figures = ("pains", "fires.precision", "fires.recall", "fires.f1")
    assert counts(scored(gold, {"pains": [line("n1", PAIN, fire=True)]}), *figures) == [(1, 1), (1, 1), (1, 1), (2, 2)]
    named = scored(gold, {"pains": [line("n1", PAIN, status="settled", fire=True)]})
    assert counts(named, *figures) == [(0, 1), (1, 1), (1, 1), (2, 2)]
    settled = scored(gold, {"pains": [line("n1", PAIN, settled=True), line("n1", WISH, fire=True)]})
    assert counts(settled, *figures) == [(0, 1), (0, 1), (0, 1), (0, 2)]
    assert [(one.gold, one.told) for one in settled.misses] == [
        ("open", "settled"),
        ("a fire", None),
        (None, "a fire"),
    ]


def test_support_and_what_lies_unused() -> None:
    gold = {
        "support": [at("n1", PAIN, status="resolved", evidence=[])],
        "stalled": [at("n2", KEPT, last_mention="2026-03-10")],
    }
    told = {"support": [line("n1", PAIN, status="resolved")], "stalled": [line("n2", KEPT, date="2026-03-10")]}
    figures = ("support", "stalled.precision", "stalled.recall", "stalled.last_mention")
    assert counts(scored(gold, told), *figures) == [(1, 1), (1, 1), (1, 1), (1, 1)]
    told = {
        "support": [line("n1", PAIN, status="open")],
        "stalled": [line("n2", KEPT, date="2026-03-01"), line("n1", PAIN, date="2026-02-20")],
    }
    assert counts(scored(gold, told), *figures) == [(0, 1), (1, 2), (1, 1), (0, 1)]


def test_price_causes_are_counted_for_each_complaint() -> None:
    gold = {
        "price": [
            at(
                "n1",
                WISH,
                causes=[
                    {"cause": "quality", "evidence": [at("n1", PAIN)]},
                    {"cause": "budget", "evidence": [at("n1", WISH)]},
                ],
                proof_of_value=[at("n2", KEPT)],
            )
        ]
    }
    figures = ("price.precision", "price.recall", "price.evidence", "price.proof")

    def told(*causes: tuple[str, str], proof: list[dict[str, Any]]) -> dict[str, Any]:
        lines = [{"cause": name, "evidence": [at("n1", words)]} for name, words in causes]
        return line("n1", WISH, causes=lines, proof_of_value=proof)

    right = told(("quality", PAIN), ("budget", WISH), proof=[at("n2", KEPT)])
    assert counts(scored(gold, {"price": [right]}), *figures) == [(2, 2), (2, 2), (2, 2), (1, 1)]
    wrong = told(("quality", WISH), ("unused", PAIN), proof=[])
    marks = scored(gold, {"price": [wrong]})
    assert counts(marks, *figures) == [(1, 2), (1, 2), (0, 1), (0, 1)]
    assert [(one.gold, one.told) for one in marks.misses] == [("budget", None), (None, "unused")]
    assert counts(scored(gold, {}), *figures) == [(0, 0), (0, 2), (0, 0), (0, 1)]
    nowhere = scored({}, {"price": [right]})
    assert counts(nowhere, *figures) == [(0, 2), (0, 0), (0, 0), (0, 0)]
    assert [one.told for one in nowhere.misses] == ["quality", "budget"]


def test_standing_is_right_or_wrong() -> None:
    assert counts(scored({}, {}), "standing") == [(1, 1)]
    marks = scored({}, {"standing": {"type": "at_risk"}})
    assert counts(marks, "standing") == [(0, 1)]
    assert (marks.misses[0].gold, marks.misses[0].told) == ("steady", "at_risk")


@pytest.mark.parametrize(
    ("agenda", "raised"),
    [
        ({"items": [line("n1", WISH, at("n1", PAIN), question="What leaks?")]}, 1),
        ({"opening": [line("n1", PAIN, text="You told us of leaks.")]}, 1),
        ({"parked": [line("n1", PAIN, question="What leaks?")]}, 0),
        ({"unknowns": [{"question": "What leaks?"}]}, 0),
        ({"items": [line("n3", RUMOUR, question="Who decides?")]}, 0),
    ],
)
def test_a_topic_is_raised_by_an_item_that_rests_on_its_words(agenda: dict[str, Any], raised: int) -> None:
    gold = {"must_ask": [{"topic": "leaks", "evidence": [at("n1", PAIN)]}]}
    marks = scored(gold, {"agenda": agenda})
    assert counts(marks, "agenda") == [(raised, 1)]
    assert [one.gold for one in marks.misses] == ["leaks"] * (1 - raised)


def asks(question: str, note_id: str = "n1", quote: str = PAIN, kind: str | None = None) -> dict[str, Any]:
    return {"agenda": {"items": [line(note_id, quote, kind=kind, question=question)]}}


TRAPS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "a hedge in the ledger": (
        at("n3", HEDGE, rule="hedge_as_promise", words=[]),
        {"promises": [line("n3", HEDGE, status="open")]},
        {"promises": [line("n1", PROMISE, status="open")]},
    ),
    "a hedge said aloud": (
        at("n3", HEDGE, rule="hedge_as_promise", words=["see what"]),
        asks("When will you see what was done?"),
        asks("When will you see whatever was done?"),
    ),
    "our words as theirs in the ledger": (
        at("n3", "We could renew early", rule="own_words_as_customers", words=[]),
        {"promises": [line("n3", "We could renew early", status="open")]},
        {"promises": []},
    ),
    "our words as theirs said aloud": (
        at("n3", "We could renew early", rule="own_words_as_customers", words=[]),
        asks("You said “we could – renew early”: what of it?"),
        asks("You said “we could”: what of it?"),
    ),
    "a rumour said aloud": (
        at("n3", RUMOUR, rule="rumour_as_fact", words=["Ida"]),
        {"agenda": {"unknowns": [{"question": "Who decides when IDA is gone?"}]}},
        {"agenda": {"unknowns": [{"question": "Who decides on the Idaho site?"}]}},
    ),
    "a rumour told as fact": (
        at("n3", RUMOUR, rule="rumour_as_fact", words=[]),
        {"people": [line("n3", RUMOUR, person="Ida", certainty="announced")]},
        {"people": [line("n3", RUMOUR, person="Ida", certainty="rumored")]},
    ),
    "a pitch that was declined, spoken of": (
        at("n1", WISH, rule="pitch_declined", words=["night shift"]),
        {"agenda": {"closing": "Shall we talk of the night  shift?"}},
        {"agenda": {"closing": "Shall we talk of the night?"}},
    ),
    "a pitch that was declined, taken for an opportunity": (
        at("n1", WISH, rule="pitch_declined", words=[]),
        asks("What would a quicker reply bring?", quote=WISH, kind="opportunity"),
        asks("What would a quicker reply bring?", quote=WISH, kind="expectation"),
    ),
    "all well over an issue": (
        at("n1", PAIN, rule="ok_over_issue", words=[]),
        asks("Is everything still fine?"),
        asks("What is still leaking?"),
    ),
    "happy over an issue": (
        at("n1", PAIN, rule="ok_over_issue", words=[]),
        {"agenda": {"opening": [line("n1", PAIN, text="Are you happy with the seals?")]}},
        {"agenda": {"opening": [line("n1", PAIN, text="The seals leak again.")]}},
    ),
    "blame by name": (
        at("n1", PROMISE, rule="blame_person", words=["Ben"]),
        asks("Ben's seals leak: what now?", kind="pain_point"),
        asks("What does Ben plan?", quote=WISH, kind="expectation"),
    ),
    "blame by a name of the facts, for a promise past its day": (
        at("n1", WISH, rule="blame_person", words=[]),
        {
            **asks("Where is the reply that Ida waits for?", note_id="n2", quote=KEPT),
            "promises": [line("n2", KEPT, status="overdue")],
        },
        {
            **asks("Where is the reply that Ida waits for?", note_id="n2", quote=KEPT),
            "promises": [line("n2", KEPT, status="open")],
        },
    ),
    "the renewal first": (
        at("n3", "We could renew early", rule="renewal_first", words=[]),
        {"agenda": {"opening": [line("n1", PAIN, text="Your contract ends in May.")]}},
        {
            "agenda": {
                "opening": [line("n1", PAIN, text="The seals leak.")],
                "items": [line("n1", WISH, question="What about the renewal?")],
            }
        },
    ),
    "the renewal first without an opening": (
        at("n3", "We could renew early", rule="renewal_first", words=["early"]),
        {"agenda": {"items": [line("n1", PAIN, say="You wanted it early.", question="What now?")]}},
        {"agenda": {"items": [line("n1", PAIN, question="What now?")]}},
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_each_trap_can_be_stepped_into_and_kept_out_of(name: str) -> None:
    trap, broken, kept = TRAPS[name]
    gold = {"must_not": [trap], "people": [person("Ida Holm", "left", "rumored", in_role=True)]}
    marks = scored(gold, broken)
    assert counts(marks, "must_not") == [(0, 1)]
    miss = next(one for one in marks.misses if one.part == "must_not")
    assert miss.gold == trap["rule"]
    assert miss.told
    assert counts(scored(gold, kept), "must_not") == [(1, 1)]


def test_a_true_promise_that_shares_words_with_a_hedge_is_none() -> None:
    trap = at("n1", PROMISE, rule="hedge_as_promise", words=[])
    marks = scored(
        {"must_not": [trap], "promises": [promise("open")]}, {"promises": [line("n1", PROMISE, status="open")]}
    )
    assert counts(marks, "must_not") == [(1, 1)]


def test_figures_of_several_histories_are_pooled_by_their_counts() -> None:
    one = scored({"promises": [promise("overdue")]}, {"promises": [line("n1", PROMISE, status="overdue")]})
    two = scored({"promises": [promise("overdue"), promise("open", quote=WISH)]}, {})
    found = {each.name: each for each in pooled([one, two])}
    assert tuple(found) == FIGURES
    assert (found["promises"].right, found["promises"].total) == (1, 3)
    assert found["promises"].value == pytest.approx(1 / 3)
    assert (found["promises"].target, found["promises"].reached) == (0.9, False)
    assert (found["contact"].target, found["contact"].reached) == (1.0, True)
    assert (found["promises.kept.precision"].value, found["promises.kept.precision"].reached) == (None, False)
    assert (found["promises.kept.recall"].target, found["promises.kept.recall"].reached) == (None, None)


def test_every_target_and_every_count_is_a_figure_that_is_shown() -> None:
    whole = {
        "promises": [promise("kept", at("n2", KEPT), hung_on_leaver=True)],
        "people": [person("Ida", "left", "rumored", in_role=True)],
        "stalled": [at("n2", KEPT, last_mention="2026-03-10")],
        "since_last_meeting": [at("n2", KEPT, type="settled", before=at("n1", PROMISE))],
        "price": [at("n1", WISH, causes=[{"cause": "quality", "evidence": [at("n1", PAIN)]}], proof_of_value=[])],
    }
    told = {
        "promises": [line("n1", PROMISE, status="kept")],
        "people": [line("n3", RUMOUR, person="Ida", in_role=True)],
        "since_last_meeting": [line("n2", KEPT, type="settled")],
        "price": [line("n1", WISH, causes=[{"cause": "quality", "evidence": [at("n1", PAIN)]}])],
    }
    assert set(score(case(whole, told)).counts) <= set(FIGURES)
    assert set(TARGETS) <= set(FIGURES)


def test_limits_hold_or_are_missed_and_unknown_names_are_told() -> None:
    scores = pooled([scored({}, {})])
    held, missed, unmeasured = hold(
        [("min", "contact", 1.0), ("max", "contact", 0.5), ("min", "promises.kept.precision", 0.0)], scores
    )
    assert (held.met, missed.met, unmeasured.met) == (True, False, False)
    check_names([("min", "since.typed.f1", 0.5)])
    with pytest.raises(InputError, match='no figure called "promise"') as caught:
        check_names([("min", "promise", 0.5)])
    assert "promises" in caught.value.fix
    with pytest.raises(InputError) as caught:
        check_names([("min", "zzz", 0.5)])
    assert "contact" in caught.value.fix
