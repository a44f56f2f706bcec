"""Which topic speaks after which silence, and what starts the silence anew."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot import dialogue
from harness.reference.bot.outputs import End, Say
from harness.reference.bot.topics import Topic

from .builders import START, Talk, chat_with, says, topic

HOURS = topic("Hours", says("9 to 18"), "opening hours")
TOWN = "variable: Topic.City, prompt: Which town?, entity: StringPrebuiltEntity"
ASK = f"- {{kind: Question, id: q, {TOWN}}}"
TRAVEL = topic("Travel", f"{ASK}\n{says('Off to {Topic.City}')}", "travel")


def silent(name: str, seconds: object, text: str = "", more: str = "") -> Topic:
    actions = says(text or name)
    return topic(name, actions, kind="OnInactivity", more=f"durationInSeconds: {seconds}\n{more}")


REMINDER = silent("Reminder", 300, "Still there?")
TIMEOUT = topic(
    "Timeout",
    f"{says('Closing')}\n- {{kind: EndConversation}}",
    kind="OnInactivity",
    more="durationInSeconds: =60 * 10",
)
BOTH = [(300.0, ("Reminder",)), (600.0, ("Timeout",))]


def test_silences_are_waited_for_shortest_first_and_once() -> None:
    talk = chat_with(TIMEOUT, REMINDER, HOURS)
    assert talk.silences() == BOTH
    assert talk.wait(299) == ()
    assert talk.wait(1) == (Say("Still there?"),)
    assert talk.silences() == BOTH[1:]
    assert talk.wait(300) == (Say("Closing"), End())
    assert talk.silences() == []


def test_a_message_restarts_the_silence() -> None:
    talk = chat_with(TIMEOUT, REMINDER, HOURS)
    talk.wait(400)
    talk.hear("opening hours")
    assert talk.silences() == BOTH
    assert talk.wait(299) == ()


def test_words_of_the_bot_restart_nothing() -> None:
    talk = chat_with(silent("A", 100), silent("B", 150), silent("C", 200))
    assert talk.wait(200) == (Say("A"), Say("B"), Say("C"))


def test_a_stale_timer_changes_nothing() -> None:
    talk = chat_with(REMINDER)
    early = dialogue.fire(talk.bot, talk.dialogue, START + timedelta(seconds=299))
    talk.bot = dialogue.Bot("Tester", Generation.WEB_APP, ())
    gone = dialogue.fire(talk.bot, talk.dialogue, START + timedelta(days=1))
    assert early == gone == dialogue.Turn(talk.dialogue)


def test_a_silence_on_another_channel_does_nothing() -> None:
    conditional = silent(
        "Reminder", 300, more='condition: =System.Activity.Channel = "Omnichannel"'
    )
    bot = dialogue.Bot("Tester", Generation.WEB_APP, (conditional,))
    assert Talk(bot, channel="Teams").wait(1_000) == ()
    assert Talk(bot).wait(1_000) == (Say("Reminder"),)


@pytest.mark.parametrize("formula", ["=1/0", "=Global.Wait", "=-5", '=Lower("soon")'])
def test_a_formula_that_gives_no_seconds_never_fires(formula: str) -> None:
    assert chat_with(silent("R", f"'{formula}'")).silences() == []


def test_of_equal_silences_one_topic_speaks_by_priority_then_age() -> None:
    talk = chat_with(
        silent("b", 5, more="priority: 2"),
        silent("c", 5, more="priority: 2"),
        silent("a", 5, more="priority: -1"),
        silent("d", 6),
    )
    assert talk.silences() == [(5.0, ("a", "b", "c")), (6.0, ("d",))]
    assert talk.wait(60) == (Say("a"), Say("d"))


def test_of_equal_silences_the_first_whose_condition_holds_speaks() -> None:
    talk = chat_with(
        silent("a", 5, more="priority: 1\ncondition: =false"),
        silent("b", 5, more="priority: 2"),
        silent("c", 5, more="priority: 3"),
    )
    assert talk.wait(60) == (Say("b"),)


def test_a_duration_that_a_silence_changed_counts_for_the_rest_of_it() -> None:
    first = topic(
        "First",
        "- {kind: SetVariable, variable: Global.Wait, value: 50}",
        kind="OnInactivity",
        more="durationInSeconds: 100",
    )
    talk = chat_with(first, silent("Second", "=If(IsBlank(Global.Wait), 200, Global.Wait)"))
    assert talk.silences() == [(100.0, ("First",)), (200.0, ("Second",))]
    talk.wait(100)
    # Fifty seconds of this silence are over, so it is too late for it.
    assert talk.silences() == []


def test_a_topic_that_grows_its_own_silence_speaks_once() -> None:
    growing = topic(
        "Growing",
        "- {kind: SetVariable, variable: Global.Wait, value: =Global.Wait + 0.0000001}",
        kind="OnInactivity",
        more="durationInSeconds: =Global.Wait",
    )
    bot = dialogue.Bot("Tester", Generation.WEB_APP, (growing,))
    talk = Talk(bot, variables={"Wait": 10})
    talk.wait(60)
    assert talk.silences() == []


def test_topics_published_during_a_silence_do_not_speak_belatedly() -> None:
    talk = chat_with(REMINDER)
    talk.wait(300)
    added = (silent("Early", 60), REMINDER, silent("Late", 400))
    talk.bot = dialogue.Bot("Tester", Generation.WEB_APP, added)
    assert talk.silences() == [(400.0, ("Late",))]


def test_a_reminder_leaves_the_question_waiting_as_it_stands() -> None:
    talk = chat_with(TRAVEL, REMINDER)
    talk.hear("travel")
    assert talk.wait(300) == (Say("Still there?"),)
    assert talk.hear("Oslo") == (Say("Off to Oslo"),)


def test_a_state_of_an_older_version_goes_on() -> None:
    talk = chat_with(REMINDER)
    stored = msgspec.to_builtins(talk.dialogue)
    del stored["silent"]
    assert msgspec.convert(stored, dialogue.Dialogue) == talk.dialogue
