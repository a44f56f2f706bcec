"""500 customers at once in one process: messages a second, and how long the slowest wait.

Each speaks as soon as what it said before is kept. Ours has a bot that answers each message, and
pushes both to the customer's socket; the peer inserts a row and answers its number. Both are asked
by the same client over as many connections, so the ratios say what a message costs beyond that.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Iterable
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.crowd import PLAN, Customer, Line, Server
from benchmarks.measure import Ratio
from benchmarks.reference import BARE_SERVER, REFERENCE, started

CUSTOMERS = 500
WORDS = 6
ASKED = "opening hours"

Took = list[float]
"""Seconds of each message, then of all of them."""


def messages_against_bare(folder: Path, rounds: int) -> Ratio:
    """Seconds until `CUSTOMERS` × `WORDS` messages are kept."""
    ours, peer = _measured(rounds)
    return Ratio(
        tuple(all_of_them for *_, all_of_them in ours),
        tuple(all_of_them for *_, all_of_them in peer),
        details=_table(ours, peer),
    )


def slowest_against_bare(folder: Path, rounds: int) -> Ratio:
    """Seconds that 99 of 100 messages take at most."""
    ours, peer = _measured(rounds)
    return Ratio(tuple(map(_slowest, ours)), tuple(map(_slowest, peer)))


@cache
def _measured(rounds: int) -> tuple[list[Took], list[Took]]:
    """Both figures are of the same runs, in turns."""
    ours: list[Took] = []
    peer: list[Took] = []
    for _ in range(rounds):
        with started(REFERENCE) as ready:
            ours.append(asyncio.run(_crowd(ready)))
        with started(BARE_SERVER) as ready:
            peer.append(asyncio.run(_bare(ready)))
    return ours, peer


async def _crowd(ready: dict[str, Any]) -> Took:
    server = Server(ready)
    control = Line(server)
    made = await control.ask("POST", "/control/organisations", PLAN)
    customers = [Customer(server, made["widget"], f"{number}") for number in range(CUSTOMERS)]
    await asyncio.gather(*(customer.arrives() for customer in customers))

    async def talks(customer: Customer) -> None:
        for number in range(WORDS):
            await customer.says(f"{ASKED} {number}")

    seconds = await _all(talks(customer) for customer in customers)
    took = [each for customer in customers for each in customer.took]
    await asyncio.gather(*(customer.has_heard(customer.said[-1][0]) for customer in customers))
    await asyncio.gather(*(customer.leaves() for customer in customers))
    return [*took, seconds]


async def _bare(ready: dict[str, Any]) -> Took:
    server = Server(ready)
    lines = [Line(server) for _ in range(CUSTOMERS)]
    await asyncio.gather(*(line.ask("GET", "/empty") for line in lines))
    took: Took = []

    async def talks(line: Line, number: int) -> None:
        for word in range(WORDS):
            start = time.perf_counter()
            body = {"content": f"{ASKED} {word}", "senderDisplayName": "Customer"}
            await line.ask("POST", f"/chat/threads/{number}/messages", body)
            took.append(time.perf_counter() - start)

    seconds = await _all(talks(line, number) for number, line in enumerate(lines))
    for line in lines:
        line.cut()
    return [*took, seconds]


async def _all(people: Iterable[Awaitable[None]]) -> float:
    start = time.perf_counter()
    await asyncio.gather(*people)
    return time.perf_counter() - start


def _slowest(took: Took) -> float:
    return quantiles(took[:-1], n=100)[98]


def _table(ours: list[Took], peer: list[Took]) -> str:
    """What the ratios were made of: of each side the median of its rounds."""
    rows = ["| | messages a second | median | 99th percentile |", "|---|---|---|---|"]
    for name, rounds in (("reference, with bot and pushes", ours), ("bare ASGI + SQLite", peer)):
        rate = median((len(took) - 1) / took[-1] for took in rounds)
        middle = median(median(took[:-1]) for took in rounds)
        slow = median(_slowest(took) for took in rounds)
        rows.append(f"| {name} | {rate:,.0f} | {middle * 1000:,.0f} ms | {slow * 1000:,.0f} ms |")
    return "\n".join(rows) + "\n"
