"""What the headings of a text say of the words below them: a plan for the meeting, a program's summary, a transcript.

A heading is one of Markdown, or a line of its own that says so. A heading of which nothing is known tells nothing.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What stands below a heading."""

    TRANSCRIPT = 1
    MACHINE = 2
    """What a program wrote, as the heading says itself."""
    USUAL = 3
    """What such a program writes and people write, too: below what a program wrote it is the program's."""
    PLAN = 4
    OWN = 5
    """The rep's own notes, as the heading says itself."""
    UNKNOWN = 6


class Section(NamedTuple):
    """A stretch of a text with its heading, if it has one; `body` is where that ends."""

    start: int
    body: int
    end: int
    kind: Kind = Kind.UNKNOWN
    name: str = ""


class _Mark(NamedTuple):
    """A heading: where it and what is below it begin, how deep it stands, whether words follow on its line."""

    start: int
    body: int
    level: int
    kind: Kind
    name: str
    inline: bool = False


_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_MARKDOWN = re.compile(r"[ ]{0,3}(?P<marks>#{1,6})[ \t]+(?P<name>\S.*?)[ \t#]*")
_BARE = re.compile(r"[ \t]*\**[^\w*]{0,4}(?P<name>\w[^:*|]{0,60}?)[ \t]*:?\**:?[ \t]*")
_INLINE = re.compile(r"[ \t]*\**(?P<name>\w[^:*|]{3,60}?)(?::\**|\**:)[ \t]+\S")
_ITEM = re.compile(r"[ \t]*(?:[-*+•–—·‣▪●○→]|\d{1,2}[.)]|\[[ xX]?\])\s*\S|[ \t]{2,}\S")
_LONGEST = 120
_BARE_LEVEL = 7
_MOST_MARKDOWN = 80

_TRANSCRIPT = re.compile(
    r"(?:(?:full|complete|meeting|call|raw|vollständiges?) )?"
    r"(?:transcript(?:ion)?|transkript(?:ion)?|transcripci[oó]n|transcri[cç][aã]o|trascrizione|transcriptie)"
)
_PROGRAM = r"(?:AI|KI|IA|A\.I\.|artificial intelligence|künstliche intelligenz|copilot|gemini|ai companion)"
_SUMMARY = (
    r"(?:summary|notes|recap|overview|minutes|highlights|insights|takeaways|action items|"
    r"zusammenfassung|notizen|protokoll|überblick|résumé|compte[ -]rendu|resumen|notas|riassunto|samenvatting|resumo)"
)
_MADE = r"(?:generated|created|written|made|generiert\w*|erstellt\w*|généré\w*|generad\w|gegenereerd\w*|gerad\w)"
_MACHINE = re.compile(
    rf"{_PROGRAM}[ -]+(?:(?:{_MADE}|powered|assisted|meeting|call|note)[ -]+){{0,2}}{_SUMMARY}"
    rf"|(?:automatically|machine|computer)[ -]{_MADE} (?:\w+ )?{_SUMMARY}"
    rf"|(?:meeting |call )?{_SUMMARY} \(?(?:{_MADE} )?(?:(?:by|with|using|von|durch|mit|par|por|con|da|door|de) )?"
    rf"(?:the |l['’]|la |a )?{_PROGRAM}(?:[ -]{_MADE})?\)?",
    re.IGNORECASE,
)
_SMALL_AI = re.compile(r"\b(?:ai|ki|ia|Ai|Ki|Ia)\b")
_USUAL = re.compile(
    r"(?:meeting |call |executive |suggested |key |main |open )?(?:summary(?: keywords)?|overview|recap|abstract|gist|"
    r"action items|actions|next steps|tasks|to-?dos?|follow-?ups?|points|takeaways|decisions|commitments|questions|"
    r"outline|chapters?|topics(?: discussed)?|keywords|highlights|insights|moments|details|speakers|purpose|"
    r"zusammenfassung|überblick|nächste schritte|aufgaben|themen|entscheidungen|stichwörter|sprecher|"
    r"résumé|prochaines étapes|actions à mener|décisions|sujets|resumen|próximos pasos|tareas|decisiones|temas|"
    r"riassunto|prossimi passi|samenvatting|volgende stappen|actiepunten|resumo|próximas etapas)"
)
_SUMMED = re.compile(
    r"(?:meeting |call |executive |key |main )?(?:summary(?: keywords)?|overview|recap|abstract|gist|points|takeaways|"
    r"outline|chapters?|keywords|highlights|insights|zusammenfassung|überblick|stichwörter|résumé|resumen|riassunto|"
    r"samenvatting|resumo)"
)
"""Of the usual headings those that nobody writes over notes of their own where the whole transcript stands below."""
_PLAIN = frozenset({Kind.TRANSCRIPT, Kind.MACHINE, Kind.PLAN})
"""What a line of its own says without doubt; others need an empty line above, which Word does not write."""
_MEETING = r"(?:call|meeting|visit|demo|conversation|review|qbr|workshop|appointment|session|lunch)"
_OF_A_MEETING = re.compile(rf"(?:my )?{_MEETING} notes|notes (?:from|of|on) (?:the |our |my )?{_MEETING}")
_OWN = re.compile(
    rf"{_OF_A_MEETING.pattern}|"
    r"(?:my|our|own|personal|private|meine?|eigene|mes|mis|mijn|minhas) \w+(?: \w+)?|notes?|notizen|notas"
    r"|notes? to (?:my)?self|rep(?:'s)? notes?"
)
_PLAN = re.compile(
    rf"(?:my |our |the )?(?:\w+ )?{_MEETING}[ -](?:plan|prep|preparation|objectives|strategy|script)"
    rf"|pre[ -]?{_MEETING}"
    r"(?:[ -](?:plan(?:ning)?|prep(?:aration)?|notes?|research|brief(?:ing)?|goals?|questions|checklist))?"
    rf"|(?:my |our |the )?(?:plan|prep(?:aration)?|goals?|objectives?|strategy|questions) (?:for|before) "
    rf"(?:the |this |our |my |next |today's |tomorrow's )?(?:\w+ )?{_MEETING}(?: \w+){{0,4}}"
    r"|(?:gesprächs|besuchs|termin|call|meeting)-?(?:plan|vorbereitung|ziele?)"
    r"|(?:plan|vorbereitung|ziele?) (?:für|auf) (?:das|den|die|unser\w*) (?:\w+ )?"
    r"(?:gespräch|besuch|termin|call|meeting|treffen)"
    r"|(?:plan|préparation|objectifs) (?:de |du |pour |d['’])(?:la |le |l['’])?(?:appel|réunion|rendez-vous|visite)"
    r"|(?:plan|preparación|objetivos) (?:de|para) (?:la |el )?(?:llamada|reunión|visita)"
)


def kind_of(name: str) -> Kind:
    """Return what a heading of this name stands above."""
    bare = " ".join(name.split()).strip(" \t:–—-*_📖📝✨🤖")
    folded = bare.casefold()
    if _TRANSCRIPT.fullmatch(folded):
        return Kind.TRANSCRIPT
    if _MACHINE.fullmatch(bare) and not _SMALL_AI.search(bare):
        return Kind.MACHINE
    if _PLAN.fullmatch(folded):
        return Kind.PLAN
    if _OWN.fullmatch(folded):
        return Kind.OWN
    return Kind.USUAL if _USUAL.fullmatch(folded) else Kind.UNKNOWN


def sections_of(text: str, by_program: bool = False) -> list[Section]:
    """Return the sections of a text in order; together they cover it. `by_program`: usual headings are a program's."""
    marks = list(_marks(text))
    if not marks:
        return [Section(0, 0, len(text))]
    found: list[Section] = [Section(0, 0, marks[0].start)] if marks[0].start else []
    around: list[_Mark] = []
    recorded = any(mark.kind is Kind.TRANSCRIPT for mark in marks)
    before = Kind.UNKNOWN
    for mark, after in zip(marks, [*(each.start for each in marks[1:]), len(text)], strict=True):
        while around and around[-1].level >= mark.level:
            around.pop()
        kind = mark.kind
        outer = around[-1].kind if around else Kind.UNKNOWN
        if kind is Kind.USUAL and (
            by_program
            or outer in (Kind.MACHINE, Kind.PLAN)
            or before is Kind.MACHINE
            or (recorded and _SUMMED.fullmatch(mark.name.casefold()))
        ):
            kind = outer if outer is Kind.PLAN else Kind.MACHINE
        elif kind is Kind.UNKNOWN and outer is not Kind.UNKNOWN:
            found[-1] = found[-1]._replace(end=after)
            continue
        around.append(mark._replace(kind=kind))
        end = _plan_end(text, mark, after) if kind is Kind.PLAN and mark.level == _BARE_LEVEL else after
        if end is None:
            kind, end = Kind.UNKNOWN, after
        found.append(Section(mark.start, mark.body, end, kind, mark.name))
        if end < after:
            found.append(Section(end, end, after))
        before = kind
    return found


def _marks(text: str) -> Iterator[_Mark]:
    """Yield the headings of a text in order."""
    apart = True
    for found in _LINE.finditer(text):
        line = found[1]
        mark = _mark(found, line, apart) if line.strip() and len(line) <= _LONGEST else None
        if mark:
            yield mark
        apart = not line.strip() or mark is not None


def _mark(found: re.Match[str], line: str, apart: bool) -> _Mark | None:
    if markdown := _MARKDOWN.fullmatch(line):
        name = markdown["name"][:_MOST_MARKDOWN]
        return _Mark(found.start(), found.end(), len(markdown["marks"]), kind_of(name), name)
    if bare := _BARE.fullmatch(line):
        kind = kind_of(bare["name"])
        if kind is not Kind.UNKNOWN and (apart or kind in _PLAIN or _OF_A_MEETING.fullmatch(bare["name"].casefold())):
            return _Mark(found.start(), found.end(), _BARE_LEVEL, kind, bare["name"])
    inline = _INLINE.match(line)
    if inline and kind_of(inline["name"]) is Kind.PLAN:
        return _Mark(
            found.start(), found.start() + inline.end() - 1, _BARE_LEVEL, Kind.PLAN, inline["name"], inline=True
        )
    return None


def _plan_end(text: str, mark: _Mark, after: int) -> int | None:
    """Return where a plan without a heading of Markdown ends: with its list, else with its paragraph.

    None where nothing shows that it ends, and all words of a note would be taken for a plan.
    """
    items, said, gap, shown = mark.inline, mark.inline, -1, after < len(text)
    for found in _LINE.finditer(text, mark.body, after):
        line = found[1]
        if found.start() == after:
            break
        if not line.strip():
            shown = True
            gap = found.start() if said and gap < 0 else gap
            continue
        item = bool(_ITEM.match(line)) or (mark.inline and found.start() == mark.body)
        if (gap >= 0 or items) and not item:
            return gap if gap >= 0 else found.start()
        items, said, gap = items or item, True, -1
    return after if items or shown else None
