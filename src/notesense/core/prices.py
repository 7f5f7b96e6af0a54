"""What a model's tokens cost. No price list ships: prices change, so the user says them; an unsaid price is unknown."""

import math

from pydantic import Field

from notesense.core.note import Value
from notesense.core.signal import Usage
from notesense.errors import InputError

MILLION = 1_000_000
FORM = "INPUT/OUTPUT or INPUT/OUTPUT/CACHED, in US$ per million tokens, such as 0.25/2.00/0.025"


class Price(Value):
    """US$ per million tokens. Without a price of their own, cached input tokens cost what other input tokens cost."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)

    def times(self, share: float) -> "Price":
        """Return this share of the price."""
        return Price(
            input=self.input * share,
            output=self.output * share,
            cached=None if self.cached is None else self.cached * share,
        )

    def cost(self, usage: Usage) -> float:
        """Return what these tokens cost, in US$."""
        cached = min(usage.cached_tokens, usage.input_tokens)
        ready = self.input if self.cached is None else self.cached
        paid = (usage.input_tokens - cached) * self.input + cached * ready + usage.output_tokens * self.output
        return paid / MILLION


def parse_price(text: str) -> Price:
    """Return the price that a text such as `0.25/2.00/0.025` states. Raises InputError for any other text."""
    try:
        numbers = [float(part) for part in text.split("/")]
    except ValueError:
        numbers = []
    if len(numbers) not in (2, 3) or not all(math.isfinite(number) and number >= 0 for number in numbers):
        raise InputError(f'"{text}" is no price.', f"Write it as {FORM}.")
    return Price(input=numbers[0], output=numbers[1], cached=numbers[2] if len(numbers) == 3 else None)
