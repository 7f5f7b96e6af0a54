import pytest

from notesense.core import invention
from notesense.core.evidence import Evidence
from notesense.core.invention import Breach, Known
from small_accounts import AS_OF

TOLD = (
    "Ines Okafor of Quillhaven wants 12 loan units by Friday; write to ines@quill.example. They stop every day, "
    "see https://www.quill.example/units."
)
KNOWN = Known.of(TOLD) | Known(ordinary=frozenset({"deliver", "rebuild", "service", "delivery", "hope"}))


@pytest.mark.parametrize(
    "text",
    [
        "Ines wants 12 loan units.",
        "The units stop; they want others by Friday.",
        "I'd ask Ines’s people what stops.",
        "Rebuilding is on. Delivered late? Services, deliveries: hoped for.",
        "Write to ines@quill.example.",
        "They stop, see quill.example/units, http://quill.example/units/ or (quill.example).",
        "They stop, e.g. at 12 a.m. of every day.",
    ],
)
def test_what_the_sources_hold_may_stand(text: str) -> None:
    assert KNOWN.breach(text) is None


@pytest.mark.parametrize(
    ("text", "breach"),
    [
        ("They want 13 loan units.", Breach.NUMBER),
        ("They want them by Monday.", Breach.NUMBER),
        ("They want them within two weeks.", Breach.NUMBER),
        ("Zorgon wants loan units.", Breach.NAME),
        ("They heard of O'Neill.", Breach.NAME),
        ("They ask for a Service.", Breach.NAME),
        ("They ask for the XPR.", Breach.NAME),
        ("See www.evil.example for it.", Breach.ADDRESS),
        ("Write to me@evil.example.", Breach.ADDRESS),
        ("Log in at evil-portal.com/pay for help.", Breach.ADDRESS),
        ("Units: [pay here](//evil.com/x).", Breach.ADDRESS),
        ("Units: see evil.com.", Breach.ADDRESS),
        ("Units: see evil．com or evil。com.", Breach.ADDRESS),
        ("Units: see http:evil.shop/pay.", Breach.ADDRESS),
        ("Units: see units.quill.example/pay.", Breach.ADDRESS),
    ],
)
def test_what_is_invented_is_told(text: str, breach: Breach) -> None:
    assert KNOWN.breach(text) is breach


def test_a_title_may_have_capitals_of_ordinary_words() -> None:
    assert KNOWN.breach("Rebuilding Service", title=True) is None
    assert KNOWN.breach("Rebuilding Zorgon", title=True) is Breach.NAME


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ('They say “it leaks” and "it stops".', ["it leaks", "it stops"]),
        ("They say 'we can't wait', the users' words.", ["we can't wait"]),
        ("„so“ «that» `this` ‘here’", ["so", "that", "this", "here"]),
        ("The customers' wishes aren't ours.", []),
    ],
)
def test_quotations_are_found_in_all_marks(text: str, runs: list[str]) -> None:
    assert [words for _, _, words in invention.quoted_runs(text) or []] == runs


@pytest.mark.parametrize(
    "marks",
    "❝❞ ＂＂ ‹› 「」 『』 ‚‘ ’’ ‛’ ‟” 〝〞 〟〟 ″″ ′′ ´´ ʼʼ ʺʺ ❛❜ ＇＇ ｀｀ ｢｣ ❮❯ 《》 ⸂⸃".split(),
)
def test_words_in_marks_of_any_other_kind_are_not_taken(marks: str) -> None:
    assert invention.recut(f"They said {marks[0]}we hate you{marks[1]} of it.", lambda words: None) is None


@pytest.mark.parametrize("text", ["They said <<we hate you>>.", "They said 'we hate you.", "They said ’we hate you."])
def test_a_quotation_is_not_made_of_other_signs(text: str) -> None:
    assert invention.recut(text, str) is None


@pytest.mark.parametrize("text", ["Hawaiʻi isn't Ines’s, nor the users’ or customers' place.", "In the ’90s or '80s."])
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    assert invention.quoted_runs(text) == []


@pytest.mark.parametrize("text", ["They say “it leaks.", 'A 12" pipe', "it leaks”"])
def test_a_mark_without_its_partner_is_no_quotation(text: str) -> None:
    assert invention.quoted_runs(text) is None
    assert invention.recut(text, str) is None


def test_quotations_are_cut_anew_from_their_source() -> None:
    assert invention.recut("“IT LEAKS” and “it stops”", str.lower) == "“it leaks” and “it stops”"
    assert invention.recut("“it leaks”", lambda words: None) is None


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("It leaks.", True),
        ("Dr. Weber said “It leaks. It stops.” to us.", True),
        ("It leaks at 4.5 bar, e.g. here!", True),
        ("It leaks. It stops.", False),
        ("Does it leak? Yes", False),
    ],
)
def test_one_sentence(text: str, one: bool) -> None:
    assert invention.is_one_sentence(text) is one


def test_words_without_a_capital_are_ordinary() -> None:
    assert invention.ordinary_words(["The Pump leaks", "it stops"]) == {"leaks", "it", "stops"}


def test_hidden_characters_are_seen() -> None:
    assert invention.is_hidden("a\u202eb")
    assert invention.is_hidden("a\x1b[31m")
    assert not invention.is_hidden("naïve – “ok”")


def test_evidence_tells_its_days_and_speakers() -> None:
    one = Evidence(
        note_id="n1",
        quote="it leaks",
        date=AS_OF,
        channel="call",
        line=1,
        start=0,
        end=8,
        speaker="Bo Lind",
        title="Visit",
    )
    known = invention.evidence_known([one])
    assert known.breach("On 20 October Lind said so, on a Tuesday; a Visit.") is None
