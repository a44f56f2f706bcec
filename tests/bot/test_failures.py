"""What happens when content cannot go on, and what is known of that beforehand."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot import content, dialogue, stubs
from harness.reference.bot.findings import with_stubs
from harness.reference.bot.outputs import Failed, Output, Say
from harness.reference.bot.reading import TopicInvalid
from harness.reference.bot.topics import Topic

from .builders import Talk, chat_with, says, topic

BREAK = "- {kind: EmitEvent, id: e1, eventName: x}"
DETAIL = "Bad, line 8, node e1: EmitEvent is not supported by the reference"
BAD = topic("Bad", BREAK, "go")


def on_error(*actions: str) -> Topic:
    """The bot's own topic for errors."""
    return topic("On Error", "\n".join(actions), kind="OnError")


def test_the_topic_for_errors_tells_the_customer() -> None:
    told = on_error(
        says("{System.Error.Code}: {System.Error.Message}"), "- {kind: CancelAllDialogs}"
    )
    talk = chat_with(BAD, told)
    assert talk.hear("go") == (Failed(3000, DETAIL, apologise=False), Say(f"3000: {DETAIL}"))
    assert talk.dialogue.stack == ()


def test_a_topic_for_errors_that_fails_itself_leaves_the_apology() -> None:
    first, second = chat_with(BAD, on_error(BREAK)).hear("go")
    assert first == Failed(3000, DETAIL)
    assert isinstance(second, Failed)
    assert not second.apologise


def test_what_was_said_before_the_error_was_said() -> None:
    talk = chat_with(topic("Bad", f"{says('First')}\n{BREAK}", "go"), on_error(says("Sorry")))
    talk.hear("go")
    assert talk.said == ["First", "Sorry"]


def test_a_topic_for_errors_may_ask() -> None:
    ask = "- {kind: Question, variable: Topic.X, prompt: Again?, entity: BooleanPrebuiltEntity}"
    talk = chat_with(BAD, on_error(ask, says("{Topic.X}")))
    assert talk.hear("go")[-1] == Say("Again?", ("Yes", "No"))
    assert talk.hear("yes") == (Say("true"),)


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ("{kind: EmitEvent, id: a}", "EmitEvent is not supported by the reference"),
        ("{kind: EndDialog, id: a, colour: red}", "colour is not read by the reference"),
        (
            "{kind: Question, id: a, variable: Topic.X, prompt: b, entity: StringPrebuiltEntity,"
            " interruptionPolicy: {interruptionTopicListFilter: {kind: All}}}",
            "interruptionTopicListFilter of All is not supported by the reference",
        ),
        (
            "{kind: SendActivity, id: a, activity: {text: [b],"
            " quickReplies: [{kind: OpenUrl, text: c, url: d}]}}",
            "url is not read by the reference",
        ),
        ("{kind: SendActivity, id: a, activity: '{Fly()}'}", "the function Fly is not supported"),
        (
            "{kind: SendActivity, id: a, activity: '{System.Weather}'}",
            "System.Weather is blank in the reference",
        ),
        ("{kind: SendActivity, id: a, activity: '{Env.Url}'}", "Env.Url is blank in the reference"),
        (
            "{kind: OAuthInput, id: a, text: x}",
            "OAuthInput signs nobody in unless the bot authenticates manually",
        ),
        ("{kind: InvokeFlowAction, id: a}", "InvokeFlowAction needs a declared stub"),
        (
            "{kind: SearchAndSummarizeContent, id: a, userInput: x}",
            "SearchAndSummarizeContent finds nothing unless a stub is declared",
        ),
    ],
)
def test_what_will_not_run_is_found_when_the_topic_is_loaded(action: str, what: str) -> None:
    (finding,) = topic("Do", f"- {action}").findings
    assert (finding.line, finding.node, finding.what) == (5, "a", what)


@pytest.mark.parametrize(
    ("action", "declared"),
    [
        ("{kind: InvokeFlowAction, id: a, flowId: f-1}", "a"),
        ("{kind: InvokeFlowAction, id: a, flowId: f-1}", "f-1"),
        ("{kind: HttpRequestAction, id: a, url: 'https://x.test/a'}", "https://x.test/a"),
        ("{kind: HttpRequestAction, id: a, url: '=\"https://x.test/a\"'}", "https://x.test/a"),
        ("{kind: SearchAndSummarizeContent, id: a, userInput: x}", "a"),
    ],
)
def test_what_a_declared_stub_answers_is_no_finding(action: str, declared: str) -> None:
    asking = topic("Do", f"- {action}")
    assert with_stubs(asking, stubs.read(f"'{declared}': {{answer: 1}}")) == ()
    assert with_stubs(asking, stubs.read("other: {answer: 1}")) == asking.findings != ()


def test_a_declared_stub_hides_no_other_finding() -> None:
    asking = topic("Do", "- {kind: HttpRequestAction, id: a, url: '=Concat(Env.Url, Fly())'}")
    left = with_stubs(asking, stubs.read("a: {answer: 1}"))
    assert [finding.what for finding in left] == [
        "Env.Url is blank in the reference",
        "the function Fly is not supported",
    ]


@pytest.mark.parametrize("kind", ["OnGeneratedResponse", "OnToolSelected", "OnMoonrise"])
def test_a_trigger_that_never_comes_is_found(kind: str) -> None:
    (finding,) = topic("Do", "", kind=kind).findings
    assert (finding.node, finding.what) == (kind, f"{kind} starts no topic in the reference")


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ("{kind: Question, id: a, variable: Topic.X, prompt: x}", "Question (entity is missing)"),
        ("{kind: SetVariable, id: a, value: 1}", "SetVariable (variable is missing)"),
        (
            "{kind: SendActivity, id: a, activity: {kind: EventActivity, name: x}}",
            "an activity of EventActivity",
        ),
        (
            "{kind: ConditionGroup, id: a, conditions: [{condition: =1 +, actions: []}]}",
            "ConditionGroup (the expression 1 +: not understood at '+')",
        ),
        ("{kind: Foreach, id: a, items: =1}", "Foreach (value is missing)"),
    ],
)
def test_one_bad_action_of_an_imported_topic_is_named_when_it_is_reached(
    action: str, what: str
) -> None:
    head = "kind: AdaptiveDialog\nbeginDialog:\n  kind: OnRecognizedIntent\n  intent:\n"
    text = f"{head}    triggerQueries: [go]\n  actions:\n    - {action}\n"
    loaded = content.load_topic("Do", text, "topics/Do.mcs.yml", lenient=True)
    assert [finding.what for finding in loaded.findings] == [
        f"{what} is not supported by the reference"
    ]
    (failed,) = chat_with(loaded).hear("go")
    place = "topics/Do.mcs.yml, line 7, node a"
    assert failed == Failed(3000, f"{place}: {what} is not supported by the reference")


# Services outside

FLOW = """
- kind: InvokeFlowAction
  id: flow1
  flowId: f-1
  input: {binding: {a: =Topic.A}}
  output: {binding: {balance: Topic.B}}
- {kind: SendActivity, activity: "[{Topic.B}]"}
"""
HTTP = """
- kind: HttpRequestAction
  id: http1
  url: ="https://example.test/" & Global.Path
  errorHandling:
    {kind: ContinueOnErrorBehavior, statusCode: Topic.S, errorResponseBody: Topic.E}
  response: Topic.R
  responseSchema: {kind: Record, properties: {rate: Number}}
- {kind: SendActivity, activity: "[{Topic.R.rate}{Topic.S}{Topic.E}]"}
"""
CONNECTOR = """
- kind: InvokeConnectorAction
  id: c1
  operationId: GetFood
  output: {kind: SingleVariableOutputBinding, variable: Topic.R}
- {kind: SendActivity, activity: "[{Topic.R.a}]"}
"""
SEARCH = """
- {kind: SearchAndSummarizeContent, id: s1, variable: Topic.R, userInput: x}
- {kind: SendActivity, activity: "[{Topic.R}]"}
"""


def answered(actions: str, declared: str = "x: {answer: 1}") -> tuple[Output, ...]:
    """What a topic does with these stubs."""
    bot = dialogue.Bot(
        "Tester",
        Generation.WEB_APP,
        (topic("Do", actions, "go"),),
        stubs=stubs.read(declared),
    )
    return Talk(bot, variables={"Path": "rates"}).hear("go")


@pytest.mark.parametrize(
    ("actions", "declared", "said"),
    [
        (FLOW, "flow1: {answer: {balance: 12.5}}", ["[12.5]"]),
        (FLOW, "f-1: {answer: {balance: 12.5}}", ["[12.5]"]),
        (FLOW, "f-1: {answer: {other: 1}}", ["[]"]),
        (HTTP, "https://example.test/rates: {answer: {rate: '3', more: 1}}", ["[3]"]),
        (HTTP, "http1: {error: 503, body: Closed}", ["[503Closed]"]),
        (CONNECTOR, "GetFood: {answer: {a: x}}", ["[x]"]),
        (SEARCH, "x: {answer: 1}", ["[]"]),
        (SEARCH, "s1: {answer: We open at 9}", ["We open at 9", "[We open at 9]"]),
    ],
)
def test_a_declared_answer_is_taken(actions: str, declared: str, said: list[str]) -> None:
    outputs = answered(actions, declared)
    assert [output.text for output in outputs if isinstance(output, Say)] == said
    assert len(outputs) == len(said)


@pytest.mark.parametrize(
    ("actions", "declared", "detail"),
    [
        (FLOW, "x: {answer: 1}", "no stub answers for flow1, f-1"),
        (HTTP, "x: {answer: 1}", "no stub answers for http1, https://example.test/rates"),
        (FLOW, "flow1: {error: 500}", "InvokeFlowAction was answered with 500"),
    ],
)
def test_without_one_the_place_and_the_names_are_told(
    actions: str, declared: str, detail: str
) -> None:
    (failed,) = answered(actions, declared)
    assert isinstance(failed, Failed)
    assert failed.detail.startswith("Do, line 8, node ")
    assert detail in failed.detail


@pytest.mark.parametrize(
    ("declared", "line"),
    [("- a", 1), ("a: 1", 1), ("a:\n  b: 1", 2), ("a: {}", 1), ("a: {error: x}", 1), ("a: [", 2)],
)
def test_what_declares_nothing_is_refused_at_its_line(declared: str, line: int) -> None:
    with pytest.raises(TopicInvalid) as refused:
        stubs.read(declared)
    assert refused.value.line == line
