"""Where a pasted mail ends and the rep's own words go on: a heading, or a rule below the name of who signed.

Headings of Markdown and such as `My notes` end it wherever they stand; those that people write into mails, too
(`Next steps`, `Notes: ...`), only below the writer's parting or name. In doubt the words below are nobody's.
"""

import re

from notesense.readers.headings import Kind, kind_of
from notesense.readers.mail_signatures import may_sign

_MARKDOWN = re.compile(r"[ ]{0,3}#{1,6}[ \t]+\S.*")
_LABEL = re.compile(
    r"[ \t]*[*_]*(?P<name>\w[^:：*|\n]{2,60}?)[ \t]*[*_]*(?:[:：][*_]*(?:[ \t]+(?P<rest>\S.*))?)?[ \t]*"
)
_RULE = re.compile(r"[ \t]*(?:={3,}|-{3,}|\*{3,}|#{3,}|~{3,}|(?:[*-] ){2,}[*-])[ \t]*")
_NOTES = re.compile(
    r"(?:.* )?(?:notes?(?: (?:to|from|of|on) .*)?|notizen|notas|notities|appunti|anteckningar|notater|notatki)",
    re.IGNORECASE,
)
_OF_MAILS = frozenset({"note", "nota"})
"""What stands before a remark in any mail: "Note: we are closed on Friday"."""
_ELSEWHERE = frozenset({Kind.MACHINE, Kind.TRANSCRIPT})


def ends_mail(line: str, below: str, writer: str, signed: bool) -> bool:
    """Tell whether a mail of this writer ends above a line; `below` is the next one with words.

    `signed` is whether the writer's parting or name stands above.
    """
    if _MARKDOWN.fullmatch(line):
        return True
    if _RULE.fullmatch(line):
        return signed and not may_sign(below, writer)
    found = _LABEL.fullmatch(line)
    if found is None:
        return False
    name = " ".join(found["name"].split())
    kind = kind_of(name)
    if kind is Kind.UNKNOWN or name.casefold() in _OF_MAILS:
        return False
    if signed or (kind in _ELSEWHERE and not found["rest"]):
        return True
    own = kind is Kind.OWN and _NOTES.fullmatch(name) is not None
    return own and (" " in name or not found["rest"])
