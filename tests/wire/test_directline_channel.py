"""The desk's own messaging channel over Direct Line: streams, agents, files, what a drop loses."""

from __future__ import annotations

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.wire.chat import PERSON, Desk
from tests.wire.directline import ROOT, Line, code, secret, start


@pytest.fixture
def line(desk: Desk) -> Line:
    """A conversation that the desk has, begun with the channel's secret."""
    return start(desk, secret(desk), user={"id": "u-1", "name": "Ada"})


def conversation(line: Line) -> str:
    only, *others = line.desk.agent("GET", "ongoing", name="Sam")["value"]
    assert not others
    return str(only["id"])


def hand_over(line: Line) -> str:
    line.desk.agent("PUT", "presence", {"presence": "Available"})
    line.says(PERSON)
    id = conversation(line)
    line.desk.agent("POST", f"conversations/{id}/accept", {})
    return id


def test_the_desk_has_the_conversation(line: Line) -> None:
    only = line.desk.agent("GET", "ongoing", name="Sam")["value"][0]
    assert (only["channel"], only["customer"]) == ("Custom", "Ada")
    assert only["assignee"]["kind"] == "bot"


def test_a_client_of_the_widget_finds_nothing_under_its_id(line: Line) -> None:
    desk, client = line.desk, line.desk.client
    place = f"{desk.id}/{desk.app}/{line.id}?channelId=lcw"
    assert client.get(f"/livechatconnector/v3/getchattoken/{place}").status_code == 204
    assert client.get(f"/livechatconnector/getliveworkitemdetails/{place}").status_code == 204
    assert client.post(f"/livechatconnector/sessionclose/{place}", json={}).status_code == 404
    begun = client.post(
        f"/livechatconnector/organization/{desk.id}/widgetApp/{desk.app}/conversation",
        headers={"Request-Id": line.id},
        json={},
    )
    assert begun.status_code == 403
    assert line.says("hello").status_code == 200


def test_nobody_begins_a_conversation_of_their_own_under_its_id(line: Line) -> None:
    desk, bot = line.desk, line.desk.description["bot"]["id"]
    engine = f"/copilotstudio/{desk.id}/bots/{bot}/conversations"
    body = {"conversationId": line.id}
    begun = desk.client.post(engine, headers=desk.as_user("Noah"), json=body)
    assert begun.status_code == 404
    assert line.says("hello").status_code == 200
    assert line.sees()["activities"][1]["from"]["id"] == "u-1"


def test_whoever_begins_without_a_name_has_that_of_their_first_words(desk: Desk) -> None:
    line = start(desk, secret(desk), user={"id": "u-1"})
    for name in ("Ada", "Eve"):
        line.post({"type": "message", "text": "hello", "from": {"id": "u-1", "name": name}})
    assert desk.agent("GET", "ongoing", name="Sam")["value"][0]["customer"] == "Ada"


def test_an_agent_answers_and_ends(line: Line) -> None:
    id = hand_over(line)
    mark = line.sees()["watermark"]
    line.desk.agent("POST", f"conversations/{id}/messages", {"text": "Ben here"})
    line.says("Thank you")
    line.desk.agent("POST", f"conversations/{id}/end", {})
    said, own, *rest = line.sees(mark)["activities"]
    assert (said["text"], said["from"]["role"], said["from"]["name"]) == ("Ben here", "bot", "Ben")
    assert (own["text"], own["from"]["role"]) == ("Thank you", "user")
    assert rest[-1]["type"] == "endOfConversation"
    assert code(line.says("Hello?")) == (404, "ConversationNotFound")


def test_the_end_is_told_once(line: Line) -> None:
    id = hand_over(line)
    line.desk.agent("POST", f"conversations/{id}/end", {})
    seen = line.sees()
    line.desk.agent("POST", f"conversations/{id}/close", {})
    assert line.sees(seen["watermark"])["activities"] == []


def test_the_customer_ends(line: Line) -> None:
    line.post({"type": "endOfConversation"})
    assert line.sees()["activities"][-1]["type"] == "endOfConversation"
    assert line.desk.agent("GET", "ongoing", name="Sam")["value"] == []


def test_a_stream_tells_what_comes(line: Line) -> None:
    with line.stream() as stream:
        greeting = stream.next()
        assert [each["from"]["role"] for each in greeting] == ["bot"]
        line.says("opening hours", channelData={"clientActivityID": "c-1"})
        own, answer = stream.next()
        assert own["channelData"]["clientActivityID"] == "c-1"
        assert "Monday" in answer["text"]
        assert stream.watermark == line.sees()["watermark"]


def test_an_agents_typing_is_streamed(line: Line) -> None:
    id = hand_over(line)
    with line.stream() as stream:
        stream.next()
        line.desk.agent("POST", f"conversations/{id}/typing", {})
        typing, *_ = stream.next()
        assert (typing["type"], typing["from"]["name"]) == ("typing", "Ben")


def test_what_time_brings_is_streamed_before_the_clock_answers(line: Line) -> None:
    with line.stream() as stream:
        stream.next()
        line.desk.advance("PT31M")
        assert stream.next()[-1]["type"] == "endOfConversation"


def test_a_conversation_of_the_channel_waits_for_thirty_days(line: Line) -> None:
    line.says(PERSON)
    line.desk.advance("P29D")
    assert len(line.desk.agent("GET", "ongoing", name="Sam")["value"]) == 1
    line.desk.advance("P1DT5M")
    assert line.desk.agent("GET", "ongoing", name="Sam")["value"] == []


def test_nothing_is_lost_or_doubled_by_a_dropped_socket(line: Line) -> None:
    with line.stream() as stream:
        seen = stream.next()
        mark = stream.watermark
    line.says("one")
    line.says("two")
    back = line.again(mark).json()
    assert back["streamUrl"] != line.begun["streamUrl"]
    with line.stream(back["streamUrl"]) as stream:
        seen += stream.next()
    assert [each["id"] for each in seen] == [each["id"] for each in line.sees()["activities"]]


def test_who_reads_slowly_loses_nothing_and_holds_nobody_up(line: Line) -> None:
    id = hand_over(line)
    said = [f"{number:02} {'.' * 20_000}" for number in range(80)]
    with line.stream() as slow, line.stream(line.again().json()["streamUrl"]) as quick:
        for text in said:
            line.desk.agent("POST", f"conversations/{id}/messages", {"text": text})
        for stream in (quick, slow):
            seen: list[str] = []
            while said[-1] not in seen:
                seen += [each["text"] for each in stream.next()]
            assert [text for text in seen if text in said] == said


def test_a_stream_needs_the_token_of_its_conversation(desk: Desk, line: Line) -> None:
    other = start(desk, secret(desk))
    stolen = line.begun["streamUrl"].replace(line.id, other.id)
    with pytest.raises(InvalidStatus), line.stream(stolen):
        pass


def test_a_stream_ends_with_its_organisation(line: Line) -> None:
    with line.stream() as stream:
        stream.next()
        line.desk.client.delete(f"/control/organisations/{line.desk.id}")
        with pytest.raises(ConnectionClosed):
            stream.next()


@pytest.mark.parametrize(
    "said",
    [
        {"value": {"parcel": "P-1"}},
        {"text": "Buy", "value": {"parcel": "P-1"}},
        {"text": "Buy", "value": "boots"},
    ],
)
def test_what_a_card_or_button_gives_comes_back_as_it_was(
    line: Line, said: dict[str, object]
) -> None:
    answer = line.post({"type": "message", "from": {"id": "u-1"}, **said})
    own = next(each for each in line.sees()["activities"] if each["id"] == answer.json()["id"])
    assert {name: own.get(name) for name in ("text", "value")} == {"text": None} | said


def test_a_button_without_words_says_what_it_stands_for(line: Line) -> None:
    line.post({"type": "message", "value": PERSON})
    read = line.desk.agent("GET", f"conversations/{conversation(line)}", name="Sam")
    assert PERSON in [each["text"] for each in read["transcript"]]


def test_an_agent_reads_where_a_file_elsewhere_is(line: Line) -> None:
    place = "https://shop.example/label.png"
    label = {"contentType": "image/png", "contentUrl": place, "name": "label.png"}
    line.post({"type": "message", "attachments": [label]})
    read = line.desk.agent("GET", f"conversations/{conversation(line)}", name="Sam")
    assert place in [each["text"] for each in read["transcript"]]
    own = line.sees()["activities"][1]
    assert (own["text"], own["attachments"]) == ("", [label])


def test_files_go_up_with_an_activity(line: Line) -> None:
    activity = b'{"type":"message","text":"My label","channelData":{"clientActivityID":"c-2"}}'
    parts = [
        ("activity", ("blob", activity, "application/vnd.microsoft.activity")),
        ("file", ("label.txt", b"parcel 7", "text/plain")),
    ]
    answer = line.desk.client.post(
        f"{line.path}/upload?userId=u-1", files=parts, headers=line.headers
    )
    assert answer.status_code == 200, answer.text
    own = next(each for each in line.sees()["activities"] if each["id"] == answer.json()["id"])
    assert (own["text"], own["channelData"]["clientActivityID"]) == ("My label", "c-2")
    file, *others = own["attachments"]
    assert not others
    assert (file["name"], file["contentType"]) == ("label.txt", "text/plain")
    assert line.desk.client.get(file["contentUrl"]).content == b"parcel 7"


def test_a_file_goes_up_alone(line: Line) -> None:
    headers = {**line.headers, "content-disposition": 'name="file"; filename="label.png"'}
    url = f"{line.path}/upload?userId=u-1"
    answer = line.desk.client.post(url, content=b"\x89PNG", headers=headers)
    assert answer.status_code == 200, answer.text
    own = line.sees()["activities"][1]
    assert own["attachments"][0]["contentType"] == "image/png"


def test_an_upload_without_a_file_is_refused(line: Line) -> None:
    url = f"{line.path}/upload?userId=u-1"
    assert code(line.desk.client.post(url, headers=line.headers)) == (400, "BadArgument")
    broken = {**line.headers, "content-type": "multipart/form-data"}
    answer = line.desk.client.post(url, content=b"x", headers=broken)
    assert code(answer) == (400, "BadArgument")


@pytest.mark.parametrize(("type", "files"), [("message", 11), ("typing", 1)])
def test_an_upload_is_a_message_with_at_most_ten_files(line: Line, type: str, files: int) -> None:
    activity = ("activity", (None, f'{{"type":"{type}","text":"Labels"}}'.encode()))
    labels = [("file", (f"{number}.txt", b"parcel", "text/plain")) for number in range(files)]
    url = f"{line.path}/upload?userId=u-1"
    answer = line.desk.client.post(url, files=[activity, *labels], headers=line.headers)
    assert code(answer) == (400, "BadArgument")
    assert "file" in answer.json()["error"]["message"].lower()


def test_an_upload_has_a_largest_size(line: Line) -> None:
    parts = {"file": ("big.txt", b"a" * (5 * 1024 * 1024), "text/plain")}
    url = f"{line.path}/upload?userId=u-1"
    answer = line.desk.client.post(url, files=parts, headers=line.headers)
    assert code(answer) == (413, "MessageSizeTooBig")


def test_a_file_needs_the_key_of_its_address(line: Line) -> None:
    for guess in ("x", f"{line.desk.id.replace('-', '')}-{'0' * 32}"):
        answer = line.desk.client.get(f"{ROOT}/attachments/{guess}?t={secret(line.desk)}")
        assert code(answer) == (401, "Unauthorized")
