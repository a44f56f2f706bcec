"""Messages over the chat REST interface."""

from __future__ import annotations

import pytest

from tests.wire.chat import PERSON, Desk


def test_a_message_is_created_and_answered_by_the_bot(desk: Desk) -> None:
    chat = desk.start()
    answer = chat.say(PERSON)
    assert answer.status_code == 201
    texts = chat.texts()
    assert texts[1] == PERSON
    assert len(texts) > 2


def test_ids_instants_and_sequence_are_one_number(desk: Desk) -> None:
    chat = desk.start()
    chat.say("one")
    chat.say("two")
    value = chat.get("messages").json()["value"]
    numbers = [int(message["id"]) for message in value]
    assert numbers == sorted(set(numbers), reverse=True)
    assert all(m["id"] == m["sequenceId"] == m["version"] for m in value)
    assert value[-1]["createdOn"] == "2026-03-02T09:00:00.000Z"
    assert len({message["createdOn"] for message in value}) == len(value)


def test_the_customers_message_keeps_its_metadata_and_tags(desk: Desk) -> None:
    chat = desk.start()
    chat.say("one")
    own = next(m for m in chat.get("messages").json()["value"] if m["content"]["message"] == "one")
    assert own["metadata"]["tags"] == "ChannelId-lcw,FromCustomer"
    assert own["metadata"]["deliveryMode"] == "bridged"
    assert own["senderDisplayName"] == "Customer"
    assert own["senderCommunicationIdentifier"]["rawId"] == chat.token["VisitorId"]


def test_tags_tell_agent_and_system_from_bot(desk: Desk) -> None:
    chat = desk.start()
    conversation = chat.hand_over()
    desk.agent("POST", f"conversations/{conversation}/messages", {"text": "I am Ben"})
    value = chat.get("messages").json()["value"]
    tags = {m["content"]["message"]: m["metadata"].get("tags", "") for m in value}
    assert "public" in tags["I am Ben"]
    assert any(tag.startswith("system") and "agentaccepted" in tag for tag in tags.values())
    assert tags[chat.texts()[0]] == ""


def test_pages_of_messages_are_whole_and_in_order(desk: Desk) -> None:
    chat = desk.start()
    for number in range(7):
        chat.say(f"message {number}")
    whole = [m["id"] for m in chat.get("messages").json()["value"]]
    page = chat.get("messages", maxPageSize=3).json()
    fetched = [m["id"] for m in page["value"]]
    while link := page.get("nextLink"):
        page = desk.client.get(link, headers=chat.headers).json()
        fetched += [m["id"] for m in page["value"]]
    assert fetched == whole


def test_polling_from_an_instant_gives_nothing_older(desk: Desk) -> None:
    chat = desk.start()
    chat.say("before")
    desk.advance("PT1M")
    chat.say("after")
    value = chat.get("messages", startTime="2026-03-02T09:01:00Z").json()["value"]
    assert value[-1]["content"]["message"] == "after"


def test_one_message_can_be_fetched(desk: Desk) -> None:
    chat = desk.start()
    id = chat.say("one").json()["id"]
    assert chat.get(f"messages/{id}").json()["content"]["message"] == "one"
    assert chat.get("messages/1").status_code == 404


def test_the_desk_sees_the_customer_typing_until_the_message_comes(desk: Desk) -> None:
    chat = desk.start()
    conversation = chat.hand_over()
    assert chat.post("typing", {}).status_code == 200
    assert desk.agent("GET", f"conversations/{conversation}")["customer_typing"] is True
    chat.say("here")
    assert desk.agent("GET", f"conversations/{conversation}")["customer_typing"] is False


def test_participants_are_the_customer_and_those_who_wrote(desk: Desk) -> None:
    chat = desk.start()
    value = chat.get("participants").json()["value"]
    assert value[0]["communicationIdentifier"]["rawId"] == chat.token["VisitorId"]
    assert "Alpine Helper" in [participant["displayName"] for participant in value]


@pytest.mark.parametrize("path", ["readReceipts", ""])
def test_what_nobody_shows_is_answered_all_the_same(desk: Desk, path: str) -> None:
    assert desk.start().get(path).status_code == 200


def test_a_closed_thread_takes_nothing_but_can_still_be_read(desk: Desk) -> None:
    chat = desk.start()
    desk.client.post(desk.connector("sessionclose", chat.request), json={})
    assert chat.say("too late").status_code == 403
    assert "too late" not in chat.texts()


def test_a_message_that_is_sent_again_is_kept_once(desk: Desk) -> None:
    chat = desk.start()
    sent = {"content": "opening hours", "metadata": {"clientMessageId": "mine-1"}}
    first = chat.post("messages", sent)
    said = chat.texts()
    again = chat.post("messages", sent)
    assert (again.status_code, again.json()) == (201, first.json())
    assert chat.texts() == said, "and the bot has not answered again"
    other = chat.post("messages", {**sent, "metadata": {"clientMessageId": "mine-2"}})
    assert other.json() != first.json()
    elsewhere = desk.start()
    assert elsewhere.post("messages", sent).json() != first.json(), "ids are a client's own"


def test_a_message_that_arrived_before_the_end_may_be_sent_again_after_it(desk: Desk) -> None:
    chat = desk.start()
    conversation = chat.hand_over()
    sent = {"content": "thank you", "metadata": {"clientMessageId": "mine-1"}}
    first = chat.post("messages", sent)
    desk.agent("POST", f"conversations/{conversation}/end", {})
    assert chat.post("messages", sent).json() == first.json()
