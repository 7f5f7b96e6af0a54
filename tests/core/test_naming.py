"""What looks like a name: which words are found, as what, and what is known to be missed."""

import pytest

from notesense.core.naming import find_names, plain

FOUND = [
    ("We met Marta Lindqvist on Monday.", {"Marta Lindqvist": "PERSON"}),
    ("Mr Aldous and Frau Dr. Brunner came along.", {"Aldous": "PERSON", "Brunner": "PERSON"}),
    ("They talked to J. Okonkwo about it.", {"J. Okonkwo": "NAME"}),
    ("Yesterday Kwesix van der Berg rang.", {"Kwesix van der Berg": "NAME"}),
    ("Etikomat offered a demo machine.", {"Etikomat": "NAME"}),
    ("It was swapped by Etikomat last week.", {"Etikomat": "NAME"}),
    ("A quote from Northgate Pumps Ltd lies there.", {"Northgate Pumps Ltd": "COMPANY"}),
    ("A quote from Hansen & Weber GmbH lies there.", {"Hansen & Weber GmbH": "COMPANY"}),
    ("SoftServeNow is cheaper.", {"SoftServeNow": "NAME"}),
    ("Velomatik's offer is cheaper.", {"Velomatik": "NAME"}),
    ("Zubair (operations) joined.", {"Zubair": "NAME"}),
    ("[1] Okoye (customer): late again\n[2] Bad", {"Okoye": "PERSON"}),
    ("[1] Okoye: late again\n[2] Okoye: and again", {"Okoye": "PERSON"}),
    ("Okoye: late again\nthen Okoye left", {"Okoye": "PERSON"}),
    ("[2] 2026-05-04, call, side: customer, speaker: Ruth Alder\n> words", {"Ruth Alder": "PERSON"}),
    ("From: Eleri Pugh, Dyfed Parts\nTo: Rhodri <r@x.org>", {"Eleri Pugh": "PERSON", "Rhodri": "PERSON"}),
    ("Attendees: Mr Zubair Anand; the team", {"Zubair Anand": "PERSON"}),
    ("Marta was in. Write to zubair.anand@x.org. Zubair knows.", {"Marta": "PERSON", "Zubair": "PERSON"}),
    ("Called Marta twice", {"Marta": "PERSON"}),
    ("Swiftly Marta rang", {"Marta": "PERSON"}),
    ("The depot moves, and Depot Marta with it. Depot Marta rang", {"Depot Marta": "PERSON"}),
    ("Der Kunde sagt, dass Herr Brunner mit der Pumpe und dem Filter nicht zufrieden ist.", {"Brunner": "PERSON"}),
    ("Die Pumpe und der Filter sind von Marta Vogel, die ist nicht da.", {"Marta Vogel": "PERSON"}),
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_names_are_found_with_what_they_are_of(text, names):
    found = {name.text: name.label for name in find_names([text])}
    assert {name: found.get(name) for name in names} == names


@pytest.mark.parametrize(
    "text",
    [
        "Pumps fail every week. Nobody answers. The CRM is down on Monday.",
        "Budget: none\nNext steps: wait",
        "Will they sign? May be. Grant it.",
        "I told them in English that Q3 is late.",
        "marta said so, and marta lindqvist too",
        "Chromalogic",
        "Der Kunde hat die Pumpe mit dem Filter bestellt, das Lager ist leer und die Firma wartet.",
        "To: all of us; From: here\nAttendees: Support, us",
        "Mr and Mrs were there",
        "The new one fits the QXZ, as ever.",
        "",
    ],
)
def test_what_is_no_name_or_cannot_be_told_from_other_words_is_left(text):
    assert find_names([text]) == ()


ORDINARY = frozenset("prices parking support finance will grace mark price stone we've green banks ask called".split())


@pytest.mark.parametrize(
    "text",
    [
        "Prices went up again.",
        "Late again. Prices (net) are to be looked at. Parking's twelve quid.",
        "We've had it since May.",
        "[3] Finance said no",
        "Will was the word",
        "Stone is heavy. Green will do. Banks were closed",
    ],
)
def test_an_ordinary_word_that_opens_a_sentence_is_no_name(text):
    left = {name.text for name in find_names([text], ORDINARY)}
    assert not {plain(word) for name in left for word in name.split()} & ORDINARY - {"will", "stone", "green"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mark Ferris wants a call.", {"Mark Ferris"}),
        ("Will Okafor has left. Grace Brown takes over.", {"Will Okafor", "Grace Brown"}),
        ("Grace said no. Mark says yes.", {"Grace", "Mark"}),
        ("[1] Will (customer): late again", {"Will"}),
        ("[1] Grace: late again\n[2] Grace: and again", {"Grace"}),
        ("From: Mark\nTo: all of us", {"Mark"}),
        ("Mr Stone went home. Stone says no.", {"Stone"}),
        ("Banks went home. We like Banks.", {"Banks"}),
        ("Stone & Sons Ltd went under", {"Stone & Sons Ltd"}),
        ("Will Harlowe renew? Ask Marta. Called Etikomat twice", {"Harlowe", "Marta", "Etikomat"}),
        ("Finance Director Mark Ferris rang", {"Finance Director Mark Ferris"}),
        ("Prices went up. Etikomat went under. Lindqvist (finance) agrees", {"Etikomat", "Lindqvist"}),
    ],
)
def test_names_that_are_ordinary_words_are_found_where_something_says_so(text, names):
    assert {name.text for name in find_names([text], ORDINARY)} >= names


def test_texts_bear_each_other_out():
    assert find_names(["Chromalogic"]) == ()
    assert [name.text for name in find_names(["Chromalogic", "They like Chromalogic."])] == ["Chromalogic"]


def test_plain_letters_know_no_case_and_no_accents():
    assert plain("Høydal Łódź Márta") == "hoydal lodz marta"
