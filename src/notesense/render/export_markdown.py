"""Notes as Markdown files, one each, in a folder for each account: a head in YAML, then the text word for word.

Who speaks where stands at the end, in a comment that no Markdown page shows; the head says how many turns it holds, so
that a text which ends in such a comment itself is not mistaken.
"""

from collections.abc import Iterable, Iterator

from notesense.core.carried import Recorded
from notesense.core.note import Note, compact_turns
from notesense.render.file_names import Names
from notesense.render.yaml_words import quoted

COMMENT = "<!-- notesense turns: "
COMMENT_END = " -->"


def pieces(notes: Iterable[tuple[Note, Recorded]]) -> Iterator[tuple[str, str]]:
    """Yield (file name, text) for each note."""
    names = Names()
    for note, recorded in notes:
        yield names.of_note(note, ".md"), _head(note, recorded) + "\n" + note.text + _turns(note)


def _head(note: Note, recorded: Recorded) -> str:
    source = note.source
    told = {
        "notesense": "1",
        "id": quoted(note.id),
        "account": quoted(note.account),
        "date": note.date.isoformat(),
        "channel": note.channel.value,
        "title": quoted(note.title),
        "started": quoted(source.started.isoformat()) if source.started else "",
        "meeting": quoted(source.meeting) if source.meeting else "",
        "form": quoted(source.form) if source.form else "",
        "turns": str(len(note.turns)) if note.turns else "",
    }
    lines = [f"{name}: {value}\n" for name, value in told.items() if value]
    shown = recorded.shown
    if shown:
        lines.append("signals:\n")
        lines += [f"  - {quoted(str(signal.kind))}: {quoted(signal.quote)}\n" for signal in shown]
    return f"---\n{''.join(lines)}---\n"


def _turns(note: Note) -> str:
    """Return the comment with the turns; nothing where the text itself tells."""
    if not note.turns:
        return ""
    told = compact_turns(note.turns).replace("<", "\\u003c").replace(">", "\\u003e")
    told = told.replace("--", "-\\u002d")
    return f"\n\n{COMMENT}{told}{COMMENT_END}\n"
