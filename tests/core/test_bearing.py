"""What later words say about earlier statements, as a history tells it."""

import datetime

import pytest
from pydantic import ValidationError

from notesense.core.bearing import Effect, Likelihoods
from notesense.core.vocabulary import Kind
from small_accounts import AS_OF, Account, likely, promise

PROMISE, DONE, STILL = "we send the drawings", "the drawings came on Monday", "still no drawings here"


def told() -> Account:
    return Account().note(30, promise(PROMISE)).note(10, STILL).note(5, DONE)


def of(account: Account, *effects: Effect, as_of: datetime.date = AS_OF) -> list[tuple[Effect, str]]:
    history = account.history(as_of)
    return [(one.effect, one.words.quote) for one in history.outcomes(history.of(Kind.COMMITMENT)[0], *effects)]


def test_outcomes_come_oldest_first_and_by_effect():
    account = told().bears(DONE, Effect.SETTLES, PROMISE).bears(STILL, Effect.FAILS, PROMISE)
    assert of(account) == [(Effect.FAILS, STILL), (Effect.SETTLES, DONE)]
    assert of(account, Effect.SETTLES) == [(Effect.SETTLES, DONE)]
    assert of(account, Effect.REPLACES, Effect.REPEATS) == []


def test_an_unlikely_effect_is_none():
    assert of(told().bears(DONE, Effect.SETTLES, PROMISE, likelihood=0.39)) == []


def test_words_after_the_day_are_not_known():
    account = told().bears(DONE, Effect.SETTLES, PROMISE)
    assert of(account, as_of=AS_OF - datetime.timedelta(days=6)) == []


def test_words_of_an_older_note_or_of_the_same_have_no_effect():
    account = Account().note(30, DONE).note(20, promise(PROMISE), STILL)
    assert of(account.bears(DONE, Effect.SETTLES, PROMISE).bears(STILL, Effect.FAILS, PROMISE)) == []


def test_where_nobody_compared_it_is_said():
    assert not told().history().compared
    assert told().bears(DONE, Effect.SETTLES, PROMISE).history().compared


def test_what_is_left_to_one_is_no_effect():
    assert likely(Effect.REPEATS, 0.25).none == 0.75
    assert likely(Effect.REPEATS, 0.25).likeliest is Effect.REPEATS
    with pytest.raises(ValidationError):
        Likelihoods(settles=1.2, fails=0, replaces=0, repeats=0)
