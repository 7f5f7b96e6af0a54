"""How many of the labelled names does redaction find? `python -m evals.measure_redaction [DATASET ...]`.

Each labelled note becomes the request that the extraction would send, and is redacted as a note that is met for the
first time: known is nothing but the name of its account, none of its labels. A name is found when none of its words
that tells anything is left in the request, in the letters in which it is labelled. Counted are the distinct names of
each note; a whole note counts when all its names are found. `replaced` counts words, names or not.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from notesense.adapters.prompts import common_words
from notesense.core.naming import plain
from notesense.core.note import Note
from notesense.core.parts import parts, sheet
from notesense.core.passages import passages, turns
from notesense.core.redaction import ALL, Known, redacted, telling_words
from notesense.core.requests import Message, Request
from notesense.evaluation.datasets import LabelledNote, read_dataset

FOLDER = Path(__file__).parent / "datasets"
SHOWN = 60


def main(paths: Sequence[Path]) -> None:
    """Print recall for each kind of name, the share of all words that is replaced, and some names that were left."""
    there: Counter[str] = Counter()
    found: Counter[str] = Counter()
    left: Counter[str] = Counter()
    ordinary = common_words()
    words = replaced = 0
    for labelled in read_dataset(paths).notes:
        request = asked(labelled.note)
        sent = redacted(request, ALL, Known(), ordinary)
        text = "\n".join(message.text for message in sent.request.messages)
        words += sum(len(message.text.split()) for message in request.messages)
        replaced += sum(text.count(placeholder) for placeholder in sent.originals)
        clean = True
        for what, name in sorted(set(names(labelled))):
            telling = [name] if what == "amount" else telling_words(name)
            if not telling:
                continue
            gone = not any(re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text) for word in telling)
            there[what] += 1
            found[what] += gone
            left[f"{what}: {name}"] += not gone
            clean &= gone or what == "amount"
        there["whole note"] += 1
        found["whole note"] += clean
    for what, count in sorted(there.items()):
        print(f"{what:<10} {found[what]:>5} of {count:>5}  {found[what] / count:.1%}")
    print(f"replaced   {replaced:>5} of {words:>5}  {replaced / words:.1%} of all words")
    print("left, such as", ", ".join(name for name, count in left.most_common(SHOWN) if count))


def names(labelled: LabelledNote) -> Iterator[tuple[str, str]]:
    """Yield what is labelled as a name, and who speaks, if it is written with a capital letter."""
    note = labelled.note
    folded = plain(note.text)
    if plain(note.account) in folded:
        yield "account", note.account
    for label in labelled.labels:
        for field, what in (("person", "person"), ("name", "rival"), ("competitor", "rival"), ("amount", "amount")):
            value = label.attributes.get(field, "")
            if value and (field == "amount" or value != value.lower()):
                yield what, value
    for turn in turns(note.text):
        if turn.speaker and turn.speaker[0].isupper() and turn.speaker.casefold() not in ("me", "i", "us"):
            yield "speaker", turn.speaker


def asked(note: Note) -> Request:
    """Return a request with what the extraction would show of a note, in one message."""
    messages = tuple(Message(role="user", text=sheet(note, part)) for part in parts(passages(note.text)))
    return Request(task="extract.v2", messages=messages, form={}, form_name="signals", account=note.account)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [FOLDER / "train", FOLDER / "dev"])
