"""What leaves the machine, as users see it: redaction, restrictions, and one line that says what goes where."""

import json
import re
from pathlib import Path

import pytest

from notesense.wiring.verbs import NoteSense
from serving.completions import text_of
from serving.server import ModelServer
from terminal import Terminal

NOTE = (
    "Mr Okonkwo of Brackwater says that the pumps leak again at €300 a month. Etikomat came by. "
    "I send the new tubing on Thursday. Ben has the number +46 70 123 45 67."
)
LLM = ("--engine", "llm")
HIDDEN = ("Okonkwo", "Brackwater", "brackwater", "Etikomat", "€300", "+46 70")


def told_back(body: dict[str, object]) -> dict[str, object]:
    """Claim whatever stands in the first passage of the note, word for word, as placeholders stand in it."""
    sheet = text_of(body).rsplit("<note", 1)[-1]
    found = re.search(r"^\[(\d+)\] (.*leak again.*?)\.?$", sheet, re.MULTILINE)
    if found is None:
        return {"signals": []}
    claim = {"passage": int(found[1]), "quote": found[2], "kind": "pain_point", "attributes": []}
    return {"signals": [claim | {"certainty": "stated", "confidence": "high"}]}


@pytest.fixture
def server(model_server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    model_server.answer = told_back
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("NOTESENSE_MODEL", "openai:test-model")
    return model_server


def found(notesense: Terminal, *arguments: str) -> list[dict[str, object]]:
    return json.loads(notesense("signals", *arguments, "--format", "json").out)["signals"]


# Redaction


def test_redacted_words_are_not_sent_and_the_signal_has_them(notesense: Terminal, server: ModelServer) -> None:
    answer = notesense("add", NOTE, "--account", "Brackwater", *LLM, "--redact", "all")
    assert answer.code == 0, answer.err
    sent = json.dumps(server.chats, ensure_ascii=False)
    assert [word for word in HIDDEN if word in sent] == []
    assert "COMPANY_1" in sent
    (signal,) = found(notesense)
    assert signal["quote"] == "Mr Okonkwo of Brackwater says that the pumps leak again at €300 a month"
    assert "PERSON_" not in answer.out


def test_ordinary_words_are_sent_as_they_are(notesense: Terminal, server: ModelServer) -> None:
    notesense("extract", "Prices went up again. Mr Okonkwo agrees.", *LLM, "--redact", "all")
    assert "[1] Prices went up again.\n[2] Mr PERSON_1 agrees." in server.chats[-1]["messages"][1]["content"]


def test_the_setting_redacts_too_and_the_option_wins(
    notesense: Terminal, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTESENSE_REDACT", "people")
    notesense("extract", NOTE, *LLM)
    assert "Okonkwo" not in text_of(server.chats[-1])
    assert "€300" in text_of(server.chats[-1])
    notesense("extract", NOTE, *LLM, "--redact", "amounts")
    assert "Okonkwo" in text_of(server.chats[-1])
    assert "€300" not in text_of(server.chats[-1])


def test_a_wish_that_says_nothing_known_sends_nothing(notesense: Terminal, server: ModelServer) -> None:
    answer = notesense("add", NOTE, "--account", "Brackwater", *LLM, "--redact", "names")
    assert (answer.code, answer.out, server.chats) == (1, "", [])
    assert answer.err.splitlines() == [
        'notesense: "names" does not say what is to be redacted.',
        "  Choose from people, companies, emails, phones, amounts, parted by commas, or all.",
    ]


def test_answers_are_kept_with_placeholders_and_a_second_run_asks_nothing(
    notesense: Terminal, server: ModelServer, tmp_path: Path
) -> None:
    for _ in range(2):
        answer = notesense("extract", NOTE, *LLM, "--redact", "all", "--format", "json")
        assert "Mr Okonkwo of Brackwater" in answer.out
    assert len(server.chats) == 1
    with NoteSense() as notes:
        raw = b"".join(path.read_bytes() for path in notes.settings.home.glob("notes.db*"))
    assert b"Okonkwo" not in raw
    assert b"AMOUNT_1" in raw


def test_a_dry_run_shows_what_would_be_sent_redacted(notesense: Terminal, server: ModelServer) -> None:
    answer = notesense("add", NOTE, "--account", "Brackwater", *LLM, "--redact", "all", "--dry-run")
    assert (answer.code, server.chats) == (0, [])
    assert "PERSON_1" in answer.out
    assert "Sending" not in answer.err
    planned = notesense(
        "add", NOTE, "--account", "Brackwater", *LLM, "--redact", "all", "--dry-run", "--format", "json"
    )
    messages = [message["text"] for request in json.loads(planned.out)["requests"] for message in request["messages"]]
    assert len(messages) == 2
    assert [word for word in HIDDEN if word in "".join(messages)] == []


def test_names_of_the_store_are_redacted_where_no_pattern_sees_them(notesense: Terminal, server: ModelServer) -> None:
    notesense("add", "Quill pays.", "--account", "Quillhaven", "--engine", "local")
    notesense("extract", "the pumps leak again, as at quillhaven", *LLM, "--redact", "companies")
    assert "quillhaven" not in text_of(server.chats[-1])


@pytest.mark.parametrize(
    "quote",
    [
        "Mr PERSON_9 of COMPANY_1 says that the pumps leak again",
        "Mr PERSON_2 of COMPANY_1 says that the pumps leak again",
        "Mr PERSON_1 of NAME_1 says that the pumps leak again",
        "PERSON_1 PERSON_2 COMPANY_1 AMOUNT_1",
        "Mr person_1 of company_1 says that the pumps leak again",
        "PERSON_1\u200b_1 {PERSON_1} PERSON_1_AMOUNT_1",
    ],
)
def test_placeholders_that_a_model_makes_up_or_swaps_prove_nothing(
    notesense: Terminal, server: ModelServer, quote: str
) -> None:
    claim = {"passage": 1, "quote": quote, "kind": "pain_point", "certainty": "stated", "confidence": "high"}
    attributes = [{"name": "person", "value": "PERSON_2"}, {"name": "competitor", "value": "PERSON_77"}]
    server.answer = lambda body: {"signals": [claim | {"attributes": attributes}]}
    text = "Mr Okonkwo of Brackwater says that the pumps leak again. Mr Aldous pays €300 at Etikomat."
    answer = notesense("add", text, "--account", "Brackwater", *LLM, "--redact", "all")
    assert answer.code == 0
    assert found(notesense) == []
    assert "1 draft rejected" in answer.out


# Restrictions


def test_a_restricted_account_is_never_sent_and_read_on_this_machine(notesense: Terminal, server: ModelServer) -> None:
    notesense("add", "First words.", "--account", "Brackwater", "--engine", "local")
    notesense("accounts", "Brackwater", "--alias", "HI")
    answer = notesense("restrict", "HI")
    assert answer.code == 0
    assert "Restricted: all notes of Brackwater." in answer.out
    answer = notesense("add", NOTE, "--account", "brackwater", *LLM)
    assert (answer.code, server.requests) == (0, [])
    assert "Sending" not in answer.err
    assert "1 restricted note stayed on this machine, read by the local engine." in answer.err
    with NoteSense() as notes:
        assert "I send the new tubing on Thursday" in {one.signal.quote for one in notes.signals().found}
        assert len(notes.store.unread()) == 0


def test_a_note_is_restricted_before_any_engine_sees_it(notesense: Terminal, server: ModelServer) -> None:
    answer = notesense("add", NOTE, "--account", "Brackwater", *LLM, "--restricted")
    assert (answer.code, server.requests) == (0, [])
    assert "Restricted: it does not leave this machine." in answer.out
    assert notesense("add", "The pumps leak again.", "--account", "Brackwater", *LLM).code == 0
    assert len(server.chats) == 1


def test_a_note_that_is_there_already_can_be_restricted_by_adding_it_again(
    notesense: Terminal, server: ModelServer
) -> None:
    notesense("add", NOTE, "--account", "Brackwater", "--engine", "local")
    again = notesense("add", NOTE, "--account", "Brackwater", "--restricted", "--format", "json")
    (kept,) = json.loads(again.out)["kept"]
    assert (kept["status"], kept["restricted"]) == ("known", True)
    listed = json.loads(notesense("restrict", "--format", "json").out)["restrictions"]
    assert listed == [{"account": "Brackwater", "note_id": kept["note"]["id"]}]


def test_restrictions_are_shown_where_things_are_listed(notesense: Terminal) -> None:
    kept = json.loads(notesense("add", NOTE, "--account", "Brackwater", "--restricted", "--format", "json").out)["kept"]
    notesense("add", "I send the new seals by Friday.", "--account", "Quill")
    assert "1 note restricted" in notesense("accounts").out
    assert all(one["restricted"] == (one["account"] == "Brackwater") for one in found(notesense))
    assert "restricted" in notesense("signals", "Brackwater").out
    notesense("restrict", "quill")
    rows = json.loads(notesense("accounts", "--format", "json").out)["accounts"]
    assert [(row["name"], row["restricted"], row["restricted_notes"]) for row in rows] == [
        ("Brackwater", False, 1),
        ("Quill", True, 0),
    ]
    listed = notesense("restrict").out
    assert "2 restrictions" in listed
    assert f"- the note {kept[0]['note']['id']} of Brackwater" in listed
    assert "- all notes of Quill" in listed


def test_a_restriction_can_be_lifted(notesense: Terminal, server: ModelServer) -> None:
    notesense("add", "First words.", "--account", "Brackwater", "--engine", "local")
    assert (
        "Nothing to lift: all notes of Brackwater, not restricted." in notesense("restrict", "Brackwater", "--lift").out
    )
    notesense("restrict", "Brackwater")
    assert "Restricted before: all notes of Brackwater." in notesense("restrict", "Brackwater").out
    assert (
        "Lifted: all notes of Brackwater may be sent to a model again."
        in notesense("restrict", "Brackwater", "--lift").out
    )
    notesense("add", NOTE, "--account", "Brackwater", *LLM)
    assert len(server.chats) == 1
    assert "0 restrictions" in notesense("restrict").out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("restrict", "Nobody"), 1, 'No account is called "Nobody"'),
        (("restrict", "Brackwater", "--note", "n9"), 1, 'Brackwater has no note with the id "n9".'),
        (("restrict", "--lift"), 2, "say whose"),
        (("restrict", "--note", "n9"), 2, "say whose"),
        (
            ("add", "x", "--account", "Brackwater", "--restricted", "--engine", "llm", "--dry-run"),
            2,
            "no model is asked",
        ),
    ],
)
def test_what_cannot_be_restricted(notesense: Terminal, arguments: tuple[str, ...], code: int, told: str) -> None:
    notesense("add", "First words.", "--account", "Brackwater", "--engine", "local")
    answer = notesense(*arguments)
    assert answer.code == code
    assert told in answer.err


def test_a_dry_run_of_a_restricted_account_holds_nothing_of_it(notesense: Terminal, server: ModelServer) -> None:
    notesense("add", "First words.", "--account", "Brackwater", "--engine", "local")
    notesense("restrict", "Brackwater")
    answer = notesense("add", NOTE, "--account", "Brackwater", *LLM, "--dry-run", "--format", "json")
    assert json.loads(answer.out)["requests"] == []
    assert "Okonkwo" not in answer.out


def test_what_was_remembered_of_a_note_is_not_used_once_it_is_restricted(
    notesense: Terminal, server: ModelServer
) -> None:
    notesense("add", "First words.", "--account", "Brackwater", "--engine", "local")
    assert "1 request sent" in notesense("add", NOTE, "--account", "Brackwater", *LLM).err
    notesense("forget", "Brackwater", "--yes")
    notesense("add", "First words.", "--account", "Brackwater", "--engine", "local")
    notesense("restrict", "Brackwater")
    assert "answered from the cache" not in notesense("add", NOTE, "--account", "Brackwater", *LLM).err


def test_forgetting_an_account_forgets_its_restrictions(notesense: Terminal) -> None:
    notesense("add", NOTE, "--account", "Brackwater", "--restricted", "--engine", "local")
    notesense("restrict", "Brackwater")
    notesense("forget", "Brackwater", "--yes")
    assert "0 restrictions" in notesense("restrict").out


# Saying what goes where


def sentences(err: str) -> list[str]:
    return [line for line in err.splitlines() if line.startswith("Sending")]


def test_what_goes_where_is_said_once_before_anything_is_sent(
    notesense: Terminal, server: ModelServer, tmp_path: Path
) -> None:
    texts = [f"Line {n}: the pumps leak again." for n in range(3)]
    file = tmp_path / "notes.jsonl"
    file.write_text("\n".join(json.dumps({"account": "Brackwater", "date": "2026-03-04", "text": t}) for t in texts))
    place = server.url.removeprefix("http://").split("/")[0]
    answer = notesense("import", str(file), *LLM, "--redact", "amounts,people")
    assert sentences(answer.err) == [
        f"Sending the notes in {file} that are new to {place} (openai:test-model). Redacted: people, amounts."
    ]
    assert sentences(notesense("add", "The seals leak.", "--account", "Brackwater", *LLM).err) == [
        f"Sending 1 note (15 characters) to {place} (openai:test-model). Nothing is redacted."
    ]


def test_nothing_is_said_where_nothing_is_sent(notesense: Terminal, server: ModelServer) -> None:
    assert sentences(notesense("extract", NOTE, *LLM).err)
    for arguments in (("extract", NOTE, *LLM), ("extract", NOTE), ("extract", "x", *LLM, "--dry-run")):
        assert sentences(notesense(*arguments).err) == []
    with NoteSense(engine="llm") as notes:
        assert len(list(notes.extract("The pumps leak again.", date="2026-03-04"))) == 1


def test_reading_again_says_it_too(notesense: Terminal, server: ModelServer) -> None:
    from serving.misbehaviour import refused_key

    server.answer = lambda body: refused_key()
    assert notesense("add", NOTE, "--account", "Brackwater", *LLM).code == 3
    server.answer = told_back
    assert f"Sending 1 note ({len(NOTE)} characters)" in notesense("reindex", *LLM).err


# Questions and wording


def test_questions_and_wording_over_restricted_notes_are_left_to_passages_and_playbook(
    notesense: Terminal, server: ModelServer
) -> None:
    notesense("add", NOTE, "--account", "Brackwater", "--engine", "local", "--restricted")
    answer = notesense("ask", "Brackwater", "When does the tubing come?")
    assert (answer.code, server.requests) == (3, [])
    assert "the new tubing" in answer.out
    assert "restricted: it does not leave this machine" in answer.err
    briefing = notesense("brief", "Brackwater", "--wording", "model")
    assert server.requests == []
    assert "the new tubing" in briefing.out
    notesense("add", "The seals leak every week, says Mr Aldous.", "--account", "Quill", "--engine", "local")
    notesense("ask", "Quill", "What leaks?")
    assert len(server.chats) > 0


def test_questions_are_redacted_too_and_announced(notesense: Terminal, server: ModelServer) -> None:
    notesense("add", NOTE, "--account", "Brackwater", "--engine", "local")
    server.answer = lambda body: {"verdict": "not_in_notes", "sentences": [], "missing": "it"}
    answer = notesense("ask", "Brackwater", "What does Mr Okonkwo pay Etikomat?", "--redact", "all")
    sent = text_of(server.chats[-1])
    assert [word for word in HIDDEN if word in sent] == []
    assert sentences(answer.err) == [
        f"Sending passages of the notes of Brackwater to {server.url.removeprefix('http://').split('/')[0]} "
        "(openai:test-model). Redacted: people, companies, emails, phones, amounts."
    ]
