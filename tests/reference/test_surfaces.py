"""The JSON surfaces, in process: what docs/reference-api.md promises, and every bad input."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from starlette.applications import Starlette

from harness.reference.app import application
from harness.reference.faults import CATALOGUE
from harness.reference.operations.organisations import World
from harness.reference.operations.tokens import issue
from harness.reference.store.sqlite import SqliteStore
from harness.reference.web.bodies import LARGEST
from harness.reference.web.switchboard import Switchboard

NOWHERE = str(UUID(int=0))


class Client:
    """Asks the application in this thread: SQLite's connection belongs to the one that made it."""

    def __init__(self, app: Starlette) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="https://testserver")
        self._runner = asyncio.Runner()

    def request(self, method: str, path: str, **sent: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **sent))

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()


class Site:
    """A reference with control surface, and one organisation in it."""

    def __init__(self, client: Client, world: World, generation: str) -> None:
        self.client = client
        self.world = world
        made = client.request("POST", "/control/organisations", json={"generation": generation})
        assert made.status_code == 201, made.text
        self.shown: dict[str, Any] = made.json()
        self.id: str = self.shown["id"]
        self.tokens = {user["name"]: user["token"] for user in self.shown["users"]}

    def ask(self, who: str | None, method: str, path: str, **sent: Any) -> Any:
        """The answer to a request below this organisation; `{org}` and `{bot}` are filled in."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        path = path.format(org=self.id, bot=self.shown["bot"]["id"], nowhere=NOWHERE)
        return self.client.request(method, path, headers=headers, **sent)

    def get(self, who: str | None, path: str) -> Any:
        """The JSON of a question that succeeds."""
        answer = self.ask(who, "GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def do(
        self, who: str | None, method: str, path: str, body: Any = None, status: int = 200
    ) -> Any:
        """The JSON of a change that has this status."""
        answer = self.ask(who, method, path, json={} if body is None else body)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Client, World]]:
    store = SqliteStore()
    world = World(store, Switchboard(), "https://testserver")
    client = Client(application(world, with_control=True))
    yield client, world
    client.close()
    store.close()


@pytest.fixture
def site(served: tuple[Client, World]) -> Site:
    return Site(*served, "web-app")


@pytest.fixture
def classic(served: tuple[Client, World]) -> Site:
    return Site(*served, "classic")


def refusal(answer: Any) -> tuple[int, str]:
    """Status and name of a refusal, which has the one shape."""
    error = answer.json()["error"]
    assert set(error) == {"code", "name", "message"}
    assert error["message"]
    return answer.status_code, error["name"]


# what is promised --------------------------------------------------------------------------------


def test_a_fresh_organisation_is_described(site: Site, classic: Site) -> None:
    assert site.shown["now"] == "2026-03-02T09:00:00Z"
    assert site.shown["widget"]["page"] == f"https://testserver/shop/{site.id}"
    assert list(site.tokens) == ["Mia", "Noah", "Ben", "Bea", "Sam", "Olga"]
    assert site.shown["phone"] is None
    assert classic.shown["phone"]["organisation"] == "+15550100099"


def test_time_passes_on_request(site: Site) -> None:
    path = f"/control/organisations/{site.id}/clock"
    passed = site.do(None, "POST", path, {"advance": "PT20M"})
    assert passed == {"now": "2026-03-02T09:20:00Z", "fired": 0}


def test_faults_are_switched_and_reported(site: Site) -> None:
    path = f"/control/organisations/{site.id}/faults"
    assert site.do(None, "PUT", path, ["connect_ignores_roles"]) == {
        "active": ["connect_ignores_roles"]
    }
    site.do("Noah", "PUT", "/portal/{org}/api/bots/{bot}/connection")
    assert site.get(None, path) == {
        "active": ["connect_ignores_roles"],
        "reached": ["connect_ignores_roles"],
    }


def test_the_catalogue_is_served(site: Site) -> None:
    served = site.get(None, "/control/faults")["value"]
    assert {fault["name"] for fault in served} == set(CATALOGUE)


def test_an_organisation_that_is_deleted_is_gone(site: Site) -> None:
    path = f"/control/organisations/{site.id}"
    assert site.ask(None, "DELETE", path).status_code == 204
    assert refusal(site.ask(None, "DELETE", path)) == (404, "NotFound")
    assert refusal(site.ask("Ben", "GET", "/workspace/{org}/api/presence")) == (404, "NotFound")


def test_the_whole_desk_over_http(site: Site) -> None:
    client, org, widget = site.client, site.id, site.shown["widget"]["app_id"]
    site.do("Ben", "PUT", "/workspace/{org}/api/presence", {"presence": "Available"})
    assert site.get("Ben", "/workspace/{org}/api/presence") == {"presence": "Available"}
    opened = client.request(
        "POST",
        f"/livechatconnector/organization/{org}/widgetApp/{widget}/conversation",
        headers={"Request-Id": str(uuid4())},
        json={"preChatResponse": {"Name": "Ada"}},
    ).json()
    client.request(
        "POST",
        f"/chat/threads/{opened['ChatId']}/messages",
        headers={"Authorization": f"Bearer {opened['Token']}"},
        json={"content": "talk to agent"},
    )
    [ring] = site.get("Ben", "/workspace/{org}/api/notifications")["value"]
    assert (ring["customer"], ring["queue"]) == ("Ada", "Support")
    one = f"/workspace/{org}/api/conversations/{ring['conversation']}"
    assert site.do("Ben", "POST", f"{one}/accept")["state"] == "Active"
    assert int(site.do("Ben", "POST", f"{one}/messages", {"text": "Hello"}, 201)["id"])
    site.do("Ben", "POST", f"{one}/typing", status=204)
    assert len(site.get("Ben", "/workspace/{org}/api/conversations")["value"]) == 1
    assert site.do("Ben", "POST", f"{one}/end")["state"] == "Wrap-up"
    assert len(site.get("Sam", "/workspace/{org}/api/ongoing")["value"]) == 1
    assert site.do("Ben", "POST", f"{one}/close")["state"] == "Closed"
    assert site.get("Sam", one)["closure_reason"] == "AgentEndConversation"
    again = site.ask("Sam", "POST", f"/workspace/{org}/api/ongoing/{ring['conversation']}/close")
    assert refusal(again) == (409, "ConversationClosed")


def test_the_portal_and_the_admin_centre_over_http(site: Site) -> None:
    bots = "/portal/{org}/api/bots"
    made = site.do("Mia", "POST", bots, {"name": "New", "origin": "d365"}, 201)
    new = f"{bots}/{made['id']}"
    assert not made["published"]
    assert site.do("Mia", "PATCH", new, {"name": "Newer"})["name"] == "Newer"
    topics = site.get("Mia", f"{new}/topics")["value"]
    assert {"name", "trigger", "content"} == set(topics[0])
    written = site.do("Mia", "PUT", f"{new}/topics/Copy", {"content": topics[0]["content"]})
    assert written["name"] == "Copy"
    site.do("Mia", "DELETE", f"{new}/topics/Copy", status=204)
    assert site.do("Mia", "POST", f"{new}/publish")["published"]
    assert site.do("Mia", "PUT", f"{new}/connection")["state"] == "connected"
    assert len(site.get("Olga", "/admin/{org}/api/application-users")["value"]) == 2
    assert site.do("Mia", "DELETE", f"{new}/connection")["state"] == "disconnected"
    assert site.get("Mia", f"{new}/sessions") == {"value": []}
    queue = site.do("Olga", "POST", "/admin/{org}/api/queues", {"name": "Q", "members": []}, 201)
    assert queue in site.get("Olga", "/admin/{org}/api/queues")["value"]
    [stream] = site.get("Olga", "/admin/{org}/api/workstreams")["value"]
    changed = site.do(
        "Olga",
        "PATCH",
        f"/admin/{{org}}/api/workstreams/{stream['id']}",
        {"bot": made["id"], "rules": [{"variable": "a", "equals": "b", "queue": queue["id"]}]},
    )
    assert changed["bot"] == made["id"]


def test_a_call_over_http(classic: Site) -> None:
    calls = "/telephony/{org}/api/calls"
    call = classic.do(None, "POST", calls, {"from": "+15550100001", "to": "+15550100099"}, 201)
    one = f"{calls}/{call['id']}"
    assert classic.do(None, "POST", f"{one}/tones", {"digits": "1"})["held_by"] == "bot"
    assert classic.do(None, "POST", f"{one}/speech", {"text": "agent"})["state"] == "connected"
    assert classic.do(None, "POST", f"{one}/hang-up")["ended_by"] == "caller"
    assert classic.get(None, one)["events"][-1]["kind"] == "ended"


# bad input ---------------------------------------------------------------------------------------

CHANGES: list[tuple[str | None, str, str]] = [
    (None, "POST", "/control/organisations"),
    (None, "POST", "/control/organisations/{org}/clock"),
    (None, "PUT", "/control/organisations/{org}/faults"),
    ("Mia", "POST", "/portal/{org}/api/bots"),
    ("Mia", "PATCH", "/portal/{org}/api/bots/{bot}"),
    ("Mia", "PUT", "/portal/{org}/api/bots/{bot}/topics/New"),
    ("Mia", "POST", "/portal/{org}/api/bots/{bot}/publish"),
    ("Mia", "PUT", "/portal/{org}/api/bots/{bot}/connection"),
    ("Mia", "DELETE", "/portal/{org}/api/bots/{bot}/connection"),
    ("Olga", "PATCH", "/admin/{org}/api/workstreams/{nowhere}"),
    ("Olga", "POST", "/admin/{org}/api/queues"),
    ("Ben", "PUT", "/workspace/{org}/api/presence"),
    ("Ben", "POST", "/workspace/{org}/api/conversations/{nowhere}/accept"),
    ("Ben", "POST", "/workspace/{org}/api/conversations/{nowhere}/messages"),
    ("Sam", "POST", "/workspace/{org}/api/ongoing/{nowhere}/close"),
    (None, "POST", "/telephony/{org}/api/calls"),
    (None, "POST", "/telephony/{org}/api/calls/{nowhere}/speech"),
    (None, "POST", "/telephony/{org}/api/calls/{nowhere}/tones"),
    (None, "POST", "/telephony/{org}/api/calls/{nowhere}/hang-up"),
]


async def chunked(body: bytes) -> AsyncIterator[bytes]:
    """A body that does not announce how long it is."""
    yield body


MALFORMED = {
    "no JSON": b"{",
    "a bare word": b"hello",
    "no UTF-8": b'{"a": "\xff"}',
    "half a surrogate": rb'{"a": "\ud800"}',
    "another type": b"7",
    "too deep": b"[" * 100_000,
    "a huge number": b"1" * 10_000,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
@pytest.mark.parametrize(("who", "method", "path"), CHANGES)
def test_malformed_json_is_refused(
    site: Site, who: str | None, method: str, path: str, body: bytes
) -> None:
    assert refusal(site.ask(who, method, path, content=body)) == (400, "MalformedBody")


@pytest.mark.parametrize(("who", "method", "path"), CHANGES)
def test_an_oversized_body_is_refused(site: Site, who: str | None, method: str, path: str) -> None:
    body = b" " * (LARGEST + 1)
    assert refusal(site.ask(who, method, path, content=body)) == (413, "BodyTooLarge")
    assert refusal(site.ask(who, method, path, content=chunked(body))) == (413, "BodyTooLarge")


@pytest.mark.parametrize(("who", "method", "path"), CHANGES)
def test_an_unknown_organisation_is_not_found(
    site: Site, who: str | None, method: str, path: str
) -> None:
    if "{org}" in path:
        elsewhere = path.replace("{org}", NOWHERE)
        assert refusal(site.ask(who, method, elsewhere, json={})) == (404, "NotFound")


@pytest.mark.parametrize(("who", "method", "path"), [row for row in CHANGES if row[0]])
def test_a_change_needs_a_token(site: Site, who: str, method: str, path: str) -> None:
    assert refusal(site.ask(None, method, path, json={})) == (401, "NotSignedIn")


QUESTIONS = [
    ("Mia", "/portal/{org}/api/bots"),
    ("Mia", "/portal/{org}/api/bots/{bot}"),
    ("Mia", "/portal/{org}/api/bots/{bot}/topics"),
    ("Mia", "/portal/{org}/api/bots/{bot}/sessions"),
    ("Olga", "/admin/{org}/api/application-users"),
    ("Olga", "/admin/{org}/api/workstreams"),
    ("Olga", "/admin/{org}/api/queues"),
    ("Ben", "/workspace/{org}/api/presence"),
    ("Ben", "/workspace/{org}/api/notifications"),
    ("Ben", "/workspace/{org}/api/conversations"),
    ("Sam", "/workspace/{org}/api/ongoing"),
]


@pytest.mark.parametrize(("who", "path"), QUESTIONS)
def test_a_question_needs_a_token_that_lives_and_is_of_here(
    site: Site, served: tuple[Client, World], who: str, path: str
) -> None:
    assert refusal(site.ask(None, "GET", path)) == (401, "NotSignedIn")
    organisation = site.world.find(site.id)
    ended = issue(site.world, organisation, "x", lifetime=timedelta(0))
    strange = Site(*served, "web-app").tokens[who]
    customer = issue(site.world, organisation, "8:acs:somebody")
    for token, name in (
        (ended, "TokenExpired"),
        (strange, "NotSignedIn"),
        (customer, "NotSignedIn"),
        ("nonsense", "NotSignedIn"),
        (site.tokens[who] + "x", "NotSignedIn"),
    ):
        site.tokens["X"] = token
        assert refusal(site.ask("X", "GET", path)) == (401, name)


@pytest.mark.parametrize(("who", "path"), QUESTIONS)
def test_a_question_is_for_those_who_may_ask(site: Site, who: str, path: str) -> None:
    other = "Noah" if path.startswith(("/workspace", "/admin")) else "Ben"
    assert refusal(site.ask(other, "GET", path)) == (403, "InsufficientRole")


@pytest.mark.parametrize(
    ("who", "method", "path"),
    [
        ("Mia", "GET", "/portal/{org}/api/bots/{nowhere}"),
        ("Mia", "PUT", "/portal/{org}/api/bots/{nowhere}/connection"),
        ("Mia", "DELETE", "/portal/{org}/api/bots/{bot}/topics/None"),
        ("Ben", "GET", "/workspace/{org}/api/conversations/{nowhere}"),
        ("Ben", "POST", "/workspace/{org}/api/conversations/{nowhere}/end"),
        ("Sam", "POST", "/workspace/{org}/api/ongoing/{nowhere}/close"),
        (None, "GET", "/telephony/{org}/api/calls/{nowhere}"),
        (None, "POST", "/telephony/{org}/api/calls/{nowhere}/hang-up"),
        (None, "GET", "/nothing/here"),
        (None, "GET", "/control/organisations/%00/faults"),
        ("Mia", "GET", "/portal/{org}/api/bots/" + "x" * 5000),
    ],
)
def test_what_does_not_exist_is_not_found(
    site: Site, who: str | None, method: str, path: str
) -> None:
    assert refusal(site.ask(who, method, path)) == (404, "NotFound")


@pytest.mark.parametrize("path", sorted({path for _, _, path in CHANGES}))
def test_a_wrong_method_is_refused(site: Site, path: str) -> None:
    assert refusal(site.ask("Mia", "TRACE", path)) == (405, "MethodNotAllowed")


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", "/control/organisations", {"generation": "next"}, "MalformedBody"),
        ("POST", "/control/organisations", {"surprise": 1}, "MalformedBody"),
        ("POST", "/control/organisations", {"faults": ["none"]}, "UnknownFault"),
        ("POST", "/control/organisations", {"now": "2026-03-02T09:00:00"}, "MalformedBody"),
        ("POST", "/control/organisations", {"now": "9999-12-31T23:59:59Z"}, "Malformed"),
        ("POST", "/control/organisations", {"id": "x"}, "Malformed"),
        ("PUT", "/control/organisations/{org}/faults", ["none"], "UnknownFault"),
        ("POST", "/control/organisations/{org}/clock", {"advance": "-PT1M"}, "TimeRunsForward"),
        ("POST", "/control/organisations/{org}/clock", {"advance": "P401D"}, "MalformedBody"),
        ("POST", "/control/organisations/{org}/clock", {"advance": "soon"}, "MalformedBody"),
        ("POST", "/control/organisations/{org}/clock", {}, "MalformedBody"),
    ],
)
def test_control_refuses_nonsense(
    site: Site, method: str, path: str, body: object, expected: str
) -> None:
    assert refusal(site.ask(None, method, path, json=body)) == (400, expected)


def test_an_organisation_can_be_given_its_id_once(site: Site) -> None:
    id = str(uuid4())
    assert site.do(None, "POST", "/control/organisations", {"id": id}, 201)["id"] == id
    twice = site.ask(None, "POST", "/control/organisations", json={"id": id})
    assert refusal(twice) == (400, "Malformed")


def test_a_token_expires_on_the_organisations_clock(site: Site) -> None:
    path = f"/control/organisations/{site.id}/clock"
    site.do(None, "POST", path, {"advance": "P366D"})
    refused = site.ask("Ben", "GET", "/workspace/{org}/api/presence")
    assert refusal(refused) == (401, "TokenExpired")


def test_a_page_asks_with_its_cookie(site: Site) -> None:
    answer = site.client.request(
        "GET",
        f"/workspace/{site.id}/api/presence",
        headers={"Cookie": f"handoff={site.tokens['Ben']}"},
    )
    assert answer.json() == {"presence": "Offline"}


def test_hostile_texts_are_kept_as_they_are(site: Site) -> None:
    name = "<script>\x00'\";DROP TABLE records;--\u202e🏔"
    made = site.do("Mia", "POST", "/portal/{org}/api/bots", {"name": name}, 201)
    assert site.get("Mia", f"/portal/{{org}}/api/bots/{made['id']}")["name"] == name


def test_without_control_there_is_no_such_surface() -> None:
    store = SqliteStore()
    world = World(store, Switchboard(), "https://testserver")
    client = Client(application(world))
    assert client.request("GET", "/control/faults").status_code == 404
    client.close()
    store.close()
