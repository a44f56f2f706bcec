"""Pushes: what a page is told, and that nothing is lost or told twice."""

from __future__ import annotations

import json

import pytest
from websockets.exceptions import ConnectionClosed

from tests.wire.chat import PERSON, Desk


def test_a_page_is_told_where_the_services_are(desk: Desk) -> None:
    chat = desk.start()
    answer = desk.client.get("/chat/config/realTimeNotifications", headers=chat.headers).json()
    assert answer["cloudType"] == "Public"
    assert answer["trouterServiceUrl"] == answer["registrarServiceUrl"] == chat.token["ACSEndpoint"]


def test_a_message_is_pushed_with_the_number_it_is_stored_under(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening() as page:
        id = chat.say("hello").json()["id"]
        told = page.next()
    assert told["eventId"] == 200
    assert (told["messageId"], told["version"], told["messageBody"]) == (id, id, "hello")
    assert json.loads(told["acsChatMessageMetadata"])["tags"] == "ChannelId-lcw,FromCustomer"


def test_joining_typing_and_leaving_are_pushed(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening() as page:
        conversation = chat.hand_over()
        joined = page.until(lambda told: told["eventId"] == 260)[-1]
        desk.agent("POST", f"conversations/{conversation}/typing", {})
        typing = page.until(lambda told: told["eventId"] == 245)[-1]
        desk.agent("POST", f"conversations/{conversation}/end", {})
        left = page.until(lambda told: told["eventId"] == 261)[-1]
    assert json.loads(joined["participantsAdded"])[0]["displayName"] == "Ben"
    assert typing["senderDisplayName"] == "Ben"
    assert json.loads(left["participantsRemoved"])[0]["displayName"] == "Ben"
    assert joined["addedBy"] != left["removedBy"], "clients tell the two apart by this"


def test_an_agent_is_one_person_who_joins_types_and_writes(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening() as page:
        conversation = chat.hand_over()
        joined = page.until(lambda told: told["eventId"] == 260)[-1]
        desk.agent("POST", f"conversations/{conversation}/typing", {})
        typing = page.until(lambda told: told["eventId"] == 245)[-1]
        desk.agent("POST", f"conversations/{conversation}/messages", {"text": "I am Ben"})
        wrote = page.until(lambda told: told.get("messageBody") == "I am Ben")[-1]
    [person] = json.loads(joined["participantsAdded"])
    assert person["participantId"] == typing["senderId"] == wrote["senderId"]


def test_the_customers_own_typing_is_no_echo(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening() as page:
        chat.post("typing", {})
        chat.say("hello")
        assert page.next()["eventId"] == 200


def test_what_was_not_confirmed_is_pushed_again(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening() as page:
        chat.say("one")
        assert page.next(confirm=False)["messageBody"] == "one"
    with chat.listening() as page:
        assert page.next()["messageBody"] == "one"


def test_what_was_confirmed_is_not_pushed_again(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening() as page:
        chat.say("one")
        last = chat.texts()[-1]
        page.until(lambda told: told["messageBody"] == last)
        # An answered event proves that the confirmations before it were read.
        page.socket.send('5:1+::{"name":"ping"}')
        assert page.socket.recv(timeout=5) == '6:::1+["pong"]'
    with chat.listening() as page:
        chat.say("two")
        assert page.next()["messageBody"] == "two"


def test_what_was_missed_while_away_is_pushed(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening() as page:
        chat.say("seen")
        page.until(lambda told: told["messageBody"] == chat.texts()[-1])
        page.socket.send('5:1+::{"name":"ping"}')
        page.socket.recv(timeout=5)
    chat.say("missed")
    missed = chat.texts()[chat.texts().index("missed") :]
    with chat.listening() as page:
        assert [page.next()["messageBody"] for _ in missed] == missed


def test_a_second_socket_of_a_page_takes_over(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening() as first, chat.listening() as second:
        with pytest.raises(ConnectionClosed):
            first.next()
        chat.say("hello")
        assert second.next()["messageBody"] == "hello"


def test_two_pages_of_one_chat_are_both_told(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening("page-1") as first, chat.listening("page-2") as second:
        chat.say("hello")
        assert first.next()["messageBody"] == second.next()["messageBody"] == "hello"


def test_a_page_that_said_goodbye_is_forgotten(desk: Desk) -> None:
    chat = desk.start()
    name = chat.allocate("page-1")["ccid"]
    token = {"x-skypetoken": chat.token["Token"]}
    registered = desk.client.post("/v3/registrations", headers=token, json={"registrationId": "x"})
    assert registered.status_code == 202
    assert desk.client.delete("/v3/registrations/page-1", headers=token).status_code == 202
    assert desk.client.get(f"/socket.io/1/?sr={name}").status_code == 404


def test_advancing_the_clock_answers_after_the_pushes_are_written(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening() as page:
        chat.say("hello")
        desk.advance("PT30M")
        told = page.until(lambda told: told["eventId"] == 259)
    assert told[-1]["threadId"] == chat.token["ChatId"]


@pytest.mark.parametrize("said", ["", "nonsense", "3:::{", "5:x+::", "9:::", "3:::[1,2]", "5"])
def test_nonsense_on_the_socket_is_passed_over(desk: Desk, said: str) -> None:
    chat = desk.start()
    with chat.listening() as page:
        page.socket.send(said)
        chat.say("still here")
        assert page.next()["messageBody"] == "still here"


def test_a_word_for_leaving_ends_the_socket(desk: Desk) -> None:
    with desk.start().listening() as page:
        page.socket.send("0::")
        with pytest.raises(ConnectionClosed):
            page.socket.recv(timeout=5)


def test_an_organisation_that_goes_hangs_up(desk: Desk) -> None:
    with desk.start().listening() as page:
        assert desk.client.delete(f"/control/organisations/{desk.id}").status_code == 204
        with pytest.raises(ConnectionClosed):
            page.socket.recv(timeout=5)


def test_after_a_reload_the_fault_hides_what_was_said_before(desk: Desk) -> None:
    desk.deviate("reload_loses_history")
    chat = desk.start()
    with chat.listening("before") as page:
        chat.say(PERSON)
        assert PERSON in chat.texts()
        page.leaves()
    chat.allocate("after")
    assert chat.texts() == []
    assert desk.reached() == ["reload_loses_history"]
    chat.say("new")
    assert chat.texts()[0] == "new"


def test_without_the_fault_a_reload_loses_nothing(desk: Desk) -> None:
    chat = desk.start()
    with chat.listening("before") as page:
        chat.say(PERSON)
        page.leaves()
    chat.allocate("after")
    assert PERSON in chat.texts()
