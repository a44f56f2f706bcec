"""Every message that passes is held against its schema, and a violation is the sender's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.errors import OwnMessageInvalid
from harness.expect import messages
from harness.expect.checks import CheckFailed
from harness.protocol.messages import RICH
from harness.transport.exchanges import Exchange
from tests.drivers.cases.messages import SAID, SENT, listed, pushed, sent, without

DIRECT_LINE = "https://bot.example.test/v3/directline/conversations/c-1/activities"
CONNECTOR = "https://desk.example.test/connector/o-1/v3/conversations/c-1/activities"
SESSION = "https://portal.example.test/portal/o-1/api/bots/b-1/sessions/c-1"

PUSHED: dict[str, Any] = {
    "eventId": 200,
    "senderId": "8:acs:a_b",
    "groupId": "19:abc@thread.v2",
    "messageId": "1772442000000",
    "messageType": "Text",
    "messageBody": "opening hours",
    "version": "1772442000000",
    "originalArrivalTime": "2026-03-02T09:00:00.000Z",
    "acsChatMessageMetadata": '{"tags": "ChannelId-lcw"}',
}
ACTIVITY: dict[str, Any] = {
    "type": "message",
    "id": "c-1|0000001",
    "timestamp": "2026-03-02T09:00:00.000Z",
    "from": {"id": "b-1", "name": "Alpine Helper", "role": "bot"},
    "text": "Hello",
    "suggestedActions": {"actions": [{"type": "imBack", "title": "Yes", "value": "Yes"}]},
    "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": {}}],
    "channelData": None,
    "somethingNew": 1,
}


def heard(*activities: dict[str, Any], url: str = DIRECT_LINE) -> Exchange:
    body = json.dumps({"activities": activities, "watermark": "1"})
    return Exchange(1.0, "Ada", "http", "GET", url, status=200, response=body)


def posted(activity: dict[str, Any], url: str = CONNECTOR, answer: str = '{"id": "1"}') -> Exchange:
    body = json.dumps(activity)
    return Exchange(1.0, "Rex", "http", "POST", url, status=201, request=body, response=answer)


def streamed(frame: str) -> Exchange:
    url = "wss://bot.example.test/v3/directline/conversations/c-1/stream?t=x"
    return Exchange(1.0, "Ada", "socket", "", url, "received", response=frame)


def transcribed(*told: dict[str, Any]) -> Exchange:
    url = "https://desk.example.test/livechatconnector/v2/getchattranscripts/19:abc/r-1"
    body = json.dumps({"chatMessagesJson": json.dumps(told)})
    return Exchange(1.0, "Ada", "http", "GET", url, status=200, response=body)


WELL = [
    listed(SAID),
    listed({**SAID, "type": "participantRemoved", "content": {"participants": []}}),
    sent(SENT),
    sent(SENT, by_page=True),
    pushed(PUSHED),
    pushed({"eventId": 4711, "anything": True}),
    heard(ACTIVITY),
    heard(ACTIVITY, url=SESSION),
    heard({**without(ACTIVITY, "id"), "type": "typing"}),
    posted({"type": "event", "name": "handoff.initiate", "value": {}}),
    streamed(json.dumps({"activities": [ACTIVITY], "watermark": "1"})),
    streamed(""),
    transcribed({"content": "Hello", "created": "2026-03-02T09:00:00.000Z", "from": {}}),
]
RICH_BUT_NOT = {**SAID, "metadata": {RICH: "azurebotservice.adaptivecard"}}
OF_TARGET = {
    "a listed message without its number": (listed(without(SAID, "version")), "`version`"),
    "a number that is none": (listed({**SAID, "id": "first"}), r"\$\.value\[0\]\.id"),
    "a moment that is none": (listed({**SAID, "createdOn": "today"}), "createdOn"),
    "a text without text": (listed({**SAID, "content": {}}), "content.message"),
    "an unknown kind": (listed({**SAID, "type": "song"}), "type"),
    "a card that is none": (listed(RICH_BUT_NOT), "rich content"),
    "metadata that are no texts": (listed({**SAID, "metadata": {"tags": 1}}), "metadata"),
    "a push without its text": (pushed(without(PUSHED, "messageBody")), "`messageBody`"),
    "a push with broken metadata": (
        pushed({**PUSHED, "acsChatMessageMetadata": "tags"}),
        "acsChatMessageMetadata",
    ),
    "a push that says nothing": (pushed({}), "`eventId`"),
    "typing by nobody": (pushed({"eventId": 245, "groupId": "g", "version": "1"}), "`senderId`"),
    "an activity without id": (heard(without(ACTIVITY, "id")), "`id`"),
    "an activity by nobody": (heard(without(ACTIVITY, "from")), "`from`"),
    "an empty type": (heard({**ACTIVITY, "type": ""}), "type"),
    "an event without name": (heard({**ACTIVITY, "type": "event"}), "needs a name"),
    "a choice without type": (
        heard({**ACTIVITY, "suggestedActions": {"actions": [{"title": "Yes"}]}}),
        "suggestedActions",
    ),
    "an attachment of no type": (heard({**ACTIVITY, "attachments": [{}]}), "`contentType`"),
    "a strange layout": (heard({**ACTIVITY, "attachmentLayout": "pile"}), "attachmentLayout"),
    "an answer without id": (posted(ACTIVITY, answer="{}"), "`id`"),
    "an empty answer": (posted(ACTIVITY, answer=""), "answered"),
    "a stream of something else": (streamed("[]"), "stream"),
    "what is no JSON": (streamed("hello"), "malformed"),
    "a transcript without times": (transcribed({"content": "Hello", "from": {}}), "`created`"),
    "a page that sends no tags": (sent({**SENT, "metadata": {}}, by_page=True), "lacks"),
}
OURS = {
    "a message without metadata": (sent(without(SENT, "metadata")), "`metadata`"),
    "a message without tags": (sent({**SENT, "metadata": {"deliveryMode": "bridged"}}), "tags"),
    "a message of no name": (sent({**SENT, "senderDisplayName": ""}), "senderDisplayName"),
    "an activity without type": (posted({"text": "Hello"}), "`type`"),
    "an activity with a broken card": (posted({**ACTIVITY, "attachments": [{}]}), "attachments"),
}


def test_what_clients_and_services_say_is_valid() -> None:
    messages.hold(WELL)
    assert len(list(messages.passed(WELL))) > len(WELL)


@pytest.mark.parametrize("why", OF_TARGET)
def test_what_the_target_sends_wrongly_is_its_failure(why: str) -> None:
    exchange, told = OF_TARGET[why]
    with pytest.raises(CheckFailed, match=told) as failed:
        messages.hold([*WELL, exchange])
    assert failed.value.check == "messages.are_valid"


@pytest.mark.parametrize("why", OURS)
def test_what_our_drivers_send_wrongly_is_an_error_of_ours(why: str) -> None:
    exchange, told = OURS[why]
    broken, _ = OF_TARGET["an activity without id"]
    # Whatever the target has said to it: that may be our own doing.
    with pytest.raises(OwnMessageInvalid, match=told):
        messages.hold([broken, exchange])


def test_what_was_refused_is_no_message() -> None:
    url = "https://chat.example.test/chat/threads/t/messages"
    refused = Exchange(
        1.0, "Ada", "http", "POST", url, status=413, request="{}", response='{"error": {}}'
    )
    assert not list(messages.passed([refused]))
