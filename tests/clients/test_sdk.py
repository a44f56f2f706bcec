"""The published SDK by itself, unmodified, in a page of another origin: no widget between us."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Error, WebSocketRoute

from harness import identity
from harness.expect.eventually import eventually
from harness.expect.matching import Mismatch
from harness.identity import Flaw
from harness.pages.browser import Browser, Window
from tests.clients.pages import Site
from tests.wire.chat import PERSON, Desk

WIDGET = Path(__file__).parents[2] / "harness" / "reference" / "widget"
OLD = {"useCreateConversation": {"disable": True}}
"""The start of SDKs before 1.10: a session first, its token by a call of its own."""

START = """async ([id, settings, options, disablePolling, token]) => {
  const silent = {telemetry: {disable: true}, ...settings};
  if (token) silent.getAuthToken = async () => token;
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


@pytest.fixture(scope="session")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SDK for a browser, as `Sdk`."""
    made = tmp_path_factory.mktemp("shop") / "sdk.js"
    bundle(made)
    return made


@pytest.fixture
def shop(site: Site, sdk: Path) -> str:
    """A page with the SDK, of another origin: the browser asks whether it may."""
    site.serves("/sdk.js", sdk)
    return site.serves("/index.html", '<meta charset="utf-8"><script src="sdk.js"></script>')


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
        self,
        settings: dict[str, Any] | None = None,
        *,
        polls: bool = True,
        token: str = "",
        **options: Any,
    ) -> None:
        """Loads the page and starts a chat, or comes back to the one of a `liveChatContext`.

        `token` is that of a customer who has signed in.
        """
        self.page.goto(self._shop)
        url = str(self._desk.client.base_url).rstrip("/")
        id = {"orgId": self._desk.id, "orgUrl": url, "widgetId": self._desk.app}
        self.page.evaluate(START, [id, settings or {}, options, not polls, token])

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
    writes(desk, conversation, "I am Ben")
    sees(ada, "I am Ben")
    ada.does("endChat()")
    assert desk.agent("GET", f"conversations/{conversation}")["state"] == "Wrap-up"


def test_without_a_socket_the_page_asks_now_and_then(ada: Client, desk: Desk) -> None:
    sockets: list[object] = []
    ada.page.on("websocket", lambda socket: sockets.append(socket))
    ada.page.route("**/v4/a?*", lambda route: route.fulfill(status=503))
    ada.starts()
    conversation = hand_over(ada, desk)
    desk.agent("POST", f"conversations/{conversation}/typing", {})
    writes(desk, conversation, "I am Ben")
    sees(ada, "I am Ben")
    assert len(ada.texts()) == len(set(ada.texts()))
    assert ada.heard("typing") == [], "who types is told by sockets alone"
    desk.agent("POST", f"conversations/{conversation}/end", {})
    sees(ada, "Ben has ended the conversation")
    assert ada.does("getConversationDetails()")["state"] == "WrapUp"
    assert sockets == []


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


# Customers who have signed in


KEPT = {"persistentChat": {"disable": False, "tokenUpdateTime": 21_600_000}}
BACK = {"chatReconnect": {"disable": False}}
"""What pages say to the SDK to have persistent chats, and to come back by a link."""


@pytest.fixture
def known(http: httpx.Client, found: Callable[..., dict[str, Any]]) -> Callable[..., Desk]:
    """An organisation whose customers sign in, with further settings of its widget."""

    def founded(**settings: Any) -> Desk:
        authentication = {
            "name": "Shop",
            "public_key": identity.public_key(),
            "client_function": identity.FUNCTION,
        }
        return Desk(http, found(widget={"authentication": authentication} | settings))

    return founded


def token(desk: Desk, flaw: Flaw = Flaw.NONE, **contexts: str) -> str:
    now = datetime.fromisoformat(desk.description["now"])
    return identity.token("ada-1", now, contexts or None, flaw)


@pytest.mark.parametrize("settings", [{}, OLD], ids=["new start", "old start"])
def test_somebody_signed_in_is_handed_over(
    window: Window, shop: str, known: Callable[..., Desk], settings: dict[str, Any]
) -> None:
    desk = known()
    ada = Client(window, desk, shop)
    ada.starts(settings, token=token(desk, Tier="gold"))
    conversation = hand_over(ada, desk)
    seen = desk.agent("GET", f"conversations/{conversation}")
    assert (seen["authenticated"], seen["context"]["Tier"]["value"]) == (True, "gold")
    writes(desk, conversation, "I am Ben")
    sees(ada, "I am Ben")
    context = ada.does("getCurrentLiveChatContext()")
    ada.starts(settings, token=token(desk), liveChatContext=context)
    assert ada.does("getConversationDetails()")["conversationId"] == conversation
    desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(lambda: ada.heard("ended"))


@pytest.mark.parametrize("flaw", [Flaw.WRONG_KEY, Flaw.UNSIGNED, Flaw.NO_SUBJECT])
def test_a_token_that_cannot_be_trusted_starts_nothing(
    window: Window, shop: str, known: Callable[..., Desk], flaw: Flaw
) -> None:
    desk = known()
    ada = Client(window, desk, shop)
    with pytest.raises(Error, match="ChatSDKError"):
        ada.starts(token=token(desk, flaw))
    assert desk.agent("GET", "ongoing", name="Sam")["value"] == []


def test_a_persistent_chat_goes_on_after_its_page(
    window: Window, shop: str, known: Callable[..., Desk]
) -> None:
    desk = known(persistent=True)
    ada = Client(window, desk, shop)
    ada.starts(KEPT, token=token(desk))
    conversation = hand_over(ada, desk)
    writes(desk, conversation, "I am Ben")
    sees(ada, "I am Ben")
    ada.does("endChat()")
    ada.starts(KEPT, token=token(desk))
    assert ada.does("getConversationDetails()")["conversationId"] == conversation
    said = [message["content"] for message in ada.does("getMessages()")]
    assert {"I am Ben", PERSON} <= set(said)
    ada.says("still me")
    seen = desk.agent("GET", f"conversations/{conversation}")
    assert (seen["state"], seen["transcript"][-1]["text"]) == ("Active", "still me")
    page = ada.does("getPersistentChatHistory({pageSize: 2})")
    assert [message["content"] for message in page["chatMessages"]] == ["I am Ben", "still me"]
    desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(lambda: ada.heard("ended"))


def test_a_link_leads_back_from_another_page(
    window: Window, shop: str, http: httpx.Client, found: Callable[..., dict[str, Any]]
) -> None:
    desk = Desk(http, found(widget={"reconnection": {"minutes": 10}}))
    ada = Client(window, desk, shop)
    ada.starts(BACK)
    conversation = hand_over(ada, desk)
    writes(desk, conversation, "I am Ben")
    sees(ada, "I am Ben")
    link = desk.agent("GET", f"conversations/{conversation}")["reconnect_link"]
    reconnect = link.partition("oc.reconnectid=")[2]
    ada.starts(BACK, reconnectId=reconnect)
    assert ada.does("getConversationDetails()")["conversationId"] == conversation
    ada.says("back again")
    desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(lambda: ada.heard("ended"))
    told = ada.does("getChatReconnectContext({reconnectId: given})", reconnect)
    assert told["reconnectId"] is None
