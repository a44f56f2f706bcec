"""What every page of ours owes to those who cannot see it or use no mouse (decision 0018)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from harness.actors.customer import Customer
from harness.actors.operator import Operator
from harness.errors import Refused
from harness.expect import customers
from harness.pages.browser import Window
from harness.pages.portal import MakerPage
from harness.pages.site import SitePage
from harness.pages.workspace import AgentPage, SupervisorPage
from harness.protocol.conversations import Generation, Presence
from harness.protocol.organisations import Organisation
from harness.target import Target
from tests.pages.barriers import barriers, sticking_out
from tests.pages.conftest import account, place


@pytest.fixture
def talking(ben: AgentPage, ada: Customer) -> AgentPage:
    """Ben before a conversation that he has accepted."""
    ben.sets_presence(Presence.AVAILABLE)
    ada.starts_chat()
    ada.says("talk to agent")
    ben.accepts(ada.conversation_id())
    expect(ben.page.get_by_role("log", name="Transcript")).to_be_visible()
    return ben


def test_a_conversation_names_its_parts(talking: AgentPage) -> None:
    page = talking.page
    assert barriers(page) == []
    for role, name in (
        ("region", "Conversation with"),
        ("complementary", "About this conversation"),
        ("navigation", "My conversations"),
        ("region", "Private message from the bot"),
        ("region", "Context variables"),
    ):
        expect(page.get_by_role(role, name=name)).to_be_visible()  # type: ignore[arg-type]


def test_the_phone_names_its_parts(
    window: Callable[[], Window], founded: Callable[..., Organisation]
) -> None:
    classic = founded(Generation.CLASSIC)
    page = window().page
    page.goto(place(classic, "phone"))
    assert barriers(page) == []
    page.get_by_role("button", name="Call").click()
    expect(page.get_by_role("log", name="What happened")).to_contain_text("Spoken")
    assert barriers(page) == []
    page.get_by_role("button", name="Hang up").click()
    expect(page.get_by_role("region", name="Call")).to_contain_text("Ended")


def test_a_conversation_that_is_overseen_bars_nobody(
    talking: AgentPage, sam: SupervisorPage, ada: Customer
) -> None:
    sam.opens(f"/ongoing/{ada.conversation_id()}")
    assert barriers(sam.page) == []
    assert sticking_out(sam.page) == []


def test_a_test_of_the_bot_bars_nobody(mia: MakerPage, organisation: Organisation) -> None:
    mia.opens(f"/bots/{organisation.bot}/test")
    mia.page.get_by_role("button", name="Start").click()
    mia.page.get_by_label("Message to the bot").fill("return a parcel")
    mia.page.get_by_role("button", name="Send").click()
    expect(mia.page.get_by_role("log")).to_contain_text("return a parcel")
    assert barriers(mia.page) == []
    assert sticking_out(mia.page) == []


def test_a_registration_bars_nobody(
    window: Callable[[], Window], founded: Callable[..., Organisation]
) -> None:
    organisation = founded(Generation.CLASSIC)
    azure = SitePage(window(), place(organisation, "azure"), account(organisation, "Mia"))
    azure.opens("/app-registrations")
    azure.page.get_by_role("main").get_by_role("link").first.click()
    expect(azure.page.get_by_role("heading", level=1)).to_be_visible()
    assert barriers(azure.page) == []
    assert sticking_out(azure.page) == []


@pytest.fixture
def surveyed(founded: Callable[..., Organisation]) -> Organisation:
    """An organisation that sends its customers a link to a survey."""
    return founded(widget={"survey": {"mode": "link"}})


def test_a_survey_bars_nobody(
    window: Callable[[], Window], target: Target, surveyed: Organisation
) -> None:
    ben = AgentPage(window(), place(surveyed, "workspace"), account(surveyed, "Ben"))
    ben.sets_presence(Presence.AVAILABLE)
    ada = Customer(target.client, surveyed.snippet, "Ada")
    ada.starts_chat()
    ada.says("talk to agent")
    ben.accepts(ada.conversation_id())
    ben.ends(ada.conversation_id())
    customers.sees_line(ada, "https://")
    link = re.search(r"https://\S+", " ".join(line.text for line in ada.transcript()))
    assert link
    ada.leaves()
    page = window().page
    page.goto(link[0])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert barriers(page) == []
    assert sticking_out(page) == []


def _begun(mia: MakerPage) -> None:
    mia.makes_bot("Second Helper")
    mia.enables()


def _refused(mia: MakerPage) -> None:
    """An environment without Omnichannel, an id that nobody has: a refusal and an invitation."""
    _begun(mia)
    development = mia.page.locator("option", has_text="Development").get_attribute("value")
    with pytest.raises(Refused):
        mia.chooses_environment(development or "")


STATES = {
    "connected": lambda mia: mia.opens_pane(),
    "begun": _begun,
    "refused": _refused,
    "disconnected": lambda mia: mia.disconnects(),
}


@pytest.mark.parametrize("generation", Generation)
@pytest.mark.parametrize("state", STATES)
def test_the_pane_names_its_parts(
    window: Callable[[], Window],
    founded: Callable[..., Organisation],
    generation: Generation,
    state: str,
) -> None:
    organisation = founded(generation)
    who = account(organisation, "Mia")
    mia = MakerPage(window(), place(organisation, "portal"), who, organisation.bot)
    if generation is Generation.WEB_APP and state in ("begun", "refused"):
        mia.makes_bot("A name of more than thirty letters")
        with pytest.raises(Refused):
            mia.connects()
    else:
        STATES[state](mia)
    assert barriers(mia.page) == []
    assert sticking_out(mia.page) == []


OPENED = {
    "menus": ("New topic",),
    "trigger": ("Edit", "Select a variable", "System", "Activity.Channel"),
    "node": ("Send a message",),
    "warning": ("Inactivity",),
}


@pytest.mark.parametrize("which", OPENED)
def test_what_the_topic_editor_opens_names_its_parts(mia: MakerPage, which: str) -> None:
    page = mia.page
    mia.opens_topic("Session Timeout")
    for label in OPENED[which]:
        page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
        found = page.get_by_role("button", name=label, exact=True)
        if found.count():
            found.first.click()
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    assert barriers(page) == []


def test_accepting_and_writing_need_no_mouse(ben: AgentPage, ada: Customer) -> None:
    ben.sets_presence(Presence.AVAILABLE)
    ada.starts_chat()
    ada.says("talk to agent")
    page = ben.page
    accept = page.get_by_role("button", name="Accept")
    accept.focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("Message to the customer")
    expect(box).to_be_visible()
    for _ in range(20):
        if box.evaluate("(box) => box === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("By keyboard alone")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text("By keyboard alone")).to_be_visible()


def test_the_countdown_keeps_focus_where_it_is(
    ben: AgentPage, ada: Customer, operator: Operator, organisation: Organisation
) -> None:
    ben.sets_presence(Presence.AVAILABLE)
    ada.starts_chat()
    ada.says("talk to agent")
    accept = ben.page.get_by_role("button", name="Accept")
    accept.focus()
    operator.advances(organisation.id, timedelta(seconds=15))
    expect(ben.page.get_by_role("timer")).to_have_text("1:45")
    expect(accept).to_be_focused()
