"""Times in transcripts: how far into a recording (`0:05`, `00:01:02.500`, `-0:0:1,5`), to seconds."""

STAMP = r"-?(?:[0-9]{1,3}:)?[0-9]{1,4}:[0-9]{1,2}(?:[.,][0-9]{1,9})?"
"""A time as any of the programs writes it: padded or not, point or comma, below 0 before a recording began."""
WHOLE_STAMP = r"(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}"
"""A time in whole seconds, as it stands beside names: m:ss or h:mm:ss."""


def seconds(stamp: str) -> float:
    """Return the seconds that a time of the form `STAMP` tells."""
    total = 0.0
    for part in stamp.lstrip("-").replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return -round(total, 3) if stamp.startswith("-") and total else round(total, 3)
