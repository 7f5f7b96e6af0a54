import datetime

import pytest
from pydantic import ValidationError

from notesense.core.evidence import Evidence, Stated
from notesense.core.history import history_of
from notesense.core.picture import AccountPicture, Gap, Reason, Standing
from notesense.core.vocabulary import Kind
from notesense.core.words import as_title, content_stems, content_words, sentences, stem
from small_accounts import ACCOUNT, AS_OF, Account, Said, day, leader, pain, picture, promise, quotes, unsure


class TestEvidence:
    def test_a_line_without_evidence_cannot_be_built(self) -> None:
        with pytest.raises(ValidationError):
            Reason(text="They like us", evidence=())

    def test_a_line_cannot_claim_other_words_than_its_evidence(self) -> None:
        words = Evidence(note_id="n1", quote="late", date=AS_OF, channel="call", line=1, start=0, end=4)
        with pytest.raises(ValidationError, match="must be the statement itself"):
            Stated(note_id="n1", quote="very late", evidence=(words,))

    def test_a_standing_needs_grounds(self) -> None:
        with pytest.raises(ValidationError, match="at least one reason"):
            Standing(type="steady", rule="none")
        with pytest.raises(ValidationError, match="what is missing"):
            Standing(type="unknown", rule="none")
        assert Standing(type="unknown", rule="none", missing=(Gap(code="thin", text="one note"),))

    @pytest.mark.parametrize(
        ("before", "side", "voiced"),
        [("", "customer", True), ("", "us", False), ("", "unknown", False), ('"', "unknown", True)],
    )
    def test_voiced_are_words_known_to_be_the_customers(self, before: str, side: str, voiced: bool) -> None:
        account = Account().note(3, Said("praise", "it saved us a day", side=side))  # type: ignore[arg-type]
        note, found = account.notes[0], account.signals[0]
        if before:
            account.notes[0] = note.model_copy(update={"text": before + note.text})
            moved = found.signal.model_copy(update={"start": 1, "end": found.signal.end + 1})
            account.signals[0] = found.model_copy(update={"signal": moved})
        assert picture(account).praise[0].source.voiced is voiced


class TestHistory:
    def test_what_is_dated_later_is_invisible(self) -> None:
        account = Account().note(10, pain("pumps leak")).note(-5, pain("pumps burst"))
        shown = picture(account)
        assert (shown.notes, quotes(shown.pains)) == (1, ["pumps leak"])

    def test_a_signal_that_is_no_slice_of_its_note_is_left_out(self) -> None:
        account = Account().note(10, pain("pumps leak"))
        broken = account.signals[0].signal.model_copy(update={"start": 2})
        account.signals[0] = account.signals[0].model_copy(update={"signal": broken})
        assert picture(account).pains == ()

    def test_an_invented_attribute_is_not_shown(self) -> None:
        account = Account().note(10, Said("competitor", "another firm called", name="Pellworth"))
        assert picture(account).competitors[0].name is None

    @pytest.mark.parametrize(
        ("name", "kept"),
        [("Pellworth", True), ("Gwen", False), ("Bo Lind", False), ("Alder", False), ("Friday", False)],
    )
    def test_a_rival_is_nobody_who_speaks_here(self, name: str, kept: bool) -> None:
        account = Account().note(9, Said("praise", "fine", "us", speaker="Gwen"), Said("praise", "good", speaker="Bo"))
        account.note(8, Said("competitor", "Pellworth saw Gwen and Bo Lind of Alder Mill on Friday", name=name))
        assert (picture(account).competitors[0].name == name) is kept

    @pytest.mark.parametrize(
        ("one", "other", "bound"),
        [
            ("They plan a third line in spring", "the line stopped twice", False),
            ("the gasket catalogue is old", "no gasket catalogue came", True),
            ("order PO44718 is late", "PO44718 came", True),
            ("order 44718 is late", "44718 came", True),
            ("signed in 2025", "broken since 2025", False),
            ("40 drums are late", "40 posters came", False),
            ("nothing at all", "wholly different", False),
        ],
    )
    def test_in_few_notes_one_word_binds_nothing_but_a_number_of_one_thing(
        self, one: str, other: str, bound: bool
    ) -> None:
        few = Account().note(30, pain(one)).note(9, other)
        assert bool(next(iter(picture(few).pains)).later) is bound
        history = history_of(ACCOUNT, few.notes, few.signals, AS_OF)
        assert history.alike(one, other) is bound

    def test_in_many_notes_a_rare_word_binds(self) -> None:
        account = Account().note(30, pain("the gasket tore")).note(9, "a new gasket came")
        for days in range(10, 15):
            account.note(days, "weather")
        assert quotes(picture(account).pains[0].later) == ["a new gasket came"]

    @pytest.mark.parametrize(
        ("what", "title"),
        [
            ("tag scanner app", "tag scanner app"), ("60 cartridges", "60 cartridges"), ("app for", "app"),
            ("havent got any", None), ("since", None), ("We measured up", None), ("", None),
            ("scanner with five parts from spring", None),
        ],
    )  # fmt: skip
    def test_a_title_is_of_few_words_with_content(self, what: str, title: str | None) -> None:
        assert as_title(what) == title

    def test_what_our_side_pitches_is_no_need_of_theirs(self) -> None:
        account = Account().note(9, Said("opportunity", "a second tank", "us"), Said("opportunity", "a new line"))
        assert quotes(picture(account).opportunities) == ["a new line"]

    def test_a_gap_tells_what_was_not_found(self) -> None:
        told = {gap.code: gap.text for gap in picture(Account().note(9)).gaps}
        assert told["no_decider"] == "No signal tells who decides; look into the notes before you ask."
        assert "No signal tells who decides." in [gap.text for gap in picture(Account()).gaps]

    def test_a_rival_is_dated_from_its_first_telling(self) -> None:
        account = Account()
        account.note(90, Said("competitor", "Pellworth was here", name="Pellworth"))
        account.note(9, Said("competitor", "Pellworth sent an offer", name="Pellworth"))
        newest = picture(account).competitors[0]
        assert (newest.date.isoformat(), newest.first_told.isoformat()) == (day(9), day(90))


class TestExpectationsAndPains:
    def test_an_expectation_heard_again_stands_once(self) -> None:
        account = Account().note(400, Said("expectation", "bar lists confirmed same day"))
        account.note(300, Said("expectation", "an answer within the hour"))
        account.note(30, Said("expectation", "bar lists confirmed by noon", deadline=day(3)))
        shown = picture(account).expectations
        assert [(one.quote, one.status) for one in shown] == [
            ("bar lists confirmed same day", "current"),
            ("an answer within the hour", "stale"),
        ]
        assert shown[0].last_confirmed == AS_OF - datetime.timedelta(days=30)

    def test_a_passed_deadline_is_told(self) -> None:
        line = picture(Account().note(30, Said("expectation", "running by Friday", deadline=day(3)))).expectations[0]
        assert line.deadline_passed
        assert f"its day, {day(3)}, has passed" in line.told

    @pytest.mark.parametrize(
        ("days", "channel", "stated", "later", "fire"),
        [
            (9, "call", {"severity": "high"}, None, True),
            (9, "support", {}, None, True),
            (9, "support", {"severity": "low"}, None, False),
            (9, "call", {}, None, False),
            (120, "call", {"severity": "high"}, None, False),
            (9, "call", {"severity": "high", "about": "own_business"}, None, False),
            (9, "call", {"severity": "high"}, "the mixer bearing is fixed", True),
            (9, "call", {"severity": "high"}, Said("praise", "mixer bearing runs like a dream"), False),
        ],
    )
    def test_the_rule_of_a_fire(
        self, days: int, channel: str, stated: dict[str, str], later: Said | str | None, fire: bool
    ) -> None:
        account = Account().note(days, pain("the mixer bearing stopped us", **stated), channel=channel)
        if later:
            account.note(2, later)
        line = picture(account).pains[0]
        assert line.fire is fire
        assert line.told.startswith("Fire: ") is fire

    @pytest.mark.parametrize(
        ("days", "later", "status"),
        [
            (9, None, "open"),
            (200, None, "unclear"),
            (9, "mixer bearing came", "unclear"),
            (200, "mixer bearing came", "unclear"),
            (9, pain("the mixer bearing is down again"), "open"),
            (200, pain("the mixer bearing is down again"), "open"),
            (9, "the mixer came", "unclear"),
            (9, Said("praise", "mixer bearing runs like a dream"), "unclear"),
        ],
    )
    def test_support(self, days: int, later: Said | str | None, status: str) -> None:
        account = Account().note(days, pain("the mixer bearing stopped us"), channel="support")
        if later:
            account.note(2, later)
        assert next(one for one in picture(account).support if one.age_days == days).status == status

    @pytest.mark.parametrize(
        ("later", "told", "settled"),
        [
            ([], "Told 99 days ago.", False),
            (["the mixer bearing is fixed"], "there are later words on it; judge by them", False),
            (
                [Said("stalled_adoption", "the mixer bearing lies idle")],
                "later words that share its own tell of something unused.",
                False,
            ),
            (
                [pain("the mixer bearing leaks", about="other_supplier")],
                "there are later words on it; judge by them",
                False,
            ),
            ([Said("praise", "mixer bearing runs well")], "later praise on the same matter is taken to settle", True),
            (
                [Said("praise", "mixer bearing fine"), pain("mixer bearing hot")],
                "later words that share its own tell of a problem.",
                False,
            ),
            (
                [pain("mixer bearing hot"), Said("praise", "mixer bearing fine")],
                "later praise on the same matter",
                True,
            ),
        ],
    )
    def test_only_later_praise_settles_a_pain(self, later: list[Said | str], told: str, settled: bool) -> None:
        account = Account().note(99, pain("the mixer bearing stopped us"))
        for days, said in zip((20, 10), later, strict=False):
            account.note(days, said)
        line = next(one for one in picture(account).pains if one.age_days == 99)
        assert told in line.told
        assert line.settled is settled

    def test_a_pain_about_nobody_is_unknown(self) -> None:
        account = Account().note(9, Said("pain_point", "gate is stuck"))
        assert picture(account).pains[0].about == "unknown"


class TestSince:
    def test_after_the_last_live_meeting(self) -> None:
        account = Account().note(90, pain("pump two leaks")).note(9, pain("pump two leaks badly"), channel="email")
        account.note(8, pain("line down", severity="high"), leader("Bo took over"), channel="email")
        shown = picture(account)
        assert shown.since.mode == "after"
        assert [(one.quote, one.label) for one in shown.since_last_meeting] == [
            ("line down", "new"),
            ("Bo took over", "new"),
            ("pump two leaks badly", f"again (first told {day(90)})"),
        ]

    def test_the_newest_note_is_the_meeting(self) -> None:
        shown = picture(Account().note(90, pain("pump leaks"), channel="email").note(9, pain("valve sticks")))
        assert (shown.since.mode, quotes(shown.since_last_meeting)) == ("brought", ["valve sticks"])

    def test_no_live_meeting(self) -> None:
        shown = picture(Account().note(9, pain("pump leaks"), channel="email"))
        assert (shown.since.mode, quotes(shown.since_last_meeting)) == ("all", ["pump leaks"])
        assert "no_live_contact" in [gap.code for gap in shown.gaps]


PRAISE = Said("praise", "it saved a day")
NEED = Said("opportunity", "a second line next year")


@pytest.mark.parametrize(
    ("notes", "standing"),
    [
        ([(9, [PRAISE, NEED, NEED])], "unknown"),
        ([(700, [PRAISE]), (690, [NEED, NEED])], "unknown"),
        ([(90, [PRAISE]), (9, [PRAISE, NEED])], "a_list"),
        ([(90, [PRAISE]), (9, [PRAISE, NEED, pain("late")])], "steady"),
        ([(300, [PRAISE]), (200, [PRAISE, NEED])], "steady"),
        ([(90, [PRAISE]), (9, [PRAISE])], "unknown"),
        ([(90, [PRAISE]), (9, [PRAISE, promise("soon")])], "steady"),
        ([(90, [PRAISE]), (9, [PRAISE, NEED, promise("we mail gaskets", due=day(3))])], "steady"),
        ([(90, [PRAISE]), (9, [PRAISE, NEED]), (200, [promise("we mail gaskets", due=day(190))])], "a_list"),
        (
            [(90, [pain("late")]), (9, [pain("dark", about="own_business"), Said("competitor", "a rival came")])],
            "at_risk",
        ),
        ([(90, [PRAISE]), (9, [NEED, pain("line down", severity="high")])], "at_risk"),
        (
            [(300, [Said("stalled_adoption", "app lies idle")]), (9, [Said("stalled_adoption", "still idle"), NEED])],
            "deja_vu",
        ),
        (
            [(300, [Said("stalled_adoption", "app lies idle")]), (9, [Said("stalled_adoption", "still idle"), PRAISE])],
            "steady",
        ),
        ([(90, [leader("Bo left", change="left")]), (9, [promise("later"), promise("soon")])], "steady"),
    ],
)
def test_standing(notes: list[tuple[int, list[Said]]], standing: str) -> None:
    account = Account()
    for days, said in notes:
        account.note(days, *said)
    shown = picture(account).standing
    assert shown.type == standing
    assert all(reason.evidence for reason in shown.reasons)


def test_one_unsure_statement_is_no_risk() -> None:
    fire = pain("line down", severity="high")
    calm = [Said("praise", "fine"), Said("opportunity", "a second line")]
    assert picture(Account().note(90, *calm).note(9, unsure(fire))).standing.type == "steady"
    twice = Account().note(90, *calm).note(9, fire, Said("competitor", "Zed came"))
    assert picture(twice).standing.type == "at_risk"
    same = Account().note(90, *calm).note(9, Said("price_value", "Zed is cheaper"))
    other = same.signals[-1].signal.model_copy(update={"id": "s9", "kind": Kind.COMPETITOR})
    same.signals.append(same.signals[-1].model_copy(update={"signal": other}))
    assert picture(same).standing.type == "steady"


def test_pillars_count_by_quarter() -> None:
    account = Account().note(
        200, pain("the mixer bearing leaks", area="quality"), Said("praise", "splendid", topic="Support")
    )
    account.note(10, pain("late", area="delivery"), pain("x", area="other"), Said("stalled_adoption", "idle"))
    account.note(9, Said("expectation", "train them", topic="training"), NEED, Said("praise", "fine"))
    account.note(8, Said("praise", "the mixer bearing is dry at last"))
    pillars = picture(account).pillars
    assert (pillars.service.good, pillars.performance.good, pillars.performance.bad) == (1, 1, 2)
    assert [one.quarter for one in pillars.performance.quarters] == ["2026-Q2", "2026-Q4"]
    assert (pillars.innovation.good, pillars.innovation.bad, pillars.innovation.neutral) == (1, 1, 1)
    assert pillars.unplaced == 2


def test_words() -> None:
    assert stem("Deliveries") == stem("delivery")
    assert content_words("two Pumps, one pump and a valve", frozenset({"pump"})) == ("Pumps",)
    assert content_stems("I'll mail 40 of the gaskets on the 12th") == {"40", "gasket", "12"}
    text = "From: Anna\n> - Old words here. New ones!\n" + "word " * 100
    assert [text[slice(*one)] for one in sentences(text)][:2] == ["Old words here.", "New ones!"]
    assert all(end - start <= 280 for start, end in sentences(text + "x" * 400))


def test_json_has_the_keys_of_the_reference() -> None:
    shown = picture(Account().note(9, pain("late"), promise("soon"))).model_dump(mode="json")
    assert {"account", "as_of", "standing", "contact", "since_last_meeting", "promises", "support", "people"} <= set(
        shown
    )
    assert {"expectations", "pains", "recurring", "price", "stalled", "competitors", "opportunities", "praise"} <= set(
        shown
    )
    assert {"note_id", "quote", "owner", "person", "due", "status", "evidence"} <= set(shown["promises"][0])
    assert AccountPicture.model_validate(shown).model_dump(mode="json") == shown
