"""What looks like the name of a speaker, and the names by which a program says that it knows none."""

import re

_LABELS = frozenset(
    "action actions agenda answer attendees attention caution context date decision example fact note notes "
    "next ps question quote re reminder result risk so status step subject summary then time title to todo topic "
    "update warning".split()
)
_PARTICLES = frozenset("al bin da de del della den der di dos du el ibn la le of ten ter the van von y zu".split())
_LEADING = frozenset("al bin da de del della di dos du ten ter van von".split())
"""Particles with which a surname may begin in lower case: "van der Berg"."""
_NOBODY = re.compile(r"(?:unknown|unidentified)(?: (?:speaker|participant|user))?|speaker unknown", re.IGNORECASE)
_NO_NAME = re.compile(r"[.!?;…。！？](?:\s|$)|[\"<>{}=]")
_NO_LABEL = re.compile(r"[!?;…。！？](?:\s|$)|[\"<>{}=]")
_LABEL = re.compile(
    r"(?:speaker|spk|participant|person|voice|user|caller|guest|channel|sprecher|locuteur|intervenant|hablante|"
    r"interlocutor|orador|falante|relatore|parlante|spreker|talare|taler)[ _#-]?(?:\d{1,6}|[a-z])|[a-z]|\d{1,20}",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|Dipl|Ing|Jr|Sr|St|Mag)\.(?=\s|$)")
_ADDITION = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DIVIDED = re.compile(r", |\|")
_LONGEST = 60
_MOST_WORDS = 6

OPENING = r"(?:[-–—]\s+|>{2,3}\s*)?"
"""What captions put before the words where somebody else begins to speak."""
PREFIX = re.compile(rf"\s*{OPENING}(?P<name>[^\s:：>][^:：\n]{{0,{_LONGEST - 1}}}?)\s?(?::(?:\s+|$)|：\s*)")
"""What may be a name before what is said: the first colon counts."""


def looks_named(words: str) -> bool:
    """Tell whether these words look like the name that a person has in a call: "Ruiz, Marta (Harlow)", "田中 一郎"."""
    return bool(_own(words))


def is_full(words: str) -> bool:
    """Tell whether these words look like a name of two parts or with an addition: "Marta Ruiz", "Marta (Harlow)"."""
    own = _own(words)
    return len(own) > 1 or (bool(own) and bool(_ADDITION.search(words)))


def is_marked(words: str) -> bool:
    """Tell whether these words look like a name and are written as only names are: "Dr. Ruiz", "Ruiz, Marta"."""
    return looks_named(words) and bool(_TITLE.search(words) or _ADDITION.search(words) or _DIVIDED.search(words))


def _own(words: str) -> list[str]:
    """Return the parts of what looks like a name, without particles and additions; none for anything else."""
    bare = _TITLE.sub(" ", words)
    if not bare.strip() or len(words) > _LONGEST or _NO_NAME.search(bare):
        return []
    parts = (
        _ADDITION.sub(" ", bare).replace(",", " ").split() or _ADDITION.sub(lambda found: found[0][1:-1], bare).split()
    )
    own = [part for part in parts if part.casefold() not in _PARTICLES]
    if not own or len(own) > _MOST_WORDS or not parts[0][0].isalpha() or any(part[0].islower() for part in own):
        return []
    if parts[0][0].islower():
        return own if parts[0] in _LEADING else []
    return own if len(own) > 2 or parts[0].casefold() not in _LABELS else []


def may_be_named(words: str) -> bool:
    """Tell whether what stands before several turns may be a name that does not look so: "marta_r", "+49 30 1"."""
    return words.casefold() not in _LABELS and not _NO_LABEL.search(words)


def known(name: str | None) -> str | None:
    """Return the name of a speaker, or None for none and for what programs call a speaker whom they do not know."""
    name = " ".join((name or "").split())
    return None if not name or _NOBODY.fullmatch(name) else name


def is_label(name: str) -> bool:
    """Tell whether a program calls somebody so of whom it knows no more than the voice: "Speaker 2", "A"."""
    return _LABEL.fullmatch(name) is not None or _NOBODY.fullmatch(name) is not None
