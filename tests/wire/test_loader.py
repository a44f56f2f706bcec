"""The page's script and the snippet that asks for it."""

from __future__ import annotations

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


@pytest.mark.parametrize("name", ["loader_opens_widget", "nonsense"])
def test_a_fault_that_is_off_cannot_be_reached(desk: Desk, name: str) -> None:
    assert desk.client.post(f"/livechatwidget/faults/{name}").status_code == 404
