"""Whatever comes in, only our own error comes out: broken fixtures of every family, and texts that hypothesis makes.

500 inputs in the normal run; `make fuzz` tries 20,000. An input depends on its number alone, so a fault comes back.
"""

import contextlib
import os
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_fixtures import fixtures
from notesense.core.passages import passages_of
from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.readers import families
from notesense.readers.family import Content
from test_fixtures import DAY

INPUTS = int(os.environ.get("NOTESENSE_FUZZ", "500"))
PARTS = 10
FILES = [(path.name, path.read_bytes()) for path in fixtures()]
ENDINGS = sorted(families.ENDINGS)
STRANGE = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\r", b"\r\n\r\n", b"\x1b[31m", "\u2028\u202e\ufffd😀".encode()),
    *(b"-->", b"00:00:00.000 --> 99:99:99.999", b"-0:0:1.5 --> 0:0:2,5", b"</v>", b"<v ", b"&#x110000;", b"&amp;lt;"),
    *(b'{"text": "', b"[" * 3000, b'{"a":' * 3000, b"]}", b"NaN", b"-Infinity", b"9" * 400, b"1e999", b"null"),
    *(b"\\ud800", b"\\u0000", b": ", b'"', b'""', b",", b";", b"\t", b"---\n", b"From: ", b"\n> ", b"=?utf-8?B?/w==?="),
    *(b"Content-Type: multipart/mixed; boundary=x\n\n--x", b"BEGIN:VEVENT\n", b"PK\x03\x04", b"%PDF-1.7", b"<" * 500),
]


def swapped(rng: random.Random, data: bytes) -> bytes:
    """Some bytes are others."""
    found = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        found[rng.randrange(len(found))] = rng.randrange(256)
    return bytes(found)


def cut_out(rng: random.Random, data: bytes) -> bytes:
    """A stretch is gone."""
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randint(1, 200) :]


def ended(rng: random.Random, data: bytes) -> bytes:
    """The end is gone."""
    return data[: rng.randrange(len(data))]


def put_in(rng: random.Random, data: bytes) -> bytes:
    """Something strange stands in it."""
    at = rng.randrange(len(data))
    return data[:at] + rng.choice(STRANGE) + data[at:]


def replaced(rng: random.Random, data: bytes) -> bytes:
    """A word that stands in it is something strange."""
    word = rng.choice(data.split() or [b"x"])
    return data.replace(word, rng.choice(STRANGE), rng.randint(1, 3))


def shuffled(rng: random.Random, data: bytes) -> bytes:
    """Lines are gone, doubled or elsewhere."""
    lines = data.splitlines(keepends=True)
    for _ in range(rng.randint(1, 6)):
        line = lines.pop(rng.randrange(len(lines))) if lines else b""
        for _ in range(rng.randint(0, 2)):
            lines.insert(rng.randint(0, len(lines)), line)
    return b"".join(lines)


def mixed(rng: random.Random, data: bytes) -> bytes:
    """It goes on as another file does."""
    other = rng.choice(FILES)[1]
    return data[: rng.randrange(len(data))] + other[rng.randrange(len(other)) :]


def recoded(rng: random.Random, data: bytes) -> bytes:
    """The same in another encoding, or with other line ends."""
    text = data.decode("utf-8", "replace")
    ways: list[Callable[[], bytes]] = [
        lambda: text.encode("utf-16"),
        lambda: text.encode("utf-16-be"),
        lambda: text.encode("cp1252", "replace"),
        lambda: text.encode("utf-8-sig"),
        lambda: text.replace("\n", "\r\n").encode(),
        lambda: text.replace("\n", "\r").encode(),
    ]
    return rng.choice(ways)()


MUTATIONS = (swapped, cut_out, ended, put_in, replaced, shuffled, mixed, recoded)


def input_of(number: int) -> Content:
    """Return the broken file of this number."""
    rng = random.Random(number)
    name, data = rng.choice(FILES)
    for _ in range(rng.randint(1, 3)):
        data = rng.choice(MUTATIONS)(rng, data) if data else data
    if rng.random() < 0.2:
        name = "file" + rng.choice(ENDINGS)
    return Content(data, name, name)


def read(content: Content) -> None:
    """Read it and cut what it gives, as `add` does."""
    with contextlib.suppress(InputError):
        found = families.read(content)
        assert found.notes or found.refused
        for one in found.notes:
            note = one.as_note("A", one.date or DAY, one.channel or Channel.MEMO)
            assert all(note.text[part.start : part.end] == part.text for part in passages_of(note))
            note.text.encode()


@pytest.mark.parametrize("part", range(PARTS))
def test_broken_files_raise_our_own_error_alone(part: int) -> None:
    for number in range(part, INPUTS, PARTS):
        content = input_of(number)
        try:
            read(content)
        except Exception as error:
            error.add_note(f"input {number}: {content.name}, {content.data[:200]!r}")
            raise


@given(st.text(max_size=300), st.sampled_from(ENDINGS))
def test_any_text_of_any_ending_raises_our_own_error_alone(text: str, ending: str) -> None:
    read(Content(text.encode("utf-8", "surrogatepass"), "x", f"x{ending}"))


@given(st.binary(max_size=300), st.sampled_from(ENDINGS))
def test_any_bytes_of_any_ending_raise_our_own_error_alone(data: bytes, ending: str) -> None:
    read(Content(data, "x", f"x{ending}"))
