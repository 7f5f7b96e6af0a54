"""Bytes to text: every encoding that notes come in, told by content or by the user, and never a letter lost."""

import codecs
from pathlib import Path

import pytest

from notesense.core.results import ReadAs
from notesense.errors import InputError
from notesense.readers.code_pages import codec_named, label_of
from notesense.readers.decoding import decode
from notesense.readers.sources import read_bytes, read_path

GERMAN = "Gespräch mit Frau Müller: die Lieferung kam wieder zu spät.\r\nSie prüft andere Anbieter.\n"
TEXTS = {
    "cp1252": GERMAN,
    "cp1250": "Spotkanie z panią Wójcik: raport znowu się spóźnił, są niezadowoleni.\nWyślemy ofertę do piątku.",
    "iso8859-2": "Spotkanie z panią Wójcik: raport znowu się spóźnił, są niezadowoleni.\nWyślemy ofertę do piątku.",
    "cp1251": "Встреча с Мариной: отчёт снова опоздал, они недовольны.",
    "koi8-r": "Встреча с Мариной: отчёт снова опоздал, они недовольны.",
    "cp932": "田中様と打ち合わせ。週次レポートがまた遅れており、他社も検討している。",
    "gb18030": "与王女士会面：周报又迟到了，他们很不满意，正在考虑其他供应商。",
    "big5": "與王女士會面：週報又遲到了，他們很不滿意，正在考慮其他供應商。",
    "euc_kr": "김 부장님과 회의: 주간 보고서가 또 늦어서 다른 업체를 알아보고 있다고 합니다.",
    "mac_roman": "Réunion avec Mme Lefèvre : le rapport n'est toujours pas arrivé, elle est très déçue.",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_code_page_is_told_by_content(encoding: str) -> None:
    found = decode(TEXTS[encoding].encode(encoding), "x")
    assert found.text == TEXTS[encoding]
    assert found.read_as is not None


@pytest.mark.parametrize("text", [GERMAN, TEXTS["cp1251"] + "\n", TEXTS["cp932"] + "\nCFO", "“plain” text"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_unicode_is_read_with_a_mark_and_without(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x") == (text, None)


def test_letters_that_tell_little_are_said_to_be_a_guess() -> None:
    assert decode(b"Caf\xe9 with Jos\xe9", "x") == ("Café with José", ReadAs(encoding="Windows-1252", sure=False))


def test_of_two_scripts_in_a_word_neither_is_believed() -> None:
    text = "Appel raté, à rappeler."
    assert decode(text.encode("cp1252"), "x").text == text


def test_utf8_with_some_lines_of_a_code_page_loses_neither() -> None:
    data = "Grüße aus Köln\n".encode() * 3 + b"K\xf6ln\r\n"
    found = decode(data, "x")
    assert found.text == "Grüße aus Köln\n" * 3 + "Köln\r\n"
    assert found.read_as == ReadAs(encoding="Windows-1252", sure=False)


def test_what_html_says_of_itself_holds() -> None:
    html = '<html><head><meta charset="iso-8859-1"></head><p>“Müller”</p></html>'
    assert decode(html.encode("cp1252"), "x") == (html, None)
    wrong = html.replace("iso-8859-1", "nothing-known")
    assert decode(wrong.encode("cp1252"), "x").text == wrong


def test_shifting_encodings_are_read() -> None:
    assert decode("会議は中止。".encode("iso2022_jp"), "x").text == "会議は中止。"
    assert decode("회의".encode("iso2022_kr"), "x").text == "회의"
    assert decode(b"\x1b$B no \x7f\x80"[:6], "x").text == "\x1b$B no"


def test_halves_of_a_character_are_joined() -> None:
    assert decode(b"done \xed\xa0\xbd\xed\xb8\x80", "x").text == "done 😀"


def test_the_user_s_word_holds_for_what_is_not_utf8() -> None:
    assert decode("Müller".encode("cp850"), "x", "cp850").text == "Müller"
    assert decode("Müller".encode(), "x", "cp850").text == "Müller"
    assert decode("Müller".encode("utf-16-be"), "x", "utf-16-be").text == "Müller"
    with pytest.raises(InputError, match="is not CP932 text: byte 0x"):
        decode(b"caf\xe9", "x", "cp932")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("Grüße".encode()[:-2], "breaks off"),
        (bytes(range(1, 256)), "is not UTF-8 text"),
        (b"a\0b\0\1\0", "is binary"),
        (codecs.BOM_UTF16_LE + b"a", "is not UTF-16-LE"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told) as raised:
        decode(data, "x")
    assert raised.value.fix


def test_long_data_is_told_by_its_lines_that_are_not_ascii() -> None:
    text = "plain words\n" * 20_000 + GERMAN
    assert decode(text.encode("cp1252"), "x").text == text


@pytest.mark.parametrize(
    ("name", "codec"), [("Windows-1252", "cp1252"), ("latin1", "iso8859-1"), ("shift-jis", "shift_jis")]
)
def test_encodings_are_known_by_many_names(name: str, codec: str) -> None:
    assert codec_named(name) == codec


def test_a_wrong_name_is_told_with_near_ones() -> None:
    with pytest.raises(InputError, match=r'no encoding called "shiftjs"\. Near it: .*[Ss]hift'):
        codec_named("shiftjs")
    with pytest.raises(InputError, match="no encoding"):
        codec_named("rot13")
    assert label_of("cp1252") == "Windows-1252"


def test_forms_are_known_in_utf16_and_notes_tell_what_they_were_read_as(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nMarta Ruiz: We pay more.\n"
    line = '{"text": "Müller zahlt mehr.", "account": "Harlow"}\n'
    (tmp_path / "call.vtt").write_bytes(vtt.encode("utf-16-le"))
    (tmp_path / "notes.jsonl").write_bytes(line.encode("utf-16"))
    (tmp_path / "old.txt").write_bytes(GERMAN.encode("cp1252"))
    call, kept, old = read_path(tmp_path).notes
    assert (call.turns[0].speaker, call.read_as) == ("Marta Ruiz", None)
    assert kept.text == "Müller zahlt mehr."
    assert (old.text, old.read_as and old.read_as.encoding) == (GERMAN, "Windows-1252")


def test_a_mail_in_a_code_page_that_it_does_not_name_keeps_its_letters() -> None:
    mail = "From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\nSubject: x\r\n\r\n" + TEXTS["cp1251"]
    (note,) = read_bytes(mail.encode("cp1251"), "x").notes
    assert TEXTS["cp1251"] in note.text


def test_a_line_without_end_is_told_by_its_words() -> None:
    text = '{"text": "' + "plain words " * 3_000 + "Müller prüft die Verträge, " * 1_000 + '"}'
    assert decode(text.encode("cp1252"), "x").text == text


@pytest.mark.parametrize("text", ["Pump failed\0 today", "account,date,text\nAcme,2026-01-01,Pump \0 failed.\n"])
def test_a_stray_zero_byte_makes_no_text_wide(text: str) -> None:
    for data in (text.encode(), text.encode() + b"!"):
        with pytest.raises(InputError, match="is binary, not text"):
            decode(data, "x")


@pytest.mark.parametrize("text", ["Pump failed", "Die Pumpe f\u00e4llt aus", "\u30dd\u30f3\u30d7\u304c\u6545\u969c\n"])
def test_wide_text_without_a_mark_is_read(text: str) -> None:
    assert decode(text.encode("utf-16-le"), "x").text == text
