"""Who wrote a mail and to whom it went, as its head tells; headers are taken apart before their words are decoded.

A name may hold commas, colons, brackets and signs in encoded words, where they part nothing.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from notesense.core.note import Attendee
from notesense.readers.mail_parts import Mail, decoded, header, raw_headers

_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=")
_HIDDEN = re.compile("\ue000(\\d{1,5})\ue001")
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|\([^()]*\)|<[^<>]*(?:>|$)|[,;]|[^\",;()<]+|.", re.DOTALL)
_GROUP = re.compile(r"[^\":<>@,;()]{1,80}:(?P<members>[^;]*);\s*")
_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:]+@[^\s<>()\[\]\",;:]+")
_DIRECTORY = re.compile(r"/CN=([^/]+)", re.IGNORECASE)
"""The parts of a name in a company's own directory: `/O=HARLOW/OU=EXCHANGE/CN=RECIPIENTS/CN=MRUIZ`."""
_VIA = re.compile(r"'?(?P<name>[^']+?)'? via \S.*")
_FROM_LIST = ("X-Original-From", "X-Original-Sender", "List-Id", "List-Post")


def writer_of(mail: Mail) -> Attendee | None:
    """Return who wrote a mail; None where its head does not tell. A list that passes it on is not its writer."""
    found = next(chain(_named(mail, "From"), _named(mail, "Sender")), None)
    return found and (_behind_list(mail, found) or found)


def people(mail: Mail) -> tuple[Attendee, ...]:
    """Return who wrote the mail and to whom it went, each once, in this order."""
    writer = writer_of(mail)
    others = chain(list(_named(mail, "From"))[1:], *(_addressed(mail, name) for name in ("To", "Cc")))
    found: dict[str, Attendee] = {}
    for one in chain([writer] if writer else [], others):
        found.setdefault(one.email.casefold() or one.name.casefold(), one)
    return tuple(found.values())


def addresses(written: str) -> Iterator[Attendee]:
    """Yield who is listed in the words of a header, in order; `written` has its encoded words still encoded.

    A comma before a name with an address belongs to the name ("Ruiz, Marta <...>"), a semicolon parts two.
    """
    hidden: list[str] = []

    def hide(found: re.Match[str]) -> str:
        hidden.append(found[0])
        return f"\ue000{len(hidden) - 1}\ue001"

    text = _ENCODED.sub(hide, written.replace("\ue000", " ").replace("\ue001", " "))
    if group := _GROUP.fullmatch(text.strip()):
        text = group["members"]
    before = ""
    for piece, mark in _pieces(text):
        one = _one(piece, lambda words: decoded(_HIDDEN.sub(lambda at: hidden[int(at[1])], words)))
        if one.email or mark != ",":
            joined = " ".join(f"{before}{one.name}".split()) if one.name else " ".join(before.rstrip(", ").split())
            before = ""
            if joined or one.email:
                yield Attendee(name=joined, email=one.email)
        elif one.name:
            before += f"{one.name}, "


def _pieces(text: str) -> Iterator[tuple[list[str], str]]:
    """Yield what stands between commas and semicolons, token by token, and which of the two ends it."""
    piece: list[str] = []
    for found in _TOKEN.finditer(text):
        if found[0] in ",;":
            yield piece, found[0]
            piece = []
        else:
            piece.append(found[0])
    yield piece, ""


def _one(piece: list[str], shown: Callable[[str], str]) -> Attendee:
    """Return the name and the address of one who is listed; either may be empty."""
    angled = next((token for token in reversed(piece) if token.startswith("<")), "")
    found = _ADDRESS.search(angled.removeprefix("<mailto:"))
    words = piece[: piece.index(angled)] if angled and "".join(piece[: piece.index(angled)]).strip() else piece
    words = [token for token in words if token != angled]
    if not found:
        bare = [token for token in words if not token.startswith(("(", '"'))]
        found = next((at for token in bare if (at := _ADDRESS.search(token))), None)
        if found:
            notes = [token[1:-1] for token in words if token.startswith("(")]
            around = re.compile(rf"\[?(?:mailto:)?{re.escape(found[0])}\]?")
            words = [around.sub(" ", token) for token in words if not token.startswith("(")]
            words = words if "".join(words).strip() else notes
    name = shown("".join(_unquoted(token) for token in words))
    return Attendee(name=_tidy(name), email=found[0] if found else "")


def _unquoted(token: str) -> str:
    if len(token) > 1 and token.startswith('"') and token.endswith('"'):
        return re.sub(r"\\(.)", r"\1", token[1:-1])
    return token


def _tidy(name: str) -> str:
    name = " ".join(name.replace("\0", "").split()).strip("; ")
    if directory := _DIRECTORY.findall(name):
        return str(directory[-1]).strip()
    for left, right in ("''", '""', "[]"):
        if len(name) > 1 and name.startswith(left) and name.endswith(right) and right not in name[1:-1]:
            name = name[1:-1].strip()
    return name


def _named(mail: Mail, name: str) -> Iterator[Attendee]:
    """Yield those whom a header names, those without an address too."""
    return addresses(next(raw_headers(mail, name), ""))


def _addressed(mail: Mail, name: str) -> Iterator[Attendee]:
    return (one for one in addresses(next(raw_headers(mail, name), "")) if one.email)


def _behind_list(mail: Mail, shown: Attendee) -> Attendee | None:
    """Return who wrote a mail that a list passes on in its own name: "Marta Ruiz via Support"."""
    found = _VIA.fullmatch(shown.name)
    to = {one.email.casefold() for name in ("To", "Cc") for one in _addressed(mail, name)}
    if not found or not (shown.email.casefold() in to or any(header(mail, name) for name in _FROM_LIST)):
        return None
    for name in ("X-Original-From", "Reply-To", "X-Original-Sender"):
        one = next(_addressed(mail, name), None)
        if one and one.email.casefold() not in to | {shown.email.casefold()}:
            return Attendee(name=one.name or found["name"], email=one.email)
    return Attendee(name=found["name"])
