"""Grounding: whatever an engine claims, a signal is a slice of the note, and what was changed is refused."""

import datetime
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesense.core import wording
from notesense.core.folding import Folded, cuts_word
from notesense.core.grounding import ground, merge
from notesense.core.note import Note, Turn
from notesense.core.passages import passages, passages_of
from notesense.core.signal import Draft, Drafts, Extraction, Reason, Rejected
from notesense.core.vocabulary import NO_TESTIMONY, Kind, Origin
from notesense.core.wording import left_out_before

DAY = datetime.date(2026, 3, 4)


def grounded(text: str, *drafts: Draft, title: str = "") -> Extraction:
    note = Note(id="n1", account="Harlow", date=DAY, title=title, text=text)
    return ground(note, passages(text), Drafts(note_id="n1", drafts=drafts), engine="test")


def claim(quote: str, passage: int | None = 0, kind: str = "pain_point", **attributes: str) -> Draft:
    return Draft(kind=kind, quote=quote, passage=passage, attributes=attributes)


# note, claimed quote, what must come out: the slice (a str), or the reason of the refusal
ADVERSARIAL = [
    # exact and folded matches: the note's own characters come out
    ("Pumps fail every week.", "Pumps fail every week", "Pumps fail every week"),
    ("Pumps fail  every\tweek.", "pumps fail every week", "Pumps fail  every\tweek"),
    ("Pumps fail\r\nevery week, says Marta.", "Pumps fail every week", "Pumps fail\r\nevery week"),
    ("It’s “late again” – always.", 'It\'s "late again" - always', "It’s “late again” – always"),
    ("The ﬁlters clog after a day.", "The filters clog after a day", "The ﬁlters clog after a day"),
    ("Cafe\u0301 Lumen waits for parts.", "Café Lumen waits for parts", "Cafe\u0301 Lumen waits for parts"),
    ("Café Lumen waits for parts.", "Cafe\u0301 Lumen waits for parts", "Café Lumen waits for parts"),
    (
        "Die Ersatzteile der Straße 4 fehlen.",
        "die ersatzteile der strasse 4 fehlen",
        "Die Ersatzteile der Straße 4 fehlen",
    ),
    (
        "The pump 🔧🔧 stopped twice 😡 today.",
        "The pump 🔧🔧 stopped twice 😡 today",
        "The pump 🔧🔧 stopped twice 😡 today",
    ),
    ("המשאבה נעצרת כל שבוע ואיש לא עונה", "המשאבה נעצרת כל שבוע", "המשאבה נעצרת כל שבוע"),
    ("The pump\u200b stopped\u00a0twice.", "The pump stopped twice", "The pump\u200b stopped\u00a0twice"),
    ("He said: pumps fail.", '"pumps fail"', "pumps fail"),
    ("ポンプが毎週止まると言われた。", "ポンプが毎週止まる", "ポンプが毎週止まる"),
    # nearly the same words inside the named passage: the note's spelling comes out, marked for review
    (
        "the dosing pumps are allways leeking on line four",
        "the dosing pumps are always leaking on line four",
        "the dosing pumps are allways leeking on line four",
    ),
    # lost or added negation
    ("We are not happy with the delivery times.", "happy with the delivery times", Reason.NEGATION),
    (
        "We are not happy with the delivery times at all.",
        "We are happy with the delivery times at all",
        Reason.NEGATION,
    ),
    (
        "We are happy with the delivery times at Leeds.",
        "We are not happy with the delivery times at Leeds",
        Reason.NEGATION,
    ),
    ("They are unable to deliver spare seals.", "able to deliver spare seals", Reason.NOT_IN_NOTE),
    ("They can't deliver the spare seals.", "They can", Reason.NOT_IN_NOTE),
    ("They can’t deliver the spare seals in May.", "They can deliver the spare seals in May", Reason.NEGATION),
    # changed number, date
    ("The seals last 5 weeks in the acid line.", "The seals last 50 weeks in the acid line", Reason.NUMBER),
    ("The seals last five weeks in the acid line.", "The seals last nine weeks in the acid line", Reason.NUMBER),
    ("Price went from 10⁵ to more in all plants.", "Price went from 105 to more in all plants", Reason.NUMBER),
    ("We need them by 22 March in the plant.", "We need them by 22 May in the plant", Reason.NAME),
    ("Rates rise 12% on the whole list now.", "Rates rise 1% on the whole list now", Reason.NUMBER),
    # swapped name
    ("The order desk told Marta Ruiz to wait again.", "The order desk told Hanna Ruiz to wait again", Reason.NAME),
    ("The new contract goes to Anders in June then.", "The new contract goes to Persson in June then", Reason.NAME),
    # dropped hedge or modal word
    ("They might leave us after the renewal.", "leave us after the renewal", Reason.MODAL),
    (
        "They might well leave us after the spring renewal talk.",
        "They well leave us after the spring renewal talk",
        Reason.MODAL,
    ),
    ("Perhaps Anna will take over the plant.", "Anna will take over the plant", Reason.MODAL),
    # stitched from two places, invented, cut through a word or a letter
    ("The pump stopped. We waited. Nobody called us back.", "The pump stopped nobody called us back", Reason.STITCHED),
    (
        "The pump stopped. We waited. Nobody called us back.",
        "The pump stopped... Nobody called us back",
        Reason.STITCHED,
    ),
    ("The pump stopped twice.", "We will cancel the contract", Reason.NOT_IN_NOTE),
    ("The pumps stopped twice.", "pump", Reason.NOT_IN_NOTE),
    ("Resume\u0301 sent.", "Resume", Reason.NOT_IN_NOTE),
    ("The pump stopped twice.", "   ", Reason.EMPTY),
    ("The pump stopped twice.", "...!", Reason.EMPTY),
    # cut through a number, its sign, its currency or its magnitude, or through a word with a hyphen
    ("A 1.5 million loss.", "5 million loss", Reason.NOT_IN_NOTE),
    ("They pay 5,000 a month.", "They pay 5", Reason.NOT_IN_NOTE),
    ("They pay 5.5 a month.", "They pay 5", Reason.NOT_IN_NOTE),
    ("They pay 5 000 a month.", "They pay 5", Reason.NOT_IN_NOTE),
    ("They pay 5 million a month.", "They pay 5", Reason.NOT_IN_NOTE),
    ("They pay five million a month.", "They pay five", Reason.NOT_IN_NOTE),
    ("They pay 5 % more.", "They pay 5", Reason.NOT_IN_NOTE),
    ("They pay $500 more.", "500 more", Reason.NOT_IN_NOTE),
    ("At -5 degrees.", "5 degrees", Reason.NOT_IN_NOTE),
    ("3/5 of pumps leak.", "5 of pumps leak", Reason.NOT_IN_NOTE),
    ("Price is 10-15 percent.", "Price is 10", Reason.NOT_IN_NOTE),
    ("Price is 10 – 15 percent.", "Price is 10", Reason.NOT_IN_NOTE),
    ("Price is 10 to 15 percent.", "Price is 10", Reason.NOT_IN_NOTE),
    ("A ≤5 mm gap.", "5 mm gap", Reason.NOT_IN_NOTE),
    ("A a±5 mm gap.", "5 mm gap", Reason.NOT_IN_NOTE),
    ("They sent non-compliant parts.", "compliant parts", Reason.NOT_IN_NOTE),
    ("Well un-happy they are.", "happy they are", Reason.NOT_IN_NOTE),
    ("The line is leak-free.", "The line is leak", Reason.NOT_IN_NOTE),
    ("It costs half a million.", "It costs half", Reason.NOT_IN_NOTE),
    ("They want a 5-year plan.", "year plan", Reason.NOT_IN_NOTE),
    ("Ready by Q3-Q4.", "Ready by Q3", Reason.NOT_IN_NOTE),
    ("- 5 pumps leak", "5 pumps leak", "5 pumps leak"),
    ("4.3.2026 - 5 pumps leak", "5 pumps leak", "5 pumps leak"),
    ("2026-03-04 - 5 pumps leak", "5 pumps leak", "5 pumps leak"),
    ("> 5 pumps leak", "5 pumps leak", "5 pumps leak"),
    ("In 2026 500 pumps leaked.", "500 pumps leaked", "500 pumps leaked"),
    # a word exchanged, dropped, added or moved in what is nearly the same
    *[
        (f"{one.capitalize()} with the whole new team.", f"{other} with the whole new team", reason)
        for left, right, reason in [
            ("they are happy", "they are unhappy", Reason.NOT_IN_NOTE),
            ("they are satisfied", "they are dissatisfied", Reason.NOT_IN_NOTE),
            ("pumps are reliable", "pumps are unreliable", Reason.NOT_IN_NOTE),
            ("the form is imitable", "the form is inimitable", Reason.NOT_IN_NOTE),
            ("they rarely use it", "they use it", Reason.NEGATION),
            ("they stopped working", "they started working", Reason.NOT_IN_NOTE),
            ("they passed it", "they failed it", Reason.NOT_IN_NOTE),
            ("sales are up", "sales are down", Reason.NOT_IN_NOTE),
            ("it stops before lunch", "it stops after lunch", Reason.NOT_IN_NOTE),
            ("sie sind nicht zufrieden", "sie sind zufrieden", Reason.NEGATION),
            ("petra will leave us", "marta will leave us", Reason.NOT_IN_NOTE),
            ("it went from 300 to 500", "it went from 500 to 300", Reason.NUMBER),
            ("they pay 5k a week", "they pay 5m a week", Reason.NUMBER),
            ("they waited 5 days", "they waited 5 weeks", Reason.NOT_IN_NOTE),
            ("they pay $500 now", "they pay €500 now", Reason.NUMBER),
            ("it was -5 outside", "it was 5 outside", Reason.NUMBER),
            ('they use 12" pipes', "they use 12' pipes", Reason.NUMBER),
            ("they waited on sixth street", "they waited on sixty street", Reason.NUMBER),
            ("it never works", "it newer works", Reason.NEGATION),
            ("we will send it to them", "they will send it to us", Reason.NOT_IN_NOTE),
        ]
        for one, other in [(left, right), (right, left)]
    ],
    ("They said they saw Marta in the plant.", "they said they saw Maria in the plant", Reason.NAME),
    ("They say plan A fails us every week.", "They say plan fails us every week", Reason.NAME),
    ("Petra will leave us after the spring.", "Marta will leave us after the spring", Reason.NOT_IN_NOTE),
    (
        "We saw the dosing pumps leeking on line four.",
        "dosing pumps leaking on a line four",
        "dosing pumps leeking on line four",
    ),
    ("We saw it leeking in -5 degrees.", "saw it leaking in -5", "saw it leeking in -5"),
    ("We saw it leeking, they pay 5 million.", "saw it leaking, they pay 5", Reason.NOT_IN_NOTE),
    # left out just before
    ("We hope they renew.", "they renew", Reason.MODAL),
    ("Reportedly Bob leaves.", "Bob leaves", Reason.MODAL),
    ("I think that the pumps leak.", "the pumps leak", Reason.MODAL),
    ("It is unlikely that they renew.", "they renew", Reason.MODAL),
    ("They refused to use the portal.", "use the portal", Reason.NEGATION),
    ("They failed to pay the invoice.", "pay the invoice", Reason.NEGATION),
    ("They stopped using the portal.", "using the portal", Reason.NEGATION),
    ("May Bob take over?", "Bob take over", Reason.MODAL),
    # nothing left out that bears on the quote
    ("In May the pumps leaked.", "the pumps leaked", "the pumps leaked"),
    ("In May 2026 Bob takes over.", "Bob takes over", "Bob takes over"),
    ("may 5 pumps leaked", "5 pumps leaked", "5 pumps leaked"),
    ("There is no doubt the pumps leak.", "the pumps leak", "the pumps leak"),
    ("Not only the pumps leak.", "the pumps leak", "the pumps leak"),
    ("No answer and the pumps leak.", "the pumps leak", "the pumps leak"),
    ("They said no -- the pumps leak.", "the pumps leak", "the pumps leak"),
    ("no | the pumps leak", "the pumps leak", "the pumps leak"),
    ("[no] the pumps leak", "the pumps leak", "the pumps leak"),
    ("no = the pumps leak", "the pumps leak", "the pumps leak"),
    ("> the pumps leak\n> every week", "the pumps leak every week", "the pumps leak\n> every week"),
]


@pytest.mark.parametrize(("text", "quote", "expected"), ADVERSARIAL)
def test_a_claim_comes_out_as_a_slice_or_is_refused_with_its_reason(text: str, quote: str, expected: str) -> None:
    result = grounded(text, claim(quote))
    if isinstance(expected, Reason):
        assert result.signals == ()
        assert [r.reason for r in result.rejected] == [expected]
    else:
        assert [s.quote for s in result.signals] == [expected]
        assert not result.rejected


@pytest.mark.parametrize(
    ("text", "quote", "review"),
    [
        ("It is not true that under load the pumps leak.", "the pumps leak", True),
        ("If the price drops this year then they will renew.", "they will renew", True),
        ("They will renew if the price drops.", "They will renew", True),
        ("They will renew, provided the price drops.", "They will renew", True),
        ("In Leeds the pumps leak no longer.", "the pumps leak", True),
        ("In Leeds the pumps leak, he says not at all.", "the pumps leak", True),
        ("The pumps leak? Not at all.", "The pumps leak", True),
        ("The pumps leak?", "The pumps leak", True),
        ("The pumps leak, I guess.", "The pumps leak", True),
        ("The pumps leak? Not at all.", "The pumps leak?", True),
        ("The pumps leak. No", "The pumps leak", True),
        ("The pumps leak. No other plant of theirs has seen that.", "The pumps leak", False),
        ("No reply came. The pumps leak. We act even if it rains.", "The pumps leak", False),
        ("In the plant of Leeds the pumps leak again.", "the pumps leak", False),
    ],
)
def test_what_a_quote_leaves_out_in_its_sentence_asks_for_review(text: str, quote: str, review: bool) -> None:
    (signal,) = grounded(text, claim(quote, passage=None)).signals
    assert (signal.review, signal.match) == (review, "exact")


def test_a_label_keeps_what_it_leaves_out() -> None:
    note = Note(id="n1", account="Harlow", date=DAY, text="We hope they renew if it works.")
    drafts = Drafts(note_id="n1", drafts=(claim("they renew"),))
    (signal,) = ground(note, passages(note.text), drafts, engine="labels", source="label").signals
    assert not signal.review
    (signal,) = ground(
        note, [], drafts.model_copy(update={"drafts": (Draft(kind="praise", quote="they"),)}), "x", "label"
    ).signals
    assert (signal.line, signal.speaker) == (1, None)


def lines_run(work: Callable[[], object]) -> int:
    """Return how many lines of Python some work takes: a measure of it that is the same on every machine."""
    count = 0

    def traced(frame: object, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def test_merging_many_signals_is_work_in_step_with_their_number() -> None:
    (signal,) = grounded("late " * 9, claim("late")).signals
    many = [signal.model_copy(update={"start": n * 5, "end": n * 5 + 4}) for n in range(1_200)]
    assert len(merge(many)) == 1_200
    assert lines_run(lambda: merge(many)) < 2.1 * lines_run(lambda: merge(many[:600]))


@pytest.mark.parametrize("text", ["late ", "not late "])
def test_a_quote_that_stands_in_many_places_is_work_in_step_with_the_length_of_the_note(text: str) -> None:
    drafts = [claim("late", passage=None)] * 3
    short, long = text * 500, text * 1_000
    assert lines_run(lambda: grounded(long, *drafts)) < 2.1 * lines_run(lambda: grounded(short, *drafts))


def test_of_endless_places_where_a_quote_is_refused_a_bounded_number_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[int] = []

    def counted(text: str, start: int) -> Reason | None:
        looks.append(start)
        return left_out_before(text, start)

    monkeypatch.setattr(wording, "left_out_before", counted)
    assert grounded("not late " * 1_000, claim("late", passage=None)).signals == ()
    assert len(set(looks)) == len(looks) == 100


def test_a_fuzzy_match_needs_the_right_passage_and_asks_for_review() -> None:
    text = "the dosing pumps are allways leeking on line four. Nothing else."
    quote = "the dosing pumps are always leaking on line four"
    (signal,) = grounded(text, claim(quote, passage=0)).signals
    assert signal.review
    assert signal.match == "fuzzy"
    assert grounded(text, claim(quote, passage=1)).signals == ()
    assert grounded(text, claim(quote, passage=None)).signals == ()


def test_what_stands_before_a_line_break_bears_on_a_quote_only_where_the_line_was_wrapped() -> None:
    wrapped = "They said on Monday that in the plant of Leeds they are not\nhappy with it."
    assert [r.reason for r in grounded(wrapped, claim("happy with it", passage=1)).rejected] == [Reason.NEGATION]
    (signal,) = grounded("On Monday no\nthe pumps leak", claim("the pumps leak", passage=1)).signals
    assert signal.quote == "the pumps leak"


def test_a_quote_must_touch_the_passage_that_is_named() -> None:
    text = "Pumps fail. The seals are late since May, and nobody in Leeds can tell us why they are late. All else fine."
    assert [r.reason for r in grounded(text, claim("Pumps fail", passage=1)).rejected] == [Reason.OTHER_PASSAGE]
    assert [r.reason for r in grounded(text, claim("pumps  FAIL", passage=1)).rejected] == [Reason.OTHER_PASSAGE]
    across = "The seals are late since May, and nobody in Leeds can tell us why they are late"
    assert [s.quote for s in grounded(text, claim(across, passage=1), claim(across, passage=2)).signals] == [across]


def test_what_an_engine_took_back_stays_refused() -> None:
    back = Rejected(note_id="n1", draft=claim("Pumps fail"), reason=Reason.REFUTED)
    note = Note(id="n1", account="Harlow", date=DAY, text="Pumps fail.")
    found = ground(
        note, passages(note.text), Drafts(note_id="n1", drafts=(claim("Pumps fail"),), rejected=(back,)), "t"
    )
    assert [s.quote for s in found.signals] == ["Pumps fail"]
    assert found.rejected == (back,)


def test_an_unknown_kind_and_an_unknown_passage_are_refused() -> None:
    result = grounded("Pumps fail.", claim("Pumps fail", kind="gossip"), claim("Pumps fail", passage=7))
    assert [r.reason for r in result.rejected] == [Reason.UNKNOWN_KIND, Reason.UNKNOWN_PASSAGE]


def test_of_two_places_the_one_in_the_named_passage_is_taken() -> None:
    text = "Late again.\nFine otherwise.\nLate again."
    (signal,) = grounded(text, claim("Late again", passage=2)).signals
    assert (signal.start, signal.line) == (text.rindex("Late"), 3)


def test_overlapping_signals_merge_within_a_kind_and_never_across() -> None:
    text = "Too expensive given that half the seats sit unused."
    result = grounded(
        text,
        Draft(kind="price_value", quote=text[:-1], passage=0, confidence=0.9),
        Draft(kind="price_value", quote="Too expensive", passage=0, confidence=0.5),
        Draft(kind="stalled_adoption", quote="half the seats sit unused", passage=0),
    )
    assert [(s.kind, s.quote) for s in result.signals] == [
        (Kind.PRICE_VALUE, text[:-1]),
        (Kind.STALLED_ADOPTION, "half the seats sit unused"),
    ]


def test_attributes_hold_listed_values_calendar_days_or_the_notes_own_words() -> None:
    text = "Marta Ruiz wants the certificates by Friday."
    result = grounded(
        text,
        claim(text[:-1], kind="expectation", topic="delivery", deadline="2026-03-06"),
        claim("Marta Ruiz wants the certificates", kind="commitment", owner="us", person="Ben Cole", due="2026-02-30"),
        claim(
            "the certificates by Friday", kind="leadership_change", person="marta ruiz", role="Director", change="quit"
        ),
    )
    assert {s.kind: s.attributes for s in result.signals} == {
        Kind.EXPECTATION: {"topic": "delivery", "deadline": "2026-03-06"},
        Kind.COMMITMENT: {"owner": "us"},
        Kind.LEADERSHIP_CHANGE: {"person": "marta ruiz"},
    }


def test_a_place_is_looked_for_only_within_the_given_bounds_and_at_whole_characters() -> None:
    folded = Folded("late and late and Cafe\u0301")
    assert folded.find(Folded("late")) == [(0, 4), (9, 13)]
    assert folded.find(Folded("late"), 1) == [(9, 13)]
    assert folded.find(Folded("late"), 0, 8) == [(0, 4)]
    assert folded.find(Folded("cafe")) == []


def test_the_same_statement_has_the_same_id_in_every_run() -> None:
    first = grounded("Pumps fail.", claim("Pumps fail")).signals
    again = grounded("Pumps fail.", claim("pumps  FAIL")).signals
    assert first[0].id == again[0].id


@given(st.text(min_size=1), st.text())
def test_any_text_any_quote_a_signal_is_a_slice(text: str, quote: str) -> None:
    if not text.strip():
        text = f"{text}x"
    parts = passages(text)
    drafts = [Draft(kind="praise", quote=quote, passage=at) for at in (None, *range(min(3, len(parts))))]
    for signal in grounded(text, *drafts).signals:
        assert signal.quote == text[signal.start : signal.end]
        assert signal.quote.strip() == signal.quote != ""
        assert signal.line == text.count("\n", 0, signal.start) + 1


@given(st.data())
def test_any_slice_of_whole_words_is_found_again_however_it_is_written(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    folded = Folded(text)
    for place in folded.find(Folded(quote)):
        assert Folded(text[place[0] : place[1]]).text.strip() == Folded(quote).text.strip()


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from(list(Kind)), st.floats(0, 1)), max_size=9)
)
def test_merged_signals_of_a_kind_never_overlap(spans: list[tuple[int, int, Kind, float]]) -> None:
    text = "a b c d e f g h i j k l m n o p q r s t u v w x y z and so on"
    drafts = [Draft(kind=k, quote=text[s : s + n], passage=None, confidence=c) for s, n, k, c in spans]
    signals = grounded(text, *drafts).signals
    assert merge(signals) == signals
    for at, one in enumerate(signals):
        for other in signals[at + 1 :]:
            assert one.kind != other.kind or one.end <= other.start or other.end <= one.start


@pytest.mark.parametrize(
    ("text", "at", "cut"),
    [
        ("unable", 2, True),
        ("can't", 3, True),
        ("can’t", 4, True),
        ("can go", 3, False),
        ("x\u0301y", 1, True),
        ("'tis", 1, False),
        ("AX-44", 3, False),
        ("毎週止", 1, False),
        ("end.", 3, False),
    ],
)
def test_where_a_cut_would_go_through_a_word(text: str, at: int, cut: bool) -> None:
    assert cuts_word(text, at) is cut


OVERVIEW = "The pumps leak every week. Prices were discussed.\n"
SPEECH = "Marta: The pumps leak every week, and nobody comes."


def of_origins(*pieces: tuple[str, Origin]) -> Note:
    turns, at = [], 0
    for text, origin in pieces:
        turns.append(Turn(start=at, end=at + len(text), speaker="Marta" if text is SPEECH else None, origin=origin))
        at += len(text)
    return Note(id="n1", account="Harlow", date=DAY, text="".join(text for text, _ in pieces), turns=tuple(turns))


def from_origins(note: Note, *drafts: Draft, **how: str) -> Extraction:
    return ground(note, passages_of(note), Drafts(note_id="n1", drafts=drafts), "test", **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("origin", sorted(Origin))
def test_what_nobody_testifies_to_is_no_signal_of_an_engine(origin: Origin) -> None:
    note = of_origins((OVERVIEW, origin), (SPEECH, Origin.TRANSCRIPT))
    found = from_origins(note, claim("Prices were discussed", None), claim("nobody comes", None))
    refused = origin in NO_TESTIMONY
    assert [one.reason for one in found.rejected] == [Reason.NO_TESTIMONY] * refused
    assert [one.origin for one in found.signals] == [*([] if refused else [origin]), Origin.TRANSCRIPT]


def test_the_place_where_somebody_said_it_is_taken() -> None:
    note = of_origins((OVERVIEW, Origin.VENDOR_SUMMARY), (SPEECH, Origin.TRANSCRIPT))
    (signal,) = from_origins(note, claim("The pumps leak every week", None)).signals
    assert (signal.start, signal.speaker) == (len(OVERVIEW) + len("Marta: "), "Marta")
    (refused,) = from_origins(note, claim("The pumps leak every week", 0)).rejected
    assert refused.reason is Reason.NO_TESTIMONY


def test_a_quote_goes_by_where_most_of_it_stands() -> None:
    note = of_origins((OVERVIEW, Origin.VENDOR_SUMMARY), (SPEECH, Origin.TRANSCRIPT))
    across = note.text[note.text.index("discussed") :]
    (signal,) = from_origins(note, claim(across, None)).signals
    assert signal.quote == across
    (refused,) = from_origins(note, claim(note.text[: note.text.index("every week,")].strip(), None)).rejected
    assert refused.reason is Reason.NO_TESTIMONY


@pytest.mark.parametrize("source", ["label", "confirmed", "corrected", "added"])
def test_a_persons_own_word_holds_wherever_it_stands(source: str) -> None:
    note = of_origins((OVERVIEW, Origin.VENDOR_SUMMARY), (SPEECH, Origin.TRANSCRIPT))
    (signal,) = from_origins(note, claim("Prices were discussed", None), source=source).signals
    assert signal.origin is Origin.VENDOR_SUMMARY


def test_what_a_mail_carries_along_from_an_older_note_is_no_signal_of_an_engine() -> None:
    note = of_origins((OVERVIEW, Origin.SIGNATURE), ("The pumps leak.", Origin.QUOTED), (SPEECH, Origin.EMAIL))
    parts = passages_of(note)
    told = {part.ordinal for part in parts if part.quoted}
    drafts = Drafts(note_id=note.id, drafts=(claim("The pumps leak.", min(told)), claim("nobody comes", None)))
    found = ground(note, parts, drafts, "test", retold=told)
    assert [one.reason for one in found.rejected] == [Reason.TOLD_BEFORE]
    assert [one.quote for one in found.signals] == ["nobody comes"]
    assert len(ground(note, parts, drafts, "test").signals) == 2
    across = note.text[note.text.index("discussed") : note.text.index("leak.") + 5]
    (mixed,) = ground(note, parts, Drafts(note_id=note.id, drafts=(claim(across, None),)), "test", retold=told).rejected
    assert mixed.reason is Reason.TOLD_BEFORE
    (label,) = ground(
        note, parts, drafts.model_copy(update={"drafts": drafts.drafts[:1]}), "x", "label", retold=told
    ).signals
    assert label.quote == "The pumps leak."
