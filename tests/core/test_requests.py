from notesense.core.requests import Message, Request


def asked(text="Read this.", form=None, **about):
    messages = (Message(role="system", text="Be exact."), Message(role="user", text=text))
    return Request(task="t.v1", messages=messages, form=form or {"type": "object"}, form_name="found", **about)


def test_the_same_question_has_the_same_key_whatever_it_is_about():
    assert asked(note_id="a", account="Harlow", part=2).key == asked(note_id="b").key
    assert asked().key != asked("Read that.").key
    assert asked().key != asked(form={"type": "array"}).key


def test_a_request_counts_its_characters():
    assert asked().characters == len("Be exact.") + len("Read this.")


def test_broken_characters_have_a_key_too():
    assert len(asked("\ud800").key) == 64
