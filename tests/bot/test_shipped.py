"""Alpine Helper, the bot that each organisation starts with."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot.content import bundled
from harness.reference.bot.outputs import End, HangUp, Say, Transfer

from .builders import Talk, shipped

CALL = {"CustomerPhoneNumber": "+15550100001", "OrganizationPhoneNumber": "+15550100099"}
PRIVATE = "The customer asked Alpine Helper for a person."


@pytest.mark.parametrize("generation", Generation)
def test_it_greets(generation: Generation) -> None:
    assert Talk(shipped(generation)).said == [
        "Hello, I am Alpine Helper. How can I help you today?"
    ]


@pytest.mark.parametrize("generation", Generation)
def test_it_takes_a_parcel_back_and_hands_over_what_it_learnt(generation: Generation) -> None:
    talk = Talk(shipped(generation))
    talk.hear("hello", "I would like to return a parcel", "zx-40417", "Oslo")
    assert talk.said == [
        "Your label L-ZX-40417 is ready to print.",
        "Bring parcel zx-40417 with label L-ZX-40417 to our store in Oslo.",
    ]
    assert talk.hear("Can I talk to a human?")[-1] == Transfer(
        PRIVATE,
        {"StoreLocation": "Oslo", "ParcelNumber": "zx-40417", "LabelNumber": "L-ZX-40417"},
    )
    assert talk.dialogue.topics == ("Greeting", "Return a parcel")


@pytest.mark.parametrize(
    "phrase", ["talk to agent", "talk to a person", "escalate", "can I talk to a human"]
)
def test_it_hands_over_when_asked(phrase: str) -> None:
    assert isinstance(Talk(shipped(Generation.WEB_APP)).hear(phrase)[-1], Transfer)


@pytest.mark.parametrize("generation", Generation)
def test_it_hands_over_when_it_does_not_understand_for_the_third_time(
    generation: Generation,
) -> None:
    talk = Talk(shipped(generation))
    assert not isinstance(talk.hear("mumble", "mumble")[-1], Transfer)
    assert isinstance(talk.hear("mumble")[-1], Transfer)


def test_it_ends_the_conversation_in_the_web_app_only() -> None:
    goodbye = Say("Thank you for chatting with us. Goodbye.")
    assert Talk(shipped(Generation.WEB_APP)).hear("bye") == (goodbye, End())
    assert Talk(shipped(Generation.CLASSIC)).hear("bye") == (goodbye,)


def test_it_reminds_and_closes_a_silent_chat() -> None:
    talk = Talk(shipped(Generation.WEB_APP))
    assert talk.wait(300) == (Say("Are you still there?"),)
    farewell = Say("We have not heard from you, so I am closing this chat. See you soon.")
    assert talk.wait(300) == (farewell, End())
    assert Talk(shipped(Generation.WEB_APP), channel="Teams").wait(3_600) == ()


def test_it_answers_the_phone() -> None:
    talk = Talk(shipped(Generation.CLASSIC), channel="telephony", variables=dict(CALL))
    assert talk.said[0].startswith("Welcome to Alpine Outfitters.")
    (times,) = talk.hear("1")
    assert isinstance(times, Say)
    assert times.interruptible
    (notice,) = talk.hear("important notice")
    assert isinstance(notice, Say)
    assert not notice.interruptible
    assert talk.hear("3")[-1] == HangUp()
    assert isinstance(talk.hear("talk to agent")[-1], Transfer)


def test_a_chat_does_not_reach_the_voice_menu() -> None:
    assert Talk(shipped(Generation.CLASSIC)).hear("1")[0] != HangUp()


@pytest.mark.parametrize("generation", Generation)
def test_what_it_says_needs_no_quotes(generation: Generation) -> None:
    # Web Chat turns straight quotes into typographic ones: a check would have to know.
    said = [
        line
        for _, text in bundled(generation)
        for line in text.splitlines()
        if "activity:" in line or "prompt:" in line or "messageToAgent:" in line
    ]
    assert said
    assert not [line for line in said if "'" in line or '"' in line]
