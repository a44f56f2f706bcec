"""Writes `benchmarks/README.md`: what was measured, against what, and which goals are missed."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from statistics import median

from benchmarks.figures import FIGURES, Figure
from benchmarks.measure import Ratio

Outcome = Ratio | str
"""A measurement, or the sentence that says why there is none."""

_HEAD = """# Benchmarks

Written by `make benchmarks`; do not edit. Every figure is a ratio of medians from runs in turns, in
the same run on the same machine: absolute times drift twofold on a shared one, ratios do not.
Smaller is better, but for the rates, which are marked.

| figure | goal | wanted | measured | rounds | |
|---|---|---|---|---|---|
"""

_HOW = """
## How

- A column `0.9–1.3` after a ratio is the smallest and largest ratio of a single round.
- Whole processes are timed, start-up included, unless the module says otherwise.
- Peers run in the same environment with our plug-in switched off (`-p no:handoff`); what only they
  need is in `.cache/peers`. Each module of `benchmarks/` says what it compares, and how.
- One figure alone: `make benchmarks ARGS="runner allure"`; more rounds: `ARGS="--rounds 9"`. The
  page is only rewritten by a run of all figures.
"""


def text(outcomes: Mapping[str, Outcome]) -> str:
    """The page, for the outcomes by the figures' names."""
    measured = [(figure, outcomes[figure.name]) for figure in FIGURES if figure.name in outcomes]
    rows = "".join(f"| {_row(figure, outcome)} |\n" for figure, outcome in measured)
    missed = [row for row in measured if not _met(*row)]
    hoped = [row for row in measured if _met(*row) and not _is_all_that_was_wanted(*row)]
    goals = "\n".join(_sentence(*row) for row in missed) or "None: every goal is met."
    wishes = "\n".join(_sentence(*row) for row in hoped) or "None."
    return (
        f"{_HEAD}{rows}\n{_where()}\n\n## Goals that are missed\n\n{goals}\n\n"
        f"## Goals that are met, and less than what was wanted\n\n{wishes}\n{_HOW}"
    )


def line(figure: Figure, outcome: Outcome) -> str:
    """One figure for the terminal."""
    return " · ".join(part.strip() for part in _row(figure, outcome).split("|") if part.strip())


def _row(figure: Figure, outcome: Outcome) -> str:
    at = "≥" if figure.is_rate else "≤"
    text = f"{figure.text} (rate)" if figure.is_rate else figure.text
    goals = f"{at} {figure.goal:g} | {at} {figure.wanted:g}"
    if isinstance(outcome, str):
        return f"{text} | {goals} | not measured | | {outcome}"
    low, high = sorted(1 / pair if figure.is_rate else pair for pair in outcome.spread)
    verdict = "met" if figure.is_met(outcome) else "**missed**"
    value = f"**{figure.value(outcome):.2f}** ({low:.2f}–{high:.2f})"
    return f"{text} | {goals} | {value} | {len(outcome.ours)} | {verdict}"


def _met(figure: Figure, outcome: Outcome) -> bool:
    return isinstance(outcome, Ratio) and figure.is_met(outcome)


def _is_all_that_was_wanted(figure: Figure, outcome: Outcome) -> bool:
    return isinstance(outcome, Ratio) and figure.is_all_that_was_wanted(outcome)


def _sentence(figure: Figure, outcome: Outcome) -> str:
    if isinstance(outcome, str):
        return f"- {figure.text}: not measured, {outcome}."
    ours, peer = median(outcome.ours), median(outcome.peer)
    bound = figure.wanted if figure.is_met(outcome) else figure.goal
    return (
        f"- {figure.text}: {figure.value(outcome):.2f} against {bound:g} "
        f"(ours {ours:.3g} s, peer {peer:.3g} s)."
    )


def _where() -> str:
    day = datetime.now(UTC).date().isoformat()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"Measured on {day}: {machine}, Python {platform.python_version()}."
