"""Redaction: placeholders out, the very same words back, and nothing that was not there."""

import json
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notesense.core.fencing import fenced, mark
from notesense.core.redaction import ALL, HINT, Known, Redactable, chosen, redacted, restored
from notesense.core.requests import Message, Request
from notesense.errors import InputError

NOTE = (
    "[1] Marta Lindqvist (customer): we pay €4,500 a month, Marta says\n"
    "[2] Etikomat wants 12% less; MARTA's boss Lindqvist agrees\n"
    "[3] write to marta.lindqvist@harlow.example or +46 70 123 45 67, www.harlow-parts.com\n"
    "[4] Harlow Instruments, harlow and HARLOW mean us"
)


def asked(text=NOTE, account="Harlow Instruments", filled=None, system="Find what Marta says about Harlow."):
    messages = (
        Message(role="system", text=system, filled=()),
        Message(role="user", text=text, filled=filled),
    )
    return Request(task="t.v1", messages=messages, form={}, form_name="f", account=account, note_id="n1")


def sent(text=NOTE, what=ALL, known=None, ordinary=frozenset(), **about):
    return redacted(asked(text, **about), what, known or Known(), ordinary)


def user_text(given):
    return given.request.messages[1].text


def test_people_companies_addresses_numbers_and_amounts_are_replaced():
    text = user_text(sent())
    for word in ("Marta", "MARTA", "Lindqvist", "Etikomat", "arlow", "HARLOW", "€", "4,500", "12%", "@", "46 70"):
        assert word not in text, word
    assert "[1] PERSON_1 (customer): we pay AMOUNT_1 a month, PERSON_1b says" in text
    assert "PERSON_1c's boss PERSON_1d agrees" in text


def test_what_is_put_back_is_what_stood_there_letter_for_letter():
    given = sent()
    assert restored(user_text(given), given.originals) == NOTE


def test_static_words_of_the_prompt_are_not_touched_and_the_model_is_told_of_the_placeholders():
    system = sent().request.messages[0].text
    assert system == f"Find what Marta says about Harlow.\n\n{HINT}"


def test_a_request_with_nothing_to_redact_stays_as_it_is():
    request = asked("pumps fail every week", account="")
    assert redacted(request, ALL, Known()) == (request, {})


def test_only_what_was_filled_in_is_redacted():
    text = "Marta told:\nMarta left\nMarta"
    given = sent(text, filled=((12, 22), (23, 23)))
    assert user_text(given) == "Marta told:\nPERSON_1 left\nMarta"
    start, end = given.request.messages[1].filled[0]
    assert user_text(given)[start:end] == "PERSON_1 left"


@pytest.mark.parametrize(
    ("what", "stay", "go"),
    [
        ("people", ("€4,500", "harlow.example", "+46", "12%"), ("Marta", "Lindqvist", "marta", "lindqvist")),
        ("companies", ("Marta", "€4,500", "+46"), ("Harlow", "Etikomat", "harlow")),
        ("emails", ("Marta", "Harlow", "€4,500", "+46"), ("marta.lindqvist@",)),
        ("phones", ("Marta", "Harlow", "€4,500", "marta.lindqvist@"), ("+46",)),
        ("amounts", ("Marta", "Harlow", "+46"), ("€4,500", "12%")),
    ],
)
def test_each_class_can_be_chosen_alone(what, stay, go):
    text = user_text(sent(what=chosen(what), known=Known(companies=("Etikomat",))))
    assert [word for word in stay if word not in text] == []
    assert [word for word in go if word in text] == []


def test_an_address_that_may_stay_shows_no_name_that_may_not():
    text = user_text(sent("mail marta.lindqvist@harlow.example, Marta Lindqvist", chosen("people")))
    assert text == "mail PERSON_1.PERSON_1b@harlow.example, PERSON_1c"


def test_names_that_are_known_are_replaced_where_no_pattern_sees_them():
    words = "then zubair and chromalogic came, X too. 東京物産の田中さん"
    known = Known(people=("Zubair Anand", "田中", "X"), companies=("Harbor9", "Chromalogic AG", "東京物産", "(&)"))
    assert user_text(sent(words)) == words
    text = user_text(sent(words, known=known))
    assert text == "then PERSON_1 and COMPANY_1 came, X too. COMPANY_2のPERSON_2さん"


def test_a_known_name_that_begins_longer_words_leaves_them_alone():
    known = Known(companies=("fernco in",))
    text = user_text(sent("it is fernco in, not fernco instruments", known=known, account=""))
    assert text == "it is COMPANY_1, not fernco instruments"


def test_a_known_person_whose_name_is_a_word_is_not_looked_for_in_lower_case():
    text = user_text(sent("they will sign, and Will knows", known=Known(people=("Will Young",))))
    assert text == "they will sign, and PERSON_1 knows"


@pytest.mark.parametrize(
    ("text", "known", "shown"),
    [
        ("Prices went up. Ask Marta.", (), "Prices went up. Ask PERSON_1."),
        ("Prices went up.", ("Ann Prices",), "PERSON_1 went up."),
        ("Will they come?", ("Will Okafor",), "PERSON_1 they come?"),
        (
            "[1] Grace (customer): Prices went up. Grace has it.",
            (),
            "[1] PERSON_1 (customer): Prices went up. PERSON_1 has it.",
        ),
        ("Mark Ferris rang. Mark was late.", (), "PERSON_1 rang. PERSON_1b was late."),
    ],
)
def test_an_ordinary_word_that_opens_a_sentence_stays_unless_it_is_known_as_a_name(text, known, shown):
    given = sent(text, known=Known(people=known), ordinary={"prices", "will", "mark", "grace", "ask"}, account="")
    assert user_text(given) == shown
    assert restored(user_text(given), given.originals) == text


def test_what_the_text_shows_keeps_its_placeholder_when_more_is_known():
    first = sent("It was swapped by Etikomat last week.")
    later = sent("It was swapped by Etikomat last week.", known=Known(companies=("Etikomat AG",)))
    assert first.request.key == later.request.key


def test_the_same_note_makes_the_same_request():
    assert sent().request.key == sent().request.key


def test_placeholders_that_the_note_writes_itself_are_not_used():
    given = sent("PERSON_1 and PERSON_2b met Marta. AMOUNT_1 is €5")
    assert user_text(given) == "PERSON_1 and PERSON_2b met PERSON_3. AMOUNT_1 is AMOUNT_2"
    assert restored("PERSON_1 PERSON_2b PERSON_3 AMOUNT_1 AMOUNT_2", given.originals) == (
        "PERSON_1 PERSON_2b Marta AMOUNT_1 €5"
    )


def test_an_answer_gets_its_words_back_wherever_they_stand_and_made_up_placeholders_stand_for_nothing():
    answer = {
        "signals": [{"quote": "PERSON_1b says (PERSON_1's)", "n": 1, "none": None, "to": ["PERSON_77", "PERSON_1x"]}]
    }
    back = restored(answer, {"PERSON_1": "Marta Lindqvist", "PERSON_1b": "Marta"})
    assert back == {
        "signals": [{"quote": "Marta says (Marta Lindqvist's)", "n": 1, "none": None, "to": ["PERSON_77", "PERSON_1x"]}]
    }
    assert restored("XPERSON_1 PERSON_10 person_1", {"PERSON_1": "Marta"}) == "XPERSON_1 PERSON_10 person_1"


def test_fences_days_and_placeholders_are_no_names_and_no_numbers():
    words = fenced("note", ["Wed 2026-03-04, 10:30-11:45, 24.9.2025", "€5"])
    given = sent(words, account="note")
    assert user_text(given) == words.replace("€5", "AMOUNT_1")
    assert mark("note") in user_text(given)


@pytest.mark.parametrize(
    "amount",
    [
        "€4,500", "$1.2 million", "CHF 18'600", "165.-", "18.600 Euro", "12%", "12 per cent", "40k", "US$ 40",
        "₦210,000", "4.6 lakh", "twenty-nine pounds", "thirty-eight thousand", "a hundred dollars", "KES 3.4 million",
        "5 000 kr", "£300-340",
    ],
)  # fmt: skip
def test_amounts(amount):
    assert user_text(sent(f"they pay {amount} now", chosen("amounts"))) == "they pay AMOUNT_1 now"


@pytest.mark.parametrize("number", ["19.80", "1,450", "four hundred", "640"])
def test_a_figure_for_each_of_something_is_an_amount(number):
    assert user_text(sent(f"it is {number} a month", chosen("amounts"))) == "it is AMOUNT_1 a month"


@pytest.mark.parametrize(
    "words", ["four pumps and 1,450 parts", "line 3 on 24.9.", "version 2.4", "three times", "ISO 9001"]
)
def test_other_numbers_stay(words):
    assert user_text(sent(words)) == words


@pytest.mark.parametrize(
    "number", ["+46 70 123 45 67", "0049-30-1234567", "(0)30 1234567", "(555) 123-4567", "555-123-4567", "07700 900123"]
)
def test_phone_numbers(number):
    assert user_text(sent(f"ring {number} today", chosen("phones"))) == "ring PHONE_1 today"


@pytest.mark.parametrize("number", ["2026-03-04", "03/04/2026", "order 450012", "0800", "1 200 000 parts"])
def test_what_is_no_phone_number_stays(number):
    assert user_text(sent(f"see {number} today", chosen("phones"))) == f"see {number} today"


def test_a_name_may_have_more_forms_than_there_are_letters():
    names = [f"Marta {a}{b}n Lindqvist" for a in "BCDFG" for b in "aeiouy"]
    given = sent("They met Marta Lindqvist. " + " ".join(f"They met {name}." for name in names))
    assert restored(user_text(given), given.originals).endswith("They met Marta Gyn Lindqvist.")
    assert len(set(given.originals.values())) == len(given.originals)


def test_what_is_to_be_redacted_is_said_in_words():
    assert chosen("People, amounts") == {Redactable.PEOPLE, Redactable.AMOUNTS}
    assert chosen("all") == ALL
    for told in ("", " , ", "names", "people;amounts"):
        with pytest.raises(InputError, match="does not say what is to be redacted") as refused:
            chosen(told)
        assert "people, companies, emails, phones, amounts" in refused.value.fix


WORDS = st.lists(
    st.sampled_from(
        [
            "Marta", "Lindqvist", "Marta Lindqvist", "marta", "MARTA's", "Harlow", "harlow instruments", "said", "the",
            "PERSON_1", "PERSON_2b", "AMOUNT_1", "€5", "12%", "+46 70 123 45 67", "a@b.example", "\n", ":", "Etikomat",
            "Mr", "van der", "田中", "[1]", "<note-e63c05>", "O'Brien", "Martas", "Å", "🔧", "(us)", "speaker:", "Ltd",
            "2026-03-04", "pump.",
        ]
    ),
    max_size=25,
)  # fmt: skip


@given(
    st.one_of(WORDS.map(" ".join), WORDS.map("".join), st.text(max_size=80)), st.sets(st.sampled_from(list(Redactable)))
)
@example("田中0₠0", frozenset(Redactable))
def test_every_text_comes_back_as_it_was(text, what):
    known = Known(people=("Marta Lindqvist", "田中"), companies=("Etikomat",))
    given = sent(text, frozenset(what), known)
    assert restored(user_text(given), given.originals) == text
    assert restored(json.loads(json.dumps([user_text(given)])), given.originals) == [text]


@given(WORDS.map(" ".join))
def test_no_known_name_is_left(text):
    given = sent(text, ALL, Known(people=("Marta Lindqvist",)))
    letters = "".join(char if char in string.ascii_letters else " " for char in user_text(given)).casefold().split()
    assert "lindqvist" not in letters
    assert "marta" not in letters


@pytest.mark.parametrize(
    "piece", ["1", "A.", "a@", "one ", "(0", "x.", "-", "+1 2", "Aa van der ", "1,234 ", "Aa: \n", "a.b@c."]
)
def test_endless_repetition_is_read_in_one_pass(piece):
    text = piece * (60_000 // len(piece))
    given = sent(text)
    assert restored(user_text(given), given.originals) == text
