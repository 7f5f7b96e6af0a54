import re
from pathlib import Path

import pytest

from notesense.adapters.playbook import load, parse
from notesense.adapters.yaml_file import LARGEST_FILE
from notesense.core.playbook import GAPS, SECTIONS, Entry, Playbook, Trigger, always, fields_in, fields_of, fill
from notesense.errors import PlaybookError

SHIPPED = load()
VALUES = {
    "account": "Alder Mill", "date": "3 May", "days": "12", "quote": "it {leaks}", "said": "it leaks", "due": "9 May",
    "person": "Bo", "role": "buyer", "effective": "9 May", "deadline": "9 May", "name": "Pellworth", "what": "app",
    "topic": "a line", "area": "delivery", "count": "3", "first": "3 May",
}  # fmt: skip
ENTRY = {
    "trigger": "fire",
    "section": "fires",
    "priority": 9,
    "title": "Fire",
    "question": "What burns?",
    "why": "Because.",
    "practice": 8,
}

OWN = """
version: 1
name: ours
disabled: [praise]
closing: Shake hands.
sections: [fires, owed, changed, people, value, adoption, expectations, rivals, growth, contact]
entries:
  - trigger: fire
    section: fires
    priority: 99
    title: Hot
    question: What burns, in your words?
    why: It burns.
    practice: 8
"""


def templates(entry: Entry) -> list[str]:
    single = [entry.why, *([entry.ask_inside] if entry.ask_inside else [])]
    return [*entry.title, *entry.say, *entry.question, *entry.avoid, *entry.opening, *single]


@pytest.mark.parametrize("trigger", list(Trigger))
class TestShipped:
    def test_every_template_renders_for_its_trigger(self, trigger: Trigger) -> None:
        entry = SHIPPED.entry(trigger)
        assert entry is not None
        values = {name: VALUES[name] for name in fields_of(trigger)}
        for template in templates(entry):
            assert fields_in(template) <= values.keys()
            text = fill(template, values)
            assert not re.search(r"\{(?!leaks)", text)

    def test_questions_are_open_short_and_one_at_a_time(self, trigger: Trigger) -> None:
        entry = SHIPPED.entry(trigger)
        assert entry is not None
        for question in entry.question:
            assert question.count("?") == 1
            assert len(question) <= 120
            assert not re.search(r"\bOK\b|okay|everything all right|happy with|price|discount|\bcost of\b", question)
            closed = r"(is|are|was|were|do|does|did|has|have|had|can|could|would|will|should|don't|isn't)\b"
            assert not re.match(closed, question, re.IGNORECASE)

    def test_a_matter_has_a_question_unless_it_only_says_what_to_say_or_not(self, trigger: Trigger) -> None:
        entry = SHIPPED.entry(trigger)
        assert entry is not None
        silent = {Trigger.RENEWAL_NEAR, Trigger.DECLINED, Trigger.PROMISE_KEPT_CUSTOMER}
        assert bool(entry.question) is (trigger not in silent)


def test_the_shipped_playbook_covers_the_practices() -> None:
    assert {entry.practice for entry in SHIPPED.entries} == set(range(1, 18))
    assert {Trigger.NO_MEASURE, Trigger.NO_LIVE_CONTACT} <= GAPS
    assert Trigger.NO_LIVE not in GAPS
    assert always(Trigger.NO_NEEDS) == {"account"}


def test_no_two_questions_are_the_same() -> None:
    questions = [question for entry in SHIPPED.entries for question in entry.question]
    assert len(questions) == len(set(questions))


def test_values_with_braces_stay_as_they_are() -> None:
    assert fill("“{quote}” {date}", {"quote": "{date}", "date": "3 May"}) == "“{date}” 3 May"


class TestOwnPlaybook:
    def test_it_lies_over_the_shipped_one(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.yaml"
        path.write_text(OWN, encoding="utf-8")
        mine = load(path)
        fire = mine.entry(Trigger.FIRE)
        assert fire is not None
        assert fire.title == ("Hot",)
        assert mine.entry(Trigger.PRAISE) is None
        assert mine.entry(Trigger.QUIET) == SHIPPED.entry(Trigger.QUIET)
        assert (mine.name, mine.closing, mine.sections[0]) == ("ours", "Shake hands.", "fires")

    def test_what_it_leaves_out_is_as_shipped(self) -> None:
        mine = Playbook(version=1, name="ours").over(SHIPPED)
        assert (mine.closing, mine.sections, mine.entries) == (SHIPPED.closing, SHIPPED.sections, SHIPPED.entries)
        assert Playbook(version=1, name="bare").entry(Trigger.FIRE) is None

    def test_one_that_extends_nothing_stands_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.yaml"
        path.write_text(OWN.replace("name: ours", "name: ours\nextends: nothing"), encoding="utf-8")
        mine = load(path)
        assert [entry.trigger for entry in mine.entries] == [Trigger.FIRE]
        assert mine.entry(Trigger.QUIET) is None

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"trigger": "flood"}, "entry 1 (flood), trigger"),
            ({"colour": "red"}, "entry 1 (fire), colour"),
            ({"title": "x" * 400}, "entry 1 (fire), title, 0"),
            ({"title": "Fire {ticket}"}, "title uses {ticket}"),
            ({"title": "Fire “{said}”"}, "title needs one template that uses only what is always known"),
            ({"question": "Tell me."}, "must end with a question mark"),
            ({"question": "What of {quote}?"}, "in quotation marks"),
            ({"say": "Half a {date"}, "brace without its partner"),
            ({"question": "How come, and is everything OK?"}, "asks whether everything is all right"),
            ({"opening": "I am just checking in."}, "asks whether everything is all right"),
            ({"why": "Because of “{quote}”"}, "why uses {quote}"),
            ({"priority": 0}, "priority"),
            ({"practice": 18}, "practice"),
            ({"section": "cellar"}, "section"),
        ],
    )
    def test_a_faulty_entry_is_named(self, change: dict[str, object], told: str) -> None:
        text = repr({"version": 1, "name": "ours", "entries": [{**ENTRY, **change}]}).replace("\\n", " ")
        with pytest.raises(PlaybookError) as caught:
            parse(text, "mine.yaml")
        assert caught.value.message.startswith("mine.yaml: entry 1")
        assert told in caught.value.message
        assert "docs/playbook.md" in caught.value.fix

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "holds no playbook"),
            ("- a\n- b", "holds no playbook"),
            ("a: [", "line 1"),
            ("a: \x00", "is no YAML: it cannot be read"),
            ("[" * 100_000, "nested too deeply"),
            ("version: 2\nname: x", "version"),
            ("version: 1\nname: x\nentries: 3", "entries"),
            ("version: 1\nname: x\nextends: ours", "extends: Input should be 'shipped' or 'nothing'"),
            ("version: 1\nname: x\nentries: [3]", "entry 1"),
            ("version: 1\nname: x\nsections: [fires]", "sections must name each"),
            ("version: 1\nname: x\ndisabled: [flood]", "disabled"),
            ("version: 1\nname: x\noff: [fire]", "the key False is no text"),
            (repr({"version": 1, "name": "x", "entries": [ENTRY, ENTRY]}), "more than one entry for fire"),
            (repr({"version": 1, "name": "x", "entries": [{**ENTRY, "a": 1, "b": 2, "c": 3}]}), "(2 more faults)"),
            (repr({"version": 1, "name": "x", "entries": [{**ENTRY, "a": 1, "b": 2}]}), "(1 more fault)"),
        ],
    )
    def test_a_faulty_file_is_refused(self, text: str, told: str) -> None:
        with pytest.raises(PlaybookError) as caught:
            parse(text, "mine.yaml")
        assert told in caught.value.message

    @pytest.mark.parametrize(
        ("raw", "told"),
        [
            (b"\xff\xfe\xfa", "is not UTF-8"),
            (b"#" * (LARGEST_FILE + 1), "is larger than 256 KB"),
            (None, "cannot be read"),
        ],
    )
    def test_a_file_that_cannot_be_used(self, tmp_path: Path, raw: bytes | None, told: str) -> None:
        path = tmp_path / "mine.yaml"
        if raw is not None:
            path.write_bytes(raw)
        with pytest.raises(PlaybookError, match=told):
            load(path)


def test_the_manual_page_tells_the_truth() -> None:
    page = (Path(__file__).parents[2] / "docs" / "playbook.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    assert parse(example, "docs/playbook.md").over(SHIPPED).entry(Trigger.PRAISE) is None
    named = set(re.findall(r"`(\w+)`", page))
    assert {trigger.value for trigger in Trigger} <= named
    assert set(Entry.model_fields) | set(Playbook.model_fields) <= named
    practices = {entry.trigger.value: entry.practice for entry in SHIPPED.entries}
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| (.+) \|$", page, re.MULTILINE)
    assert all(practices[name] == int(number) for number, told in rows for name in re.findall(r"`(\w+)`", told))
    assert [int(number) for number, _ in rows] == list(range(1, 18))
    assert all(f"`{{{name}}}`" in page for trigger in Trigger for name in fields_of(trigger))


def test_sections_are_all_used() -> None:
    assert {entry.section for entry in SHIPPED.entries} == set(SECTIONS)
