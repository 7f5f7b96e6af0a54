"""What the headings of a text say of the words below them: a plan for the meeting, a program's summary, a transcript.

A heading is one of Markdown, or a line of its own that says so. A heading of which nothing is known tells nothing.
"""

import re
from enum import Enum
from typing import NamedTuple

from notesense.readers import program_marks


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
    told: Kind = Kind.UNKNOWN
    """What the heading or a line of a program says by itself, whatever stands around it."""


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
_BARE = re.compile(r"[ \t]*\**[^\w*]{0,4}(?P<name>\w[^:*|]{0,110}?)[ \t]*:?\**:?[ \t]*")
_INLINE = re.compile(r"[ \t]*\**(?P<name>\w[^:*|]{3,60}?)(?::\**|\**:)[ \t]+\S")
_ITEM = re.compile(r"(?!\s*[-*]{3})[ \t]*(?:[-*+•–—·‣▪●○→]|\d{1,2}[.)]|\[[ xX]?\])\s*\S|[ \t]{2,}\S")
_LONGEST = 120
_BARE_LEVEL = 7
_MOST_MARKDOWN = 80

_TRANSCRIPT = re.compile(
    r"(?:(?:full|complete|meeting|call|raw|vollständiges?) )?"
    r"(?:transcript(?:ion)?|transkript(?:ion)?|transcripci[oó]n|transcri[cç][aã]o|trascrizione|transcriptie)"
)
_USUAL = re.compile(
    r"(?:meeting |call |executive |suggested |key |main |open |quick |follow-?up )?"
    r"(?:summary(?: keywords)?|overview|recap|abstract|gist|"
    r"action items|actions|next steps|tasks|to-?dos?|follow-?ups?|points|takeaways|decisions|commitments|questions|"
    r"outline|chapters?|topics(?: discussed)?|keywords|highlights|insights|moments|details|speakers|purpose|"
    r"zusammenfassung|überblick|nächste schritte|aufgaben|themen|entscheidungen|stichwörter|sprecher|"
    r"résumé|prochaines étapes|actions à mener|décisions|sujets|resumen|próximos pasos|tareas|decisiones|temas|"
    r"riassunto|prossimi passi|samenvatting|volgende stappen|actiepunten|resumo|próximas etapas)"
)
_SUMMED = re.compile(
    r"(?:meeting |call |executive |key |main |quick )?"
    r"(?:summary(?: keywords)?|overview|recap|abstract|gist|points|takeaways|"
    r"outline|chapters?|keywords|highlights|insights|zusammenfassung|überblick|stichwörter|résumé|resumen|riassunto|"
    r"samenvatting|resumo)"
)
"""Of the usual headings those that nobody writes over notes of their own where the whole transcript stands below."""
_PLAIN = frozenset({Kind.TRANSCRIPT, Kind.MACHINE, Kind.PLAN})
"""What a line of its own says without doubt; others need an empty line above, which Word does not write."""
_OR = re.compile(r"\s*/\s*")
_WORD = re.compile(r"\w")
_WITH = frozenset("for with at on of re für mit bei am pour avec chez para con".split())
"""What may stand between the heading of a plan and a name or day."""
_MOST_BEHIND = 6
_BY_PROGRAMS = frozenset({Kind.MACHINE, Kind.USUAL})
"""Headings below which a program's words may stand."""
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
    rf"(?:the |this |our |my |next |today's |tomorrow's )?(?:[\w'’]+ )?{_MEETING}(?: \w+){{0,4}}"
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
    if program_marks.is_heading(bare):
        return Kind.MACHINE
    if _is_plan(bare):
        return Kind.PLAN
    if _OWN.fullmatch(folded):
        return Kind.OWN
    return Kind.USUAL if _USUAL.fullmatch(folded) else Kind.UNKNOWN


def _is_plan(name: str) -> bool:
    """Tell whether this is the heading of a plan, or of one and its name in other words, or has a name or day behind.

    "Pre-call notes - Harlow", "Call prep / plan for the visit", "Call plan with Marta Ruiz, 12 March".
    """
    if all(map(_PLAN.fullmatch, _OR.split(name.casefold()))):
        return True
    words = [word for word in name.split() if _WORD.search(word)]
    for cut in range(1, len(words)):
        behind = words[cut + 1 :] if words[cut].casefold() in _WITH else words[cut:]
        if 0 < len(behind) <= _MOST_BEHIND and all(map(_is_of_name, behind)):
            return _PLAN.fullmatch(" ".join(words[:cut]).casefold().rstrip(" ,;:(")) is not None
    return False


def _is_of_name(word: str) -> bool:
    """Tell whether a word may be a part of a name or of a day: "Harlow", "(Marta", "2026-03-12"."""
    bare = word.strip("()[],;&'\"")
    return not bare or bare[0].isupper() or bare[0].isdigit()


def sections_of(text: str, by_program: bool = False) -> list[Section]:
    """Return the sections of a text in order; together they cover it. `by_program`: usual headings are a program's."""
    marks = _marks(text)
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
        found.append(Section(mark.start, mark.body, end, kind, mark.name, mark.kind))
        if end < after:
            found.append(Section(end, end, after))
        before = kind
    return found


def _marks(text: str) -> list[_Mark]:
    """Return the headings of a text in order, and the places where a program's words begin or end without one."""
    filled: list[tuple[re.Match[str], bool]] = []
    apart = True
    for found in _LINE.finditer(text):
        if found[1].strip():
            filled.append((found, apart))
        apart = not found[1].strip()
    scan = _Scan(len(text))
    for number, (found, apart) in enumerate(filled, 1):
        scan.take(found, apart, below=filled[number][0][1] if number < len(filled) else "")
    return scan.marks


class _Scan:
    """Goes through the lines that have words. `_words` are those below the last mark, `_block` where the last begins.

    `_apart` tells that the line before was a mark, `_last` what the last heading says of which something is known.
    """

    def __init__(self, length: int) -> None:
        self.marks: list[_Mark] = []
        self._length = length
        self._words: list[re.Match[str]] = []
        self._block = 0
        self._apart = False
        self._last = Kind.UNKNOWN

    def take(self, found: re.Match[str], apart: bool, below: str) -> None:
        """Take a line; `apart` where an empty one stands above, `below` is the next that has words."""
        line = found[1]
        apart = apart or self._apart
        short = len(line) <= _LONGEST
        if short and (mark := _mark(found, line, apart)):
            self._add(mark)
        elif short and self._last is not Kind.TRANSCRIPT and program_marks.is_disclaimer(line):
            self._disclaimed(found)
        elif short and apart and program_marks.introduces(line, below) and _is_usual(below):
            self._add(_Mark(found.start(), found.end(), _BARE_LEVEL, Kind.MACHINE, line.strip()))
        else:
            if apart and self._last in _BY_PROGRAMS and not _ITEM.match(line) and program_marks.is_own(line):
                self._add(_Mark(found.start(), found.start(), _BARE_LEVEL, Kind.OWN, ""))
            self._block = found.start() if apart or not self._words else self._block
            self._words.append(found)
            self._apart = False

    def _add(self, mark: _Mark) -> None:
        self.marks.append(mark)
        self._words = []
        self._apart = True
        self._last = self._last if mark.kind is Kind.UNKNOWN else mark.kind

    def _disclaimed(self, found: re.Match[str]) -> None:
        """Take the line in which a program says that it may be wrong: it stands over what it wrote, or under it."""
        if not self._words and self.marks:
            self.marks[-1] = self.marks[-1]._replace(kind=Kind.MACHINE)
            self._last = Kind.MACHINE
        elif not self._words:
            self._add(_Mark(found.start(), found.start(), _BARE_LEVEL, Kind.MACHINE, ""))
        elif len(self._words) == 1 and self._last not in _BY_PROGRAMS and _is_title(self._words[0][1]):
            above = self._words[0]
            self._add(_Mark(above.start(), above.end(), _BARE_LEVEL, Kind.MACHINE, above[1].strip()))
        else:
            self._close(found)

    def _close(self, found: re.Match[str]) -> None:
        """End what a program wrote: the headings above that such programs have, else the paragraph above."""
        usual = len(self.marks)
        while usual and self.marks[usual - 1].kind is Kind.USUAL:
            usual -= 1
        if usual < len(self.marks):
            self.marks[usual] = self.marks[usual]._replace(kind=Kind.MACHINE)
        elif self._last is not Kind.MACHINE:
            self._add(_Mark(self._block, self._block, _BARE_LEVEL, Kind.MACHINE, ""))
        if found.end() < self._length:
            self._add(_Mark(found.end(), found.end(), _BARE_LEVEL, Kind.OWN, ""))


def _is_usual(line: str) -> bool:
    """Tell whether a line is a heading that summaries of programs have."""
    bare = _MARKDOWN.fullmatch(line) or _BARE.fullmatch(line)
    return bare is not None and kind_of(bare["name"]) is Kind.USUAL


def _is_title(line: str) -> bool:
    return len(line) <= _MOST_MARKDOWN and not _ITEM.match(line) and not line.rstrip().endswith((".", "!", "?", "…"))


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
