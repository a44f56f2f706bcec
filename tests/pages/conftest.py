"""One reference and one browser for the folder, an organisation for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from harness.actors.customer import Customer
from harness.actors.operator import Operator
from harness.pages.admin import AdministratorPage
from harness.pages.browser import Browser, Window
from harness.pages.portal import MakerPage
from harness.pages.workspace import AgentPage, SupervisorPage
from harness.protocol.conversations import Generation
from harness.protocol.organisations import Account, Organisation
from harness.target import Target, load


@pytest.fixture(scope="session")
def target() -> Iterator[Target]:
    target = load("reference")
    target.start()
    target.ready()
    yield target
    target.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # No longer than that: while Playwright runs, no other test can run an event loop.
    browser = Browser(trace=False)
    yield browser
    browser.close()


@pytest.fixture
def operator(target: Target) -> Operator:
    return Operator(target.client, target.address()["control"])


@pytest.fixture
def founded(operator: Operator) -> Iterator[Callable[..., Organisation]]:
    """Founds an organisation: `founded(Generation.CLASSIC)`, with the keys of a plan."""
    made = []

    def found(generation: Generation = Generation.WEB_APP, **plan: object) -> Organisation:
        made.append(operator.makes_organisation(generation, (), **plan))
        return made[-1]

    yield found
    for organisation in made:
        operator.removes(organisation.id)


@pytest.fixture
def organisation(founded: Callable[..., Organisation]) -> Organisation:
    return founded()


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[[], Window]]:
    """Opens a window with nobody's cookies."""
    opened = []

    def opens() -> Window:
        opened.append(browser.open())
        return opened[-1]

    yield opens
    for each in opened:
        each.close()


def account(organisation: Organisation, name: str) -> Account:
    """Somebody of the cast, who has an account."""
    found = organisation.account(name)
    assert found is not None
    return found


def place(organisation: Organisation, site: str) -> str:
    """Where a site of the organisation is."""
    return f"{organisation.url}/{site}/{organisation.id}"


@pytest.fixture
def ben(window: Callable[[], Window], organisation: Organisation) -> AgentPage:
    return AgentPage(window(), place(organisation, "workspace"), account(organisation, "Ben"))


@pytest.fixture
def sam(window: Callable[[], Window], organisation: Organisation) -> SupervisorPage:
    return SupervisorPage(window(), place(organisation, "workspace"), account(organisation, "Sam"))


@pytest.fixture
def mia(window: Callable[[], Window], organisation: Organisation) -> MakerPage:
    who = account(organisation, "Mia")
    return MakerPage(window(), place(organisation, "portal"), who, organisation.bot)


@pytest.fixture
def olga(window: Callable[[], Window], organisation: Organisation) -> AdministratorPage:
    who = account(organisation, "Olga")
    return AdministratorPage(window(), place(organisation, "admin"), who)


@pytest.fixture
def ada(target: Target, organisation: Organisation) -> Iterator[Customer]:
    customer = Customer(target.client, organisation.snippet, "Ada")
    yield customer
    customer.leaves()
