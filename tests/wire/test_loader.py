"""The page's script and the snippet that asks for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.wire.chat import Desk

SCRIPT = "/livechatwidget/scripts/LiveChatBootstrapper.js"


def test_the_script_is_served_once_and_then_known(desk: Desk) -> None:
    first = desk.client.get(SCRIPT)
    assert first.headers["content-type"].startswith("text/javascript")
    again = desk.client.get(SCRIPT, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_page_carries_the_documented_snippet(desk: Desk) -> None:
    page = desk.client.get(f"/shop/{desk.id}").text
    for wanted in (
        'id="Microsoft_Omnichannel_LCWidget"',
        SCRIPT,
        f'data-app-id="{desk.app}"',
        f'data-org-id="{desk.id}"',
        f'data-org-url="{str(desk.client.base_url).rstrip("/")}"',
    ):
        assert wanted in page


def test_a_shop_of_nobody_is_not_found(desk: Desk) -> None:
    assert desk.client.get("/shop/nobody").status_code == 404


@pytest.mark.parametrize("name", ["loader_opens_widget", "nonsense", "chat_stays_with_bot"])
def test_a_fault_of_the_loader_that_is_off_cannot_be_reached(desk: Desk, name: str) -> None:
    desk.deviate("chat_stays_with_bot")
    assert desk.client.post(f"/shop/{desk.id}/faults/{name}").status_code == 404
    assert desk.reached() == []


def test_only_the_page_of_its_organisation_tells_of_a_fault(found: Callable[..., Desk]) -> None:
    desk, other = found(), found()
    desk.deviate("loader_opens_widget", "chat_stays_with_bot")
    page = desk.client.get(f"/shop/{desk.id}").text
    assert 'faults: ["loader_opens_widget"]' in page
    assert "HandoffLoader" not in other.client.get(f"/shop/{other.id}").text
    assert desk.client.post(f"/shop/{desk.id}/faults/loader_opens_widget").status_code == 204
    assert desk.reached() == ["loader_opens_widget"]
