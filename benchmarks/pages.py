"""What a page costs a person: the 95th percentile of each, with one bot and with ten thousand.

Two references on the embedded store, in a file each, stand beside a Starlette application that
answers with an empty text; all three are served alike (uvicorn, https, one process), and are asked
in turns, page by page, over one connection each. A figure is that of the slowest page.
A page waits for nothing, so for the ratios the seconds of the server's processor are counted: other
work on the machine is none of ours. Only the limit is held against what passed on the clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.measure import NotMeasured, Ratio
from benchmarks.reference import BARE_SERVER, REFERENCE, Bare, started
from harness.reference.web.tokens import COOKIE

BOTS = 10_000
ASKED = 60
"""How often a page is looked at in one round, by each side."""

LIMIT_S = 0.05
"""What a page may take at the 95th percentile."""

TRANSFERS = "/portal/{org}/bots/{bot}/settings/agent-transfers"
PAGES = {
    "bots": ("Mia", "/portal/{org}/bots"),
    "bots, searched": ("Mia", "/portal/{org}/bots?named=helper"),
    "bot": ("Mia", "/portal/{org}/bots/{bot}"),
    "settings": ("Mia", "/portal/{org}/bots/{bot}/settings"),
    "agent transfers": ("Mia", TRANSFERS),
    "agent transfers, open": ("Mia", f"{TRANSFERS}?tile=omnichannel"),
    "topics": ("Mia", "/portal/{org}/bots/{bot}/topics"),
    "topic": ("Mia", "/portal/{org}/bots/{bot}/topic?name=Greeting"),
    "test": ("Mia", "/portal/{org}/bots/{bot}/test"),
    "analytics": ("Mia", "/portal/{org}/bots/{bot}/analytics"),
    "admin centre": ("Olga", "/admin/{org}"),
    "bot's entry": ("Olga", "/admin/{org}/bots/{bot}"),
    "environments": ("Pia", "/platform/{org}"),
    "people": ("Pia", "/platform/{org}/users"),
    "app registrations": ("Mia", "/azure/{org}"),
    "solutions": ("Mia", "/power-apps/{org}/environments/{environment}/solutions"),
}
"""The pages of makers and administrators: who looks, and at what."""

LISTS = ("bots", "admin centre", "app registrations")
"""Those that show fifty entries where there are so many, and one where there is one."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of one answer: of the server's processor, and of the clock on the wall."""

    busy: float
    passed: float


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Seconds at the 95th percentile, by page: beside one bot, beside many, and of nothing."""

    one: dict[str, Taken]
    many: dict[str, Taken]
    empty: dict[str, Taken]


def against_empty_route(folder: Path, rounds: int) -> Ratio:
    """The slowest page beside one bot ÷ the empty route."""
    measured = _measured(folder, rounds)
    ours = _slowest([{page: each.one[page].busy for page in PAGES} for each in measured])
    peer = _slowest([{page: each.empty[page].busy for page in PAGES} for each in measured])
    return Ratio(ours, peer, details=_table(measured))


def against_limit(folder: Path, rounds: int) -> Ratio:
    """The slowest page, beside ten thousand bots or one ÷ 50 ms."""
    measured = _measured(folder, rounds)
    passed = [
        {page: max(each.one[page].passed, each.many[page].passed) for page in PAGES}
        for each in measured
    ]
    return Ratio(_slowest(passed), (LIMIT_S,) * len(measured))


def _slowest(rounds: Sequence[dict[str, float]]) -> tuple[float, ...]:
    """The seconds, round by round, of the page that is the slowest over all rounds."""
    slowest = max(PAGES, key=lambda page: median(each[page] for each in rounds))
    return tuple(each[slowest] for each in rounds)


def of_many_bots_against_one(folder: Path, rounds: int) -> Ratio:
    """All pages that show the same beside ten thousand bots ÷ beside one."""
    measured = _measured(folder, rounds)
    same = [page for page in PAGES if page not in LISTS]
    return Ratio(
        tuple(sum(each.many[page].busy for page in same) for each in measured),
        tuple(sum(each.one[page].busy for page in same) for each in measured),
    )


_HEAD = """Milliseconds at the 95th percentile: of the server's processor, and in brackets on the
clock. A list has 50 entries where there are so many.

| page | 1 bot | 10,000 bots | empty route |
|---|---|---|---|
"""

_MEASURED: list[Percentiles] = []


def _measured(folder: Path, rounds: int) -> Sequence[Percentiles]:
    """The rounds of this run: three figures are read from the same ones."""
    if not _MEASURED:
        _MEASURED.extend(_rounds(folder, rounds))
    return _MEASURED


def _rounds(folder: Path, rounds: int) -> list[Percentiles]:
    with ExitStack() as servers:
        made = []
        for bots in (1, BOTS):
            store = f"sqlite:///{folder / f'{bots}.db'}"
            ready = servers.enter_context(started((*REFERENCE, "--store", store)))
            made.append((ready, _organisation(Bare(ready), bots)))
        bare = servers.enter_context(started(BARE_SERVER))
        # Connected now: a server closes a connection that waits for as long as others start.
        sides = [Side(Bare(ready), ready["pid"], shown) for ready, shown in made]
        sides.append(Side(Bare(bare), bare["pid"], {}))
        return [_round(sides) for _ in range(rounds)]


def _organisation(client: Bare, bots: int) -> dict[str, Any]:
    """A fresh organisation with so many bots, those beside the first one all connected."""
    beside = [
        {"name": f"Bot {number:05}", "origin": "portal", "published": False, "connected": True}
        for number in range(1, bots)
    ]
    organisation: dict[str, Any] = client.json(
        "POST", "/control/organisations", {"generation": "classic", "bots": beside}
    )
    return organisation


@dataclass(frozen=True, slots=True)
class Side:
    """One server: how it is asked, its process, and the organisation there (none: it is empty)."""

    client: Bare
    pid: int
    shown: dict[str, Any]

    def look(self, page: str) -> Callable[[], object]:
        """Asks for a page as whoever looks at it."""
        if not self.shown:
            return lambda: self.client.ask("GET", "/empty", None, {})
        who, path = PAGES[page]
        shown = self.shown
        tokens = {user["name"]: user["token"] for user in shown["users"]}
        filled = path.format(
            org=shown["id"], bot=shown["bot"]["id"], environment=shown["environment"]
        )
        headers = {"cookie": f"{COOKIE}={tokens[who]}"}
        return lambda: self.client.ask("GET", filled, None, headers)

    def times(self, look: Callable[[], object]) -> Taken:
        """Looks once."""
        busy, start = self._busy(), time.perf_counter()
        look()
        passed = time.perf_counter() - start
        return Taken(self._busy() - busy, passed)

    def _busy(self) -> float:
        """Seconds that the server's process has run so far; Linux counts them in nanoseconds."""
        try:
            return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e9
        except OSError:
            raise NotMeasured("only Linux tells what another process has run") from None


def _round(sides: Sequence[Side]) -> Percentiles:
    found: tuple[dict[str, Taken], ...] = ({}, {}, {})
    for page in PAGES:
        looks = [side.look(page) for side in sides]
        taken: list[list[Taken]] = [[], [], []]
        for turn in range(ASKED):
            # Who goes first changes, so that nobody profits from the other's warm caches.
            for number in (0, 1, 2)[:: 1 if turn % 2 else -1]:
                taken[number].append(sides[number].times(looks[number]))
        for number, all_taken in enumerate(taken):
            found[number][page] = Taken(
                quantiles([each.busy for each in all_taken], n=20)[-1],
                quantiles([each.passed for each in all_taken], n=20)[-1],
            )
    return Percentiles(*found)


def _table(measured: Sequence[Percentiles]) -> str:
    """The 95th percentiles of each page, medians of the rounds."""
    rows = []
    for page in PAGES:
        sides = zip(*((each.one, each.many, each.empty) for each in measured), strict=True)
        cells = [_cell([side[page] for side in rounds]) for rounds in sides]
        rows.append(f"| {page} | {' | '.join(cells)} |\n")
    return _HEAD + "".join(rows)


def _cell(taken: Sequence[Taken]) -> str:
    busy, passed = median(each.busy for each in taken), median(each.passed for each in taken)
    return f"{busy * 1000:.1f} ({passed * 1000:.1f})"
