"""Terminal text for who is one of us."""

from notesense.core.us_list import UsList
from notesense.render.sheet import Sheet

_HEADINGS = {"domain": "Everybody of", "address": "Addresses", "person": "People"}


def us_list(sheet: Sheet, result: UsList) -> None:
    """Write domains, addresses and people; what was learned is marked."""
    if not result.ours and not result.domains_set:
        sheet.line("Nobody is known to be one of you yet.")
        sheet.line('Say it: notesense us add ours.example ben@mail.example "Ben Cole"', indent=2)
    for sort, heading in _HEADINGS.items():
        those = [one for one in result.ours if one.sort == sort]
        set_ = result.domains_set if sort == "domain" else ()
        if those or set_:
            sheet.line((heading, "strong"))
        for domain in set_:
            sheet.line(domain, (" by NOTESENSE_DOMAINS", "quiet"), indent=2)
        for one in those:
            sheet.line(one.value, (" learned from a source", "quiet") if one.learned else "", indent=2)
    if any(one.learned for one in result.ours):
        sheet.gap()
        sheet.line(("Learned wrongly? notesense us remove WHO", "quiet"))
    if result.placed:
        sheet.gap()
        older = "1 older note" if result.placed == 1 else f"{result.placed:,} older notes"
        sheet.line(f"In {older}, more people are now known to be yours or the customer's.")
    if result.perhaps:
        sheet.gap()
        sheet.line(("Perhaps yours: ", "warn"), f"{', '.join(result.perhaps)} (in notes of several accounts).")
        sheet.line(f"If so: notesense us add {result.perhaps[0]}", indent=2)
