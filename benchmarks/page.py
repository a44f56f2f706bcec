"""Writes `benchmarks/README.md`: what was measured, against what, and which goals are missed."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
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
  page is rewritten by a run of all figures; with `--write` a run of some writes theirs anew.
"""


MISSED = "## Goals that are missed"
HOPED = "## Goals that are met, and less than what was wanted"
TABLE = "## Of what: "


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page says of one figure; empty where it says nothing there."""

    row: str
    missed: str = ""
    hoped: str = ""
    table: str = ""


def text(outcomes: Mapping[str, Outcome], old: str = "") -> str:
    """The page, for the outcomes by the figures' names; of all others what an old page says."""
    entries = []
    for figure in FIGURES:
        if figure.name in outcomes:
            entries.append(_entry(figure, outcomes[figure.name]))
        elif kept := _kept(figure, old):
            entries.append(kept)
    rows = "".join(f"{entry.row}\n" for entry in entries)
    missed = "\n".join(entry.missed for entry in entries if entry.missed)
    hoped = "\n".join(entry.hoped for entry in entries if entry.hoped)
    return (
        f"{_HEAD}{rows}\n{_where()}\n\n"
        f"{MISSED}\n\n{missed or 'None: every goal is met.'}\n\n"
        f"{HOPED}\n\n{hoped or 'None.'}\n"
        f"{''.join(entry.table for entry in entries)}{_HOW}"
    )


def _entry(figure: Figure, outcome: Outcome) -> Entry:
    row, table = f"| {_row(figure, outcome)} |", ""
    if isinstance(outcome, Ratio) and outcome.details:
        table = f"\n{TABLE}{figure.text}\n\n{outcome.details}"
    if not _met(figure, outcome):
        return Entry(row, missed=_sentence(figure, outcome), table=table)
    if not _is_all_that_was_wanted(figure, outcome):
        return Entry(row, hoped=_sentence(figure, outcome), table=table)
    return Entry(row, table=table)


def _kept(figure: Figure, old: str) -> Entry | None:
    """What an old page says of a figure."""
    row = _line(old, f"| {figure.text} |") or _line(old, f"| {figure.text} (rate) |")
    _, _, goals = old.partition(MISSED)
    missed, _, hoped = goals.partition(HOPED)
    _, found, rest = old.partition(f"\n{TABLE}{figure.text}\n\n")
    table = found + rest.partition("\n## ")[0]
    start = f"- {figure.text}: "
    return Entry(row, _line(missed, start), _line(hoped, start), table) if row else None


def _line(text: str, start: str) -> str:
    return next((line for line in text.splitlines() if line.startswith(start)), "")


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
