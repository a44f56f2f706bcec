"""Files of a chat, both ways: who may send and open which (wire notes 2d)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.reference.domain.attachments import MOST_IN_CHAT
from tests.reference.customer import Client
from tests.reference.site import Site, refusal

BOTH = {"files_from_customers": True, "files_from_agents": True}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def sent(customer: Client, name: str = "label.png", content: bytes = PICTURE) -> str:
    """The id of a file that came with a message."""
    id = customer.upload(name, content)
    described = [{"contentType": "image/png", "fileName": name}]
    answer = customer.say("", amsReferences=[id], amsMetadata=described)
    assert answer.status_code == 201, answer.text
    return id


def opened(site: Site, who: str, conversation: str, file: str) -> Any:
    path = f"/workspace/{{org}}/api/conversations/{conversation}/files/{file}"
    return site.ask(who, "GET", path)


def test_an_agent_sees_and_opens_a_customers_file(site: Site) -> None:
    customer = Client(site, **BOTH)
    conversation = customer.meets()
    id = sent(customer)
    line = customer.agent("GET", f"conversations/{conversation}")["transcript"][-1]
    assert line["files"] == [{"id": id, "name": "label.png", "size": len(PICTURE)}]
    answer = opened(site, "Ben", conversation, id)
    assert answer.content == PICTURE
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "filename*=UTF-8''label.png" in answer.headers["content-disposition"]


def test_a_customer_gets_an_agents_file(site: Site) -> None:
    customer = Client(site, **BOTH)
    conversation = customer.meets()
    path = f"/workspace/{{org}}/api/conversations/{conversation}/files?name=label.png"
    assert site.ask("Ben", "POST", path, content=PICTURE).status_code == 201
    metadata = customer.messages()[-1]["metadata"]
    (id,) = json.loads(metadata["amsReferences"])
    assert json.loads(metadata["amsMetadata"]) == [
        {"contentType": "image/png", "fileName": "label.png"}
    ]
    status = customer.objects("GET", f"/{id}/views/original/status").json()
    assert (status["content_state"], status["view_state"]) == ("ready", "ready")
    place = status["view_location"].removeprefix("https://testserver/v1/objects")
    assert customer.objects("GET", place).content == PICTURE


def test_a_supervisor_opens_files_too_and_a_stranger_does_not(site: Site) -> None:
    customer = Client(site, **BOTH)
    conversation = customer.meets()
    id = sent(customer)
    assert opened(site, "Sam", conversation, id).content == PICTURE
    assert opened(site, "Bea", conversation, id).status_code == 403
    other = Client(site).meets()
    assert opened(site, "Sam", other, id).status_code == 404


def test_a_file_is_of_its_thread_alone(site: Site) -> None:
    owner, stranger = Client(site, **BOTH), Client(site)
    id = sent(owner)
    for path in (f"/{id}/views/original/status", f"/{id}/views/original"):
        assert stranger.objects("GET", path).status_code == 404
    assert stranger.objects("PUT", f"/{id}/content/original", content=b"x").status_code == 404
    assert stranger.say("", amsReferences=[id]).status_code == 404
    theirs = {"filename": "a.txt", "permissions": {owner.thread: ["read"]}}
    assert stranger.objects("POST", json=theirs).status_code == 403


@pytest.mark.parametrize(
    ("settings", "name", "status"),
    [
        ({}, "label.png", 400),
        ({"files_from_agents": True}, "label.png", 400),
        ({"files_from_customers": True}, "label.exe", 400),
        ({"files_from_customers": True}, "png", 400),
        ({"files_from_customers": True}, "", 400),
        ({"files_from_customers": True}, "a\nb.png", 400),
        ({"files_from_customers": True}, "x" * 300 + ".png", 400),
        ({"files_from_customers": True}, "LABEL.PNG", 201),
        ({"files_from_customers": True, "extensions": [".pdf"]}, "terms.pdf", 201),
        ({"files_from_customers": True}, "C:\\photos\\label.png", 201),
    ],
)
def test_which_files_are_taken(
    site: Site, settings: dict[str, Any], name: str, status: int
) -> None:
    customer = Client(site, **settings)
    assert customer.objects("POST", json={"filename": name}).status_code == status


def test_clients_are_told_ends_of_names_with_their_dots(site: Site) -> None:
    customer = Client(site, extensions=["txt", ".PNG"])
    path = f"/livechatconnector/config/{{org}}/{customer.app}?requestId=r&channelId=lcw"
    assert site.ask(None, "GET", path).json()["allowedFileExtensions"] == ".txt,.png"


def test_the_limit_is_the_widgets(site: Site) -> None:
    customer = Client(site, **BOTH, largest_file=1)
    assert customer.upload("a.txt", b"x" * 999_999)
    id = customer.objects("POST", json={"filename": "a.txt"}).json()["id"]
    path = f"/{id}/content/original"
    assert refusal(customer.objects("PUT", path, content=b"x" * 1_000_000)) == (413, "FileTooLarge")
    assert refusal(customer.objects("PUT", path, content=b"x" * 1_000_001)) == (413, "BodyTooLarge")
    assert refusal(customer.objects("PUT", path, content=b"")) == (400, "FileRefused")
    assert customer.objects("GET", f"/{id}/views/original/status").status_code == 404


def test_a_chat_has_room_for_so_many_files(site: Site) -> None:
    customer, other = Client(site, **BOTH), Client(site)
    announced = {"filename": "a.txt"}
    for _ in range(MOST_IN_CHAT):
        assert customer.objects("POST", json=announced).status_code == 201
    assert refusal(customer.objects("POST", json=announced)) == (400, "FileRefused")
    assert other.objects("POST", json=announced).status_code == 201


def test_the_same_bytes_twice_are_one_file_and_others_are_refused(site: Site) -> None:
    customer = Client(site, **BOTH)
    id = customer.upload("a.txt", b"one")
    path = f"/{id}/content/original"
    assert customer.objects("PUT", path, content=b"one").status_code == 201
    assert customer.objects("PUT", path, content=b"two").status_code == 409
    assert customer.objects("GET", f"/{id}/views/original").content == b"one"


@pytest.mark.parametrize(
    ("references", "status"),
    [
        ("[]", 201),
        ("nonsense", 400),
        ('{"a": 1}', 400),
        ("[1]", 400),
        (json.dumps(["x"] * 11), 400),
        ('["unknown"]', 404),
    ],
)
def test_a_message_refers_to_files_that_there_are(site: Site, references: str, status: int) -> None:
    customer = Client(site, **BOTH)
    before = [message["id"] for message in customer.messages()]
    assert customer.say("look", amsReferences=references).status_code == status
    after = [message["id"] for message in customer.messages()]
    assert (after == before) is (status != 201)


def test_a_message_cannot_lie_about_its_files(site: Site) -> None:
    customer = Client(site, **BOTH)
    conversation = customer.meets()
    id = customer.upload("a.txt", b"one")
    lie = [{"contentType": "text/html", "fileName": "invoice.html"}]
    customer.say("", amsReferences=[id], amsMetadata=lie)
    line = customer.agent("GET", f"conversations/{conversation}")["transcript"][-1]
    assert [file["name"] for file in line["files"]] == ["a.txt"]


def test_nobody_sends_when_the_chat_is_over(site: Site) -> None:
    customer = Client(site, **BOTH)
    conversation = customer.meets()
    customer.agent("POST", f"conversations/{conversation}/end", {})
    assert customer.objects("POST", json={"filename": "a.txt"}).status_code == 409
    path = f"/workspace/{{org}}/api/conversations/{conversation}/files?name=a.txt"
    assert site.ask("Ben", "POST", path, content=b"x").status_code == 409


@pytest.mark.parametrize("authorization", ["", "skype_token", "skype_token x", "Bearer x"])
def test_a_file_needs_the_token_of_a_chat(site: Site, authorization: str) -> None:
    more = {"Authorization": authorization}
    assert site.ask(None, "POST", "/v1/objects", more, json={}).status_code == 401
    assert site.ask(None, "POST", "/v1/skypetokenauth", more).status_code == 401


def test_the_token_of_somebody_at_the_desk_opens_no_file(site: Site) -> None:
    more = {"Authorization": f"skype_token {site.tokens['Ben']}"}
    assert site.ask(None, "POST", "/v1/skypetokenauth", more).status_code == 403


def test_agents_send_none_where_they_may_not(site: Site) -> None:
    customer = Client(site, files_from_customers=True)
    conversation = customer.meets()
    path = f"/workspace/{{org}}/api/conversations/{conversation}/files?name=a.txt"
    assert refusal(site.ask("Ben", "POST", path, content=b"x")) == (400, "FileRefused")


def test_a_transcript_names_the_files(site: Site) -> None:
    customer = Client(site, **BOTH)
    id = sent(customer)
    path = f"/livechatconnector/v2/getchattranscripts/{customer.thread}/{customer.request}"
    more = {"Authorization": customer.token["Token"]}
    told = json.loads(site.ask(None, "GET", path, more).json()["chatMessagesJson"])
    with_file = next(message for message in told if message.get("attachments"))
    assert with_file["attachments"] == [{"name": "label.png"}]
    assert json.loads(with_file["amsReferences"]) == [id]
