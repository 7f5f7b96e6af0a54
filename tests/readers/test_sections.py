"""Headings that say what stands below them, and texts of several hands: each part is what it is, and no other."""

import pytest

from notesense.core.vocabulary import Channel, Origin
from notesense.readers.families import family_of, read
from notesense.readers.family import Content
from notesense.readers.headings import Kind, kind_of, sections_of


def content(text: str, name: str = "a.txt") -> Content:
    return Content(text.encode(), name, name)


def told(text: str, name: str = "a.txt") -> list[tuple[str, str | None, str]]:
    (note,) = read(content(text, name)).notes
    return [(turn.origin.value, turn.speaker, turn.words(note.text)) for turn in note.turns]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Transcript", Kind.TRANSCRIPT),
        ("📖 Full transcript:", Kind.TRANSCRIPT),
        ("Transcripción", Kind.TRANSCRIPT),
        ("AI Summary", Kind.MACHINE),
        ("Summary (AI-generated)", Kind.MACHINE),
        ("Meeting summary by Copilot", Kind.MACHINE),
        ("KI-generierte Zusammenfassung", Kind.MACHINE),
        ("Résumé généré par l'IA", Kind.MACHINE),
        ("Automatically generated summary", Kind.MACHINE),
        ("AI notes (Fireflies)", Kind.MACHINE),
        ("Zoom AI Companion - Meeting summary for Kern Papier renewal (03/12/2026)", Kind.MACHINE),
        ("Kern Papier visit – AI summary", Kind.MACHINE),
        ("AI summary - she laughed at it", Kind.UNKNOWN),
        ("Recap from Zoom AI Companion below, not checked.", Kind.UNKNOWN),
        ("Zoom summary", Kind.UNKNOWN),
        ("Gong summary", Kind.MACHINE),
        ("Notes (Otter.ai)", Kind.MACHINE),
        ("Meeting notes with Gong", Kind.UNKNOWN),
        ("Fathom notes", Kind.UNKNOWN),
        ("AI strategy", Kind.UNKNOWN),
        ("AI pilot and summary", Kind.UNKNOWN),
        ("Ai summary", Kind.UNKNOWN),
        ("Summary of their AI", Kind.UNKNOWN),
        ("Call plan", Kind.PLAN),
        ("Pre-call notes", Kind.PLAN),
        ("Plan for the next meeting with Ines", Kind.PLAN),
        ("Goals for the visit", Kind.PLAN),
        ("Gesprächsplan", Kind.PLAN),
        ("Plan für den Besuch", Kind.PLAN),
        ("Pre-call notes - Kern Papier", Kind.PLAN),
        ("Pre-meeting notes (Ines Brandt, 7 April)", Kind.PLAN),
        ("Call plan for Kern Papier", Kind.PLAN),
        ("Visit prep / plan for Tuesday's visit to Kern", Kind.PLAN),
        ("Besuchsplan Kern Papier", Kind.PLAN),
        ("Call plan of theirs is late", Kind.UNKNOWN),
        ("Meeting prep took Ines two hours", Kind.UNKNOWN),
        ("Rollout plan / call plan", Kind.UNKNOWN),
        ("Plan", Kind.UNKNOWN),
        ("Rollout plan", Kind.UNKNOWN),
        ("Before the meeting", Kind.UNKNOWN),
        ("Their plan for the plant", Kind.UNKNOWN),
        ("My take", Kind.OWN),
        ("Notes", Kind.OWN),
        ("Call notes", Kind.OWN),
        ("Next steps", Kind.USUAL),
        ("Topics discussed", Kind.USUAL),
        ("Pricing", Kind.UNKNOWN),
    ],
)
def test_what_a_heading_says(name: str, kind: Kind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hi.",
        "AI summary\n",
        "\n\nPlan for the call:\n\n\n- a\n\nb\n",
        "# Transcript\n## a\n# Notes\nx",
        "Call plan: a\r\n- b\r\nc",
        "x\n\nTranscript",
    ],
)
def test_sections_cover_the_text(text: str) -> None:
    assert "".join(text[one.start : one.end] for one in sections_of(text)) == text


def test_a_plan_ends_with_its_list_or_paragraph() -> None:
    plan = "Plan for the call:\n- the cooling\n  and its price\n\n1. the invoice\n"
    assert told(plan + "\nShe will not pay.\n")[0] == ("plan", None, plan.strip())
    assert told(plan + "She will not pay.\n")[1] == ("rep_note", None, "She will not pay.")
    assert told("Call plan\n\nGoal: sign\nOffer: less\n\nShe will not pay.")[1] == (
        "rep_note",
        None,
        "She will not pay.",
    )
    assert [origin for origin, *_ in told("Call plan\n\nGoal: sign\n")] == ["plan"]
    assert [origin for origin, *_ in told("She rang.\nPlan for the visit: the price\nShe waits.")] == [
        *("rep_note", "plan", "rep_note")
    ]


def test_without_empty_lines_as_word_writes_it_a_heading_is_known_too() -> None:
    text = "Brandt\nCall plan\nask for the invoice\nCall notes\nShe waits.\nAI summary\nCooling.\nNext steps\nA visit."
    assert told(text) == [
        ("rep_note", None, "Brandt"),
        ("plan", None, "Call plan\nask for the invoice"),
        ("rep_note", None, "Call notes\nShe waits."),
        ("vendor_summary", None, "AI summary\nCooling.\nNext steps\nA visit."),
    ]
    assert family_of(content("Call plan\nask for the invoice\nThe call\nShe will not pay.")).name == "text"


@pytest.mark.parametrize(
    "text",
    [
        "Summary\nShe is annoyed.\n\nNext steps\nI send the offer.",
        "Rollout plan\nThey promised three sites by June.",
        "Our plan for the plant is to renew.\nThe transcript follows.",
        "Summary\nShe asked for the transcript.\n\nTranscript\nIt was not made.",
        "Transcript\nOlaf Kern: Good afternoon.\nInes Brandt: It failed.\nOlaf Kern: When?\nInes Brandt: On Sunday.",
    ],
)
def test_what_no_heading_parts_stays_a_plain_note(text: str) -> None:
    assert family_of(content(text)).name == "text"


def test_a_summary_beside_a_transcript_is_the_programs_unless_it_says_whose_it_is() -> None:
    said = "\n\nTranscript\nOlaf Kern: It failed?\nInes Brandt: On Sunday.\n"
    assert told("Summary\nShe is annoyed.\n\nAction items\n- Olaf Kern: visit" + said) == [
        ("vendor_summary", None, "Summary\nShe is annoyed."),
        ("vendor_summary", None, "Action items\n- Olaf Kern: visit"),
        ("transcript", "Olaf Kern", "It failed?"),
        ("transcript", "Ines Brandt", "On Sunday."),
    ]
    assert told("My summary\nShe is annoyed.\n\nNext steps\nI send it." + said)[0][0] == "rep_note"
    assert told("Next steps\nI send it." + said)[0] == ("rep_note", None, "Next steps\nI send it.")


DISCLAIMERS = [
    "AI-generated content may be incorrect",
    "AI can make mistakes. Review for accuracy.",
    "AI-generated content may be inaccurate or misleading. Always check for accuracy.",
    "KI-generierte Inhalte können fehlerhaft sein.",
    "Le contenu généré par l'IA peut être incorrect.",
    "El contenido generado por IA puede contener errores.",
    "L'IA può commettere errori.",
]


@pytest.mark.parametrize("line", DISCLAIMERS)
def test_what_a_program_says_may_be_wrong_is_its_own(line: str) -> None:
    over = f"Recap of Tuesday\n{line}\n\n- Ines: wants a spare part\n\nFollow-up tasks:\n- a visit\n"
    assert told(over) == [
        ("vendor_summary", None, over.split("\n\nFollow")[0]),
        ("vendor_summary", None, "Follow-up tasks:\n- a visit"),
    ]
    under = f"I rang her.\n\nQuick recap\nInes spoke of parts.\n\nNext steps\nA visit by May.\n\n{line}\n\nShe bluffs."
    assert [origin for origin, *_ in told(under)] == ["rep_note", "vendor_summary", "vendor_summary", "rep_note"]
    bare = f"I rang her.\n\nInes and Olaf spoke of parts.\n{line}\nNext steps\nI visit her."
    assert [words for origin, _, words in told(bare) if origin == "rep_note"] == [
        "I rang her.",
        "Next steps\nI visit her.",
    ]
    alone = f"{line}\nInes spoke of parts."
    assert told(alone) == [("vendor_summary", None, alone)]


@pytest.mark.parametrize(
    "line",
    [
        "She says AI can make mistakes.",
        "AI can make mistakes, she says.",
        "AI can make mistakes. Her boss agrees.",
        "Our AI may cause errors in their invoices",
        "AI-generated content may be what they want",
    ],
)
def test_who_speaks_of_such_a_program_writes_a_note(line: str) -> None:
    assert family_of(content(f"I rang her.\n\n{line}\n\nShe waits.")).name == "text"


def test_a_line_that_names_a_program_over_its_usual_headings_says_whose_they_are() -> None:
    said = "\n\nQuick recap\nInes spoke of parts.\n\nNext steps\n- A visit."
    for line in ("Recap from Zoom AI Companion below, not checked.", "Meeting summary for Kern (03/12/2026)"):
        assert {origin for origin, *_ in told(line + said)} == {"vendor_summary"}
        assert family_of(content(f"{line}\n\nShe will not pay.\n\nNext steps\n- A visit.")).name == "text"


@pytest.mark.parametrize(
    "own",
    ["What I think: she bluffs.", "My view is that she bluffs.", "Mein Eindruck: sie blufft.", "I rang her boss."],
)
def test_the_reps_own_words_below_a_summary_are_no_summary(own: str) -> None:
    assert told(f"Copilot summary\n- Ines wants a part\n\n{own}\nMay is late.\n\nTranscript\nOlaf: Hm?\nInes: So.")[
        :2
    ] == [
        ("vendor_summary", None, "Copilot summary\n- Ines wants a part"),
        ("rep_note", None, f"{own}\nMay is late."),
    ]


@pytest.mark.parametrize(
    "line", ["EU: prices were named.", "Monday: a visit.", "I/O errors were named.", "- I ring her"]
)
def test_what_a_program_wrote_goes_on_below_empty_lines(line: str) -> None:
    assert told(f"Copilot summary\nInes wants a part.\n\n{line}")[0][2].endswith(line)


def test_a_line_that_goes_on_with_other_words_names_no_program() -> None:
    assert family_of(content("Notes from Copilot rollout\n\nNext steps\n- I send the offer.")).name == "text"


def test_a_disclaimer_below_a_transcript_is_nobodys_words() -> None:
    said = "AI notes\nCooling.\n\nTranscript\nOlaf Kern: It failed?\nInes Brandt: It was made with AI, they say.\n"
    assert told(said)[-1] == ("transcript", "Ines Brandt", "It was made with AI, they say.")
    assert told(said + "AI-generated content may be incorrect.\n")[-2:] == [
        ("transcript", "Ines Brandt", "It was made with AI, they say."),
        ("vendor_summary", None, "AI-generated content may be incorrect."),
    ]


def test_a_transcript_of_nobody_known_is_one_below_its_heading() -> None:
    assert told("Call plan\n- ask\n\nTranscript\nthe cooling failed on sunday") == [
        ("plan", None, "Call plan\n- ask"),
        ("transcript", None, "the cooling failed on sunday"),
    ]


def test_a_fault_inside_a_part_is_told_and_the_rest_kept() -> None:
    text = "Call plan\n- ask\n\nTranscript\nWEBVTT\n\n00:01.000 --> 00:02.000\nOlaf Kern: It failed?\n"
    (note,) = read(content(text)).notes
    assert (note.form, note.channel) == ("sections", Channel.CALL)
    assert note.turns[-1].speaker == "Olaf Kern"
    assert note.turns[-1].time == 1.0


def test_the_own_words_of_a_note_keep_their_speakers_with_their_words_alone() -> None:
    said = "[10:02] Ines Brandt: It failed.\n[10:03] Olaf Kern: When?\n[10:04] Ines Brandt: On Sunday.\n"
    text = f"Call plan\n- ask\n\n{said}"
    words = [words for _, speaker, words in told(text) if speaker]
    assert words == ["It failed.", "When?", "On Sunday."]


@pytest.mark.parametrize(
    "text",
    [
        "Recording: https://fathom.video/share/abc\nShe will not pay.",
        "VIEW RECORDING - 4 mins: https://fathom.video/share/abc\nShe will not pay.",
        "Key takeaways\nShe will not pay.\n",
        "Me: I asked.\nHe will not pay, and it is late.\nThem: No.",
        "Give it to me: now.\nTell them: never.\nShe will not pay.",
    ],
)
def test_what_merely_names_a_program_is_a_plain_note(text: str) -> None:
    assert family_of(content(text)).name == "text"


def test_a_fathom_transcript_without_empty_lines_is_read_too() -> None:
    text = "VIEW RECORDING - 4 mins: \n0:02 - Olaf Kern\nIt failed?\n0:11 - Ines Brandt (Brandt)\nOn Sunday.\n"
    assert told(text)[1:] == [
        ("transcript", "Olaf Kern", "It failed?"),
        ("transcript", "Ines Brandt", "On Sunday."),
    ]


def test_otter_without_its_own_headings_is_a_transcript_as_before() -> None:
    text = "Olaf Kern  0:02  \nIt failed?\n\nTranscribed by https://otter.ai\n"
    assert family_of(content(text)).name == "transcript"
    keywords = "SUMMARY KEYWORDS\ncooling\n\nNobody was heard.\n"
    assert family_of(content(keywords)).name == "text"


def test_a_granola_note_below_own_lines_keeps_them() -> None:
    text = (
        "Call plan\n- ask for the invoice\n\n### Cooling\n- fails\n---\n"
        "Chat with meeting transcript: [https://notes.granola.ai/t/a](https://notes.granola.ai/t/a)\n"
    )
    (note,) = read(content(text)).notes
    assert [turn.origin for turn in note.turns] == [Origin.PLAN, Origin.VENDOR_SUMMARY]
    assert note.text == text


def test_exported_sections_come_back_as_they_were() -> None:
    head = "---\ntitle: a\ntype: meeting\ndate: 2026-04-07\nsource: notesense\n---\n"
    (note,) = read(content(f"{head}\n## Plan\n\nAsk.\n\n## Summary\n\nFine.\n\n## Notes\n\nShe left.\n", "a.md")).notes
    assert [turn.origin for turn in note.turns] == [Origin.PLAN, Origin.VENDOR_SUMMARY, Origin.REP_NOTE]


def test_a_known_head_holds_whatever_its_body_is() -> None:
    body = "Olaf Kern  0:02\nIt failed?\n\nInes Brandt  0:11\nOn Sunday.\n"
    (note,) = read(content(f"---\ntitle: Cooling\naccount: Brandt\ndate: 2026-04-07\n---\n{body}", "a.md")).notes
    assert (note.form, note.title, note.account, note.channel) == ("markdown", "Cooling", "Brandt", Channel.CALL)
    assert [turn.speaker for turn in note.turns] == ["Olaf Kern", "Ines Brandt"]
    plain = "---\ntitle: Cooling\n---\nInes: it failed.\n"
    assert read(content(plain, "a.md")).notes[0].turns == ()
