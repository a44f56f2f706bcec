"""Microsoft's chat widget for customers who have signed in: known, persistent, asked to go on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from harness import identity
from harness.pages.returning import FORGETS
from harness.protocol.conversations import Role
from tests.clients.test_widget import Opens, Shopper, opens, soon

__all__ = ["opens"]

AUTHENTICATION = {
    "name": "Shop",
    "public_key": identity.public_key(),
    "client_function": identity.FUNCTION,
}


def signed_in(opens: Opens, **settings: Any) -> Shopper:
    """A customer whom the page of the shop has signed in."""
    ada = opens(authentication=AUTHENTICATION, **settings)
    now = datetime.fromisoformat(ada.desk.description["now"])
    ada.page.signs_in(identity.token("ada-1", now, {"Tier": "gold"}))
    return ada


def test_somebody_known(opens: Opens) -> None:
    ada = signed_in(opens)
    conversation = ada.meets_ben()
    seen = ada.desk.agent("GET", f"conversations/{conversation}")
    assert (seen["authenticated"], seen["context"]["Tier"]["value"]) == (True, "gold")
    ada.page.comes_back()
    soon(lambda: (Role.AGENT, "I am Ben") in ada.lines())
    ada.hears(conversation, "Still here")
    ada.is_left(conversation)


def test_a_persistent_chat(opens: Opens) -> None:
    ada = signed_in(opens, persistent=True)
    conversation = ada.meets_ben()
    ada.page.ends_chat()
    assert ada.desk.agent("GET", f"conversations/{conversation}")["state"] == "Active"
    ada.page.starts_chat()
    assert ada.page.conversation_id() == conversation
    soon(lambda: (Role.AGENT, "I am Ben") in ada.lines() or (Role.BOT, "I am Ben") in ada.lines())
    ada.hears(conversation, "Welcome back")
    ada.is_left(conversation)


def test_an_earlier_chat_is_offered(opens: Opens) -> None:
    ada = signed_in(opens, reconnection={"minutes": 10})
    conversation = ada.meets_ben()
    ada.window.page.add_init_script(FORGETS)
    ada.page.opens_page()
    ada.page.opens_chat()
    ada.window.page.get_by_role("button", name="Continue conversation").click()
    soon(ada.page.can_write)
    soon(lambda: "I am Ben" in [text for _, text in ada.lines()])
    assert ada.page.conversation_id() == conversation
    ada.page.says("back again")
    seen = ada.desk.agent("GET", f"conversations/{conversation}")["transcript"]
    assert seen[-1]["text"] == "back again"
    ada.is_left(conversation)
