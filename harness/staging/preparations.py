"""How bot and desk are set up before a scenario begins: what a maker writes, an administrator sets.

Everything goes through the portal's and the admin centre's own surfaces. A bot keeps its topics:
what a sentence says is added to them, so that a team can say it of a bot of their own.
"""

from __future__ import annotations

from collections.abc import Callable

from harness.cast import ADMINISTRATORS, MAKERS, Cast
from harness.errors import Inconclusive
from harness.expect import conversations
from harness.expect.refusals import refusal_of
from harness.protocol.portal import Topic
from harness.protocol.roles import Administrator, Maker
from harness.staging import topics
from harness.staging.boundaries import Value, name_of

DETAIL = "Detail"
"""What the names of invented details begin with."""

UNKNOWN_HAND_OFF_PART = {
    "contentType": "application/vnd.example.unheard-of",
    "name": "Unheard of",
    "content": {"anything": ["at", "all"]},
}
"""An attachment that no hub knows (ESC-22)."""


def remembers(cast: Cast, name: str, value: Value) -> None:
    """From the start of a conversation the bot has the value in a variable of that name."""
    note = topics.remembers(name, value)
    _rewrites(cast, topics.START, lambda text: topics.beginning_with(text, note))


def remembers_under_name(cast: Cast, length: int, value: Value) -> str:
    """The same under a name of so many characters; the name."""
    remembers(cast, name_of(length), value)
    return name_of(length)


def remembers_after(cast: Cast, phrase: str, name: str, value: Value) -> None:
    """A topic of its own, started by the phrase, gives the variable its value."""
    note = topics.remembers(name, value)
    _maker(cast).writes_topic(phrase, topics.on_phrase(phrase, note, topics.says("Noted.")))
    _maker(cast).publishes()


def asks_after(cast: Cast, phrase: str, question: str, choices: tuple[str, ...]) -> None:
    """A topic of its own, started by the phrase, asks for one of these choices."""
    _maker(cast).writes_topic(phrase, topics.on_phrase(phrase, topics.asks(question, *choices)))
    _maker(cast).publishes()


def brings_details(cast: Cast, customer: str, count: int) -> None:
    """The page tells the service so many further things about the customer (EMB-12)."""
    for number in range(1, count + 1):
        cast.customer(customer).brings(f"{DETAIL}{number:03}", str(number))


def greets_with(cast: Cast, name: str) -> None:
    """The first words of the bot are what it reads in the variable of that name."""
    told = topics.says(f"{name}: {{Global.{name}}}.")
    _rewrites(cast, topics.START, lambda text: topics.beginning_with(text, told))


def only_says_when_asked_for_person(cast: Cast, words: str) -> None:
    """The bot's topic Escalate says something and has no transfer."""
    _rewrites(cast, topics.ESCALATE, lambda text: topics.only(text, topics.says(words)))


def tells_agents(cast: Cast, message: str | None) -> None:
    """The bot's transfer has that private message, or none."""
    _rewrites(cast, topics.ESCALATE, lambda text: topics.telling_agents(text, message))


def answers_unknown_with(cast: Cast, words: str) -> None:
    """The bot has a topic of its own for what it does not understand."""
    maker = _maker(cast)
    own = next((topic.name for topic in maker.topics() if topic.trigger == topics.UNKNOWN), None)
    maker.writes_topic(own or "Fallback", topics.on_unknown(topics.says(words)))
    maker.publishes()


def works_in(cast: Cast, agent: str, queue: str) -> None:
    """There is a queue in which this agent works, and nobody else."""
    _administrator(cast).makes_queue(queue, (agent,))


def routes(cast: Cast, variable: str, equals: str, queue: str) -> None:
    """Conversations with that value go to the queue, which is made if there is none."""
    if queue not in _administrator(cast).queues():
        _administrator(cast).makes_queue(queue, ())
    _administrator(cast).routes(variable, equals, queue)


def serves(cast: Cast, bot: str, queue: str, knowing: str | None = None) -> None:
    """A further bot, connected, is asked first in a new queue; the first maker works on it now.

    With `knowing` it greets with what it reads in the variable of that name.
    """
    maker = _maker(cast)
    maker.makes_bot(bot)
    if knowing:
        greets_with(cast, knowing)
    maker.publishes()
    maker.connects()
    _administrator(cast).makes_queue(queue, ("Bea",), maker.works_on)


def serves_too(cast: Cast, queue: str) -> None:
    """The bot that the maker works on is asked first in a new queue, too."""
    _administrator(cast).makes_queue(queue, ("Bea",), _maker(cast).works_on)


def answers_from_outside(cast: Cast, bot: str) -> None:
    """A bot that runs elsewhere takes the chats in place of the organisation's own."""
    maker = _maker(cast)
    connector = maker.makes_outside_bot(bot)
    maker.connects()
    _administrator(cast).assigns_bot(maker.works_on)
    cast.joins(bot, connector)


def is_chatting_with_outside(cast: Cast, customer: str, bot: str) -> None:
    """The customer has started a chat, which the outside bot has taken."""
    cast.customer(customer).starts_chat()
    conversations.is_with_bot(cast.desk, cast.conversation(customer), bot)


def hands_over(cast: Cast, bot: str, customer: str, context: dict[str, Value]) -> None:
    """The outside bot escalates with this context; whether it was let is for a check to say."""
    conversation = cast.conversation(customer)
    refusal_of(lambda: cast.outside[bot].escalates(conversation, "Please help.", context))


def hands_over_with_unknown_attachment(cast: Cast, bot: str, customer: str) -> None:
    """The outside bot hands over by event, with an attachment that no hub knows."""
    conversation = cast.conversation(customer)
    extra = [UNKNOWN_HAND_OFF_PART]
    refusal_of(lambda: cast.outside[bot].initiates_hand_off(conversation, extra))


def has_record(
    cast: Cast, kind: str, name: str, key: str, text: str, *, active: bool = True
) -> None:
    """The desk keeps a record of that name and key; one that is not active is no match."""
    _administrator(cast).adds_record(kind, name, active=active, **{key: text})


def record(cast: Cast, kind: str, name: str) -> str:
    """The id of the desk's record of that kind and name."""
    return _administrator(cast).record(kind, name)


def says_things(cast: Cast, agent: str, count: int, customer: str) -> None:
    """The agent says so many things, each of its own, one after the other."""
    person, conversation = cast.agent(agent), cast.conversation(customer)
    for number in range(1, count + 1):
        person.says(conversation, f"Thing number {number}")


def sets_widget(cast: Cast, **settings: object) -> None:
    """The chat widget has these settings, by the names of docs/reference-api.md, Chat widget."""
    _administrator(cast).sets_widget(settings)


def _rewrites(cast: Cast, trigger: str, change: Callable[[str], str]) -> None:
    """Change the bot's topic of that trigger, and publish."""
    maker = _maker(cast)
    topic = _topic(maker, trigger)
    maker.writes_topic(topic.name, change(topic.content))
    maker.publishes()


def _topic(maker: Maker, trigger: str) -> Topic:
    found = [topic for topic in maker.topics() if topic.trigger == trigger]
    if not found:
        raise Inconclusive(f"the bot of {maker.name} has no topic that starts by {trigger}")
    return found[0]


def _maker(cast: Cast) -> Maker:
    return cast.maker(MAKERS[0])


def _administrator(cast: Cast) -> Administrator:
    return cast.administrator(ADMINISTRATORS[0])
