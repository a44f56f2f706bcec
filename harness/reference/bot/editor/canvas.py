"""A topic as the editor draws it: a trigger and the nodes below it, read from the YAML.

Nothing is lost by what is not known here: a node of another kind is drawn by its kind and edited as
YAML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from harness.reference.bot.editor import palette
from harness.reference.bot.editor.editing import TRIGGER, Node, child, composed, items, text_of
from harness.reference.bot.editor.palette import Control, Palette
from harness.reference.bot.reading import TopicInvalid

MOST_NODES = 2_000
"""Nodes of one topic: as many as the engine runs."""

_COMPARISON = re.compile(r'=\s*([A-Za-z][\w.]*)\s*(=|<>)\s*(?:"((?:[^"]|"")*)"|([-\w.]+))\s*')
_NAMED = re.compile(r"(?:init:)?((?:Topic|Global|bot)\.\w+)")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A condition that the picker can show: `=System.Activity.Channel = "Omnichannel"`."""

    variable: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a node that can be edited: its control and what it holds."""

    control: Control
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A way that a condition can go; `path` is where it is edited, empty for the last way."""

    path: str
    condition: str
    actions: str
    nodes: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node of the canvas. `line` is that of the YAML it was read from."""

    path: str
    kind: str
    label: str
    line: int
    fields: tuple[Field, ...] = ()
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """The first node; `duration` is as written: seconds, or a formula that begins with `=`."""

    kind: str
    label: str
    phrases: tuple[str, ...]
    condition: str
    duration: str


@dataclass(frozen=True, slots=True)
class Canvas:
    """A whole topic; `variables` are those that it names, with their scope."""

    trigger: Trigger
    nodes: tuple[Drawn, ...]
    variables: tuple[str, ...]


def draw(text: str, offered: Palette) -> Canvas:
    """The canvas of a topic; raises TopicInvalid with the line of what is no topic."""
    root = composed(text)
    begin = child(root, "beginDialog")
    nodes = _nodes(begin, "actions", "actions", offered)
    if _count(nodes) > MOST_NODES:
        raise TopicInvalid(f"more than {MOST_NODES:,} actions", 1)
    return Canvas(_trigger(begin), nodes, _variables(text))


def comparison(condition: str) -> Comparison | None:
    """The parts of a simple condition; None for any other one."""
    found = _COMPARISON.fullmatch(condition)
    if found is None:
        return None
    quoted = found[3] is not None
    return Comparison(found[1], found[2], found[3].replace('""', '"') if quoted else found[4])


def compared(variable: str, operator: str, value: str) -> str:
    """The condition that says so."""
    quoted = value.replace('"', '""')
    return f'={variable} {operator} "{quoted}"'


def _trigger(begin: Node | None) -> Trigger:
    kind = text_of(child(begin, "kind"))
    intent = child(begin, "intent")
    return Trigger(
        kind=kind,
        label=palette.TRIGGERS.get(kind, kind or "No trigger"),
        phrases=tuple(map(text_of, items(child(intent, "triggerQueries")))),
        condition=text_of(child(begin, "condition")),
        duration=text_of(child(begin, "durationInSeconds")),
    )


def _nodes(parent: Node | None, key: str, path: str, offered: Palette) -> tuple[Drawn, ...]:
    return tuple(
        _node(item, f"{path}/{position}", offered)
        for position, item in enumerate(items(child(parent, key)))
    )


def _node(item: Node, path: str, offered: Palette) -> Drawn:
    kind = text_of(child(item, "kind"))
    label = (
        offered.transfer if kind == "TransferConversationV2" else palette.ACTIONS.get(kind, kind)
    )
    fields = (_field(item, control) for control in palette.CONTROLS.get(kind, ()))
    return Drawn(
        path=path,
        kind=kind,
        label=label or "Nothing",
        line=item.start_mark.line + 1 if item.start_mark else 1,
        fields=tuple(field for field in fields if field is not None),
        branches=_branches(item, path, offered) if kind == "ConditionGroup" else (),
    )


def _branches(item: Node, path: str, offered: Palette) -> tuple[Branch, ...]:
    ways = []
    for position, way in enumerate(items(child(item, "conditions"))):
        at = f"{path}/conditions/{position}"
        nodes = _nodes(way, "actions", f"{at}/actions", offered)
        ways.append(Branch(at, text_of(child(way, "condition")), f"{at}/actions", nodes))
    otherwise = f"{path}/elseActions"
    ways.append(Branch("", "", otherwise, _nodes(item, "elseActions", otherwise, offered)))
    return tuple(ways)


def _count(nodes: tuple[Drawn, ...]) -> int:
    return len(nodes) + sum(_count(branch.nodes) for node in nodes for branch in node.branches)


def _field(item: Node, control: Control) -> Field | None:
    """The field of a key; None where something stands that one field cannot hold.

    A message may be a text, or have variations, of which the first is shown.
    """
    found: Node | None = item
    key = control.key
    for part in control.key.split("."):
        found = child(found, part)
    if isinstance(found, yaml.MappingNode) and control.is_long:
        key, found = f"{key}.text", child(found, "text")
        if isinstance(found, yaml.SequenceNode) and found.value:
            key, found = f"{key}.0", found.value[0]
    if found is not None and not isinstance(found, yaml.ScalarNode):
        return None
    return Field(control, key, text_of(found))


def _variables(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NAMED.findall(text)))


def seconds(trigger: Trigger) -> int | None:
    """The silence in seconds; None for a formula."""
    return int(trigger.duration) if trigger.duration.isdecimal() else None


__all__ = ["TRIGGER", "Branch", "Canvas", "Comparison", "Drawn", "Field", "Trigger"]
