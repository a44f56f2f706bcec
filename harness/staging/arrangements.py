"""How a scenario's world comes about: what a Given says in one sentence, people do in several.

Everything goes through the product's own surfaces. What is awaited here is awaited by checks: in a
Given, a check that fails makes the scenario inconclusive, not the target wrong.
"""

from __future__ import annotations

from harness.cast import ADMINISTRATORS, Cast
from harness.expect import agents, conversations, customers
from harness.protocol.conversations import Presence

ASKS_FOR_PERSON = "talk to agent"
ELSEWHERE = "env-elsewhere"


def is_chatting(cast: Cast, customer: str) -> None:
    """The customer has started a chat and been greeted by the bot."""
    cast.customer(customer).starts_chat()
    customers.is_greeted(cast.customer(customer))


def is_waiting(cast: Cast, customer: str) -> None:
    """The customer has asked the bot for a person; the conversation is queued."""
    is_chatting(cast, customer)
    cast.customer(customer).says(ASKS_FOR_PERSON)
    conversations.is_open(cast.desk, cast.conversation(customer))


def is_with(cast: Cast, customer: str, agent: str) -> None:
    """The agent has accepted the customer's escalated conversation."""
    cast.agent(agent).sets_presence(Presence.AVAILABLE)
    is_chatting(cast, customer)
    is_transferred(cast, customer, agent)
    conversations.is_active(cast.desk, cast.conversation(customer), agent)


def is_transferred(cast: Cast, customer: str, agent: str) -> None:
    """The customer asks for a person; the agent takes the conversation if it rings in time.

    Whether it rang is not judged here: what became of the conversation is for a check to say.
    """
    cast.customer(customer).says(ASKS_FOR_PERSON)
    takes(cast, agent, cast.conversation(customer))


def takes(cast: Cast, agent: str, conversation: str) -> None:
    """The agent accepts the conversation as soon as it rings, if it does within the delivery."""
    if agents.rings(cast.agent(agent), conversation) is None:
        cast.agent(agent).accepts(conversation)


def tells_store(cast: Cast, customer: str, parcel: str, store: str) -> None:
    """The customer returns a parcel with the bot and says in which town the store is."""
    asks_for_parcel(cast, customer)
    cast.customer(customer).says(parcel)
    customers.sees_line(cast.customer(customer), "In which town is your store?")
    cast.customer(customer).says(store)
    customers.sees_line(cast.customer(customer), f"to our store in {store}")


def asks_for_parcel(cast: Cast, customer: str) -> None:
    """The bot has asked the customer a question and waits for the answer."""
    cast.customer(customer).says("return a parcel")
    customers.sees_line(cast.customer(customer), "What is the number of your parcel?")


def makes_bot(cast: Cast, maker: str, name: str) -> None:
    """The maker has a new bot, published and not connected, and works on that one."""
    cast.maker(maker).makes_bot(name)
    cast.maker(maker).publishes()


def connects_unpublished_bot(cast: Cast, maker: str, name: str) -> None:
    """The maker has connected a bot without publishing it; new chats go to that bot."""
    cast.maker(maker).makes_bot(name)
    cast.maker(maker).connects()
    cast.administrator(ADMINISTRATORS[0]).assigns_bot(cast.maker(maker).works_on)
