"""Hostile and huge input: an answer or a refusal, soon; never a crash, never a hang.

Nothing here measures time: each case is far too large to end at all if it were not bounded.
"""

from __future__ import annotations

import random

import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot import documents
from harness.reference.bot.content import TopicInvalid, load_topic
from harness.reference.bot.expressions import (
    ExpressionFailed,
    ExpressionInvalid,
    evaluate,
    parse,
)
from harness.reference.bot.outputs import Failed, Transfer

from .builders import chat_with, says, shipped, topic

SEEDS = range(40)


def line_of_refusal(text: str) -> int:
    """Where a topic was refused, 0 when it was not."""
    try:
        load_topic("Topic", text)
    except TopicInvalid as refused:
        return refused.line
    return 0


@pytest.mark.parametrize(
    "text",
    ["[" * 90_000, "- " * 40_000, "{a: " * 20_000, "a:\n " * 20_000, "x" * 200_000, "\ufffe", "\t"],
)
def test_a_deep_or_broken_document_is_refused(text: str) -> None:
    with pytest.raises(TopicInvalid):
        load_topic("Topic", text)


def test_aliases_cannot_make_a_small_document_huge() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    with pytest.raises(TopicInvalid, match="aliases"):
        load_topic("Topic", "\n".join(lines))


def test_actions_have_an_end() -> None:
    with pytest.raises(TopicInvalid, match="more than"):
        topic("Long", "\n".join(["- {kind: EndDialog}"] * 2_500))


@pytest.mark.parametrize(
    "source",
    ["(" * 500 + "1" + ")" * 499, "!" * 999, "1" + "+1" * 400, '"' * 999, "If(" * 300, "-" * 9_999],
)
def test_a_deep_or_long_expression_is_refused(source: str) -> None:
    with pytest.raises(ExpressionInvalid):
        parse(source)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_characters_make_an_expression_or_a_refusal(seed: int) -> None:
    dice = random.Random(seed)
    pieces = [
        *'()"&|!=<>+-*/.,{}',
        "'",
        "If(",
        "And",
        "Not ",
        "Topic.X",
        "1",
        " ",
        "true",
        "ß",
        "\n",
    ]
    for _ in range(60):
        source = "".join(dice.choices(pieces, k=dice.randrange(1, 30)))
        try:
            evaluate(parse(source), lambda _parts: "5")
        except (ExpressionInvalid, ExpressionFailed):
            continue


@pytest.mark.parametrize("seed", SEEDS)
def test_a_damaged_topic_loads_or_is_refused_at_a_line_it_has(seed: int) -> None:
    dice = random.Random(seed)
    whole = "\n".join(
        [
            "kind: AdaptiveDialog",
            "beginDialog:",
            "  kind: OnInactivity",
            "  durationInSeconds: =60 * 5",
            "  actions:",
            "    - {kind: Question, variable: init:Topic.X, prompt: 'a {1 + 2}',",
            "       entity: {kind: ClosedListEntity, items: [{id: a}]}}",
            "    - kind: ConditionGroup",
            "      conditions: [{condition: =1=1, actions: [{kind: EndDialog}]}]",
        ]
    )
    for _ in range(30):
        start = dice.randrange(len(whole))
        put = "".join(dice.choices("{}[]:-,=&*'\"#\n x0", k=dice.randrange(4)))
        text = whole[:start] + put + whole[start + dice.randrange(6) :]
        assert 0 <= line_of_refusal(text) <= text.count("\n") + 2


@pytest.mark.parametrize("seed", SEEDS)
def test_any_talk_leaves_the_shipped_bot_able_to_go_on(seed: int) -> None:
    dice = random.Random(seed)
    words = [
        *(
            "hello",
            "return a parcel",
            "talk to agent",
            "opening hours",
            "goodbye",
            "1",
            "print a label",
        ),
        *(
            "",
            " ",
            "\x00",
            "ß" * 50,
            "{Topic.X}",
            "yes",
            "💥",
            "a" * 100_000,
            "\u202e",
            "\ud800",
            "=1/0",
        ),
    ]
    talk = chat_with(*shipped(dice.choice(list(Generation))).topics)
    for _ in range(30):
        talk.hear(dice.choice(words))
        talk.wait(dice.choice((0, 299, 301, 900)))
    assert len(talk.dialogue.phrases) == 30
    assert isinstance(talk.hear("talk to agent")[-1], Transfer)


AWAY = "- {kind: AdaptiveCardPrompt, card: '={type: 1}'}"
AGAIN = "- {kind: GotoAction, actionId: again}"


@pytest.mark.parametrize(
    ("actions", "detail"),
    [
        (f"- {{kind: SetVariable, id: again, variable: Topic.X, value: 1}}\n{AGAIN}", "a loop"),
        (f"- {{kind: GotoAction, id: again, actionId: again}}\n{AGAIN}", "a loop"),
        ("- {kind: BeginDialog, dialog: Loop}", "20 topics deep"),
        (
            "- {kind: SetVariable, variable: Global.X, value: xxxxxxxx}\n"
            "- {kind: SetVariable, id: again, variable: Global.X, value: =Global.X & Global.X}\n"
            f"{AGAIN}",
            "longer than",
        ),
        ("- {kind: RepeatDialog}", "a loop"),
        ("- {kind: ReplaceDialog, dialog: Loop}", "a loop"),
        (
            "- {kind: SetVariable, variable: Topic.R, value: '={a: 1}'}\n"
            "- {kind: SetVariable, id: again, variable: Topic.R,"
            " value: '={a: Topic.R, b: Topic.R}'}"
            f"\n{AGAIN}",
            "a value of more than",
        ),
        (
            "- {kind: SetVariable, id: again, variable: Topic.R.a.b.c.d, value: =Topic.R}"
            f"\n{AGAIN}",
            "levels",
        ),
        (
            "- {kind: SetVariable, variable: Topic.T, value: '=[1]'}\n"
            "- {kind: EditTable, id: again, itemsVariable: Topic.T, changeType: Add,"
            " value: =Topic.T}"
            f"\n{AGAIN}",
            "too large",
        ),
        (
            "- {kind: SetVariable, id: again, variable: Topic.N,"
            " value: '=CountRows(ForAll(Sequence(3000), Sum(Sequence(9), Value)))'}"
            f"\n{AGAIN}",
            "too many steps",
        ),
        (
            "- {kind: Foreach, items: =Sequence(5000), value: Topic.A, actions: ["
            "{kind: Foreach, items: =Sequence(5000), value: Topic.B, actions: []}]}",
            "a loop",
        ),
    ],
)
def test_content_without_an_end_fails_and_names_the_place(actions: str, detail: str) -> None:
    (failed,) = chat_with(topic("Loop", actions, "go")).hear("go")
    assert isinstance(failed, Failed)
    assert failed.code == 3000
    assert failed.detail.startswith("Loop, line ")
    assert detail in failed.detail


@pytest.mark.parametrize(
    ("actions", "code"),
    [
        (f"- {{kind: SendActivity, id: again, activity: a}}\n{AGAIN}", 2022),
        ("- {kind: SendActivity, activity: '{System.Activity.Text}'}", 2102),
    ],
)
def test_too_many_and_too_large_messages_have_their_own_codes(actions: str, code: int) -> None:
    *said, failed = chat_with(topic("Loop", actions, "go")).hear("go " + "x" * 30_000)
    assert len(said) == (29 if code == 2022 else 0)
    assert isinstance(failed, Failed)
    assert failed.code == code


def test_publishing_within_a_loop_or_away_from_a_card_is_survived() -> None:
    ask = "{kind: Question, alwaysPrompt: true, variable: Topic.Q, prompt: a, entity: X}"
    loop = "- {kind: Foreach, items: '=[1, 2, 3]', value: Topic.A, actions: [%s]}"
    whole = loop % ask.replace("X}", "StringPrebuiltEntity}")
    for shorter in (whole.replace("Foreach, items", "Foreach, id: x, items"), says("b"), AWAY):
        talk = chat_with(topic("Ask", whole, "go"))
        talk.hear("go", "1")
        talk.bot = chat_with(topic("Ask", shorter, "go")).bot
        talk.hear("2", "3", "go")


def test_documents_are_read_as_deep_as_any_maker_nests() -> None:
    assert documents.read("[" * 60 + "]" * 60)
