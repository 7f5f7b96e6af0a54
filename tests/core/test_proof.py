"""Attributes hold only where the note has them: names and amounts in one piece, days that it can mean."""

import pytest

from notesense.core.folding import Folded
from notesense.core.proof import Evidence, proven_attributes
from notesense.core.vocabulary import Kind


def held(text: str, kind: Kind, title: str = "", account: str = "", **claimed: str) -> dict[str, str]:
    return proven_attributes(kind, claimed, Evidence([Folded(text), Folded(title), Folded(account)]))


@pytest.mark.parametrize(
    ("text", "name", "value", "holds"),
    [
        ("They pay $1,500 a month.", "amount", "$500", False),
        ("They pay $1,500 a month.", "amount", "500", False),
        ("They pay $1,500 a month.", "amount", "$1,500", True),
        ("They pay 5 million a month.", "amount", "5", False),
        ("Pumpline is 12 % below.", "amount", "12%", False),
        ("Pumpline is 12 % below.", "amount", "12 %", True),
        ("Pump Line is cheaper.", "competitor", "line pump", False),
        ("Pumpline's offer is lower.", "competitor", "pumpline", True),
        ("Pumplines offer is lower.", "competitor", "pumpline", False),
        ("Too dear.", "competitor", "...", False),
    ],
)
def test_amounts_and_rivals_stand_in_the_note_in_one_piece(text: str, name: str, value: str, holds: bool) -> None:
    assert (name in held(text, Kind.PRICE_VALUE, **{name: value})) is holds


@pytest.mark.parametrize(
    ("text", "person", "holds"),
    [
        ("Marta Ruiz met Ben Cole.", "Marta Cole", False),
        ("Marta Ruiz met Ben Cole.", "ben cole", True),
        ("Marta’s desk will send it.", "Marta", True),
        ("Jolene'll send it.", "Jolene", True),
        ("Martas desk will send it.", "Marta", False),
        ("Bae Soo-jin takes over.", "Bae Soo jin", True),
        ("Bae Soo jin takes over.", "Bae Soo-jin", True),
        ("Bae Soo-jin takes over.", "Bae Min", False),
    ],
)
def test_a_person_stands_in_the_note_under_that_name(text: str, person: str, holds: bool) -> None:
    assert ("person" in held(text, Kind.COMMITMENT, person=person)) is holds


def test_title_and_account_prove_too_but_not_across_their_borders() -> None:
    claimed = {"person": "Marta Ruiz", "role": "plant head"}
    assert held("She leaves.", Kind.LEADERSHIP_CHANGE, title="Call: Marta Ruiz, plant head", **claimed) == claimed
    assert held("She leaves.", Kind.LEADERSHIP_CHANGE, title="Marta", account="Ruiz", person="Marta Ruiz") == {}


@pytest.mark.parametrize(
    ("text", "due", "holds"),
    [
        ("They send it.", "2026-03-22", False),
        ("They send 122 by lorry.", "2026-03-22", False),
        ("They send it on the 22nd.", "2026-03-22", True),
        ("They send it on 22/3.", "2026-03-22", True),
        ("They send it (2026-03-22).", "2026-03-22", True),
        ("They send it by 05.03.", "2026-03-05", True),
        ("They send it on the first of June.", "2026-06-01", True),
        ("They send it by Friday.", "2026-03-06", True),
        ("They send it tmrw.", "2026-03-05", True),
        ("They send it before lunch.", "2026-03-04", True),
        ("They send it next week.", "2026-03-11", True),
        ("They send it within ten days.", "2026-03-14", True),
        ("They send it by Friday.", "2026-02-30", False),
        ("They send it by Friday.", "by friday", True),
        ("They send it by Friday.", "20260306", False),
    ],
)
def test_a_day_holds_only_where_the_note_has_something_it_can_come_from(text: str, due: str, holds: bool) -> None:
    assert ("due" in held(text, Kind.COMMITMENT, due=due)) is holds


def test_what_lies_unused_may_be_put_together_from_words_of_the_note() -> None:
    text = "The portal of the Leeds plant isn't used."
    assert held(text, Kind.STALLED_ADOPTION, what="Leeds portal") == {"what": "Leeds portal"}
    evidence = Evidence([Folded(text)])
    assert evidence.has_words("Leeds portal")
    assert not evidence.has_words("York portal")
