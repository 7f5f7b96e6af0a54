import pytest

from notesense.core.invention import Known
from notesense.core.manners import is_open_question


@pytest.mark.parametrize(
    "question",
    [
        "What has the wait made harder on your side?",
        "When that happens, what do your people have to do about it?",
        "If somebody asked what our work brings in, which figure would you want on the table?",
        "Looking ahead, how do you decide?",
        "What did you mean by “what and where?”?",
    ],
)
def test_open_questions(question: str) -> None:
    assert is_open_question(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is everything OK?",
        "Do you know what happened?",
        "So, would you tell me what happened?",
        "Looking ahead, do you see what we mean?",
        "What happened? Who knows?",
        "What happened and how did you mend it?",
        "What happened.",
        "Tell us about it?",
        "Haven't you seen what it does?",
    ],
)
def test_questions_that_are_not_one_open_question(question: str) -> None:
    assert not is_open_question(question)


def test_nothing_is_known_of_nothing() -> None:
    assert Known.of().words == frozenset()
