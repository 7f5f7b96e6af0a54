"""Languages: told stretch by stretch; a quote makes no other note of an English one."""

from notesense.core.languages import ENGLISH, counted, foreign, name_of

ENGLISH_WORDS = (
    "We met with Marta on Tuesday and went through the renewal. She said the weekly report is late again and that "
    "nobody calls back. The new CFO wants to look at every contract before May, and Ben will send the figures."
)
GERMAN_WORDS = "Der neue Geschäftsführer möchte alle Verträge überprüfen, wir schicken das Angebot bis Freitag. " * 3


def german(text: str) -> tuple[str, float]:
    return ("de", 0.95) if "ä" in text or "ü" in text else (ENGLISH, 0.95)


def never(text: str) -> tuple[str, float]:
    raise AssertionError(text)


def test_plain_english_needs_no_classifier() -> None:
    assert foreign([ENGLISH_WORDS], never) == ""
    assert foreign(["Talked to Priyesh for an hour on site, no news of it", "I will call him on Monday."], never) == ""


def test_a_note_in_another_language_is_told() -> None:
    assert foreign([GERMAN_WORDS], german) == "de"
    assert foreign(["Müller ist krank."], german) == "de"


def test_a_quote_makes_no_other_note_but_a_thread_does() -> None:
    assert foreign([ENGLISH_WORDS, "Das ist für uns nicht annehmbar."], german) == ""
    assert foreign([ENGLISH_WORDS, GERMAN_WORDS], german) == "de"


def test_what_is_too_short_or_unsure_is_told_nothing() -> None:
    assert foreign([], never) == ""
    assert foreign(["Müller ok"], never) == ""
    assert foreign(["mueller@firma.example https://firma.example/a"], never) == ""
    assert foreign(["Krogh Lindegaard Haddad Mäkelä"], lambda text: ("da", 0.5)) == ""


def test_other_letters_need_less() -> None:
    assert foreign(["Встреча с Мариной прошла"], lambda text: ("ru", 0.5)) == "ru"
    assert foreign(["Встреча с Мариной прошла"], lambda text: ("ru", 0.2)) == ""
    assert foreign(["会議は中止"], lambda text: ("ja", 0.5)) == "ja"


def test_the_rest_of_a_note_goes_to_its_last_stretch_or_is_one_itself() -> None:
    seen: list[str] = []

    def tell(text: str) -> tuple[str, float]:
        seen.append(text)
        return "de", 0.95

    assert foreign(["ä" * 90, "ö" * 90, "kurz"], tell) == "de"
    assert foreign(["ä" * 90, "ö" * 50], tell) == "de"
    assert [len(each) for each in seen] == [90, 95, 90, 50]


def test_languages_are_counted_in_words() -> None:
    assert counted({"de": 2, "fr": 1}) == "2 notes in German and 1 in French"
    assert counted({"pl": 1}) == "1 note in Polish"
    assert counted({"de": 3, "fr": 2, "xx": 1}) == "3 notes in German, 2 in French and 1 in xx"
    assert name_of("ja") == "Japanese"
