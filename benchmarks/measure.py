"""Ratios of medians from interleaved runs: absolute times drift twofold on a shared machine."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

LONGEST_S = 180.0
"""A run that takes longer hangs."""


class RunFailed(RuntimeError):
    """A measured run did not do its work, so its time means nothing."""


class NotMeasured(RuntimeError):
    """Something that the peer needs is not on this machine; the message says what."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure: seconds of ours and of the peer, one entry a round; smaller is better.

    `details` is a table, in Markdown, of what the figure was made of.
    """

    ours: tuple[float, ...]
    peer: tuple[float, ...]
    details: str = field(default="", kw_only=True)

    @property
    def value(self) -> float:
        """Median of ours over median of the peer's."""
        return median(self.ours) / median(self.peer)

    @property
    def spread(self) -> tuple[float, float]:
        """The smallest and the largest ratio of a single round."""
        pairs = [mine / theirs for mine, theirs in zip(self.ours, self.peer, strict=True)]
        return min(pairs), max(pairs)


def interleaved(ours: Callable[[], float], peer: Callable[[], float], rounds: int) -> Ratio:
    """Run both in turns, `rounds` times each; each callable gives the seconds of one run."""
    mine: list[float] = []
    theirs: list[float] = []
    for turn in range(rounds):
        # Who goes first changes, so that neither profits from the other's warm caches.
        for run, seconds in [(ours, mine), (peer, theirs)][:: 1 if turn % 2 else -1]:
            seconds.append(run())
    return Ratio(tuple(mine), tuple(theirs))


def process(
    command: Sequence[str | Path], folder: Path, says: str, environment: Mapping[str, str]
) -> float:
    """Seconds from start to end of a process that must succeed and print `says`."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=LONGEST_S
    )
    seconds = time.perf_counter() - start
    if done.returncode or says not in done.stdout:
        raise RunFailed(f"{command}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return seconds
