"""Calendar files on the command line: one meeting for `brief` and `agenda`, a whole week, and the table of accounts."""

import json
import stat
from pathlib import Path

import pytest

from terminal import Terminal

DAY = "2026-06-01"


@pytest.fixture
def known(notesense: Terminal, tmp_path: Path) -> Terminal:
    heads = "From: Ines <ines@harlow.example>\nTo: ben@ours.example\n\n"
    texts = {
        "Harlow": f"{heads}The line is down. We send the parts by 2026-05-20.",
        "Corrie": "From: Ben <ben@ours.example>\n\nAll runs well.",
    }
    quotes = {"Harlow": ("We send the parts by 2026-05-20", {"owner": "us", "due": "2026-05-20"}), "Corrie": None}
    lines = []
    for account, text in texts.items():
        told = quotes[account]
        signals = [{"kind": "commitment", "quote": told[0], "attributes": told[1]}] if told else []
        lines.append({"account": account, "date": "2026-05-10", "channel": "call", "text": text, "signals": signals})
    file = tmp_path / "notes.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert notesense("import", str(file), "--keep-signals", "--new-account").code == 0
    return notesense


def calendar(tmp_path: Path, *events: tuple[str, ...]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *event, "END:VEVENT"]
    file = tmp_path / "week.ics"
    file.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]))
    return str(file)


REVIEW = (
    "DTSTART;TZID=Europe/London:20260603T093000",
    "DTEND;TZID=Europe/London:20260603T100000",
    "SUMMARY:Review",
    "ORGANIZER;CN=Ben Adeyemi:mailto:ben@ours.example",
    "ATTENDEE;CN=Ines Duarte:mailto:ines@harlow.example",
)
CORRIE = ("DTSTART;VALUE=DATE:20260604", "SUMMARY:Visit to Corrie")
BOTH = ("DTSTART:20260605T090000", "SUMMARY:Harlow and Corrie")
DENTIST = ("DTSTART:20260602T090000", "SUMMARY:Dentist")
BAD = ("DTSTART:soon", "SUMMARY:Corrie again")
LATER = ("DTSTART:20260608T090000", "SUMMARY:Harlow again")


def test_the_meeting_of_a_file_gives_day_minutes_and_who_comes(known: Terminal, tmp_path: Path) -> None:
    file = calendar(tmp_path, REVIEW, LATER)
    known("people", "harlow", "--ours", "Ben Adeyemi")
    answer = known("agenda", "harlow", "--meeting", file, "--as-of", DAY, "-f", "json")
    told = json.loads(answer.out)
    assert (answer.code, told["meeting"], told["minutes"]) == (0, "2026-06-03", 30)
    assert "Meeting: 2026-06-03 09:30 Review, 30 minutes, with Ines Duarte." in answer.err
    answer = known("brief", "harlow", "--meeting", file, "--as-of", DAY, "-m", "20", "--with", "Tom Lee", "-f", "json")
    told = json.loads(answer.out)
    assert (told["meeting"], told["agenda"]["minutes"]) == ("2026-06-03", 20)
    assert "20 minutes, with Tom Lee." in answer.err
    answer = known("brief", "harlow", "--meeting", file, "--event", "2", "--as-of", DAY)
    assert "Harlow again, 45 minutes, nobody named." in answer.err
    assert "meeting on 8 Jun 2026" in answer.out


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--meeting", "none.ics"], 1, "Cannot read none.ics"),
        (["--meeting", "FILE"], 1, "2 next meetings at the same time. Choose one with --event N: 1 2026-06-08"),
        (["--meeting", "FILE", "--event", "9"], 1, "has no meeting 9"),
        (["--meeting", "FILE", "--as-of", "2026-07-01"], 1, "no meeting on or after that day"),
        (["--event", "1"], 2, "--meeting FILE.ics"),
        (["--meeting", "soon"], 2, "no day of the calendar"),
        (["--week", "FILE"], 2, "ACCOUNT does not go together with it"),
    ],
)
def test_what_is_not_plain_is_told(
    known: Terminal, tmp_path: Path, options: list[str], code: int, message: str
) -> None:
    file = calendar(tmp_path, LATER, LATER)
    as_of = [] if "--as-of" in options else ["--as-of", DAY]
    answer = known("brief", "harlow", *as_of, *(file if one == "FILE" else one for one in options))
    assert (answer.code, answer.out) == (code, "")
    assert message in " ".join(answer.err.split())
    assert "Traceback" not in answer.err


def test_the_meeting_of_a_calendar_is_the_next_that_names_the_account(known: Terminal, tmp_path: Path) -> None:
    answer = known("agenda", "corrie", "--meeting", calendar(tmp_path, DENTIST, LATER, CORRIE), "--as-of", DAY)
    assert (answer.code, "Meeting: 2026-06-04 Visit to Corrie, 45 minutes" in answer.err) == (0, True)
    answer = known("agenda", "corrie", "--meeting", calendar(tmp_path, DENTIST, LATER), "--as-of", DAY)
    assert (answer.code, answer.out) == (1, "")
    told = " ".join(answer.err.split())
    assert "week.ics names Corrie. Choose one with --event N: 1 2026-06-02 09:00 Dentist; 2 2026-06-08" in told


def test_an_event_that_cannot_be_read_is_told_and_the_others_are_prepared(known: Terminal, tmp_path: Path) -> None:
    file, told = calendar(tmp_path, BAD, CORRIE), "the event “Corrie again” cannot be read and is passed over: Expected"
    answer = known("agenda", "corrie", "--meeting", file, "--as-of", DAY)
    assert (answer.code, told in " ".join(answer.err.split())) == (0, True)
    answer = known("brief", "--week", file, "--as-of", DAY)
    assert (answer.code, told in " ".join(answer.out.split()), "Visit to Corrie" in answer.out) == (3, True, True)
    assert told in known("brief", "--week", file, "--as-of", DAY, "-f", "md").out
    answer = known("brief", "--week", file, "--as-of", DAY, "-f", "html", "-o", str(tmp_path / "pages"))
    assert (answer.code, told in " ".join(answer.err.split())) == (3, True)


def test_a_week_has_a_briefing_for_each_meeting_that_names_one_account(
    known: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTESENSE_DOMAINS", "@Ours.example, ")
    file = calendar(tmp_path, REVIEW, CORRIE, DENTIST, LATER)
    answer = known("brief", "--week", file, "--as-of", DAY, "-f", "json")
    told = json.loads(answer.out)
    assert (answer.code, told["version"], told["until"]) == (0, 1, "2026-06-07")
    assert [(one["account"], one["briefing"]["agenda"]["minutes"]) for one in told["prepared"]] == [
        ("Harlow", 30),
        ("Corrie", 45),
    ]
    assert told["prepared"][0]["because"] == "the e-mail domain harlow.example"
    assert [one["meeting"]["title"] for one in told["passed_over"]] == ["Dentist"]


def test_a_domain_that_notes_of_an_account_told_names_it_until_it_is_denied(known: Terminal, tmp_path: Path) -> None:
    week = ("brief", "--week", calendar(tmp_path, REVIEW), "--as-of", DAY)
    told = json.loads(known(*week, "-f", "json").out)
    assert [one["because"] for one in told["prepared"]] == ["the e-mail domain harlow.example"]
    assert known("accounts", "Harlow", "--no-domain", "harlow.example").code == 0
    answer = known(*week)
    assert (answer.code, "no meeting with a known account" in answer.out) == (0, True)


def test_a_week_that_is_not_whole_is_told_by_the_exit_code(known: Terminal, tmp_path: Path) -> None:
    file, folder = calendar(tmp_path, BOTH, CORRIE), tmp_path / "briefings"
    answer = known("brief", "--week", file, "--as-of", DAY, "-f", "html", "-o", str(folder))
    assert answer.code == 3
    assert "It names several accounts: Corrie (by “Corrie”), Harlow (by “Harlow”)." in answer.err
    (page,) = folder.iterdir()
    assert page.name == "2026-06-04-corrie.html"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    answer = known("brief", "--week", file, "--as-of", DAY, "-m", "999")
    assert answer.code == 3
    assert "999" in answer.out


def test_two_meetings_at_one_time_have_files_of_their_own(known: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "briefings"
    known("brief", "--week", calendar(tmp_path, CORRIE, CORRIE), "--as-of", DAY, "-f", "html", "-o", str(folder))
    assert sorted(page.name for page in folder.iterdir()) == ["2026-06-04-corrie-2.html", "2026-06-04-corrie.html"]


def test_where_the_pages_of_a_week_go_must_be_said_and_be_a_folder(known: Terminal, tmp_path: Path) -> None:
    file = calendar(tmp_path, DENTIST)
    assert known("brief", "--week", file, "-f", "html").code == 2
    answer = known("brief", "--week", file, "--as-of", DAY, "-f", "html", "-o", file)
    assert (answer.code, f"Cannot make {file}" in answer.err) == (1, True)
    answer = known("brief", "--week", file, "--as-of", DAY, "-f", "html", "-o", str(tmp_path / "none"))
    assert (answer.code, "nothing was written" in answer.err) == (0, True)
    assert known("brief").code == 2


def test_a_dry_run_of_a_week_shows_what_a_model_would_be_asked(
    known: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTESENSE_MODEL", "openai:test-model")
    monkeypatch.setenv("OPENAI_API_KEY", "test-key")
    file = calendar(tmp_path, LATER)
    answer = known("brief", "--week", file, "--as-of", "2026-06-05", "--wording", "model", "--dry-run", "-f", "json")
    assert answer.code == 0, answer.err
    assert {one["account"] for one in json.loads(answer.out)["requests"]} == {"Harlow"}


def test_accounts_shows_what_is_known_and_compares_nothing(known: Terminal, tmp_path: Path) -> None:
    text = known("accounts", "--as-of", DAY, "--sort", "overdue").out.splitlines()
    assert text[1].split() == ["Harlow", "unknown", "1", "10", "May", "2026", "22", "1", "0", "-"]
    assert max(map(len, text)) <= 80
    rows = json.loads(known("accounts", "--as-of", "2026-05-19", "--sort", "name", "-f", "json").out)["accounts"]
    assert [(row["name"], row["overdue"], row["days_since_last_live_contact"]) for row in rows] == [
        ("Corrie", 0, 9),
        ("Harlow", 0, 9),
    ]
    known("add", "Harlow: the parts came.", "-a", "Harlow", "--date", "2026-05-25", "--channel", "call")
    assert known("accounts", "-f", "csv", "-o", str(tmp_path / "a.csv")).code == 0
    assert (tmp_path / "a.csv").read_text().splitlines()[1].startswith("Corrie,")
    assert known("accounts", "-f", "md").out.startswith("Accounts as of")
    assert known("accounts", "--sort", "luck").code == 2


def test_accounts_from_python_refuses_an_order_that_there_is_not() -> None:
    from notesense import NoteSense
    from notesense.errors import InputError

    with NoteSense() as notes, pytest.raises(InputError, match='cannot be sorted by "luck"'):
        notes.accounts(sort="luck")
