"""Messages that are more than words: cards of a bot, and what a customer submits in one (2b)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

CARD = "azurebotservice.adaptivecard"
CONTENT_TYPE = "microsoft.azure.communication.chat.bot.contenttype"
SIGN_IN = "application/vnd.microsoft.card.oauth"
# Under which the offers of our own bots are kept, as JSON.
CARDS = "cards"
SUGGESTIONS = "suggestions"


def submitted(text: str, metadata: Mapping[str, str]) -> dict[str, Any] | None:
    """What a customer's message holds of a submitted card; None for one that is words."""
    if metadata.get(CONTENT_TYPE) != CARD:
        return None
    try:
        rich = msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        return None
    value = rich.get("value")
    return value if isinstance(value, dict) else None


def attachments(metadata: Mapping[str, str]) -> list[dict[str, Any]]:
    """The cards of a bot's message."""
    cards = metadata.get(CARDS)
    return msgspec.json.decode(cards, type=list[dict[str, Any]]) if cards else []


def asks_to_sign_in(metadata: Mapping[str, str]) -> bool:
    """Whether a bot's message is a card by which the customer is to sign in."""
    return any(card.get("contentType") == SIGN_IN for card in attachments(metadata))
