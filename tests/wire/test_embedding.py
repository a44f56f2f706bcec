"""Pages with the widget's tag: of a stranger, altered, in a hurry; and what they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Request

from harness.expect.eventually import eventually
from harness.expect.matching import is_true
from harness.pages import snippets
from harness.pages.browser import Browser, Window
from harness.pages.widget import WidgetPage
from harness.protocol.organisations import Snippet
from tests.wire.chat import PERSON, Desk


@pytest.fixture
def window(browser: Browser, desk: Desk) -> Iterator[Window]:
    window = browser.open(datetime.fromisoformat(desk.description["now"]))
    yield window
    window.close()


@pytest.fixture
def ada(window: Window, desk: Desk) -> WidgetPage:
    widget = desk.description["widget"]
    return WidgetPage(window, "Ada", widget["page"], Snippet(**widget))


def soon(look: Callable[[], object]) -> None:
    assert eventually(lambda: bool(look()), is_true("so", "not so")) is None


def test_a_strangers_page_with_the_products_tag_hands_over(ada: WidgetPage, desk: Desk) -> None:
    desk.agent("PUT", "presence", {"presence": "Available"})
    ada.opens_page_on("tents.example")
    ada.starts_chat()
    ada.says(PERSON)
    conversation = ada.conversation_id()
    desk.agent("POST", f"conversations/{conversation}/accept", {})
    desk.agent("POST", f"conversations/{conversation}/messages", {"text": "I am Ben"})
    soon(lambda: "I am Ben" in [line.text for line in ada.transcript()])
    assert ada.window.page.url == "https://tents.example/"
    ada.comes_back()
    soon(lambda: "I am Ben" in [line.text for line in ada.transcript()])
    desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(lambda: not ada.can_write())


SDK = "Microsoft.Omnichannel.LiveChatWidget.SDK"


def style(ada: WidgetPage, selector: str, name: str) -> str:
    found: str = ada.page.locator(selector).evaluate(
        "(element, name) => getComputedStyle(element)[name]", name
    )
    return found


def asked(ada: WidgetPage, path: str) -> list[str]:
    """Addresses with this in them that the page asks for from now on."""
    found: list[str] = []

    def note(request: Request) -> None:
        if path in request.url:
            found.append(request.url)

    ada.page.on("request", note)
    return found


def test_attributes_of_the_tag_say_how_it_looks(ada: WidgetPage) -> None:
    telemetry = asked(ada, "/livechatwidget/telemetry/")
    ada.opens_page_with(
        {
            "data-hide-chat-button": "true",
            "data-render-mobile": "true",
            "data-enable-telemetry": "false",
            "data-font-family-override": "Roboto; Segoe UI",
        }
    )
    ada.ready()
    assert not ada.is_shown()
    ada.page.evaluate(f"{SDK}.startChat()")
    soon(ada.can_write)
    assert not ada.is_visible(ada.header)
    assert style(ada, "#oc-lcw", "fontFamily") == 'Roboto, "Segoe UI"'
    assert telemetry == []


def test_a_colour_of_the_tag_is_that_of_button_and_header(ada: WidgetPage) -> None:
    ada.opens_page_with({"data-color-override": "#aa0011"})
    ada.starts_chat()
    assert style(ada, "#oc-lcw-header", "backgroundColor") == "rgb(170, 0, 17)"
    ada.minimises()
    assert "rgb(170, 0, 17)" in ada.launcher.evaluate(
        "(button) => [...button.querySelectorAll('*')]"
        ".map((part) => getComputedStyle(part).backgroundColor).join()"
    )


def test_a_function_of_the_page_may_set_what_is_static(ada: WidgetPage) -> None:
    wishes = "{ controlProps: { titleText: 'Ask us', onClick: () => {} } }"
    ada.page.add_init_script(f"window.shop = {{ looks: () => ({{ chatButtonProps: {wishes} }}) }}")
    callback = {"data-customization-callback": "shop.looks"}
    ada.opens_page_with(callback)
    ada.ready()
    assert "Ask us" in ada.launcher.inner_text()
    ada.starts_chat()
    assert ada.can_write()


def test_the_chat_opens_in_a_window_of_its_own(ada: WidgetPage, desk: Desk) -> None:
    ada.brings("Tier", "gold")
    ada.opens_page_with({"data-open-in-window": "true"})
    ada.ready()
    # Playwright holds what a window asks for that opens beside a page with routes.
    ada.page.unroute_all()
    with ada.page.expect_popup() as opened:
        ada.launcher.click()
    window = opened.value
    window.locator("[data-id='webchat-sendbox-input']").wait_for(timeout=20_000)
    assert window.title() == ada.page.title()
    soon(lambda: "lcw:chatQueued" in ada.raised())
    [conversation] = desk.agent("GET", "ongoing", name="Sam")["value"]
    shown = desk.agent("GET", f"conversations/{conversation['id']}", name="Sam")
    assert shown["context"]["Tier"]["value"] == "gold"
    assert window.locator("#lcw-header-minimize-button").count() == 0
    with window.expect_event("close"):
        window.locator("#lcw-header-close-button").click()
        window.locator("#oc-lcw-confirmation-pane-confirmbutton").click()
    shown = desk.agent("GET", f"conversations/{conversation['id']}", name="Sam")
    assert shown["state"] == "Closed"


def test_an_invitation_can_be_declined_and_does_not_wait_for_ever(ada: WidgetPage) -> None:
    ada.invites("Need a hand?")
    soon(ada.is_invited)
    assert "Need a hand?" in ada.invitation.inner_text()
    ada.declines_invitation()
    ada.invites()
    soon(ada.is_invited)
    assert "here to help" in ada.invitation.inner_text()
    ada.window.fast_forward(timedelta(seconds=61))
    soon(ada.is_shown)
    assert not ada.is_invited()
    assert "lcw:closeChat" not in ada.raised(), "no chat was closed"


def test_availability_is_asked_for_once_in_two_minutes(ada: WidgetPage) -> None:
    calls = asked(ada, "/getagentavailability/")
    ada.ready()
    for _ in range(2):
        found = ada.page.evaluate(f"{SDK}.getAgentAvailability()")
    assert found == ada.told("lcw:getAgentAvailability")
    assert "isQueueAvailable" in found
    assert len(calls) == 1
    ada.window.fast_forward(timedelta(minutes=2))
    ada.page.evaluate(f"{SDK}.getAgentAvailability()")
    assert len(calls) == 2
    ada.brings("Tier", "gold")
    ada.page.evaluate(f"{SDK}.getAgentAvailability()")
    assert len(calls) == 3, "the page knows something else of its customer"


def test_providers_are_set_asked_for_and_taken_away(ada: WidgetPage) -> None:
    telemetry = asked(ada, "/livechatwidget/telemetry/")
    ada.opens_page()
    for thing in ("ContextProvider", "AuthTokenProvider"):
        is_kept = f"const f = () => 0; {SDK}.set{thing}(f); const is = {SDK}.get{thing}() === f"
        gone = f"{SDK}.remove{thing}(); return [is, {SDK}.get{thing}()]"
        assert ada.page.evaluate(f"() => {{ {is_kept}; {gone} }}") == [True, None]
    ada.ready()
    assert len(telemetry) == 1
    ada.page.evaluate(f"{SDK}.setContextProvider(async () => ({{}})); {SDK}.startChat()")
    soon(lambda: ada.errors() == [1])
    assert "it gave a Promise" in (ada.told("lcw:error") or {})["errorDescription"]
    soon(ada.can_write)


def test_the_page_is_told_what_happens_with_the_documented_details(
    ada: WidgetPage, desk: Desk
) -> None:
    desk.agent("PUT", "presence", {"presence": "Available"})
    ada.starts_chat()
    ada.says(PERSON)
    desk.agent("POST", f"conversations/{ada.conversation_id()}/accept", {})
    path = f"conversations/{ada.conversation_id()}/messages"
    desk.agent("POST", path, {"text": "I am Ben"})
    soon(lambda: "I am Ben" in [line.text for line in ada.transcript()])
    heard = ada.page.evaluate("window.__lcw.find(({ text }) => text === 'I am Ben').detail")
    assert heard["messageType"] == "user"
    said, activity, *_ = heard["channelData"]["tags"]
    assert (said, activity.partition(":")[0]) == ("public", "client_activity_id")
    ada.minimises()
    ada.launcher.click()
    soon(lambda: list(ada.raised())[-2:] == ["lcw:onMinimize", "lcw:onMaximize"])
    ada.page.evaluate(f"{SDK}.closeChat()")
    soon(lambda: "lcw:closeChat" in ada.raised())
    assert "lcw:onClose" in ada.raised()


LATE = """<!doctype html><title>Late</title><script>
addEventListener('load', () => {{
  const tag = Object.assign(document.createElement('script'), {{ id: '{id}', src: '{src}' }});
  Object.assign(tag.dataset, {{ appId: '{app}', orgId: '{org}', orgUrl: '{url}' }});
  tag.async = true;
  document.head.append(tag);
}});
</script>"""


def test_a_tag_that_a_script_writes_works_as_well(ada: WidgetPage) -> None:
    assert ada.snippet
    said = {"app": ada.snippet.app_id, "org": ada.snippet.org_id, "url": ada.snippet.org_url}
    html = LATE.format(id=snippets.ID, src=snippets.SOURCE, **said)
    ada.opens_html(html, "https://late.example/")
    ada.ready()
    soon(ada.is_shown)


def test_a_browser_that_keeps_nothing_is_told_as_error_7(ada: WidgetPage) -> None:
    denied = "get() { throw new DOMException('denied', 'SecurityError') }"
    ada.page.add_init_script(f"Object.defineProperty(window, 'localStorage', {{ {denied} }})")
    ada.opens_page()
    soon(lambda: 7 in ada.errors())


def test_another_tab_finds_the_chat(ada: WidgetPage, desk: Desk) -> None:
    ada.starts_chat()
    ada.says("opening hours")
    tab = ada.page.context.new_page()
    tab.goto(ada.url)
    tab.get_by_text("from Monday to Saturday").first.wait_for(timeout=20_000)
    ada.says("opening hours")
    soon(lambda: len(ada.transcript()) == 5)
    soon(lambda: list(ada.raised()).count("lcw:onMessageReceived") == 3)
    assert list(ada.raised()).count("lcw:onMessageSent") == 2, "each tab tells of it"


def test_a_widget_that_is_not_there_is_told_as_error_7(ada: WidgetPage) -> None:
    ada.opens_page_with({})
    ada.page.goto(f"{ada.url}?embed=other")
    soon(lambda: 7 in ada.errors())
    assert not ada.is_shown()


TWICE = """<!doctype html><title>Twice</title>
<script id="{id}" src="{src}" data-app-id=" {app} " data-org-id="{org}" data-org-url="{url}/ "
></script>
<script id="{id}" src="{src}" data-app-id="{app}" data-org-id="{org}" data-org-url="{url}"></script>
"""


def test_a_page_with_the_tag_twice_has_one_chat(ada: WidgetPage) -> None:
    assert ada.snippet
    # In capital letters they are the same ids.
    app, org = ada.snippet.app_id.upper(), ada.snippet.org_id.upper()
    said = {"app": app, "org": org, "url": ada.snippet.org_url}
    html = TWICE.format(id=snippets.ID, src=snippets.SOURCE, **said)
    ada.opens_html(html, "https://twice.example/")
    ada.ready()
    ada.page.evaluate(f"{SDK}.startChat()")
    soon(ada.can_write)
    assert ada.page.locator("#oc-lcw").count() == 1
    assert list(ada.raised()).count("lcw:ready") == 1


# Keeps the first state of the widget that goes over its channel, and says it again when asked.
OVERHEARS = """const post = BroadcastChannel.prototype.postMessage;
BroadcastChannel.prototype.postMessage = function (said) {
  if (said.data?.payload?.appStates && !window.repeats)
    window.repeats = () => post.call(this, structuredClone({
      ...said, time: Date.now() * 1000, token: 'late', data: { ...said.data, eventId: 'late' } }));
  post.call(this, said);
};"""


def test_a_state_that_comes_late_closes_no_chat(ada: WidgetPage) -> None:
    ada.page.add_init_script(OVERHEARS)
    ada.ready()
    ada.page.evaluate(f"{SDK}.setContextProvider(() => {{ throw new Error('nobody asks') }})")
    ada.page.evaluate(f"{SDK}.startChat({{ customContext: {{}} }})")
    soon(lambda: "lcw:chatQueued" in ada.raised())
    ada.page.evaluate("repeats()")
    ada.minimise_button.click()
    soon(lambda: "lcw:onMinimize" in ada.raised())
    assert "lcw:closeChat" not in ada.raised()
    assert ada.errors() == [], "what is given there and then needs no provider"
