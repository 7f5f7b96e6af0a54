"""What a note tells about its account for the first time: compared with what was there before, not judged."""

from collections.abc import Sequence

from notesense.core.accounts import key
from notesense.core.ports import Found
from notesense.core.results import News
from notesense.core.signal import Signal
from notesense.core.vocabulary import Kind

_FIRSTS: dict[str, str] = {
    Kind.EXPECTATION: "first expectation on record",
    Kind.PAIN_POINT: "first pain point on record",
    Kind.LEADERSHIP_CHANGE: "first leadership change on record",
    Kind.PRICE_VALUE: "first price complaint on record",
    Kind.COMMITMENT: "first promise on record",
    Kind.STALLED_ADOPTION: "first sign of something unused",
    Kind.COMPETITOR: "first rival on record",
    Kind.OPPORTUNITY: "first opportunity on record",
    Kind.PRAISE: "first praise on record",
}
_NAMED: dict[str, tuple[str, str]] = {
    Kind.COMPETITOR: ("name", "rival not named before"),
    Kind.LEADERSHIP_CHANGE: ("person", "person not named before in a leadership change"),
}


def news_of(new: Sequence[Signal], before: Sequence[Found], first_note: bool) -> tuple[News, ...]:
    """Return what these signals bring that the account's earlier ones (of whatever day) did not."""
    if first_note:
        return (News(what="first note of this account"),)
    known_kinds = {found.signal.kind for found in before}
    known_names = {_name(found.signal) for found in before} - {None}
    news: list[News] = []
    for signal in new:
        name = _name(signal)
        if signal.kind not in known_kinds:
            known_kinds.add(signal.kind)
            news.append(
                News(
                    what=_FIRSTS.get(signal.kind) or f"first of {signal.kind.replace('_', ' ')} on record",
                    signal=signal,
                )
            )
        elif name and name not in known_names:
            news.append(News(what=_NAMED[signal.kind][1], signal=signal))
        elif signal.kind == Kind.COMMITMENT:
            news.append(News(what=_promise(signal), signal=signal))
        known_names.add(name)
    return tuple(news)


def _name(signal: Signal) -> tuple[str, str] | None:
    """Return the kind and the folded name that makes this signal somebody's or some rival's, or None."""
    if signal.kind not in _NAMED:
        return None
    value = signal.attributes.get(_NAMED[signal.kind][0])
    return (signal.kind, key(value)) if value else None


def _promise(signal: Signal) -> str:
    owner = {"us": "new promise of ours", "customer": "new promise of theirs"}
    what = owner.get(signal.attributes.get("owner", ""), "new promise")
    due = signal.attributes.get("due")
    return f"{what}, due {due}" if due else what
