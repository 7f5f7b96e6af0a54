"""A team's price list: each fault told with its file, line and model."""

import pytest

from notesense.adapters.prices import load
from notesense.core.prices import Price
from notesense.errors import InputError


def test_prices_by_model(tmp_path):
    path = tmp_path / "prices.yaml"
    assert load(path) == {}
    path.write_text("# US$ per million tokens\nopenai:gpt-5-mini: 0.25/2.00/0.025\nopenai:llama3.2:3b: 0/0\n")
    assert load(path) == {
        "openai:gpt-5-mini": Price(input=0.25, output=2, cached=0.025),
        "openai:llama3.2:3b": Price(input=0, output=0),
    }


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("openai:a: 1/2\nopenai:b: 0.5\n", 'line 2, openai:b: "0.5" is no price.'),
        ("openai:a: {input: 1}\n", "line 1, openai:a"),
        ("- 1/2\n", "must begin with a mapping of models to prices"),
        ("openai:a: 1/2\nopenai:a: 2/3\n", "stands there twice"),
        ("a: [\n", "is no YAML"),
    ],
)
def test_what_is_no_price_list(tmp_path, content, told):
    path = tmp_path / "prices.yaml"
    path.write_text(content)
    with pytest.raises(InputError) as error:
        load(path)
    assert told in error.value.message
    assert "prices.yaml" in error.value.message
    assert "openai:gpt-5-mini: 0.25/2.00" in error.value.fix or "million" in error.value.fix
