"""`make benchmarks`, or `python -m benchmarks [FIGURE…] [--rounds N]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import page
from benchmarks.figures import FIGURES
from benchmarks.measure import NotMeasured, RunFailed

PAGE = Path(__file__).with_name("README.md")


def main() -> int:
    """Measure; print each figure as it comes; 1 when a run failed, for a missed goal is news."""
    names = [figure.name for figure in FIGURES]
    parser = argparse.ArgumentParser(prog="benchmarks", description="Ratios against peers.")
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"of {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each side (default: 5)")
    parser.add_argument("--write", action="store_true", help="write the rows of some figures, too")
    wanted = parser.parse_args()
    if unknown := set(wanted.figures) - set(names):
        parser.error(f"no figure {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    outcomes: dict[str, page.Outcome] = {}
    failed = False
    for figure in FIGURES:
        if wanted.figures and figure.name not in wanted.figures:
            continue
        with tempfile.TemporaryDirectory(prefix="handoff-benchmarks-") as folder:
            try:
                outcome: page.Outcome = figure.measure(Path(folder), wanted.rounds)
            except NotMeasured as reason:
                outcome = str(reason)
            except RunFailed as failure:
                print(failure, file=sys.stderr)
                outcome, failed = "a run failed", True
        outcomes[figure.name] = outcome
        print(f"{figure.name}: {page.line(figure, outcome)}", flush=True)
    if wanted.write or not wanted.figures:
        old = PAGE.read_text(encoding="utf-8") if wanted.figures else ""
        PAGE.write_text(page.text(outcomes, old), encoding="utf-8")
        print(f"written: {PAGE}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
