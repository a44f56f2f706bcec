"""What one caller may cost: every body is bounded, on every route, before it is read."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from harness.reference.operations.organisations import World
from tests.reference.prey import Hunt, Way
from tests.reference.site import Client

REFERENCE = Path(__file__).parents[2] / "harness" / "reference"
READS = re.compile(r"request\.(json|body|form|stream)\(")
HUGE = {"content-length": str(10**12), "content-type": "application/json"}
"""What a body says of itself; none comes, so that whoever reads first and asks later hangs."""


@pytest.fixture(scope="module")
def hunt(served: tuple[Client, World]) -> Hunt:
    return Hunt(*served)


def test_an_announced_giant_is_refused_on_every_route(hunt: Hunt, routes: list[Way]) -> None:
    """A call that needs no body may go through; the one that has a limit says so."""
    bodies = [way for way in routes if way.method in ("POST", "PUT", "PATCH")]
    found: Counter[int] = Counter()
    for owner in hunt.owners():
        for way in bodies:
            for address in hunt.alpha.addresses(way, owner):
                headers = owner.sends(address) | HUGE
                answer = hunt.client.request(way.method, address, headers=headers)
                assert answer.status_code < 500, (address, answer.text)
                found[answer.status_code] += 1
    assert found[413] > 100, found


def test_every_body_is_read_within_bounds() -> None:
    read = [path.name for path in REFERENCE.rglob("*.py") if READS.search(path.read_text("utf-8"))]
    assert read == ["bodies.py"]
