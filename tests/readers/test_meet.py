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
        ("Harlow - 2026/03/12 10:00 CET - Transcript\nMarta: It leaks.", "a.txt"),
        ("Harlow - 2026/03/12 10:00 MEZ - Transkript\nMarta: Es leckt.", "a.txt"),
        ("Harlow (12.03.2026, 10:02 MEZ) – Transkript\nMarta: Es leckt.", "a.txt"),
        ("Visite - 2026/03/12 10:00 CET - Transcription\nMarta: Elle fuit.", "a.txt"),
        ("Harlow (2026-03-12 at 10:00 GMT-7) – Transcript\nMarta: It leaks.", "a.md"),
        ("Summary\nIt leaks.", "Harlow - 2026_03_12 10_00 CET - Notes by Gemini.md"),
        ("Visite - 2026/03/12 10:00 CET - Notes par Gemini\nRésumé\nElle fuit.", "a.txt"),
        ("Besprechung begonnen 2026/03/12 10:00 CET - Notizen von Gemini\nEs leckt.", "a.txt"),
        ("Summary\nIt leaks.\nYou should review Gemini’s notes to make sure they're accurate.", ""),
        ("📝 Muistiinpanot\nSe vuotaa (00:04:10).\nTarkista Geminin muistiinpanot.", ""),
    ],
)
def test_known_by_what_google_writes(text: str, name: str) -> None:
    assert families.family_of(Content(text.encode(), "x", name)).name == "meet"


@pytest.mark.parametrize(
    "text",
    [
        "📖 Reading list\nIt leaks.",
        "We use Gemini - Notes by Gemini are good.",
        "Transcript",
        "Harlow - 12 March - Transcript\nMarta: It leaks.\nBen: Where?",
        "Harlow - 2026/03/12 10:00 - they sent the transcript of it too late\nIt leaks.",
        "Transkript\nTeilnehmer\nMarta Ruiz, Ben Cole",
        "📝 Notes\nIt leaks (00:04:10).",
        "Gemini leaks (00:04:10).",
    ],
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
        ("MEZ", "2026-03-12T10:00:00+01:00"),
        ("MESZ", "2026-03-12T10:00:00+02:00"),
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
        (Origin.VENDOR_SUMMARY, None, None, f"{HEADING}\nSummary\nPrices.\n📖 Transcript"),
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


def told(text: str) -> list[tuple[str, str | None, str]]:
    one = read(text)
    return [(turn.origin.value, turn.speaker, turn.words(one.text)) for turn in one.turns]


MARK = "📖 Transcript\nMay 4, 2026\nKemi: pumps - Transcript\n00:00:00\n"


def test_each_line_has_its_speaker_whatever_the_name() -> None:
    names = (
        "Tim Vos",
        "olga berg",
        "Jan | Kemi",
        "Then Li Na",
        "de Vries",
        "Kemi Room",
        "olga berg",
        "jan_k.",
        "jan_k.",
    )
    said = told(MARK + "\n".join(f"{name}: and it is so" for name in names))
    assert said[0] == ("vendor_summary", None, MARK.removesuffix("\n00:00:00\n"))
    assert [speaker for _, speaker, _ in said[1:]] == [*names]


def test_who_is_invited_may_speak_in_any_case() -> None:
    text = f"{HEADING}\nInvited Tim Vos olga berg\nSummary\nPrices.\n{MARK}Tim Vos: Hm.\nOh.\nolga berg: Yes."
    assert told(text)[1:] == [("transcript", "Tim Vos", "Hm.\nOh."), ("transcript", "olga berg", "Yes.")]


def test_a_label_on_a_wrapped_line_is_nobodys() -> None:
    lines = "Tim Vos: The first point is\nDelivery: who brings it?\nTim Vos: Nobody\nis there.\nNote: never."
    assert told(MARK + lines)[1:] == [
        ("transcript", "Tim Vos", "The first point is"),
        ("transcript", None, "Delivery: who brings it?"),
        ("transcript", "Tim Vos", "Nobody\nis there.\nNote: never."),
    ]


@pytest.mark.parametrize(
    "end",
    [
        "Transcription ended after 00:31:02",
        "Litterointi päättyi 00:31:02 jälkeen",
        "### **La transcription s'est terminée après 00:31:02**",
        "This editable transcript was computer generated and might contain errors.",
        "*Dieses bearbeitbare Transkript wurde maschinell erstellt.*",
    ],
)
def test_what_ends_a_transcript_is_no_speech_in_any_language(end: str) -> None:
    said = "Tim Vos: It was at 00:31 or so.\n00:20:00\nOlga Berg: Yes."
    assert told(f"{MARK}{said}\n\n{end}")[2:] == [("transcript", "Olga Berg", "Yes."), ("vendor_summary", None, end)]


@pytest.mark.parametrize(
    ("heading", "label", "mark", "started"),
    [
        ("Harlow - 2026/03/12 10:00 CET - Transcript", "Attendees", "Transcript", "2026-03-12T10:00:00+01:00"),
        ("Harlow - 2026/03/12 10:00 MEZ - Transkript", "Teilnehmer", "Transkript", "2026-03-12T10:00:00+01:00"),
        ("Harlow (12.3.2026, 10:00 MEZ) – Transkript", "### Teilnehmer", "Transkript", "2026-03-12T10:00:00+01:00"),
        ("Harlow - 2026/03/12 10:00 - Transcripción", "Asistentes", "Transcripción", "2026-03-12T10:00:00"),
        ("Harlow - 2026/03/12 10:00 - Trascrizione", "Partecipanti", "Trascrizione", "2026-03-12T10:00:00"),
    ],
)
def test_a_transcript_by_itself_tells_its_day_title_and_people(
    heading: str, label: str, mark: str, started: str
) -> None:
    end = "Besprechung nach 00:31:02 beendet"
    text = f"{heading}\n{label}\nolga berg, Tim Vos\n{mark}\n00:00:00\n\nTim Vos: It leaks.\nolga berg: Hm.\n{end}"
    one = read(text)
    assert one.started is not None
    assert (one.title, str(one.date), one.started.isoformat()) == ("Harlow", "2026-03-12", started)
    assert [each.name for each in one.attendees] == ["olga berg", "Tim Vos"]
    assert [(turn.origin.value, turn.speaker, turn.words(one.text)) for turn in one.turns][1:] == [
        ("transcript", "Tim Vos", "It leaks."),
        ("transcript", "olga berg", "Hm."),
        ("vendor_summary", None, end),
    ]


def test_what_stands_below_the_programs_last_words_is_the_reps() -> None:
    end = "Transcription ended after 00:31:02\n\nThis editable transcript was computer generated."
    assert told(f"{MARK}Tim Vos: Hm.\n{end}\n\nShe bluffs.")[2:] == [
        ("vendor_summary", None, end),
        ("rep_note", None, "She bluffs."),
    ]


def test_the_transcript_of_notes_begins_at_its_first_time_where_the_mark_is_lost() -> None:
    summary = f"{HEADING}\nSummary\nPrices (00:00:10).\nTranscript\nMay 4, 2026"
    assert told(f"Call her.\n{summary}\n00:00:00\n\nTim Vos: Hm.\nOlga Berg: Yes.") == [
        ("rep_note", None, "Call her."),
        ("vendor_summary", None, summary),
        ("transcript", "Tim Vos", "Hm."),
        ("transcript", "Olga Berg", "Yes."),
    ]
    assert [one[0] for one in told(f"{summary}\n00:00:00\nNothing was said.")] == ["vendor_summary"]
