"""What the chat SDK does beside and after a chat: files, survey, transcript (wire notes 2, 2d)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from mimetypes import guess_type
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from harness.actors import thread
from harness.errors import Inconclusive, Refused
from harness.protocol.organisations import Snippet
from harness.transport.http import Client, refusal

LOOPBACK = ("127.0.0.1", "localhost")


class Afterwards:
    """The verbs of protocol.roles.Guest, for a customer who chats over the wire."""

    name: str
    _client: Client
    _snippet: Snippet
    _request: str
    _thread: str
    _token: str
    _files: str
    _said: dict[str, thread.Said]

    def is_asked_how_it_was(self) -> bool:
        """As the widget decides it: there is a survey, and the desk says that it may be shown."""
        return self._survey().get("msdyn_postconversationsurveyenable") == "true" and (
            str(self.details().get("CanRenderPostChat")).lower() == "true"
        )

    def answers_survey(self, answers: Mapping[str, str]) -> None:
        survey = self._survey()
        body = {
            "SurveyProvider": survey.get("msdyn_surveyprovider"),
            "WidgetId": self._snippet.app_id,
            "FormId": survey.get("msfp_sourcesurveyidentifier"),
            "ConversationId": self.details()["ConversationId"],
            "OCLocaleCode": "en-us",
        }
        owner = survey.get("postConversationSurveyOwnerId")
        path = f"getsurveyinvite/{self._snippet.org_id}/{owner}"
        invited = self._connector("POST", path, body, {"Request-Id": self._request})
        self._fills_in(invited["inviteList"][0]["invitationLink"], answers)

    def asks_for_transcript(self, address: str) -> None:
        body = {
            "ChatId": self._thread,
            "EmailAddress": address,
            "DefaultAttachmentMessage": "The following attachment was uploaded:",
            "CustomerLocale": "en-us",
        }
        path = f"createemailrequest/{self._request}?channelId=lcw"
        self._connector("POST", path, body, {"Authorization": self._token})

    def keeps_transcript(self) -> str:
        path = f"v2/getchattranscripts/{self._thread}/{self._request}?channelId=lcw"
        told = self._connector("GET", path, None, {"Authorization": self._token})
        lines = json.loads(told["chatMessagesJson"])
        return "\n".join(line["content"] for line in reversed(lines))

    def sends_file(self, name: str, content: bytes) -> None:
        kind = guess_type(name)[0] or "application/octet-stream"
        is_image = kind.startswith("image/")
        made = {
            "filename": name,
            "type": "pish/image" if is_image else "sharing/file",
            "permissions": {self._thread: ["read"]},
        }
        id = self._object("POST", "", json.dumps(made).encode(), "application/json").json()["id"]
        place = f"/{id}/content/{'imgpsh' if is_image else 'original'}"
        self._object("PUT", place, content, "application/x-www-form-urlencoded")
        described = [{"contentType": kind, "fileName": name}]
        metadata = {
            "deliveryMode": "bridged",
            "tags": "ChannelId-lcw,FromCustomer",
            "widgetId": self._snippet.app_id,
            "clientMessageId": str(uuid4().int >> 64),
            "amsReferences": json.dumps([id]),
            "amsreferences": json.dumps([id]),
            "amsMetadata": json.dumps(described),
        }
        body = {"content": "", "senderDisplayName": thread.CUSTOMER, "metadata": metadata}
        self._chat("POST", "messages", body)

    def opens_file(self, name: str) -> bytes:
        for said in self._said.values():
            for file in said.files:
                if file.name == name:
                    return self._content(file.id)
        raise Refused(404, None, "NoFile", f"{self.name} was sent no file {name!r}")

    def _content(self, id: str) -> bytes:
        status = self._object("GET", f"/{id}/views/original/status").json()
        headers = {"authorization": f"skype_token {self._token}"}
        place = status["view_location"]
        answer = self._client.request("GET", place, headers=headers, who=self.name)
        if answer.status_code >= 400:
            raise refusal(answer)
        return answer.content

    def _fills_in(self, link: str, answers: Mapping[str, str]) -> None:
        """Sends the form of the survey's page."""
        url = self._found(link)
        parts = urlsplit(url)
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "origin": f"{parts.scheme}://{parts.netloc}",
        }
        content = urlencode(answers).encode()
        answer = self._client.request("POST", url, content=content, headers=headers, who=self.name)
        if answer.status_code >= 400:
            told = "the survey's page did not take the answers"
            raise Refused(answer.status_code, None, "AnswersRefused", told)

    def _found(self, link: str) -> str:
        """Where a host of the product is: a target on this machine stands in for it."""
        target, parts = urlsplit(self._snippet.org_url), urlsplit(link)
        if target.hostname not in LOOPBACK:
            return link
        return parts._replace(scheme=target.scheme, netloc=target.netloc).geturl()

    def _survey(self) -> Mapping[str, Any]:
        if not self._request:
            raise Inconclusive(f"{self.name} has not started a chat that could be over")
        path = f"config/{self._snippet.org_id}/{self._snippet.app_id}"
        told = self._connector("GET", f"{path}?requestId={self._request}&channelId=lcw")
        found: Mapping[str, Any] = told["LiveWSAndLiveChatEngJoin"]
        return found

    def _object(self, method: str, path: str, content: bytes | None = None, kind: str = "") -> Any:
        """A call of the attachment service; raises Refused."""
        headers = {"authorization": f"skype_token {self._token}"}
        headers |= {"content-type": kind} if kind else {}
        url = f"{self._files}/v1/objects{path}"
        answer = self._client.request(method, url, content=content, headers=headers, who=self.name)
        if answer.status_code >= 400:
            raise refusal(answer)
        return answer

    # What the customer's own part has

    def details(self) -> Mapping[str, Any]:
        raise NotImplementedError

    def _connector(
        self, method: str, path: str, body: object = None, more: Mapping[str, str] | None = None
    ) -> Any:
        raise NotImplementedError

    def _chat(self, method: str, what: str, body: object = None) -> Any:
        raise NotImplementedError
