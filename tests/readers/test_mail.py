"""What a mail file is and is not; what of a mail is its writer's; what is told where it cannot be read."""

import base64
from pathlib import Path

import pytest

from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers.families import family_of, read
from notesense.readers.family import Content
from notesense.readers.mail_history import stretches
from notesense.readers.mail_html import text_of
from notesense.readers.mail_parts import as_text
from notesense.readers.sources import read_bytes, read_path

HEAD = b"From: Marta Ruiz <marta@harlow.example>\nSubject: Report\n"
OWN, QUOTED, SIGNED = Origin.EMAIL, Origin.QUOTED, Origin.SIGNATURE


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (HEAD + b"\nIt is late.", "a.eml", "mail"),
        (HEAD + b"\nIt is late.", "a.txt", "text"),
        (HEAD + b"Message-ID: <a@b>\n\nIt is late.", "a.txt", "mail"),
        (b"\r\n" + HEAD + b"MIME-Version: 1.0\n\nIt is late.", "", "mail"),
        (b"From marta@harlow.example Thu Mar 12 18:04:00 2026\n" + HEAD + b"\nIt is late.", "a", "mail"),
        (b"From here on\nwe wait.", "a.eml", "text"),
        (b"It is late.", "a.mbox", "text"),
    ],
)
def test_a_mail_is_known_by_its_head(data: bytes, name: str, form: str) -> None:
    assert family_of(Content(data, "x", name)).name == form


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Late.\n\nThanks\nMarta\n\nP.S. The price is too high.", [OWN, SIGNED, OWN]),
        ("Late.\n\nThanks for the report that came.", [OWN]),
        ("We agreed:\n- reports by Friday\n- a call", [OWN]),
        ("From: Lisbon\nTo: Madrid\nDate: 3 May", [OWN]),
        ("You wrote:\nthis and that", [OWN]),
        ("It costs:\n> 5 % more", [OWN, QUOTED]),
        ("> Late?\nYes.\n> Dear?\nNo.", [QUOTED, OWN, QUOTED, OWN]),
        ("Late.\n--\n" + "It is a long list.\n" * 20, [OWN]),
        ("Late.\n--\nMarta", [OWN, SIGNED]),
        ("Late.\n-- \n" + "a line\n" * 20, [OWN, SIGNED]),
        ("Late.\nThis e-mail and any attachments are confidential.\nDo not read it.", [OWN, SIGNED]),
        ("See below.\n\nBegin forwarded message:\n\nLate.", [OWN, QUOTED]),
        ("Sent from our warehouse yesterday: 40 seats.", [OWN]),
        ("Call me at 09:30\nOn 3 May 2026, Ben Cole <b@us.example> wrote:\n> Late.", [OWN, QUOTED]),
        ("\n\n", []),
    ],
)
def test_own_words_quoted_words_and_signatures(body: str, told: list[Origin]) -> None:
    found = stretches(body, "Marta Ruiz")
    assert [one.origin for one in found] == told
    assert all(body[one.start : one.end].strip() for one in found)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>It is&nbsp;late &amp; dear.</p><p>Yes</p>", "It is\xa0late & dear.\n\nYes"),
        ("a<br>b<div>c</div>d", "a\nb\nc\nd"),
        ("<style>p {}</style><script>x</script><title>t</title>late", "late"),
        ("<div style='DISPLAY: none'>no<div>no</div></div>yes", "yes"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote></blockquote>c", "> a\n> \n> > b\n> > \nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<![if !x]>a<![endif]><!-- b --><p>", "a"),
        ("<!--[if gte mso 9]><xml>a</xml><![endif]--><p>b</p><!-- c --><p>d</p><!-- e -->", "b\n\nd"),
        ("a<!--[if !mso]><!-->b<!--<![endif]-->c<!--->d<!-->e<!-- f --!>g", "abcdeg"),
        ("a<!--[if mso]><b>x</b><![endif]--><![if !mso]>b<![endif]>c", "abc"),
        ("a<!-- b <i>c</i> <!-- d", "ac d"),
        ("a<!-- without end", "a without end"),
        ("a<![if b", "aif b"),
        ("<p style='display:none'>a<p>late<title>b", "a\n\nlateb"),
        ("a<script>b", "a"),
        ('<blockquote style="margin:0 0 0 40px;border:none">a</blockquote>b', "a\n\nb"),
        ('<blockquote style="border:0"><blockquote>a</blockquote>b</blockquote>c', "> a\n> \nb\n\nc"),
        ('<blockquote style="border:none;border-left:solid #CCC 1pt">a</blockquote>', "> a\n> "),
        ('<blockquote type="cite" style="border:none">a</blockquote>', "> a\n> "),
        ('<p>late</p><div class="gmail_signature"><div>Ana</div>Harlow</div>', "late\n\n-- \nAna\nHarlow"),
        ('late<br><span>-- </span><br><div id="x_Signature">Ana</div>', "late\n-- \nAna"),
        ('late<pre class="moz-signature">-- \nAna</pre>', "late\n\n-- \nAna"),
        ('<div id="Signature"> <br></div>late', "late"),
        ('<p class="signature-date">late</p>', "late"),
    ],
)
def test_html_is_shown_as_words(html: str, shown: str) -> None:
    assert text_of(html) == shown


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (b"caf\xe9", "us-ascii", "café"),
        ("café".encode(), "us-ascii", "café"),
        (b"caf\xe9", "no-such-charset", "café"),
        (b"\\u0041", "unicode_escape", "\\u0041"),
        ("é".encode("cp850"), "cp850", "é"),
        (b"a\0b", "base64", "a\0b"),
    ],
)
def test_wrong_charsets_lose_no_words(data: bytes, charset: str, text: str) -> None:
    assert as_text(data, charset) == text


def test_a_mail_without_words_is_refused_with_what_to_do() -> None:
    with pytest.raises(InputError) as raised:
        read_bytes(b"From: a@b.example\nMessage-ID: <a>\n\n \n", "x.eml")
    assert raised.value.message == "x.eml is a mail without any words."
    assert raised.value.fix


def test_parts_within_parts_without_end_are_refused() -> None:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000))
    with pytest.raises(InputError, match="parts within parts"):
        read_bytes(HEAD + b"MIME-Version: 1.0\n" + parts, "x.eml")


def test_a_calendar_is_no_note_and_says_what_it_is_good_for(tmp_path: Path) -> None:
    path = tmp_path / "week.txt"
    path.write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    with pytest.raises(InputError) as raised:
        read_path(path)
    assert raised.value.message == f"{path} is a calendar: it tells of meetings, and holds no note."
    assert "brief --meeting FILE.ics" in (raised.value.fix or "")
    (tmp_path / "note.txt").write_text("It is late.")
    found = read_path(tmp_path)
    assert [one.text for one in found.notes] == ["It is late."]
    assert len(found.refused) == 1


def test_the_text_is_head_and_body_and_names_what_is_attached() -> None:
    (note, *_) = read_path(Path(__file__).parent / "forms" / "mail" / "outlook.eml").notes
    head, _, body = note.text.partition("\n\n")
    assert head.splitlines() == [
        'From: "Weber, Anna" <anna@harlow.example>',
        "To: Ben Cole <ben@us.example>",
        "Date: Thu, 12 Mar 2026 18:04:00 +0100",
        "Subject: AW: WG: Vertrag",
        "Attachments: Angebot.pdf, notesé.jsonl, invite.ics, Vertrag",
    ]
    assert body.startswith("Guten Tag Herr Cole,\n\nder Preis")


def test_windows_line_ends_read_as_others() -> None:
    data = (Path(__file__).parent / "forms" / "mail" / "thread.mbox").read_bytes()
    one, other = (read(Content(each, "x", "x.mbox")) for each in (data, data.replace(b"\n", b"\r\n")))
    assert one == other


HEAD = b"From: Ann <ann@acme.example>\nTo: ben@us.example\nSubject: x\nDate: Tue, 24 Mar 2026 09:12:00 +0100\n"


@pytest.mark.parametrize(
    "rest",
    [
        b'Content-Type: multipart/mixed; boundary="b\n\n--b\nContent-Type: text/plain\n\nThe pump fails.\n--b--\n',
        b"Content-Type: multipart/mixed\n\n--b\nContent-Type: text/plain\n\nThe pump fails.\n--b--\n",
        b"Content-Type: multipart/alternative; boundary=zz\n\nThe pump fails.\n",
        b"Content-Type: multipart/mixed; boundary=b\n\nThe pump fails.\n--b\nContent-Type: text/plain\n\n\n--b--\n",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nThe pump fails.\n",
    ],
)
def test_words_of_a_mail_whose_parts_are_broken_are_kept(rest: bytes) -> None:
    (note,) = read_bytes(HEAD + rest, "x.eml").notes
    assert "The pump fails." in note.text


def test_a_zero_in_a_name_loses_no_mail() -> None:
    data = HEAD.replace(b"Ann", b"=?utf-8?q?Ann=00?=") + b"\nThe pump fails.\n"
    (note,) = read(Content(data, "x.eml", "x.eml")).notes
    assert note.attendees[0].name == "Ann"


def test_what_a_mail_carries_without_a_name_is_told() -> None:
    part = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/octet-stream\n\nabc\n--b--\n"
    (note,) = read_bytes(HEAD + part, "x.eml").notes
    assert "application/octet-stream" in note.text


def test_a_footer_below_base64_leaves_its_words() -> None:
    said = b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nVGhlIHB1bXAgZmFpbHMu\n"
    (note,) = read_bytes(HEAD + said + b"-- \nlist, at x.example\n", "x.eml").notes
    assert "The pump fails." in note.text


ALTERNATIVE = b'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\n%s\n--b\n'


@pytest.mark.parametrize(
    ("plain", "shown", "hidden"),
    [
        (b"Please open this letter in a browser.", "The pump fails.", "browser"),
        (b"[image: mark.png]", "The pump fails.", "mark.png"),
        (b"The pump fails.", "The pump fails.", "Each week"),
        (b"The pump fails <https://larkin.example/a/b/c/d/e>.", "https://larkin.example", "Each week"),
    ],
)
def test_the_html_is_read_where_the_plain_words_are_others(plain: bytes, shown: str, hidden: str) -> None:
    rest = b"Content-Type: text/html\n\n<p>The pump fails.</p><p>Each week.</p>\n--b--\n"
    (note,) = read_bytes(HEAD + ALTERNATIVE % plain + rest, "x.eml").notes
    assert shown in note.text
    assert hidden not in note.text


@pytest.mark.parametrize(
    "rest",
    [
        b'Content-Type: text/plain; name="body.txt"\n\nThe pump fails.\n',
        b'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nThe pump fails.\n',
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; name=x.txt\n\nThe pump fails.\n"
        b"--b--\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHello\n--b\n"
        b"Content-Type: text/plain; name=ATT00001.txt\nContent-Disposition: attachment\n\nThe pump fails.\n--b--\n",
    ],
)
def test_words_with_a_file_name_are_the_mails_where_it_has_no_others(rest: bytes) -> None:
    (note,) = read_bytes(HEAD + rest, "x.eml").notes
    assert "The pump fails." in [note.text[turn.start : turn.end].split("\n")[-1] for turn in note.turns]
    assert "Attachments:" not in note.text


def test_a_text_that_hangs_on_a_mail_is_only_named() -> None:
    rest = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHello\n--b\n"
    named = b"Content-Type: text/plain; name=list.txt\nContent-Disposition: attachment\n\nThe pump fails.\n--b--\n"
    (note,) = read_bytes(HEAD + rest + named, "x.eml").notes
    assert "Attachments: list.txt" in note.text
    assert "The pump fails." not in note.text


def test_an_attached_mail_may_be_encoded() -> None:
    inner = base64.b64encode(b"From: Uwe <uwe@x.example>\nSubject: Old\n\nThe pump fails.\n")
    rest = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee\n--b\n"
    part = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + inner + b"\n--b--\n"
    first, second = read_bytes(HEAD + rest + part, "x.eml").notes
    assert "See" in first.text
    assert [turn.speaker for turn in second.turns] == ["Uwe", "Uwe"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (b"application/pkcs7-mime; smime-type=enveloped-data", "is encrypted"),
        (b'application/ms-tnef; name="winmail.dat"', "winmail.dat"),
    ],
)
def test_it_is_told_that_the_words_of_a_mail_cannot_be_read(kind: bytes, said: str) -> None:
    rest = b"Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n\nMIIB\n"
    found = read_bytes(HEAD + b"Content-Type: " + kind + b"\n" + rest, "x.eml")
    assert len(found.notes) == 1
    assert said in found.refused[0].reason


@pytest.mark.parametrize(
    ("words", "codec", "charset"),
    [("가격이 높다", "cp949", "windows-949"), ("שלום", "iso8859_8", "iso-8859-8-i"), ("é", "mac_roman", "x-mac-roman")],
)
def test_charsets_are_known_by_the_names_that_mails_use(words: str, codec: str, charset: str) -> None:
    assert as_text(words.encode(codec), charset) == words


def test_a_mark_behind_a_space_quotes_nothing_in_a_flowed_mail() -> None:
    (note,) = read_bytes(HEAD + b"Content-Type: text/plain; format=flowed\n\n> late?\n >5 weeks\n", "x.eml").notes
    assert [turn.origin for turn in note.turns][-2:] == [QUOTED, OWN]
