"""What services outside answer: declared by whoever tests the bot, for nothing leaves the machine.

A `stubs.yaml` beside the bot, or the same text by the interface:

    invokeFlowAction_k2:            # the action's id, its flow, operation or model id, or address
      answer: {balance: 12.5}
    https://example.test/rates:
      error: 503
      body: Come back later
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.reference.bot import documents
from harness.reference.bot.documents import Node, Scalar, Sequence
from harness.reference.bot.expressions import Value
from harness.reference.bot.reading import Reader, TopicInvalid


@dataclass(frozen=True, slots=True)
class Stub:
    """A declared answer, or an error: its status (HTTP) with the body as the answer."""

    answer: Value = None
    error: int | None = None


def read(text: str) -> dict[str, Stub]:
    """The stubs that are declared in a text; raises TopicInvalid with the line."""
    try:
        document = documents.read(text)
    except documents.DocumentInvalid as error:
        raise TopicInvalid(error.reason, error.line) from error
    root = Reader.of(document, "a list of stubs")
    return {name: _stub(Reader.of(root.required(name), name)) for name in root.names()}


def find(stubs: Mapping[str, Stub], names: Iterable[str]) -> Stub | None:
    """The stub under the first of the names that has one."""
    return next((stubs[name] for name in names if name in stubs), None)


def _stub(entry: Reader) -> Stub:
    unknown = any(entry.unread({"answer", "error", "body"}))
    if unknown or not entry.names():
        raise TopicInvalid("a stub has an answer, or an error and its body", entry.line)
    if not entry.has("error"):
        return Stub(_value(entry.required("answer")))
    body = entry.node("body")
    return Stub(None if body is None else _value(body), entry.whole_number("error", 500))


def _value(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [_value(item) for item in node.items]
    return {key: _value(value) for key, value in node.entries.items()}
