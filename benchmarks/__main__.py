"""Run all benchmarks and print one table of ratios against their targets."""

import argparse
import sys

from benchmarks import embedder, growth, large_account, mixed, pace, prompting, readers, startup
from benchmarks.outcome import Outcome, table


def main() -> int:
    """Measure, print, and return 1 where a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--long", action="store_true", help="50,000 notes instead of 5,000, 5,000 mixed files instead of 1,000"
    )
    measures = ["embedder", "startup", "prompting", "pace", "large_account", "readers", "mixed", "growth"]
    parser.add_argument("--only", choices=measures, help="measure only this")
    chosen = parser.parse_args()
    parts = {
        "embedder": embedder.measure,
        "startup": startup.measure,
        "prompting": prompting.measure,
        "pace": pace.measure,
        "large_account": large_account.measure,
        "readers": readers.measure,
        "mixed": lambda: mixed.measure(5_000 if chosen.long else 1_000),
        "growth": lambda: growth.measure(50_000 if chosen.long else 5_000),
    }
    outcomes: list[Outcome] = []
    for name, measure in parts.items():
        if chosen.only in (None, name):
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            outcomes += measure()
    print(table(outcomes))
    return int(any(not outcome.reached for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
