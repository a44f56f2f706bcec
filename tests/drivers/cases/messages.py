"""What every message on the wire is held against."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from harness.expect import messages
from harness.protocol.conversations import Role
from harness.transport.exchanges import Exchange
from tests.drivers.people import Chatter, line

THREAD = "https://chat.example.test/chat/threads/19:abc@thread.v2/messages?api-version=2024-03-07"
PUSHES = "wss://chat.example.test/socket.io/1/websocket/s-1?v=v4"
TAGS = "ChannelId-lcw,FromCustomer"

SAID: dict[str, Any] = {
    "id": "1772442000000",
    "type": "text",
    "sequenceId": "1772442000000",
    "version": "1772442000000",
    "content": {"message": "opening hours"},
    "senderDisplayName": "Customer",
    "createdOn": "2026-03-02T09:00:00.000Z",
    "senderCommunicationIdentifier": {"rawId": "8:acs:a_b"},
    "metadata": {"deliveryMode": "bridged", "tags": TAGS},
}
SENT: dict[str, Any] = {
    "content": "opening hours",
    "senderDisplayName": "Customer",
    "metadata": {"deliveryMode": "bridged", "tags": TAGS},
}


def without(message: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != key}


def listed(*told: dict[str, Any]) -> Exchange:
    """The answer to a client that looks into its thread."""
    return Exchange(
        1.0, "Ada", "http", "GET", THREAD, status=200, response=json.dumps({"value": told})
    )


def sent(message: dict[str, Any], *, by_page: bool = False) -> Exchange:
    """A message on its way, which was taken."""
    asked, answer = json.dumps(message), '{"id": "1772442000000"}'
    return Exchange(
        1.0,
        "Ada",
        "http",
        "POST",
        THREAD,
        status=201,
        request=asked,
        response=answer,
        by_page=by_page,
    )


def pushed(body: dict[str, Any]) -> Exchange:
    """A push, as it stands in its frame."""
    frame = "3:::" + json.dumps({"id": 1, "method": "POST", "url": "/", "body": json.dumps(body)})
    return Exchange(1.0, "Ada", "socket", "", PUSHES, "received", response=frame)


ADA = Chatter([line(Role.CUSTOMER, "opening hours")])


def tags_of(*exchanges: Exchange) -> None:
    messages.carry_customer_tags(ADA, lambda: exchanges)


CASES = [
    (
        "messages.are_valid",
        lambda: messages.are_valid(messages.passed([listed(SAID)])),
        lambda: messages.are_valid(messages.passed([listed(SAID, without(SAID, "sequenceId"))])),
    ),
    (
        "messages.carry_customer_tags",
        partial(tags_of, listed(SAID)),
        partial(tags_of, listed(SAID | {"metadata": {"tags": "ChannelId-lcw"}})),
    ),
    (
        "messages.carry_customer_tags",
        partial(tags_of, sent(SENT, by_page=True)),
        # What our own driver has sent says nothing of the target.
        partial(tags_of, sent(SENT)),
    ),
]
