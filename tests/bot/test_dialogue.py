"""What the bot does when something happens in a conversation."""

from __future__ import annotations

import msgspec
import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot import dialogue
from harness.reference.bot.outputs import Failed, Say, Transfer

from .builders import chat_with, says, shipped, topic

ASK = "- {kind: Question, id: q, variable: Topic.City, prompt: Which town?, entity: %s}"
TEXT = ASK % "StringPrebuiltEntity"
YES_NO = ASK % "BooleanPrebuiltEntity"
TOWNS = ASK % "{kind: ClosedListEntity, items: [{id: o, displayName: Oslo, synonyms: [capital]}]}"
HAND_OVER = "- {kind: TransferConversationV2}"
ESCALATE = topic("Escalate", HAND_OVER, "talk to agent", kind="OnEscalate")
TRAVEL = topic("Travel", f"{TEXT}\n{says('Off to {Topic.City}')}", "travel")
HOURS = topic("Hours", says("9 to 18"), "opening hours")


def test_a_conversation_starts_with_the_greeting_of_each_topic_that_applies() -> None:
    here = topic(
        "Here",
        says("Hello"),
        kind="OnConversationStart",
        more='condition: =System.Activity.Channel = "Omnichannel"',
    )
    there = topic(
        "There",
        says("Howdy"),
        kind="OnConversationStart",
        more='condition: =System.Activity.ChannelId = "msteams"',
    )
    last = topic("Last", says("I am {System.Bot.Name}"), kind="OnConversationStart")
    assert chat_with(here, there, last).said == ["Hello", "I am Tester"]


def test_a_greeting_that_asks_holds_back_the_next_one() -> None:
    first = topic("First", TEXT, kind="OnConversationStart")
    second = topic("Second", says("Hi"), kind="OnConversationStart")
    assert chat_with(first, second).said == ["Which town?"]


def test_nothing_is_said_after_a_greeting_that_hands_over() -> None:
    first = topic("First", HAND_OVER, kind="OnConversationStart")
    second = topic("Second", says("Hi"), kind="OnConversationStart")
    assert chat_with(first, second).last == (Transfer(),)


@pytest.mark.parametrize(
    "utterance",
    [
        "opening hours",
        "  Opening   HOURS?! ",
        "What are the opening hours, please",
        "ＯＰＥＮＩＮＧ hours",
    ],
)
def test_a_phrase_starts_its_topic(utterance: str) -> None:
    talk = chat_with(HOURS)
    talk.hear(utterance)
    assert talk.said == ["9 to 18"]


def test_the_longest_phrase_wins_then_the_older_topic() -> None:
    short = topic("Short", says("short"), "parcel", "label")
    long = topic("Long", says("long"), "send a parcel", "label")
    talk = chat_with(short, long)
    talk.hear("I send a parcel")
    assert talk.said == ["long"]
    talk.hear("label")
    assert talk.said == ["short"]


def test_a_topic_whose_condition_does_not_hold_leaves_its_phrase_to_others() -> None:
    never = topic("Never", says("never"), "hours", more="condition: =Global.Closed")
    broken = topic("Broken", says("broken"), "hours", more="condition: =1/0 = 1")
    talk = chat_with(never, broken, topic("Always", says("always"), "hours"))
    talk.hear("hours")
    assert talk.said == ["always"]


def test_a_topic_with_another_trigger_is_not_started_by_phrases() -> None:
    redirected = topic("Inner", says("never"), "opening hours", kind="OnRedirect")
    assert chat_with(redirected).hear("opening hours") == ()


def test_an_answer_goes_into_the_variable_and_the_topic_goes_on() -> None:
    talk = chat_with(TRAVEL)
    assert talk.hear("travel") == (Say("Which town?"),)
    assert talk.hear(" Oslo ") == (Say("Off to Oslo"),)
    assert talk.dialogue.variables == {"City": "Oslo"}
    assert talk.dialogue.stack == ()


def test_choices_are_offered_and_recognised_by_label_id_or_synonym() -> None:
    lists = topic(
        "Lists",
        f"{TOWNS}\n{says('{Topic.City}, {Topic.City = quote}')}".replace("quote", "'x.q'.o"),
        "go",
    )
    for said in ("oslo", "O", "Capital!"):
        talk = chat_with(lists)
        assert talk.hear("go") == (Say("Which town?", ("Oslo",)),)
        talk.hear(said)
        assert talk.said == ["Oslo, true"]


def test_a_question_offers_yes_and_no() -> None:
    talk = chat_with(topic("Sure", f"{YES_NO}\n{says('{Topic.City}')}", "go"))
    assert talk.hear("go") == (Say("Which town?", ("Yes", "No")),)
    talk.hear("Nope")
    assert talk.said == ["false"]


def test_an_answer_that_is_none_is_asked_for_again_twice_then_escalates() -> None:
    talk = chat_with(topic("Sure", YES_NO, "go"), ESCALATE)
    talk.hear("go")
    assert talk.hear("perhaps") == talk.hear("maybe") == (Say("Which town?", ("Yes", "No")),)
    assert talk.hear("who knows") == (Transfer(),)


def test_a_question_has_its_own_words_and_number_of_retries_and_a_default() -> None:
    more = ", repeatCount: 1, unrecognizedPrompt: Yes or no?, defaultValue: =1 = 1"
    actions = f"{YES_NO[:-1]}{more}}}\n{says('{Topic.City}')}"
    talk = chat_with(topic("Sure", actions, "go"), ESCALATE)
    talk.hear("go", "perhaps")
    assert talk.said == ["Yes or no?"]
    talk.hear("maybe")
    assert talk.said == ["true"]


def test_without_an_escalation_topic_a_question_just_gives_up() -> None:
    talk = chat_with(topic("Sure", f"{YES_NO[:-1]}, repeatCount: 0}}", "go"))
    assert talk.hear("go", "perhaps") == ()
    assert talk.dialogue.stack == ()


def test_a_variable_that_has_a_value_is_not_asked_for_unless_always() -> None:
    known = "- {kind: SetVariable, variable: Topic.City, value: Bergen}\n"
    talk = chat_with(topic("Known", f"{known}{TEXT}", "go"))
    assert talk.hear("go") == ()
    talk = chat_with(topic("Known", f"{known}{TEXT[:-1]}, alwaysPrompt: true}}", "go"))
    assert talk.hear("go") == (Say("Which town?"),)


def test_asking_for_a_person_works_in_the_middle_of_a_question() -> None:
    talk = chat_with(TRAVEL, ESCALATE)
    assert talk.hear("travel", "I want to talk to agent now") == (Transfer(),)
    assert talk.dialogue.variables == {}


def test_escalate_without_the_node_only_shows_its_message() -> None:
    message = topic("Escalate", says("Nobody is here"), "talk to agent")
    assert chat_with(TRAVEL, message).hear("travel", "talk to agent") == (Say("Nobody is here"),)


def test_another_topic_interrupts_a_question_which_is_then_put_again() -> None:
    talk = chat_with(TRAVEL, HOURS)
    assert talk.hear("travel", "opening hours") == (Say("9 to 18"), Say("Which town?"))
    talk.hear("Oslo")
    assert talk.said == ["Off to Oslo"]


def test_an_interruption_is_no_retry() -> None:
    talk = chat_with(topic("Sure", YES_NO, "go"), HOURS, ESCALATE)
    talk.hear("go", "opening hours", "opening hours", "opening hours", "perhaps")
    assert talk.said == ["Which town?"]


def test_an_answer_that_the_question_recognises_does_not_interrupt() -> None:
    oslo = topic("Oslo", says("A fine town"), "Oslo")
    talk = chat_with(topic("Towns", f"{TOWNS}\n{says('Right')}", "go"), oslo)
    assert talk.hear("go", "Oslo") == (Say("Right"),)


def test_a_question_can_refuse_to_be_interrupted() -> None:
    actions = f"{TEXT[:-1]}, interruptionPolicy: {{allowInterruption: false}}}}"
    talk = chat_with(topic("Firm", actions, "go"), HOURS)
    talk.hear("go", "opening hours")
    assert talk.dialogue.variables == {"City": "opening hours"}


def test_a_topic_asked_for_within_itself_starts_over() -> None:
    talk = chat_with(TRAVEL)
    talk.hear("travel", "travel", "travel")
    assert len(talk.dialogue.stack) == 1


def test_the_web_app_runs_fallback_with_the_count_and_is_silent_without() -> None:
    fallback = topic("Fallback", says("{System.FallbackCount}"), kind="OnUnknownIntent")
    talk = chat_with(fallback, HOURS)
    said = [
        text
        for each in ("a", "b", "opening hours", "c")
        for text in (talk.hear(each), talk.said)[1]
    ]
    assert said == ["1", "2", "9 to 18", "1"]
    assert chat_with(HOURS).hear("a") == ()


@pytest.mark.parametrize("generation", [Generation.PREVIEW, Generation.CLASSIC])
def test_older_generations_ask_twice_then_escalate(generation: Generation) -> None:
    talk = chat_with(ESCALATE, HOURS, generation=generation)
    talk.hear("a", "opening hours")
    assert talk.hear("b") == talk.hear("c") == (Say(dialogue.REPROMPT),)
    assert talk.hear("d") == (Transfer(),)
    assert talk.hear("e") == (Say(dialogue.REPROMPT),)


def test_a_fallback_of_ones_own_replaces_the_question_and_knows_the_phrase() -> None:
    own = topic("Fallback", says("Not {Topic.UnrecognizedTriggerPhrase}"), kind="OnUnknownIntent")
    talk = chat_with(own, generation=Generation.CLASSIC)
    talk.hear("bananas")
    assert talk.said == ["Not bananas"]


def test_what_the_agent_will_read_is_kept() -> None:
    label = topic("Print a label", says("Printed"), "print a label")
    parcel = topic("Parcel", "- {kind: BeginDialog, dialog: x.topic.PrintALabel}", "parcel")
    talk = chat_with(parcel, label, HOURS, ESCALATE)
    talk.hear("parcel", "opening hours", "parcel", "mumble", "talk to agent")
    assert talk.dialogue.topics == ("Parcel", "Hours")
    assert talk.dialogue.last_topic == "Parcel"
    assert talk.dialogue.phrases[-2:] == ("mumble", "talk to agent")


def test_only_the_last_hundred_phrases_are_kept() -> None:
    talk = chat_with(HOURS)
    talk.hear(*map(str, range(150)))
    assert talk.dialogue.phrases == tuple(map(str, range(50, 150)))


def test_variables_of_all_topics_are_merged_to_the_newest_value() -> None:
    talk = chat_with(TRAVEL, ESCALATE)
    talk.hear("travel", "Oslo", "travel", "Bergen")
    assert talk.hear("talk to agent") == (Transfer(None, {"City": "Bergen"}),)


def test_what_comes_from_outside_is_read_but_not_handed_over() -> None:
    greeting = topic("Hi", says("{Global.Product} {bot.Product}"), kind="OnConversationStart")
    talk = chat_with(greeting, ESCALATE, variables={"Product": "Boots"})
    assert talk.said == ["Boots Boots"]
    assert talk.hear("talk to agent") == (Transfer(),)


# State


def test_the_state_survives_being_stored() -> None:
    talk = chat_with(TRAVEL, ESCALATE, variables={"Cart": 3.5, "Gold": True, "Note": None})
    talk.hear("travel")
    stored = msgspec.json.encode(talk.dialogue)
    assert msgspec.json.decode(stored, type=dialogue.Dialogue) == talk.dialogue


def test_publishing_other_topics_in_mid_conversation_is_safe() -> None:
    talk = chat_with(TRAVEL)
    talk.hear("travel")
    talk.bot = dialogue.Bot("Tester", Generation.WEB_APP, (topic("Travel", says("New"), "travel"),))
    assert talk.hear("travel") == (Say("New"),)
    talk = chat_with(TRAVEL)
    talk.hear("travel")
    shorter = topic("Travel", f"{says('a')}\n{says('b')}", "travel")
    talk.bot = dialogue.Bot("Tester", Generation.WEB_APP, (shorter, HOURS))
    assert talk.hear("opening hours") == (Say("9 to 18"),)


def test_after_a_failure_the_bot_can_be_asked_on() -> None:
    talk = chat_with(topic("Flow", "- {kind: EmitEvent}", "flow"), HOURS)
    (failed,) = talk.hear("flow")
    assert failed == Failed(3000, "Flow, line 8: EmitEvent is not supported by the reference")
    assert talk.hear("opening hours") == (Say("9 to 18"),)


def test_the_shipped_bots_load_for_each_generation() -> None:
    names = {
        generation: {topic.name for topic in shipped(generation).topics}
        for generation in Generation
    }
    assert names[Generation.WEB_APP] - names[Generation.PREVIEW] == {
        *("Fallback", "Session Timeout", "Session Timeout Reminder")
    }
    assert names[Generation.CLASSIC] - names[Generation.PREVIEW] == {
        *("Opening times by phone", "Important notice", "Goodbye on the phone")
    }
