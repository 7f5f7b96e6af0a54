"""Two runs over the same notes: paired bootstrap of every figure, and what was won and lost, note by note."""

from collections.abc import Iterator, Sequence

import numpy as np

from notesense.core.claims import Claim
from notesense.core.evaluated import Change, Compared, Difference, Evaluated, NoteChanges, NoteRow
from notesense.errors import InputError
from notesense.evaluation.bootstrap import Floats, figure
from notesense.evaluation.matching import pair
from notesense.evaluation.tallies import Series, fields_of, kinds_of, tally

_LESS_IS_BETTER = frozenset({"false_signals"})


def compare(a: Evaluated, b: Evaluated) -> Compared:
    """Return B held against A. Raises InputError where they were not run on the same notes and labels."""
    if a.about.data_sha256 != b.about.data_sha256:
        raise InputError(
            f"The runs are over different data ({', '.join(a.about.data)}: {a.about.data_sha256[:12]}; "
            f"{', '.join(b.about.data)}: {b.about.data_sha256[:12]}).",
            "Run both engines on the same notes and labels: notesense eval run DATASET --save FILE",
        )
    theirs = {row.id: row for row in b.notes}
    both = [
        (row, theirs[row.id])
        for row in sorted(a.notes, key=lambda row: row.id)
        if row.error is None and row.id in theirs and theirs[row.id].error is None
    ]
    return Compared(
        a=a.about,
        b=b.about,
        notes=len(both),
        left_out=len(a.notes) - len(both),
        differences=tuple(_differences([one for one, _ in both], [other for _, other in both])),
        changes=tuple(changes for changes in (_changes(one, other) for one, other in both) if _any(changes)),
    )


def _differences(a: Sequence[NoteRow], b: Sequence[NoteRow]) -> Iterator[Difference]:
    kinds, fields = kinds_of(a, b), fields_of(a, b)
    before, after = (_named(Series(tally(rows, kinds, fields))) for rows in (a, b))
    for name, values in before.items():
        others = after[name]
        if np.isnan(values[0]) and np.isnan(others[0]):
            continue
        gap = others - values
        known = gap[1:][~np.isnan(gap[1:])]
        ahead = known < 0 if name in _LESS_IS_BETTER else known > 0
        yield Difference(
            name=name,
            a=_plain(values[0]),
            b=_plain(others[0]),
            difference=figure(gap),
            better=float(np.mean(ahead)) if len(known) else None,
        )


def _named(series: Series) -> dict[str, Floats]:
    accuracy = series.fields
    return {
        "core_macro_f1": series.core_macro_f1,
        "macro_f1": series.macro_f1,
        "micro_f1": series.micro_f1,
        "false_signals": series.false_signals,
        "attributes.accuracy": series.attributes,
        **{f"{kind}.f1": series.f1[:, at] for at, kind in enumerate(series.counted.kinds)},
        **{f"{name}.accuracy": accuracy[:, at] for at, name in enumerate(series.counted.fields)},
    }


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _changes(a: NoteRow, b: NoteRow) -> NoteChanges:
    found_a, found_b = ({j for _, j in row.pairs} for row in (a, b))
    false_a, false_b = _false(a), _false(b)
    same = pair(false_a, false_b)
    still, again = {i for i, _ in same}, {j for _, j in same}
    return NoteChanges(
        id=a.id,
        where=a.where,
        title=a.title,
        won=tuple(_change(a.gold[j]) for j in sorted(found_b - found_a)),
        lost=tuple(_change(a.gold[j]) for j in sorted(found_a - found_b)),
        dropped=tuple(_change(claim) for i, claim in enumerate(false_a) if i not in still),
        gained=tuple(_change(claim) for j, claim in enumerate(false_b) if j not in again),
    )


def _false(row: NoteRow) -> list[Claim]:
    hits = {i for i, _ in row.pairs}
    return [claim for i, claim in enumerate(row.predicted) if i not in hits]


def _change(claim: Claim) -> Change:
    return Change(kind=claim.kind, quote=claim.quote, start=claim.start or 0, attributes=claim.attributes)


def _any(changes: NoteChanges) -> bool:
    return bool(changes.won or changes.lost or changes.dropped or changes.gained)
