"""Somebody at the desk: agents, supervisors, administrators, bots that run elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from harness.protocol.conversations import Conversation, Presence
from harness.protocol.letters import Letter
from harness.protocol.metrics import Metrics
from harness.protocol.portal import (
    ApplicationUser,
)


class Reader(Protocol):
    """Anybody at the desk who can look at a conversation."""

    def reads(self, conversation: str) -> Conversation: ...


class Agent(Protocol):
    """A person at the desk."""

    name: str

    def sets_presence(self, presence: Presence) -> None: ...
    def notifications(self) -> Sequence[str]:
        """Ids of the conversations ringing at this agent."""

    def accepts(self, conversation: str) -> None: ...
    def rejects(self, conversation: str) -> None: ...
    def says(self, conversation: str, text: str) -> None: ...
    def types(self, conversation: str) -> None: ...
    def ends(self, conversation: str) -> None: ...
    def closes(self, conversation: str) -> None: ...
    def forces_closed(self, conversation: str) -> None:
        """What only a supervisor may (OCA-15): it is refused, or there is no way to do it."""

    def transfers(self, conversation: str, queue: str) -> None:
        """Give the conversation to the queue of that name."""

    def sends_file(self, conversation: str, name: str, content: bytes) -> None: ...
    def opens_file(self, conversation: str, name: str) -> bytes:
        """A file of the conversation; raises Refused when there is none of that name."""

    def reads(self, conversation: str) -> Conversation: ...


class Supervisor(Protocol):
    """A person who oversees the desk."""

    name: str

    def ongoing(self) -> Sequence[Conversation]: ...
    def metrics(self) -> Metrics:
        """The figures of the whole desk."""

    def reads(self, conversation: str) -> Conversation: ...
    def closes(self, conversation: str) -> None: ...


class Administrator(Protocol):
    """A person who runs Omnichannel."""

    name: str

    def application_users(self) -> Sequence[ApplicationUser]: ...
    def assigns_bot(self, bot: str) -> None:
        """Let the bot take the conversations of the messaging workstream."""

    def disables(self, bot: str) -> None:
        """Disable the bot's application user."""

    def enables(self, bot: str) -> None:
        """Enable it again."""

    def removes_user(self, bot: str) -> None:
        """Delete the bot's application user."""

    def has_analytics(self, bot: str) -> bool:
        """Whether Omnichannel has figures of the bot."""

    def makes_queue(self, name: str, agents: Sequence[str], bot: str | None = None) -> None:
        """A queue of these agents, by name; the bot of that id is asked before them."""

    def queues(self) -> Sequence[str]:
        """The names of all queues."""

    def routes(self, variable: str, equals: str, queue: str) -> None:
        """Conversations whose variable has that value go to the queue; rules hold in order."""

    def declares(self, variable: str, kind: str) -> None:
        """The workstream has a context variable of that name: a `Text` or a `Number`."""

    def setting(self) -> Mapping[str, Any]:
        """How the workstream of the live chat is set: bot, rules, context variables."""

    def sets(self, setting: Mapping[str, Any]) -> None:
        """Set it so."""

    def widget(self) -> Mapping[str, Any]:
        """How the chat widget is set up, by the names of docs/reference-api.md, Chat widget."""

    def sets_widget(self, settings: Mapping[str, Any]) -> None:
        """Change these settings of the widget and leave the others; raises Refused."""

    def letters(self) -> Sequence[Letter]:
        """What the desk has sent to customers by e-mail, or will send."""

    def adds_record(self, kind: str, name: str, *, active: bool = True, **keys: str) -> None:
        """A `contact`, an `account` or an `incident`, with email, phone or case_number."""

    def record(self, kind: str, name: str) -> str:
        """The id of the record of that kind and name; raises Inconclusive when there is none."""


class OutsideBot(Protocol):
    """A bot that runs elsewhere and speaks to the desk through its connector."""

    name: str

    def takes(self, conversation: str) -> bool:
        """Whether the desk has given it the conversation."""

    def says(self, conversation: str, text: str) -> None:
        """For the customer to read."""

    def tells_agents(self, conversation: str, text: str) -> None:
        """For agents only."""

    def escalates(self, conversation: str, text: str, context: dict[str, Any]) -> None:
        """Hand the conversation over, with a text for the agent only."""

    def initiates_hand_off(self, conversation: str, extra: Sequence[dict[str, Any]] = ()) -> None:
        """Hand it over by the documented event, with these attachments beside the transcript."""

    def ends(self, conversation: str) -> None:
        """Close the conversation."""
