"""botframework-directlinejs in Node, over the desk's own messaging channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clients.hub import PERSON, Hub
from tests.clients.programs import Program, Said
from tests.wire.chat import Desk


class Client:
    """The client, and every activity that it was told of."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.seen: list[dict[str, Any]] = []

    def posts(self, **activity: object) -> str:
        """Posts an activity; answers the id that the client got for it."""
        self._program.does(posts=activity)
        return str(self._until(lambda said: "posted" in said)["posted"])

    def fails(self, **activity: object) -> int:
        """Posts what is refused; answers the status."""
        self._program.does(posts=activity)
        return int(self._until(lambda said: "failed" in said)["failed"])

    def sees(self, **wanted: object) -> dict[str, Any]:
        """The activity with these parts, which came or is to come."""

        def fits(said: Said) -> bool:
            activity = said.get("activity") or {}
            return all(activity.get(name) == part for name, part in wanted.items())

        for activity in self.seen:
            if fits({"activity": activity}):
                return activity
        found: dict[str, Any] = self._until(fits)["activity"]
        return found

    def drops(self) -> None:
        """Loses its socket; after three seconds it connects anew."""
        self._program.does(drops=True)
        self._until(lambda said: "dropped" in said)

    def _until(self, wanted: Callable[[Said], object]) -> Said:
        said = self._program.until(wanted)
        self.seen += [each["activity"] for each in said if "activity" in each]
        return said[-1]


@pytest.fixture(params=["stream", "polling"])
def client(desk: Desk, program: Callable[..., Program], request: pytest.FixtureRequest) -> Client:
    channel = desk.description["channel"]
    kind = str(request.param)
    return Client(program("directlinejs", channel["direct_line"], channel["secret"], kind))


def test_a_person_answers_and_ends(desk: Desk, client: Client) -> None:
    hub = Hub(desk)
    assert "Alpine Helper" in client.sees(type="message")["text"]
    asked = client.posts(text=PERSON, channelData={"clientActivityID": "c-1"})
    assert client.sees(id=asked)["channelData"]["clientActivityID"] == "c-1"
    id = hub.takes()
    hub.says(id, "Ben here. What is it?")
    answer = client.sees(text="Ben here. What is it?")
    assert (answer["from"]["role"], answer["from"]["name"]) == ("bot", "Ben")
    client.posts(text="My parcel is lost")
    assert hub.reads(id)[-1] == ("customer", "My parcel is lost")
    hub.ends(id)
    client.sees(type="endOfConversation")
    assert client.fails(text="Hello?") == 404
    ids = [each["id"] for each in client.seen]
    assert len(ids) == len(set(ids))


def test_a_dropped_socket_loses_and_doubles_nothing(
    desk: Desk, program: Callable[..., Program]
) -> None:
    channel = desk.description["channel"]
    client = Client(program("directlinejs", channel["direct_line"], channel["secret"], "stream"))
    hub = Hub(desk)
    client.sees(type="message")
    client.posts(text=PERSON)
    id = hub.takes()
    said = [f"Line {number}" for number in range(6)]
    hub.says(id, said[0])
    client.sees(text=said[0])
    client.drops()
    for text in said[1:]:
        hub.says(id, text)
    client.sees(text=said[-1])
    assert [each["text"] for each in client.seen if each["from"].get("name") == "Ben"] == said
    ids = [each["id"] for each in client.seen]
    assert len(ids) == len(set(ids))
