"""Each fault of the bot shows, and nothing else changes with it."""

from __future__ import annotations

from harness.protocol.conversations import Generation
from harness.reference.bot import dialogue
from harness.reference.bot.outputs import End, Say, Transfer
from harness.reference.faults import CATALOGUE, Faults

from .builders import Talk, says, shipped, topic

WEB_APP = shipped(Generation.WEB_APP)
REMINDER = Say("Are you still there?")


def with_fault(name: str) -> Talk:
    assert name in CATALOGUE
    return Talk(WEB_APP, faults=(name,))


def handed_over(talk: Talk) -> Transfer:
    (transfer,) = (output for output in talk.last if isinstance(output, Transfer))
    return transfer


def test_transfer_node_does_nothing() -> None:
    talk = with_fault("transfer_node_does_nothing")
    talk.hear("talk to agent")
    assert not any(isinstance(output, Transfer) for output in talk.last)
    assert talk.said == ["One moment please, I am looking for a colleague."]


def test_question_swallows_escalation() -> None:
    talk = with_fault("question_swallows_escalation")
    talk.hear("return a parcel", "talk to agent")
    assert talk.dialogue.variables == {"ParcelNumber": "talk to agent"}
    talk.hear("Oslo", "talk to agent")
    assert handed_over(talk)


def test_redirected_topics_listed() -> None:
    talk = with_fault("redirected_topics_listed")
    talk.hear("return a parcel", "zx", "Oslo")
    assert talk.dialogue.topics == ("Return a parcel", "Print a label")
    assert talk.dialogue.last_topic == "Return a parcel"


def test_last_topic_is_redirected() -> None:
    talk = with_fault("last_topic_is_redirected")
    talk.hear("return a parcel", "zx", "Oslo")
    assert talk.dialogue.topics == ("Return a parcel",)
    assert talk.dialogue.last_topic == "Print a label"


def test_oldest_value_wins() -> None:
    talk = with_fault("oldest_value_wins")
    talk.hear("return a parcel", "zx", "Oslo", "return a parcel", "zy", "Bergen", "escalate")
    assert handed_over(talk).variables["StoreLocation"] == "Oslo"


def test_timeout_before_reminder() -> None:
    talk = with_fault("timeout_before_reminder")
    outputs = talk.wait(300)
    assert outputs[-1] == End()
    assert talk.wait(300) == (REMINDER,)


def test_farewell_dropped() -> None:
    assert with_fault("farewell_dropped").wait(600) == (REMINDER, End())


def test_inactivity_never_fires() -> None:
    assert with_fault("inactivity_never_fires").wait(3_600) == ()


def test_message_does_not_restart_silence() -> None:
    talk = with_fault("message_does_not_restart_silence")
    talk.wait(200)
    talk.hear("hello")
    assert talk.wait(100) == (REMINDER,)


def test_reminder_restarts_silence() -> None:
    talk = with_fault("reminder_restarts_silence")
    assert talk.wait(600) == (REMINDER,)
    assert talk.wait(300)[-1] == End()


def test_configured_silence_ignored() -> None:
    short = topic("Soon", says("Hm?"), kind="OnInactivity", more="durationInSeconds: 20")
    bot = dialogue.Bot("Tester", Generation.WEB_APP, (short,))
    assert Talk(bot, faults=("configured_silence_ignored",)).wait(299) == ()


def equals(fault: str) -> Talk:
    """A bot with two topics for one silence, of which the first comes first."""
    more = "durationInSeconds: 20\npriority: %s\ncondition: %s"
    first = topic("First", says("a"), kind="OnInactivity", more=more % (1, "=true"))
    second = topic("Second", says("b"), kind="OnInactivity", more=more % (2, "=true"))
    never = topic("Never", says("c"), kind="OnInactivity", more=more % (0, "=false"))
    bot = dialogue.Bot("Tester", Generation.WEB_APP, (second, first, never))
    return Talk(bot, faults=(fault,))


def test_silence_ignores_priority() -> None:
    assert equals("silence_ignores_priority").wait(20) == (Say("b"),)


def test_silences_speak_together() -> None:
    assert equals("silences_speak_together").wait(20) == (Say("a"), Say("b"))


def test_silence_ignores_condition() -> None:
    assert equals("silence_ignores_condition").wait(20) == (Say("c"),)


def test_a_fault_counts_as_reached_only_where_it_deviates() -> None:
    faults = Faults(frozenset(CATALOGUE))
    talk = Talk(WEB_APP)
    talk.deviates = faults.deviates
    talk.hear("opening hours")
    assert faults.reached == {"message_does_not_restart_silence"}
