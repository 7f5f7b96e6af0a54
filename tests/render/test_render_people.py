import datetime

import pytest

from notesense.core.evidence import Evidence
from notesense.core.people_list import PeopleList
from notesense.core.picture import Pattern, Person
from notesense.render.terminal import to_text

DAY = datetime.date(2026, 3, 12)


def words(quote: str) -> Evidence:
    return Evidence(note_id="n1", quote=quote, date=DAY, channel="call", line=2, start=0, end=len(quote))


def shown(**more: object) -> str:
    said = words("Ines may go")
    row = {"note_id": "n1", "quote": "Ines may go", "evidence": (said,), "date": DAY, "told": "Told.", **more}
    return to_text(PeopleList(account="Harlow", as_of=DAY, people=(Person.model_validate(row),)))


@pytest.mark.parametrize(
    ("certainty", "in_role", "state"),
    [
        ("rumored", True, "rumoured"),
        ("announced", True, "leaving"),
        ("announced", False, "to come"),
        ("effective", True, "in role"),
        ("effective", False, "not in role"),
        ("effective", None, "in force"),
        ("unknown", None, "unknown"),
    ],
)
def test_the_state_in_a_word(certainty: str, in_role: bool | None, state: str) -> None:
    row = shown(person="Ines Roth", role="buyer", certainty=certainty, in_role=in_role).splitlines()[3]
    assert row == f"Ines Roth               buyer                     {state:<14}12 Mar 2026"


def test_the_whole_company_and_nobody_by_name() -> None:
    assert "the whole company       acquisition" in shown(certainty="rumored", change="acquisition")
    assert "not named               joined" in shown(certainty="announced", change="joined", in_role=False)


def test_long_names_are_cut_and_hostile_ones_made_safe() -> None:
    text = shown(person="Maria\x1b[31m " + "of the long line " * 4, role="漢" * 40, certainty="effective", in_role=True)
    assert "\x1b" not in text
    assert "…" in text
    assert max(map(len, text.splitlines())) <= 80


def test_contradictions_and_who_was_not_heard_are_shown() -> None:
    text = shown(person="Ines", certainty="effective", in_role=True, contradicted_by=(words("Ines stays"),))
    assert "Contradicted by" in text
    assert "“Ines stays”" in text
    assert "Named since" in shown(certainty="rumored", in_role=True, named_since=(words("Ines stays"),))
    asked = to_text(PeopleList(account="H", as_of=DAY, doubtful=(("Johanna Okafor", "Jo"),)))
    assert "Perhaps one person: Johanna Okafor and Jo. Say so with --same, or --apart." in asked
    unheard = Pattern(code="decider_unheard", text="Ines is named in none.", note_ids=("n1",))
    assert "Not heard: Ines is named in none." in to_text(PeopleList(account="H", as_of=DAY, unheard=(unheard,)))
