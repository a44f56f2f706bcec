"""What a question asks of an answer beyond its entity, and who may interrupt it."""

from __future__ import annotations

import pytest

from harness.reference.bot.outputs import Say, Transfer

from .builders import Talk, chat_with, says, topic

AGE = """
- kind: Question
  id: q
  variable: %s
  prompt: How old?
  entity: NumberPrebuiltEntity
  validation: =%s >= 18
  invalidPrompt: From 18 on
  unrecognizedPrompt: A number, please
  repeatCount: 1
  defaultValue: =21
  defaultValueResponse: Then 21
"""


def asked(variable: str = "Topic.Age") -> Talk:
    talk = chat_with(topic("Age", AGE % (variable, variable) + says(f"{{{variable}}}"), "go"))
    talk.hear("go")
    return talk


@pytest.mark.parametrize("variable", ["Topic.Age", "Global.Age", "bot.Age", "Topic.Person.Age"])
def test_an_answer_that_is_not_valid_is_asked_for_again(variable: str) -> None:
    talk = asked(variable)
    assert talk.hear("17") == (Say("From 18 on"),)
    assert talk.dialogue.variables == {}
    assert talk.hear("18") == (Say("18"),)


def test_what_is_no_answer_has_its_own_prompt() -> None:
    assert asked().hear("abc") == (Say("A number, please"),)


def test_the_default_is_taken_with_words_of_its_own() -> None:
    assert asked().hear("17", "16") == (Say("Then 21"), Say("21"))


@pytest.mark.parametrize(
    ("chosen", "said"), [("[x_bot.topic.Hours]", "9"), ("[Other]", "Off"), ("[]", "Off")]
)
def test_only_the_chosen_topics_interrupt(chosen: str, said: str) -> None:
    ask = f"""
    - kind: Question
      id: q
      variable: Topic.City
      prompt: Which town?
      entity: StringPrebuiltEntity
      interruptionPolicy:
        allowInterruption: true
        interruptionTopicListFilter:
          kind: IncludeSelectedTopics
          allowedInterruptTopics: {chosen}
    - {{kind: SendActivity, activity: "Off"}}
    """
    talk = chat_with(topic("Travel", ask, "go"), topic("Hours", says("9"), "hours"))
    assert talk.hear("go", "hours")[0] == Say(said)


def test_of_one_name_in_two_scopes_each_travels_with_its_own_value() -> None:
    def handed(which: str) -> object:
        actions = f"""
        - {{kind: SetVariable, variable: Global.Parcel, value: A}}
        - {{kind: SetVariable, variable: Global.Store, value: Oslo}}
        - {{kind: SetVariable, variable: Topic.Parcel, value: B}}
        - kind: TransferConversationV2
          transferType:
            kind: TransferToAgent
            context: {{kind: AutomaticTransferContext, variables: {which}}}
        """
        return chat_with(topic("Do", actions, "go")).hear("go")[-1]

    assert handed("All") == Transfer(None, {"Store": "Oslo", "Parcel": "B"})
    assert handed("Topic") == Transfer(None, {"Parcel": "B"})
    assert handed("Global") == Transfer(None, {"Store": "Oslo", "Parcel": "A"})
