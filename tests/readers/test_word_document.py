"""Word documents: words in their order whatever holds them; broken, dense and empty ones are refused in one line."""

import io
import zipfile
from collections.abc import Sequence

import pytest

from notesense.errors import InputError
from notesense.readers.families import read
from notesense.readers.family import Content

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body: str, name: str = "word/document.xml") -> Content:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(name, f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return Content(file.getvalue(), "a.docx", "a.docx")


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def text(words: str) -> str:
    return paragraph(f"<w:r><w:t>{words}</w:t></w:r>")


def box(*words: str) -> str:
    return f"<w:r><w:drawing><w:txbxContent>{''.join(map(text, words))}</w:txbxContent></w:drawing></w:r>"


def table(*rows: Sequence[str]) -> str:
    cells = ("".join(f"<w:tc>{text(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (paragraph("<w:r><w:t>R&amp;D </w:t><w:t>pays</w:t></w:r>"), "R&D pays"),
        (
            paragraph("<w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink><!-- no --><w:r><w:br/><w:t>b</w:t></w:r>"),
            "a\nb",
        ),
        (
            paragraph("<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"),
            "new",
        ),
        (
            paragraph("<w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>b</w:t></w:r></w:moveTo>"),
            "b",
        ),
        (paragraph("<w:r><w:pPr><w:tab/></w:pPr><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>"), "a\u2011b"),
        (paragraph(f"<w:r><w:t>a</w:t>{paragraph('<w:r><w:t>box</w:t></w:r>')}</w:r>"), "a\nbox"),
        (
            paragraph("<w:r><w:t>before </w:t></w:r>" + box("box") + "<w:r><w:t>and after</w:t></w:r>"),
            "before and after\nbox",
        ),
        (paragraph(box("one", "two")) + paragraph("<w:r><w:t>below</w:t></w:r>"), "one\ntwo\nbelow"),
        (paragraph(f"<w:r><w:txbxContent>{table(['a', 'b'])}</w:txbxContent></w:r>"), "a\tb"),
        (table(["a"]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>") + table(["b"]), "b"),
        ("<w:sdt><w:sdtContent>" + paragraph("<w:r><w:t>held</w:t></w:r>") + "</w:sdtContent></w:sdt>", "held"),
    ],
)
def test_words_are_taken_from_whatever_holds_them(body: str, words: str) -> None:
    assert read(document(body)).notes[0].text == words
    assert read(document(body, "word/document2.xml")).notes[0].form == "docx"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (document("<w:p>"), "a.docx is a broken Word document (Opening and ending tag mismatch"),
        (document(paragraph("<w:r/>")), "a.docx is a Word document without words."),
        (document(paragraph("<w:t>" + " " * 5_000_000 + "</w:t>")), "a.docx unpacks to "),
        (document("<w:p>" * 300 + "</w:p>" * 300), "a.docx is a broken Word document (Excessive depth"),
    ],
)
def test_what_cannot_be_read_is_told(content: Content, told: str) -> None:
    with pytest.raises(InputError) as raised:
        read(content)
    assert raised.value.message.startswith(told)
    assert raised.value.fix


def test_entities_of_a_document_open_nothing() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "word/document.xml",
            '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            f'<w:document xmlns:w="{W}"><w:p><w:t>safe</w:t>&e;</w:p></w:document>',
        )
    assert read(Content(file.getvalue(), "a", "a")).notes[0].text == "safe"


SAID = [
    ("0:07", "Odine Falk", "It leaks: again."),
    ("0:12", "Per Lund", "I see."),
    ("1:02:03", "Odine Falk", "By May?"),
]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (1, 2, 0)])
@pytest.mark.parametrize("head", [[], [("Start", "Who", "What")]])
def test_a_table_of_times_names_and_words_is_a_transcript(order: tuple[int, ...], head: list[tuple[str, ...]]) -> None:
    rows = [[row[number] for number in order] for row in [*head, *SAID]]
    (note,) = read(document(text("Weekly call") + table(*rows) + text("Sent by Per"))).notes
    said = [(turn.speaker, turn.time, turn.words(note.text)) for turn in note.turns]
    opening = "\t".join(rows[0]) if head else ""
    assert said[0] == (None, None, "Weekly call")
    assert said[1:-1] == [
        *([(None, None, opening)] if head else []),
        ("Odine Falk", 7.0, "It leaks: again."),
        ("Per Lund", 12.0, "I see."),
        ("Odine Falk", 3723.0, "By May?"),
    ]
    assert said[-1] == (None, None, "Sent by Per")
    assert note.channel == "call"


@pytest.mark.parametrize(
    "rows",
    [
        [("9:00", "Odine Falk", "Opening"), ("9:30", "Per Lund", "Prices"), ("10:00", "Odine Falk", "Support")],
        [("0:00", "Odine Falk", "Opening"), ("0:05", "Per Lund", "Demo of it"), ("0:25", "Odine Falk", "Questions?")],
        [("0:07", "Odine Falk", "It leaks."), ("0:12", "Per Lund", "I see.")],
        [("0:07", "Odine Falk", "a", "x"), ("0:12", "Per Lund", "b", "y"), ("0:13", "Odine Falk", "c", "z")],
        [("0:07", "price of 3", "It leaks."), ("0:12", "price of 3", "I see."), ("0:15", "price of 3", "Yes.")],
        [("0:15", "Odine Falk", "It leaks."), ("0:12", "Per Lund", "I see."), ("0:07", "Odine Falk", "Yes.")],
        [("Odine Falk", "It leaks."), ("Per Lund", "I see."), ("Odine Falk", "Yes.")],
        [("", "", "")],
    ],
)
def test_another_table_is_no_transcript(rows: list[tuple[str, ...]]) -> None:
    (note,) = read(document(text("Plan") + table(*rows))).notes
    assert note.turns == ()
    assert note.text == "\n".join(["Plan", *("\t".join(row) for row in rows)]).strip()
