"""Google Meet: what is the summary, what was said, what the heading tells. Whole files are among the fixtures."""

import pytest

from notesense.core.reading import Reading
from notesense.core.vocabulary import Origin
from notesense.readers import families
from notesense.readers.family import Content

HEADING = "Harlow - 2026/03/12 10:00 CET - Notes by Gemini"


def read(text: str, name: str = "a.txt") -> Reading:
    (one,) = families.read(Content(text.encode(), name, name)).notes
    return one


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{HEADING}\nSummary\nIt leaks.", "a.txt"),
        ("📖 Transcript\n00:00:00\nMarta: It leaks.", "a.txt"),
        ("Marta: It leaks.\nBen: Where?\nTranscription ended after 00:31:02", ""),
        ("Harlow (2026-03-12 at 10:00 GMT-7) – Transcript\nMarta: It leaks.", "a.md"),
        ("Summary\nIt leaks.", "Harlow - 2026_03_12 10_00 CET - Notes by Gemini.md"),
    ],
)
def test_known_by_what_google_writes(text: str, name: str) -> None:
    assert families.family_of(Content(text.encode(), "x", name)).name == "meet"


@pytest.mark.parametrize(
    "text", ["📖 Reading list\nIt leaks.", "We use Gemini - Notes by Gemini are good.", "Transcript"]
)
def test_other_texts_are_not(text: str) -> None:
    assert families.family_of(Content(text.encode(), "x", "a.txt")).name == "text"


@pytest.mark.parametrize(
    ("zone", "started"),
    [
        ("CET", "2026-03-12T10:00:00+01:00"),
        ("GMT+5:30", "2026-03-12T10:00:00+05:30"),
        ("GMT-03:30", "2026-03-12T10:00:00-03:30"),
        ("UTC", "2026-03-12T10:00:00+00:00"),
        ("CST", "2026-03-12T10:00:00"),
        ("GMT+99", "2026-03-12T10:00:00"),
    ],
)
def test_the_heading_tells_when_it_began(zone: str, started: str) -> None:
    one = read(f"Harlow - renewal - 2026/03/12 10:00 {zone} - Notes by Gemini\nSummary\nIt leaks.")
    assert one.title == "Harlow - renewal"
    assert one.started is not None
    assert one.started.isoformat() == started
    assert str(one.date) == "2026-03-12"


def test_a_day_that_there_is_not_is_none() -> None:
    one = read("Harlow - 2026/13/12 10:00 CET - Notes by Gemini\nSummary\nIt leaks.")
    assert (one.started, one.date) == (None, None)


def test_only_what_was_said_is_testimony() -> None:
    transcript = "📖 Transcript\n00:00:10\nIt leaks.\nUnknown Speaker: Hm.\n\n**Marta:** Yes: all of it."
    one = read(f"{HEADING}\nSummary\nPrices.\n{transcript}\n[Ben] Send it.")
    assert [(turn.origin, turn.speaker, turn.time, turn.words(one.text)) for turn in one.turns] == [
        (Origin.VENDOR_SUMMARY, None, None, f"{HEADING}\nSummary\nPrices."),
        (Origin.TRANSCRIPT, None, 10.0, "It leaks."),
        (Origin.TRANSCRIPT, None, None, "Hm."),
        (Origin.TRANSCRIPT, "Marta", None, "Yes: all of it.\n[Ben] Send it."),
    ]


def test_who_was_invited() -> None:
    said = "📖 Transcript\nMarta Ruiz: It leaks.\nPaul: Hm."
    bare = read(f"{HEADING}\nInvited Marta Ruiz Ben Cole\nSummary\n{said}").attendees
    assert [(one.name, one.email) for one in bare] == [("Marta Ruiz", "")]
    mailed = read(f"{HEADING}\nInvited\n[Ben](mailto:ben@us.example) Ann\nSummary\n{said}").attendees
    assert [(one.name, one.email) for one in mailed] == [("Ben", "ben@us.example")]
