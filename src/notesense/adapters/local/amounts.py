"""Reads the sum of money or the rate that a clause names, in the clause's own words."""

import re

_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|a hundred|half a million"
)
_WORDS = rf"(?:{_ONES})(?:[ -](?:and )?(?:{_ONES}|million|grand|point))*"
_DIGITS = r"\d+(?:[.,'’ ]\d{3})*(?:[.,]\d+)?"
_SIGN = r"(?:R\$|US\$|[€$£¥₹₺]|CHF|EUR|USD|GBP|NOK|SEK|DKK|PLN|CZK|HUF|INR|MAD|AED|ZAR|Rs\.?|R|kr|C\$|A\$)"
_UNIT = (
    r"(?:%|per ?cent|percent|euros?|eur|dollars?|usd|pounds?|quid|bucks|cents?|pence|francs?|chf|rand|rupees?|roupies?|lakh|crore|"  # noqa: E501
    r"kroner|kr|lira|pesos?|yen|rials?|dirhams?|zloty|pln|million|grand|k)\b|%"
)
_PER = r"(?:\s?(?:(?:a|an|per|each|every)\s\w+|/\s?\w+|apiece|annually))?"
_SCALE = r"(?:\s?(?:k|m|million|thousand|grand|lakh|crore)\b)?"
_AMOUNT = re.compile(
    rf"(?<!\w){_SIGN}\s?{_DIGITS}{_SCALE}{_PER}|(?<![\w.,]){_DIGITS}{_SCALE}\s?(?:{_UNIT}){_PER}"
    rf"|\b{_WORDS}\s(?:{_UNIT}){_PER}|\b(?:{_ONES})[ -](?:{_WORDS})?(?:thousand|million|grand){_PER}"
    rf"|(?<![\w.,/:]){_DIGITS}\s(?:a|an|per|each|every)\s(?:\w+)",
    re.IGNORECASE,
)


def amount(clause: str) -> str | None:
    """Return the first sum or rate in the clause, or None."""
    match = _AMOUNT.search(clause)
    return match[0].strip(" .,") if match else None
