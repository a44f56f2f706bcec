"""Files, answers and letters on the pages of agents, supervisors and administrators."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from harness.actors.customer import Customer
from harness.errors import Refused
from harness.pages.admin import AdministratorPage
from harness.pages.workspace import AgentPage, SupervisorPage
from harness.protocol import roles
from harness.protocol.conversations import Feedback, Presence, Role
from harness.protocol.letters import Letter
from harness.protocol.organisations import Organisation
from tests.pages.barriers import barriers

WIDGET = {
    "survey": {},
    "transcript_email": True,
    "files_from_customers": True,
    "files_from_agents": True,
}


def _as_actor(customer: Customer) -> roles.Customer:
    return customer


@pytest.fixture
def organisation(founded: Callable[..., Organisation]) -> Organisation:
    return founded(widget=WIDGET)


@pytest.fixture
def conversation(ben: AgentPage, ada: Customer) -> str:
    """Ada chats with Ben."""
    ben.sets_presence(Presence.AVAILABLE)
    ada.starts_chat()
    ada.says("talk to agent")
    expect(ben.page.locator("[data-ringing]")).to_be_visible()
    ben.accepts(ada.conversation_id())
    return ada.conversation_id()


def test_files_both_ways(ben: AgentPage, ada: Customer, conversation: str) -> None:
    ben.sends_file(conversation, 'manual "1".txt', b"from Ben")
    ada.transcript()
    assert ada.opens_file('manual "1".txt') == b"from Ben"
    ada.sends_file("label.txt", b"\x00from Ada\xff")
    assert ben.opens_file(conversation, "label.txt") == b"\x00from Ada\xff"
    assert ben.reads(conversation).transcript[-1].files == ("label.txt",)
    assert barriers(ben.page) == []


def test_a_file_that_is_refused_says_why(ben: AgentPage, conversation: str) -> None:
    with pytest.raises(Refused) as refused:
        ben.sends_file(conversation, "virus.exe", b"x")
    assert refused.value.name == "FileRefused"
    with pytest.raises(Refused):
        ben.opens_file(conversation, "virus.exe")


def test_answers_and_letters(
    ben: AgentPage, sam: SupervisorPage, olga: AdministratorPage, ada: Customer, conversation: str
) -> None:
    ada.asks_for_transcript("ada@post.example")
    assert olga.letters() == [Letter("ada@post.example", False, "")]
    ben.says(conversation, "Goodbye, <b>Ada</b>")
    ben.ends(conversation)
    (letter,) = olga.letters()
    assert letter.is_sent
    assert "Goodbye, <b>Ada</b>" in letter.text
    assert barriers(olga.page) == []
    ada.answers_survey({"satisfaction": "4", "comment": "<i>Quick</i>"})
    told = (Feedback(Role.AGENT, {"satisfaction": "4", "comment": "<i>Quick</i>"}),)
    assert ben.reads(conversation).feedback == told
    assert sam.reads(conversation).feedback == told
    assert barriers(sam.page) == []
    olga.opens("/after-the-chat")
    expect(olga.page.locator("[data-response]")).to_contain_text("<i>Quick</i>")
