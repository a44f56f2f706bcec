"""The topic editor in a browser: the documented steps by hand, by keyboard, without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from harness.actors.customer import Customer
from harness.actors.operator import Operator
from harness.errors import Refused
from harness.expect import customers
from harness.pages.browser import Window
from harness.pages.portal import MakerPage
from harness.protocol import roles
from harness.protocol.conversations import Generation
from harness.protocol.organisations import Organisation
from tests.pages.conftest import account, place


def _as_editor(page: MakerPage) -> roles.Editor:
    return page


def test_a_session_timeout_by_the_documented_steps(
    mia: MakerPage, ada: Customer, operator: Operator, organisation: Organisation
) -> None:
    mia.begins_topic("Two quiet minutes")
    assert mia.trigger() == "Phrases"
    mia.chooses_trigger("Inactivity")
    assert "lost" in mia.warning()
    mia.confirms()
    mia.sets_silence("Value", "2 minutes")
    mia.selects_variable("System", "Activity.Channel")
    mia.compares_with("Omnichannel")
    mia.adds("Send a message")
    mia.writes("Message", "Closing because of inactivity.")
    mia.adds("End conversation", "Topic management")
    mia.saves_topic()
    assert (mia.trigger(), mia.silence()) == ("Inactivity", timedelta(minutes=2))
    assert mia.condition() == "System.Activity.Channel is equal to Omnichannel"
    assert mia.nodes() == ["Message", "End conversation"]
    mia.publishes()
    ada.starts_chat()
    operator.advances(organisation.id, timedelta(minutes=2))
    customers.sees_line(ada, "Closing because of inactivity.")
    customers.cannot_write(ada)


def test_a_transfer_with_a_private_message(mia: MakerPage) -> None:
    mia.begins_topic("Hand over")
    mia.adds("Transfer conversation", "Topic management")
    mia.writes("Private message to agent", "This customer is in a hurry.")
    mia.saves_topic()
    [topic] = [topic for topic in mia.topics() if topic.name == "Hand over"]
    assert "messageToAgent: This customer is in a hurry." in topic.content
    assert "kind: TransferToAgent" in topic.content


@pytest.mark.parametrize("generation", [Generation.PREVIEW, Generation.CLASSIC])
def test_the_older_generations_have_words_of_their_own(
    founded: Callable[..., Organisation], window: Callable[[], Window], generation: Generation
) -> None:
    organisation = founded(generation)
    who = account(organisation, "Mia")
    mia = MakerPage(window(), place(organisation, "portal"), who, organisation.bot)
    mia.begins_topic("Hand over")
    mia.hovers_over_trigger()
    assert "Change trigger" not in mia.offers(), "silence is no trigger there"
    mia.opens_menu("End the conversation")
    assert "Transfer to agent" in mia.offers()
    assert "End conversation" not in mia.offers()


def test_a_change_that_is_called_off_loses_nothing(mia: MakerPage) -> None:
    mia.opens_topic("Greeting")
    before = mia.nodes()
    mia.chooses_trigger("Inactivity")
    mia.page.get_by_role("button", name="Cancel").click()
    expect(mia.page.get_by_role("alertdialog")).to_have_count(0)
    assert (mia.trigger(), mia.nodes()) == ("Phrases", before)


def test_the_icon_shows_when_the_trigger_is_pointed_at(mia: MakerPage) -> None:
    mia.opens_topic("Greeting")
    icon = mia.page.locator("summary", has_text="Change trigger")
    expect(icon).not_to_be_visible()
    mia.hovers_over_trigger()
    expect(icon).to_be_visible()


def test_the_trigger_can_be_changed_by_keyboard(mia: MakerPage) -> None:
    mia.opens_topic("Greeting")
    page = mia.page
    _tab_to(page, "Change trigger")
    page.keyboard.press("Enter")
    _tab_to(page, "Inactivity")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()


def _tab_to(page: Page, label: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if label in page.evaluate("document.activeElement.textContent"):
            focused = page.evaluate("document.activeElement.tagName")
            if focused in ("BUTTON", "SUMMARY"):
                return
    raise AssertionError(f"{label} cannot be reached by keyboard")


def test_what_the_code_editor_holds_is_what_the_canvas_shows(mia: MakerPage) -> None:
    mia.opens_topic("Greeting")
    mia.writes_code(_TALKS)
    mia.submits(mia.page.get_by_role("button", name="Close code editor"))
    assert mia.nodes() == ["Message", "Condition", "Message"]
    mia.writes_code("kind: [")
    with pytest.raises(Refused, match="Line 2"):
        mia.saves_topic()
    expect(mia.page.get_by_label("YAML")).to_have_value("kind: [")


_TALKS = """\
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  id: main
  intent: {triggerQueries: [tents]}
  actions:
    - {kind: SendActivity, id: first, activity: Ours are dry.}
    - kind: ConditionGroup
      id: which
      conditions:
        - id: one
          condition: =System.Activity.Channel = "Omnichannel"
          actions:
            - {kind: SendActivity, id: second, activity: And light.}
"""


def test_a_test_of_the_draft(mia: MakerPage) -> None:
    page = mia.page
    mia.writes_topic("Tents", _TALKS)
    mia.opens(f"/bots/{mia.works_on}/test")
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Message to the bot").fill("tents")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Ours are dry.")
    expect(page.get_by_role("log")).not_to_contain_text("And light.")
    page.get_by_label("Message to the bot").fill("talk to agent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("would be handed to an agent")
    expect(page.get_by_role("log")).to_contain_text("Private message to agent: The customer asked")
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("log")).not_to_contain_text("Ours are dry.")


def test_topics_kept_to_omnichannel_stay_silent_in_a_test(
    mia: MakerPage, operator: Operator, organisation: Organisation
) -> None:
    page = mia.page
    mia.begins_topic("Anywhere")
    mia.chooses_trigger("Inactivity")
    mia.confirms()
    mia.sets_silence("Formula", "60 * 15")
    mia.adds("Send a message")
    mia.writes("Message", "Anybody there?")
    mia.saves_topic()
    mia.opens(f"/bots/{mia.works_on}/test")
    page.get_by_role("button", name="Start").click()
    operator.advances(organisation.id, timedelta(minutes=15))
    expect(page.get_by_role("log")).to_contain_text("Anybody there?")
    expect(page.get_by_role("log")).not_to_contain_text("Are you still there?")
