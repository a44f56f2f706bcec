"""The Power Platform admin centre and the Azure portal against the running reference."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from harness.actors import maker, platform
from harness.actors.session import Session
from harness.errors import Refused
from harness.pages.browser import Window
from harness.pages.platform import PlatformPage
from harness.pages.portal import MakerPage
from harness.protocol import roles
from harness.protocol.organisations import Organisation
from harness.target import Target
from tests.pages.conftest import account, place

TELEPHONY = "Power Virtual Agents telephony extension"
OMNICHANNEL = "Omnichannel Power Virtual Agents extension"
VOICE = "Omnichannel Voice Power Virtual Agents extension"


@pytest.fixture
def pia(window: Callable[[], Window], organisation: Organisation) -> PlatformPage:
    return PlatformPage(window(), place(organisation, "platform"), account(organisation, "Pia"))


@pytest.fixture
def actor(target: Target, organisation: Organisation) -> platform.Platform:
    """Pia over the wire: what she sees must be what the page shows."""
    surface = place(organisation, "platform")
    return platform.Platform(Session(target.client, surface, account(organisation, "Pia")))


def _as_platform(page: PlatformPage, actor: platform.Platform) -> list[roles.Platform]:
    return [page, actor]


def test_page_and_interface_agree(pia: PlatformPage, actor: platform.Platform) -> None:
    assert pia.environments() == actor.environments()
    assert pia.people() == actor.people()


def test_an_environment_is_made_and_changed(pia: PlatformPage, actor: platform.Platform) -> None:
    north = pia.makes_environment("North & <far>", "Canada")
    with_desk = pia.makes_environment("South", "Antarctica", omnichannel=True)
    pia.changes_environment(north, name="Far North", region="India", omnichannel=True)
    pia.changes_environment(with_desk, omnichannel=False, licences=["Power Virtual Agents"])
    assert pia.environments() == actor.environments()
    known = {each.id: each for each in actor.environments()}
    assert (known[north].name, known[north].region) == ("Far North", "India")
    assert len(known[north].licences) == 3
    assert known[with_desk].region == "Antarctica"
    assert not known[with_desk].omnichannel
    assert known[with_desk].licences == ("Power Virtual Agents",)


def test_extensions_obey_their_order(pia: PlatformPage) -> None:
    home = pia.environments()[0].id
    with pytest.raises(Refused) as refused:
        pia.removes_extension(TELEPHONY, home)
    assert (refused.value.status, refused.value.name) == (409, "InstallOrder")
    expect(pia.page.get_by_role("alert")).to_contain_text(f"{VOICE} needs {TELEPHONY}")
    for extension in (VOICE, TELEPHONY, OMNICHANNEL):
        pia.removes_extension(extension, home)
    assert pia.environments()[0].extensions == ()
    pia.installs(OMNICHANNEL, home)
    with pytest.raises(Refused, match="InstallOrder"):
        pia.installs(VOICE, home)
    pia.installs(TELEPHONY, home)
    pia.installs(VOICE, home)
    assert pia.environments()[0].extensions == (TELEPHONY, OMNICHANNEL, VOICE)


def test_roles_are_given(pia: PlatformPage) -> None:
    pia.gives_roles("Noah", ("OC_Admin", "Bot Author"))
    assert set(pia.people()["Noah"]) == {"OC_Admin", "Bot Author"}
    pia.gives_roles("Noah", ())
    assert pia.people()["Noah"] == ()
    expect(pia.page.get_by_role("row", name="Noah")).to_contain_text("None")


def test_a_refused_environment_keeps_what_was_written(pia: PlatformPage) -> None:
    with pytest.raises(Refused, match="NameTaken"):
        pia.makes_environment("Development", "Canada", omnichannel=True)
    form = pia.page.get_by_role("form", name="New environment")
    expect(form.get_by_label("Name")).to_have_value("Development")
    expect(form.get_by_label("Region")).to_have_value("Canada")
    expect(form.get_by_label("Provision Omnichannel")).to_be_checked()


def test_who_lacks_the_role_is_told(
    window: Callable[[], Window], organisation: Organisation
) -> None:
    noah = PlatformPage(window(), place(organisation, "platform"), account(organisation, "Noah"))
    with pytest.raises(Refused) as refused:
        noah.environments()
    assert (refused.value.status, refused.value.name) == (403, "InsufficientRole")


def test_an_application_is_registered(
    mia: MakerPage, target: Target, organisation: Organisation
) -> None:
    application = mia.registers_application("Alpine <Desk>")
    expect(mia.page.get_by_role("heading", name="Overview")).to_be_visible()
    expect(mia.page.get_by_text("Application (client) ID", exact=True)).to_be_visible()
    who = account(organisation, "Mia")
    session = Session(target.client, place(organisation, "portal"), who)
    second = maker.Maker(session, organisation.bot).registers_application("Second")
    known = session.on("azure").get("app-registrations")["value"]
    assert [each["name"] for each in known] == ["Alpine <Desk>", "Second"]
    assert [each["application_id"] for each in known] == [application, second]
    mia.page.reload()
    mia.page.get_by_role("link", name="App registrations").click()
    expect(mia.page.get_by_role("link", name="Second")).to_be_visible()
