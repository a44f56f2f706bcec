"""Coming back to a conversation: who may, until when, and how long a page may be gone (4.10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from harness.protocol.conversations import State
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.widgets import ChatWidget

GRACE = timedelta(minutes=3)
"""How long a customer's page may be gone before the desk gives the conversation up (docs C6)."""

PARAMETER = "oc.reconnectid"
"""Under which a link names the conversation that it leads back to."""

ENDED = frozenset({State.WRAP_UP, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Revisit:
    """A request (id) of a page that came back to a conversation which another request began."""

    id: str
    conversation: str


def patience(widget: ChatWidget) -> timedelta:
    """How long somebody who is gone is awaited: the widget's own limit, or the usual one."""
    return timedelta(minutes=widget.reconnection.minutes) if widget.reconnection else GRACE


def offers_return(widget: ChatWidget) -> bool:
    """Whether customers of the widget can come back to a conversation from anywhere."""
    return widget.persistent or widget.reconnection is not None


def may_return(
    conversation: Conversation,
    widget: ChatWidget,
    now: datetime,
    deviates: Callable[[str], bool],
) -> bool:
    """Whether its customer may come back to a conversation: not once either side has ended it."""
    if not offers_return(widget):
        return False
    if conversation.state in ENDED:
        return deviates("ended_chat_is_reconnected")
    return conversation.awaited_until is None or now < conversation.awaited_until


def link(conversation: Conversation, widget: ChatWidget, page: str) -> str:
    """The link back, for a customer who has not signed in; empty where there is none."""
    if widget.reconnection is None or conversation.signed_in:
        return ""
    portal, mark, place = (widget.reconnection.portal_url or page).partition("#")
    query = urlencode({PARAMETER: conversation.request})
    return f"{portal}{'&' if '?' in portal else '?'}{query}{mark}{place}"
