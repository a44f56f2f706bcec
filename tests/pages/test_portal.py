"""The portal's and the admin centre's page objects against the running reference."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from harness.actors import maker
from harness.actors.customer import Customer
from harness.actors.session import Session
from harness.errors import Refused
from harness.pages.admin import AdministratorPage
from harness.pages.browser import Window
from harness.pages.portal import MakerPage
from harness.protocol import roles
from harness.protocol.conversations import Generation
from harness.protocol.organisations import Organisation
from harness.protocol.portal import ConnectionState
from harness.staging import topics
from harness.target import Target
from tests.pages.conftest import account, place

TOPIC = topics.on_phrase("tents", topics.says("Ours are <green> & dry."))


def _as_maker(page: MakerPage) -> roles.Maker:
    return page


def _as_administrator(page: AdministratorPage) -> roles.Administrator:
    return page


def test_disconnect_and_connect(mia: MakerPage, olga: AdministratorPage) -> None:
    before = mia.connection()
    assert before.state is ConnectionState.CONNECTED
    mia.disconnects()
    expect(mia.page.locator("#pane").get_by_text("Disconnected")).to_be_visible()
    [user] = olga.application_users()
    assert user.disabled
    mia.connects()
    assert mia.connection() == before
    [user] = olga.application_users()
    assert (user.disabled, user.bot) == (False, mia.works_on)
    assert user.security_roles == ("Omnichannel agent",)


def test_the_link_leads_to_the_bots_entry(mia: MakerPage) -> None:
    link = mia.connection().view_url
    assert link.endswith(f"/bots/{mia.works_on}")
    mia.page.goto(f"{mia.place}/bots/{mia.works_on}/settings/agent-transfers?tile=omnichannel")
    expect(mia.page.get_by_role("link", name="View in Omnichannel")).to_have_attribute("href", link)


def test_a_refused_connect_says_why(mia: MakerPage) -> None:
    mia.makes_bot("x" * 31)
    with pytest.raises(Refused) as refused:
        mia.connects()
    assert (refused.value.status, refused.value.code) == (400, None)
    assert refused.value.name == "BotNameTooLong"
    expect(mia.page.get_by_role("alert")).to_contain_text("The bot was not connected")
    assert mia.connection().state is ConnectionState.NOT_CONFIGURED
    mia.renames_bot("x" * 30)
    mia.connects()
    assert mia.bot().connection.state is ConnectionState.CONNECTED


def test_a_bot_of_another_environment(mia: MakerPage, organisation: Organisation) -> None:
    [_, development] = organisation.environments
    mia.makes_bot("Wanderer")
    mia.moves_bot(development.id)
    with pytest.raises(Refused, match="EnvironmentMismatch"):
        mia.connects()


def test_manual_authentication_is_switched(mia: MakerPage) -> None:
    for on in (True, True, False):
        mia.sets_manual_authentication(on)
        switch = mia.page.get_by_role("switch", name="Manual authentication")
        assert switch.is_checked() is on


def test_topics_are_written_published_and_deleted(mia: MakerPage) -> None:
    mia.makes_bot("Apprentice")
    assert not mia.bot().published
    mia.writes_topic("Tents", TOPIC)
    [tents] = [topic for topic in mia.topics() if topic.name == "Tents"]
    assert (tents.trigger, tents.content) == ("OnRecognizedIntent", TOPIC)
    mia.publishes()
    assert mia.bot().published
    mia.writes_topic("Tents", TOPIC.replace("dry", "dry, always"))
    mia.deletes_topic("Tents")
    assert "Tents" not in [topic.name for topic in mia.topics()]


def test_a_topic_that_cannot_be_read_is_not_lost(mia: MakerPage) -> None:
    with pytest.raises(Refused, match="TopicInvalid"):
        mia.writes_topic("Tents", "kind: Nonsense\nbeginDialog: 1\n")
    expect(mia.page.get_by_label("YAML")).to_have_value("kind: Nonsense\nbeginDialog: 1\n")
    expect(mia.page.get_by_label("Name", exact=True)).to_have_value("Tents")


def test_who_lacks_a_role_is_told(window: Callable[[], Window], organisation: Organisation) -> None:
    noah = account(organisation, "Noah")
    page = MakerPage(window(), place(organisation, "portal"), noah, organisation.bot)
    with pytest.raises(Refused) as refused:
        page.disconnects()
    assert (refused.value.status, refused.value.name) == (403, "InsufficientRole")


@pytest.mark.parametrize(
    ("generation", "menu", "tile", "link"),
    [
        (
            Generation.PREVIEW,
            "Transfer to agent",
            "Dynamics 365 Omnichannel for Customer Service",
            "Go to Omnichannel",
        ),
        (Generation.CLASSIC, "Agent transfers", "Omnichannel", "View details in Omnichannel"),
        (Generation.WEB_APP, "Agent transfers", "Omnichannel", "View in Omnichannel"),
    ],
)
def test_each_generation_uses_its_own_words(
    founded: Callable[..., Organisation],
    window: Callable[[], Window],
    generation: Generation,
    menu: str,
    tile: str,
    link: str,
) -> None:
    organisation = founded(generation)
    mia = account(organisation, "Mia")
    page = MakerPage(window(), place(organisation, "portal"), mia, organisation.bot)
    assert page.connection().state is ConnectionState.CONNECTED
    assert page.bot().generation is generation
    page.opens(f"/bots/{organisation.bot}/settings/agent-transfers?tile=omnichannel")
    expect(page.page.get_by_role("heading", name=menu, level=1)).to_be_visible()
    expect(page.page.get_by_role("region", name=tile)).to_be_visible()
    expect(page.page.get_by_role("link", name=link)).to_be_visible()


def test_the_analytics_page_says_what_the_interface_says(
    mia: MakerPage, ada: Customer, target: Target, organisation: Organisation
) -> None:
    ada.starts_chat()
    ada.says("talk to agent")
    session = Session(target.client, place(organisation, "portal"), account(organisation, "Mia"))
    actor = maker.Maker(session, mia.works_on)
    assert mia.sessions() == list(actor.sessions())
    assert mia.analytics() == actor.analytics()
    assert mia.analytics().escalated == 1
    expect(mia.page.get_by_text("Escalated", exact=True).first).to_be_visible()
