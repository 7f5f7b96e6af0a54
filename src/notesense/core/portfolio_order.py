"""The orders of a portfolio, apart from all else so that a command line can name them at once."""

from enum import StrEnum


class SortedBy(StrEnum):
    """By what a portfolio is sorted: what asks most for attention first, then by name."""

    NAME = "name"
    STANDING = "standing"
    CONTACT = "contact"
    OVERDUE = "overdue"
    FIRES = "fires"
    RENEWAL = "renewal"
