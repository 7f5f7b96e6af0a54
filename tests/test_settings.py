"""Settings from the environment: what is left out, what is said, what cannot be."""

import pytest

from notesense.core.prices import Price
from notesense.errors import InputError
from notesense.settings import load


def test_what_is_left_out():
    settings = load({})
    assert (settings.engine, settings.model, settings.price, settings.redact) == ("local", None, None, None)
    assert (settings.concurrency, settings.rate) == (8, None)


def test_what_is_said(tmp_path):
    settings = load(
        {
            "NOTESENSE_HOME": str(tmp_path),
            "NOTESENSE_ENGINE": "hybrid",
            "NOTESENSE_MODEL": " openai:gpt-5-mini ",
            "NOTESENSE_PRICE": "0.25/2.00/0.025",
            "NOTESENSE_CONCURRENCY": "64",
            "NOTESENSE_RATE": "0.5",
            "NOTESENSE_REDACT": "people",
        }
    )
    assert (settings.engine, settings.model, settings.redact) == ("hybrid", "openai:gpt-5-mini", "people")
    assert settings.price == Price(input=0.25, output=2, cached=0.025)
    assert (settings.concurrency, settings.rate) == (64, 0.5)
    assert settings.prices == tmp_path / "prices.yaml"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("NOTESENSE_PRICE", "free", '"free" is no price'),
        ("NOTESENSE_CONCURRENCY", "0", "a whole number from 1 to 64"),
        ("NOTESENSE_CONCURRENCY", "65", "a whole number from 1 to 64"),
        ("NOTESENSE_CONCURRENCY", "2.5", "a whole number from 1 to 64"),
        ("NOTESENSE_RATE", "0", "a number above 0"),
        ("NOTESENSE_RATE", "-3", "a number above 0"),
        ("NOTESENSE_RATE", "nan", "a number above 0"),
        ("NOTESENSE_RATE", "inf", "a number above 0"),
        ("NOTESENSE_RATE", "fast", '"fast"'),
    ],
)
def test_what_cannot_be(name, value, told):
    with pytest.raises(InputError) as error:
        load({name: value})
    assert name in error.value.message
    assert told in error.value.message
    assert error.value.fix
