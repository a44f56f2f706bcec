"""A topic that asks customers to sign in, in a bot that authenticates them (specification 4.6)."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot import dialogue
from harness.reference.bot.outputs import SIGN_IN, Output, Say, Transfer
from tests.bot.builders import START, says, topic

TOPICS = (
    topic(
        "Orders",
        """
        - {kind: OAuthInput, id: asks, text: Sign in please}
        - kind: SendActivity
          id: told
          activity: "{System.User.IsLoggedIn} {System.User.AccessToken}"
        """,
        "my orders",
    ),
    topic("Hours", says("We open at nine"), "opening hours"),
    topic("Escalate", "- {kind: TransferConversationV2, id: t}", "talk to agent"),
)
BOT = dialogue.Bot("Tester", Generation.WEB_APP, TOPICS, authenticates=True)


class Talk:
    """A talk with the bot on one channel; what came out of the last turn."""

    def __init__(self, bot: dialogue.Bot = BOT, channel: str = "Omnichannel") -> None:
        self.bot = bot
        self.turn = dialogue.begin(bot, START, channel=channel)

    def hears(self, text: str) -> tuple[Output, ...]:
        self.turn = dialogue.hear(self.bot, self.turn.dialogue, text, START)
        return self.turn.outputs

    def signs_in(self, token: str = "t-1") -> tuple[Output, ...]:
        self.turn = dialogue.sign_in(self.bot, self.turn.dialogue, token, START)
        return self.turn.outputs


def is_card(output: Output) -> bool:
    asked = {"contentType": SIGN_IN, "content": {"text": "Sign in please"}}
    return isinstance(output, Say) and output.cards == (asked,)


def texts(outputs: tuple[Output, ...]) -> list[str]:
    return [output.text for output in outputs if isinstance(output, Say)]


def test_it_asks_by_a_card_and_waits() -> None:
    (asked,) = Talk().hears("my orders")
    assert is_card(asked)


def test_whoever_signs_in_goes_on_with_the_token() -> None:
    talk = Talk()
    talk.hears("my orders")
    assert texts(talk.signs_in("t-1")) == ["true t-1"]
    assert texts(talk.hears("my orders")) == ["true t-1"], "nobody is asked twice"


def test_whoever_says_something_else_is_asked_once_more_and_then_goes_on_unsigned() -> None:
    talk = Talk()
    talk.hears("my orders")
    (again,) = talk.hears("what?")
    assert is_card(again)
    assert texts(talk.hears("no")) == ["false "]


def test_another_topic_and_a_person_can_be_asked_for_meanwhile() -> None:
    talk = Talk()
    talk.hears("my orders")
    assert "We open at nine" in texts(talk.hears("opening hours"))
    assert isinstance(talk.hears("talk to agent")[-1], Transfer)


def test_signing_in_unasked_is_remembered_and_says_nothing() -> None:
    talk = Talk()
    assert talk.signs_in() == ()
    assert texts(talk.hears("my orders")) == ["true t-1"]


@pytest.mark.parametrize(
    "talk",
    [
        Talk(dialogue.Bot("Tester", Generation.WEB_APP, TOPICS)),
        Talk(channel="telephony"),
        Talk(channel="directline"),
    ],
    ids=["no authentication", "a call", "elsewhere"],
)
def test_where_nobody_can_sign_in_the_topic_goes_on(talk: Talk) -> None:
    assert texts(talk.hears("my orders")) == ["Sign in please", "false "]
