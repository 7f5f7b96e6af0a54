"""Where a pasted mail ends and the rep's own words go on, and which lines of a mail only look like that."""

import pytest

from notesense.core.vocabulary import Origin
from notesense.readers.sources import read_text

HEAD = "From: Ida Berg <ida@larkin.example>\nSent: 7 April 2026 17:05\nTo: Tom <tom@us.example>\nSubject: Pump\n\n"
BLUFF = "They have no other offer."


def hers(text: str) -> str:
    """Return the words that are Ida's own, below a head of a mail of hers."""
    (note,) = read_text(f"{HEAD}{text}").notes
    return "\n".join(
        turn.words(note.text) for turn in note.turns if (turn.speaker, turn.origin) == ("Ida Berg", Origin.EMAIL)
    )


@pytest.mark.parametrize(
    "between",
    [
        "My notes",
        "## What I think",
        "# Next steps\n",
        "**My notes:**",
        "Meine Notizen:\n",
        "AI summary",
        "My notes: she is angry.",
        "Best regards\nIda\n\nNext steps:",
        "Ida\n\nNext steps: call her.",
        "Ida\n\n=====",
        "Ida Berg\n\n---\n",
        "Ida\n***",
    ],
)
def test_a_heading_of_ones_own_ends_a_mail(between: str) -> None:
    said = hers(f"It is late.\n\n{between}\n{BLUFF}")
    assert said.endswith("It is late.")
    assert BLUFF not in said


@pytest.mark.parametrize(
    "between",
    [
        "Next steps:",
        "Note: we are closed on Monday.",
        "Notes: the pump is new.",
        "My question: who comes?",
        "Ida\n\nNote: we are closed on Monday.",
        "-----",
        "Our offer",
        "Overview of the line:",
    ],
)
def test_what_people_write_into_mails_ends_none(between: str) -> None:
    assert BLUFF in hers(f"It is late.\n\n{between}\n{BLUFF}")


def test_a_signature_below_a_rule_is_still_one() -> None:
    (note,) = read_text(f"{HEAD}It is late.\n\nIda\n=====\nIda Berg\nLarkin Ltd\n+44 20 7946 0102").notes
    assert [turn.speaker for turn in note.turns] == ["Ida Berg"] * 3


def test_the_next_mail_is_its_senders_again() -> None:
    other = HEAD.replace("Ida Berg <ida@", "Uwe Falk <uwe@").replace("17:05", "16:00")
    (note,) = read_text(f"{HEAD}It is late.\n\n## My notes\n\n{BLUFF}\n\n{other}It came.").notes
    said = {turn.words(note.text): turn.speaker for turn in note.turns}
    assert said["It came."] == "Uwe Falk"
    assert said[f"## My notes\n\n{BLUFF}"] is None
