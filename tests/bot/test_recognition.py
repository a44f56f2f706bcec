"""Which topic an utterance asks for."""

from __future__ import annotations

from itertools import chain

import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot.listening.phrases import Phrasebook
from harness.reference.bot.outputs import Say, Transfer

from .builders import chat_with, says, topic

HOURS = topic("Hours", says("9 to 18"), "opening hours", "when do you open")
PARCEL = topic("Parcel", says("Which parcel?"), "return a parcel")
ESCALATE = topic("Escalate", "- {kind: TransferConversationV2}", "talk to agent", kind="OnEscalate")
CLARIFY = topic(
    "Did you mean",
    """
    - {kind: SetVariable, variable: init:Topic.Options, value: =System.Recognizer.IntentOptions}
    - kind: EditTable
      changeType: Add
      itemsVariable: Topic.Options
      value: '={DisplayName: "None of these", TopicId: "NoTopic", TriggerId: "x", Score: 1.0}'
    - kind: Question
      alwaysPrompt: true
      interruptionPolicy: {allowInterruption: false}
      variable: System.Recognizer.SelectedIntent
      prompt: "Did you mean:"
      entity: {kind: DynamicClosedListEntity, items: =Topic.Options}
    - kind: ConditionGroup
      conditions:
        - condition: =System.Recognizer.SelectedIntent.TopicId = "NoTopic"
          actions: [{kind: ReplaceDialog, dialog: x.topic.Fallback}]
    """,
    kind="OnSelectIntent",
)
FALLBACK = topic("Fallback", says("Say it again"), kind="OnUnknownIntent")


@pytest.mark.parametrize(
    ("utterance", "said"),
    [
        ("opening hours", "9 to 18"),
        ("what are your opening hours?", "9 to 18"),
        ("openning huors", "9 to 18"),
        ("hours opening", "9 to 18"),
        ("Return the parcel", "Say it again"),
        ("retrun a parcel", "Which parcel?"),
        ("open", "Say it again"),
        ("the weather in Oslo", "Say it again"),
    ],
)
def test_words_that_are_much_like_a_phrase_ask_for_its_topic(utterance: str, said: str) -> None:
    talk = chat_with(HOURS, PARCEL, FALLBACK, ESCALATE)
    talk.hear(utterance)
    assert talk.said == [said]


def test_words_that_are_much_like_asking_for_a_person_escalate() -> None:
    assert chat_with(HOURS, ESCALATE, FALLBACK).hear("talk to an agent") == (Transfer(),)


def test_an_answer_that_is_only_like_a_phrase_stays_an_answer() -> None:
    ask = "- {kind: Question, variable: Topic.X, prompt: What?, entity: StringPrebuiltEntity}"
    talk = chat_with(topic("Ask", f"{ask}\n{says('{Topic.X}')}", "ask me"), HOURS, ESCALATE)
    for answer in ("openning hours", "about the opening hours", "talk to an agnt"):
        talk.hear("ask me", answer)
        assert talk.said == [answer]


def test_equally_good_topics_are_offered_and_the_chosen_one_runs() -> None:
    talk = chat_with(HOURS, topic("Shops", says("Oslo"), "opening hours"), CLARIFY, FALLBACK)
    offered = ("Hours", "Shops", "None of these")
    assert talk.hear("opening hours") == (Say("Did you mean:", offered),)
    assert talk.dialogue.topics == ()
    assert talk.hear("Shops") == (Say("Oslo"),)
    assert talk.dialogue.last_topic == "Shops"
    assert talk.hear("opening hours", "None of these") == (Say("Say it again"),)


def test_a_topic_that_is_not_to_be_offered_is_not() -> None:
    quiet = topic(
        "Quiet",
        says("psst"),
        more="intent: {includeInOnSelectIntent: false, triggerQueries: [opening hours]}",
    )
    assert chat_with(HOURS, quiet, CLARIFY).hear("opening hours") == (Say("9 to 18"),)


def test_the_longer_phrase_needs_no_asking_back() -> None:
    long = topic("Long", says("long"), "the opening hours")
    assert chat_with(HOURS, long, CLARIFY).hear("the opening hours") == (Say("long"),)


def test_of_equally_good_topics_the_lowest_priority_number_is_first() -> None:
    talk = chat_with(
        topic("Old", says("old"), "opening hours", more="priority: 2"),
        topic("Urgent", says("urgent"), "opening hours", more="priority: 1"),
        topic("Longer", says("longer"), "opening hours today", more="priority: 3"),
    )
    assert talk.hear("opening hours") == (Say("urgent"),)
    assert talk.hear("the opening hours today") == (Say("longer"),)


def test_topics_come_oldest_first_whatever_their_number() -> None:
    book = Phrasebook((f"t{n}", ["same words", f"other {n}"]) for n in range(200))
    assert [match.topic for match in book.ranked("same words")][:3] == ["t0", "t1", "t2"]
    assert next(iter(book.ranked("other 150 please"))).topic == "t150"


def test_whatever_is_told_first_runs_first_and_does_not_take_the_turn() -> None:
    known = topic(
        "Context",
        "- {kind: SetVariable, variable: Global.Country, value: NO}",
        kind="OnActivity",
        more="type: Message\ncondition: =IsBlank(Global.Country)",
    )
    country = topic("Where", says("{Global.Country}"), "where")
    assert chat_with(known, country).hear("where") == (Say("NO"),)


def test_unknown_utterances_count_also_where_something_hears_them_first() -> None:
    heard = topic("Heard", says("heard"), kind="OnActivity", more="type: Message")
    count = topic("Fallback", says("{System.FallbackCount}"), kind="OnUnknownIntent")
    talk = chat_with(heard, count, HOURS)
    assert talk.hear("x") == (Say("heard"), Say("1"))
    assert talk.hear("y") == (Say("heard"), Say("2"))
    assert talk.hear("opening hours") == (Say("heard"), Say("9 to 18"))
    assert talk.hear("z") == (Say("heard"), Say("1"))
    older = chat_with(heard, ESCALATE, generation=Generation.CLASSIC)
    assert older.hear("x", "y", "z") == (Say("heard"), Transfer())


def test_topics_for_the_unknown_run_one_after_the_other_until_the_queue_is_cleared() -> None:
    search = "- {kind: SearchAndSummarizeContent, variable: Topic.Answer, userInput: =1}"
    cleared = "- {kind: EndDialog, clearTopicQueue: true}"
    first = topic("Search", f"{search}\n{says('looked')}", kind="OnUnknownIntent")
    assert chat_with(first, FALLBACK).hear("x") == (Say("looked"), Say("Say it again"))
    last = topic("Search", f"{says('found')}\n{cleared}", kind="OnUnknownIntent")
    assert chat_with(last, FALLBACK).hear("x") == (Say("found"),)


def test_a_topic_that_asks_holds_back_the_others_until_it_is_done() -> None:
    ask = "- {kind: Question, variable: Topic.X, prompt: Who?, entity: StringPrebuiltEntity}"
    talk = chat_with(
        topic("Ask", ask, kind="OnConversationStart"),
        topic("Greet", says("Hello {Global.N}"), kind="OnConversationStart"),
    )
    assert talk.said == ["Who?"]
    assert talk.hear("Ada") == (Say("Hello "),)


def test_a_thousand_topics_are_found_by_their_phrases() -> None:
    phrases = [(f"t{n}", [f"question {n} about thing {m}" for m in range(10)]) for n in range(1000)]
    book = Phrasebook(phrases)
    assert next(book.matches("my question 999 about thing 7")) == "t999"
    assert book.similar("qestion 500 abuot thing 3")[0].topic in set(chain(t for t, _ in phrases))
