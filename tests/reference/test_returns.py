"""The link back to a chat (specification 4.10)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from harness.reference.domain import returns
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.domain.widgets import ChatWidget, Reconnection

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHAT = Conversation(
    id="c", organisation="o", request="r 1", thread="t", visitor="v", channel=Channel.LIVE_CHAT,
    customer="Ada", workstream="w", bot=None, started=NOW, changed=NOW,
)  # fmt: skip


@pytest.mark.parametrize(
    ("portal", "link"),
    [
        ("", "https://shop/page?oc.reconnectid=r+1"),
        ("https://help/", "https://help/?oc.reconnectid=r+1"),
        ("https://help/?a=b", "https://help/?a=b&oc.reconnectid=r+1"),
        ("https://help/#chat", "https://help/?oc.reconnectid=r+1#chat"),
    ],
)
def test_the_link_names_the_chat_to_the_page(portal: str, link: str) -> None:
    widget = ChatWidget("w", reconnection=Reconnection(10, portal))
    assert returns.link(CHAT, widget, "https://shop/page") == link
