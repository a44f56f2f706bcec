"""Activities are brought to a messaging endpoint: in order, again if it fails, never lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from harness.reference.domain.conversations import Channel
from harness.reference.domain.deliveries import Errand, Outcome, checked
from harness.reference.domain.errors import MalformedBody
from harness.reference.operations import connecting, customers, makers, setup, transcripts
from harness.reference.operations.notifications import Silence
from harness.reference.operations.organisations import World
from harness.reference.store.sqlite import SqliteStore
from harness.reference.web.courier import Courier, Wire
from tests.reference.desk import Desk

NOWHERE = "http://127.0.0.1:9/api/messages"
Answer = tuple[Outcome, str]
TAKEN: Answer = (Outcome.TAKEN, "it answered 202")
DOWN: Answer = (Outcome.FAILED, "it answered 502")
UNREAD: Answer = (Outcome.REFUSED, "it answered 400")


class Bot:
    """A bot that takes note of what it is posted and answers as it is told, in the end gladly."""

    def __init__(self, *answers: Answer) -> None:
        self.posted: list[Errand] = []
        self.under_way = 0
        self.most = 0
        self._answers = list(answers)

    async def __call__(self, errand: Errand) -> Answer:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        self.posted.append(errand)
        return self._answers.pop(0) if self._answers else TAKEN

    def heard(self) -> list[str]:
        return [words(errand.activity) for errand in self.posted]


def words(activity: dict[str, Any]) -> str:
    return str(activity.get("text") or activity.get("name") or activity["type"])


class Scene:
    """A desk whose chats come to a bot with an endpoint, and its courier."""

    def __init__(self, bot: Bot, store: SqliteStore) -> None:
        self.bot = bot
        self.courier = Courier(bot, waits=(0, 0))
        self.world = World(store, Silence(), "https://127.0.0.1:1", courier=self.courier)
        known = list(self.world)
        self.organisation = known[0] if known else setup.create(self.world, setup.Plan())
        if not known:
            self._takes_chats()
        self._runner = asyncio.Runner()
        self.runs(self._opens)

    def _takes_chats(self) -> None:
        """A bot with an endpoint takes the place of the one that runs here."""
        organisation = self.organisation
        mia = Desk(self.world, organisation).user("Mia")
        made = makers.create(organisation, mia, "Outside", "azure", None, endpoint=NOWHERE)
        connecting.connect(organisation, mia, made["id"], None)
        stream = customers.workstream_of(organisation, Channel.LIVE_CHAT)
        organisation.store.put(organisation.id, replace(stream, bot=made["id"]))

    async def _opens(self) -> None:
        self.courier.serve(self.world)

    def runs(self, act: Callable[[], Awaitable[None]]) -> None:
        """Lets something happen in the loop, and the courier bring what follows from it."""

        async def all_of_it() -> None:
            await act()
            await self.courier.flush(self.organisation.id)

        self._runner.run(all_of_it())

    def chats(self, *texts: str) -> str:
        """A customer starts a chat and says these things; gives its thread."""
        threads: list[str] = []

        async def starts() -> None:
            opening = customers.Opening(name="Ada")
            threads.append(customers.start(self.organisation, str(uuid4()), opening).thread)

        self.runs(starts)
        if texts:
            self.says(threads[0], *texts)
        return threads[0]

    def says(self, thread: str, *texts: str) -> None:
        async def speaks() -> None:
            for text in texts:
                customers.say(self.organisation, thread, text)
                await asyncio.sleep(0)

        self.runs(speaks)

    def apologies(self, thread: str) -> int:
        seen = customers.history(self.organisation, thread)
        return sum("Error code: 3000" in message.text for message in seen)

    def problems(self, thread: str) -> list[str]:
        """What the bot's maker reads of a conversation."""
        conversation = customers.by_thread(self.organisation, thread)
        mia = Desk(self.world, self.organisation).user("Mia")
        session = transcripts.read(self.organisation, mia, conversation.bot or "", conversation.id)
        return [error["detail"] for error in session["errors"]]

    def closes(self) -> None:
        self._runner.close()
        self.world.store.close()


@pytest.fixture
def scene() -> Iterator[Callable[..., Scene]]:
    opened: list[Scene] = []

    def opens(*answers: Answer, path: Path | None = None) -> Scene:
        opened.append(Scene(Bot(*answers), SqliteStore(path)))
        return opened[-1]

    yield opens
    for one in opened:
        one.closes()


INTRODUCED = ["conversationUpdate", "startConversation"]


def test_a_bot_gets_everything_in_order_one_at_a_time(scene: Callable[..., Scene]) -> None:
    desk = scene()
    said = [f"word {number}" for number in range(20)]
    desk.chats(*said)
    assert desk.bot.heard() == [*INTRODUCED, *said]
    assert desk.bot.most == 1


def test_what_is_posted_says_for_whom_it_is_and_where_to_answer(
    scene: Callable[..., Scene],
) -> None:
    desk = scene()
    desk.chats("hello")
    last = desk.bot.posted[-1]
    assert last.endpoint == NOWHERE
    assert last.activity["recipient"] == {"id": last.bot, "name": "Outside", "role": "bot"}
    base = f"https://127.0.0.1:1/connector/{desk.organisation.id}/by/"
    assert last.activity["serviceUrl"].startswith(base)
    assert len({errand.activity["serviceUrl"] for errand in desk.bot.posted}) == 1


def test_a_hanging_bot_of_one_chat_holds_up_no_other(scene: Callable[..., Scene]) -> None:
    desk = scene(DOWN, DOWN)
    first, second = desk.chats(), desk.chats("hello")
    assert desk.bot.heard()[:3] == ["conversationUpdate"] * 3, "the first came again and again"
    assert desk.apologies(first) == desk.apologies(second) == 0


def test_what_fails_comes_again_with_the_same_id(scene: Callable[..., Scene]) -> None:
    desk = scene(TAKEN, TAKEN, DOWN, DOWN)
    thread = desk.chats("hello")
    assert desk.bot.heard() == [*INTRODUCED, "hello", "hello", "hello"]
    assert len({errand.activity["id"] for errand in desk.bot.posted[2:]}) == 1
    assert desk.apologies(thread) == 0


def test_a_bot_that_is_down_is_told_of_and_gets_all_of_it_later(
    scene: Callable[..., Scene],
) -> None:
    desk = scene(TAKEN, TAKEN, DOWN, DOWN, DOWN)
    thread = desk.chats("hello")
    assert desk.apologies(thread) == 1
    [problem] = desk.problems(thread)
    assert NOWHERE in problem
    assert "502" in problem
    desk.says(thread, "still there?")
    assert desk.bot.heard()[-2:] == ["hello", "still there?"]
    assert desk.apologies(thread) == 1


def test_what_a_bot_cannot_read_is_passed_over(scene: Callable[..., Scene]) -> None:
    desk = scene(TAKEN, TAKEN, UNREAD)
    thread = desk.chats("hello", "again")
    assert desk.bot.heard() == [*INTRODUCED, "hello", "again"]
    assert desk.apologies(thread) == 1
    assert "400" in desk.problems(thread)[0]


def test_a_stop_loses_nothing(scene: Callable[..., Scene], tmp_path: Path) -> None:
    kept = tmp_path / "store"
    before = scene(TAKEN, TAKEN, DOWN, DOWN, DOWN, path=kept)
    before.chats("hello")
    after = scene(path=kept)
    assert after.bot.heard() == ["hello"], "it is brought as soon as the reference is back"


def test_a_bot_without_an_endpoint_is_not_posted_to(scene: Callable[..., Scene]) -> None:
    desk = scene()
    thread = desk.chats()
    bot = customers.by_thread(desk.organisation, thread).bot or ""
    mia = Desk(desk.world, desk.organisation).user("Mia")
    makers.change(desk.organisation, mia, bot, makers.Changes(endpoint=""))
    desk.says(thread, "hello")
    assert desk.bot.heard() == INTRODUCED


def test_an_organisation_that_is_gone_is_left_alone(scene: Callable[..., Scene]) -> None:
    desk = scene(*[DOWN] * 9)
    id = desk.organisation.id

    async def vanishes() -> None:
        customers.start(desk.organisation, str(uuid4()), customers.Opening())
        await asyncio.sleep(0)
        desk.world.remove(id)

    desk.runs(vanishes)
    assert len(desk.bot.posted) <= 1


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n", Outcome.TAKEN),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 900000000\r\n\r\nfoo", Outcome.TAKEN),
        (b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n", Outcome.REFUSED),
        (b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n", Outcome.FAILED),
        (b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\n\r\n", Outcome.FAILED),
        (b"HTTP/1.1 503 Unavailable\r\ncontent-length: 0\r\n\r\n", Outcome.FAILED),
        (b"this is no HTTP\r\n\r\n", Outcome.FAILED),
        (b"", Outcome.FAILED),
        (None, Outcome.FAILED),
    ],
)
def test_what_an_answer_means(said: bytes | None, outcome: Outcome) -> None:
    """None is a bot that never answers."""

    async def bot(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if said is None:
            await reader.read()
        else:
            writer.write(said)
        writer.close()

    async def asks() -> Answer:
        server = await asyncio.start_server(bot, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        errand = Errand("c", "b", 0, f"http://127.0.0.1:{port}/api/messages", {"type": "message"})
        async with server:
            return await Wire(patience=0.3)(errand)

    result, why = asyncio.run(asks())
    assert result is outcome
    assert why


@pytest.mark.parametrize("endpoint", [NOWHERE, "http://xn--/", "http://xn--ls8h.la/"])
def test_a_bot_that_is_not_there_has_failed(endpoint: str) -> None:
    errand = Errand("c", "b", 0, endpoint, {"type": "message"})
    assert asyncio.run(Wire()(errand))[0] is Outcome.FAILED


@pytest.mark.parametrize(
    "endpoint",
    [
        *("here", "ftp://bot.example/api", "http://", "https:///api", "http://[::1", "http://b:0/"),
        *("http://b:99999/", "http://me:secret@bot.example/", "http://bot.example/#top"),
        *("http://bot.example/a b", "http://bot.example/\n", "http://b/" + "x" * 2_000),
    ],
)
def test_an_endpoint_that_nobody_can_post_to_is_refused(endpoint: str) -> None:
    with pytest.raises(MalformedBody, match="messaging endpoint"):
        checked(endpoint)


def test_a_bot_of_the_portal_has_no_endpoint(desk: Desk) -> None:
    changes = makers.Changes(endpoint=NOWHERE)
    with pytest.raises(MalformedBody, match="runs here"):
        makers.change(desk.organisation, desk.user("Mia"), desk.bot().id, changes)
