"""Reads a team's own price list: `prices.yaml`, one line a model, as in `openai:gpt-5-mini: 0.25/2.00/0.025`."""

from pathlib import Path

from notesense.adapters import yaml_file
from notesense.core.prices import FORM, Price, parse_price
from notesense.errors import InputError

_HELP = f"Write a line a model, such as openai:gpt-5-mini: 0.25/2.00 ({FORM})."


def load(path: Path) -> dict[str, Price]:
    """Return the prices by model, none where there is no file. Raises InputError for a file that cannot be used."""
    if not path.exists():
        return {}
    text = yaml_file.read(path, "price list", InputError, _HELP)
    prices = yaml_file.parse(text, str(path), "must begin with a mapping of models to prices.", InputError, _HELP)
    found = {}
    for model, price in prices.items():
        try:
            found[model] = parse_price(str(price))
        except InputError as error:
            line = yaml_file.line_of(text, [model])
            raise InputError(f"{path}, line {line}, {model}: {error.message}", error.fix) from None
    return found
