"""A note as a language model is shown it: numbered passages with speaker and side, cut into parts where it is long.

A passage's number is its ordinal in the note plus 1, in every part. A part shows the passages around it without
numbers (`[-]`), so that they can be read and not be labelled. The same note always gives the same text.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import attrgetter
from typing import Literal

from notesense.core.fencing import fenced, line
from notesense.core.note import Note, Value
from notesense.core.passage import Passage

LONGEST = 6_000
"""Characters of passages in a part: a note up to this length is one part."""
CONTEXT = 600
"""Characters of passages shown before and after a part."""
LEFT_OUT = "..."
NO_NUMBER = "-"
"""What stands in the place of a number before a passage that is only shown."""
_UNNAMED = "(unnamed): "
_MOST_AROUND = 12


class Part(Value):
    """Passages that are asked about at once, in order, and those shown around them. `number` counts from 1 to `of`."""

    passages: tuple[Passage, ...]
    before: tuple[Passage, ...] = ()
    after: tuple[Passage, ...] = ()
    number: int = 1
    of: int = 1


def parts(passages: Sequence[Passage], longest: int = LONGEST) -> tuple[Part, ...]:
    """Return the parts that these passages of a note make: each passage is in one of them; none for no passages.

    A part ends where a turn does, in a turn too long for one part where a line does, else at any passage.
    """
    cut = list(_cut(passages, longest))
    found = []
    end = 0
    for number, chosen in enumerate(cut, 1):
        start, end = end, end + len(chosen)
        before = _nearest(reversed(passages[max(start - _MOST_AROUND, 0) : start]))
        after = _nearest(passages[end : end + _MOST_AROUND])
        found.append(Part(passages=chosen, before=before[::-1], after=after, number=number, of=len(cut)))
    return tuple(found)


def halves(part: Part) -> tuple[Part, ...]:
    """Return the two parts that a part makes when it is cut near its middle; none where it is a single passage.

    It is cut where a turn ends, else a line, within its middle half; else at any passage. Both keep its number.
    """
    each = part.passages
    middle = length(each) / 2
    ends = accumulate(len(passage.text) for passage in each[:-1])
    away = {at: abs(end - middle) for at, end in enumerate(ends, 1)}
    near = [at for at in away if away[at] <= middle / 2]
    turns = [at for at in near if each[at].turn != each[at - 1].turn]
    lines = [at for at in near if each[at].line != each[at - 1].line]
    if not away:
        return ()
    at = min(turns or lines or away, key=away.__getitem__)
    first, second = each[:at], each[at:]
    return (
        part.model_copy(update={"passages": first, "after": _nearest((*second, *part.after)[:_MOST_AROUND])}),
        part.model_copy(
            update={"passages": second, "before": _nearest((*part.before, *first)[: -_MOST_AROUND - 1 : -1])[::-1]}
        ),
    )


def sheet(note: Note, part: Part) -> str:
    """Return the fenced text of a part: a line about the note, then a line for each passage.

    The speaker stands where the speaker changes; `...` stands for passages of the note that are not shown.
    """
    facts = [f"{note.date:%A} {note.date.isoformat()}", note.channel.value]
    told = {"account": line(note.account), "title": line(note.title)}
    facts += [f"{name} {words}" for name, words in told.items() if words]
    return fenced("note", ["; ".join(facts), *_lines(part)])


def _lines(part: Part) -> Iterator[str]:
    asked = {passage.ordinal for passage in part.passages}
    ordinal = -1
    speaking = ""
    for passage in (*part.before, *part.passages, *part.after):
        if passage.ordinal != ordinal + 1:
            yield LEFT_OUT
        who = _who(passage)
        named = "" if who == speaking else who or _UNNAMED
        number = passage.ordinal + 1 if passage.ordinal in asked else NO_NUMBER
        yield f"[{number}] {named}{'> ' if passage.quoted else ''}{line(passage.text)}"
        ordinal, speaking = passage.ordinal, who


def _who(passage: Passage) -> str:
    if passage.speaker is None:
        return ""
    side = "" if passage.side == "unknown" else f" ({passage.side})"
    return f"{line(passage.speaker)}{side}: "


def _cut(passages: Sequence[Passage], longest: int) -> Iterator[tuple[Passage, ...]]:
    """Yield runs of passages of about the same length, as few as turns allow, none longer than told."""
    total = length(passages)
    wanted = total / max(-(-total // longest), 1)
    chosen: list[Passage] = []
    size = done = cuts = 0
    for unit in _units(passages, longest):
        more = length(unit)
        if chosen and (size + more > longest or done + more / 2 > wanted * (cuts + 1)):
            yield tuple(chosen)
            chosen, size, cuts = [], 0, cuts + 1
        chosen += unit
        size += more
        done += more
    if chosen:
        yield tuple(chosen)


def _units(passages: Sequence[Passage], longest: int) -> Iterator[list[Passage]]:
    """Yield what is not to be cut: turns, lines of turns that are too long, passages of lines that are too long."""
    for turn in _runs(passages, "turn"):
        if length(turn) <= longest:
            yield turn
            continue
        for row in _runs(turn, "line"):
            if length(row) <= longest:
                yield row
            else:
                yield from ([passage] for passage in row)


def _runs(passages: Sequence[Passage], of: Literal["turn", "line"]) -> Iterator[list[Passage]]:
    """Yield neighbours that have their turn, or their line, in common."""
    for _, run in groupby(passages, key=attrgetter(of)):
        yield list(run)


def length(passages: Sequence[Passage]) -> int:
    """Return the characters of passages."""
    return sum(len(passage.text) for passage in passages)


def _nearest(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the first passages, as many as the context has room for."""
    room = CONTEXT
    found = []
    for passage in passages:
        room -= len(passage.text)
        if room < 0:
            break
        found.append(passage)
    return tuple(found)
