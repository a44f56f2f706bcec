"""What a page costs a person: the 95th percentile of each, with one bot and with ten thousand.

Two references on the embedded store, in a file each, stand beside a Starlette application that
answers with an empty text; all three are served alike (uvicorn, https, one process), and are asked
in turns, page by page, over one connection each. A round's figure is that of its slowest page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.measure import Ratio
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


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Seconds at the 95th percentile, by page: beside one bot, beside many, and of nothing."""

    one: dict[str, float]
    many: dict[str, float]
    empty: dict[str, float]


def against_empty_route(folder: Path, rounds: int) -> Ratio:
    """The slowest page beside one bot ÷ the empty route."""
    measured = _measured(folder, rounds)
    return Ratio(
        tuple(max(each.one.values()) for each in measured),
        tuple(max(each.empty.values()) for each in measured),
        details=_table(measured),
    )


def against_limit(folder: Path, rounds: int) -> Ratio:
    """The slowest page, beside ten thousand bots or one ÷ 50 ms."""
    measured = _measured(folder, rounds)
    slowest = (max(*each.one.values(), *each.many.values()) for each in measured)
    return Ratio(tuple(slowest), (LIMIT_S,) * len(measured))


def of_many_bots_against_one(folder: Path, rounds: int) -> Ratio:
    """All pages, one after the other, beside ten thousand bots ÷ beside one."""
    measured = _measured(folder, rounds)
    return Ratio(
        tuple(sum(each.many.values()) for each in measured),
        tuple(sum(each.one.values()) for each in measured),
    )


_HEAD = """| page | ms, 1 bot | ms, 10,000 bots | ms, empty route | 1 bot ÷ empty route |
|---|---|---|---|---|
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
        sides = [(Bare(ready), shown) for ready, shown in made]
        empty = Bare(bare)
        return [_round(sides, empty) for _ in range(rounds)]


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


def _round(sides: Sequence[tuple[Bare, dict[str, Any]]], empty: Bare) -> Percentiles:
    found: tuple[dict[str, float], ...] = ({}, {}, {})
    for page in PAGES:
        looks = [*(_look(client, shown, page) for client, shown in sides), _nothing(empty)]
        seconds: list[list[float]] = [[], [], []]
        for turn in range(ASKED):
            # Who goes first changes, so that nobody profits from the other's warm caches.
            for side in (0, 1, 2)[:: 1 if turn % 2 else -1]:
                seconds[side].append(_seconds(looks[side]))
        for side, taken in enumerate(seconds):
            found[side][page] = quantiles(taken, n=20)[-1]
    return Percentiles(*found)


def _look(client: Bare, shown: dict[str, Any], page: str) -> Callable[[], object]:
    who, path = PAGES[page]
    tokens = {user["name"]: user["token"] for user in shown["users"]}
    filled = path.format(org=shown["id"], bot=shown["bot"]["id"], environment=shown["environment"])
    headers = {"cookie": f"{COOKIE}={tokens[who]}"}
    return lambda: client.ask("GET", filled, None, headers)


def _nothing(empty: Bare) -> Callable[[], object]:
    return lambda: empty.ask("GET", "/empty", None, {})


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _table(measured: Sequence[Percentiles]) -> str:
    """The 95th percentile of each page, the median of the rounds."""
    rows = []
    for page in PAGES:
        one, many, empty = (
            sorted(side[page] for side in sides)[len(measured) // 2] * 1000
            for sides in zip(*((each.one, each.many, each.empty) for each in measured), strict=True)
        )
        rows.append(f"| {page} | {one:.1f} | {many:.1f} | {empty:.1f} | {one / empty:.1f} |\n")
    return _HEAD + "".join(rows)
