"""Cards: shown, submitted, refused."""

from __future__ import annotations

from typing import Any

import pytest

from harness.reference.bot import dialogue
from harness.reference.bot.cards import ADAPTIVE, readable
from harness.reference.bot.outputs import Failed, Say, Transfer

from .builders import START, Talk, chat_with, says, topic

NAME = "- {kind: SetVariable, variable: Topic.Name, value: Ada}"
CARD = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Hi Ada"}]}
ESCALATE = topic("Escalate", "- {kind: TransferConversationV2}", "agent", kind="OnEscalate")


def shown(activity: str) -> Say:
    """What a message with these attachments says."""
    (said,) = chat_with(topic("Show", f"{NAME}\n{activity}", "go")).hear("go")
    assert isinstance(said, Say)
    return said


def attached(content: str) -> str:
    """A message with one adaptive card."""
    kind = "- kind: SendActivity\n  activity:\n    attachments:\n      - kind: AdaptiveCardTemplate"
    return f"{kind}\n        cardContent: {content}"


@pytest.mark.parametrize(
    "content",
    [
        '\'={type: "AdaptiveCard", body: [{type: "TextBlock", text: "Hi " & Topic.Name}]}\'',
        '\'{"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Hi {Topic.Name}"}]}\'',
        "{type: AdaptiveCard, body: [{type: TextBlock, text: 'Hi {Topic.Name}'}]}",
        "{type: AdaptiveCard, body: [{type: TextBlock, text: '=\"Hi \" & Topic.Name'}]}",
        '\'=JSON({type: "AdaptiveCard", body: [{type: "TextBlock", text: "Hi Ada"}]})\'',
    ],
)
def test_a_card_is_a_record_json_or_yaml(content: str) -> None:
    assert shown(attached(content)) == Say("", cards=({"contentType": ADAPTIVE, "content": CARD},))


def test_what_is_blank_is_left_out_of_a_card() -> None:
    content = "'={type: \"AdaptiveCard\", body: [{a: 1}, {b: Blank()}]}'"
    (card,) = shown(attached(content)).cards
    assert card["content"]["body"] == [{"a": 1}, {}]


def test_a_card_of_the_bot_framework_has_its_own_content_type() -> None:
    said = shown(
        """
        - kind: SendActivity
          activity:
            text: [See]
            attachments:
              - kind: HeroCardTemplate
                title: For {Topic.Name}
                image: {url: https://example.test/a.png}
                buttons: [{kind: OpenUrl, title: Open, url: https://example.test}]
        """.replace("\n        ", "\n").strip()
    )
    (card,) = said.cards
    assert said.text == "See"
    assert card["contentType"] == "application/vnd.microsoft.card.hero"
    assert card["content"] == {
        "title": "For Ada",
        "images": [{"url": "https://example.test/a.png"}],
        "buttons": [{"type": "openUrl", "title": "Open", "value": "https://example.test"}],
    }


@pytest.mark.parametrize(
    ("content", "detail"),
    [("=5", "a card is a record or JSON"), ("'=\"no card\"'", "a card is a record or JSON")],
)
def test_what_is_no_card_fails_when_it_is_reached(content: str, detail: str) -> None:
    (failed,) = chat_with(topic("Show", attached(content), "go")).hear("go")
    assert isinstance(failed, Failed)
    assert detail in failed.detail


PROMPT = """
- kind: AdaptiveCardPrompt
  card: '={type: "AdaptiveCard", body: []}'
  repeatCount: 1
  output: {binding: {parcel: Topic.Parcel, count: Topic.Count}}
  outputType: {properties: {parcel: String, count: Number}}
- {kind: SendActivity, activity: "{Topic.Parcel} x {Topic.Count + 1}"}
"""


def submit(talk: Talk, value: Any) -> tuple[object, ...]:
    turn = dialogue.hear(talk.bot, talk.dialogue, "", talk.now, value=value)
    talk.dialogue = turn.dialogue
    return turn.outputs


def test_a_submitted_card_fills_the_variables_in_their_types() -> None:
    talk = chat_with(topic("Ask", PROMPT, "go"))
    (asked,) = talk.hear("go")
    assert isinstance(asked, Say)
    assert len(asked.cards) == 1
    assert submit(talk, {"parcel": 17, "count": "2", "other": 1}) == (Say("17 x 3"),)
    assert talk.dialogue.phrases == ("go",)


def test_a_card_is_shown_again_and_then_the_bot_escalates() -> None:
    talk = chat_with(topic("Ask", PROMPT, "go"), ESCALATE)
    assert talk.hear("go") == talk.hear("what?")
    assert talk.hear("what?") == (Transfer(),)


def test_another_topic_interrupts_a_card() -> None:
    talk = chat_with(topic("Ask", PROMPT, "go"), topic("Hours", says("9 to 18"), "hours"))
    assert talk.hear("go", "hours")[0] == Say("9 to 18")
    assert submit(talk, {"parcel": "a", "count": 1}) == (Say("a x 2"),)


def test_a_card_that_nobody_waits_for_is_read_by_the_topic_for_any_message() -> None:
    read = topic(
        "Read", says("{System.Activity.Value.id}"), kind="OnActivity", more="type: message"
    )
    assert submit(chat_with(read), {"id": 7}) == (Say("7"),)


def test_an_event_is_heard_by_its_topic_alone() -> None:
    told = topic(
        "Told",
        says("{System.Activity.Value.a}"),
        kind="OnActivity",
        more='type: Event\ncondition: =System.Activity.Name = "startConversation"',
    )
    bot = chat_with(told, topic("Hours", says("9"), "hours")).bot
    state = dialogue.begin(bot, START).dialogue
    happened = dialogue.event(bot, state, "startConversation", {"a": 1}, START)
    assert happened.outputs == (Say("1"),)
    assert dialogue.event(bot, state, "other", None, START).outputs == ()


@pytest.mark.parametrize("type", ["Event", "event"])
def test_an_event_leaves_a_waiting_question_to_its_answer(type: str) -> None:
    condition = '=System.Activity.Type = "event" && System.Activity.Name = "ping"'
    told = topic(
        "Told", says("pong"), kind="OnActivity", more=f"type: {type}\ncondition: {condition}"
    )
    ask = "- {kind: Question, id: q, variable: Topic.X, prompt: Who?, entity: StringPrebuiltEntity}"
    talk = chat_with(told, topic("Ask", f"{ask}\n{says('Hi {Topic.X}')}", "go"))
    talk.hear("go")
    happened = dialogue.event(talk.bot, talk.dialogue, "ping", None, START)
    assert happened.outputs == (Say("pong"),)
    talk.dialogue = happened.dialogue
    assert talk.hear("Ada") == (Say("Hi Ada"),)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (CARD, "Hi Ada"),
        ({"fallbackText": "A card"}, "A card"),
        (
            {"body": [{"title": "a"}, {"items": [{"text": "b"}]}], "actions": [{"title": "c"}]},
            "a\nb",
        ),
        ({}, ""),
        (None, ""),
    ],
)
def test_a_card_can_be_read_in_words(content: Any, words: str) -> None:
    assert readable({"contentType": ADAPTIVE, "content": content}) == words
