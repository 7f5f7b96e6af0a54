from notesense.core.replies import Form, entries


class _One(Form):
    number: int


def test_a_faulty_entry_is_left_out_and_counted() -> None:
    given = {"list": [{"number": 1}, {"number": "two"}, None, {"number": "3", "more": 1}]}
    assert entries(given, "list", _One) == ([_One(number=1), _One(number=3)], 2)
    assert entries({"list": "no"}, "list", _One) is None
