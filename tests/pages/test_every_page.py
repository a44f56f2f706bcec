"""Every page of the reference, as it is loaded, to those who cannot see it or use no mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect
from starlette.routing import Match, Route

from harness.pages.browser import Window
from harness.pages.site import SitePage
from harness.protocol.organisations import Organisation
from harness.reference.operations.notifications import Silence
from harness.reference.operations.organisations import World
from harness.reference.store.sqlite import SqliteStore
from harness.reference.web import pages
from tests.pages.barriers import barriers, sticking_out
from tests.pages.conftest import account

PAGES = {
    "inbox": ("Ben", "/workspace/{org}"),
    "ongoing": ("Sam", "/workspace/{org}/ongoing"),
    "portal": ("Mia", "/portal/{org}"),
    "bots": ("Mia", "/portal/{org}/bots"),
    "bot": ("Mia", "/portal/{org}/bots/{bot}"),
    "topics": ("Mia", "/portal/{org}/bots/{bot}/topics"),
    "topic": ("Mia", "/portal/{org}/bots/{bot}/topic?name=Greeting"),
    "blank topic": ("Mia", "/portal/{org}/bots/{bot}/topic"),
    "code": ("Mia", "/portal/{org}/bots/{bot}/topic?name=Greeting&view=code"),
    "test": ("Mia", "/portal/{org}/bots/{bot}/test"),
    "analytics": ("Mia", "/portal/{org}/bots/{bot}/analytics"),
    "settings": ("Mia", "/portal/{org}/bots/{bot}/settings"),
    "transfers": ("Mia", "/portal/{org}/bots/{bot}/settings/agent-transfers?tile=omnichannel"),
    "application": ("Mia", "/portal/{org}/bots/{bot}/settings/agent-transfers/application"),
    "admin": ("Olga", "/admin/{org}"),
    "chat widget": ("Olga", "/admin/{org}/chat-widget"),
    "after the chat": ("Olga", "/admin/{org}/after-the-chat"),
    "entry": ("Olga", "/admin/{org}/bots/{bot}"),
    "platform": ("Pia", "/platform/{org}"),
    "environments": ("Pia", "/platform/{org}/environments"),
    "environment": ("Pia", "/platform/{org}/environments/{environment}"),
    "users": ("Pia", "/platform/{org}/users"),
    "user": ("Pia", "/platform/{org}/users/Noah"),
    "applications": ("Mia", "/azure/{org}"),
    "registrations": ("Mia", "/azure/{org}/app-registrations"),
    "power apps": ("Mia", "/power-apps/{org}"),
    "power apps environment": ("Mia", "/power-apps/{org}/environments/{environment}"),
    "solutions": ("Mia", "/power-apps/{org}/environments/{environment}/solutions"),
}
"""Pages for those who sign in, by who does."""

OPEN = {
    "shop": "/shop/{org}",
    "unknown shop": "/shop/nobody",
    "phone": "/phone/{org}",
    "canvas": "/environments/{environment}/bots/{bot}/webchat",
}
"""Pages that nobody signs in to."""

ELSEWHERE = {
    "/workspace/{org}/conversations/{id}": "test_accessibility: a conversation",
    "/workspace/{org}/ongoing/{id}": "test_accessibility: a conversation that is overseen",
    "/portal/{org}/bots/{bot}/test/{talk}": "test_accessibility: a test of the bot",
    "/phone/{org}/calls/{id}": "test_accessibility: the phone",
    "/azure/{org}/app-registrations/{id}": "test_accessibility: a registration",
    "/power-apps/{org}/environments/{environment}/solutions/{solution}": "test_power_apps",
    "/power-apps/{org}/environments/{environment}/solutions/{solution}/components/{bot}/layers": (
        "test_power_apps"
    ),
    "/Pages/ResponsePage.aspx": "test_accessibility: the survey",
    "/token.botframework.com/api/oauth/signin": "tests/wire/test_signing_in",
    "/": "test_serve: the start page",
    "/shop/{org}/as/{name}": "test_serve: the shop for somebody",
}
"""Pages that need something to have happened, and which test makes it happen."""

NO_PAGES = (
    "/shop/{org}/as/{name}/token",
    "/shop/{org}/key",
    "/sign-in/{token}",
    "/portal/{org}/pass",
    "/webchat/webchat.js",
    "/workspace/{org}/conversations/{id}/files/{file}",
    "/workspace/{org}/ongoing/{id}/files/{file}",
    "/power-apps/{org}/environments/{environment}/solutions/{solution}/export",
)
"""What leads elsewhere, or is a file."""


def _filled(path: str, organisation: Organisation) -> str:
    ids = {"org": organisation.id, "bot": organisation.bot}
    return path.format(**ids, environment=organisation.environment)


@pytest.mark.parametrize("which", PAGES)
def test_a_page_bars_nobody(
    window: Callable[[], Window], organisation: Organisation, which: str
) -> None:
    name, path = PAGES[which]
    shown = SitePage(window(), organisation.url, account(organisation, name))
    shown.opens(_filled(path, organisation))
    page = shown.page
    assert barriers(page) == []
    assert sticking_out(page) == []
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


@pytest.mark.parametrize("which", OPEN)
def test_an_open_page_bars_nobody(
    window: Callable[[], Window], organisation: Organisation, which: str
) -> None:
    page = window().page
    page.goto(f"{organisation.url}{_filled(OPEN[which], organisation)}")
    assert barriers(page) == []
    assert sticking_out(page) == []


@pytest.fixture
def world() -> Iterator[World]:
    store = SqliteStore()
    yield World(store, Silence(), "https://127.0.0.1:1")
    store.close()


def test_no_page_is_forgotten(world: World) -> None:
    looked_at = [path.partition("?")[0] for _, path in PAGES.values()] + list(OPEN.values())
    shown = [
        route
        for route in pages.routes(world, demo=True)
        if isinstance(route, Route) and "POST" not in (route.methods or ())
    ]
    forgotten = [
        route.path
        for route in shown
        if route.path not in (*ELSEWHERE, *NO_PAGES)
        and not any(_leads(route, path) for path in looked_at)
    ]
    assert not forgotten, "\n".join(forgotten)


def _leads(route: Route, path: str) -> bool:
    scope = {"type": "http", "method": "GET", "path": path}
    return route.matches(scope)[0] is Match.FULL
