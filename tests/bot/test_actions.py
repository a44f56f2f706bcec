"""Variables, tables, loops, redirects, questions: what the other actions do."""

from __future__ import annotations

import msgspec
import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot import dialogue
from harness.reference.bot.content import load_entity
from harness.reference.bot.outputs import End, Failed, PhoneTransfer, Say, Traced

from .builders import START, Talk, chat_with, says, topic

ITEMS = '- {kind: SetVariable, variable: Topic.T, value: "=[1, 2, 3]"}\n'
SHOW = "- {kind: SendActivity, activity: '{%s}'}"


def said(actions: str) -> list[str]:
    """What a topic of these actions says."""
    talk = chat_with(topic("Do", actions, "go"))
    talk.hear("go")
    return talk.said


@pytest.mark.parametrize(
    ("action", "shown"),
    [
        ("changeType: Add, value: =4", "1,2,3,4"),
        ("changeType: Add, value: '=[4, 5]'", "1,2,3,4,5"),
        ("changeType: Remove, value: '=First(Topic.T)'", "2,3"),
        ("changeType: Clear", ""),
        ("changeType: TakeFirst, resultVariable: Topic.R", "2,3;1"),
        ("changeType: TakeLast, resultVariable: Topic.R", "1,2;3"),
        ("changeType: GetFirst, resultVariable: Topic.R", "1,2,3;1"),
        ("changeType: {kind: TakeLastItemOperation, resultVariable: Topic.R}", "1,2;3"),
    ],
)
def test_a_table_is_edited_in_place(action: str, shown: str) -> None:
    edit = f"- {{kind: EditTable, itemsVariable: Topic.T, {action}}}\n"
    result = ";{Topic.R.Value}" if "result" in action else ""
    show = f"- kind: SendActivity\n  activity: '{{Concat(Topic.T, Value, \",\")}}{result}'"
    assert said(ITEMS + edit + show) == [shown]


def test_a_loop_goes_through_a_table_and_can_be_nested() -> None:
    actions = f"""{ITEMS}
- kind: Foreach
  items: =Topic.T
  value: Topic.A
  index: Topic.I
  actions:
    - kind: Foreach
      items: =FirstN(Topic.T, Topic.I)
      value: Topic.B
      actions:
        - {{kind: SendActivity, activity: "{{Topic.A}}{{Topic.B}}{{Topic.B.Value}}"}}
- {{kind: SendActivity, activity: done}}
"""
    assert said(actions) == ["211", "311", "322", "done"]


def test_a_question_within_a_loop_waits_and_the_loop_goes_on() -> None:
    actions = f"""{ITEMS}
- kind: Foreach
  items: =Topic.T
  value: Topic.A
  actions:
    - kind: Question
      alwaysPrompt: true
      variable: Topic.Q
      prompt: "Next?"
      entity: BooleanPrebuiltEntity
- {{kind: SendActivity, activity: done}}
"""
    talk = chat_with(topic("Do", actions, "go"))
    talk.hear("go")
    for _ in range(2):
        talk.dialogue = again(talk)
        assert talk.hear("yes") == (Say("Next?", ("Yes", "No")),)
    assert talk.hear("yes") == (Say("done"),)


def again(talk: Talk) -> dialogue.Dialogue:
    """The dialogue as a store gives it back."""
    return msgspec.json.decode(msgspec.json.encode(talk.dialogue), type=dialogue.Dialogue)


def test_records_and_tables_survive_being_stored() -> None:
    value = '"={a: {b: [{c: 1}, {c: 2}]}, d: [\\"x\\"]}"'
    keep = f"- {{kind: SetVariable, variable: Global.R, value: {value}}}"
    talk = chat_with(
        topic("Keep", keep, "go"), topic("Show", says("{Sum(Global.R.a.b, c)}"), "show")
    )
    talk.hear("go")
    assert again(talk) == talk.dialogue
    talk.dialogue = again(talk)
    talk.hear("show")
    assert talk.said == ["3"]


def test_a_field_within_a_record_is_set() -> None:
    actions = """
    - {kind: SetVariable, variable: Topic.A.City.Name, value: Oslo}
    - {kind: SetVariable, variable: Topic.A.Zip, value: 150}
    - {kind: SendActivity, activity: "{Topic.A.City.Name} {Topic.A.Zip}"}
    """
    talk = chat_with(topic("Do", actions, "go"))
    talk.hear("go")
    assert talk.said == ["Oslo 150"]
    assert talk.dialogue.variables == {"A": {"City": {"Name": "Oslo"}, "Zip": 150}}


def test_a_text_variable_takes_a_message() -> None:
    actions = """
    - {kind: SetVariable, variable: Topic.N, value: =2}
    - {kind: SetTextVariable, variable: Topic.T, value: "You have {Topic.N}"}
    - {kind: SendActivity, activity: "{Topic.T}"}
    """
    assert said(actions) == ["You have 2"]


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        ('"{\\"a\\": 1}"', "{kind: Record, properties: {a: Number, b: String}}", "=Topic.R.a + 1"),
        ('"[1, 1]"', "{kind: Table, properties: {Value: Number}}", "=Sum(Topic.R, Value)"),
        ("=2", "String", "=Len(Topic.R) + 1"),
        ('"true"', "Boolean", "=If(Topic.R, 2, 1)"),
    ],
)
def test_a_value_is_brought_into_its_type(value: str, shape: str, shown: str) -> None:
    parse = f"- {{kind: ParseValue, variable: Topic.R, value: {value}, valueType: {shape}}}\n"
    assert said(f"{parse}- kind: SendActivity\n  activity: '{{{shown[1:]}}}'") == ["2"]


@pytest.mark.parametrize("value", ["not json", "5", '"[1]"'])
def test_a_value_of_another_type_fails(value: str) -> None:
    parse = (
        f"- {{kind: ParseValue, variable: Topic.R, value: {value}, valueType: {{kind: Record}}}}"
    )
    assert said(parse) == []


@pytest.mark.parametrize(
    ("policy", "expected"), [("DefaultBlank", ["true"]), ("ThrowError", []), ("Other", [])]
)
def test_a_value_that_does_not_fit_fails_or_is_blank(policy: str, expected: list[str]) -> None:
    parse = (
        "- {kind: ParseValue, variable: Topic.R, value: not json, valueType: {kind: Record},"
        f" errorPolicy: {policy}}}\n"
    )
    assert said(parse + says("{IsBlank(Topic.R)}")) == expected


@pytest.mark.parametrize(
    ("which", "left"), [("ConversationScoped", ""), ("AllGlobal", ""), ("UserScoped", "1")]
)
def test_cleared_variables_are_blank_and_not_handed_over(which: str, left: str) -> None:
    actions = f"""
- {{kind: SetVariable, variable: Global.G, value: 1}}
- {{kind: ClearAllVariables, variables: {which}Variables}}
- {{kind: SendActivity, activity: "[{{Global.G}}]"}}
- {{kind: TransferConversationV2}}
"""
    talk = chat_with(topic("Do", actions, "go"))
    talk.hear("go")
    assert talk.said == [f"[{left}]"]
    assert talk.dialogue.variables == ({"G": 1} if left else {})


INNER = topic("Inner", f"- {{kind: CancelAllDialogs}}\n{says('never')}")


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("- {kind: BeginDialog, dialog: Inner}", []),
        ("- {kind: CancelAllDialogs}", []),
        ("- {kind: IfCondition, condition: =false, actions: [], elseActions: []}", ["on"]),
        ("- {kind: SetVariable, disabled: true, variable: Topic.A, value: =1/0}", ["on"]),
    ],
)
def test_what_is_cancelled_does_not_go_on(action: str, expected: list[str]) -> None:
    talk = chat_with(topic("Do", f"{action}\n{says('on')}", "go"), INNER)
    talk.hear("go")
    assert talk.said == expected


def test_a_topic_that_replaces_another_gives_its_outputs_to_the_one_below() -> None:
    last = topic("Last", "- {kind: SetVariable, variable: Topic.R, value: 7}")
    middle = topic("Middle", f"- {{kind: ReplaceDialog, dialog: Last}}\n{says('never')}")
    first = topic(
        "First",
        "- {kind: BeginDialog, dialog: Middle, output: {binding: {R: Topic.Got}}}\n"
        + says("{Topic.Got}"),
        "go",
    )
    assert chat_with(first, middle, last).hear("go") == (Say("7"),)


def test_a_topic_starts_over() -> None:
    actions = f"""
- kind: ConditionGroup
  conditions: [{{condition: =Global.N < 2, actions: []}}]
  elseActions: [{{kind: EndConversation}}]
- {{kind: SetVariable, variable: Global.N, value: =Global.N + 1}}
{says("{Global.N}")}
- {{kind: RepeatDialog}}
"""
    assert chat_with(topic("Do", actions, "go")).hear("go") == (Say("1"), Say("2"), End())


@pytest.mark.parametrize("channel", ["telephony", "Omnichannel"])
def test_a_call_is_handed_to_a_number_and_a_chat_is_not(channel: str) -> None:
    transfer = "{kind: TransferToPhoneNumber, phoneNumber: '+1 555 {Global.N}'}"
    actions = f"- {{kind: TransferConversationV2, transferType: {transfer}}}"
    bot = chat_with(topic("Do", actions, "go")).bot
    (output,) = Talk(bot, channel=channel, variables={"N": 7}).hear("go")
    if channel == "telephony":
        assert output == PhoneTransfer("+1 555 7")
    else:
        assert isinstance(output, Failed)
        assert output.detail.endswith("a transfer to +1 555 7 is not supported in a chat")


# Surveys, and what leaves a note


def test_stars_are_noted_and_the_topic_goes_on() -> None:
    talk = chat_with(topic("Rate", f"- {{kind: CSATQuestion}}\n{says('Thanks')}", "go"))
    (asked,) = talk.hear("go")
    assert isinstance(asked, Say)
    assert asked.suggestions == ("1", "2", "3", "4", "5")
    turn = dialogue.hear(talk.bot, talk.dialogue, "4", START)
    assert turn.outputs == (Say("Thanks"),)
    assert turn.trace == (Traced("CSATSurveyResponse", {"score": 4}),)


def test_whoever_gives_no_stars_speaks_of_something_else() -> None:
    hours = topic("Hours", says("9 to 18"), "opening hours")
    talk = chat_with(topic("Rate", f"- {{kind: CSATQuestion}}\n{says('Thanks')}", "go"), hours)
    assert talk.hear("go", "opening hours") == (Say("9 to 18"),)


def test_a_turn_tells_what_was_done_in_order() -> None:
    inner = topic("Inner", "- {kind: SetVariable, variable: Topic.A, value: 1}")
    actions = """
    - {kind: BeginDialog, dialog: Inner}
    - {kind: LogCustomTelemetryEvent, eventName: Seen, properties: "={a: 1}"}
    - kind: Question
      conversationOutcome: ResolvedImplied
      variable: Topic.Ok
      prompt: Ok?
      entity: BooleanPrebuiltEntity
    """
    talk = chat_with(topic("Do", actions, "go"), inner)
    first = dialogue.hear(talk.bot, talk.dialogue, "go", START)
    second = dialogue.hear(talk.bot, first.dialogue, "yes", START)
    assert [(one.kind, one.value) for one in first.trace] == [
        ("IntentRecognition", {"intent": "Do", "score": 1.0}),
        ("DialogRedirect", {"targetDialogId": "Inner", "from": "Do"}),
        ("VariableAssignment", {"name": "A", "value": 1, "scope": "Topic", "topic": "Inner"}),
        ("CustomTelemetry", {"name": "Seen", "properties": {"a": 1}}),
        ("ConversationOutcome", {"outcome": "ResolvedImplied"}),
    ]
    assert second.trace[-1] == Traced("PRRSurveyResponse", {"response": "Yes"})


# Entities of the bot, defaults of variables, signing in

GENDER = load_entity("kind: ClosedListEntity\nitems: [{id: f, displayName: Woman}, {id: m}]")
ASK = "- {kind: Question, id: q, variable: Topic.X, prompt: Who?, entity: %s}\n" + SHOW % "Topic.X"


@pytest.mark.parametrize(
    ("entity", "offered"),
    [
        ("x_bot.entity.Gender", ("Woman", "m")),
        ("{kind: ClosedListEntityReference, entityId: x_bot.entity.Gender}", ("Woman", "m")),
        (
            "{kind: ClosedListEntityReference, entityId: x_bot.entity.Gender, selectedItems: [f]}",
            ("Woman",),
        ),
    ],
)
def test_a_list_of_the_bot_is_asked_by_its_name(entity: str, offered: tuple[str, ...]) -> None:
    bot = dialogue.Bot(
        "Tester",
        Generation.WEB_APP,
        (topic("Ask", ASK % entity, "go"),),
        entities={"x_bot.entity.Gender": GENDER},
    )
    talk = Talk(bot)
    assert talk.hear("go") == (Say("Who?", offered),)
    assert talk.hear("woman") == (Say("Woman"),)


def test_a_topic_is_found_by_its_schema_name() -> None:
    go = topic("Go", "- {kind: BeginDialog, dialog: x_bot.topic.a7}", "go")
    named = dialogue.Bot(
        "Tester",
        Generation.WEB_APP,
        (go, topic("A name of its own", says("here"))),
        dialogs={"x_bot.topic.a7": "A name of its own"},
    )
    assert Talk(named).hear("go") == (Say("here"),)


def test_a_variable_has_its_default_until_it_is_set() -> None:
    go = topic("Go", says("{Global.Store}"), "go")
    bot = dialogue.Bot("Tester", Generation.WEB_APP, (go,), variables={"Store": "Oslo"})
    assert Talk(bot).hear("go") == (Say("Oslo"),)
    assert Talk(bot, variables={"Store": "Bergen"}).hear("go") == (Say("Bergen"),)


def test_a_bot_that_asks_everybody_to_sign_in_does_so_first_and_signs_in_nobody() -> None:
    sign_in = topic(
        "Sign in",
        """
        - kind: ConditionGroup
          conditions:
            - condition: =System.SignInReason = SignInReason.SignInRequired
              actions: [{kind: SendActivity, activity: Please sign in}]
        - {kind: OAuthInput, title: Login, text: Log in here}
        """,
        kind="OnSignIn",
    )
    greet = topic("Greet", says("Hi {System.User.IsLoggedIn}"), kind="OnConversationStart")
    bot = dialogue.Bot("Tester", Generation.WEB_APP, (greet, sign_in), signs_in=True)
    assert Talk(bot).said == ["Please sign in", "Log in here", "Hi false"]
    assert chat_with(greet, sign_in).said == ["Hi false"]
