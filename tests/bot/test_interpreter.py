"""What each kind of action does."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot.outputs import End, Failed, HangUp, Say, Transfer

from .builders import chat_with, says, topic

CHOICE = """
- kind: ConditionGroup
  conditions:
    - {condition: =Global.N = 1, actions: [{kind: SendActivity, activity: one}]}
    - {condition: =Global.N = 2, actions: [{kind: SendActivity, activity: two}]}
  elseActions: [{kind: SendActivity, activity: many}]
- {kind: SendActivity, activity: done}
"""


@pytest.mark.parametrize(("n", "said"), [(1, "one"), (2, "two"), (3, "many")])
def test_the_first_condition_that_holds_is_taken(n: int, said: str) -> None:
    talk = chat_with(topic("Choice", CHOICE, "go"), variables={"N": n})
    talk.hear("go")
    assert talk.said == [said, "done"]


def test_without_a_case_that_holds_the_topic_goes_on() -> None:
    actions = "- {kind: ConditionGroup, conditions: [{condition: =false, actions: []}]}\n"
    assert chat_with(topic("C", actions + says("on"), "go")).hear("go") == (Say("on"),)


def test_a_message_shows_values_and_offers_replies() -> None:
    actions = """
    - {kind: SetVariable, variable: init:Global.Total, value: =2 * 1.5}
    - {kind: SetVariable, variable: Topic.Empty}
    - kind: SendActivity
      activity:
        text: ["Total {Global.Total}{Topic.Empty} of {If(true, "}{", 1)}", never]
        quickReplies: [{kind: MessageBack, text: Pay}, {kind: MessageBack, text: Wait}]
    """.replace('"}{"', "''}{''").replace("''", '\\"')
    talk = chat_with(topic("Total", actions, "go"))
    assert talk.hear("go") == (Say("Total 3 of }{", ("Pay", "Wait")),)


def test_a_goto_repeats_until_a_condition_ends_it() -> None:
    actions = """
    - {kind: SetVariable, id: next, variable: Topic.N, value: =Topic.N + 1}
    - kind: ConditionGroup
      conditions:
        - {condition: =Topic.N < 5, actions: [{kind: GotoAction, actionId: next}]}
    - {kind: SendActivity, activity: "{Topic.N}"}
    """
    assert chat_with(topic("Count", actions, "go")).hear("go") == (Say("5"),)


def test_a_redirect_passes_inputs_takes_outputs_and_comes_back() -> None:
    inner = topic(
        "Double it",
        """
        - {kind: SetVariable, variable: Topic.Double, value: =Topic.N * 2}
        - {kind: EndDialog}
        - {kind: SendActivity, activity: never}
        """,
    )
    outer = topic(
        "Outer",
        """
        - kind: BeginDialog
          dialog: cr1_bot.topic.DoubleIt
          input: {binding: {N: =20 + 1}}
          output: {binding: {Double: Topic.Answer, Missing: Global.Missing}}
        - {kind: SendActivity, activity: "{Topic.Answer}{Topic.Double}{Global.Missing}"}
        """,
        "go",
    )
    talk = chat_with(outer, inner)
    assert talk.hear("go") == (Say("42"),)
    assert talk.dialogue.variables == {"N": 21, "Double": 42, "Answer": 42, "Missing": None}


def test_a_topic_starts_anew_with_blank_variables() -> None:
    actions = f"{says('[{Topic.X}]')}\n- {{kind: SetVariable, variable: Topic.X, value: 1}}"
    talk = chat_with(topic("Anew", actions, "go"))
    assert talk.hear("go") == talk.hear("go") == (Say("[]"),)


def test_a_redirect_to_nowhere_fails_and_says_where() -> None:
    talk = chat_with(topic("Lost", "- {kind: BeginDialog, dialog: x.topic.Gone}", "go"))
    assert talk.hear("go") == (Failed(3000, "Lost, line 8: there is no topic x.topic.Gone"),)


def test_an_expression_that_fails_says_where() -> None:
    talk = chat_with(topic("Sum", says("a {1 / 0}"), "go"))
    assert talk.hear("go") == (Failed(3000, "Sum, line 8: division by zero"),)


@pytest.mark.parametrize(
    ("transfer", "expected"),
    [
        ("", Transfer(None, {"City": "Oslo"})),
        (", transferType: {kind: TransferToAgent}", Transfer(None, {"City": "Oslo"})),
        (
            ", transferType: {kind: TransferToAgent, messageToAgent: 'From {Topic.City}'}",
            Transfer("From Oslo", {"City": "Oslo"}),
        ),
        (
            ", transferType: {kind: TransferToAgent, context: {kind: AutomaticTransferContext}}",
            Transfer(None, {"City": "Oslo"}),
        ),
        *(
            (
                ", transferType: {kind: TransferToAgent, context:"
                f" {{kind: AutomaticTransferContext, variables: {which}}}}}",
                Transfer(None, variables),
            )
            for which, variables in (
                ("All", {"City": "Oslo"}),
                ("Topic", {"City": "Oslo"}),
                ("Global", {}),
            )
        ),
        (
            ", transferType: {kind: TransferToAgent, context: {kind: ManualTransferContext,"
            " contextVariables: {Town: =Topic.City}}}",
            Transfer(None, {"Town": "Oslo"}),
        ),
        (
            ", transferType: {kind: TransferToAgent, context: {kind: ExpressionTransferContext,"
            " value: '={Town: Upper(Topic.City)}'}}",
            Transfer(None, {"Town": "OSLO"}),
        ),
        (
            ", transferType: {kind: TransferToAgent, context: {kind: ExpressionTransferContext,"
            " value: {Town: =Topic.City}}}",
            Transfer(None, {"Town": "Oslo"}),
        ),
        (
            ", transferType: {kind: TransferToAgent, context: {kind: ExpressionTransferContext}}",
            Transfer(None, {}),
        ),
        (
            ", transferType: {kind: TransferToAgent, messageToAgent: {text: ['In {Topic.City}']}}",
            Transfer("In Oslo", {"City": "Oslo"}),
        ),
        (
            ", transferType: {kind: TransferToAgent, context: {kind: ExpressionTransferContext,"
            " value: 5}}",
            Failed(3000, "T, line 9: the context of a transfer is a record"),
        ),
        (
            ", transferType: {kind: TransferToAgent, context: {kind: MadeUpContext}}",
            Failed(
                3000,
                "T, line 9: TransferConversationV2 with MadeUpContext is not supported by the"
                " reference",
            ),
        ),
    ],
)
def test_a_transfer_takes_message_and_variables_along(
    transfer: str, expected: Transfer | Failed
) -> None:
    actions = (
        "- {kind: SetVariable, variable: Topic.City, value: Oslo}\n"
        f"- {{kind: TransferConversationV2{transfer}}}\n{says('never')}"
    )
    assert chat_with(topic("T", actions, "go")).hear("go") == (expected,)


def test_end_conversation_comes_after_what_was_said() -> None:
    actions = f"{says('Bye')}\n- {{kind: EndConversation}}\n{says('never')}"
    assert chat_with(topic("End", actions, "go")).hear("go") == (Say("Bye"), End())


HANG_UP = "- {kind: BeginDialog, dialog: telephony.topic.HangUp}"
NOTICE = """
- kind: BeginDialog
  dialog: telephony.topic.SendUninterruptibleVoiceMessage
  input: {binding: {UninterruptibleMessage: ="Stop " & 1}}
- {kind: SendActivity, activity: on}
"""


def test_hang_up_ends_the_call() -> None:
    talk = chat_with(
        topic("Bye", f"{HANG_UP}\n{says('never')}", "go"), generation=Generation.CLASSIC
    )
    assert talk.hear("go") == (HangUp(),)


def test_an_uninterruptible_message_says_so_and_the_topic_goes_on() -> None:
    talk = chat_with(topic("Notice", NOTICE, "go"), generation=Generation.CLASSIC)
    assert talk.hear("go") == (Say("Stop 1", interruptible=False), Say("on"))


@pytest.mark.parametrize(
    ("generation", "dialog", "name"),
    [
        (Generation.WEB_APP, "HangUp", "Hang up"),
        (Generation.PREVIEW, "HangUp", "Hang up"),
        (Generation.CLASSIC, "SetSurveyConsent", "Set survey consent"),
        (
            Generation.CLASSIC,
            "TransferToPhoneNumber",
            "Transfer the call to a different phone number",
        ),
    ],
)
def test_a_voice_action_that_does_not_run_is_named(
    generation: Generation, dialog: str, name: str
) -> None:
    actions = f"- {{kind: BeginDialog, dialog: telephony.topic.{dialog}}}"
    (failed,) = chat_with(topic("Voice", actions, "go"), generation=generation).hear("go")
    assert failed == Failed(3000, f"Voice, line 8: {name} is not supported by the reference")
