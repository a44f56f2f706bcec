"""Edits of a topic's YAML, as the topic editor makes them: text in, text out.

A place in a topic is a path below `beginDialog`, such as `actions/0/conditions/1/actions/2`; the
trigger is `trigger`. What an edit does not name keeps its keys, order, values and quoting:
PyYAML's own nodes are changed and written again, so `007` stays `007`. The comments at the top are
kept; those further down, blank lines and the width of indentation are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import yaml

from harness.reference.bot import documents
from harness.reference.bot.documents import DocumentInvalid
from harness.reference.bot.reading import TopicInvalid

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_resolver: Any = yaml.SafeLoader("")
_HEADER = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
_UNFOLDED = 1 << 24

Node = yaml.Node
TRIGGER = "trigger"
PLAIN = frozenset({"durationInSeconds", "priority", "repeatCount", "value", "alwaysPrompt"})
"""Keys whose values may be numbers, true or false; anywhere else `007` is a text."""


def composed(text: str) -> yaml.MappingNode:
    """The topic as nodes that can be changed; raises TopicInvalid with the line."""
    try:
        documents.read(text)  # bounds depth and length, and refuses aliases
    except DocumentInvalid as error:
        raise TopicInvalid(error.reason, error.line) from error
    root = _composed(text)
    if not isinstance(root, yaml.MappingNode) or not isinstance(
        child(root, "beginDialog"), yaml.MappingNode
    ):
        raise TopicInvalid("a topic has the key beginDialog, with keys and values", 1)
    return root


def _composed(text: str) -> Node | None:
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError:
        # documents.read has read it all the same, so this is how.
        return yaml.compose(documents.with_quoted_keys(text), Loader=_Loader)


def written(root: yaml.MappingNode, before: str = "") -> str:
    """The nodes as text, below the comments that `before` begins with."""
    _say_nothing(root)
    header = _HEADER.match(before)
    body = yaml.serialize(root, Dumper=_Dumper, allow_unicode=True, width=_UNFOLDED)
    return (header[0] if header else "") + str(body)


def change_trigger(text: str, kind: str) -> str:
    """Another trigger: what belonged to the old one is gone, actions included (INA-15)."""
    root = composed(text)
    begin = _at(root, TRIGGER)
    id_ = child(begin, "id")
    new = _mapping({"kind": kind})
    if id_ is not None:
        put(new, "id", id_)
    if kind == "OnInactivity":
        put(new, "durationInSeconds", _scalar("300", "durationInSeconds"))
    put(new, "actions", yaml.SequenceNode("tag:yaml.org,2002:seq", [], flow_style=False))
    put(root, "beginDialog", new)
    return written(root, text)


def fill(text: str, path: str, values: Mapping[str, str]) -> str:
    """Gives keys of the action at `path` new values; a blank value takes the key away.

    A key is dotted (`transferType.messageToAgent`); `intent.triggerQueries` is a list, a line each.
    A value that is what stands there already changes nothing. Raises TopicInvalid for no such path.
    """
    root = composed(text)
    place = _at(root, path)
    changed = False
    for key, value in values.items():
        changed = _fill(place, key.split("."), value) or changed
    return written(root, text) if changed else text


def insert(text: str, path: str, position: int, action: str) -> str:
    """Puts an action, given as YAML, into the list at `path`, which is made when it is missing."""
    root = composed(text)
    parent, _, key = path.rpartition("/")
    place = _at(root, parent)
    if not isinstance(place, yaml.MappingNode):
        raise _nowhere(path)
    actions = child(place, key)
    if not isinstance(actions, yaml.SequenceNode):
        actions = yaml.SequenceNode("tag:yaml.org,2002:seq", [], flow_style=False)
        put(place, key, actions)
    new = yaml.compose(action, Loader=_Loader)
    assert isinstance(new, yaml.MappingNode), "an action of the palette"
    _name(root, new)
    if not actions.value:
        actions.flow_style = False
    if not actions.flow_style:
        _unroll(new)
    actions.value.insert(position, new)
    return written(root, text)


def delete(text: str, path: str) -> str:
    """Takes the action at `path` out of its list; raises TopicInvalid for no such path."""
    root = composed(text)
    parent, _, position = path.rpartition("/")
    actions = _at(root, parent)
    if not isinstance(actions, yaml.SequenceNode) or _item(actions, position) is None:
        raise _nowhere(path)
    del actions.value[int(position)]
    return written(root, text)


def without(text: str, kind: str) -> str:
    """The topic without its actions of a kind, wherever they stand."""
    root = composed(text)
    changed = False
    for node in _below(root):
        if isinstance(node, yaml.SequenceNode):
            kept = [item for item in node.value if text_of(child(item, "kind")) != kind]
            changed = changed or len(kept) < len(node.value)
            node.value[:] = kept
    return written(root, text) if changed else text


def version(text: str) -> str:
    """What the text is called when somebody asks later whether it is still the same."""
    # No secret and no signature: 64 bits tell two versions of a topic apart.
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


# Nodes


def child(node: Node | None, key: str) -> Node | None:
    """What stands under a key of a mapping."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def text_of(node: Node | None) -> str:
    """The text of a plain value, empty for anything else."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) and not _is_null(node) else ""


def put(node: Node, key: str, value: Node) -> None:
    """Sets a key, where it stood before or at the end; `actions` stay last."""
    assert isinstance(node, yaml.MappingNode)
    for position, (name, _) in enumerate(node.value):
        if name.value == key:
            node.value[position] = (name, value)
            return
    last = len(node.value)
    if node.value and node.value[-1][0].value == "actions":
        last -= 1
    node.value.insert(last, (_scalar(key), value))


def items(node: Node | None) -> list[Node]:
    """What is in a list."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _at(root: yaml.MappingNode, path: str) -> Node:
    node: Node | None = child(root, "beginDialog")
    for part in () if path == TRIGGER else filter(None, path.split("/")):
        node = _item(node, part) if isinstance(node, yaml.SequenceNode) else child(node, part)
    if node is None:
        raise _nowhere(path)
    return node


def _item(node: yaml.SequenceNode, part: str) -> Node | None:
    found = node.value[int(part)] if _is_index(part) and int(part) < len(node.value) else None
    return found if isinstance(found, Node) else None


def _is_index(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) < 6


def _nowhere(path: str) -> TopicInvalid:
    return TopicInvalid(f"there is nothing at {path[:80]!r} any more; open the topic anew", 1)


def _fill(place: Node, keys: list[str], value: str) -> bool:
    """Whether something changed."""
    if isinstance(place, yaml.SequenceNode):
        return _fill_item(place, keys, value)
    if not isinstance(place, yaml.MappingNode):
        return False
    key, rest = keys[0], keys[1:]
    found = child(place, key)
    if rest:
        if not isinstance(found, yaml.MappingNode | yaml.SequenceNode):
            if not value.strip():
                return False
            found = _mapping({})
            put(place, key, found)
        return _fill(found, rest, value)
    if isinstance(found, yaml.SequenceNode) or key == "triggerQueries":
        return _fill_list(place, key, found, value)
    if _same(found, value):
        return False
    if value.strip():
        put(place, key, _scalar(value, key))
    else:
        place.value[:] = [pair for pair in place.value if pair[0].value != key]
    return True


def _fill_item(place: yaml.SequenceNode, keys: list[str], value: str) -> bool:
    """One item of a list (`activity.text.0`): it is replaced, never taken away."""
    found = _item(place, keys[0])
    if found is None or len(keys) > 1:
        return found is not None and _fill(found, keys[1:], value)
    if _same(found, value):
        return False
    place.value[int(keys[0])] = _scalar(value)
    return True


def _fill_list(place: yaml.MappingNode, key: str, found: Node | None, value: str) -> bool:
    lines = [line.strip() for line in value.split("\n") if line.strip()]
    if [text_of(item) for item in items(found)] == lines:
        return False
    kept = {text_of(item): item for item in items(found)}
    new = [kept.get(line) or _scalar(line) for line in lines]
    put(place, key, yaml.SequenceNode("tag:yaml.org,2002:seq", new, flow_style=False))
    return True


def _same(found: Node | None, value: str) -> bool:
    return (found is None or isinstance(found, yaml.ScalarNode)) and text_of(found) == value


def _is_null(node: yaml.ScalarNode) -> bool:
    return not node.style and str(node.value).lower() in ("", "~", "null")


def _scalar(value: str, key: str = "") -> yaml.ScalarNode:
    """A value as a person typed it under a key: quoted when it would be read as something else."""
    if key in PLAIN and not documents.is_text(value):
        tag = _resolver.resolve(yaml.ScalarNode, value, (True, False))
        return yaml.ScalarNode(tag, value)
    style = "|" if "\n" in value.strip() else None if documents.is_text(value) else '"'
    return yaml.ScalarNode("tag:yaml.org,2002:str", value, style=style)


def _mapping(values: Mapping[str, str]) -> yaml.MappingNode:
    pairs = [(_scalar(key), _scalar(value)) for key, value in values.items()]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)


def _name(root: yaml.MappingNode, action: yaml.MappingNode) -> None:
    """Gives an action the next free id of its kind, as `sendActivity_3`."""
    kind = text_of(child(action, "kind"))
    stem = kind[:1].lower() + kind[1:]
    taken = {scalar.value for scalar in _scalars(root)}
    number = next(n for n in range(1, len(taken) + 2) if f"{stem}_{n}" not in taken)
    action.value.insert(1, (_scalar("id"), _scalar(f"{stem}_{number}")))


def _unroll(node: Node) -> None:
    """Lists and mappings on lines of their own, as the product writes them."""
    for part in _below(node):
        if isinstance(part, yaml.CollectionNode) and part.value:
            part.flow_style = False


def _say_nothing(root: Node) -> None:
    """Within braces nothing at all cannot be written without a word for it."""
    for node in _below(root):
        if isinstance(node, yaml.CollectionNode) and node.flow_style:
            for part in _below(node):
                if isinstance(part, yaml.ScalarNode) and _is_null(part):
                    part.value = "null"


def _scalars(root: Node) -> list[yaml.ScalarNode]:
    return [node for node in _below(root) if isinstance(node, yaml.ScalarNode)]


def _below(root: Node) -> list[Node]:
    """The node and everything in it."""
    found: list[Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            waiting.extend(part for pair in node.value for part in pair)
    return found
