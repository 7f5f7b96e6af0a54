import pytest

from notesense.core.prices import Price, parse_price
from notesense.core.signal import Usage
from notesense.errors import InputError


def test_tokens_cost_what_the_price_says():
    usage = Usage(input_tokens=1_000_000, output_tokens=500_000, cached_tokens=400_000)
    assert parse_price("0.25/2.00").cost(usage) == pytest.approx(1.25)
    assert parse_price(" 0.25 / 2 / 0.025 ").cost(usage) == pytest.approx(0.15 + 0.01 + 1.0)
    assert parse_price("0/0").cost(usage) == 0.0


def test_no_more_tokens_are_ready_than_there_are():
    assert Price(input=1, output=0, cached=0).cost(Usage(input_tokens=10, cached_tokens=99)) == 0.0


@pytest.mark.parametrize("text", ["", "1", "1/2/3/4", "1,5/2", "-1/2", "nan/1", "inf/1", "a/b", "1//2"])
def test_what_is_no_price(text):
    with pytest.raises(InputError, match="no price") as error:
        parse_price(text)
    assert f'"{text}"' in error.value.message
    assert "per million" in error.value.fix
