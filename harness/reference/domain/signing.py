"""A bot's request to sign in, and the card in which a customer's page finds it (4.6, docs C12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

POST = "/api/sas/postToken"
"""Where a page posts the token of whoever has logged in to it."""

PAGE = "/token.botframework.com/api/oauth/signin"
"""Where somebody signs in who has not: below the name by which widgets know such an address."""

CONNECTION = "manual"


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """What a card asked for: its id is known to the page alone; `is_done` once it was answered."""

    id: str
    conversation: str
    is_done: bool = False


def content(asked: Mapping[str, Any], url: str, id: str) -> dict[str, Any]:
    """The card's content: what the bot says, a button to sign in, and where a page posts."""
    button = {"type": "signin", "title": "Sign in", "value": f"{url}{PAGE}?signin={id}"}
    # Pages look for the id as a parameter of its own, which the first one never is to them.
    query = urlencode({"expiry": "900", "state": id})
    return {
        "text": asked.get("text", ""),
        "connectionName": CONNECTION,
        "buttons": [button],
        "tokenPostResource": {"sasUrl": f"{url}{POST}?{query}"},
    }
