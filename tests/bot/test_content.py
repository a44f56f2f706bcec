"""From YAML to a topic: what loads, and what is refused at which line."""

from __future__ import annotations

from textwrap import dedent

import pytest

from harness.reference.bot.content import TopicInvalid, load_topic
from harness.reference.bot.steps import Branch, Jump, Place, Question, Redirect, Unsupported

from .builders import chat_with, topic


def source(actions: str) -> str:
    return (
        "kind: AdaptiveDialog\nbeginDialog:\n  kind: OnRecognizedIntent\n"
        f"  actions:\n    - {actions}\n"
    )


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "empty"),
        ("kind: [", 2, "not YAML"),
        ("kind: Adaptive\x00", 1, "not YAML"),
        ("- 1", 1, "a topic has keys and values"),
        ("x: 1", 1, "kind is missing"),
        ("kind: TaskDialog", 1, "not TaskDialog"),
        ("kind: AdaptiveDialog", 1, "beginDialog is missing"),
        ("kind: AdaptiveDialog\nbeginDialog: 1", 2, "beginDialog has keys"),
        ("kind: AdaptiveDialog\nbeginDialog: {}", 2, "kind is missing"),
        ("kind: a\nkind: b", 2, "there twice"),
        ("a: &x 1", 1, "anchors"),
        ("a: 1\nb: *x", 2, "anchors"),
        ("? [1]\n: 2", 1, "a key must be text"),
        ("a: 1\n---\nb: 2", 2, "one document"),
        (source("{kind: SendActivity}"), 5, "activity is missing"),
        (source("{kind: SendActivity, activity: {}}"), 5, "activity needs text"),
        (source("{kind: SendActivity, activity: 'a {Topic.X'}"), 5, "not closed"),
        (source("{kind: SendActivity, activity: 'a {1 +}'}"), 5, "not understood"),
        (source("{kind: SendActivity, activity: [a]}"), 5, "activity is a text, or has keys"),
        (source("{kind: SetVariable, variable: User.X, value: 1}"), 5, "Topic.Name"),
        (source("{kind: SetVariable, variable: Topic.X, value: [1]}"), 5, "value is a value"),
        (source("{kind: Question, variable: Topic.X, prompt: a}"), 5, "entity is missing"),
        (source("{kind: GotoAction, actionId: nowhere}"), 5, "no action nowhere"),
        (source("{kind: GotoAction}"), 5, "actionId is missing"),
        (source("{id: x}"), 5, "kind is missing"),
        (source("[kind, Question]"), 5, "an item of actions has keys"),
        (source("{kind: [x]}"), 5, "kind is a text"),
    ],
)
def test_what_is_no_topic_is_refused_at_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(TopicInvalid, match=reason) as refused:
        load_topic("Topic", text)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("durationInSeconds: 0", "is a number up to"),
        ("durationInSeconds: soon", "is a number up to"),
        ("durationInSeconds: 99999999", "is a number up to"),
        ("durationInSeconds: true", "is a number up to"),
        ("durationInSeconds: 5\npriority: high", "priority is a whole number"),
    ],
)
def test_a_silence_is_a_number_of_seconds(more: str, reason: str) -> None:
    with pytest.raises(TopicInvalid, match=reason):
        topic("Reminder", "- {kind: EndDialog}", kind="OnInactivity", more=more)


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("=60 * 2", 0),
        ("=If(IsBlank(Topic.Town), 60, 90)", 0),
        ("=Global.Patience", 0),
        ("=-5", 1),
        ("=1 / 0", 1),
        ("=[60]", 1),
        ("=banana", 1),
    ],
)
def test_a_duration_that_never_comes_is_found(formula: str, found: int) -> None:
    more = f"durationInSeconds: {formula}"
    loaded = topic("Reminder", "- {kind: EndDialog}", kind="OnInactivity", more=more)
    assert ["never speaks" in finding.what for finding in loaded.findings] == [True] * found


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ("{kind: EmitEvent, eventName: a}", "EmitEvent"),
        (
            "{kind: SendActivity, activity: {attachments: [{kind: Film}]}}",
            "an attachment of Film",
        ),
        (
            "{kind: Question, variable: Topic.X, prompt: a, entity: {kind: Other}}",
            "Question with Other",
        ),
        (
            "{kind: TransferConversationV2, transferType: {kind: TransferToPhoneNumber}}",
            "TransferConversationV2 with TransferToPhoneNumber",
        ),
    ],
)
def test_what_is_not_run_loads_all_the_same(action: str, what: str) -> None:
    loaded = load_topic("Topic", source(action))
    (step,) = loaded.steps
    assert isinstance(step, Unsupported)
    assert (step.line, step.what) == (5, what)
    (finding,) = loaded.findings
    assert (finding.line, finding.what) == (5, f"{what} is not supported by the reference")


def test_yes_and_no_stay_text_as_yaml_1_2_has_it() -> None:
    loaded = topic(
        "Pets",
        """
        - kind: Question
          variable: Topic.Pet
          prompt: {text: [Which one?]}
          entity:
            kind: EmbeddedEntity
            definition:
              kind: ClosedListEntity
              items:
                - {id: No, displayName: No pets, synonyms: [none, "0"]}
                - {id: a1}
        """,
    )
    (question,) = loaded.steps
    assert isinstance(question, Question)
    labels = [(option.id, option.label, option.synonyms) for option in question.entity.options]
    assert labels == [("No", "No pets", ("none", "0")), ("a1", "a1", ())]


def test_a_number_may_have_a_fraction() -> None:
    more = "durationInSeconds: 1.5"
    assert chat_with(topic("R", "", kind="OnInactivity", more=more)).silences() == [(1.5, ("R",))]


def test_a_silence_that_is_not_set_is_the_products() -> None:
    assert chat_with(topic("R", "", kind="OnInactivity")).silences() == [(1800.0, ("R",))]


def test_a_redirect_needs_no_bindings() -> None:
    (step,) = topic("R", "- {kind: BeginDialog, dialog: x, input: {}, output: {}}").steps
    assert step == Redirect(Place(5, "", "BeginDialog"), dialog="x")


def test_conditions_become_jumps() -> None:
    loaded = topic(
        "Choice",
        """
        - kind: ConditionGroup
          conditions:
            - condition: =Topic.X
              actions: [{kind: EndDialog}]
            - actions: [{kind: EndConversation}]
          elseActions: [{kind: EndDialog, id: last}]
        - {kind: GotoAction, actionId: last}
        """,
    )
    branch = loaded.steps[0]
    assert isinstance(branch, Branch)
    assert [position for _, position in branch.cases] == [1, 3]
    assert branch.otherwise == 5
    jumps = {
        index: step.position for index, step in enumerate(loaded.steps) if isinstance(step, Jump)
    }
    assert jumps == {2: 6, 4: 6, 6: 5}


def test_what_the_portal_adds_is_ignored() -> None:
    text = dedent("""\
        mcs.metadata: {componentName: Hello}
        kind: AdaptiveDialog
        modelDescription: |-
          When to choose this topic.
        beginDialog:
          kind: OnRedirect
          id: main
          actions:
        inputType: {}
        outputType: {}
        """)
    loaded = load_topic("Hello", text)
    assert (loaded.name, loaded.trigger, loaded.steps) == ("Hello", "OnRedirect", ())
