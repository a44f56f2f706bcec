"""The pages as a server answers them: who may see them, what is refused, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import httpx
import pytest

from harness.protocol.conversations import Generation
from harness.protocol.organisations import Organisation
from harness.target import Target
from tests.pages.conftest import account

SITES = {
    "Ben": ("workspace", ""),
    "Sam": ("workspace", "/ongoing"),
    "Mia": ("portal", "/bots/{bot}/settings/agent-transfers?tile=omnichannel"),
    "Olga": ("admin", "/bots/{bot}"),
}


class Browser:
    """A client with cookies, as a browser has them, for one origin."""

    def __init__(self, client: httpx.Client, url: str) -> None:
        self.client = client
        self.url = url

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(self.url + path, headers=headers)

    def post(self, path: str, content: str = "", origin: str | None = "") -> httpx.Response:
        """A form; `origin` empty is the site's own, None sends none."""
        headers = {"content-type": "application/x-www-form-urlencoded"}
        if origin is not None:
            headers["origin"] = origin or self.url
        return self.client.post(self.url + path, content=content, headers=headers)

    def signs_in(self, organisation: Organisation, name: str, path: str) -> httpx.Response:
        token = account(organisation, name).token
        return self.get(f"/sign-in/{token}?next={path}")


@pytest.fixture
def visitor(target: Target) -> Iterator[Browser]:
    with httpx.Client(verify=False) as client:
        yield Browser(client, target.address()["url"])


@pytest.fixture
def workspace(visitor: Browser, organisation: Organisation) -> str:
    """Where Ben has signed in."""
    path = f"/workspace/{organisation.id}"
    assert visitor.signs_in(organisation, "Ben", path).status_code == 303
    return path


@pytest.mark.parametrize("name", SITES)
def test_pages_call_nobody_else(visitor: Browser, organisation: Organisation, name: str) -> None:
    site, rest = SITES[name]
    path = f"/{site}/{organisation.id}{rest.format(bot=organisation.bot)}"
    signed_in = visitor.signs_in(organisation, name, path)
    assert signed_in.headers["location"] == path
    page = visitor.get(path)
    assert page.status_code == 200
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    own = ("/", "?", "#", visitor.url)
    assert all(address.startswith(own) for address in _addresses(page.text))
    assert " style=" not in page.text


def _addresses(html: str) -> list[str]:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for name, value in attrs if name in ("href", "src", "action"))

    Reader().feed(html)
    return found


def test_the_cookie_is_for_one_site_only(visitor: Browser, organisation: Organisation) -> None:
    answer = visitor.signs_in(organisation, "Ben", f"/workspace/{organisation.id}")
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "Secure", "SameSite=strict", f"Path=/workspace/{organisation.id};"):
        assert part in cookie
    assert visitor.get(f"/portal/{organisation.id}").status_code == 401


def test_an_agent_and_a_supervisor_in_one_browser(
    visitor: Browser, organisation: Organisation
) -> None:
    home = f"/workspace/{organisation.id}"
    visitor.signs_in(organisation, "Sam", f"{home}/ongoing")
    visitor.signs_in(organisation, "Ben", home)
    assert "All ongoing conversations" in visitor.get(f"{home}/ongoing").text
    assert "My conversations" in visitor.get(home).text


def test_a_supervisor_is_led_to_the_list(visitor: Browser, organisation: Organisation) -> None:
    home = f"/workspace/{organisation.id}"
    visitor.signs_in(organisation, "Sam", home)
    assert visitor.get(home).headers["location"] == f"{home}/ongoing"


def test_what_has_not_changed_is_not_sent_again(visitor: Browser, workspace: str) -> None:
    tag = visitor.get(workspace).headers["etag"]
    again = visitor.get(workspace, **{"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    visitor.post(f"{workspace}/presence", "presence=Busy")
    assert visitor.get(workspace, **{"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("origin", ["https://elsewhere.example.test", "null", None])
def test_forms_of_other_sites_are_refused(
    visitor: Browser, workspace: str, origin: str | None
) -> None:
    answer = visitor.post(f"{workspace}/presence", "presence=Busy", origin)
    assert answer.status_code == 403
    assert 'value="Offline" aria-pressed="true"' in visitor.get(workspace).text


@pytest.mark.parametrize(
    ("path", "content", "status", "says"),
    [
        ("/presence", "presence=Asleep", 400, "A presence is one of"),
        ("/presence", "", 400, "A presence is one of"),
        ("/presence", "&".join("a=1" for _ in range(30)), 400, "cannot be read"),
        ("/presence", "presence=%ff", 400, "A presence is one of"),
        ("/conversations/nothing/messages", "text=", 404, "nothing"),
        ("/conversations/nothing/accept", "", 404, "nothing"),
        ("/ongoing/nothing/close", "", 404, "nothing"),
        ("/presence", "presence=" + "x" * 1_100_000, 413, "bytes"),
    ],
)
def test_bad_forms_are_answered_with_a_page(
    visitor: Browser, workspace: str, path: str, content: str, status: int, says: str
) -> None:
    answer = visitor.post(workspace + path, content)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert says in answer.text
    assert 'role="alert"' in answer.text


def test_a_reload_of_a_sent_form_leads_back(visitor: Browser, workspace: str) -> None:
    assert visitor.get(f"{workspace}/presence").headers["location"] == workspace


def test_words_of_people_are_shown_as_they_are(
    visitor: Browser, organisation: Organisation
) -> None:
    bot = f"/portal/{organisation.id}/bots/{organisation.bot}"
    visitor.signs_in(organisation, "Mia", bot)
    name = "<script>alert(1)</script>"
    visitor.post(
        f"{bot}/details", f"name={name}&environment={organisation.environment}".replace("/", "%2F")
    )
    page = visitor.get(bot).text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("path", ["", "/bots/none", "/bots/none/topics", "/bots/none/topic"])
def test_who_is_not_signed_in_is_told_on_a_page(
    visitor: Browser, organisation: Organisation, path: str
) -> None:
    answer = visitor.get(f"/portal/{organisation.id}{path}")
    assert answer.status_code == 401
    assert "You are not signed in" in answer.text


@pytest.mark.parametrize(
    ("token", "path", "status"),
    [
        ("nonsense", "/", 401),
        (None, "https://elsewhere.example.test", 400),
        (None, "//e.test", 400),
    ],
)
def test_a_sign_in_link_that_is_wrong(
    visitor: Browser, organisation: Organisation, token: str | None, path: str, status: int
) -> None:
    token = token or account(organisation, "Ben").token
    answer = visitor.get(f"/sign-in/{token}?next={path}")
    assert answer.status_code == status
    assert "set-cookie" not in answer.headers


def test_a_shop_of_nobody(visitor: Browser) -> None:
    answer = visitor.get("/shop/nobody")
    assert (answer.status_code, "no organisation" in answer.text) == (404, True)


def test_only_a_demo_has_a_start_page(visitor: Browser) -> None:
    assert visitor.get("/").status_code == 404


def test_a_call_by_the_phone_page(visitor: Browser, founded: Callable[..., Organisation]) -> None:
    classic = founded(Generation.CLASSIC)
    phone = f"/phone/{classic.id}"
    assert classic.callers[0] in visitor.get(phone).text
    numbers = f"from=%2B{classic.callers[0][1:]}&to=%2B{classic.number[1:]}"
    call = visitor.post(f"{phone}/calls", numbers).headers["location"]
    assert visitor.post(f"{call}/speech", "text=opening+hours").status_code == 303
    assert visitor.post(f"{call}/tones", "digits=1").status_code == 303
    assert "Spoken" in visitor.get(call).text
    assert visitor.post(f"{call}/hang-up").status_code == 303
    assert "Ended" in visitor.get(call).text
    late = visitor.post(f"{call}/speech", "text=late")
    assert (late.status_code, "The telephone says no" in late.text) == (409, True)
    assert visitor.post(f"{phone}/calls", "from=1&to=2").status_code == 409
