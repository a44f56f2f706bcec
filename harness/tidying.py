"""What is put back in an organisation that stays when the scenario is over; nothing is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from harness.errors import HarnessError
from harness.protocol.conversations import Presence
from harness.protocol.portal import ConnectionState
from harness.protocol.roles import Administrator, Agent, Customer, Maker


def quietly(act: Callable[..., None], *given: object) -> None:
    """Do it if it can be done."""
    try:
        act(*given)
    except HarnessError:
        # The scenario is judged already; what cannot be tidied up is not its fault.
        return


def ends_chats(chatting: Iterable[Customer], working: Iterable[Agent]) -> None:
    """Leave no chat and no agent on duty."""
    working = tuple(working)
    for agent in working:
        quietly(agent.sets_presence, Presence.OFFLINE)
    for customer in chatting:
        quietly(customer.ends_chat)
        for agent in working:
            quietly(_closes, agent, customer)


def restores(maker: Maker, assign: Callable[[str], None]) -> Callable[[], None]:
    """How to put back what the maker changes of a bot that others use; `assign` gives it work."""
    bot = maker.works_on
    connected = maker.connection().state is ConnectionState.CONNECTED
    before = {topic.name: topic for topic in maker.topics()}

    def restore() -> None:
        if maker.works_on != bot:
            assign(bot)
            maker.works_on = bot
        now = {topic.name: topic for topic in maker.topics()}
        for name in now.keys() - before.keys():
            maker.deletes_topic(name)
        for name, topic in before.items():
            if now.get(name) != topic:
                maker.writes_topic(name, topic.content)
        if now != before:
            maker.publishes()
        if connected and maker.connection().state is not ConnectionState.CONNECTED:
            maker.connects()

    return restore


def rearranges(administrator: Administrator, connects: Callable[[], None]) -> Callable[[], None]:
    """How to put back what the administrator sets; `connects` makes a bot's user that is gone.

    Queues and records that were added stay: nothing leads to them any more.
    """
    setting, widget = administrator.setting(), administrator.widget()
    before = {user.bot: user.disabled for user in administrator.application_users()}

    def restore() -> None:
        if administrator.setting() != setting:
            administrator.sets(setting)
        if administrator.widget() != widget:
            administrator.sets_widget(widget)
        now = {user.bot: user.disabled for user in administrator.application_users()}
        if before.keys() - now.keys():
            connects()
        for bot in [bot for bot, disabled in before.items() if now.get(bot) and not disabled]:
            administrator.enables(bot)

    return restore


def _closes(agent: Agent, customer: Customer) -> None:
    agent.closes(customer.conversation_id())
