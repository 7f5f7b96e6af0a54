"""Numbers of tokens as a server tells them: it may tell anything."""

MOST_TOKENS = 1_000_000_000
"""More than any model reads or writes at once; a larger number is taken for this one."""


def count_of(told: object) -> int:
    """Return a number of tokens; 0 for what is no such number."""
    return min(told, MOST_TOKENS) if type(told) is int and told >= 0 else 0
