"""Customers whom their own site knows: how they sign in, are gone, and come back (4.6, 4.10)."""

from __future__ import annotations

from collections.abc import Mapping

from harness import identity
from harness.cast import ADMINISTRATORS, MAKERS, Cast
from harness.errors import Inconclusive
from harness.expect.eventually import eventually
from harness.expect.matching import Mismatch
from harness.identity import Flaw
from harness.protocol.conversations import Conversation
from harness.staging import topics

SIGN_IN = "Please sign in first."
"""What the bot says when it asks somebody to sign in."""

NOBODY = ""
"""What a page has for a bot while nobody is logged in to it."""

WELCOME = "You are signed in as"
"""What it says to somebody who is, with the token that it got."""


def need_signing_in(cast: Cast) -> None:
    """Chats of the widget need signing in, by a token of the customer's own site."""
    settings = {
        "name": "Shop",
        "public_key": identity.public_key(),
        "client_function": identity.FUNCTION,
    }
    cast.administrator(ADMINISTRATORS[0]).sets_widget({"authentication": settings})


def signs_in(
    cast: Cast, customer: str, flaw: Flaw = Flaw.NONE, contexts: Mapping[str, str] | None = None
) -> None:
    """The customer's site has signed them in, with a token that may have a flaw."""
    token = identity.token(customer.lower(), cast.now(), contexts, flaw)
    cast.customer(customer).signs_in(token)


def asks_bot_to_sign_in(cast: Cast) -> None:
    """The bot authenticates its customers manually, and asks them at "my orders"."""
    maker = cast.maker(MAKERS[0])
    maker.sets_manual_authentication(True)
    maker.writes_topic("Orders", topics.on_phrase("my orders", *_asking()))
    maker.publishes()


def _asking() -> tuple[topics.Action, ...]:
    asks = {"kind": "OAuthInput", "id": "oAuthInput_asked", "text": SIGN_IN, "title": "Sign in"}
    token = f"{WELCOME} {{System.User.AccessToken}}."
    told = {"condition": "=System.User.IsLoggedIn", "actions": [topics.says(token)]}
    return (asks, {"kind": "ConditionGroup", "id": "conditionGroup_told", "conditions": [told]})


def bot_token(customer: str) -> str:
    """What the customer's page posts to the bot for them."""
    return f"order-token-of-{customer.lower()}"


def disappears(cast: Cast, customer: str) -> None:
    """The customer's page is gone without a word, and the desk has noticed where it can say so."""
    conversation = cast.conversation(customer)
    cast.customer(customer).disappears()
    eventually(lambda: cast.desk.reads(conversation), _is_missed)


def _is_missed(conversation: Conversation) -> Mismatch | None:
    if conversation.customer_present is not True:
        return None
    return Mismatch("a conversation whose customer is gone", "that the customer is there")


def may_come_back(cast: Cast, minutes: int) -> None:
    """Customers may come back to a chat by a link, so long after their page was gone."""
    settings = {"reconnection": {"minutes": minutes}}
    cast.administrator(ADMINISTRATORS[0]).sets_widget(settings)


def link_back(cast: Cast, customer: str) -> str:
    """The link that leads to the customer's chat, as the desk shows it; kept from then on."""
    conversation = cast.conversation(customer)
    link = cast.desk.reads(conversation).reconnect_link
    if not link:
        raise Inconclusive(f"the desk shows no link back to {customer}'s chat")
    return link
