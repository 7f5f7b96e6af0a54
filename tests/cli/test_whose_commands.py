"""Whose note it is, as a rep meets it: told with the reason, asked on a terminal, refused with the fix elsewhere."""

import json
from pathlib import Path

import pytest

from terminal import Terminal

MAIL = """From: {name} <{address}>
To: Ben Cole <ben@us.example>
Date: Thu, 12 Mar 2026 18:04:00 +0100
Subject: {subject}
Message-ID: <{subject}@mail.example>

{text}
"""
CALL = "Marta Ruiz: We still wait for the report.\nBen Cole: You get it by Friday.\nMarta Ruiz: We will see.\n"


def mail(folder: Path, subject: str, address: str, name: str = "Marta Ruiz", text: str = "The report is late.") -> str:
    file = folder / f"{subject}.eml"
    file.write_text(MAIL.format(name=name, address=address, subject=subject, text=text))
    return str(file)


@pytest.fixture
def known(notesense: Terminal, tmp_path: Path) -> Terminal:
    """Our domain is said, Harlow's learned from a mail."""
    assert notesense("us", "add", "us.example").code == 0
    assert notesense("add", mail(tmp_path, "first", "marta@harlow.example"), "-a", "Harlow Instruments").code == 0
    return notesense


def notes_of(answer: str) -> list[dict[str, object]]:
    return [one["note"] for one in json.loads(answer)["kept"]]


def test_the_domain_tells_the_account_and_the_answer_says_so(known: Terminal, tmp_path: Path) -> None:
    told = known("add", mail(tmp_path, "second", "new@harlow.example"))
    assert told.code == 0
    assert "Harlow Instruments: the domain harlow.example" in told.out
    (note,) = notes_of(known("add", mail(tmp_path, "third", "marta@harlow.example"), "-f", "json").out)
    assert note["ascribed"] == {"by": "domain", "why": "the domain harlow.example"}
    assert [one["side"] for one in note["source"]["attendees"]] == ["customer", "us"]


def test_a_known_person_tells_it_and_the_signals_have_their_sides(known: Terminal) -> None:
    assert "Harlow Instruments: Marta Ruiz" in known("add", CALL).out
    found = json.loads(known("signals", "harlow", "-f", "json").out)["signals"]
    assert {(one["speaker"], one["side"]) for one in found if one["channel"] == "call"} <= {
        ("Marta Ruiz", "customer"),
        ("Ben Cole", "unknown"),
    }
    assert known("us", "add", "Ben Cole").code == 0
    assert known("add", CALL.replace("Friday", "Monday")).code == 0
    found = json.loads(known("signals", "harlow", "-f", "json").out)["signals"]
    assert ("Ben Cole", "us") in {(one["speaker"], one["side"]) for one in found}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They wait for a part.", "whose note this is stands nowhere\n  Say it with --account NAME."),
        (CALL.replace("Marta Ruiz", "Marta"), "whose note this is stands nowhere"),
    ],
)
def test_what_tells_no_account_is_refused(known: Terminal, text: str, told: str) -> None:
    answer = known("add", text)
    assert answer.code == 1
    assert told.partition("\n")[0] in answer.err
    assert "--account NAME" in answer.err


def test_two_candidates_and_a_stranger_are_told_with_the_way_out(known: Terminal, tmp_path: Path) -> None:
    assert known("add", mail(tmp_path, "tom", "tom@northwind.example", "Tom Hale"), "-a", "Northwind").code == 0
    both = known("add", CALL.replace("Ben Cole", "Tom Hale"))
    assert both.code == 1
    assert "may be a note of Harlow Instruments (Marta Ruiz) or Northwind (Tom Hale)" in both.err
    stranger = known("add", mail(tmp_path, "stranger", "zoe@partner.example"))
    assert "nobody is known by partner.example" in stranger.err
    titled = known("add", mail(tmp_path, "Northwind", "zoe@partner.example"))
    assert 'notesense accounts "Northwind" --domain partner.example' in titled.err
    assert "partner.example" in known("accounts", "northwind", "--domain", "@Partner.example").err
    assert known("add", mail(tmp_path, "stranger", "zoe@partner.example")).code == 0


def test_as_long_as_nobody_is_known_to_be_us_a_mail_teaches_nothing(notesense: Terminal, tmp_path: Path) -> None:
    assert notesense("add", mail(tmp_path, "a", "zoe@partner.example"), "-a", "Northwind").code == 0
    assert "notesense us add DOMAIN" in notesense("add", mail(tmp_path, "b", "zoe@partner.example")).err
    assert notesense("add", mail(tmp_path, "c", "x@other.example"), "-a", "Other").code == 0
    us = notesense("us")
    assert "Perhaps yours: us.example" in us.out
    assert "notesense us add us.example" in us.out


def test_import_tells_what_told_the_accounts(known: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "box"
    folder.mkdir()
    for number in range(2):
        mail(folder, f"m{number}", "marta@harlow.example", text=f"Late again, {number} times.")
    (folder / "plain.txt").write_text("They wait.")
    (folder / "Northwind.txt").write_text("They wait, too.")
    answer = known("import", str(folder))
    assert answer.code == 3
    assert "Told by           Harlow Instruments: the domain harlow.example (2 notes)" in answer.out
    assert "plain.txt" in answer.out
    assert "whose note this is stands nowhere. Say it with --account NAME." in " ".join(answer.out.split())


def test_add_takes_accounts_from_the_folders_below(notesense: Terminal, tmp_path: Path) -> None:
    (tmp_path / "all" / "Harlow").mkdir(parents=True)
    (tmp_path / "all" / "Harlow" / "a.txt").write_text("They wait.")
    (note,) = notes_of(notesense("add", str(tmp_path / "all"), "-f", "json").out)
    assert (note["account"], note["ascribed"]["by"]) == ("Harlow", "named")


def typed(known: Terminal, monkeypatch: pytest.MonkeyPatch, keys: str, *arguments: str) -> tuple[int, str, str]:
    """Run a command with somebody at the terminal, who types this."""
    from notesense.cli import asking

    monkeypatch.setattr(asking, "_sits_there", lambda: True)
    answer = known(*arguments, keys=keys.encode())
    monkeypatch.setattr(asking, "_sits_there", lambda: False)
    return answer.code, answer.out, answer.err


def test_on_a_terminal_it_is_asked_once_for_a_domain(
    known: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "box"
    folder.mkdir()
    for number in range(2):
        mail(folder, f"m{number}", "zoe@partner.example", text=f"Late again, {number} times.")
    code, out, err = typed(known, monkeypatch, "Partner Ltd\n", "import", str(folder))
    assert code == 0
    assert err.count("Whose note is") == 1
    assert "Nobody is known by partner.example." in err
    assert "  “From: Marta Ruiz <zoe@partner.example> To: Ben Cole" in err
    assert max(map(len, err.splitlines())) <= 80 + len(str(folder))
    assert "Partner Ltd" in out
    assert known("add", mail(tmp_path, "later", "zoe@partner.example")).code == 0


@pytest.mark.parametrize(
    ("keys", "account", "asked"),
    [
        ("1\n", "Northwind", 1),
        ("9\n1\n", "Northwind", 1),
        ("north\n", "Northwind", 1),
        ("Northwnd\n1\n", "Northwind", 2),
        ("Northwnd\nNorthwnd\n", "Northwnd", 2),
        ("Globex\n", "Globex", 1),
        ("\n", None, 1),
        ("q\n", None, 1),
        ("", None, 1),
        ("7\n8\n9\n", None, 1),
    ],
)
def test_answers(
    known: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str, account: str | None, asked: int
) -> None:
    assert known("add", "They wait.", "-a", "Northwind").code == 0
    file = mail(tmp_path, "Northwind", "zoe@partner.example")
    code, out, err = typed(known, monkeypatch, keys, "add", file, "-f", "json")
    assert err.count("Whose note is") == asked
    assert "  1 Northwind: “Northwind” in its title" in err
    if account is None:
        assert (code, out) == (1, "")
    else:
        assert [one["account"] for one in notes_of(out)] == [account]


def test_q_ends_the_asking(known: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "box"
    folder.mkdir()
    for name in ("a", "b", "c"):
        mail(folder, name, f"x@{name}-corp.example")
    code, _, err = typed(known, monkeypatch, "\nq\n", "import", str(folder))
    assert (code, err.count("Whose note is")) == (3, 2)


def test_us(notesense: Terminal) -> None:
    assert "Nobody is known to be one of you yet" in notesense("us").out
    assert notesense("us", "add", "us.example", "ben@mail.example", "Ben Cole").code == 0
    text = notesense("us").out
    assert [line.strip() for line in text.splitlines()] == [
        *("Everybody of", "us.example", "Addresses", "ben@mail.example", "People", "Ben Cole"),
    ]
    listed = json.loads(notesense("us", "-f", "json").out)
    assert listed["ours"][0] == {"sort": "person", "value": "Ben Cole", "learned": False}
    assert "us.example" not in notesense("us", "remove", "@us.example", "ben cole").out
    gone = notesense("us", "remove", "nobody")
    assert (gone.code, "On it: ben@mail.example." in gone.err) == (1, True)
    assert "Anybody may write from gmail.com" in notesense("us", "add", "gmail.com").err


def test_what_is_said_of_us_holds_for_older_notes(notesense: Terminal, tmp_path: Path) -> None:
    assert notesense("add", mail(tmp_path, "first", "marta@harlow.example"), "-a", "Lakeside").code == 0
    (tmp_path / "call.txt").write_text(CALL)
    assert notesense("add", str(tmp_path / "call.txt"), "-a", "Lakeside", "-c", "call").code == 0

    def sides() -> set[tuple[str, str]]:
        found = json.loads(notesense("signals", "lakeside", "-f", "json").out)["signals"]
        return {(one["speaker"], one["side"]) for one in found}

    assert {side for _, side in sides()} == {"unknown"}
    told = notesense("us", "add", "us.example", "-f", "json")
    assert json.loads(told.out)["placed"] == 2
    assert sides() <= {("Marta Ruiz", "customer"), ("Ben Cole", "us")}
    again = notesense("us", "add", "Ben Cole")
    assert "older note" not in again.out
    assert json.loads(notesense("us", "-f", "json").out)["placed"] == 0


def test_a_domain_that_is_said_holds_for_older_notes(known: Terminal, tmp_path: Path) -> None:
    (tmp_path / "two.eml").write_text(
        MAIL.format(
            name="Zoe Part", address="zoe@part.example", subject="two", text="The report is late again."
        ).replace("To: Ben Cole <ben@us.example>", "To: Ben Cole <ben@us.example>, Tom Hale <tom@hale.example>")
    )
    (note,) = notes_of(known("add", str(tmp_path / "two.eml"), "-a", "Harlow Instruments", "-f", "json").out)
    before = {one["name"]: one["side"] for one in note["source"]["attendees"]}
    assert before == {"Zoe Part": "unknown", "Ben Cole": "us", "Tom Hale": "unknown"}
    assert known("accounts", "Harlow", "--domain", "part.example").code == 0
    shown = json.loads(known("show", note["id"], "-f", "json").out)["note"]
    assert {one["name"]: one["side"] for one in shown["source"]["attendees"]} == before | {"Zoe Part": "customer"}


def test_us_tells_the_domains_of_the_environment(notesense: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTESENSE_DOMAINS", "ours.example")
    assert "ours.example by NOTESENSE_DOMAINS" in notesense("us").out


def test_exports_that_tell_sides_teach_who_is_us(notesense: Terminal, tmp_path: Path) -> None:
    invitees = [
        {"name": "Marta Ruiz", "email": "marta@harlow.example", "is_external": True},
        {"name": "Ben Cole", "email": "ben@us.example", "is_external": False},
    ]
    said = [{"speaker": {"display_name": "Marta Ruiz"}, "text": "Our CFO leaves in May.", "timestamp": "00:05:32"}]
    meeting = {"recording_id": 1, "title": "Renewal", "created_at": "2026-03-12T09:00:00Z"}
    items = [meeting | {"calendar_invitees": invitees, "transcript": said}]
    file = tmp_path / "fathom.json"
    file.write_text(json.dumps({"items": items}))
    added = notesense("add", str(file), "-a", "Harlow")
    assert added.code == 0
    assert "Learned from the source: us.example, Ben Cole are on your own side" in added.err
    assert "Ben Cole learned from a source" in notesense("us").out
    assert notesense("us", "remove", "Ben Cole", "us.example").code == 0
    file.write_text(json.dumps({"items": [items[0] | {"recording_id": 2, "title": "Again"}]}))
    again = notesense("import", str(file), "-a", "Harlow")
    assert "Learned" not in again.err
    assert "Nobody is known" in notesense("us").out


@pytest.mark.parametrize(
    ("domain", "told"),
    [("gmail.com", "Anybody may write from gmail.com"), ("us.example", "your own domain"), ("x", "no e-mail domain")],
)
def test_what_is_no_domain_of_an_account_is_refused(known: Terminal, domain: str, told: str) -> None:
    answer = known("accounts", "harlow", "--domain", domain)
    assert (answer.code, told in answer.err) == (1, True)


def test_a_learned_domain_can_be_denied(known: Terminal, tmp_path: Path) -> None:
    assert "Domains of Harlow Instruments: none." in known("accounts", "harlow", "--no-domain", "harlow.example").err
    assert known("add", mail(tmp_path, "x", "new@harlow.example")).code == 1
