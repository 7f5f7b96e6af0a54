import pytest

from notesense.core.bearing import Effect
from small_accounts import Account, Said, leader, pain, picture, quotes


class TestDejaVu:
    def account(self) -> Account:
        account = Account().note(200, Said("stalled_adoption", "the readers lie in a box"), pain("towels are short"))
        account.note(30, Said("stalled_adoption", "the readers, same shelf"), pain("again no towels at noon"))
        account.note(20)
        account.bears("the readers, same shelf", Effect.REPEATS, "the readers lie in a box")
        return account.bears("again no towels at noon", Effect.REPEATS, "towels are short")

    def test_the_same_conversation_again_with_something_dormant(self) -> None:
        standing = picture(self.account()).standing
        assert standing.type == "deja_vu"
        assert [quotes(reason.evidence)[0] for reason in standing.reasons] == ["the readers, same shelf"] * 2

    @pytest.mark.parametrize(
        "moving", [Said("competitor", "Zed came by", name="Zed"), pain("line down", severity="high")]
    )
    def test_a_rival_or_a_fire_makes_it_a_risk(self, moving: Said) -> None:
        assert picture(self.account().note(9, moving)).standing.type == "at_risk"

    def test_where_things_are_put_to_use_it_is_none(self) -> None:
        account = (
            self.account().note(150, Said("stalled_adoption", "the app is unopened")).note(9, "the app runs daily")
        )
        assert (
            picture(account.bears("the app runs daily", Effect.SETTLES, "the app is unopened")).standing.type
            != "deja_vu"
        )


def test_who_left_with_a_successor_is_no_sign_of_risk() -> None:
    account = Account().note(90, Said("praise", "splendid")).note(20, Said("competitor", "Zed came"))
    followed = {"change": "succession", "person": "Lenka Hora"}
    account.note(9, leader("Peter Novak is gone, Lenka Hora has buying", "effective", **followed))
    assert picture(account).standing.type == "steady"
    account.note(8, leader("Peter Novak has left", "effective", change="left", person="Peter Novak"))
    assert picture(account).standing.type == "at_risk"
