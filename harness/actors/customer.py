"""A customer without a browser: what the chat SDK does on the wire, verb by verb."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from harness.actors import surveys, thread
from harness.actors.afterwards import Afterwards
from harness.actors.realtime import Realtime, realtime
from harness.errors import Inconclusive, Refused
from harness.protocol.conversations import Line
from harness.protocol.organisations import Snippet
from harness.transport import exchanges
from harness.transport.http import Client

AGENT = "OmnichannelChatSDK/1.11.8 handoff-conformance"
VERSION = "api-version=2024-03-07"
MESSAGE, TYPING, REMOVED = 200, 245, 261
"""The kinds of push that this client heeds (wire notes, 2c)."""
UNSIGNED = ("config/", "reconnect/")
"""What everybody may ask, signed in or not."""
VERSIONED = re.compile(r"^(v\d/)?")
"""Where `auth/` stands in the calls of somebody who is signed in: after the version, if any."""
OVER = frozenset({"WrapUp", "Wrap-up", "Closed"})


class Customer(Afterwards):
    """Somebody who chats, over connector, chat thread and pushes (protocol.roles.Customer)."""

    def __init__(self, client: Client, snippet: Snippet, name: str) -> None:
        self.name = name
        self._client = client
        self._snippet = snippet
        self._request = ""
        self._thread = ""
        self._endpoint = ""
        self._files = ""
        self._token = ""
        self._visitor = ""
        self._realtime: Realtime | None = None
        self._said: dict[str, thread.Said] = {}
        self._conversation = ""
        self._agent_types = False
        self._agent_left = False
        self._brought: dict[str, Any] = {}
        self._answers: dict[str, str | bool] = {}
        self._site_token = ""
        self._bot_token = ""
        self._is_back = False
        self._asked: dict[str, bool] = {}

    def __repr__(self) -> str:
        return self.name

    def brings(self, name: str, value: object) -> None:
        self._brought[name] = {"value": value, "isDisplayable": True}

    def answers(self, question: str, answer: str | bool) -> None:
        self._answers[question] = answer

    def signs_in(self, token: str) -> None:
        exchanges.secret(token)
        self._site_token = token

    def signs_in_to_bot(self, token: str) -> None:
        self._bot_token = token

    def starts_chat(self) -> None:
        self._begins()

    def starts_chat_with_context(self, name: str, value: str) -> None:
        provided, self._brought = self._brought, {name: {"value": value, "isDisplayable": True}}
        self._begins()
        self._brought = provided

    def _begins(self, reconnect: str = "") -> None:
        """A chat begins, or goes on with the one of a reconnect id."""
        self._forgets()
        self._request = str(uuid4())
        config = self._connector(
            "GET", f"config/{self._org_app()}?requestId={self._request}&channelId=lcw"
        )
        answers = surveys.response(config, self._answers)
        body = {
            "locale": "en-us",
            "channelId": "lcw",
            "isProactiveChat": False,
            "device": "Desktop",
            "browser": "handoff-conformance",
            "os": "none",
            "originurl": self._snippet.page,
            "customContextData": self._brought,
            **({"preChatResponse": answers} if answers else {}),
            **({"reconnectId": reconnect} if reconnect else {}),
        }
        path = f"organization/{self._snippet.org_id}/widgetApp/{self._snippet.app_id}/conversation"
        self._joins(self._connector("POST", path, body, {"Request-Id": self._request}))

    def says(self, text: str) -> None:
        body = {
            "content": text,
            "senderDisplayName": thread.CUSTOMER,
            "metadata": {
                "deliveryMode": "bridged",
                "tags": "ChannelId-lcw,FromCustomer",
                "widgetId": self._snippet.app_id,
                "clientMessageId": str(uuid4().int >> 64),
            },
        }
        self._chat("POST", "messages", body)

    def types(self) -> None:
        self._chat("POST", "typing", {})

    def ends_chat(self) -> None:
        self._has_begun()
        path = f"sessionclose/{self._org_app()}/{self._request}?channelId=lcw"
        self._connector("POST", path, {"chatId": self._thread})

    def comes_back(self) -> None:
        """A new client for the same chat: it knows the request id and nothing else."""
        self._has_begun()
        self._forgets()
        path = f"v2/getchattoken/{self._org_app()}/{self._request}?channelId=lcw"
        self._joins(self._connector("GET", path))

    def disappears(self) -> None:
        self.leaves()

    def follows(self, link: str) -> None:
        """A new client, which knows nothing but the link."""
        before = self._thread
        self._forgets()
        self._request = ""
        (reconnect,) = parse_qs(urlsplit(link).query)["oc.reconnectid"]
        told = self._connector("GET", f"reconnect/{self._org_app()}/{reconnect}")
        self._is_back = False
        if told["isReconnectAvailable"]:
            self._begins(reconnect)
            self._is_back = self._thread == before

    def is_back(self) -> bool:
        return self._is_back

    def conversation_id(self) -> str:
        self._has_begun()
        if not self._conversation:
            self._conversation = self.details().get("ConversationId") or ""
        if not self._conversation:
            raise Refused(204, None, "NoConversation", f"{self.name} has no conversation")
        return self._conversation

    def details(self) -> Mapping[str, Any]:
        """What the connector tells of the work item; empty when it knows none."""
        path = f"getliveworkitemdetails/{self._org_app()}/{self._request}?channelId=lcw"
        return self._connector("GET", path) or {}

    def transcript(self) -> Sequence[Line]:
        self._catches_up()
        return self.last_seen()

    def last_seen(self) -> Sequence[Line]:
        """The transcript as it stood when this customer last looked."""
        shown = (said.line for said in self._said.values() if said.is_shown)
        return tuple(sorted(shown, key=lambda line: int(line.id)))

    def sees_agent_typing(self) -> bool:
        self._catches_up()
        return self._agent_types

    def can_write(self) -> bool:
        """A client hides its send box once the desk has left and says that it is over."""
        self._catches_up()
        return not (self._agent_left and self.details().get("State") in OVER)

    def leaves(self) -> None:
        """Close the connection for pushes, if there is one."""
        if self._realtime is not None:
            self._realtime.close()

    def _forgets(self) -> None:
        """Nothing stays of an earlier page: what it showed, what it was connected to."""
        self.leaves()
        self._said.clear()
        self._conversation = ""
        self._agent_left = self._agent_types = False

    def _joins(self, chat: Mapping[str, Any]) -> None:
        self._thread, self._token, self._visitor = chat["ChatId"], chat["Token"], chat["VisitorId"]
        self._endpoint = chat["ACSEndpoint"].rstrip("/")
        self._files = chat["AttachmentConfiguration"]["AttachmentServiceEndpoint"].rstrip("/")
        exchanges.secret(self._token)
        self._realtime = realtime(self._client, self._endpoint, self._token, self.name)
        self._fetches()

    def _catches_up(self) -> None:
        if self._realtime is None or self._realtime.was_lost():
            self._fetches()
        if self._realtime is not None:
            for push in self._realtime.pushes():
                self._takes(push)

    def _fetches(self) -> None:
        for item in self._chat("GET", "messages")["value"]:
            if item["type"] == "text":
                self._keeps(thread.polled(item))
            elif item["type"] == "participantRemoved":
                self._agent_left = True

    def _takes(self, push: Mapping[str, Any]) -> None:
        if push["eventId"] == MESSAGE:
            self._agent_types = False
            self._keeps(thread.pushed(push))
        elif push["eventId"] == TYPING:
            self._agent_types = push["senderId"] != self._visitor
        elif push["eventId"] == REMOVED:
            self._agent_left = True

    def _keeps(self, said: thread.Said) -> None:
        if said.sign_in and self._bot_token and self._signs_in(said.sign_in):
            return
        # By id, as the SDK does: a message that is sent again after a reconnection is one message.
        self._said[said.line.id] = said
        self._agent_left = self._agent_left or said.ends_chat

    def _signs_in(self, url: str) -> bool:
        """Posts the page's token to where a card wants it, once; whether the card hides then."""
        if url not in self._asked:
            body = {"token": self._bot_token}
            answer = self._client.request("POST", url, json=body, who=self.name)
            self._asked[url] = answer.status_code == 200
        return self._asked[url]

    def _has_begun(self) -> None:
        """Whoever has no chat yet cannot do more in it: the scenario's fault, not the target's."""
        if not self._request:
            raise Inconclusive(
                f"{self.name} has not started a chat; let 'Given {self.name} is chatting with the "
                "bot' come first"
            )

    def _org_app(self) -> str:
        return f"{self._snippet.org_id}/{self._snippet.app_id}"

    def _connector(
        self, method: str, path: str, body: object = None, more: Mapping[str, str] | None = None
    ) -> Any:
        headers = {
            "ms-oc-user-agent": AGENT,
            "x-ms-client-request-id": self._request,
            **(more or {}),
        }
        if self._site_token and not path.startswith(UNSIGNED):
            path = VERSIONED.sub(r"\1auth/", path, count=1)
            headers["AuthenticatedUserToken"] = self._site_token
        url = f"{self._snippet.org_url}/livechatconnector/{path}"
        return self._client.call(method, url, json=body, headers=headers, who=self.name)

    def _chat(self, method: str, what: str, body: object = None) -> Any:
        self._has_begun()
        headers = {"authorization": f"Bearer {self._token}"}
        url = f"{self._endpoint}/chat/threads/{self._thread}/{what}?{VERSION}"
        return self._client.call(method, url, json=body, headers=headers, who=self.name)
