"""The verbs of each role: an actor speaks them over the wire, a page through a browser.

A step does not know which of the two it got. Every verb returns when the target has taken the
request; what follows from it is for a check to wait for. A refused verb raises `Refused`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol

from harness.protocol.conversations import Call, Conversation, Line, Presence
from harness.protocol.environments import Environment
from harness.protocol.lifecycle import Layer, Solution
from harness.protocol.metrics import Analytics, Metrics
from harness.protocol.portal import (
    DYNAMICS,
    ApplicationUser,
    Bot,
    Connection,
    Connector,
    Session,
    Topic,
)


class Customer(Protocol):
    """Somebody who chats from a web page."""

    name: str

    def brings(self, name: str, value: str) -> None:
        """Custom context: what the page tells the service when the chat starts (EMB-12)."""

    def starts_chat(self) -> None: ...
    def says(self, text: str) -> None: ...
    def types(self) -> None: ...
    def ends_chat(self) -> None: ...
    def comes_back(self) -> None:
        """The page is loaded anew; the widget finds the chat again (EMB-27)."""

    def conversation_id(self) -> str:
        """The desk's id of this customer's conversation; raises when none was created."""

    def transcript(self) -> Sequence[Line]:
        """What this customer sees, oldest first; nothing that is hidden from the customer."""

    def sees_agent_typing(self) -> bool: ...
    def can_write(self) -> bool:
        """Whether the customer still has somewhere to write (EMB-30)."""


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

    def reads(self, conversation: str) -> Conversation: ...


class Supervisor(Protocol):
    """A person who oversees the desk."""

    name: str

    def ongoing(self) -> Sequence[Conversation]: ...
    def metrics(self) -> Metrics:
        """The figures of the whole desk."""

    def reads(self, conversation: str) -> Conversation: ...
    def closes(self, conversation: str) -> None: ...


class Maker(Protocol):
    """A person who builds a bot in the portal and connects it."""

    name: str
    works_on: str

    def bot(self) -> Bot: ...
    def makes_bot(self, name: str, origin: str = DYNAMICS) -> None:
        """A new bot, to work on from now: neither published nor connected."""

    def moves_bot(self, environment: str) -> None:
        """Put the bot into another environment."""

    def renames_bot(self, name: str) -> None: ...
    def connects(self, application: str | None = None) -> None:
        """Connect the bot, whatever that takes: what is done already is not done again.

        In preview and classic that is the whole procedure, in the environment of the desk, with
        this application, the one it had before, or one that is registered for it.
        """

    def enables(self, *, acknowledged: bool = True) -> None:
        """`Next` of the preview, `Enable` of Classic."""

    def chooses_environment(self, environment: str) -> None:
        """Select the environment (id) whose Omnichannel the bot is to be in."""

    def begins_trial(self, environment: str) -> None:
        """Have Omnichannel provisioned in the environment (id), as a trial."""

    def adds_bot(self, application: str) -> None:
        """The commit alone, with what is given as Application ID: `Next`, `Add your bot`."""

    def refreshes(self) -> None:
        """Have the connection tested; what was found is its `verification`."""

    def disables_connection(self) -> None: ...
    def disconnects(self) -> None: ...
    def connection(self) -> Connection: ...
    def registers_application(self, name: str) -> str:
        """The Application (client) ID of an application that is registered in Azure now."""

    def sets_teams_channel(self, on: bool) -> None: ...
    def topics(self) -> Sequence[Topic]: ...
    def writes_topic(self, name: str, content: str) -> None: ...
    def deletes_topic(self, name: str) -> None: ...
    def publishes(self) -> None: ...
    def sessions(self) -> Sequence[Session]:
        """The bot's sessions as its analytics list them, without transcripts."""

    def analytics(self) -> Analytics:
        """How many of the sessions ended in which way."""

    def session(self, conversation: str, bot: str = "") -> Session:
        """What the bot and the desk told each other; raises for one that the bot never had.

        `bot` is the id of another bot than the one worked on.
        """

    def makes_outside_bot(self, name: str) -> Connector:
        """A bot that runs elsewhere, to work on from now: published, not connected."""


class Editor(Maker, Protocol):
    """A maker before the topic editor: verbs on the open topic, and looks at it as it is.

    The words are those that the product's pages have (specification 6.1 and 5.1).
    """

    def begins_topic(self, name: str) -> None:
        """`New topic` > `From blank`, and a name; nothing is saved."""

    def opens_topic(self, name: str) -> None:
        """The topic as it was saved."""

    def trigger(self) -> str:
        """The title of the trigger node, such as `Phrases`."""

    def offers(self) -> Sequence[str]:
        """What the page lets its reader press or choose right now."""

    def warning(self) -> str:
        """What the page asks before something is lost; empty when it asks nothing."""

    def silence(self) -> timedelta | None:
        """How long the topic says that it waits."""

    def condition(self) -> str:
        """When the topic says that it runs; empty for always."""

    def nodes(self) -> Sequence[str]:
        """The titles of the nodes below the trigger."""

    def hovers_over_trigger(self) -> None: ...
    def opens_triggers(self) -> None:
        """Hover over the trigger node, `Change trigger`."""

    def chooses_trigger(self, label: str) -> None:
        """Another trigger of that list; what the page may ask then is not answered."""

    def confirms(self) -> None:
        """Answer with yes, if the page has asked."""

    def edits_trigger(self) -> None: ...
    def sets_silence(self, by: str, written: str) -> None:
        """`Edit`, then by `Value`, a label of the list, or by `Formula`, seconds."""

    def opens_variables(self, tab: str) -> None:
        """`Edit`, `Select a variable`, and one of its tabs."""

    def selects_variable(self, tab: str, name: str) -> None:
        """A variable of a tab, for the condition."""

    def compares_with(self, value: str) -> None:
        """One of the values that the condition offers for the variable."""

    def opens_menu(self, *titles: str) -> None:
        """`(+)` below the last node, and menus in it."""

    def adds(self, label: str, *titles: str) -> None:
        """A node of such a menu, below the last one."""

    def writes(self, field: str, text: str) -> None:
        """Text into a field of the open node."""

    def saves_topic(self) -> None: ...


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

    def adds_record(self, kind: str, name: str, *, active: bool = True, **keys: str) -> None:
        """A `contact`, an `account` or an `incident`, with email, phone or case_number."""

    def record(self, kind: str, name: str) -> str:
        """The id of the record of that kind and name; raises Inconclusive when there is none."""


class Platform(Protocol):
    """A person who runs the platform: environments, extensions, and who has which role."""

    name: str

    def environments(self) -> Sequence[Environment]:
        """All of them, the one with the desk first."""

    def makes_environment(self, name: str, region: str, omnichannel: bool = False) -> str:
        """A new environment; its id."""

    def changes_environment(
        self,
        id: str,
        *,
        name: str | None = None,
        region: str | None = None,
        omnichannel: bool | None = None,
        licences: Sequence[str] | None = None,
    ) -> None:
        """Change what is given of it; the rest stays, but Omnichannel brings what it needs."""

    def installs(self, extension: str, id: str) -> None:
        """Install the extension of that name in the environment."""

    def removes_extension(self, extension: str, id: str) -> None: ...
    def people(self) -> Mapping[str, Sequence[str]]:
        """Everybody by name, with their security roles."""

    def gives_roles(self, person: str, roles: Sequence[str]) -> None:
        """These security roles and no others."""


class Lifecycle(Protocol):
    """A person who moves solutions between environments (ALM); environments are ids."""

    name: str

    def solutions(self, environment: str) -> Sequence[Solution]:
        """All solutions of the environment, in the order in which they came."""

    def makes_solution(self, environment: str, name: str) -> str:
        """A new unmanaged solution; its id."""

    def adds_to_solution(self, environment: str, solution: str, bot: str) -> None: ...
    def exports(self, environment: str, solution: str, managed: bool) -> bytes:
        """The solution as a package, a zip archive."""

    def imports(self, environment: str, package: bytes) -> str:
        """Bring the package in; the id of the first bot that it made or changed."""

    def commands(self, environment: str, solution: str, bot: str) -> Sequence[str]:
        """What `More commands` of the bot offers in the solution."""

    def layers(self, environment: str, solution: str, bot: str) -> Sequence[Layer]:
        """The layers of the bot, the topmost first, each with what selecting it offers."""

    def removes_unmanaged_layer(self, environment: str, solution: str, bot: str) -> None: ...
    def deletes_solution(self, environment: str, solution: str) -> None: ...


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


class Caller(Protocol):
    """Somebody on the phone."""

    name: str

    def calls(self) -> None: ...
    def says(self, text: str) -> None: ...
    def presses(self, digits: str) -> None: ...
    def hangs_up(self) -> None: ...
    def call(self) -> Call: ...


class Widget(Customer, Protocol):
    """A customer whose page is looked at; every question is a look, none of them waits."""

    def opens_page(self) -> None:
        """Load the page that carries the snippet, and touch nothing on it."""

    def is_shown(self) -> bool:
        """Whether the launcher can be seen."""

    def is_minimised(self) -> bool:
        """Whether the chat is folded away behind its launcher."""

    def minimises(self) -> None:
        """Fold the open chat away behind its launcher."""

    def unread(self) -> int:
        """The number of unread messages on the launcher; 0 without one, `99+` counts as 100."""

    def selects_close(self) -> None:
        """Select the close button of the open chat, and answer nothing."""

    def asks_to_confirm_closing(self) -> bool: ...
    def raised(self) -> Sequence[str]:
        """Names of the `lcw:` events that the page was told since it was loaded, in order."""


class Reader(Protocol):
    """Anybody at the desk who can look at a conversation."""

    def reads(self, conversation: str) -> Conversation: ...
