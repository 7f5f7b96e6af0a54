"""Reading what a language model answers: entries one by one, none of them trusted, none of them fatal."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesense.core.answers import (
    LONGEST_QUOTE,
    MOST_A_PASSAGE,
    MOST_REFUSED,
    Read,
    answer_form,
    read_answer,
    refuted,
    verdict_form,
)
from notesense.core.parts import Part, parts
from notesense.core.passages import passages
from notesense.core.signal import Draft, Reason

TEXT = "Pumps leak again.\nSeals come late.\nThe portal works."
(PART,) = parts(passages(TEXT))


def entry(**changes: Any) -> dict[str, Any]:
    plain = {"passage": 1, "quote": "Pumps leak again", "kind": "pain_point", "attributes": []}
    return {**plain, "certainty": "stated", "confidence": "high", **changes}


def read(*entries: Any, part: Part = PART) -> Read:
    found = read_answer({"signals": list(entries)}, "n1", part)
    assert found is not None
    return found


def reasons(found: Read) -> list[Reason]:
    return [one.reason for one in found.rejected]


def test_the_form_asks_for_all_keys_and_names_the_kinds_and_trackers() -> None:
    form = answer_form({"green_proof"})
    claimed = form["properties"]["signals"]["items"]
    assert claimed["required"] == ["passage", "quote", "kind", "attributes", "certainty", "confidence"]
    assert claimed["additionalProperties"] is False
    assert claimed["properties"]["kind"]["enum"][0] == "expectation"
    assert claimed["properties"]["kind"]["enum"][-2:] == ["praise", "green_proof"]
    assert claimed["properties"]["attributes"] == {"type": "array", "items": {"type": "string"}}
    assert answer_form() == answer_form()
    assert verdict_form()["properties"]["verdicts"]["items"]["required"] == ["number", "why", "holds"]


def test_a_claim_becomes_a_draft() -> None:
    said = ["area: product", "area: people", "about: us"]
    (draft,) = read(entry(attributes=said, certainty="hedged", confidence="low")).drafts
    assert draft == Draft(
        kind="pain_point",
        quote="Pumps leak again",
        passage=0,
        attributes={"area": "product", "about": "us"},
        certainty="hedged",
        confidence=0.4,
    )


@pytest.mark.parametrize("number", [2, 2.0, "2", "[2]", " 2 "])
def test_a_number_may_come_in_several_shapes(number: object) -> None:
    assert [draft.passage for draft in read(entry(passage=number)).drafts] == [1]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"passage": True}, Reason.FAULTY),
        ({"passage": None}, Reason.FAULTY),
        ({"passage": 1.5}, Reason.FAULTY),
        ({"passage": "first"}, Reason.FAULTY),
        ({"passage": 0}, Reason.FAULTY),
        ({"passage": -1}, Reason.FAULTY),
        ({"passage": 10**5000}, Reason.FAULTY),
        ({"passage": float("nan")}, Reason.FAULTY),
        ({"passage": [1]}, Reason.FAULTY),
        ({"quote": ["Pumps leak"]}, Reason.FAULTY),
        ({"quote": ""}, Reason.FAULTY),
        ({"quote": "x" * LONGEST_QUOTE}, Reason.FAULTY),
        ({"kind": 7}, Reason.FAULTY),
        ({"kind": ""}, Reason.FAULTY),
        ({"passage": 4}, Reason.UNKNOWN_PASSAGE),
        ({"passage": 400}, Reason.UNKNOWN_PASSAGE),
    ],
)
def test_an_entry_that_cannot_be_used_is_kept_with_its_reason_beside_the_good_ones(
    changes: dict[str, Any], reason: Reason
) -> None:
    found = read(entry(**changes), entry())
    assert reasons(found) == [reason]
    assert len(found.drafts) == 1
    assert len(found.rejected[0].draft.quote) <= LONGEST_QUOTE


@pytest.mark.parametrize("given", [None, "Pumps leak", 7, [], {}, [["passage", 1]], {"signals": []}])
def test_what_is_no_entry_at_all_is_counted(given: object) -> None:
    assert reasons(read(given, entry())) == [Reason.FAULTY]


def test_a_passage_that_is_shown_but_not_asked_about_is_refused() -> None:
    found = passages(TEXT)
    part = Part(passages=found[1:2], before=found[:1], after=found[2:])
    refused = read(entry(), entry(passage=2, quote="Seals come late"), part=part)
    assert reasons(refused) == [Reason.UNKNOWN_PASSAGE]
    assert [draft.quote for draft in refused.drafts] == ["Seals come late"]


@pytest.mark.parametrize(
    "changes",
    [{"certainty": "effective"}, {"certainty": None}, {"confidence": 0.3}, {"confidence": []}, {"attributes": "area"}],
)
def test_what_is_wrong_beside_the_claim_itself_is_left_out(changes: dict[str, Any]) -> None:
    (draft,) = read(entry(**{"confidence": "medium", **changes})).drafts
    assert (draft.certainty, draft.confidence, draft.attributes) == ("stated", 0.7, {})


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("due: Friday, 10:30", {"due": "Friday, 10:30"}),
        (" amount=12% = EUR 3", {"amount": "12% = EUR 3"}),
        ("what :\nthe portal", {"what": "the portal"}),
        ("due:", {}),
        (": Friday", {}),
        ("Friday", {}),
        ("colour: red", {}),
        ("name: Nordwind", {"name": "Nordwind"}),
    ],
)
def test_an_attribute_is_a_name_and_a_value_in_one(said: str, taken: dict[str, str]) -> None:
    assert read(entry(attributes=[said])).drafts[0].attributes == taken


def test_attributes_may_come_as_a_mapping_or_named_and_only_known_ones_with_values_are_taken() -> None:
    given = {"area": "product", "amount": 12, "colour": "red", "due": None, "what": True, "topic": [], "name": 1e300}
    assert read(entry(attributes=given)).drafts[0].attributes == {"area": "product", "amount": "12"}
    listed = [{"name": ["area"], "value": "x"}, "area", {"name": "topic"}, {"name": "what", "value": "y" * 999}]
    assert read(entry(attributes=listed)).drafts[0].attributes == {"what": "y" * 200}


def test_a_claim_repeated_a_thousandfold_is_taken_once_and_bounded() -> None:
    found = read(*[entry(), entry(quote="pumps  LEAK again")] * 500, entry(passage=2, quote="Seals come late"))
    assert [draft.quote for draft in found.drafts] == ["Pumps leak again", "Seals come late"]
    assert reasons(found) == [Reason.REPEATED] * MOST_REFUSED
    assert found.left_out == 0


def test_a_passage_carries_a_bounded_number_of_claims() -> None:
    found = read(*[entry(quote=f"leak {number}") for number in range(500)])
    assert len(found.drafts) == MOST_A_PASSAGE
    assert reasons(found) == [Reason.TOO_MANY] * MOST_REFUSED
    assert found.left_out == 500 - MOST_A_PASSAGE - MOST_REFUSED


def test_half_characters_are_left_out_so_that_all_can_be_stored() -> None:
    (draft,) = read(entry(quote="Pumps \ud800", kind="k\udfff", attributes={"what": "\ud83d", "due": "d\ud83d"})).drafts
    assert (draft.quote, draft.kind, draft.attributes) == ("Pumps ", "k", {"due": "d"})
    assert draft.model_dump_json()


@pytest.mark.parametrize("data", [{}, {"signals": None}, {"signals": {"0": {}}}, {"signals": "none"}, {"error": "x"}])
def test_what_is_no_answer_of_the_form_is_told(data: dict[str, Any]) -> None:
    assert read_answer(data, "n1", PART) is None


def test_no_signals_is_an_answer() -> None:
    assert read() == Read()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.sampled_from(list(entry())), JSON) | JSON, max_size=8))
def test_nothing_breaks_the_reading(entries: list[Any]) -> None:
    found = read(*entries)
    assert len(found.drafts) + len(found.rejected) == len(entries)
    assert all(draft.passage in (0, 1, 2) for draft in found.drafts)
    assert [one.model_dump_json() for one in (*found.drafts, *found.rejected)] or not entries


def verdict(number: Any, holds: Any) -> dict[str, Any]:
    return {"number": number, "why": "", "holds": holds}


@pytest.mark.parametrize(
    ("verdicts", "gone"),
    [
        ([verdict(1, True), verdict(2, False)], {2}),
        ([verdict(2, False), verdict(2, True)], set()),
        ([verdict(3, False), verdict(0, False), verdict("2", False)], {2}),
        ([verdict(1, "false"), verdict(2, None), verdict(None, False), "no", {}], set()),
        ([], set()),
    ],
)
def test_only_what_is_plainly_refuted_goes(verdicts: list[Any], gone: set[int]) -> None:
    assert refuted({"verdicts": verdicts}, 2) == gone


@pytest.mark.parametrize("data", [{}, {"verdicts": None}, {"signals": []}])
def test_a_second_look_without_verdicts_is_told(data: dict[str, Any]) -> None:
    assert refuted(data, 2) is None
