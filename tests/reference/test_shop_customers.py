"""The demo's shop vouches for whoever has signed in there, and only where it is trusted (4.6)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from harness.reference.app import application
from harness.reference.operations.organisations import World
from harness.reference.store.sqlite import SqliteStore
from harness.reference.web.switchboard import Switchboard
from tests.reference.site import Client, Site


@pytest.fixture
def demo() -> Iterator[Site]:
    store = SqliteStore()
    world = World(store, Switchboard(), "https://testserver")
    client = Client(application(world, with_control=True, demo=True))
    yield Site(client, world, "web-app")
    client.close()
    store.close()


def begins(site: Site, token: str) -> int:
    widget = site.shown["widget"]["app_id"]
    path = f"/livechatconnector/auth/organization/{site.id}/widgetApp/{widget}/conversation"
    headers = {"Request-Id": str(uuid4()), "AuthenticatedUserToken": token}
    status: int = site.client.request("POST", path, headers=headers, json={}).status_code
    return status


def test_the_shop_signs_its_customers_in_once_the_widget_has_its_key(demo: Site) -> None:
    page = demo.ask(None, "GET", "/shop/{org}/as/Ada").text
    assert ("Ada is signed in here" in page, "/static/shop.js" in page) == (True, True)
    key, token = (
        demo.ask(None, "GET", f"/shop/{{org}}/{it}").text for it in ("key", "as/Ada/token")
    )
    settings = {"name": "Shop", "public_key": key, "client_function": "shopToken"}
    demo.do("Olga", "PATCH", "/admin/{org}/api/widget", {"authentication": settings})
    assert (begins(demo, token), begins(demo, f"{token}x")) == (200, 401)


@pytest.mark.parametrize("name", ["%20", "x" * 101, "%3Cb%3E"])
def test_a_name_is_words_and_nothing_else(demo: Site, name: str) -> None:
    answer = demo.ask(None, "GET", f"/shop/{{org}}/as/{name}")
    assert (answer.status_code, "<b>" in answer.text) == (200 if "3C" in name else 400, False)


def test_only_a_demo_has_it(site: Site) -> None:
    for path in ("as/Ada", "as/Ada/token", "key"):
        assert site.ask(None, "GET", f"/shop/{{org}}/{path}").status_code == 404
