import pytest

from notesense.core.signal import Usage


def test_usage_adds_up():
    one = Usage(input_tokens=10, output_tokens=2, cached_tokens=4, cost_usd=0.5, seconds=1.5)
    assert one + one == Usage(input_tokens=20, output_tokens=4, cached_tokens=8, cost_usd=1.0, seconds=3.0)
    assert sum([one, one], Usage()) == one + one


@pytest.mark.parametrize(("one", "other"), [(None, 0.5), (0.5, None), (None, None)])
def test_a_sum_with_something_unknown_is_unknown(one, other):
    assert (Usage(cost_usd=one) + Usage(cost_usd=other)).cost_usd is None
