"""What is said: activities, prompts, cards."""

from __future__ import annotations

from harness.reference.bot import cards
from harness.reference.bot.assembly.place import place
from harness.reference.bot.cards import Card, Part
from harness.reference.bot.documents import Mapping, Node, Scalar, Sequence
from harness.reference.bot.expressions import ExpressionInvalid
from harness.reference.bot.reading import Reader, TopicInvalid, as_expression, as_template
from harness.reference.bot.steps import Message, SendActivity, Step, Unsupported
from harness.reference.bot.templates import Template

# What an activity may call itself; another one is no message.
_MESSAGES = (
    "Activity",
    "ActivityTemplate",
    "Message",
    "MessageActivity",
    "MessageActivityTemplate",
)


def message(action: Reader, key: str) -> Message | Unsupported | None:
    """The message under a key: a text, or text, speak, attachments and quick replies."""
    found = action.node(key)
    if found is None:
        return None
    if isinstance(found, Sequence):
        raise TopicInvalid(f"{key} is a text, or has keys and values", found.line)
    if not isinstance(found, Mapping):
        return Message(action.template(key) or Template(()))
    inner = action.required_reader(key)
    if inner.has("kind") and inner.required_text("kind") not in _MESSAGES:
        return Unsupported(place(action), f"an activity of {inner.required_text('kind')[:60]}")
    if inner.has("activity"):
        return message(inner, "activity")
    made: list[Card] = []
    for item in inner.readers("attachments"):
        made_card = _attachment(item)
        if made_card is None:
            return Unsupported(place(action), f"an attachment of {_kind(item)}")
        made.append(made_card)
    said = Message(
        text=inner.template("text") or Template(()),
        speak=inner.template("speak"),
        suggestions=tuple(_suggestion(reply) for reply in inner.readers("quickReplies")),
        cards=tuple(made),
    )
    for known in ("attachmentLayout", "inputHint", "kind", "name", "type"):
        inner.node(known)
    if not made and not said.text.parts and said.speak is None:
        raise TopicInvalid(f"{key} needs text", inner.line)
    return said


def send_activity(action: Reader) -> Step:
    """A SendActivity."""
    said = message(action, "activity")
    if said is None:
        raise TopicInvalid("activity is missing", action.line)
    return said if isinstance(said, Unsupported) else SendActivity(place(action), said)


def card(node: Node, what: str, kind: str = cards.ADAPTIVE) -> Card:
    """A card written as `=record`, as JSON, or as YAML; raises TopicInvalid."""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        if node.value.lstrip().startswith("="):
            return Card(kind, as_expression(node, what))
        try:
            return Card(kind, cards.written(node.value))
        except ExpressionInvalid as error:
            raise TopicInvalid(str(error), node.line) from error
    return Card(kind, part(node, what))


def part(node: Node, what: str) -> Part:
    """What stands in a card that is written as YAML."""
    if isinstance(node, Mapping):
        return {key: part(value, key) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [part(item, what) for item in node.items]
    if not isinstance(node.value, str):
        return node.value
    if node.value.lstrip().startswith("="):
        return as_expression(node, what)
    return as_template(node, what) if "{" in node.value else node.value


def _attachment(item: Reader) -> Card | None:
    kind = _kind(item)
    if kind == "AdaptiveCardTemplate":
        return card(item.required("cardContent"), "cardContent")
    if kind in cards.CONTENT_TYPES:
        return Card(cards.CONTENT_TYPES[kind], _basic(item))
    if kind == "" and item.has("contentType"):
        address = item.node("contentUrl") or item.node("content")
        content = None if address is None else part(address, "contentUrl")
        return Card(item.required_text("contentType"), content, item.required_text("name"))
    return None


def _basic(item: Reader) -> Part:
    """A hero card and its like: their own keys are the card's, but for the buttons."""
    content = {key: part(item.required(key), key) for key in item.names() if key != "kind"}
    if item.has("image"):
        content["images"] = [{"url": _address(content.pop("image"))}]
    if item.has("media"):
        content["media"] = [{"url": _address(one)} for one in _listed(content["media"])]
    buttons = item.readers("buttons")
    if buttons:
        content["buttons"] = [_button(button) for button in buttons]
    return content


def _button(button: Reader) -> Part:
    title = button.template("title") or button.template("text") or Template(())
    value = next(
        (
            found
            for key in ("value", "text", "url", "phoneNumber")
            if (found := button.template(key)) is not None
        ),
        title,
    )
    return {"type": cards.BUTTONS.get(_kind(button), "imBack"), "title": title, "value": value}


def _suggestion(reply: Reader) -> Template:
    return reply.template("text") or reply.template("title") or Template(())


def _address(written: Part) -> Part:
    return written.get("url") if isinstance(written, dict) else written


def _listed(written: Part) -> list[Part]:
    return written if isinstance(written, list) else [written]


def _kind(item: Reader) -> str:
    return item.required_text("kind") if item.has("kind") else ""
