import datetime

import pytest

from notesense.core.briefing import Occasion, brief
from notesense.core.matters import matters_of
from notesense.core.note import Side
from notesense.core.people import doubtful_people
from notesense.core.person_ports import Joined
from notesense.core.picture import Person
from notesense.core.playbook import Playbook
from notesense.core.portrait import picture_of
from notesense.core.spellings import KnownPeople, Spellings, apart_in, can_be_one, fuller, parts
from small_accounts import ACCOUNT, AS_OF, Account, Said, day, leader, picture, promise, quotes

NOW = datetime.datetime(2026, 10, 1, tzinfo=datetime.UTC)


def joined(name: str, other: str, verdict: str = "same") -> Joined:
    return Joined(name=name, other=other, verdict=verdict, made=NOW)  # type: ignore[arg-type]


def joined_pair(name: str, other: str) -> Joined:
    return joined(name, other, "other")


def people(account: Account, known: KnownPeople | None = None) -> tuple[Person, ...]:
    return picture_of(account.history(), known=known or KnownPeople()).people


class TestSpellings:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("J. Okafor", "Jo Okafor", True),
            ("Okafor", "Jo Okafor", True),
            ("Jo", "Jo Okafor", True),
            ("Dr. Okafor", "Jo Okafor", True),
            ("Åsa Lind", "Asa Lind", True),
            ("Jo Okafor", "John Okafor", False),
            ("J. Okafor", "K. Okafor", False),
            ("Jo Okafor", "Jo Lind", False),
            ("J.", "Jo Okafor", False),
            ("", "Jo Okafor", False),
            ("Beck, Tom [HARLOW]", "Tom Beck", True),
            ("Tom Beck (Harlow)", "Tom Beck", True),
            ("Tom Beck (he/him) [Guest]", "Beck, Tom", True),
            ("Tom Beck | Harlow | Leeds", "Tom Beck", True),
            ("(Harlow)", "Harlow", True),
            ("van der Berg, Jo (Sales)", "Jo van der Berg", True),
            ("Ben Cole, Harlow", "Ben Cole", False),
        ],
    )
    def test_which_can_be_one_person(self, one: str, other: str, same: bool) -> None:
        assert can_be_one(one, other) is same
        assert can_be_one(other, one) is same

    def test_a_title_alone_is_a_name_still(self) -> None:
        assert parts("Mr") == ("mr",)

    def test_spellings_of_one_person_stand_together_the_fullest_first(self) -> None:
        known = Spellings(["Okafor", "J. Okafor", "Jo Okafor", "Jo", "Bo Lind"])
        assert known.of("J. Okafor") == ("Jo Okafor", "J. Okafor", "Okafor", "Jo")
        assert known.person("Okafor") == "Jo Okafor"
        assert known.of("Zed") == ("Zed",)

    def test_a_short_name_that_fits_two_people_is_left_alone(self) -> None:
        known = Spellings(["Jo Okafor", "John Okafor", "J. Okafor", "Okafor"])
        assert {len(known.of(name)) for name in known.names} == {1}

    def test_the_reps_word_counts_before_all(self) -> None:
        names = ["Bia", "Beatriz Tavares", "J. Okafor", "Jo Okafor"]
        said = KnownPeople(joined=(joined("bia", "Beatriz Tavares"), joined("J. Okafor", "Jo Okafor", "other")))
        known = Spellings(names, said)
        assert known.of("Bia") == ("Beatriz Tavares", "Bia")
        assert known.of("J. Okafor") == ("J. Okafor",)

    def test_the_reps_word_joins_two_who_stood_apart(self) -> None:
        said = KnownPeople(joined=(joined("Al", "Jo Okafor"), joined("Al", "Bo Lind")))
        assert len(Spellings(["Jo Okafor", "Bo Lind", "Al"], said).of("Al")) == 3

    @pytest.mark.parametrize(
        ("names", "texts", "joined"),
        [
            (["Johanna Okafor", "Jo Okafor"], ["Johanna Okafor", "Jo Okafor"], True),
            (["Johanna Okafor", "Jo Okafor"], ["Johanna Okafor and Jo Okafor"], False),
            (["Johanna Okafor", "Jo Lind"], [], False),
            (["Katarzyna Nowak", "Kate Nowak"], [], False),
            (["Johanna Okafor", "John Okafor", "Jo Okafor"], [], False),
            (["Johanna Okafor", "Jo"], [], False),
        ],
    )
    def test_a_short_first_name_joins_where_no_note_has_both(
        self, names: list[str], texts: list[str], joined: bool
    ) -> None:
        account = Account()
        for text in texts:
            account.note(9, text)
        short = apart_in(account.notes, names)
        assert (len(Spellings(names, short=short).of(names[-1])) == len(names)) is joined
        apart = KnownPeople(joined=(joined_pair(names[0], names[-1]),))
        assert Spellings(names, apart, short).of(names[0]) == (names[0],)

    @pytest.mark.parametrize(
        ("names", "doubtful"),
        [
            (["Katarzyna Nowak", "Kate Nowak"], [("Katarzyna Nowak", "Kate Nowak")]),
            (["Beatriz Tavares", "Bia Tavares"], [("Beatriz Tavares", "Bia Tavares")]),
            (["Johanna Okafor", "Jo"], [("Johanna Okafor", "Jo")]),
            (["Johanna Okafor", "J. Lind", "Mia Okafor", "Kat", "O"], []),
        ],
    )
    def test_who_may_be_one_person_is_asked_about(self, names: list[str], doubtful: list[tuple[str, str]]) -> None:
        assert list(Spellings(names).doubtful()) == doubtful
        apart = KnownPeople(joined=tuple(joined_pair(*pair) for pair in doubtful))
        assert Spellings(names, apart).doubtful() == ()

    def test_only_those_are_asked_about_whose_role_changes(self) -> None:
        account = Account().note(90, promise("Kate Nowak calls", person="Kate Nowak"))
        account.note(80, promise("Bo calls", person="Bo"), promise("Bodil Lind calls", person="Bodil Lind"))
        account.note(9, leader("Katarzyna Nowak left", "effective", person="Katarzyna Nowak", change="left"))
        assert doubtful_people(account.history()) == (("Katarzyna Nowak", "Kate Nowak"),)

    def test_a_single_name_is_looked_up_in_the_notes(self) -> None:
        notes = Account().note(9, "we met Moira Strachan today", "then Karin Holm and later Karin Berg came").notes
        assert fuller("Moira", notes) == "Moira Strachan"
        assert fuller("Karin", notes) is None
        assert fuller("Moira Strachan", notes) is None


class TestRoles:
    @pytest.mark.parametrize(
        ("change", "sure", "effective", "certainty", "in_role"),
        [
            ("joined", "rumored", None, "rumored", False),
            ("joined", "announced", day(-9), "announced", False),
            ("joined", "announced", day(1), "effective", True),
            ("joined", "announced", None, "announced", False),
            ("promoted", "effective", None, "effective", True),
            ("left", "rumored", None, "rumored", True),
            ("left", "announced", day(-9), "announced", True),
            ("left", "announced", day(1), "effective", False),
            ("left", "effective", None, "effective", False),
            ("left", None, None, "unknown", None),
            (None, "effective", None, "effective", None),
            ("acquisition", "effective", None, "effective", None),
        ],
    )
    def test_as_of_the_day(
        self, change: str | None, sure: str | None, effective: str | None, certainty: str, in_role: bool | None
    ) -> None:
        stated = {"change": change, "effective": effective, "person": "Ines Roth", "role": "buyer"}
        said = leader("Ines Roth, buyer", sure, **{name: value for name, value in stated.items() if value})
        line = people(Account().note(20, said))[0]
        assert (line.certainty, line.in_role) == (certainty, in_role)

    def test_a_rumour_takes_no_firmer_words_place_on_the_same_change(self) -> None:
        account = Account().note(50, leader("Ines goes in May", "announced", person="Ines", change="left"))
        account.note(9, leader("they say Ines goes", "rumored", person="Ines", change="left"))
        assert quotes(people(account)) == ["Ines goes in May"]

    def test_a_later_rumour_of_another_change_counts(self) -> None:
        account = Account().note(50, leader("Ines is buyer", "effective", person="Ines", change="joined", role="buyer"))
        account.note(9, leader("they say Ines goes", "rumored", person="Ines", change="left"))
        (line,) = people(account)
        assert (line.change, line.certainty, line.in_role, line.role) == ("left", "rumored", True, "buyer")
        assert line.contradicted_by == ()
        assert quotes(line.told_before) == ["Ines is buyer"]

    def test_two_days_for_one_change_are_a_contradiction(self) -> None:
        account = Account().note(
            90, leader("Ines goes in June", "announced", person="Ines", change="left", effective=day(40))
        )
        account.note(9, leader("Ines stays on", "announced", person="Ines", change="left", effective=day(-60)))
        (line,) = people(account)
        assert (line.quote, line.in_role, quotes(line.contradicted_by)) == (
            "Ines stays on",
            True,
            ["Ines goes in June"],
        )

    def test_who_was_to_leave_and_takes_a_role_contradicts(self) -> None:
        account = Account().note(90, leader("they say Ines goes", "rumored", person="Ines", change="left"))
        account.note(9, leader("Ines heads it", "effective", person="Ines", change="promoted"))
        assert quotes(people(account)[0].contradicted_by) == ["they say Ines goes"]

    def test_of_two_in_one_role_the_later_word_counts(self) -> None:
        account = Account()
        for days, name in ((90, "Ines"), (9, "Bo")):
            account.note(days, leader(f"{name} is the buyer", "effective", person=name, change="joined", role="buyer"))
        later, earlier = people(account)
        assert (later.person, later.in_role, later.contradicted_by) == ("Bo", True, ())
        assert (earlier.in_role, quotes(earlier.contradicted_by)) == (False, ["Bo is the buyer"])

    @pytest.mark.parametrize(
        ("coming", "leaving", "against"),
        [
            ({}, {}, True),
            ({}, {"effective": day(-9)}, True),
            ({"effective": day(40)}, {"effective": day(-9)}, False),
            ({"effective": day(-20)}, {"effective": day(-9)}, True),
            ({"role": "buyer"}, {"role": "chair"}, False),
            ({"role": "buyer"}, {"role": "buyer"}, True),
        ],
    )
    @pytest.mark.parametrize("notes", [1, 2])
    def test_coming_and_going_of_one_day_contradict(
        self, coming: dict[str, str], leaving: dict[str, str], against: bool, notes: int
    ) -> None:
        texts = "chair and buyer Ines leaves", "chair and buyer Ines starts"
        goes = leader(texts[0], "announced", person="Ines", change="left", **leaving)
        comes = leader(texts[1], "effective", person="Ines", change="joined", **coming)
        account = Account().note(9, goes, comes) if notes == 1 else Account().note(9, comes).note(9, goes)
        (line,) = people(account)
        assert (line.quote, line.in_role) == (texts[1], True)
        assert quotes(line.told_before) == [texts[0]]
        assert quotes(line.contradicted_by) == ([texts[0]] if against else [])

    def test_a_rumour_of_going_contradicts_no_coming_of_the_same_day(self) -> None:
        goes = leader("they say Ines goes", "rumored", person="Ines", change="left")
        account = Account().note(9, goes, leader("Ines starts", "effective", person="Ines", change="joined"))
        (line,) = people(account)
        assert (line.quote, line.in_role, line.contradicted_by) == ("Ines starts", True, ())

    def test_two_in_one_role_by_two_notes_of_one_day_are_both_shown(self) -> None:
        account = Account()
        for name in ("Ines", "Bo"):
            account.note(9, leader(f"{name} is the buyer", "effective", person=name, change="joined", role="buyer"))
        one, other = people(account)
        assert (one.in_role, quotes(one.contradicted_by)) == (True, [other.quote])
        assert (other.in_role, quotes(other.contradicted_by)) == (True, [one.quote])

    def test_two_whom_one_note_has_in_one_role_share_it(self) -> None:
        said = [
            leader(f"{name} buyer", "effective", person=name, change="joined", role="buyer") for name in ("Al", "Bo")
        ]
        assert [one.contradicted_by for one in people(Account().note(9, *said))] == [(), ()]

    def test_later_words_that_name_whom_a_rumour_tells_of_stand_beside_it(self) -> None:
        account = Account().note(99, "Ines Roth called.")
        account.note(
            50, leader("they say Ines Roth goes", "rumored", person="Ines Roth", change="left"), "Ines laughed."
        )
        account.note(40, leader("word is Ines Roth goes", "rumored", person="Ines Roth", change="left"))
        account.note(30, "Ines Roth asked for tubing.").note(20, "Ines called. Bo came.").note(9, "Ines Roth stays.")
        (line,) = people(account)
        assert (line.certainty, quotes(line.told_before)) == ("rumored", ["they say Ines Roth goes"])
        assert quotes(line.named_since) == ["Ines Roth asked for tubing.", "Ines Roth stays."]

    def test_changes_without_a_name_stand_by_their_role(self) -> None:
        account = Account().note(90, leader("a new buyer comes", "announced", change="joined", role="buyer"))
        account.note(9, leader("the new buyer is here", "effective", change="joined", role="buyer"))
        account.note(8, leader("power shifts", "effective", change="reorganisation"))
        assert quotes(people(account)) == ["power shifts", "the new buyer is here"]

    def test_a_reorganisation_that_gives_a_role_is_the_persons(self) -> None:
        account = Account().note(
            9, leader("Bo gets the buying", "effective", change="reorganisation", person="Bo", role="buying")
        )
        assert people(account)[0].in_role is True

    def test_what_a_person_gave_need_not_stand_in_the_note(self) -> None:
        account = Account().note(9, leader("she left", "effective", change="left", person="Ines Roth"))
        assert people(account)[0].person is None
        labelled = account.signals[0].signal.model_copy(update={"source": "label"})
        account.signals[0] = account.signals[0].model_copy(update={"signal": labelled})
        assert people(account)[0].person == "Ines Roth"


class TestWhoGoes:
    def test_a_succession_tells_who_goes_by_name(self) -> None:
        stated = {"change": "succession", "person": "Lenka Hora", "role": "buying"}
        account = Account().note(9, leader("Peter Novak is gone, Lenka Hora has buying", "effective", **stated))
        told = {one.person: (one.change, one.in_role, one.role) for one in people(account)}
        assert told == {"Lenka Hora": ("succession", True, "buying"), "Peter Novak": ("left", False, "buying")}

    def test_who_goes_and_who_follows_are_raised_as_one_matter(self) -> None:
        stated = {"change": "succession", "person": "Lenka Hora", "role": "buying"}
        account = Account().note(9, leader("Peter Novak is gone, Lenka Hora has buying", "effective", **stated))
        history = account.history()
        matters = [one.trigger for one in matters_of(history, picture_of(history))]
        assert [one for one in matters if one.startswith("leadership")] == ["leadership_effective"]

    @pytest.mark.parametrize("side", ["customer", "unknown"])
    def test_a_succession_tells_who_goes_of_themselves(self, side: Side) -> None:
        said = leader("Lenka takes over from me", "announced", change="succession", person="Lenka", speaker="Radek")
        said.side = side
        told = {one.person: one.change for one in people(Account().note(9, said))}
        assert told == {"Lenka": "succession", "Radek": "left"}

    @pytest.mark.parametrize(
        "quote", ["Lenka takes over", "Radek Novak, Olga Hora: Lenka takes over", "Lenka takes over as I do"]
    )
    def test_without_one_other_person_nobody_goes(self, quote: str) -> None:
        said = leader(quote, "effective", change="succession", person="Lenka", speaker="Lenka")
        assert [one.person for one in people(Account().note(9, said))] == ["Lenka"]

    @pytest.mark.parametrize(
        ("text", "channel", "person"),
        [
            ("Piotr Lis", "email", "Piotr Lis"),
            ("Piotr Lis", "call", None),
            ("kind regards to all of you", "email", None),
        ],
    )
    def test_who_signs_a_mail_tells_of_themselves(self, text: str, channel: str, person: str | None) -> None:
        said = leader("I retire in May", "announced", change="left")
        assert people(Account().note(9, said, text, channel=channel))[0].person == person

    def test_a_mail_of_one_line_is_not_signed(self) -> None:
        said = leader("I Retire", "announced", change="left")
        assert people(Account().note(9, said, channel="email"))[0].person is None


class TestOurs:
    def test_our_own_people_stand_apart(self) -> None:
        account = Account().note(9, leader("Karim left", "effective", change="left", person="Karim"))
        assert people(account)[0].side == "customer"
        assert people(account, KnownPeople(ours=("Karim",)))[0].side == "us"

    def test_who_speaks_for_us_is_ours(self) -> None:
        account = Account().note(20, Said("praise", "fine", "us", speaker="Gwen Tarrant"))
        account.note(9, leader("Gwen starts as buyer", "effective", change="joined", person="Gwen"))
        assert (people(account)[0].person, people(account)[0].side) == ("Gwen Tarrant", "us")

    def test_our_own_leaver_is_told_of_without_a_signal(self) -> None:
        account = Account().note(50, promise("Anselm mails the drawings", person="Anselm"))
        account.note(9, "Good news first. Anselm leaves us on 1 December. Then lunch.")
        (line,) = people(account)
        assert (line.side, line.change, line.certainty, line.in_role) == ("us", "left", "announced", True)
        assert (line.quote, line.effective) == ("Anselm leaves us on 1 December.", "2026-12-01")
        assert quotes(line.orphaned) == ["Anselm mails the drawings"]

    def test_our_own_leaver_without_a_day_is_gone(self) -> None:
        account = Account().note(9, "Anselm has left us.")
        (line,) = people(account, KnownPeople(ours=("Anselm",)))
        assert (line.certainty, line.in_role, line.effective) == ("effective", False, None)

    @pytest.mark.parametrize(
        ("text", "person", "certainty"),
        [
            ("Anselm leaves us on 1 December, Ms Bühler takes over quality from then. Good.", "Bühler", "announced"),
            (
                "Anselm leaves us on 1 December. Petra Bühler will follow him on 2 December 2026.",
                "Petra Bühler",
                "announced",
            ),
            ("Anselm leaves us. Petra Bühler takes over on 2 December 2026.", "Petra Bühler", "announced"),
            ("Anselm has left us. Petra Bühler took over.", "Petra Bühler", "effective"),
            ("Anselm leaves us. Petra takes over, Karl steps in.", None, ""),
            ("Anselm leaves us. Ines Roth takes over the purchasing.", None, ""),
            ("Anselm leaves us. One. Two. Petra takes over.", None, ""),
            ("Anselm leaves us. Anselm takes over the shop of his father.", None, ""),
        ],
    )
    def test_who_takes_over_from_one_of_ours(self, text: str, person: str | None, certainty: str) -> None:
        account = Account().note(50, leader("Ines Roth is buyer", "effective", person="Ines Roth", change="joined"))
        account.note(9, text)
        lines = {one.person: one for one in people(account, KnownPeople(ours=("Anselm",)))}
        assert set(lines) - {"Ines Roth", "Anselm"} == ({person} if person else set())
        if person:
            assert (lines[person].change, lines[person].side, lines[person].certainty) == (
                "succession",
                "us",
                certainty,
            )
            assert lines[person].in_role is (certainty == "effective")
            assert lines[person].told == "One of us; takes over from Anselm."
            assert lines[person].quote in text

    def test_our_own_people_are_no_matter_for_the_agenda(self) -> None:
        account = Account().note(9, "Anselm has left us.").note(8, promise("we call"))
        given = KnownPeople(ours=("Anselm",))
        briefing = brief(ACCOUNT, account.notes, account.signals, _playbook(), Occasion(as_of=AS_OF), known=given)
        assert [one.person for one in briefing.people] == ["Anselm"]
        assert not [one for one in briefing.agenda.items if "Anselm" in one.question]


def _playbook() -> Playbook:
    from notesense.adapters.playbook import load

    return load(None)


class TestOrphans:
    def test_what_was_kept_or_hung_on_nobody_is_none(self) -> None:
        account = Account().note(
            50, Said("expectation", "weekly figures", speaker="Ines"), Said("expectation", "more light")
        )
        account.note(9, leader("Ines left", "effective", person="Ines", change="left"))
        account.note(5, Said("expectation", "Ines wants it still"))
        assert quotes(people(account)[0].orphaned) == ["weekly figures"]

    def test_a_rumour_orphans_nothing_and_neither_does_nobody(self) -> None:
        account = Account().note(50, Said("expectation", "weekly figures", speaker="Ines"))
        account.note(9, leader("they say Ines goes", "rumored", person="Ines", change="left"))
        account.note(8, leader("our buyer quit", "effective", change="left"))
        assert [one.orphaned for one in people(account)] == [(), ()]


class TestUnheard:
    @pytest.mark.parametrize(
        ("texts", "more", "told"),
        [
            (["a", "b", "c"], {}, True),
            (["a", "b"], {}, False),
            (["a", "we saw Roth", "b", "c"], {}, False),
            (["we saw Roth", "a", "b", "c"], {}, True),
            (["a", "b", "c"], {"role": ""}, False),
            (["a", "b", "c"], {"change": "left"}, False),
        ],
    )
    def test_a_decider_whom_the_last_meetings_do_not_name(
        self, texts: list[str], more: dict[str, str], told: bool
    ) -> None:
        stated = {"person": "Ines Roth", "role": "buyer", "change": "joined", **more}
        account = Account().note(90, leader("Ines Roth is buyer", "effective", **stated))
        for at, text in enumerate(texts):
            account.note(20 - at, text)
        patterns = [one.text for one in picture(account).contact.patterns if one.code == "decider_unheard"]
        assert patterns == (["Ines Roth (buyer) is named in none of the last 3 calls and meetings."] if told else [])

    def test_who_was_told_of_in_a_mail_only_was_never_heard(self) -> None:
        stated = {"person": "Ines Roth", "role": "buyer", "change": "joined"}
        account = Account().note(90, leader("Ines Roth is buyer", "effective", **stated), channel="email")
        codes = [one.code for one in picture(account.note(20, "a").note(19, "b").note(18, "c")).contact.patterns]
        assert "decider_unheard" in codes


class TestTold:
    @pytest.mark.parametrize(
        ("certainty", "effective", "told"),
        [
            ("rumored", None, "A rumour, told on"),
            ("announced", day(1), f"was to take effect on {day(1)}. Confirm that it did."),
            ("announced", day(-9), f"Announced on {day(20)} for {day(-9)}."),
            ("effective", None, f"Told as in force on {day(20)}."),
            (None, None, "does not say how certain it is"),
        ],
    )
    def test_told_with_tact(self, certainty: str | None, effective: str | None, told: str) -> None:
        stated = {"sure": certainty, "effective": effective, "person": "Ines Roth", "change": "joined"}
        account = Account().note(20, leader("Ines Roth as buyer", **{k: v for k, v in stated.items() if v}))
        line = picture(account).people[0]
        assert told in line.told
        assert line.certainty == ("effective" if effective == day(1) else certainty or "unknown")
        assert line.unconfirmed is (effective == day(1))

    def test_a_later_word_takes_the_place_of_a_rumour(self) -> None:
        account = Account().note(90, leader("they say Ines goes", person="Ines", change="left", sure="rumored"))
        account.note(60, leader("we may be sold", change="acquisition", sure="rumored"))
        account.note(9, leader("Ines Roth left", person="Ines Roth", change="left"), leader("Bo runs it", person="Bo"))
        account.note(8, leader("the sale is signed", change="acquisition", sure="announced"))
        shown = picture(account).people
        assert [(one.quote, quotes(one.told_before)) for one in shown] == [
            ("the sale is signed", ["we may be sold"]),
            ("Ines Roth left", ["they say Ines goes"]),
            ("Bo runs it", []),
        ]

    def test_what_hung_on_the_one_who_left_is_named(self) -> None:
        account = Account().note(50, Said("expectation", "Ines wants weekly figures"), promise("Ines gets it"))
        account.note(40, promise("drawings by May from Ines", owner="customer", person="Ines"))
        account.note(9, leader("Ines left", person="Ines", change="left"), leader("our buyer quit", change="left"))
        left = picture(account).people[0]
        assert quotes(left.orphaned) == ["Ines wants weekly figures", "drawings by May from Ines"]
        assert picture(account).people[1].orphaned == ()

    @pytest.mark.parametrize(
        ("person", "kept"),
        [("Ines", True), ("Alder", False), ("Tuesday", False), ("Ripley", False), ("Bo", True)],
    )
    def test_a_name_is_no_place_no_day_and_not_the_account(self, person: str, kept: bool) -> None:
        told = "Ines, Gwen or Bo of Alder starts Tuesday in Ripley"
        account = Account().note(9, Said("praise", "Gwen: fine", "us", speaker="Gwen Tarrant"))
        account.note(8, Said("praise", "splendid", "customer", speaker="Bo"), leader(told, person=person))
        assert (picture(account).people[0].person == person) is kept
