"""PDF: text page by page; scans, locked and broken documents are refused in one line."""

import io

import pytest

from notesense.errors import InputError
from notesense.readers import pdf
from notesense.readers.families import read
from notesense.readers.family import Content
from pdf_files import pdf_of


def content(data: bytes) -> Content:
    return Content(data, "a.pdf", "a.pdf")


def locked(password: str, algorithm: str = "RC4-128") -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(["It leaks."]))))
    writer.encrypt(password, "owner", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (pdf_of([], []), "a.pdf is a PDF without text: pictures of pages, such as a scan."),
        (b"%PDF-1.7\n%\xe2", "a.pdf is a broken PDF ("),
        (pdf_of(["It leaks."])[:150], "a.pdf is a broken PDF ("),
        (locked("secret"), "a.pdf is an encrypted PDF: print it into a new PDF, which has no lock."),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, told: str) -> None:
    with pytest.raises(InputError) as raised:
        read(content(data))
    assert raised.value.message.startswith(told)
    assert raised.value.fix


def test_a_document_that_is_locked_against_changes_alone_is_read() -> None:
    assert read(content(locked(""))).notes[0].text == "It leaks."


def test_a_document_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MOST", 2)
    with pytest.raises(InputError, match="more than 2 pages"):
        read(content(pdf_of(["a"], ["b"], ["c"])))


@pytest.mark.parametrize("form", ["{}", "Page {} of 2", "- Seite {} / 2 -"])
def test_numbers_of_pages_are_no_words(form: str) -> None:
    one, two = form.format(1), form.format(2)
    assert read(content(pdf_of(["We pay", one], ["too much.", two]))).notes[0].text == "We pay\ntoo much."
    assert read(content(pdf_of([one, "We pay"], [two, "too much."]))).notes[0].text == "We pay\ntoo much."


def test_other_numbers_on_pages_are() -> None:
    assert read(content(pdf_of(["We pay", "1"], ["too much.", "12"]))).notes[0].text == "We pay\n1\ntoo much.\n12"
    assert read(content(pdf_of(["We pay", "1"]))).notes[0].text == "We pay\n1"


def test_the_number_of_a_page_may_stand_on_one_of_them() -> None:
    assert read(content(pdf_of(["We pay", "Page 1 of 2"], ["too much."]))).notes[0].text == "We pay\ntoo much."
