"""Strings from notes cannot steer a terminal, hide, or write markup."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesense.render import safe

CASES = [
    ("a\x1b[31mred", "a\\x1b[31mred"),
    ("\x1b]8;;http://x\x1b\\", "\\x1b]8;;http://x\\x1b\\"),
    ("bell\x07 \x9b2J", "bell\\x07 \\x9b2J"),
    ("abc\u202edef", "abc\\u202edef"),
    ("\u2066iso\u2069", "\\u2066iso\\u2069"),
    ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
    ("line\u2028par\u2029", "line\\u2028par\\u2029"),
    ("tab\there\r\nthere", "tab here there"),
    ("tag\U000e0041", "tag\\U000e0041"),
    ("lone \ud800", "lone \\ud800"),
    ("join\u200der", "join\\u200der"),
    ("👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3", "👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3"),
    ("é ü 日本 שלום 5 > 3 & R&D", "é ü 日本 שלום 5 > 3 & R&D"),
]


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_hidden_characters_are_spelt_out(text: str, shown: str) -> None:
    assert safe.inline(text) == shown


@given(st.text())
def test_nothing_that_steers_is_left(text: str) -> None:
    for shown in (safe.inline(text), safe.shown(text), safe.block(text).replace("\n", "")):
        hidden = [char for char in shown if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
        assert not hidden
        assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")


@given(st.text())
def test_safe_text_is_left_as_it_is(text: str) -> None:
    assert safe.inline(safe.inline(text)) == safe.inline(text)


def test_block_keeps_lines() -> None:
    assert safe.block("one\r\ntwo\n\tthree\x1b") == "one\ntwo\n    three\\x1b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# head", "\\# head"),
        ("1. one", "1\\. one"),
        ("- bullet", "\\- bullet"),
        ("a | b", "a \\| b"),
        ("![x](y)", "!\\[x\\](y)"),
        ("<b>&lt;", "\\<b\\>\\&lt;"),
        ("AT&T R&D 5 & 6", "AT\\&T R\\&D 5 & 6"),
        ("http://a.b", "http:\\//a.b"),
        ("**bold** _it_", "\\*\\*bold\\*\\* \\_it\\_"),
        ("£17,900 (2026) e-mail", "£17,900 (2026) e-mail"),
    ],
)
def test_markdown_is_escaped(text: str, shown: str) -> None:
    assert safe.markdown(text) == shown


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_is_the_same_value_without_steering(text: str) -> None:
    written = safe.json_text(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(written) == {"text": text}
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", written)
