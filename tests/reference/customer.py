"""A customer's client in front of a reference that is asked in process."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from tests.reference.site import Site

PERSON = "talk to agent"


class Client:
    """One customer's chat in a site."""

    def __init__(self, site: Site, **settings: Any) -> None:
        self.site = site
        if settings:
            site.do("Olga", "PATCH", "/admin/{org}/api/widget", settings)
        self.app = site.get("Olga", "/admin/{org}/api/widget")["app_id"]
        self.request = str(uuid4())
        path = f"/livechatconnector/organization/{{org}}/widgetApp/{self.app}/conversation"
        begun = site.ask(None, "POST", path, json={}, more={"Request-Id": self.request})
        assert begun.status_code == 200, begun.text
        self.token: dict[str, Any] = begun.json()

    @property
    def thread(self) -> str:
        return str(self.token["ChatId"])

    def connector(self, method: str, call: str, body: Any = None) -> Any:
        """A call of the connector by its name, for this chat."""
        path = f"/livechatconnector/{call}/{{org}}/{self.app}/{self.request}?channelId=lcw"
        return self.site.ask(None, method, path, json=body)

    def details(self) -> dict[str, Any]:
        told: dict[str, Any] = self.connector("GET", "getliveworkitemdetails").json()
        return told

    @property
    def conversation(self) -> str:
        return str(self.details()["ConversationId"])

    def say(self, text: str, **metadata: Any) -> Any:
        path = f"/chat/threads/{quote(self.thread, safe='')}/messages"
        written = {
            name: given if isinstance(given, str) else json.dumps(given)
            for name, given in metadata.items()
        }
        body = {"content": text, "metadata": {"tags": "ChannelId-lcw,FromCustomer", **written}}
        return self.site.ask(None, "POST", path, json=body, more=self.bearer)

    def messages(self) -> list[dict[str, Any]]:
        """What the customer may see, oldest first."""
        path = f"/chat/threads/{quote(self.thread, safe='')}/messages"
        value = self.site.ask(None, "GET", path, more=self.bearer).json()["value"]
        return list(reversed(value))

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token['Token']}"}

    @property
    def skype(self) -> dict[str, str]:
        return {"Authorization": f"skype_token {self.token['Token']}"}

    def objects(self, method: str, path: str = "", **sent: Any) -> Any:
        """A call of the attachment service."""
        return self.site.ask(None, method, f"/v1/objects{path}", more=self.skype, **sent)

    def upload(self, name: str, content: bytes) -> str:
        """The id of a file that was announced and filled."""
        body = {"filename": name, "type": "sharing/file", "permissions": {self.thread: ["read"]}}
        made = self.objects("POST", json=body)
        assert made.status_code == 201, made.text
        id = str(made.json()["id"])
        filled = self.objects("PUT", f"/{id}/content/original", content=content)
        assert filled.status_code == 201, filled.text
        return id

    def meets(self, agent: str = "Ben") -> str:
        """Asks for a person; the agent accepts. The conversation's id."""
        self.agent("PUT", "presence", {"presence": "Available"}, agent)
        self.say(PERSON)
        conversation = self.conversation
        self.agent("POST", f"conversations/{conversation}/accept", {}, agent)
        return conversation

    def agent(self, method: str, path: str, body: Any = None, name: str = "Ben") -> Any:
        """A call of the workspace; the answer's JSON."""
        answer = self.site.ask(name, method, f"/workspace/{{org}}/api/{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None
