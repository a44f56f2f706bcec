"""The published SDK by itself, unmodified, in a page of another origin: no widget between us."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import WebSocketRoute

from harness.expect.eventually import eventually
from harness.expect.matching import Mismatch
from harness.pages.browser import Browser, Window
from tests.wire.chat import PERSON, Desk

WIDGET = Path(__file__).parents[2] / "harness" / "reference" / "widget"
OLD = {"useCreateConversation": {"disable": True}}
"""The start of SDKs before 1.10: a session first, its token by a call of its own."""

START = """async ([id, settings, options, disablePolling]) => {
  const silent = {telemetry: {disable: true}, ...settings};
  const sdk = globalThis.sdk = new Sdk.OmnichannelChatSDK(id, silent);
  globalThis.heard = {messages: [], typing: [], ended: []};
  await sdk.initialize();
  await sdk.startChat(options);
  await sdk.onNewMessage(
    (message) => heard.messages.push({id: message.id, role: message.role, text: message.content}),
    {rehydrate: Boolean(options.liveChatContext), disablePolling},
  );
  await sdk.onTypingEvent((event) => heard.typing.push(event.senderDisplayName));
  await sdk.onAgentEndSession((event) => heard.ended.push(event));
}"""


class Shop(SimpleHTTPRequestHandler):
    """Serves a folder, silently."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with the SDK as `Sdk`, of another origin: the browser asks whether it may."""
    folder = tmp_path_factory.mktemp("shop")
    bundle(folder / "sdk.js")
    (folder / "index.html").write_text('<meta charset="utf-8"><script src="sdk.js"></script>')
    handler = partial(Shop, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def bundle(made: Path) -> None:
    """The SDK for a browser."""
    subprocess.run(["node", "build.mjs"], cwd=WIDGET, check=True, capture_output=True)
    options = ["--bundle", "--format=iife", "--global-name=Sdk", "--log-level=error"]
    options += ["--main-fields=browser,module,main", "--define:global=window"]
    source = "node_modules/@microsoft/omnichannel-chat-sdk/lib/index.js"
    command = ["node", "node_modules/esbuild/bin/esbuild", source, f"--outfile={made}", *options]
    subprocess.run(command, cwd=WIDGET, check=True)


class Client:
    """A page with the SDK."""

    def __init__(self, window: Window, desk: Desk, shop: str) -> None:
        self.page = window.page
        self._desk = desk
        self._shop = shop

    def starts(
        self, settings: dict[str, Any] | None = None, *, polls: bool = True, **options: Any
    ) -> None:
        """Loads the page and starts a chat, or comes back to the one of a `liveChatContext`."""
        self.page.goto(self._shop)
        url = str(self._desk.client.base_url).rstrip("/")
        id = {"orgId": self._desk.id, "orgUrl": url, "widgetId": self._desk.app}
        self.page.evaluate(START, [id, settings or {}, options, not polls])

    def does(self, call: str, argument: Any = None) -> Any:
        """The answer of a method of the SDK."""
        return self.page.evaluate(f"(given) => sdk.{call}", argument)

    def says(self, text: str) -> Any:
        return self.does("sendMessage({content: given})", text)

    def heard(self, kind: str) -> list[Any]:
        heard: list[Any] = self.page.evaluate("(kind) => heard[kind]", kind)
        return heard

    def texts(self) -> list[str]:
        return [message["text"] for message in self.heard("messages")]


def soon(look: Callable[[], object]) -> None:
    """Waits until something is so."""
    seen = eventually(
        look,
        lambda seen: None if seen else Mismatch("so", "not so"),
        timedelta(seconds=15),
    )
    assert seen is None


def sees(ada: Client, text: str) -> None:
    soon(lambda: text in ada.texts())


@pytest.fixture
def window(browser: Browser, desk: Desk) -> Iterator[Window]:
    window = browser.open(datetime.fromisoformat(desk.description["now"]))
    yield window
    window.close()


@pytest.fixture
def ada(window: Window, desk: Desk, shop: str) -> Client:
    return Client(window, desk, shop)


def hand_over(ada: Client, desk: Desk) -> str:
    """Ada asks for a person, whom Ben then is; the conversation's id."""
    desk.agent("PUT", "presence", {"presence": "Available"})
    ada.says(PERSON)
    conversation = str(ada.does("getConversationDetails()")["conversationId"])
    desk.agent("POST", f"conversations/{conversation}/accept", {})
    return conversation


def writes(desk: Desk, conversation: str, text: str) -> None:
    desk.agent("POST", f"conversations/{conversation}/messages", {"text": text})


@pytest.mark.parametrize("settings", [{}, OLD], ids=["new start", "old start"])
def test_from_the_bot_to_a_person_and_to_the_end(
    ada: Client, desk: Desk, settings: dict[str, Any]
) -> None:
    order = {"orderId": {"value": "1001", "isDisplayable": True}}
    ada.starts(settings, customContext=order, preChatResponse={"Name": "Ada"})
    soon(ada.texts)
    assert ada.does("getConversationDetails()")["state"] == "Active"
    conversation = hand_over(ada, desk)
    ada.does("sendTypingEvent()")
    seen = desk.agent("GET", f"conversations/{conversation}")
    assert (seen["customer"], seen["context"]["orderId"]["value"]) == ("Ada", "1001")
    assert seen["customer_typing"] is True
    desk.agent("POST", f"conversations/{conversation}/typing", {})
    soon(lambda: ada.heard("typing") == ["Ben"])
    writes(desk, conversation, "I am Ben")
    sees(ada, "I am Ben")
    details = ada.does("getConversationDetails()")
    assert (details["state"], details["participantType"]) == ("Active", "User")
    said = ada.does("getLiveChatTranscript()")["chatMessagesJson"]
    assert PERSON in said
    assert "I am Ben" in said
    desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(lambda: ada.heard("ended"))
    assert ada.does("getConversationDetails()")["state"] == "WrapUp"
    assert len(ada.texts()) == len(set(ada.texts())), "told once each"
    assert PERSON not in ada.texts(), "one's own words are not news"


def test_the_customer_ends_the_chat(ada: Client, desk: Desk) -> None:
    ada.starts()
    conversation = hand_over(ada, desk)
    ada.does("endChat()")
    assert desk.agent("GET", f"conversations/{conversation}")["state"] == "Wrap-up"


def test_without_a_socket_the_page_asks_now_and_then(ada: Client, desk: Desk) -> None:
    ada.page.route("**/v4/a?*", lambda route: route.fulfill(status=503))
    ada.starts()
    conversation = hand_over(ada, desk)
    writes(desk, conversation, "I am Ben")
    sees(ada, "I am Ben")
    assert len(ada.texts()) == len(set(ada.texts()))
    assert ada.heard("typing") == []


def test_a_reloaded_page_comes_back_to_its_chat(ada: Client, desk: Desk) -> None:
    ada.starts()
    conversation = hand_over(ada, desk)
    writes(desk, conversation, "before")
    sees(ada, "before")
    context = ada.does("getCurrentLiveChatContext()")
    ada.starts(liveChatContext=context)
    sees(ada, "before")
    told = ada.texts()
    assert PERSON in told
    assert len(told) == len(set(told)), "told once each"
    assert ada.does("getConversationDetails()")["conversationId"] == conversation
    ada.says("still me")
    writes(desk, conversation, "after")
    soon(lambda: ada.texts()[-1] == "after")
    assert len(ada.texts()) == len(set(ada.texts()))
    desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(lambda: ada.heard("ended"))


def test_a_socket_that_is_cut_loses_nothing_and_tells_nothing_twice(
    ada: Client, desk: Desk
) -> None:
    sockets: list[WebSocketRoute] = []

    def passes(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    ada.page.route_web_socket("**/socket.io/1/websocket/**", passes)
    ada.starts(polls=False)
    conversation = hand_over(ada, desk)
    for round in range(3):
        writes(desk, conversation, f"line {round}")
        sees(ada, f"line {round}")
        sockets[-1].close(code=1001)
        writes(desk, conversation, f"missed {round}")
        sees(ada, f"missed {round}")
    lines = [text for text in ada.texts() if text.startswith(("line", "missed"))]
    assert lines == [f"{kind} {round}" for round in range(3) for kind in ("line", "missed")]
    assert len(sockets) == 4
    desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(lambda: ada.heard("ended"))
