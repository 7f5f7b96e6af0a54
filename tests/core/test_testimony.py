"""What a program or a plan says is no evidence of what happened; words that are shown say what they are."""

import pytest

from notesense.core.evidence import cite, cite_slice
from notesense.core.leaving import leaving_words
from notesense.core.vocabulary import NO_TESTIMONY, Origin
from small_accounts import Account, pain, picture

PAIN = "the export is empty every night"


@pytest.mark.parametrize("origin", sorted(Origin))
def test_a_summary_or_plan_closes_no_ticket(origin: Origin) -> None:
    account = Account().note(60, "Ticket 7719 | Reporter: Ines", pain(PAIN), channel="support").compared()
    account.note(9, "ticket 7719 can be closed").of(origin)
    assert picture(account).support[0].status == ("open" if origin in NO_TESTIMONY else "resolved")


@pytest.mark.parametrize("origin", [Origin.TRANSCRIPT, Origin.PLAN])
def test_a_plan_does_not_say_that_somebody_leaves(origin: Origin) -> None:
    history = Account().note(9, "Ben is leaving us in May.").of(origin).history()
    assert (leaving_words(history, "Ben Cole") is None) is (origin is Origin.PLAN)


def test_sentences_of_a_summary_are_no_later_words() -> None:
    account = Account().note(60, pain(PAIN)).note(30, "the export is empty every night again").of(Origin.VENDOR_SUMMARY)
    assert account.history().later_sentences(account.signals[0]) == ()
    told = Account().note(60, pain(PAIN)).note(30, "the export is empty every night again")
    assert len(told.history().later_sentences(told.signals[0])) == 1


def test_evidence_names_the_origin_of_its_words() -> None:
    account = Account().note(9, pain(PAIN)).of(Origin.TRANSCRIPT)
    (note,), (found,) = account.notes, account.signals
    said = found.model_copy(update={"signal": found.signal.model_copy(update={"origin": Origin.CHAT})})
    assert cite(said, note).origin is Origin.CHAT
    assert cite_slice(note, 0, 3).origin is Origin.TRANSCRIPT
