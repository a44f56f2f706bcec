"""Edits of a topic change what they name and keep all the rest, whatever the topic holds."""

from __future__ import annotations

import random
from typing import Any

import pytest
import yaml

from harness.protocol.conversations import Generation
from harness.reference.bot import content, documents
from harness.reference.bot.editor import canvas, editing
from harness.reference.bot.editor.palette import BLANK, PALETTES
from harness.reference.bot.reading import TopicInvalid

WEB_APP = PALETTES[Generation.WEB_APP]
MENUS = {menu.title: {offer.label: offer for offer in menu.offers} for menu in WEB_APP.menus}
SHIPPED = [
    pytest.param(text, id=f"{generation}-{name}")
    for generation in Generation
    for name, text in content.bundled(generation)
]
SEEDS = range(200)
WORDS = (
    *(
        "007",
        "1.50",
        "No",
        "true",
        "null",
        "~",
        "",
        "=Topic.A > 3",
        "- dash",
        "# no comment",
        "a: b",
    ),
    *(
        "Grüße, 世界 🙂",
        "two\nlines\n",
        " blanks ",
        "tab\tand\x07bell",
        "it's",
        '"said"',
        "{x}",
        "[y]",
    ),
    *("089", "+5", "1e3", "0x1F", "yes", "on", "2020-01-01", "!tag", "&anchor", "*alias", "%", "@"),
)


def plain(text: str) -> Any:
    """What a document says, without where it says it."""

    def value(node: documents.Node) -> Any:
        if isinstance(node, documents.Mapping):
            return [(key, value(item)) for key, item in node.entries.items()]
        if isinstance(node, documents.Sequence):
            return [value(item) for item in node.items]
        return node.value, type(node.value)

    return value(documents.read(text))


def anything(dice: random.Random, depth: int = 0) -> Any:
    """A value that nobody's editor knows."""
    if depth > 3 or dice.random() < 0.5:
        return dice.choice([*WORDS, 7, 1.5, True, None])
    if dice.random() < 0.5:
        return [anything(dice, depth + 1) for _ in range(dice.randrange(4))]
    return {f"k{n}": anything(dice, depth + 1) for n in range(dice.randrange(4))}


def unknown_topic(dice: random.Random) -> str:
    """A topic with much that the editor does not know, in any style of YAML."""
    action = {"kind": "SendActivity", "activity": "Hello", "extra": anything(dice)}
    begin = {"kind": "OnRecognizedIntent", "more": anything(dice), "actions": [action]}
    topic = {"kind": "AdaptiveDialog", "beginDialog": begin, "rest": anything(dice)}
    return yaml.safe_dump(
        topic,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=dice.choice([True, False, None]),
    )


@pytest.mark.parametrize("text", SHIPPED)
def test_a_node_put_in_and_taken_out_leaves_everything_else(text: str) -> None:
    edited = editing.insert(text, "actions", 0, MENUS[""]["Send a message"].yaml)
    assert plain(editing.delete(edited, "actions/0")) == plain(text)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_editor_does_not_know_is_kept(seed: int) -> None:
    text = unknown_topic(random.Random(seed))
    edited = editing.insert(text, "actions", 1, MENUS["Topic management"]["End conversation"].yaml)
    assert plain(editing.delete(edited, "actions/1")) == plain(text)
    filled = editing.fill(text, "actions/0", {"activity": "Other words"})
    assert plain(filled) != plain(text)
    assert plain(editing.fill(filled, "actions/0", {"activity": "Hello"})) == plain(text)


@pytest.mark.parametrize("words", WORDS)
def test_what_is_typed_is_what_is_read(words: str) -> None:
    text = editing.insert(BLANK, "actions", 0, MENUS[""]["Send a message"].yaml)
    drawn = canvas.draw(editing.fill(text, "actions/0", {"activity": words}), WEB_APP)
    shown = drawn.nodes[0].fields[0].value
    assert shown == (words if words.strip() else "")


@pytest.mark.parametrize("seed", SEEDS)
def test_any_words_survive_being_typed(seed: int) -> None:
    dice = random.Random(seed)
    words = "".join(
        dice.choice(" \n\t:#-'\"{}[]|>%@&*!?=,aZ0é世🙂\x00\x85\u2028") for _ in range(60)
    )
    text = editing.insert(BLANK, "actions", 0, MENUS[""]["Send a message"].yaml)
    filled = editing.fill(text, "actions/0", {"activity": words})
    assert canvas.draw(filled, WEB_APP).nodes[0].fields[0].value == words


def test_quotes_and_blocks_stay_as_they_are_written() -> None:
    text = (
        "# Name: Mine\n\nkind: AdaptiveDialog\nbeginDialog:\n  kind: OnRecognizedIntent\n"
        "  number: 007\n  said: 'it''s'\n  long: |\n    one\n      two\n"
        "  flow: {a: null, b: [1, 2]}\n"
        "  actions: []\n"
    )
    edited = editing.insert(text, "actions", 0, MENUS["Topic management"]["End conversation"].yaml)
    assert editing.delete(edited, "actions/0") == text


def test_a_value_that_is_not_changed_leaves_the_text_untouched() -> None:
    text = dict(content.bundled(Generation.WEB_APP))["Session Timeout"]
    assert editing.fill(text, "trigger", {"durationInSeconds": "600"}) == text


def test_another_trigger_takes_the_content_away() -> None:
    text = dict(content.bundled(Generation.WEB_APP))["Greeting"]
    changed = canvas.draw(editing.change_trigger(text, "OnInactivity"), WEB_APP)
    assert (changed.trigger.label, changed.trigger.phrases, changed.nodes) == ("Inactivity", (), ())
    assert plain(editing.change_trigger(text, "OnInactivity"))[0] == plain(text)[0], "metadata"


def test_the_documented_steps_give_a_topic_that_runs() -> None:
    text = editing.change_trigger(BLANK, "OnInactivity")
    condition = canvas.compared("System.Activity.Channel", "=", "Omnichannel")
    text = editing.fill(text, "trigger", {"durationInSeconds": "600", "condition": condition})
    text = editing.insert(text, "actions", 0, MENUS[""]["Send a message"].yaml)
    text = editing.fill(text, "actions/0", {"activity": "Closing."})
    text = editing.insert(text, "actions", 1, MENUS["Topic management"]["End conversation"].yaml)
    topic = content.load_topic("Timeout", text)
    assert topic.trigger == "OnInactivity"
    assert not topic.findings
    drawn = canvas.draw(text, WEB_APP)
    assert [node.label for node in drawn.nodes] == ["Message", "End conversation"]
    assert canvas.comparison(drawn.trigger.condition) == canvas.Comparison(
        "System.Activity.Channel", "=", "Omnichannel"
    )


@pytest.mark.parametrize("generation", Generation)
def test_every_offer_makes_a_topic_that_loads_once_it_is_filled(generation: Generation) -> None:
    for menu in PALETTES[generation].menus:
        for offer in menu.offers:
            text = editing.insert(BLANK, "actions", 0, offer.yaml)
            [node] = canvas.draw(text, PALETTES[generation]).nodes
            blank = {field.key: "Topic.X" for field in node.fields if not field.value}
            content.load_topic("T", editing.fill(text, "actions/0", blank))


def test_ids_are_never_given_twice() -> None:
    text = BLANK
    for _ in range(3):
        text = editing.insert(text, "actions", 0, MENUS[""]["Send a message"].yaml)
    ids = [node for node in text.split() if node.startswith("sendActivity_")]
    assert len(set(ids)) == 3


def test_a_variation_is_edited_in_its_place() -> None:
    text = editing.insert(BLANK, "actions", 0, "{kind: SendActivity, activity: {text: [One, Two]}}")
    [field] = canvas.draw(text, WEB_APP).nodes[0].fields
    assert (field.key, field.value) == ("activity.text.0", "One")
    edited = editing.fill(text, "actions/0", {field.key: "Uno"})
    assert "Two" in edited
    assert canvas.draw(edited, WEB_APP).nodes[0].fields[0].value == "Uno"


@pytest.mark.parametrize(
    "path",
    ["actions/9", "actions/x", "actions/-1", "nothing", "actions/0/0/0", "é", "kind", "9" * 99],
)
def test_a_place_that_is_gone_is_named(path: str) -> None:
    with pytest.raises(TopicInvalid, match="there is nothing at"):
        editing.delete(BLANK, path)


@pytest.mark.parametrize(
    "text",
    ["", "[", "- 1", "kind: AdaptiveDialog", "beginDialog: 3", "a: &x 1\nb: *x", "[" * 9_000],
)
def test_what_is_no_topic_is_refused_with_a_line(text: str) -> None:
    with pytest.raises(TopicInvalid) as refused:
        canvas.draw(text, WEB_APP)
    assert refused.value.line >= 1


def test_a_key_that_no_yaml_has_is_edited_all_the_same() -> None:
    text = BLANK.replace("  id: main", "  id: main\n  more:\n    @odata.type: text")
    edited = editing.insert(text, "actions", 0, MENUS[""]["Send a message"].yaml)
    assert plain(editing.delete(edited, "actions/0")) == plain(text)


def test_more_nodes_than_anybody_looks_at_are_not_drawn() -> None:
    many = BLANK.replace("actions: []", "actions: [" + "{kind: EndDialog}, " * 2_001 + "]")
    with pytest.raises(TopicInvalid, match="more than 2,000 actions"):
        canvas.draw(many, WEB_APP)


@pytest.mark.parametrize(
    "condition", ['=A.B = "C"', '=A.B <> "say ""hi"""', "=A.B = 3", '= A.B  =  "x" ']
)
def test_simple_conditions_are_read_and_written_alike(condition: str) -> None:
    parts = canvas.comparison(condition)
    assert parts is not None
    written = canvas.compared(parts.variable, parts.operator, parts.value)
    assert canvas.comparison(written) == parts


@pytest.mark.parametrize("condition", ["=true", '=A = "b" && C', '=Len(A) = "1"', "A = B", ""])
def test_other_conditions_stay_formulas(condition: str) -> None:
    assert canvas.comparison(condition) is None
