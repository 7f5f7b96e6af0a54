"""Names that bear on a request are kept in their places, and no others."""

from notesense.core.batch_names import relevant, together
from notesense.core.redaction import ALL, Known, redacted
from notesense.core.requests import Message, Request

KNOWN = Known(people=("Ana Ruiz", "Ben Stone", "Zoë O'Neill"), companies=("Acme GmbH", "Blue Fox"))


def test_only_names_that_share_a_word_with_the_text_are_kept():
    kept = relevant(KNOWN, "ANA and ONeill met; bluefox was there")
    assert together([kept]) == Known(people=("Ana Ruiz", "Zoë O'Neill"), companies=("Blue Fox",))
    assert relevant(KNOWN, "nobody at all") == ""
    assert together(["", ""]) == Known()


def test_names_of_several_requests_come_back_in_their_order():
    kept = [relevant(KNOWN, "Stone of Acme"), "", relevant(KNOWN, "Ruiz, Fox")]
    assert together(kept) == Known(people=("Ana Ruiz", "Ben Stone"), companies=("Acme GmbH", "Blue Fox"))


def test_a_request_is_redacted_by_the_kept_names_as_by_all():
    text = "Ana told Stone that blue fox pays, and zoe too. Acme does not."
    request = Request(task="t.v1", messages=(Message(role="user", text=text),), form={}, form_name="f")
    kept = together([relevant(KNOWN, text), relevant(KNOWN, "Ruiz")])
    assert redacted(request, ALL, kept) == redacted(request, ALL, KNOWN)
    assert redacted(request, ALL, Known()) != redacted(request, ALL, KNOWN)
