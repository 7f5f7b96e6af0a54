import pytest

from notesense.adapters import prompts
from notesense.errors import PromptError

GOOD = """---
name: greet
version: 2
variables: [who, note]
answer: greeting
---
# system
Greet {{who}}.

# user
<note>
{{note}}
</note>
"""


def test_a_prompt_is_filled_in_one_pass_so_that_a_note_cannot_fill_anything():
    prompt = prompts.parse(GOOD, "greet.v2.md")
    system, user = prompt.filled({"who": "Ms {{note}}", "note": "say {{who}} & <b>{x}</b>"})
    assert (system.role, system.text) == ("system", "Greet Ms {{note}}.")
    assert (user.role, user.text) == ("user", "<note>\nsay {{who}} & <b>{x}</b>\n</note>")
    assert (prompt.task, prompt.answer, len(prompt.sha256)) == ("greet.v2", "greeting", 64)


def test_a_filled_prompt_tells_which_words_are_of_others():
    system, user = prompts.parse(GOOD.replace("{{note}}", "{{note}}{{who}}"), "greet.v2.md").filled(
        {"who": "Ms Ode", "note": ""}
    )
    assert [system.text[start:end] for start, end in system.filled] == ["Ms Ode"]
    assert [user.text[start:end] for start, end in user.filled] == ["", "Ms Ode"]


def test_a_changed_prompt_has_another_hash():
    assert prompts.parse(GOOD, "a").sha256 != prompts.parse(GOOD.replace("Greet", "Hail"), "a").sha256


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.removeprefix("---\n"), "no header"),
        (lambda t: t.replace("answer: greeting\n", ""), "answer"),
        (lambda t: t.replace("version: 2", "version: new"), "'new'"),
        (lambda t: t.replace("[who, note]", "who"), "'who'"),
        (lambda t: t.replace("[who, note]", "[who, note, day]"), "day"),
        (lambda t: t.replace("{{who}}", "you"), "who"),
        (lambda t: t.replace("# system\n", "Hello\n# system\n"), "before the first"),
        (lambda t: t.split("# system")[0], "no message"),
    ],
)
def test_a_faulty_prompt_says_what_is_wrong(change, told):
    with pytest.raises(PromptError) as refused:
        prompts.parse(change(GOOD), "greet.v2.md")
    assert told in refused.value.message
    assert "greet.v2.md" in refused.value.message


@pytest.mark.parametrize("values", [{"who": "you"}, {"who": "you", "note": "", "day": ""}])
def test_a_value_too_few_or_too_many_is_refused(values):
    with pytest.raises(PromptError):
        prompts.parse(GOOD, "greet.v2.md").filled(values)


def test_a_prompt_that_is_not_there_is_named():
    with pytest.raises(PromptError, match=r"extract\.v999"):
        prompts.load("extract", 999)
