"""The rarer ways of a conversation: what fails, what is limited, and time on a real clock."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from harness.protocol.conversations import Closure, Generation, Role, State
from harness.reference.app import keep_time
from harness.reference.domain.closings import Alarm, Kind
from harness.reference.domain.desk import Workstream
from harness.reference.domain.errors import Malformed, MalformedBody
from harness.reference.domain.sessions import Outcome
from harness.reference.operations import agents, callers, customers, firing, makers, setup
from harness.reference.operations.notifications import Event, Silence
from harness.reference.operations.organisations import World
from harness.reference.store.sqlite import SqliteStore
from tests.reference.desk import Desk

TOPIC = """
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  id: main
  intent: {displayName: Odd, triggerQueries: [odd]}
  actions:
"""


def write(desk: Desk, actions: str) -> None:
    """Publishes a topic that the word *odd* triggers."""
    mia, bot = desk.user("Mia"), desk.bot().id
    makers.write_topic(desk.organisation, mia, bot, "Odd", TOPIC + actions)
    makers.publish(desk.organisation, mia, bot)


TRANSFER = "    - {kind: TransferConversationV2, id: transfer}\n"


@pytest.mark.parametrize(("characters", "state"), [(4000, State.OPEN), (4001, State.ACTIVE)])
def test_a_value_of_more_than_4000_characters_prevents_escalation(
    desk: Desk, characters: int, state: State
) -> None:
    value = "x" * characters
    setting = f'    - {{kind: SetVariable, id: set, variable: Topic.Long, value: "{value}"}}\n'
    write(desk, setting + TRANSFER)
    chat = desk.chat("odd")
    assert chat.state is state
    if state is State.ACTIVE:
        assert "Error code: 3000" in desk.lines(chat)[-1]
        assert chat.sessions[-1].outcome is None


@pytest.mark.parametrize(
    ("generation", "state", "closure"),
    [
        (Generation.CLASSIC, State.CLOSED, Closure.VIRTUAL_AGENT_CLOSED),
        (Generation.WEB_APP, State.OPEN, None),
    ],
)
def test_the_older_generations_close_instead_of_routing_on_request(
    world: World, generation: Generation, state: State, closure: Closure | None
) -> None:
    desk = Desk(world, setup.create(world, setup.Plan(generation)))
    name = "CloseOmnichannelConversation"
    write(
        desk,
        f"    - {{kind: SetVariable, id: s, variable: Topic.{name}, value: =true}}\n" + TRANSFER,
    )
    chat = desk.chat("odd")
    assert (chat.state, chat.closure) == (state, closure)
    assert chat.sessions[-1].outcome is Outcome.ESCALATED


def test_content_that_cannot_go_on_is_an_apology_with_a_code(desk: Desk) -> None:
    write(desk, "    - {kind: NobodyKnowsThis, id: strange}\n")
    chat = desk.chat("odd")
    assert "Error code:" in desk.lines(chat)[-1]
    assert chat.held_by is Role.BOT


def test_a_disconnected_bot_neither_reminds_nor_ends(desk: Desk) -> None:
    chat = desk.chat("hello")
    desk.disconnect()
    before = desk.lines(chat)
    desk.pass_time(minutes=29)
    assert desk.lines(chat) == before
    assert desk.now(chat).state is State.ACTIVE
    desk.pass_time(minutes=1)
    assert desk.now(chat).state is State.CLOSED


def test_a_caller_of_a_bot_that_was_disconnected_hears_why(classic: Desk) -> None:
    call = classic.call()
    classic.disconnect()
    call = callers.speak(classic.organisation, call.id, "hello")
    assert "Error code: 2013" in call.events[-1].text


def test_an_unpublished_bot_that_deviates_gives_no_code(world: World) -> None:
    desk = Desk(world, setup.create(world, setup.Plan(published=False)))
    desk.deviate("unpublished_bot_gives_no_code")
    assert "Error code" not in desk.lines(desk.chat("hello"))[-1]


def test_an_unpublished_bot_that_deviates_answers(world: World) -> None:
    desk = Desk(world, setup.create(world, setup.Plan(published=False)))
    desk.deviate("unpublished_bot_answers")
    assert desk.lines(desk.chat("hello"))[-1].startswith("bot: ")


def test_a_workstream_without_a_bot_rings_at_once(desk: Desk) -> None:
    store, id = desk.organisation.store, desk.organisation.id
    store.put(id, replace(store.all(id, Workstream)[0], bot=None))
    desk.presence("Ben")
    chat = desk.chat()
    assert (chat.state, desk.ringing("Ben")) == (State.OPEN, [chat.id])


def test_hanging_up_a_chat_ends_it(classic: Desk) -> None:
    write(classic, "    - {kind: BeginDialog, id: up, dialog: telephony.topic.HangUp}\n")
    assert classic.chat("odd").closure is Closure.BOT_END


def test_time_has_bounds(desk: Desk) -> None:
    desk.organisation.clock.move(  # type: ignore[attr-defined]
        desk.organisation.clock.now().replace(year=9000)
    )
    with pytest.raises(Malformed, match="9000"):
        desk.pass_time(days=399)


@pytest.mark.parametrize("wrong", ["X", "ABCDEF00-0000-4000-8000-000000000000"])
def test_an_organisation_is_given_a_proper_id(world: World, wrong: str) -> None:
    with pytest.raises(Malformed):
        setup.create(world, setup.Plan(id=wrong))


def test_alarms_outlive_the_process(desk: Desk, world: World) -> None:
    desk.forget_topics("Session Timeout", "Session Timeout Reminder")
    chat = desk.chat("hello")
    call_desk = Desk(world, setup.create(world, setup.Plan(Generation.CLASSIC)))
    call = call_desk.call()
    again = World(world.store, Silence(), world.url)
    for organisation in again:
        firing.arm_all(organisation)
        firing.advance(organisation, timedelta(minutes=30))
    assert desk.now(chat).state is State.CLOSED
    heard = callers.find(call_desk.organisation, call.id)
    assert [event.kind for event in heard.events] == ["spoken", "heard"]


class Bell(Silence):
    """A hub that rings when something is told."""

    def __init__(self) -> None:
        super().__init__()
        self.rang = asyncio.Event()

    def publish(self, organisation: str, thread: str, event: Event) -> None:
        super().publish(organisation, thread, event)
        self.rang.set()


async def kept(world: World, bell: Bell) -> None:
    """Lets real time pass until the bell rings."""
    task = asyncio.create_task(keep_time(world))
    async with asyncio.timeout(30):
        await bell.rang.wait()
    task.cancel()


def test_on_a_real_clock_alarms_fire_by_themselves() -> None:
    store, bell = SqliteStore(), Bell()
    world = World(store, bell, "https://127.0.0.1:1", virtual=False)
    desk = Desk(world, setup.create(world, setup.Plan()))
    chat = desk.chat("talk to agent")
    bell.rang.clear()
    desk.organisation.timers.set(chat.id, [Alarm(desk.organisation.clock.now(), Kind.LIFETIME)])
    asyncio.run(kept(world, bell))
    assert desk.now(chat).state is State.CLOSED
    with pytest.raises(Malformed):
        firing.advance(desk.organisation, timedelta(minutes=1))
    store.close()


def test_an_agent_who_was_deleted_leaves_conversations_readable(desk: Desk) -> None:
    chat = replace(desk.with_agent(), agent="gone")
    desk.organisation.store.save(chat)
    shown = agents.read(desk.organisation, desk.user("Sam"), chat.id)
    assert shown["assignee"] == {"kind": "agent", "name": ""}
    agents.force_close(desk.organisation, desk.user("Sam"), chat.id)


def test_a_thread_and_a_request_belong_to_one_organisation(world: World, desk: Desk) -> None:
    other = Desk(world, setup.create(world, setup.Plan()))
    chat = desk.chat()
    assert customers.find(other.organisation, chat.request) is None
    assert world.find(desk.organisation.id.replace("-", "")) is desk.organisation


def test_an_empty_name_is_no_name(desk: Desk) -> None:
    with pytest.raises(MalformedBody):
        makers.change(desk.organisation, desk.user("Mia"), desk.bot().id, makers.Changes(name=""))


NEVER_TRUE = """
kind: AdaptiveDialog
beginDialog:
  kind: OnInactivity
  id: main
  condition: =1 = 2
  durationInSeconds: 60
  actions:
    - {kind: SendActivity, id: say, activity: Never.}
"""


def test_a_silence_whose_condition_is_false_passes_once(desk: Desk) -> None:
    mia, bot = desk.user("Mia"), desk.bot().id
    makers.write_topic(desk.organisation, mia, bot, "Never/true", NEVER_TRUE)
    makers.publish(desk.organisation, mia, bot)
    chat = desk.chat("hello")
    assert desk.pass_time(minutes=2) == 1
    assert "bot: Never." not in desk.lines(chat)
