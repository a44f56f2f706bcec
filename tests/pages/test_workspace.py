"""The workspace through its page objects, beside the actors of the same verbs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from harness.actors import desk
from harness.actors.customer import Customer
from harness.actors.session import Session
from harness.errors import Refused
from harness.pages.workspace import AgentPage, SupervisorPage
from harness.protocol import roles
from harness.protocol.conversations import Assignee, Closure, Presence, Role, State
from harness.protocol.organisations import Organisation
from harness.target import Target
from tests.pages.conftest import account, place


def _as_page(page: AgentPage) -> roles.Agent:
    return page


def _as_list(page: SupervisorPage) -> roles.Supervisor:
    return page


@pytest.fixture
def ringing(ben: AgentPage, ada: Customer) -> str:
    """Ada waits for an agent, and it rings at Ben."""
    ben.sets_presence(Presence.AVAILABLE)
    ada.starts_chat()
    ada.says("talk to agent")
    ring = ben.page.locator("[data-ringing]")
    expect(ring).to_be_visible()
    assert ben.notifications() == [ada.conversation_id()]
    return ada.conversation_id()


def test_what_the_page_reads_is_what_the_interface_says(
    ben: AgentPage, ringing: str, target: Target, organisation: Organisation
) -> None:
    ben.accepts(ringing)
    ben.says(ringing, "Good morning, <b>Ada</b> & all")
    session = Session(target.client, place(organisation, "workspace"), account(organisation, "Ben"))
    said = desk.Agent(session).reads(ringing)
    shown = replace(said, context=tuple(v for v in said.context if v.displayable))
    assert ben.reads(ringing) == shown
    assert shown.context
    assert shown.private_message
    assert shown.transcript[-1].text == "Good morning, <b>Ada</b> & all"


def test_an_accepted_conversation_comes_before_the_agent(ben: AgentPage, ringing: str) -> None:
    ben.accepts(ringing)
    expect(ben.page.get_by_role("region", name="Conversation with")).to_be_visible()
    expect(ben.page).to_have_url(f"{ben.place}/conversations/{ringing}")


def test_what_the_customer_says_appears_by_itself(
    ben: AgentPage, ada: Customer, ringing: str
) -> None:
    ben.accepts(ringing)
    box = ben.page.get_by_label("Message to the customer")
    box.fill("Half a sent")
    ada.types()
    expect(ben.page.get_by_text("is typing…")).to_be_visible()
    ada.says("Are you a person?")
    expect(ben.page.get_by_role("log").get_by_text("Are you a person?")).to_be_visible()
    expect(box).to_have_value("Half a sent")
    expect(box).to_be_focused()


def test_the_customer_is_told_that_the_agent_types_and_says(
    ben: AgentPage, ada: Customer, ringing: str
) -> None:
    ben.accepts(ringing)
    ben.types(ringing)
    ben.types(ringing)
    ben.says(ringing, "Here I am\nagain")
    assert ada.transcript()[-1].text == "Here I am\nagain"


def test_enter_sends(ben: AgentPage, ringing: str) -> None:
    ben.accepts(ringing)
    box = ben.page.get_by_label("Message to the customer")
    box.fill("Sent by the keyboard")
    box.press("Enter")
    expect(ben.page.get_by_role("log").get_by_text("Sent by the keyboard")).to_be_visible()
    expect(box).to_have_value("")


def test_ended_then_closed(ben: AgentPage, ringing: str) -> None:
    ben.accepts(ringing)
    ben.ends(ringing)
    seen = ben.reads(ringing)
    assert (seen.state, seen.closure) == (State.WRAP_UP, Closure.AGENT_END)
    with pytest.raises(Refused, match="nowhere to write"):
        ben.says(ringing, "Too late")
    ben.closes(ringing)
    assert ben.reads(ringing).state is State.CLOSED


def test_a_rejected_conversation_stops_ringing(ben: AgentPage, ringing: str) -> None:
    ben.rejects(ringing)
    expect(ben.page.locator("[data-ringing]")).to_have_count(0)


def test_a_refusal_is_shown_and_stays(ben: AgentPage, ada: Customer, ringing: str) -> None:
    ada.ends_chat()
    ben.page.evaluate(  # A press of Accept that came too late.
        """(path) => {
          const form = document.createElement('form');
          form.method = 'post'; form.action = path;
          document.body.append(form); form.requestSubmit();
        }""",
        f"{ben.place}/conversations/{ringing}/accept",
    )
    alert = ben.page.get_by_role("alert")
    expect(alert).to_contain_text("The conversation was not accepted")
    expect(ben.page.locator("[data-ringing]")).to_have_count(0)
    expect(alert).to_contain_text("The conversation was not accepted")


def test_the_supervisor_sees_it_come_and_go(
    ben: AgentPage, sam: SupervisorPage, ada: Customer
) -> None:
    assert sam.ongoing() == []
    ada.starts_chat()
    rows = sam.page.locator("tr[data-conversation]")
    expect(rows).to_have_count(1)
    [row] = sam.ongoing()
    assert (row.id, row.state) == (ada.conversation_id(), State.ACTIVE)
    assert row.assignee == Assignee(Role.BOT, "Alpine Helper")
    assert sam.reads(row.id).transcript
    sam.closes(row.id)
    assert sam.reads(row.id).closure is Closure.FORCE_CLOSE
    assert sam.ongoing() == []


def test_the_figures_are_those_of_the_interface(
    sam: SupervisorPage, ada: Customer, target: Target, organisation: Organisation
) -> None:
    ada.starts_chat()
    session = Session(target.client, place(organisation, "workspace"), account(organisation, "Sam"))
    actor = desk.Supervisor(session)
    assert sam.metrics() == actor.metrics()
    actor.closes(ada.conversation_id())
    expect(sam.page.locator("[data-closure-count=ForceClose]")).to_have_text("1")
    assert sam.metrics() == actor.metrics()


def test_an_agent_may_not_oversee(ben: AgentPage) -> None:
    with pytest.raises(Refused) as refused:
        ben.opens("/ongoing")
    assert (refused.value.status, refused.value.name) == (403, "InsufficientRole")


def test_a_lost_connection_is_said_and_found_again(ben: AgentPage) -> None:
    ben.opens()
    body = ben.page.locator("body")
    ben.page.context.set_offline(True)
    expect(body).to_have_attribute("data-lost", "")
    ben.page.context.set_offline(False)
    expect(body).not_to_have_attribute("data-lost", "")


def test_an_agent_gives_a_conversation_to_a_queue(ben: AgentPage, ringing: str) -> None:
    ben.accepts(ringing)
    ben.transfers(ringing, "Support")
    expect(ben.page).to_have_url(ben.place)
    expect(ben.page.get_by_text("You hold no conversation.")).to_be_visible()
    assert ringing not in ben.notifications(), "it does not ring at the one who gave it away"
