"""Measures a data set: what it holds, how much its notes repeat each other, and what leaks from one set into another.

Repetition is counted in runs of six words (word 6-grams, case and punctuation aside): two people who write freely
hardly ever share one, copies and templates share many.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from notesense.core.claims import Claim
from notesense.core.evaluated import DatasetChecked, Fault, Overlap, SetSize
from notesense.core.passages import passages_of
from notesense.evaluation.datasets import Dataset, LabelledNote

RUN = 6
"""Words in a run."""
NEAR = 0.5
"""Notes are nearly the same when the one with fewer runs shares this share of them ..."""
NEAR_RUNS = 5
"""... and at least so many."""
FEW = 2
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PAIRS_SHOWN = 10
_EVERYWHERE = 40
"""A run that stands in more notes than this is a form's heading and says nothing about any two of them."""

Runs: TypeAlias = frozenset[tuple[str, ...]]


def examine(paths: Sequence[str], dataset: Dataset, against: Sequence[str], others: Dataset | None) -> DatasetChecked:
    """Return what a data set holds and what is wrong with it; `others` are the sets that it must not leak into."""
    texts = {one.where: runs(one.note.text) for one in dataset.notes}
    overlaps = list(_overlaps(texts))
    faults, warnings = (
        [*dataset.faults],
        [
            Fault(where=pair.one, what=f"nearly the same note as {pair.other}", fix=_shared(pair))
            for pair in overlaps
            if _is_near(pair)
        ],
    )
    if others is not None:
        faults += others.faults
        leaked, related = _leaks(dataset.notes, others.notes)
        faults, warnings = faults + leaked, warnings + related
    return DatasetChecked(
        paths=tuple(paths),
        against=tuple(against),
        faults=tuple(faults),
        warnings=tuple(warnings),
        size=_size(dataset.notes, texts),
        overlaps=tuple(overlaps[:_PAIRS_SHOWN]),
    )


def runs(text: str) -> Runs:
    """Return the different runs of six words in a text."""
    words = [word.replace("’", "'") for word in _WORD.findall(text.casefold())]
    return frozenset(zip(*(words[at:] for at in range(RUN)), strict=False))


def carries(span: tuple[int, int], label: Claim) -> bool:
    """Tell whether a passage carries a label: they share half of the shorter of the two."""
    if label.start is None or label.end is None:
        return False
    shared = min(span[1], label.end) - max(span[0], label.start)
    return shared > 0 and 2 * shared >= min(span[1] - span[0], label.end - label.start)


def _size(notes: Sequence[LabelledNote], texts: Mapping[str, Runs]) -> SetSize:
    labels = [len(one.labels) for one in notes]
    counted = Counter(run for one in texts.values() for run in one)
    spans = [[(p.start, p.end) for p in passages_of(one.note)] for one in notes]
    return SetSize(
        notes=len(notes),
        signals=sum(labels),
        words=sum(len(one.note.text.split()) for one in notes),
        kinds=dict(Counter(label.kind for one in notes for label in one.labels).most_common()),
        channels=dict(Counter(one.note.channel.value for one in notes).most_common()),
        passages=sum(map(len, spans)),
        passages_without=sum(
            not any(carries(span, label) for label in one.labels)
            for one, cut in zip(notes, spans, strict=True)
            for span in cut
        ),
        few=sum(number <= FEW for number in labels),
        none=sum(number == 0 for number in labels),
        runs=len(counted),
        repeated_runs=sum(number > 1 for number in counted.values()),
    )


def _overlaps(texts: Mapping[str, Runs]) -> Iterator[Overlap]:
    """Yield the pairs of notes that share runs, those with the highest share first."""
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for where, mine in texts.items():
        for run in mine:
            holders[run].append(where)
    shared = Counter(
        pair for names in holders.values() if 1 < len(names) <= _EVERYWHERE for pair in combinations(names, 2)
    )
    found = (_overlap(one, other, number, texts[one], texts[other]) for (one, other), number in shared.items())
    yield from sorted(found, key=lambda pair: (-pair.share, -pair.shared, pair.one, pair.other))


def _overlap(one: str, other: str, shared: int, mine: Runs, theirs: Runs) -> Overlap:
    return Overlap(one=one, other=other, shared=shared, share=shared / min(len(mine), len(theirs)))


def _leaks(mine: Sequence[LabelledNote], theirs: Sequence[LabelledNote]) -> tuple[list[Fault], list[Fault]]:
    """Return (faults, warnings): the same or nearly the same text, and the same account, in another set."""
    faults: list[Fault] = []
    accounts: dict[str, list[LabelledNote]] = defaultdict(list)
    texts: dict[str, str] = {}
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    cut = [runs(other.note.text) for other in theirs]
    for number, other in enumerate(theirs):
        accounts[_key(other.note.account)].append(other)
        texts.setdefault(_key(other.note.text), _place(other))
        for run in cut[number]:
            holders[run].append(number)
    for one in mine:
        same = texts.get(_key(one.note.text))
        if same is not None:
            faults.append(
                Fault(where=one.where, what=f"the same text as {same}", fix="Take it out of one of the sets.")
            )
            continue
        found = runs(one.note.text)
        for number, shared in Counter(other for run in found for other in holders.get(run, ())).most_common():
            pair = _overlap(one.where, _place(theirs[number]), shared, found, cut[number])
            if _is_near(pair):
                faults.append(Fault(where=pair.one, what=f"nearly the same text as {pair.other}", fix=_shared(pair)))
    return faults, _related(mine, accounts)


def _related(mine: Sequence[LabelledNote], accounts: Mapping[str, Sequence[LabelledNote]]) -> list[Fault]:
    """Return one warning for each account that stands in both sets."""
    ours: dict[str, list[LabelledNote]] = defaultdict(list)
    for one in mine:
        ours[_key(one.note.account)].append(one)
    return [
        Fault(
            where=notes[0].where,
            what=f'the account "{notes[0].note.account}" stands in the other set too ({_place(accounts[name][0])})',
            fix=f"Its notes: {len(notes)} here, {len(accounts[name])} there.",
        )
        for name, notes in ours.items()
        if name in accounts
    ]


def _is_near(pair: Overlap) -> bool:
    return pair.share >= NEAR and pair.shared >= NEAR_RUNS


def _shared(pair: Overlap) -> str:
    return f"{pair.shared} runs of six words in common, {pair.share:.0%} of the shorter note."


def _place(one: LabelledNote) -> str:
    return f"{one.file.absolute().parent.name}/{one.file.name}:{one.where.rpartition(':')[2]}"


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
