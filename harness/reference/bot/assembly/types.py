"""Types as a maker writes them: `String`, `{kind: Record, properties: …}`, `{type: …}`."""

from __future__ import annotations

from harness.reference.bot.documents import Mapping, Node, Scalar
from harness.reference.bot.reading import Reader
from harness.reference.bot.schemas import ANY, Schema


def schema(node: Node | None) -> Schema:
    """The type in a node; one that is not understood is `Any`."""
    if isinstance(node, Scalar):
        return Schema(str(node.value or ANY))
    if not isinstance(node, Mapping):
        return Schema()
    reader = Reader.of(node, "a type")
    if not reader.has("kind"):
        return schema(reader.node("type"))
    return Schema(reader.required_text("kind"), fields(reader))


def fields(reader: Reader) -> dict[str, Schema] | None:
    """The types under `properties`, None when there are none."""
    inner = reader.reader("properties")
    return {key: schema(inner.node(key)) for key in inner.names()} if inner else None
