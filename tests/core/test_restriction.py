import pytest

from notesense.core.ports import AccountNames
from notesense.core.records import Restriction
from notesense.core.requests import Message, Request
from notesense.core.restriction import Restricted

ACCOUNTS = (AccountNames(name="Harlow Instruments", aliases=("HI",)), AccountNames(name="Quillhaven"))
RESTRICTED = Restricted((Restriction(account="hi"), Restriction(account="Quillhaven", note_id="q1")), ACCOUNTS)


def asked(**about):
    return Request(task="t.v1", messages=(Message(role="user", text="x"),), form={}, form_name="f", **about)


@pytest.mark.parametrize("name", ["Harlow Instruments", "harlow  INSTRUMENTS", "HI", "hi"])
def test_an_account_is_restricted_by_each_of_its_names(name):
    assert RESTRICTED.account(name)
    assert RESTRICTED.note(name, "any")
    assert RESTRICTED.request(asked(account=name))


@pytest.mark.parametrize("about", [{"note_id": "q1"}, {"quotes": ("q2", "q1")}, {"note_id": "q1", "account": "Other"}])
def test_a_request_with_words_of_a_restricted_note_is_restricted(about):
    assert RESTRICTED.request(asked(**about))


def test_all_else_is_not():
    assert not RESTRICTED.account("Quillhaven")
    assert not RESTRICTED.account("")
    assert not RESTRICTED.note("Quillhaven", "q2")
    assert not RESTRICTED.request(asked(account="Quillhaven", note_id="q2", quotes=("q3",)))
    assert RESTRICTED
    assert not Restricted((), ACCOUNTS)
