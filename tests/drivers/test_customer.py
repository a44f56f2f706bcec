"""The customer over the wire keeps a whole transcript, however the pushes come or fail to come."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence

import httpx
import pytest

from harness.actors.customer import Customer
from harness.cast import Cast
from harness.errors import Inconclusive
from harness.expect.eventually import eventually
from harness.expect.matching import holds, is_true
from harness.protocol.conversations import Line, Role
from harness.staging import arrangements
from harness.target import Target, load
from harness.transport.http import Client
from harness.transport.keepalive import KeepAlive


class WithoutPushes(httpx.BaseTransport):
    """A network on which trouter is out of order, as the SDK's fallback knows it."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self.inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v4/a":
            return httpx.Response(503)
        return self.inner.handle_request(request)


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    found = load("reference")
    found.start()
    found.ready()
    yield found
    found.stop()


@pytest.fixture
def cast(target: Target) -> Iterator[Cast]:
    people = Cast(target, target.generation)
    yield people
    people.leaves()


def spoken(lines: Sequence[Line], text: str) -> int:
    return sum(text in line.text for line in lines)


def test_everybody_is_told_apart(cast: Cast) -> None:
    arrangements.is_with(cast, "Ada", "Ben")
    cast.agent("Ben").says(cast.conversation("Ada"), "Hello Ada")
    ada = cast.customer("Ada")
    assert eventually(ada.transcript, holds("Hello Ada")) is None
    roles = {line.role for line in ada.transcript()}
    assert roles == {Role.CUSTOMER, Role.BOT, Role.AGENT, Role.SYSTEM}


def test_a_lost_connection_loses_nothing_and_repeats_nothing(cast: Cast) -> None:
    arrangements.is_with(cast, "Ada", "Ben")
    ada, conversation = cast.customer("Ada"), cast.conversation("Ada")
    cast.agent("Ben").says(conversation, "Before it broke")
    assert eventually(ada.transcript, holds("Before it broke")) is None
    ada._realtime._socket._wire.shutdown(socket.SHUT_RDWR)  # type: ignore[attr-defined]
    cast.agent("Ben").says(conversation, "While it was broken")
    assert eventually(ada.transcript, holds("While it was broken")) is None
    cast.agent("Ben").says(conversation, "After it was mended")
    assert eventually(ada.transcript, holds("After it was mended")) is None
    for text in ("Before it broke", "While it was broken", "After it was mended"):
        assert spoken(ada.transcript(), text) == 1


def test_without_pushes_the_customer_polls(target: Target) -> None:
    polling = target.at(target.address())
    polling.client = Client(target.client.context, WithoutPushes(KeepAlive(target.client.context)))
    cast = Cast(polling, polling.generation)
    arrangements.is_with(cast, "Ada", "Ben")
    cast.agent("Ben").ends(cast.conversation("Ada"))
    ada = cast.customer("Ada")
    assert eventually(ada.transcript, holds("joined")) is None
    over = is_true("a chat that is over", "that it goes on")
    assert eventually(lambda: not ada.can_write(), over) is None
    cast.leaves()


def test_a_customer_who_comes_back_finds_the_chat(cast: Cast) -> None:
    arrangements.is_chatting(cast, "Ada")
    before = cast.customer("Ada").transcript()
    cast.customer("Ada").comes_back()
    assert cast.customer("Ada").transcript() == before


@pytest.mark.parametrize(
    "does",
    [
        Customer.conversation_id,
        Customer.transcript,
        Customer.types,
        Customer.can_write,
        Customer.comes_back,
        Customer.ends_chat,
        lambda ada: ada.says("hello"),
    ],
)
def test_whoever_has_not_started_a_chat_cannot_be_judged(
    cast: Cast, does: Callable[[Customer], object]
) -> None:
    with pytest.raises(Inconclusive, match="Ada has not started a chat; let 'Given Ada is"):
        does(Customer(cast.target.client, cast.organisation.snippet, "Ada"))


def test_what_the_customer_types_and_the_agent_types_is_seen(cast: Cast) -> None:
    arrangements.is_with(cast, "Ada", "Ben")
    ada, ben, conversation = cast.customer("Ada"), cast.agent("Ben"), cast.conversation("Ada")
    assert not ada.sees_agent_typing()
    ada.types()
    assert ben.reads(conversation).customer_typing
    assert not ada.sees_agent_typing(), "one's own typing is not the agent's"


def test_what_the_agent_saw_is_known_even_if_no_check_looked(cast: Cast) -> None:
    arrangements.is_with(cast, "Ada", "Ben")
    cast.agent("Ben").says(cast.conversation("Ada"), "Hello Ada")
    assert spoken(cast.agent("Ben").last_seen(), "Hello Ada") == 1
