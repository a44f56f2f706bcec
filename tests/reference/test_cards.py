"""Cards over the wire: shown to the customer, submitted to the bot, told to the desk in words."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from harness.reference.domain.conversations import Conversation
from harness.reference.domain.messages import Message
from harness.reference.domain.rich import CARD, CONTENT_TYPE, submitted
from harness.reference.operations import customers, makers, views
from harness.reference.web import translation
from tests.reference.desk import Desk

TOPIC = """
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  intent:
    triggerQueries: [show me a card]
  actions:
    - kind: SendActivity
      activity:
        text: [Look]
        attachments:
          - {kind: HeroCardTemplate, title: Boots, text: Warm ones}
        quickReplies: [{kind: MessageBack, text: Buy}]
    - kind: AdaptiveCardPrompt
      card: '={type: "AdaptiveCard", body: [{type: "TextBlock", text: "Which parcel?"}]}'
      output: {binding: {parcel: Topic.Parcel}}
    - {kind: SendActivity, activity: "Found {Topic.Parcel}"}
"""


@pytest.fixture
def chat(desk: Desk) -> Conversation:
    """A chat in which the bot has shown its cards."""
    maker, bot = desk.user("Mia"), desk.bot()
    makers.write_topic(desk.organisation, maker, bot.id, "Cards", TOPIC)
    makers.publish(desk.organisation, maker, bot.id)
    return desk.chat("show me a card")


def shown(desk: Desk, message: Message) -> Any:
    """The rich content of a message as a chat client gets it."""
    told = translation.chat_message(desk.organisation, message)
    assert told["metadata"][CONTENT_TYPE] == CARD
    return msgspec.json.decode(told["content"]["message"])


def submit(desk: Desk, chat: Conversation, content: str) -> None:
    metadata = {CONTENT_TYPE: CARD}
    customers.say(desk.organisation, chat.thread, content, ("FromCustomer",), metadata)


def test_a_customers_client_gets_cards_and_choices_as_rich_content(
    desk: Desk, chat: Conversation
) -> None:
    first, second = customers.history(desk.organisation, chat.thread)[-2:]
    assert shown(desk, first) == {
        "text": "Look",
        "attachments": [
            {
                "contentType": "application/vnd.microsoft.card.hero",
                "content": {"title": "Boots", "text": "Warm ones"},
            }
        ],
        "attachmentLayout": "list",
        "suggestedActions": {"actions": [{"type": "imBack", "title": "Buy", "value": "Buy"}]},
    }
    card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Which parcel?"}]}
    assert shown(desk, second)["attachments"][0]["content"] == card
    assert "text" not in shown(desk, second)


def test_what_is_submitted_is_heard_by_the_bot_and_read_by_the_desk(
    desk: Desk, chat: Conversation
) -> None:
    submit(desk, chat, '{"value": {"parcel": "ZX-1"}}')
    assert desk.lines(chat)[-1] == "bot: Found ZX-1"
    lines = views.whole(desk.organisation, desk.now(chat))["transcript"]
    assert lines[-4]["cards"] == ["Boots\nWarm ones"]
    assert (lines[-2]["text"], lines[-2]["cards"]) == ("", ["parcel: ZX-1"])


@pytest.mark.parametrize("content", ["", "no JSON", "[]", '{"value": 5}', '{"text": "a"}'])
def test_what_is_no_submission_is_words(desk: Desk, chat: Conversation, content: str) -> None:
    assert submitted(content, {CONTENT_TYPE: CARD}) is None
    submit(desk, chat, content)
    assert "Found" not in desk.lines(chat)[-1]


def test_a_customer_cannot_show_cards_of_the_bots(desk: Desk, chat: Conversation) -> None:
    metadata = {"cards": "[{}]", "suggestions": '["a"]'}
    customers.say(desk.organisation, chat.thread, "hello", (), metadata)
    said = next(
        message
        for message in customers.history(desk.organisation, chat.thread)
        if message.text == "hello"
    )
    assert translation.chat_message(desk.organisation, said)["content"]["message"] == "hello"
