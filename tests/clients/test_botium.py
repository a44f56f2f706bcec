"""botium-core with its connector for Direct Line, over the desk's own messaging channel."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clients.hub import PERSON, Hub
from tests.clients.programs import Program
from tests.wire.chat import Desk


class Botium:
    """A tester of bots, who talks and listens in turn."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def says(self, text: str) -> None:
        self._program.does(says=text)
        assert self._program.says() == {"said": True}

    def hears(self) -> tuple[str, str]:
        """Who says what next."""
        self._program.does(hears=True)
        said = self._program.says()
        assert "bot" in said, said
        return said["bot"]["name"], said["bot"]["text"]


@pytest.mark.parametrize("kind", ["stream", "polling"])
def test_a_person_answers_and_ends(desk: Desk, program: Callable[..., Program], kind: str) -> None:
    hub, channel = Hub(desk), desk.description["channel"]
    botium = Botium(program("botium", channel["direct_line"], channel["secret"], kind))
    name, greeting = botium.hears()
    assert (name, "Alpine Helper" in greeting) == ("Alpine Helper", True)
    botium.says(PERSON)
    assert botium.hears() == ("Alpine Helper", "One moment please, I am looking for a colleague.")
    id = hub.takes()
    assert botium.hears() == ("", "Ben has joined the conversation")
    hub.says(id, "Ben here. What is it?")
    assert botium.hears() == ("Ben", "Ben here. What is it?")
    botium.says("My parcel is lost")
    assert hub.reads(id)[-1] == ("customer", "My parcel is lost")
    hub.ends(id)
    assert botium.hears() == ("", "Ben has ended the conversation")
    assert botium.hears() == ("", "endOfConversation")
