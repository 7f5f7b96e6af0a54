"""In which language a note is, told stretch by stretch, so that a quote in another language makes no other note of it.

English is told by its commonest words; what these do not settle is for a classifier, handed in as a function.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

ENGLISH = "en"
NAMES = {
    "af": "Afrikaans",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "mr": "Marathi",
    "ms": "Malay",
    "my": "Burmese",
    "nl": "Dutch",
    "no": "Norwegian",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""Languages in which business is written, by their ISO 639 codes."""

Tell: TypeAlias = Callable[[str], tuple[str, float]]
"""Returns the likeliest language of a text, by its code, and how likely it is, from 0 to 1."""

STRETCH = 80
"""Letters in a stretch that is told by itself: about fifteen words."""
LEAST = 12
"""Letters below which nothing is told."""
SHARE = 1 / 3
"""Share of a note's letters from which on a language other than English is told of it."""
LIKELY = 0.8
LIKELY_IF_SHORT = 0.9
LIKELY_IF_OTHER_LETTERS = 0.4
"""How likely a language must be in a long stretch, in a short one, and in one of letters that are not Latin."""
_ENOUGH_ENGLISH = 0.1
"""Share of a stretch's words that must be among the commonest English ones for it to be taken for English."""
_COMMONEST = frozenset(
    "the and that with they have this from are you our their been would which what when there we it she his her your "
    "about who because could should has had were them these those than then into only also other after before".split()
)
_SHARED = frozenset("a i to of for is in on at as or if not but he was will me my no so up out be by do an".split())
"""Common English words that other languages write too."""
_ENOUGH_SHARED = 0.15
_NO_ENGLISH = frozenset(
    "der die das und ist nicht ein eine wir sie mit auf zu het een en van niet dat wij le la les et est pas un une des "
    "que nous du el los las y es se por con il di che non per una sono o os não da och är det som vi att og er på ikke "
    "i jest nie się na że z je ve bir bu ja on ei az és hogy si este nu".split()
) - frozenset("i on".split())
"""Commonest words of other languages in Latin letters."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WHOLE_WORD = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_OTHER_LETTER = re.compile(r"[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufaff\ufb1d-\uffdc]")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")


def name_of(code: str) -> str:
    """Return the English name of a language."""
    return NAMES.get(code, code)


def counted(languages: Mapping[str, int]) -> str:
    """Return how many notes are in which languages: "2 notes in German and 1 in French"."""
    parts = [f"{number} in {name_of(code)}" for code, number in languages.items()]
    first, _, rest = parts[0].partition(" ")
    parts[0] = f"{first} note{'s' * (first != '1')} {rest}"
    return ", ".join(parts[:-1]) + " and " + parts[-1] if parts[1:] else parts[0]


def foreign(parts: Iterable[str], tell: Tell) -> str:
    """Return the language other than English that a good part of a note is in, by its code; empty where none is."""
    letters: Counter[str] = Counter()
    for stretch, size in _stretches(parts):
        letters[_language(stretch, size, tell)] += size
    total = letters.total()
    others = [(size, code) for code, size in letters.items() if code not in ("", ENGLISH)]
    size, code = max(others, default=(0, ""))
    return code if size >= SHARE * total else ""


def _stretches(parts: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the parts joined until they are long enough to be told, with their letters; the rest goes to the last."""
    waiting: list[str] = []
    held: tuple[str, int] | None = None
    size = 0
    for part in parts:
        words = _ADDRESS.sub(" ", part)
        waiting.append(words)
        size += _letters(words)
        if size >= STRETCH:
            if held:
                yield held
            held, waiting, size = (" ".join(waiting), size), [], 0
    if held and size < STRETCH / 2:
        held = (" ".join([held[0], *waiting]), held[1] + size)
    elif waiting:
        if held:
            yield held
        held = (" ".join(waiting), size)
    if held:
        yield held


def _letters(text: str) -> int:
    """Count letters; a sign that stands for a syllable or a word counts as three."""
    return sum(map(len, _WORD.findall(text))) + 2 * len(_WHOLE_WORD.findall(text))


def _language(stretch: str, size: int, tell: Tell) -> str:
    if size < LEAST:
        return ""
    words = [word.casefold() for word in _WORD.findall(stretch)]
    if _is_plain_english(words):
        return ENGLISH
    code, how = tell(stretch)
    if 2 * len(_OTHER_LETTER.findall(stretch)) > sum(map(len, words)):
        return code if how >= LIKELY_IF_OTHER_LETTERS and code != ENGLISH else ""
    return code if how >= (LIKELY if size >= STRETCH / 2 else LIKELY_IF_SHORT) else ""


def _is_plain_english(words: list[str]) -> bool:
    own = sum(word in _COMMONEST for word in words)
    if own > _ENOUGH_ENGLISH * len(words):
        return True
    shared = own + sum(word in _SHARED for word in words)
    return shared > _ENOUGH_SHARED * len(words) and _NO_ENGLISH.isdisjoint(words)
