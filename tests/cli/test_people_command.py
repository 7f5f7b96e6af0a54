"""`people` as a user meets it: a table as of a day, and a word on who is who that stays."""

import json
from pathlib import Path

import pytest

from terminal import Terminal

FIRST = "J. Okafor is the new plant manager since 2 March. Karim Haddad left for good."
SECOND = "Joanna Okafor wants a review. They say she goes in autumn."
QUOTES = {
    "n1": [
        ("J. Okafor is the new plant manager", "J. Okafor", "joined", {"role": "plant manager"}),
        ("Karim Haddad left for good", "Karim Haddad", "left", {}),
    ],
    "n2": [],
}


@pytest.fixture
def known(notesense: Terminal, tmp_path: Path) -> Terminal:
    lines = []
    for name, day, text in (("n1", "2026-03-10", FIRST), ("n2", "2026-05-10", SECOND)):
        signals = [
            {
                "kind": "leadership_change",
                "quote": quote,
                "attributes": {"person": person, "change": change, "certainty": "effective", **role},
            }
            for quote, person, change, role in QUOTES[name]
        ]
        lines.append(
            {"id": name, "account": "Harlow", "date": day, "channel": "call", "text": text, "signals": signals}
        )
    file = tmp_path / "notes.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert notesense("import", str(file), "--keep-signals", "--new-account").code == 0
    return notesense


def people(notesense: Terminal, *more: str) -> dict[str, dict[str, object]]:
    answer = json.loads(notesense("people", "harlow", "--as-of", "2026-06-01", *more, "-f", "json").out)
    assert answer["version"] == 1
    return {one["person"]: one for one in answer["people"]}


def test_who_is_in_which_role(known: Terminal) -> None:
    rows = people(known)
    assert {name: (row["role"], row["in_role"], row["side"]) for name, row in rows.items()} == {
        "J. Okafor": ("plant manager", True, "customer"),
        "Karim Haddad": (None, False, "customer"),
    }
    text = known("people", "harlow", "--as-of", "2026-06-01").out
    assert "J. Okafor               plant manager             in role       10 Mar 2026" in text
    assert "Karim Haddad            left                      not in role   10 Mar 2026" in text
    assert "“Karim Haddad left for good”" in text
    assert max(map(len, text.splitlines())) <= 80
    before = known("people", "harlow", "--as-of", "2026-03-09")
    assert "No note up to that day tells of a change of role." in before.out


def test_what_the_rep_says_of_people_stays(known: Terminal) -> None:
    assert people(known, "--same", "J. Okafor", "Joanna Okafor").keys() == {"Joanna Okafor", "Karim Haddad"}
    assert people(known)["Joanna Okafor"]["also_written"] == ["J. Okafor"]
    text = known("people", "harlow").out
    assert "also written J. Okafor" in text
    assert "You said: J. Okafor and Joanna Okafor are one person." in text
    assert people(known, "--apart", "J. Okafor", "Joanna Okafor").keys() == {"J. Okafor", "Karim Haddad"}
    assert "are two people." in known("people", "harlow").out


def test_our_own_people_are_kept_apart(known: Terminal) -> None:
    assert people(known, "--ours", "Karim Haddad")["Karim Haddad"]["side"] == "us"
    text = known("people", "harlow").out
    assert text.index("Our own people") < text.index("Karim Haddad")
    assert "You said: of our own people are Karim Haddad." in text
    brief = json.loads(known("brief", "harlow", "--as-of", "2026-06-01", "-f", "json").out)
    assert [one["side"] for one in brief["people"] if one["person"] == "Karim Haddad"] == ["us"]
    assert people(known, "--theirs", "karim haddad")["Karim Haddad"]["side"] == "customer"


@pytest.mark.parametrize(
    ("options", "message", "code"),
    [
        (("--same", "J. Okafor", "Zed Novak"), 'No note of Harlow names "Zed Novak".', 1),
        (("--same", "J. Okafor", "j. okafor"), "are not two spellings of a name", 1),
        (("--same", "J. Okafor"), "requires 2 arguments", 2),
        (("--theirs", "Karim"), '"Karim" is not on the list of our own people. On it: nobody.', 1),
        (("--ours", " "), "is nobody's name", 1),
    ],
)
def test_what_cannot_be_said_is_told(known: Terminal, options: tuple[str, ...], message: str, code: int) -> None:
    answer = known("people", "harlow", *options)
    assert (answer.code, message in " ".join(answer.err.split())) == (code, True), answer.err
