"""A desk at work, for tests of operations: who does what, in few words."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from harness.protocol.conversations import Presence
from harness.reference.domain import connections
from harness.reference.domain.bots import Bot
from harness.reference.domain.calls import Call
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import User
from harness.reference.operations import (
    agents,
    callers,
    connecting,
    customers,
    firing,
    makers,
    setup,
)
from harness.reference.operations.keeping import found
from harness.reference.operations.notifications import Event, Silence
from harness.reference.operations.organisations import Organisation, World


class Desk:
    """One organisation and the verbs of the people in it."""

    def __init__(self, world: World, organisation: Organisation) -> None:
        self.world = world
        self.organisation = organisation

    def user(self, name: str) -> User:
        users = self.organisation.store.all(self.organisation.id, User)
        return next(user for user in users if user.name == name)

    def bot(self) -> Bot:
        return self.organisation.store.all(self.organisation.id, Bot)[0]

    def deviate(self, *faults: str) -> None:
        setup.switch(self.world, self.organisation, faults)

    def chat(self, *texts: str, name: str = "Ada") -> Conversation:
        """A new chat in which the customer said these things."""
        opening = customers.Opening(name=name)
        conversation = customers.start(self.organisation, str(uuid4()), opening)
        self.say(conversation, *texts)
        return self.now(conversation)

    def say(self, conversation: Conversation, *texts: str) -> None:
        for text in texts:
            customers.say(self.organisation, conversation.thread, text)

    def now(self, conversation: Conversation) -> Conversation:
        """The conversation as it is now."""
        return found(self.organisation, conversation.id)

    def lines(self, conversation: Conversation) -> list[str]:
        """What the customer sees."""
        told = customers.history(self.organisation, conversation.thread)
        return [f"{message.role}: {message.text}" for message in told]

    def presence(self, name: str, presence: Presence = Presence.AVAILABLE) -> None:
        agents.set_presence(self.organisation, self.user(name), presence)

    def ringing(self, name: str) -> list[str]:
        shown = agents.notifications(self.organisation, self.user(name))
        return [entry["conversation"] for entry in shown]

    def accept(self, name: str, conversation: Conversation) -> Conversation:
        agents.accept(self.organisation, self.user(name), conversation.id)
        return self.now(conversation)

    def with_agent(self, name: str = "Ben") -> Conversation:
        """A chat that an agent has accepted."""
        self.presence(name)
        return self.accept(name, self.chat("talk to agent"))

    def end(self, name: str, conversation: Conversation) -> Conversation:
        agents.end(self.organisation, self.user(name), conversation.id)
        return self.now(conversation)

    def forget_topics(self, *names: str) -> None:
        """The maker removes topics and publishes."""
        for name in names:
            makers.delete_topic(self.organisation, self.user("Mia"), self.bot().id, name)
        makers.publish(self.organisation, self.user("Mia"), self.bot().id)

    def disconnect(self) -> None:
        connecting.disconnect(self.organisation, self.user("Mia"), self.bot().id)

    def connect(self) -> None:
        """Connects the bot again, after a disconnect."""
        organisation, mia, bot = self.organisation, self.user("Mia"), self.bot()
        application = None
        if connections.needs_application(bot.generation):
            application = bot.connection.application
            connecting.choose(organisation, mia, bot.id, organisation.tenant.environment)
        connecting.connect(organisation, mia, bot.id, application)

    def call(self) -> Call:
        phone = self.organisation.tenant.phone
        return callers.dial(self.organisation, "+15550100001", phone)

    def pass_time(self, **duration: float) -> int:
        return firing.advance(self.organisation, timedelta(**duration))

    def told(self, conversation: Conversation) -> list[Event]:
        """What was published in the thread."""
        hub = self.organisation.hub
        assert isinstance(hub, Silence)
        return [event for _, thread, event in hub.told if thread == conversation.thread]
