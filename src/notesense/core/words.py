"""Words: which words of a statement are distinctive, and where a text's sentences stand.

Used to look for later words on the same matter. Matching is on crude stems of content words: it finds candidates for a
person to judge, and proves nothing by itself.
"""

import re
from functools import lru_cache

SHORTEST_WORD = 3
LONGEST_SENTENCE = 280
MOST_IN_TITLE = 5
MOST_WORDS = 50_000
MOST_TEXTS = 5_000
"""What is known of so many words and texts is kept at hand: an account uses the same ones again and again."""

STOP = frozenset(
    re.findall(
        r"\w+",
        """
    ago all and any are ask asked but can day did few for get got had has her him his how its let may nor not now
    off old one our out own per put ran saw say see set she the too try two was way who why yes yet you aye okay
    about above after again against agreed already also always among another anyone anything around away because
    been before being below best better between bring brings call called calls came cannot come comes coming could
    customer date days does doing done down dear each early either else email even ever every everything expect
    expects expected find first from full further hello hear regards ring rang kind arrange gave gets getting give
    given gives goes going gone good have having hers here herself himself however into itself just keep kept know
    last late later least less like long look made mail make makes making many meet meeting might mine more morning
    most much must need needs never next none note noted nothing number ones only onto other others ours ourselves
    over part people phone please promise promised provide quite rather really right round said same says send
    sending sends sent shall should show side since some someone something soon still such sure take takes tell than
    thank thanks thats theres that their theirs them then there these they thing things this those though through
    time times today together told tomorrow tonight took toward under undertook until upon used very wait want
    wanted wants week weeks well went were what when where whether which while whom whose will wish with within
    without word work works would year years yesterday your yours yourself monday tuesday wednesday thursday friday
    saturday sunday january february march april june july august september october november december jan feb mar
    apr jun jul aug sep sept oct nov dec mon tue tues wed thu fri sat sun noon afternoon evening month months
    quarter hour hours havent hasnt hadnt dont doesnt didnt isnt arent wasnt werent wont cant
    couldnt wouldnt shouldnt ive youve weve theyve youre theyre haven hasn hadn don doesn didn isn aren wasn weren
    couldn wouldn shouldn auf bei das den der die ein für ich ihr mit sie und uns vom von wir zum zur des les une est
    pas qui que aux aber alle auch beim dann dass dem denn dieser doch eine einen einer einem haben hatte heute hier
    ihre ihnen ihrer immer kann kein keine mehr muss nach nicht noch oder schon sein seine sich sind soll unser
    unsere werden wird avec cette dans elle elles mais nous notre pour plus sans sera sont tout tous vous votre
    """,
    )
)

_WORD = re.compile(r"[^\W_]+")
_PART_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\d{4,}|(?=\w{3})[^\W\d]+\d\w*")
_CONTRACTED = re.compile(r"(?<=\w)['’](?:ll|s|t|d|re|ve|m)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)$", re.IGNORECASE)
_HEADER = re.compile(
    r"(?:from|to|cc|bcc|sent|date|subject|ticket)\b.*:.*|.*\bwrote:|dear [^.!?]*,|.* / .* / .*", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’)]*(?=\s)|\n+")
_BULLET = re.compile(r"(?:>[> ]*)?(?:[-*•–—]\s+|\d{1,2}[.)]\s+)?")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s", "y", "e")


@lru_cache(maxsize=MOST_WORDS)
def stem(word: str) -> str:
    """Return the word without its case and commonest English endings, never shorter than three letters."""
    word = _ORDINAL.sub("", word.casefold())
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that carry content: no stop words, nothing short unless it has a digit."""
    return frozenset(stem(word) for word in _content_words(text))


def name_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that look like names: capitals within the text."""
    return frozenset(stem(word) for word in _content_words(text)[1:] if word[0].isupper())


def content_words(text: str, wanted: frozenset[str]) -> tuple[str, ...]:
    """Return the text's words whose stems are wanted, as they stand there, each once, in order."""
    kept: dict[str, str] = {}
    for word in _content_words(text):
        if stem(word) in wanted:
            kept.setdefault(stem(word), word)
    return tuple(kept.values())


@lru_cache(maxsize=MOST_TEXTS)
def all_words(text: str) -> frozenset[str]:
    """Return all words of the text, folded."""
    return frozenset(match.group().casefold() for match in _WORD.finditer(text))


def is_part_number(word: str) -> bool:
    """Tell whether a word stands for one thing, as part and order numbers do; years, days and counts don't."""
    return _PART_NUMBER.fullmatch(word) is not None


def as_title(words: str | None) -> str | None:
    """Return words fit for a title, or None: `MOST_IN_TITLE` at most, from a word with content to one, no clause."""
    every = (words or "").split()
    while every and not content_stems(every[-1]):
        every.pop()
    if not 1 <= len(every) <= MOST_IN_TITLE or not content_stems(every[0]):
        return None
    return " ".join(every).strip(" .,;:")


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two names can be the same person's: all parts of the shorter stand in the longer."""
    if not one or not other:
        return False
    first, second = all_words(one), all_words(other)
    return bool(first and second) and (first <= second or second <= first)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the bounds of the text's sentences, without bullets, quoted-mail marks and the heads of mails."""
    bounds = []
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        bounds.append(_trim(text, start, end))
        start = end
    return tuple((first, last) for first, last in bounds if first < last and not _HEADER.fullmatch(text, first, last))


def _content_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(_CONTRACTED.sub(" ", text)) if _carries(word)]


@lru_cache(maxsize=MOST_WORDS)
def _carries(word: str) -> bool:
    if not word.isalpha() and any(character.isdigit() for character in word):
        return len(word) >= 2
    folded = word.casefold()
    return len(folded) >= SHORTEST_WORD and folded not in STOP


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    if end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start, start + LONGEST_SENTENCE)
        end = cut if cut > start else start + LONGEST_SENTENCE
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
