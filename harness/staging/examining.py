"""Going through a chat from its first page to its end, with a look for barriers at every turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from harness.expect import accessibility, customers, widgets
from harness.protocol.accessibility import Barrier, Part, View
from harness.staging import arrangements

if TYPE_CHECKING:
    from harness.cast import Cast

Examined = Mapping[str, Sequence[Barrier]]
"""What barred the way, by the state that the page was in."""

VIEW = {view.value: view for view in View}
PART = {part.value: part for part in Part}
KEYS = {"Ctrl+/": "Control+/", "Escape": "Escape", "Enter": "Enter", "Space": "Space"}
"""Keys as people call them, and as a page is told of them."""

AROUND = 4
"""So many Tabs lead through a question of two buttons twice."""


def looks(cast: Cast, customer: str) -> Examined:
    """The customer's page as it is now."""
    return {"as the page is now": cast.widget(customer).senses.barriers()}


def goes_through_chat(cast: Cast, customer: str, agent: str) -> Examined:
    """The customer's page in each state of a chat that goes to the agent and is ended there."""
    senses = cast.widget(customer).senses
    return {state: senses.barriers() for state in _states(cast, customer, agent)}


def _states(cast: Cast, customer: str, agent: str) -> Iterator[str]:
    widget, person = cast.widget(customer), cast.agent(agent)
    widget.opens_page()
    widgets.is_shown(widget)
    yield "on the page with the chat button"
    arrangements.is_chatting(cast, customer)
    yield "in a chat with the bot"
    arrangements.is_transferred(cast, customer, agent)
    customers.sees_join_of(widget, agent)
    yield "at the moment of the hand-off"
    widget.minimises()
    person.says(cast.conversation(customer), "Here is your label")
    widgets.counts_unread(widget, 1)
    yield "with an unread message"
    widget.opens_chat()
    person.ends(cast.conversation(customer))
    customers.cannot_write(widget)
    yield "when the agent has ended the chat"


def starts_by_keyboard(cast: Cast, customer: str, key: str) -> None:
    """The customer walks to the chat button with Tab, and presses the key on it."""
    widget = cast.widget(customer)
    widget.opens_page()
    widgets.is_shown(widget)
    widget.senses.tabs_to(Part.CHAT_BUTTON)
    widget.senses.presses(key)


def walks_through_question(cast: Cast, customer: str) -> Sequence[Part]:
    """Where Tab and Shift+Tab lead while the customer is asked something; the focus comes first."""
    senses = cast.widget(customer).senses
    accessibility.has_focus(senses, Part.QUESTION)
    return senses.tabs_around(AROUND)
