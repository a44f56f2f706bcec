"""The published widget, unmodified, through a whole hand-off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest

from harness.errors import Inconclusive, Refused
from harness.expect.eventually import eventually
from harness.expect.matching import Mismatch
from harness.pages.browser import Browser, Window
from harness.pages.widget import WidgetPage
from harness.protocol.conversations import Role
from tests.wire.chat import PERSON, Desk

FONTS = (".woff", ".woff2")


def soon(look: Callable[[], object]) -> None:
    """Waits until something is so; the widget draws when it gets round to it."""
    assert eventually(lambda: bool(look()), _is_so, timedelta(seconds=10)) is None


def _is_so(seen: bool) -> Mismatch | None:
    return None if seen else Mismatch("so", "not so")


@pytest.fixture
def window(browser: Browser, desk: Desk) -> Iterator[Window]:
    window = browser.open(datetime.fromisoformat(desk.description["now"]))
    yield window
    window.close()


@pytest.fixture
def ada(window: Window, desk: Desk) -> WidgetPage:
    return WidgetPage(window, "Ada", desk.description["widget"]["page"])


def roles(ada: WidgetPage) -> list[Role]:
    return [line.role for line in ada.transcript()]


def sees(ada: WidgetPage, text: str) -> None:
    soon(lambda: text in [line.text for line in ada.transcript()])


def hand_over(ada: WidgetPage, desk: Desk) -> str:
    desk.agent("PUT", "presence", {"presence": "Available"})
    ada.starts_chat()
    ada.says(PERSON)
    conversation = ada.conversation_id()
    desk.agent("POST", f"conversations/{conversation}/accept", {})
    desk.agent("POST", f"conversations/{conversation}/messages", {"text": "I am Ben"})
    sees(ada, "I am Ben")
    return conversation


def test_from_the_bot_to_a_person_and_to_the_end(ada: WidgetPage, desk: Desk) -> None:
    conversation = hand_over(ada, desk)
    assert [*dict.fromkeys(roles(ada))] == [Role.BOT, Role.CUSTOMER, Role.SYSTEM, Role.AGENT]
    desk.agent("POST", f"conversations/{conversation}/typing", {})
    soon(ada.sees_agent_typing)
    desk.agent("POST", f"conversations/{conversation}/messages", {"text": "One moment"})
    sees(ada, "One moment")
    assert not ada.sees_agent_typing()
    ada.types()
    assert desk.agent("GET", f"conversations/{conversation}")["customer_typing"] is True
    ada.says('Thank you, that\'s "all"')
    sees(ada, 'Thank you, that\'s "all"')
    desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(lambda: not ada.can_write())
    soon(lambda: "lcw:threadUpdate" in ada.raised())
    with pytest.raises(Refused, match="NoSendBox"):
        ada.says("Anybody?")


def test_nothing_is_lost_or_told_twice_while_the_socket_is(ada: WidgetPage, desk: Desk) -> None:
    conversation = hand_over(ada, desk)
    for minutes in (1, 20, 60):
        desk.advance(f"PT{minutes}M")
        ada.window.fast_forward(timedelta(minutes=minutes))
        said = f"after {minutes} minutes"
        desk.agent("POST", f"conversations/{conversation}/messages", {"text": said})
        sees(ada, said)
    texts = [line.text for line in ada.transcript()]
    assert len(texts) == len(set(texts))


def test_a_reload_brings_the_chat_back(ada: WidgetPage, desk: Desk) -> None:
    hand_over(ada, desk)
    before = [(line.role, line.text) for line in ada.transcript()]
    ada.comes_back()
    soon(lambda: [(line.role, line.text) for line in ada.transcript()] == before)
    assert "lcw:chatRetrieved" in ada.raised()
    assert "lcw:chatQueued" not in ada.raised()
    assert ada.can_write()


def test_a_reload_with_the_fault_loses_what_was_said(ada: WidgetPage, desk: Desk) -> None:
    desk.deviate("reload_loses_history")
    conversation = hand_over(ada, desk)
    ada.comes_back()
    soon(ada.can_write)
    desk.agent("POST", f"conversations/{conversation}/messages", {"text": "Welcome back"})
    sees(ada, "Welcome back")
    assert PERSON not in [line.text for line in ada.transcript()]
    assert "reload_loses_history" in desk.reached()


def test_without_pushes_the_widget_polls(ada: WidgetPage, window: Window, desk: Desk) -> None:
    window.page.route("**/v4/a?*", lambda route: route.fulfill(status=503))
    conversation = hand_over(ada, desk)
    desk.agent("POST", f"conversations/{conversation}/messages", {"text": "By polling"})
    sees(ada, "By polling")


def test_the_button_is_there_and_nothing_opens_by_itself(ada: WidgetPage) -> None:
    ada.opens_page()
    soon(ada.is_shown)
    assert ada.is_minimised()
    assert ada.raised() == ["lcw:ready"]


def test_starting_raises_the_documented_events(ada: WidgetPage) -> None:
    ada.starts_chat()
    soon(lambda: "lcw:chatQueued" in ada.raised())
    assert [*ada.raised()][:2] == ["lcw:ready", "lcw:startChat"]


def test_messages_are_counted_while_the_chat_is_folded_away(ada: WidgetPage, desk: Desk) -> None:
    conversation = hand_over(ada, desk)
    ada.minimises()
    assert ada.is_minimised()
    for text in ("one", "two"):
        desk.agent("POST", f"conversations/{conversation}/messages", {"text": text})
    soon(lambda: ada.unread() == 2)


def test_closing_asks_first(ada: WidgetPage, desk: Desk) -> None:
    ada.starts_chat()
    conversation = ada.conversation_id()
    ada.selects_close()
    soon(ada.asks_to_confirm_closing)
    ada.ends_chat()
    soon(lambda: "lcw:closeChat" in ada.raised())
    assert ada.is_minimised()
    assert desk.agent("GET", f"conversations/{conversation}", name="Sam")["state"] == "Closed"


def test_only_fonts_and_icons_are_asked_of_the_outside(ada: WidgetPage, desk: Desk) -> None:
    hand_over(ada, desk)
    assert all(urlsplit(url).path.endswith(FONTS) for url in ada.foreign)


def test_the_transcript_can_be_downloaded(window: Window, found: Callable[..., Desk]) -> None:
    desk = found(widget={"transcript_download": True})
    ada = WidgetPage(window, "Ada", desk.description["widget"]["page"])
    hand_over(ada, desk)
    with window.page.expect_download(timeout=10_000) as download:
        window.page.locator("#lcw-footer-download-transcript-button").click()
    kept = download.value.path().read_text("utf-8")
    assert PERSON in kept
    assert "I am Ben" in kept


def test_before_a_chat_it_says_what_must_come_first(ada: WidgetPage) -> None:
    with pytest.raises(Inconclusive, match="has not opened the page; let 'Given Ada has opened"):
        ada.comes_back()
    ada.opens_page()
    for verb in (ada.conversation_id, ada.transcript, ada.ends_chat, ada.types, ada.minimises):
        with pytest.raises(Inconclusive, match="has not started a chat; let 'Given Ada is chat"):
            verb()


def test_the_page_may_speak_through_the_documented_interface(
    ada: WidgetPage, window: Window, desk: Desk
) -> None:
    ada.opens_page()
    soon(lambda: "lcw:ready" in ada.raised())
    sdk = "Microsoft.Omnichannel.LiveChatWidget.SDK"
    refused = window.page.evaluate(
        f"() => {{ try {{ {sdk}.setContextProvider('x') }} catch (e) {{ return e.name }} }}"
    )
    assert refused == "TypeError"
    window.page.evaluate(f"{sdk}.setContextProvider(() => ({{ orderId: {{ value: '1001' }} }}))")
    ada.starts_chat()
    conversation = desk.agent("GET", f"conversations/{ada.conversation_id()}", name="Sam")
    assert conversation["context"]["orderId"]["value"] == "1001"


def test_a_context_provider_that_fails_is_told_as_error_1(ada: WidgetPage, window: Window) -> None:
    ada.opens_page()
    soon(lambda: "lcw:ready" in ada.raised())
    window.page.evaluate(
        """() => {
          window.addEventListener('lcw:error', (event) => (window.code = event.detail.errorCode));
          Microsoft.Omnichannel.LiveChatWidget.SDK.setContextProvider(() => { throw Error('x') });
        }"""
    )
    ada.starts_chat()
    assert window.page.evaluate("window.code") == 1


MISBEHAVIOUR: dict[str, Callable[[WidgetPage], bool]] = {
    "loader_ignores_snippet": lambda ada: not ada.is_shown(),
    "loader_opens_widget": lambda ada: not ada.is_minimised(),
    "loader_raises_no_chat_queued": lambda ada: "lcw:chatQueued" not in ada.raised(),
    "loader_closes_without_asking": lambda ada: not ada.asks_to_confirm_closing(),
}


@pytest.mark.parametrize("fault", MISBEHAVIOUR)
def test_a_loader_with_a_fault_is_seen_and_reached(ada: WidgetPage, desk: Desk, fault: str) -> None:
    desk.deviate(fault)
    misuse(ada, fault)
    soon(lambda: fault in desk.reached())
    soon(lambda: MISBEHAVIOUR[fault](ada))


def misuse(ada: WidgetPage, fault: str) -> None:
    """Does what brings the fault to light."""
    ada.opens_page()
    if fault in ("loader_raises_no_chat_queued", "loader_closes_without_asking"):
        ada.starts_chat()
        soon(ada.can_write)
    if fault == "loader_closes_without_asking":
        ada.selects_close()
