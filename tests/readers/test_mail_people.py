"""Who wrote a mail: names with commas and signs, without an address, from a directory, behind a list."""

import pytest

from notesense.readers.mail_parts import parsed
from notesense.readers.mail_people import addresses, people, writer_of
from notesense.readers.sources import read_bytes

IDA = ("Ida Berg", "ida@larkin.example")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Ida Berg <ida@larkin.example>", [IDA]),
        ("=?iso-8859-1?Q?Bj=F6rk=2C_=C5sa?= <asa@larkin.example>", [("Björk, Åsa", "asa@larkin.example")]),
        ("=?utf-8?Q?Bj=C3=B6rk,_=C3=85sa?= <asa@larkin.example>", [("Björk, Åsa", "asa@larkin.example")]),
        ('"=?utf-8?Q?Bj=C3=B6rk?=" <asa@larkin.example>', [("Björk", "asa@larkin.example")]),
        ("=?utf-8?Q?Bj=C3=B6rk_=28Larkin=29?= <a@larkin.example>", [("Björk (Larkin)", "a@larkin.example")]),
        ("=?utf-8?Q?Ida=40Larkin?= <ida@larkin.example>", [("Ida@Larkin", "ida@larkin.example")]),
        ("=?utf-8?Q?Bj=C3=B6rk=3B_=C3=85sa?= <a@larkin.example>", [("Björk; Åsa", "a@larkin.example")]),
        ("=?utf-8?Q?Bj=C3=B6?=\n =?utf-8?Q?rk?= <a@larkin.example>", [("Björk", "a@larkin.example")]),
        ("Berg, Ida <ida@larkin.example>", [("Berg, Ida", "ida@larkin.example")]),
        ("Ida Berg, PhD <ida@larkin.example>", [("Ida Berg, PhD", "ida@larkin.example")]),
        ("Ida Berg @ Larkin <ida@larkin.example>", [("Ida Berg @ Larkin", "ida@larkin.example")]),
        ("ida@larkin.example (Ida Berg)", [IDA]),
        ("Ida Berg [ida@larkin.example]", [IDA]),
        ("Ida Berg <mailto:ida@larkin.example>;", [IDA]),
        ("Ida Berg <ida@larkin.example", [IDA]),
        ("'Ida Berg' <ida@larkin.example>", [IDA]),
        ('"Berg \\"Idy\\" Ida" <ida@larkin.example>', [('Berg "Idy" Ida', "ida@larkin.example")]),
        ("ida@larkin.example, <ben@us.example>", [("", "ida@larkin.example"), ("", "ben@us.example")]),
        ("Team: Ida Berg <ida@larkin.example>, ben@us.example;", [IDA, ("", "ben@us.example")]),
        ("Larkin: Ida Berg <ida@larkin.example>", [("Larkin: Ida Berg", "ida@larkin.example")]),
        ("Ida Berg", [("Ida Berg", "")]),
        ("Berg, Ida", [("Berg, Ida", "")]),
        ("Ida Berg; Tom Ode", [("Ida Berg", ""), ("Tom Ode", "")]),
        ("/O=LARKIN/OU=EXCHANGE/CN=RECIPIENTS/CN=IBERG", [("IBERG", "")]),
        ("undisclosed-recipients:;", []),
        ("", []),
        ('"" <>, ,', []),
    ],
)
def test_a_header_is_taken_apart_before_it_is_decoded(written: str, told: list[tuple[str, str]]) -> None:
    assert [(one.name, one.email) for one in addresses(written)] == told


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("From: Ida Berg", ("Ida Berg", "")),
        ("From: /O=LARKIN/CN=RECIPIENTS/CN=IBERG", ("IBERG", "")),
        ("From:\nSender: Ida Berg <ida@larkin.example>", IDA),
        ("Subject: x", None),
        ("From: 'Ida Berg' via Desk <desk@us.example>\nX-Original-Sender: ida@larkin.example", IDA),
        ("From: Ida via Desk <desk@us.example>\nX-Original-From: Ida Berg <ida@larkin.example>", IDA),
        ("From: Ida Berg via Users <u@list.example>\nList-Id: <u>\nReply-To: Ida Berg <ida@larkin.example>", IDA),
        ("From: Ida Berg via Desk <ben@us.example>", ("Ida Berg", "")),
        (
            "From: Ida Berg via Signer <no-reply@signer.example>\nReply-To: ida@larkin.example",
            ("Ida Berg via Signer", "no-reply@signer.example"),
        ),
    ],
)
def test_the_writer_is_whom_the_head_names_and_never_a_recipient(head: str, told: tuple[str, str] | None) -> None:
    mail = parsed(f"{head}\nTo: Ben Cole <ben@us.example>\n\nIt is late.\n".encode())
    found = writer_of(mail)
    assert (found and (found.name, found.email)) == told
    assert [one.email for one in people(mail)][-1] == "ben@us.example"


def test_words_of_a_mail_without_address_are_not_those_of_its_recipient() -> None:
    (note,) = read_bytes(b"From: Ida Berg\nTo: ben@us.example\nMessage-ID: <a>\n\nIt is late.\n", "x.eml").notes
    assert [turn.speaker for turn in note.turns] == ["Ida Berg"]
