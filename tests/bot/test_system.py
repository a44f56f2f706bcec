"""The `System.` variables that the reference says it knows have a value when they should."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot import dialogue, system
from harness.reference.bot.expressions import Value

from .builders import START, Talk, chat_with, says, topic

DESK: dict[str, Value] = {
    "Activity.From.Id": "v1",
    "Activity.From.Name": "Ada",
    "Bot.Id": "b1",
}


def known_after(turns: tuple[str, ...], bot: dialogue.Bot) -> dict[str, Value]:
    """What a conversation with the bot has put into `System.` after these words."""
    state = dialogue.begin(bot, START, conversation="c1", system=DESK).dialogue
    for words in turns:
        state = dialogue.hear(bot, state, words, START).dialogue
    return dict(state.system)


CHOOSE = '{kind: SetVariable, variable: System.Recognizer.SelectedIntent, value: "={TopicId: 1}"}'
BOT = dialogue.Bot(
    "Tester",
    Generation.WEB_APP,
    (
        topic("Sign in", says("Log in"), kind="OnSignIn"),
        topic("Broken", says("{1 / 0}"), "break"),
        topic("Sorry", says("Sorry"), kind="OnError"),
        topic("Which", says("Which?"), kind="OnSelectIntent"),
        topic("One", says("1"), "parcel"),
        topic("Two", says("2"), "parcel"),
        topic("Pick", f"- {CHOOSE}", "pick"),
    ),
    signs_in=True,
)
AFTER = known_after(("break", "parcel", "pick"), BOT)


# How often nobody understood is counted in the dialogue, and nobody has signed in: tests of their
# own are below and in test_signing_in.
ELSEWHERE = ("FallbackCount", "User.AccessToken")


@pytest.mark.parametrize("name", [name for name in system.KNOWN if name not in ELSEWHERE])
def test_each_known_variable_is_set_in_a_conversation(name: str) -> None:
    assert name in AFTER


def test_unknown_words_are_counted() -> None:
    fallback = topic("Fallback", says("{System.FallbackCount}"), kind="OnUnknownIntent")
    talk = chat_with(fallback)
    talk.hear("abc", "def")
    assert talk.said == ["2"]


def test_each_message_has_an_id_of_its_own() -> None:
    show = topic("Show", says("{System.LastMessage.Id}{System.Activity.Id}"), "go")
    bot = dialogue.Bot("Tester", Generation.WEB_APP, (show,))
    state = dialogue.begin(bot, START, conversation="c1").dialogue
    assert state.system.get("LastMessage.Id") is None
    first = dialogue.hear(bot, state, "go", START)
    second = dialogue.hear(bot, first.dialogue, "go", START)
    assert [turn.outputs[0].text for turn in (first, second)] == [  # type: ignore[union-attr]
        "c1|0000001c1|0000001",
        "c1|0000002c1|0000002",
    ]


@pytest.mark.parametrize("name", ["User.DisplayName", "Bot.TenantId", "Weather"])
def test_what_is_always_blank_is_a_finding(name: str) -> None:
    (found,) = topic("Show", says(f"{{System.{name}}}"), "go").findings
    assert found.what == f"System.{name} is blank in the reference"


def test_a_greeting_knows_where_it_is() -> None:
    greet = topic(
        "Greet",
        says("{System.Conversation.LocalTimeZone} {CountRows(System.Activity.Attachments)}"),
        kind="OnConversationStart",
    )
    assert Talk(dialogue.Bot("Tester", Generation.WEB_APP, (greet,))).said == ["UTC 0"]
