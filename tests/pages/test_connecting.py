"""Connecting on the portal's pages, in each generation: labels, order, refusals, keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Request, expect

from harness.errors import Refused
from harness.pages.admin import AdministratorPage
from harness.pages.browser import Window
from harness.pages.portal import MakerPage
from harness.protocol.conversations import Generation
from harness.protocol.organisations import Organisation
from harness.protocol.portal import ConnectionState
from tests.pages.conftest import account, place

PREVIEW, CLASSIC, WEB_APP = Generation
SERVICE = "Dynamics 365 Omnichannel for Customer Service"
ENGAGEMENT = "Dynamics 365 Omnichannel Customer Engagement"
WARNING = "Your bot doesn't have access to all the required variables and actions."
NOBODYS = "11111111-2222-4333-8444-555555555555"


class Portal:
    """Mia in the portal of one organisation, with a new bot beside the connected one."""

    def __init__(self, organisation: Organisation, window: Window) -> None:
        self.organisation = organisation
        self.generation = organisation.generation
        self.home, self.development = organisation.environments
        who = account(organisation, "Mia")
        self.mia = MakerPage(window, place(organisation, "portal"), who, organisation.bot)
        self.page = window.page

    def buttons(self) -> list[str]:
        """What can be pressed on the open pane, from top to bottom."""
        found = self.page.locator("#pane").locator("button, a, summary").filter(visible=True)
        return [each.strip() for each in found.all_inner_texts()]

    def shows(self) -> list[str]:
        self.mia.connection()
        return self.buttons()


@pytest.fixture
def portal(
    founded: Callable[..., Organisation], window: Callable[[], Window]
) -> Callable[..., Portal]:
    """Opens the portal of a generation; the keys of a plan say what is special about it."""

    def opens(generation: Generation, **plan: object) -> Portal:
        return Portal(founded(generation, **plan), window())

    return opens


def _new(portal: Portal) -> Portal:
    """With a new bot to work on."""
    portal.mia.makes_bot("Second Helper")
    return portal


def _begun(portal: Portal) -> Portal:
    """With a new bot whose connection was begun."""
    _new(portal).mia.enables()
    return portal


CHOOSE = "See the environment this bot is connected to"
REGISTER = "See how to register a new Application ID"

OFFERED = {
    PREVIEW: [
        ["Next"],
        ["How to find it", "Select", "Next"],
        ["How to find it", "Select", "Next"],
        ["Go to Omnichannel", "Disconnect"],
        ["Next"],
    ],
    CLASSIC: [
        ["Enable"],
        [CHOOSE, REGISTER, "Add your bot"],
        [CHOOSE, REGISTER, "Add your bot"],
        ["View details in Omnichannel", "Refresh", "Disable", "Disconnect bot", "Enable voice"],
        [CHOOSE, REGISTER, "Add your bot"],
    ],
    WEB_APP: [["Connect"], ["View in Omnichannel", "Disconnect"], ["Connect"]],
}
"""What the pane offers: new, begun, environment chosen, connected, disconnected."""


@pytest.mark.parametrize("generation", Generation)
def test_the_pane_offers_what_comes_next(
    portal: Callable[..., Portal], generation: Generation
) -> None:
    opened = _new(portal(generation))
    mia = opened.mia
    seen = [opened.shows()]
    if generation is not WEB_APP:
        mia.enables()
        seen.append(opened.shows())
        mia.chooses_environment(opened.home.id)
        seen.append(opened.shows())
    mia.connects()
    seen.append(opened.shows())
    mia.disconnects()
    seen.append(opened.shows())
    assert seen == OFFERED[generation]


@pytest.mark.parametrize(
    ("generation", "menu", "tiles"),
    [
        (PREVIEW, "Transfer to agent", [SERVICE, ENGAGEMENT]),
        (CLASSIC, "Agent transfers", ["Omnichannel"]),
        (WEB_APP, "Agent transfers", ["Omnichannel"]),
    ],
)
def test_settings_lead_to_the_tiles(
    portal: Callable[..., Portal], generation: Generation, menu: str, tiles: list[str]
) -> None:
    opened = portal(generation)
    opened.mia.opens(f"/bots/{opened.organisation.bot}")
    for label in ("Settings", menu):
        opened.page.get_by_role("link", name=label, exact=True).click()
    expect(opened.page.get_by_role("heading", level=1)).to_have_text(menu)
    shown = opened.page.locator("[data-tile]")
    expect(shown).to_have_text(tiles)
    shown.last.click()
    expect(opened.page.get_by_role("region", name=tiles[-1])).to_contain_text("Disconnect")


def test_the_preview_asks_for_the_application_after_the_privacy_notice(
    portal: Callable[..., Portal],
) -> None:
    opened = _new(portal(PREVIEW))
    opened.mia.opens_pane()
    caution = opened.page.locator("[data-notice=privacy]")
    expect(caution).to_contain_text("data sovereignty")
    expect(opened.page.get_by_label("Application (client) ID")).to_have_count(0)
    with pytest.raises(Refused, match="PrivacyNotAcknowledged"):
        opened.mia.enables(acknowledged=False)
    expect(caution).to_be_visible()
    opened.mia.enables()
    expect(opened.page.get_by_label("Application (client) ID")).to_be_visible()


def test_the_web_app_asks_for_nothing(portal: Callable[..., Portal]) -> None:
    opened = _new(portal(WEB_APP))
    opened.mia.opens_pane()
    expect(opened.page.locator("#pane input, #pane select")).to_have_count(0)


def test_an_id_that_is_no_guid_is_never_sent(portal: Callable[..., Portal]) -> None:
    opened = _begun(portal(CLASSIC))
    opened.mia.chooses_environment(opened.home.id)
    sent: list[Request] = []
    opened.page.on("request", lambda request: sent.append(request))
    with pytest.raises(Refused) as refused:
        opened.mia.adds_bot("no-guid")
    assert (refused.value.status, refused.value.name) == (0, "ApplicationIdMalformed")
    assert [request for request in sent if request.method == "POST"] == []


@pytest.mark.parametrize("generation", [PREVIEW, CLASSIC])
def test_an_id_in_use_is_refused_where_it_was_written(
    portal: Callable[..., Portal], generation: Generation
) -> None:
    opened = portal(generation)
    taken = opened.mia.connection().application_id
    _begun(opened).mia.chooses_environment(opened.home.id)
    with pytest.raises(Refused, match="DuplicateBotAppId"):
        opened.mia.adds_bot(taken)
    alert = opened.page.get_by_role("alert")
    expect(alert).to_contain_text("1004 DuplicateBotAppId")
    expect(alert).to_contain_text("Alpine Helper")
    box = opened.page.get_by_label(re.compile("^Application"))
    expect(box).to_have_value(taken)
    opened.mia.connects(opened.mia.registers_application("Another"))
    assert opened.mia.connection().state is ConnectionState.CONNECTED


def test_selecting_keeps_the_id_that_was_written(portal: Callable[..., Portal]) -> None:
    page = _begun(portal(PREVIEW)).page
    page.get_by_label("Application (client) ID").fill(NOBODYS)
    page.get_by_label("Environment of").select_option(label="Production (Europe)")
    page.get_by_role("button", name="Select").click()
    expect(page.locator("#pane")).to_contain_text("goes to Omnichannel in Production")
    expect(page.get_by_label("Application (client) ID")).to_have_value(NOBODYS)


def test_enter_in_the_box_of_the_preview_goes_on(portal: Callable[..., Portal]) -> None:
    opened = _new(portal(PREVIEW))
    application = opened.mia.registers_application("By keyboard")
    opened.mia.enables()
    opened.page.get_by_label("Environment of").select_option(label="Production (Europe)")
    opened.page.get_by_label("Application (client) ID").fill(application)
    opened.page.keyboard.press("Enter")
    expect(opened.page.get_by_role("link", name="Go to Omnichannel")).to_be_visible()


def test_adding_needs_an_environment(portal: Callable[..., Portal]) -> None:
    opened = _begun(portal(CLASSIC))
    with pytest.raises(Refused, match="EnvironmentNotSelected"):
        opened.mia.adds_bot(NOBODYS)
    expect(opened.page.get_by_label("Application ID")).to_have_value(NOBODYS)


def test_an_environment_without_omnichannel_invites_to_a_trial(
    portal: Callable[..., Portal],
) -> None:
    opened = _begun(portal(CLASSIC))
    with pytest.raises(Refused, match="OmnichannelNotProvisioned"):
        opened.mia.chooses_environment(opened.development.id)
    trial = opened.page.locator("[data-notice=trial]")
    expect(trial).to_contain_text("Development")
    expect(trial.get_by_role("button", name="Begin a trial")).to_be_visible()
    opened.mia.begins_trial(opened.development.id)
    opened.mia.chooses_environment(opened.development.id)
    assert opened.mia.connection().environment_name == "Development"
    expect(opened.page.get_by_text("analytics will not be available")).to_be_visible()


def test_missing_extensions_are_told_above_everything(portal: Callable[..., Portal]) -> None:
    lacking = {"name": "Production", "omnichannel": True, "extensions": []}
    opened = _new(portal(CLASSIC, environments=[lacking, {"name": "Development"}]))
    assert opened.mia.connection().warnings == ()
    opened.mia.enables()
    first = opened.page.locator("#pane > *").first
    expect(first).to_contain_text(WARNING)
    expect(first).to_have_attribute("data-notice", "missingExtensions")
    opened.mia.connects()
    assert opened.mia.connection().state is ConnectionState.CONNECTED


def test_refresh_says_what_it_found(portal: Callable[..., Portal]) -> None:
    opened = portal(CLASSIC)
    opened.mia.refreshes()
    expect(opened.page.get_by_role("status")).to_contain_text("The connection works")
    opened.mia.sets_teams_channel(False)
    opened.mia.refreshes()
    expect(opened.page.get_by_role("status")).to_contain_text("The Teams channel is off")
    found = opened.mia.connection().verification
    assert found is not None
    assert not found.succeeded


def test_disable_and_enable(portal: Callable[..., Portal]) -> None:
    opened = portal(CLASSIC)
    before = opened.mia.connection()
    opened.mia.disables_connection()
    disabled = opened.mia.connection()
    assert disabled.state is ConnectionState.DISABLED
    assert disabled.application_user == before.application_user
    assert opened.buttons() == [
        *("View details in Omnichannel", "Enable", "Disconnect bot", "Enable voice")
    ]
    opened.mia.enables()
    assert opened.mia.connection() == before


def test_voice_is_a_switch(portal: Callable[..., Portal]) -> None:
    opened = portal(CLASSIC)
    opened.mia.opens_pane()
    switch = opened.page.get_by_role("switch", name="Enable voice")
    expect(switch).to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()


def test_an_old_connection_looks_as_if_there_were_none(portal: Callable[..., Portal]) -> None:
    opened = portal(CLASSIC, connected_on="2021-10-04T09:00:00Z")
    seen = opened.mia.connection()
    assert seen.legacy_display
    expect(opened.page.locator("#pane")).to_contain_text("Not configured")
    assert opened.buttons() == ["Enable"]
    opened.mia.enables()
    assert opened.mia.connection().state is ConnectionState.CONNECTED
    expect(opened.page.locator("#pane")).to_contain_text("Connected")


@pytest.mark.parametrize(
    ("generation", "link"),
    [
        (PREVIEW, "Go to Omnichannel"),
        (CLASSIC, "View details in Omnichannel"),
        (WEB_APP, "View in Omnichannel"),
    ],
)
def test_the_link_opens_the_bots_entry_for_the_same_person(
    portal: Callable[..., Portal], generation: Generation, link: str
) -> None:
    opened = portal(generation)
    opened.mia.opens_pane()
    opened.page.get_by_role("link", name=link, exact=True).click()
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Alpine Helper")
    details = opened.page.get_by_role("region", name="Connection details")
    expect(details).to_contain_text("Production")
    expect(details).to_contain_text("Connected")
    expect(opened.page.get_by_role("region", name="Workstreams")).to_contain_text("Push")
    expect(opened.page.get_by_text("Mia")).to_be_visible()


def test_classic_needs_no_mouse(portal: Callable[..., Portal]) -> None:
    opened = _new(portal(CLASSIC))
    application = opened.mia.registers_application("By keyboard")
    opened.mia.opens_pane()
    keyboard = opened.page.keyboard
    _reaches(opened, "Enable")
    with opened.page.expect_navigation():
        keyboard.press("Enter")
    _reaches(opened, CHOOSE)
    keyboard.press("Enter")
    _reaches(opened, "environment")
    keyboard.type("Production")
    _reaches(opened, "Select")
    with opened.page.expect_navigation():
        keyboard.press("Enter")
    _reaches(opened, "application_id")
    keyboard.type(application)
    with opened.page.expect_navigation():
        keyboard.press("Enter")
    expect(opened.page.get_by_role("button", name="Disconnect bot")).to_be_visible()


FOCUSED = """(wanted) => {
  const it = document.activeElement;
  const outlined = getComputedStyle(it).outlineStyle !== 'none';
  return (it.textContent.trim() === wanted || it.name === wanted) && outlined;
}"""


def _reaches(opened: Portal, wanted: str) -> None:
    """Presses Tab until that has the focus, and shows it."""
    for _ in range(40):
        if opened.page.evaluate(FOCUSED, wanted):
            return
        opened.page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by the keyboard")


# The admin centre


def test_an_administrator_changes_user_and_workstream(
    portal: Callable[..., Portal], window: Callable[[], Window]
) -> None:
    opened = portal(WEB_APP)
    organisation = opened.organisation
    olga = AdministratorPage(window(), place(organisation, "admin"), account(organisation, "Olga"))
    opened.mia.makes_bot("Second Helper")
    opened.mia.connects()
    second = opened.mia.works_on
    olga.assigns_bot(second)
    olga.assigns_bot(second)
    row = olga.page.locator('tr[data-workstream="Live chat"]')
    expect(row).to_contain_text("This bot")
    olga.disables(second)
    assert [user.disabled for user in olga.application_users()] == [False, True]
    olga.enables(second)
    olga.removes_user(second)
    assert [user.bot for user in olga.application_users()] == [organisation.bot]


def test_a_pull_workstream_says_that_no_bot_gets_its_chats(
    portal: Callable[..., Portal], window: Callable[[], Window]
) -> None:
    organisation = portal(WEB_APP, mode="Pick").organisation
    olga = AdministratorPage(window(), place(organisation, "admin"), account(organisation, "Olga"))
    olga.opens(f"/bots/{organisation.bot}")
    expect(olga.page.locator('tr[data-mode="Pick"]')).to_contain_text("No bot gets")


# The lists


def test_bots_are_listed_by_fifty_and_searched(portal: Callable[..., Portal]) -> None:
    bots = [{"name": f"Helper {number:03}"} for number in range(60)]
    opened = portal(WEB_APP, bots=bots)
    opened.mia.opens("/bots")
    page = opened.page
    tiles = page.locator(".tile")
    expect(tiles).to_have_count(50)
    page.get_by_role("link", name="Next page").click()
    expect(tiles).to_have_count(11)
    page.get_by_label("Search bots by name").fill("helper 04")
    page.get_by_role("button", name="Search").click()
    expect(tiles).to_have_count(10)
    expect(page.get_by_role("link", name="Helper 042")).to_be_visible()
