"""The portal without scripts: a person whose browser knows forms and links, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import httpx
import pytest

from harness.protocol.conversations import Generation
from harness.protocol.organisations import Organisation
from harness.target import Target
from tests.pages.test_sites import Browser

PREVIEW, CLASSIC, WEB_APP = Generation
NAVIGATE = {"sec-fetch-mode": "navigate"}
NOBODYS = "11111111-2222-4333-8444-555555555555"


class Forms(HTMLParser):
    """The forms of a page: by the words of each button, where it posts and with which fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.buttons: dict[str, tuple[str, dict[str, str]]] = {}
        self._action = ""
        self._fields: dict[str, str] = {}
        self._open: dict[str, str | None] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._action, self._fields = given.get("action") or "", {}
        elif tag == "button":
            self._open = given
        elif tag in ("input", "select") and given.get("name") and given.get("type") != "checkbox":
            self._fields[str(given["name"])] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._open is None or not data.strip():
            return
        action, fields = self._open.get("formaction") or self._action, self._fields
        if self._open.get("name"):
            fields = fields | {str(self._open["name"]): self._open.get("value") or ""}
        self.buttons[data.strip()] = (action, fields)
        self._open = None


class Reader:
    """Mia before the pane of a bot, and the forms on it."""

    def __init__(self, browser: Browser, organisation: Organisation, bot: str) -> None:
        self.browser = browser
        self.organisation = organisation
        self.pane = f"/portal/{organisation.id}/bots/{bot}/settings/agent-transfers"
        self.html = self.opens()

    def opens(self) -> str:
        self.html = self.browser.get(f"{self.pane}?tile=omnichannel").text
        return self.html

    def presses(self, button: str, **fields: str) -> httpx.Response:
        """Sends the form of a button with these fields filled in; the pane is open again after."""
        action, known = Forms(self.html).buttons[button]
        answer = self.browser.post(action, urlencode(known | fields))
        self.html = answer.text or self.opens()
        return answer


@pytest.fixture
def visitor(target: Target) -> Iterator[Browser]:
    with httpx.Client(verify=False) as client:
        yield Browser(client, target.address()["url"])


@pytest.fixture
def reads(visitor: Browser, founded: Callable[..., Organisation]) -> Callable[..., Reader]:
    """Opens the pane of a new bot, in a generation."""

    def opens(generation: Generation) -> Reader:
        organisation = founded(generation)
        portal = f"/portal/{organisation.id}"
        visitor.signs_in(organisation, "Mia", portal)
        made = visitor.post(f"{portal}/bots/new", "name=Second+Helper&origin=d365")
        return Reader(visitor, organisation, made.headers["location"].rpartition("/")[2])

    return opens


@pytest.fixture
def application(visitor: Browser) -> Callable[[Organisation], str]:
    """Registers an application as Mia, who comes from the portal; its id."""

    def registers(organisation: Organisation) -> str:
        azure = f"/azure/{organisation.id}"
        visitor.client.get(visitor.url + azure, headers=NAVIGATE, follow_redirects=True)
        made = visitor.post(f"{azure}/app-registrations/new", "name=Second")
        page = visitor.get(made.headers["location"]).text
        return page.partition('data-part="application-id">')[2].partition("<")[0]

    return registers


def test_the_preview_is_gone_through(
    reads: Callable[..., Reader], application: Callable[[Organisation], str]
) -> None:
    mia = reads(PREVIEW)
    refused = mia.presses("Next")
    assert (refused.status_code, "PrivacyNotAcknowledged" in refused.text) == (409, True)
    mia.presses("Next", acknowledged="yes")
    id, home = application(mia.organisation), mia.organisation.environment
    mia.presses("Next", application_id=id, environment=home)
    assert "Go to Omnichannel" in mia.opens()


def test_the_preview_keeps_an_id_while_the_environment_is_selected(
    reads: Callable[..., Reader],
) -> None:
    mia = reads(PREVIEW)
    mia.presses("Next", acknowledged="yes")
    development = mia.organisation.environments[1].id
    refused = mia.presses("Select", application_id=NOBODYS, environment=development)
    assert (refused.status_code, "OmnichannelNotProvisioned" in refused.text) == (409, True)
    assert f'value="{NOBODYS}"' in refused.text


def test_classic_is_gone_through(
    reads: Callable[..., Reader], application: Callable[[Organisation], str]
) -> None:
    mia = reads(CLASSIC)
    mia.presses("Enable")
    mia.presses("Select", environment=mia.organisation.environment)
    mia.presses("Add your bot", application_id=application(mia.organisation))
    assert "View details in Omnichannel" in mia.opens()
    for button in ("Refresh", "Disable", "Enable", "Enable voice", "Disconnect bot"):
        assert mia.presses(button).status_code == 303
    assert "Add your bot" in mia.opens()


def test_the_web_app_is_gone_through(reads: Callable[..., Reader]) -> None:
    mia = reads(WEB_APP)
    mia.presses("Connect")
    assert "View in Omnichannel" in mia.html
    mia.presses("Disconnect")
    assert mia.presses("Connect").status_code == 303


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("", "ApplicationIdMalformed"),
        ("no-guid", "ApplicationIdMalformed"),
        ("<b>", "ApplicationIdMalformed"),
        (NOBODYS, "ApplicationNotRegistered"),
    ],
)
def test_the_server_looks_at_the_id_again(
    reads: Callable[..., Reader], written: str, name: str
) -> None:
    mia = reads(CLASSIC)
    mia.presses("Enable")
    mia.presses("Select", environment=mia.organisation.environment)
    refused = mia.presses("Add your bot", application_id=written)
    assert (refused.status_code, f'data-name="{name}"' in refused.text) == (400, True)
    assert f'value="{written.replace("<", "&lt;").replace(">", "&gt;")}"' in refused.text


@pytest.mark.parametrize("button", ["refresh", "disable", "disconnect", "connect", "trial"])
def test_a_form_that_is_not_offered_is_refused(reads: Callable[..., Reader], button: str) -> None:
    mia = reads(CLASSIC)
    before = mia.opens()
    answer = mia.browser.post(f"{mia.pane}/{button}", f"environment={mia.organisation.environment}")
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert mia.opens() == before


# From one site to its neighbour


def test_who_comes_from_the_portal_is_known_in_the_admin_centre(
    visitor: Browser, organisation: Organisation
) -> None:
    visitor.signs_in(organisation, "Mia", f"/portal/{organisation.id}")
    entry = f"{visitor.url}/admin/{organisation.id}/bots/{organisation.bot}"
    page = visitor.client.get(entry, headers=NAVIGATE, follow_redirects=True)
    assert (page.status_code, str(page.url)) == (200, entry)
    assert "Connection details" in page.text
    assert visitor.get(f"/admin/{organisation.id}").status_code == 200


def test_who_may_not_enter_the_admin_centre_is_told(
    visitor: Browser, organisation: Organisation
) -> None:
    visitor.signs_in(organisation, "Noah", f"/portal/{organisation.id}")
    entry = f"{visitor.url}/admin/{organisation.id}/bots/{organisation.bot}"
    page = visitor.client.get(entry, headers=NAVIGATE, follow_redirects=True)
    assert (page.status_code, "InsufficientRole" in page.text) == (403, True)


def test_nobody_passes_who_is_not_signed_in(visitor: Browser, organisation: Organisation) -> None:
    admin = f"/admin/{organisation.id}"
    assert visitor.get(admin).status_code == 401
    led = visitor.client.get(visitor.url + admin, headers=NAVIGATE, follow_redirects=True)
    assert (led.status_code, "You are not signed in" in led.text) == (401, True)


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.example.test/",
        "//elsewhere.example.test",
        "/workspace/{org}",
        "/admin/{org}/../../workspace/{org}",
        "/admin/somebody-elses",
        "",
    ],
)
def test_the_portal_lets_pass_to_its_neighbours_only(
    visitor: Browser, organisation: Organisation, path: str
) -> None:
    portal = f"/portal/{organisation.id}"
    visitor.signs_in(organisation, "Mia", portal)
    answer = visitor.get(f"{portal}/pass?next={quote(path.format(org=organisation.id))}")
    assert answer.status_code in (303, 400)
    cookie = answer.headers.get("set-cookie", "")
    assert "Path=/workspace" not in cookie
    assert answer.headers.get("location", "/").startswith("/")
