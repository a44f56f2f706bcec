"""What a step may ask for by name: `cast`, `fake`, `target`; imported when first used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from harness.cast import Cast
from harness.protocol.conversations import Generation
from harness.target import Target

if TYPE_CHECKING:
    from faker import Faker

    from harness.pages.browser import Browser


@pytest.fixture
def target(request: pytest.FixtureRequest) -> Target:
    """The target of the scenario, ready: the run's, or one with a fault of the whole process."""
    found: Target = request.node.target
    found.ready()
    return found


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The worker's one browser; its process starts with the first window.

    With the reference it reaches this machine and nothing else, under the product's names, too; a
    deployment is elsewhere.
    """
    from harness.engine.session import TARGET  # noqa: PLC0415  (start-up)
    from harness.pages.browser import LOCAL, Browser  # noqa: PLC0415

    judged = request.config.stash[TARGET]
    deployed = judged.kind == "deployment"
    place = urlsplit("" if deployed else judged.ready()["url"]).netloc
    browser = Browser(hosts=None if deployed else LOCAL, stands_in=place)
    yield browser
    browser.close()


@pytest.fixture
def cast(request: pytest.FixtureRequest, target: Target) -> Iterator[Cast]:
    """The people of the scenario; the engine keeps the evidence of what they do and see."""
    from harness.expect.eventually import delivery  # noqa: PLC0415  (start-up)

    node: Any = request.node
    # Under a fault most of the time is spent on waiting for what never comes: half must do.
    deviates = node.faults or node.process_faults
    patience = target.waits.delivery / 2 if deviates else target.waits.delivery
    bound = delivery.set(patience)
    people = Cast(
        target,
        Generation(node.generation or target.generation),
        node.driver,
        node.faults,
        browser=lambda: request.getfixturevalue("chromium"),
        evidence=node.recorder,
    )
    yield people
    people.leaves()
    delivery.reset(bound)


@pytest.fixture
def fake(request: pytest.FixtureRequest) -> Faker:
    """Invented details that no sentence says; the same for one seed and scenario, in any order."""
    from faker import Faker  # noqa: PLC0415  (0.26 s: only for scenarios that need it)

    from harness.engine.session import SEED  # noqa: PLC0415

    invented = Faker("en_GB")
    invented.seed_instance(f"{request.config.stash[SEED]} {request.node.nodeid}")
    return invented
