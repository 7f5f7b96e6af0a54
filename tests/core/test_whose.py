"""Whose note it is, and on which side people stand: told by domains, people and names; a doubt is never decided."""

from typing import Any

import pytest

from notesense.core.domains import checked_domain, company_in, domain_of, is_of_anybody
from notesense.core.note import Ascribed, Attendee, Note, Turn
from notesense.core.ourselves import Ourselves, one_of_us, whom_of_us
from notesense.core.passages import passages_of, turns_of
from notesense.core.person_ports import DomainOf, OneOfUs
from notesense.core.placing import placed, placed_anew
from notesense.core.ports import AccountNames
from notesense.core.reading import Reading
from notesense.core.vocabulary import Channel, Origin
from notesense.core.whose import Directory, Doubt, Met, Told, attendees_of, resembles, whose
from notesense.errors import InputError
from store_samples import day

US = Ourselves(names=("Ben Cole", "Ina"), learned=("Anna Berg",), addresses=("pat@gmail.com",), domains=("us.example",))
BEN = Attendee(name="Ben Cole", email="ben@us.example")
MARTA = Attendee(name="Marta Ruiz", email="marta@harlow.example")
TOM = Attendee(name="Tom Hale", email="tom@northwind.example")
ZOE = Attendee(name="Zoe Part", email="zoe@partner.example")
EVE = Attendee(name="Eve Ng", email="eve@gmail.com")
ACCOUNTS = (AccountNames(name="Harlow Instruments", aliases=("HI",)), AccountNames(name="Northwind"))


def customer(one: Attendee) -> Attendee:
    return one.model_copy(update={"side": "customer"})


def known(ours: Ourselves = US, **more: Any) -> Directory:
    """Marta and her domain are known from a note of Harlow's, Tom's domain by the rep's word."""
    met = [Met(account="Harlow Instruments", note_id="1", by="given", attendee=customer(MARTA))]
    said = [DomainOf(account="Northwind", domain="northwind.example")]
    return Directory(more.pop("accounts", ACCOUNTS), ours, more.pop("domains", said), more.pop("met", met), **more)


def reading(text: str = "Words.", *people: Attendee, **told: Any) -> Reading:
    return Reading(where=told.pop("where", "x"), text=text, attendees=people, **told)


def answer(found: Told | Doubt) -> Any:
    if isinstance(found, Told):
        return (found.account, found.ascribed.by, found.ascribed.why)
    return {one.account for one in found.candidates}, found.strange


CALL = "Marta Ruiz: We pay more.\nBen Cole: I see.\nMarta Ruiz: And get less.\n"
BOTH = "Marta Ruiz: We pay more.\nTom Hale: So do we.\nMarta Ruiz: And get less.\n"
PASTED = "From: Marta Ruiz <marta@Harlow.example>\nTo: ben@us.example\nSubject: price\n\nToo high.\n"


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (reading("a", MARTA, BEN), ("Harlow Instruments", "domain", "the domain harlow.example")),
        (
            reading("a", Attendee(email="new@mail.harlow.example")),
            ("Harlow Instruments", "domain", "the domain mail.harlow.example"),
        ),
        (reading("a", TOM, ZOE), ("Northwind", "domain", "the domain northwind.example")),
        (reading(CALL), ("Harlow Instruments", "people", "Marta Ruiz")),
        (reading(PASTED), ("Harlow Instruments", "domain", "the domain harlow.example")),
        (reading(f"FYI\n\n{PASTED}", BEN), ("Harlow Instruments", "domain", "the domain harlow.example")),
        (reading("a", BEN, title="Northwind: renewal"), ("Northwind", "title", "“Northwind” in its title")),
        (
            reading("a", where="in/2026-03-04_northwind_call.txt"),
            ("Northwind", "title", "“Northwind” in its file name"),
        ),
        (reading("a", where="notes/hi/2026.txt"), ("Harlow Instruments", "folder", "the folder hi")),
        (
            reading("a", MARTA, title="Northwind wants it, too"),
            ("Harlow Instruments", "domain", "the domain harlow.example"),
        ),
        (
            reading("a", Attendee(email="x@northwind.test"), title="Northwind"),
            ("Northwind", "title", "“Northwind” in its title"),
        ),
        (reading(BOTH), ({"Harlow Instruments", "Northwind"}, ())),
        (reading("a", MARTA, TOM, BEN), ({"Harlow Instruments", "Northwind"}, ())),
        (reading("a", ZOE, BEN), (set(), ("partner.example",))),
        (reading("a", ZOE, BEN, title="Northwind"), ({"Northwind"}, ("partner.example",))),
        (reading("a", title="Northwind and HI"), ({"Northwind", "Harlow Instruments"}, ())),
        (reading("a", title="Visit to Harlow"), ({"Harlow Instruments"}, ())),
        (reading("a", Attendee(email="x@northwind.test")), ({"Northwind"}, ("northwind.test",))),
        (reading("Marta: too high.\nBen: I see.\nMarta: And late.\n"), (set(), ())),
        (reading("a", EVE, BEN), (set(), ())),
        (reading("a", ZOE.model_copy(update={"name": "Marta Ruiz"}), BEN), (set(), ("partner.example",))),
        (reading("a", Attendee(email="fred@fireflies.ai"), BEN), (set(), ())),
    ],
)
def test_whose_note_it_is(one: Reading, told: Any) -> None:
    full = known(speakers=[("Northwind", "Tom Hale"), ("Northwind", "Tom")])
    assert answer(whose(one, full)) == told


def test_a_learned_domain_among_as_many_strangers_is_a_doubt_until_somebody_says_it() -> None:
    consultant = Attendee(name="Con Sult", email="con@advice.example")
    met = [Met(account="Northwind", note_id="1", by="asked", attendee=customer(consultant))]
    one = reading("a", consultant, ZOE, BEN)
    assert answer(whose(one, known(met=met))) == ({"Northwind"}, ("partner.example",))
    assert isinstance(whose(reading("a", consultant, BEN), known(met=met)), Told)
    assert isinstance(
        whose(one, known(met=met, domains=[DomainOf(account="Northwind", domain="advice.example")])), Told
    )
    more = Attendee(name="Sue", email="sue@advice.example")
    assert isinstance(whose(reading("a", consultant, more, ZOE, BEN), known(met=met)), Told)


def test_a_domain_or_person_of_several_accounts_tells_of_none() -> None:
    met = [
        Met(account=account, note_id=account, by="given", attendee=customer(ZOE))
        for account in ("Harlow Instruments", "Northwind")
    ]
    both = ({"Harlow Instruments", "Northwind"}, ())
    assert answer(whose(reading("a", ZOE), known(met=met))) == both
    assert answer(whose(reading("a", ZOE, title="Northwind"), known(met=met))) == both
    assert answer(whose(reading("Zoe Part: No.\n" * 3), known(met=met))) == (set(), ())


def test_only_notes_whose_account_was_said_teach_and_only_what_is_plain() -> None:
    told = known(met=[Met(account="Northwind", note_id="1", by="domain", attendee=customer(ZOE))])
    assert told.holders("partner.example") == frozenset()
    two = known(met=[])
    two.learn("Northwind", "given", [customer(ZOE), customer(MARTA), BEN])
    assert (two.holders("partner.example"), two.holders("harlow.example")) == (frozenset(), frozenset())
    two.learn("Harlow Instruments", "given", [customer(ZOE), customer(MARTA)])
    assert two.domains_of("Harlow Instruments") == (("harlow.example", False),)
    two.learn("New", "given", [customer(Attendee(email="x@us.example"))])
    assert (two.holders("us.example"), two.names_of("New"), two.names_of("Never")) == (
        frozenset(),
        ("New",),
        ("Never",),
    )


def test_what_the_rep_denies_is_no_domain_of_the_account() -> None:
    no = known(domains=[DomainOf(account="Harlow Instruments", domain="harlow.example", theirs=False)])
    assert no.holders("harlow.example") == frozenset()
    assert no.domains_of("Harlow Instruments") == ()
    assert known().domains_of("Northwind") == (("northwind.example", True),)


@pytest.mark.parametrize(
    ("people", "sides"),
    [
        ((BEN, MARTA), ("us", "customer")),
        ((BEN, ZOE), ("us", "customer")),
        ((ZOE, EVE), ("unknown", "unknown")),
        ((BEN, ZOE, Attendee(email="a@other.example")), ("us", "unknown", "unknown")),
        ((BEN, ZOE, TOM), ("us", "unknown", "unknown")),
        ((BEN, ZOE, MARTA), ("us", "unknown", "customer")),
        ((BEN, EVE), ("us", "customer")),
        ((BEN, EVE, ZOE), ("us", "unknown", "customer")),
        ((Attendee(email="x@harlow-instruments.test"), ZOE), ("customer", "unknown")),
        ((Attendee(name="Ruiz, Marta"), Attendee(name="Berg, Anna"), Attendee(name="Ina")), ("customer", "us", "us")),
        ((Attendee(email="PAT@gmail.com"), Attendee(name="Pat Roe")), ("us", "unknown")),
        ((customer(BEN), Attendee(name="X Y", side="us")), ("customer", "us")),
    ],
)
def test_the_sides_of_those_who_attend(people: tuple[Attendee, ...], sides: tuple[str, ...]) -> None:
    done = placed(reading("Words.", *people), "Harlow Instruments", known())
    assert tuple(one.side for one in done.attendees) == sides
    assert [one.email for one in done.attendees] == [one.email for one in people]


def test_the_sides_of_those_who_speak() -> None:
    text = "".join(
        f"{name}: words.\n" for name in ("Marta", "Ben", "Anna Berg", "Eve Ng", "Tom Hale", "Ina", "Jo", "S")
    )
    at = [0, *(n + 1 for n, char in enumerate(text) if char == "\n")]
    names = ["Marta Ruiz", "Ben", "Anna Berg", "Eve Ng", None, "Ina", "ben@us.example", "Summary"]
    turns = [Turn(start=a, end=b, speaker=name) for a, b, name in zip(at, at[1:], names, strict=False)]
    turns[3] = turns[3].model_copy(update={"side": "customer"})
    turns[7] = turns[7].model_copy(update={"origin": Origin.VENDOR_SUMMARY})
    done = placed(reading(text, BEN, turns=tuple(turns)), "Harlow Instruments", known())
    assert [one.side for one in done.turns] == [
        *("customer", "us", "us", "customer", "unknown", "us", "us", "unknown"),
    ]
    assert {one.name: one.side for one in done.attendees}["Anna Berg"] == "us"


def test_a_short_name_that_fits_two_attendees_of_two_sides_tells_none() -> None:
    other = Attendee(name="Ben Zorn", email="zorn@harlow.example")
    done = placed(reading("Ben: words.\n" * 3, BEN, other), "Harlow Instruments", known())
    assert {one.name for one in done.attendees} == {"Ben Cole", "Ben Zorn"}


def test_where_the_text_tells_who_speaks_the_note_has_the_sides_that_are_known() -> None:
    done = placed(reading(CALL), "Harlow Instruments", known())
    assert done.turns == ()
    note = done.as_note("Harlow Instruments", day(0), Channel.CALL, Ascribed(by="people", why="Marta Ruiz"))
    assert [(one.speaker, one.side) for one in turns_of(note)] == [
        ("Marta Ruiz", "customer"),
        ("Ben Cole", "us"),
        ("Marta Ruiz", "customer"),
    ]
    assert [one.side for one in passages_of(note)] == ["customer", "us", "customer"]
    bare = Note(id="1", account="A", date=day(0), text=CALL)
    assert {one.side for one in passages_of(bare)} == {"unknown"}


def test_who_was_met_with_an_address_of_ours_is_known_by_full_name() -> None:
    met = Met(
        account="Northwind",
        note_id="1",
        by="domain",
        attendee=Attendee(name="Ivo Lang", email="i@us.example", side="us"),
    )
    one = known(met=[met])
    assert one.has_name_of_us("Lang, Ivo")
    assert not one.has_name_of_us("Ivo")
    done = placed(reading("Ivo Lang: words.\nMarta: words.\nIvo Lang: words.\n"), "Northwind", one)
    assert [(each.name, each.side) for each in done.attendees] == [("Ivo Lang", "us")]
    for nameless in ("", "Luke", "sales@us.example"):
        ours = met.model_copy(update={"attendee": Attendee(name=nameless, email="x@us.example", side="us")})
        assert not known(met=[ours]).has_name_of_us("Priti")
        assert not known(met=[ours]).has_name_of_us("")
    theirs = met.model_copy(update={"by": "given", "attendee": Attendee(name="Ivo Lang", side="customer")})
    assert not known(met=[met, theirs]).has_name_of_us("Ivo Lang")


def test_a_kept_note_is_placed_anew_and_what_was_told_stays() -> None:
    at = CALL.index("Ben")
    told = (Turn(start=0, end=at, speaker="Marta Ruiz", side="us"), Turn(start=at, end=len(CALL), speaker="Ben Cole"))
    one = reading(CALL, MARTA, BEN, turns=told)
    note = one.as_note("Harlow Instruments", day(0), Channel.CALL, Ascribed(by="given", why="--account"))
    done = placed_anew(note, known())
    assert [one.side for one in done.turns] == ["us", "us"]
    assert [one.side for one in done.source.attendees] == ["customer", "us"]
    assert placed_anew(done, known()) == done
    assert placed_anew(note, Directory()).turns == (told[0], told[1])


def test_without_anything_known_nothing_is_placed() -> None:
    one = reading(CALL)
    assert not Directory()
    assert placed(one, "Harlow", Directory()) == one
    assert attendees_of(reading(PASTED))[0] == Attendee(name="Marta Ruiz", email="marta@Harlow.example")


@pytest.mark.parametrize(
    ("told", "one"),
    [
        ("Ben@Us.example", OneOfUs(sort="address", value="ben@us.example")),
        ("@US.example", OneOfUs(sort="domain", value="us.example")),
        ("us.example", OneOfUs(sort="domain", value="us.example")),
        (" Ben  Cole ", OneOfUs(sort="person", value="Ben Cole")),
        ("J. Cole", OneOfUs(sort="person", value="J. Cole")),
    ],
)
def test_whom_the_rep_means(told: str, one: OneOfUs) -> None:
    assert one_of_us(told) == one
    assert whom_of_us(told) == (one,)


@pytest.mark.parametrize(
    ("domain", "anybody"),
    [
        *(
            (each, True)
            for each in ("yahoo.se", "hotmail.com.tr", "mail.gmx.info", "uol.com.br", "GMAIL.com", "zoom.us")
        ),
        *((each, False) for each in ("yahoo", "harlow.example", "outlooks.example", "zoomus.example")),
    ],
)
def test_from_some_domains_anybody_may_write(domain: str, anybody: bool) -> None:
    assert is_of_anybody(domain) is anybody
    assert bool(domain_of(f"marta@{domain}")) is not anybody


def test_who_is_copied_from_a_mail_is_known_by_address_and_full_name() -> None:
    address = OneOfUs(sort="address", value="ben.p@gmail.com")
    assert whom_of_us("Ben Cole <Ben.P@gmail.com>") == (address, OneOfUs(sort="person", value="Ben Cole"))
    assert whom_of_us('"Cole, Ben" <ben.p@gmail.com>') == (address, OneOfUs(sort="person", value="Cole, Ben"))
    assert whom_of_us("Ben <ben.p@gmail.com>") == whom_of_us("<ben.p@gmail.com>") == (address,)


@pytest.mark.parametrize(
    "told", ["", "...", "@", "@gmail.com", "gmail.com", "a b@us.example", "x@y", "@us..example", "7"]
)
def test_what_is_nobody_is_refused(told: str) -> None:
    with pytest.raises(InputError):
        one_of_us(told)


def test_domains() -> None:
    assert [domain_of(each) for each in ("A@Harlow.example", "a@mail.yahoo.com", "x@zoom.us", "nobody")] == [
        *("harlow.example", "", "", ""),
    ]
    assert checked_domain("@Harlow.example.") == "harlow.example"
    assert [company_in(each) for each in ("mail.harlow.co.uk", "harlow.example", "co.uk", "x")] == [
        *("harlow", "harlow", "co", ""),
    ]
    names = ("Harlow & Sons Ltd", "Zoë")
    told = [resembles(each, names) for each in ("harlow.test", "harlow-sons.com", "zoe.de", "sons.de", "h.de")]
    assert told == [True, True, True, False, False]


def test_us() -> None:
    assert US
    assert not Ourselves()
    assert not US.has_name("Anna")
    assert not US.has_name("...")
