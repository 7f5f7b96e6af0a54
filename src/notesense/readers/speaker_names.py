"""What looks like the name of a speaker, and the names by which a program says that it knows none."""

import re

_LABELS = frozenset(
    "action actions agenda answer attendees attention caution context date decision example fact note notes "
    "next ps question quote reminder result risk so status step subject summary then time title to todo topic "
    "update warning".split()
)
_PARTICLES = frozenset("al bin da de del della den der di dos du el ibn la le of ten ter the van von y zu".split())
_NOBODY = re.compile(r"(?:unknown|unidentified)(?: (?:speaker|participant|user))?|speaker unknown", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:speaker|spk|participant|person|voice|user|caller|guest|channel|sprecher|locuteur|intervenant|hablante|"
    r"interlocutor|orador|falante|relatore|parlante|spreker|talare|taler)[ _#-]?(?:\d{1,6}|[a-z])|[a-z]|\d{1,20}",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"[.!?;…。！？](?:\s|$)|[\"<>{}=|]")
_TITLE = re.compile(r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|Dipl|Ing|Jr|Sr|St|Mag)\.(?=\s|$)")
_ADDITION = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST = 60
_MOST_WORDS = 6

PREFIX = re.compile(rf"\s*(?:[-–—]\s+)?(?P<name>[^\s:：][^:：\n]{{0,{_LONGEST - 1}}}?)\s?(?::(?:\s+|$)|：\s*)")
"""What may be a name before what is said: the first colon counts."""


def looks_named(words: str) -> bool:
    """Tell whether these words look like the name that a person has in a call: "Ruiz, Marta (Harlow)", "田中 一郎"."""
    bare = _TITLE.sub(" ", words)
    if not bare.strip() or len(words) > _LONGEST or _NO_NAME.search(bare):
        return False
    parts = (
        _ADDITION.sub(" ", bare).replace(",", " ").split() or _ADDITION.sub(lambda found: found[0][1:-1], bare).split()
    )
    if not parts or len(parts) > _MOST_WORDS or parts[0].casefold() in _LABELS or not parts[0][0].isalpha():
        return False
    return all(not part[0].islower() or part.casefold() in _PARTICLES for part in parts) and not parts[0][0].islower()


def may_be_named(words: str) -> bool:
    """Tell whether what stands before many cues may be a name that does not look so: "marta_r", "+49 30 1"."""
    return words.casefold() not in _LABELS and len(words.split()) <= _MOST_WORDS and not _NO_NAME.search(words)


def known(name: str | None) -> str | None:
    """Return the name of a speaker, or None for none and for what programs call a speaker whom they do not know."""
    name = " ".join((name or "").split())
    return None if not name or _NOBODY.fullmatch(name) else name


def is_label(name: str) -> bool:
    """Tell whether a program calls somebody so of whom it knows no more than the voice: "Speaker 2", "A"."""
    return _LABEL.fullmatch(name) is not None or _NOBODY.fullmatch(name) is not None
