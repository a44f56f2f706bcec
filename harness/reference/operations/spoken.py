"""What people read of a message: its words, and its cards in words."""

from __future__ import annotations

from harness.protocol.conversations import Role
from harness.reference.bot.cards import readable
from harness.reference.bot.expressions import text
from harness.reference.domain import rich
from harness.reference.domain.messages import Message


def words(message: Message) -> str:
    """What was written; nothing where a customer filled in a card."""
    return "" if message.role is Role.CUSTOMER and cards(message) else message.text


def cards(message: Message) -> list[str]:
    """The cards that a bot showed, or what the customer put into one."""
    if message.role is Role.BOT:
        return [readable(card) for card in rich.attachments(message.metadata)]
    if message.role is not Role.CUSTOMER:
        return []
    value = rich.submitted(message.text, message.metadata)
    return [] if value is None else [f"{name}: {text(given)}" for name, given in value.items()]
