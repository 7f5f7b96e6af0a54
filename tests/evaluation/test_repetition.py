"""What a set holds, how much it repeats itself, and what leaks from one set into another."""

from pathlib import Path

from evaluation.labelled import PAIN, note, write
from notesense.core.claims import Claim
from notesense.evaluation.datasets import Dataset, read_dataset
from notesense.evaluation.repetition import carries, examine, runs

LONG = "On Monday the crew walked through hall seven and counted every single crate on the upper racks before lunch."


def data(path: Path, *texts: str, account: str = "Harlow") -> Dataset:
    records = (note(id=f"{path.stem}{n}", text=text, signals=[], account=account) for n, text in enumerate(texts))
    return read_dataset([write(path, *records)])


def test_runs_are_six_words_whatever_case_and_punctuation() -> None:
    assert runs("One, two THREE four; five six. Seven!") == runs("one two three four five six seven")
    assert len(runs("one two three four five six seven")) == 2
    assert runs("only five words stand here") == frozenset()
    assert runs("it’s a b c d e") == runs("It's a b c d e")


def test_a_set_is_measured(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", note(), note(id="n2", text="All is well. The sun shone.", signals=[]))
    size = examine(["a"], read_dataset([path]), [], None).size
    assert (size.notes, size.signals, size.few, size.none) == (2, 2, 2, 1)
    assert size.kinds == {"pain_point": 1, "commitment": 1}
    assert size.channels == {"call": 2}
    assert size.passages_without == size.passages - 2
    assert size.repeated_runs == 0


def test_nearly_the_same_notes_are_shown_and_warned_of(tmp_path: Path) -> None:
    checked = examine(
        ["a"], data(tmp_path / "a.jsonl", LONG, f"{LONG} Then it rained.", "Quite another thing."), [], None
    )
    (pair,) = checked.overlaps
    assert (pair.one, pair.other, pair.share) == ("a.jsonl:1", "a.jsonl:2", 1.0)
    assert checked.size.repeated_runs == pair.shared == len(runs(LONG))
    assert [warning.where for warning in checked.warnings] == ["a.jsonl:1"]
    assert checked.faults == ()


def test_leakage_is_a_fault_and_the_same_account_a_warning(tmp_path: Path) -> None:
    others = data(tmp_path / "train.jsonl", LONG, "Short but the same.", "Nothing to see here at all.")
    near = LONG.replace("lunch", "dinner")
    mine = data(
        tmp_path / "dev.jsonl", near, "Short BUT  the same.", "Unrelated words of another writer.", account="harlow"
    )
    checked = examine(["dev"], mine, ["train"], others)
    told = [(fault.where, fault.what.rpartition(" ")[0]) for fault in checked.faults]
    assert told == [("dev.jsonl:1", "nearly the same text as"), ("dev.jsonl:2", "the same text as")]
    assert checked.faults[1].what.endswith("/train.jsonl:2")
    (warning,) = checked.warnings
    assert 'the account "harlow" stands in the other set too' in warning.what
    assert warning.fix == "Its notes: 3 here, 3 there."


def test_faults_of_the_other_set_are_told_too(tmp_path: Path) -> None:
    broken = read_dataset([write(tmp_path / "train.jsonl", note(channel="x"))])
    checked = examine(["dev"], data(tmp_path / "dev.jsonl", "Fine."), ["train"], broken)
    assert [fault.where for fault in checked.faults] == ["train.jsonl:1"]


def test_a_passage_carries_a_label_when_they_share_half_of_the_shorter() -> None:
    label = Claim(kind="praise", quote="x" * 10, start=10, end=20)
    assert carries((15, 40), label)
    assert not carries((16, 40), label)
    assert carries((12, 14), label)
    assert not carries((20, 30), label)
    assert not carries((0, 30), Claim(**PAIN))
