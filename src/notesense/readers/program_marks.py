"""What programs write over and under what they summed up: headings that name them, disclaimers of their own wording.

A line of the rep's own words that stands below, in the first person, ends what a program wrote.
"""

import re

_PROGRAM = (
    r"(?:(?:Zoom|Microsoft(?: 365)?|Google|Teams) )?"
    r"(?:ai companion|AI|KI|IA|A\.I\.|artificial intelligence|künstliche intelligenz|copilot|gemini)"
)
_RECORDER = r"(?:fireflies(?:\.ai)?|otter(?:\.ai)?|fathom|gong|avoma|tl;dv)"
"""Programs whose names a customer may have, too: their summaries are known, notes on them are not theirs."""
_SUMMARY = (
    r"(?:summary|notes|recap|overview|minutes|highlights|insights|takeaways|action items|"
    r"zusammenfassung|notizen|protokoll|überblick|résumé|compte[ -]rendu|resumen|notas|riassunto|samenvatting|resumo)"
)
_MADE = r"(?:generated|created|written|made|generiert\w*|erstellt\w*|généré\w*|generad\w|gegenereerd\w*|gerad\w)"
_HEADING = re.compile(
    rf"{_PROGRAM}[ -]+(?:(?:{_MADE}|powered|assisted|meeting|call|note)[ -]+){{0,2}}{_SUMMARY}(?: \([^()]{{1,40}}\))?"
    rf"|{_RECORDER} (?:AI )?(?:(?:meeting|call) )?(?:summary|recap|overview|highlights)|{_SUMMARY} \({_RECORDER}\)"
    rf"|(?:automatically|machine|computer)[ -]{_MADE} (?:\w+ )?{_SUMMARY}"
    rf"|(?:meeting |call )?{_SUMMARY} \(?(?:{_MADE} )?"
    rf"(?:(?:by|with|using|from|von|durch|mit|par|por|con|da|door|de) )?"
    rf"(?:the |l['’]|la |a )?{_PROGRAM}(?:[ -]{_MADE})?\)?",
    re.IGNORECASE,
)
_SMALL_AI = re.compile(r"(?<!\.)\b(?:ai|ki|ia|Ai|Ki|Ia)\b")
_NAMED = re.compile(rf"{_PROGRAM}", re.IGNORECASE)
_SUMMED = re.compile(rf"(?:(?:meeting|call) )?{_SUMMARY}(?:\W.*)?", re.IGNORECASE)
_DIVIDED = re.compile(r"\s+[-–—|/]\s+")
_BEHIND = re.compile(
    r"[*_# \t]*(?:[,;:.(–—-].*|(?:below|attached|pasted|unten|anbei|ci-dessous|abajo|sotto|hieronder|abaixo)\b.*)?"
)
"""What may follow on the line that says that a program wrote what stands below."""
_ZOOM = re.compile(r"\W*Meeting summary for \S.{0,90}\(\d\d/\d\d/\d{4}\)\W*")
_ZOOM_BELOW = re.compile(r"\W*Quick recap\W*", re.IGNORECASE)
_WRONG = (
    r"(?:incorrect\w*|inaccura\w+|mistakes?|errors?|fehler\w*|falsch|ungenau|inexact\w*|erron\w+|erreurs?|errores?"
    r"|inexat\w+|imprecis\w*|erros?|errori|errat\w+|corrett\w+|onjuist|onnauwkeurig|fouten)"
)
_MAY = (
    r"(?:may|can|might|could|kann|können|möglicherweise|peut|peuvent|puede|pueden|può|potrebbero|possono|pode|podem"
    r"|kan|mogelijk)"
)
_WRITTEN = (
    r"(?:(?:(?:the|this|these) )?AI[- ]generated(?: \w+){0,3}|(?:(?:von )?KI[- ]generierte\w*|door AI gegenereerde) \w+"
    r"|(?:[^\W\d]{1,4} )?cont[eé][^\W\d]+ (?:g[eé]n[eé]r|gerad)[^\W\d]+ (?:[^\W\d]+ ?['’]?){0,2}I[AÁ]"
    r"|(?:l['’]|la |a )?(?:AI|KI|IA))"
)
"""What a program says of what it wrote, or of itself, in its disclaimer."""
_DISCLAIMER = re.compile(
    rf"\W*{_WRITTEN} {_MAY}(?: [^\W\d]+){{0,3}} {_WRONG}"
    r"(?: (?:(?:or|oder|ou|o|of|and) \w+|machen|sein|zijn|maken|enthalten|bevatten))?"
    r"(?:[.!]\s*(?:always|please|be sure|make sure|immer|bitte|toujours|veuillez|siempre|review|check|verify|prüfen"
    r"|auf richtigkeit|überprüfen|vérifi|revis|verific|controle).{0,60})?\W*",
    re.IGNORECASE,
)
"""The line in which Teams, Zoom and Copilot say that what they wrote may be wrong."""
_FIRST_PERSON = (
    r"(?:I(?=['’ ])|[Mm](?:y|ine|yself|ein\w*|es|eu|inha|ijn)|[Ii](?:ch|k|o)|[Jj](?:e|(?=['’]))|[Yy]o|[Ee]u)(?![\w.])"
)
_OWN_WORDS = re.compile(rf"\W{{0,4}}(?:(?:{_FIRST_PERSON}|Me:).*|[^:\n]{{1,40}}?\b{_FIRST_PERSON}[^:\n]{{0,30}}:.*)")


def is_heading(name: str) -> bool:
    """Tell whether a heading says that a program wrote what stands below it."""
    if _is_named(name):
        return True
    parts = _DIVIDED.split(name)
    if len(parts) < 2 or not all(map(_is_name, parts)):
        return False
    by_name = _NAMED.fullmatch(parts[0]) and not _SMALL_AI.search(parts[0]) and _SUMMED.fullmatch(parts[1])
    return bool(by_name) or any(map(_is_named, parts))


def _is_named(name: str) -> bool:
    return _HEADING.fullmatch(name) is not None and not _SMALL_AI.search(name)


def _is_name(part: str) -> bool:
    """Tell whether this may stand beside a heading: a name or a day, no sentence."""
    return part[:1].isupper() or part[:1].isdigit()


def introduces(line: str, below: str) -> bool:
    """Tell whether a line says that a program wrote what follows, where a heading of such summaries stands `below`.

    Without that heading, "Copilot summary was wrong again" says something else.
    """
    if _ZOOM.fullmatch(line):
        return _ZOOM_BELOW.fullmatch(below) is not None
    bare = line.strip(" \t*_#")
    found = _HEADING.match(bare)
    return found is not None and not _SMALL_AI.search(found[0]) and _BEHIND.fullmatch(bare, found.end()) is not None


def is_disclaimer(line: str) -> bool:
    """Tell whether a program says in this line, and nothing else, that what it wrote may be wrong."""
    return _DISCLAIMER.fullmatch(line.strip()) is not None


def is_own(line: str) -> bool:
    """Tell whether somebody says in a line that the words are their own: "What I think: ...", "My view is ..."."""
    return _OWN_WORDS.fullmatch(line.strip()) is not None
