"""An account is found by name, alias or unique prefix, never guessed."""

import datetime

import pytest

from notesense.core.accounts import confusable_accounts, find_account, fitting_accounts, near_accounts
from notesense.core.days import parse_day
from notesense.core.news import news_of
from notesense.core.ports import AccountNames, Found
from notesense.core.signal import Signal
from notesense.core.vocabulary import Kind
from notesense.errors import InputError, UnknownAccount

KNOWN = (
    AccountNames(name="Harlow Instruments", aliases=("HI",)),
    AccountNames(name="Harlow Dairy"),
    AccountNames(name="Örsted Mühlen"),
)


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("harlow instruments", "Harlow Instruments"),
        ("HI", "Harlow Instruments"),
        (" harlow  d", "Harlow Dairy"),
        ("ÖRSTED", "Örsted Mühlen"),
        ("O\u0308rsted", "Örsted Mühlen"),
    ],
)
def test_a_name_an_alias_or_a_unique_beginning_is_enough(name: str, account: str) -> None:
    assert find_account(name, KNOWN) == account


@pytest.mark.parametrize(
    ("name", "told", "candidates"),
    [
        ("harlow", "fits 2 accounts", ("Harlow Instruments", "Harlow Dairy")),
        ("Harlow Dary", "No account", ("Harlow Dairy",)),
        ("dairy", "No account", ("Harlow Dairy",)),
        ("Zenith", "No account", ("Harlow Instruments", "Harlow Dairy", "Örsted Mühlen")),
        ("", "No account", ("Harlow Instruments", "Harlow Dairy", "Örsted Mühlen")),
    ],
)
def test_an_unknown_or_ambiguous_name_lists_the_candidates(name: str, told: str, candidates: tuple[str, ...]) -> None:
    with pytest.raises(UnknownAccount, match=told) as raised:
        find_account(name, KNOWN)
    assert raised.value.candidates == candidates


def test_without_accounts_the_fix_says_how_to_begin() -> None:
    with pytest.raises(UnknownAccount) as raised:
        find_account("Harlow", ())
    assert "notesense add" in raised.value.fix
    assert fitting_accounts("  ", KNOWN) == ()
    assert near_accounts("ha", KNOWN) == ()


@pytest.mark.parametrize(
    ("text", "day"), [("2026-03-04", "2026-03-04"), ("today", "2026-03-05"), ("Yesterday", "2026-03-04")]
)
def test_days_as_users_write_them(text: str, day: str) -> None:
    assert parse_day(text, datetime.date(2026, 3, 5)).isoformat() == day


@pytest.mark.parametrize("text", ["2026-02-30", "04.03.2026", "soon", ""])
def test_a_day_that_is_none(text: str) -> None:
    with pytest.raises(InputError, match="no day of the calendar"):
        parse_day(text, datetime.date(2026, 3, 5))


def signal(kind: Kind, **attributes: str) -> Signal:
    return Signal(id="s", note_id="n", kind=kind, quote="q", start=0, end=1, line=1, attributes=attributes)


def test_news_are_first_kinds_new_names_and_promises() -> None:
    before = [
        Found(signal=s, account="Harlow", date=datetime.date(2026, 1, 2), channel="call", title="")
        for s in (signal(Kind.COMPETITOR, name="Bexley"), signal(Kind.COMMITMENT, owner="us"), signal(Kind.PRAISE))
    ]
    new = [
        signal(Kind.COMPETITOR, name="BEXLEY"),
        signal(Kind.COMPETITOR, name="Tempova"),
        signal(Kind.COMPETITOR),
        signal(Kind.PRICE_VALUE),
        signal(Kind.PRICE_VALUE),
        signal(Kind.COMMITMENT, owner="us", due="2026-03-06"),
        signal(Kind.COMMITMENT, owner="customer"),
        signal(Kind.COMMITMENT),
        signal(Kind.LEADERSHIP_CHANGE, person="Marta"),
        signal(Kind.PRAISE),
    ]
    assert [n.what for n in news_of(new, before, first_note=False)] == [
        "rival not named before",
        "first price complaint on record",
        "new promise of ours, due 2026-03-06",
        "new promise of theirs",
        "new promise",
        "first leadership change on record",
    ]
    assert [n.what for n in news_of(new, (), first_note=True)] == ["first note of this account"]


CUSTOMERS = tuple(
    AccountNames(name=name)
    for name in ("Weir & Sons", "Örsted Mühlen", "Plant 1", "Calder Dental Group", "S.T.A. AG", "Ltd", "Northbank")
)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        *((each, ("Weir & Sons",)) for each in ("Weir and Sons", "WEIR SONS LTD.", "Weir & Sons, Inc.", "Weir")),
        *((each, ("Calder Dental Group",)) for each in ("Calder Dental", "Dental Group", "Caldor Dental Group")),
        *((each, ("Örsted Mühlen",)) for each in ("Orsted Muhlen GmbH", "Orstedt Mühlen", "Muhlen")),
        *((each, ("Plant 1",)) for each in ("PLANT 1 GmbH", "Plant-1")),
        ("STA", ("S.T.A. AG",)),
        *(
            (each, ())
            for each in ("Plant 2", "Plant", "Calder Labs", "Dental", "Weiss & Sohn", "Southbank", "Inc", "!", "")
        ),
    ],
)
def test_a_name_may_mean_another_account(name: str, near: tuple[str, ...]) -> None:
    assert confusable_accounts(name, CUSTOMERS) == near


def test_an_alias_may_be_meant_too() -> None:
    known = (AccountNames(name="Harlow", aliases=("Hydra Pumps",)),)
    assert confusable_accounts("Hydra Pumps Inc", known) == ("Harlow",)
