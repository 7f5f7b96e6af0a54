"""What later words say about earlier statements: what is weighed, what is kept, and when it is done anew."""

import datetime

import pytest

from notesense.core.bearing import Effect, Place
from notesense.core.corrections import Correction
from notesense.core.note import Note
from notesense.core.ports import SignalFilter
from notesense.core.signal import Draft
from notesense.core.vocabulary import Origin
from notesense.errors import IndexUnusable
from notesense.workflows import candidates
from notesense.workflows.allowance import Allowance
from notesense.workflows.upkeep import reindex
from workshop import Desk, of_origins, reading

NOW = datetime.datetime(2026, 3, 5, tzinfo=datetime.UTC)
PROMISE = "We send the revised layout drawing to Marta by Friday"
SENT = "Marta thanked us for the layout drawing that came in time"
STAIRS = "The cellar stairs are painted green these days"


class Marks:
    """An engine's claims: the lines that were given with a kind, such as `commitment by us: We send it.`

    A kind with a question mark is claimed unsurely. The note's text is without the marks.
    """

    def __init__(self) -> None:
        self.claims: dict[str, Draft] = {}

    def text(self, given: str) -> str:
        lines = []
        for line in given.splitlines():
            mark, colon, quote = line.partition(": ")
            if colon:
                kind, _, owner = mark.partition(" by ")
                told = {"owner": owner} if owner else {}
                sure = 0.3 if kind.endswith("?") else 1.0
                self.claims[quote] = Draft(kind=kind.rstrip("?"), quote=quote, attributes=told, confidence=sure)
            lines.append(quote if colon else line)
        return "\n".join(lines)

    def __call__(self, note: Note) -> list[Draft]:
        return [claim for quote, claim in self.claims.items() if quote in note.text]


@pytest.fixture
def desk():
    return new_desk()


def new_desk():
    made = Desk()
    made.engine.claim = Marks()
    made.judge.rule = lambda pair: Effect.SETTLES if "thanked" in pair.later else None
    return made


def day(number: int) -> datetime.date:
    return datetime.date(2025, 1, 1) + datetime.timedelta(days=number)


def keep(desk, text, on, **told):
    text = desk.engine.claim.text(text) if isinstance(desk.engine.claim, Marks) else text
    (kept,) = desk.add(reading(text, date=day(on)), **told).kept
    return kept.note


def weighed(desk):
    return {(pair.earlier, pair.later) for pair in desk.judge.weighed}


def linked(desk, account="Harlow"):
    """What is kept, as words."""
    texts = {note.id: note.text for note in desk.store.notes(account)}

    def words(place: Place) -> str:
        return texts[place.note_id][place.start : place.end]

    return {(words(one.statement), words(one.words)) for one in desk.links.links(account)}


def test_later_words_are_weighed_against_earlier_statements(desk):
    first = keep(desk, f"commitment by us: {PROMISE}", 1)
    second = keep(desk, f"{SENT}\npraise: {STAIRS}", 9)
    (one,) = desk.linker.bearings("Harlow")
    start = first.text.index(PROMISE)
    assert one.statement == Place(note_id=first.id, start=start, end=start + len(PROMISE))
    assert one.words == Place(note_id=second.id, start=0, end=len(SENT))
    assert one.likelihoods.likeliest is Effect.SETTLES
    assert 0 < one.likeness < 1
    assert {pair.kind for pair in desk.judge.weighed} == {"commitment"}
    assert {pair.owner for pair in desk.judge.weighed} == {"us"}
    assert weighed(desk) == {(PROMISE, SENT), (PROMISE, STAIRS)}


def test_statements_that_no_later_words_can_bear_on_are_left_out(desk):
    keep(desk, f"praise: {PROMISE}\nexpectation?: They might expect the certificates one day", 1)
    keep(desk, SENT, 9)
    assert desk.linker.bearings("Harlow") == ()
    assert desk.judge.weighed == []


def test_what_was_linked_is_weighed_once(desk):
    keep(desk, f"commitment: {PROMISE}", 1)
    keep(desk, SENT, 9)
    first = desk.linker.bearings("Harlow")
    assert desk.linker.waiting("Harlow") == 0
    desk.judge.weighed.clear()
    desk.locked = True  # nothing but the store is needed
    assert desk.linker.bearings("Harlow") == first
    desk.locked = False
    keep(desk, STAIRS, 12)
    assert desk.linker.waiting("Harlow") == 1
    assert desk.linker.bearings("Harlow") == first
    assert weighed(desk) == {(PROMISE, STAIRS)}


def test_a_back_dated_note_is_earlier_and_later(desk):
    keep(desk, f"commitment: {PROMISE}", 1)
    keep(desk, f"{SENT}\ncommitment: Marta mails the signed order form on Monday", 9)
    desk.linker.bearings("Harlow")
    desk.judge.weighed.clear()
    between = "The hall in Leeds wants its racks by the end of May"
    keep(desk, f"expectation: {between}", 5)
    desk.linker.bearings("Harlow")
    assert weighed(desk) == {
        (PROMISE, between),
        (between, SENT),
        (between, "Marta mails the signed order form on Monday"),
    }


def test_notes_of_one_day_are_later_than_each_other(desk):
    keep(desk, f"commitment: {PROMISE}", 1)
    other = "Somebody has to look after the conveyor in hall two"
    keep(desk, f"pain_point: {other}", 1)
    desk.linker.bearings("Harlow")
    assert weighed(desk) == {(PROMISE, other), (other, PROMISE)}


def notes():
    """Notes that bear on each other, oldest first."""
    return [
        (f"commitment: {PROMISE}", 1),
        ("pain_point: The gearbox on line four leaks oil again\nIt rained all day on the way to Leeds", 3),
        (f"{SENT}\ncommitment: We mend the gearbox of line four in week nine", 5),
        ("They thanked us: the gearbox on line four is dry since week nine", 8),
        ("opportunity: They think of a second hall beside the canal", 8),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 0, 3, 1)])
@pytest.mark.parametrize("each", [True, False])
def test_the_order_of_coming_makes_no_difference(desk, order, each):
    whole = new_desk()
    for text, on in notes():
        keep(whole, text, on)
    whole.linker.bearings("Harlow")
    for at in order:
        keep(desk, *notes()[at])
        if each:
            desk.linker.bearings("Harlow")
    desk.linker.bearings("Harlow")
    assert linked(desk) == linked(whole)
    assert weighed(desk) == weighed(whole)
    assert len(desk.judge.weighed) == len(whole.judge.weighed)


def test_a_stop_keeps_what_was_weighed_and_the_next_run_goes_on(desk, monkeypatch):
    monkeypatch.setattr("notesense.workflows.linking.AT_ONCE", 1)
    for text, on in notes():
        keep(desk, text, on)
    calls = []

    def stop(pairs):
        calls.append(pairs)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return weigh(pairs)

    weigh = desk.judge.weigh
    desk.judge.weigh = stop
    with pytest.raises(KeyboardInterrupt):
        desk.linker.bearings("Harlow")
    assert desk.linker.waiting("Harlow") == 2
    half = list(desk.judge.weighed)
    assert half
    desk.judge.weigh = weigh
    desk.linker.bearings("Harlow")
    assert desk.linker.waiting("Harlow") == 0
    assert len(desk.judge.weighed) == len(weighed(desk))
    whole = new_desk()
    for text, on in notes():
        keep(whole, text, on)
    whole.linker.bearings("Harlow")
    assert linked(desk) == linked(whole)


def test_few_pairs_are_weighed_together(desk):
    for text, on in notes():
        keep(desk, text, on)
    desk.linker.bearings("Harlow")
    assert len(desk.links.saved) == 1
    assert len(desk.links.saved[0]) == 5


def test_a_corrected_note_is_linked_anew_and_no_other(desk):
    first = keep(desk, f"commitment: {PROMISE}\npain_point: The conveyor in hall two stops twice a day", 1)
    keep(desk, SENT, 9)
    keep(desk, f"pain_point: {STAIRS}", 12)
    desk.linker.bearings("Harlow")
    desk.judge.weighed.clear()
    (gone, _) = (found.signal for found in desk.store.signals(SignalFilter(note_id=first.id)))
    desk.store.correct([Correction(note_id=first.id, signal_id=gone.id, verdict="rejected", made=NOW, replaced=gone)])
    assert desk.linker.waiting("Harlow") == 1
    stops = "The conveyor in hall two stops twice a day"
    assert linked(desk) == {(PROMISE, SENT), (stops, SENT)}
    desk.judge.rule = lambda pair: Effect.FAILS
    desk.linker.bearings("Harlow")
    assert linked(desk) == weighed(desk) == {(stops, SENT), (stops, STAIRS)}


@pytest.mark.parametrize("change", ["judge", "rules"])
def test_another_judge_or_other_rules_link_all_anew(desk, change, monkeypatch):
    keep(desk, f"commitment: {PROMISE}", 1)
    keep(desk, SENT, 9)
    desk.linker.bearings("Harlow")
    desk.judge.rule = lambda pair: None
    if change == "judge":
        desk.judge.version = "fake-2"
    else:
        monkeypatch.setattr("notesense.workflows.linking.RULES", 999)
    assert desk.linker.waiting("Harlow") == 2
    assert desk.linker.bearings("Harlow") == ()


def test_words_that_say_nothing_are_not_kept(desk):
    keep(desk, f"commitment: {PROMISE}", 1)
    keep(desk, STAIRS, 9)
    assert desk.linker.bearings("Harlow") == ()
    assert len(desk.judge.weighed) == 1


def test_words_that_stood_in_an_older_note_are_no_later_words(desk):
    keep(desk, f"commitment: {PROMISE}", 1)
    keep(desk, f"{STAIRS}\nThe next visit is in the second week of June", 3)
    desk.linker.bearings("Harlow")
    desk.judge.weighed.clear()
    again = f"{SENT}\n{STAIRS.upper()}\n> {STAIRS}\n> week of June\n> Nobody had told us about the second shift so far"
    keep(desk, again, 9)
    desk.linker.bearings("Harlow")
    # what is quoted from a mail that no note holds is told here first
    assert weighed(desk) == {(PROMISE, SENT), (PROMISE, "Nobody had told us about the second shift so far")}


def test_a_note_that_tells_only_what_stood_in_older_ones_has_no_later_words(desk):
    keep(desk, f"commitment by us: {PROMISE}\n{STAIRS}", 1)
    keep(desk, f"commitment by us: {PROMISE}", 5)
    assert desk.linker.bearings("Harlow") == ()
    assert weighed(desk) == set()
    desk.judge.weighed.clear()
    keep(desk, SENT, 9)
    desk.linker.bearings("Harlow")
    assert {later for _, later in weighed(desk)} == {SENT}


def test_short_words_are_read_with_what_stands_beside_them(desk):
    keep(desk, "pain_point: too slow\nThe import of the price lists is", 1)
    keep(desk, "pain_point: They wait for the export\nStill the same today.", 9)
    desk.linker.bearings("Harlow")
    assert weighed(desk) == {
        ("too slow", "They wait for the export"),
        ("too slow", "They wait for the export Still the same today."),
    }


def test_a_short_quote_is_read_with_its_whole_passage(desk):
    desk.engine.claim = lambda note: [Draft(kind="pain_point", quote="far too slow")] if "slow" in note.text else []
    keep(desk, "The import of the price lists is far too slow for the night shift", 1)
    keep(desk, SENT, 9)
    desk.linker.bearings("Harlow")
    assert weighed(desk) == {("The import of the price lists is far too slow for the night shift", SENT)}


def test_two_kinds_in_the_same_words_are_weighed_once(desk):
    desk.engine.claim = lambda note: [
        Draft(kind=kind, quote=PROMISE) for kind in ("price_value", "commitment") if PROMISE in note.text
    ]
    keep(desk, PROMISE, 1)
    keep(desk, SENT, 9)
    assert len(desk.linker.bearings("Harlow")) == 1
    assert len(desk.judge.weighed) == 1


def test_a_note_has_so_many_pairs_and_the_likeliest(desk, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_PAIRS", 2)
    keep(desk, f"commitment: {PROMISE}\npain_point: The conveyor in hall two stops twice a day", 1)
    keep(desk, f"{STAIRS}\n{SENT}\nOk\nTwice a day the conveyor in hall two stops, still", 9)
    desk.linker.bearings("Harlow")
    assert weighed(desk) == {
        (PROMISE, SENT),
        ("The conveyor in hall two stops twice a day", "Twice a day the conveyor in hall two stops, still"),
    }


def test_words_with_a_signal_of_the_same_kind_come_first(desk, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_PAIRS", 1)
    keep(desk, "pain_point: Nobody answers the telephone on Saturdays", 1)
    alike = "The weekend line rings and rings and rings without end"
    keep(desk, f"The weekend lane winds and winds and winds without end\npain_point: {alike}", 9)
    desk.linker.bearings("Harlow")
    assert [pair.later for pair in desk.judge.weighed] == [alike]


def test_accounts_are_linked_apart(desk):
    keep(desk, f"commitment: {PROMISE}", 1)
    desk.add(reading(SENT, date=day(9)), account="Bolt")
    assert desk.linker.link(["Bolt", "Harlow"]) == 0
    assert desk.judge.weighed == []
    assert (desk.linker.waiting("Bolt"), desk.linker.waiting("Harlow"), desk.linker.waiting("Nobody")) == (0, 0, 0)


def test_without_the_index_nothing_is_compared(desk):
    keep(desk, f"commitment: {PROMISE}", 1)
    desk.locked = True
    assert desk.linker.bearings("Harlow") == ()  # one note has nothing to be compared with
    keep(desk, SENT, 9)
    with pytest.raises(IndexUnusable):
        desk.linker.bearings("Harlow")
    assert desk.linker.waiting("Harlow") == 1


def test_progress_is_told_over_all_accounts(desk, monkeypatch):
    monkeypatch.setattr("notesense.workflows.linking.AT_ONCE", 1)
    for name in ("Bolt", "Harlow"):
        keep(desk, f"commitment: {PROMISE}", 1, account=name)
        desk.add(reading(SENT, date=day(2)), account=name)
    told = []
    linker = desk.linker
    linker._progress = lambda done, total: told.append((done, total))
    assert linker.link(["Bolt", "Harlow"]) == 0
    assert told == [(2, 4), (4, 4)]


# Beside other verbs


class Clock:
    """Answers these times, the last one for ever."""

    def __init__(self, *times: float) -> None:
        self.times = list(times)

    def __call__(self) -> float:
        return self.times.pop(0) if len(self.times) > 1 else self.times[0]


@pytest.mark.parametrize(
    ("began", "then", "later", "waiting"),
    [
        (0, 1, 5, 0),  # five seconds are always allowed
        (0, 1, 6, 3),
        (0, 100, 139, 0),  # or less than half of what the verb took itself
        (0, 100, 141, 3),
    ],
)
def test_linking_takes_its_share_of_time_and_no_more(desk, monkeypatch, began, then, later, waiting):
    monkeypatch.setattr("notesense.workflows.linking.AT_ONCE", 1)
    for text, on in notes():
        keep(desk, text, on)
    left = Allowance(Clock(began, then, then, later)).link(desk.linker, ["Harlow"])
    assert left == desk.linker.waiting("Harlow") == waiting
    assert Allowance(Clock(0)).link(desk.linker, ["Harlow"]) == 0


def test_an_account_that_comes_too_late_waits(desk):
    for name in ("Bolt", "Harlow"):
        desk.add(reading(SENT, date=day(2)), account=name)
    assert Allowance(Clock(0, 0, 0, 9)).link(desk.linker, ["Bolt", "Harlow"]) == 1


@pytest.mark.parametrize("verb", ["add", "import"])
def test_accounts_that_notes_came_into_are_linked_once(desk, verb):
    asked = []

    def link(accounts):
        asked.append(list(accounts))
        return 7

    many = [reading(f"leak {name}", account=name) for name in ("Kilo", "Bolt", "Kilo")]
    done = desk.keep(verb, many, link)
    assert (asked, done.not_compared) == ([["Bolt", "Kilo"]], 7)
    assert desk.keep(verb, many, link).not_compared == 0
    desk.locked = True
    assert desk.keep(verb, [reading("leak there", account="Bolt")], link).not_compared == 0
    assert len(asked) == 1


def test_a_stop_while_linking_ends_an_import_with_its_report(desk):
    def link(accounts):
        raise KeyboardInterrupt

    done = desk.keep("import", [reading("leak", account="Bolt")], link)
    assert (done.added, done.interrupted) == (1, True)


def test_reindex_links_all_accounts_in_the_end(desk):
    asked = []

    def link(accounts):
        asked.append((accounts, desk.index.count()))
        return 3

    for name in ("Bolt", "Harlow"):
        desk.add("leak", account=name)
    done = reindex(desk.store, desk.engine, desk.librarian, link=link)
    assert (asked, done.not_compared) == ([(["Bolt", "Harlow"], 2)], 3)


def test_what_nobody_testifies_to_is_neither_a_later_nor_an_earlier_word(desk):
    keep(desk, f"commitment: {PROMISE}", 1)
    summary = of_origins((SENT, Origin.VENDOR_SUMMARY), (STAIRS, Origin.PLAN), date=day(5))
    desk.add(summary)
    assert desk.linker.bearings("Harlow") == ()
    keep(desk, f"{SENT}\n{STAIRS}", 9)
    assert len(desk.linker.bearings("Harlow")) == 1
    assert weighed(desk) == {(PROMISE, SENT), (PROMISE, STAIRS)}
