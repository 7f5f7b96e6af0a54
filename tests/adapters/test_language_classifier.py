"""The classifier of languages that comes with py3langid: what it says of notes as reps write them."""

import pytest

from notesense.adapters.languages import Languages
from notesense.core.languages import foreign


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Der neue Geschäftsführer möchte alle Verträge überprüfen.", "de"),
        ("Le rapport hebdomadaire n'est toujours pas arrivé, elle est très déçue.", "fr"),
        ("El informe semanal no llegó y está muy molesta con el soporte técnico.", "es"),
        ("Raport znowu się spóźnił, są niezadowoleni.", "pl"),
        ("新しい部長がすべての契約を見直したいと言っています。", "ja"),
        ("周报又迟到了，他们很不满意。", "zh"),
        ("Отчёт снова опоздал.", "ru"),
        ("Call w/ Priyesh (ops dir) 25 min. Hols: Crete till 15 aug", ""),
        ("Present: Mrs. Folarin-Bello (MD), Mr. Chidubem Nwosu (Head, Digital)", ""),
        ("12% / 30,000 / AX-4410", ""),
    ],
)
def test_languages_are_told(languages: Languages, text: str, code: str) -> None:
    assert foreign([text], languages.tell) == code


def test_what_is_no_language_is_told_none(languages: Languages) -> None:
    assert languages.tell("0x3f 99 192.168.0.1 {} [] 4410/B 00:00:02.120")[0] in ("", "en")
