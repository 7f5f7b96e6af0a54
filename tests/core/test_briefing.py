from notesense.core.briefing import Occasion, brief
from notesense.core.playbook import Playbook
from small_accounts import ACCOUNT, AS_OF, Account, Said, pain, quotes


def test_trackers_have_their_own_part_and_nothing_else_rests_on_them() -> None:
    plain = Account().note(30, pain("the seals leak")).note(3, "nothing may leave Canada")
    unsure = Said("data_residency", "they store things")
    unsure.confidence = 0.4
    tracked = (
        Account()
        .note(30, pain("the seals leak"), Said("data_residency", "which country is it in"), unsure)
        .note(3, Said("data_residency", "nothing may leave Canada"), Said("a_freeze", "no hiring until May"))
    )
    playbook, occasion = Playbook(version=1, name="bare"), Occasion(as_of=AS_OF)
    before = brief(ACCOUNT, plain.notes, plain.signals, playbook, occasion)
    after = brief(ACCOUNT, tracked.notes, tracked.signals, playbook, occasion)
    assert [(one.kind, one.quote) for one in after.trackers] == [
        ("a_freeze", "no hiring until May"),
        ("data_residency", "nothing may leave Canada"),
        ("data_residency", "which country is it in"),
    ]
    assert all(one.source.quote == one.quote for one in after.trackers)
    assert [(one.kind, one.quote) for one in after.unsure] == [("data_residency", "they store things")]
    assert before.trackers == ()
    assert (after.signals, quotes(after.pains)) == (before.signals, quotes(before.pains))
    assert [item.title for item in after.agenda.items] == [item.title for item in before.agenda.items]
