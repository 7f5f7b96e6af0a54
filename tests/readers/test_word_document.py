"""Word documents: words in their order whatever holds them; broken, dense and empty ones are refused in one line."""

import io
import zipfile

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
