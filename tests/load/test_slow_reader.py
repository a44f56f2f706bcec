"""A page that stops reading in the middle: nobody waits for it, and it loses nothing."""

from __future__ import annotations

import asyncio
from typing import Any

from benchmarks.crowd import Customer, Line, Server
from benchmarks.reference import REFERENCE, started
from tests.load.ledger import Book, findings

LARGE = "opening hours " + "x" * 20_000
MANY = 150
"""Large messages: three megabytes, more than the buffers of both ends hold."""


async def scene(ready: dict[str, Any]) -> list[str]:
    server = Server(ready)
    control = Line(server)
    made = await control.ask("POST", "/control/organisations", {"generation": "web-app"})
    slow, quick = (Customer(server, made["widget"], name) for name in ("slow", "quick"))
    await asyncio.gather(slow.arrives(), quick.arrives())
    slow.reads.clear()
    for _ in range(MANY):
        await slow.says(LARGE)
        await quick.says("opening hours")
        await quick.has_heard(quick.said[-1][0])
    heard = len(slow.told)
    slow.reads.set()
    found = [] if heard < MANY else ["it had read everything all along"]
    for customer in (slow, quick):
        thread = await customer.fetches()
        await customer.has_heard(int(thread[-1]["id"]))
        found += findings(Book(customer, thread))
        await customer.leaves()
    control.cut()
    return found


def test_a_page_that_does_not_read_holds_nobody_up_and_loses_nothing() -> None:
    with started(REFERENCE) as ready:
        assert asyncio.run(scene(ready)) == []
