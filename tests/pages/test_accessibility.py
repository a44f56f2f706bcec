"""What every page owes to those who cannot see it or use no mouse: a look at names and order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from harness.actors.customer import Customer
from harness.actors.operator import Operator
from harness.errors import Refused
from harness.pages.browser import Window
from harness.pages.portal import MakerPage
from harness.pages.site import SitePage
from harness.pages.workspace import AgentPage
from harness.protocol.conversations import Generation, Presence
from harness.protocol.organisations import Organisation
from tests.pages.conftest import account, place

PAGES = {
    "inbox": ("Ben", "workspace", ""),
    "ongoing": ("Sam", "workspace", "/ongoing"),
    "bots": ("Mia", "portal", ""),
    "bot": ("Mia", "portal", "/bots/{bot}"),
    "topics": ("Mia", "portal", "/bots/{bot}/topics"),
    "topic": ("Mia", "portal", "/bots/{bot}/topic?name=Greeting"),
    "blank topic": ("Mia", "portal", "/bots/{bot}/topic"),
    "code": ("Mia", "portal", "/bots/{bot}/topic?name=Greeting&view=code"),
    "test": ("Mia", "portal", "/bots/{bot}/test"),
    "transfers": ("Mia", "portal", "/bots/{bot}/settings/agent-transfers?tile=omnichannel"),
    "settings": ("Mia", "portal", "/bots/{bot}/settings"),
    "application": ("Mia", "portal", "/bots/{bot}/settings/agent-transfers/application"),
    "admin": ("Olga", "admin", ""),
    "entry": ("Olga", "admin", "/bots/{bot}"),
    "environments": ("Pia", "platform", ""),
    "environment": ("Pia", "platform", "/environments/{environment}"),
    "users": ("Pia", "platform", "/users"),
    "user": ("Pia", "platform", "/users/Noah"),
    "applications": ("Mia", "azure", ""),
    "power apps": ("Mia", "power-apps", ""),
    "solutions": ("Mia", "power-apps", "/environments/{environment}/solutions"),
}

FLAWS = """() => {
  const flaws = [];
  const named = (it) => it.textContent.trim() || it.ariaLabel || it.title
    || [...(it.labels ?? [])].some((label) => label.textContent.trim());
  const used = 'a, button, input:not([type=hidden]), textarea, select';
  for (const it of document.querySelectorAll(used))
    if (!named(it)) flaws.push(`no name: ${it.outerHTML}`);
  for (const it of document.querySelectorAll('[aria-labelledby]'))
    if (!document.getElementById(it.getAttribute('aria-labelledby'))) flaws.push(it.outerHTML);
  for (const it of document.querySelectorAll('img:not([alt])')) flaws.push(it.outerHTML);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) flaws.push(`twice: #${id}`);
  const levels = [...document.querySelectorAll('h1, h2, h3')].map((it) => Number(it.tagName[1]));
  if (levels.filter((level) => level === 1).length > 1) flaws.push('more than one h1');
  return flaws;
}"""

SKIPPED = """() => [...document.querySelectorAll('h1, h2, h3, h4')]
  .filter((it, i, all) => Number(it.tagName[1]) > Number(all[i - 1]?.tagName[1] ?? 0) + 1)
  .map((it) => it.outerHTML)"""
"""Headings that stand more than one level below the one before."""

CONTRAST = """() => {
  const shade = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const colour = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (it) => {
    for (; it; it = it.parentElement) {
      const found = colour(getComputedStyle(it).backgroundColor);
      if (found.length < 4 || found[3] > 0.99) return found;
    }
    return [255, 255, 255];
  };
  const flaws = [];
  for (const it of document.querySelectorAll('body *')) {
    const own = [...it.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !it.checkVisibility()) continue;
    const [a, b] = [shade(colour(getComputedStyle(it).color)), shade(ground(it))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) flaws.push(`${ratio.toFixed(2)}: ${it.outerHTML.slice(0, 120)}`);
  }
  return flaws;
}"""


def _flaws(page: Page) -> list[str]:
    names: list[str] = page.evaluate(FLAWS)
    contrasts: list[str] = page.evaluate(CONTRAST)
    return names + contrasts


@pytest.mark.parametrize("which", PAGES)
def test_a_page_names_its_parts(
    window: Callable[[], Window], organisation: Organisation, which: str
) -> None:
    name, site, path = PAGES[which]
    shown = SitePage(window(), place(organisation, site), account(organisation, name))
    shown.opens(path.format(bot=organisation.bot, environment=organisation.environment))
    page = shown.page
    assert _flaws(page) == []
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


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
    assert _flaws(page) == []
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
    assert _flaws(page) == []
    page.get_by_role("button", name="Call").click()
    expect(page.get_by_role("log", name="What happened")).to_contain_text("Spoken")
    assert _flaws(page) == []
    page.get_by_role("button", name="Hang up").click()
    expect(page.get_by_role("region", name="Call")).to_contain_text("Ended")


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
    assert _flaws(mia.page) == []
    assert mia.page.evaluate(SKIPPED) == []
    mia.page.set_viewport_size({"width": 320, "height": 640})
    assert mia.page.evaluate(BESIDE) == []
    assert mia.page.evaluate(SPILLED) == []


BESIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('main *')]
    .filter((it) => it.getBoundingClientRect().right > innerWidth)
    .map((it) => it.outerHTML.slice(0, 120))"""
"""What stands beside a narrow page, so that it has to be pushed sideways."""

SPILLED = """() => [...document.querySelectorAll('.card:not(.wide)')].flatMap((card) => {
  const edge = card.getBoundingClientRect().right - parseFloat(getComputedStyle(card).paddingRight);
  return [...card.querySelectorAll('*')]
    .filter((it) => it.getBoundingClientRect().right > edge + 1)
    .map((it) => it.outerHTML.slice(0, 120));
})"""
"""What of a card stands in its margin, or over its border."""


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
    assert _flaws(page) == []


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
